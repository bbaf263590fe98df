"""The six reasons of the nation beside one county's, and what answers each of them."""

import dataclasses
from datetime import date
from typing import Any

from dashboard.answers import CURRENT
from dashboard.charts.parts import Part
from dashboard.charts.picture import Drawing
from dashboard.charts.reason_bars import Side, reason_bars
from dashboard.domain import chart_words, reason_words, words
from dashboard.domain.counties import County
from dashboard.domain.kinds import Display, Reason, ReasonOrder
from dashboard.domain.reason_reference import remedies
from dashboard.exhibits.captions import caption
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, Table, rounded
from dashboard.exhibits.frames import framed
from dashboard.exhibits.sources import named_period
from dashboard.exhibits.unpaid_reasons_figures import Composition
from dashboard.exhibits.unpaid_reasons_printing import DECIMALS, count, figure, hover_remedy, name, share, unit, why_not
from dashboard.exhibits.unpaid_reasons_reports import Report, ReportPeriod, reported
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class _Question:
    report: Report
    shown: Display
    order: ReasonOrder
    selected: County | None

    @property
    def nation(self) -> Composition:
        return self.report.figures.nation

    @property
    def county(self) -> Composition | None:
        return self.report.figures.of(self.selected) if self.selected else None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return the reasons by the nation's persons, equal ones as in the report."""
        return tuple(sorted(Reason, key=lambda reason: -(self.nation.counts[reason] or 0)))

    @property
    def subject(self) -> str:
        return reason_words.remedies_subject(named_period(self.report.period))


def reason_remedies(
    db: Warehouse,
    period: ReportPeriod,
    shown: Display = Display.SHARES,
    order: ReasonOrder = ReasonOrder.OFFICIAL,
    county: County | None = None,
    known_on: date = CURRENT,
) -> Exhibit:
    """Name the remedy beside each reason, with the nation's figures and a county's; `order` names one to speak of.

    NotAvailable where no report of the period is in force.
    """
    report, _ = reported(db, period, known_on)
    asked = _Question(report, shown, order, county)
    title = _title(asked)
    return Exhibit(
        key="reason_remedies",
        title=title,
        finding=_finding(asked),
        chart=Chart(_drawing(asked), reason_words.pair_alt(title, county.name if county else "")),
        table=_table(asked),
        unit=unit(shown),
        basis=reason_words.BASIS,
        as_of=asked.report.as_of,
        sources=(asked.report.source,),
        notes=(reason_words.definition_note(), reason_words.ROUNDING_NOTE, reason_words.PROPOSAL_NOTE),
        selection=_selection(asked),
        assumptions=remedies().assumptions,
        shown_with=reason_words.subject(named_period(period)),
    )


def _title(asked: _Question) -> str:
    largest = asked.nation.largest
    remedy = "；".join(remedies()[reason].remedy for reason in largest)
    return reason_words.remedies_title(named_period(asked.report.period), reason_words.listed(largest), remedy)


def _finding(asked: _Question) -> str:
    """Say in how many counties each reason is the main one, and what answers the reason they are sorted by."""
    found = {reason: sum(reason in row.largest for row in asked.report.figures.known) for reason in asked.reasons}
    counts = reason_words.largest_counts([(reason, number) for reason, number in found.items() if number])
    reason = asked.order.reason
    spoken = ""
    if reason:
        spoken = reason_words.asked_remedy(reason, share(asked.nation.share_pct(reason)), remedies()[reason].remedy)
    return reason_words.remedies_finding(counts, spoken)


def _selection(asked: _Question) -> str:
    row = asked.county
    if row is None or asked.selected is None:
        return ""
    if not row.is_known:
        return reason_words.county_without(asked.selected.name, why_not(row))
    remedy = "；".join(remedies()[reason].remedy for reason in row.largest)
    return reason_words.county_remedy(asked.selected.name, reason_words.listed(row.largest), remedy)


def _drawing(asked: _Question) -> Drawing:
    parts = [Part(list(Reason).index(reason), reason_words.LABELS[reason], "") for reason in asked.reasons]
    rows = [asked.nation, *([asked.county] if asked.county else [])]
    lines = [
        chart_words.measured(unit(asked.shown), reason_words.BASIS),
        _title(asked).removeprefix(named_period(asked.report.period)),
        _selection(asked),
    ]
    listed = [
        f"{reason_words.LABELS[reason]}：{remedies()[reason].remedy}（{reason_words.PROPOSED}）"
        for reason in asked.reasons
    ]
    said = caption(asked.subject, lines, [asked.report.source], listed, asked.selected)
    # Persons of a county cannot be seen beside the nation's, so that lengths are shares and the figures are as asked.
    remark = "" if asked.shown is Display.SHARES else reason_words.LENGTHS_ARE_SHARES
    names = [reason_words.TWO_LINES[reason] for reason in asked.reasons]
    return reason_bars([_side(asked, row) for row in rows], parts, names, said, remark)


def _side(asked: _Question, row: Composition) -> Side:
    shares = [row.share_pct(reason) for reason in asked.reasons]
    return Side(
        name=f"{name(row)}{f'（{why_not(row)}）' if why_not(row) else ''}",
        values=tuple(None if one is None else round(float(one), 4) for one in shares),
        texts=tuple("" if row.share_pct(reason) is None else _printed(asked, row, reason) for reason in asked.reasons),
        hovers=tuple(_hover(asked, row, reason) for reason in asked.reasons),
    )


def _printed(asked: _Question, row: Composition, reason: Reason) -> str:
    return f"{figure(row, reason, asked.shown)} {unit(asked.shown)}"


def _hover(asked: _Question, row: Composition, reason: Reason) -> str:
    lines = [
        f"<b>{reason_words.part_words(name(row), reason, share(row.share_pct(reason)))}</b>",
        f"{named_period(asked.report.period)}，{words.as_of_line(asked.report.as_of)}",
        reason_words.hover_figures(count(row.counts[reason]), count(row.total)),
        hover_remedy(reason),
    ]
    return "<br>".join(lines)


def _table(asked: _Question) -> Table:
    sides = [("nation", words.NATION, asked.nation)]
    if asked.county and asked.selected:
        sides.append(("county", asked.selected.name, asked.county))
    columns = [Column("reason", reason_words.REASON), Column("remedy", reason_words.REMEDY)]
    for key, over, _ in sides:
        columns += [
            Column(f"{key}_pct", reason_words.SHARE, reason_words.PERCENT, DECIMALS, whole=f"{key}_total", over=over),
            Column(f"{key}_persons", reason_words.COUNT, reason_words.PERSONS, 0, over=over),
        ]
    columns.append(Column("largest_in", reason_words.LARGEST_IN, reason_words.COUNTIES, 0))
    return Table(
        caption=f"{asked.subject}，{words.as_of_line(asked.report.as_of)}",
        frame=framed([_cells(asked, reason, sides) for reason in asked.reasons], columns),
        columns=tuple(columns),
        head="reason",
    )


def _cells(asked: _Question, reason: Reason, sides: list[tuple[str, str, Composition]]) -> dict[str, Any]:
    cells: dict[str, Any] = {"county_code": reason.value, "reason": reason_words.LABELS[reason]}
    for key, _, row in sides:
        cells[f"{key}_pct"] = rounded(row.share_pct(reason), DECIMALS)
        cells[f"{key}_persons"] = row.counts[reason]
        cells[f"{key}_total"] = row.total
    cells["largest_in"] = sum(reason in row.largest for row in asked.report.figures.known)
    cells["remedy"] = remedies()[reason].remedy
    return cells
