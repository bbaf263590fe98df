"""Rows of a sheet → sections of one day, period and population, as its head or the rows' own key columns say."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from dashboard.domain import findings as found
from dashboard.domain.counties import fold
from dashboard.domain.kinds import Population
from dashboard.domain.periods import Month, Period
from dashboard.readers.blocks import Block, BlockKey
from dashboard.readers.grid import Cell, Sheet
from dashboard.readers.head import read_day
from dashboard.readers.layout import Layout, declared
from dashboard.readers.notebook import Notebook
from dashboard.readers.stated import Stated, period_cell, two_months
from dashboard.readers.table import ColumnRole, RowLabel, cell_at

_COUNTY_CODE = "county_code"  # the key that does not say what a row is about, but repeats whose it is


class RowKeys(NamedTuple):
    """What a row is about, as far as the head or its own columns say."""

    as_of: date | None
    period: Period | None
    population: Population

    def block_key(self, role: ColumnRole) -> BlockKey | None:
        period = role.period or self.period
        if self.as_of is None or period is None:
            return None
        return BlockKey(self.as_of, period, role.population or self.population)


@dataclasses.dataclass
class Section:
    """The rows with the same keys: in which block each column's cells go, and in which row each county stands."""

    keys: RowKeys
    blocks: list[Block | None] = dataclasses.field(default_factory=list)
    rows: dict[str, int] = dataclasses.field(default_factory=dict)


class KeyColumns:
    """The key columns of a long file; a form has none, what its head states holds for every row.

    The same few spellings stand in thousands of rows: each combination is read once and remembered.
    """

    def __init__(
        self, sheet: Sheet, layout: Layout, stated: Stated, roles: Sequence[ColumnRole], notebook: Notebook
    ) -> None:
        self._sheet, self._layout, self._notebook = sheet, layout, notebook
        self._from_head = RowKeys(stated.as_of, stated.period, stated.population)
        self._roles = [role for role in roles if role.role == "key"]
        self._columns = [role.index for role in self._roles if role.field != _COUNTY_CODE]
        self._code_roles = [role for role in self._roles if role.field == _COUNTY_CODE]
        self._sections: dict[RowKeys, Section] = {}
        self._as_spelled: dict[tuple[str | date | None, ...], Section] = {}

    def section_of(self, label: RowLabel) -> Section | None:
        """Return the section a row belongs to, once its county code is checked; None where a key is unreadable."""
        spelled = tuple([_spelled(cell_at(self._sheet, label.row, column)) for column in self._columns])
        section = self._as_spelled.get(spelled)
        if section is None:
            keys = self._read(label)
            if keys is not None:
                section = self._as_spelled[spelled] = self._sections.setdefault(keys, Section(keys))
            return section
        for role in self._code_roles:
            self._check_county_code(role, label)
        return section

    def _read(self, label: RowLabel) -> RowKeys | None:
        keys = self._from_head
        for role in self._roles:
            if role.field == _COUNTY_CODE:
                self._check_county_code(role, label)
                continue
            cell = cell_at(self._sheet, label.row, role.index)
            both = two_months(cell, keys.as_of) if role.field == "period" else ""
            try:
                if both:
                    raise ValueError(both)
                keys = self._with_key(keys, role, cell)
            except ValueError:
                kind = found.PERIOD_UNCLEAR if both else found.PERIOD_UNREADABLE
                self._notebook.add_at(kind, label.row, role.index, both or role.header)
                return None
        if not self._layout.has_head and keys.as_of is None and isinstance(keys.period, Month):
            return keys._replace(as_of=keys.period.end_on)
        return keys

    def _with_key(self, keys: RowKeys, role: ColumnRole, cell: Cell) -> RowKeys:
        text = "" if cell is None else str(cell)
        match role.field:
            case "as_of":
                return keys._replace(as_of=read_day(cell)[0])
            case "period":
                return keys._replace(period=period_cell(cell, self._layout.period))
        population = declared().words.population_by_word.get(fold(text))
        if population is None:
            raise ValueError(text)
        return keys._replace(population=population)

    def _check_county_code(self, role: ColumnRole, label: RowLabel) -> None:
        cell = cell_at(self._sheet, label.row, role.index)
        county, text = label.county, "" if cell is None else str(cell)
        if text == (county.county_code if county else ""):
            return
        code = text.strip().zfill(5)
        if county is None or code != county.county_code:
            expected = county.county_code if county else "空白"
            self._notebook.add_at(found.COUNTY_CODE_DISAGREES, label.row, role.index, expected)
        else:
            self._notebook.repaired(found.CODE_REPAIRED, label.row, role.index)


def _spelled(cell: Cell) -> str | date | None:
    # Not the number itself: 109.1 and 109.10 are equal, yet one is read as January and the other as October.
    return cell if cell is None or isinstance(cell, (str, date)) else str(cell)
