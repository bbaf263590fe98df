"""Taiwan's 22 counties, coloured by a rate; outlying islands stand enlarged in frames."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import picture, theme
from dashboard.charts.outlines import GEOJSON, NAMED, insets, middles
from dashboard.charts.picture import Caption
from dashboard.domain import words
from dashboard.domain.measures import Measure

_DRAWN = 400
"""Height of the drawing itself: on a phone its width, on a desk little more than that, leaves no empty bands."""
_LEGEND = 24
_COLOURBAR = 34
_RING = 17

DOWNLOAD_WIDTH = 640
_DOWNLOAD_DRAWN = 620


def county_map(
    frame: pd.DataFrame, measure: Measure, caption: Caption, selected: str | None = None, small: str = ""
) -> go.Figure:
    """Draw one row per county: county_code, county, value (in the measure's unit, NaN missing), hover (HTML text).

    A county without value is grey in a trace of its own, with its own entry in the legend; one whose is_small holds
    bears a ring, which the legend calls `small`. The selected county is drawn last so that no neighbour covers its
    outline.
    """
    ordered = frame.sort_values("county_code", key=lambda codes: codes == selected, kind="stable")
    known, missing = ordered[ordered["value"].notna()], ordered[ordered["value"].isna()]
    traces = [_coloured(known, measure, selected)]
    if len(missing):
        traces.append(_grey(missing, selected))
    if selected in set(known["county_code"]):
        traces.reverse()
    frames = insets()["insets"]
    chosen = [frame for frame in frames if frame["county_code"] == selected]
    boxes = [_boxes(frames, theme.MUTED, 0.8), *([_boxes(chosen, theme.HIGHLIGHT, 3)] if chosen else [])]
    has_legend = len(missing) > 0 or bool(known["is_small"].any())
    above, below = caption.title_height + _LEGEND * has_legend, _COLOURBAR + caption.small_height
    margin = {"l": picture.SIDE, "r": picture.SIDE, "t": above, "b": below}
    words_on_it = [_inset_labels(frames), _names(known, missing, measure), *_rings(known, small)]
    drawn = theme.figure([*traces, *boxes, *words_on_it], caption.title, above + _DRAWN + below, margin)
    drawn.update_layout(geo=_geo(), legend=_LEGEND_PLACE, clickmode="event+select")
    return picture.finish(drawn, caption, _COLOURBAR, (DOWNLOAD_WIDTH, above + _DOWNLOAD_DRAWN + below))


_LEGEND_PLACE = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": 1,
    "yanchor": "bottom",
    "font": {"size": 12},
    "itemclick": False,
    "itemdoubleclick": False,
}


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
            "len": 0.9,
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


def _names(known: pd.DataFrame, missing: pd.DataFrame, measure: Measure) -> go.Scattergeo:
    """Write the names of the counties with room for them, light on dark and dark on light."""
    values = known["value"].astype(float)
    share = (values - values.min()) / ((values.max() - values.min()) or 1)
    dark = share if measure.higher_is_better else 1 - share
    letters = [theme.PAPER if one > _DARK else theme.INK for one in dark]
    inks = dict(zip(known["county_code"], letters, strict=True))
    rows = pd.concat([known, missing])
    rows = rows[rows["county_code"].isin(list(NAMED))]
    places = [(*middles()[code], *NAMED[code]) for code in rows["county_code"]]
    return go.Scattergeo(
        lon=[round(lon + right, 2) for lon, _, right, _ in places],
        lat=[round(lat + up, 2) for _, lat, _, up in places],
        text=rows["county"].to_list(),
        textfont={"size": theme.SMALL_SIZE, "color": [inks.get(code, theme.INK) for code in rows["county_code"]]},
        mode="text",
        hoverinfo="skip",
        showlegend=False,
    )


_DARK = 0.68
"""From this share of the colours on, white letters are read more easily than dark ones."""


def _rings(known: pd.DataFrame, small: str) -> list[go.Scattergeo]:
    """Ring the counties whose rate rests on few cases; a shape, because the colour says the rate."""
    places = [middles()[code] for code in known.loc[known["is_small"], "county_code"]]
    if not places:
        return []
    return [
        go.Scattergeo(
            lon=[lon for lon, _ in places],
            lat=[lat for _, lat in places],
            mode="markers",
            marker={"symbol": "circle-open", "size": _RING, "color": theme.INK, "line": {"width": 2}},
            name=small,
            hoverinfo="skip",
            showlegend=True,
        )
    ]


def _geo() -> dict[str, Any]:
    view = insets()["view"]
    return {
        "visible": False,
        "bgcolor": theme.PAPER,
        "projection": {"type": view["projection"]},
        "lonaxis": {"range": view["lonaxis_range"]},
        "lataxis": {"range": view["lataxis_range"]},
    }
