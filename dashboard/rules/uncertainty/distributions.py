"""Quantiles and intervals of known distributions, out of statsmodels and scipy, and exactly counted proportions."""

from collections.abc import Mapping
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Count(NamedTuple):
    """So many of so many persons."""

    part: int
    whole: int

    @property
    def rate(self) -> float:
        """Return the proportion, 0–1; a count over zero has none and never comes here (see `countable`)."""
        return self.part / self.whole


class Limits(NamedTuple):
    """Lower and upper limit of each of several values, as proportions 0–1."""

    low: Numbers
    high: Numbers


def countable(counts: Mapping[str, tuple[int | None, int | None]]) -> dict[str, Count]:
    """Return the proportions that can be reckoned with, by key: both numbers known, of at least one, not above it.

    Whoever is left out is to be named by the caller.
    """
    return {
        key: Count(part, whole)
        for key, (part, whole) in counts.items()
        if part is not None and whole is not None and whole > 0 and 0 <= part <= whole
    }


def parts(counts: Mapping[str, Count]) -> Numbers:
    return np.array([one.part for one in counts.values()], dtype=np.float64)


def wholes(counts: Mapping[str, Count]) -> Numbers:
    return np.array([one.whole for one in counts.values()], dtype=np.float64)


def wilson(part: Numbers, whole: Numbers, level: float) -> Limits:
    """Return Wilson's score interval of proportions, elementwise; 0 of n and n of n have an honest one too.

    Source: Wilson (1927), as `statsmodels.stats.proportion.proportion_confint` computes it. `part` may be no whole
    number: around a target times n it is the range in which a rate of n persons stays by chance.
    """
    # Over a second to import, which the first reader of any page would wait for.
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415

    low, high = proportion_confint(part, whole, alpha=1 - level, method="wilson")
    # Rounding puts the limits of 0 of n and of n of n a hair outside.
    return Limits(np.clip(low, 0, 1), np.clip(high, 0, 1))


def normal_limit(level: float) -> float:
    """Return how many standard deviations to either side hold `level` of a normal distribution."""
    return NormalDist().inv_cdf((1 + level) / 2)


def chi_square_limit(degrees: int, significance: float) -> float:
    """Return what a chi-square variable passes with a probability of `significance`."""
    from scipy.special import chdtri  # noqa: PLC0415 - slow to import, like the above

    found: Any = chdtri(degrees, significance)
    return float(found)
