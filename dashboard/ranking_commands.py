"""The command that ranks: under one rule, or under all of them beside each other."""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard import arguments, printing
from dashboard.decided import Frozen, freeze_in_force, number_on
from dashboard.domain import comparison_words, frozen_words, ranking_words, trial_words
from dashboard.domain.counties import county_coded
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import Settings
from dashboard.exhibits import sources
from dashboard.exhibits.evaluation import Evaluation, evaluate, further_sources, needed_reports
from dashboard.exhibits.exhibit import Source
from dashboard.ledger import Ledger
from dashboard.rules.machine import compared_form, machine_form
from dashboard.rules.ranking import Ranking
from dashboard.rules.rule import Rule, load_rule, load_rule_file, rule_keys
from dashboard.warehouse import Warehouse

Run = Callable[[argparse.Namespace, Settings], int]
_ADOPTED = "adopted"
_FROZEN = ("place", "in_last_two", "owes_review_report", "reason")
"""What is told of a county in a ranking that was decided for good."""


def add(
    command: Callable[[str, Run, str], argparse.ArgumentParser],
    warehouse: Callable[[Settings], Warehouse],
    year_of: Callable[[int], FullYear],
) -> None:
    """Add the command; `command` makes one, `warehouse` opens what is in service, `year_of` reads a stated year."""
    ranking = command(
        "rank", lambda o, s: _rank(o, year_of(o.year), lambda: warehouse(s)), comparison_words.RANK_COMMAND
    )
    ranking.add_argument("--year", required=True, type=int, help=comparison_words.YEAR_HELP)
    ranking.add_argument("--rule", metavar="FILE|NAME", help=comparison_words.RULE_HELP)
    ranking.add_argument("--all-rules", action="store_true", help=comparison_words.ALL_RULES_HELP)
    ranking.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help=comparison_words.FORMAT_HELP
    )
    ranking.add_argument("--known-on", metavar="DATE", help=comparison_words.KNOWN_ON_HELP)


def _rank(options: argparse.Namespace, year: FullYear, warehouse: Callable[[], Warehouse]) -> int:
    known_on = arguments.known_on(options.known_on)
    rules = _all_rules(options.rule) if options.all_rules else (_stated(options.rule or _ADOPTED),)
    db = warehouse()
    births = _births(db, year, rules, known_on)
    with contextlib.closing(Ledger(db.data_dir)) as ledger:
        decided = number_on(ledger, db, known_on)
    # Beside each other, rules are replayed as on the page: what people decided is laid over the statutory one alone.
    evaluations = [
        evaluate(db, year, rule, known_on, 0 if options.all_rules and rule.status == "proposal" else decided)
        for rule in rules
    ]
    frozen = freeze_in_force(db, decided, year)
    rankings = [one.ranking for one in evaluations]
    one_form = compared_form(rankings) if options.all_rules else _one_form(rankings[0])
    form = {
        **_with_frozen(_with_settled(one_form, evaluations), frozen),
        "known_on": str(known_on) if options.known_on else None,
        "frozen": _signed(frozen),
        "is_simulated": any(report.is_simulated for report in births),
        "sources": [printing.source_record(report) for report in births],
    }
    if options.format == "json":
        sys.stdout.write(json.dumps(form, ensure_ascii=False, indent=1) + "\n")
    elif options.format == "csv":
        rows = compared_rows(form) if options.all_rules else printing.rank_rows(form)
        rows.to_csv(sys.stdout, index=False, lineterminator="\n")
    elif options.all_rules:
        print_compared(form, births)
    else:
        printing.ranking(form, rules[0], births)
    return 0


def _stated(text: str) -> Rule:
    """Read a rule by the name of its file in data/rules, or by a path to it."""
    is_path = text.endswith(".toml") or Path(text).name != text
    return load_rule_file(Path(text)) if is_path else load_rule(text)


def _all_rules(text: str | None) -> tuple[Rule, ...]:
    """Return every rule on file, the adopted one first, and one more where somebody states it."""
    keys = sorted(rule_keys(), key=lambda key: (key != _ADOPTED, key))
    known = tuple(load_rule(key) for key in keys)
    stated = _stated(text) if text else known[0]
    if stated not in known and stated.key in keys:
        # Rules stand beside each other by their keys.
        raise DashboardError(comparison_words.same_key(stated.key))
    return known if stated in known else (*known, stated)


def _births(db: Warehouse, year: FullYear, rules: Sequence[Rule], known_on: date) -> list[Source]:
    """Return the reports that rankings rest on, each once; DashboardError names those not in."""
    needed = list(dict.fromkeys(report for rule in rules for report in needed_reports(year, rule)))
    reports = sources.of_years(db, needed, known_on)
    missing = [ranking_words.report_of_year(*one) for one, report in zip(needed, reports, strict=True) if not report]
    if missing:
        raise DashboardError(comparison_words.not_reported(year.roc, missing))
    found = [report for report in reports if report]
    further = [report for rule in rules for report in further_sources(db, year, rule, known_on)]
    return list(dict.fromkeys([*found, *further]))


def _with_settled(form: dict[str, Any], evaluations: Sequence[Evaluation]) -> dict[str, Any]:
    """Add what people decided of the year, whatever became of it, and by each county the number of what holds of it."""
    rules = [one["rule"] for one in form.get("rules", [form])]
    holding = {
        (rule, code): one.settled.number
        for rule, evaluation in zip(rules, evaluations, strict=True)
        for one in evaluation.settlements
        if one.state == "holds"
        for code in one.settled.settlement.tied
    }
    for county in form["counties"]:
        for key, one in county.get("rules", {form.get("rule"): county}).items():
            one["settlement"] = holding.get((key, county["county_code"]))
    told = [
        {"rule": rule, "number": one.settled.number, "state": one.state, "sentence": one.sentence}
        for rule, evaluation in zip(rules, evaluations, strict=True)
        for one in evaluation.settlements
    ]
    return {**form, "settlements": told}


def _signed(frozen: Frozen | None) -> dict[str, object] | None:
    """Say of what was decided of a year for good who, when and which counties owe; None where nothing was."""
    if frozen is None:
        return None
    return {
        "number": frozen.decision.seq,
        "on": str(frozen.decided_on),
        "by": frozen.decision.by,
        "rule": frozen.freeze.rule,
        "owing": [county_coded(code).name for code in frozen.freeze.owing],
    }


def _with_frozen(form: dict[str, Any], frozen: Frozen | None) -> dict[str, Any]:
    """Lay beside each county's place and duty what was decided of them for good; null under any other rule."""
    results = {row["county_code"]: row for row in frozen.freeze.result["counties"]} if frozen else {}
    rules = [one for one in form.get("rules", [form]) if frozen and one["rule"] == frozen.freeze.rule]
    statutory = {one["rule"] for one in rules if not one["trial"]}
    for county in form["counties"]:
        for key, one in county.get("rules", {form.get("rule"): county}).items():
            was = results[county["county_code"]] if key in statutory else None
            one["frozen"] = {name: was[name] for name in _FROZEN} if was else None
    return form


def _one_form(ranking: Ranking) -> dict[str, object]:
    rule = ranking.rule
    return {
        **machine_form(ranking),
        "rule_label": rule.label,
        "content_sha256": rule.content_sha256,
        "remarks": list(ranking.remarks),
        "assumptions": list(rule.ranking_assumptions()),
    }


# --- all rules beside each other


def mark(one: Mapping[str, Any]) -> str:
    """Say in a sign what a rule makes of a county."""
    if one["owes_review_report"] is True:
        return comparison_words.OWES
    if one["owes_review_report"] == "undecided":
        return comparison_words.UNDECIDED if one["place"] else comparison_words.NOT_RANKED
    return comparison_words.EXEMPT if one["exempt"] and one["in_last_two"] else comparison_words.NOT_ASKED


def compared_rows(form: Mapping[str, Any]) -> pd.DataFrame:
    """Flatten a comparison to one row per county and rule."""
    rules = {rule["rule"]: rule for rule in form["rules"]}
    return printing.with_whole_places(
        [
            {
                **{name: county[name] for name in ("county_code", "county")},
                **{name: rules[key][name] for name in ("rule", "rule_label", "content_sha256", "trial")},
                "mark": mark(one),
                **{name: value for name, value in one.items() if name not in {"total", "frozen"}},
                "total": one["total"]["decimal"] if one["total"] else None,
                **printing.frozen_cells(one, form["frozen"]),
                **{name: form[name] for name in ("year", "known_on", "is_simulated")},
            }
            for county in form["counties"]
            for key, one in county["rules"].items()
        ]
    )


def print_compared(form: Mapping[str, Any], births: Sequence[Source]) -> None:
    """Print counties against rules, then what the rules say, and why a county is not ranked or undecided."""
    rules = form["rules"]
    sys.stdout.write(comparison_words.heading(form["year"], form["known_on"], form["is_simulated"]) + "\n")
    printing.frozen(form, is_trial=False)
    printing.table(
        (comparison_words.COUNTY, *(rule["short"] for rule in rules)),
        [(county["county"], *(mark(one) for one in county["rules"].values())) for county in form["counties"]],
    )
    settled = {one["rule"] for one in form["settlements"] if one["state"] == "holds"}
    names = [trial_words.scenario(rule["short"]) for rule in rules if rule["rule"] in settled]
    lines = [comparison_words.LEGEND, frozen_words.settled_here(names) if names else frozen_words.NONE_SETTLED_HERE]
    lines += [one["sentence"] for one in form["settlements"]]
    for rule in rules:
        told = rule["short"], rule["rule_label"], rule["content_sha256"], rule["report_sentence"]
        lines.append(comparison_words.rule_line(*told, rule["trial"]))
        lines += [comparison_words.remark(rule["short"], sentence) for sentence in rule["remarks"]]
        lines += [
            comparison_words.reason(rule["short"], county["county"], one["reason"])
            for county in form["counties"]
            if (one := county["rules"][rule["rule"]])["owes_review_report"] == "undecided" or not one["place"]
        ]
    lines += [f"來源：{source.sentence}" for source in births]
    sys.stdout.write("\n".join([*lines, ""]))
