"""Points of one group in many draws at once, by the methods a rule may name.

The twin of the exact methods on arrays of shape (draws, counties). Floats stand for fractions here, so whatever is
compared or rounded is freed of their noise first, and equals stay equal.
"""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from dashboard.rules.methods import GroupMeanIndex, Method, MinMax, RankPoints
from dashboard.rules.uncertainty.distributions import Numbers

_NOISE = 9
"""Decimals up to which two floats that stand for points are told apart."""


def settled(values: Numbers) -> Numbers:
    """Return values free of the noise of floats, to be compared."""
    return np.round(values, _NOISE)


def rounded(values: Numbers, decimals: int) -> Numbers:
    """Round halves away from zero, as rules do."""
    scale = 10.0**decimals
    found: Numbers = np.copysign(np.floor(settled(np.abs(values) * scale) + 0.5), values) / scale
    return found


def points(method: Method, key: str, values: Numbers, *, higher: bool) -> Numbers | None:
    """Return the points of every county in every draw; None where the method gives this group none at all.

    A draw whose mean is exactly zero has no index: NaN, which is no place (see `dashboard.rules.methods`).
    """
    towards = values if higher else -values
    if isinstance(method, RankPoints):
        return _by_rank(method, towards)
    if isinstance(method, GroupMeanIndex):
        return _by_mean(method, key, values, 1 if higher else -1)
    return _by_spread(towards) if isinstance(method, MinMax) else _by_deviation(towards)


def higher_than(values: Numbers) -> NDArray[np.int64]:
    """Count for each value those of its draw that are higher."""
    found: NDArray[np.int64] = (values[:, None, :] > values[:, :, None]).sum(axis=2)
    return found


def _by_rank(method: RankPoints, values: Numbers) -> Numbers | None:
    number = values.shape[1]
    # The method's own table: what each rank of so many counties brings.
    worth = method.scores("", {str(nth): Fraction(number - nth) for nth in range(number)}, higher=True)
    if isinstance(worth, str):
        return None
    return np.array([float(one) for one in worth.values()])[higher_than(values)]


def _by_deviation(values: Numbers) -> Numbers:
    is_flat = np.ptp(values, axis=1, keepdims=True) == 0
    away = values - values.mean(axis=1, keepdims=True)
    return np.where(is_flat, 0.0, away / np.where(is_flat, 1.0, values.std(axis=1, keepdims=True)))


def _by_spread(values: Numbers) -> Numbers:
    low, span = values.min(axis=1, keepdims=True), np.ptp(values, axis=1, keepdims=True)
    return np.where(span == 0, 100.0, 100 * (values - low) / np.where(span == 0, 1.0, span))


def _by_mean(method: GroupMeanIndex, key: str, values: Numbers, sign: int) -> Numbers:
    mean = values.mean(axis=1, keepdims=True)
    has_none = (mean == 0) | ((mean < 0) & (method.negative_mean == "no_value"))
    divisor = np.where(has_none, np.nan, np.abs(mean) if method.negative_mean == "absolute" else mean)
    factor = sign * float(method.factors.get(key, method.factor))
    found: Numbers = np.minimum(float(method.cap), (values - mean) / divisor * factor + float(method.base))
    return found
