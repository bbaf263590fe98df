"""On which days offices are open: the library's holidays of Taiwan, under a dated file of our own exceptions."""

import functools
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from dashboard.domain import duty_words
from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import HOUSE
from dashboard.rules.part import Part, Text

if TYPE_CHECKING:
    from holidays import HolidayBase

EXCEPTIONS = HOUSE / "data/reference/holidays.toml"


class _Day(Part):
    """One day on which the library is wrong."""

    day: date
    name: Text
    source: Text


class _Exceptions(Part):
    """The file as a whole; `checked_on` is the day it was last compared with the published calendars."""

    checked_on: date
    closed: tuple[_Day, ...] = ()
    open: tuple[_Day, ...] = ()


class WorkingDays:
    """The days on which offices of the whole country work."""

    def __init__(self, closed: Mapping[date, str], opened: Mapping[date, str]) -> None:
        self._closed, self._open = closed, opened

    def closure(self, day: date) -> str:
        """Say in a word why offices are closed on a day: the holiday's name, or the day of the week; "" if open."""
        if day in self._open:
            return ""
        if name := self._closed.get(day, ""):
            return name
        library = _library()
        if library.is_working_day(day):
            return ""
        return str(library.get(day, "")) or duty_words.WEEKEND[day.weekday()]

    def next_open(self, day: date) -> date:
        """Return the day itself, or the first one after it on which offices are open."""
        while self.closure(day):
            day += timedelta(days=1)
        return day


@functools.cache
def working_days(path: Path = EXCEPTIONS) -> WorkingDays:
    """Read the exceptions; DashboardError names what is wrong with the file."""
    try:
        read = _Exceptions.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        places = [".".join(map(str, one["loc"])) for one in error.errors()]
        raise DashboardError(duty_words.invalid_holidays(path.name, places)) from None
    except (OSError, ValueError):
        raise DashboardError(duty_words.invalid_holidays(path.name, [])) from None
    return WorkingDays({one.day: one.name for one in read.closed}, {one.day: one.name for one in read.open})


@functools.cache
def _library() -> "HolidayBase":
    """Return the holidays of Taiwan; the library works each year out when it is first asked of, and keeps it."""
    import holidays  # noqa: PLC0415 - a fifth of a second that only pages with deadlines need pay

    return holidays.country_holidays("TW", language="zh_TW")
