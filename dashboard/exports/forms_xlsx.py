"""Forms as .xlsx."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format as Look
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.domain import export_words, words
from dashboard.domain import template_words as said
from dashboard.exports.forms import Blank, Form, FormSheet, Text
from dashboard.readers.layout import declared

_NEVER = datetime(1980, 1, 1)  # noqa: DTZ001 - the file's own zero: equal content is equal bytes
_FONT = {"font_name": export_words.FONT, "font_size": 11, "font_scheme": "none"}
_GREY = "#E7E6E6"
_LINE = 17
"""Points a line of 11-point Chinese takes."""
_A4 = 9


def xlsx_form(form: Form) -> bytes:
    """Return a workbook whose sheets take only what belongs there; equal forms are equal bytes."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "default_format_properties": _FONT}) as workbook:
        workbook.set_properties({"title": form.title, "author": words.TITLE, "created": _NEVER})
        looks = {
            "locked": workbook.add_format({"num_format": "@", "bg_color": _GREY, "border": 1}),
            "strong": workbook.add_format({"num_format": "@", "bg_color": _GREY, "border": 1, "bold": True}),
            "plain": workbook.add_format({"num_format": "@"}),
            "number": workbook.add_format({"num_format": "#,##0", "border": 1, "locked": False}),
            "text": workbook.add_format({"num_format": "@", "border": 1, "locked": False}),
        }
        for sheet in form.sheets:
            _write(workbook, sheet, looks)
    return written.getvalue()


def _write(workbook: Workbook, sheet: FormSheet, looks: dict[str, Look]) -> None:
    to = workbook.add_worksheet(sheet.name)
    to.set_default_row(_LINE)
    to.set_landscape()
    to.set_paper(_A4)
    to.fit_to_pages(1, 0)
    for nth, width in enumerate(sheet.widths):
        to.set_column(nth, nth, width)
    if sheet.header_rows:
        to.freeze_panes(sheet.header_rows, 1)
    for row, entries in enumerate(sheet.rows):
        for column, entry in enumerate(entries):
            if isinstance(entry, Text):
                look = "plain" if len(entries) == 1 else "strong" if entry.is_strong else "locked"
                to.write_string(row, column, entry.text, looks[look]) if entry.text else to.write_blank(
                    row, column, None, looks[look]
                )
            else:
                _write_blank(to, row, column, entry, looks)
    to.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})


def _write_blank(to: Worksheet, row: int, column: int, blank: Blank, looks: dict[str, Look]) -> None:
    look = looks["number" if blank.takes == "number" else "text"]
    if blank.text:
        to.write_string(row, column, blank.text, look)
    else:
        to.write_blank(row, column, None, look)
    to.data_validation(row, column, row, column, _validation(blank, xl_rowcol_to_cell(row, column)))


def _validation(blank: Blank, cell: str) -> dict[str, Any]:
    if blank.takes == "unit":
        return {
            "validate": "list",
            "source": [unit for unit in declared().words.amount_units if len(unit) <= len("千元")],
        }
    if blank.takes == "text":
        return {"validate": "any", "input_title": said.TEXT_TITLE, "input_message": blank.hint}
    return {
        "validate": "custom",
        "value": f'=OR(AND(ISNUMBER({cell}),{cell}>=0,INT({cell})={cell}),{cell}="-",{cell}="…")',
        "error_title": said.NUMBER_TITLE,
        "error_message": said.NUMBER,
    }
