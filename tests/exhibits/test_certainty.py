"""How sure places are, on the sample: the statutory place beside what simulation, sets and funnels say of it."""

import math
import subprocess
import sys
from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import answers, exhibits
from dashboard.domain import certainty_words, funnel_words, rank_set_words, weight_words, words
from dashboard.domain.counties import county_coded
from dashboard.domain.display import display
from dashboard.domain.kinds import Kind, Proportion
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import HOUSE, Settings
from dashboard.exhibits import Exhibit, NotAvailable
from dashboard.exhibits.certainty import exact_counts, intervals_of, probability, sets_of, settings
from dashboard.exhibits.evaluation import evaluate
from dashboard.exhibits.rank_intervals import place_ticks
from dashboard.questions import Question
from dashboard.receiving import Incoming, Office
from dashboard.rules.rule import Rule, load_rule, rule_keys
from dashboard.rules.uncertainty.places import place_intervals
from dashboard.rules.uncertainty.rank_sets import RankSets
from dashboard.rules.weights import Weights
from dashboard.warehouse import Door, Warehouse
from tests import deciding, making

RULE = load_rule("adopted")
YEAR = FullYear(2026)
LINES = 40
"""Letters on two lines of a heading on a phone of 390 pixels, less what is lost where the first line breaks."""
PERSONS = ("target_visits", "visited_persons", "successful_persons", "repaid_persons")


def by_code(exhibit: Exhibit) -> dict[str, Any]:
    return {row["county_code"]: row for row in exhibit.table.rows()}


def ranks(db: Warehouse, county: str | None = None, rule: Rule = RULE) -> Exhibit:
    return exhibits.rank_intervals(db, YEAR, rule, county_coded(county) if county else None)


def confidence(db: Warehouse, proportion: Proportion, county: str | None = None) -> Exhibit:
    return exhibits.indicator_confidence(db, YEAR, RULE, proportion, county_coded(county) if county else None)


def funnel(db: Warehouse, proportion: Proportion, county: str | None = None) -> Exhibit:
    return exhibits.funnel(db, YEAR, RULE, proportion, county_coded(county) if county else None)


# --- places of the weighted total


@pytest.mark.parametrize("key", rule_keys())
def test_with_ever_so_many_persons_every_place_of_every_scenario_is_the_published_one(
    demo: Warehouse, key: str
) -> None:
    rule = load_rule(key)
    for year in exhibits.ranking_years(demo, rule):
        evaluation = evaluate(demo, year, rule, answers.CURRENT)
        counts = {
            code: {name: one * 10**12 if one and name in PERSONS else one for name, one in row.items()}
            for code, row in exact_counts(evaluation).items()
        }
        # Every draw says the same, so a few do.
        found = place_intervals(evaluation.ranking, counts, settings().model_copy(update={"draws": 500}))
        ranked = {row.county_code: row for row in evaluation.rows if row.place is not None}
        assert {code: (one.low, one.high) for code, one in found.items()} == {
            code: (row.place, row.place) for code, row in ranked.items()
        }
        verdicts = {code: True if one.last == 1 else "undecided" if one.tied else False for code, one in found.items()}
        assert verdicts == {code: row.last_of_year for code, row in ranked.items()}


def test_places_are_the_statutory_ones_and_intervals_stand_beside_them(demo: Warehouse) -> None:
    statutory = by_code(exhibits.group_ranking(demo, YEAR, RULE))
    found = by_code(ranks(demo))
    assert len(found) == 22
    for code, row in found.items():
        assert row["place"] == statutory[code]["place"]
        assert row["report"] == statutory[code]["report"]
        assert row["low"] <= row["median"] <= row["high"]
        assert 0 <= row["last"] + row["tied"] <= 100
    assert any(row["low"] < row["high"] for row in found.values())


def test_wording_keeps_the_fact_and_the_simulation_apart(demo: Warehouse) -> None:
    exhibit = ranks(demo, "67000")
    assert exhibit.notes[0] == "名次是依公布數值計算的事實；區間表示名次在多大程度上反映表現。"
    assert "僅由模擬而得" in exhibit.notes[1]
    assert "收繳率消長、訪視完成率以公布數值計算，未模擬" in exhibit.notes[2]
    assert exhibit.selection.startswith("臺南市：依公布數值計算為直轄市第 5 名；模擬 95 % 區間為第 4 至 5 名")
    assert exhibit.chart
    assert exhibit.selection in exhibit.chart.alt


def test_seed_draws_and_prior_are_confessed(demo: Warehouse) -> None:
    said = ranks(demo).assumptions[0]
    assert said == display().certainty.assumption
    assert all(part in said for part in ("參數 0.5、0.5", "100,000 次", str(display().certainty.seed), "95 %"))
    assert ranks(demo).assumptions[1:] == RULE.ranking_assumptions()


def test_a_county_exempt_by_growth_never_owes_though_it_may_be_last(demo: Warehouse) -> None:
    exhibit = exhibits.rank_intervals(demo, FullYear(2025), RULE, county_coded("68000"))
    row = by_code(exhibit)["68000"]
    assert row["report"] == "免提"
    assert row["last"] > 50
    assert row["owes"] == 0
    assert "不論名次均免提檢討報告" in exhibit.selection


def test_a_tie_across_the_cut_is_told_with_how_often_it_stays_one(demo: Warehouse) -> None:
    exhibit = ranks(demo, "67000", load_rule("tainan"))
    row = by_code(exhibit)["67000"]
    assert row["report"] == "待認定"
    assert row["tied"] > 50
    assert "同分跨越末 2 名界線而待認定者" in exhibit.finding
    assert "的模擬同分待認定" in exhibit.selection


def test_a_scenario_of_years_running_gives_no_probability_of_owing_and_says_why(demo: Warehouse) -> None:
    exhibit = ranks(demo, rule=load_rule("new_taipei"))
    assert certainty_words.YEARS_NOTE in exhibit.notes
    assert words.PROPOSAL_NOTE in exhibit.notes
    # NA for all but those whose growth exempts them whatever the years before were.
    assert set(exhibit.table.frame["owes"].dropna()) <= {0}


def test_a_scenario_without_last_places_of_a_group_has_no_cut(demo: Warehouse) -> None:
    nation, groups = ranks(demo, rule=load_rule("taichung")).chart, ranks(demo).chart
    assert nation
    assert groups
    assert not nation.drawing.layout["shapes"]
    cuts = [shape["x0"] for shape in groups.drawing.layout["shapes"] if shape["type"] == "line"]
    assert cuts == [4.5, 14.5]


def test_the_drawing_shows_what_the_table_says(demo: Warehouse) -> None:
    exhibit = ranks(demo, "09020")
    assert exhibit.chart
    go.Figure(exhibit.chart.drawing.as_file)
    rows = by_code(exhibit)
    marks = [trace for trace in exhibit.chart.drawing.data if trace.get("meta", {}).get("pick")]
    assert {code: place for trace in marks for code, place in zip(trace["ids"], trace["x"], strict=True)} == {
        code: row["place"] for code, row in rows.items()
    }


def test_unless_a_report_is_in_nothing_is_drawn(demo: Warehouse) -> None:
    early = date(2020, 12, 31)
    with pytest.raises(NotAvailable):
        exhibits.rank_intervals(demo, YEAR, RULE, known_on=early)
    with pytest.raises(NotAvailable):
        exhibits.indicator_confidence(demo, YEAR, RULE, Proportion.SUCCESS, known_on=early)
    with pytest.raises(NotAvailable):
        exhibits.funnel(demo, YEAR, RULE, Proportion.SUCCESS, known_on=early)


def test_what_was_known_then_is_what_is_drawn(demo: Warehouse) -> None:
    year, corrected = FullYear(2023), {}
    for day in (date(2023, 12, 19), answers.CURRENT):
        exhibit = exhibits.rank_intervals(demo, year, RULE, known_on=day)
        corrected[day] = exhibit.sources
        assert by_code(exhibit)["65000"]["place"] is not None
    assert all(source.received_on <= date(2023, 12, 19) for source in corrected[date(2023, 12, 19)])


@pytest.mark.parametrize(
    ("share", "printed"),
    [(0.0, "0 %"), (0.0001, "不到 1 %"), (0.126, "13 %"), (0.9999, "逾 99 %"), (1.0, "100 %")],
)
def test_a_probability_never_reads_as_certain_unless_it_is(share: float, printed: str) -> None:
    assert probability(share) == printed


@pytest.mark.parametrize(
    ("number", "ticks"), [(0, []), (1, [1]), (6, [1, 2, 3, 4, 5, 6]), (16, [1, 4, 8, 12, 16]), (22, [1, 5, 10, 15, 20])]
)
def test_places_below_the_scale_are_few_enough_for_a_phone(number: int, ticks: list[int]) -> None:
    assert place_ticks(number) == ticks


# --- ranks by one proportion


@pytest.mark.parametrize("proportion", Proportion)
def test_ranks_and_rates_are_those_of_the_ranking_and_lie_in_their_sets(
    demo: Warehouse, proportion: Proportion
) -> None:
    statutory = by_code(exhibits.group_ranking(demo, YEAR, RULE))
    for code, row in by_code(confidence(demo, proportion)).items():
        key = next(key for key, one in RULE.indicators.items() if one.formula == proportion.value)
        assert row["rank"] == statutory[code][f"{key}_rank"]
        assert row["rate"] == statutory[code][f"{key}_value"]
        assert row["low"] <= row["own_low"] <= row["rank"] <= row["own_high"] <= row["high"]
        assert row["wilson_low"] < row["rate"] < row["wilson_high"]


def test_the_smallest_county_is_known_least(demo: Warehouse) -> None:
    rows = by_code(confidence(demo, Proportion.SUCCESS))
    widths = {code: row["wilson_high"] - row["wilson_low"] for code, row in rows.items()}
    assert max(widths, key=lambda code: widths[code]) == min(rows, key=lambda code: rows[code]["whole"])


def test_who_may_be_last_is_who_cannot_be_ruled_out(demo: Warehouse) -> None:
    exhibit = confidence(demo, Proportion.SUCCESS, "09007")
    rows = by_code(exhibit)
    sizes = {"直轄市": 6, "非直轄市": 16}
    for row in rows.values():
        assert row["may_be_last"] == ("是" if row["high"] > sizes[row["group"]] - 2 else "否")
    assert rows["10007"]["may_be_last"] == "是"
    assert rows["66000"]["may_be_last"] == "否"
    assert "不能排除列末 2 名" in exhibit.selection
    assert any("Mogstad" in note for note in exhibit.notes)
    assert any("Agresti" in note for note in exhibit.notes)


def test_marks_of_those_who_may_be_last_differ_by_shape(demo: Warehouse) -> None:
    exhibit = confidence(demo, Proportion.REPAYMENT)
    assert exhibit.chart
    rows = by_code(exhibit)
    for trace in exhibit.chart.drawing.data:
        if trace.get("meta", {}).get("pick"):
            for code, symbol in zip(trace["ids"], trace["marker"]["symbol"], strict=True):
                assert symbol == ("diamond" if rows[code]["may_be_last"] == "是" else "circle")


# --- funnels


@pytest.mark.parametrize("proportion", Proportion)
def test_over_dispersion_is_what_a_boring_loop_computes(demo: Warehouse, proportion: Proportion) -> None:
    exhibit = funnel(demo, proportion)
    pairs = [(row["part"], row["whole"]) for row in exhibit.table.rows()]
    aim = float(Fraction(sum(int(part) for part, _ in pairs), sum(int(whole) for _, whole in pairs)))
    z = sorted(
        2 * math.sqrt(whole) * (math.asin(math.sqrt(part / whole)) - math.asin(math.sqrt(aim))) for part, whole in pairs
    )
    edges = []
    for share in (0.1, 0.9):
        at = share * (len(z) - 1)
        lower = z[int(at)]
        edges.append(lower + (at - int(at)) * (z[int(at) + 1] - lower))
    phi = sum(min(max(one, edges[0]), edges[1]) ** 2 for one in z) / len(z)
    raw = sum(one**2 for one in z) / len(z)
    (said,) = (note for note in exhibit.notes if "過度離散" in note)
    assert f"φ＝{phi:.2f}（未縮尾 {raw:.2f}）" in said
    weights = [4 * int(whole) for _, whole in pairs]
    tau2 = (len(z) * phi - (len(z) - 1)) / (sum(weights) - sum(one**2 for one in weights) / sum(weights))
    assert f"τ²＝{tau2:.4f}" in said


def test_who_lies_outside_the_limits_in_force_is_named_and_marked(demo: Warehouse) -> None:
    exhibit = funnel(demo, Proportion.SUCCESS, "10007")
    assert exhibit.chart
    points = exhibit.chart.drawing.data[-1]
    symbols = dict(zip(points["ids"], points["marker"]["symbol"], strict=True))
    outside = {code for code, symbol in symbols.items() if symbol == "diamond"}
    for code, row in by_code(exhibit).items():
        inside = row["wide_0.95_low"] <= row["rate"] <= row["wide_0.95_high"]
        assert inside == (row["position"] == funnel_words.WITHIN) == (code not in outside)
        assert inside == (row["county"] not in exhibit.finding)
    assert "10007" in outside
    assert "低於" in exhibit.selection


def test_a_funnel_says_why_half_years_have_no_control_chart(demo: Warehouse) -> None:
    assert "半年報表每年僅一期，點數太少，不繪管制圖。" in funnel(demo, Proportion.SUCCESS).notes


def test_chance_limits_close_with_more_persons_and_wide_ones_contain_them(demo: Warehouse) -> None:
    rows = sorted(funnel(demo, Proportion.REPAYMENT).table.rows(), key=lambda row: row["whole"])
    widths = [row["chance_0.95_high"] - row["chance_0.95_low"] for row in rows]
    assert widths == sorted(widths, reverse=True)
    for row in rows:
        assert row["wide_0.998_low"] < row["wide_0.95_low"] < row["chance_0.95_low"]
        assert row["wide_0.998_high"] > row["wide_0.95_high"] > row["chance_0.95_high"]


# --- counties that cannot be reckoned with


@pytest.fixture(scope="module")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """A year in which 連江縣 visited nobody, 金門縣 did not report, and all others have the same figures."""
    figures: dict[str, dict[str, int | str]] = {
        measure: {"09007": 0, "09020": "…"} for measure in ("visited_persons", "successful_persons", "repaid_persons")
    }
    files = [making.average_rate(2024), making.average_rate(2025), making.visits(FullYear(2024), figures)]
    data_dir = tmp_path_factory.mktemp("gaps")
    office = Office(Settings(data_dir=data_dir))
    office.receive([Incoming(one.file_name, one.content, None) for one in files], "測試")
    office.ledger.close()
    return Door(data_dir).current()


def test_who_has_no_place_has_no_interval_and_is_named(gaps: Warehouse) -> None:
    exhibit = exhibits.rank_intervals(gaps, FullYear(2025), RULE, county_coded("09020"))
    assert exhibit.chart
    go.Figure(exhibit.chart.drawing.as_file)
    assert "未列名次而無區間者：" in exhibit.finding
    assert "金門縣" in exhibit.finding
    assert "連江縣" in exhibit.finding
    assert exhibit.selection == "金門縣未列名次，沒有名次區間。"
    row = by_code(exhibit)["09020"]
    assert pd.isna(row["place"])
    assert pd.isna(row["last"])


def test_equals_may_have_every_rank_and_who_cannot_be_reckoned_with_is_named(gaps: Warehouse) -> None:
    exhibit = exhibits.indicator_confidence(gaps, FullYear(2025), RULE, Proportion.SUCCESS, county_coded("09007"))
    assert exhibit.chart
    go.Figure(exhibit.chart.drawing.as_file)
    rows = by_code(exhibit)
    assert {(row["rank"], row["low"], row["high"]) for code, row in rows.items() if code < "09000"} <= {(1, 1, 6)}
    assert (rows["10002"]["low"], rows["10002"]["high"]) == (1, 14)
    assert "無名次或無法計算而未納入者：" in exhibit.finding
    assert exhibit.selection == "連江縣無名次或無法計算，未納入。"
    assert rows["09007"]["may_be_last"] == "－"


def test_rates_that_are_all_alike_need_no_wider_limits(gaps: Warehouse) -> None:
    exhibit = exhibits.funnel(gaps, FullYear(2025), RULE, Proportion.SUCCESS, county_coded("09007"))
    assert exhibit.chart
    go.Figure(exhibit.chart.drawing.as_file)
    assert any("未顯著大於 1" in note for note in exhibit.notes)
    assert exhibit.title.endswith("20 縣市均未超出隨機起伏")
    assert "各縣市與全國" in exhibit.finding
    assert "無法計算而未納入者：" in exhibit.finding
    assert not any(column.key.startswith("wide") for column in exhibit.table.columns)
    assert exhibit.selection == "連江縣無名次或無法計算，未納入。"


# --- speed


def test_the_server_starts_without_the_slow_libraries_of_statistics() -> None:
    loaded = "import sys; import dashboard.exhibits; print(sorted({'scipy', 'statsmodels'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", loaded], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


# --- as addresses


def test_each_can_be_asked_by_an_address() -> None:
    for function, more in (
        (exhibits.rank_intervals, ()),
        (exhibits.indicator_confidence, (Proportion.SUCCESS,)),
        (exhibits.funnel, (Proportion.REPAYMENT,)),
    ):
        question = Question((function,), (YEAR, RULE, *more, county_coded("09020")))
        assert Question.read(question.text) == question


# --- words that keep to what is shown


def test_of_several_years_the_cut_off_of_the_newest_report_of_a_kind_is_named(demo: Warehouse) -> None:
    exhibit = ranks(demo, rule=load_rule("new_taipei"))
    visits = [source.as_of for source in exhibit.sources if source.kind is Kind.VISITS]
    assert len(visits) == 3
    assert exhibit.as_of_line == "資料截止 115年10月31日（服務員訪視成效 115年4月30日）"


@pytest.mark.parametrize(
    ("ranks", "among", "said"),
    [
        ((5, 5), True, "有 95 % 的把握名次就是第 5 名，並且列末 2 名"),
        ((1, 1), False, "有 95 % 的把握名次就是第 1 名，並且不列末 2 名"),
        ((4, 6), None, "有 95 % 的把握名次在第 4 至 6 名之間，不能排除列末 2 名"),
        ((5, 6), True, "有 95 % 的把握名次在第 5 至 6 名之間，並且列末 2 名"),
        (
            (3, 4),
            rank_set_words.OPEN,
            "有 95 % 的把握名次在第 3 至 4 名之間；是否可能列末 2 名，在模擬誤差內，無法判定",
        ),
    ],
)
def test_a_single_rank_is_no_range_and_nothing_is_said_to_be_sure_without_its_level(
    ranks: tuple[int, int], among: bool | str | None, said: str
) -> None:
    told = rank_set_words.rank_told(ranks, "95") + rank_set_words.last_told("末 2 名", among, "95", is_said=True)
    assert told == said


def test_no_sentence_about_ranks_calls_them_certain(demo: Warehouse) -> None:
    for proportion in Proportion:
        for code in by_code(confidence(demo, proportion)):
            exhibit = confidence(demo, proportion, code)
            for said in (exhibit.title, exhibit.finding, exhibit.selection):
                assert "確定" not in said
                assert "可確信" not in said


@pytest.mark.parametrize("proportion", list(Proportion))
def test_the_selection_says_surely_last_where_even_the_best_rank_is_among_the_last(
    demo: Warehouse, proportion: Proportion
) -> None:
    rows = by_code(confidence(demo, proportion))
    sizes = Counter(row["group"] for row in rows.values() if row["low"] is not None)
    for code, row in rows.items():
        told = confidence(demo, proportion, code).selection
        sure = row["low"] is not None and row["low"] > sizes[row["group"]] - 2
        assert ("並且列末 2 名" in told) == sure


def test_of_a_set_of_nearly_all_ranks_the_sentence_says_that_nothing_is_known_and_why(demo: Warehouse) -> None:
    few = confidence(demo, Proportion.REPAYMENT, "09007")
    assert (by_code(few)["09007"]["low"], by_code(few)["09007"]["high"]) == (1, 16)
    assert "人數太少（訪視成功人數 84 人），無法判斷名次，第 1 至 16 名都有可能" in few.selection
    assert "把握" not in few.selection
    assert "人數太少，無法判斷名次者：連江縣。" in few.finding


def test_of_equals_with_many_persons_it_is_the_difference_that_is_too_small(gaps: Warehouse) -> None:
    exhibit = exhibits.indicator_confidence(gaps, FullYear(2025), RULE, Proportion.SUCCESS, county_coded("65000"))
    assert "與組內其他縣市之差距太小，無法判斷名次，第 1 至 6 名都有可能" in exhibit.selection
    assert "人數太少" not in exhibit.finding


# --- what the simulation can and cannot tell


def test_the_last_ones_of_114_do_not_depend_on_how_the_counties_are_sorted(demo: Warehouse) -> None:
    exhibit = exhibits.indicator_confidence(demo, FullYear(2025), RULE, Proportion.SUCCESS, county_coded("10004"))
    row = by_code(exhibit)["10004"]
    # By 600,000 draws the critical value is 3.2965, above the 3.2853 that one of its comparisons has.
    assert (row["low"], row["high"], row["may_be_last"]) == (4, 15, "是")
    assert exhibit.title == "114年訪視成功率名次：不能排除列末 2 名者，直轄市 2、非直轄市 7 縣市"


def test_rules_with_the_same_groups_have_the_same_sets(demo: Warehouse) -> None:
    other = load_rule("tainan")
    for year in exhibits.ranking_years(demo, RULE)[1:3]:
        for proportion in Proportion:
            first, second = (
                {
                    code: (row["low"], row["high"], row["own_low"], row["own_high"], row["may_be_last"])
                    for code, row in by_code(exhibits.indicator_confidence(demo, year, rule, proportion)).items()
                }
                for rule in (RULE, other)
            )
            assert first == second


def test_the_workings_say_draws_critical_values_and_each_comparison(demo: Warehouse) -> None:
    exhibit = exhibits.indicator_confidence(demo, FullYear(2025), RULE, Proportion.SUCCESS, county_coded("10004"))
    assert exhibit.behind
    rows = exhibit.behind.rows()
    assert len(rows) == 15
    row = by_code(exhibit)["10004"]
    results = Counter(str(one["result"]) for one in rows)
    assert row["low"] == 1 + results["新竹縣較低"]
    assert row["high"] == 16 - results["新竹縣較高"]
    for one in rows:
        assert one["statistic"] == pytest.approx(one["difference"] / one["deviation"], abs=1e-3)
    assert any("模擬 200,000 次（亂數種子 1150630）" in note and "模擬誤差 3." in note for note in exhibit.notes)
    assert "名次信賴集合之臨界值以常態近似抽樣 200,000 次" in exhibit.assumptions[0]


def test_where_the_simulation_cannot_tell_neither_yes_nor_no_is_printed(
    demo: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsure(*asked: Any) -> dict[str, RankSets]:
        found = sets_of(*asked)
        group = found["非直轄市"]
        sets = {**group.sets, "10004": group.sets["10004"]._replace(may_be_last=None, is_open=True)}
        return {**found, "非直轄市": group._replace(sets=sets)}

    # The package has a function of the same name.
    module = sys.modules["dashboard.exhibits.indicator_confidence"]
    monkeypatch.setattr(module, "sets_of", unsure)
    exhibit = exhibits.indicator_confidence(demo, FullYear(2025), RULE, Proportion.SUCCESS, county_coded("10004"))
    assert by_code(exhibit)["10004"]["may_be_last"] == "在模擬誤差內"
    assert "在模擬誤差內，無法判定" in exhibit.selection
    assert "是否可能列末 2 名，在模擬誤差內而無法判定者：新竹縣。" in exhibit.finding
    assert "集合之一端在模擬誤差內（換一組亂數可能相差一名）者：新竹縣。" in exhibit.notes
    assert "非直轄市 7 縣市" in exhibit.title


def test_intervals_that_hang_on_the_draws_are_named(demo: Warehouse) -> None:
    found = exhibits.rank_intervals(demo, FullYear(2025), RULE)
    drawn = intervals_of(demo, FullYear(2025), RULE, answers.CURRENT)
    named = [county_coded(code).name for code, one in drawn.items() if one.is_open]
    (said,) = (note for note in found.notes if "模擬 100,000 次；" in note)
    assert all(name in said for name in named)
    assert ("不在模擬誤差內" in said) == (not named)


# --- funnels in plain words


@pytest.mark.parametrize("year", [FullYear(2023), FullYear(2024), FullYear(2025), FullYear(2026)])
@pytest.mark.parametrize("proportion", list(Proportion))
def test_the_finding_of_a_funnel_names_the_outermost_limit_that_each_county_is_beyond(
    demo: Warehouse, proportion: Proportion, year: FullYear
) -> None:
    exhibit = exhibits.funnel(demo, year, RULE, proportion)
    told = dict(part.split("者：", 1) for part in exhibit.finding.partition("。")[0].split("，") if "者：" in part)
    for side in ("高於 99.8 % 界限", "高於 95 % 界限", "低於 95 % 界限", "低於 99.8 % 界限"):
        there = {row["county"] for row in exhibit.table.rows() if row["position"] == side}
        assert set(filter(None, told.get(side, "").split("、"))) == there
    outside = sum(row["position"] != funnel_words.WITHIN for row in exhibit.table.rows())
    assert f"{outside} 縣市超出" in exhibit.title or (not outside and "均未超出" in exhibit.title)
    assert f"其餘 {22 - outside} 縣市" in exhibit.finding or not outside


def test_a_funnel_leads_with_what_follows_and_keeps_its_parameters_for_the_notes(demo: Warehouse) -> None:
    exhibit = funnel(demo, Proportion.SUCCESS, "67000")
    for said in (exhibit.title, exhibit.finding, exhibit.selection):
        assert not any(sign in said for sign in ("φ", "τ", "縮尾", "臨界值", "離散"))


def test_a_county_within_the_limits_reads_what_follows_from_it(demo: Warehouse) -> None:
    inside = funnel(demo, Proportion.SUCCESS, "09007").selection
    assert inside.endswith("在縣市間一般差異的通常範圍內，不能據此說表現較好或較差。")
    outside = funnel(demo, Proportion.SUCCESS, "10007").selection
    assert "宜了解原因；這不等於工作較好或較差" in outside
    # 18.65 % of 8,396 against 25.01 %: far beyond chance, and still no more than counties usually differ.
    between = funnel(demo, Proportion.REPAYMENT, "67000").selection
    assert "大於隨機起伏，但這種幅度在各縣市之間常見" in between


# --- what people decided


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """嘉義市 and 金門縣 are equal across the cut of 113; first 金門縣 was chosen, then the year decided for good."""
    at = deciding.desk(deciding.filled(tmp_path_factory.mktemp("settled")))
    at.settle(deciding.YEAR, deciding.RULE, "非直轄市", (), deciding.TIED[1:], "訪視量較少")
    at.freeze(deciding.YEAR, deciding.RULE)
    return at.db


def test_a_settled_tie_has_the_duty_that_was_decided_and_is_quoted(settled: Warehouse) -> None:
    county = county_coded(deciding.TIED[1])
    before, after = (exhibits.rank_intervals(settled, deciding.YEAR, RULE, county, decided) for decided in (0, 1))
    assert {by_code(before)[code]["report"] for code in deciding.TIED} == {"待認定"}
    assert "待認定者" in before.finding
    assert [by_code(after)[code]["report"] for code in deciding.TIED] == ["無須", "應提"]
    assert "待認定" not in after.finding
    assert "金門縣（" in after.finding
    assert any("訪視量較少" in note for note in after.notes)
    assert [row["tied"] for row in before.table.rows()] == [row["tied"] for row in after.table.rows()]


def test_a_year_decided_for_good_is_headed_by_the_decision(settled: Warehouse) -> None:
    exhibit = exhibits.rank_intervals(settled, deciding.YEAR, RULE, county_coded(deciding.LAST), 2)
    assert exhibit.title.startswith("113年（已定案，以下為目前所知）")
    assert "定案（決定第 2 號）" in exhibit.finding
    assert exhibit.selection.startswith("連江縣（定案：應提")


def test_shares_of_weightings_say_that_nothing_decided_is_applied(settled: Warehouse) -> None:
    asked = settled, deciding.YEAR, RULE, Weights.from_code("35-30-20"), county_coded(deciding.LAST)
    for exhibit in (exhibits.weight_shares(*asked), exhibits.weight_triangle(*asked)):
        (said,) = (note for note in exhibit.notes if "認定" in note and "定案" in note)
        assert "不套用" in said


# --- words


@pytest.mark.parametrize("shown", ["13 %", "不到 1 %"])
def test_probabilities_stand_without_stray_spaces(shown: str) -> None:
    said = certainty_words.last_selection("末 2 名", (shown, shown), is_exempt=False)
    told = certainty_words.place_told(3, ("末 2 名", shown), shown, shown)
    assert "機率 不" not in said + told
    assert "另有 不" not in said
    assert ("機率 13" in said) == shown.startswith("13")


def test_a_share_that_is_nearly_none_stands_without_a_stray_space() -> None:
    assert weight_words.shares_selection("臺北市", "少於 0.1", "0", False).startswith("臺北市：精確占比少於 0.1 %，")


@pytest.mark.parametrize(("key", "year"), [("adopted", 2026), ("adopted", 2022), ("nhi", 2025)])
def test_titles_fit_two_lines_of_a_phone(demo: Warehouse, key: str, year: int) -> None:
    rule, of_year, weights = load_rule(key), FullYear(year), Weights.from_code("35-30-20")
    asked = demo, of_year, rule
    shown = [exhibits.rank_intervals(*asked), exhibits.weight_shares(*asked, weights)]
    shown += [exhibits.weight_triangle(*asked, weights, county_coded("68000"))]
    shown += [exhibits.indicator_confidence(*asked, proportion) for proportion in Proportion]
    shown += [exhibits.funnel(*asked, proportion) for proportion in Proportion]
    for exhibit in shown:
        # Digits and blanks are narrow.
        width = sum(1 if ord(one) > 0x2E7F else 0.3 if one == " " else 0.57 for one in exhibit.title)
        assert width <= LINES, (width, exhibit.title)
