"""Weighted points of each county, stacked by indicator: one panel a group, sorted by place."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.domain import words

_ROW = 27
_HEADING = 50
_TOP = 116
_BOTTOM = 76
_BETWEEN = 34
_LEFT = 96
_RANGE = 134
"""Points on the axis: 100 for the bars, the rest for the words behind them."""


@dataclasses.dataclass(frozen=True)
class Segment:
    """One indicator's part of a bar; the frame's columns are `weighted_<key>` and `hover_<key>`."""

    key: str
    label: str


def group_ranking(frame: pd.DataFrame, segments: Sequence[Segment], heading: str, footer: str) -> go.Figure:
    """Draw one row per county: county, group, place (NA unranked), total (0–100, NaN), mark (text, "" for none).

    For each segment weighted_<key> (points of the total, NaN missing) and hover_<key>. Rows are drawn in the order
    they come in, group by group. A marked county has a pattern and its mark in words; one without place has no bar.
    """
    groups = list(dict.fromkeys(frame["group"]))
    members = [frame[frame["group"] == group] for group in groups]
    rows = sum(len(one) for one in members)
    height = _TOP + _BOTTOM + rows * _ROW + (len(groups) - 1) * _BETWEEN
    traces: list[Any] = []
    for panel, one in enumerate(members):
        traces += [_bars(one, segment, nth, panel) for nth, segment in enumerate(segments)]
        traces.append(_totals(one, panel))
    drawn = theme.figure(traces, heading, height, {"l": _LEFT, "r": 8, "t": _TOP, "b": _BOTTOM})
    drawn.update_layout(barmode="stack", bargap=0.28, legend=_legend(height), **_axes(members, height - _TOP - _BOTTOM))
    drawn.add_annotation(theme.footer(theme.wrapped(footer), xshift=-_LEFT, yshift=-36))
    for panel, group in enumerate(groups):
        drawn.add_annotation(_panel_title(f"{group}（{len(members[panel])}）", panel))
    return drawn


def _legend(height: int) -> dict[str, Any]:
    """Put the legend between heading and bars, over the whole width: a narrow screen breaks it into two lines."""
    return {
        "orientation": "h",
        "traceorder": "normal",
        "xref": "container",
        "x": 0,
        "xanchor": "left",
        "yref": "container",
        "y": 1 - _HEADING / height,
        "yanchor": "top",
        "font": {"size": 12},
        "entrywidth": 78,
        "itemclick": False,
        "itemdoubleclick": False,
    }


def labels(frame: pd.DataFrame) -> list[str]:
    """Name a bar by place and county; a county without place has a dash for it."""
    places = ["－" if pd.isna(place) else str(int(place)) for place in frame["place"]]
    return [f"{place}　{county}" for place, county in zip(places, frame["county"], strict=True)]


def _bars(frame: pd.DataFrame, segment: Segment, nth: int, panel: int) -> go.Bar:
    return go.Bar(
        orientation="h",
        y=labels(frame),
        x=frame[f"weighted_{segment.key}"].to_numpy(dtype=float),
        name=segment.label,
        legendgroup=segment.key,
        showlegend=panel == 0,
        marker={
            "color": theme.CATEGORICAL[nth % len(theme.CATEGORICAL)],
            "line": {"color": theme.PAPER, "width": 0.6},
            "pattern": {
                "shape": ["/" if mark else "" for mark in frame["mark"]],
                "fillmode": "overlay",
                "fgcolor": theme.PAPER,
                "size": 7,
                "solidity": 0.22,
            },
        },
        customdata=frame[f"hover_{segment.key}"].to_numpy(),
        text=frame["county"].to_numpy(),
        textposition="none",
        hovertemplate="<b>%{text}</b><br>%{customdata}<extra></extra>",
        xaxis="x",
        yaxis=_axis(panel),
    )


def _totals(frame: pd.DataFrame, panel: int) -> go.Scatter:
    totals = frame["total"].to_numpy(dtype=float)
    texts = [
        words.UNRANKED if pd.isna(total) else f"<b>{theme.number(total, 2)}</b>{f'　{mark}' if mark else ''}"
        for total, mark in zip(totals, frame["mark"], strict=True)
    ]
    return go.Scatter(
        x=[0 if pd.isna(total) else total for total in totals],
        y=labels(frame),
        mode="text",
        text=[f" {text}" for text in texts],
        textposition="middle right",
        textfont={"size": 12, "color": theme.INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
        xaxis="x",
        yaxis=_axis(panel),
    )


def _axis(panel: int) -> str:
    return "y" if panel == 0 else f"y{panel + 1}"


def _axes(members: Sequence[pd.DataFrame], drawn: int) -> dict[str, Any]:
    """Give each group a share of the height by its number of counties, so that all bars are equally thick."""
    axes: dict[str, Any] = {
        "xaxis": {
            "range": [0, _RANGE],
            "tickvals": [0, 20, 40, 60, 80, 100],
            "ticktext": ["0", "20", "40", "60", "80", f"100 {words.POINT}"],
            "tickfont": {"size": 11, "color": theme.MUTED},
            "gridcolor": theme.RULE,
            "zeroline": False,
            "fixedrange": True,
            "anchor": _axis(len(members) - 1),
        }
    }
    top = 1.0
    for panel, one in enumerate(members):
        bottom = max(0.0, top - len(one) * _ROW / drawn)
        axes[f"yaxis{panel + 1 if panel else ''}"] = {
            "domain": [bottom, top],
            "autorange": "reversed",
            "type": "category",
            "categoryorder": "array",
            "categoryarray": labels(one),
            "ticks": "",
            "tickfont": {"size": 13},
            "automargin": False,
            "fixedrange": True,
        }
        top = bottom - _BETWEEN / drawn
    return axes


def _panel_title(text: str, panel: int) -> dict[str, Any]:
    return {
        "text": f"<b>{text}</b>",
        "xref": "paper",
        "yref": f"{_axis(panel)} domain",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "xshift": -_LEFT,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 13, "color": theme.INK},
    }
