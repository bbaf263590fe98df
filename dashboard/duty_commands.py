"""The commands of the calendar of duties: what is owed and what became of it, and ticking off by hand."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date

from dashboard import answers, printing, ticking
from dashboard.domain import duty_words, roc, terms
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear, period_from_iso
from dashboard.domain.settings import Settings, today
from dashboard.exhibits.duties_owed import is_soon, owed, period_of, route, stream
from dashboard.ledger import Ledger
from dashboard.rules.duties import Duty
from dashboard.rules.rule import Rule, rule_of_year
from dashboard.warehouse import Warehouse

Run = Callable[[argparse.Namespace, Settings], int]
_SETTLED = frozenset({"on_time", "history", "done"})
_HAND_STATES = ("on_time", "late", "awaited", "missing", "when_fit", "done")


def add(
    command: Callable[[str, Run, str], argparse.ArgumentParser], warehouse: Callable[[Settings], Warehouse]
) -> None:
    """Add the commands; `command` makes one, `warehouse` opens what is in service."""
    status = command("status", lambda o, s: _status(o, s, warehouse(s)), duty_words.STATUS_COMMAND)
    status.add_argument("--all", action="store_true", help=duty_words.ALL_HELP)
    status.add_argument("--format", choices=("table", "json"), default="table", help=duty_words.FORMAT_HELP)
    done = command("done", lambda o, s: _done(o, s, warehouse), duty_words.DONE_COMMAND)
    done.add_argument("duty", metavar="DUTY", help=duty_words.DUTY_HELP)
    done.add_argument("--on", required=True, metavar="DATE", help=duty_words.ON_HELP)
    done.add_argument("--document", required=True, metavar="NO", help=duty_words.DOCUMENT_HELP)
    done.add_argument("--period", default="", help=duty_words.PERIOD_HELP)
    done.add_argument("--reason", default="", help=duty_words.REASON_HELP)


def _status(options: argparse.Namespace, settings: Settings, db: Warehouse) -> int:
    on = today()
    rule = rule_of_year(FullYear(on.year))
    listed = owed(db, rule, on, _ledger(settings).decision_count())
    if options.format == "json":
        sys.stdout.write(json.dumps([record(duty, rule) for duty in listed], ensure_ascii=False, indent=1) + "\n")
        return 0
    _print_counts(listed, rule)
    shown = [duty for duty in listed if options.all or duty.state not in _SETTLED]
    header = (duty_words.DUTY, duty_words.PERIOD, duty_words.DUE, duty_words.RECEIVED, duty_words.STATE)
    printing.table((*header, duty_words.DOCUMENT, duty_words.MOVED), [_row(duty, rule, on) for duty in shown])
    for row in answers.reasons_against_visits(db).to_dict("records"):
        difference = terms.REASONS_DIFFER.format(row["unpaid_by_reasons"], row["unpaid_by_visits"])
        sys.stdout.write(f"附記｜{roc.roc_period(period_from_iso(row['period']))}{row['county']}：{difference}\n")
    return 0


def _print_counts(listed: Sequence[Duty], rule: Rule) -> None:
    reports = terms.DUTY_STATES
    printing.table(
        ("報表", *reports.values()), [_counts(terms.KINDS[kind], kind, list(reports), listed) for kind in Kind]
    )
    rows = [_counts(stream(key, rule), key, _HAND_STATES, listed) for key in rule.deadlines.streams_by_hand]
    printing.table((duty_words.BY_HAND, *(duty_words.STATES[state] for state in _HAND_STATES)), rows)


def _counts(name: str, key: str, states: Sequence[str], listed: Sequence[Duty]) -> tuple[str, ...]:
    return (name, *(str(sum(duty.key == key and duty.state == state for duty in listed)) for state in states))


def _row(duty: Duty, rule: Rule, on: date) -> tuple[str, ...]:
    state = terms.DUTY_STATES[duty.state] if duty.kind else duty_words.STATES[duty.state]
    return (
        terms.KINDS[duty.kind] if duty.kind else stream(duty.key, rule),
        period_of(duty),
        roc.roc_date(duty.due_on) if duty.due_on else duty_words.WHEN_FIT,
        roc.roc_date(duty.received_on) if duty.received_on else "—",
        duty_words.SOON if is_soon(duty, on) else state,
        duty.document or "—",
        duty_words.moved(duty.stated_on, duty.closure) if duty.stated_on and duty.closure else "",
    )


def record(duty: Duty, rule: Rule) -> dict[str, str | int | None]:
    """Return a duty for machines: dates ISO, null where there is none.

    `kind` is null where the duty has no figures, `duty` names its stream in any case; `stated_due_on` is the date of
    the rule where `moved_because` moved it to `due_on`, `days` counts from there; `document` is that of a tick.
    """
    sender, receiver = route(duty, rule)
    return {
        "kind": duty.kind.value if duty.kind else None,
        "period": duty.period or None,
        "as_of": str(duty.as_of) if duty.as_of else None,
        "due_on": str(duty.due_on) if duty.due_on else None,
        "received_on": str(duty.received_on) if duty.received_on else None,
        "state": duty.state,
        "duty": duty.key,
        "label": stream(duty.key, rule),
        "from": sender,
        "to": receiver,
        "stated_due_on": str(duty.stated_on) if duty.stated_on else None,
        "moved_because": duty.closure or None,
        "days": duty.days,
        "document": duty.document or None,
    }


def _done(options: argparse.Namespace, settings: Settings, warehouse: Callable[[Settings], Warehouse]) -> int:
    warehouse(settings)
    on, ledger = today(), _ledger(settings)
    rule = rule_of_year(FullYear(on.year))
    slot = _slot(options.period) or ticking.open_slot(ticking.ticks_in(ledger), rule, options.duty, on)
    stated = ticking.Stated(options.duty, slot, roc.stated_date(options.on), options.document, options.reason)
    ticked = ticking.tick(ledger, rule, stated, settings.officer, on)
    sys.stdout.write(ticking.sentence(ticked, rule) + "\n")
    return 0


def _slot(period: str) -> str:
    """Read a month or a year in any spelling; what is none is passed on, to be named as unknown."""
    for read in (roc.parse_month, roc.parse_half_or_full_year):
        try:
            return read(period).iso if period else ""
        except ValueError:
            continue
    return period


def _ledger(settings: Settings) -> Ledger:
    return Ledger(settings.data_dir)
