"""The part of a sheet around a finding, as texts with row numbers and column letters: what a sender is shown."""

import dataclasses
import re
from collections.abc import Sequence
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from dashboard.domain.finding_words import stored
from dashboard.domain.findings import Finding
from dashboard.readers.files import sheets_of
from dashboard.readers.grid import Cell, Otherwise, PercentValue, Sheet, UnreadableFile, shown

_WORDS = re.compile(r"[^\d:：]*[一-鿿][^\d:：]*")
_OF_NAMES = re.compile("代碼|代號|年月|期別|期間|日期|截止日|年度|序號")
"""Headers above numbers that are names: their digits stand ungrouped."""
_HEADERS = 15  # rows from the top in which headers are looked for


@dataclasses.dataclass(frozen=True)
class Region:
    """A grid of texts: `cells` has one row per number in `rows` and one text per letter in `columns`.

    `marked` is the finding's cell as (row, column) of the grid, counted from 0; None where it names no cell and the
    grid is the upper left of the sheet. All is empty where the file has no sheet to show. `numbers` are the places of
    figures, which read as the sheet shows them, with what is stored beside where that is something else.
    """

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...]
    marked: tuple[int, int] | None
    numbers: frozenset[tuple[int, int]] = frozenset()

    def is_number(self, row: int, column: int) -> bool:
        return (row, column) in self.numbers


_NOTHING = Region("", (), (), (), None)


def around(
    content: bytes, file_name: str, finding: Finding, rows: int = 3, columns: int = 4, max_cells: int = 5_000_000
) -> Region:
    """Return the cells up to so many rows and columns away from a finding's cell. Reads the file; never raises."""
    return around_each(content, file_name, [finding], rows, columns, max_cells)[0]


def around_each(
    content: bytes,
    file_name: str,
    findings: Sequence[Finding],
    rows: int = 3,
    columns: int = 4,
    max_cells: int = 5_000_000,
) -> list[Region]:
    """Return a region for every finding, in their order; the file is read once."""
    try:
        sheets = [sheet for sheet in sheets_of(content, file_name, max_cells) if not sheet.is_blank]
    except UnreadableFile:
        sheets = []
    if not sheets:
        return [_NOTHING] * len(findings)
    return [_region(_sheet_of(finding, sheets), finding.cell, rows, columns) for finding in findings]


def _sheet_of(finding: Finding, sheets: Sequence[Sheet]) -> Sheet:
    return next((sheet for sheet in sheets if sheet.name == finding.sheet), sheets[0])


def _region(sheet: Sheet, cell: str, rows: int, columns: int) -> Region:
    row, column = (number - 1 for number in coordinate_to_tuple(cell)) if cell else (rows, columns)
    top, left = max(row - rows, 0), max(column - columns, 0)
    across = range(left, column + columns + 1)
    down = range(top, row + rows + 1)
    named = {c for c in across if _is_of_names(sheet, c)}
    return Region(
        sheet=sheet.name,
        columns=tuple(get_column_letter(c + 1) for c in across),
        rows=tuple(r + 1 for r in down),
        cells=tuple(tuple(_text(_cell(sheet, r, c), is_name=c in named) for c in across) for r in down),
        marked=(row - top, column - left) if cell else None,
        numbers=frozenset(
            (r - top, c - left) for r in down for c in across if isinstance(_cell(sheet, r, c), _NUMBERS)
        ),
    )


_NUMBERS = (int, Decimal, PercentValue, Otherwise)


def _cell(sheet: Sheet, row: int, column: int) -> Cell:
    cells: list[Cell] = sheet.rows[row] if row < len(sheet.rows) else []
    return cells[column] if column < len(cells) else None


def _is_of_names(sheet: Sheet, column: int) -> bool:
    texts = (_cell(sheet, row, column) for row in range(_HEADERS))
    heads = [text for text in texts if isinstance(text, str) and _WORDS.fullmatch(text.strip())]
    return bool(heads) and _OF_NAMES.search(heads[-1]) is not None


def _text(cell: Cell, *, is_name: bool) -> str:
    match cell:
        case None:
            return ""
        case int() | Decimal() if not is_name:
            return f"{cell:,}"
        case Otherwise(stored=number, seen=seen):
            return f"{seen}{stored(f'{number:,}')}"
    return shown(cell)
