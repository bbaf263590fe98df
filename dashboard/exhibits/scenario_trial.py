"""All rules on file tried on one year with the same weights: what each makes of every county."""

import dataclasses
import functools
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from dashboard.charts.bump import Mark
from dashboard.domain import trial_words, words
from dashboard.domain.counties import County, counties
from dashboard.domain.periods import FullYear
from dashboard.exhibits.evaluation import Evaluation, earlier_inputs, evaluate
from dashboard.exhibits.exhibit import NotAvailable, Source
from dashboard.rules import numbers
from dashboard.rules.ranking import CountyRank, rank
from dashboard.rules.rule import TOTAL, Rule, load_rule, rule_keys
from dashboard.rules.weights import UNKNOWN, Weights, applied, bounding_rule, called, region
from dashboard.rules.words import UNDECIDED
from dashboard.warehouse import Warehouse

OWES = Mark("square", 12, trial_words.OWES)
_EXEMPT = Mark("square-open", 11, trial_words.EXEMPT_ENTRY)
_UNDECIDED = Mark("diamond", 12, trial_words.UNDECIDED)
_UNRANKED = Mark("x-thin-open", 9, trial_words.UNRANKED)
_TOO_SHORT = Mark("circle-open", 8, trial_words.TOO_SHORT)
_NOT_LAST = Mark("circle", 5, trial_words.NOT_LAST)
LEGEND = ((OWES, _EXEMPT, _UNDECIDED), (_UNRANKED, _NOT_LAST), (_TOO_SHORT,))
_VERDICTS = {
    OWES: trial_words.OWES,
    _EXEMPT: trial_words.EXEMPT,
    _UNDECIDED: trial_words.UNDECIDED,
    _UNRANKED: trial_words.UNRANKED,
}


@dataclasses.dataclass(frozen=True)
class Scenario:
    """One rule with the weights on trial, its results by county_code."""

    rule: Rule
    evaluation: Evaluation

    @functools.cached_property
    def rows(self) -> Mapping[str, CountyRank]:
        return {row.county_code: row for row in self.evaluation.ranking.rows}

    @property
    def name(self) -> str:
        return self.rule.short

    def mark(self, county_code: str) -> Mark:
        row = self.rows[county_code]
        if row.owes_review_report is True:
            return OWES
        if row.owes_review_report == UNDECIDED:
            return _UNDECIDED if row.place else _UNRANKED
        if row.in_last_two is not False:
            return _EXEMPT
        return _TOO_SHORT if row.last_of_year is True else _NOT_LAST

    def verdict(self, county_code: str) -> str:
        """Say what the rule makes of a county; who is not asked, in the terms of the rule's own last ones."""
        mark, last, years = self.mark(county_code), self.rule.last_ones, self.rule.report.years_running
        if mark is _TOO_SHORT:
            return trial_words.too_short(last, years)
        if mark is not _NOT_LAST:
            return _VERDICTS[mark]
        is_open = self.rows[county_code].last_of_year == UNDECIDED
        return trial_words.not_running(last, years) if is_open else trial_words.not_last(last)

    def standing(self, county_code: str) -> tuple[str, int | None]:
        """Return the place that decides and among whom: in the group, or of all by the one indicator the rule goes by.

        Equals share the better place.
        """
        row, by = self.rows[county_code], self.rule.report.by
        if self.rule.report.pool == "group" or by == TOTAL:
            return row.group, row.place
        pool = trial_words.nation_by(self.rule.indicators[by].label)
        own, sign = row.indicators[by].value, 1 if self.rule.indicators[by].higher_is_better else -1
        if own is None:
            return pool, None
        known = [one.indicators[by].value for one in self.rows.values()]
        return pool, 1 + sum(value is not None and sign * (value - own) > 0 for value in known)

    @property
    def chances(self) -> list[tuple[str, int, Fraction]]:
        """Return each pool's name, size and the chance of any of its members to be among the last by luck alone."""
        report, sizes = self.rule.report, dict[str, int]()
        for row in self.evaluation.rows:
            pool = words.NATION if report.pool == "all" else row.group
            if row.place is not None and pool:
                sizes[pool] = sizes.get(pool, 0) + 1
        return [
            (pool, size, Fraction(min(report.count, size), size) ** report.years_running)
            for pool, size in sizes.items()
        ]


@dataclasses.dataclass(frozen=True)
class Trial:
    """All scenarios of a year, and the counties by how many of them ask a report of each."""

    scenarios: tuple[Scenario, ...]
    weights: Weights

    @functools.cached_property
    def counts(self) -> Mapping[str, int]:
        return {
            one.county_code: sum(scenario.mark(one.county_code) is OWES for scenario in self.scenarios)
            for one in counties()
        }

    @functools.cached_property
    def ordered(self) -> list[County]:
        """Return the counties most often asked first; equals in the order of official tables."""
        return sorted(counties(), key=lambda one: -self.counts[one.county_code])

    @property
    def subject(self) -> str:
        return trial_words.scenarios_subject(words.evaluation(self.scenarios[0].evaluation.ranking.year, False))

    @functools.cached_property
    def sources(self) -> tuple[Source, ...]:
        """Return each report once, the year's own first; of each kind the newest last, whose cut-off date is shown."""
        first, *others = dict.fromkeys(source for one in self.scenarios for source in one.evaluation.sources)
        return first, *sorted(others, key=lambda source: source.as_of)

    @property
    def assumptions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(told for one in self.scenarios for told in one.evaluation.assumptions))

    def asking(self, county: County) -> list[Scenario]:
        return [one for one in self.scenarios if one.mark(county.county_code) is OWES]


def tried(db: Warehouse, year: FullYear, weights: Weights, decided: int, known_on: date) -> tuple[Trial, list[str]]:
    """Rank the year under each rule; a scenario whose reports are not in is said to be missing.

    The first `decided` decisions are laid over statutory rules as they stand; proposals, and rules of other weights,
    are replayed without.
    """
    found, missing = [], []
    for rule in rules().values():
        try:
            found.append(_scenario(db, year, rule, weights, decided, known_on))
        except NotAvailable as unavailable:
            missing.append(trial_words.scenario_missing(rule.label, str(unavailable)))
    if not found:
        raise NotAvailable(missing[0])
    return Trial(tuple(found), weights), missing


def _scenario(db: Warehouse, year: FullYear, rule: Rule, weights: Weights, decided: int, known_on: date) -> Scenario:
    """Rank the year's kept figures once more, by other weights: a slider waits for nothing else."""
    changed = applied(rule, weights)
    if changed is rule:
        return Scenario(rule, evaluate(db, year, rule, known_on, decided if rule.status == "statutory" else 0))
    evaluation = evaluate(db, year, rule, known_on)
    ranking = rank(evaluation.inputs, changed, year, earlier_inputs(db, year, rule, known_on))
    return Scenario(changed, dataclasses.replace(evaluation, ranking=ranking))


@functools.cache
def rules() -> Mapping[str, Rule]:
    """Return all rules on file, the statutory ones first: one in use is never edited, so they are read once."""
    found = sorted(map(load_rule, rule_keys()), key=lambda rule: rule.status != "statutory")
    return {rule.key: rule for rule in found}


def weights_name(weights: Weights) -> str:
    """Name weights by what they are called, if anything, and the percents they come to."""
    labels = [bounding_rule().indicators[key].label for key in UNKNOWN]
    shares = [numbers.half_up(share, 2) for share in weights.shares(region().rest)]
    preset = called(weights)
    return trial_words.weights_name(preset.label if preset else "", list(zip(labels, shares, strict=True)))
