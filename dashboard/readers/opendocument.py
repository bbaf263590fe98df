"""The cells of .ods files, row by row, so that what a file claims to repeat is counted before it is laid out."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from dashboard.domain.findings import FILE_TOO_LARGE, FORMULA_ERROR, FORMULA_WITHOUT_VALUE, NUMBER_UNCLEAR
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
from dashboard.readers.old_days import day_cell
from dashboard.readers.seen import as_printed

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_TABLE, _ROW, _COLUMN, _CELL = (_NAMES % ("table", tag) for tag in ("table", "table-row", "table-column", "table-cell"))
_NAME, _DISPLAY, _STYLE_OF, _VISIBILITY, _FORMULA, _WIDE, _HIGH = (
    _NAMES % ("table", name)
    for name in (
        "name",
        "display",
        "style-name",
        "visibility",
        "formula",
        "number-columns-repeated",
        "number-rows-repeated",
    )
)
_KIND, _VALUE, _DATE = (_NAMES % ("office", name) for name in ("value-type", "value", "date-value"))
_BODY = _NAMES % ("office", "spreadsheet")
_STYLE, _STYLE_NAME, _LOOKS, _LETTERS, _POSITION, *_STRIKES = (
    _NAMES % ("style", name)
    for name in (
        "style",
        "name",
        "table-properties",
        "text-properties",
        "text-position",
        "text-line-through-style",
        "text-line-through-type",
    )
)
_PARAGRAPH, _SPAN, _SPAN_STYLE, _BLANKS, _BLANK_COUNT, _TAB, _BREAK = (
    _NAMES % ("text", name) for name in ("p", "span", "style-name", "s", "c", "tab", "line-break")
)
_PLAIN_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|[-+]?INF|NaN", re.ASCII)
_COLUMNS = 16_384  # of any spreadsheet
_DEPTH = 100  # elements within each other; real files stay below 15
_REPEATS = 20_000  # rows with content that one element may stand for; no report says the same in so many


def ods_sheets(archive: zipfile.ZipFile, max_cells: int) -> list[Sheet]:
    """Return the sheets of a .ods file with at most so many cells; any exception means it is damaged."""
    with archive.open("content.xml") as source:
        reader = _Content(max_cells)
        for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
            (reader.begin if event == "start" else reader.end)(element)
    if not reader.is_spreadsheet:
        raise ValueError("no spreadsheet")
    return reader.sheets


class _Content:
    """Takes the elements of content.xml as they begin and end, and lets go of each row when it has been read."""

    def __init__(self, budget: int) -> None:
        self.sheets: list[Sheet] = []
        self.is_spreadsheet = False
        self._budget = budget
        self._path: list[str] = []
        self._hidden_styles: set[str] = set()
        self._patched_styles: set[str] = set()
        self._rows: list[list[Cell]] = []
        self._pending = 0
        self._hides_some = False
        self._hidden: list[int] = []

    def begin(self, element: Element) -> None:
        self._path.append(element.tag)
        if len(self._path) > _DEPTH:
            raise ValueError("elements within each other without end")
        if element.tag == _BODY:
            self.is_spreadsheet = True
        elif self._is_sheet(element):
            self._rows, self._pending, self._hides_some, self._hidden = [], 0, False, []

    def end(self, element: Element) -> None:
        if element.tag == _ROW and _CELL not in self._path:
            self._take_row(element)
            element.clear()
        elif element.tag == _COLUMN:
            self._hide(element)
        elif element.tag == _STYLE:
            self._take_style(element)
        elif self._is_sheet(element):
            is_out_of_sight = element.get(_STYLE_OF) in self._hidden_styles
            hidden = frozenset(range(len(self._rows)) if is_out_of_sight else self._hidden)
            is_hidden = is_out_of_sight or self._hides_some
            self.sheets.append(Sheet(element.get(_NAME, ""), self._rows, is_hidden, hidden))
            element.clear()
        self._path.pop()

    def _is_sheet(self, element: Element) -> bool:
        return element.tag == _TABLE and self._path[-2] == _BODY

    def _take_style(self, element: Element) -> None:
        """Remember a style that keeps a sheet from being shown, or that strikes letters, raises or lowers them."""
        if any(looks.get(_DISPLAY) == "false" for looks in element.iter(_LOOKS)):
            self._hidden_styles.add(element.get(_STYLE_NAME, ""))
        if any(_is_struck_or_raised(letters) for letters in element.iter(_LETTERS)):
            self._patched_styles.add(element.get(_STYLE_NAME, ""))

    def _hide(self, element: Element) -> bool:
        is_hidden = element.get(_VISIBILITY) in {"collapse", "filter"}
        self._hides_some = self._hides_some or is_hidden
        return is_hidden

    def _take_row(self, element: Element) -> None:
        """Expand a repeated row; the empty rest of a sheet, repeated a million times, is left out."""
        cells = self._cells(element)
        repeated = _repeated(element, _HIGH)
        if not cells:
            self._pending += repeated
            return
        is_hidden = self._hide(element)
        if repeated > _REPEATS:
            raise UnreadableFile(FILE_TOO_LARGE)
        self._spend(self._pending + len(cells) * repeated)
        self._rows += [[]] * self._pending + [cells] * repeated
        if is_hidden:
            self._hidden += range(len(self._rows) - repeated, len(self._rows))
        self._pending = 0

    def _cells(self, row: Element) -> list[Cell]:
        cells: list[Cell] = []
        pending = 0
        for element in row:
            # What stands in a covered cell lies below a merged one, where nobody can see it.
            value = _looked_at(element, self._patched_styles) if element.tag == _CELL else None
            repeated = _repeated(element, _WIDE)
            if value is None:
                pending += repeated
                continue
            if len(cells) + pending + repeated > _COLUMNS:
                raise UnreadableFile(FILE_TOO_LARGE)
            cells += [None] * pending + [value] * repeated
            pending = 0
        return cells

    def _spend(self, cells: int) -> None:
        self._budget -= cells
        if self._budget < 0:
            raise UnreadableFile(FILE_TOO_LARGE)


def _repeated(element: Element, attribute: str) -> int:
    repeated = int(element.get(attribute, "1"))
    if repeated < 1:
        raise ValueError("something repeated less than once")
    return repeated


def _is_struck_or_raised(letters: Element) -> bool:
    position = letters.get(_POSITION, "0%").split()[0]
    return position not in {"0%", "0"} or any(letters.get(struck, "none") != "none" for struck in _STRIKES)


def _looked_at(element: Element, patched_styles: set[str]) -> Cell:
    """Read a cell; a figure whose letters differ, are struck or raised is not taken for what its digits spell."""
    cell = _cell(element)
    if isinstance(cell, str):
        if not _is_patched(element, patched_styles):
            return cell
        return Struck(cell) if isinstance(cell, Struck) or _is_struck(element, patched_styles) else Patched(cell)
    is_number = isinstance(cell, int | Decimal | Otherwise)
    return Broken(NUMBER_UNCLEAR, str(cell)) if is_number and _is_patched(element, patched_styles) else cell


def _is_patched(element: Element, styles: set[str]) -> bool:
    if element.get(_STYLE_OF) in styles:
        return True
    spans = [span for paragraph in element.iterfind(_PARAGRAPH) for span in paragraph.iter(_SPAN)]
    whole = _seen(element.iterfind(_PARAGRAPH)) if spans else ""
    return any(span.get(_SPAN_STYLE) in styles or 0 < len(_seen([span])) < len(whole) for span in spans)


def _is_struck(element: Element, styles: set[str]) -> bool:
    return element.get(_STYLE_OF) in styles or any(span.get(_SPAN_STYLE) in styles for span in element.iter(_SPAN))


def _seen(nodes: Iterable[Element]) -> str:
    return "".join("".join(_written(node) for node in nodes).split())


def _cell(element: Element) -> Cell:
    text = "\n".join(_written(paragraph) for paragraph in element.iterfind(_PARAGRAPH))
    if text.startswith(("#", "Err:")) and element.get(_FORMULA):
        return Broken(FORMULA_ERROR, text)
    match element.get(_KIND):
        case "float" | "currency":
            number = number_cell(_plain(element.attrib[_VALUE]))
            return as_printed(number, text) if text else number
        case "percentage":
            return number_cell(_plain(element.attrib[_VALUE]), is_percent=True)
        case "date":
            return day_cell(date.fromisoformat(element.attrib[_DATE][:10]), text)
    if element.tag == _CELL and element.get(_FORMULA) and not text:
        return Broken(FORMULA_WITHOUT_VALUE, element.attrib[_FORMULA])
    return text_cell(text)


def _plain(number: str) -> str:
    """Return a number as files store it; what else Python would take for one, such as 1_000, is damage."""
    if not _PLAIN_NUMBER.fullmatch(number):
        raise ValueError(f"{number[:20]} is no number")
    return number


def _written(node: Element) -> str:
    """Write text out with the blanks and breaks that ODF spells as elements."""
    return "".join(_pieces(node))


def _pieces(node: Element) -> Iterator[str]:
    match node.tag:
        case str(tag) if tag == _BLANKS:
            count = int(node.get(_BLANK_COUNT) or 1)
            yield " " * min(count, 1000)
        case str(tag) if tag == _TAB:
            yield "\t"
        case str(tag) if tag == _BREAK:
            yield "\n"
        case _:
            yield node.text or ""
            for child in node:
                yield from _pieces(child)
                yield child.tail or ""
