"""Ticking off duties without figures: who says it was done, when and under which document, checked and recorded."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dashboard.decided import ticks_of
from dashboard.domain import duty_words
from dashboard.domain.display import display
from dashboard.domain.errors import DashboardError
from dashboard.exhibits.duties_owed import named, period_of, stream, tick_of
from dashboard.ledger import Decision, Ledger
from dashboard.rules.duties import Duty, Tick, done, duties
from dashboard.rules.rule import Rule
from dashboard.warehouse import Warehouse

_MOST_LETTERS = 100


class Stated(NamedTuple):
    """What a person says of a duty that was done; `reason` is needed where it was ticked off before."""

    duty: str
    slot: str
    done_on: date
    document: str
    reason: str = ""


class Ticked(NamedTuple):
    """A tick as recorded, and the duty as it stands with it."""

    decision: Decision
    duty: Duty


def tickable(ticks: Sequence[Tick], rule: Rule, on: date) -> list[Duty]:
    """Return the duties without figures that can be ticked off on a day, those to come soon among them.

    What is ticked off already stays among them, to be corrected.
    """
    until = on + timedelta(days=display().duties.upcoming_days)
    return [duty for duty in duties({}, done(ticks), rule.deadlines, on, until) if duty.kind is None]


def tickable_now(db: Warehouse, rule: Rule, on: date, decided: int) -> list[Duty]:
    """Return the same after the first `decided` decisions of a warehouse's ledger."""
    return tickable([tick_of(one) for one in ticks_of(db, decided)], rule, on)


def ticks_in(ledger: Ledger) -> list[Tick]:
    """Return every tick of a ledger, oldest first."""
    return [Tick.model_validate(one.body) for one in ledger.decisions() if one.kind == "duty_done"]


def tick(ledger: Ledger, rule: Rule, stated: Stated, by: str, on: date) -> Ticked:
    """Record that a duty was done; as stated by somebody; `on` is today.

    DashboardError says in a sentence why it is refused: nobody's name, no such duty or slot, no document number, a day
    to come, or a second tick without a reason.
    """
    if not by.strip():
        raise DashboardError(duty_words.NO_OFFICER)
    count = ledger.decision_count()
    ticks = ticks_in(ledger)
    duty = _found(tickable(ticks, rule, on), stated.duty, stated.slot, rule)
    document, reason = stated.document.strip(), stated.reason.strip()
    _refuse_if(not document, duty_words.NO_DOCUMENT)
    _refuse_if(max(len(document), len(reason)) > _MOST_LETTERS, duty_words.TOO_LONG)
    _refuse_if(stated.done_on > on, duty_words.NOT_YET_DONE)
    _refuse_if(duty.received_on is not None and not reason, duty_words.NO_REASON)
    made = Tick(duty=duty.key, slot=duty.slot, done_on=stated.done_on, document=document, reason=reason)
    decision = ledger.decide("duty_done", made.model_dump(mode="json"), by.strip(), expected_count=count)
    return Ticked(decision, _found(tickable([*ticks, made], rule, on), made.duty, made.slot, rule))


def open_slot(ticks: Sequence[Tick], rule: Rule, key: str, on: date) -> str:
    """Return the oldest slot of a stream that is not ticked off; DashboardError where there is none."""
    mine = _of_stream(tickable(ticks, rule, on), key, rule)
    slot = next((duty.slot for duty in mine if duty.received_on is None), None)
    if slot is None:
        raise DashboardError(duty_words.nothing_open(stream(key, rule)))
    return slot


def sentence(ticked: Ticked, rule: Rule) -> str:
    """Say what was recorded."""
    duty = ticked.duty
    return duty_words.ticked(named(duty, rule), duty.received_on or date.max, duty.document)


def _found(known: Sequence[Duty], key: str, slot: str, rule: Rule) -> Duty:
    mine = _of_stream(known, key, rule)
    found = next((duty for duty in mine if duty.slot == slot), None)
    if found is None:
        raise DashboardError(duty_words.unknown_slot(stream(key, rule), slot, [*map(period_of, mine)]))
    return found


def _of_stream(known: Sequence[Duty], key: str, rule: Rule) -> list[Duty]:
    if key not in rule.deadlines.streams_by_hand:
        raise DashboardError(duty_words.unknown_duty(key, rule.deadlines.streams_by_hand))
    return [duty for duty in known if duty.key == key]


def _refuse_if(is_wrong: bool, sentence_: str) -> None:
    if is_wrong:
        raise DashboardError(sentence_)
