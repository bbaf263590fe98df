"""What changed most in the reasons for not paying since the same half year, or full year, a year before."""

import dataclasses
from datetime import date
from fractions import Fraction
from typing import Any

from dashboard.answers import CURRENT
from dashboard.charts.change_grid import Cell, Row, Steps, change_grid
from dashboard.charts.picture import Drawing
from dashboard.domain import chart_words, reason_change_words, reason_words, words
from dashboard.domain.counties import County
from dashboard.domain.display import display
from dashboard.domain.kinds import Display, Reason, ReasonOrder
from dashboard.exhibits.captions import caption
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, Table, rounded_signed
from dashboard.exhibits.frames import framed
from dashboard.exhibits.sources import named_period
from dashboard.exhibits.unpaid_reasons_figures import Change, Changes, Composition, changes
from dashboard.exhibits.unpaid_reasons_printing import DECIMALS, change, change_unit, count, share
from dashboard.exhibits.unpaid_reasons_reports import Report, ReportPeriod, reported, year_before
from dashboard.warehouse import Warehouse

_STEPS = {Display.SHARES: (Fraction(1, 2), Fraction(2)), Display.COUNTS: (Fraction(10), Fraction(100))}
"""From how much on a change has a colour, and from how much on a strong one; a matter of seeing, not of judging."""


@dataclasses.dataclass(frozen=True)
class _Question:
    """What was asked, the report that answers it and, where one is in force, that of the year before."""

    report: Report
    base: Report | None
    changes: Changes
    shown: Display
    order: ReasonOrder
    selected: County | None

    @property
    def subject(self) -> str:
        return reason_change_words.compared_subject(named_period(self.report.period), self.base_name)

    @property
    def base_name(self) -> str:
        return named_period(year_before(self.report.period))

    @property
    def is_comparable(self) -> bool:
        return bool(self.changes.known)

    @property
    def rows(self) -> tuple[Change, ...]:
        return (self.changes.nation, *self.changes.ordered(self.order, self.shown))


def reason_changes(
    db: Warehouse,
    period: ReportPeriod,
    shown: Display = Display.SHARES,
    order: ReasonOrder = ReasonOrder.OFFICIAL,
    county: County | None = None,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show how each reason's share (or persons) changed, of nation and counties, counties in an order of choice.

    Without a report of the year before nothing is compared, and the exhibit says so. NotAvailable where no report of
    the period itself is in force.
    """
    report, base = reported(db, period, known_on)
    asked = _Question(report, base, changes(report.figures, base.figures if base else None), shown, order, county)
    title = _title(asked)
    return Exhibit(
        key="reason_changes",
        title=title,
        finding=_finding(asked),
        chart=Chart(_drawing(asked, title), reason_change_words.changes_alt(title)),
        table=_table(asked),
        unit=change_unit(shown),
        basis=reason_words.BASIS,
        as_of=asked.report.as_of,
        sources=(asked.report.source, *([asked.base.source] if asked.base else [])),
        notes=_notes(asked),
        selection=_selection(asked),
        assumptions=(display().small_denominator.assumption,),
    )


def _with_unit(value: Fraction, shown: Display) -> str:
    return f"{change(value, shown)} {change_unit(shown)}"


def _title(asked: _Question) -> str:
    if not asked.is_comparable:
        return f"{asked.subject}：{reason_change_words.no_base(asked.base_name)}"
    most = asked.changes.nation.largest(asked.shown)
    nation = reason_change_words.nation_change(
        [reason for reason, _ in most], "、".join(dict.fromkeys(_with_unit(value, asked.shown) for _, value in most))
    )
    places = [
        (county.name, reason, _with_unit(value, asked.shown))
        for county, reason, value in asked.changes.most(asked.shown)
    ]
    return reason_change_words.changes_title(asked.subject, nation, reason_change_words.county_change(places))


def _finding(asked: _Question) -> str:
    if not asked.is_comparable:
        return ""
    nation = asked.changes.nation
    parts = [(reason, change(nation.value(reason, asked.shown) or Fraction(0), asked.shown)) for reason in Reason]
    told = reason_change_words.changes_finding(parts, change_unit(asked.shown))
    few = [row.county.name for row in asked.changes.known if row.is_small and row.county]
    if few:
        told += f"{words.small_finding(few, display().small_denominator.persons)}。"
    return told


def _selection(asked: _Question) -> str:
    if asked.selected is None:
        return ""
    row = asked.changes.of(asked.selected)
    if not row.is_known:
        return reason_change_words.no_change_for(asked.selected.name)
    most = row.largest(asked.shown)
    changed = "、".join(dict.fromkeys(_with_unit(value, asked.shown) for _, value in most))
    told = reason_change_words.selected_change(asked.selected.name, [reason for reason, _ in most], changed)
    return told + (words.small_selection(display().small_denominator.persons) if row.is_small else "")


def _notes(asked: _Question) -> tuple[str, ...]:
    left_out = [row.county.name for row in asked.changes.left_out if row.county] if asked.base else []
    return (
        reason_change_words.BASE_NOTE,
        reason_words.definition_note(),
        *([reason_change_words.left_out_note(left_out)] if left_out else []),
        *(
            [words.small_note(display().small_denominator.persons)]
            if any(row.is_small for row in asked.changes.known)
            else []
        ),
    )


# --- the chart


def _drawing(asked: _Question, title: str) -> Drawing:
    near, far = (str(int(step)) if step.denominator == 1 else f"{float(step)}" for step in _STEPS[asked.shown])
    steps = Steps(
        reason_change_words.step_entry(False, near, far, change_unit(asked.shown)),
        reason_change_words.step_entry(True, near, far, change_unit(asked.shown)),
        reason_change_words.MOST_ENTRY,
    )
    lines = [
        chart_words.measured(change_unit(asked.shown), reason_words.BASIS),
        title.removeprefix(asked.subject).lstrip("："),
        chart_words.outlined(_selection(asked)) if asked.selected else "",
    ]
    reports = [asked.report.source, *([asked.base.source] if asked.base else [])]
    said = caption(asked.subject, lines, reports, [reason_change_words.BASE_NOTE], asked.selected)
    hover = reason_change_words.hover_change(named_period(asked.report.period), asked.base_name)
    heads = [reason_words.NARROW[reason] for reason in Reason]
    return change_grid([_row(asked, row) for row in asked.rows], heads, [hover] * len(heads), steps, said)


def _row(asked: _Question, row: Change) -> Row:
    most = {reason for reason, _ in row.largest(asked.shown)}
    cells = tuple(_cell(asked, row, reason, reason in most) for reason in Reason) if row.is_known else ()
    name = _name(row)
    stated = [
        (one, _with_unit(value, asked.shown)) for one in Reason if (value := row.value(one, asked.shown)) is not None
    ]
    return Row(
        county_code=row.county.county_code if row.county else "",
        name=name,
        cells=cells,
        words=reason_change_words.row_words(name, stated),
        instead="" if cells else reason_change_words.NO_BASE,
        is_selected=row.county is not None and row.county == asked.selected,
    )


def _cell(asked: _Question, row: Change, reason: Reason, is_most: bool) -> Cell:
    value = row.value(reason, asked.shown) or Fraction(0)
    near, far = _STEPS[asked.shown]
    step = (abs(value) >= near) + (abs(value) >= far)
    return Cell(
        # On a phone a cell has room for five letters.
        text=change(value, asked.shown).replace(",", ""),
        step=step if value > 0 else -step,
        words=reason_change_words.cell_words(_name(row), reason, _with_unit(value, asked.shown)),
        figures=(_stated(row.base, reason), _stated(row.now, reason)),
        is_most=is_most,
    )


def _stated(row: Composition, reason: Reason) -> str:
    return reason_change_words.figures(share(row.share_pct(reason)), count(row.counts[reason]), count(row.total))


def _name(row: Change) -> str:
    if row.county is None:
        return words.NATION
    return f"{words.SMALL_MARK}{row.county.name}" if row.is_known and row.is_small else row.county.name


# --- the table


def _table(asked: _Question) -> Table:
    decimals = DECIMALS if asked.shown is Display.SHARES else 0
    unit = change_unit(asked.shown)
    columns = [
        Column("county", words.COUNTY),
        Column("most", reason_change_words.CHANGED_MOST),
        Column(
            "change",
            reason_change_words.CHANGE,
            unit,
            decimals,
            is_signed=True,
            missing=words.NO_PLACE,
            mark="is_small",
        ),
        *(
            Column(reason.value, reason_words.LABELS[reason], unit, decimals, is_signed=True, missing=words.NO_PLACE)
            for reason in Reason
        ),
    ]
    return Table(
        caption=f"{asked.subject}，{words.as_of_line(asked.report.as_of)}",
        frame=framed([_cells(asked, row) for row in asked.rows], columns),
        columns=tuple(columns),
        head="county",
        selected=asked.selected.county_code if asked.selected else None,
    )


def _cells(asked: _Question, row: Change) -> dict[str, Any]:
    most = row.largest(asked.shown)
    unknown = reason_change_words.NO_BASE if not row.is_known else words.NO_PLACE
    return {
        "county_code": row.county.county_code if row.county else "",
        "county": row.county.name if row.county else words.NATION,
        "most": reason_words.listed([reason for reason, _ in most]) or unknown,
        # Of several that tie, one up and one down, no single sign is right.
        "change": rounded_signed(most[0][1], DECIMALS) if len({value for _, value in most}) == 1 else None,
        "is_small": row.is_known and row.is_small,
        **{reason.value: rounded_signed(row.value(reason, asked.shown), DECIMALS) for reason in Reason},
    }
