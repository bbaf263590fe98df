"""Bytes of a .xlsx, .ods or .csv file → sheets of cells. Uploaded bytes are hostile: sizes are checked first."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import openpyxl
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.domain.findings import (
    ENCODING_UNKNOWN,
    FILE_ENCRYPTED,
    FILE_TOO_LARGE,
    FILE_TYPE,
    FILE_UNREADABLE,
    FORMULA_ERROR,
    FORMULA_WITHOUT_VALUE,
)
from dashboard.readers.grid import Broken, Cell, Sheet, UnreadableFile, number_cell, text_cell
from dashboard.readers.opendocument import ods_sheets

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_EXPANSION = 40  # how many times its own size a spreadsheet's XML may reach; real reports stay below 15


def sheets_of(content: bytes, file_name: str, max_cells: int) -> list[Sheet]:
    """Return the sheets of a .xlsx, .ods or .csv file; UnreadableFile says why it cannot be read."""
    suffix = file_name.lower().rpartition(".")[2]
    if suffix not in _READERS:
        raise UnreadableFile(FILE_TYPE, value=f".{suffix}")
    if suffix == "csv":
        return _csv_sheets(content, max_cells)
    if content.startswith(_OLE_MAGIC):
        raise UnreadableFile(FILE_ENCRYPTED)
    try:
        _check_archive(content)
        return _READERS[suffix](content, max_cells)
    except UnreadableFile:
        raise
    except Exception as problem:
        raise UnreadableFile(FILE_UNREADABLE, value=_looks_like(content), expected=f".{suffix}") from problem


def _looks_like(content: bytes) -> str:
    """Say what bytes that cannot be read seem to be."""
    if not content:
        return "空檔案（0 位元組）"
    known = {b"%PDF": "PDF 檔", b"PK": "損毀的壓縮格式", b"<": "網頁或 XML 檔", b"\x89PNG": "圖檔", b"\xff\xd8": "圖檔"}
    return next((name for magic, name in known.items() if content.startswith(magic)), "無法辨識的內容")


def _check_archive(content: bytes) -> None:
    """Look at the sizes the archive admits to before anything in it is expanded."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableFile(FILE_ENCRYPTED)
        if sum(entry.file_size for entry in entries) > max(_EXPANSION * len(content), 4_000_000):
            raise UnreadableFile(FILE_TOO_LARGE)
        manifest = "META-INF/manifest.xml"
        if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
            raise UnreadableFile(FILE_ENCRYPTED)


def _xlsx_sheets(content: bytes, max_cells: int) -> list[Sheet]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    worksheets: list[Worksheet] = list(book.worksheets)
    if sum(sheet.max_row * sheet.max_column for sheet in worksheets) > max_cells:
        raise UnreadableFile(FILE_TOO_LARGE)
    has_formulas = any(cell.data_type == "f" for sheet in worksheets for row in sheet.iter_rows() for cell in row)
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True) if has_formulas else book
    return [
        Sheet(
            name=sheet.title,
            rows=[
                [_xlsx_cell(cell, valued) for cell, valued in zip(row, valued_row, strict=True)]
                for row, valued_row in zip(sheet.iter_rows(), values[sheet.title].iter_rows(), strict=True)
            ],
            is_hidden=sheet.sheet_state != "visible" or _hides_rows_or_columns(sheet),
        )
        for sheet in worksheets
    ]


def _hides_rows_or_columns(sheet: Worksheet) -> bool:
    dimensions = [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()]
    return any(dimension.hidden for dimension in dimensions)


def _xlsx_cell(cell: ExcelCell, valued: ExcelCell) -> Cell:
    value = valued.value
    if cell.data_type == "f" and value is None:
        return Broken(FORMULA_WITHOUT_VALUE, str(getattr(cell.value, "text", cell.value)))
    if valued.data_type == "e":
        return Broken(FORMULA_ERROR, str(value))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return text_cell(str(value)) if value is not None else None
    if isinstance(value, int | float):
        return number_cell(repr(value), is_percent="%" in valued.number_format)
    return str(value)


def _csv_sheets(content: bytes, max_cells: int) -> list[Sheet]:
    text = _decoded(content)
    try:
        rows: list[list[Cell]] = [
            [text_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)
        ]
    except csv.Error as problem:
        raise UnreadableFile(FILE_UNREADABLE, value=str(problem)) from problem
    if sum(len(row) for row in rows) > max_cells:
        raise UnreadableFile(FILE_TOO_LARGE)
    return [Sheet(name="", rows=rows)]


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp950"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(ENCODING_UNKNOWN)


_READERS: dict[str, Callable[[bytes, int], list[Sheet]]] = {
    "xlsx": _xlsx_sheets,
    "ods": ods_sheets,
    "csv": _csv_sheets,
}
