"""期程追蹤: what is owed in a year, by when, what became of it, and what falls due next."""

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.decided import day_of
from dashboard.domain import duty_words
from dashboard.domain.display import display
from dashboard.domain.kinds import DutyFilter, Kind
from dashboard.domain.periods import FullYear, period_from_iso
from dashboard.domain.roc import roc_date, roc_period, roc_year
from dashboard.exhibits import sources
from dashboard.exhibits.duties_owed import (
    deadline_assumptions,
    is_soon,
    named,
    owed,
    period_of,
    route,
    short_stream,
    stream,
    tick_of,
    ticks,
)
from dashboard.exhibits.duty_picture import picture_of
from dashboard.exhibits.exhibit import Column, Exhibit, Source, Table, version_of
from dashboard.exhibits.frames import framed
from dashboard.rules.duties import Duty
from dashboard.rules.rule import Rule
from dashboard.warehouse import Warehouse

_OPEN = frozenset({"missing", "awaited", "upcoming", "when_fit"})
_STATES = {
    DutyFilter.OPEN: _OPEN,
    DutyFilter.MISSING: frozenset({"missing"}),
    DutyFilter.LATE: frozenset({"late"}),
    DutyFilter.DONE: frozenset({"on_time", "late", "history", "done"}),
}


@dataclasses.dataclass(frozen=True)
class Calendar(Exhibit):
    """A list as it stands on a day; the cut-off dates of the reports it rests on are told stream by stream."""

    @property
    def as_of_line(self) -> str:
        return duty_words.snapshot(self.as_of) + self.knowledge


def duty_calendar(
    db: Warehouse,
    year: FullYear,
    rule: Rule,
    state: DutyFilter,
    on: date,
    decided: int = 0,
    known_on: date = CURRENT,
) -> Exhibit:
    """List the duties of a year under a rule as they stand on a day, those of one state or all.

    The days to come that the display settings name are part of it; of a year that has not begun, all that is due in it.
    Ticks are those of the first `decided` decisions.
    """
    everything = owed(db, rule, on, decided, _until(year, on), known_on)
    of_year = sorted((duty for duty in everything if duty.year == year), key=_by_day)
    listed = [duty for duty in of_year if state is DutyFilter.ALL or duty.state in _STATES[state]]
    reports = _newest_reports(db, known_on)
    title = _title(year, of_year, rule)
    finding = _finding(year, of_year, everything, rule, on)
    return Calendar(
        key="duty_calendar",
        title=title,
        finding=finding,
        chart=picture_of(year, of_year, rule, on, title, reports) if of_year else None,
        table=_table(listed, rule, on, duty_words.caption(roc_year(year.year), duty_words.FILTERS[state], on)),
        unit=duty_words.UNIT,
        basis=duty_words.COUNTED,
        as_of=on,
        sources=reports,
        notes=(
            duty_words.CALENDAR_NOTE,
            duty_words.FIRST_NOTE,
            duty_words.HAND_NOTE,
            duty_words.DAYS_NOTE,
        ),
        selection="" if listed else duty_words.NOTHING_LISTED,
        rule_version=version_of(rule),
        assumptions=(*deadline_assumptions(rule), display().duties.assumption),
        behind=_records(db, rule, decided, known_on),
    )


def _soon(on: date) -> date:
    return on + timedelta(days=display().duties.upcoming_days)


def _until(year: FullYear, on: date) -> date:
    return max(_soon(on), year.end_on) if year.year > on.year else _soon(on)


def _by_day(duty: Duty) -> tuple[date, str, str]:
    return duty.stated_on or date.max, duty.key, duty.slot


def _title(year: FullYear, of_year: Sequence[Duty], rule: Rule) -> str:
    missing = [f"{short_stream(duty.key, rule)}{period_of(duty)}" for duty in of_year if duty.state == "missing"]
    return duty_words.title(roc_year(year.year), len(of_year), missing)


def _finding(year: FullYear, of_year: Sequence[Duty], everything: Sequence[Duty], rule: Rule, on: date) -> str:
    def count(*states: str) -> int:
        return sum(duty.state in states for duty in of_year)

    soon = sum(is_soon(duty, on) for duty in of_year)
    next_ones = sorted(
        (
            duty
            for duty in everything
            if duty.state in {"awaited", "upcoming"} and duty.due_on and duty.due_on <= _soon(on)
        ),
        key=lambda duty: duty.due_on or on,
    )
    coming = [duty_words.coming_item(named(duty, rule), duty.due_on) for duty in next_ones if duty.due_on]
    elsewhere = [named(duty, rule) for duty in everything if duty.state == "missing" and duty.year != year]
    return "".join(
        [
            duty_words.counts(
                count("on_time", "late", "history", "done"),
                count("late"),
                soon,
                count("awaited", "upcoming") - soon,
                count("when_fit"),
            ),
            duty_words.coming(display().duties.upcoming_days, coming),
            duty_words.elsewhere(elsewhere),
        ]
    )


# --- the table

_COLUMNS = (
    Column("duty", duty_words.DUTY),
    Column("period", duty_words.PERIOD),
    Column("state", duty_words.STATE),
    Column("due", duty_words.DUE),
    Column("received", duty_words.RECEIVED, missing=duty_words.NONE),
    Column("days", duty_words.DAYS, duty_words.DAY, 0, is_signed=True, missing=duty_words.NONE),
    Column("document", duty_words.DOCUMENT, missing=duty_words.NONE),
    Column("moved", duty_words.MOVED, missing=duty_words.NONE),
    Column("route", duty_words.ROUTE),
    Column("basis", duty_words.BASIS),
)


def _table(listed: Sequence[Duty], rule: Rule, on: date, caption: str) -> Table:
    return Table(caption, framed([_cells(duty, rule, on) for duty in listed], _COLUMNS), _COLUMNS, "duty")


def _cells(duty: Duty, rule: Rule, on: date) -> dict[str, Any]:
    moved = duty.closure and duty.stated_on and duty_words.moved(duty.stated_on, duty.closure)
    return {
        "duty": stream(duty.key, rule),
        "period": period_of(duty),
        "due": roc_date(duty.due_on) if duty.due_on else duty_words.WHEN_FIT,
        "received": roc_date(duty.received_on) if duty.received_on else None,
        "days": duty.days,
        "state": duty_words.marked(duty.state, is_soon=is_soon(duty, on)),
        "document": duty.document or None,
        "moved": moved or None,
        "route": duty_words.route(*route(duty, rule)),
        "basis": duty_words.BASES[rule.deadlines.basis_of(duty.key, duty.period)],
    }


_RECORD_COLUMNS = (
    Column("duty", duty_words.DUTY),
    Column("period", duty_words.PERIOD),
    Column("done", duty_words.DONE_ON),
    Column("document", duty_words.DOCUMENT),
    Column("by", duty_words.BEHIND_BY),
    Column("recorded", duty_words.BEHIND_RECORDED),
    Column("reason", duty_words.BEHIND_REASON, missing=duty_words.NONE),
)


def _records(db: Warehouse, rule: Rule, decided: int, known_on: date) -> Table | None:
    """Return every tick with who made it, corrections after what they correct; None where there is none."""
    rows = []
    for decision in ticks(db, decided, known_on):
        tick = tick_of(decision)
        if tick.duty in rule.deadlines.streams_by_hand:
            rows.append(
                {
                    "duty": stream(tick.duty, rule),
                    "period": roc_period(period_from_iso(tick.slot)),
                    "done": roc_date(tick.done_on),
                    "document": tick.document,
                    "by": decision.by,
                    "recorded": roc_date(day_of(decision)),
                    "reason": tick.reason or None,
                }
            )
    return Table(duty_words.RECORDS, framed(rows, _RECORD_COLUMNS), _RECORD_COLUMNS, "duty") if rows else None


def _newest_reports(db: Warehouse, known_on: date) -> tuple[Source, ...]:
    """Return the newest report in force of each kind: what is listed rests on all of them."""
    versions = answers.versions_in_force(db, known_on)
    # Versions stand by as_of: the last one of a kind is its newest.
    rows = zip(versions["kind"], versions["period"], versions["as_of"].dt.date, strict=True)
    newest = {kind: (period, as_of) for kind, period, as_of in rows}
    kinds = [kind for kind in Kind if kind.value in newest]
    return tuple(one for kind in kinds for one in sources.of_trend(versions, kind, {newest[kind.value]}))
