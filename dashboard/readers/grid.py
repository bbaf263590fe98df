"""Sheets of cells, whatever file they come from; nothing is interpreted here."""

import dataclasses
import functools
import re
from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter

from dashboard.domain.findings import NUMBER_UNREADABLE, Finding, FindingKind
from dashboard.domain.roc import roc_date

_BEFORE_ROC = 1911

_RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070-\u208e\u2460-\u2473]")  # ¹ ₂ ①: once folded they are plain digits
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # pasted from web pages; nobody can see or remove them


@dataclasses.dataclass(frozen=True)
class PercentValue:
    """A number the file itself shows as a percent: 0.4567 shown as 45.67 % is 45.67."""

    value: Decimal


@dataclasses.dataclass(frozen=True)
class Broken:
    """A cell whose formula has no usable value, or whose number no spreadsheet would hold."""

    kind: FindingKind
    shown: str


class Patched(str):
    """Text of which some was raised, struck through or made to look unlike the rest: 113 may be 11 and a footnote."""

    __slots__ = ()


class Struck(Patched):
    """Text of which some is struck through, raised or lowered: 「10」 with a struck 0 may be 1 and may be 10."""

    __slots__ = ()


@dataclasses.dataclass(frozen=True)
class Otherwise:
    """A number of which its cell shows something else: 1,151 for a stored 1,150,983, 「…」 for 0, 「9千」 for 9."""

    stored: int | Decimal
    seen: str

    def __str__(self) -> str:
        """Return what stands in the cell; the number itself means nothing where it is a name or a period."""
        return self.seen


Cell = None | str | int | Decimal | date | PercentValue | Broken | Otherwise


@dataclasses.dataclass(frozen=True)
class Sheet:
    """One sheet; `rows` may be ragged and counts from 0, references from A1.

    `is_hidden`: in whole or in part; `hidden_rows`: those that nobody sees, all of them where the sheet is hidden.
    """

    name: str
    rows: list[list[Cell]]
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()

    @property
    def is_blank(self) -> bool:
        return all(cell is None for row in self.rows for cell in row)

    @property
    def has_numbers(self) -> bool:
        return any(isinstance(cell, int | Decimal | PercentValue | Otherwise) for row in self.rows for cell in row)


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
        case Otherwise(stored=number, seen=seen):
            text = f"顯示「{seen or '空白'}」，儲存 {number:,}"
        case date() if cell.year > _BEFORE_ROC:
            text = roc_date(cell)
        case _:
            text = str(cell)
    return text if len(text) <= 60 else text[:59] + "…"


def text_cell(text: str) -> Cell:
    """Take text as it can be seen; nothing where that is blank."""
    visible = text if text.isascii() else _visible(text)
    if not visible.strip():
        return None
    return type(text)(visible) if isinstance(text, Patched) else visible


@functools.lru_cache(maxsize=1024)
def _visible(text: str) -> str:
    visible = _INVISIBLE.sub("", text)
    return Struck(visible) if _RAISED.search(visible) else visible


def number_cell(text: str, *, is_percent: bool = False) -> Cell:
    """Take a stored number exactly; one beyond what a spreadsheet can hold would exhaust memory as an integer."""
    number = Decimal(text)
    if not number.is_finite():
        return Broken(NUMBER_UNREADABLE, "非數字或超出試算表可存的大小")
    if not -400 < number.adjusted() < 400:
        return Broken(NUMBER_UNREADABLE, text)
    if is_percent:
        return PercentValue(100 * number)
    return int(number) if number == number.to_integral_value() else number
