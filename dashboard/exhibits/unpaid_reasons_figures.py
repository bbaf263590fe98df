"""Reasons for not paying in exact figures: persons and shares of a county and the nation, and how they changed."""

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

import pandas as pd

from dashboard.domain.counties import County, counties, county_coded
from dashboard.domain.display import display
from dashboard.domain.kinds import Display, Reason, ReasonOrder
from dashboard.exhibits.frames import whole_numbers


@dataclasses.dataclass(frozen=True)
class Composition:
    """Persons by main reason, of one county or of the nation (county None); a count is None where not reported."""

    county: County | None
    counts: Mapping[Reason, int | None]

    @functools.cached_property
    def total(self) -> int | None:
        """Return how many persons there are; None as long as one of the reasons is not reported."""
        known = [count for count in self.counts.values() if count is not None]
        return sum(known) if len(known) == len(Reason) else None

    @property
    def is_known(self) -> bool:
        """Say whether there are shares: all six reasons are reported and somebody is counted."""
        return bool(self.total)

    @property
    def is_small(self) -> bool:
        return 0 < (self.total or 0) < display().small_denominator.persons

    @functools.cached_property
    def shares_pct(self) -> Mapping[Reason, Fraction | None]:
        total = self.total
        return {one: Fraction(100 * (count or 0), total) if total else None for one, count in self.counts.items()}

    def share_pct(self, reason: Reason) -> Fraction | None:
        return self.shares_pct[reason]

    def value(self, reason: Reason, shown: Display) -> Fraction | None:
        """Return the share (0–100) or the persons of a reason; None where there is none."""
        if shown is Display.SHARES:
            return self.share_pct(reason)
        count = self.counts[reason]
        return None if count is None else Fraction(count)

    @functools.cached_property
    def largest(self) -> tuple[Reason, ...]:
        """Return the reason of most persons, all of them where several tie; none without shares."""
        most = max((count for count in self.counts.values() if count is not None), default=0)
        return tuple(reason for reason in Reason if self.counts[reason] == most) if self.is_known else ()


@dataclasses.dataclass(frozen=True)
class Deviation:
    """A share of a county that lies `gap_pp` above (+) or below (-) the nation's."""

    county: County
    reason: Reason
    gap_pp: Fraction


@dataclasses.dataclass(frozen=True)
class Compositions:
    """The 22 counties in the order of official tables, and the nation: the sums over those with all six reasons."""

    rows: tuple[Composition, ...]

    @functools.cached_property
    def nation(self) -> Composition:
        return summed(row for row in self.rows if row.total is not None)

    @functools.cached_property
    def known(self) -> tuple[Composition, ...]:
        return tuple(row for row in self.rows if row.is_known)

    @property
    def missing(self) -> tuple[Composition, ...]:
        return tuple(row for row in self.rows if row.total is None)

    @property
    def small(self) -> tuple[Composition, ...]:
        return tuple(row for row in self.rows if row.is_small)

    @functools.cached_property
    def compared(self) -> tuple[Composition, ...]:
        """Return the counties that may be called highest or lowest: not the small ones, unless there are no others."""
        return tuple(row for row in self.known if not row.is_small) or self.known

    def at(self, end: Callable[[Iterable[Fraction]], Fraction], reason: Reason) -> tuple[list[str], Fraction]:
        """Return the counties at one end (max or min) of a reason's shares, and that share; some county is known."""
        shares = [(row, share) for row in self.compared if (share := row.share_pct(reason)) is not None]
        at_end = end(share for _, share in shares)
        return [row.county.name for row, share in shares if share == at_end and row.county], at_end

    def of(self, county: County) -> Composition:
        return next(row for row in self.rows if row.county == county)

    def ordered(self, order: ReasonOrder, shown: Display) -> tuple[Composition, ...]:
        """Return the counties as asked: largest first, equal ones in official order, those without shares last."""
        reason = order.reason
        if reason is None:
            return self.rows
        # Sorting is stable, and rows stand in official order.
        known = sorted(self.known, key=lambda row: row.value(reason, shown) or Fraction(0), reverse=True)
        return (*known, *(row for row in self.rows if not row.is_known))

    def widest_gap(self, row: Composition) -> tuple[Reason, Fraction]:
        """Return where a known composition is farthest from the nation: the first such reason, in percentage points."""
        nation = self.nation
        gaps = {one: (row.share_pct(one) or Fraction(0)) - (nation.share_pct(one) or Fraction(0)) for one in Reason}
        widest = max(gaps, key=lambda reason: abs(gaps[reason]))
        return widest, gaps[widest]

    @functools.cached_property
    def deviations(self) -> tuple[Deviation, ...]:
        """Return where a county's share is farthest from the nation's; several where they tie, none where all agree."""
        nation = self.nation
        found = [
            Deviation(row.county, reason, share - of_nation)
            for row in self.compared
            for reason in Reason
            if row.county
            if (share := row.share_pct(reason)) is not None
            if (of_nation := nation.share_pct(reason)) is not None
        ]
        farthest = max((abs(one.gap_pp) for one in found), default=Fraction(0))
        return tuple(one for one in found if farthest and abs(one.gap_pp) == farthest)


def compositions(frame: pd.DataFrame) -> dict[str, Compositions]:
    """Read an answer with period (ISO), county_code and a column of persons per reason, one row per county."""
    found: dict[str, list[Composition]] = {}
    persons = zip(*(whole_numbers(frame[reason.measure]) for reason in Reason), strict=True)
    for period, code, counts in zip(frame["period"].tolist(), frame["county_code"].tolist(), persons, strict=True):
        row = Composition(county_coded(code), dict(zip(Reason, counts, strict=True)))
        found.setdefault(period, []).append(row)
    return {period: Compositions(tuple(rows)) for period, rows in found.items()}


def summed(rows: Iterable[Composition]) -> Composition:
    """Return the nation as the sum of counties all of whose reasons are reported."""
    listed = list(rows)
    return Composition(None, {reason: sum(row.counts[reason] or 0 for row in listed) for reason in Reason})


def in_stack_order(order: ReasonOrder) -> tuple[Reason, ...]:
    """Return the reasons as a bar stacks them: the one that counties are sorted by first, on the common line."""
    first = order.reason
    return tuple(Reason) if first is None else (first, *(reason for reason in Reason if reason is not first))


# --- changes


@dataclasses.dataclass(frozen=True)
class Change:
    """One county's composition, or the nation's (county None), and that of the same period a year before."""

    county: County | None
    now: Composition
    base: Composition

    @property
    def is_reported(self) -> bool:
        return self.now.total is not None and self.base.total is not None

    @property
    def is_known(self) -> bool:
        return self.now.is_known and self.base.is_known

    @property
    def is_small(self) -> bool:
        return self.now.is_small or self.base.is_small

    @functools.cached_property
    def _values(self) -> Mapping[Display, Mapping[Reason, Fraction]]:
        return {
            shown: {
                reason: now - base
                for reason in Reason
                if (now := self.now.value(reason, shown)) is not None
                and (base := self.base.value(reason, shown)) is not None
                and self.is_known
            }
            for shown in Display
        }

    def value(self, reason: Reason, shown: Display) -> Fraction | None:
        """Return the change in percentage points or in persons; None unless both are known in full."""
        return self._values[shown].get(reason)

    @functools.cached_property
    def _largest(self) -> Mapping[Display, tuple[tuple[Reason, Fraction], ...]]:
        found = {}
        for shown, values in self._values.items():
            most = max(map(abs, values.values()), default=Fraction(0))
            found[shown] = tuple(one for one in values.items() if most and abs(one[1]) == most)
        return found

    def largest(self, shown: Display) -> tuple[tuple[Reason, Fraction], ...]:
        """Return the reason that changed most, up or down, several where they tie; none where nothing changed."""
        return self._largest[shown]


@dataclasses.dataclass(frozen=True)
class Changes:
    """The changes of all 22 counties in official order, and of the nation: of the counties known both times."""

    rows: tuple[Change, ...]

    @functools.cached_property
    def known(self) -> tuple[Change, ...]:
        return tuple(row for row in self.rows if row.is_known)

    @functools.cached_property
    def left_out(self) -> tuple[Change, ...]:
        """Return the counties not reported both times: those that the nation's change is without."""
        return tuple(row for row in self.rows if not row.is_reported)

    @functools.cached_property
    def nation(self) -> Change:
        both = [row for row in self.rows if row.is_reported]
        return Change(None, summed(row.now for row in both), summed(row.base for row in both))

    @functools.cached_property
    def compared(self) -> tuple[Change, ...]:
        return tuple(row for row in self.known if not row.is_small) or self.known

    def of(self, county: County) -> Change:
        return next(row for row in self.rows if row.county == county)

    def ordered(self, order: ReasonOrder, shown: Display) -> tuple[Change, ...]:
        """Return the counties as asked: largest growth first, equal ones in official order, unknown ones last."""
        reason = order.reason
        if reason is None:
            return self.rows
        known = sorted(self.known, key=lambda row: row.value(reason, shown) or Fraction(0), reverse=True)
        return (*known, *(row for row in self.rows if not row.is_known))

    def most(self, shown: Display) -> tuple[tuple[County, Reason, Fraction], ...]:
        """Return which county's which reason changed most, several where they tie."""
        found = [(row.county, *largest) for row in self.compared if row.county for largest in row.largest(shown)]
        most = max((abs(value) for _, _, value in found), default=Fraction(0))
        return tuple(one for one in found if abs(one[2]) == most)


def changes(now: Compositions, base: Compositions | None) -> Changes:
    """Pair the counties of two periods; without a base no change is known."""
    before: Sequence[Composition] = base.rows if base else [_unknown(county) for county in counties()]
    return Changes(tuple(Change(row.county, row, of) for row, of in zip(now.rows, before, strict=True)))


def _unknown(county: County) -> Composition:
    return Composition(county, dict.fromkeys(Reason))
