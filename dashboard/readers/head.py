"""The lines above a table: title, period, cut-off date, unit, date of issue."""

import dataclasses
import functools
import re
from datetime import date, timedelta

from dashboard.domain import roc
from dashboard.domain.counties import fold
from dashboard.domain.periods import BillingPeriod
from dashboard.readers.grid import Cell, Sheet, reference
from dashboard.readers.layout import declared

_DAY_ZERO = date(1899, 12, 30)  # from which spreadsheets count
_FIRST_DAY, _LAST_DAY = ((day - _DAY_ZERO).days for day in (date(2008, 10, 1), date(2099, 12, 31)))
_FIVE_DIGITS = re.compile(r"\d{5}")
_UNTIL = re.compile(r"(?:統計|資料)?(?:截-?|截止-?|-)(?P<day>.*?(?:日|底))(?:為?止)?")
_MADE = re.compile(r"(?P<day>\d{2,4}年\d{1,2}月\d{1,2}日)(?:編製|製表|填報|製)")
_ALONE = re.compile(r"\d{2,4}年(?:\d{1,2}月|度?[上下]半年度?)")
_PASSED_OVER = "other"
_LONGEST = 200  # letters of a line that labels something


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
    """What stands above the table; `items` is keyed period, as_of, unit, issued, printed as far as they are given.

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
    """Read labels and values in any arrangement: one line, pairs of cells, or several rows.

    What says without a label until when it counts, when it was made or of which month it is, is read where no label
    says so; it stays part of the title.
    """
    titles: list[str] = []
    unlabelled: list[tuple[str, HeadItem]] = []
    items = _Items()
    waiting = ""
    for row, cells in enumerate(sheet.rows[:header_row]):
        # Whose telephone is left open is not said by the next row.
        waiting = "" if waiting == _PASSED_OVER else waiting
        for column, cell in enumerate(cells):
            for piece in _pieces(cell):
                label = _item_of_label().get(fold(piece)) if isinstance(piece, str) else None
                if label:
                    waiting = label
                elif waiting:
                    items.add(waiting, HeadItem(piece, reference(row, column)))
                    waiting = ""
                else:
                    titles.append(str(piece))
                    unlabelled += _without_label(piece, reference(row, column))
    labelled = set(items.found)
    for item, said in unlabelled:
        if item not in labelled:
            items.add(item, said)
    return Head(" ".join(titles), items.found, items.contradictions)


class _Items:
    """The items of a head as they are found, and which of them say something else than before."""

    def __init__(self) -> None:
        self.found: dict[str, HeadItem] = {}
        self.contradictions: list[tuple[HeadItem, HeadItem]] = []

    def add(self, name: str, item: HeadItem) -> None:
        if name == _PASSED_OVER:
            return
        first = self.found.setdefault(name, item)
        if first.value != item.value:
            self.contradictions.append((first, item))


def _without_label(piece: Cell, cell: str) -> list[tuple[str, HeadItem]]:
    """Return what a line says that is nothing but a day or a month: 「統計至…止」, 「…編製」, 「中華民國115年10月」."""
    if not isinstance(piece, str):
        return []
    text = roc.plain(piece).strip("()")
    if until := _UNTIL.fullmatch(text):
        return _dated("as_of", until["day"], cell)
    if made := _MADE.fullmatch(text):
        return _dated("issued", made["day"], cell)
    return [("period", HeadItem(text, cell))] if _ALONE.fullmatch(text) else []


def _dated(item: str, day: str, cell: str) -> list[tuple[str, HeadItem]]:
    try:
        roc.parse_date(day)
    except ValueError:
        return []
    return [(item, HeadItem(day, cell))]


def label_and_value(cells: list[Cell], item: str) -> tuple[int, Cell] | None:
    """Return what a row says of an item behind its label, and in which column: 「製表日期：115年11月12日」."""
    waiting = False
    for column, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) > _LONGEST:
            continue
        for piece in _pieces(cell):
            if waiting:
                return column, piece
            waiting = isinstance(piece, str) and _item_of_label().get(fold(piece)) == item
    return None


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
        if value < BillingPeriod.FIRST.start_on:
            raise ValueError(value)
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
