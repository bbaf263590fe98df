"""Rates against the number of persons behind them, between limits that chance explains."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.charts import panels, picture, theme
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.theme import Spec

_DRAWN = 380
_LEGEND_LINE = 18
_LEFT, _RIGHT, _BOTTOM = 46, 20, 52
_NARROW = 290 - _LEFT - _RIGHT
"""Pixels the drawing has across on the narrowest screen."""
_NAME, _MARK = (40, 18), 6
"""Pixels of a name, across and upright, and from a mark's middle to its edge."""
_Box = tuple[float, float, float, float]
WIDTH = 880


class Point(NamedTuple):
    """One county: how many persons, rate (0–100), and whether it lies outside (it then has its name beside it)."""

    county_code: str
    county: str
    whole: int
    rate: float
    is_outside: bool
    spoken: str
    told: str


class Curve(NamedTuple):
    """A limit: rates (0–100) at the `wholes` of the chart, and its entry in the legend ("" where another has it)."""

    rates: Sequence[float]
    dash: str
    is_wide: bool
    entry: str


class Axis(NamedTuple):
    """A scale: from where to where, where it has ticks and what stands there, what it measures ("" for nothing)."""

    span: tuple[float, float]
    values: Sequence[float]
    texts: Sequence[str]
    title: str


_GLYPHS = {"solid": "━", "dash": "– –", "dot": "····"}


def funnel(
    points: Sequence[Point],
    wholes: Sequence[float],
    curves: Sequence[Curve],
    axes: tuple[Axis, Axis],
    legend: Sequence[str],
    caption: Caption,
    selected: str | None = None,
) -> Drawing:
    """Draw the points among the curves; the horizontal scale (first of `axes`) is logarithmic, `span` in persons.

    Those outside are diamonds with names, the selected county is larger, of another colour and named too.
    """
    entries = [f'<span style="color:{_ink(one)}">{_GLYPHS[one.dash]}</span> {one.entry}' for one in curves if one.entry]
    lines = [*entries, *legend]
    above = picture.SIDE + _LEGEND_LINE * len(lines) + 10
    layout = theme.layout(
        above + _DRAWN + _BOTTOM,
        {"l": _LEFT, "r": _RIGHT, "t": above, "b": _BOTTOM},
        annotations=[panels.legend(lines, _LEFT, 10)],
        xaxis={**_axis(axes[0]), "type": "log", "ticks": "outside", "ticklen": 10, "tickcolor": theme.RULE},
        yaxis=_axis(axes[1]),
        showlegend=False,
        hovermode="closest",
    )
    return picture.drawing(
        [*(_line(one, wholes) for one in curves), _points(points, axes, selected)], layout, caption, WIDTH
    )


def _ink(curve: Curve) -> str:
    return theme.ACCENT if curve.is_wide else theme.MUTED


def _line(curve: Curve, wholes: Sequence[float]) -> Spec:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(wholes),
        "y": list(curve.rates),
        "line": {"color": _ink(curve), "width": 1.8 if curve.is_wide else 1.2, "dash": curve.dash},
        "hoverinfo": "skip",
    }


def _points(points: Sequence[Point], axes: tuple[Axis, Axis], selected: str | None) -> Spec:
    chosen = [point.county_code == selected for point in points]
    named = [point.is_outside or is_chosen for point, is_chosen in zip(points, chosen, strict=True)]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [point.whole for point in points],
        "y": [point.rate for point in points],
        "ids": [point.county_code for point in points],
        "meta": {"pick": True},
        # The names stand in the drawing, what is spoken of a point beside them.
        "text": [_name(point, is_chosen) for point, is_chosen in zip(points, chosen, strict=True)],
        "textposition": _sides(points, named, axes),
        "textfont": {"size": 12, "color": [theme.HIGHLIGHT if one else theme.INK for one in chosen]},
        "hovertext": [point.spoken for point in points],
        "customdata": [point.told for point in points],
        "hovertemplate": "<b>%{hovertext}</b><br>%{customdata}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "symbol": ["diamond" if point.is_outside else "circle" for point in points],
            "size": [13 if one else 10 if point.is_outside else 8 for point, one in zip(points, chosen, strict=True)],
            "color": [theme.HIGHLIGHT if one else theme.INK for one in chosen],
            "line": {"color": theme.PAPER, "width": 1},
            "opacity": 1,
        },
    }


def _name(point: Point, is_chosen: bool) -> str:
    if is_chosen:
        return f"<b>{point.county}</b>"
    return point.county if point.is_outside else ""


def _sides(points: Sequence[Point], named: Sequence[bool], axes: tuple[Axis, Axis]) -> list[str]:
    """Choose for each name the side of its point on which it meets no other name and no point.

    Judged on the narrowest screen, where all are nearest to each other; where every side is taken, it is the first one
    that does not leave the picture.
    """
    places = [_pixels(point, axes) for point in points]
    taken = [(x - _MARK, y - _MARK, x + _MARK, y + _MARK) for x, y in places]
    found = []
    for (x, y), is_named in zip(places, named, strict=True):
        across = ("left", "right") if x > _NARROW / 2 else ("right", "left")
        is_high = sum(other < y for _, other in places) < len(places) / 2
        uprights = ("top", "bottom") if is_high else ("bottom", "top")
        boxes = {f"{upright} {side}": _box(x, y, f"{upright} {side}") for upright in uprights for side in across}
        inside = [side for side, box in boxes.items() if box[0] >= -_LEFT and box[2] <= _NARROW + _RIGHT]
        free = (side for side in inside if not any(_meet(boxes[side], one) for one in taken))
        chosen = next(free, inside[0])
        taken += [boxes[chosen]] if is_named else []
        found.append(chosen)
    return found


def _pixels(point: Point, axes: tuple[Axis, Axis]) -> tuple[float, float]:
    """Return where a point lies in the drawing of the narrowest screen, from its upper left corner."""
    (left, right), (low, high) = axes[0].span, axes[1].span
    return (math.log10(point.whole) - left) / (right - left) * _NARROW, (high - point.rate) / (high - low) * _DRAWN


def _box(x: float, y: float, side: str) -> _Box:
    """Return the rectangle a name takes beside its point."""
    left = x - _NAME[0] if "left" in side else x
    top = y - _NAME[1] if "top" in side else y
    return left, top, left + _NAME[0], top + _NAME[1]


def _meet(one: _Box, other: _Box) -> bool:
    # A name starts at its point's edge, so the point's own rectangle is met a little and does not count.
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width > _MARK and height > _MARK


def _axis(axis: Axis) -> Spec:
    return {
        "range": list(axis.span),
        "tickvals": list(axis.values),
        "ticktext": list(axis.texts),
        "title": {"text": axis.title, "font": {"size": 12, "color": theme.MUTED}},
        "tickangle": 0,
        "tickfont": {"size": 11, "color": theme.MUTED},
        "gridcolor": theme.RULE,
        "zeroline": False,
        "fixedrange": True,
    }
