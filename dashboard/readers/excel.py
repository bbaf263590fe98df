"""The cells of .xlsx files, row by row: neither a claimed size nor a merged range is believed before it is filled."""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.workbook import Workbook
from openpyxl.xml.constants import ARC_APP, SHARED_STRINGS, SHEET_MAIN_NS

from dashboard.domain.findings import FILE_TOO_LARGE, FORMULA_ERROR, FORMULA_WITHOUT_VALUE, NUMBER_UNCLEAR
from dashboard.readers.formats import formats_of, percents_of
from dashboard.readers.grid import (
    Broken,
    Cell,
    Otherwise,
    Patched,
    Sheet,
    Struck,
    UnreadableFile,
    number_cell,
    text_cell,
)
from dashboard.readers.numbers import TOO_LARGE
from dashboard.readers.old_days import day_cell
from dashboard.readers.seen import as_printed

_TEXTS = 200_000  # different ones in a workbook; reports have hundreds
_APP = 10_000  # bytes in which a file says which program wrote it
_ROWS, _COLUMNS = 1_048_576, 16_384  # of any spreadsheet
_ROW, _COLUMN, _CELL, _VALUE, _FORMULA, _INLINE, _MERGED, _SHARED, _RUN, _LOOKS, _STRIKE, _RAISED, _TEXT = (
    f"{{{SHEET_MAIN_NS}}}{tag}"
    for tag in (
        *("row", "col", "c", "v", "f", "is", "mergeCell", "si"),
        *("r", "rPr", "strike", "vertAlign", "t"),
    )
)
_PLAIN_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)


def xlsx_sheets(content: bytes, max_cells: int) -> list[Sheet]:
    """Return the sheets of a .xlsx file with at most so many cells; any exception means it is damaged."""
    with warnings.catch_warnings():
        # openpyxl tells what it leaves out; nothing that is left out is a cell.
        warnings.simplefilter("ignore")
        book = _Book(content)
        left = max_cells
        sheets = []
        for name, path, state in book.worksheets():
            rows = _Rows(book, path, left)
            is_out_of_sight = state != "visible"
            hidden = range(len(rows.rows)) if is_out_of_sight else rows.hidden
            sheets.append(Sheet(name, rows.rows, is_out_of_sight or rows.hides_some, frozenset(hidden)))
            left = rows.left
        return sheets


class _Book(ExcelReader):  # type: ignore[misc]  # openpyxl ships no types
    """What all sheets share: texts, formats and the calendar. Pictures, links, queries and properties stay unread."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        self.read_manifest()
        self.strings = self._texts()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        book = self.wb
        self.epoch: datetime = book.epoch
        # openpyxl has no public way from a style's number to what it shows.
        self.date_styles: set[int] = book._date_formats
        self.duration_styles: set[int] = book._timedelta_formats
        self.percent_styles = percents_of(book)
        self.formats = formats_of(book)
        self.patched_styles = _patched_styles(book)
        self.is_of_libre_office = self._is_of_libre_office()

    def _texts(self) -> list[str]:
        """Return the texts that cells refer to by number."""
        listed = self.package.find(SHARED_STRINGS)
        texts: list[str] = []
        if listed is not None:
            with self.opened(listed.PartName[1:]) as source:
                for _, element in iterparse(source, forbid_dtd=True):
                    if element.tag == _SHARED:
                        if len(texts) == _TEXTS:
                            raise UnreadableFile(FILE_TOO_LARGE)
                        texts.append(_text(element))
                        element.clear()
        return texts

    def _is_of_libre_office(self) -> bool:
        if ARC_APP not in self.valid_files:
            return False
        with self.opened(ARC_APP) as source:
            return b"<Application>LibreOffice" in source.read(_APP)

    def worksheets(self) -> Iterator[tuple[str, str, str]]:
        """Return name, place in the archive and state of every sheet that has cells."""
        seen = set()
        for sheet, relation in self.parser.find_sheets():
            if relation.target in seen:
                raise ValueError("several sheets share one part")
            seen.add(relation.target)
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                yield sheet.name, relation.target, sheet.state

    def opened(self, path: str) -> IO[bytes]:
        source: IO[bytes] = self.archive.open(path)
        return source


def _patched_styles(book: Workbook) -> frozenset[int]:
    """Return the numbers of the styles that strike what stands in a cell, raise or lower it."""
    fonts = [book._fonts[style.fontId] for style in book._cell_styles]
    return frozenset(n for n, font in enumerate(fonts) if font.strike or font.vertAlign in {"superscript", "subscript"})


def _text(element: Element) -> str:
    """Return a text without the reading aids that stand beside some; of several looks, or struck, it is patched."""
    runs = [run for run in element.iterfind(_RUN) if (run.findtext(_TEXT) or "").strip()]
    pieces = [element.findtext(_TEXT) or "", *(run.findtext(_TEXT) or "" for run in element.iterfind(_RUN))]
    if any(_is_struck_or_raised(run) for run in runs):
        return Struck("".join(pieces))
    return Patched("".join(pieces)) if len(runs) + bool(pieces[0].strip()) > 1 else "".join(pieces)


def _is_struck_or_raised(run: Element) -> bool:
    strike, raised = (run.find(f"{_LOOKS}/{look}") for look in (_STRIKE, _RAISED))
    is_struck = strike is not None and strike.get("val") not in {"0", "false"}
    return is_struck or (raised is not None and raised.get("val") != "baseline")


def _number(text: str) -> int | float:
    if not _PLAIN_NUMBER.fullmatch(text):
        raise ValueError(f"{text[:20]} is no number")
    return float(text) if any(sign in text for sign in ".eE") else int(text)


class _Rows:
    """The rows of one sheet, only as wide and long as they are filled; `left` is what the budget of cells still has."""

    def __init__(self, book: _Book, path: str, left: int) -> None:
        self.rows: list[list[Cell]] = []
        self.left = left
        self.hides_some = False
        self.hidden: list[int] = []
        self._book = book
        self._last = 0
        with book.opened(path) as source:
            for _, element in iterparse(source, forbid_dtd=True):
                self._take(element)

    def _take(self, element: Element) -> None:
        if element.tag == _ROW:
            self._take_row(element)
            element.clear()
        elif element.tag == _COLUMN:
            self._hide(element)
        elif element.tag == _MERGED:
            self._blank(element.get("ref", ""))

    def _hide(self, element: Element) -> bool:
        is_hidden = element.get("hidden") in {"1", "true"}
        self.hides_some = self.hides_some or is_hidden
        return is_hidden

    def _spend(self, cells: int) -> None:
        self.left -= cells
        if self.left < 0:
            raise UnreadableFile(FILE_TOO_LARGE)

    def _take_row(self, element: Element) -> None:
        """Place a row; rows and cells that stand between and are not written at all are blank."""
        is_hidden = self._hide(element)
        number = int(element.get("r") or self._last + 1)
        if not self._last < number <= _ROWS:
            raise ValueError("a row out of turn")
        self._last = number
        row: list[Cell] = []
        column = 0
        for cell in element.iterfind(_CELL):
            column = _column(cell, number, column)
            filled = self._cell(cell)
            if filled is not None:
                row += [None] * (column - 1 - len(row))
                row.append(filled)
        if row:
            blank = number - 1 - len(self.rows)
            self._spend(blank + len(row))
            self.rows += [[] for _ in range(blank)]
            self.rows.append(row)
            if is_hidden:
                self.hidden.append(number - 1)

    def _cell(self, element: Element) -> Cell:
        cell = self._plain_cell(element)
        if int(element.get("s", 0)) not in self._book.patched_styles:
            return cell
        if isinstance(cell, int | Decimal | Otherwise):
            return Broken(NUMBER_UNCLEAR, str(cell))
        return Struck(cell) if isinstance(cell, str) else cell

    def _plain_cell(self, element: Element) -> Cell:
        kind, written = element.get("t", "n"), element.findtext(_VALUE)
        if kind == "inlineStr":
            inline = element.find(_INLINE)
            return None if inline is None else text_cell(_text(inline))
        if not written:
            formula = element.find(_FORMULA)
            return None if formula is None else Broken(FORMULA_WITHOUT_VALUE, f"={formula.text or ''}")
        if kind == "n":
            return self._number_cell(_number(written), int(element.get("s", 0)))
        return self._worded_cell(kind, written)

    def _worded_cell(self, kind: str, written: str) -> Cell:
        match kind:
            case "s":
                return text_cell(self._book.strings[_index(written)])
            case "str":
                return text_cell(written)
            case "b":
                return text_cell(str(bool(int(written))))
            case "e":
                return Broken(FORMULA_ERROR, written)
            case "d":
                return _day(from_ISO8601(written))
        raise ValueError(f"no kind of cell: {kind[:20]}")

    def _number_cell(self, number: int | float, style: int) -> Cell:
        if style not in self._book.date_styles:
            cell = number_cell(repr(number), is_percent=style in self._book.percent_styles)
            return self._as_seen(cell, style) if style in self._book.formats else cell
        try:
            moment = from_excel(number, self._book.epoch, timedelta=style in self._book.duration_styles)
            return _day(moment, is_julian=self._book.is_of_libre_office)
        except (OverflowError, ValueError):
            return Broken(FORMULA_ERROR, "#VALUE!")

    def _as_seen(self, cell: Cell, style: int) -> Cell:
        if not isinstance(cell, int | Decimal) or not 0 <= cell < TOO_LARGE:
            return cell
        seen = self._book.formats[style].shows(cell)
        return cell if seen is None else as_printed(cell, seen)

    def _blank(self, reference: str) -> None:
        """Take out what a merged range covers and nobody can see: all but its first cell."""
        left, top, right, bottom = range_boundaries(reference)
        covered = self.rows[top - 1 : bottom]
        self._spend(len(covered))
        for n, row in enumerate(covered):
            start = left if n == 0 else left - 1
            width = len(row[start:right])
            self._spend(width)
            row[start:right] = [None] * width


def _column(cell: Element, row: int, before: int) -> int:
    """Return the column a cell says it stands in, the next one where it says nothing; it may not leave its row."""
    reference = cell.get("r")
    if reference is None:
        column = before + 1
    else:
        stated_row, column = coordinate_to_tuple(reference)
        if stated_row != row:
            raise ValueError("a cell outside its row")
    if not before < column <= _COLUMNS:
        raise ValueError("a cell out of turn")
    return column


def _index(written: str) -> int:
    index = int(written)
    if index < 0:
        raise ValueError("no such text")
    return index


def _day(moment: object, *, is_julian: bool = False) -> Cell:
    return day_cell(moment.date(), None, is_julian=is_julian) if isinstance(moment, datetime) else str(moment)
