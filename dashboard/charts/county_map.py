"""Taiwan's 22 counties, coloured by a rate; outlying islands stand enlarged in frames."""

import functools
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.domain import words
from dashboard.domain.measures import Measure
from dashboard.domain.settings import HOUSE

GEOJSON = "counties.geojson"
"""What the traces name as their geometry; whoever shows the figure puts an address, or the content, in its place."""

HEIGHT = 690
_BELOW = 128


def county_map(
    frame: pd.DataFrame, measure: Measure, heading: str, footer: str, selected: str | None = None
) -> go.Figure:
    """Draw one row per county: county_code, county, value (in the measure's unit, NaN missing), hover (HTML text).

    A county without value is grey in a trace of its own, with its own entry in the legend; the selected county is
    drawn last so that no neighbour covers its outline.
    """
    ordered = frame.sort_values("county_code", key=lambda codes: codes == selected, kind="stable")
    known, missing = ordered[ordered["value"].notna()], ordered[ordered["value"].isna()]
    traces = [_coloured(known, measure, selected)]
    if len(missing):
        traces.append(_grey(missing, selected))
    if selected in set(known["county_code"]):
        traces.reverse()
    margin = {"l": 0, "r": 0, "t": 54, "b": _BELOW}
    frames = insets()["insets"]
    chosen = [frame for frame in frames if frame["county_code"] == selected]
    boxes = [_boxes(frames, theme.MUTED, 0.8), *([_boxes(chosen, theme.HIGHLIGHT, 3)] if chosen else [])]
    drawn = theme.figure([*traces, *boxes, _inset_labels(frames)], heading, HEIGHT, margin)
    drawn.update_layout(geo=_geo(), legend=_LEGEND, clickmode="event+select")
    drawn.add_annotation(theme.footer(f"{theme.wrapped(footer)}<br>{theme.wrapped(attribution())}", yshift=-50))
    return drawn


_LEGEND = {"x": 1, "xanchor": "right", "y": 0.02, "yanchor": "bottom", "bgcolor": "rgba(255,255,255,0.8)"}


def _coloured(frame: pd.DataFrame, measure: Measure, selected: str | None) -> go.Choropleth:
    return go.Choropleth(
        **_shapes(frame, selected),
        z=frame["value"].to_numpy(dtype=float),
        colorscale=[list(stop) for stop in theme.SEQUENTIAL],
        reversescale=not measure.higher_is_better,
        colorbar={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yanchor": "top",
            "ypad": 4,
            "xpad": 0,
            "len": 0.72,
            "thickness": 10,
            "outlinewidth": 0,
            "ticksuffix": measure.unit,
            "tickfont": {"size": 11},
            "nticks": 6,
        },
        name=measure.label,
        showlegend=False,
    )


def _grey(frame: pd.DataFrame, selected: str | None) -> go.Choropleth:
    return go.Choropleth(
        **_shapes(frame, selected),
        z=[0] * len(frame),
        colorscale=[[0, theme.MISSING], [1, theme.MISSING]],
        showscale=False,
        name=words.NO_VALUE,
        showlegend=True,
    )


def _shapes(frame: pd.DataFrame, selected: str | None) -> dict[str, Any]:
    is_selected = [code == selected for code in frame["county_code"]]
    # Islets would vanish under a thick outline; their frame stands out instead.
    is_framed = any(one["county_code"] == selected for one in insets()["insets"])
    opaque = {"marker": {"opacity": 1}}
    return {
        "geojson": GEOJSON,
        "locations": frame["county_code"].to_numpy(),
        "text": frame["county"].to_numpy(),
        "customdata": frame["hover"].to_numpy(),
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "line": {
                "color": [theme.HIGHLIGHT if one else theme.PAPER for one in is_selected],
                "width": [(1 if is_framed else 3) if one else 0.7 for one in is_selected],
            }
        },
        # A click would otherwise fade all other counties, as if they had lost their values.
        "selected": opaque,
        "unselected": opaque,
    }


def _boxes(frames: Sequence[Mapping[str, Any]], colour: str, width: float) -> go.Scattergeo:
    lon: list[float | None] = []
    lat: list[float | None] = []
    for frame in frames:
        west, south, east, north = (frame[side] for side in ("west", "south", "east", "north"))
        lon += [west, east, east, west, west, None]
        lat += [south, south, north, north, south, None]
    line = {"color": colour, "width": width}
    return go.Scattergeo(lon=lon, lat=lat, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _inset_labels(frames: Sequence[Mapping[str, Any]]) -> go.Scattergeo:
    return go.Scattergeo(
        lon=[frame["label_anchor"]["lon"] for frame in frames],
        lat=[frame["label_anchor"]["lat"] for frame in frames],
        text=[frame["label"] for frame in frames],
        textposition=[frame["label_position"] for frame in frames],
        textfont={"size": theme.SMALL_SIZE, "color": theme.MUTED},
        mode="text",
        hoverinfo="skip",
        showlegend=False,
    )


def _geo() -> dict[str, Any]:
    view = insets()["view"]
    return {
        "visible": False,
        "bgcolor": theme.PAPER,
        "projection": {"type": view["projection"]},
        "lonaxis": {"range": view["lonaxis_range"]},
        "lataxis": {"range": view["lataxis_range"]},
    }


@functools.cache
def insets() -> dict[str, Any]:
    """Return the view and the frames of the outlying islands, as geo/insets.json has them."""
    read: dict[str, Any] = json.loads((HOUSE / "geo/insets.json").read_text(encoding="utf-8"))
    return read


@functools.cache
def attribution() -> str:
    """Return the line that every map and every export of it prints."""
    return (HOUSE / "geo/attribution.txt").read_text(encoding="utf-8").strip()
