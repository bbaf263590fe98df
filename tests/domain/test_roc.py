"""Dates and periods as official tables spell them, read and printed."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain import roc
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
days = st.dates(min_value=date(1921, 1, 1), max_value=date(2200, 12, 31))
years = st.integers(min_value=1921, max_value=2200)
months = st.builds(Month, years, st.integers(min_value=1, max_value=12))
billing_starts = st.integers(min_value=0, max_value=600)

SPELLINGS: list[Callable[[int, int, int], str]] = [
    lambda y, m, d: f"{y}年{m}月{d}日",
    lambda y, m, d: f"{y}年{m:02d}月{d:02d}日",
    lambda y, m, d: f"{y}/{m:02d}/{d:02d}",
    lambda y, m, d: f"{y}.{m}.{d}",
    lambda y, m, d: f"{y}-{m}-{d}",
    lambda y, m, d: f"民國{y}年{m}月{d}日",
    lambda y, m, d: f"中華民國 {y} 年 {m} 月 {d} 日",
    lambda y, m, d: f"{y}年{m}月{d}日".translate(FULL_WIDTH),
    lambda y, m, d: f"{y + 1911}/{m}/{d}",
    lambda y, m, d: f"　{y}年 {m}月{d}日 ",
]


def billing_period(index: int) -> BillingPeriod:
    """Return a billing period counted from the first one."""
    period = BillingPeriod(BillingPeriod.FIRST)
    for _ in range(index):
        period = BillingPeriod(period.end.plus(1))
    return period


@given(days, st.sampled_from(SPELLINGS))
def test_a_date_reads_back_from_any_spelling(day: date, spelled: Callable[[int, int, int], str]) -> None:
    assert roc.parse_date(spelled(day.year - 1911, day.month, day.day)) == day


@given(days)
def test_a_printed_date_reads_back(day: date) -> None:
    assert roc.parse_date(roc.roc_date(day)) == day


@given(months)
def test_the_end_of_a_month_is_a_date(month: Month) -> None:
    assert roc.parse_date(f"{roc.roc_month(month)}底") == month.end_on


@given(months)
def test_a_month_reads_back_from_any_spelling(month: Month) -> None:
    year = month.year - 1911
    spellings = [
        roc.roc_period(month),
        f"{year}/{month.month:02d}",
        f"{year}.{month.month}",
        f"民國{year}年{month.month}月份",
    ]
    assert {roc.parse_month(text) for text in (*spellings, f"{year}{month.month:02d}")} == {month}


@given(billing_starts)
def test_a_billing_period_reads_back(index: int) -> None:
    period = billing_period(index)
    assert roc.parse_billing_period(roc.roc_period(period)) == period
    both = f"{roc.roc_month(period.start)}-{roc.roc_month(period.end)}"
    if period.start != period.end:
        assert roc.parse_billing_period(both) == period


@given(years, st.sampled_from([1, 2]))
def test_half_years_and_years_read_back(year: int, half: int) -> None:
    assert roc.parse_half_or_full_year(roc.roc_period(HalfYear(year, half))) == HalfYear(year, half)
    assert roc.parse_half_or_full_year(roc.roc_period(FullYear(year))) == FullYear(year)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("113年上半年", HalfYear(2024, 1)),
        ("113年下半年(7-12月)", HalfYear(2024, 2)),
        ("109年1月至6月", HalfYear(2020, 1)),
        ("109年7月～12月", HalfYear(2020, 2)),
        ("113年", FullYear(2024)),
        ("113年度", FullYear(2024)),
        ("113年全年度", FullYear(2024)),
        ("109年1月至12月", FullYear(2020)),
    ],
)
def test_half_and_full_years_are_spelled_in_many_ways(text: str, period: HalfYear | FullYear) -> None:
    assert roc.parse_half_or_full_year(text) == period


def test_a_span_of_months_has_a_first_and_a_last() -> None:
    assert roc.parse_months("97年10月至113年6月") == (Month(2008, 10), Month(2024, 6))
    assert roc.parse_months("109年1月–6月") == (Month(2020, 1), Month(2020, 6))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("113年1-2月", BillingPeriod(Month(2024, 1))),
        ("113年01月-02月", BillingPeriod(Month(2024, 1))),
        ("98年12月-99年1月", BillingPeriod(Month(2009, 12))),
        ("１１３年１─２月", BillingPeriod(Month(2024, 1))),
        ("100年12月", BillingPeriod(Month(2011, 12))),
    ],
)
def test_billing_periods_are_spelled_in_many_ways(text: str, period: BillingPeriod) -> None:
    assert roc.parse_billing_period(text) == period


@pytest.mark.parametrize(
    "text", ["113年2-3月", "113年1-3月", "113年1月", "100年12月-101年1月", "97年8-9月", "113年12月-1月"]
)
def test_months_that_are_not_billed_together_are_no_billing_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        roc.parse_billing_period(text)


@pytest.mark.parametrize(
    "text", ["", "114年2月30日", "114/1", "1140131", "1月31日", "114/1.31", "0113/01/01", "9999/1/1", "114年1月31日起"]
)
def test_what_is_no_date_is_never_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r"year|month|day|年|^[^a-z]*$"):
        roc.parse_date(text)


@given(st.text(max_size=10))
def test_any_other_text_raises_nothing_but_a_value_error(text: str) -> None:
    for parse in (
        roc.parse_date,
        roc.parse_month,
        roc.parse_billing_period,
        roc.parse_months,
        roc.parse_half_or_full_year,
    ):
        try:
            parse(text)
        except ValueError:
            continue


@pytest.mark.parametrize("text", ["112/12/20", "112年12月20日", "2023-12-20", "民國112年12月20日"])
def test_a_person_may_state_a_date_in_roc_or_iso(text: str) -> None:
    assert roc.stated_date(text) == date(2023, 12, 20)


def test_a_date_that_is_none_says_how_to_write_it() -> None:
    with pytest.raises(DashboardError, match="2025-01-31"):
        roc.stated_date("去年底")
