"""The reasons for not paying through the years, of nation and county: of half years, or of full years, never both."""

import dataclasses
from datetime import date
from fractions import Fraction
from typing import Any

from dashboard.answers import CURRENT
from dashboard.charts.composition_over_time import Column as Period
from dashboard.charts.composition_over_time import Panel, composition_over_time
from dashboard.charts.parts import Part, Segment
from dashboard.charts.picture import Drawing
from dashboard.domain import chart_words, reason_change_words, reason_words, words
from dashboard.domain.counties import County
from dashboard.domain.display import display
from dashboard.domain.kinds import Display, Reason, Span
from dashboard.domain.periods import FullYear, HalfYear
from dashboard.domain.reason_reference import remedies
from dashboard.domain.roc import roc_year
from dashboard.exhibits.captions import caption
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, NotAvailable, Source, Table
from dashboard.exhibits.frames import framed
from dashboard.exhibits.sources import named_period
from dashboard.exhibits.unpaid_reasons_figures import Composition, Compositions
from dashboard.exhibits.unpaid_reasons_printing import (
    count,
    figure,
    hover_remedy,
    name,
    reason_cells,
    reason_columns,
    share,
    size,
    unit,
    why_not,
)
from dashboard.exhibits.unpaid_reasons_reports import ReportPeriod, reports, unpaid_reason_periods
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class _Question:
    """What was asked, and every report of the span; a year between the first and the last without one is None."""

    span: Span
    shown: Display
    selected: County | None
    figures: dict[ReportPeriod, Compositions | None]
    sources: tuple[Source, ...]

    @property
    def known(self) -> list[tuple[ReportPeriod, Composition]]:
        """Return the nation, period by period, where it has shares."""
        return [(period, one.nation) for period, one in self.figures.items() if one and one.nation.is_known]

    @property
    def subject(self) -> str:
        return reason_change_words.over_time_subject(self.span)

    @property
    def sides(self) -> list[County | None]:
        return [None, *([self.selected] if self.selected else [])]

    def of(self, side: County | None, period: ReportPeriod) -> Composition | None:
        """Return the nation (None) or a county in a period; None without a report."""
        figures = self.figures[period]
        if figures is None:
            return None
        return figures.of(side) if side else figures.nation


def unpaid_reasons_over_time(
    db: Warehouse,
    span: Span,
    shown: Display = Display.SHARES,
    county: County | None = None,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show the six reasons, period by period, of the nation and of a county; NotAvailable without any report."""
    asked = _question(db, span, shown, county, known_on)
    title = _title(asked)
    return Exhibit(
        key="unpaid_reasons_over_time",
        title=title,
        finding=_finding(asked),
        chart=Chart(_drawing(asked), reason_change_words.over_time_alt(title, county.name if county else "")),
        table=_table(asked),
        unit=unit(shown),
        basis=reason_words.BASIS,
        as_of=asked.sources[0].as_of,
        sources=asked.sources,
        notes=_notes(asked),
        selection=_selection(asked),
        assumptions=(display().small_denominator.assumption, *remedies().assumptions),
        is_series=True,
    )


def _question(db: Warehouse, span: Span, shown: Display, county: County | None, known_on: date) -> _Question:
    reported = unpaid_reason_periods(db, span, known_on)
    if not reported:
        raise NotAvailable(reason_words.no_report_yet(span))
    found = reports(db, reported, known_on)
    years = range(reported[-1].year, reported[0].year + 1)
    periods = [HalfYear(year, 1) if span is Span.HALF_YEARS else FullYear(year) for year in years]
    figures = {one: found[one].figures if one in found else None for one in periods}
    asked = _Question(span, shown, county, figures, tuple(one.source for one in found.values()))
    if not asked.known:
        raise NotAvailable(reason_words.no_report_yet(span))
    return asked


def _title(asked: _Question) -> str:
    """Say the newest period's main reason, and what changed most since the first one."""
    (first, old), (newest, new) = asked.known[0], asked.known[-1]
    largest = new.largest
    since = ""
    if first != newest:
        gaps = {one: (new.share_pct(one) or Fraction(0)) - (old.share_pct(one) or Fraction(0)) for one in Reason}
        most = max(gaps, key=lambda reason: abs(gaps[reason]))
        sign = "+" if gaps[most] > 0 else "-"
        if gaps[most]:
            since = reason_change_words.since_first(named_period(first), most, f"{sign}{size(gaps[most])}")
    stated = share(new.share_pct(largest[0]))
    return reason_change_words.over_time_title(
        asked.span, named_period(newest), reason_words.listed(largest), stated, since
    )


def _finding(asked: _Question) -> str:
    """Give the course of what is now the main reason."""
    reason = asked.known[-1][1].largest[0]
    course = [(roc_year(period.year), share(nation.share_pct(reason))) for period, nation in asked.known]
    return reason_change_words.ends_finding(reason, course)


def _selection(asked: _Question) -> str:
    """Say the selected county's main reason in the newest period, and the share it had in the first."""
    if asked.selected is None:
        return ""
    newest = asked.known[-1][0]
    row = asked.of(asked.selected, newest)
    if row is None or not row.is_known:
        return reason_words.county_without(
            asked.selected.name, f"{named_period(newest)}{why_not(row) if row else reason_words.NO_REPORT}"
        )
    stated = share(row.share_pct(row.largest[0]))
    few = words.small_selection(display().small_denominator.persons) if row.is_small else ""
    largest = reason_words.listed(row.largest)
    return reason_change_words.county_newest(asked.selected.name, named_period(newest), largest, stated) + few


def _notes(asked: _Question) -> tuple[str, ...]:
    left_out = [
        f"{named_period(period)}{row.county.name}"
        for period, figures in asked.figures.items()
        if figures
        for row in figures.missing
        if row.county
    ]
    return (
        reason_words.definition_note(),
        reason_words.ROUNDING_NOTE,
        reason_words.SPAN_NOTE,
        reason_change_words.SERIES_NOTE,
        *([reason_change_words.left_out_of_nation(left_out)] if left_out else []),
    )


# --- the chart


def _drawing(asked: _Question) -> Drawing:
    parts = [Part(nth, reason_words.LABELS[reason], _hover(reason)) for nth, reason in enumerate(Reason)]
    lines = [
        chart_words.measured(unit(asked.shown), reason_words.BASIS),
        _title(asked).removeprefix(asked.subject).lstrip("："),
        _selection(asked),
    ]
    said = caption(asked.subject, lines, asked.sources, [reason_words.SPAN_NOTE], asked.selected, is_series=True)
    return composition_over_time([_panel(asked, side) for side in asked.sides], parts, said)


def _hover(reason: Reason) -> str:
    return f"{reason_words.hover_figures('%{customdata[0]}', '%{customdata[1]}')}<br>{hover_remedy(reason)}"


def _panel(asked: _Question, side: County | None) -> Panel:
    rows = [asked.of(side, period) for period in asked.figures]
    is_percent = asked.shown is Display.SHARES
    top = 100 if is_percent else max([1, *(row.total or 0 for row in rows if row)])
    columns = tuple(_column(asked, period, row) for period, row in zip(asked.figures, rows, strict=True))
    return Panel(side.name if side else words.NATION, columns, top, is_percent)


def _column(asked: _Question, period: ReportPeriod, row: Composition | None) -> Period:
    if row is None:
        return Period(roc_year(period.year), (), reason_words.NOT_RECEIVED, is_missing=True)
    if not row.is_known:
        return Period(roc_year(period.year), (), why_not(row), is_missing=row.total is None)
    return Period(roc_year(period.year), tuple(_segment(asked, period, row, reason) for reason in Reason))


def _segment(asked: _Question, period: ReportPeriod, row: Composition, reason: Reason) -> Segment:
    value = row.value(reason, asked.shown)
    stated = reason_words.part_words(name(row), reason, share(row.share_pct(reason)))
    return Segment(
        value=round(float(value or 0), 4),
        # On a phone a column has room for four letters.
        text=figure(row, reason, asked.shown).replace(",", ""),
        words=f"{named_period(period)}　{stated}",
        figures=(count(row.counts[reason]), count(row.total)),
    )


# --- the table


def _table(asked: _Question) -> Table:
    columns = [
        Column("period", reason_words.PERIOD),
        Column("whose", reason_words.WHOSE),
        Column("total", reason_words.TOTAL, reason_words.PERSONS, 0),
        *reason_columns(),
    ]
    rows = [_cells(asked, side, period) for side in asked.sides for period in reversed(asked.figures)]
    return Table(
        caption=f"{asked.subject}，{words.newest_as_of_line(asked.sources[0].as_of)}",
        frame=framed(rows, columns),
        columns=tuple(columns),
        head="period",
        selected=asked.selected.county_code if asked.selected else None,
    )


def _cells(asked: _Question, side: County | None, period: ReportPeriod) -> dict[str, Any]:
    return {
        "county_code": side.county_code if side else "",
        "group": side.name if side else words.NATION,
        "period": named_period(period),
        "whose": side.name if side else words.NATION,
        **reason_cells(asked.of(side, period)),
    }
