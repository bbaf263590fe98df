"""A measure over time: the 22 counties at every period of a window, and exact figures of any of them together."""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

import pandas as pd

from dashboard.domain.counties import County, counties
from dashboard.domain.display import display
from dashboard.domain.kinds import Population
from dashboard.domain.measures import Measure
from dashboard.domain.periods import Period
from dashboard.exhibits.exhibit import Source
from dashboard.exhibits.rates import Ratio
from dashboard.exhibits.trend_periods import Moment, year_before

NOTHING = Ratio(None, None)


@dataclasses.dataclass(frozen=True)
class Figure:
    """What a line says at a moment: an exact value in the measure's unit (None: a gap) and what it is made of.

    Of a count of several counties the value is their mean, `ratio` the sum over their number. `base` is the ratio a
    difference is taken from. `missing` are counties of the line without figures, though their report is there.
    """

    value: Fraction | None
    ratio: Ratio = NOTHING
    base: Ratio | None = None
    missing: tuple[County, ...] = ()
    is_small: bool = False


@dataclasses.dataclass(frozen=True)
class Cell:
    """A county's figures at a moment; `persons` stand behind them (None: not known)."""

    ratio: Ratio
    persons: int | None

    @property
    def is_small(self) -> bool:
        return self.persons is not None and self.persons < display().small_denominator.persons


@dataclasses.dataclass(frozen=True)
class Course:
    """One measure of one population; `moments` oldest first, those that no report shows included.

    `earlier` has the moment a year before, at equal age where billing periods are concerned: for a difference of every
    moment, else at least of the newest. `age` is that at which all are compared, None as of the newest snapshots.
    """

    measure: Measure
    population: Population
    age: int | None
    moments: tuple[Moment, ...]
    earlier: Mapping[Moment, Moment]
    cells: Mapping[Moment, Mapping[str, Cell]]
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()

    def of(self, county: County, moment: Moment) -> Figure:
        """Return what a county's line says at a moment."""
        figure = self.together((county,), moment)
        cell = self.cells.get(moment, {}).get(county.county_code)
        return dataclasses.replace(figure, missing=(), is_small=cell is not None and cell.is_small)

    def together(self, members: Sequence[County], moment: Moment) -> Figure:
        """Return what several counties say together: a rate of sums, a mean of counts, never a mean of rates."""
        now = self._sum(members, moment)
        if not self.measure.is_difference:
            return now
        before = self._sum(members, self.earlier.get(moment, Moment(moment.period, None)))
        # Sums over different counties do not compare.
        comparable = now.missing == before.missing and now.value is not None and before.value is not None
        change = now.value - before.value if comparable and now.value is not None and before.value is not None else None
        return dataclasses.replace(now, value=change, base=before.ratio)

    def _sum(self, members: Sequence[County], moment: Moment) -> Figure:
        cells = self.cells.get(moment)
        if cells is None:
            return Figure(None)
        ratios = {member: cells[member.county_code].ratio for member in members}
        if self.measure.is_count:
            counts = [one.numerator for one in ratios.values() if one.numerator is not None]
            missing = tuple(member for member, one in ratios.items() if one.numerator is None)
            total = Ratio(sum(counts), len(counts)) if counts else NOTHING
            return Figure(Fraction(sum(counts), len(counts)) if counts else None, total, missing=missing)
        known = {m: one for m, one in ratios.items() if one.numerator is not None and one.denominator is not None}
        if not known:
            return Figure(None, missing=tuple(members))
        parts, wholes = ([getattr(one, side) or 0 for one in known.values()] for side in ("numerator", "denominator"))
        ratio = Ratio(sum(parts), sum(wholes))
        return Figure(ratio.rate_pct, ratio, missing=tuple(member for member in members if member not in known))

    @functools.cached_property
    def newest(self) -> Moment:
        """Return the newest moment with a national figure; the first where there is none at all."""
        known = [one for one in self.moments if self.together(counties(), one).value is not None]
        return known[-1] if known else self.moments[0]

    def change(self, members: Sequence[County], moment: Moment) -> Fraction | None:
        """Return how far a moment lies above the one a year before, None where the two do not compare."""
        before = self.earlier.get(moment)
        if before is None:
            return None
        now, base = self.together(members, moment), self.together(members, before)
        if now.value is None or base.value is None or now.missing != base.missing:
            return None
        return now.value - base.value

    @functools.cached_property
    def young(self) -> tuple[bool, ...]:
        """Say of each moment whether it is provisional; where all are equally old none is younger than another."""
        return tuple(self.age is None and moment.is_immature for moment in self.moments)

    @functools.cached_property
    def incomplete(self) -> dict[Moment, tuple[County, ...]]:
        """Return the moments whose national figure lacks counties, and which."""
        found = {moment: self.together(counties(), moment).missing for moment in self.moments}
        return {moment: missing for moment, missing in found.items() if missing}


def cells_of(frame: pd.DataFrame) -> dict[tuple[str, date], dict[str, Cell]]:
    """Read an answer of `answers.trend_*` by period (ISO) and as_of, then by county."""
    names = ("numerator", "denominator", "persons")
    columns = [frame[name].astype("object").where(frame[name].notna(), None).tolist() for name in names]
    found: dict[tuple[str, date], dict[str, Cell]] = {}
    keys = zip(frame["period"], frame["as_of"].dt.date, frame["county_code"], strict=True)
    for (period, as_of, code), part, whole, persons in zip(keys, *columns, strict=True):
        found.setdefault((period, as_of), {})[code] = Cell(Ratio(part, whole), persons)
    return found


def earlier_of(moments: Sequence[Moment], known: Mapping[Period, Moment]) -> dict[Moment, Moment]:
    """Pair each moment with that of the same period a year before, where there is one."""
    pairs = ((moment, known.get(before)) for moment in moments if (before := year_before(moment.period)))
    return {moment: before for moment, before in pairs if before}
