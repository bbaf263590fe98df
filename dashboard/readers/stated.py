"""What the head of a sheet states about all its cells, under the sheet's layout."""

import dataclasses
import functools
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.counties import fold
from dashboard.domain.kinds import Population
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month, Period
from dashboard.readers.grid import Cell, Sheet, shown
from dashboard.readers.head import Head, HeadItem, read_day
from dashboard.readers.layout import Layout, declared, says
from dashboard.readers.notebook import Notebook
from dashboard.readers.old_days import RocDay, is_of_old
from dashboard.readers.units import Units, read_units

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
    """Read a period from a cell; a spreadsheet may have made a date of 「2025/1」 or show one by its month alone."""
    if isinstance(cell, date) and spelled == "month" and cell.day in {1, Month.of(cell).end_on.day}:
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
    span = fold(text).removesuffix("各期").removesuffix("止").removeprefix("自")
    first, separator, last = span.partition("至")
    if not separator:
        raise ValueError(text)
    return roc.parse_billing_period(first.removesuffix("起")), roc.parse_billing_period(last)


@dataclasses.dataclass(frozen=True)
class Stated:
    """What holds for a whole sheet; None where columns or rows say it instead, or where it is unreadable.

    `amount_unit` is the TWD of one printed unit of money, `units` that of measures with their own. `bounds` are the
    first and last billing period announced.
    """

    as_of: date | None
    issued_on: date | None
    period: Period | None
    bounds: tuple[BillingPeriod, BillingPeriod] | None
    population: Population
    amount_unit: int | None
    units: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def unit_of(self, field: str) -> int | None:
        """Return the TWD of one printed unit of a measure, as the line of units names it alone or all amounts."""
        return self.units.get(field, self.amount_unit)


def read_stated(sheet: Sheet, head: Head, layout: Layout, *, has_amounts: bool, notes: Notebook) -> Stated:
    """Read the head of a form; what is missing or unreadable goes into `notes`.

    `has_amounts`: whether there are amounts that do not name their unit themselves.
    """
    lines = _lines_of_units(head, layout)
    for first, later in head.contradictions:
        if later in lines:
            continue
        notes.add(found.HEAD_DISAGREES, later.cell, later.value, f"與 {first.cell}「{shown(first.value)}」相同")
    as_of = _day("as_of", head, layout, notes)
    period, bounds = _period(head, layout, as_of, notes)
    amount_unit, units = _unit(lines, layout, notes, has_amounts=has_amounts)
    return Stated(
        as_of=as_of,
        issued_on=_day("issued", head, layout, notes),
        period=period,
        bounds=bounds,
        population=_population(sheet, head, layout, notes),
        amount_unit=amount_unit,
        units=units,
    )


def _day(item: str, head: Head, layout: Layout, notes: Notebook) -> date | None:
    stated = head.items.get(item)
    if stated is None or (not layout.has_head and item == "as_of"):
        # A missing date of issue is the office's to settle, by a manifest or the day of receipt.
        if layout.has_head and item == "as_of":
            notes.add(found.HEAD_MISSING, expected=_WORDS[item])
        return None
    try:
        day, is_number = read_day(stated.value)
    except ValueError:
        kind = found.DATE_OF_OLD if is_of_old(stated.value) else found.PERIOD_UNREADABLE
        notes.add(kind, stated.cell, stated.value, _WORDS[item])
        return None
    if isinstance(stated.value, RocDay):
        notes.add(found.DATE_AS_ROC, stated.cell, f"西元{day.year - 1911}年", roc.roc_date(day))
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


def _lines_of_units(head: Head, layout: Layout) -> list[HeadItem]:
    """Return the line of units, and others that add to it: 「單位：人」 to the left, 「單位：元」 to the right."""
    first = head.items.get("unit")
    lines = [] if first is None else [first]
    for later in (later for one, later in head.contradictions if one is first):
        amounts = [read_units(line.text, layout).amounts for line in (*lines, later)]
        if not (amounts[-1] and any(amounts[:-1])):
            lines.append(later)
    return lines


def _says_all(said: Units, layout: Layout) -> bool:
    """Tell whether every amount has its unit, if only because the layout is always printed in the same one."""
    fields = {field for field, column in layout.columns.items() if column.unit == "amount"}
    return layout.amount_unit is not None or fields <= said.by_field.keys()


def _unit(
    lines: Sequence[HeadItem], layout: Layout, notes: Notebook, *, has_amounts: bool
) -> tuple[int | None, Mapping[str, int]]:
    """Return the TWD of one printed unit of money, and those of the measures that have one of their own."""
    said = read_units("、".join(line.text for line in lines), layout)
    cell, value = (lines[0].cell, "；".join(line.text for line in lines) or lines[0].value) if lines else ("", None)
    if said.unknown_units:
        notes.add(found.UNIT_UNKNOWN, cell, value, f"「{'、'.join(said.unknown_units)}」改為人、件、元或千元")
    elif said.unknown:
        notes.add(found.UNIT_HALF_KNOWN, cell, value, f"「{'、'.join(said.unknown)}」")
    if len(said.amounts) > 1:
        notes.add(found.UNIT_UNCLEAR, cell, value, "元或千元，擇一")
    elif has_amounts and not said.unknown_units and not said.amounts and not _says_all(said, layout):
        notes.add(found.UNIT_MISSING, cell, value, "元或千元")
    only = next(iter(said.amounts)) if len(said.amounts) == 1 else None if said.amounts else layout.amount_unit
    return only, said.by_field
