"""Deciding: what an officer may settle or decide for good, checked again wherever it is written.

A decision rests on what is known now: where the journal or the decisions have grown since it was looked at, nothing
is written.
"""

import dataclasses
import functools
import hashlib
import tomllib
from collections.abc import Sequence
from datetime import date
from importlib import metadata
from pathlib import Path

from pydantic import TypeAdapter

from dashboard import rules
from dashboard.answers import CURRENT
from dashboard.decided import Freeze, Frozen, freezes_of, settled, settlements_of
from dashboard.domain import decision_words, ranking_words
from dashboard.domain.counties import county_coded
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import HOUSE
from dashboard.exhibits.evaluation import Evaluation, data_hash, evaluate
from dashboard.exhibits.exhibit import NotAvailable, Source
from dashboard.ledger import Decision, Head, Ledger
from dashboard.rules.machine import machine_form
from dashboard.rules.rule import Rule
from dashboard.rules.settling import Matter, Outcome, Settled, Settlement, matters
from dashboard.rules.words import UNDECIDED
from dashboard.warehouse import Warehouse, Warehouses

_PROJECT = "guobao-dashboard"


@dataclasses.dataclass(frozen=True)
class Seen:
    """What somebody looked at before deciding: the number of decisions there were, and the warehouse's version."""

    decided: int
    version: str


@dataclasses.dataclass(frozen=True)
class YearState:
    """What is decided of a year and what may be: `matters` are settled already or not, `barred` says why not to freeze.

    `title` says who owes a report as far as it is known and decided in what `seen` names.
    """

    year: FullYear
    label: str
    title: str
    freezes: tuple[Frozen, ...]
    settlements: tuple[Outcome, ...]
    matters: tuple[Matter, ...]
    undecided: frozenset[str]
    barred: str
    seen: Seen

    def settlement_of(self, matter: Matter) -> Outcome | None:
        """Return the settlement that holds of a matter."""
        holding = [one for one in self.settlements if one.state == "holds"]
        return next((one for one in holding if one.settled.settlement.tied == matter.counties), None)

    @property
    def open_matters(self) -> tuple[Matter, ...]:
        """Return the matters that nobody has settled."""
        return tuple(matter for matter in self.matters if self.undecided & set(matter.counties))


def year_states(
    db: Warehouse, years: Sequence[FullYear], rule: Rule, decided: int, known_on: date = CURRENT
) -> tuple[YearState, ...]:
    """Return what the first `decided` decisions say of the years, as known on a day, that can be ranked then."""
    return tuple(state for year in years if (state := _year_state(db, year, rule, decided, known_on)))


def _year_state(db: Warehouse, year: FullYear, rule: Rule, decided: int, known_on: date) -> YearState | None:
    try:
        by_rule, evaluation = evaluate(db, year, rule, known_on), evaluate(db, year, rule, known_on, decided)
    except NotAvailable:
        return None
    undecided = [row for row in evaluation.rows if row.owes_review_report == UNDECIDED]
    is_trial = evaluation.ranking.is_trial
    return YearState(
        year,
        evaluation.year_label,
        ranking_words.report_title(evaluation.year_label, evaluation.owing, evaluation.undecided, is_trial),
        freezes_of(db, decided, year),
        evaluation.settlements,
        matters(by_rule.ranking),
        frozenset(row.county_code for row in undecided),
        _barred(evaluation),
        Seen(decided, db.version),
    )


def _barred(evaluation: Evaluation) -> str:
    """Say why a ranking cannot be decided for good; "" where it can."""
    rule = evaluation.ranking.rule
    if rule.status == "proposal":
        return decision_words.trial_rule(rule.label)
    if evaluation.ranking.is_trial:
        return decision_words.TRIAL_IS_NOT_DECIDED
    return decision_words.still_undecided(evaluation.undecided) if evaluation.undecided else ""


@dataclasses.dataclass(frozen=True)
class Desk:
    """Where an officer decides: the ledger that keeps it, what is known now, and who sits there ("" is nobody)."""

    ledger: Ledger
    db: Warehouse
    officer: str

    def settle(
        self,
        year: FullYear,
        rule: Rule,
        group: str,
        at_issue: Sequence[str],
        chosen: Sequence[str],
        reason: str,
        seen: Seen | None = None,
    ) -> Decision:
        """Decide the matter of a group about the counties `at_issue`, or without them the one that `chosen` is about.

        DashboardError, and nothing written, without an officer or a reason, where there is no such matter, where
        others, too many or too few are chosen, and where somebody has settled the matter or figures have changed since
        what was `seen`; NotAvailable without reports.
        """
        _require_officer(self.officer)
        head, count = self._head(seen), self.ledger.decision_count()
        evaluation = evaluate(self.db, year, rule, CURRENT)
        matter = _matter(evaluation, group, at_issue, chosen)
        settlement = matter.settled_by(chosen, reason, evaluation.ranking)
        newest = self._settled(settlement, count)
        if seen and newest and newest.number > seen.decided:
            raise DashboardError(decision_words.settled_meanwhile(newest.quoted()))
        return self.ledger.decide("settlement", settlement.model_dump(mode="json"), self.officer.strip(), head, count)

    def replaced_by(self, decision: Decision) -> int | None:
        """Return the number of the newest settlement before this one on the same matter; None for the first."""
        replaced = self._settled(settled(decision).settlement, decision.seq - 1)
        return replaced.number if replaced else None

    def freeze(self, year: FullYear, rule: Rule, reason: str = "", seen: Seen | None = None) -> Decision:
        """Decide a year's ranking for good, with all it rests on.

        DashboardError, and nothing written, without an officer, for trial years and trial rules, while a county's
        duty is undecided, for a year decided before unless a reason is given, and where anything was decided or
        figures have changed since what was `seen`; NotAvailable without reports.
        """
        _require_officer(self.officer)
        head, count = self._head(seen), self.ledger.decision_count()
        if seen and seen.decided != count:
            raise DashboardError(decision_words.CHANGED_MEANWHILE)
        evaluation = evaluate(self.db, year, rule, CURRENT, count)
        if barred := _barred(evaluation):
            raise DashboardError(barred)
        earlier = freezes_of(self.db, count, year)
        if earlier and not reason.strip():
            last = earlier[-1]
            sentence = decision_words.already_frozen(evaluation.year_label, last.decision.seq, last.decided_on)
            raise DashboardError(sentence)
        body = _frozen(evaluation, earlier, reason.strip()).model_dump(mode="json")
        return self.ledger.decide("freeze", body, self.officer.strip(), head, count)

    def _head(self, seen: Seen | None) -> Head:
        """Return the journal's head, which must be the one the warehouse was built from, and that which was seen."""
        head = self.ledger.head()
        is_behind = Path(Warehouses.name_for(head)).stem != self.db.name
        if is_behind or (seen and seen.version != self.db.version):
            raise DashboardError(decision_words.CHANGED_MEANWHILE)
        return head

    def _settled(self, settlement: Settlement, count: int) -> Settled | None:
        """Return the newest of the first `count` decisions that settles the same matter."""
        known = reversed(settlements_of(self.db, count))
        return next((one for one in known if one.settlement.matter == settlement.matter), None)


def _matter(evaluation: Evaluation, group: str, at_issue: Sequence[str], chosen: Sequence[str]) -> Matter:
    known = matters(evaluation.ranking)
    of_group = [matter for matter in known if matter.group == group]
    if at_issue:
        meant = [matter for matter in of_group if set(at_issue) == set(matter.counties)]
    else:
        meant = [matter for matter in of_group if set(chosen) & set(matter.counties)] or of_group
    if len(meant) != 1:
        listed = [decision_words.matter(one.group, _named(one.counties)) for one in known]
        raise DashboardError(decision_words.no_such_matter(evaluation.year_label, group, listed))
    return meant[0]


def _named(codes: Sequence[str]) -> list[str]:
    return [county_coded(code).name for code in codes]


def _require_officer(by: str) -> None:
    if not by.strip():
        raise DashboardError(decision_words.NO_OFFICER)


def _frozen(evaluation: Evaluation, earlier: Sequence[Frozen], reason: str) -> Freeze:
    rule = evaluation.ranking.rule
    return Freeze(
        year=evaluation.ranking.year.roc,
        rule=rule.key,
        rule_label=rule.label,
        rule_sha256=rule.content_sha256,
        rule_content=rule.model_dump(mode="json"),
        data_sha256=data_hash(evaluation.inputs),
        code_version=_version(),
        code_sha256=code_hash(),
        known_on=None,
        settlements=tuple(one.settled.number for one in evaluation.settlements if one.state == "holds"),
        replaces=earlier[-1].decision.seq if earlier else None,
        reason=reason,
        sources=tuple(TypeAdapter(Source).dump_python(one, mode="json") for one in evaluation.sources),
        result=machine_form(evaluation.ranking),
    )


@functools.cache
def code_hash() -> str:
    """Return the SHA-256 of the sources that compute a ranking: every file of dashboard/rules, by name."""
    folder = Path(*rules.__path__)
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


@functools.cache
def _version() -> str:
    try:
        return metadata.version(_PROJECT)
    except metadata.PackageNotFoundError:
        # Run from a checkout that nobody installed.
        return str(tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
