"""One sheet of a report: which layout it has, and what its cells state."""

import dataclasses
from datetime import date

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.counties import County, counties, fold
from dashboard.domain.findings import Finding
from dashboard.domain.kinds import Population
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month, Period
from dashboard.readers.blocks import Block, BlockKey, Place, Placed
from dashboard.readers.grid import Cell, Sheet
from dashboard.readers.head import Head, read_head
from dashboard.readers.layout import Layout, declared, says
from dashboard.readers.notebook import Notebook
from dashboard.readers.numbers import Mark, UnreadableCell, read_whole
from dashboard.readers.stated import Stated, parse_day, parse_period, read_stated
from dashboard.readers.table import (
    ColumnRole,
    RowLabel,
    Table,
    cell_at,
    column_roles,
    matched_columns,
    row_labels,
)


def choose_layout(table: Table, title: str) -> Layout | None:
    """Take the layout whose title fits and whose columns fit best; None where the table is none of ours."""
    layouts = declared().layouts
    fitting = [layout for layout in layouts if says(title, layout.titles)] if title else []
    candidates = fitting or [layout for layout in layouts if not layout.has_head]
    best = max(candidates, key=lambda layout: matched_columns(table, layout))
    is_long = any(role.role == "key" for role in column_roles(table, best))
    return best if fitting or is_long or (not title and matched_columns(table, best) > 0) else None


@dataclasses.dataclass
class SheetReading:
    """What one sheet states: its blocks, its findings, and what its head and notes say."""

    name: str
    layout: Layout
    head: Head
    stated: Stated
    blocks: dict[BlockKey, Block]
    findings: list[Finding]
    notes: list[str]


@dataclasses.dataclass(frozen=True)
class _RowKeys:
    """What a row is about, as far as the head or its own columns say."""

    as_of: date | None
    period: Period | None
    population: Population

    @property
    def identity(self) -> tuple[object, ...]:
        return self.as_of, self.period, self.population

    def block_key(self, role: ColumnRole) -> BlockKey | None:
        period = role.period or self.period
        if self.as_of is None or period is None:
            return None
        return BlockKey(self.as_of, period, role.population or self.population)


class SheetReader:
    """Reads one sheet under one layout, row by row, collecting findings instead of stopping at the first."""

    def __init__(self, sheet: Sheet, table: Table, layout: Layout) -> None:
        self._sheet, self._table, self._layout = sheet, table, layout
        self._notebook = Notebook(sheet)
        self._head = read_head(sheet, table.header_row)
        self._every_role = column_roles(table, layout)
        has_amounts = any(self._is_amount(role) for role in self._every_role)
        self._stated = read_stated(sheet, self._head, layout, has_amounts=has_amounts, notes=self._notebook)
        self._blocks: dict[BlockKey, Block] = {}
        self._notes: list[str] = []
        self._seen: dict[tuple[object, ...], dict[str, int]] = {}

    def read(self) -> SheetReading:
        """Read columns and rows; where the head or a column fails, the rows are still looked at."""
        roles = self._usable_roles()
        for label in row_labels(self._sheet, self._table):
            self._read_row(label, roles)
        self._check_completeness()
        findings = self._notebook.findings()
        return SheetReading(
            self._sheet.name, self._layout, self._head, self._stated, self._blocks, findings, self._notes
        )

    # --- the columns

    def _is_amount(self, role: ColumnRole) -> bool:
        return role.role == "measure" and self._layout.columns[role.field].unit == "amount"

    def _usable_roles(self) -> list[ColumnRole]:
        taken: set[tuple[object, ...]] = set()
        usable = []
        for role in self._every_role:
            what = (role.role, role.field, role.period, role.population)
            if role.role == "unknown" and role.header:
                self._add_column(found.COLUMN_UNKNOWN, role, self._expected_headers())
            elif role.role in {"measure", "key", "sum"} and what in taken:
                self._add_column(found.COLUMN_TWICE, role, "每欄一次")
            elif self._is_out_of_bounds(role):
                self._add_column(found.PERIOD_OUTSIDE_RANGE, role, "資料期間之內")
            else:
                usable.append(role)
            taken.add(what)
        self._check_keys(usable)
        return usable

    def _check_keys(self, roles: list[ColumnRole]) -> None:
        present = {role.field for role in roles if role.role == "key"}
        for key, headers in self._layout.keys.items():
            if key not in present:
                self._notebook.add(found.COLUMN_MISSING, expected=headers[0])

    def _expected_headers(self) -> str:
        group = {"period": "期別（如 113年1-2月）/", "population": "身分別/", None: ""}[self._layout.column_group]
        return "、".join(group + column.headers[0] for column in self._layout.columns.values())

    def _is_out_of_bounds(self, role: ColumnRole) -> bool:
        bounds = self._stated.bounds
        return bool(bounds and role.period and not bounds[0] <= role.period <= bounds[1])

    def _add_column(self, kind: found.FindingKind, role: ColumnRole, expected: str) -> None:
        place = Place(self._sheet.name, self._table.header_row, role.index)
        self._notebook.add(kind, place.cell, role.header or None, expected)

    # --- the rows

    def _read_row(self, label: RowLabel, roles: list[ColumnRole]) -> None:
        column = self._table.county_column
        match label.kind:
            case "note":
                self._notes.append(" ".join(str(cell) for cell in self._sheet.rows[label.row] if cell is not None))
            case "unlabelled":
                filled = next(i for i, cell in enumerate(self._sheet.rows[label.row]) if cell is not None)
                self._notebook.add_at(found.CONTENT_OUTSIDE, label.row, filled, "第一欄為縣市名稱或「註」")
            case "unknown":
                self._notebook.add_at(found.COUNTY_UNKNOWN, label.row, column, "22 個縣市之一")
            case "breakdown":
                self._notebook.repaired(found.BREAKDOWN_SKIPPED, label.row, column)
            case "county" | "total" | "subtotal":
                self._read_figures(label, roles)

    def _read_figures(self, label: RowLabel, roles: list[ColumnRole]) -> None:
        keys = self._row_keys(label, roles)
        if keys is None:
            return
        if label.county:
            self._see(label.county, label, keys)
        width = len(self._table.paths)
        if any(cell is not None for cell in self._sheet.rows[label.row][width:]):
            self._notebook.add_at(found.CONTENT_OUTSIDE, label.row, width, "表格欄位之內")
        for role in roles:
            self._read_cell(label, keys, role)

    def _see(self, county: County, label: RowLabel, keys: _RowKeys) -> None:
        column = self._table.county_column
        seen = self._seen.setdefault(keys.identity, {})
        if county.county_code in seen:
            earlier = f"第 {seen[county.county_code] + 1} 列已有"
            self._notebook.add_at(found.COUNTY_TWICE, label.row, column, earlier)
        seen.setdefault(county.county_code, label.row)
        if label.text != county.name:
            self._notebook.repaired(found.NAME_REPAIRED, label.row, column)

    # --- the columns of a long file that say what a row is about

    def _row_keys(self, label: RowLabel, roles: list[ColumnRole]) -> _RowKeys | None:
        """Read the key columns; None where one is unreadable."""
        keys = _RowKeys(self._stated.as_of, self._stated.period, self._stated.population)
        for role in roles:
            if role.role != "key":
                continue
            try:
                keys = self._with_key(keys, role, label)
            except ValueError:
                self._notebook.add_at(found.PERIOD_UNREADABLE, label.row, role.index, role.header)
                return None
        if not self._layout.has_head and keys.as_of is None and isinstance(keys.period, Month):
            return dataclasses.replace(keys, as_of=keys.period.end_on)
        return keys

    def _with_key(self, keys: _RowKeys, role: ColumnRole, label: RowLabel) -> _RowKeys:
        cell = cell_at(self._sheet, label.row, role.index)
        text = "" if cell is None else str(cell)
        match role.field:
            case "as_of":
                return dataclasses.replace(keys, as_of=cell if isinstance(cell, date) else parse_day(text))
            case "period":
                return dataclasses.replace(keys, period=parse_period(text, self._layout.period))
            case "population":
                population = declared().words.population_by_word.get(fold(text))
                if population is None:
                    raise ValueError(text)
                return dataclasses.replace(keys, population=population)
        self._check_county_code(text, role, label)
        return keys

    def _check_county_code(self, text: str, role: ColumnRole, label: RowLabel) -> None:
        county = label.county
        if county is None and not text:
            return
        code = text.strip().zfill(5)
        if county is None or code != county.county_code:
            expected = county.county_code if county else "空白"
            self._notebook.add_at(found.COUNTY_CODE_DISAGREES, label.row, role.index, expected)
        elif code != text:
            self._notebook.repaired(found.CODE_REPAIRED, label.row, role.index)

    # --- the cells

    def _read_cell(self, label: RowLabel, keys: _RowKeys, role: ColumnRole) -> None:
        cell = cell_at(self._sheet, label.row, role.index)
        if role.role == "unknown" and cell is not None:
            self._notebook.add_at(found.CONTENT_OUTSIDE, label.row, role.index, "欄位名稱")
        key = keys.block_key(role)
        if key is None or role.role not in {"measure", "percent", "sum"}:
            return
        block = self._blocks.get(key) or self._blocks.setdefault(key, Block())
        place = Place(self._sheet.name, label.row, role.index)
        owner = label.county.county_code if label.county else label.name
        if role.role == "percent":
            block.percents.append((owner, int(role.field), cell, place))
        elif placed := self._placed(cell, place, role):
            self._put(block, owner, placed, role, is_county=label.county is not None)

    def _put(self, block: Block, owner: str, placed: Placed, role: ColumnRole, *, is_county: bool) -> None:
        if role.role == "sum":
            block.sums.append((owner, placed))
            return
        cells = block.figures.setdefault(role.field, {}) if is_county else block.totals.setdefault(owner, {})
        slot = owner if is_county else role.field
        if slot in cells:
            earlier = f"{cells[slot].place.cell} 已有"
            self._notebook.add_at(found.CELL_TWICE, placed.place.row, placed.place.column, earlier)
        cells[slot] = placed

    def _placed(self, cell: Cell, place: Place, role: ColumnRole) -> Placed | None:
        unit = self._stated.amount_unit if self._is_amount(role) else 1
        try:
            value, is_repaired = read_whole(cell, unit)
            if value is Mark.MEANINGLESS:
                raise UnreadableCell(found.NUMBER_UNREADABLE)
        except UnreadableCell as problem:
            self._notebook.add_at(problem.kind, place.row, place.column, f"{role.header}：整數、「-」或「…」")
            return None
        if is_repaired:
            self._notebook.repaired(found.DIGITS_REPAIRED, place.row, place.column)
        if unit > 1:
            self._notebook.repaired(found.THOUSANDS_CONVERTED, place.row, place.column)
        if isinstance(value, Mark):
            self._notebook.repaired(found.NOT_YET_AVAILABLE, place.row, place.column)
            return Placed(None, place, unit)
        return Placed(value, place, unit)

    def _check_completeness(self) -> None:
        for keys, seen in (self._seen or {(): {}}).items():
            missing = [county.name for county in counties() if county.county_code not in seen]
            if missing:
                about = "、".join(_spelled(key) for key in keys if key is not None)
                expected = f"22 個縣市（{about}）" if about else "22 個縣市"
                self._notebook.add(found.COUNTY_MISSING, value="、".join(missing), expected=expected)


def _spelled(key: object) -> str:
    match key:
        case date():
            return f"截至{roc.roc_date(key)}"
        case Population():
            return declared().words.populations[key][0]
        case Month() | BillingPeriod() | HalfYear() | FullYear():
            return roc.roc_period(key)
    return str(key)
