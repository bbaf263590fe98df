"""Letters that are struck through, raised or lowered where a name, a period, a unit or a header stands."""

from collections.abc import Iterator

from dashboard.domain import findings as found
from dashboard.domain.findings import Finding
from dashboard.readers.grid import Cell, Sheet, Struck, reference, shown
from dashboard.readers.head import Head
from dashboard.readers.rows import is_figure
from dashboard.readers.table import Table

_LABEL = (":", "：")


def letter_findings(sheet: Sheet, table: Table, head: Head, keys: frozenset[int]) -> Iterator[Finding]:
    """Yield where it is not sure what text says: head, header, county or key columns; figures are looked at one by one.

    `keys`: the columns of a long file that say what a row is about.
    """
    named = {item.cell for item in head.items.values()} | {item.cell for pair in head.contradictions for item in pair}
    looked_at = keys | {table.county_column}
    for row, column, text in _struck(sheet):
        place = reference(row, column)
        if row < table.header_row:
            is_title = place not in named and not any(mark in text for mark in _LABEL)
            kind = found.TITLE_UNCLEAR if is_title else found.LETTERS_UNCLEAR
        elif row < table.first_row or (column in looked_at and _has_figures(sheet.rows[row], looked_at)):
            kind = found.LETTERS_UNCLEAR
        else:
            continue
        yield Finding(kind, sheet.name, place, shown(text), "沒有刪除線、上標或下標的文字")


def _struck(sheet: Sheet) -> Iterator[tuple[int, int, Struck]]:
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if type(cell) is Struck:
                yield row, column, cell


def _has_figures(cells: list[Cell], keys: frozenset[int]) -> bool:
    """Tell whether figures stand beside the label of a row: notes below a table may have raised numbers."""
    return any(is_figure(cell) for column, cell in enumerate(cells) if column not in keys)
