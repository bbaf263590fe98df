"""The part of a sheet that is shown around a finding."""

import io
from datetime import date

import openpyxl
import pytest

from dashboard.domain import findings as found
from dashboard.domain.findings import Finding
from dashboard.domain.periods import Month
from dashboard.readers import read
from dashboard.readers.region import around, around_each
from tests.making import Form, Made, collection, payment_rate
from tests.readers.test_findings import AS_OF

JANUARY = Month(2025, 1)


def finding_of(made: Made) -> Finding:
    return read(made.content, made.file_name).findings[0]


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "csv"])
def test_the_cell_of_a_finding_stands_marked_among_its_neighbours(suffix: str) -> None:
    made = collection(JANUARY, form=Form(suffix, edit={"F9": "四十"}))
    region = around(*made, finding_of(made))
    assert region.columns == tuple("BCDEFGHIJ")
    assert region.rows == tuple(range(6, 13))
    assert region.marked == (3, 4)
    said = ("40", "80,000", "10", "30,000", "四十", "9,000,000", "3", "0", "0")
    # A text file has no numbers, only texts: they stand as they are.
    assert region.cells[3] == (tuple(one.replace(",", "") for one in said) if suffix == "csv" else said)
    assert [region.is_number(3, nth) for nth in range(9)] == [suffix != "csv" and nth != 4 for nth in range(9)]


def test_the_region_ends_where_the_sheet_begins_and_reaches_beyond_its_end() -> None:
    made = collection(JANUARY, form=Form(edit={"A7": "臺北縣"}))
    region = around(*made, finding_of(made), rows=7, columns=1)
    assert (region.columns, region.rows[0], region.rows[-1]) == (("A", "B"), 1, 14)
    assert region.cells[region.marked[0]][region.marked[1]] == "臺北縣" if region.marked else False
    beside = collection(JANUARY, form=Form(edit={"M30": "?"}))
    last = around(*beside, Finding(found.CONTENT_OUTSIDE, "統計表", "M30", "?"))
    assert last.rows[-1] == 33
    assert last.cells[-1] == ("",) * 9


def test_the_sheet_is_the_one_the_finding_names() -> None:
    made = payment_rate(AS_OF, form=Form(edit={"原住民-按人數!B8": "四十"}))
    region = around(*made, finding_of(made), rows=0, columns=0)
    assert (region.sheet, region.cells, region.marked) == ("原住民-按人數", (("四十",),), (0, 0))


def test_without_a_cell_the_upper_left_is_shown_and_nothing_marked() -> None:
    made = collection(JANUARY, form=Form(touch=lambda book: book.worksheets[0].delete_rows(28)))
    region = around(*made, finding_of(made))
    assert region.marked is None
    assert region.cells[0][0] == "國民年金保險欠費催繳作業收繳概況表"
    assert (len(region.rows), len(region.columns)) == (7, 9)


def test_a_file_that_cannot_be_opened_has_no_region() -> None:
    region = around(b"%PDF", "a.xlsx", Finding(found.FILE_UNREADABLE))
    assert (region.cells, region.marked) == ((), None)


def test_several_findings_are_shown_from_one_reading() -> None:
    made = collection(JANUARY, form=Form(edit={"F9": "四十", "B8": "-1"}))
    findings = read(made.content, made.file_name).findings
    regions = around_each(made.content, made.file_name, findings)
    marked = [region.cells[region.marked[0]][region.marked[1]] for region in regions if region.marked]
    assert marked == [finding.value for finding in findings]


def test_figures_read_as_the_sheet_shows_them_and_names_in_digits_stay_as_they_are() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["縣市代碼", "縣市別", "應收金額", "製表日期"], [65000, "新北市", 1_150_983, date(2025, 3, 9)]):
        sheet.append(row)
    sheet.append([63000, "臺北市", 1_150_983, None])
    sheet["C3"].number_format = "#,##0,"
    stream = io.BytesIO()
    book.save(stream)
    region = around(stream.getvalue(), "甲.xlsx", Finding(found.JUMP, "", "C2"))
    assert region.cells[1][:4] == ("65000", "新北市", "1,150,983", "114年3月9日")
    assert region.cells[2][:3] == ("63000", "臺北市", "1,151（儲存 1,150,983）")
    assert [region.is_number(2, column) for column in range(3)] == [True, False, True]
