"""Lines over time, told apart by dash, marker and a label at their end; what is provisional stands in another ink."""

import dataclasses
from collections.abc import Callable, Collection, Sequence
from typing import Any

from dashboard.charts import picture, theme, trend_axis
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.theme import Spec
from dashboard.charts.trend_axis import Mark, Times

_DRAWN = 330
_LEFT, _BOTTOM = 48, 44
_LABEL, _LETTER, _GLYPH = 16, 12, 30
"""Pixels from label to label, of a letter, and of what stands before the first."""
_MARKERS = 14
"""At most so many markers on a line: more would run into each other."""

DOWNLOAD_WIDTH = 900
_WIDE = 640


@dataclasses.dataclass(frozen=True)
class Look:
    """How a line is told from the others; `glyph` stands for its dash or marker in words."""

    colour: str
    glyph: str
    width: float = 1.8
    dash: str = "solid"
    symbol: str = ""


NATION = Look(theme.INK, "━", width=3)
GROUPS = (Look(theme.MUTED, "╍", dash="dash"), Look(theme.MUTED, "┅", dash="dot"))
COUNTIES = tuple(
    Look(colour, glyph, symbol=symbol)
    for colour, (glyph, symbol) in zip(
        theme.CATEGORICAL,
        (
            ("●", "circle"),
            ("■", "square"),
            ("▲", "triangle-up"),
            ("◆", "diamond"),
            ("▼", "triangle-down"),
            ("★", "star"),
        ),
        strict=True,
    )
)


@dataclasses.dataclass(frozen=True)
class Line:
    """One line: a value or a gap (None) per period, what its hover box says besides (`details`, per period).

    `provisional` and `partial` say of each point whether it is of a period too young, or of a sum that lacks someone.
    `hover` is a template of plotly.js for `text` (the period), `y` and `customdata` (the details).
    """

    label: str
    look: Look
    values: Sequence[float | None]
    provisional: Sequence[bool]
    partial: Sequence[bool]
    details: Sequence[Sequence[Any]]
    hover: str


def lines(
    drawn: Sequence[Line], times: Times, marks: Sequence[Mark], tick: Callable[[float], str], caption: Caption
) -> Drawing:
    """Draw lines over one scale. `tick` prints a value at the axis. Missing is a gap, never zero."""
    known = [value for line in drawn for value in line.values if value is not None]
    ticks = trend_axis.value_ticks(min(known, default=0), max(known, default=1), 7)
    right = _GLYPH + _LETTER * max((len(line.label) for line in drawn), default=0)
    rows = trend_axis.rows_of(marks, times.range, trend_axis.NARROWEST - _LEFT - right)
    margin = {"l": _LEFT, "r": right, "t": 8 + trend_axis.height_of(rows), "b": _BOTTOM}
    names, dots = _ends(drawn, times, (ticks[0], ticks[-1]))
    layout = theme.layout(
        _DRAWN + margin["t"] + _BOTTOM,
        margin,
        xaxis=times.axis(_WIDE - _LEFT - right) | {"showgrid": False},
        yaxis=trend_axis.axis([ticks[0], ticks[-1]], ticks, [tick(one) for one in ticks])
        | {"zeroline": ticks[0] < 0 < ticks[-1], "zerolinecolor": theme.MUTED},
        shapes=[*trend_axis.mark_shapes(marks, times.range), *dots],
        annotations=[*trend_axis.mark_numbers(marks, rows, times.range), *names],
        hovermode="closest",
        showlegend=False,
    )
    traces = [times.parted(trace) for line in reversed(drawn) for trace in _traces(line, times)]
    finished = picture.drawing(traces, layout, caption, DOWNLOAD_WIDTH)
    narrow = times.axis(trend_axis.NARROWEST - _LEFT - right) | {"showgrid": False}
    return dataclasses.replace(finished, narrow={"xaxis": narrow})


def _traces(line: Line, times: Times) -> list[Spec]:
    """Draw what is settled, and what is provisional from the last settled point on."""
    settled = [None if young else value for value, young in zip(line.values, line.provisional, strict=True)]
    traces = [_trace(line, times, settled, _sizes(line, settled, times.breaks))]
    if any(young and value is not None for value, young in zip(line.values, line.provisional, strict=True)):
        traces.append(_provisional(line, times))
    return traces


def _trace(line: Line, times: Times, values: Sequence[float | None], sizes: Sequence[int]) -> Spec:
    symbols = ["diamond-open" if lacks else line.look.symbol or "circle" for lacks in line.partial]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.label,
        "x": list(times.places),
        "y": list(values),
        "text": list(times.names),
        "customdata": list(line.details),
        "hovertemplate": line.hover,
        "connectgaps": False,
        "line": {"color": line.look.colour, "width": line.look.width, "dash": line.look.dash},
        "marker": {
            "color": line.look.colour,
            "size": list(sizes),
            "symbol": symbols,
            "opacity": 1,
            "line": {"color": theme.PAPER, "width": 1},
        },
        "cliponaxis": False,
    }


def _provisional(line: Line, times: Times) -> Spec:
    """Draw the young points, open, and dashed to them from the settled point just before."""
    shown = [
        value if young or (nth + 1 < len(line.values) and line.provisional[nth + 1]) else None
        for nth, (value, young) in enumerate(zip(line.values, line.provisional, strict=True))
    ]
    trace = _trace(line, times, shown, [6 if young else 0 for young in line.provisional])
    trace["line"] = {"color": theme.PROVISIONAL, "width": line.look.width, "dash": "2px,3px"}
    symbols = [f"{line.look.symbol or 'circle'}-open"] * len(shown)
    trace["marker"] = trace["marker"] | {"color": theme.PROVISIONAL, "symbol": symbols}
    return trace


def _sizes(line: Line, values: Sequence[float | None], breaks: Collection[int]) -> list[int]:
    """Return marker sizes: 0 where a line alone is enough, so that those that tell lines apart keep a distance."""
    every = trend_axis.every_nth(len(values), _MARKERS)
    alone = lone_points(values, breaks)
    return [
        9 if lacks else 7 if nth in alone or (line.look.symbol and nth % every == 0) else 0
        for nth, lacks in enumerate(line.partial)
    ]


def lone_points(values: Sequence[float | None], breaks: Collection[int]) -> frozenset[int]:
    """Return the points between two gaps or breaks: without a marker nothing of them would be seen."""
    known = [nth for nth, value in enumerate(values) if value is not None]
    joined = {nth for nth in known if nth - 1 in known and nth not in breaks}
    return frozenset(nth for nth in known if nth not in joined and nth + 1 not in joined)


# --- labels at the end


def _ends(drawn: Sequence[Line], times: Times, ends: tuple[float, float]) -> tuple[list[Spec], list[Spec]]:
    """Name each line right of its end, moved apart where ends are close; dots lead from the end to the name.

    Returned are the names and the dots. They are no part of the line: a line that ended early did not go on.
    """
    last = [_last(line) for line in drawn]
    named = [(line, nth, value) for line, (nth, value) in zip(drawn, last, strict=True) if value is not None]
    pixel = (ends[1] - ends[0]) / _DRAWN
    places = apart([value / pixel for _, _, value in named], _LABEL, (ends[0] / pixel, ends[1] / pixel))
    names, dots = [], []
    for (line, nth, value), place in zip(named, places, strict=True):
        names.append(_name(line, times.range[1], round(place * pixel, 6)))
        dots.append(_dots(line, (times.places[nth], value), (times.range[1], round(place * pixel, 6))))
    return names, dots


def _last(line: Line) -> tuple[int, float | None]:
    known = [(nth, value) for nth, value in enumerate(line.values) if value is not None]
    return known[-1] if known else (0, None)


def apart(wanted: Sequence[float], distance: float, ends: tuple[float, float]) -> list[float]:
    """Move places apart to at least `distance`, as little as that takes, between two ends as far as they fit."""
    order = sorted(range(len(wanted)), key=lambda nth: wanted[nth])
    clusters: list[list[int]] = []
    for nth in order:
        clusters.append([nth])
        while len(clusters) > 1 and _middle(clusters[-1], wanted) - _middle(clusters[-2], wanted) < distance * (
            (len(clusters[-1]) + len(clusters[-2])) / 2
        ):
            clusters[-2:] = [clusters[-2] + clusters[-1]]
    found = [0.0] * len(wanted)
    for cluster in clusters:
        for position, nth in enumerate(cluster):
            found[nth] = _middle(cluster, wanted) + distance * (position - (len(cluster) - 1) / 2)
    for above, nth in enumerate(order):
        found[nth] = max(found[nth], ends[0] + distance * above)
    for below, nth in enumerate(reversed(order)):
        found[nth] = min(found[nth], ends[1] - distance * below)
    return found


def _middle(cluster: Sequence[int], wanted: Sequence[float]) -> float:
    return sum(wanted[nth] for nth in cluster) / len(cluster)


def _name(line: Line, right: float, place: float) -> Spec:
    return {
        "text": f'<span style="color:{line.look.colour}">{line.look.glyph}</span> {line.label}',
        "x": right,
        "xref": "x",
        "xanchor": "left",
        "xshift": 3,
        "y": place,
        "yref": "y",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": 12, "color": theme.INK},
    }


def _dots(line: Line, end: tuple[float, float], place: tuple[float, float]) -> Spec:
    look = {"color": line.look.colour, "width": 1, "dash": "1px,3px"}
    return {"type": "line", "x0": end[0], "y0": end[1], "x1": place[0], "y1": place[1], "line": look, "layer": "below"}
