"""Sheets → placed cells: which measure of which county, period and population each cell states."""

import dataclasses
import functools
from collections.abc import Iterator
from typing import Literal, NamedTuple

from dashboard.domain import roc
from dashboard.domain.counties import County, county_named, fold
from dashboard.domain.kinds import Population
from dashboard.domain.periods import BillingPeriod
from dashboard.readers.grid import Cell, Sheet
from dashboard.readers.layout import Layout, declared

Role = Literal["measure", "percent", "sum", "key", "ignored", "unknown"]


@dataclasses.dataclass(frozen=True)
class ColumnRole:
    """What one column of a sheet states; `field` is a measure, a key's name or the number of a percent.

    `units` are those its own header names, as 「應收金額（千元）」 does: none, one, or more than can be right.
    """

    index: int
    header: str
    role: Role
    field: str = ""
    period: BillingPeriod | None = None
    population: Population | None = None
    units: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Table:
    """Where the table of a sheet is: header rows, first data row, column of the counties."""

    header_row: int
    first_row: int
    county_column: int
    paths: tuple[tuple[str, ...], ...]


def locate(sheet: Sheet) -> Table | None:
    """Find the table by its 縣市別 column; None where a sheet has none."""
    county_words = {fold(word) for word in declared().words.county}
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and fold(cell) in county_words:
                first_row = _first_row(sheet, row, column, county_words)
                return Table(row, first_row, column, _paths(sheet.rows[row:first_row]))
    return None


def _first_row(sheet: Sheet, header_row: int, column: int, county_words: set[str]) -> int:
    above = fold(str(cell_at(sheet, header_row, column)))
    for row in range(header_row + 1, len(sheet.rows)):
        label = cell_at(sheet, row, column)
        if label is None:
            continue
        word = fold(str(label))
        if word not in county_words and above + word not in county_words:  # 「縣市」 above 「別」 is one header
            return row
    return len(sheet.rows)


def cell_at(sheet: Sheet, row: int, column: int) -> Cell:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else None


def _paths(header: list[list[Cell]]) -> tuple[tuple[str, ...], ...]:
    """Return each column's header from top to bottom; a group's name reaches right over the columns below it.

    It does not reach into the next group: what stands above both columns must be the same.
    """
    width = max((len(cells) for cells in header), default=0)
    grid = [
        [_header_text(cells[column] if column < len(cells) else None) for column in range(width)] for cells in header
    ]
    for row, texts in enumerate(grid[:-1]):
        for column in range(1, width):
            is_one_group = all(upper[column] == upper[column - 1] for upper in grid[:row])
            if not texts[column] and is_one_group and any(lower[column] for lower in grid[row + 1 :]):
                texts[column] = texts[column - 1]
    return tuple(tuple(_without_repeats(texts[column] for texts in grid)) for column in range(width))


def _header_text(cell: Cell) -> str:
    return "" if cell is None else fold(str(cell))


def _without_repeats(texts: Iterator[str]) -> Iterator[str]:
    last = ""
    for text in texts:
        if text and text != last:
            yield text
            last = text


def column_roles(table: Table, layout: Layout) -> list[ColumnRole]:
    """Give every column but the counties' its role under a layout; blank ones are `ignored` until they hold cells."""
    return [_role(index, path, layout) for index, path in enumerate(table.paths) if index != table.county_column]


def _role(index: int, path: tuple[str, ...], layout: Layout) -> ColumnRole:
    header = "/".join(path)
    ignored = {fold(word) for word in declared().words.ignored_columns}
    if header in ignored:
        return ColumnRole(index, header, "ignored")
    period, population, rest = _grouped(path, layout)
    units: tuple[str, ...] = ()
    stands_for = layout.field_below(rest)
    if stands_for is None:
        rest, units = _without_units(rest)
        stands_for = layout.field_below(rest)
    if stands_for is None:
        return ColumnRole(index, header, "unknown")
    role, _, field = stands_for.rpartition(":")
    if layout.column_group and period is None and population is None:
        return ColumnRole(index, header, "unknown")
    known: dict[str, Role] = {"": "measure", "key": "key", "percent": "percent", "sum": "sum"}
    return ColumnRole(index, header, known[role], field, period, population, units)


def _without_units(path: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take the units out of a header: 「金額（千元）」, 「（單位：千元）」 in a row of its own, a bare 「千元」."""
    parts: list[str] = []
    units: dict[str, None] = {}
    for part in path:
        text = part
        while ended := _ending_in_a_unit(text):
            text, unit = ended
            units[unit] = None
        if text:
            parts.append(text)
    return tuple(parts), tuple(units)


def _ending_in_a_unit(text: str) -> tuple[str, str] | None:
    known = declared().words.units
    if text in known:
        return "", text
    before, bracket, inside = text.removesuffix(")").rpartition("(")
    unit = inside.removeprefix("單位:")
    return (before, unit) if bracket and text.endswith(")") and unit in known else None


def _grouped(path: tuple[str, ...], layout: Layout) -> tuple[BillingPeriod | None, Population | None, tuple[str, ...]]:
    """Split the group a header row names (a billing period, a population) from the column's own words."""
    if not path or layout.column_group is None:
        return None, None, path
    ways = [("".join(path[:rows]), path[rows:]) for rows in range(1, len(path))]  # 「113年」 may stand above 「1-2月」
    for name, rest in [*ways, *_in_one_cell("".join(path), layout)]:
        if layout.column_group == "population":
            population = declared().words.population_by_word.get(name)
            if population:
                return None, population, rest
            continue
        try:
            return roc.parse_billing_period(name), None, rest
        except ValueError:
            continue
    return None, None, path


def _in_one_cell(header: str, layout: Layout) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Cut 「113年1-2月應繳人數」 where it ends in a header of the layout."""
    for known in layout.fields_by_joined_header:
        name = header.removesuffix(known)
        if name and name != header:
            yield name, (known,)


def matched_columns(table: Table, layout: Layout) -> int:
    return sum(role.role in {"measure", "key"} for role in column_roles(table, layout))


RowKind = Literal["county", "total", "subtotal", "note", "breakdown", "blank", "unlabelled", "unknown"]


class RowLabel(NamedTuple):
    """What one row is about; `name` is the folded label, `county` the one it names."""

    row: int
    kind: RowKind
    text: str
    name: str
    county: County | None


def row_labels(sheet: Sheet, table: Table) -> Iterator[RowLabel]:
    """Classify every row below the header by its label; a row that only holds text is a note."""
    for row in range(table.first_row, len(sheet.rows)):
        cells = sheet.rows[row]
        label = cell_at(sheet, row, table.county_column)
        text = "" if label is None else str(label)
        name, county = _named(text)
        yield RowLabel(row, "county" if county else _row_kind(cells, name, table), text, name, county)


@functools.lru_cache(maxsize=1024)
def _named(text: str) -> tuple[str, County | None]:
    return fold(text), county_named(text)


def _row_kind(cells: list[Cell], name: str, table: Table) -> RowKind:
    """Classify a row that names no county."""
    if name in declared().total_labels:
        return "total"
    if name in declared().subtotals_by_label:
        return "subtotal"
    if all(cell is None for cell in cells):
        return "blank"
    return _kind_of_words(cells, name, table)


def _kind_of_words(cells: list[Cell], name: str, table: Table) -> RowKind:
    words = declared().words
    if not name:
        return "unlabelled"
    others = [cell for column, cell in enumerate(cells) if column != table.county_column and cell is not None]
    if not others or (name.startswith(words.notes) and all(isinstance(cell, str) for cell in others)):
        return "note"
    return "breakdown" if name.startswith(words.breakdown) else "unknown"
