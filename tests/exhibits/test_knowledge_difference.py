"""What a correction changed: the same year as known on two days."""

from datetime import date, timedelta

import pytest

from dashboard import exhibits
from dashboard.answers import CURRENT
from dashboard.domain.counties import county_coded
from dashboard.domain.periods import FullYear
from dashboard.exhibits import FIRST, Exhibit, NotAvailable
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Warehouse

RULE = load_rule("adopted")
CORRECTED = FullYear(2023)
RANKABLE, CORRECTION = date(2023, 11, 21), date(2023, 12, 20)


def difference(
    db: Warehouse, earlier: date = FIRST, later: date = CURRENT, year: FullYear = CORRECTED, code: str | None = None
) -> Exhibit:
    return exhibits.knowledge_difference(db, year, RULE, (earlier, later), county_coded(code) if code else None)


def test_the_days_are_those_on_which_what_the_year_rests_on_came_in(demo: Warehouse) -> None:
    assert exhibits.knowledge_days(demo, CORRECTED, RULE) == {RANKABLE: "", CORRECTION: "更正"}
    assert exhibits.knowledge_days(demo, CORRECTED, RULE, known_on=RANKABLE) == {RANKABLE: ""}
    assert exhibits.knowledge_days(demo, FullYear(2020), RULE) == {}


def test_on_each_of_the_days_the_year_is_the_first_time_rankable_or_known_otherwise(demo: Warehouse) -> None:
    for year in exhibits.ranking_years(demo, RULE):
        first = next(iter(exhibits.knowledge_days(demo, year, RULE)))
        exhibits.group_ranking(demo, year, RULE, known_on=first)
        with pytest.raises(NotAvailable):
            exhibits.group_ranking(demo, year, RULE, known_on=first - timedelta(days=1))


def test_both_sides_are_the_rankings_of_their_days(demo: Warehouse) -> None:
    shown = {row["county_code"]: row for row in difference(demo).table.rows()}
    for day, side in ((RANKABLE, "was"), (CURRENT, "now")):
        for row in exhibits.group_ranking(demo, CORRECTED, RULE, known_on=day).table.rows():
            both = shown[row["county_code"]]
            assert both[f"{side}_place"] == row["place"]
            assert both[f"{side}_total"] == row["total"]
            assert both[f"{side}_report"] == row["report"]


def test_the_title_names_whose_duty_changed_and_the_finding_how(demo: Warehouse) -> None:
    exhibit = difference(demo)
    assert exhibit.title == (
        "112年排名，112年11月21日所知與目前所知：基隆市、新竹市應否提送檢討報告改變，7 縣市名次改變"
    )
    assert exhibit.finding == "基隆市由「應提」改為「無須」；新竹市由「無須」改為「應提」。"


def test_the_report_that_came_in_between_is_quoted_with_its_reason(demo: Warehouse) -> None:
    came = [note for note in difference(demo).notes if note.startswith("期間收到")]
    assert len(came) == 1
    assert "收件 112年12月20日" in came[0]
    assert "更正原因：原表" in came[0]


def test_a_day_before_the_correction_shows_no_difference(demo: Warehouse) -> None:
    exhibit = difference(demo, later=CORRECTION - timedelta(days=1))
    assert exhibit.title.endswith("相同：名次與檢討報告均無變動")
    assert "兩日之間未收到本年度排名所依據之報表。" in exhibit.notes
    assert all(row["changed"] == "" for row in exhibit.table.rows())


def test_the_order_in_which_two_days_are_named_changes_nothing(demo: Warehouse) -> None:
    assert difference(demo, CORRECTION, RANKABLE).title == difference(demo, RANKABLE, CORRECTION).title


def test_a_county_reads_both_of_its_standings(demo: Warehouse) -> None:
    exhibit = difference(demo, code="10018")
    assert exhibit.selection == (
        "新竹市112年11月21日所知第 14 名，總分 30.31 分，無須；目前所知第 15 名，總分 28.44 分，應提。"
    )
    assert exhibit.table.selected == "10018"


def test_a_day_on_which_the_year_could_not_be_ranked_says_what_was_missing(demo: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="112年平均繳費率"):
        difference(demo, earlier=date(2023, 11, 1))
