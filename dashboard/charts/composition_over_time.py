"""What a whole consisted of, period by period: stacked columns that nothing connects, a county's below the nation's."""

import dataclasses
from collections.abc import Sequence

from dashboard.charts import panels as axes
from dashboard.charts import parts as kinds
from dashboard.charts import theme
from dashboard.charts.parts import Part, Segment, legend, legend_height
from dashboard.charts.picture import Caption, Drawing, drawing
from dashboard.charts.theme import Spec

DOWNLOAD_WIDTH = 880
_PANEL = 210
_PANEL_TITLE = 24
_BETWEEN = 26
_LEFT = 50
_RIGHT = 8
_AXIS = 24
_LABEL = 14 / _PANEL
"""How much of a column a figure takes in height: what is lower bears none."""
_NARROWEST = 232 * 0.84
_LETTER = 5.9
"""Pixels all columns have on the narrowest screen, and those of a letter: a figure that does not fit is left out."""


@dataclasses.dataclass(frozen=True)
class Column:
    """One period: segments as the parts are ordered, none where `instead` says why; `is_missing` draws it grey."""

    label: str
    segments: tuple[Segment, ...]
    instead: str = ""
    is_missing: bool = False


@dataclasses.dataclass(frozen=True)
class Panel:
    """One whole through time: whose, its columns, and how far its axis goes (100 for shares)."""

    name: str
    columns: tuple[Column, ...]
    top: float
    is_percent: bool


def composition_over_time(panels: Sequence[Panel], parts: Sequence[Part], caption: Caption) -> Drawing:
    """Draw the panels one above the other, with the same periods in the same places."""
    above = legend_height(len(parts)) + _PANEL_TITLE
    drawn = _PANEL * len(panels) + _BETWEEN * (len(panels) - 1) + (_PANEL_TITLE if len(panels) > 1 else 0)
    layout = theme.layout(
        above + drawn + _AXIS,
        {"l": _LEFT, "r": _RIGHT, "t": above, "b": _AXIS},
        barmode="overlay",
        bargap=0.16,
        hovermode="closest",
        showlegend=False,
        annotations=[
            legend(parts, _LEFT, y_shift=_PANEL_TITLE + 4),
            *(axes.title(one.name, nth, _LEFT) | {"yshift": 8} for nth, one in enumerate(panels)),
        ],
        xaxis=_periods(panels[-1]) | {"anchor": axes.axis(len(panels) - 1)},
        **{
            f"yaxis{nth + 1 if nth else ''}": _amounts(panel, _domain(nth, len(panels), drawn))
            for nth, panel in enumerate(panels)
        },
    )
    traces = [trace for nth, panel in enumerate(panels) for trace in _panel(panel, parts, axes.axis(nth))]
    return drawing(traces, layout, caption, DOWNLOAD_WIDTH)


def _domain(nth: int, panels: int, drawn: int) -> list[float]:
    if panels == 1:
        return [0, 1]
    return [0, _PANEL / drawn] if nth else [1 - _PANEL / drawn, 1]


def _panel(panel: Panel, parts: Sequence[Part], axis: str) -> list[Spec]:
    return [*(_segments(panel, part, nth, axis) for nth, part in enumerate(parts)), _gaps(panel, axis)]


def _segments(panel: Panel, part: Part, nth: int, axis: str) -> Spec:
    known = [(place, column) for place, column in enumerate(panel.columns) if column.segments]
    of_part = [column.segments[nth] for _, column in known]
    letters = _NARROWEST / len(panel.columns) / _LETTER
    is_legible = [one.value >= _LABEL * panel.top and len(one.text) <= letters for one in of_part]
    return {
        **kinds.bars(part, of_part, is_legible, 10.5),
        "x": [place for place, _ in known],
        "y": [one.value for one in of_part],
        "base": [kinds.below(column.segments, nth) for _, column in known],
        "yaxis": axis,
    }


def _gaps(panel: Panel, axis: str) -> Spec:
    """Draw a period not reported as a grey column that says so, never as nothing or zero."""
    missing = [(place, column) for place, column in enumerate(panel.columns) if not column.segments]
    return {
        "type": "bar",
        "x": [place for place, _ in missing],
        "y": [panel.top] * len(missing),
        "base": 0,
        "text": ["<br>".join(column.instead) for _, column in missing],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"size": 11, "color": theme.INK},
        "hovertext": [f"{column.label}　{column.instead}" for _, column in missing],
        "hoverinfo": "text",
        "marker": {"color": theme.MISSING, "opacity": [1 if column.is_missing else 0 for _, column in missing]},
        "yaxis": axis,
    }


def _periods(panel: Panel) -> Spec:
    return {
        "range": [-0.5, len(panel.columns) - 0.5],
        "tickvals": list(range(len(panel.columns))),
        "ticktext": [column.label for column in panel.columns],
        "tickangle": 0,
        "tickfont": {"size": 11, "color": theme.INK},
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _amounts(panel: Panel, domain: list[float]) -> Spec:
    return {
        "domain": domain,
        "range": [0, panel.top],
        "nticks": 5,
        "tickformat": ",d",
        "tickfont": {"size": 11, "color": theme.MUTED},
        "gridcolor": theme.RULE,
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
        **(kinds.PERCENTS if panel.is_percent else {}),
    }
