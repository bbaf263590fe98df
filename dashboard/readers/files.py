"""Bytes of a .xlsx, .ods or .csv file → sheets of cells. Uploaded bytes are hostile: sizes are checked first."""

import dataclasses
import io
import zipfile
import zlib
from collections.abc import Callable

from defusedxml.common import DefusedXmlException

from dashboard.domain.findings import FILE_ENCRYPTED, FILE_TOO_LARGE, FILE_TYPE, FILE_UNREADABLE
from dashboard.readers.envelope import look_outside
from dashboard.readers.excel import xlsx_sheets
from dashboard.readers.grid import Sheet, UnreadableFile
from dashboard.readers.opendocument import ods_sheets
from dashboard.readers.package import opened
from dashboard.readers.separated import separated_sheets

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_ROWS = 1_048_576  # of any spreadsheet
_COLUMNS = 2_000  # of any report; one with 50 periods has 200
_SEPARATORS = (b",", b";", b"\t")  # commas also stand within numbers: 2,000 of them are still 500 columns and more
_LINE, _LONG = 2_000, 1_000_000  # bytes: a line worth a look, and one that no report has
_LONGEST_NAME = 100  # of a sheet; Excel stops at 31


def sheets_of(content: bytes, file_name: str, max_cells: int) -> list[Sheet]:
    """Return the sheets of a .xlsx, .ods or .csv file; UnreadableFile says why it cannot be read."""
    suffix = file_name.lower().rpartition(".")[2]
    look_outside(content, suffix)
    if suffix not in _READERS:
        raise UnreadableFile(FILE_TYPE, value=f".{suffix}")
    if suffix == "csv":
        _check_lines(content)
        return _narrow(separated_sheets(content, max_cells))
    if content.startswith(_OLE_MAGIC):
        raise UnreadableFile(FILE_ENCRYPTED)
    try:
        return _narrow([_named(sheet) for sheet in _READERS[suffix](content, max_cells)])
    except (UnreadableFile, MemoryError):
        raise
    except Exception as problem:
        raise UnreadableFile(FILE_UNREADABLE, value=_looks_like(content, problem), expected=f".{suffix}") from problem


def _check_lines(content: bytes) -> None:
    """Look at number and width of lines, in whatever encoding, before they become a cell each."""
    breaks = {end: content.count(end) for end in (b"\n", b"\r")}
    if max(breaks.values()) > _ROWS:
        raise UnreadableFile(FILE_TOO_LARGE)
    lines = content.split(max(breaks, key=lambda end: breaks[end]))
    if any((len(line) > _LINE and max(map(line.count, _SEPARATORS)) > _COLUMNS) or len(line) > _LONG for line in lines):
        raise UnreadableFile(FILE_TOO_LARGE)


def _narrow(sheets: list[Sheet]) -> list[Sheet]:
    """Pass sheets on that are no wider than a report may be; every column has to be understood."""
    wide = (row for sheet in sheets for row in sheet.rows if len(row) > _COLUMNS)
    if any(cell is not None for row in wide for cell in row[_COLUMNS:]):
        raise UnreadableFile(FILE_TOO_LARGE)
    return sheets


def _looks_like(content: bytes, problem: Exception) -> str:
    """Say what bytes that cannot be read seem to be; of an archive, whether it or what is in it is damaged."""
    if not content:
        return "空檔案（0 位元組）"
    if isinstance(problem, DefusedXmlException):
        return "內含實體或文件類型宣告（DTD），本系統不予展開"
    if zipfile.is_zipfile(io.BytesIO(content)) and not isinstance(problem, zipfile.BadZipFile | zlib.error | EOFError):
        return "壓縮格式完好，但其中的試算表內容不合格式"
    known = {b"%PDF": "PDF 檔", b"PK": "損毀的壓縮格式", b"<": "網頁或 XML 檔", b"\x89PNG": "圖檔", b"\xff\xd8": "圖檔"}
    return next((name for magic, name in known.items() if content.startswith(magic)), "無法辨識的內容")


def _named(sheet: Sheet) -> Sheet:
    """Cut a name that no spreadsheet would take: findings and figures carry it."""
    return sheet if len(sheet.name) <= _LONGEST_NAME else dataclasses.replace(sheet, name=sheet.name[:_LONGEST_NAME])


def _workbook(content: bytes, max_cells: int) -> list[Sheet]:
    with opened(content):
        return xlsx_sheets(content, max_cells)


def _document(content: bytes, max_cells: int) -> list[Sheet]:
    with opened(content) as archive:
        return ods_sheets(archive, max_cells)


_READERS: dict[str, Callable[[bytes, int], list[Sheet]]] = {
    "xlsx": _workbook,
    "ods": _document,
    "csv": separated_sheets,
}
