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
from dashboard.exhibits.frames import whole_numbers
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


_Cells = Mapping[str, Cell]


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
    cells: Mapping[Moment, _Cells]
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()

    def of(self, county: County, moment: Moment) -> Figure:
        """Return what a county's line says at a moment."""
        cells = self.cells.get(moment)
        if cells is None:
            return Figure(None)
        figure = self._figure((county,), moment, cells)
        return Figure(figure.value, figure.ratio, figure.base, is_small=cells[county.county_code].is_small)

    def together(self, members: Sequence[County], moment: Moment) -> Figure:
        """Return what several counties say together: a rate of sums, a mean of counts, never a mean of rates."""
        return self._figure(members, moment, self.cells.get(moment))

    def _figure(self, members: Sequence[County], moment: Moment, cells: _Cells | None) -> Figure:
        now = self._sum(members, cells)
        if not self.measure.is_difference:
            return now
        before = self._sum(members, self.cells.get(self.earlier.get(moment, Moment(moment.period, None))))
        return Figure(_apart(now, before), now.ratio, before.ratio, now.missing)

    def _sum(self, members: Sequence[County], cells: _Cells | None) -> Figure:
        if cells is None:
            return Figure(None)
        is_count = self.measure.is_count
        parts, wholes, missing = [], [], []
        for member in members:
            ratio = cells[member.county_code].ratio
            whole = 1 if is_count else ratio.denominator
            if ratio.numerator is None or whole is None:
                missing.append(member)
            else:
                parts.append(ratio.numerator)
                wholes.append(whole)
        total = Ratio(sum(parts), sum(wholes)) if parts else NOTHING
        value = Fraction(sum(parts), len(parts)) if is_count and parts else total.rate_pct
        return Figure(value, total, missing=tuple(missing))

    @functools.cached_property
    def nation(self) -> Mapping[Moment, Figure]:
        return {moment: self.together(counties(), moment) for moment in self.moments}

    @functools.cached_property
    def newest(self) -> Moment:
        """Return the newest moment with a national figure; the first where there is none at all."""
        known = [moment for moment, figure in self.nation.items() if figure.value is not None]
        return known[-1] if known else self.moments[0]

    def change(self, members: Sequence[County], moment: Moment) -> Fraction | None:
        """Return how far a moment lies above the one a year before, None where the two do not compare."""
        before = self.earlier.get(moment)
        if before is None:
            return None
        return _apart(self.together(members, moment), self.together(members, before))

    @functools.cached_property
    def young(self) -> tuple[bool, ...]:
        """Say of each moment whether it is provisional; where all are equally old none is younger than another."""
        return tuple(self.age is None and moment.is_immature for moment in self.moments)

    @functools.cached_property
    def incomplete(self) -> dict[Moment, tuple[County, ...]]:
        """Return the moments whose national figure lacks counties, and which."""
        return {moment: figure.missing for moment, figure in self.nation.items() if figure.missing}


def _apart(now: Figure, before: Figure) -> Fraction | None:
    """Return how far one figure lies above another; sums over different counties do not compare."""
    if now.value is None or before.value is None or now.missing != before.missing:
        return None
    return now.value - before.value


def cells_of(frame: pd.DataFrame) -> dict[tuple[str, date], dict[str, Cell]]:
    """Read an answer of `answers.trend_*` by period (ISO) and as_of, then by county."""
    names = ("numerator", "denominator", "persons")
    columns = [whole_numbers(frame[name]) for name in names]
    found: dict[tuple[str, date], dict[str, Cell]] = {}
    keys = zip(frame["period"].tolist(), frame["as_of"].dt.date, frame["county_code"].tolist(), strict=True)
    for (period, as_of, code), part, whole, persons in zip(keys, *columns, strict=True):
        found.setdefault((period, as_of), {})[code] = Cell(Ratio(part, whole), persons)
    return found


def earlier_of(moments: Sequence[Moment], known: Mapping[Period, Moment]) -> dict[Moment, Moment]:
    """Pair each moment with that of the same period a year before, where there is one."""
    pairs = ((moment, known.get(before)) for moment in moments if (before := year_before(moment.period)))
    return {moment: before for moment, before in pairs if before}
