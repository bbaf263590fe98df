"""What the head of a sheet states about all its cells, under the sheet's layout."""

import dataclasses
import functools
import re
from datetime import date
from decimal import Decimal

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.counties import fold
from dashboard.domain.kinds import Population
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month, Period
from dashboard.readers.grid import Cell, Sheet, shown
from dashboard.readers.head import Head, amount_units, read_day
from dashboard.readers.layout import Layout, declared, says
from dashboard.readers.notebook import Notebook

_WORDS = {"period": "資料期間", "as_of": "資料截止日", "issued": "製表日期", "unit": "單位"}
_PERIOD_WORDS = {
    "month": "資料期間：一個月，例如 114年1月",
    "billing_period": "資料期間：起訖期別，例如 113年1-2月至113年11-12月各期",
    "half_or_full_year": "資料期間：上半年或全年，例如 113年上半年、113年",
    "cumulative_year": "資料期間：97年10月至某年6月",
}
_JUNE = 6
_JANUARY_OR_OCTOBER = re.compile(r"(\d{2,4})\.1")


@functools.lru_cache(maxsize=4096)
def parse_period(text: str, spelled: str) -> Period:
    """Read a period the way a layout spells it; ValueError otherwise."""
    match spelled:
        case "month":
            return _insured(roc.parse_month(text))
        case "billing_period":
            return roc.parse_billing_period(text)
        case "half_or_full_year":
            return _insured(_reported(roc.parse_half_or_full_year(text)))
    first, last = roc.parse_months(text)
    if first != BillingPeriod.FIRST or last.month != _JUNE:
        raise ValueError(text)
    return FullYear(last.year)


def _insured(period: Period) -> Period:
    """Refuse what ended before the insurance began: a year that lost a digit."""
    if period.end_on < BillingPeriod.FIRST.start_on:
        raise ValueError(period.iso)
    return period


def _reported(period: HalfYear | FullYear) -> HalfYear | FullYear:
    """Refuse a second half year: no such report exists, and none may be derived."""
    if isinstance(period, HalfYear) and period.half != 1:
        raise ValueError(period.iso)
    return period


def period_cell(cell: Cell, spelled: str) -> Period:
    """Read a period from a cell; a spreadsheet may have made a date of 「2025/1」. ValueError otherwise."""
    if isinstance(cell, date) and spelled == "month" and cell.day == 1:
        return _insured(Month.of(cell))
    return parse_period("" if cell is None else str(cell), spelled)


def two_months(cell: Cell, as_of: date | None) -> str:
    """Name both months that 113.1 may stand for, as a number or copied from one: 113.10 loses its last digit.

    Nothing where `as_of` decides about a text: what was cut off at the end of January does not speak of October.
    """
    text = roc.plain(str(cell)) if isinstance(cell, str | Decimal) else ""
    if not (january := _JANUARY_OR_OCTOBER.fullmatch(text)):
        return ""
    try:
        is_decided = isinstance(cell, str) and as_of == roc.parse_month(text).end_on
    except ValueError:
        return ""
    return "" if is_decided else f"{january[1]}年1月或{january[1]}年10月"


def parse_range(text: str) -> tuple[BillingPeriod, BillingPeriod]:
    """Read 「104年01月-02月至113年11月-12月各期」; ValueError otherwise."""
    first, separator, last = fold(text).removesuffix("各期").partition("至")
    if not separator:
        raise ValueError(text)
    return roc.parse_billing_period(first), roc.parse_billing_period(last)


@dataclasses.dataclass(frozen=True)
class Stated:
    """What holds for a whole sheet; None where columns or rows say it instead, or where it is unreadable.

    `amount_unit` is the TWD of one printed unit of money. `bounds` are the first and last billing period announced.
    """

    as_of: date | None
    issued_on: date | None
    period: Period | None
    bounds: tuple[BillingPeriod, BillingPeriod] | None
    population: Population
    amount_unit: int | None


def read_stated(sheet: Sheet, head: Head, layout: Layout, *, has_amounts: bool, notes: Notebook) -> Stated:
    """Read the head of a form; what is missing or unreadable goes into `notes`.

    `has_amounts`: whether there are amounts that do not name their unit themselves.
    """
    for first, later in head.contradictions:
        notes.add(found.HEAD_DISAGREES, later.cell, later.value, f"與 {first.cell}「{shown(first.value)}」相同")
    as_of = _day("as_of", head, layout, notes)
    period, bounds = _period(head, layout, as_of, notes)
    return Stated(
        as_of=as_of,
        issued_on=_day("issued", head, layout, notes),
        period=period,
        bounds=bounds,
        population=_population(sheet, head, layout, notes),
        amount_unit=_unit(head, layout, notes, has_amounts=has_amounts),
    )


def _day(item: str, head: Head, layout: Layout, notes: Notebook) -> date | None:
    stated = head.items.get(item)
    if not layout.has_head or stated is None:
        # A missing date of issue is the office's to settle, by a manifest or the day of receipt.
        if layout.has_head and item == "as_of":
            notes.add(found.HEAD_MISSING, expected=_WORDS[item])
        return None
    try:
        day, is_number = read_day(stated.value)
    except ValueError:
        notes.add(found.PERIOD_UNREADABLE, stated.cell, stated.value, _WORDS[item])
        return None
    if is_number:
        notes.add(found.DATE_AS_NUMBER, stated.cell, stated.value, roc.roc_date(day))
    return day


def _period(
    head: Head, layout: Layout, as_of: date | None, notes: Notebook
) -> tuple[Period | None, tuple[BillingPeriod, BillingPeriod] | None]:
    if not layout.has_head:
        return None, None
    stated = head.items.get("period")
    if stated is None:
        notes.add(found.HEAD_MISSING, expected=_WORDS["period"])
        return None, None
    both = two_months(stated.value, as_of) if layout.period == "month" else ""
    try:
        if both:
            raise ValueError(both)
        if layout.column_group == "period":
            return None, parse_range(stated.text)
        return period_cell(stated.value if isinstance(stated.value, date) else stated.text, layout.period), None
    except ValueError:
        kind = found.PERIOD_UNCLEAR if both else found.PERIOD_UNREADABLE
        notes.add(kind, stated.cell, stated.value, both or _PERIOD_WORDS[layout.period])
        return None, None


def _population(sheet: Sheet, head: Head, layout: Layout, notes: Notebook) -> Population:
    if not layout.population_in_title:
        return Population.ALL
    words = declared().words.indigenous
    in_title = says(head.title, words)
    if says(sheet.name, words) and not in_title:
        notes.add(found.HEAD_DISAGREES, value=head.title, expected=f"工作表名稱「{sheet.name}」")
    return Population.INDIGENOUS if in_title else Population.ALL


def _unit(head: Head, layout: Layout, notes: Notebook, *, has_amounts: bool) -> int | None:
    if layout.amount_unit is not None:
        return layout.amount_unit
    stated = head.items.get("unit")
    units = amount_units(stated.text) if stated else set()
    if len(units) != 1 and has_amounts:
        cell, value = (stated.cell, stated.value) if stated else ("", None)
        kind = found.UNIT_UNCLEAR if units else found.UNIT_MISSING
        notes.add(kind, cell, value, "元或千元，擇一" if units else "元或千元")
    return units.pop() if len(units) == 1 else None
