"""The ranking's exhibits on the sample: years with a tie across the cut, an exemption by a hair, a trial."""

from datetime import date

import pytest

from dashboard import answers, exhibits
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
    bars = [trace for trace in exhibit.chart.figure.data if trace.type == "bar"]
    drawn: dict[str, float] = {}
    for trace in bars:
        for county, points in zip(trace.text, trace.x, strict=True):
            drawn[county] = drawn.get(county, 0) + points
    for row in exhibit.table.rows():
        expected = computed[row["county_code"]]
        assert expected.total is not None
        assert f"{row['total']:.2f}" == numbers.half_up(expected.total, 2)
        assert drawn[row["county"]] == pytest.approx(float(expected.total))
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
    assert exhibit.finding == "因平均繳費率正成長免提者：桃園市（+0.0031 個百分點）。"
    assert rows(exhibit)["桃園市"]["report"] == "免提"
    assert rows(exhibit)["桃園市"]["growth"] == "+0.0031"
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
    assert len(shown) == len(RULE.assumptions) - 1


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
