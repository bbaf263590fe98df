"""What changed in the reasons for not paying, by hand: 114年上半年 against 113年上半年, and nothing else."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dashboard import answers
from dashboard.charts import theme
from dashboard.domain.kinds import Display, Kind, Reason, ReasonOrder
from dashboard.domain.periods import FullYear, HalfYear
from dashboard.exhibits import Exhibit, NotAvailable, reason_changes
from dashboard.warehouse import Warehouse
from tests import making, plain
from tests.reasons import H113, H114, NEW_TAIPEI, TAIPEI, Y113, reports, warehouse_of

USUAL = dict(zip(Reason, (120, 100, 50, 20, 6, 4), strict=True))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return warehouse_of(tmp_path_factory.mktemp("changes"), reports())


def rows(exhibit: Exhibit) -> dict[str, dict[str, Any]]:
    return {str(row["county"]): dict(row) for row in exhibit.table.rows()}


def cell(exhibit: Exhibit, county: str, key: str) -> str:
    (column,) = (one for one in exhibit.table.columns if one.key == key)
    return column.text(rows(exhibit)[county])


def test_a_change_is_the_difference_of_shares_in_percentage_points(made: Warehouse) -> None:
    # 120 → 150 and 100 → 70 of 300.
    shown = reason_changes(made, H114)
    assert [cell(shown, "新北市", key) for key in ("hardship", "unwilling", "unaware")] == ["+10.0", "-10.0", "0.0"]
    assert shown.unit == "個百分點"


def test_the_nation_is_compared_over_the_counties_reported_both_times(made: Warehouse) -> None:
    # Without 臺北市: 40 % then, 2,252 of 5,560 now; 不想繳 a third then, 1,828 now.
    assert round(float(Fraction(100 * 2252, 5560)) - 40, 2) == 0.5
    shown = reason_changes(made, H114)
    assert cell(shown, "全國", "hardship") == "+0.5"
    assert cell(shown, "全國", "unwilling") == "-0.5"
    assert rows(shown)["全國"]["most"] == "經濟困難"
    assert any("臺北市未於兩期均提報" in note for note in shown.notes)


def test_the_title_names_what_changed_most_nationwide_and_in_which_county(made: Warehouse) -> None:
    assert reason_changes(made, H114).title == (
        "114年上半年較113年上半年未繳費原因之變動：全國變動最大為經濟困難 +0.5 個百分點；"
        "縣市中以新北市之經濟困難 +10.0 個百分點、新北市之不想繳 -10.0 個百分點變動最大"
    )


def test_two_reasons_that_changed_equally_are_both_named_and_no_sign_is_chosen(made: Warehouse) -> None:
    row = rows(reason_changes(made, H114))["新北市"]
    assert row["most"] == "經濟困難、不想繳"
    assert cell(reason_changes(made, H114), "新北市", "change") == "－"


def test_a_county_of_few_persons_is_marked_and_never_the_one_that_changed_most(made: Warehouse) -> None:
    # 連江縣 went from 33.3 to 80 % 不想繳, of ten persons.
    shown = reason_changes(made, H114)
    assert cell(shown, "連江縣", "change") == "＊+46.7"
    assert "連江縣" not in shown.title
    assert "連江縣分母少於 30 人" in shown.finding


def test_shares_that_stay_equal_while_persons_halve_did_not_change(made: Warehouse) -> None:
    assert cell(reason_changes(made, H114), "臺中市", "hardship") == "0.0"
    assert rows(reason_changes(made, H114))["臺中市"]["most"] == "－"
    assert cell(reason_changes(made, H114, Display.COUNTS), "臺中市", "hardship") == "-60"


@pytest.mark.parametrize("county", ["臺北市", "桃園市"])
def test_a_county_without_shares_in_one_of_the_periods_has_no_change_rather_than_zero(
    made: Warehouse, county: str
) -> None:
    shown = reason_changes(made, H114)
    assert cell(shown, county, "hardship") == "－"
    assert rows(shown)[county]["most"] == "無可比較"


def test_a_full_year_is_never_compared_with_a_half_year(made: Warehouse, tmp_path: Path) -> None:
    shown = reason_changes(made, Y113)
    assert shown.title.endswith("未收到112年全年度未繳費原因統計，無可比較")
    assert rows(shown)["全國"]["most"] == "無可比較"
    assert len(shown.sources) == 1
    other = warehouse_of(tmp_path, [making.unpaid_reasons(FullYear(2023)), making.unpaid_reasons(H113)])
    assert "無可比較" in reason_changes(other, H113).title


def test_the_year_two_years_before_is_no_base(tmp_path: Path) -> None:
    made = warehouse_of(tmp_path, [making.unpaid_reasons(HalfYear(2022, 1)), making.unpaid_reasons(H113)])
    assert "無可比較" in reason_changes(made, H113).title


def test_a_period_without_report_has_no_changes_either(made: Warehouse) -> None:
    with pytest.raises(NotAvailable):
        reason_changes(made, HalfYear(2026, 1))


def test_a_change_that_rounds_to_zero_keeps_its_sign(tmp_path: Path) -> None:
    # 新北市: 12,000 of 30,000 → 12,001 of 30,001 is 40.002 %.
    many = {reason.measure: {"65000": 100 * usual} for reason, usual in USUAL.items()}
    one_more = {**many, Reason.HARDSHIP.measure: {"65000": 12001}}
    made = warehouse_of(tmp_path, [making.unpaid_reasons(H113, many), making.unpaid_reasons(H114, one_more)])
    assert cell(reason_changes(made, H114), "新北市", "hardship") == "+0.002"


def test_sorted_by_a_reason_the_largest_growth_comes_first_and_the_unknown_last(made: Warehouse) -> None:
    found = reason_changes(made, H114, order=ReasonOrder.HARDSHIP).table.frame["county"].tolist()
    assert found[:3] == ["全國", "新北市", "臺中市"]
    assert found[-3:] == ["連江縣", "臺北市", "桃園市"]


def test_a_selected_county_is_told_what_changed_or_that_nothing_can_be_compared(made: Warehouse) -> None:
    assert reason_changes(made, H114, county=NEW_TAIPEI).selection == (
        "新北市變動最大為經濟困難、不想繳 +10.0 個百分點、-10.0 個百分點。"
    )
    assert reason_changes(made, H114, county=TAIPEI).selection == "臺北市未於兩期均提報，無可比較。"


def test_direction_is_written_and_not_only_coloured_and_the_unknown_is_grey(made: Warehouse) -> None:
    shown = reason_changes(made, H114)
    assert shown.chart
    columns = [one for one in shown.chart.drawing.data if "hovertemplate" in one and "ids" in one]
    unwilling = columns[list(Reason).index(Reason.UNWILLING)]
    place = unwilling["ids"].index(NEW_TAIPEI.county_code)
    assert (unwilling["text"][place], unwilling["marker"]["color"][place]) == ("<b>-10.0</b>", theme.DIVERGING[0])
    grey = [one for one in shown.chart.drawing.data if one.get("ids") and "無可比較" in one["text"]]
    assert [one["marker"]["color"] for one in grey] == [theme.MISSING]
    assert sum(grey[0]["marker"]["opacity"]) == 2


def test_every_change_of_the_sample_agrees_with_plain_loops(demo: Warehouse) -> None:
    now, base = (stated(demo, iso) for iso in ("2026-H1", "2025-H1"))
    for row in reason_changes(demo, HalfYear(2026, 1)).table.rows()[1:]:
        largest = Fraction(0)
        for reason in Reason:
            shares = []
            for persons in (now[row["county_code"]], base[row["county_code"]]):
                share = plain.percent(persons[f"{reason}_persons"], sum(persons.values()))
                assert share is not None
                shares.append(share)
            change = shares[0] - shares[1]
            assert row[reason.value] == pytest.approx(float(change), abs=0.05001)
            assert (row[reason.value] > 0) == (change > 0)
            largest = max(largest, abs(change))
        assert abs(row["change"]) == pytest.approx(float(largest), abs=0.05001)


def stated(demo: Warehouse, iso: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in answers.figures(demo, Kind.UNPAID_REASONS).to_dict("records"):
        if row["period"] == iso:
            found.setdefault(row["county_code"], {})[row["measure"]] = row["value"]
    return found
