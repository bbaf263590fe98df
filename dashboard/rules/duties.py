"""Which reports are owed, by when, and what became of each: pure arithmetic on dates."""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import takewhile
from typing import Literal

from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear, HalfYear, Month, period_from_iso
from dashboard.rules.rule import AfterCutOff, Deadlines, OnDay

State = Literal["on_time", "late", "history", "awaited", "missing"]
Arrival = tuple[date, bool]
"""When a report was received, and whether a long file brought it in after the fact."""


@dataclasses.dataclass(frozen=True)
class Duty:
    """One report owed. `period` is ISO text; a snapshot of many billing periods is known by its cut-off date alone."""

    kind: Kind
    period: str
    as_of: date | None
    due_on: date
    received_on: date | None
    state: State


def duties(arrivals: Mapping[tuple[Kind, str], Arrival], deadlines: Deadlines, on: date) -> list[Duty]:
    """List every report owed up to a day, from the first one in of each kind on.

    `arrivals` is keyed by kind and period (ISO), snapshots by their cut-off date. A report is owed once the time it
    speaks of is over; before its deadline it is awaited, after it missing.
    """
    found = []
    for kind in Kind:
        known = sorted(key for owner, key in arrivals if owner is kind)
        if known:
            owed = _owed(kind, known[0], deadlines)
            found += [
                _duty(kind, key, as_of, due_on, arrivals.get((kind, key)), on)
                for key, as_of, due_on in takewhile(lambda one: one[1] < on, owed)
            ]
    return found


def _owed(kind: Kind, first: str, deadlines: Deadlines) -> Iterator[tuple[str, date, date]]:
    """Yield key, last day spoken of and deadline of every report of a kind, without end."""
    match kind:
        case Kind.COLLECTION:
            for month in _every(Month.from_iso(first), 1):
                yield month.iso, month.end_on, _after(month.end_on, deadlines.collection)
        case Kind.PAYMENT_RATE:
            for month in _every(Month.of(date.fromisoformat(first)), 2):
                yield month.end_on.isoformat(), month.end_on, _after(month.end_on, deadlines.payment_rate)
        case Kind.VISITS:
            yield from _yearly(first, deadlines.visits_half_year, deadlines.visits_full_year)
        case Kind.UNPAID_REASONS:
            yield from _yearly(first, deadlines.unpaid_reasons_half_year, deadlines.unpaid_reasons_full_year)
        case Kind.AVERAGE_RATE:
            for year in _years(int(first)):
                # It speaks of the months to June, as seen at the end of October.
                yield FullYear(year).iso, date(year, 10, 31), _on_day(year, deadlines.average_rate)


def _every(first: Month, step: int) -> Iterator[Month]:
    month = first
    while True:
        yield month
        month = month.plus(step)


def _years(first: int) -> Iterator[int]:
    return (month.year for month in _every(Month(first, 1), 12))


def _yearly(first: str, half_due: OnDay, full_due: OnDay) -> Iterator[tuple[str, date, date]]:
    for year in _years(period_from_iso(first).start_on.year):
        for period, deadline in ((HalfYear(year, 1), half_due), (FullYear(year), full_due)):
            yield period.iso, period.end_on, _on_day(year, deadline)


def _after(as_of: date, deadline: AfterCutOff) -> date:
    return Month.of(as_of).plus(deadline.months_after_cut_off).end_on


def _on_day(year: int, deadline: OnDay) -> date:
    return date(year + deadline.years_after, deadline.month, deadline.day)


def _duty(kind: Kind, key: str, as_of: date, due_on: date, arrival: Arrival | None, on: date) -> Duty:
    is_snapshot = kind is Kind.PAYMENT_RATE
    return Duty(
        kind=kind,
        period="" if is_snapshot else key,
        as_of=as_of if is_snapshot else None,
        due_on=due_on,
        received_on=arrival[0] if arrival else None,
        state=_state(due_on, arrival, on),
    )


def _state(due_on: date, arrival: Arrival | None, on: date) -> State:
    if arrival is None:
        return "awaited" if on <= due_on else "missing"
    received_on, covers_history = arrival
    if covers_history:
        return "history"
    return "on_time" if received_on <= due_on else "late"
