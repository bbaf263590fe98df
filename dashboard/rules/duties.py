"""Which reports and other duties are owed, by when, and what became of each: pure arithmetic on dates."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import takewhile
from typing import Literal, NamedTuple

from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear, HalfYear, Month, period_from_iso
from dashboard.rules.deadlines import WHEN_FIT, AfterCutOff, ByHand, Deadlines, OnDay
from dashboard.rules.part import Part, Text
from dashboard.rules.working_days import working_days

State = Literal["on_time", "late", "history", "awaited", "missing", "upcoming", "when_fit", "done"]
Arrival = tuple[date, bool]
"""When a report was received, and whether a long file brought it in after the fact."""


class Done(NamedTuple):
    """A duty without figures, ticked off: the day it was done and the number of its document."""

    on: date
    document: str


@dataclasses.dataclass(frozen=True)
class Duty:
    """One report or other duty owed.

    `key` names the stream; `kind` is None where the duty has no figures. `period` is ISO text; a snapshot of many
    billing periods is known by its cut-off date alone. `due_on` is None for what is done when fit; where it is not the
    day `stated_on` by the rule, `closure` says why offices are closed on that one. For a duty without figures,
    `received_on` is the day it was done.
    """

    key: str
    kind: Kind | None
    period: str
    as_of: date | None
    due_on: date | None
    stated_on: date | None
    closure: str
    received_on: date | None
    document: str
    state: State

    @property
    def slot(self) -> str:
        """Return what tells it from the others of its stream: the period or the cut-off date, ISO."""
        return self.period or str(self.as_of)

    @property
    def days(self) -> int | None:
        """Return how many days after its due date it was received, negative before; None where either is missing.

        Neither does a long file that brought in years at once count as late.
        """
        if self.due_on is None or self.received_on is None or self.state == "history":
            return None
        return (self.received_on - self.due_on).days

    @property
    def year(self) -> FullYear:
        """Return the year whose calendar it stands in: that of its due date, which it may have left by moving."""
        return FullYear(self.stated_on.year) if self.stated_on else FullYear.from_iso(self.period)


class Tick(Part):
    """What the ledger keeps of a duty ticked off, and of each correction: the last one of a slot holds."""

    duty: Text
    slot: Text
    done_on: date
    document: Text
    reason: str = ""


def done(ticks: Iterable[Tick]) -> dict[tuple[str, str], Done]:
    """Return what is ticked off, from all ticks in the order they were made."""
    return {(one.duty, one.slot): Done(one.done_on, one.document) for one in ticks}


class _Owed(NamedTuple):
    """What will be owed: its slot (ISO), the first day it can be asked for, the due date the rule states."""

    slot: str
    open_on: date
    stated_on: date | None


def duties(
    arrivals: Mapping[tuple[Kind, str], Arrival],
    ticked: Mapping[tuple[str, str], Done],
    deadlines: Deadlines,
    on: date,
    until: date | None = None,
) -> list[Duty]:
    """List everything owed up to a day: reports from the first one in of each kind on, then duties without figures.

    `arrivals` is keyed by kind and period (ISO), snapshots by their cut-off date; `ticked` by stream and slot.
    A report is owed once the time it speaks of is over, another duty from the first day of the month or year it belongs
    to; before its deadline it is awaited, after it missing. `until` lists besides what falls due by then ("upcoming").
    """
    found = []
    for kind in Kind:
        known = sorted(key for owner, key in arrivals if owner is kind)
        for owed in _listed(_reports(kind, known[0], deadlines), on, until) if known else ():
            arrival = arrivals.get((kind, owed.slot))
            made = _duty(kind, kind, owed, deadlines, Done(arrival[0], "") if arrival else None, on)
            found.append(dataclasses.replace(made, state="history") if arrival and arrival[1] else made)
    for key in deadlines.streams_by_hand:
        found += [
            _duty(key, None, owed, deadlines, ticked.get((key, owed.slot)), on)
            for owed in _listed(_hand_slots(key, deadlines), on, until)
        ]
    return found


def _listed(owed: Iterator[_Owed], on: date, until: date | None) -> Iterator[_Owed]:
    def is_due(one: _Owed) -> bool:
        return until is not None and one.stated_on is not None and one.stated_on <= until

    return takewhile(lambda one: one.open_on <= on or is_due(one), owed)


# --- what the rule makes owed


def _reports(kind: Kind, first: str, deadlines: Deadlines) -> Iterator[_Owed]:
    """Yield every report of a kind, without end."""
    match kind:
        case Kind.COLLECTION:
            for month in _every(Month.from_iso(first), 1):
                yield _after_cut_off(month.iso, month.end_on, deadlines.collection)
        case Kind.PAYMENT_RATE:
            for month in _every(Month.of(date.fromisoformat(first)), 2):
                yield _after_cut_off(month.end_on.isoformat(), month.end_on, deadlines.payment_rate)
        case Kind.VISITS:
            yield from _yearly(first, deadlines.visits_half_year, deadlines.visits_full_year)
        case Kind.UNPAID_REASONS:
            yield from _yearly(first, deadlines.unpaid_reasons_half_year, deadlines.unpaid_reasons_full_year)
        case Kind.AVERAGE_RATE:
            for year in _years(int(first)):
                # It speaks of the months to June, as seen at the end of October.
                yield _Owed(FullYear(year).iso, date(year, 11, 1), _on_day(year, deadlines.average_rate))


def _after_cut_off(slot: str, as_of: date, deadline: AfterCutOff) -> _Owed:
    due_on = Month.of(as_of).plus(deadline.months_after_cut_off).end_on
    return _Owed(slot, as_of + timedelta(days=1), due_on)


def _yearly(first: str, half_due: OnDay, full_due: OnDay) -> Iterator[_Owed]:
    for year in _years(period_from_iso(first).start_on.year):
        for period, deadline in ((HalfYear(year, 1), half_due), (FullYear(year), full_due)):
            yield _Owed(period.iso, period.end_on + timedelta(days=1), _on_day(year, deadline))


def _hand_slots(key: str, deadlines: Deadlines) -> Iterator[_Owed]:
    """Yield every slot of a stream without figures, without end."""
    duty = deadlines.by_hand.get(key)
    for year in _years(deadlines.by_hand_from_year_roc + 1911):
        if duty is None:
            review = deadlines.review_report
            if isinstance(review, OnDay):
                yield _Owed(FullYear(year).iso, date(year, 11, 1), _on_day(year, review))
        elif duty.due == WHEN_FIT:
            yield _Owed(FullYear(year).iso, date(year, 1, 1), None)
        else:
            yield from (_hand_slot(duty, Month(year, month)) for month in duty.due.months)


def _hand_slot(duty: ByHand, month: Month) -> _Owed:
    if duty.about == "month":
        return _Owed(month.iso, month.start_on, month.end_on)
    year = month.year if duty.about == "year" else month.year - 1
    return _Owed(FullYear(year).iso, date(month.year, 1, 1), month.end_on)


def _every(first: Month, step: int) -> Iterator[Month]:
    month = first
    while True:
        yield month
        month = month.plus(step)


def _years(first: int) -> Iterator[int]:
    return (month.year for month in _every(Month(first, 1), 12))


def _on_day(year: int, deadline: OnDay) -> date:
    return date(year + deadline.years_after, deadline.month, deadline.day)


# --- what became of it


def _duty(key: str, kind: Kind | None, owed: _Owed, deadlines: Deadlines, done: Done | None, on: date) -> Duty:
    is_snapshot = kind is Kind.PAYMENT_RATE
    due_on, closure = _moved(owed.stated_on, deadlines)
    return Duty(
        key=str(key),
        kind=kind,
        period="" if is_snapshot else owed.slot,
        as_of=date.fromisoformat(owed.slot) if is_snapshot else None,
        due_on=due_on,
        stated_on=owed.stated_on,
        closure=closure,
        received_on=done.on if done else None,
        document=done.document if done else "",
        state=_state(owed, due_on, done, on),
    )


def _moved(stated_on: date | None, deadlines: Deadlines) -> tuple[date | None, str]:
    """Return the due date in force, and why it is not the stated one ("" where it is)."""
    if stated_on is None or deadlines.on_closed_day == "unmoved":
        return stated_on, ""
    days = working_days()
    return days.next_open(stated_on), days.closure(stated_on)


def _state(owed: _Owed, due_on: date | None, done: Done | None, on: date) -> State:
    if due_on is None:
        return "done" if done else "when_fit"
    if done:
        return "on_time" if done.on <= due_on else "late"
    if owed.open_on > on:
        return "upcoming"
    return "awaited" if on <= due_on else "missing"
