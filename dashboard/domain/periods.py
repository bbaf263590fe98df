"""Periods a figure can speak of, as values: mixing a month with a billing period is a type error.

Spelling ROC years is the job of `dashboard.domain.roc`; this module only knows the calendar.
"""

import calendar
import dataclasses
from datetime import date
from typing import ClassVar, Self


@dataclasses.dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1912 <= self.year <= 2200):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def from_iso(cls, text: str) -> Self:
        year, month = text.split("-")
        return cls(int(year), int(month))

    @property
    def iso(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def start_on(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def end_on(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def plus(self, months: int) -> Self:
        index = self.year * 12 + self.month - 1 + months
        return type(self)(index // 12, index % 12 + 1)

    def months_since(self, other: "Month") -> int:
        return (self.year - other.year) * 12 + self.month - other.month


@dataclasses.dataclass(frozen=True, order=True)
class BillingPeriod:
    """The months one bill covers, known by the first of them.

    National Pension Act art. 13 and 13-1: two months are billed together; until 100年11月 periods start in even
    months, 100年12月 was billed alone, from 101年1月 on they start in odd months.
    """

    start: Month

    FIRST: ClassVar[Month] = Month(2008, 10)
    SINGLE: ClassVar[Month] = Month(2011, 12)

    def __post_init__(self) -> None:
        starts_even = self.start < self.SINGLE
        is_start = self.start == self.SINGLE or self.start.month % 2 == (0 if starts_even else 1)
        if self.start < self.FIRST or not is_start:
            raise ValueError(f"no billing period starts in {self.start.iso}")

    @classmethod
    def spanning(cls, start: Month, end: Month) -> Self:
        """Return the period from `start` to `end`; ValueError where the law bills no such months together."""
        period = cls(start)
        if period.end != end:
            raise ValueError(f"no billing period from {start.iso} to {end.iso}")
        return period

    @classmethod
    def from_iso(cls, text: str) -> Self:
        start, end = text.split("/")
        return cls.spanning(Month.from_iso(start), Month.from_iso(end))

    @property
    def end(self) -> Month:
        return self.start if self.start == self.SINGLE else self.start.plus(1)

    @property
    def iso(self) -> str:
        return f"{self.start.iso}/{self.end.iso}"

    @property
    def start_on(self) -> date:
        return self.start.start_on

    @property
    def end_on(self) -> date:
        return self.end.end_on

    @property
    def due_on(self) -> date:
        """Last day to pay: the end of the second month after, of the third for the single month (art. 13, 13-1)."""
        return self.end.plus(3 if self.start == self.SINGLE else 2).end_on

    def age_months(self, as_of: date) -> int:
        """Months since due on a snapshot date; rates of different periods compare only at equal age."""
        return Month.of(as_of).months_since(Month.of(self.due_on))


@dataclasses.dataclass(frozen=True, order=True)
class HalfYear:
    """January to June (1) or July to December (2)."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in {1, 2}:
            raise ValueError(f"no such half year: {self.half}")

    @classmethod
    def from_iso(cls, text: str) -> Self:
        year, half = text.split("-H")
        return cls(int(year), int(half))

    @property
    def iso(self) -> str:
        return f"{self.year:04d}-H{self.half}"

    @property
    def start_on(self) -> date:
        return date(self.year, 6 * self.half - 5, 1)

    @property
    def end_on(self) -> date:
        return Month(self.year, 6 * self.half).end_on


@dataclasses.dataclass(frozen=True, order=True)
class FullYear:
    """A calendar year; for average rates the year whose November they are given in."""

    year: int

    @classmethod
    def from_iso(cls, text: str) -> Self:
        return cls(int(text))

    @property
    def iso(self) -> str:
        return f"{self.year:04d}"

    @property
    def roc(self) -> int:
        return self.year - 1911

    @property
    def start_on(self) -> date:
        return date(self.year, 1, 1)

    @property
    def end_on(self) -> date:
        return date(self.year, 12, 31)


Period = Month | BillingPeriod | HalfYear | FullYear


def period_from_iso(text: str) -> Period:
    """Read any of the four ISO spellings: 2025-03, 2025-03/2025-04, 2025-H1, 2025."""
    if "/" in text:
        return BillingPeriod.from_iso(text)
    if "-H" in text:
        return HalfYear.from_iso(text)
    return Month.from_iso(text) if "-" in text else FullYear.from_iso(text)
