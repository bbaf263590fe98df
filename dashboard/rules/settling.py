"""What a person decides where the rule cannot. Pure: what was decided comes in as values.

Two things are left to a person: who of equals is among the last, and whether a single county owes a report of which
the figures do not say so, most often for want of figures.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from dashboard.domain import decision_words
from dashboard.domain.counties import county_coded
from dashboard.domain.errors import DashboardError
from dashboard.rules.ranking import CountyRank, Ranking
from dashboard.rules.rule import TOTAL, Rule
from dashboard.rules.words import UNDECIDED

State = Literal["holds", "replaced", "void"]
"""Whether a settlement is in force, a newer one on the same matter is, or its matter no longer exists."""


class Settlement(BaseModel):
    """One decision on one matter. `year` is a ROC year; county codes stand in official order.

    Several counties in `tied` are equal in their total across the cut, and the chosen ones are among the last; a single
    one owes a report if it is chosen.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    rule: str
    rule_sha256: str
    group: str
    tied: tuple[str, ...]
    chosen: tuple[str, ...]
    reason: str

    @property
    def matter(self) -> tuple[object, ...]:
        """Return what it decides about, equal for those that replace one another."""
        return self.year, self.rule, self.group, frozenset(self.tied)

    @property
    def what(self) -> str:
        """Say in a phrase what was decided, of which year and why."""
        if len(self.tied) > 1:
            what = decision_words.tie_settled(self.group, _names(self.tied), _names(self.chosen))
        else:
            what = decision_words.single_settled(self.group, county_coded(self.tied[0]).name, bool(self.chosen))
        return decision_words.settled_what(self.year + 1911, what, self.reason)


@dataclasses.dataclass(frozen=True)
class Settled:
    """A settlement as it stands in the record: its number, who decided, and on which day in Taipei."""

    number: int
    by: str
    decided_on: date
    settlement: Settlement

    def quoted(self, state: str = "") -> str:
        """Quote it in a sentence; `state` says what has become of it."""
        what = self.settlement.what
        return decision_words.settlement_note(self.number, self.by, self.decided_on, what, state)


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What has become of a settlement in the ranking it was laid over.

    `again_on` is the day since which it holds once more, where it had not held for a time; None for any other.
    """

    settled: Settled
    state: State
    again_on: date | None = None

    @property
    def sentence(self) -> str:
        again = decision_words.holds_again(self.again_on) if self.again_on else ""
        said = {"holds": again, "replaced": decision_words.REPLACED, "void": decision_words.VOID}[self.state]
        return self.settled.quoted(said)


@dataclasses.dataclass(frozen=True)
class Matter:
    """What is left to a person: counties of equal total, `places` of which are among the last.

    Or a single county of which the figures do not say whether it owes a report: `places` is then None.
    """

    group: str
    counties: tuple[str, ...]
    places: int | None

    def settled_by(self, chosen: Sequence[str], reason: str, ranking: Ranking) -> Settlement:
        """Return the settlement; DashboardError where it names others, too many or too few, or gives no reason."""
        if not reason.strip():
            raise DashboardError(decision_words.NO_REASON)
        others = [code for code in chosen if code not in self.counties]
        if others:
            sentence = decision_words.not_at_issue(self.group, _names(others), _names(self.counties))
            raise DashboardError(sentence)
        if self.places is not None and len(set(chosen)) != self.places:
            names = _names(self.counties)
            raise DashboardError(decision_words.wrong_number(self.group, names, self.places, len(set(chosen))))
        return Settlement(
            year=ranking.year.roc,
            rule=ranking.rule.key,
            rule_sha256=ranking.rule.content_sha256,
            group=self.group,
            tied=self.counties,
            chosen=tuple(code for code in self.counties if code in chosen),
            reason=reason.strip(),
        )


def matters(ranking: Ranking) -> tuple[Matter, ...]:
    """Return what the rule leaves to a person, before anything is settled: ties of each pool, then single counties.

    A pool are those among whom the last ones are counted: a group, or all counties.
    """
    is_nation = ranking.rule.report.pool == "all"
    pools: dict[str, list[CountyRank]] = {}
    for row in ranking.rows:
        pools.setdefault(decision_words.NATION if is_nation else row.group, []).append(row)
    return tuple(matter for pool, rows in pools.items() for matter in _matters(pool, rows, ranking.rule))


def _matters(group: str, rows: Sequence[CountyRank], rule: Rule) -> Iterator[Matter]:
    # Where several years count, other years may leave a county open as well: nobody shares a cut with it.
    shares_cut = rule.report.years_running == 1
    tied = [row for row in rows if shares_cut and row.in_last_two == UNDECIDED and _is_compared(row, rule)]
    places = rule.report.count - sum(row.in_last_two is True for row in rows)
    # Where all of the tied are exempt, nothing depends on their order.
    if any(row.owes_review_report == UNDECIDED for row in tied):
        yield Matter(group, tuple(row.county_code for row in tied), places)
    for row in rows:
        if row not in tied and row.owes_review_report == UNDECIDED:
            yield Matter(group, (row.county_code,), None)


def _is_compared(row: CountyRank, rule: Rule) -> bool:
    """Say whether a county has what the last ones are picked by."""
    by = rule.report.by
    return row.total is not None if by == TOTAL else row.indicators[by].value is not None


def settle(ranking: Ranking, decided: Sequence[Settled]) -> tuple[Ranking, tuple[Outcome, ...]]:
    """Lay settlements over the ranking they speak of, the newest of a matter over the older ones.

    One holds only while the same counties are at issue, as many of them have a place among the last, and the rule has
    the same content. Others are returned with why they do not hold; those of other years or rules are passed over.
    """
    open_matters = {matter.counties: matter for matter in matters(ranking)}
    holding: dict[tuple[str, ...], Settled] = {}
    about = [one for one in decided if _speaks_of(one.settlement, ranking)]
    fitting = [one for one in about if _fits(one.settlement, ranking, open_matters.get(one.settlement.tied))]
    for one in fitting:
        holding[one.settlement.tied] = one
    outcomes = tuple(Outcome(one, _state(one, fitting, holding)) for one in about)
    verdicts = {code: one for tied, one in holding.items() for code in tied}
    rows = tuple(
        _settled(row, verdicts[row.county_code]) if row.county_code in verdicts else row for row in ranking.rows
    )
    return dataclasses.replace(ranking, rows=rows), outcomes


def _speaks_of(settlement: Settlement, ranking: Ranking) -> bool:
    return (settlement.year, settlement.rule) == (ranking.year.roc, ranking.rule.key)


def _fits(settlement: Settlement, ranking: Ranking, matter: Matter | None) -> bool:
    is_same_rule = settlement.rule_sha256 == ranking.rule.content_sha256
    return is_same_rule and matter is not None and matter.places in {None, len(settlement.chosen)}


def _state(one: Settled, fitting: Sequence[Settled], holding: dict[tuple[str, ...], Settled]) -> State:
    if one not in fitting:
        return "void"
    return "holds" if holding[one.settlement.tied] == one else "replaced"


def _settled(row: CountyRank, one: Settled) -> CountyRank:
    is_last = row.county_code in one.settlement.chosen
    owes = is_last and not row.exempt
    basis = one.settlement.reason, one.decided_on
    verdict = decision_words.duty(owes, is_last)
    is_tie = len(one.settlement.tied) > 1
    if is_tie:
        sentence = decision_words.settled_tie(one.by, is_last, verdict, basis)
    else:
        sentence = decision_words.settled_single(one.by, verdict, basis)
    return dataclasses.replace(
        row,
        in_last_two=is_last,
        # Of a single county only the duty is decided, not how far back it stands.
        last_of_year=is_last if is_tie else row.last_of_year,
        owes_review_report=owes,
        reason=f"{row.reason}{sentence}",
    )


def _names(codes: Sequence[str]) -> list[str]:
    return [county_coded(code).name for code in codes]
