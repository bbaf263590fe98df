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
from dashboard.domain import certainty_words
from dashboard.domain.counties import county_coded
from dashboard.domain.display import display
from dashboard.domain.kinds import Kind, Proportion
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import HOUSE, Settings
from dashboard.exhibits import Exhibit, NotAvailable
from dashboard.exhibits.certainty import exact_counts, probability, settings
from dashboard.exhibits.evaluation import evaluate
from dashboard.exhibits.rank_intervals import place_ticks
from dashboard.questions import Question
from dashboard.receiving import Incoming, Office
from dashboard.rules.rule import Rule, load_rule, rule_keys
from dashboard.rules.uncertainty.places import place_intervals
from dashboard.warehouse import Door, Warehouse
from tests import making

RULE = load_rule("adopted")
YEAR = FullYear(2026)
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
        found = place_intervals(evaluation.ranking, counts, settings())
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
    assert all(part in said for part in ("參數 0.5、0.5", "10,000 次", str(display().certainty.seed), "95 %"))
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
    assert "為同分待認定" in exhibit.selection


def test_a_scenario_of_years_running_gives_no_probability_of_owing_and_says_why(demo: Warehouse) -> None:
    exhibit = ranks(demo, rule=load_rule("new_taipei"))
    assert certainty_words.YEARS_NOTE in exhibit.notes
    assert certainty_words.PROPOSAL_NOTE in exhibit.notes
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
    assert f"φ＝{phi:.2f}（未縮尾 {raw:.2f}）" in exhibit.finding
    weights = [4 * int(whole) for _, whole in pairs]
    tau2 = (len(z) * phi - (len(z) - 1)) / (sum(weights) - sum(one**2 for one in weights) / sum(weights))
    assert f"τ²＝{tau2:.4f}" in exhibit.finding


def test_who_lies_outside_the_limits_in_force_is_named_and_marked(demo: Warehouse) -> None:
    exhibit = funnel(demo, Proportion.SUCCESS, "10007")
    assert exhibit.chart
    points = exhibit.chart.drawing.data[-1]
    symbols = dict(zip(points["ids"], points["marker"]["symbol"], strict=True))
    outside = {code for code, symbol in symbols.items() if symbol == "diamond"}
    for code, row in by_code(exhibit).items():
        inside = row["wide_0.95_low"] <= row["rate"] <= row["wide_0.95_high"]
        assert inside == (row["position"] == certainty_words.WITHIN) == (code not in outside)
        assert inside == (row["county"] not in exhibit.title)
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
    assert "未顯著大於 1" in exhibit.finding
    assert exhibit.title.endswith("各縣市均在 95 % 界限內")
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
        ((5, 5), True, "可確信其名次為第 5 名，確定列末 2 名。"),
        ((1, 1), False, "可確信其名次為第 1 名，可排除列末 2 名。"),
        ((4, 6), None, "可確信其名次在第 4 至 6 名之間，不能排除列末 2 名。"),
        ((5, 6), True, "可確信其名次在第 5 至 6 名之間，確定列末 2 名。"),
    ],
)
def test_a_single_rank_is_no_range_and_who_is_surely_last_is_said_to_be(
    ranks: tuple[int, int], among: bool | None, said: str
) -> None:
    told = certainty_words.set_selection("臺南市", 5, ranks, "末 2 名", among)
    assert told == f"臺南市：依公布數值為組內第 5 名；{said}"


@pytest.mark.parametrize("proportion", list(Proportion))
def test_the_selection_says_surely_last_where_even_the_best_rank_is_among_the_last(
    demo: Warehouse, proportion: Proportion
) -> None:
    rows = by_code(confidence(demo, proportion))
    sizes = Counter(row["group"] for row in rows.values() if row["low"] is not None)
    for code, row in rows.items():
        told = confidence(demo, proportion, code).selection
        sure = row["low"] is not None and row["low"] > sizes[row["group"]] - 2
        assert ("確定列末 2 名" in told) == sure


@pytest.mark.parametrize("proportion", list(Proportion))
def test_the_title_of_a_funnel_names_the_outermost_limit_that_each_county_is_beyond(
    demo: Warehouse, proportion: Proportion
) -> None:
    exhibit = funnel(demo, proportion)
    told = dict(part.split("者", 1) for part in exhibit.title.partition("：")[2].split("，"))
    for side in ("高於 99.8 % 界限", "高於 95 % 界限", "低於 95 % 界限", "低於 99.8 % 界限"):
        there = [row["county"] for row in exhibit.table.rows() if row["position"] == side]
        named = told.get(side, "")
        assert named == f"{len(there)} 縣市" or set(filter(None, named.split("、"))) == set(there)
