"""How far the places of a ranking reflect performance: the ranking, run again and again on rates as likely.

A simulation and nothing more: for a weighted total of several ranks there are no confidence sets with a proof, as there
are for one indicator (`rank_sets`).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.domain.display import Certainty
from dashboard.domain.kinds import Proportion
from dashboard.rules import formulas
from dashboard.rules.formulas import RATIOS, Counts
from dashboard.rules.ranking import CountyRank, Ranking
from dashboard.rules.rule import TOTAL, Indicator, Rule
from dashboard.rules.uncertainty import distributions, scores
from dashboard.rules.uncertainty.distributions import Numbers


class PlaceInterval(NamedTuple):
    """What the draws say of one county: an interval of places, their median, and three probabilities (0–1).

    `last` is that of being among the last ones whom the rule looks at, `tied` that of a tie across the cut that a
    person would decide; `owes` is `last` for who owes a report then: 0 for a county whose growth exempts it, None where
    a rule looks at several years, which are not drawn together. `is_open` says that an end of the interval lies within
    the error of the simulation, so that other draws might move it.
    """

    low: int
    median: int
    high: int
    last: float
    tied: float
    owes: float | None
    is_open: bool


class _Order(NamedTuple):
    """Of each draw and county: how many stand before it and how many behind, equals being neither."""

    before: NDArray[np.int64]
    behind: NDArray[np.int64]


class _Block(NamedTuple):
    """What some of the draws bring: the places, and in how many of them each county is last, or tied across the cut."""

    places: NDArray[np.int64]
    last: Numbers
    tied: Numbers


_BLOCK = 2048
"""Draws that are ranked together: comparing all with all takes room."""


def place_intervals(ranking: Ranking, counts: Mapping[str, Counts], how: Certainty) -> dict[str, PlaceInterval]:
    """Return the interval of each ranked county, by county_code; the others have no place that could vary.

    The proportions of counted persons are drawn from the Beta posterior of each county's own counts, independently of
    each other: repayments are out of successes and successes out of visits, so one says nothing of the other once its
    denominator is known. All other indicators stay as published, and so do groups and exemptions. Each county draws
    from a stream of its own, named by the seed, its code and the indicator: another rule or grouping is judged on the
    same draws.
    """
    ranked = [row for row in ranking.rows if row.place is not None]
    values = {key: _drawn(ranked, key, one, counts, how) for key, one in ranking.rule.indicators.items()}
    seen, last, tied = np.zeros((len(ranked), len(ranked))), np.zeros(len(ranked)), np.zeros(len(ranked))
    for start in range(0, how.draws, _BLOCK):
        block = {key: drawn[start : start + _BLOCK] for key, drawn in values.items()}
        several = _block(ranked, block, ranking.rule, counts)
        for nth, places in enumerate(several.places.T):
            seen[nth] += np.bincount(places - 1, minlength=len(ranked))
        last, tied = last + several.last, tied + several.tied
    chances = list(zip((last / how.draws).tolist(), (tied / how.draws).tolist(), strict=True))
    return {
        row.county_code: _interval(row, seen[nth], chances[nth], ranking.rule, how) for nth, row in enumerate(ranked)
    }


def _block(
    ranked: Sequence[CountyRank], values: Mapping[str, Numbers], rule: Rule, counts: Mapping[str, Counts]
) -> _Block:
    """Rank some of the draws."""
    size = len(next(iter(values.values())))
    totals, places = np.zeros((size, len(ranked))), np.zeros((size, len(ranked)), dtype=np.int64)
    for members in _positions([row.group for row in ranked]):
        totals[:, members] = _totals({key: drawn[:, members] for key, drawn in values.items()}, rule)
        places[:, members] = 1 + _order(totals[:, members], _ties(ranked, members, rule, counts)).before
    return _Block(places, *_last_ones(ranked, {**values, TOTAL: totals}, rule, counts))


def _interval(
    row: CountyRank, seen: Numbers, chances: tuple[float, float], rule: Rule, how: Certainty
) -> PlaceInterval:
    """Return one county's interval; `seen` counts how often it had each place, `chances` are last and tied."""
    edges = (1 - how.level) / 2, (1 + how.level) / 2
    low, median, high = (_quantile(seen, share) for share in (edges[0], 0.5, edges[1]))
    away = distributions.normal_limit(how.level) * (edges[0] * edges[1] / how.draws) ** 0.5
    is_open = any(_quantile(seen, one - away) != _quantile(seen, one + away) for one in edges)
    last, tied = chances
    return PlaceInterval(low, median, high, last, tied, _owing(row, last, rule), is_open)


def _quantile(seen: Numbers, share: float) -> int:
    """Return the first place that with those before it makes up a share of the draws."""
    up_to = np.cumsum(seen) / np.sum(seen)
    return 1 + int(np.argmax(scores.settled(up_to) >= np.round(share, 9)))


def _owing(row: CountyRank, last: float, rule: Rule) -> float | None:
    if rule.report.exempts_growth and row.exempt:
        return 0.0
    return last if rule.report.years_running == 1 else None


def _drawn(
    rows: Sequence[CountyRank], key: str, indicator: Indicator, counts: Mapping[str, Counts], how: Certainty
) -> Numbers:
    """Return the values of an indicator in every draw, in its unit (percent, percentage points)."""
    found = np.empty((how.draws, len(rows)))
    found[:] = [float(row.indicators[key].value or 0) for row in rows]
    if indicator.formula not in set(Proportion):
        return found
    ((part, whole),) = RATIOS[indicator.formula]
    figures = {row.county_code: counts[row.county_code] for row in rows}
    known = distributions.countable({code: (one[part], one[whole]) for code, one in figures.items()})
    stream = list(Proportion).index(Proportion(indicator.formula))
    for nth, row in enumerate(rows):
        if row.county_code in known:
            count = known[row.county_code]
            generator = np.random.default_rng([how.seed, int(row.county_code), stream])
            sides = count.part + how.prior, count.whole - count.part + how.prior
            found[:, nth] = 100 * generator.beta(*sides, how.draws)
    return found


def _positions(groups: Sequence[str]) -> list[list[int]]:
    return [[nth for nth, one in enumerate(groups) if one == group] for group in dict.fromkeys(groups)]


def _totals(values: Mapping[str, Numbers], rule: Rule) -> Numbers:
    """Return the weighted totals of one group."""
    total = np.zeros(1)
    for key, indicator in rule.indicators.items():
        points = scores.points(rule.method, key, values[key], higher=indicator.higher_is_better)
        if points is None:
            # No draw changes the number of counties a table of points has no list for: nobody would be ranked here.
            raise ValueError(f"{rule.key} ranks counties without giving them points")
        if rule.rounding.applies_to == "points":
            points = scores.rounded(points, rule.rounding.decimals)
        total = total + float(indicator.weight) / 100 * points
    return scores.rounded(total, rule.rounding.decimals) if rule.rounding.applies_to == "total" else total


def _ties(rows: Sequence[CountyRank], members: Sequence[int], rule: Rule, counts: Mapping[str, Counts]) -> Numbers:
    """Return by what equal totals are told apart, higher first: nothing unless the rule names a volume."""
    if rule.tie_break == "none":
        return np.zeros(len(members))
    volumes = [formulas.volume(rule.tie_break, counts[rows[nth].county_code]) for nth in members]
    return np.array([float(one or 0) for one in volumes])


def _order(values: Numbers, ties: Numbers) -> _Order:
    """Count who stands before and behind each; equals that `ties` does not tell apart stand in the same place."""
    exact = scores.settled(values)
    ahead, equal = exact[:, None, :] > exact[:, :, None], exact[:, None, :] == exact[:, :, None]
    first = ahead | (equal & (ties[None, :] > ties[:, None]))
    return _Order(first.sum(axis=2), first.sum(axis=1))


def _last_ones(
    rows: Sequence[CountyRank], values: Mapping[str, Numbers], rule: Rule, counts: Mapping[str, Counts]
) -> tuple[Numbers, Numbers]:
    """Count in how many draws each county is certainly among the last ones, and in how many a tie leaves it open."""
    last, tied = np.zeros(len(rows)), np.zeros(len(rows))
    report = rule.report
    judged = [
        nth for nth, row in enumerate(rows) if report.only == "any" or (row.growth_pp is not None and row.growth_pp < 0)
    ]
    pools = ["" if report.pool == "all" else rows[nth].group for nth in judged]
    for pool in _positions(pools):
        members = [judged[nth] for nth in pool]
        towards = 1 if report.by == "total" or rule.indicators[report.by].higher_is_better else -1
        ties = _ties(rows, members, rule, counts) if report.by == "total" else np.zeros(len(members))
        order = _order(towards * values[report.by][:, members], ties)
        is_last = len(members) - order.before <= report.count
        last[members] = is_last.sum(axis=0)
        tied[members] = (~is_last & (order.behind < report.count)).sum(axis=0)
    return last, tied
