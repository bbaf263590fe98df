"""Days of the years 1 to 300: LibreOffice makes 31 October AD 115 of a typed 115年10月31日.

Before 1582 LibreOffice shows days by the Julian calendar, but stores them by the Gregorian one, carried back: what was
typed, and is shown, as 31 October 115 is stored as 30 October. Other programs store what they were given.
"""

import re
import unicodedata
from datetime import date

from dashboard.domain.findings import DATE_OF_OLD
from dashboard.readers.grid import Broken, Cell

_LAST_YEAR = 300  # of the years that may be ROC years
_ZERO = 1721425  # the Julian day before 1 January of year 1
_TYPED = 1911


class RocDay(date):
    """A day typed with its ROC year, of which a spreadsheet made a day of antiquity."""

    __slots__ = ()


def day_cell(stored: date, shown: str | None, *, is_julian: bool = False) -> Cell:
    """Return a date cell; one of the years 1 to 300 as the ROC day that the sheet shows, refused where that is unclear.

    `shown`: the text of the cell, if the file has it. `is_julian`: whether the program that wrote a file without
    such texts is one that shows days of old by the Julian calendar.
    """
    if stored.year > _LAST_YEAR:
        return stored
    julian, gregorian = _julian(stored), (stored.year, stored.month, stored.day)
    if shown is None:
        return _roc_day(*julian) if is_julian else _unclear(stored)
    for typed in (julian, gregorian):
        if _shows(shown, typed):
            return _roc_day(*typed)
    return _unclear(stored)


def is_of_old(cell: Cell) -> bool:
    """Tell whether a cell was refused as such a day."""
    return isinstance(cell, Broken) and cell.kind is DATE_OF_OLD


def _unclear(stored: date) -> Cell:
    return Broken(DATE_OF_OLD, f"西元{stored.year}年{stored.month}月{stored.day}日")


def _roc_day(year: int, month: int, day: int) -> Cell:
    try:
        return RocDay(year + _TYPED, month, day)
    except ValueError:  # 29 February of a year that is leap in the one calendar only
        return Broken(DATE_OF_OLD, f"西元{year}年{month}月{day}日")


def _shows(text: str, day: tuple[int, int, int]) -> bool:
    """Tell whether a text names a day, in whatever order, its year in full or by two digits."""
    numbers = sorted(int(digits) for digits in re.findall(r"\d+", unicodedata.normalize("NFKC", text)))
    year, month, number = day
    return numbers in (sorted([year, month, number]), sorted([year % 100, month, number]))


def _julian(day: date) -> tuple[int, int, int]:
    """Return year, month and day of the Julian calendar (Richards, Explanatory Supplement, 15.11)."""
    after = day.toordinal() + _ZERO + 32082
    years = (4 * after + 3) // 1461
    days = after - 1461 * years // 4
    months = (5 * days + 2) // 153
    return years - 4800 + months // 10, months + 3 - 12 * (months // 10), days - (153 * months + 2) // 5 + 1
