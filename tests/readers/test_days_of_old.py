"""A ROC date typed into an ordinary cell of LibreOffice: what the sheet shows is taken, what is unclear is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain import findings as found
from dashboard.readers.grid import Broken
from dashboard.readers.old_days import RocDay, day_cell
from tests.libre import saved_as_workbook, typed_in_libre_office
from tests.readers.noticing import accepted, codes, noticed

JANUARY_31 = -652_292  # days before 1900: 30 January 114, as files store 31 January of the Julian year 114


@pytest.mark.parametrize("shown", ["0114-01-31", "0114/01/31", "01/31/14", "31.1.114", "114年1月31日"])
def test_the_day_that_the_sheet_shows_is_taken_where_a_day_before_is_stored(shown: str) -> None:
    made = typed_in_libre_office(shown=shown)
    assert set(accepted(made).figures["as_of"].dt.date) == {date(2025, 1, 31)}
    assert noticed(made, found.DATE_AS_ROC, "D2", "西元114年").expected == "114年1月31日"


def test_a_program_that_stores_what_it_shows_is_believed_too() -> None:
    made = typed_in_libre_office(stored="0114-01-31", shown="0114-01-31")
    assert set(accepted(made).figures["as_of"].dt.date) == {date(2025, 1, 31)}


@pytest.mark.parametrize("shown", ["0114-01-29", "31 January", "0113-01-31", "114年1月"])
def test_a_day_shown_as_neither_is_refused_with_what_to_do(shown: str) -> None:
    made = typed_in_libre_office(shown=shown)
    assert "文字" in noticed(made, found.DATE_OF_OLD, "D2", "西元114年1月30日").kind.remedy


def test_a_workbook_of_libre_office_shows_its_days_of_old_by_the_julian_calendar() -> None:
    assert set(accepted(saved_as_workbook(JANUARY_31)).figures["as_of"].dt.date) == {date(2025, 1, 31)}


def test_a_workbook_of_another_program_leaves_unclear_which_day_was_meant() -> None:
    assert "date_of_old" in codes(saved_as_workbook(JANUARY_31, "Microsoft Excel"))


@given(st.dates(date(113, 3, 1), date(199, 12, 31)))
def test_from_113_to_199_files_store_the_day_before(shown: date) -> None:
    stored = shown - timedelta(days=1)
    cell = day_cell(stored, f"{shown.year:04d}/{shown.month}/{shown.day}")
    if (shown.month, shown.day) != (2, 29):
        assert cell == RocDay(shown.year + 1911, shown.month, shown.day)


def test_february_29_of_a_year_that_is_not_leap_in_both_is_refused() -> None:
    cell = day_cell(date(116, 2, 28), "116/2/29")  # the Julian 116 is leap, 116年 is not
    assert isinstance(cell, Broken)
    assert cell.kind is found.DATE_OF_OLD


def test_days_of_our_time_are_left_alone() -> None:
    assert day_cell(date(2025, 1, 31), "whatever") == date(2025, 1, 31)
