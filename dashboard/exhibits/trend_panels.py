"""How a measure moved in each of the 22 counties: small panels on one scale, the nation behind each."""

import dataclasses
import functools
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from dashboard.answers import CURRENT
from dashboard.charts import small_multiples as drawing
from dashboard.charts.picture import Drawing
from dashboard.charts.small_multiples import Panel
from dashboard.domain import trend_words, words
from dashboard.domain.counties import County, counties
from dashboard.domain.kinds import Population
from dashboard.domain.roc import roc_period
from dashboard.exhibits import trend_parts as parts
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, Table, rounded, rounded_signed
from dashboard.exhibits.frames import framed
from dashboard.exhibits.trend_course import Course, Figure
from dashboard.exhibits.trend_reports import course
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class _Course:
    """One county, or the nation, over time."""

    name: str
    members: tuple[County, ...]
    figures: tuple[Figure, ...]
    newest: Figure
    change: Fraction | None

    @property
    def county_code(self) -> str:
        return self.members[0].county_code if len(self.members) == 1 else ""

    @functools.cached_property
    def mean(self) -> Fraction | None:
        """Return the mean of the figures that lack no county."""
        known = [one.value for one in self.figures if one.value is not None and not one.missing]
        return sum(known, Fraction(0)) / len(known) if known else None


def small_multiples(
    db: Warehouse,
    measure: str,
    population: Population,
    age: int | None,
    years: int,
    chosen: tuple[County, ...] = (),
    known_on: date = CURRENT,
) -> Exhibit:
    """Show the same as `trend` for every county in a panel of its own; counts as indices of each county's own mean.

    The chosen counties stand out. NotAvailable where no report in force shows any of it.
    """
    shown = course(db, measure, population, age, years, known_on)
    parts.require_figures(shown)
    rows = [_row(shown, one) for one in counties()]
    nation = _nation(shown)
    title = _title(shown, rows)
    span = shown.moments[0].period, shown.moments[-1].period
    return Exhibit(
        key="small_multiples",
        title=title,
        finding=_finding(shown, rows),
        chart=Chart(_drawn(shown, (nation, *rows), chosen, title), trend_words.panels_alt(title, *span)),
        table=_table(shown, (nation, *rows)),
        unit=trend_words.INDEX_UNIT if shown.measure.is_count else shown.measure.unit,
        basis=shown.measure.basis,
        as_of=shown.sources[0].as_of,
        sources=shown.sources,
        notes=(*_scale_notes(shown), *_range_notes(shown), *parts.notes(shown)),
        assumptions=parts.assumptions(shown),
        shown_with=trend_words.LINES,
        is_series=True,
    )


def _row(shown: Course, county: County) -> _Course:
    figures = tuple(shown.of(county, moment) for moment in shown.moments)
    change = shown.change((county,), shown.newest)
    return _Course(county.name, (county,), figures, shown.of(county, shown.newest), change)


def _nation(shown: Course) -> _Course:
    change = shown.change(counties(), shown.newest)
    return _Course(words.NATION, counties(), tuple(shown.nation.values()), shown.nation[shown.newest], change)


# --- words


def _title(shown: Course, rows: Sequence[_Course]) -> str:
    """Say how many counties rose and fell over the year."""
    changes = [row.change for row in rows if row.change is not None]
    if not changes:
        return parts.subject(shown)
    risen, fallen = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    is_rate = not shown.measure.is_count
    return trend_words.panels_headline(parts.subject(shown), shown.newest.period, risen, fallen, is_rate)


def _finding(shown: Course, rows: Sequence[_Course]) -> str:
    """Say who moved most; counts of large and small counties do not compare."""
    moved = [(row.name, row.change) for row in rows if row.change is not None and not row.newest.is_small]
    if shown.measure.is_count or not moved:
        return ""
    ends = []
    for end, is_wanted in ((max, 1), (min, -1)):
        most = end(change for _, change in moved)
        leading = [name for name, change in moved if change == most]
        ends.append((leading, parts.difference(shown.measure, most)) if parts.sign(most) == is_wanted else None)
    return f"{trend_words.largest_moves(*ends)}。"


def _scale_notes(shown: Course) -> list[str]:
    return [trend_words.INDEX_NOTE if shown.measure.is_count else trend_words.GREY_NOTE]


def _range_notes(shown: Course) -> list[str]:
    """Say what the table compares: with which report a year before, and which periods lowest and highest are of."""
    before, age = shown.earlier.get(shown.newest), shown.newest.age
    compared = [trend_words.base_note(before.period, before.as_of, age)] if before and before.as_of and age else []
    return [*compared, *([trend_words.MATURE_RANGE_NOTE] if any(shown.young) else [])]


# --- the drawing


def _drawn(shown: Course, rows: Sequence[_Course], chosen: Sequence[County], title: str) -> Drawing:
    nation, *others = rows
    caption = parts.caption(shown, title, [], [*_scale_notes(shown), *parts.maturity_notes(shown)])
    hover = parts.hover(shown, "%{fullData.name}", is_mean=False)
    unit = "" if shown.measure.is_count else shown.measure.unit
    codes = {one.county_code for one in chosen}
    return drawing.small_multiples(
        [_panel(shown, row, is_selected=row.county_code in codes) for row in others],
        _values(shown, nation),
        parts.times(shown),
        lambda value: trend_words.axis_value(value, unit),
        hover,
        caption,
    )


def _panel(shown: Course, row: _Course, is_selected: bool) -> Panel:
    value = row.newest.value
    latest = words.NO_VALUE if value is None else parts.printed(shown.measure, value)
    mark = words.SMALL_MARK if row.newest.is_small else ""
    return Panel(
        county_code=row.county_code,
        county=row.name,
        values=_values(shown, row),
        provisional=shown.young,
        details=[parts.details(shown, one, shown.measure.decimals) for one in row.figures],
        latest=f"{mark}{latest}",
        spoken=f"{row.name} {roc_period(shown.newest.period)} {latest}",
        is_selected=is_selected,
    )


def _values(shown: Course, row: _Course) -> list[float | None]:
    """Return what is drawn: the values, or of counts indices; a sum that lacks counties has no index."""
    if not shown.measure.is_count:
        rounding = rounded_signed if shown.measure.is_difference else rounded
        return [rounding(one.value, shown.measure.decimals) for one in row.figures]
    if not row.mean:
        return [None] * len(row.figures)
    scale = 100 / row.mean
    return [None if one.value is None or one.missing else rounded(one.value * scale, 1) for one in row.figures]


# --- the table


def _table(shown: Course, rows: Sequence[_Course]) -> Table:
    """Return the table: the nation, then a row per county in official order."""
    measure, newest = shown.measure, shown.newest
    before = shown.earlier.get(newest)
    of, unit = parts.rate_of(measure), measure.unit
    value = Column("value", roc_period(newest.period), unit, measure.decimals, measure.is_difference, "whole")
    columns = [Column("county", words.COUNTY), dataclasses.replace(value, mark="is_small")]
    if not measure.is_count:
        columns += [Column("part", of.part, of.counted_in, 0), Column("whole", of.whole, of.counted_in, 0)]
    if before:
        columns += [
            dataclasses.replace(value, key="before", label=roc_period(before.period), whole=""),
            Column("change", trend_words.DIFFERENCE, parts.unit_apart(measure), measure.decimals, is_signed=True),
        ]
    columns += [
        dataclasses.replace(value, key=key, label=label, whole="")
        for key, label in (("low", trend_words.LOWEST), ("high", trend_words.HIGHEST))
    ]
    if measure.is_count:
        columns.append(Column("mean", trend_words.WINDOW_MEAN, unit, measure.decimals + 1))
    frame = framed([_cells(shown, row) for row in rows], columns)
    span = shown.moments[0].period, shown.moments[-1].period
    caption = trend_words.table_caption(parts.subject(shown), *span)
    return Table(caption=caption, frame=frame, columns=tuple(columns), head="county")


def _cells(shown: Course, row: _Course) -> dict[str, object]:
    """Return a row; of counts the nation's are sums, so they are given back what a mean divided them by."""
    measure = shown.measure
    settled = [
        value
        for one, is_young in zip(row.figures, shown.young, strict=True)
        if not one.missing and not is_young
        if (value := _whole(shown, row, one)) is not None
    ]
    times = len(row.members) if measure.is_count else 1
    now, change = _whole(shown, row, row.newest), row.change
    rounding = rounded_signed if measure.is_difference else rounded
    return {
        "county_code": row.county_code,
        "county": row.name,
        "value": rounding(now, measure.decimals),
        "part": row.newest.ratio.numerator,
        "whole": row.newest.ratio.denominator,
        "before": None if now is None or change is None else rounding(now - change * times, measure.decimals),
        "change": None if change is None else rounded_signed(change * times, measure.decimals),
        "low": rounding(min(settled, default=None), measure.decimals),
        "high": rounding(max(settled, default=None), measure.decimals),
        "mean": rounded(None if row.mean is None else row.mean * times, measure.decimals + 1),
        "is_small": row.newest.is_small and now is not None,
    }


def _whole(shown: Course, row: _Course, figure: Figure) -> Fraction | None:
    """Return a figure's value, of counts the sum."""
    if not shown.measure.is_count:
        return figure.value
    return None if figure.ratio.numerator is None else Fraction(figure.ratio.numerator)
