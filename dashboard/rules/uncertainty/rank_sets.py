"""Which ranks a county may truly have by one proportion, given that every rate is known only so well.

Source: M. Mogstad, J. P. Romano, A. M. Shaikh and D. Wilhelm, "Inference for Ranks with Applications to Mobility across
Neighbourhoods and Academic Achievement across Countries", Review of Economic Studies 91 (2024, online 2023), 476–518:
ranks are bounded by the pairwise differences that are significant when all of them are tested together.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.rules.uncertainty import distributions
from dashboard.rules.uncertainty.distributions import Count, Numbers
from dashboard.rules.uncertainty.pairwise import Critical, Differences, Pairs

_STREAM = 7
"""The number of a county's stream of noise; its proportions are drawn from 0 and 1 (`places`)."""


class RankSet(NamedTuple):
    """The ranks one county may have, first to last, all between included.

    `low` to `high` holds for all counties of the group at once, `own_low` to `own_high` for this one alone.
    `may_be_last`: nothing shows that enough others are behind for it not to be among the last ones; None where that
    lies within the error of the simulation. `is_open`: so does one of the four ranks, and other draws might move it.
    `is_small`: as many persons as the county in the middle of the group has would tell it from more of the others.
    """

    low: int
    high: int
    own_low: int
    own_high: int
    may_be_last: bool | None
    is_open: bool
    is_small: bool


class Against(NamedTuple):
    """One county compared with another: difference and its standard deviation (proportions), and their ratio.

    `is_told` says whether the two are told apart, all pairs of the group tested together; None where the ratio lies
    within the error of the simulated critical value.
    """

    difference: float
    deviation: float
    statistic: float
    is_told: bool | None


class RankSets(NamedTuple):
    """What is found of one group: the set of each county, each compared with each other one (first, second).

    `steps` are the critical values of all pairs tested together, the first for all of them, each further one for those
    that the one before left untold.
    """

    sets: Mapping[str, RankSet]
    against: Mapping[tuple[str, str], Against]
    steps: tuple[Critical, ...]


def rank_sets(counts: Mapping[str, Count], last: int, level: float, draws: int, seed: int) -> RankSets:
    """Return the set of ranks of each county among these, the highest rate being first; each may be the one true set.

    A rank is 1 + the number of truly higher rates. Sets hold with a probability of about `level`, by a parametric
    bootstrap of the normal approximation, tested stepwise; `may_be_last` is the projection of the simultaneous sets on
    the last `last` ranks. Rates and their variances are adjusted for small numbers (`_adjusted`). A single county is
    certainly first. Keys are county codes: each county draws from a stream of its own, named by the seed and its code,
    so that neither the order nor other groups change anything.
    """
    if not counts:
        return RankSets({}, {}, ())
    rates, variances = _adjusted(counts)
    differences = Differences(rates, variances, _noise(list(counts), draws, seed), level)
    every = ~np.eye(len(counts), dtype=bool)
    found = differences.above(every)
    small = _small(counts, rates, variances, differences, every)
    sets = {}
    for nth, key in enumerate(counts):
        own = np.zeros_like(every)
        own[nth, :] = own[:, nth] = True
        sets[key] = _set(nth, found, differences.above(own & every), len(counts) - last, is_small=bool(small[nth]))
    return RankSets(sets, _compared(list(counts), rates, variances, found), differences.steps(every))


def _noise(codes: list[str], draws: int, seed: int) -> NDArray[np.float32]:
    """Draw standard normal noise. Shape: (counties, draws)."""
    streams = [np.random.default_rng([seed, int(code), _STREAM]) for code in codes]
    return np.array([one.standard_normal(draws, np.float32) for one in streams])


def _adjusted(counts: Mapping[str, Count]) -> tuple[Numbers, Numbers]:
    """Return rates and variances with one more on either side: (x + 1) ÷ (n + 2).

    Source: Agresti and Caffo, The American Statistician 54 (2000), 280–288, for the difference of two proportions. The
    variance of x ÷ n itself is zero where nobody or everybody counts, which would make a rank of two persons certain.
    """
    whole = distributions.wholes(counts) + 2
    rates = (distributions.parts(counts) + 1) / whole
    return rates, rates * (1 - rates) / whole


def _set(
    nth: int, found: tuple[Pairs, Pairs, Pairs], own: tuple[Pairs, Pairs, Pairs], most: int, *, is_small: bool
) -> RankSet:
    """Put together the set of one county; no rank behind `most` is that of one who is surely not among the last."""
    ends, own_ends = ([_bounds(one, nth) for one in several] for several in (found, own))
    answers = {high > most for _, high in ends}
    is_open = len(set(ends)) > 1 or len(set(own_ends)) > 1
    return RankSet(*ends[0], *own_ends[0], answers.pop() if len(answers) == 1 else None, is_open, is_small)


def _bounds(above: Pairs, nth: int) -> tuple[int, int]:
    """Return first and last rank: behind those that are above it, before those that are below it."""
    return 1 + int(above[:, nth].sum()), len(above) - int(above[nth, :].sum())


def _small(
    counts: Mapping[str, Count], rates: Numbers, variances: Numbers, differences: Differences, every: Pairs
) -> NDArray[np.bool_]:
    """Say of each county whether with as many persons as the middle one has more others would be told from it."""
    middle = np.median(distributions.wholes(counts)) + 2
    enough = np.minimum(variances, rates * (1 - rates) / middle)
    away = np.abs(rates[:, None] - rates[None, :])
    critical = differences.first(every)
    told = [(away > critical * np.sqrt(one[:, None] + variances[None, :])).sum(axis=1) for one in (enough, variances)]
    return np.asarray(told[0] > told[1])


def _compared(
    codes: list[str], rates: Numbers, variances: Numbers, found: tuple[Pairs, Pairs, Pairs]
) -> dict[tuple[str, str], Against]:
    either, surely, perhaps = (one | one.T for one in found)
    compared = {}
    for nth, first in enumerate(codes):
        for other, second in enumerate(codes):
            if nth != other:
                away, deviation = float(rates[nth] - rates[other]), float(np.sqrt(variances[nth] + variances[other]))
                is_told = bool(either[nth, other]) if surely[nth, other] == perhaps[nth, other] else None
                compared[first, second] = Against(away, deviation, away / deviation, is_told)
    return compared
