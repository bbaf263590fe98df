"""Which periods a trend shows, and as of when: a window that ends with the newest report, without holes."""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.domain.display import display
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month, Period

MOST_YEARS = 10
"""After ten years arrears lapse: what lies further back does not change any more, and a page costs the same as ever."""


@dataclasses.dataclass(frozen=True)
class Moment:
    """A period as one report shows it; `as_of` None where none does. `age`: months since due, of billing periods."""

    period: Period
    as_of: date | None

    @functools.cached_property
    def age(self) -> int | None:
        if self.as_of is None or not isinstance(self.period, BillingPeriod):
            return None
        return self.period.age_months(self.as_of)

    @property
    def is_immature(self) -> bool:
        return self.age is not None and self.age < display().immature.months


def billing_window(newest: BillingPeriod, as_of: date, years: int) -> tuple[BillingPeriod, ...]:
    """Return the periods up to the newest, oldest first, that fell due less than so many years before `as_of`."""
    found = [newest]
    while (before := period_before(found[-1])) and before.age_months(as_of) < 12 * years:
        found.append(before)
    return tuple(reversed(found))


def period_before(period: BillingPeriod) -> BillingPeriod | None:
    """Return the period billed just before; None before the first."""
    month = period.start.plus(-1)
    start = month if month == BillingPeriod.SINGLE else period.start.plus(-2)
    return None if start < BillingPeriod.FIRST else BillingPeriod(start)


def months_window(newest: Month, years: int) -> tuple[Month, ...]:
    return tuple(newest.plus(back) for back in range(1 - 12 * years, 1))


def years_window(newest: FullYear | HalfYear, years: int) -> tuple[FullYear | HalfYear, ...]:
    return tuple(dataclasses.replace(newest, year=newest.year - back) for back in range(years - 1, -1, -1))


def year_before(period: Period) -> Period | None:
    """Return the same period of the year before; None where bills then covered other months."""
    match period:
        case BillingPeriod(start=start):
            try:
                return BillingPeriod.spanning(start.plus(-12), period.end.plus(-12))
            except ValueError:
                return None
        case Month():
            return period.plus(-12)
        case _:
            return dataclasses.replace(period, year=period.year - 1)


def as_ofs(
    snapshots: Mapping[BillingPeriod, Sequence[date]], periods: Sequence[BillingPeriod], age: int | None
) -> tuple[Moment, ...]:
    """Take each period as of the newest snapshot that shows it, or of the one at exactly `age` months since due."""
    return tuple(Moment(period, _day(period, snapshots.get(period, ()), age)) for period in periods)


def _day(period: BillingPeriod, days: Sequence[date], age: int | None) -> date | None:
    fitting = [day for day in days if age is None or period.age_months(day) == age]
    return max(fitting, default=None)
