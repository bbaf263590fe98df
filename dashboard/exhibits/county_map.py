"""The map of a rate: one billing period as of a snapshot, or the average rate of a year."""

import dataclasses
from datetime import date
from fractions import Fraction

import pandas as pd

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.charts import theme
from dashboard.charts.picture import Caption
from dashboard.domain import chart_words, map_words, words
from dashboard.domain.counties import County
from dashboard.domain.display import display
from dashboard.domain.kinds import Basis, Kind, Population
from dashboard.domain.measures import AVERAGE_RATE, RATE_CHANGE, Measure, payment_rate
from dashboard.domain.periods import BillingPeriod, FullYear
from dashboard.exhibits import maps, sources
from dashboard.exhibits.captions import caption
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, NotAvailable, Source, Table, rounded, rounded_signed
from dashboard.exhibits.frames import framed
from dashboard.exhibits.maps import PLAIN, Look
from dashboard.exhibits.rates import Rates, Ratio, county_rates
from dashboard.rules import numbers
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class _Question:
    """What a map is about, in words, what its figures rest on, and how it is drawn."""

    measure: Measure
    subject: str
    rates: Rates
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    selected: County | None
    look: Look
    span: str = ""

    @property
    def basis(self) -> str:
        """Say what the rate counts, and from when to when where that is more than its period."""
        return words.cumulative(self.measure.basis, self.span) if self.span else self.measure.basis

    @property
    def as_of(self) -> date:
        return self.sources[0].as_of

    @property
    def has_base(self) -> bool:
        return self.rates.nation_base is not None or any(row.change_pp is not None for row in self.rates.rows)


def payment_rate_map(  # noqa: PLR0913, PLR0917 - each argument is a choice of its own in the address
    db: Warehouse,
    period: BillingPeriod,
    as_of: date,
    population: Population,
    basis: Basis,
    county: County | None = None,
    look: Look = PLAIN,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show the share paid of one billing period as of one snapshot, by persons or by amounts.

    NotAvailable where no report in force shows the period as of that day.
    """
    frame = answers.payment_rate_by_county(db, period, as_of, population, basis, known_on)
    source = sources.of_snapshot(db, as_of, known_on)
    rates = county_rates(frame, display().small_denominator.persons)
    if source is None or not rates.known:
        raise NotAvailable(words.payment_not_available(period, as_of))
    measure = payment_rate(basis)
    notes = [words.immature_note(period, period.age_months(as_of)), *unit_notes(frame["printed_unit"])]
    if period.iso in set(frame["newest_period"]):
        notes.insert(0, words.newest_note(period))
    subject = words.payment_subject(period, measure, population)
    return _exhibit(_Question(measure, subject, rates, (source,), tuple(notes), county, look))


def average_rate_map(
    db: Warehouse,
    year: FullYear,
    population: Population,
    county: County | None = None,
    look: Look = PLAIN,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show the average rate of a year, since 97年10月 and by amounts, with its change over the year before.

    Its report counts no persons: what is small is decided by those who owed the year's last billing period.
    NotAvailable where the year's report is not in force.
    """
    frame = answers.average_rate_by_county(db, year, population, known_on)
    found, base = sources.of_years(
        db, [(Kind.AVERAGE_RATE, year), (Kind.AVERAGE_RATE, FullYear(year.year - 1))], known_on
    )
    rates = county_rates(frame, display().small_denominator.persons)
    if found is None or not rates.known:
        raise NotAvailable(words.average_not_available(year))
    notes = [*([words.CHANGE_NOTE] if base else []), *unit_notes(frame["printed_unit"])]
    subject = words.average_subject(year, AVERAGE_RATE, population)
    reports = (found, base) if base else (found,)
    span = words.average_span(year)
    return _exhibit(_Question(AVERAGE_RATE, subject, rates, reports, tuple(notes), county, look, span))


def _exhibit(asked: _Question) -> Exhibit:
    rates, measure = asked.rates, asked.measure
    title, selection, shown = _extremes(asked), _selection(rates, asked.selected), _shown(asked)
    nation = chart_words.nation(printed_rate(rates.nation), measure.unit)
    return Exhibit(
        key=f"county_map.{measure.key}",
        title=title,
        finding=_finding(rates, measure),
        chart=Chart(
            maps.drawn(shown, asked.look, _caption(asked), asked.selected),
            map_words.map_alt(asked.look[0], title, nation, len(rates.missing), selection),
        ),
        table=_table(asked),
        unit=measure.unit,
        basis=asked.basis,
        as_of=asked.as_of,
        sources=asked.sources,
        notes=(*_notes(asked), *maps.notes(shown, asked.look)),
        selection=selection,
        assumptions=(display().small_denominator.assumption,),
    )


def _shown(asked: _Question) -> maps.Shown:
    figures = tuple(
        maps.Figure(row.county, row.rate_pct, printed_rate(row.ratio), fraction(row.ratio), row.is_small)
        for row in asked.rates.rows
    )
    measure = asked.measure
    hover = map_words.rate_hover(asked.subject, asked.as_of, measure)
    return maps.Shown(figures, measure.label, measure.unit, measure.decimals, hover)


def _extremes(asked: _Question) -> str:
    """Say which counties stand highest and lowest."""
    highest, lowest = asked.rates.at(max), asked.rates.at(min)
    ends = (highest[0], numbers.half_up(highest[1], 2)), (lowest[0], numbers.half_up(lowest[1], 2))
    return words.extremes(asked.subject, *ends)


def printed_rate(ratio: Ratio) -> str:
    """Print a rate with two decimals; mark one that has no value."""
    if ratio.rate_pct is None:
        return words.MEANINGLESS if ratio.denominator == 0 else words.NOT_YET
    return numbers.half_up(ratio.rate_pct, 2)


def fraction(ratio: Ratio) -> tuple[str, str, str]:
    """Print rate, numerator and denominator; what is not reported is marked."""
    return printed_rate(ratio), _count(ratio.numerator), _count(ratio.denominator)


def _count(value: int | None) -> str:
    return words.NOT_YET if value is None else theme.number(value, 0)


def _finding(rates: Rates, measure: Measure) -> str:
    nation = rates.nation
    stated = words.nation_finding(*fraction(nation), measure)
    above = sum(row.rate_pct > nation.rate_pct for row in rates.known if row.rate_pct and nation.rate_pct)
    spread = rates.at(max)[1] - rates.at(min)[1]
    parts = [stated, words.spread_finding(above, len(rates.known), numbers.half_up(spread, 2))]
    if rates.small:
        left_out = [row.county.name for row in rates.small]
        parts.append(words.small_finding(left_out, display().small_denominator.persons))
    return f"{'；'.join(parts)}。"


def _selection(rates: Rates, selected: County | None) -> str:
    """Say where the selected county stands: its rate, its rank, and how far from the nation."""
    if selected is None:
        return ""
    row = rates.of(selected.county_code)
    if row.rate_pct is None or row.rank is None or rates.nation.rate_pct is None:
        return words.county_without_rate(selected.name)
    distance = row.rate_pct - rates.nation.rate_pct
    gap = words.gap_to_nation((distance > 0) - (distance < 0), numbers.half_up_nonzero(abs(distance), 2))
    standing = words.county_standing(selected.name, printed_rate(row.ratio), row.rank, len(rates.known), gap)
    return standing + (words.small_selection(display().small_denominator.persons) if row.is_small else "")


def _notes(asked: _Question) -> tuple[str, ...]:
    missing = [row.county.name for row in asked.rates.missing]
    return (
        f"{asked.measure.label}＝{asked.measure.definition}。",
        *asked.notes,
        words.nation_note(missing),
        words.RANK_NOTE,
        *([words.MISSING_NOTE] if missing else []),
        *([words.small_note(display().small_denominator.persons)] if asked.rates.small else []),
    )


def unit_notes(printed_unit: pd.Series) -> list[str]:
    """Say where amounts were printed in thousands; `printed_unit` is 1000 for those, NA for what is missing."""
    in_thousands = printed_unit == 1000
    if not in_thousands.any():
        return []
    return [words.THOUSANDS_NOTE if in_thousands[printed_unit.notna()].all() else words.MIXED_THOUSANDS_NOTE]


def _caption(asked: _Question) -> Caption:
    rates, measure = asked.rates, asked.measure
    selection = _selection(rates, asked.selected)
    lines = [
        chart_words.measured(measure.unit, asked.basis),
        _extremes(asked).removeprefix(asked.subject).lstrip("："),
        chart_words.nation(printed_rate(rates.nation), measure.unit),
        chart_words.outlined(selection) if selection else "",
    ]
    return caption(asked.subject, lines, asked.sources, maps.small_print(asked.look), asked.selected)


def _table(asked: _Question) -> Table:
    rates, measure = asked.rates, asked.measure
    nation = _cells("", words.NATION, rates.nation, None, rates.nation_change_pp)
    rows = [
        _cells(row.county.county_code, row.county.name, row.ratio, row.rank, row.change_pp) | {"is_small": row.is_small}
        for row in rates.ranked
    ]
    columns = [
        Column("rank", words.RANK, decimals=0, missing=words.NO_PLACE),
        Column("county", words.COUNTY),
        Column("rate", measure.label, measure.unit, measure.decimals, whole="denominator", mark="is_small"),
        Column("numerator", measure.part, measure.counted_in, 0),
        Column("denominator", measure.whole, measure.counted_in, 0),
    ]
    if asked.has_base:
        columns.append(Column("change", words.CHANGE_ON_YEAR, RATE_CHANGE.unit, RATE_CHANGE.decimals, is_signed=True))
    return Table(
        caption=f"{asked.subject}，{words.as_of_line(asked.as_of)}",
        frame=framed([nation, *rows], columns),
        columns=tuple(columns),
        head="county",
        selected=asked.selected.county_code if asked.selected else None,
    )


def _cells(code: str, name: str, ratio: Ratio, rank: int | None, change: Fraction | None) -> dict[str, object]:
    return {
        "county_code": code,
        "rank": rank,
        "county": name,
        "rate": rounded(ratio.rate_pct, AVERAGE_RATE.decimals),
        "numerator": ratio.numerator,
        "denominator": ratio.denominator,
        "change": rounded_signed(change, RATE_CHANGE.decimals),
        "is_small": False,
    }
