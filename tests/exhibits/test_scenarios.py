"""Trying rules on the sample: every scenario beside every other, and what the unknown weights decide."""

from fractions import Fraction

import plotly.graph_objects as go
import pytest

from dashboard import exhibits
from dashboard.answers import CURRENT
from dashboard.domain.counties import counties, county_coded
from dashboard.domain.periods import FullYear
from dashboard.exhibits import Exhibit, NotAvailable
from dashboard.exhibits.evaluation import earlier_inputs, evaluate
from dashboard.exhibits.weighing import percent, weigh
from dashboard.rules.ranking import CountyRank, rank
from dashboard.rules.rule import RULES, Rule, load_rule, rule_keys
from dashboard.rules.weights import Weights, applied, settings
from dashboard.warehouse import Warehouse

ASSUMED = settings().presets[0].weights
OTHER = Weights(change=20, repayment=40, success=25)
SUBSIDY = settings().presets[2].weights
YEAR = FullYear(2025)
ADOPTED = load_rule("adopted")
KAOHSIUNG = county_coded("64000")


def cells(exhibit: Exhibit) -> dict[str, dict[str, object]]:
    return {row["county_code"]: dict(row) for row in exhibit.table.rows()}


def not_asked(row: CountyRank, rule: Rule) -> str:
    if rule.key == "new_taipei" and row.last_of_year is True:
        return "列末 2 名未滿 3 年"
    if rule.key == "new_taipei" and row.last_of_year == "undecided":
        return "未連續 3 年列末 2 名"
    return "未列全國收繳率消長末 2 名" if rule.key == "taichung" else "未列末 2 名"


def test_who_stands_last_but_not_for_three_years_is_not_said_to_stand_elsewhere(demo: Warehouse) -> None:
    taipei, year = county_coded("63000"), FullYear(2026)
    exhibit = exhibits.scenarios(demo, year, ASSUMED, taipei)
    row = cells(exhibit)["63000"]
    assert (row["new_taipei_place"], row["new_taipei_report"]) == (6, "列末 2 名未滿 3 年")
    assert "列末 2 名未滿 3 年：「新北方案」" in exhibit.selection
    assert "未列末段" not in exhibit.selection
    assert exhibit.chart
    drawn = str(exhibit.chart.drawing.data)
    assert "臺北市，「新北方案」：列末 2 名未滿 3 年，直轄市第 6 名" in drawn
    assert "circle-open" in drawn
    assert "○ 列末段未滿年數" in str(exhibit.chart.drawing.layout["annotations"])


def test_under_the_rule_of_the_largest_fall_the_place_is_that_of_the_change_among_all(demo: Warehouse) -> None:
    exhibit = exhibits.scenarios(demo, YEAR, ASSUMED)
    growth = {row.county_code: row.growth_pp for row in evaluate(demo, YEAR, ADOPTED, CURRENT).ranking.rows}
    for code, row in cells(exhibit).items():
        own = growth[code]
        assert own is not None
        assert row["taichung_group"] == "全國收繳率消長"
        assert row["taichung_place"] == 1 + sum(other is not None and other > own for other in growth.values())
    asked = [row for row in cells(exhibit).values() if row["taichung_report"] == "應提"]
    assert {row["taichung_place"] for row in asked} == {21, 22}


def test_the_groups_of_the_chances_stand_in_the_order_of_the_rule(demo: Warehouse) -> None:
    behind = exhibits.scenarios(demo, YEAR, ASSUMED).behind
    assert behind
    pools = [row["pool"] for row in behind.rows() if row["scenario"] == "健保競賽"]
    assert pools == [one for one in load_rule("nhi").groups.order if one in pools]
    pools = [row["pool"] for row in behind.rows() if row["scenario"] == "原始草案"]
    assert pools == [one for one in load_rule("draft").groups.order if one in pools]


def test_titles_of_weights_under_a_proposal_say_that_it_is_a_trial(demo: Warehouse) -> None:
    for key, said in (("adopted", "114年"), ("tainan", "114年（試算）")):
        asked = demo, YEAR, load_rule(key), ASSUMED, KAOHSIUNG
        assert exhibits.weight_shares(*asked).title.startswith(f"{said}各縣市")
        assert exhibits.weight_triangle(*asked).title.startswith(f"{said}高雄市")


@pytest.mark.parametrize("weights", [ASSUMED, OTHER, SUBSIDY])
def test_every_cell_is_what_the_engine_says_of_that_rule_with_those_weights(demo: Warehouse, weights: Weights) -> None:
    shown = cells(exhibits.scenarios(demo, YEAR, weights))
    assert len(shown) == 22
    counted = dict.fromkeys(shown, 0)
    for key in rule_keys():
        rule = load_rule(key)
        inputs = evaluate(demo, YEAR, rule, CURRENT).inputs
        ranking = rank(inputs, applied(rule, weights), YEAR, earlier_inputs(demo, YEAR, rule, CURRENT))
        for row in ranking.rows:
            cell = shown[row.county_code]
            if key != "taichung":
                assert cell[f"{key}_place"] == row.place or row.place is None
            expected = {True: "應提", "undecided": "待認定" if row.place else "未列名次"}.get(row.owes_review_report)
            assert cell[f"{key}_report"] == (
                expected or ("免提" if row.in_last_two is not False else not_asked(row, rule))
            )
            counted[row.county_code] += row.owes_review_report is True
    assert {code: row["count"] for code, row in shown.items()} == counted


def test_the_counties_most_often_asked_stand_first_and_the_title_counts_them(demo: Warehouse) -> None:
    exhibit = exhibits.scenarios(demo, YEAR, ASSUMED)
    counts = [row["count"] for row in exhibit.table.rows()]
    assert counts == sorted(counts, reverse=True)
    assert f"{counts.count(1)} 縣市只在 1 個方案下應提" in exhibit.title
    assert "無縣市在全部 8 個方案下均應提" in exhibit.title
    assert "依假設權重" in exhibit.finding


def test_the_chance_of_being_hit_by_luck_alone_stands_beside_each_scenario(demo: Warehouse) -> None:
    behind = exhibits.scenarios(demo, YEAR, ASSUMED).behind
    assert behind
    chances = {(row["scenario"], row["pool"]): (row["size"], row["chance"]) for row in behind.rows()}
    assert chances["修正草案", "直轄市"] == (6, 33.3)
    assert chances["修正草案", "非直轄市"] == (16, 12.5)
    assert chances["彰化方案", "C組"] == (3, 66.7)
    assert chances["臺中方案", "全國"] == (22, 9.1)
    assert chances["新北方案", "直轄市"] == (6, 3.7)
    notes = " ".join(exhibits.scenarios(demo, YEAR, ASSUMED).notes)
    assert "免提前" in notes


def test_every_scenario_says_what_it_changes_who_proposed_it_and_its_version(demo: Warehouse) -> None:
    exhibit = exhibits.scenarios(demo, YEAR, OTHER)
    notes = "\n".join(exhibit.notes)
    for key in rule_keys():
        rule = load_rule(key)
        assert rule.change in notes
        assert rule.proposed_by in notes
        assert rule.content_sha256[:8] in notes
        assert rule.source in notes
    assert "29" in notes
    assert "不改變法定規則" in notes
    assert "不在可能範圍內" not in notes


def test_weights_from_outside_the_region_are_said_to_be_with_where_they_come_from(demo: Warehouse) -> None:
    exhibit = exhibits.scenarios(demo, YEAR, SUBSIDY)
    assert any("不在可能範圍內" in note for note in exhibit.notes)
    assert any("另一項考核" in note for note in exhibit.notes)
    assert "訪視成功率 14.17%" in exhibit.finding


def test_the_grid_draws_what_the_table_says(demo: Warehouse) -> None:
    exhibit = exhibits.scenarios(demo, YEAR, ASSUMED, KAOHSIUNG)
    assert exhibit.chart
    go.Figure(exhibit.chart.drawing.as_file)
    columns = [trace for trace in exhibit.chart.drawing.data if "markers" in trace["mode"]]
    assert len(columns) == len(rule_keys()) + 1
    squares = dict.fromkeys((one.county_code for one in counties()), 0)
    for trace in columns[:-1]:
        assert trace["meta"] == {"pick": True}
        for code, symbol in zip(trace["ids"], trace["marker"]["symbol"], strict=True):
            squares[code] += symbol == "square"
    assert squares == {code: row["count"] for code, row in cells(exhibit).items()}
    assert exhibit.selection.startswith("高雄市：8 個方案中")


def test_of_several_reports_of_a_kind_the_cut_off_date_of_the_newest_stands_above(demo: Warehouse) -> None:
    exhibit = exhibits.scenarios(demo, YEAR, ASSUMED)
    assert "資料截止 114年10月31日（" in exhibit.as_of_line
    assert "服務員訪視成效 114年4月30日" in exhibit.as_of_line
    assert len(set(exhibit.sources)) == len(exhibit.sources)


def test_a_year_that_no_rule_can_rank_says_what_is_missing(demo: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="108年全年度服務員訪視成效"):
        exhibits.scenarios(demo, FullYear(2020), ASSUMED)


def test_trying_changes_neither_the_statutory_ranking_nor_any_file(demo: Warehouse) -> None:
    files = {path.name: path.read_bytes() for path in RULES.glob("*.toml")}
    before = exhibits.group_ranking(demo, YEAR, ADOPTED)
    for weights in (OTHER, SUBSIDY):
        exhibits.scenarios(demo, YEAR, weights)
        exhibits.weight_shares(demo, YEAR, ADOPTED, weights)
        exhibits.weight_triangle(demo, YEAR, ADOPTED, weights, KAOHSIUNG)
    after = exhibits.group_ranking(demo, YEAR, load_rule("adopted"))
    assert after.table.rows() == before.table.rows()
    assert (after.title, after.rule_version) == (before.title, before.rule_version)
    assert {path.name: path.read_bytes() for path in RULES.glob("*.toml")} == files
    assert evaluate(demo, YEAR, ADOPTED, CURRENT).ranking.rule == ADOPTED


# --- what the unknown weights decide


@pytest.mark.parametrize("key", [key for key in rule_keys() if key != "taichung"])
def test_exact_and_sampled_shares_agree_under_every_rule(demo: Warehouse, key: str) -> None:
    shares = weigh(demo, YEAR, load_rule(key), CURRENT).shares
    draws = settings().sampling.draws
    assert shares
    for exact, sampled in shares.values():
        p = float(exact.last)
        assert abs(float(sampled.last) - p) <= 4 * (p * (1 - p) / draws) ** 0.5 + 1e-12


def test_the_assumed_weights_put_among_the_last_whom_the_ranking_does(demo: Warehouse) -> None:
    for key in ("adopted", "changhua", "new_taipei", "tainan"):
        rule = load_rule(key)
        shown = exhibits.weight_shares(demo, YEAR, rule, ASSUMED).table.rows()
        told = {row["county_code"]: row["tried"] for row in shown}
        for row in evaluate(demo, YEAR, rule, CURRENT).ranking.rows:
            if row.place is not None and row.in_last_two != "undecided":
                assert told[row.county_code].startswith("列末" if row.in_last_two else "不列末"), (key, row)


def test_whose_rate_grew_owes_nothing_under_any_weights(demo: Warehouse) -> None:
    rows = {row["county"]: row for row in exhibits.weight_shares(demo, YEAR, ADOPTED, ASSUMED).table.rows()}
    assert rows["桃園市"]["exact"] > 90
    assert rows["桃園市"]["owing"] == 0
    assert rows["桃園市"]["tried"].endswith("免提")
    assert rows["高雄市"]["owing"] == rows["高雄市"]["exact"]
    taoyuan = exhibits.weight_triangle(demo, YEAR, ADOPTED, ASSUMED, county_coded("68000"))
    assert taoyuan.title.endswith("惟正成長而免提")
    draft = exhibits.weight_shares(demo, YEAR, load_rule("draft"), ASSUMED)
    assert {row["county"]: row for row in draft.table.rows()}["桃園市"]["owing"] > 90


def test_a_rule_that_asks_by_no_total_says_so(demo: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="權重不影響結果"):
        exhibits.weight_shares(demo, YEAR, load_rule("taichung"), ASSUMED)


def test_without_a_county_the_triangle_asks_for_one(demo: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="請選擇縣市"):
        exhibits.weight_triangle(demo, YEAR, ADOPTED, ASSUMED, None)


def test_the_triangle_says_share_seed_and_where_the_weights_on_trial_lie(demo: Warehouse) -> None:
    exhibit = exhibits.weight_triangle(demo, YEAR, ADOPTED, OTHER, KAOHSIUNG)
    assert exhibit.title.startswith("114年高雄市權重三角圖：39.1 % 的可能權重下列末 2 名")
    assert f"亂數種子 {settings().sampling.seed}" in exhibit.finding
    assert "收繳率消長 20%、訪視後補繳率 40%、訪視成功率 25%）：不列末 2 名" in exhibit.finding
    rows = {row["name"]: row for row in exhibit.table.rows()}
    assert rows["假設權重"]["verdict"] == "列末 2 名"
    assert rows["補助計畫考核配分"]["verdict"].endswith("（不在可能範圍內）")
    assert rows["試算中之權重"]["weight_1"] == 40
    assert exhibit.behind
    assert [row["others"] for row in exhibit.behind.rows()] == ["臺中市", "臺南市"]


def test_areas_and_lines_of_the_triangle_are_drawn_with_a_pattern_and_numbers(demo: Warehouse) -> None:
    chart = exhibits.weight_triangle(demo, YEAR, ADOPTED, ASSUMED, KAOHSIUNG).chart
    assert chart
    go.Figure(chart.drawing.as_file)
    areas = [trace for trace in chart.drawing.data if trace.get("fillpattern")]
    numbers = next(trace for trace in chart.drawing.data if trace["mode"] == "markers+text")
    assert areas
    assert all(trace["fillpattern"]["shape"] == "/" for trace in areas)
    assert numbers["text"] == ["1", "2"]
    legend = chart.drawing.layout["annotations"][0]["text"]
    assert "1 與臺中市同分" in legend
    assert "補助計畫考核配分（不在可能範圍內）" in legend


def test_a_share_that_is_neither_none_nor_all_never_reads_so() -> None:
    assert [percent(Fraction(n, 10_000)) for n in (0, 1, 10, 9_999, 10_000)] == [
        "0",
        "少於 0.1",
        "0.1",
        "超過 99.9",
        "100",
    ]
