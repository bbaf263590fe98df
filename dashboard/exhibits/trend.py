"""How a measure moved: nation, groups and chosen counties as lines over time, with the events of policy."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from dashboard.answers import CURRENT
from dashboard.charts import lines as drawing
from dashboard.charts.lines import Line, Look
from dashboard.charts.picture import Drawing
from dashboard.domain import trend_words, words
from dashboard.domain.counties import County, counties
from dashboard.domain.kinds import Population
from dashboard.domain.measures import Measure
from dashboard.domain.periods import BillingPeriod
from dashboard.domain.roc import roc_date, roc_period
from dashboard.exhibits import trend_parts as parts
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, Table, rounded, rounded_signed
from dashboard.exhibits.frames import framed
from dashboard.exhibits.trend_course import Course, Figure
from dashboard.exhibits.trend_periods import Moment
from dashboard.exhibits.trend_reports import course
from dashboard.warehouse import Warehouse

MOST_COUNTIES = 6


@dataclasses.dataclass(frozen=True)
class _Row:
    """One line of the drawing: whose figures it sums, what they are, and how it is drawn."""

    key: str
    label: str
    members: tuple[County, ...]
    look: Look
    figures: Mapping[Moment, Figure]

    @property
    def is_county(self) -> bool:
        return len(self.members) == 1


def trend(
    db: Warehouse,
    measure: str,
    population: Population,
    age: int | None,
    years: int,
    chosen: tuple[County, ...] = (),
    known_on: date = CURRENT,
) -> Exhibit:
    """Show a measure (its key) over the last `years` of its natural periods, ten at most.

    `age` compares billing periods at so many months since due, None takes each as of its newest snapshot. NotAvailable
    where no report in force shows any of it.
    """
    shown = course(db, measure, population, age, years, known_on)
    parts.require_figures(shown)
    rows = _rows(shown, chosen[:MOST_COUNTIES])
    title = _title(shown)
    return Exhibit(
        key="trend",
        title=title,
        finding=_finding(shown, rows),
        chart=Chart(_drawn(shown, rows, title), _alt(shown, rows, title)),
        table=_table(shown, rows),
        unit=shown.measure.unit,
        basis=shown.measure.basis,
        as_of=shown.sources[0].as_of,
        sources=shown.sources,
        notes=(*_sum_notes(shown.measure), *parts.notes(shown), *_event_notes(shown)),
        assumptions=parts.assumptions(shown),
        is_series=True,
    )


def _rows(shown: Course, chosen: Sequence[County]) -> tuple[_Row, ...]:
    def together(key: str, label: str, members: tuple[County, ...], look: Look) -> _Row:
        return _Row(key, label, members, look, {one: shown.together(members, one) for one in shown.moments})

    def alone(county: County, look: Look) -> _Row:
        figures = {one: shown.of(county, one) for one in shown.moments}
        return _Row(county.county_code, county.name, (county,), look, figures)

    groups = zip(parts.groups().items(), drawing.GROUPS, strict=True)
    return (
        _Row("nation", words.NATION, counties(), drawing.NATION, shown.nation),
        *(together(f"group_{nth}", name, members, look) for nth, ((name, members), look) in enumerate(groups)),
        *(alone(county, look) for county, look in zip(chosen, drawing.COUNTIES, strict=False)),
    )


# --- words


def _title(shown: Course) -> str:
    """Say where the nation stands and how it moved over the year, of billing periods at equal age."""
    measure, newest = shown.measure, shown.newest
    figure = shown.nation[newest]
    if figure.value is None:
        return parts.subject(shown)
    change = shown.change(counties(), newest)
    value, size = figure.value, change
    if measure.is_count:
        value = Fraction(figure.ratio.numerator or 0)
        size = None if change is None else change * (figure.ratio.denominator or 0)
    against = _against(shown, newest, size) if size is not None else ""
    return trend_words.headline(parts.subject(shown), newest.period, parts.printed(measure, value), against)


def _against(shown: Course, moment: Moment, change: Fraction) -> str:
    moved = trend_words.moved(
        parts.sign(change), parts.difference(shown.measure, change), is_rate=not shown.measure.is_count
    )
    return trend_words.against_year_before(shown.earlier[moment].period, moment.age, moved)


def _finding(shown: Course, rows: Sequence[_Row]) -> str:
    """State groups and chosen counties at the newest period, and who of the chosen stands highest and lowest."""
    stated = [text for row in rows[1:] if (text := _stated(shown, row))]
    counted = [row for row in rows if row.is_county and not row.figures[shown.newest].is_small]
    known = [(row.label, value) for row in counted if (value := row.figures[shown.newest].value) is not None]
    values = [value for _, value in known]
    if len(set(values)) > 1:
        highest, lowest = ([label for label, value in known if value == end(values)] for end in (max, min))
        stated.append(trend_words.chosen_extremes(highest, lowest, is_rate=not shown.measure.is_count))
    if not stated:
        return ""
    compared = any(shown.change(row.members, shown.newest) is not None for row in rows[1:])
    return trend_words.finding(shown.newest.period, stated, parts.unit_apart(shown.measure) if compared else "")


def _stated(shown: Course, row: _Row) -> str:
    figure, change = row.figures[shown.newest], shown.change(row.members, shown.newest)
    if figure.value is None:
        return ""
    decimals = parts.mean_decimals(shown, row.members)
    moved = "" if change is None else parts.signed(shown.measure, change, decimals)
    return trend_words.line_value(_label(shown, row), parts.printed(shown.measure, figure.value, decimals), moved)


def _label(shown: Course, row: _Row) -> str:
    return trend_words.mean_of(row.label) if shown.measure.is_count and not row.is_county else row.label


def _sum_notes(measure: Measure) -> list[str]:
    if measure.is_count:
        return [trend_words.MEAN_NOTE]
    return [trend_words.CHANGE_NOTE if measure.is_difference else trend_words.SUM_NOTE]


def _event_notes(shown: Course) -> list[str]:
    return [trend_words.event_note(mark.number, event.sentence) for mark, event in parts.marks(shown)]


def _alt(shown: Course, rows: Sequence[_Row], title: str) -> str:
    first, last = shown.moments[0].period, shown.moments[-1].period
    marked = [(mark.number, event.short) for mark, event in parts.marks(shown)]
    return trend_words.lines_alt(title, [row.label for row in rows], marked, first, last)


# --- the drawing


def _drawn(shown: Course, rows: Sequence[_Row], title: str) -> Drawing:
    marks = [mark for mark, _ in parts.marks(shown)]
    small = [*_sum_notes(shown.measure), *parts.maturity_notes(shown), *_event_notes(shown)]
    caption = parts.caption(shown, title, [], small)
    return drawing.lines(
        [_line(shown, row) for row in rows],
        parts.times(shown),
        marks,
        lambda value: trend_words.axis_value(value, shown.measure.unit),
        caption,
    )


def _line(shown: Course, row: _Row) -> Line:
    figures = list(row.figures.values())
    decimals = parts.mean_decimals(shown, row.members)
    return Line(
        label=_label(shown, row),
        look=row.look,
        values=[_rounded(shown.measure, one, decimals) for one in figures],
        provisional=shown.young,
        partial=[bool(one.missing) and one.value is not None for one in figures],
        details=[parts.details(shown, one, decimals) for one in figures],
        hover=parts.hover(shown, row.label, is_mean=not row.is_county),
    )


def _rounded(measure: Measure, figure: Figure, decimals: int) -> float | None:
    return (rounded_signed if measure.is_difference else rounded)(figure.value, decimals)


# --- the table


def _table(shown: Course, rows: Sequence[_Row]) -> Table:
    """Return the table: one row per period, newest first; a column per line, and what rates are made of.

    A row is of no single county and has no county_code.
    """
    columns = [Column("period", trend_words.PERIOD)]
    if parts.is_billing(shown):
        columns += [
            Column("as_of", trend_words.AS_OF),
            Column("age", trend_words.AGE, trend_words.MONTHS, 0),
        ]
    for row in rows:
        columns += _columns(shown.measure, row)
    columns.append(Column("remark", trend_words.REMARK))
    first, last = shown.moments[0].period, shown.moments[-1].period
    return Table(
        caption=trend_words.table_caption(parts.subject(shown), first, last),
        frame=framed([_cells(shown, rows, moment) for moment in reversed(shown.moments)], columns),
        columns=tuple(columns),
        head="period",
    )


def _columns(measure: Measure, row: _Row) -> list[Column]:
    """Return a line's columns: the value, and of nation and counties what it is made of."""
    of, whole = parts.rate_of(measure), f"{row.key}_whole"
    is_mean = measure.is_count and not row.is_county
    value = Column(
        row.key,
        trend_words.MEAN if is_mean else measure.label,
        measure.unit,
        measure.decimals + is_mean,
        is_signed=measure.is_difference,
        whole="" if measure.is_difference or measure.is_count else whole,
        over=row.label,
        mark=f"{row.key}_is_small",
    )
    part = Column(f"{row.key}_part", trend_words.SUM if is_mean else of.part, of.counted_in, 0, over=row.label)
    if measure.is_count:
        return [value] if row.key != "nation" else [part, value]
    if row.key != "nation" and not row.is_county:
        return [value]
    return [value, part, Column(whole, of.whole, of.counted_in, 0, over=row.label)]


def _cells(shown: Course, rows: Sequence[_Row], moment: Moment) -> dict[str, object]:
    cells: dict[str, object] = {
        "period": roc_period(moment.period),
        "as_of": roc_date(moment.as_of) if moment.as_of else None,
        "age": moment.age,
    }
    for row in rows:
        figure = row.figures[moment]
        cells |= {
            row.key: _rounded(shown.measure, figure, parts.mean_decimals(shown, row.members)),
            f"{row.key}_part": figure.ratio.numerator,
            f"{row.key}_whole": figure.ratio.denominator,
            f"{row.key}_is_small": figure.is_small and figure.value is not None,
        }
    return cells | {"remark": _remark(shown, moment)}


def _remark(shown: Course, moment: Moment) -> str:
    missing = [one.name for one in shown.nation[moment].missing]
    found = [] if moment.as_of else [_absent(shown, moment)]
    found += [trend_words.IMMATURE] if shown.age is None and moment.is_immature else []
    return "、".join([*found, *([trend_words.lacks(missing)] if missing else [])])


def _absent(shown: Course, moment: Moment) -> str:
    """Say why no report shows a period: it is not yet as old as all are compared at, or there is none."""
    period = moment.period
    if shown.age is None or not isinstance(period, BillingPeriod):
        return trend_words.NO_REPORT
    is_younger = period.age_months(shown.sources[0].as_of) < shown.age
    return trend_words.not_yet(shown.age) if is_younger else trend_words.NO_REPORT
