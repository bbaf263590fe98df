"""All weightings of three indicators as a triangle: the nearer a corner, the heavier its indicator."""

import dataclasses
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.charts import panels, picture, theme
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.theme import Spec

Point = tuple[float, float, float]
"""Parts of the three corners (top, left, right), adding up to one."""

_HEIGHT = 0.8660254
"""Of an equilateral triangle of side one."""
_SIZE, _SMALL_SIZE = 380, 250
_CORNER = 22
_SIDE = 0.03
_LEGEND_LINE = 18
_APART = 0.07
"""How far apart, in sides of the triangle, two numbers of lines stand at least."""
WIDTH = 640


@dataclasses.dataclass(frozen=True)
class Area:
    """A part of the triangle: its corners one after the other, whether it is undecided, and words for it."""

    corners: tuple[Point, ...]
    is_tied: bool
    spoken: str


@dataclasses.dataclass(frozen=True)
class Line:
    """A stretch on which two counties have equal totals; the lines of one number have one entry in the legend."""

    number: int
    ends: tuple[Point, Point]
    spoken: str


class Spot(NamedTuple):
    """One weighting: its sign and colour, its entry in the legend, words for who points at it."""

    at: Point
    symbol: str
    sign: str
    colour: str
    entry: str
    spoken: str


def weight_triangle(
    areas: Sequence[Area],
    lines: Sequence[Line],
    spots: Sequence[Spot],
    corners: tuple[str, str, str],
    legend: Sequence[str],
    caption: Caption,
) -> Drawing:
    """Draw areas with lines on the paper (colour is not the only sign), lines with their numbers, spots on top.

    `corners` are the words at top, left and right; `legend` are lines of text above that of the spots.
    """
    entries = [*legend, *(f'<span style="color:{spot.colour}">{spot.sign}</span> {spot.entry}' for spot in spots)]
    above = picture.SIDE + _LEGEND_LINE * len(entries) + _CORNER
    margin = {"l": picture.SIDE, "r": picture.SIDE, "t": above, "b": _CORNER + picture.SIDE}
    hidden: Spec = {"visible": False, "fixedrange": True}
    layout = theme.layout(
        above + _SIZE + margin["b"],
        margin,
        annotations=[panels.legend(entries, picture.SIDE, _CORNER), *_corner_words(corners)],
        showlegend=False,
        hovermode="closest",
        xaxis={**hidden, "range": [-_SIDE, 1 + _SIDE], "constrain": "range"},
        yaxis={**hidden, "range": [-0.035, _HEIGHT + 0.01], "scaleanchor": "x", "constrain": "range"},
    )
    traces = [_outline(), *map(_area, areas), *map(_line, lines), *_numbers(lines), *map(_spot, spots)]
    drawn = picture.drawing(traces, layout, caption, WIDTH)
    return dataclasses.replace(drawn, narrow={"height": above + _SMALL_SIZE + margin["b"]})


def _place(point: Point) -> tuple[float, float]:
    """Return where a weighting lies in the plane."""
    top, _, right = point
    return round(right + top / 2, 4), round(top * _HEIGHT, 4)


_MUTE: Spec = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": False}
_ROUND: tuple[Point, ...] = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 0, 0))


def _outline() -> Spec:
    return {**_MUTE, **_way(_ROUND), "mode": "lines", "line": {"color": theme.INK, "width": 1.5}, "fill": "toself"} | {
        "fillcolor": theme.SHADE
    }


def _way(points: Sequence[Point]) -> Spec:
    places = [_place(point) for point in points]
    return {"x": [x for x, _ in places], "y": [y for _, y in places]}


def _area(area: Area) -> Spec:
    pattern = {"shape": "." if area.is_tied else "/", "fgcolor": theme.HIGHLIGHT, "bgcolor": theme.HIGHLIGHT_PAPER}
    return {
        "type": "scatter",
        "mode": "lines",
        **_way((*area.corners, area.corners[0])),
        "fill": "toself",
        "fillcolor": theme.HIGHLIGHT_PAPER,
        "fillpattern": {**pattern, "size": 7, "solidity": 0.28},
        "line": {"color": theme.HIGHLIGHT, "width": 0},
        "hoveron": "fills",
        "text": area.spoken,
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _line(line: Line) -> Spec:
    return {
        **_MUTE,
        **_way(line.ends),
        "mode": "lines",
        "line": {"color": theme.HIGHLIGHT, "width": 2.4},
    }


def _numbers(lines: Sequence[Line]) -> list[Spec]:
    """Write each line's number on the middle of its longest stretch, unless another stands there already."""
    longest: dict[int, Line] = {}
    for line in lines:
        if line.number not in longest or _length(line) > _length(longest[line.number]):
            longest[line.number] = line
    taken: list[tuple[float, float]] = []
    shown: list[tuple[Line, tuple[float, float]]] = []
    for line in longest.values():
        free = [place for place in _along(line) if all(_apart(place, other) for other in taken)]
        if free:
            taken.append(free[0])
            shown.append((line, free[0]))
    if not shown:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [place[0] for _, place in shown],
            "y": [place[1] for _, place in shown],
            "text": [str(line.number) for line, _ in shown],
            "hovertext": [line.spoken for line, _ in shown],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "textfont": {"size": 10, "color": theme.INK},
            "marker": {"symbol": "circle", "size": 15, "color": theme.PAPER, "line": _EDGE, "opacity": 1},
            "cliponaxis": False,
        }
    ]


_EDGE: Spec = {"color": theme.HIGHLIGHT, "width": 1.5}


def _length(line: Line) -> float:
    (x0, y0), (x1, y1) = map(_place, line.ends)
    return (x1 - x0) ** 2 + (y1 - y0) ** 2


def _along(line: Line) -> list[tuple[float, float]]:
    """Return places on a line for its number, the middle first."""
    (x0, y0), (x1, y1) = map(_place, line.ends)
    ways = (0.5, 0.35, 0.65, 0.2, 0.8)
    return [(round(x0 + way * (x1 - x0), 4), round(y0 + way * (y1 - y0), 4)) for way in ways]


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 >= _APART**2


def _spot(spot: Spot) -> Spec:
    x, y = _place(spot.at)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [y],
        "text": [spot.spoken],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": spot.symbol,
            "size": 13,
            "color": spot.colour,
            "line": {"width": 2, "color": theme.PAPER if "open" not in spot.symbol else spot.colour},
            "opacity": 1,
        },
        "cliponaxis": False,
    }


def _corner_words(corners: tuple[str, str, str]) -> list[Spec]:
    """Write the corners' words: above the top, below the two others, none beyond the edge of the drawing."""
    top, left, right = corners
    common: Spec = {"showarrow": False, "font": {"size": 12, "color": theme.INK}}
    below = {"yref": "paper", "y": 0, "yanchor": "top", "yshift": -4}
    return [
        {**common, "text": top, "x": 0.5, "y": _HEIGHT, "yanchor": "bottom", "xanchor": "center", "yshift": 3},
        {**common, **below, "text": left, "x": -_SIDE, "xanchor": "left"},
        {**common, **below, "text": right, "x": 1 + _SIDE, "xanchor": "right"},
    ]
