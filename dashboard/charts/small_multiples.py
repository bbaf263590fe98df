"""One small panel per county, all on one scale, each with the nation behind: shapes compare at a glance."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dashboard.charts import picture, theme, trend_axis
from dashboard.charts.lines import lone_points
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.theme import Spec
from dashboard.charts.trend_axis import Times

_PANEL, _TITLE, _BETWEEN = 84, 24, 14
_LEFT, _RIGHT, _BOTTOM = 42, 16, 26
_WIDE_COLUMNS, _NARROW_COLUMNS = 4, 2
_WIDE = 640

DOWNLOAD_WIDTH = 960


@dataclasses.dataclass(frozen=True)
class Panel:
    """One county: values and gaps (None) per period, which are provisional, and what a hover box says besides.

    `latest` stands above the panel behind the name; `spoken` says both to who does not see it.
    """

    county_code: str
    county: str
    values: Sequence[float | None]
    provisional: Sequence[bool]
    details: Sequence[Sequence[Any]]
    latest: str
    spoken: str
    is_selected: bool


def small_multiples(
    panels: Sequence[Panel],
    nation: Sequence[float | None],
    times: Times,
    tick: Callable[[float], str],
    hover: str,
    caption: Caption,
) -> Drawing:
    """Draw a panel per county in the order given; choosing one selects the county. `hover` as in `lines.Line`."""
    known = [value for values in (nation, *(one.values for one in panels)) for value in values if value is not None]
    ends, ticks = trend_axis.inner_ticks(min(known, default=0), max(known, default=1), 4)
    up = trend_axis.axis(ends, ticks, [tick(one) for one in ticks])
    drawn = [trace for nth, panel in enumerate(panels, 1) for trace in _traces(panel, nth, nation, times, hover)]
    traces = [times.parted(trace) if trace["mode"] == "lines" else trace for trace in drawn]
    wide, narrow = (
        _layout(len(panels), columns, width, times, up)
        for columns, width in ((_WIDE_COLUMNS, _WIDE), (_NARROW_COLUMNS, trend_axis.NARROWEST))
    )
    names = [note for nth, panel in enumerate(panels, 1) for note in _names(panel, nth)]
    layout = theme.layout(wide.pop("height"), _MARGIN, annotations=names, hovermode="closest", showlegend=False, **wide)
    return dataclasses.replace(picture.drawing(traces, layout, caption, DOWNLOAD_WIDTH), narrow=narrow)


_MARGIN = {"l": _LEFT, "r": _RIGHT, "t": 4, "b": _BOTTOM}


def _layout(panels: int, columns: int, width: int, times: Times, up: Spec) -> Spec:
    """Place the panels in so many columns; only the outer ones bear ticks."""
    rows = -(-panels // columns)
    drawn = rows * (_PANEL + _TITLE + _BETWEEN) - _BETWEEN
    across = (width - _LEFT - _RIGHT - _BETWEEN * (columns - 1)) / columns
    placed: Spec = {"height": drawn + _MARGIN["t"] + _BOTTOM}
    along = times.year_axis(round(across))
    room = _BETWEEN / (width - _LEFT - _RIGHT)
    for nth in range(panels):
        row, column = divmod(nth, columns)
        left = column * (1 + room) / columns
        top = drawn - row * (_PANEL + _TITLE + _BETWEEN) - _TITLE
        number = _number(nth + 1)
        placed[f"xaxis{number}"] = along | {
            "domain": [round(left, 4), round(left + (1 + room) / columns - room, 4)],
            "anchor": f"y{number}",
            "showticklabels": nth + columns >= panels,
        }
        placed[f"yaxis{number}"] = up | {
            "domain": [round((top - _PANEL) / drawn, 4), round(top / drawn, 4)],
            "anchor": f"x{number}",
            "showticklabels": column == 0,
        }
    return placed


def _number(nth: int) -> str:
    """Return how the drawing library numbers an axis: the first has no number."""
    return str(nth) if nth > 1 else ""


def _names(panel: Panel, nth: int) -> Iterator[Spec]:
    """Write name and newest value above a panel, wherever the layout puts it."""
    ink = theme.HIGHLIGHT if panel.is_selected else theme.INK
    name = f"▶ {panel.county}" if panel.is_selected else panel.county
    for text, side, place in ((f"<b>{name}</b>", "left", 0), (panel.latest, "right", 1)):
        yield {
            "text": text,
            "xref": f"x{_number(nth)} domain",
            "x": place,
            "xanchor": side,
            "yref": f"y{_number(nth)} domain",
            "y": 1,
            "yanchor": "bottom",
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": 12, "color": ink},
        }


def _traces(panel: Panel, nth: int, nation: Sequence[float | None], times: Times, hover: str) -> Iterator[Spec]:
    """Draw the nation, the county's settled and young periods, and the newest point, which the keyboard reaches."""
    axes = {"type": "scatter", "xaxis": f"x{_number(nth)}", "yaxis": f"y{_number(nth)}", "x": list(times.places)}
    colour = theme.HIGHLIGHT if panel.is_selected else theme.ACCENT
    settled = [None if young else value for value, young in zip(panel.values, panel.provisional, strict=True)]
    yield axes | {"mode": "lines", "y": list(nation), "line": {"color": theme.MUTED, "width": 1}, "hoverinfo": "skip"}
    yield axes | _line(panel, times, hover, settled, 0) | {"line": {"color": colour, "width": 1.8}}
    if any(panel.provisional):
        # From the settled point just before the first young one on.
        first = max(list(panel.provisional).index(True) - 1, 0)
        line = {"color": theme.PROVISIONAL, "width": 1.8, "dash": "2px,2px"}
        yield axes | _line(panel, times, hover, _young(panel), first) | {"line": line}
    yield from (axes | one for one in _points(panel, times, colour))


def _line(panel: Panel, times: Times, hover: str, values: Sequence[float | None], first: int) -> Spec:
    """Draw values from one period on; any point of the line chooses its county."""
    return {
        "mode": "lines",
        "x": list(times.places[first:]),
        "y": list(values[first:]),
        "name": panel.county,
        "meta": {"pick": True},
        "ids": [panel.county_code] * (len(times.places) - first),
        "text": list(times.names[first:]),
        "customdata": list(panel.details[first:]),
        "hovertemplate": hover,
    }


def _young(panel: Panel) -> list[float | None]:
    """Return the young periods, and the settled one just before them, which their line starts from."""
    following = [*panel.provisional[1:], False]
    return [
        value if young or next_is else None
        for value, young, next_is in zip(panel.values, panel.provisional, following, strict=True)
    ]


def _points(panel: Panel, times: Times, colour: str) -> Iterator[Spec]:
    """Mark young periods and those alone between gaps; the newest by itself.

    Of several points with one id the library draws a single one, and the keyboard reaches what is drawn.
    """
    lone = lone_points(panel.values, times.breaks)
    newest = max((at for at, value in enumerate(panel.values) if value is not None), default=None)
    marked = [at for at, young in enumerate(panel.provisional) if (young or at in lone) and at != newest]
    if marked:
        look = _marker(panel, marked, colour) | {"hoverinfo": "skip"}
        yield look | {"x": [times.places[at] for at in marked], "y": [panel.values[at] for at in marked]}
    if newest is not None:
        look = _marker(panel, [newest], colour) | {"meta": {"pick": True}, "ids": [panel.county_code]}
        place = {"x": [times.places[newest]], "y": [panel.values[newest]], "hovertext": panel.spoken}
        yield look | place | {"name": panel.county, "hoverinfo": "skip"}


def _marker(panel: Panel, at: Sequence[int], colour: str) -> Spec:
    young = [panel.provisional[one] for one in at]
    return {
        "mode": "markers",
        "marker": {
            "size": 5,
            "color": [theme.PROVISIONAL if one else colour for one in young],
            "symbol": ["circle-open" if one else "circle" for one in young],
            "line": {"color": theme.PAPER, "width": 1},
        },
        "cliponaxis": False,
    }
