"""Sheets → placed cells: which measure of which county, period and population each cell states."""

import dataclasses
import functools
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from dashboard.domain import roc
from dashboard.domain.counties import County, fold
from dashboard.domain.kinds import Population
from dashboard.domain.periods import BillingPeriod
from dashboard.readers.grid import Cell, Sheet
from dashboard.readers.layout import Layout, declared

Role = Literal["measure", "percent", "share", "sum", "key", "ignored", "unknown"]

_ENGLISH = re.compile(r"[A-Za-z][A-Za-z .,&'$/()\-]*")
_AFTER_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff)])\(?[A-Za-z][A-Za-z .,&'$/()\-]*$")
# A unit or another currency, which is never passed over.
_SCALE = re.compile(
    r"hundred|thousand|million|billion|(?<![a-z])(?:k|m|mn|bn)(?=NT|[^a-z]|$)|US|EUR|JPY|CNY|RMB|HK", re.IGNORECASE
)
_NUMBER_OF_COLUMN = re.compile(r"[(\[]\d{1,2}[)\]](?:=.*)?")


@dataclasses.dataclass(frozen=True)
class ColumnRole:
    """What one column of a sheet states; `field` is a measure (a share's too), a key's name or the number of a percent.

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
    """Where the table of a sheet is: header rows, first data row, column of the counties.

    `paths` are each column's header from top to bottom, `said` every folded text that stands in the header above it.
    """

    header_row: int
    first_row: int
    county_column: int
    paths: tuple[tuple[str, ...], ...]
    said: tuple[frozenset[str], ...]


def locate(sheet: Sheet) -> Table | None:
    """Find the table by its 縣市別 column; None where a sheet has none."""
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and _names_the_counties(cell):
                first_row = _first_row(sheet, row, column, _county_words())
                header = sheet.rows[row:first_row]
                paths = _paths(header)
                said = [{fold(str(c)) for c in _at(header, n) if c is not None} for n in range(len(paths))]
                return Table(row, first_row, column, paths, tuple(frozenset(texts) for texts in said))
    return None


def _at(rows: list[list[Cell]], column: int) -> Iterator[Cell]:
    return (cells[column] for cells in rows if column < len(cells))


@functools.cache
def _county_words() -> frozenset[str]:
    return frozenset(fold(word) for word in declared().words.county)


@functools.lru_cache(maxsize=1024)
def _names_the_counties(text: str) -> bool:
    """Tell whether a header stands above the counties, also one cut by a diagonal: 「項目／縣市別」."""
    name = without_english(fold(text))
    if name in _county_words():
        return True
    across = declared().words.across
    sides = [(name.removeprefix(word), name.removesuffix(word)) for word in across if word in name]
    return any(side.strip("/\\|") in _county_words() for both in sides for side in both if side != name)


def without_english(folded: str) -> str:
    """Take off what repeats a Chinese header or label in English: 「總計Total」; a unit such as thousand stays."""
    said = _AFTER_CHINESE.search(folded)
    return folded[: said.start()] if said and not _SCALE.search(said[0]) else folded


def is_english(folded: str) -> bool:
    """Tell whether a text is a name in English, which adds nothing to the Chinese one above it."""
    return bool(_ENGLISH.fullmatch(folded)) and not _SCALE.search(folded)


def _first_row(sheet: Sheet, header_row: int, column: int, county_words: frozenset[str]) -> int:
    above = fold(str(cell_at(sheet, header_row, column)))
    for row in range(header_row + 1, len(sheet.rows)):
        label = cell_at(sheet, row, column)
        if label is None:
            continue
        word = fold(str(label))
        if is_english(word) and all(is_english(fold(str(cell))) for cell in sheet.rows[row] if cell is not None):
            continue  # the header once more, for those who read no Chinese
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
    """Fold a header; what only numbers the column or names it in English is none."""
    text = "" if cell is None else without_english(fold(str(cell)))
    return "" if is_english(text) or _NUMBER_OF_COLUMN.fullmatch(text) else text


def _without_repeats(texts: Iterator[str]) -> Iterator[str]:
    last = ""
    for text in texts:
        if text and text != last:
            yield text
            last = text


def column_roles(table: Table, layout: Layout) -> list[ColumnRole]:
    """Give every column but the counties' its role under a layout; blank ones are `ignored` until they hold cells."""
    return list(_roles_of(table, layout.name))


@functools.lru_cache(maxsize=16)
def _roles_of(table: Table, name: str) -> tuple[ColumnRole, ...]:
    layout = next(layout for layout in declared().layouts if layout.name == name)
    columns = enumerate(table.paths)
    return tuple(_role(index, path, layout) for index, path in columns if index != table.county_column)


def _role(index: int, path: tuple[str, ...], layout: Layout) -> ColumnRole:
    header = "/".join(path)
    words = declared().words
    if header in words.ignored_headers:
        return ColumnRole(index, header, "ignored")
    if layout.has_head and header in words.code_headers:
        return ColumnRole(index, header, "key", "county_code")
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
    known: dict[str, Role] = {"": "measure", "key": "key", "percent": "percent", "share": "share", "sum": "sum"}
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


RowKind = Literal["county", "total", "subtotal", "note", "header", "breakdown", "blank", "unlabelled", "unknown"]


class RowLabel(NamedTuple):
    """What one row is about; `name` is the folded label, `county` the one it names."""

    row: int
    kind: RowKind
    text: str
    name: str
    county: County | None
