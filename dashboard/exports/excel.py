"""Sheets as .xlsx."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format as Look
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.domain import export_words, words
from dashboard.exports.book import Book, Cell, Number, Row, Sheet, lines
from dashboard.exports.safe import acts

_LINE = 17
"""Points a line of 11-point Chinese takes."""
_A4 = 9
_NEVER = datetime(1980, 1, 1)  # noqa: DTZ001 - the file's own zero: without a time of making, equal content is equal bytes
_FONT = {"font_name": export_words.FONT, "font_size": 11, "font_scheme": "none"}


def xlsx_file(book: Book) -> bytes:
    """Return a workbook; equal books are equal bytes."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "default_format_properties": _FONT}) as workbook:
        workbook.set_properties({"title": book.title, "author": words.TITLE, "created": _NEVER})
        looks = _Looks(workbook)
        for sheet in book.sheets:
            _SheetWriter(workbook.add_worksheet(sheet.name), sheet, looks).write()
    return written.getvalue()


class _Looks:
    """Each look of a cell once per workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._kept: dict[frozenset[tuple[str, Any]], Look] = {}

    def of(self, **properties: Any) -> Look:
        key = frozenset(properties.items())
        if key not in self._kept:
            self._kept[key] = self._workbook.add_format({"valign": "vcenter", **properties})
        return self._kept[key]

    def text(self, text: str, **properties: Any) -> Look:
        """Return the look of a text, which stays one when a reader edits its cell."""
        quoted = {"quote_prefix": True} if acts(text) else {}
        return self.of(num_format="@", **quoted, **properties)


class _SheetWriter:
    """Writes one sheet, from the top down."""

    def __init__(self, to: Worksheet, sheet: Sheet, looks: _Looks) -> None:
        self._to, self._sheet, self._looks = to, sheet, looks

    def write(self) -> None:
        self._set_up()
        for nth, text in enumerate(self._sheet.above):
            self._write_above(nth, text)
        self._write_header()
        for nth, row in enumerate(self._sheet.rows, start=self._sheet.first_row):
            self._write_row(nth, row)

    def _set_up(self) -> None:
        sheet, to = self._sheet, self._to
        to.set_default_row(_LINE)
        for nth, width in enumerate(sheet.widths):
            to.set_column(nth, nth, width)
        to.freeze_panes(sheet.first_row, sheet.fixed)
        to.repeat_rows(0, sheet.first_row - 1)
        if sheet.is_wide:
            to.set_landscape()
        to.set_paper(_A4)
        to.fit_to_pages(1, 0)
        to.set_footer(f"&C{export_words.PAGE.format(page='&P', pages='&N')}")
        # A code is text on purpose; no green corner needs to doubt it.
        to.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _write_above(self, row: int, text: str) -> None:
        look = self._looks.text(text, bold=self._sheet.is_strong(row), text_wrap=True)
        self._to.set_row(row, _LINE * lines(text, sum(self._sheet.widths)))
        self._write_over(row, row, 0, len(self._sheet.widths) - 1, text, look)

    def _write_header(self) -> None:
        sheet, top = self._sheet, len(self._sheet.above)
        last = top + sheet.header_rows - 1
        for span in sheet.spans():
            first, end = span.first, span.first + span.width - 1
            if span.over:
                self._write_over(top, top, first, end, span.over, self._head_look(span.over))
            for nth in range(first, end + 1):
                name = sheet.headings[nth].name
                self._write_over(last if span.over else top, last, nth, nth, name, self._head_look(name))

    def _head_look(self, text: str) -> Look:
        return self._looks.text(text, bold=True, text_wrap=True, align="center", border=1)

    def _write_over(self, top: int, bottom: int, first: int, last: int, text: str, look: Look) -> None:
        """Write a text over a rectangle of cells, or into its only one."""
        if (top, first) == (bottom, last):
            self._write_text(top, first, text, look)
            return
        self._to.merge_range(top, first, bottom, last, "", look)
        self._write_text(top, first, text, look)

    def _write_row(self, nth: int, row: Row) -> None:
        # Not every program makes room for a text that wraps.
        self._to.set_row(nth, _LINE * self._sheet.line_count(row))
        for column, cell in enumerate(row.cells):
            self._write_cell(nth, column, cell, is_sum=row.is_sum)

    def _write_cell(self, row: int, column: int, cell: Cell, *, is_sum: bool) -> None:
        if isinstance(cell, Number):
            look = self._looks.of(num_format=_number_format(cell), bold=is_sum, border=1, align="right", indent=1)
            self._to.write_number(row, column, cell.value, look)
            return
        align = "right" if cell in export_words.SIGNS else "left"
        look = self._looks.text(cell, bold=is_sum, border=1, text_wrap=True, align=align, indent=1)
        self._write_text(row, column, cell, look)

    def _write_text(self, row: int, column: int, text: str, look: Look) -> None:
        """Write a text as a text, whatever it looks like."""
        if not text:
            self._to.write_blank(row, column, None, look)
        elif self._to.write_string(row, column, text, look):
            raise ValueError(f"a cell holds no text of {len(text)} letters")


def _number_format(number: Number) -> str:
    decimals = f".{'0' * number.decimals}" if number.decimals else ""
    return f"+#,##0{decimals};-#,##0{decimals};0{decimals}" if number.is_signed else f"#,##0{decimals}"
