"""Cells → exact numbers. A number that cannot be read is a finding, never a guess."""

import dataclasses
import enum
import functools
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dashboard.domain.findings import (
    NUMBER_NEGATIVE,
    NUMBER_SHOWN_OTHERWISE,
    NUMBER_UNCLEAR,
    NUMBER_UNREADABLE,
    FindingKind,
)
from dashboard.readers.grid import Broken, Cell, Otherwise, PercentValue
from dashboard.readers.layout import declared

_GROUPED = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?")
_POINT_OR_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}")  # 「1.234」: with decimals, or grouped as some countries do
_FULL_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | {0x3000: " ", 0xA0: " ", 0x2026: "..."}
_MOST_DECIMALS = 2  # of a percent; every sender prints two, some print one
_HALF_A_HUNDREDTH = Decimal("0.005")
_MOST_DIGITS = 15
TOO_LARGE = 10**_MOST_DIGITS  # a thousand times what was ever billed; a longer number is two that ran together


class Mark(enum.Enum):
    """What stands in a table instead of a number."""

    NOT_YET = "…"
    MEANINGLESS = "--"


class UnreadableCell(Exception):
    """A cell that is no number, or may be two; carries the kind of finding and, if so, both readings."""

    def __init__(self, kind: FindingKind, readings: str = "") -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.readings = readings


@dataclasses.dataclass(frozen=True)
class Number:
    """An exact number and whether it had to be repaired from text."""

    value: Decimal
    is_repaired: bool = False


@functools.cache
def _marks() -> dict[str, Decimal | Mark]:
    words = declared().words.marks
    return (
        dict.fromkeys(words["zero"], Decimal(0))
        | dict.fromkeys(words["meaningless"], Mark.MEANINGLESS)
        | dict.fromkeys(words["not_yet"], Mark.NOT_YET)
    )


def _folded(text: str) -> str:
    """Fold full-width forms, dashes and blanks; 「40¹」 is a footnote, not 401, and 「12 34」 may be two numbers."""
    dashed = re.sub("[‐‑‒–—―─－−]", "-", text.translate(_FULL_WIDTH))
    return re.sub(" *([,-]) *", r"\1", dashed.strip())


@functools.lru_cache(maxsize=65_536)
def _read_text(text: str) -> Number | Mark:
    stripped = text.strip()
    if stripped.isascii() and stripped.isdigit():
        return Number(Decimal(stripped))
    mark = _marks().get(stripped, _marks().get(folded := _folded(text)))
    if mark is not None:
        return mark if isinstance(mark, Mark) else Number(mark)
    if _GROUPED.fullmatch(folded):
        return Number(Decimal(re.sub("[, ]", "", folded)), is_repaired=folded != stripped)
    if _GROUPED.fullmatch(folded.removeprefix("-")) or _GROUPED.fullmatch(folded.strip("()")):
        raise UnreadableCell(NUMBER_NEGATIVE)
    raise UnreadableCell(NUMBER_UNREADABLE)


def read_number(cell: Cell) -> Number | Mark:
    """Read a count or an amount; UnreadableCell where there is none, also for an empty cell."""
    match cell:
        case str():
            return _read_text(cell)
        case Broken(kind=kind):
            raise UnreadableCell(kind)
        case Otherwise():
            raise UnreadableCell(NUMBER_SHOWN_OTHERWISE)
        case int() | Decimal() if cell < 0:
            raise UnreadableCell(NUMBER_NEGATIVE)
        case int() | Decimal():
            return Number(Decimal(cell))
        case None | PercentValue() | date():
            raise UnreadableCell(NUMBER_UNREADABLE)


def read_whole(cell: Cell, unit: int = 1) -> tuple[int | Mark, bool]:
    """Read a whole number of persons, cases or TWD (`unit` TWD each): the number, and whether it was repaired."""
    # Nearly every cell is plain digits or a whole number; those need neither decimals nor repairs.
    if isinstance(cell, str) and len(cell) <= _MOST_DIGITS and cell.isascii() and cell.isdigit():
        return int(cell) * unit, False
    if isinstance(cell, int) and 0 <= cell < TOO_LARGE:
        return cell * unit, False
    number = read_number(cell)
    if isinstance(number, Mark):
        return number, False
    if isinstance(cell, str) and _POINT_OR_GROUP.fullmatch(_folded(cell)):
        raise UnreadableCell(NUMBER_UNCLEAR, _two_numbers(number.value * unit, unit))
    if number.value >= TOO_LARGE:
        raise UnreadableCell(NUMBER_UNREADABLE)
    scaled = number.value * unit
    if scaled != scaled.to_integral_value():
        raise UnreadableCell(NUMBER_UNREADABLE)
    return int(scaled), number.is_repaired


def _two_numbers(with_decimals: Decimal, unit: int) -> str:
    """Spell both readings of 「29.000」 out; only where a number was converted it is sure to be one of money."""
    decimals, grouped = f"{with_decimals.normalize():,f}", f"{with_decimals * 1000:,.0f}"
    return f"{decimals} 元或 {grouped} 元" if unit > 1 else f"{decimals} 或 {grouped}"


def read_percent(cell: Cell, decimals: int = 2) -> tuple[Decimal, Decimal] | Mark:
    """Read a printed percent (0–100) of a column with so many decimals: its value and how far it may be off.

    Half its last printed digit; where that is a tenth, or more, of what was rounded to hundredths before.
    """
    return _percent_in_text(cell, decimals) if isinstance(cell, str) else _percent_of(cell, decimals)


@functools.lru_cache(maxsize=16_384)
def _percent_in_text(text: str, decimals: int) -> tuple[Decimal, Decimal] | Mark:
    return _percent_of(text, decimals)


def _percent_of(cell: Cell, decimals: int) -> tuple[Decimal, Decimal] | Mark:
    value = _percent(cell)
    if isinstance(value, Mark):
        return value
    own = 0 if isinstance(cell, PercentValue) else _decimals(value)
    printed = max(own, decimals)
    twice = _HALF_A_HUNDREDTH if printed < _MOST_DECIMALS else 0
    return value, Decimal(1).scaleb(-printed) / 2 + twice


def decimals_of(cells: Iterable[Cell]) -> int:
    """Return how many decimals each cell of a column of percents is printed with at least, two at most.

    That of the cell with the most: 55.9 beside 55.17 is 55.90, as numbers lose their trailing zeros; beside 48.3 it
    is 55.9.
    """
    most = 0
    for cell in cells:
        try:
            value = _percent(cell)
        except UnreadableCell:
            continue
        most = max(most, 0 if isinstance(value, Mark) else _decimals(value))
        if most >= _MOST_DECIMALS:
            return _MOST_DECIMALS
    return most


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _percent(cell: Cell) -> Decimal | Mark:
    match cell:
        case PercentValue(value=value):
            return value
        case str():
            return _percent_text(cell)
        case Otherwise(stored=stored):
            return Decimal(stored)
    number = read_number(cell)
    return number if isinstance(number, Mark) else number.value


@functools.lru_cache(maxsize=16_384)
def _percent_text(text: str) -> Decimal | Mark:
    number = read_number(text.strip().rstrip("%％"))
    return number if isinstance(number, Mark) else number.value
