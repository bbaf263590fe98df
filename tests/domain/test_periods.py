"""The calendar of the insurance: months, bills, halves and years."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.periods import (
    BillingPeriod,
    FullYear,
    HalfYear,
    Month,
    Period,
    period_from_iso,
)
from dashboard.domain.settings import HOUSE

periods = st.sampled_from(
    [Month(2025, 3), BillingPeriod(Month(2025, 3)), BillingPeriod(Month(2011, 12)), HalfYear(2025, 1), FullYear(2025)]
)


def test_bills_follow_the_calendar_of_the_law() -> None:
    with (HOUSE / "data/reference/billing_calendar.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    period = BillingPeriod(BillingPeriod.FIRST)
    for row in rows:
        assert (period.start.iso, period.end.iso) == (row["from_month"], row["to_month"])
        assert period.due_on == date.fromisoformat(row["due_on"])
        period = BillingPeriod(period.end.plus(1))
    assert len(rows) > 100


@pytest.mark.parametrize("start", [Month(2008, 8), Month(2008, 11), Month(2012, 2), Month(2024, 2)])
def test_no_bill_starts_in_another_month(start: Month) -> None:
    with pytest.raises(ValueError, match="no billing period"):
        BillingPeriod(start)


@given(periods)
def test_a_period_reads_back_from_its_iso_spelling(period: Period) -> None:
    assert period_from_iso(period.iso) == period
    assert period.start_on < period.end_on


def test_the_age_of_a_bill_counts_from_the_day_it_was_due() -> None:
    period = BillingPeriod(Month(2024, 1))
    assert period.due_on == date(2024, 4, 30)
    assert [period.age_months(day) for day in (date(2024, 3, 31), date(2024, 4, 30), date(2025, 4, 1))] == [-1, 0, 12]


def test_a_month_of_december_is_followed_by_january() -> None:
    assert Month(2024, 12).plus(1) == Month(2025, 1)
    assert Month(2025, 1).plus(-1) == Month(2024, 12)
    assert Month(2025, 1).months_since(Month(2024, 11)) == 2


def test_february_ends_on_the_29th_in_leap_years() -> None:
    assert Month(2024, 2).end_on == date(2024, 2, 29)


@pytest.mark.parametrize(("year", "month"), [(2024, 0), (2024, 13), (113, 1)])
def test_there_is_no_such_month(year: int, month: int) -> None:
    with pytest.raises(ValueError, match="no such month"):
        Month(year, month)


def test_there_is_no_third_half_year() -> None:
    with pytest.raises(ValueError, match="no such half year"):
        HalfYear(2024, 3)
