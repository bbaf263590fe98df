"""Until when a report speaks of, and on which days it may have been cut off."""

from datetime import date

from dashboard.domain.bounds import bounds
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear, Month, Period


def spoken_of_until(kind: Kind, period: Period) -> date:
    """Return the last day a report speaks of; an average rate speaks of the months to June, its year is not over."""
    if kind is Kind.AVERAGE_RATE and isinstance(period, FullYear):
        return Month(period.year, 6).end_on
    return period.end_on


def latest_cut_off(kind: Kind, period: Period) -> date | None:
    """Return the last day a report of a period may be cut off on; None where one goes on being reported for years.

    A month's collection is that of the month alone. An average rate is given in November of its own year. Visits and
    reasons of the half year or year are settled within the months that data/receiving.toml allows.
    """
    match kind:
        case Kind.PAYMENT_RATE:
            return None
        case Kind.VISITS | Kind.UNPAID_REASONS:
            return Month.of(period.end_on).plus(bounds().cut_off.months).end_on
    return period.end_on
