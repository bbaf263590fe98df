"""Into which group a county belongs: by list, by attribute, by cut points of a volume, or all into one."""

import functools
import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StrictBool, StrictInt, model_validator

from dashboard.domain.counties import County, counties, county_named
from dashboard.rules import formulas, numbers, rule_words
from dashboard.rules.formulas import Counts, VolumeName
from dashboard.rules.part import Exact, Part, Text, refuse

_ATTRIBUTES = {"group_112": "group"}
"""Columns of data/reference/counties.csv that a county calls otherwise."""


class ByAttribute(Part):
    """A column of data/reference/counties.csv; `names` renames its values. An empty value is no group."""

    kind: Literal["attribute"]
    attribute: Literal["group_112", "abc_group", "province", "region"]
    names: Mapping[str, Text] = Field(default_factory=dict)

    @property
    def order(self) -> tuple[str, ...]:
        return ()

    def of(self, county: County, counts: Counts) -> str | None:
        """Return the group of a county."""
        del counts
        value = getattr(county, _ATTRIBUTES.get(self.attribute, self.attribute))
        return self.names.get(value, value) or None

    def why_none(self, county: County, counts: Counts, year: int) -> str:
        """Say why a county has no group."""
        del county, counts, year
        return rule_words.NOT_LISTED


class ByCounties(Part):
    """Counties by name or code, each at most once; who stands in no list has no group."""

    kind: Literal["counties"]
    members: Mapping[Text, tuple[Text, ...]] = Field(min_length=1)

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(self.members)

    @functools.cached_property
    def groups(self) -> Mapping[str, str]:
        """Return the group of each county_code listed."""
        return {
            found.county_code: group for group, listed in self.members.items() for found in map(_found, listed) if found
        }

    def of(self, county: County, counts: Counts) -> str | None:
        """Return the group of a county."""
        del counts
        return self.groups.get(county.county_code)

    def why_none(self, county: County, counts: Counts, year: int) -> str:
        """Say why a county has no group."""
        del county, counts, year
        return rule_words.NOT_LISTED

    @model_validator(mode="after")
    def _each_county_once(self) -> Self:
        listed = [(group, name, _found(name)) for group, names in self.members.items() for name in names]
        seen: set[County] = set()
        faults = []
        for group, name, county in listed:
            if county is None:
                faults.append((f"members.{group}", rule_words.unknown_county(name)))
            elif county in seen:
                faults.append((f"members.{group}", rule_words.county_twice(county.name)))
            else:
                seen.add(county)
        refuse(faults)
        return self


class Band(Part):
    """Part of the scale of a volume; without a bound it is open to that side."""

    model_config = ConfigDict(populate_by_name=True)

    name: Text
    start: Exact | None = Field(None, alias="from")
    end: Exact | None = Field(None, alias="to")
    from_inclusive: StrictBool = True
    to_inclusive: StrictBool = True

    def holds(self, size: Fraction) -> bool:
        """Say whether a size lies in the band."""
        above = self.start is None or size > self.start or (self.from_inclusive and size == self.start)
        below = self.end is None or size < self.end or (self.to_inclusive and size == self.end)
        return above and below


class BySize(Part):
    """Bands of a volume, in units of so many persons, rounded half up to so many decimals (none: not rounded).

    The bands stand from the lowest to the highest or the other way round. Sizes that no band holds must be declared.
    """

    kind: Literal["size"]
    volume: VolumeName
    persons_per_unit: StrictInt = Field(ge=1)
    decimals: StrictInt | None = Field(None, ge=0)
    bands: tuple[Band, ...] = Field(min_length=1)
    known_holes: tuple[Text, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(band.name for band in self.bands)

    def of(self, county: County, counts: Counts) -> str | None:
        """Return the group of a county."""
        del county
        size = self.size(counts)
        return None if size is None else next((band.name for band in self.bands if band.holds(size)), None)

    def size(self, counts: Counts) -> Fraction | None:
        """Return a county's volume on the scale of the bands; None where no report states one."""
        volume = formulas.volume(self.volume, counts)
        if volume is None:
            return None
        scaled = volume / self.persons_per_unit
        return scaled if self.decimals is None else numbers.rounded(scaled, self.decimals)

    def why_none(self, county: County, counts: Counts, year: int) -> str:
        """Say why a county has no group; `year` is that of the volume."""
        del county
        size = self.size(counts)
        if size is None:
            return rule_words.no_volume(self.volume, year)
        return rule_words.in_no_band(self.volume, numbers.trimmed(size, self.decimals or 3), self.persons_per_unit)

    @property
    def ordered(self) -> tuple[Band, ...]:
        """Return the bands from the lowest."""
        rising = self.bands[0].start is None or self.bands[-1].end is None
        falling = self.bands[0].end is None or self.bands[-1].start is None
        return self.bands[::-1] if falling and not rising else self.bands

    @property
    def holes(self) -> tuple[str, ...]:
        """Return what no band holds, from the lowest: single sizes of the grid, or spans."""
        bands = self.ordered
        first, last = self._edge(bands[0], lower=True), self._edge(bands[-1], lower=False)
        below = [rule_words.below(self._print(first[0]))] if first and first[0] > 0 else []
        above = [rule_words.above(self._print(last[0]))] if last else []
        between = [hole for low, high in itertools.pairwise(bands) if (hole := self._gap(low, high))]
        return (*below, *between, *above)

    def _gap(self, low: Band, high: Band) -> str:
        end, start = self._edge(low, lower=False), self._edge(high, lower=True)
        if end is None or start is None:
            return ""
        if self.decimals is None:
            open_point = end[0] == start[0] and not (end[1] or start[1])
            if open_point:
                return self._print(end[0])
            return rule_words.between(self._print(end[0]), self._print(start[0])) if end[0] < start[0] else ""
        step = Fraction(1, 10**self.decimals)
        first, last = end[0] + step, start[0] - step
        if first > last:
            return ""
        return self._print(first) if first == last else rule_words.span(self._print(first), self._print(last))

    def _edge(self, band: Band, *, lower: bool) -> tuple[Fraction, bool] | None:
        """Return the outermost size a band holds and whether it holds it; on a grid it always does."""
        bound, holds = (band.start, band.from_inclusive) if lower else (band.end, band.to_inclusive)
        if bound is None:
            return None
        if self.decimals is None:
            return bound, holds
        step, sign = Fraction(1, 10**self.decimals), -1 if lower else 1
        inner = bound / step
        # The outermost point of the grid that does not lie outside the bound.
        point = Fraction(inner.__floor__() if sign > 0 else inner.__ceil__()) * step
        return (point - sign * step if point == bound and not holds else point), True

    def _print(self, size: Fraction) -> str:
        return numbers.trimmed(size, 6)

    def _overlaps(self) -> Iterator[tuple[str, str]]:
        for low, high in itertools.pairwise(self.ordered):
            end, start = self._edge(low, lower=False), self._edge(high, lower=True)
            if end is None or start is None or end[0] > start[0] or (end[0] == start[0] and end[1] and start[1]):
                yield "bands", rule_words.bands_overlap(low.name, high.name)

    @model_validator(mode="after")
    def _holes_are_declared(self) -> Self:
        refuse(self._overlaps())
        missing = [hole for hole in self.holes if hole not in self.known_holes]
        wrong = [hole for hole in self.known_holes if hole not in self.holes]
        refuse(
            [("bands", rule_words.hole(hole)) for hole in missing]
            + [("known_holes", rule_words.no_such_hole(hole)) for hole in wrong]
        )
        return self


class AllTogether(Part):
    """All counties in one group."""

    kind: Literal["all"]
    name: Text

    @property
    def order(self) -> tuple[str, ...]:
        return (self.name,)

    def of(self, county: County, counts: Counts) -> str | None:
        """Return the one group."""
        del county, counts
        return self.name

    def why_none(self, county: County, counts: Counts, year: int) -> str:
        """Say nothing: every county has a group."""
        del county, counts, year
        return ""


Groups = Annotated[ByAttribute | ByCounties | BySize | AllTogether, Field(discriminator="kind")]


def _found(text: str) -> County | None:
    coded = next((county for county in counties() if county.county_code == text), None)
    return coded or county_named(text)
