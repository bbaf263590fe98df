"""Values sorted into classes for a map: boundaries on exact values, so that equal values share a class."""

import dataclasses
import itertools
import math
from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction

NUMBER = 5


@dataclasses.dataclass(frozen=True)
class Classes:
    """Up to five classes, lowest first; `bounds` has one entry more than there are classes.

    Class k holds what is above bounds[k] and not above bounds[k + 1]; the lowest holds bounds[0] too. Where
    `is_symmetric` the same holds of distances from zero: each class takes in its bound that is further from zero, and
    the middle one both of its bounds.
    """

    bounds: tuple[Fraction, ...]
    is_symmetric: bool = False

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def of(self, value: Fraction) -> int:
        """Return the number of a value's class, 0 being the lowest."""
        inner = self.bounds[1:-1]
        if not self.is_symmetric:
            return bisect_left(inner, value)
        middle = len(self) // 2
        steps = bisect_left(inner[middle:], abs(value))
        return middle + (steps if value > 0 else -steps)

    def spans(self, values: Sequence[Fraction]) -> list[tuple[Fraction, Fraction, int]]:
        """Return for each class its two bounds and how many of the values it holds."""
        found = [self.of(value) for value in values]
        return [(low, high, found.count(nth)) for nth, (low, high) in enumerate(itertools.pairwise(self.bounds))]


def equal_steps(values: Sequence[Fraction]) -> Classes:
    """Cut the way from the lowest to the highest value (at least one) into five equal steps; one class if all equal."""
    low, high = min(values), max(values)
    if low == high:
        return Classes((low, high))
    return Classes(tuple(low + (high - low) * nth / NUMBER for nth in range(NUMBER + 1)))


def quantiles(values: Sequence[Fraction]) -> Classes:
    """Cut after each fifth of the values in order; equal values stay together, so there may be fewer classes."""
    ordered = sorted(values)
    cuts = {_up_to(ordered, nth, NUMBER) for nth in range(1, NUMBER)} - {ordered[-1]}
    return Classes((ordered[0], *sorted(cuts), ordered[-1]))


def equal_steps_around_zero(values: Sequence[Fraction]) -> Classes:
    """Cut from minus the largest distance to plus the largest into five equal steps, zero in the middle of one."""
    reach = max(abs(value) for value in values)
    return _mirrored([reach / NUMBER, reach * 3 / NUMBER], reach)


def quantiles_around_zero(values: Sequence[Fraction]) -> Classes:
    """Cut after a fifth and three fifths of the distances from zero in order, alike on both sides of zero."""
    distances = sorted(abs(value) for value in values)
    return _mirrored([_up_to(distances, nth, NUMBER) for nth in (1, 3)], distances[-1])


def _up_to(ordered: Sequence[Fraction], parts: int, of: int) -> Fraction:
    """Return the last of the first `parts` of `of` equal parts of the values."""
    return ordered[math.ceil(Fraction(len(ordered) * parts, of)) - 1]


def _mirrored(cuts: Sequence[Fraction], reach: Fraction) -> Classes:
    ends = [*sorted({cut for cut in cuts if cut < reach}), reach]
    return Classes((*(-end for end in reversed(ends)), *ends), is_symmetric=True)
