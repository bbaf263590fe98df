"""The cells of one column → whole numbers, marks and findings."""

from typing import NamedTuple

from dashboard.domain import findings as found
from dashboard.readers.grid import Cell, Patched
from dashboard.readers.notebook import Notebook
from dashboard.readers.numbers import Mark, UnreadableCell, read_whole
from dashboard.readers.seen import without_unit
from dashboard.readers.table import ColumnRole


class ReadColumn(NamedTuple):
    """A column whose cells are looked at in every row; `unit`: the TWD of one printed unit, 1 where none are."""

    role: ColumnRole
    unit: int
    is_amount: bool


def whole_number(cell: Cell, row: int, column: ReadColumn, notes: Notebook) -> int | Mark | None:
    """Read a whole number or 「…」; None where the cell is neither, which is noted."""
    role, unit, _ = column
    try:
        if isinstance(cell, Patched):
            raise UnreadableCell(found.NUMBER_UNCLEAR, f"{role.header}：只有數字，無上標、刪除線或不同的字型")
        try:
            value, is_repaired = read_whole(cell, unit)
        except UnreadableCell:
            value, is_repaired = _figure(cell, column)
        if value is Mark.MEANINGLESS:
            raise UnreadableCell(found.NUMBER_UNREADABLE)
    except UnreadableCell as problem:
        notes.add_at(problem.kind, row, role.index, problem.readings or f"{role.header}：整數、「-」或「…」")
        return None
    if is_repaired:
        notes.repaired(found.DIGITS_REPAIRED, row, role.index)
    if unit > 1:
        notes.repaired(found.THOUSANDS_CONVERTED, row, role.index)
    if isinstance(value, Mark):
        notes.repaired(found.NOT_YET_AVAILABLE, row, role.index)
    return value


def _figure(cell: Cell, column: ReadColumn) -> tuple[int | Mark, bool]:
    """Read a whole number without the unit that stands in its cell; tell whether it was repaired."""
    number = without_unit(cell, column.unit, is_amount=column.is_amount)
    value, is_repaired = read_whole(cell if number is None else number, column.unit)
    return value, is_repaired or isinstance(cell, str)
