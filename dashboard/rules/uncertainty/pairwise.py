"""Which of several rates differ, all pairs tested together: critical values by simulation, with the simulation's error.

Stepwise as in J. P. Romano and M. Wolf, "Exact and approximate stepdown methods for multiple hypothesis testing",
Journal of the American Statistical Association 100 (2005), 94–108: what is told apart no longer counts among what noise
could have brought about.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.rules.uncertainty import distributions
from dashboard.rules.uncertainty.distributions import Numbers

Pairs = NDArray[np.bool_]
"""Ordered pairs of counties: (first, second)."""

_Noise = NDArray[np.float32]

_BLOCK = 4096
"""Draws that are looked at together, so that all their pairs stay in the cache of a processor."""


class Critical(NamedTuple):
    """A simulated critical value, and between what the exact one lies as surely as the test's own level."""

    value: float
    high: float
    low: float


class Differences:
    """All pairwise differences of rates in units of their standard deviation, and what noise alone makes of them.

    `noise` is standard normal, of shape (counties, draws).
    """

    def __init__(self, rates: Numbers, variances: Numbers, noise: _Noise, level: float) -> None:
        deviation = np.sqrt(variances[:, None] + variances[None, :])
        self._found = (rates[:, None] - rates[None, :]) / deviation
        # Half the digits are twice the speed, and still tell far more than the draws do.
        self._precision = (1 / deviation).astype(np.float32)
        self._noise = noise * np.sqrt(variances).astype(np.float32)[:, None]
        away = distributions.normal_limit(level) * (level * (1 - level) / noise.shape[1]) ** 0.5
        self._shares = level, min(1.0, level + away), level - away
        self._known: dict[bytes, Critical] = {}

    def above(self, pairs: Pairs) -> tuple[Pairs, Pairs, Pairs]:
        """Return which of the ordered pairs differ: the first is higher, all tests taken together.

        Three answers: by the critical values as simulated, by the highest and by the lowest that they may be.
        """
        return self._stepwise(pairs, 0)[-1], self._stepwise(pairs, 1)[-1], self._stepwise(pairs, 2)[-1]

    def steps(self, pairs: Pairs) -> tuple[Critical, ...]:
        """Return the critical value of each step that the pairs were tested in."""
        return tuple(self._critical(pairs & ~told) for told in self._stepwise(pairs, 0)[:-1])

    def first(self, pairs: Pairs) -> float:
        """Return the critical value for all of these pairs; infinity where there are none."""
        return self._critical(pairs).value if pairs.any() else np.inf

    def _stepwise(self, pairs: Pairs, which: int) -> list[Pairs]:
        """Return what is told apart before each step, and after the last."""
        told = [np.zeros_like(pairs)]
        while (left := pairs & ~told[-1]).any():
            found = left & (self._found > self._critical(left)[which])
            told.append(told[-1] | found)
            if not found.any():
                break
        return told

    def _critical(self, left: Pairs) -> Critical:
        asked = left.tobytes()
        if asked not in self._known:
            self._known[asked] = Critical(*np.quantile(self._largest(left), self._shares).tolist())
        return self._known[asked]

    def _largest(self, left: Pairs) -> _Noise:
        """Return for each draw the largest of the differences that noise makes of these pairs."""
        both, single = np.argwhere(np.triu(left & left.T)).T, np.argwhere(left & ~left.T).T
        found = np.empty(self._noise.shape[1], np.float32)
        for start in range(0, len(found), _BLOCK):
            block = self._noise[:, start : start + _BLOCK]
            # Of a pair that is asked both ways round, the larger of both is the absolute value.
            either = np.abs(self._between(block, both)).max(axis=0, initial=-np.inf)
            found[start : start + _BLOCK] = np.maximum(
                either, self._between(block, single).max(axis=0, initial=-np.inf)
            )
        return found

    def _between(self, block: _Noise, pairs: NDArray[np.intp]) -> _Noise:
        first, second = pairs
        found: _Noise = block[first] - block[second]
        found *= self._precision[first, second][:, None]
        return found
