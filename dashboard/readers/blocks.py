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
    unit: int
    sheet: str
    row: int
    column: int

    @property
    def place(self) -> Place:
        return Place(self.sheet, self.row, self.column)


@dataclasses.dataclass
class CountyFigures:
    """One measure of a block: of each county the number and the row, all from one column of one sheet.

    Two dicts of plain values instead of an object per figure: a long file has a million of them.
    """

    sheet: str
    column: int
    unit: int
    values: dict[str, int | None] = dataclasses.field(default_factory=dict)
    rows: dict[str, int] = dataclasses.field(default_factory=dict)

    def place(self, county_code: str) -> Place:
        return Place(self.sheet, self.rows[county_code], self.column)


@dataclasses.dataclass
class Block:
    """The cells of one block. `totals` are keyed by the folded label of their row, `sums` by a county's code or that.

    `percents`: owner (likewise), number of the percent in the layout, cell as printed, sheet, row and column.
    `shares` are the same for the share of a measure, which is named, in all measures of a block.
    """

    figures: dict[str, CountyFigures] = dataclasses.field(default_factory=dict)
    totals: dict[str, dict[str, Placed]] = dataclasses.field(default_factory=dict)
    percents: list[tuple[str, int, Cell, str, int, int]] = dataclasses.field(default_factory=list)
    shares: list[tuple[str, str, Cell, str, int, int]] = dataclasses.field(default_factory=list)
    sums: list[tuple[str, Placed]] = dataclasses.field(default_factory=list)

    def value(self, owner: str, field: str) -> Placed | None:
        """Return the figure of a county, or of a total row, if the report has it."""
        figures = self.figures.get(field)
        if figures and owner in figures.values:
            return Placed(figures.values[owner], figures.unit, figures.sheet, figures.rows[owner], figures.column)
        totals = self.totals.get(owner)
        return totals.get(field) if totals else None


def finding_at(kind: FindingKind, place: Place, value: Cell = None, expected: str = "") -> Finding:
    return Finding(kind, place.sheet, place.cell, shown(value), expected)
