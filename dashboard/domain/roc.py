"""ROC years, parsed and printed: the only module that knows how 民國 dates are spelled.

Parsers take any spelling found in official tables (full-width digits, stray blanks, 民國, slashes, dots) and
return a value; they raise ValueError, never guess. Four-digit years are Gregorian, shorter ones ROC.
"""

import re
from datetime import date

from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month, Period
from dashboard.domain.roc_spellings import bare, bare_span, folded, plain

__all__ = [
    "bare_span",
    "folded",
    "gregorian",
    "parse_billing_period",
    "parse_date",
    "parse_half_or_full_year",
    "parse_month",
    "parse_months",
    "period_code",
    "plain",
    "roc_date",
    "roc_month",
    "roc_period",
    "roc_year",
    "stated_date",
]

_YEAR = r"(\d{2,4})"
_MONTH_END = re.compile(rf"{_YEAR}年(\d{{1,2}})月底")
_DATE = re.compile(rf"{_YEAR}(?:年(\d{{1,2}})月(\d{{1,2}})日|([/.\-])(\d{{1,2}})\4(\d{{1,2}}))")
_MONTH = re.compile(rf"{_YEAR}(?:年(\d{{1,2}})月|[/.](\d{{1,2}}))")
_COMPACT_MONTH = re.compile(r"(\d{4}|\d{2,3})(\d{2})")
_BILLING = re.compile(rf"{_YEAR}年(\d{{1,2}})月?(?:[-、及](?:{_YEAR}年)?(\d{{1,2}})月)?")
_BILLING_IN_DIGITS = re.compile(rf"{_YEAR}/(\d{{1,2}})-(?:{_YEAR}/)?(\d{{1,2}})")
_SPAN = re.compile(rf"{_YEAR}年(\d{{1,2}})月?起?-(?:{_YEAR}年)?(\d{{1,2}})月")
_DAYS = re.compile(
    rf"{_YEAR}[年/.](\d{{1,2}})[月/.](\d{{1,2}})日?起?-(?:{_YEAR}[年/.])?(\d{{1,2}})[月/.](\d{{1,2}})日?"
)
_HALF = re.compile(rf"{_YEAR}年度?([上下])半年度?(?:\(.*\))?")
_FULL = re.compile(rf"{_YEAR}年(?:全年)?度?")


def gregorian(year: str | int) -> int:
    found = int(year) if len(str(year)) == 4 else int(year) + 1911
    if not 1912 <= found <= 2200:
        raise ValueError(f"no such year: {year}")
    return found


def parse_date(text: str) -> date:
    """Read 114年1月31日, 114/01/31, 114.1.31, 民國114年1月31日, 截至114年1月31日止 or 114年6月底; no time of day."""
    written = bare(text)
    if end := _MONTH_END.fullmatch(written):
        return Month(gregorian(end[1]), int(end[2])).end_on
    found = _DATE.fullmatch(written)
    if not found:
        raise ValueError(text)
    return date(gregorian(found[1]), int(found[2] or found[5]), int(found[3] or found[6]))


def parse_month(text: str) -> Month:
    """Read 114年1月, 114年6月份, 114/02, 114.12, 11404, 202504 or 114年1月1日至1月31日."""
    written = plain(text)
    found = _MONTH.fullmatch(written)
    if found:
        return Month(gregorian(found[1]), int(found[2] or found[3]))
    compact = _COMPACT_MONTH.fullmatch(written)
    if compact:
        return Month(gregorian(compact[1]), int(compact[2]))
    months = _whole_months(bare_span(text))
    if months is None or months[0] != months[1]:
        raise ValueError(text)
    return months[0]


def _whole_months(written: str) -> tuple[Month, Month] | None:
    """Read 114年1月1日-6月30日 as its months; None where it is no span of days, or not one of whole months."""
    found = _DAYS.fullmatch(written)
    if not found:
        return None
    first = Month(gregorian(found[1]), int(found[2]))
    last = Month(gregorian(found[4] or found[1]), int(found[5]))
    return (first, last) if (int(found[3]), int(found[6])) == (1, last.end_on.day) else None


def parse_billing_period(text: str) -> BillingPeriod:
    """Read 113年1-2月, 113年01月-02月, 113年1、2月, 113/1-2, 98年12月-99年1月 or the single 100年12月."""
    written = plain(text)
    found = _BILLING.fullmatch(written) or _BILLING_IN_DIGITS.fullmatch(written)
    if not found:
        raise ValueError(text)
    start = Month(gregorian(found[1]), int(found[2]))
    if not found[4]:
        return BillingPeriod.spanning(start, start)
    return BillingPeriod.spanning(start, Month(gregorian(found[3] or found[1]), int(found[4])))


def parse_months(text: str) -> tuple[Month, Month]:
    """Read a span of months, such as 97年10月至113年6月, 109年1-6月 or 109年1月1日至6月30日: first and last."""
    written = bare_span(text)
    if months := _whole_months(written):
        return months
    found = _SPAN.fullmatch(written)
    if not found:
        raise ValueError(text)
    return Month(gregorian(found[1]), int(found[2])), Month(gregorian(found[3] or found[1]), int(found[4]))


def parse_half_or_full_year(text: str) -> HalfYear | FullYear:
    """Read 113年上半年, 113年度上半年, 109年1月至6月, 113年, 113年全年度 or 109年1月至12月."""
    written = plain(text)
    if half := _HALF.fullmatch(written):
        return HalfYear(gregorian(half[1]), "上下".index(half[2]) + 1)
    if full := _FULL.fullmatch(written):
        return FullYear(gregorian(full[1]))
    first, last = parse_months(text)
    spans: dict[tuple[int, int], HalfYear | FullYear] = {
        (1, 6): HalfYear(first.year, 1),
        (7, 12): HalfYear(first.year, 2),
        (1, 12): FullYear(first.year),
    }
    if first.year != last.year or (first.month, last.month) not in spans:
        raise ValueError(text)
    return spans[first.month, last.month]


def stated_date(text: str) -> date:
    """Read a date a person gives on the command line or in a manifest, ROC or ISO; DashboardError says how to write."""
    try:
        return parse_date(text)
    except ValueError:
        raise DashboardError(f"日期「{text}」無法判讀，請寫成 114年1月31日、114/1/31 或 2025-01-31。") from None


def roc_year(year: int) -> str:
    return f"{year - 1911}年"


def roc_date(day: date) -> str:
    return f"{day.year - 1911}年{day.month}月{day.day}日"


def roc_month(month: Month) -> str:
    return f"{month.year - 1911}年{month.month}月"


def roc_period(period: Period) -> str:
    """Print a period the way official tables do: 113年6月, 113年1-2月, 113年上半年, 113年."""
    match period:
        case Month():
            return roc_month(period)
        case BillingPeriod(start=start) if period.end == start:
            return roc_month(start)
        case BillingPeriod(start=start) if period.end.year == start.year:
            return f"{start.year - 1911}年{start.month}-{period.end.month}月"
        case BillingPeriod(start=start):
            return f"{roc_month(start)}-{roc_month(period.end)}"
        case HalfYear(year=year, half=half):
            return f"{roc_year(year)}{'上下'[half - 1]}半年"
        case FullYear(year=year):
            return roc_year(year)


def period_code(period: Period) -> str:
    """Write a period as an address has it: 113, 113H1, 2024-06, 2024-11_2024-12; years as readers count them."""
    match period:
        case FullYear():
            return str(period.roc)
        case HalfYear(year=year, half=half):
            return f"{year - 1911}H{half}"
        case _:
            return period.iso.replace("/", "_")
