"""Weighted points of each county, stacked by indicator: one panel a group, sorted by place."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import picture, theme
from dashboard.charts.picture import Caption
from dashboard.domain import chart_words, words

_ROW = 27
_LEGEND = 56
_PANEL_TITLE = 24
_AXIS = 34
_BETWEEN = 34
_LEFT = 104
_RIGHT = 52
"""Room for the total behind a bar of 100 points; words behind shorter bars use what these leave."""

DOWNLOAD_WIDTH = 880


@dataclasses.dataclass(frozen=True)
class Segment:
    """One indicator's part of a bar; the frame's columns are `weighted_<key>` and `hover_<key>`."""

    key: str
    label: str


def group_ranking(frame: pd.DataFrame, segments: Sequence[Segment], caption: Caption) -> go.Figure:
    """Draw one row per county: county, group, place (NA unranked), total (0–100, NaN), mark (text, "" for none).

    For each segment weighted_<key> (points of the total, NaN missing) and hover_<key>; is_selected says whose row is
    framed. Rows are drawn in the order they come in, group by group. A marked county has a pattern and its mark in
    words; one without place has no bar.
    """
    groups = list(dict.fromkeys(frame["group"]))
    members = [frame[frame["group"] == group] for group in groups]
    bars = sum(len(one) for one in members) * _ROW + (len(groups) - 1) * _BETWEEN
    margin = {
        "l": _LEFT,
        "r": _RIGHT,
        "t": caption.title_height + _LEGEND + _PANEL_TITLE,
        "b": _AXIS + caption.small_height,
    }
    height = margin["t"] + bars + margin["b"]
    traces: list[Any] = []
    for panel, one in enumerate(members):
        traces += [_bars(one, segment, nth, panel) for nth, segment in enumerate(segments)]
        traces.append(_totals(one, panel))
    drawn = theme.figure(traces, caption.title, height, margin)
    drawn.update_layout(barmode="stack", bargap=0.28, **_axes(members, bars))
    picture.finish(drawn, caption, _AXIS, (DOWNLOAD_WIDTH, height))
    drawn.add_annotation(_legend(segments))
    for panel, group in enumerate(groups):
        drawn.add_annotation(_panel_title(f"{group}（{len(members[panel])}）", panel))
        drawn.add_shape(_row_frames(members[panel], panel))
    return drawn


def _legend(segments: Sequence[Segment]) -> dict[str, Any]:
    """Write the legend two to a line: the library's own breaks into as many lines as a phone makes of it."""
    entries = [f'<span style="color:{_colour(nth)}">■</span> {segment.label}　' for nth, segment in enumerate(segments)]
    lines = ["".join(entries[first : first + 2]) for first in range(0, len(entries), 2)]
    return {
        "text": "<br>".join([*lines, chart_words.PATTERN_ENTRY]),
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "xshift": picture.SIDE - _LEFT,
        "yanchor": "bottom",
        "yshift": _PANEL_TITLE,
        "align": "left",
        "showarrow": False,
        "font": {"size": 12, "color": theme.INK},
    }


def _colour(nth: int) -> str:
    return theme.CATEGORICAL[nth % len(theme.CATEGORICAL)]


def labels(frame: pd.DataFrame) -> list[str]:
    """Name a bar by place and county; a county without place has a dash for it, the selected one an arrow."""
    places = ["－" if pd.isna(place) else str(int(place)) for place in frame["place"]]
    plain = [f"{place}　{county}" for place, county in zip(places, frame["county"], strict=True)]
    return [
        f"<b>{chart_words.SELECTED_BAR} {label}</b>" if is_selected else label
        for label, is_selected in zip(plain, frame["is_selected"], strict=True)
    ]


def _bars(frame: pd.DataFrame, segment: Segment, nth: int, panel: int) -> go.Bar:
    return go.Bar(
        orientation="h",
        y=labels(frame),
        x=frame[f"weighted_{segment.key}"].to_numpy(dtype=float),
        name=segment.label,
        showlegend=False,
        marker={
            "color": _colour(nth),
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
            "range": [0, 100],
            "tickvals": [0, 20, 40, 60, 80, 100],
            "ticktext": ["0", "20", "40", "60", "80", f"100{words.POINT}"],
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
        "xshift": picture.SIDE - _LEFT,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 13, "color": theme.INK},
    }


def _row_frames(frame: pd.DataFrame, panel: int) -> dict[str, Any]:
    """Frame the row of the selected county over bar and words; nothing to see where it is in no row."""
    rows = [row for row, is_selected in enumerate(frame["is_selected"]) if is_selected]
    row = rows[0] if rows else 0
    return {
        "type": "rect",
        "visible": bool(rows),
        "xref": "paper",
        "x0": 0,
        "x1": 1.35,  # on a phone around the words behind the bar, on a desk to the edge
        "yref": _axis(panel),
        "y0": row - 0.5,
        "y1": row + 0.5,
        "fillcolor": theme.HIGHLIGHT_PAPER,
        "line": {"color": theme.HIGHLIGHT, "width": 1.5},
        "layer": "below",
    }
