"""Plain cells → bytes of a .xlsx, .ods or .csv file."""

import csv
import io
from collections.abc import Mapping
from datetime import date

import odf.opendocument
import openpyxl
from odf import table as odf_table
from odf import text as odf_text
from odf.element import Element

Cell = None | str | int | float | date
Rows = list[list[Cell]]


def written(sheets: Mapping[str, Rows], suffix: str, encoding: str = "utf-8-sig") -> bytes:
    """Write sheets as a file of one of the three formats; a .csv takes the first sheet."""
    if suffix == "csv":
        return _csv(next(iter(sheets.values())), encoding)
    return _xlsx(sheets) if suffix == "xlsx" else _ods(sheets)


def saved(book: openpyxl.Workbook) -> bytes:
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _xlsx(sheets: Mapping[str, Rows]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def _csv(rows: Rows, encoding: str) -> bytes:
    into = io.StringIO(newline="")
    csv.writer(into).writerows(rows)
    return into.getvalue().encode(encoding)


def _ods(sheets: Mapping[str, Rows]) -> bytes:
    document = odf.opendocument.OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        sheet = odf_table.Table(name=name)
        for cells in rows:
            row = odf_table.TableRow()
            for value in cells:
                row.addElement(_ods_cell(value))
            sheet.addElement(row)
        document.spreadsheet.addElement(sheet)
    into = io.BytesIO()
    document.write(into)
    return into.getvalue()


def _ods_cell(value: Cell) -> Element:
    if value is None:
        return odf_table.TableCell()
    if isinstance(value, date):
        cell = odf_table.TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, str):
        cell = odf_table.TableCell(valuetype="string")
    else:
        cell = odf_table.TableCell(valuetype="float", value=str(value))
    cell.addElement(odf_text.P(text=str(value)))
    return cell
