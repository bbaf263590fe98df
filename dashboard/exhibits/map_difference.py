"""The map of a difference: one rate of two billing periods, or the average rate of two years."""

import dataclasses
from datetime import date
from fractions import Fraction

import pandas as pd

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.charts.picture import Caption
from dashboard.domain import chart_words, map_words, words
from dashboard.domain.counties import County
from dashboard.domain.display import display
from dashboard.domain.kinds import Alignment, Basis, Compare, Kind, Population
from dashboard.domain.measures import AVERAGE_RATE, RATE_CHANGE, Measure, payment_rate
from dashboard.domain.periods import BillingPeriod, FullYear
from dashboard.domain.roc import roc_period, roc_year
from dashboard.exhibits import map_base, maps, sources
from dashboard.exhibits.captions import caption
from dashboard.exhibits.county_map import fraction, printed_rate, unit_notes
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, NotAvailable, Source, Table, rounded, rounded_signed
from dashboard.exhibits.frames import framed
from dashboard.exhibits.map_base import Against
from dashboard.exhibits.maps import PLAIN, Look
from dashboard.exhibits.rates import CountyRate, Rates, Ratio, county_rates
from dashboard.rules import numbers
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class _Question:
    """What is compared: `moments` name the two periods with cut-off and age."""

    measure: Measure
    subject: str
    rates: Rates
    moments: tuple[str, str]
    sources: tuple[Source, Source]
    notes: tuple[str, ...]
    selected: County | None
    look: Look

    @property
    def changed(self) -> list[tuple[CountyRate, Fraction]]:
        """Return the counties with both rates, largest rise first, equal ones in official order."""
        found = [(row, row.change_pp) for row in self.rates.rows if row.change_pp is not None]
        return sorted(found, key=lambda one: -one[1])

    @property
    def unchanged(self) -> list[CountyRate]:
        return [row for row in self.rates.rows if row.change_pp is None]


def payment_rate_difference(  # noqa: PLR0913, PLR0917 - each argument is a choice of its own in the address
    db: Warehouse,
    period: BillingPeriod,
    as_of: date,
    population: Population,
    basis: Basis,
    against: Against,
    county: County | None = None,
    look: Look = PLAIN,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show by how many percentage points the share paid of a billing period differs from that of another one.

    At equal age the other period is taken from the snapshot as many months after it fell due; NotAvailable where no
    report in force shows it then, rather than another day's figures.
    """
    compare, alignment = against
    base = map_base.base_period(period, compare)
    first, last = map_base.days(period, as_of, base, alignment)
    frame = answers.payment_rate_change_by_county(db, (period, as_of), (base, first, last), population, basis, known_on)
    if pd.isna(frame["base_as_of"].iloc[0]):
        raise NotAvailable(map_base.missing(period, as_of, base, alignment))
    base_as_of = frame["base_as_of"].iloc[0].date()
    report, base_report = sources.of_snapshots(db, (as_of, base_as_of), known_on)
    rates = county_rates(frame, display().small_denominator.persons)
    if report is None or base_report is None or not rates.known:
        raise NotAvailable(words.payment_not_available(period, as_of))
    measure = payment_rate(basis)
    moments = (
        map_words.moment(roc_period(period), as_of, period.age_months(as_of)),
        map_words.moment(roc_period(base), base_as_of, base.age_months(base_as_of)),
    )
    note = map_words.EQUAL_AGE_NOTE if alignment is Alignment.EQUAL_AGE else map_words.SAME_SNAPSHOT_NOTE
    notes = (note, *unit_notes(pd.concat([frame["printed_unit"], frame["base_printed_unit"]])))
    subject = map_words.payment_difference_subject(period, base, measure, population)
    return _exhibit(_Question(measure, subject, rates, moments, (report, base_report), notes, county, look))


def average_rate_difference(
    db: Warehouse,
    year: FullYear,
    population: Population,
    base: Compare | FullYear,
    county: County | None = None,
    look: Look = PLAIN,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show by how many percentage points the average rate of a year differs from that of another one."""
    other = base if isinstance(base, FullYear) else FullYear(year.year - 1)
    if other == year:
        raise NotAvailable(map_words.same_period(roc_year(year.year)))
    frame = answers.average_rate_by_county(db, year, population, known_on, other)
    report, base_report = sources.of_years(db, [(Kind.AVERAGE_RATE, one) for one in (year, other)], known_on)
    if report is None:
        raise NotAvailable(words.average_not_available(year))
    if base_report is None:
        raise NotAvailable(map_words.no_average_base(other))
    rates = county_rates(frame, display().small_denominator.persons)
    moments = (
        map_words.moment(roc_year(year.year), report.as_of),
        map_words.moment(roc_year(other.year), base_report.as_of),
    )
    notes = tuple(unit_notes(pd.concat([frame["printed_unit"], frame["base_printed_unit"]])))
    subject = map_words.average_difference_subject(year, other, AVERAGE_RATE, population)
    return _exhibit(_Question(AVERAGE_RATE, subject, rates, moments, (report, base_report), notes, county, look))


# --- the exhibit


def _exhibit(asked: _Question) -> Exhibit:
    if not asked.changed:
        raise NotAvailable(map_words.no_common_county(asked.subject))
    title, selection, shown = _title(asked), _selection(asked), _shown(asked)
    return Exhibit(
        key=f"county_map.{asked.measure.key}.difference",
        title=title,
        finding=_finding(asked),
        chart=Chart(
            maps.drawn(shown, asked.look, _caption(asked), asked.selected),
            map_words.map_alt(asked.look[0], title, _nation(asked.rates), len(asked.unchanged), selection),
        ),
        table=_table(asked),
        unit=RATE_CHANGE.unit,
        basis=asked.measure.basis,
        as_of=asked.sources[0].as_of,
        sources=asked.sources if asked.sources[0] != asked.sources[1] else asked.sources[:1],
        notes=(*_notes(asked), *maps.notes(shown, asked.look)),
        selection=selection,
        assumptions=(display().small_denominator.assumption,),
    )


def _shown(asked: _Question) -> maps.Shown:
    figures = tuple(
        maps.Figure(
            row.county,
            row.change_pp,
            _change(row.change_pp) or words.NOT_YET,
            (_change(row.change_pp), *fraction(row.ratio), *fraction(row.base or Ratio(None, None))),
            row.is_small,
        )
        for row in asked.rates.rows
    )
    hover = map_words.difference_hover(*asked.moments, asked.measure)
    name, unit, decimals = map_words.DIFFERENCE, RATE_CHANGE.unit, RATE_CHANGE.decimals
    return maps.Shown(figures, name, unit, decimals, hover, is_difference=True)


def _change(change: Fraction | None) -> str:
    return "" if change is None else numbers.signed(change, RATE_CHANGE.decimals)


def _title(asked: _Question) -> str:
    """Say how many rose and fell, and who most; counties with a small denominator are at no end if there are others."""
    changes = [change for _, change in asked.changed]
    counts = (sum(one > 0 for one in changes), sum(one < 0 for one in changes), changes.count(Fraction()))
    compared = [(row, change) for row, change in asked.changed if not row.is_small] or asked.changed
    ends = [
        ([row.county.name for row, change in compared if change == end], _change(end))
        for end, is_one in ((compared[0][1], compared[0][1] > 0), (compared[-1][1], compared[-1][1] < 0))
        if is_one
    ]
    return map_words.difference_title(asked.subject, counts, ends)


def _nation(rates: Rates) -> str:
    base = printed_rate(rates.nation_base) if rates.nation_base else ""
    return map_words.nation_difference(printed_rate(rates.nation), base, _change(rates.nation_change_pp))


def _finding(asked: _Question) -> str:
    small = [row.county.name for row, _ in asked.changed if row.is_small]
    left_out = [map_words.small_difference(small, display().small_denominator.persons)] if small else []
    shrunk = _risen_on_less(asked)
    risen = [map_words.risen_on_less(shrunk, asked.measure)] if shrunk else []
    return f"{'；'.join([_nation(asked.rates), *left_out, *risen])}。{map_words.compared(*asked.moments)}"


def _risen_on_less(asked: _Question) -> list[str]:
    """Return the counties whose rate rose although less was paid: it is what was payable that fell."""
    return [
        row.county.name
        for row, change in asked.changed
        if change > 0 and row.base and (row.ratio.numerator or 0) < (row.base.numerator or 0)
    ]


def _selection(asked: _Question) -> str:
    if asked.selected is None:
        return ""
    row = asked.rates.of(asked.selected.county_code)
    base = printed_rate(row.base) if row.base else ""
    told = map_words.difference_selection(row.county.name, printed_rate(row.ratio), base, _change(row.change_pp))
    is_small = row.is_small and row.change_pp is not None
    return told + (words.small_selection(display().small_denominator.persons) if is_small else "")


def _notes(asked: _Question) -> tuple[str, ...]:
    has_small = any(row.is_small for row, _ in asked.changed)
    return (
        f"{asked.measure.label}＝{asked.measure.definition}。",
        map_words.DIFFERENCE_NOTE,
        *asked.notes,
        words.nation_note([row.county.name for row in asked.rates.missing]),
        *([map_words.DIFFERENCE_MISSING_NOTE] if asked.unchanged else []),
        *([words.small_note(display().small_denominator.persons)] if has_small else []),
    )


def _caption(asked: _Question) -> Caption:
    selection = _selection(asked)
    lines = [
        map_words.compared(*asked.moments),
        chart_words.measured(RATE_CHANGE.unit, asked.measure.basis),
        _title(asked).removeprefix(asked.subject).lstrip("："),
        _nation(asked.rates),
        chart_words.outlined(selection) if selection else "",
    ]
    return caption(asked.subject, lines, asked.sources, maps.small_print(asked.look), asked.selected)


def _table(asked: _Question) -> Table:
    measure = asked.measure
    columns = [
        Column("county", words.COUNTY),
        Column("change", map_words.DIFFERENCE, RATE_CHANGE.unit, RATE_CHANGE.decimals, is_signed=True, mark="is_small"),
    ]
    for prefix, over in zip(("", "base_"), asked.moments, strict=True):
        whole = f"{prefix}denominator"
        columns += [
            Column(f"{prefix}rate", measure.label, measure.unit, measure.decimals, whole=whole, over=over),
            Column(f"{prefix}numerator", measure.part, measure.counted_in, 0, over=over),
            Column(whole, measure.whole, measure.counted_in, 0, over=over),
        ]
    rates = asked.rates
    nation = _cells("", words.NATION, rates.nation, rates.nation_base, rates.nation_change_pp)
    rows = [row for row, _ in asked.changed] + asked.unchanged
    return Table(
        caption=asked.subject,
        frame=framed([nation, *map(_county_cells, rows)], columns),
        columns=tuple(columns),
        head="county",
        selected=asked.selected.county_code if asked.selected else None,
    )


def _county_cells(row: CountyRate) -> dict[str, object]:
    cells = _cells(row.county.county_code, row.county.name, row.ratio, row.base, row.change_pp)
    return cells | {"is_small": row.is_small}


def _cells(code: str, name: str, now: Ratio, base: Ratio | None, change: Fraction | None) -> dict[str, object]:
    then = base or Ratio(None, None)
    return {
        "county_code": code,
        "county": name,
        "change": rounded_signed(change, RATE_CHANGE.decimals),
        "rate": rounded(now.rate_pct, AVERAGE_RATE.decimals),
        "numerator": now.numerator,
        "denominator": now.denominator,
        "base_rate": rounded(then.rate_pct, AVERAGE_RATE.decimals),
        "base_numerator": then.numerator,
        "base_denominator": then.denominator,
        "is_small": False,
    }
