"""The commands that decide and that show what was decided."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping

from dashboard import printing
from dashboard.decided import day_of, frozen, settled
from dashboard.decisions import Desk
from dashboard.domain import decision_command_words, duty_words, words
from dashboard.domain.counties import County, county_named
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import FullYear, period_from_iso
from dashboard.domain.roc import roc_date, roc_period
from dashboard.domain.settings import Settings
from dashboard.exhibits.duties_owed import stream, tick_of
from dashboard.ledger import Decision, Ledger
from dashboard.rules.rule import load_rule, rule_of_year
from dashboard.warehouse import Warehouse

Run = Callable[[argparse.Namespace, Settings], int]


def add(
    command: Callable[[str, Run, str], argparse.ArgumentParser],
    warehouse: Callable[[Settings], Warehouse],
    year_of: Callable[[int], FullYear],
) -> None:
    """Add the commands; `command` makes one, `warehouse` opens what is in service, `year_of` reads a stated year."""
    settle = command(
        "settle", lambda o, s: _settle(o, _desk(s, warehouse), year_of), decision_command_words.SETTLE_COMMAND
    )
    settle.add_argument("--group", required=True, help=decision_command_words.GROUP_HELP)
    settle.add_argument("--last", required=True, help=decision_command_words.LAST_HELP)
    settle.add_argument("--county", default="", help=decision_command_words.COUNTY_HELP)
    settle.add_argument("--reason", required=True, help=decision_command_words.REASON_HELP)
    freeze = command(
        "freeze", lambda o, s: _freeze(o, _desk(s, warehouse), year_of), decision_command_words.FREEZE_COMMAND
    )
    freeze.add_argument("--reason", default="", help=decision_command_words.REFREEZE_HELP)
    for deciding in (settle, freeze):
        deciding.add_argument("--year", required=True, type=int, help=decision_command_words.YEAR_HELP)
        deciding.add_argument("--rule", default="adopted", help=decision_command_words.RULE_HELP)
    listing = command("decisions", lambda o, s: _decisions(o, s, warehouse), decision_command_words.DECISIONS_COMMAND)
    listing.add_argument("show", nargs="?", choices=("show",), help=decision_command_words.SHOW_HELP)
    listing.add_argument("number", nargs="?", type=int, help=decision_command_words.NUMBER_HELP)
    listing.add_argument(
        "--format", choices=("table", "json"), default="table", help=decision_command_words.FORMAT_HELP
    )


def _desk(settings: Settings, warehouse: Callable[[Settings], Warehouse]) -> Desk:
    db = warehouse(settings)
    return Desk(Ledger(settings.data_dir), db, settings.officer)


def _settle(options: argparse.Namespace, desk: Desk, year_of: Callable[[int], FullYear]) -> int:
    rule, year = load_rule(options.rule), year_of(options.year)
    at_issue = [_county(options.county).county_code] if options.county else []
    last = [_county(name.strip()).county_code for name in options.last.replace("、", ",").split(",") if name.strip()]
    decision = desk.settle(year, rule, options.group, at_issue, last, options.reason)
    _tell(decision, desk.replaced_by(decision))
    return 0


def _freeze(options: argparse.Namespace, desk: Desk, year_of: Callable[[int], FullYear]) -> int:
    _tell(desk.freeze(year_of(options.year), load_rule(options.rule), options.reason))
    return 0


def _decisions(options: argparse.Namespace, settings: Settings, warehouse: Callable[[Settings], Warehouse]) -> int:
    warehouse(settings)
    ledger = Ledger(settings.data_dir)
    if options.show:
        if options.number is None:
            raise DashboardError(decision_command_words.WHICH_DECISION)
        # Not a character more or less than what the record's hash covers.
        sys.stdout.write(ledger.stored_decision(options.number))
        return 0
    made = ledger.decisions()
    if options.format == "json":
        sys.stdout.write(json.dumps([one.model_dump(mode="json") for one in made], ensure_ascii=False, indent=1) + "\n")
    elif made:
        header = (
            decision_command_words.NUMBER,
            decision_command_words.KIND,
            decision_command_words.DECIDED_ON,
            decision_command_words.BY,
        )
        printing.table((*header, decision_command_words.CONTENT), [_row(one) for one in made])
    else:
        sys.stdout.write(decision_command_words.NO_DECISIONS + "\n")
    return 0


def _row(one: Decision) -> tuple[str, ...]:
    return str(one.seq), decision_command_words.KINDS[one.kind], roc_date(day_of(one)), one.by, _content(one)


def _content(one: Decision) -> str:
    """Say in a line what was decided."""
    return _CONTENTS[one.kind](one)


def _freeze_line(one: Decision) -> str:
    freeze = frozen(one).freeze
    year = words.evaluation(FullYear(freeze.year + 1911), is_trial=False)
    return decision_command_words.freeze_line(year, freeze.rule_label, freeze.reason)


def _duty_line(one: Decision) -> str:
    try:
        tick = tick_of(one)
        rule = rule_of_year(FullYear(day_of(one).year))
        name = f"{stream(tick.duty, rule)}{roc_period(period_from_iso(tick.slot))}"
    except (KeyError, ValueError):
        # Of a duty that this code no longer knows the record itself has to do.
        return decision_command_words.duty_line(json.dumps(one.body, ensure_ascii=False))
    return duty_words.ticked_line(name, tick.done_on, tick.document, tick.reason)


_CONTENTS: Mapping[str, Callable[[Decision], str]] = {
    "settlement": lambda one: settled(one).settlement.what,
    "freeze": _freeze_line,
    "duty_done": _duty_line,
}


def _tell(decision: Decision, replaced: int | None = None) -> None:
    sys.stdout.write(decision_command_words.recorded(decision.seq, _content(decision), replaced) + "\n")


def _county(name: str) -> County:
    found = county_named(name)
    if found is None:
        raise DashboardError(decision_command_words.unknown_county(name))
    return found
