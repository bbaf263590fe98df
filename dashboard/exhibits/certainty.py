"""What the exhibits on how sure a place is share: exact counts, settings, intervals worked out once."""

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from dashboard.domain import certainty_words
from dashboard.domain.counties import county_coded
from dashboard.domain.display import Certainty, display
from dashboard.domain.kinds import Kind, Proportion
from dashboard.domain.periods import FullYear
from dashboard.exhibits.evaluation import Evaluation, evaluate
from dashboard.exhibits.exhibit import NotAvailable, Source
from dashboard.exhibits.kept import kept
from dashboard.rules.formulas import RATIOS, Counts
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import Rule
from dashboard.rules.uncertainty import distributions, funnel, places, rank_sets
from dashboard.rules.uncertainty.distributions import Count, Limits
from dashboard.rules.uncertainty.funnel import OverDispersion
from dashboard.rules.uncertainty.places import PlaceInterval
from dashboard.rules.uncertainty.rank_sets import RankSets
from dashboard.warehouse import Warehouse


def settings() -> Certainty:
    return display().certainty


def level_text() -> str:
    return f"{100 * settings().level:g}"


def counts_of(evaluation: Evaluation, proportion: Proportion) -> dict[str, Count]:
    """Return who of how many by county_code, in the order of all tables; without those that have no proportion."""
    ((part, whole),) = RATIOS[proportion.value]
    known = exact_counts(evaluation)
    found = {row.county_code: (known[row.county_code][part], known[row.county_code][whole]) for row in evaluation.rows}
    return distributions.countable(found)


def exact_counts(evaluation: Evaluation) -> dict[str, Counts]:
    """Return the figures of the ranking as whole numbers, None where no report states one."""
    return {
        code: {str(key): None if pd.isna(one) else int(one) for key, one in row.items() if key != "county_code"}
        for code, row in evaluation.counts.items()
    }


@kept(most=24)
def intervals_of(db: Warehouse, year: FullYear, rule: Rule, known_on: date) -> Mapping[str, PlaceInterval]:
    """Draw the places of a year, once for each warehouse and rule."""
    evaluation = evaluate(db, year, rule, known_on)
    return places.place_intervals(evaluation.ranking, exact_counts(evaluation), settings())


@kept(most=24)
def sets_of(
    db: Warehouse, year: FullYear, rule: Rule, proportion: Proportion, known_on: date
) -> Mapping[str, RankSets]:
    """Return the sets of ranks by group; without who has no place or no proportion."""
    evaluation, how = evaluate(db, year, rule, known_on), settings()
    counts = counts_of(evaluation, proportion)
    found: dict[str, RankSets] = {}
    for group in evaluation.groups:
        # In official order, which no rule changes.
        rows = [row for row in evaluation.ranking.rows if row.group == group and row.place]
        known = {row.county_code: counts[row.county_code] for row in rows if row.county_code in counts}
        found[group] = rank_sets.rank_sets(known, rule.report.count, how.level, how.set_draws, how.seed)
    return found


@kept(most=48)
def wilson_of(
    db: Warehouse, year: FullYear, rule: Rule, proportion: Proportion, known_on: date
) -> Mapping[str, tuple[float, float]]:
    """Return Wilson's interval (0–100) of each county that has the proportion."""
    counts = counts_of(evaluate(db, year, rule, known_on), proportion)
    found = distributions.wilson(distributions.parts(counts), distributions.wholes(counts), settings().level)
    return dict(zip(counts, pairs(found), strict=True))


def pairs(limits: Limits) -> list[tuple[float, float]]:
    """Return limits as percents, one pair each."""
    return [(100 * low, 100 * high) for low, high in zip(limits.low.tolist(), limits.high.tolist(), strict=True)]


@kept(most=48)
def dispersion_of(
    db: Warehouse, year: FullYear, rule: Rule, proportion: Proportion, known_on: date
) -> OverDispersion | None:
    """Return the over-dispersion of all counties around the rate of all; None where it cannot be estimated."""
    how = settings()
    counts = counts_of(evaluate(db, year, rule, known_on), proportion)
    return funnel.over_dispersion(counts, how.winsorised, how.significance)


def counted(evaluation: Evaluation, proportion: Proportion) -> dict[str, Count]:
    """Return `counts_of`; NotAvailable where no county has the proportion."""
    found = counts_of(evaluation, proportion)
    if not found:
        raise NotAvailable(certainty_words.no_counts(evaluation.year_label, proportion))
    return found


def visit_sources(evaluation: Evaluation) -> tuple[Source, ...]:
    """Return the reports that the proportions come from."""
    return tuple(source for source in evaluation.sources if source.kind is Kind.VISITS)


def names_without(rows: Iterable[CountyRank], known: Mapping[str, object]) -> list[str]:
    return [county_coded(row.county_code).name for row in rows if row.county_code not in known]


def probability(share: float) -> str:
    """Print a probability in whole percents; one that is neither impossible nor certain never reads as 0 or 100."""
    shown = f"{100 * share:.0f}"
    beyond = -1 if shown == "0" and share > 0 else 1 if shown == "100" and share < 1 else 0
    return certainty_words.probability(shown, beyond)
