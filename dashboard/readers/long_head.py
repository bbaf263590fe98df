"""What stands above a long file, whose rows say day and period themselves: it must be what they say."""

from collections.abc import Iterator
from datetime import date

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.findings import Finding
from dashboard.domain.periods import Period
from dashboard.readers.grid import shown
from dashboard.readers.head import HeadItem, read_day
from dashboard.readers.layout import Layout
from dashboard.readers.sheets import SheetReading
from dashboard.readers.stated import parse_period, parse_range


def long_head_findings(readings: list[SheetReading]) -> Iterator[Finding]:
    """Yield where the head of a long file states a cut-off or a period that its rows do not have."""
    for reading in readings:
        if reading.layout.has_head or not reading.blocks:
            continue
        days = sorted({key.as_of for key in reading.blocks})
        periods = sorted({key.period for key in reading.blocks}, key=lambda period: period.end_on)
        if item := reading.head.items.get("as_of"):
            yield from _of_day(item, days, reading.name)
        if item := reading.head.items.get("period"):
            yield from _of_period(item, periods, reading)


def _of_day(item: HeadItem, days: list[date], sheet: str) -> Iterator[Finding]:
    try:
        said, _ = read_day(item.value)
    except ValueError:
        yield Finding(found.PERIOD_UNREADABLE, sheet, item.cell, shown(item.value), "資料截止日")
        return
    if said != days[-1]:
        expected = f"與各列最後的資料截止日（{roc.roc_date(days[-1])}）相同"
        yield Finding(found.HEAD_DISAGREES, sheet, item.cell, shown(item.value), expected)


def _of_period(item: HeadItem, periods: list[Period], reading: SheetReading) -> Iterator[Finding]:
    try:
        said = _span(item.text, reading.layout)
    except ValueError:
        yield Finding(found.PERIOD_UNREADABLE, reading.name, item.cell, shown(item.value), "資料期間")
        return
    if said != (periods[0], periods[-1]):
        own = "至".join(dict.fromkeys((roc.roc_period(periods[0]), roc.roc_period(periods[-1]))))
        expected = f"與各列的期間（{own}）相同"
        yield Finding(found.HEAD_DISAGREES, reading.name, item.cell, shown(item.value), expected)


def _span(text: str, layout: Layout) -> tuple[Period, Period]:
    """Read the first and last period that a line announces, which may be one; ValueError where it announces none."""
    try:
        only = parse_period(text, layout.period)
    except ValueError:
        return parse_range(text) if layout.period == "billing_period" else roc.parse_months(text)
    return only, only
