"""What the unknown weights decide in a year under a rule: worked out once, shown by several exhibits."""

import dataclasses
import functools
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from dashboard.domain import trial_words, weight_words
from dashboard.domain.periods import FullYear
from dashboard.exhibits.evaluation import Evaluation, evaluate
from dashboard.exhibits.exhibit import NotAvailable
from dashboard.exhibits.kept import kept
from dashboard.rules import numbers, weightings
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import TOTAL, Rule
from dashboard.rules.weightings import Cell, Chance, Field, Point
from dashboard.rules.weights import UNKNOWN, region, settings
from dashboard.rules.words import UNDECIDED, Verdict
from dashboard.warehouse import Warehouse

_ALL = ""


class Shares(NamedTuple):
    """One county's shares of all admissible weightings, cut up exactly and sampled."""

    exact: Chance
    sampled: Chance


@dataclasses.dataclass(frozen=True)
class Weighing:
    """A year's evaluation and those before it that its rule asks for; fields by year and pool."""

    evaluation: Evaluation
    fields: tuple[Mapping[str, Field], ...]

    @property
    def rule(self) -> Rule:
        return self.evaluation.ranking.rule

    @property
    def last(self) -> int:
        return self.rule.report.count

    def of(self, county_code: str) -> tuple[Field, ...]:
        """Return the counties one is compared with, year by year; fewer years than asked where it had no place."""
        found = (next((field for field in year.values() if county_code in field), None) for year in self.fields)
        return tuple(field for field in found if field is not None)

    def is_ranked(self, county_code: str) -> bool:
        return len(self.of(county_code)) == len(self.fields)

    @functools.cached_property
    def shares(self) -> Mapping[str, Shares]:
        """Return the shares of all counties that are ranked in each year the rule asks for."""
        drawn = {code: one for fields in self._pools for code, one in self._sampled(fields).items()}
        return {code: Shares(weightings.chance(self.cells(code)), one) for code, one in drawn.items()}

    def cells(self, county_code: str) -> tuple[Cell, ...]:
        """Return the parts of the triangle in which a ranked county may be among the last ones."""
        return weightings.cells(self.of(county_code), county_code, self.last)

    def verdict(self, county_code: str, point: Point) -> Verdict:
        """Say whether a ranked county is among the last ones at one weighting."""
        years = [self._verdict(field, county_code, point) for field in self.of(county_code)]
        if False in years:
            return False
        return UNDECIDED if UNDECIDED in years else True

    def place(self, county_code: str, point: Point) -> int:
        """Return a ranked county's place among those it is compared with in the year, at one weighting."""
        totals = self._totals(self.of(county_code)[0], point)
        return 1 + sum(other > totals[county_code] for other in totals.values())

    @property
    def _pools(self) -> list[tuple[Field, ...]]:
        """Return each combination of fields that some county is compared in."""
        known = {tuple(map(id, fields)): fields for code in self._codes if (fields := self.of(code))}
        return list(known.values())

    @property
    def _codes(self) -> list[str]:
        return [code for field in self.fields[0].values() for code in field if self.is_ranked(code)]

    def _sampled(self, fields: tuple[Field, ...]) -> dict[str, Chance]:
        sampling = settings().sampling
        drawn = weightings.sampled(fields, self.last, sampling.draws, sampling.seed)
        return {code: one for code, one in drawn.items() if tuple(map(id, self.of(code))) == tuple(map(id, fields))}

    def _verdict(self, field: Field, county_code: str, point: Point) -> Verdict:
        totals = self._totals(field, point)
        own = totals[county_code]
        if sum(other <= own for other in totals.values()) <= self.last:
            return True
        return False if sum(other < own for other in totals.values()) >= self.last else UNDECIDED

    @staticmethod
    def _totals(field: Field, point: Point) -> dict[str, Fraction]:
        return {
            code: sum((part * total for part, total in zip(point, corners, strict=True)), Fraction())
            for code, corners in field.items()
        }


@kept(most=32)
def weigh(db: Warehouse, year: FullYear, rule: Rule, known_on: date) -> Weighing:
    """Rank a year and lay its counties out for weighing; NotAvailable without a report, or where no weight matters."""
    if rule.report.by != TOTAL:
        raise NotAvailable(weight_words.no_weights(rule.label))
    evaluations = [evaluate(db, one, rule, known_on) for one in (year, *rule.earlier_years(year))]
    return Weighing(evaluations[0], tuple(_fields(one) for one in evaluations))


def _fields(evaluation: Evaluation) -> dict[str, Field]:
    """Return the counties of a year that are compared with one another, pool by pool."""
    report = evaluation.ranking.rule.report
    pools: dict[str, list[CountyRank]] = {}
    for row in evaluation.ranking.rows:
        is_counted = report.only == "any" or (row.growth_pp is not None and row.growth_pp < 0)
        if row.place is not None and is_counted:
            pools.setdefault(_ALL if report.pool == "all" else row.group, []).append(row)
    return {pool: weightings.field(evaluation.ranking, region(), rows) for pool, rows in pools.items()}


def is_exempt(row: CountyRank, rule: Rule) -> bool:
    """Say whether growth spares a county the report whatever the weights."""
    return rule.report.exempts_growth and row.growth_pp is not None and row.growth_pp > 0


def percent(share: Fraction) -> str:
    """Print a share of the weightings: what is neither none nor all never reads so."""
    printed = numbers.trimmed(100 * share, 1)
    if 0 < share < 1 and printed in {"0", "100"}:
        return weight_words.NEARLY_NONE if printed == "0" else weight_words.NEARLY_ALL
    return printed


def notes(rule: Rule) -> tuple[str, ...]:
    """Return what is to be known of shares under a rule."""
    running = rule.report.years_running
    return (
        trial_words.TRIAL_NOTE,
        weight_words.EXACT_NOTE,
        *([weight_words.GROWTH_NOTE] if rule.report.exempts_growth else [weight_words.NO_EXEMPTION_NOTE]),
        *([weight_words.years_note(running)] if running > 1 else []),
        *([weight_words.ROUNDED_NOTE] if rule.rounding.applies_to == "total" else []),
    )


def labels(rule: Rule) -> list[str]:
    """Return the names of the three indicators."""
    return [rule.indicators[key].label for key in UNKNOWN]
