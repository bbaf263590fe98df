"""Filling in templates as people do: writing into cells of a file, and nothing else."""

import io
from collections.abc import Mapping

import odf.opendocument
import openpyxl
from odf import table as odf_table
from odf import text as odf_text
from odf.element import Element

from dashboard.domain.kinds import Format

Place = tuple[str, int, int]
"""Sheet, row and column, both from zero."""


def filled(template: bytes, format: Format, entries: Mapping[Place, int | str]) -> bytes:  # noqa: A002 - the word for it
    """Write into the cells of a template."""
    return (_xlsx if format is Format.XLSX else _ods)(template, entries)


def _xlsx(template: bytes, entries: Mapping[Place, int | str]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(template))
    for (sheet, row, column), value in entries.items():
        book[sheet].cell(row + 1, column + 1).value = value
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _ods(template: bytes, entries: Mapping[Place, int | str]) -> bytes:
    document = odf.opendocument.load(io.BytesIO(template))
    sheets = {one.getAttribute("name"): one for one in document.getElementsByType(odf_table.Table)}
    rows = {name: one.getElementsByType(odf_table.TableRow) for name, one in sheets.items()}
    for (sheet, row, column), value in entries.items():
        _write(rows[sheet][row].getElementsByType(odf_table.TableCell)[column], value)
    into = io.BytesIO()
    document.write(into)
    return into.getvalue()


def _write(cell: Element, value: int | str) -> None:
    for child in list(cell.childNodes):
        cell.removeChild(child)
    if isinstance(value, int):
        cell.setAttribute("valuetype", "float")
        cell.setAttribute("value", str(value))
    else:
        cell.setAttribute("valuetype", "string")
    cell.addElement(odf_text.P(text=str(value)))
