"""What each county's whole consists of: one stacked bar each, the nation's on top."""

import dataclasses
from collections.abc import Sequence

from dashboard.charts import parts as kinds
from dashboard.charts import rows, theme
from dashboard.charts.parts import Part, Segment, legend, legend_height
from dashboard.charts.picture import Caption, Drawing, drawing
from dashboard.charts.theme import Spec

DOWNLOAD_WIDTH = 900
_ROW = 24
_BETWEEN = 16
_LEFT = 84
_RIGHT = 54
_AXIS = 30
_LETTER = 6.4 / 150
"""How much of the axis a letter of a figure takes on the narrowest screen: what is shorter bears none."""


@dataclasses.dataclass(frozen=True)
class Bar:
    """One whole: segments as the parts are ordered, none where `instead` says why; `end` stands behind the bar.

    `words` says all of it to a screen reader. `is_missing` draws grey instead of nothing.
    """

    county_code: str
    name: str
    segments: tuple[Segment, ...]
    words: str
    end: str = ""
    instead: str = ""
    is_missing: bool = False
    is_selected: bool = False


@dataclasses.dataclass(frozen=True)
class Scale:
    """How far the axis goes, for counties and for the nation; `is_percent` has it end at 100."""

    top: float
    nation_top: float
    is_percent: bool


def composition(
    nation: Bar, bars: Sequence[Bar], parts: Sequence[Part], scale: Scale, caption: Caption, entries: Sequence[str]
) -> Drawing:
    """Draw the nation and below it one bar per county in the order they come in; a selected one is framed.

    `entries` end the legend, each on a line of its own. The nation has an axis of its own where counts are drawn, since
    no county's bar could be seen beside it.
    """
    above = legend_height(len(parts), len(entries))
    drawn = _ROW * (len(bars) + 1) + _BETWEEN
    traces = [
        *(_segments([nation], part, nth, scale.nation_top, panel="2") for nth, part in enumerate(parts)),
        _rows([nation], scale.nation_top, panel="2"),
        _ends([nation], scale.nation_top, panel="2"),
        *(_segments(bars, part, nth, scale.top) for nth, part in enumerate(parts)),
        _rows(bars, scale.top),
        _ends(bars, scale.top),
    ]
    margin = {"l": _LEFT, "r": _RIGHT, "t": above, "b": _AXIS}
    layout = theme.layout(
        above + drawn + _AXIS,
        margin,
        barmode="overlay",
        bargap=0.22,
        hovermode="closest",
        showlegend=False,
        annotations=[legend(parts, _LEFT, entries)],
        shapes=[rows.frame(row) for row, bar in enumerate(bars) if bar.is_selected],
        **_axes(nation, bars, scale, drawn),
    )
    return drawing(traces, layout, caption, DOWNLOAD_WIDTH)


def _segments(bars: Sequence[Bar], part: Part, nth: int, top: float, panel: str = "") -> Spec:
    known = [bar for bar in bars if bar.segments]
    of_part = [bar.segments[nth] for bar in known]
    is_legible = [one.value >= _LETTER * len(one.text) * top for one in of_part]
    return {
        **kinds.bars(part, of_part, is_legible, 11),
        "orientation": "h",
        "x": [one.value for one in of_part],
        "base": [kinds.below(bar.segments, nth) for bar in known],
        "y": [row for row, bar in enumerate(bars) if bar.segments],
        **_on(panel, [bar.county_code for bar in known]),
    }


def _rows(bars: Sequence[Bar], top: float, panel: str = "") -> Spec:
    """Lay a bar as long as the axis over every row: seen only where a county is missing, reached by the keyboard."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": [top] * len(bars),
        "base": 0,
        "y": list(range(len(bars))),
        "text": [bar.instead for bar in bars],
        "textposition": "inside",
        "insidetextanchor": "start",
        "textangle": 0,
        "insidetextfont": {"size": 11, "color": theme.INK},
        "hovertext": [bar.words for bar in bars],
        "hoverinfo": ["skip" if bar.segments else "text" for bar in bars],
        "marker": {"color": theme.MISSING, "opacity": [1 if bar.is_missing else 0 for bar in bars]},
        **_on(panel, [bar.county_code for bar in bars]),
    }


def _on(panel: str, county_codes: list[str]) -> Spec:
    """Place a trace on its axes; only counties can be chosen."""
    axes = {"xaxis": f"x{panel}", "yaxis": f"y{panel}"}
    return axes if panel else {**axes, "ids": county_codes, "meta": {"pick": True}}


def _ends(bars: Sequence[Bar], top: float, panel: str = "") -> Spec:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [top] * len(bars),
        "y": list(range(len(bars))),
        "text": [f" {bar.end}" for bar in bars],
        "textposition": "middle right",
        "textfont": {"size": 11, "color": theme.MUTED},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "xaxis": f"x{panel}",
        "yaxis": f"y{panel}",
    }


def _axes(nation: Bar, bars: Sequence[Bar], scale: Scale, drawn: int) -> Spec:
    line = {"fixedrange": True, "zeroline": False, "tickfont": {"size": 11, "color": theme.MUTED}}
    along = {**line, "gridcolor": theme.RULE, "nticks": 5, "tickformat": ",d"}
    ticks = kinds.PERCENTS if scale.is_percent else {}
    return {
        "xaxis": {**along, **ticks, "range": [0, scale.top], "anchor": "y"},
        "xaxis2": {**line, "range": [0, scale.nation_top], "anchor": "y2", "showticklabels": False, "showgrid": False},
        "yaxis": _names(bars, [0, _ROW * len(bars) / drawn]),
        "yaxis2": _names([nation], [1 - _ROW / drawn, 1]) | {"anchor": "x2"},
    }


def _names(bars: Sequence[Bar], domain: list[float]) -> Spec:
    names = [rows.name(bar.name, bar.is_selected) for bar in bars]
    return rows.axis(names, range(len(bars)), (len(bars) - 0.5, -0.5)) | {"domain": domain}
