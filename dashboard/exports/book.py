"""A table as sheets of cells, whatever file they are written to: headings, figures, and what is said about them."""

import dataclasses
import math
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby

from dashboard.domain import chart_words, export_words, words
from dashboard.exhibits import Column, Exhibit, Table
from dashboard.exhibits.exhibit import Row as Figures
from dashboard.exports.safe import cleaned

_CODE = "county_code"
_WIDEST, _NARROWEST, _SPEAKING = 44, 6, 92
"""Letters a column holds before its text wraps, holds at least, and holds on the sheet of explanations."""
_UPRIGHT = 115
"""Letters an upright page takes, a little smaller than on the screen."""
_SIDES = 3
"""Letters left free on both sides of a text."""
_BOLD = 1.1
"""How much wider a bold letter may be than a plain one."""


@dataclasses.dataclass(frozen=True)
class Number:
    """A figure: its value, and how the page prints it."""

    value: float
    shown: str
    is_signed: bool = False

    @property
    def decimals(self) -> int:
        return len(self.shown.partition(".")[2])

    @property
    def plain(self) -> str:
        """Return it as programs read it: a point, no commas, no plus."""
        return self.shown.replace(",", "").removeprefix("+")


Cell = Number | str


@dataclasses.dataclass(frozen=True)
class Heading:
    """The head of a column; `over` is the upper line of a two-level header."""

    name: str
    over: str = ""


@dataclasses.dataclass(frozen=True)
class Row:
    """A row of cells; that of a sum (全國, 總分) stands out."""

    cells: tuple[Cell, ...]
    is_sum: bool = False


@dataclasses.dataclass(frozen=True)
class Span:
    """Neighbouring columns under one upper heading; a single column without one."""

    first: int
    width: int
    over: str


@dataclasses.dataclass(frozen=True)
class Sheet:
    """One sheet: lines above, headings, rows. The first `fixed` columns stay in sight."""

    name: str
    above: tuple[str, ...]
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    fixed: int
    widest: int = _WIDEST

    @property
    def header_rows(self) -> int:
        return 2 if any(heading.over for heading in self.headings) else 1

    @property
    def first_row(self) -> int:
        """Return the number of rows above the first row of figures."""
        return len(self.above) + self.header_rows

    def spans(self) -> list[Span]:
        found: list[Span] = []
        for over, run in groupby(self.headings, key=lambda heading: heading.over):
            members = len(list(run))
            each = [members] if over else [1] * members
            for width in each:
                found.append(Span(found[-1].first + found[-1].width if found else 0, width, over))
        return found

    @cached_property
    def widths(self) -> list[int]:
        """Return how many Latin letters each column holds; a Chinese one takes two."""
        columns = [[_written(row.cells[nth]) for row in self.rows] for nth in range(len(self.headings))]
        needed = [
            max(map(breadth, [heading.name, *texts])) for heading, texts in zip(self.headings, columns, strict=True)
        ]
        return [max(_NARROWEST, min(self.widest, letters)) + _SIDES for letters in needed]

    @property
    def is_wide(self) -> bool:
        """Say whether the sheet is printed across the paper rather than upright."""
        return sum(self.widths) > _UPRIGHT

    def line_count(self, row: Row) -> int:
        """Return how many lines the longest text of a row takes."""
        texts = zip(row.cells, self.widths, strict=True)
        return max(lines(cell, width) for cell, width in texts if isinstance(cell, str))

    def is_strong(self, above: int) -> bool:
        """Say whether a line above the table stands out: all but the last of several."""
        return above == 0 or above < len(self.above) - 1


@dataclasses.dataclass(frozen=True)
class Book:
    """All sheets of a file: the table first, then what is said about it, then what it was computed from."""

    title: str
    sheets: tuple[Sheet, ...]


def breadth(text: str) -> int:
    """Return the Latin letters that the longest line of a text takes, bold ones too."""
    return max(math.ceil(_BOLD * sum(map(_letters, line))) for line in text.split("\n"))


def lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of such a width, rather too many than too few."""
    return sum(max(1, math.ceil(breadth(line) / max(1, width - _SIDES))) for line in text.split("\n"))


def _letters(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WFA" else 1


def _written(cell: Cell) -> str:
    return cell.shown if isinstance(cell, Number) else cell


# --- an exhibit as sheets


def book(exhibit: Exhibit, filters: Sequence[tuple[str, str]]) -> Book:
    """Return what a spreadsheet of an exhibit holds."""
    mark = (chart_words.SIMULATED_BADGE,) if exhibit.is_simulated else ()
    meta = words.meta_line(exhibit.unit, exhibit.basis, exhibit.as_of_line, exhibit.rule_version)
    more = ((export_words.WORKINGS_SHEET, exhibit.workings), (export_words.BEHIND_SHEET, exhibit.behind))
    return Book(
        cleaned(exhibit.title),
        (
            _sheet(export_words.DATA_SHEET, exhibit.table, (*mark, exhibit.table.caption, meta)),
            _about(exhibit, filters, mark),
            *(_sheet(name, table, (*mark, table.caption, exhibit.as_of_line)) for name, table in more if table),
        ),
    )


def data_sheet(exhibit: Exhibit) -> Sheet:
    """Return the table with its cut-off date, and that it is simulated, on every row: a file of one sheet."""
    sheet = _sheet(export_words.DATA_SHEET, exhibit.table, ())
    said = {export_words.NATURE: words.SIMULATED} if exhibit.is_simulated else {}
    said[export_words.NEWEST_AS_OF if exhibit.is_series else export_words.AS_OF] = export_words.days(exhibit.as_of_line)
    headings = (*sheet.headings, *map(Heading, said))
    rows = tuple(dataclasses.replace(row, cells=(*row.cells, *said.values())) for row in sheet.rows)
    return dataclasses.replace(sheet, headings=headings, rows=rows)


def bare_sheet(table: Table, *, is_simulated: bool) -> Sheet:
    """Return a table that is no exhibit's, with its caption above; a simulated one says so on every row too."""
    mark = (chart_words.SIMULATED_BADGE,) if is_simulated else ()
    sheet = _sheet(export_words.DATA_SHEET, table, (*mark, table.caption))
    if not is_simulated:
        return sheet
    rows = tuple(dataclasses.replace(row, cells=(*row.cells, words.SIMULATED)) for row in sheet.rows)
    return dataclasses.replace(sheet, headings=(*sheet.headings, Heading(export_words.NATURE)), rows=rows)


def _sheet(name: str, table: Table, above: tuple[str, ...]) -> Sheet:
    figures = table.rows()
    codes: list[Cell] = [_code(row) for row in figures] if _has_codes(table) else []
    remarks: list[Cell] = [_remark(table, row) for row in figures]
    headings = [Heading(cleaned(_heading(column)), cleaned(column.over)) for column in table.columns]
    columns = [[_cell(column, row) for row in figures] for column in table.columns]
    fixed = [column.key for column in table.columns].index(table.head) + 1
    if codes or (not figures and _has_codes(table)):
        headings, columns, fixed = [Heading(export_words.CODE), *headings], [codes, *columns], fixed + 1
    if any(remarks):
        headings, columns = [*headings, Heading(export_words.REMARK)], [*columns, remarks]
    rows = [tuple(cells[nth] for cells in columns) for nth in range(len(figures))]
    sums = [_CODE in row and not _code(row) for row in figures]
    return Sheet(
        name=name,
        above=tuple(map(cleaned, above)),
        headings=tuple(headings),
        rows=tuple(Row(cells, is_sum) for cells, is_sum in zip(rows, sums, strict=True)),
        fixed=fixed,
    )


def _has_codes(table: Table) -> bool:
    if _CODE not in table.frame or _CODE in [column.key for column in table.columns]:
        return False
    return table.frame.empty or any(map(_code, table.rows()))


def _code(row: Figures) -> str:
    code = row[_CODE]
    return code if isinstance(code, str) else ""


def _heading(column: Column) -> str:
    return export_words.heading(column.label, column.unit)


def _cell(column: Column, row: Figures) -> Cell:
    """Return a figure as a number, a missing one as the mark the page prints, never as 0 or nothing."""
    text = column.text(row)
    if not column.is_number or text in {column.missing, words.MEANINGLESS}:
        return cleaned(text)
    return Number(row[column.key], text.removeprefix(words.SMALL_MARK), column.is_signed)


def _remark(table: Table, row: Figures) -> str:
    small = [c for c in table.columns if c.is_number and c.text(row).startswith(words.SMALL_MARK)]
    return cleaned(export_words.remark([column.label for column in small]))


# --- what is said about a table


def _about(exhibit: Exhibit, filters: Sequence[tuple[str, str]], mark: tuple[str, ...]) -> Sheet:
    said = [*_facts(exhibit), *_sentences(exhibit, filters), *_signs(exhibit)]
    return Sheet(
        name=export_words.ABOUT_SHEET,
        above=mark,
        headings=(Heading(export_words.ITEM), Heading(export_words.CONTENT)),
        rows=tuple(Row((cleaned(label), cleaned(text))) for label, text in said if text),
        fixed=1,
        widest=_SPEAKING,
    )


def _facts(exhibit: Exhibit) -> list[tuple[str, str]]:
    return [
        (export_words.TITLE, exhibit.title),
        (export_words.FINDING, exhibit.finding),
        (export_words.SELECTION, exhibit.selection),
        (export_words.TABLE, exhibit.table.caption),
        (export_words.UNIT, exhibit.unit),
        (export_words.BASIS, exhibit.basis),
        (export_words.AS_OF, export_words.days(exhibit.as_of_line)),
        (export_words.NATURE, chart_words.SIMULATED_BADGE if exhibit.is_simulated else ""),
        (export_words.RULE, export_words.without_label(export_words.RULE, exhibit.rule_version)),
    ]


def _sentences(exhibit: Exhibit, filters: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for label, value in filters:
        yield export_words.FILTER, export_words.filtered(label, value)
    for note in exhibit.notes:
        yield (export_words.DEFINITION if export_words.is_definition(note) else export_words.NOTE), note
    for assumption in exhibit.assumptions:
        yield export_words.ASSUMPTION, export_words.without_label(export_words.ASSUMPTION, assumption)
    for source in exhibit.sources:
        yield export_words.SOURCE, source.sentence


def _signs(exhibit: Exhibit) -> list[tuple[str, str]]:
    """Explain the marks that stand in place of figures, where there are any."""
    tables = [table for table in (exhibit.table, exhibit.workings, exhibit.behind) if table]
    cells = {c.text(row) for table in tables for row in table.rows() for c in table.columns if c.is_number}
    return [(export_words.SIGN, export_words.sign(mark)) for mark in export_words.SIGNS if mark in cells]
