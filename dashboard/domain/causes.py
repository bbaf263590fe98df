"""Findings of one cause are told once, however many cells they stand at."""

import itertools
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")

_One = TypeVar("_One")


def by_cause(found: Sequence[_One], cause: Callable[[_One], Hashable]) -> list[list[tuple[int, _One]]]:
    """Group findings by their cause in the order of their first ones, each with its place in the whole list."""
    groups: dict[Hashable, list[tuple[int, _One]]] = {}
    for nth, one in enumerate(found):
        groups.setdefault(cause(one), []).append((nth, one))
    return list(groups.values())


def runs(cells: Iterable[str]) -> list[tuple[str, str]]:
    """Sum up cells (A1, once each) as first and last of neighbours, along rows or columns, whichever takes fewer."""
    places = [(_column(found[1]), int(found[2])) for cell in dict.fromkeys(cells) if (found := _CELL.fullmatch(cell))]
    down = _runs((column, row) for column, row in places)
    along = [((b, a), (d, c)) for (a, b), (c, d) in _runs((row, column) for column, row in places)]
    fewest = down if len(down) <= len(along) else along
    return [(_spelled(first), _spelled(last)) for first, last in fewest]


_Place = tuple[int, int]


def _runs(places: Iterable[_Place]) -> list[tuple[_Place, _Place]]:
    """Sum up places whose second numbers follow each other where their first ones are the same."""
    found: list[tuple[_Place, _Place]] = []
    for line, of_line in itertools.groupby(sorted(places), key=lambda place: place[0]):
        numbers = [number for _, number in of_line]
        starts = [n for n in numbers if n - 1 not in numbers]
        ends = [n for n in numbers if n + 1 not in numbers]
        found += [((line, start), (line, end)) for start, end in zip(starts, ends, strict=True)]
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _spelled(place: _Place) -> str:
    column, row = place
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
