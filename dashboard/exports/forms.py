"""A form to be filled in, whatever file it is written to: what stands there, and where something may be written."""

import dataclasses
from typing import Literal

from dashboard.exports.book import breadth

_NARROWEST, _WIDEST, _SIDES = 12, 60, 3
"""Latin letters a column holds at least and at most, and those left free on both sides."""


@dataclasses.dataclass(frozen=True)
class Text:
    """What stands on the form and is locked."""

    text: str
    is_strong: bool = False


@dataclasses.dataclass(frozen=True)
class Blank:
    """Where something is to be written: a number, a text (with an example of how), or a unit of money."""

    takes: Literal["number", "text", "unit"]
    text: str = ""
    hint: str = ""


Entry = Text | Blank


@dataclasses.dataclass(frozen=True)
class FormSheet:
    """One sheet, row by row; the first `header_rows` and the first column stay in sight."""

    name: str
    rows: tuple[tuple[Entry, ...], ...]
    header_rows: int

    @property
    def widths(self) -> list[int]:
        """Return how many Latin letters each column holds."""
        columns = range(max(len(row) for row in self.rows))
        return [min(_WIDEST, max([_NARROWEST, *(_breadth(row, nth) + _SIDES for row in self.rows)])) for nth in columns]


def _breadth(row: tuple[Entry, ...], nth: int) -> int:
    # A line of its own, a title or a sentence, reaches over the cells to its right.
    if nth >= len(row) or len(row) == 1:
        return 0
    entry = row[nth]
    return breadth(entry.hint if isinstance(entry, Blank) and entry.hint else entry.text)


@dataclasses.dataclass(frozen=True)
class Form:
    """The sheets of a form; only blanks may be written into."""

    title: str
    sheets: tuple[FormSheet, ...]
