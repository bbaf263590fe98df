"""The ranking's exhibits on the sample: years with a tie across the cut, an exemption by a hair, a trial."""

import re
from datetime import date

import pytest

from dashboard import answers, exhibits
from dashboard.domain import ranking_words
from dashboard.domain.counties import county_coded
from dashboard.domain.periods import FullYear
from dashboard.exhibits import Exhibit, NotAvailable
from dashboard.rules import numbers
from dashboard.rules.ranking import rank
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Warehouse

RULE = load_rule("adopted")


def rows(exhibit: Exhibit) -> dict[str, dict[str, str]]:
    return {
        row["county"]: {column.key: column.text(row) for column in exhibit.table.columns}
        for row in exhibit.table.rows()
    }


def test_table_and_bars_say_what_the_rules_computed(demo: Warehouse) -> None:
    exhibit = exhibits.group_ranking(demo, FullYear(2025), RULE)
    inputs = answers.ranking_inputs(demo, FullYear(2025), FullYear(2024))
    computed = {row.county_code: row for row in rank(inputs, RULE, FullYear(2025)).rows}
    assert exhibit.chart is not None
    bars = [trace for trace in exhibit.chart.drawing.data if trace["type"] == "bar"]
    drawn: dict[str, float] = {}
    for trace in bars:
        for county_code, points in zip(trace["ids"], trace["x"], strict=True):
            drawn[county_code] = drawn.get(county_code, 0) + points
    for row in exhibit.table.rows():
        expected = computed[row["county_code"]]
        assert expected.total is not None
        assert f"{row['total']:.2f}" == numbers.half_up(expected.total, 2)
        assert drawn[row["county_code"]] == pytest.approx(float(expected.total), abs=1e-3)
        assert row["place"] == expected.place


def test_the_rows_stand_by_group_and_place(demo: Warehouse) -> None:
    shown = exhibits.group_ranking(demo, FullYear(2025), RULE).table.rows()
    assert [row["group"] for row in shown] == ["直轄市"] * 6 + ["非直轄市"] * 16
    places = [row["place"] for row in shown]
    assert places[:6] == sorted(places[:6])
    assert places[6:] == sorted(places[6:])


def test_who_grew_by_a_hair_is_exempt_and_the_growth_is_shown_unrounded_away(demo: Warehouse) -> None:
    exhibit = exhibits.review_reports(demo, FullYear(2025), RULE)
    assert exhibit.title == "114年應提檢討報告：高雄市、新竹縣、澎湖縣"
    assert exhibit.finding == "因平均繳費率正成長免提者：桃園市（+0.003 個百分點）。"
    assert rows(exhibit)["桃園市"]["report"] == "免提"
    assert rows(exhibit)["桃園市"]["growth"] == "+0.003"
    assert "正成長" in rows(exhibit)["桃園市"]["reason"]


def test_a_tie_across_the_cut_is_left_to_a_person(demo: Warehouse) -> None:
    exhibit = exhibits.review_reports(demo, FullYear(2024), RULE)
    assert "待認定：屏東縣、臺東縣" in exhibit.title
    assert [rows(exhibit)[county]["report"] for county in ("屏東縣", "臺東縣", "澎湖縣")] == [
        "待認定",
        "待認定",
        "應提",
    ]
    assert "同分跨越末 2 名界線" in exhibits.group_ranking(demo, FullYear(2024), RULE).finding


def test_a_list_of_reports_needs_no_chart(demo: Warehouse) -> None:
    assert exhibits.review_reports(demo, FullYear(2025), RULE).chart is None


def test_years_before_the_rule_are_marked_as_a_trial(demo: Warehouse) -> None:
    trial = exhibits.group_ranking(demo, FullYear(2022), RULE)
    statutory = exhibits.group_ranking(demo, FullYear(2023), RULE)
    assert trial.title.startswith("111年（試算）")
    assert any("試算" in note for note in trial.notes)
    assert "試算" not in statutory.title


def test_every_assumption_of_the_ranking_is_on_the_page_and_that_of_other_reports_is_not(demo: Warehouse) -> None:
    shown = exhibits.group_ranking(demo, FullYear(2025), RULE).assumptions
    assert any("權重" in sentence for sentence in shown)
    assert any("檢討報告之期限" in sentence for sentence in shown)
    assert not any("每二個月之報表" in sentence for sentence in shown)
    of_dates = {
        key for key, one in RULE.assumptions.items() if all(path.startswith("deadlines.") for path in one.settings)
    }
    assert len(shown) == len(RULE.assumptions) - len(of_dates - {"review_report_deadline"})


def test_a_corrected_report_is_quoted_with_its_reason(demo: Warehouse) -> None:
    sources = exhibits.group_ranking(demo, FullYear(2023), RULE).sources
    assert any("更正原因" in source.sentence for source in sources)


def test_a_selected_county_reads_why_it_stands_where_it_does(demo: Warehouse) -> None:
    exhibit = exhibits.group_ranking(demo, FullYear(2025), RULE, county_coded("64000"))
    assert exhibit.selection.startswith("高雄市：直轄市第 5 名")


def test_a_year_without_its_visits_says_which_report_is_missing(demo: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="108年全年度服務員訪視成效"):
        exhibits.group_ranking(demo, FullYear(2020), RULE)
    assert FullYear(2020) not in exhibits.ranking_years(demo, RULE)


def test_a_year_known_too_early_is_a_case_of_its_own(demo: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="114年平均繳費率"):
        exhibits.review_reports(demo, FullYear(2025), RULE, known_on=date(2025, 6, 30))


def test_a_county_can_recompute_its_total(demo: Warehouse) -> None:
    exhibit = exhibits.group_ranking(demo, FullYear(2025), RULE, county_coded("10004"))
    assert exhibit.workings is not None
    steps = exhibit.workings.rows()
    visited = next(row for row in steps if row["indicator"] == "訪視成功率")
    part, whole = (int(figure.replace(",", "")) for figure in re.findall(r"[\d,]+", visited["computation"]))
    assert visited["value"] == f"{100 * part / whole:.2f} %"
    assert visited["rank"].endswith("／16")
    assert sum(row["weighted"] for row in steps[:-1]) == pytest.approx(steps[-1]["weighted"], abs=0.02)
    assert rows(exhibit)["新竹縣"]["total"] == f"{steps[-1]['weighted']:.2f}"


def test_the_figures_behind_name_every_numerator_and_denominator(demo: Warehouse) -> None:
    exhibit = exhibits.group_ranking(demo, FullYear(2025), RULE)
    assert exhibit.workings is None
    assert exhibit.behind is not None
    assert [row["county"] for row in exhibit.behind.rows()] == [row["county"] for row in exhibit.table.rows()]
    inputs = answers.ranking_inputs(demo, FullYear(2025), FullYear(2024))
    shown = {row["county_code"]: row for row in exhibit.behind.rows()}
    for row in inputs.to_dict("records"):
        assert all(shown[row["county_code"]][str(key)] == value for key, value in row.items())


def test_what_a_correction_did_to_the_duty_is_said(demo: Warehouse) -> None:
    said = "更正（112年12月20日收）後：應提檢討報告由基隆市改為新竹市。"
    assert exhibits.group_ranking(demo, FullYear(2023), RULE).notes[0] == said
    assert exhibits.review_reports(demo, FullYear(2023), RULE).finding.endswith(said)


def test_without_a_correction_nothing_is_said_of_one(demo: Warehouse) -> None:
    before = exhibits.review_reports(demo, FullYear(2023), RULE, known_on=date(2023, 12, 19))
    assert "基隆市" in before.title
    assert "更正" not in before.finding
    assert not any("更正" in note for note in exhibits.group_ranking(demo, FullYear(2025), RULE).notes)


def test_a_correction_that_changes_no_list_says_so() -> None:
    turn = ranking_words.correction(date(2023, 12, 20))
    assert ranking_words.correction_effect(turn, [], "應提檢討報告") == (
        "更正（112年12月20日收）未改變應提檢討報告之縣市名單。"
    )


def test_a_trial_year_owes_nothing_by_law_and_says_trial_wherever_the_duty_is_named(demo: Warehouse) -> None:
    ranking, reports = (make(demo, FullYear(2022), RULE) for make in (exhibits.group_ranking, exhibits.review_reports))
    cells = [row["report"] for exhibit in (ranking, reports) for row in rows(exhibit).values()]
    assert "試算應提" in cells
    assert "應提" not in cells
    assert "試算應提檢討報告：" in ranking.finding
    assert reports.title.startswith("111年（試算）試算應提檢討報告")


def test_the_duty_stands_right_after_the_total(demo: Warehouse) -> None:
    keys = [column.key for column in exhibits.group_ranking(demo, FullYear(2025), RULE).table.columns]
    assert keys[:5] == ["group", "place", "county", "total", "report"]


def test_the_finding_names_counties_in_the_order_of_the_table(demo: Warehouse) -> None:
    exhibit = exhibits.group_ranking(demo, FullYear(2023), RULE)
    named = exhibit.finding.split("應提檢討報告：")[1].rstrip("。").split("、")
    order = [row["county"] for row in exhibit.table.rows()]
    assert named == sorted(named, key=order.index)


def test_the_cut_off_of_the_visits_stands_beside_that_of_the_average_rate(demo: Warehouse) -> None:
    exhibit = exhibits.group_ranking(demo, FullYear(2025), RULE)
    assert exhibit.as_of_line == "資料截止 114年10月31日（服務員訪視成效 114年4月30日）"


def test_a_year_that_cannot_be_ranked_is_named_with_what_is_missing(demo: Warehouse) -> None:
    notes = exhibits.group_ranking(demo, FullYear(2025), RULE).notes
    assert any("109年（未收到108年全年度服務員訪視成效）" in note for note in notes)
