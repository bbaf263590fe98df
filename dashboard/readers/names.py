"""What a file's name says: the period it claims, compared with the one inside."""

import re
from datetime import date

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.findings import Finding
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear, Month, Period
from dashboard.readers.blocks import BlockKey
from dashboard.readers.layout import Layout

_NOVEMBER = 11  # when average rates are given
PERIODS = re.compile(
    r"(?<!\d)(?:"
    r"(?P<span>\d{2,4}年\d{1,2}月?-(?:\d{2,4}年)?\d{1,2}月)"
    r"|(?P<half>\d{2,4}年[上下]半年)"
    r"|(?P<month>\d{2,4}年\d{1,2}月|(?:\d{3}|20\d{2})\.\d{2}(?![\d.]))"
    r"|(?P<year>\d{2,4}年(?:全年)?度?)"
    r"|(?<!-)(?P<compact>(?:\d{3}|20\d{2})(?:0[1-9]|1[0-2]))(?![\d-])"
    r")"
)


def name_findings(names: list[str], layout: Layout, key: BlockKey | None, issued_on: date | None) -> list[Finding]:
    """Compare the periods in a form's names (of the file, its titles) with a block; long files name a span."""
    if not layout.has_head or key is None:
        return []
    return [finding for name in names for finding in _disagreement(name, layout, key, issued_on)]


def _disagreement(name: str, layout: Layout, key: BlockKey, issued_on: date | None) -> list[Finding]:
    for named in PERIODS.finditer(roc.plain(name)):
        try:
            agrees = _agrees(named, layout.kind, key, issued_on)
        except ValueError:
            continue
        if not agrees:
            inside = f"{roc.roc_period(key.period)}，截至 {roc.roc_date(key.as_of)}"
            return [Finding(found.PERIOD_IN_NAME, value=name, expected=inside)]
    return []


def _agrees(named: re.Match[str], kind: Kind, key: BlockKey, issued_on: date | None) -> bool:
    """Tell whether one period in a name is one the report may be named after; ValueError where it is none."""
    if named["span"] and kind is Kind.AVERAGE_RATE:
        return FullYear(roc.parse_months(named[0])[1].year) == key.period
    if named["span"] and kind not in {Kind.VISITS, Kind.UNPAID_REASONS}:
        return True
    if named["month"] or named["compact"]:
        return roc.parse_month(named[0]) in _months(kind, key, issued_on)
    period = roc.parse_half_or_full_year(named[0])
    return kind not in {Kind.VISITS, Kind.UNPAID_REASONS, Kind.AVERAGE_RATE} or period == key.period


def _months(kind: Kind, key: BlockKey, issued_on: date | None) -> set[Period]:
    """Return the months a report may be named after: its own, its cut-off's, or that of its issue."""
    as_of = Month.of(key.as_of)
    match kind:
        case Kind.PAYMENT_RATE:
            return {as_of}
        case Kind.AVERAGE_RATE:
            return {as_of, Month(key.period.end_on.year, _NOVEMBER), *([Month.of(issued_on)] if issued_on else [])}
    return {key.period}
