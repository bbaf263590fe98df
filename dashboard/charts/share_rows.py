"""Shares of weightings: one panel a group, a bar a county for the exact share, a ring for the sampled one."""

import dataclasses
from collections.abc import Sequence

from dashboard.charts import panels, picture, theme
from dashboard.charts.parts import PERCENTS
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.rows import axis, frame, name
from dashboard.charts.theme import Spec
from dashboard.domain import weight_words

_ROW = 23
_BETWEEN = 34
_LEFT = 84
_RIGHT = 92
"""Room behind a full bar for its figure and a mark."""
_AXIS = 30
_ROOM = 3
"""Percent beyond both ends of the scale: half a ring."""
_LEGEND_LINE = 18
WIDTH = 880


@dataclasses.dataclass(frozen=True)
class Bar:
    """One county: shares in percent (None where it is not ranked), its figure in words, a mark behind it or ""."""

    county_code: str
    county: str
    group: str
    exact: float | None
    tied: float | None
    sampled: float | None
    printed: str
    mark: str
    spoken: str


def share_rows(bars: Sequence[Bar], caption: Caption, selected: str | None = None) -> Drawing:
    """Draw the bars in the order they come in, group by group; marked ones have a pattern."""
    groups = list(dict.fromkeys(bar.group for bar in bars))
    members = [[bar for bar in bars if bar.group == group] for group in groups]
    numbers = [len(one) for one in members]
    legend = [f"{weight_words.BAR_ENTRY}　{weight_words.RING_ENTRY}", weight_words.PATTERN_ENTRY]
    above = picture.SIDE + _LEGEND_LINE * len(legend) + panels.TITLE
    titles = [panels.title(f"{group}（{numbers[nth]}）", nth, _LEFT) for nth, group in enumerate(groups)]
    layout = theme.layout(
        above + panels.height(numbers, _ROW, _BETWEEN) + _AXIS,
        {"l": _LEFT, "r": _RIGHT, "t": above, "b": _AXIS},
        annotations=[panels.legend(legend, _LEFT), *titles],
        barmode="stack",
        bargap=0.3,
        showlegend=False,
        hovermode="closest",
        shapes=[
            frame(place, panels.axis(nth))
            for nth, one in enumerate(members)
            for place, bar in enumerate(one)
            if bar.county_code == selected
        ],
        **_axes(members, selected),
    )
    traces = [trace for nth, one in enumerate(members) for trace in _panel(one, nth)]
    return picture.drawing(traces, layout, caption, WIDTH)


def _axes(members: Sequence[Sequence[Bar]], selected: str | None) -> Spec:
    numbers = [len(one) for one in members]
    across = {
        "range": [-_ROOM, 100 + _ROOM],
        "gridcolor": theme.RULE,
        "zeroline": False,
        "fixedrange": True,
        **PERCENTS,
    }
    axes: Spec = {"xaxis": {**across, "anchor": panels.axis(len(members) - 1), "tickfont": {"size": theme.SMALL_SIZE}}}
    for nth, (one, domain) in enumerate(zip(members, panels.domains(numbers, _ROW, _BETWEEN), strict=True)):
        names = [name(bar.county, bar.county_code == selected) for bar in one]
        down = axis(names, list(range(len(one))), (len(one) - 0.5, -0.5))
        axes[f"yaxis{nth + 1 if nth else ''}"] = {**down, "domain": domain}
    return axes


def _panel(bars: Sequence[Bar], nth: int) -> list[Spec]:
    placed: Spec = {"xaxis": "x", "yaxis": panels.axis(nth)}
    places = list(range(len(bars)))
    told = {
        "ids": [bar.county_code for bar in bars],
        "meta": {"pick": True},
        "hovertext": [bar.spoken for bar in bars],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    sure = {
        **placed,
        **told,
        "type": "bar",
        "orientation": "h",
        "y": places,
        "x": [bar.exact for bar in bars],
        "marker": _marker(bars, theme.CATEGORICAL[0], "/"),
    }
    tied = {**sure, "x": [bar.tied for bar in bars], "marker": _marker(bars, theme.CATEGORICAL[2], ".")}
    rings = {
        **placed,
        **told,
        "type": "scatter",
        "mode": "markers",
        "y": places,
        "x": [bar.sampled for bar in bars],
        "cliponaxis": False,
        "marker": {"symbol": "circle-open", "size": 9, "color": theme.INK, "line": {"width": 1.8}, "opacity": 1},
    }
    words = {
        **placed,
        "type": "scatter",
        "mode": "text",
        "y": places,
        "x": [100 + _ROOM] * len(bars),
        "text": [f"\N{NO-BREAK SPACE}{bar.printed} {bar.mark}".rstrip() for bar in bars],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": theme.INK},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    return [sure, *([tied] if any(bar.tied for bar in bars) else []), words, rings]


def _marker(bars: Sequence[Bar], colour: str, shape: str) -> Spec:
    is_tie = shape == "."
    return {
        "color": colour,
        "line": {"color": theme.INK, "width": 0.6},
        "pattern": {
            "shape": [shape if is_tie or bar.mark else "" for bar in bars],
            "fillmode": "overlay",
            "fgcolor": theme.PAPER,
            "size": 6,
            "solidity": 0.3,
        },
    }
