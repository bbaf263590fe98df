"""The lines above a table: title, period, cut-off date, unit, date of issue."""

import dataclasses
import functools
import re
from datetime import date, timedelta

from dashboard.domain import roc
from dashboard.domain.counties import fold
from dashboard.readers.grid import Cell, Sheet, reference
from dashboard.readers.layout import declared

_DAY_ZERO = date(1899, 12, 30)  # from which spreadsheets count
_FIRST_DAY, _LAST_DAY = ((day - _DAY_ZERO).days for day in (date(2008, 10, 1), date(2099, 12, 31)))
_FIVE_DIGITS = re.compile(r"\d{5}")


@dataclasses.dataclass(frozen=True)
class HeadItem:
    """One piece of the head and where it stands."""

    value: Cell
    cell: str

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else ""


@dataclasses.dataclass(frozen=True)
class Head:
    """What stands above the table; `items` is keyed period, as_of, unit, issued as far as they are given.

    `contradictions` are pairs of items that stand there twice and differ: the first one and the later one.
    """

    title: str
    items: dict[str, HeadItem]
    contradictions: list[tuple[HeadItem, HeadItem]]


@functools.cache
def _label_pattern() -> re.Pattern[str]:
    words = sorted((word for words in declared().words.head.values() for word in words), key=len, reverse=True)
    return re.compile(rf"(?:^|(?<=[\s(（]))({'|'.join(map(re.escape, words))})\s*(?:[:：]|$)")


@functools.cache
def _item_of_label() -> dict[str, str]:
    return {fold(word): item for item, words in declared().words.head.items() for word in words}


def read_head(sheet: Sheet, header_row: int) -> Head:
    """Read labels and values in any arrangement: one line, pairs of cells, or several rows."""
    titles: list[str] = []
    contradictions: list[tuple[HeadItem, HeadItem]] = []
    items: dict[str, HeadItem] = {}
    waiting = ""
    for row, cells in enumerate(sheet.rows[:header_row]):
        for column, cell in enumerate(cells):
            for piece in _pieces(cell):
                label = _item_of_label().get(fold(piece)) if isinstance(piece, str) else None
                if label:
                    waiting = label
                elif waiting:
                    item = HeadItem(piece, reference(row, column))
                    first = items.setdefault(waiting, item)
                    if first.value != piece:
                        contradictions.append((first, item))
                    waiting = ""
                else:
                    titles.append(str(piece))
    return Head(" ".join(titles), items, contradictions)


def _pieces(cell: Cell) -> list[Cell]:
    """Split 「資料期間：114年1月　資料截止日：…」 into labels and values; other cells stay whole."""
    if cell is None:
        return []
    if not isinstance(cell, str):
        return [cell]
    pieces = [_without_half_brackets(piece).strip() for piece in _label_pattern().split(cell)]
    return [piece for piece in pieces if piece]


def _without_half_brackets(piece: str) -> str:
    """Take off what is left of brackets around a label and its value: 「（單位：千元）」."""
    if piece.rstrip().endswith(("(", "（")):
        return piece.rstrip()[:-1]
    closes = piece.rstrip().endswith((")", "）")) and not re.search("[(（]", piece)
    return piece.rstrip()[:-1] if closes else piece


def read_day(value: Cell) -> tuple[date, bool]:
    """Read a date that is a real date cell, in any ROC spelling, or a spreadsheet's number of a day; tell the last.

    ValueError otherwise. No month or day of ours is spelled with a number as large as those of the days since 97年10月.
    """
    if isinstance(value, date):
        return value, False
    if isinstance(value, str) and not _FIVE_DIGITS.fullmatch(value.strip()):
        return roc.parse_date(value), False
    number = int(value) if isinstance(value, int | str) else 0
    if _FIRST_DAY <= number <= _LAST_DAY:
        return _DAY_ZERO + timedelta(days=number), True
    raise ValueError(value)


def amount_units(unit_text: str) -> set[int]:
    """Return how many TWD each printed unit of money stands for; there should be one."""
    parts = [fold(part) for part in re.split("[、，,;；/]", unit_text)]
    return {declared().words.amount_units[part] for part in parts if part in declared().words.amount_units}
