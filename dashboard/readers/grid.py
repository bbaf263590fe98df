"""Files → sheets of cells, whatever the format; nothing is interpreted here."""

import csv
import dataclasses
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import odf.opendocument
import openpyxl
from odf import table as odf_table
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.domain.findings import (
    ENCODING_UNKNOWN,
    FILE_ENCRYPTED,
    FILE_TOO_LARGE,
    FILE_TYPE,
    FILE_UNREADABLE,
    FORMULA_ERROR,
    FORMULA_WITHOUT_VALUE,
    Finding,
    FindingKind,
)

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_EXPANSION = 40  # how many times its own size a spreadsheet's XML may reach; real reports stay below 15


@dataclasses.dataclass(frozen=True)
class PercentValue:
    """A number the file itself shows as a percent: 0.4567 shown as 45.67 % is 45.67."""

    value: Decimal


@dataclasses.dataclass(frozen=True)
class Broken:
    """A cell whose formula has no usable value."""

    kind: FindingKind
    shown: str


Cell = None | str | int | Decimal | date | PercentValue | Broken


@dataclasses.dataclass(frozen=True)
class Sheet:
    """One sheet; `rows` may be ragged and counts from 0, references from A1."""

    name: str
    rows: list[list[Cell]]
    is_hidden: bool = False

    @property
    def is_blank(self) -> bool:
        return all(cell is None for row in self.rows for cell in row)

    @property
    def has_numbers(self) -> bool:
        return any(isinstance(cell, int | Decimal | PercentValue) for row in self.rows for cell in row)


class UnreadableFile(Exception):
    """The file as a whole cannot be read; carries the finding."""

    def __init__(self, kind: FindingKind, value: str = "", expected: str = "") -> None:
        super().__init__(kind.sentence)
        self.finding = Finding(kind, value=value, expected=expected)


def reference(row: int, column: int) -> str:
    """Spell a cell the way spreadsheets do: (0, 0) is A1."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def shown(cell: Cell) -> str:
    """Write a cell's content for a finding, shortened."""
    match cell:
        case None:
            text = "（空白）"
        case PercentValue(value=value):
            text = f"{value}%"
        case Broken(shown=formula):
            text = formula
        case _:
            text = str(cell)
    return text if len(text) <= 60 else text[:59] + "…"


def sheets_of(content: bytes, file_name: str, max_cells: int) -> list[Sheet]:
    """Return the sheets of a .xlsx, .ods or .csv file; UnreadableFile says why it cannot be read."""
    suffix = file_name.lower().rpartition(".")[2]
    if suffix not in _READERS:
        raise UnreadableFile(FILE_TYPE, value=f".{suffix}")
    if suffix == "csv":
        return _csv_sheets(content, max_cells)
    _check_archive(content)
    try:
        return _READERS[suffix](content, max_cells)
    except UnreadableFile:
        raise
    except Exception as problem:
        raise UnreadableFile(FILE_UNREADABLE, value=type(problem).__name__) from problem


def _check_archive(content: bytes) -> None:
    if content.startswith(_OLE_MAGIC):
        raise UnreadableFile(FILE_ENCRYPTED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as problem:
        raise UnreadableFile(FILE_UNREADABLE, value=type(problem).__name__) from problem
    if any(entry.flag_bits & 1 for entry in entries) or b"encryption-data" in manifest:
        raise UnreadableFile(FILE_ENCRYPTED)
    if sum(entry.file_size for entry in entries) > max(_EXPANSION * len(content), 4_000_000):
        raise UnreadableFile(FILE_TOO_LARGE)


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
        return _text(str(value)) if value is not None else None
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return PercentValue(100 * number) if "%" in valued.number_format else _whole(number)
    return str(value)


def _text(text: str) -> Cell:
    return text if text.strip() else None


def _whole(number: Decimal) -> Cell:
    return int(number) if number == number.to_integral_value() else number


def _ods_sheets(content: bytes, max_cells: int) -> list[Sheet]:
    document = odf.opendocument.load(io.BytesIO(content))
    budget = [max_cells]
    return [
        Sheet(name=str(element.getAttribute("name") or ""), rows=_ods_rows(element, budget))
        for element in document.spreadsheet.getElementsByType(odf_table.Table)
    ]


def _ods_rows(element: odf_table.Table, budget: list[int]) -> list[list[Cell]]:
    """Expand repeated rows and cells; the empty rest of a sheet, repeated a million times, is left out."""
    rows: list[list[Cell]] = []
    pending_blank = 0
    for row in element.getElementsByType(odf_table.TableRow):
        cells = _ods_cells(row, budget)
        repeated = int(row.getAttribute("numberrowsrepeated") or 1)
        if not cells:
            pending_blank += repeated
            continue
        _spend(budget, pending_blank + len(cells) * repeated)
        rows += [[]] * pending_blank + [cells] * repeated
        pending_blank = 0
    return rows


def _ods_cells(row: odf_table.TableRow, budget: list[int]) -> list[Cell]:
    cells: list[Cell] = []
    pending_blank = 0
    for element in row.childNodes:
        repeated = int(element.getAttribute("numbercolumnsrepeated") or 1)
        value = _ods_cell(element)
        if value is None:
            pending_blank += repeated
            continue
        _spend(budget, pending_blank + repeated)
        cells += [None] * pending_blank + [value] * repeated
        pending_blank = 0
    return cells


def _spend(budget: list[int], cells: int) -> None:
    budget[0] -= cells
    if budget[0] < 0:
        raise UnreadableFile(FILE_TOO_LARGE)


def _ods_cell(element: odf_table.TableCell) -> Cell:
    kind = element.getAttribute("valuetype") if "table-cell" in element.tagName else None
    text = "\n".join(str(part) for part in element.childNodes)
    if text.startswith(("#", "Err:")) and element.getAttribute("formula"):
        return Broken(FORMULA_ERROR, text)
    match kind:
        case "float" | "currency":
            return _whole(Decimal(element.getAttribute("value")))
        case "percentage":
            return PercentValue(100 * Decimal(element.getAttribute("value")))
        case "date":
            return date.fromisoformat(element.getAttribute("datevalue")[:10])
    if element.tagName == "table:table-cell" and element.getAttribute("formula") and not text:
        return Broken(FORMULA_WITHOUT_VALUE, str(element.getAttribute("formula")))
    return _text(text)


def _csv_sheets(content: bytes, max_cells: int) -> list[Sheet]:
    text = _decoded(content)
    try:
        rows: list[list[Cell]] = [
            [_text(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)
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
    "ods": _ods_sheets,
    "csv": _csv_sheets,
}
