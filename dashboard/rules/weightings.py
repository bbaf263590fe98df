"""In which share of all admissible weightings a county is among the last ones: sampled, and cut up exactly.

Totals are linear in the weights, so those at the three corners of the region say all. A weighting is a point of the
triangle, given by its parts of the corners (they add up to one); a difference of two totals is zero on a line.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Any, Literal

import numpy as np

from dashboard.rules.ranking import CountyRank, Ranking
from dashboard.rules.weights import UNKNOWN, Region, Shares

Point = Shares
"""Parts of the three corners, adding up to one."""

Corners = Shares
"""A county's totals at the three corners."""

Field = Mapping[str, Corners]
"""The counties that are ranked with one another, by county_code."""

CORNERS: tuple[Point, ...] = tuple(
    (Fraction(nth == 0), Fraction(nth == 1), Fraction(nth == 2)) for nth in range(len(UNKNOWN))
)
Certain = Literal[True, "undecided"]
_FINE = 1_000_000
"""Sampled weightings lie on a grid of so many steps a side: whole numbers, so that sums and ties are exact."""


@dataclasses.dataclass(frozen=True)
class Chance:
    """Shares of all weightings under which a county is surely among the last ones, and under which a tie decides."""

    last: Fraction
    tied: Fraction


@dataclasses.dataclass(frozen=True)
class Cell:
    """A convex part of the triangle in which the order of a county to all others is the same.

    `corners` go round it; `verdict` is whether the county is among the last ones. `flips` are its edges beyond which
    the verdict is another, each with the other counties that have the same total there.
    """

    corners: tuple[Point, ...]
    verdict: Certain
    flips: tuple["Flip", ...]

    @property
    def area(self) -> Fraction:
        """Return its share of the triangle."""
        first, *others = self.corners
        return sum((_triangle(first, one, two) for one, two in pairwise(others)), Fraction())


@dataclasses.dataclass(frozen=True)
class Flip:
    """A stretch of a line on which a county and others have equal totals, and which its verdict changes across."""

    others: tuple[str, ...]
    ends: tuple[Point, Point]


@dataclasses.dataclass(frozen=True)
class _Part:
    """A cell being cut: who has surely fewer points, who surely as many, and on whose line each edge lies."""

    corners: tuple[Point, ...]
    edges: tuple[tuple[str, ...], ...]
    below: frozenset[str] = frozenset()
    equal: frozenset[str] = frozenset()


def field(ranking: Ranking, region: Region, members: Iterable[CountyRank]) -> Field:
    """Return the totals of counties at the corners of the region; those without place are left out.

    Rounding of totals, where a rule has it, is not applied: with it they would not be linear.
    """
    weights = {key: Fraction(one.weight) for key, one in ranking.rule.indicators.items()}
    return {row.county_code: _corners(row, weights, region) for row in members if row.place is not None}


def _corners(row: CountyRank, weights: Mapping[str, Fraction], region: Region) -> Corners:
    points = {key: one.points or Fraction() for key, one in row.indicators.items()}
    known = [key for key in points if key not in UNKNOWN]
    # A rule without the published indicator shares its weight among the others: all totals grow alike.
    fixed = sum((weights[key] * points[key] for key in known), Fraction())
    first, second, third = (
        (fixed + sum((share * points.get(key, 0) for key, share in zip(UNKNOWN, shares, strict=True)), Fraction()))
        / 100
        for shares in region.corners
    )
    return first, second, third


# --- sampled


def sampled(fields: Sequence[Field], last: int, draws: int, seed: int) -> dict[str, Chance]:
    """Return each county's shares among `draws` weightings, uniform over the triangle.

    Several fields are years of a rule that asks for all of them: a county must be among the `last` ones in each.
    A county missing from one of them has no share.
    """
    points = _drawn(draws, seed)
    found: dict[str, tuple[Any, Any]] = {}
    for nth, one in enumerate(fields):
        verdicts = _verdicts(one, points, last)
        found = (
            verdicts if nth == 0 else {code: _both(found[code], verdicts[code]) for code in found if code in verdicts}
        )
    return {
        code: Chance(Fraction(int(sure.sum()), draws), Fraction(int((possible & ~sure).sum()), draws))
        for code, (sure, possible) in found.items()
    }


def _drawn(draws: int, seed: int) -> "np.ndarray[Any, Any]":
    """Return whole parts of the corners, one row a draw, adding up to the same: gaps between two sorted numbers."""
    cuts = np.sort(np.random.default_rng(seed).integers(0, _FINE, size=(draws, 2), endpoint=True), axis=1)
    return np.column_stack([cuts[:, 0], cuts[:, 1] - cuts[:, 0], _FINE - cuts[:, 1]])


def _verdicts(field: Field, points: "np.ndarray[Any, Any]", last: int) -> dict[str, tuple[Any, Any]]:
    """Say for each draw who is surely and who possibly among the last: no order of equals could change the first."""
    whole = _whole(field)
    exact = points.astype(object) if whole.dtype == object else points
    totals = exact @ whole
    found = {}
    for nth, code in enumerate(field):
        own = totals[:, nth : nth + 1]
        found[code] = ((totals <= own).sum(axis=1) <= last, (totals < own).sum(axis=1) < last)
    return found


def _whole(field: Field) -> "np.ndarray[Any, Any]":
    """Scale totals to whole numbers, a column a county; Python's own where 64 bits would not hold their sums."""
    scale = lcm(*(total.denominator for corners in field.values() for total in corners))
    numbers = [[int(corners[nth] * scale) for corners in field.values()] for nth in range(len(UNKNOWN))]
    largest = max((abs(number) for row in numbers for number in row), default=0)
    return np.array(numbers, dtype=np.int64 if largest * _FINE < 2**62 else object)


def _both(one: tuple[Any, Any], other: tuple[Any, Any]) -> tuple[Any, Any]:
    return one[0] & other[0], one[1] & other[1]


# --- exact


def chance(cells: Sequence[Cell]) -> Chance:
    """Add up what the cells of a county cover; one that has none is never among the last ones."""
    areas = {verdict: Fraction() for verdict in (True, "undecided")}
    for cell in cells:
        areas[cell.verdict] += cell.area
    return Chance(areas[True], areas["undecided"])


def cells(fields: Sequence[Field], county_code: str, last: int) -> tuple[Cell, ...]:
    """Cut the triangle where a county's total equals another's; return the parts in which it may be among the last.

    Parts with `last` others surely below are given up at once, which keeps the parts few. A whole group of equals is
    decided by nobody: its verdict is "undecided". Several fields as in `sampled`.
    """
    found = [
        _Part(CORNERS, ((),) * len(CORNERS)),
    ]
    verdicts: list[Cell] = []
    for nth, one in enumerate(fields):
        starts = found if nth == 0 else [_Part(cell.corners, ((),) * len(cell.corners)) for cell in verdicts]
        before: list[Certain] = [True] * len(starts) if nth == 0 else [cell.verdict for cell in verdicts]
        verdicts = [
            _judged(part, verdict, last)
            for start, verdict in zip(starts, before, strict=True)
            for part in _cut(start, one, county_code, last)
        ]
    return tuple(verdicts)


def _cut(start: _Part, field: Field, county_code: str, last: int) -> list[_Part]:
    own, parts = field[county_code], [start]
    for other, corners in field.items():
        if other != county_code:
            lead = _difference(own, corners)
            parts = [piece for part in parts for piece in _split(part, other, lead) if len(piece.below) < last]
    return parts


def _difference(own: Corners, other: Corners) -> Corners:
    return own[0] - other[0], own[1] - other[1], own[2] - other[2]


def _split(part: _Part, other: str, lead: Corners) -> list[_Part]:
    """Cut a part along the line on which the lead over another county is zero."""
    if not any(lead):
        return [dataclasses.replace(part, equal=part.equal | {other})]
    heights = [sum((a * b for a, b in zip(lead, corner, strict=True)), Fraction()) for corner in part.corners]
    ahead, behind = max(heights) > 0, min(heights) < 0
    if not (ahead and behind):
        below = part.below | {other} if ahead else part.below
        return [dataclasses.replace(part, edges=_shared(part, heights, other), below=below)]
    return [
        dataclasses.replace(_side(part, [sign * height for height in heights], other), below=below)
        for sign, below in ((1, part.below | {other}), (-1, part.below))
    ]


def _shared(part: _Part, heights: Sequence[Fraction], other: str) -> tuple[tuple[str, ...], ...]:
    """Note where an edge lies on the line without being cut by it."""
    number = len(heights)
    return tuple(
        (*owners, other) if heights[nth] == 0 == heights[(nth + 1) % number] else owners
        for nth, owners in enumerate(part.edges)
    )


def _side(part: _Part, heights: Sequence[Fraction], other: str) -> _Part:
    """Return what of a part lies where `heights` are not negative; edge n goes from corner n to the next."""
    corners: list[Point] = []
    edges: list[tuple[str, ...]] = []
    number = len(part.corners)
    for nth, (corner, height) in enumerate(zip(part.corners, heights, strict=True)):
        following = (nth + 1) % number
        after = heights[following]
        if height >= 0:
            corners.append(corner)
            # From a corner on the line the way along it begins where the next one is cut off.
            edges.append((other,) if height == 0 and after < 0 else part.edges[nth])
        if height * after < 0:
            corners.append(_between(corner, part.corners[following], height / (height - after)))
            edges.append((other,) if height > 0 else part.edges[nth])
    return _Part(tuple(corners), tuple(edges), part.below, part.equal)


def _between(one: Point, two: Point, way: Fraction) -> Point:
    first, second, third = (a + way * (b - a) for a, b in zip(one, two, strict=True))
    return first, second, third


def _judged(part: _Part, before: Certain, last: int) -> Cell:
    is_sure = len(part.below) + len(part.equal) < last
    number = len(part.corners)
    flips = tuple(
        Flip(others, (part.corners[nth], part.corners[(nth + 1) % number]))
        for nth, others in enumerate(part.edges)
        # Beyond the edge those who lead here have fewer points as well.
        if others and len(part.below) + len(set(others) - part.below) >= last
    )
    return Cell(part.corners, before if is_sure else "undecided", flips)


def _triangle(one: Point, two: Point, three: Point) -> Fraction:
    """Return a triangle's share of the whole one: the determinant of its parts of the corners."""
    a, b, c = one, two, three
    determinant = (
        a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])
    )
    return abs(determinant)
