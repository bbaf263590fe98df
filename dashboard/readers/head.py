"""The lines above a table: title, period, cut-off date, unit, date of issue."""

import dataclasses
import functools
import re
from datetime import date

from dashboard.domain import roc
from dashboard.domain.counties import fold
from dashboard.readers.grid import Cell, Sheet, reference
from dashboard.readers.layout import declared


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
    return re.compile(rf"(?:^|(?<=\s))({'|'.join(map(re.escape, words))})\s*(?:[:：]|$)")


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
    return [piece.strip() for piece in _label_pattern().split(cell) if piece.strip()]


def read_day(value: Cell) -> date:
    """Read a date that is a real date cell or written in any ROC spelling; ValueError otherwise."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return roc.parse_date(value)
    raise ValueError(value)


def amount_unit(unit_text: str) -> int | None:
    """Return how many TWD the printed unit stands for; None where no unit of money is named."""
    parts = [fold(part) for part in re.split("[、，,;；/]", unit_text)]
    units = {declared().words.amount_units[part] for part in parts if part in declared().words.amount_units}
    return units.pop() if len(units) == 1 else None
