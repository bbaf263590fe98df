"""What a file's name and its titles say of the period, compared with the one inside."""

import re
from datetime import date

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.findings import Finding
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month, Period
from dashboard.readers.blocks import BlockKey
from dashboard.readers.cut_off import spoken_of_until
from dashboard.readers.layout import Layout
from dashboard.readers.stated import Stated

_NOVEMBER = 11  # when average rates are given
DAY = r"(?<!\d)\d{2,4}(?:年\d{1,2}月\d{1,2}日|(?P<mark>[/.])\d{1,2}(?P=mark)\d{1,2}(?!\d))"
PERIODS = re.compile(
    r"(?<!\d)(?:"
    r"(?P<span>\d{2,4}年\d{1,2}月?起?-(?:\d{2,4}年)?\d{1,2}月)"
    r"|(?P<half>\d{2,4}年度?[上下]半年度?)"
    r"|(?P<month>\d{2,4}年\d{1,2}月|(?:\d{3}|20\d{2})\.\d{2}(?![\d.]))"
    r"|(?P<year>\d{2,4}年(?:全年)?度?)"
    r"|(?<!-)(?P<compact>(?:\d{3}|20\d{2})(?:0[1-9]|1[0-2]))(?![\d-])"
    r")"
)
_SPAN_OF_DAYS = re.compile(r"(\d{2,4}年\d{1,2}月)1日-((?:\d{2,4}年)?\d{1,2}月)\d{1,2}日")
_CUT_OFF = re.compile(rf"(?:截-?|截止-?|統計-|資料-)(?P<day>{DAY}|\d{{2,4}}年\d{{1,2}}月底)")
_SENT = r"(?:編製|製表|填報|產製|列印|更正|修正|勘誤|公布|發布|[^\d年月]{0,8}函|送|製)"
_DAY_MADE = re.compile(rf"{DAY}\)?{_SENT}")
_MONTH_SENT = re.compile(r"(?<!\d)\d{2,4}年\d{1,2}月(?:函|送|報送|陳報|發文)")


def name_findings(
    file_name: str, titles: list[str], layout: Layout, keys: list[BlockKey], said: Stated
) -> list[Finding]:
    """Compare the periods in a form's names (of the file, its titles) with its blocks; long files name a span.

    A whole date is when a file was made, sent or corrected: in a file's name always, in a title where it says so.
    """
    if not layout.has_head or not keys:
        return []
    in_name = _disagreement(file_name, re.sub(DAY, " ", _without_days(roc.plain(file_name))), layout, keys, said)
    in_titles = [_disagreement(title, _without_days(roc.plain(title)), layout, keys, said) for title in titles]
    return [finding for finding in (in_name, *in_titles) if finding]


def _without_days(plain: str) -> str:
    """Leave out the days on which something was made or sent, and write 1月1日-6月30日 as 1月-6月."""
    return _MONTH_SENT.sub(" ", _DAY_MADE.sub(" ", _SPAN_OF_DAYS.sub(r"\1-\2", plain)))


def _disagreement(name: str, plain: str, layout: Layout, keys: list[BlockKey], said: Stated) -> Finding | None:
    key, until = keys[0], [_cut_off(one["day"]) for one in _CUT_OFF.finditer(roc.plain(name))]
    is_wrong = any(day and day != key.as_of for day in until)
    rest = _CUT_OFF.sub(" ", plain)
    named = list(PERIODS.finditer(rest))
    is_wrong = is_wrong or any(not _holds(one, rest, layout.kind, key, said) for one in named)
    is_wrong = is_wrong or not _span_agrees([one[0] for one in named if one["span"]], layout.kind, said)
    if not is_wrong:
        return None
    period = roc.roc_period(key.period)
    if said.bounds:
        period = f"{roc.roc_period(said.bounds[0])}至{roc.roc_period(said.bounds[1])}各期"
    elif layout.kind is Kind.AVERAGE_RATE:
        period = f"97年10月至{roc.roc_month(Month.of(spoken_of_until(layout.kind, key.period)))}"
    return Finding(found.PERIOD_IN_NAME, value=name, expected=f"{period}，截至 {roc.roc_date(key.as_of)}")


def _cut_off(text: str) -> date | None:
    try:
        return roc.parse_date(text)
    except ValueError:
        return None


def _holds(named: re.Match[str], text: str, kind: Kind, key: BlockKey, said: Stated) -> bool:
    """Tell whether a period in a name is one the report may be named after, or none at all."""
    try:
        return _agrees(named, text, kind, key, said)
    except ValueError:
        return True


def _agrees(named: re.Match[str], text: str, kind: Kind, key: BlockKey, said: Stated) -> bool:
    """Tell whether one period in a name is one the report may be named after; ValueError where it is none."""
    if named["span"] and kind is Kind.PAYMENT_RATE:
        return True  # all spans together are looked at
    if named["span"] and kind not in {Kind.VISITS, Kind.UNPAID_REASONS}:
        whole = (BillingPeriod.FIRST, Month.of(spoken_of_until(kind, key.period)))
        return kind is Kind.AVERAGE_RATE and roc.parse_months(named[0]) == whole
    if named["month"] or named["compact"]:
        months = {Month.of(key.as_of)} if _is_cut_off(named, text) else _months(kind, key, said.issued_on)
        return roc.parse_month(named[0]) in months
    period = roc.parse_half_or_full_year(named[0])
    if kind not in {Kind.VISITS, Kind.UNPAID_REASONS, Kind.AVERAGE_RATE}:
        return True
    # 「115年度」 is the year of the work, and its first half is reported under it.
    is_year_of_half = re.fullmatch(r"\d+年度", named[0]) is not None and isinstance(key.period, HalfYear)
    return period == key.period or (is_year_of_half and period == FullYear(key.period.end_on.year))


def _is_cut_off(named: re.Match[str], text: str) -> bool:
    return text[: named.start()].endswith(("截-", "截止", "截止-", "截"))


def _span_agrees(spans: list[str], kind: Kind, said: Stated) -> bool:
    """Tell whether the billing periods a name speaks of end with the last announced one; a single one is that."""
    if kind is not Kind.PAYMENT_RATE or not said.bounds or not spans:
        return True
    try:
        months = [month for span in spans for month in roc.parse_months(span)]
    except ValueError:
        return True
    first, last = said.bounds
    begins = min(months) == first.start or min(months) == last.start
    return begins and max(months) == last.end


def _months(kind: Kind, key: BlockKey, issued_on: date | None) -> set[Period]:
    """Return the months a report may be named after: its own, its cut-off's, or that of its issue."""
    as_of = Month.of(key.as_of)
    issued: set[Period] = {Month.of(issued_on)} if issued_on else set()
    match kind:
        case Kind.PAYMENT_RATE:
            return {as_of, *issued}
        case Kind.AVERAGE_RATE:
            return {as_of, Month(key.period.end_on.year, _NOVEMBER), *issued}
    return {key.period}
