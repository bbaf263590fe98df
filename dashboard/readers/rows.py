"""What each row below a header is: a county's, a total, a note, the header once more, or none of ours."""

import functools
import re
from collections.abc import Iterator, Sequence
from datetime import date

from dashboard.domain import findings as found
from dashboard.domain.counties import County, counties, county_named, fold, names_beginning
from dashboard.domain.findings import FindingKind
from dashboard.readers.grid import Cell, Sheet
from dashboard.readers.layout import declared
from dashboard.readers.table import RowKind, RowLabel, Table, cell_at, is_english, without_english

_FIGURE = re.compile(r"[-+($]?\(?[\d.,]*\d[\d.,]*\)?[%‰]?")
_ORDINAL = re.compile(r"[(\[]?\d{1,2}[)\]]?(?:=.*)?")
_PAGE = re.compile(r"(?:第\d+頁|頁次|\d+/\d+頁?)")
_COLUMNS = 3  # numbered one after the other; two numbers may be figures
_LONGEST = 200  # letters of a figure or a header, blanks and all
_SEVERAL = 6  # names of counties that are no mere example
_NAME = 3  # letters that may be a name in English; one or two are a slip, or a mark with a meaning
_MANY_NOTES = 50  # the highest number a note beneath a table has


def row_labels(sheet: Sheet, table: Table) -> Iterator[RowLabel]:
    """Classify every row below the header by its label and by whether it carries figures."""
    last = _last_labelled(sheet, table)
    for row in range(table.first_row, len(sheet.rows)):
        label = cell_at(sheet, row, table.county_column)
        text = "" if label is None else str(label)
        name, county = _named(text)
        if county:
            yield RowLabel(row, "county", text, name, county)
        else:
            kind = _row_kind(sheet.rows[row], name, table, is_beneath=row > last)
            yield RowLabel(row, kind, text, name, None)


def _last_labelled(sheet: Sheet, table: Table) -> int:
    """Return the last row that is a county's or a total's; what follows stands beneath the table."""
    known = declared().total_labels | declared().subtotals_by_label.keys()
    for row in range(len(sheet.rows) - 1, table.first_row - 1, -1):
        label = cell_at(sheet, row, table.county_column)
        name, county = _named("" if label is None else str(label))
        if county or name in known:
            return row
    return table.first_row


@functools.lru_cache(maxsize=1024)
def _named(text: str) -> tuple[str, County | None]:
    county = county_named(text)
    name = fold(text)
    chinese = without_english(name)
    if county or len(name) - len(chinese) < _NAME:
        return name, county
    return chinese, county_named(chinese)


def _row_kind(cells: list[Cell], name: str, table: Table, *, is_beneath: bool) -> RowKind:
    """Classify a row that names no county."""
    filled = [(column, cell) for column, cell in enumerate(cells) if cell is not None]
    if not filled:
        return "blank"
    if _is_header(filled, name, table):
        return "header"
    if name in declared().total_labels:
        return "total"
    if name in declared().subtotals_by_label:
        return "subtotal"
    return _kind_of_words(filled, name, table, is_beneath=is_beneath)


def _kind_of_words(filled: Sequence[tuple[int, Cell]], name: str, table: Table, *, is_beneath: bool) -> RowKind:
    words = declared().words
    first = fold(str(filled[0][1])[:_LONGEST])
    others = [cell for column, cell in filled if column != table.county_column]
    carries_figures = any(is_figure(cell) for _, cell in filled)
    if name and not others and not carries_figures:
        return "note"
    if first.startswith(words.notes) and all(isinstance(cell, str) for _, cell in filled):
        return "note"
    if not carries_figures and (is_beneath or _PAGE.match(first) or first.startswith(words.signatures)):
        return "note"
    if is_beneath and _is_signed_or_numbered([cell for _, cell in filled], first):
        return "note"
    if not name:
        return "unlabelled"
    return "breakdown" if name.startswith(words.breakdown) else "unknown"


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell holds what may be a figure of a table: a number, written or stored, or a mark for one."""
    if isinstance(cell, str):
        if len(cell) > _LONGEST:
            return False
        text = fold(cell)
        return text in _marks() or bool(_FIGURE.fullmatch(text))
    return cell is not None and not isinstance(cell, date)


@functools.cache
def _marks() -> frozenset[str]:
    return frozenset(fold(mark) for marks in declared().words.marks.values() for mark in marks)


def what_it_may_be(label: RowLabel, cells: list[Cell]) -> tuple[FindingKind, str]:
    """Say what a name that is no county's could mean, without taking it for that."""
    meant = names_beginning(label.name)
    today = declared().words.former_counties.get(label.name)
    names_one = any(county.name in label.name for county in counties()) or label.name.endswith(("縣", "市"))
    if not meant and not names_one:
        carries = any(is_figure(cell) for cell in cells)
        return found.ROW_UNKNOWN, "縣市、總計或小計" if carries else "縣市、總計、小計，或以「註」開頭"
    expected = f"{label.name}今為{today}" if today else "或".join(meant) or "22 個縣市之一"
    return found.COUNTY_UNCLEAR if len(meant) > 1 else found.COUNTY_UNKNOWN, expected


def has_county_figures(sheet: Sheet) -> bool:
    """Tell whether a sheet without a header of ours holds figures of counties all the same, in rows or in columns."""
    named = 0
    for cells in sheet.rows:
        counties = sum(isinstance(cell, str) and _named(cell)[1] is not None for cell in cells)
        named += counties
        if counties and any(is_figure(cell) for cell in cells):
            return True
    return named >= _SEVERAL and any(is_figure(cell) for cells in sheet.rows for cell in cells)


def _is_signed_or_numbered(cells: Sequence[Cell], first: str) -> bool:
    """Tell whether figures are only telephone numbers behind their words, or number notes in cells of their own."""
    texts = [cell for cell in cells if not is_figure(cell)]
    if first.startswith(declared().words.signatures):
        return len(cells) - len(texts) <= len(texts)
    number = first.strip("().、") if is_figure(cells[0]) else ""
    is_number = number.isdecimal() and int(number) <= _MANY_NOTES
    return is_number and len(cells) > 1 and len(texts) == len(cells) - 1


def _is_header(filled: Sequence[tuple[int, Cell]], name: str, table: Table) -> bool:
    """Tell whether a row says the header again, numbers the columns, or gives their names in English."""
    if any(isinstance(cell, str) and len(cell) > _LONGEST for _, cell in filled):
        return False
    if all(_is_said_above(cell, column, table) for column, cell in filled):
        return True
    texts = [(column, fold(str(cell))) for column, cell in filled]
    others = [text for column, text in texts if column != table.county_column]
    if len(others) > 1 and all(is_english(text) for text in others) and (not name or is_english(name)):
        return True
    if not others or not all(_ORDINAL.fullmatch(text) for text in others):
        return False
    return name in declared().words.column_numbers or (not name and _counts_up(others))


def _is_said_above(cell: Cell, column: int, table: Table) -> bool:
    return isinstance(cell, str) and column < len(table.said) and fold(cell) in table.said[column]


def _counts_up(texts: list[str]) -> bool:
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    first = numbers[0] if numbers else 0
    return len(numbers) >= _COLUMNS and first <= 1 and numbers == list(range(first, first + len(numbers)))
