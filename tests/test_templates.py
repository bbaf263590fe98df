"""Templates: whatever is filled in by their own rules is received and means what was meant."""

import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf import opendocument
from odf import table as odf_table

from dashboard.domain.counties import counties
from dashboard.domain.kinds import Format, Kind
from dashboard.domain.measures import MEASURES
from dashboard.domain.periods import BillingPeriod, Month
from dashboard.domain.roc import roc_period
from dashboard.domain.template_words import GUIDE, HEAD, MEANS, UNNAMED
from dashboard.exports import templates
from dashboard.exports.forms import Blank, FormSheet, Text
from dashboard.readers import read
from dashboard.readers.layout import declared
from dashboard.receiving import Incoming
from tests.filling import Place, filled
from tests.submitting import office_at

LAYOUTS = {layout.name: layout for layout in declared().layouts}
FORMATS = (Format.ODS, Format.XLSX)
PERIODS = (BillingPeriod(Month(2023, 11)), BillingPeriod(Month(2024, 1)))
PERIOD_OF_ROOM = BillingPeriod(Month(2023, 7))
RECEIVED = date(2025, 6, 1)
SAID = {
    Kind.COLLECTION: ("114年3月", "114年3月31日"),
    Kind.PAYMENT_RATE: ("112年11-12月至113年1-2月各期", "114年3月31日"),
    Kind.VISITS: ("113年", "114年4月30日"),
    Kind.UNPAID_REASONS: ("113年上半年", "113年8月31日"),
    Kind.AVERAGE_RATE: ("97年10月至113年6月", "113年10月31日"),
}
ISSUED = "114年5月20日"
CHAINS = (
    ("visited_persons", "successful_persons", "repaid_persons", "repaid_twd"),
    ("payable_persons", "paid_persons"),
    ("receivable_twd", "received_twd"),
)
"""What may not exceed what stands before it, save that amounts are large enough for any number of persons."""


def numbers(draw: st.DrawFn) -> dict[str, int]:
    """Draw one county's figures, obeying what a report's figures obey."""
    figures: dict[str, int] = {}
    for layout in LAYOUTS.values():
        for field in layout.columns:
            figures.setdefault(field, draw(st.integers(0, 10**6)))
    for chain in CHAINS:
        for whole, part in itertools.pairwise(chain):
            figures[part] = draw(st.integers(0, figures[whole]))
    return {field: value + 10**7 * field.endswith("_twd") for field, value in figures.items()}


@st.composite
def figures_of_a_county(draw: st.DrawFn) -> dict[str, int]:
    figures = numbers(draw)
    # As much as was to be received, at most.
    figures["received_twd"] = min(figures["received_twd"], figures["receivable_twd"])
    return figures


def entries_of(
    layout_name: str, figures: dict[str, int], periods: Sequence[BillingPeriod] = PERIODS
) -> dict[Place, int | str]:
    """Fill every blank: heads with periods and days, tables with the figures of one county for all."""
    layout = LAYOUTS[layout_name]
    form = templates._form(layout, periods)
    return {
        (sheet.name, row, column): _entry(sheet, row, column, layout_name, figures)
        for sheet, row, column in _blanks(form.sheets)
    }


def _blanks(sheets: tuple[FormSheet, ...]) -> Iterator[tuple[FormSheet, int, int]]:
    for sheet in sheets:
        for row, entries in enumerate(sheet.rows):
            yield from ((sheet, row, column) for column, entry in enumerate(entries) if isinstance(entry, Blank))


def _entry(sheet: FormSheet, row: int, column: int, layout_name: str, figures: dict[str, int]) -> int | str:
    layout, blank = LAYOUTS[layout_name], sheet.rows[row][column]
    assert isinstance(blank, Blank)
    if blank.takes == "number":
        fields = [
            field
            for field, declared_column in layout.columns.items()
            if declared_column.headers[0].rpartition("/")[2] == _name_above(sheet, column)
            and _group_above(sheet, column) in {"", declared_column.headers[0].partition("/")[0]}
        ]
        (field,) = fields
        return figures[field]
    if blank.takes == "unit":
        return "元"
    period, as_of = SAID[layout.kind]
    label = sheet.rows[row][column - 1] if layout.has_head and column else None
    if not layout.has_head:
        header = sheet.rows[0][column]
        assert isinstance(header, Text)
        return {"統計年月": "11403", "資料截止日": as_of, "保險費期別": "113年1-2月"}[header.text]
    assert isinstance(label, Text)
    if blank.text == UNNAMED:
        return "113年1-2月"
    return {HEAD[0]: period, HEAD[1]: as_of, HEAD[3]: ISSUED}[label.text]


def _name_above(sheet: FormSheet, column: int) -> str:
    texts = [rows[column].text for rows in sheet.rows[: sheet.header_rows] if column < len(rows)]
    return next(text for text in reversed(texts) if text)


def _group_above(sheet: FormSheet, column: int) -> str:
    """The upper name of a column that has one of its own layout's; periods and populations are none."""
    if sheet.header_rows == 1:
        return ""
    upper = [entry.text for entry in sheet.rows[3]]
    name = next(text for text in reversed(upper[: column + 1]) if text)
    known = {c.headers[0].partition("/")[0] for one in LAYOUTS.values() for c in one.columns.values()}
    return name if name in known and sheet.rows[4][column].text else ""


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures=figures_of_a_county())
def test_a_filled_template_means_what_was_filled_in(layout: str, format: Format, figures: dict[str, int]) -> None:  # noqa: A002
    content = filled(templates.template_file(layout, format, PERIODS), format, entries_of(layout, figures))
    reading = read(content, templates.file_name(layout, format))
    assert not [finding for finding in reading.findings if finding.is_refusal]
    assert reading.kind is LAYOUTS[layout].kind
    stated = reading.figures
    assert set(stated["measure"]) == set(LAYOUTS[layout].columns)
    assert set(stated["county_code"]) == {county.county_code for county in counties()}
    assert (stated["value"] == stated["measure"].map(figures)).all()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_filled_template_is_received(layout: str, format: Format, tmp_path: Path) -> None:  # noqa: A002
    figures = {field: 5_000_000 if field.endswith("_twd") else 7 for one in LAYOUTS.values() for field in one.columns}
    content = filled(templates.template_file(layout, format, PERIODS), format, entries_of(layout, figures))
    office = office_at(tmp_path)
    (receipt,) = office.receive([Incoming(templates.file_name(layout, format), content, RECEIVED)], "測試")
    assert not receipt.is_refused
    assert "sheet_without_table" not in {finding.kind.code for finding in receipt.findings}, "its guide is our own"
    assert receipt.figure_count % 22 == 0
    office.ledger.close()


@pytest.mark.parametrize("format", FORMATS)
def test_where_no_period_is_asked_for_one_is_named_by_hand(format: Format) -> None:  # noqa: A002
    figures = {field: 5_000_000 if field.endswith("_twd") else 7 for field in LAYOUTS["payment_rate_form"].columns}
    every = entries_of("payment_rate_form", figures, ())
    entries = {place: entry for place, entry in every.items() if min(place[1:]) < 3}
    entries |= {(sheet, 1, 1): "113年1-2月至113年1-2月各期" for sheet, *_ in entries}
    content = filled(templates.template_file("payment_rate_form", format), format, entries)
    reading = read(content, templates.file_name("payment_rate_form", format))
    assert not reading.is_refused
    assert set(reading.figures["period"]) == {"2024-01/2024-02"}
    assert len(reading.figures) == 4 * 2 * 22


@pytest.mark.parametrize("format", FORMATS)
def test_a_template_has_room_for_the_periods_of_a_report(format: Format) -> None:  # noqa: A002
    first = PERIOD_OF_ROOM
    periods = [first]
    while len(periods) < 17:
        periods.append(BillingPeriod(periods[-1].end.plus(1)))
    figures = {field: 5_000_000 if field.endswith("_twd") else 7 for field in LAYOUTS["payment_rate_form"].columns}
    entries = entries_of("payment_rate_form", figures, ())
    for sheet in {place[0] for place in entries}:
        entries |= {(sheet, 3, 1 + 2 * nth): roc_period(period) for nth, period in enumerate(periods)}
        entries[sheet, 1, 1] = f"{roc_period(first)}至{roc_period(periods[-1])}各期"
        entries[sheet, 1, 3], entries[sheet, 2, 1] = "115年4月30日", "115年5月20日"
    content = filled(templates.template_file("payment_rate_form", format), format, entries)
    reading = read(content, templates.file_name("payment_rate_form", format))
    assert not reading.is_refused, reading.findings
    assert set(reading.figures["period"]) == {period.iso for period in periods}


@pytest.mark.parametrize("format", FORMATS)
def test_figures_under_a_period_that_nobody_named_are_refused(format: Format) -> None:  # noqa: A002
    figures = {field: 5_000_000 if field.endswith("_twd") else 7 for field in LAYOUTS["payment_rate_form"].columns}
    entries = entries_of("payment_rate_form", figures, ())
    named = {place: entry for place, entry in entries.items() if place[1] != 3 or place[2] < 3}
    content = filled(templates.template_file("payment_rate_form", format), format, named)
    codes = {one.kind.code for one in read(content, templates.file_name("payment_rate_form", format)).findings}
    assert "column_unknown" in codes


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("layout", [name for name, one in LAYOUTS.items() if one.has_head])
def test_a_template_filled_in_by_its_own_examples_is_accepted(layout: str, format: Format) -> None:  # noqa: A002
    figures = {field: 5_000_000 if field.endswith("_twd") else 7 for one in LAYOUTS.values() for field in one.columns}
    form = templates._form(LAYOUTS[layout], PERIODS)
    hints = {
        (sheet.name, row, column): blank.hint
        for sheet, row, column in _blanks(form.sheets)
        if row < sheet.header_rows and isinstance(blank := sheet.rows[row][column], Blank) and blank.hint
    }
    if layout == "payment_rate_form":
        hints = {place: SAID[Kind.PAYMENT_RATE][0] if hint.endswith("各期") else hint for place, hint in hints.items()}
    content = filled(templates.template_file(layout, format, PERIODS), format, entries_of(layout, figures) | hints)
    reading = read(content, templates.file_name(layout, format))
    assert not [finding for finding in reading.findings if finding.is_refusal]


@pytest.mark.parametrize("layout", [name for name, one in LAYOUTS.items() if one.has_head])
def test_days_and_periods_of_a_document_are_typed_as_text(layout: str) -> None:
    with zipfile.ZipFile(io.BytesIO(templates.template_file(layout, Format.ODS))) as archive:
        content = archive.read("content.xml").decode()
    typed = re.findall(r'<style:style [^>]*style:name="typed"[^>]*>', content)
    assert all('style:data-style-name="typed-as-text"' in one for one in typed)
    blanks = [entry for one in templates._form(LAYOUTS[layout], ()).sheets for row in one.rows for entry in row]
    texts = [entry for entry in blanks if isinstance(entry, Blank) and entry.takes != "number"]
    assert content.count('table:style-name="typed"') == len(texts)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_empty_template_is_refused_rather_than_taken_for_zeros(layout: str, format: Format) -> None:  # noqa: A002
    assert read(templates.template_file(layout, format), templates.file_name(layout, format)).is_refused


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_template_is_the_same_bytes(layout: str, format: Format) -> None:  # noqa: A002
    assert templates.template_file(layout, format) == templates.template_file(layout, format)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_workbook_locks_all_but_its_blanks_without_a_password(layout: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(templates.template_file(layout, Format.XLSX)))
    form = templates._form(LAYOUTS[layout], ())
    for sheet in form.sheets:
        written = book[sheet.name]
        assert written.protection.sheet
        assert not written.protection.password
        unlocked = {
            (cell.row - 1, cell.column - 1) for row in written.iter_rows() for cell in row if not cell.protection.locked
        }
        assert unlocked == {(row, column) for one, row, column in _blanks((sheet,)) if one is sheet}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_document_locks_its_sheets_and_says_what_may_be_written(layout: str) -> None:
    document = opendocument.load(io.BytesIO(templates.template_file(layout, Format.ODS)))
    sheets = document.getElementsByType(odf_table.Table)
    assert all(sheet.getAttribute("protected") == "true" for sheet in sheets)
    assert not any(sheet.getAttribute("protectionkey") for sheet in sheets)
    rules = {one.getAttribute("name") for one in document.getElementsByType(odf_table.ContentValidation)}
    cells = document.getElementsByType(odf_table.TableCell)
    used = [cell.getAttribute("contentvalidationname") for cell in cells]
    assert {rule for rule in used if rule} == rules
    assert len(rules) == sum(1 for _ in _blanks(templates._form(LAYOUTS[layout], ()).sheets))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_column_is_defined_beside_the_table(layout: str) -> None:
    assert all(field in MEASURES or field in MEANS for field in LAYOUTS[layout].columns)
    *_, guide = templates._form(LAYOUTS[layout], ()).sheets
    assert guide.name == GUIDE
    assert all(row[2].text and row[3].text for row in guide.rows if len(row) == 4)


def test_there_is_a_template_for_every_layout_each_under_a_name_of_its_own() -> None:
    assert [one.layout for one in templates.offered()] == list(LAYOUTS)
    assert len({one.title for one in templates.offered()}) == len(LAYOUTS)
    assert templates.file_name("collection_form", Format.ODS) == "範本_欠費催繳作業收繳概況表.ods"


def test_what_is_no_layout_or_no_format_has_no_template() -> None:
    with pytest.raises(ValueError, match="no layout"):
        templates.template_file("else", Format.ODS)
    with pytest.raises(ValueError, match="no template"):
        templates.template_file("collection_form", Format.CSV)
