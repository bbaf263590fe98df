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

_Pairs = NDArray[np.bool_]


class RankSet(NamedTuple):
    """The ranks one county may have, first to last, all between included.

    `low` to `high` holds for all counties of the group at once, `own_low` to `own_high` for this one alone.
    `may_be_last`: nothing shows that enough others are behind for it not to be among the last ones.
    """

    low: int
    high: int
    own_low: int
    own_high: int
    may_be_last: bool


def rank_sets(counts: Mapping[str, Count], last: int, level: float, draws: int, seed: int) -> dict[str, RankSet]:
    """Return the set of ranks of each county among these, the highest rate being first; each may be the one true set.

    A rank is 1 + the number of truly higher rates. Sets hold with a probability of about `level`, by a parametric
    bootstrap of the normal approximation, tested stepwise; `may_be_last` is the projection of the simultaneous sets on
    the last `last` ranks. Rates and their variances are adjusted for small numbers (`_adjusted`). A single county is
    certainly first.
    """
    if not counts:
        return {}
    rates, variances = _adjusted(counts)
    noise = np.random.default_rng(seed).standard_normal((draws, len(counts))) * np.sqrt(variances)
    every = ~np.eye(len(counts), dtype=bool)
    differences = _Differences(rates, variances, noise)
    low, high = _bounds(differences.above(every, level))
    found = {}
    for nth, key in enumerate(counts):
        own = np.zeros_like(every)
        own[nth, :] = own[:, nth] = True
        own_low, own_high = _bounds(differences.above(own & every, level))
        may_be_last = bool(high[nth] > len(counts) - last)
        found[key] = RankSet(int(low[nth]), int(high[nth]), int(own_low[nth]), int(own_high[nth]), may_be_last)
    return found


def _adjusted(counts: Mapping[str, Count]) -> tuple[Numbers, Numbers]:
    """Return rates and variances with one more on either side: (x + 1) ÷ (n + 2).

    Source: Agresti and Caffo, The American Statistician 54 (2000), 280–288, for the difference of two proportions. The
    variance of x ÷ n itself is zero where nobody or everybody counts, which would make a rank of two persons certain.
    """
    whole = distributions.wholes(counts) + 2
    rates = (distributions.parts(counts) + 1) / whole
    return rates, rates * (1 - rates) / whole


class _Differences:
    """All pairwise differences of rates in units of their standard deviation, and what noise alone makes of them."""

    def __init__(self, rates: Numbers, variances: Numbers, noise: Numbers) -> None:
        deviation = np.sqrt(variances[:, None] + variances[None, :])
        self._found = (rates[:, None] - rates[None, :]) / deviation
        # Draws last, so that the largest over pairs is taken along the outer axis, the quick way.
        self._noise = (noise.T[:, None, :] - noise.T[None, :, :]) / deviation[:, :, None]

    def above(self, pairs: _Pairs, level: float) -> _Pairs:
        """Return which of the ordered pairs (first, second) differ: the first is higher, all tests taken together.

        Stepwise (Romano and Wolf 2005): what is rejected no longer counts among what noise could have brought about.
        """
        rejected = np.zeros_like(pairs)
        while True:
            left = pairs & ~rejected
            if not left.any():
                return rejected
            critical = np.quantile(self._noise[left].max(axis=0), level)
            found = left & (self._found > critical)
            if not found.any():
                return rejected
            rejected |= found


def _bounds(above: _Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return first and last rank of each: behind those that are above it, before those that are below it."""
    return 1 + above.sum(axis=0), len(above) - above.sum(axis=1)
