"""With which period a billing period is compared, and as of which day of it."""

from datetime import date

from dashboard.domain import map_words
from dashboard.domain.kinds import Alignment, Compare
from dashboard.domain.periods import BillingPeriod, Month
from dashboard.domain.roc import roc_period
from dashboard.exhibits.exhibit import NotAvailable
from dashboard.exhibits.trend_periods import period_before, year_before

Against = tuple[Compare | BillingPeriod, Alignment]
"""With which period a map compares, by name or as such, and how the days of both relate."""


def base_period(period: BillingPeriod, compare: Compare | BillingPeriod) -> BillingPeriod:
    """Return the period to compare with; NotAvailable where there is none or it is the same."""
    if compare == period:
        raise NotAvailable(map_words.same_period(roc_period(period)))
    if isinstance(compare, BillingPeriod):
        return compare
    found = year_before(period) if compare is Compare.YEAR_BEFORE else period_before(period)
    if not isinstance(found, BillingPeriod):
        raise NotAvailable(map_words.no_base_before(period))
    return found


def days(period: BillingPeriod, as_of: date, base: BillingPeriod, alignment: Alignment) -> tuple[date, date]:
    """Return the first and the last day that the snapshot of the base may have."""
    if alignment is Alignment.SAME_SNAPSHOT:
        return as_of, as_of
    month = Month.of(base.due_on).plus(period.age_months(as_of))
    return month.start_on, month.end_on


def missing(period: BillingPeriod, as_of: date, base: BillingPeriod, alignment: Alignment) -> str:
    """Say why there is no snapshot of the base, and what to choose instead."""
    if alignment is Alignment.SAME_SNAPSHOT:
        return map_words.not_in_snapshot(base, as_of)
    return map_words.no_equal_age(base, period.age_months(as_of))
