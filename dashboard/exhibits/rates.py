"""Rates of the 22 counties in exact fractions, their ranks, and the nation as a ratio of sums."""

import dataclasses
import functools
from collections.abc import Callable, Sequence
from fractions import Fraction

import pandas as pd

from dashboard.domain.counties import County, county_coded
from dashboard.exhibits.frames import whole_numbers


@dataclasses.dataclass(frozen=True)
class Ratio:
    """A numerator over a denominator; None is not reported. `rate_pct` is None without either, or over zero."""

    numerator: int | None
    denominator: int | None

    @functools.cached_property
    def rate_pct(self) -> Fraction | None:
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(100 * self.numerator, self.denominator)


@dataclasses.dataclass(frozen=True)
class CountyRate:
    """One county: its ratio now and a year before (None where the measure has no base), its rank among all.

    `is_small`: so few persons stand behind the ratio that single cases move it.
    """

    county: County
    ratio: Ratio
    base: Ratio | None = None
    rank: int | None = None
    is_small: bool = False

    @property
    def rate_pct(self) -> Fraction | None:
        return self.ratio.rate_pct

    @property
    def change_pp(self) -> Fraction | None:
        return _change(self.ratio, self.base)


@dataclasses.dataclass(frozen=True)
class Rates:
    """All 22 counties in the order of official tables; `nation` sums numerators and denominators."""

    rows: tuple[CountyRate, ...]
    nation: Ratio
    nation_base: Ratio | None

    @property
    def nation_change_pp(self) -> Fraction | None:
        return _change(self.nation, self.nation_base)

    @property
    def known(self) -> tuple[CountyRate, ...]:
        return tuple(row for row in self.rows if row.rate_pct is not None)

    @property
    def missing(self) -> tuple[CountyRate, ...]:
        return tuple(row for row in self.rows if row.rate_pct is None)

    @property
    def ranked(self) -> tuple[CountyRate, ...]:
        """Return best rate first, equal ones in official order, then those without a rate."""
        return (*sorted(self.known, key=lambda row: row.rank or 0), *self.missing)

    @property
    def small(self) -> tuple[CountyRate, ...]:
        return tuple(row for row in self.known if row.is_small)

    def at(self, end: Callable[[Sequence[Fraction]], Fraction]) -> tuple[list[str], Fraction]:
        """Return the counties at one end (max or min) and their rate; at least one county has a rate.

        Counties with a small denominator are at no end, unless there are no others.
        """
        compared = [row for row in self.known if not row.is_small] or self.known
        rate = end([row.rate_pct for row in compared if row.rate_pct is not None])
        return [row.county.name for row in compared if row.rate_pct == rate], rate

    def of(self, county_code: str) -> CountyRate:
        return next(row for row in self.rows if row.county.county_code == county_code)


def county_rates(frame: pd.DataFrame, few: int = 0) -> Rates:
    """Read an answer with county_code, numerator, denominator and perhaps base_numerator, base_denominator.

    A ratio is small where payable_persons, or base_payable_persons of its base, is below `few`.
    """
    columns = {str(name): whole_numbers(frame[name]) for name in frame.columns if str(name).endswith(_FIGURES)}
    ratios = list(map(Ratio, columns["numerator"], columns["denominator"]))
    has_base = "base_numerator" in columns
    bases = map(Ratio, columns["base_numerator"], columns["base_denominator"]) if has_base else [None] * len(ratios)
    small = [
        any(number is not None and number < few for number in numbers)
        for numbers in zip(*(columns[name] for name in _PERSONS if name in columns), strict=True)
    ] or [False] * len(ratios)
    ranks = _ranks([ratio.rate_pct for ratio in ratios])
    rows = tuple(
        CountyRate(county_coded(code), ratio, base, rank, is_small)
        for code, ratio, base, rank, is_small in zip(frame["county_code"], ratios, bases, ranks, small, strict=True)
    )
    # Sums over different counties do not compare.
    is_comparable = all(row.base and (row.base.rate_pct is None) == (row.rate_pct is None) for row in rows)
    return Rates(rows, _sum(ratios), _sum([row.base for row in rows if row.base]) if is_comparable else None)


_FIGURES = ("numerator", "denominator", "payable_persons")
_PERSONS = ("payable_persons", "base_payable_persons")


def _ranks(rates: Sequence[Fraction | None]) -> list[int | None]:
    """Rank 1 + those strictly higher, so equal rates share a rank; None without a rate."""
    ordered = sorted((rate for rate in rates if rate is not None), reverse=True)
    places = {rate: place for place, rate in reversed(list(enumerate(ordered, start=1)))}
    return [None if rate is None else places[rate] for rate in rates]


def _sum(ratios: Sequence[Ratio]) -> Ratio:
    known = [ratio for ratio in ratios if ratio.rate_pct is not None]
    return Ratio(sum(ratio.numerator or 0 for ratio in known), sum(ratio.denominator or 0 for ratio in known))


def _change(ratio: Ratio, base: Ratio | None) -> Fraction | None:
    if base is None or ratio.rate_pct is None or base.rate_pct is None:
        return None
    return ratio.rate_pct - base.rate_pct
