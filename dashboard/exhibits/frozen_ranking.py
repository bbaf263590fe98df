"""A ranking decided for good, beside what is known today: whose duty would differ."""

import dataclasses
import itertools
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from dashboard.answers import CURRENT
from dashboard.decided import Frozen, freezes_of
from dashboard.domain import decision_words, frozen_words, history_words, words
from dashboard.domain.counties import County, counties, county_coded
from dashboard.domain.periods import FullYear
from dashboard.exhibits.evaluation import Evaluation, data_hash, evaluate
from dashboard.exhibits.exhibit import Column, Exhibit, NotAvailable, Source, Table
from dashboard.exhibits.frames import framed
from dashboard.exhibits.frozen_headlines import Differing, differing
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import Rule
from dashboard.rules.words import UNDECIDED
from dashboard.warehouse import Warehouse

_SOURCES = TypeAdapter(tuple[Source, ...])


@dataclasses.dataclass(frozen=True)
class _Comparison:
    """What was decided, and the same year as it is known on a day; None where it cannot be ranked then."""

    year_label: str
    frozen: Frozen
    later: Evaluation | None
    later_missing: str
    known: str

    @property
    def decided_rows(self) -> Mapping[str, Mapping[str, Any]]:
        return {row["county_code"]: row for row in self.frozen.freeze.result["counties"]}

    @property
    def later_rows(self) -> Mapping[str, CountyRank]:
        return {row.county_code: row for row in self.later.ranking.rows} if self.later else {}

    @property
    def differing(self) -> Differing:
        """Return the names of the counties whose duty differs, and of those about which a person would decide."""
        duties = {code: row["owes_review_report"] for code, row in self.decided_rows.items()}
        return differing(self.later_rows.values(), duties)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return the reports of today's ranking after those that were decided on, each once."""
        decided = _SOURCES.validate_python(self.frozen.freeze.sources)
        return tuple(dict.fromkeys([*decided, *(self.later.sources if self.later else ())]))


def frozen_ranking(
    db: Warehouse,
    year: FullYear,
    rule: Rule,
    county: County | None = None,
    decided: int = 0,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show what the first `decided` decisions say of a year for good, beside what is known on a day under the rule.

    Grain of the table: one row per county. NotAvailable where the year is not decided for good.
    """
    freezes = freezes_of(db, decided, year)
    label = words.evaluation(year, rule.is_trial(year))
    if not freezes:
        raise NotAvailable(_unfrozen(label, known_on, is_trial=rule.is_trial(year)))
    compared = _compared(db, freezes[-1], label, (year, rule, known_on, decided))
    return Exhibit(
        key="frozen_ranking",
        title=_title(compared),
        finding=_finding(compared),
        chart=None,
        table=_table(compared, county),
        unit=history_words.PLACE_UNIT,
        basis=words.RANKING_BASIS,
        as_of=compared.sources[0].as_of,
        sources=compared.sources,
        notes=_notes(compared, freezes, rule),
        selection=_selection(compared, county) if county else "",
        rule_version=words.rule_version(compared.frozen.freeze.rule_label, compared.frozen.freeze.rule_sha256),
    )


def _unfrozen(label: str, known_on: date, *, is_trial: bool) -> str:
    if is_trial:
        return decision_words.trial_not_frozen(label)
    return decision_words.not_frozen(label, None if known_on == CURRENT else known_on)


def _compared(db: Warehouse, frozen: Frozen, label: str, asked: tuple[FullYear, Rule, date, int]) -> _Comparison:
    _, rule, known_on, _ = asked
    day = None if known_on == CURRENT else known_on
    try:
        later = evaluate(db, *asked)
    except NotAvailable as missing:
        return _Comparison(label, frozen, None, str(missing), decision_words.knowledge(day))
    # Where the rule alone is another, nothing is known otherwise.
    is_same = frozen.freeze.data_sha256 == data_hash(later.inputs)
    known = decision_words.knowledge_under(day, _other_rule(frozen, rule), is_same_figures=is_same)
    return _Comparison(label, frozen, later, "", known)


def _other_rule(frozen: Frozen, rule: Rule) -> str:
    """Name the rule compared with where it is not, to the letter, the one that was decided by; "" where it is."""
    if frozen.freeze.rule_sha256 == rule.content_sha256:
        return ""
    return decision_words.RULE_NOW if frozen.freeze.rule == rule.key else decision_words.rule_named(rule.short)


def _title(compared: _Comparison) -> str:
    if compared.later is None:
        return decision_words.frozen_title_alone(compared.year_label)
    return decision_words.frozen_title(
        compared.year_label, compared.known, frozen_words.differing(*compared.differing, decision_words.WOULD)
    )


def _finding(compared: _Comparison) -> str:
    one = compared.frozen
    owing = [county_coded(code).name for code in one.freeze.owing]
    decided = decision_words.frozen_finding(one.decided_on, one.decision.by, one.decision.seq, owing)
    if compared.later is None:
        return decided + decision_words.later_not_available(compared.known, compared.later_missing)
    now, open_ = (
        [county_coded(code).name for code, row in compared.later_rows.items() if row.owes_review_report == duty]
        for duty in (True, UNDECIDED)
    )
    moved = [
        county_coded(code).name
        for code, row in compared.later_rows.items()
        if row.place != compared.decided_rows[code]["place"]
    ]
    later = decision_words.later_finding(compared.known, now, open_)
    return f"{decided}{later}{decision_words.moved_finding(moved)}"


def _notes(compared: _Comparison, freezes: tuple[Frozen, ...], rule: Rule) -> tuple[str, ...]:
    decision, freeze = compared.frozen.decision, compared.frozen.freeze
    replaced = [
        decision_words.earlier_freeze(one.decision.seq, one.decision.by, one.decided_on, newer.freeze.reason)
        for one, newer in itertools.pairwise(freezes)
    ]
    same_rule = freeze.rule_sha256 == rule.content_sha256
    return (
        decision_words.rests_on(decision.journal_seq, decision.journal_hash, freeze.data_sha256),
        decision_words.computed_by(freeze.code_version, freeze.code_sha256),
        *([] if same_rule else [decision_words.rule_differs(freeze.rule_label, freeze.rule_sha256)]),
        *replaced,
        *(compared.later.settled_notes if compared.later else ()),
    )


def _selection(compared: _Comparison, county: County) -> str:
    later = compared.later_rows.get(county.county_code)
    decided = compared.decided_rows[county.county_code]["reason"]
    return decision_words.selection(county.name, decided, compared.known, later.reason if later else "")


def _table(compared: _Comparison, county: County | None) -> Table:
    at_decision = decision_words.decided_header(compared.frozen.decided_on)
    columns = (
        Column("group", words.GROUP),
        Column("county", words.COUNTY),
        Column("place", words.RANK, decimals=0, missing=words.NO_PLACE, over=at_decision),
        Column("report", words.REPORT, over=at_decision),
        Column("later_place", words.RANK, decimals=0, missing=words.NO_PLACE, over=compared.known),
        Column("later_report", words.REPORT, over=compared.known),
        Column("difference", decision_words.DIFFERENCE),
    )
    decided = compared.decided_rows
    groups = list(dict.fromkeys(row["group"] for row in decided.values()))
    ordered = sorted(
        (one.county_code for one in counties()),
        key=lambda code: (groups.index(decided[code]["group"]), decided[code]["place"] or len(decided)),
    )
    return Table(
        caption=decision_words.frozen_caption(compared.year_label, compared.known),
        frame=framed([_cells(compared, code) for code in ordered], columns),
        columns=columns,
        head="county",
        selected=county.county_code if county else None,
    )


def _cells(compared: _Comparison, code: str) -> dict[str, object]:
    was, now = compared.decided_rows[code], compared.later_rows.get(code)
    report = words.verdict(was["owes_review_report"], was["in_last_two"])
    later = words.verdict(now.owes_review_report, now.in_last_two) if now else words.NOT_YET
    return {
        "county_code": code,
        "group": was["group"],
        "county": was["county"],
        "place": was["place"],
        "report": report,
        "later_place": now.place if now else None,
        "later_report": later,
        "difference": decision_words.difference((was["place"], report), (now.place, later)) if now else words.NOT_YET,
    }
