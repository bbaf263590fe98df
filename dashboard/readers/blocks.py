"""Placed cells of a report, gathered into blocks: one as_of, period and population, 22 counties, totals beside."""

import dataclasses
from datetime import date
from typing import NamedTuple

from dashboard.domain.findings import Finding, FindingKind
from dashboard.domain.kinds import Population
from dashboard.domain.periods import Period
from dashboard.readers.grid import Cell, reference, shown


class BlockKey(NamedTuple):
    """What all figures of a block share."""

    as_of: date
    period: Period
    population: Population


class Place(NamedTuple):
    """Where a cell stands."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        return reference(self.row, self.column)


class Placed(NamedTuple):
    """A whole number and its place; `value` is None where the table says 「…」. `unit`: the TWD of one printed unit."""

    value: int | None
    place: Place
    unit: int


@dataclasses.dataclass
class Block:
    """The cells of one block. `owner` of a percent or sum is a county's code or the folded label of a total row."""

    figures: dict[str, dict[str, Placed]] = dataclasses.field(default_factory=dict)
    totals: dict[str, dict[str, Placed]] = dataclasses.field(default_factory=dict)
    percents: list[tuple[str, int, Cell, Place]] = dataclasses.field(default_factory=list)
    sums: list[tuple[str, Placed]] = dataclasses.field(default_factory=list)

    def value(self, owner: str, field: str) -> Placed | None:
        """Return the figure of a county, or of a total row, if the report has it."""
        return self.figures.get(field, {}).get(owner) or self.totals.get(owner, {}).get(field)


def finding_at(kind: FindingKind, place: Place, value: Cell = None, expected: str = "") -> Finding:
    return Finding(kind, place.sheet, place.cell, shown(value), expected)
