"""Why visited persons had not paid: each county's reasons against the nation's, in one half or full year."""

import dataclasses
from datetime import date
from typing import Any

from dashboard.answers import CURRENT
from dashboard.charts.composition import Bar, Scale, composition
from dashboard.charts.parts import Part, Segment
from dashboard.charts.picture import Drawing
from dashboard.domain import chart_words, reason_words, words
from dashboard.domain.counties import County
from dashboard.domain.display import display
from dashboard.domain.kinds import Display, Reason, ReasonOrder
from dashboard.domain.reason_reference import remedies
from dashboard.exhibits.captions import caption
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, Table
from dashboard.exhibits.frames import framed
from dashboard.exhibits.sources import named_period
from dashboard.exhibits.unpaid_reasons_figures import Composition, in_stack_order
from dashboard.exhibits.unpaid_reasons_notes import composition_notes
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
from dashboard.exhibits.unpaid_reasons_reports import Report, ReportPeriod, reported
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class _Question:
    """What was asked, and the report that answers it."""

    report: Report
    shown: Display
    order: ReasonOrder
    selected: County | None

    @property
    def rows(self) -> tuple[Composition, ...]:
        return self.report.figures.ordered(self.order, self.shown)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return in_stack_order(self.order)

    @property
    def nation(self) -> Composition:
        return self.report.figures.nation

    @property
    def subject(self) -> str:
        return reason_words.subject(named_period(self.report.period))


def unpaid_reasons(
    db: Warehouse,
    period: ReportPeriod,
    shown: Display = Display.SHARES,
    order: ReasonOrder = ReasonOrder.OFFICIAL,
    county: County | None = None,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show the six reasons of nation and counties as shares or persons, counties in an order of choice.

    NotAvailable where no report of the period is in force.
    """
    report, _ = reported(db, period, known_on)
    asked = _Question(report, shown, order, county)
    title, selection = _title(asked), _selection(asked)
    missing = len(asked.report.figures.missing)
    alt = reason_words.bar_alt(title, reason_words.order(order), missing, selection)
    return Exhibit(
        key="unpaid_reasons",
        title=title,
        finding=_finding(asked),
        chart=Chart(_drawing(asked, title), alt),
        table=_table(asked),
        unit=unit(shown),
        basis=reason_words.BASIS,
        as_of=asked.report.as_of,
        sources=(asked.report.source,),
        notes=composition_notes(db, asked.report, known_on),
        selection=selection,
        assumptions=(display().small_denominator.assumption, *remedies().assumptions),
    )


def _title(asked: _Question) -> str:
    nation = asked.nation
    places = [
        (one.county.name, one.reason, 1 if one.gap_pp > 0 else -1, size(one.gap_pp))
        for one in asked.report.figures.deviations
    ]
    largest = nation.largest
    return reason_words.title(
        named_period(asked.report.period),
        reason_words.listed(largest),
        share(nation.share_pct(largest[0])),
        reason_words.deviation(places),
    )


def _finding(asked: _Question) -> str:
    nation, figures = asked.nation, asked.report.figures
    shares = [(reason, share(nation.share_pct(reason)), count(nation.counts[reason])) for reason in Reason]
    parts = [reason_words.nation_finding(count(nation.total), shares)]
    if asked.order.reason:
        highest, lowest = (figures.at(end, asked.order.reason) for end in (max, min))
        ends = (highest[0], share(highest[1])), (lowest[0], share(lowest[1]))
        parts.append(reason_words.reason_finding(asked.order.reason, *ends))
    if figures.small:
        few = [row.county.name for row in figures.small if row.county]
        parts.append(words.small_finding(few, display().small_denominator.persons))
    return f"{'；'.join(parts)}。"


def _selection(asked: _Question) -> str:
    """Say the selected county's main reason, and where it is farthest from the nation."""
    if asked.selected is None:
        return ""
    row = asked.report.figures.of(asked.selected)
    if not row.is_known:
        return reason_words.county_without(asked.selected.name, why_not(row))
    widest, gap = asked.report.figures.widest_gap(row)
    told = reason_words.county_finding(
        asked.selected.name,
        reason_words.listed(row.largest),
        share(row.share_pct(row.largest[0])),
        (widest, 1 if gap > 0 else -1, size(gap)) if gap else None,
    )
    return told + (words.small_selection(display().small_denominator.persons) if row.is_small else "")


# --- the chart


def _drawing(asked: _Question, title: str) -> Drawing:
    parts = [
        Part(list(Reason).index(reason), reason_words.LABELS[reason], _hover(asked, reason)) for reason in asked.reasons
    ]
    counts = [row.total or 0 for row in asked.rows]
    is_share = asked.shown is Display.SHARES
    scale = Scale(100, 100, is_share) if is_share else Scale(max(*counts, 1), asked.nation.total or 1, is_share)
    entries = [reason_words.order_entry(asked.order)]
    if not is_share:
        entries.append(reason_words.NATION_SCALE)
    selection = _selection(asked)
    lines = [
        chart_words.measured(unit(asked.shown), reason_words.BASIS),
        title.removeprefix(asked.subject).lstrip("："),
        chart_words.outlined(selection) if selection else "",
    ]
    said = caption(asked.subject, lines, [asked.report.source], [reason_words.ROUNDING_NOTE], asked.selected)
    bars = [_bar(asked, row) for row in asked.rows]
    return composition(_bar(asked, asked.nation), bars, parts, scale, said, entries)


def _hover(asked: _Question, reason: Reason) -> str:
    stated = f"{named_period(asked.report.period)}，{words.as_of_line(asked.report.as_of)}"
    return f"{stated}<br>{reason_words.hover_figures('%{customdata[0]}', '%{customdata[1]}')}<br>{hover_remedy(reason)}"


def _bar(asked: _Question, row: Composition) -> Bar:
    instead = why_not(row)
    segments = () if instead else tuple(_segment(asked, row, reason) for reason in asked.reasons)
    shares = [(reason, share(row.share_pct(reason))) for reason in asked.reasons]
    return Bar(
        county_code=row.county.county_code if row.county else "",
        name=name(row),
        segments=segments,
        words=reason_words.row_words(name(row), [] if instead else shares, instead),
        end=reason_words.persons(count(row.total)) if row.total else "",
        instead=instead,
        is_missing=row.total is None,
        is_selected=row.county is not None and row.county == asked.selected,
    )


def _segment(asked: _Question, row: Composition, reason: Reason) -> Segment:
    value, printed = row.value(reason, asked.shown), figure(row, reason, asked.shown)
    return Segment(
        value=round(float(value or 0), 4),
        text=printed,
        words=reason_words.part_words(name(row), reason, share(row.share_pct(reason))),
        figures=(count(row.counts[reason]), count(row.total)),
    )


# --- the table


def _table(asked: _Question) -> Table:
    columns = [
        Column("county", words.COUNTY),
        Column("largest", reason_words.LARGEST),
        Column("total", reason_words.TOTAL, reason_words.PERSONS, 0),
        *reason_columns(),
    ]
    return Table(
        caption=f"{asked.subject}，{words.as_of_line(asked.report.as_of)}",
        frame=framed([_cells(row) for row in (asked.nation, *asked.rows)], columns),
        columns=tuple(columns),
        head="county",
        selected=asked.selected.county_code if asked.selected else None,
    )


def _cells(row: Composition) -> dict[str, Any]:
    return {
        "county_code": row.county.county_code if row.county else "",
        "county": row.county.name if row.county else words.NATION,
        "largest": reason_words.listed(row.largest) or why_not(row),
        **reason_cells(row),
    }
