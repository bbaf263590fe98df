"""Time along a chart and events above it: places, ticks that never touch, numbered marks."""

import dataclasses
import math
from collections.abc import Sequence
from typing import Any

from dashboard.charts import theme
from dashboard.charts.theme import Spec

NARROWEST = 290
"""Pixels of the narrowest place a chart stands in."""

_TICK = 46
"""Pixels a tick of time needs, the widest being 「11-12月」 with room around it."""
_EVERY = (1, 2, 3, 6, 12, 18, 24, 30, 36, 48, 60)
_NUMBER = 16
"""Pixels between the numbers of two events, or between the rows they stand in."""


@dataclasses.dataclass(frozen=True)
class Times:
    """Periods along a chart, oldest first: `places` in months from any day, `ticks` short, `names` in full.

    `years` are the places where years begin, with their numbers. `breaks` are periods (by their number) that no line
    joins to the one before, because the two are not to be compared.
    """

    places: tuple[float, ...]
    ticks: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[tuple[float, str], ...]
    breaks: tuple[int, ...] = ()

    def parted(self, trace: Spec) -> Spec:
        """Return a line with a gap before each break; it may begin later than the periods do."""
        number = len(trace["x"])
        first = len(self.places) - number
        at = [nth - first for nth in self.breaks if nth > first]

        def part(name: str, values: list[Any]) -> list[Any]:
            gaps = {nth: None if name == "y" else values[nth] for nth in at}
            return [one for nth, value in enumerate(values) for one in ([gaps[nth]] if nth in gaps else []) + [value]]

        def parts(spec: Spec) -> Spec:
            lists = {
                name: part(name, one) for name, one in spec.items() if isinstance(one, list) and len(one) == number
            }
            return spec | lists

        return parts(trace) | ({"marker": parts(trace["marker"])} if "marker" in trace else {})

    @property
    def range(self) -> list[float]:
        """Return both ends, with half a period of room."""
        room = (self.places[-1] - self.places[0]) / max(len(self.places) - 1, 1) / 2 or 1
        return [round(self.places[0] - room, 2), round(self.places[-1] + room, 2)]

    def axis(self, width: int) -> Spec:
        """Return the axis with as many ticks as fit into a drawing so wide, the newest period always among them."""
        every = every_nth(len(self.places), max(width // _TICK, 1))
        shown = [nth for nth in range(len(self.places)) if (len(self.places) - 1 - nth) % every == 0]
        values, texts = [self.places[nth] for nth in shown], [self.ticks[nth] for nth in shown]
        return axis(self.range, values, texts) | {"ticks": "outside", "ticklen": 4, "tickcolor": theme.RULE}

    def year_axis(self, width: int) -> Spec:
        """Return the axis with years only, for a drawing so narrow."""
        every = -(-len(self.years) // max(width // _TICK, 1)) or 1
        shown = [year for nth, year in enumerate(reversed(self.years)) if nth % every == 0]
        return axis(self.range, [place for place, _ in shown], [text for _, text in shown])


def every_nth(number: int, most: int) -> int:
    """Return of how many periods one bears a tick, so that no more than `most` do; whole years where it can be."""
    return next((every for every in _EVERY if math.ceil(number / every) <= most), _EVERY[-1])


def axis(span: Sequence[float], values: Sequence[float], texts: Sequence[str]) -> Spec:
    return {
        "range": list(span),
        "tickvals": list(values),
        "ticktext": list(texts),
        "tickfont": {"size": 11, "color": theme.MUTED},
        "tickangle": 0,
        "gridcolor": theme.RULE,
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
    }


# --- values


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values that cover a span, `most` of them or fewer; they can be the ends of its axis."""
    if low == high:
        low, high = low - 1, high + 1
    rough = (high - low) / (most - 1)
    size: float = 10 ** math.floor(math.log10(rough))
    for factor in (1, 2, 2.5, 5, 10, 20):
        step = factor * size
        first, last = math.floor(low / step), math.ceil(high / step)
        if last - first < most:
            break
    return [round(nth * step, 10) for nth in range(first, last + 1)]


def inner_ticks(low: float, high: float, most: int) -> tuple[list[float], list[float]]:
    """Return the ends of an axis close around a span, and the round values between them, at least two."""
    if low == high:
        low, high = low - 1, high + 1
    room = (high - low) / 20
    ends = [low - room, high + room]
    for number in range(most, most + 8):
        inside = [one for one in value_ticks(low, high, number) if ends[0] <= one <= ends[1]]
        if len(inside) > 1:
            break
    return [round(end, 4) for end in ends], inside


# --- events


@dataclasses.dataclass(frozen=True)
class Mark:
    """An event above the drawing: its number, where it begins and ends (None: one day), and what it was."""

    number: str
    start: float
    end: float | None
    label: str


def rows_of(marks: Sequence[Mark], span: Sequence[float], width: int) -> list[int]:
    """Put the numbers of marks into rows, the lowest first, so that none touches another in a drawing so wide."""
    apart = (span[1] - span[0]) / width * _NUMBER
    last: list[float] = []
    rows = []
    for mark in marks:
        place = middle(mark, span)
        row = next((nth for nth, before in enumerate(last) if place - before >= apart), len(last))
        last[row : row + 1] = [place]
        rows.append(row)
    return rows


def middle(mark: Mark, span: Sequence[float]) -> float:
    """Return where the number of a mark stands: over the middle of what is seen of it."""
    return (max(mark.start, span[0]) + min(mark.end or mark.start, span[1])) / 2


def height_of(rows: Sequence[int]) -> int:
    return _NUMBER * (max(rows, default=-1) + 1)


def mark_shapes(marks: Sequence[Mark], span: Sequence[float]) -> list[Spec]:
    """Draw a band for what lasted and a line for what happened on a day, both below the lines."""
    return [_band(mark, span) if mark.end else _line(mark) for mark in marks]


def _band(mark: Mark, span: Sequence[float]) -> Spec:
    ends = {"x0": max(mark.start, span[0]), "x1": min(mark.end or mark.start, span[1])}
    look = {"fillcolor": theme.SHADE, "line": {"color": theme.RULE, "width": 1}}
    return {"type": "rect", **ends, **_ALL_HEIGHT, **look}


def _line(mark: Mark) -> Spec:
    look = {"line": {"color": theme.MUTED, "width": 1, "dash": "dash"}}
    return {"type": "line", "x0": mark.start, "x1": mark.start, **_ALL_HEIGHT, **look}


_ALL_HEIGHT: Spec = {"xref": "x", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}


def mark_numbers(marks: Sequence[Mark], rows: Sequence[int], span: Sequence[float]) -> list[Spec]:
    return [
        {
            "text": mark.number,
            "hovertext": mark.label,
            "x": round(middle(mark, span), 2),
            "xref": "x",
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": _NUMBER * row,
            "showarrow": False,
            "font": {"size": 13, "color": theme.INK},
        }
        for mark, row in zip(marks, rows, strict=True)
    ]
