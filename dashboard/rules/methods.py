"""How values become points inside a group. Every method is total: any group, also an empty one, has an outcome.

`points` takes the value of each county to be ranked and gives each its points, or a sentence why the method gives
none to anybody of the group. Equal values get equal points.
"""

import itertools
import operator
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, model_validator

from dashboard.rules import numbers, rule_words
from dashboard.rules.part import Exact, Part, Text, refuse

Values = Mapping[str, Fraction]
PlacePoints = Annotated[tuple[Exact, ...], Field(min_length=1)]


class RankPoints(Part):
    """Points for the rank in the group: of n, rank r gets 100 · (n − r + 1) / n ("linear"), or what a table says.

    A table is one list from the first place down, or a list for each number of ranked counties. Places below the end
    of a list get nothing; a number of counties without a list has no points.
    """

    kind: Literal["rank_points"]
    points: Literal["linear"] | PlacePoints | Mapping[StrictInt, PlacePoints]

    def scores(self, key: str, values: Values, *, higher: bool) -> dict[str, Fraction] | str:
        """Return points 0–100 under the linear formula, those of the table under a table."""
        del key
        n = len(values)
        table = self._table(n)
        if table is None:
            return rule_words.no_points_for(n)
        rank = ranks(values, higher=higher)
        return {code: table[rank[code] - 1] if rank[code] <= len(table) else Fraction() for code in values}

    def _table(self, n: int) -> tuple[Fraction, ...] | None:
        if self.points == "linear":
            return tuple(Fraction(100 * (n - better), n) for better in range(n))
        if isinstance(self.points, Mapping):
            return self.points.get(n) if n else ()
        return self.points

    @property
    def sentence(self) -> str:
        return rule_words.LINEAR if self.points == "linear" else rule_words.POINTS_TABLE

    @model_validator(mode="before")
    @classmethod
    def _sizes_are_numbers(cls, given: object) -> object:
        """Take the keys of a table of tables, which TOML writes as texts, for the numbers they are."""
        if isinstance(given, Mapping) and isinstance(points := given.get("points"), Mapping):
            sizes = {int(key) if str(key).isdecimal() else key: listed for key, listed in points.items()}
            return {**given, "points": sizes}
        return given

    @model_validator(mode="after")
    def _points_fall(self) -> Self:
        lists = self.points.values() if isinstance(self.points, Mapping) else [self.points]
        rising = any(
            better < worse for one in lists if isinstance(one, tuple) for better, worse in itertools.pairwise(one)
        )
        refuse([("points", rule_words.POINTS_RISE)] if rising else [])
        return self


class ZScore(Part):
    """Distance from the group's mean in standard deviations of the whole group, not of a sample; 0 without any."""

    kind: Literal["z_score"]

    def scores(self, key: str, values: Values, *, higher: bool) -> dict[str, Fraction] | str:
        """Return distances, positive where a county is better than the mean."""
        del key
        if not values:
            return {}
        mean = _mean(values)
        spread = numbers.root(sum(((value - mean) ** 2 for value in values.values()), Fraction()) / len(values))
        sign = 1 if higher else -1
        return {code: sign * (value - mean) / spread if spread else Fraction() for code, value in values.items()}

    @property
    def sentence(self) -> str:
        return rule_words.Z_SCORE


class MinMax(Part):
    """Where a value lies between the group's worst (0) and best (100); all equal: 100 each."""

    kind: Literal["min_max"]

    def scores(self, key: str, values: Values, *, higher: bool) -> dict[str, Fraction] | str:
        """Return points 0–100."""
        del key
        if not values:
            return {}
        ends = min(values.values()), max(values.values())
        worst, best = ends if higher else ends[::-1]
        full = Fraction(100)
        return {
            code: full * (value - worst) / (best - worst) if best != worst else full for code, value in values.items()
        }

    @property
    def sentence(self) -> str:
        return rule_words.MIN_MAX


class GroupMeanIndex(Part):
    """((A − B) ÷ B) × factor + base, at most cap; A is the county's value, B the group's mean.

    Source: the contest of a sister agency that a local government proposed to follow. Over a mean of zero there is no
    value. Under a mean below zero the formula as written gives a county above the mean fewer points; "absolute"
    divides by the mean's size instead, "no_value" gives none.
    """

    kind: Literal["group_mean_index"]
    factor: Exact
    factors: Mapping[Text, Exact] = Field(default_factory=dict)
    base: Exact
    cap: Exact
    negative_mean: Literal["as_written", "absolute", "no_value"]

    def scores(self, key: str, values: Values, *, higher: bool) -> dict[str, Fraction] | str:
        """Return points, at most the cap; far below the mean they may be negative."""
        if not values:
            return {}
        mean = _mean(values)
        if mean == 0 or (mean < 0 and self.negative_mean == "no_value"):
            return rule_words.MEAN_IS_ZERO if mean == 0 else rule_words.MEAN_IS_NEGATIVE
        divisor = abs(mean) if self.negative_mean == "absolute" else mean
        factor = self.factors.get(key, self.factor) * (1 if higher else -1)
        return {code: min(self.cap, (value - mean) / divisor * factor + self.base) for code, value in values.items()}

    def turns_over(self, values: Values) -> bool:
        """Say whether the formula as written gives fewer points to who is above the mean."""
        return bool(values) and self.negative_mean == "as_written" and _mean(values) < 0

    @property
    def sentence(self) -> str:
        shown = [numbers.trimmed(one, 4) for one in (self.factor, self.base, self.cap)]
        return rule_words.group_mean_index(*shown, has_others=bool(self.factors))


Method = Annotated[RankPoints | ZScore | MinMax | GroupMeanIndex, Field(discriminator="kind")]


class Rounding(Part):
    """Half up (halves away from zero) to so many decimals: each indicator's points, the total, or nothing."""

    applies_to: Literal["points", "total", "none"]
    decimals: StrictInt = Field(0, ge=0)

    def of(self, what: Literal["points", "total"], value: Fraction) -> Fraction:
        """Return a value as the rule reckons with it."""
        return numbers.rounded(value, self.decimals) if what == self.applies_to else value


def ranks(values: Values, *, higher: bool) -> dict[str, int]:
    """Rank each county: 1 + those strictly better."""
    ordered = sorted(values.items(), key=operator.itemgetter(1), reverse=higher)
    found: dict[str, int] = {}
    for place, (code, value) in enumerate(ordered):
        is_equal = place > 0 and value == ordered[place - 1][1]
        found[code] = found[ordered[place - 1][0]] if is_equal else place + 1
    return found


def _mean(values: Values) -> Fraction:
    return sum(values.values(), Fraction()) / len(values)
