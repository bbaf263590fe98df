"""What offices do to a form before they send it, and figures that must come in all the same."""

from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.domain import findings as found
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.readers import read
from tests.making import (
    CODES,
    Form,
    Made,
    average_rate,
    collection,
    collection_history,
    payment_rate,
    payment_rate_history,
    unpaid_reasons,
    visits,
)
from tests.readers.noticing import accepted, noticed
from tests.readers.test_samples import as_read
from tests.usual import USUAL

JANUARY = Month(2025, 1)
AS_OF = date(2024, 12, 31)
PERIODS = [BillingPeriod(Month(2023, 11)), BillingPeriod(Month(2024, 1))]
FORMS = {
    "xlsx": Form(),
    "ods": Form("ods"),
    "csv": Form("csv"),
    "csv in Big5": Form("csv", encoding="cp950"),
    "csv without BOM": Form("csv", encoding="utf-8"),
    "thousands": Form(unit="千元"),
    "subtotals": Form(subtotals=True),
    "no total": Form(total=False),
    "from B2": Form(start="B2"),
    "blank line in the header": Form(header_rows=3),
    "real dates": Form(spell=lambda day: day),
    "real dates in ods": Form("ods", spell=lambda day: day),
    "dates with slashes": Form(spell=lambda day: f"{day.year - 1911}/{day:%m/%d}"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_kind_is_read_in_every_form(form: Form) -> None:
    made = [
        collection(JANUARY, form=form),
        visits(FullYear(2024), form=form),
        unpaid_reasons(HalfYear(2024, 1), form=form),
        average_rate(2024, form=form),
        *([payment_rate(AS_OF, PERIODS, form=form)] if form.suffix != "csv" else []),
    ]
    for file, measures in zip(made, (9, 8, 6, 4, 16), strict=False):
        check_usual(file, measures * len(CODES))


def test_long_files_are_read_row_by_row() -> None:
    check_usual(collection_history([JANUARY, JANUARY.plus(1)]), 2 * 9 * len(CODES))
    check_usual(payment_rate_history({AS_OF: PERIODS, date(2025, 1, 31): PERIODS}), 2 * 2 * 8 * len(CODES))


def check_usual(made: Made, count: int) -> None:
    """Look whether a file came in with the usual figures, each once for each county."""
    figures = as_read(accepted(made))
    assert len(figures) == count
    for (_, _, population, code, measure), value in figures.items():
        assert code in CODES
        assert value == USUAL[f"原住民:{measure}" if population == "indigenous" else measure]


def moved_total(sheet: Worksheet) -> None:
    sheet.insert_rows(29)
    for column in range(1, 11):
        sheet.cell(29, column).value = sheet.cell(6, column).value
    sheet.delete_rows(6)


def numbered(sheet: Worksheet) -> None:
    sheet.insert_cols(1)
    sheet["A4"] = "序號"
    for row in range(7, 29):
        sheet.cell(row, 1).value = row - 6


def written_in(cell: str, value: str, *, new_row: int = 0) -> Callable[[Worksheet], None]:
    def write(sheet: Worksheet) -> None:
        if new_row:
            sheet.insert_rows(new_row)
        sheet[cell] = value

    return write


def formatted_to_the_right(sheet: Worksheet) -> None:
    sheet.cell(5, 60).number_format = "0.0"


def commented(sheet: Worksheet) -> None:
    sheet["A9"].comment = Comment("已確認", "承辦人")


HABITS: dict[str, Callable[[Worksheet], object]] = {
    "a blank row between header and data": lambda sheet: sheet.insert_rows(6),
    "a blank row in the middle": lambda sheet: sheet.insert_rows(12),
    "a blank column in front": lambda sheet: sheet.insert_cols(1),
    "a blank column before the figures": lambda sheet: sheet.insert_cols(2),
    "a blank column between groups": lambda sheet: sheet.insert_cols(4),
    "merged notes": lambda sheet: sheet.merge_cells("A30:J30"),
    "a merged header": lambda sheet: sheet.merge_cells("B4:C4"),
    "the total at the bottom": moved_total,
    "a column of numbers in front": numbered,
    "a note in the middle": written_in("A13", "註：以下為非直轄市", new_row=13),
    "a line break in a header": written_in("B5", "催繳\n人數"),
    "a line break in the word of the counties": written_in("A4", "縣　市\n別"),
    "blanks behind a number": written_in("B9", "40  "),
    "formats far to the right": formatted_to_the_right,
    "a comment": commented,
}


@pytest.mark.parametrize("habit", HABITS.values(), ids=HABITS)
def test_the_habits_of_offices_do_not_change_a_figure(habit: Callable[[Worksheet], object]) -> None:
    def touch(book: openpyxl.Workbook) -> None:
        habit(book.worksheets[0])

    check_usual(collection(JANUARY, form=Form(touch=touch)), 9 * len(CODES))


def test_cells_are_named_as_the_sender_sees_them_also_below_blank_rows() -> None:
    made = collection(JANUARY, form=Form("ods", start="B4", edit={"C10": "四十"}))
    noticed(made, found.NUMBER_UNREADABLE, "C10", "四十")
    assert "C11" in set(read(*collection(JANUARY, form=Form("ods", start="B4"))).figures["cell"])
