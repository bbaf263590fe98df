"""One sheet of a report: which layout it has, and what its cells state."""

import dataclasses
from collections.abc import Iterator
from datetime import date

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.counties import County, counties, fold
from dashboard.domain.findings import Finding
from dashboard.domain.kinds import Population
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.domain.template_words import UNNAMED
from dashboard.readers.beneath import with_issue_beneath
from dashboard.readers.blocks import Block, BlockKey, CountyFigures, Place, Placed
from dashboard.readers.cells import ReadColumn, whole_number
from dashboard.readers.grid import Cell, Sheet
from dashboard.readers.head import Head, read_head
from dashboard.readers.layout import Layout, declared, says
from dashboard.readers.letters import letter_findings
from dashboard.readers.notebook import Notebook
from dashboard.readers.numbers import Mark
from dashboard.readers.rows import row_labels, what_it_may_be
from dashboard.readers.sections import KeyColumns, RowKeys, Section
from dashboard.readers.stated import Stated, read_stated
from dashboard.readers.statements import statement_findings
from dashboard.readers.table import (
    ColumnRole,
    RowLabel,
    Table,
    cell_at,
    column_roles,
    matched_columns,
)


def choose_layout(table: Table, title: str) -> Layout | None:
    """Take the layout whose title fits and whose columns fit best; None where the table is none of ours."""
    layouts = declared().layouts
    fitting = [layout for layout in layouts if says(title, layout.titles)] if title else []
    kinds = {layout.kind for layout in fitting or layouts}
    long = [layout for layout in layouts if not layout.has_head and layout.kind in kinds]
    candidates = [*fitting, *(layout for layout in long if not fitting or _has_keys(table, layout))]
    best = max(candidates, key=lambda layout: matched_columns(table, layout))
    is_long = _has_keys(table, best)
    return best if fitting or is_long or (not title and matched_columns(table, best) > 0) else None


def _has_keys(table: Table, layout: Layout) -> bool:
    return any(role.role == "key" for role in column_roles(table, layout))


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
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()


class SheetReader:
    """Reads one sheet under one layout, row by row, collecting findings instead of stopping at the first."""

    def __init__(self, sheet: Sheet, table: Table, layout: Layout) -> None:
        self._sheet, self._table, self._layout = sheet, table, layout
        self._notebook = Notebook(sheet)
        self._head = read_head(sheet, table.header_row)
        self._every_role = column_roles(table, layout)
        has_amounts = any(self._is_amount(role) and not role.units for role in self._every_role)
        self._stated = read_stated(sheet, self._head, layout, has_amounts=has_amounts, notes=self._notebook)
        self._blocks: dict[BlockKey, Block] = {}
        self._notes: dict[int, str] = {}
        self._seen: dict[RowKeys, dict[str, int]] = {}

    def read(self) -> SheetReading:
        """Read columns and rows; where the head or a column fails, the rows are still looked at."""
        roles = self._usable_roles()
        keys = KeyColumns(self._sheet, self._layout, self._stated, roles, self._notebook)
        shown = (role for role in roles if role.role not in {"key", "ignored"})
        columns = [ReadColumn(role, self._unit(role), self._is_amount(role)) for role in shown]
        for label in row_labels(self._sheet, self._table):
            self._read_row(label, keys, columns)
        self._check_completeness()
        self._stated = with_issue_beneath(self._sheet, list(self._notes), self._head, self._stated, self._notebook)
        findings = [*self._notebook.findings(), *self._of_texts(columns)]
        sheet, head, said, notes = self._sheet, self._head, self._stated, list(self._notes.values())
        return SheetReading(
            sheet.name, self._layout, head, said, self._blocks, findings, notes, sheet.is_hidden, sheet.hidden_rows
        )

    def _of_texts(self, columns: list[ReadColumn]) -> Iterator[Finding]:
        """Yield what is found in texts: letters struck or raised, statements about the table that its head lacks."""
        keys = frozenset(role.index for role in self._every_role if role.role == "key")
        units = frozenset(column.unit for column in columns if self._is_amount(column.role))
        yield from letter_findings(self._sheet, self._table, self._head, keys)
        yield from statement_findings(self._sheet, self._table, self._layout, self._stated, units)

    # --- the columns

    def _is_amount(self, role: ColumnRole) -> bool:
        return role.role == "measure" and self._layout.columns[role.field].unit == "amount"

    def _unit(self, role: ColumnRole) -> int:
        """Return the TWD of one printed unit: as the column's own header says, or else the head of the sheet."""
        if not self._is_amount(role):
            return 1
        own = [declared().words.amount_units[unit] for unit in role.units if unit in declared().words.amount_units]
        return own[0] if own else self._stated.unit_of(role.field) or 1

    def _contradicts_itself(self, role: ColumnRole) -> str:
        """Name the units where a header says two, another than the head of the sheet, or one of the wrong sort."""
        if not role.units:
            return ""
        amounts = declared().words.amount_units
        said = {amounts.get(unit, 0) for unit in role.units}
        is_stated = "unit" in self._head.items and self._is_amount(role)
        of_head = self._stated.unit_of(role.field) if is_stated else None
        right = {of_head} if of_head else set(amounts.values()) if self._is_amount(role) else {0}
        if len(said) == 1 and said <= right:
            return ""
        head = [self._head.items["unit"].text] if of_head else []
        return "、".join([*role.units, *head]) if role.role == "measure" else ""

    def _usable_roles(self) -> list[ColumnRole]:
        taken: set[tuple[object, ...]] = set()
        usable = []
        for role in self._every_role:
            what = (role.role, role.field, role.period, role.population)
            if self._is_left_open(role):
                continue
            if role.role == "unknown" and role.header:
                self._add_column(found.COLUMN_UNKNOWN, role, self._expected_headers())
            elif role.role in {"measure", "key", "sum"} and what in taken:
                self._add_column(found.COLUMN_TWICE, role, "每欄一次")
            elif units := self._contradicts_itself(role):
                self._add_column(found.UNIT_UNCLEAR, role, f"{units}，擇一")
            elif self._is_out_of_bounds(role):
                self._add_column(found.PERIOD_OUTSIDE_RANGE, role, "資料期間之內")
            else:
                usable.append(role)
            taken.add(what)
        self._check_keys(usable)
        return usable

    def _is_left_open(self, role: ColumnRole) -> bool:
        """Tell whether a column is one that our own empty form has to spare: no period named, nothing filled in."""
        below = range(self._table.first_row, len(self._sheet.rows))
        is_unnamed = role.role == "unknown" and role.header.startswith(fold(UNNAMED))
        return is_unnamed and all(cell_at(self._sheet, row, role.index) is None for row in below)

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

    def _read_row(self, label: RowLabel, keys: KeyColumns, columns: list[ReadColumn]) -> None:
        column = self._table.county_column
        match label.kind:
            case "county" | "total" | "subtotal":
                section = keys.section_of(label)
                if section is not None:
                    self._read_figures(label, section, columns)
            case "note":
                self._notes[label.row] = " ".join(str(c) for c in self._sheet.rows[label.row] if c is not None)
            case "unlabelled":
                filled = next(i for i, cell in enumerate(self._sheet.rows[label.row]) if cell is not None)
                self._notebook.add_at(found.CONTENT_OUTSIDE, label.row, filled, "第一欄為縣市名稱或「註」")
            case "unknown":
                kind, expected = what_it_may_be(label, self._sheet.rows[label.row])
                self._notebook.add_at(kind, label.row, column, expected)
            case "breakdown":
                self._notebook.repaired(found.BREAKDOWN_SKIPPED, label.row, column)

    def _read_figures(self, label: RowLabel, section: Section, columns: list[ReadColumn]) -> None:
        if label.county:
            self._see(label.county, label, section)
        cells, width = self._sheet.rows[label.row], len(self._table.paths)
        outside = next((column for column, cell in enumerate(cells[width:], width) if cell is not None), None)
        if outside is not None:
            self._notebook.add_at(found.CONTENT_OUTSIDE, label.row, outside, "表格欄位之內")
        if not section.blocks:
            section.blocks = [self._block(section, column.role) for column in columns]
        for column, block in zip(columns, section.blocks, strict=True):
            cell = cells[column.role.index] if column.role.index < len(cells) else None
            if block is not None:
                self._read_cell(cell, label, column, block)
            elif column.role.role == "unknown" and cell is not None:
                self._notebook.add_at(found.CONTENT_OUTSIDE, label.row, column.role.index, "欄位名稱")

    def _see(self, county: County, label: RowLabel, section: Section) -> None:
        column, seen = self._table.county_column, section.rows
        if not seen:
            self._seen[section.keys] = seen
        if county.county_code in seen:
            earlier = f"第 {seen[county.county_code] + 1} 列已有"
            self._notebook.add_at(found.COUNTY_TWICE, label.row, column, earlier)
        seen.setdefault(county.county_code, label.row)
        if label.text != county.name:
            self._notebook.repaired(found.NAME_REPAIRED, label.row, column)

    def _block(self, section: Section, role: ColumnRole) -> Block | None:
        """Return the block a column's cells go to; None where none of them can be taken in."""
        key = section.keys.block_key(role)
        return None if key is None or role.role == "unknown" else self._blocks.setdefault(key, Block())

    # --- the cells

    def _read_cell(self, cell: Cell, label: RowLabel, column: ReadColumn, block: Block) -> None:
        role, row = column.role, label.row
        owner = label.county.county_code if label.county else label.name
        if role.role == "share":
            block.shares.append((owner, role.field, cell, self._sheet.name, row, role.index))
            return
        if role.role == "percent":
            block.percents.append((owner, int(role.field), cell, self._sheet.name, row, role.index))
            return
        value = whole_number(cell, row, column, self._notebook)
        if value is None:
            if label.county and role.role == "measure":
                self._figures(block, column)
            return
        number = None if isinstance(value, Mark) else value
        if label.county and role.role == "measure":
            self._put(block, owner, row, column, number)
            return
        placed = Placed(number, column.unit, self._sheet.name, row, role.index)
        if role.role == "sum":
            block.sums.append((owner, placed))
        else:
            self._put_total(block, owner, role.field, placed)

    def _put(self, block: Block, county_code: str, row: int, column: ReadColumn, number: int | None) -> None:
        role, figures = column.role, self._figures(block, column)
        if county_code in figures.values:
            earlier = f"{figures.place(county_code).cell} 已有"
            self._notebook.add_at(found.CELL_TWICE, row, role.index, earlier)
        figures.values[county_code] = number
        figures.rows[county_code] = row

    def _figures(self, block: Block, column: ReadColumn) -> CountyFigures:
        """Return where a column's figures go; it is there, and not missing, also while none of them can be read."""
        field = column.role.field
        if field not in block.figures:
            block.figures[field] = CountyFigures(self._sheet.name, column.role.index, column.unit)
        return block.figures[field]

    def _put_total(self, block: Block, label: str, field: str, placed: Placed) -> None:
        totals = block.totals.setdefault(label, {})
        if field in totals:
            earlier = f"{totals[field].place.cell} 已有"
            self._notebook.add_at(found.CELL_TWICE, placed.row, placed.column, earlier)
        totals[field] = placed

    def _check_completeness(self) -> None:
        nothing_seen: tuple[tuple[object, ...], dict[str, int]] = ((), {})
        for keys, seen in self._seen.items() or [nothing_seen]:
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
