"""Taiwan's 22 counties, coloured by a figure; outlying islands stand enlarged in frames."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts import picture, theme
from dashboard.charts.colouring import Colouring
from dashboard.charts.outlines import GEOJSON, NAMED, insets, middles
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.places import LEGEND, LEGEND_HEIGHT, RING, Marks, Place, Sorted, sort, told
from dashboard.charts.theme import Spec

_DRAWN = 400
"""Height of the drawing itself: on a phone its width, on a desk little more than that, leaves no empty bands."""
_RING = 17

WIDTH = 880
"""Pixels of the picture as a file; its drawing is as much higher than on the page."""
_DRAWN_IN_FILE = 700


def county_map(
    places: Sequence[Place], colouring: Colouring, marks: Marks, caption: Caption, selected: str | None = None
) -> Drawing:
    """Draw each county in the colour of its figure.

    One without a figure is grey in a trace of its own, with its own entry in the legend; one with a small denominator
    bears a ring. The selected county comes last in a trace of its own, so that no neighbour covers its outline.
    """
    ordered = sort(places, selected)
    traces = [_coloured(ordered.known, colouring, marks)] if ordered.known else []
    traces += [_grey(ordered.missing, marks)] if ordered.missing else []
    traces += [one for place in ordered.selected for one in _outlined(place, colouring, marks)]
    frames = insets()["insets"]
    chosen = [frame for frame in frames if frame["county_code"] == selected]
    boxes = [_boxes(frames, theme.MUTED, 0.8), *([_boxes(chosen, theme.HIGHLIGHT, 3)] if chosen else [])]
    written = [_inset_labels(frames), _names(ordered, colouring), *_rings(ordered.all, marks.small)]
    above, below = picture.SIDE + LEGEND_HEIGHT * ordered.has_legend, colouring.height + picture.SIDE
    margin = {"l": picture.SIDE, "r": picture.SIDE, "t": above, "b": below}
    layout = theme.layout(above + _DRAWN + below, margin, geo=_geo(), legend=LEGEND)
    return picture.drawing([*traces, *boxes, *written], layout, caption, WIDTH, height=above + _DRAWN_IN_FILE + below)


def _coloured(places: Sequence[Place], colouring: Colouring, marks: Marks) -> Spec:
    return {
        **_shapes(places, marks),
        "z": [place.shade for place in places],
        "zmin": colouring.low,
        "zmax": colouring.high,
        "colorscale": colouring.scale,
        "colorbar": colouring.bar,
        "name": marks.name,
        "showlegend": False,
        **_line(colouring.border, 0.7),
    }


def _grey(places: Sequence[Place], marks: Marks) -> Spec:
    return {
        **_shapes(places, marks),
        "z": [0] * len(places),
        "colorscale": [[0, theme.MISSING], [1, theme.MISSING]],
        "showscale": False,
        "name": marks.missing,
        "showlegend": True,
        **_line(theme.PAPER, 0.7),
    }


def _shapes(places: Sequence[Place], marks: Marks) -> Spec:
    return {
        "type": "choropleth",
        "geojson": GEOJSON,
        "locations": [place.county_code for place in places],
        **told(places, marks.hover),
    }


def _outlined(place: Place, colouring: Colouring, marks: Marks) -> list[Spec]:
    """Draw the selected county, and over it a line that a seam of paper keeps apart from all colours."""
    drawn = _grey([place], marks) if place.shade is None else _coloured([place], colouring, marks)
    own = drawn | {"showlegend": False, "showscale": False}
    if any(one["county_code"] == place.county_code for one in insets()["insets"]):
        # Islets would vanish under a thick outline; their frame stands out instead.
        return [own | _line(theme.HIGHLIGHT, 1)]
    # Of a city without room for its name the lines must leave something to see.
    seam, line = (6, 3) if place.county_code in NAMED else (4, 2)
    below = own | _line(theme.PAPER, seam) | {"meta": {}, "hoverinfo": "skip"}
    return [below, own | _line(theme.HIGHLIGHT, line) | {"colorscale": [[0, _CLEAR], [1, _CLEAR]]}]


_CLEAR = "rgba(0,0,0,0)"


def _line(colour: str, width: float) -> Spec:
    return {"marker": {"line": {"color": colour, "width": width}}}


def _boxes(frames: Sequence[Mapping[str, Any]], colour: str, width: float) -> Spec:
    lon: list[float | None] = []
    lat: list[float | None] = []
    for frame in frames:
        west, south, east, north = (frame[side] for side in ("west", "south", "east", "north"))
        lon += [west, east, east, west, west, None]
        lat += [south, south, north, north, south, None]
    return {**_MUTE, "lon": lon, "lat": lat, "mode": "lines", "line": {"color": colour, "width": width}}


_MUTE: Spec = {"type": "scattergeo", "hoverinfo": "skip", "showlegend": False}


def _inset_labels(frames: Sequence[Mapping[str, Any]]) -> Spec:
    return {
        **_MUTE,
        "lon": [frame["label_anchor"]["lon"] for frame in frames],
        "lat": [frame["label_anchor"]["lat"] for frame in frames],
        "text": [frame["label"] for frame in frames],
        "textposition": [frame["label_position"] for frame in frames],
        "textfont": {"size": theme.SMALL_SIZE, "color": theme.MUTED},
        "mode": "text",
    }


def _names(ordered: Sorted, colouring: Colouring) -> Spec:
    """Write the names of the counties with room for them, light on deep colours and dark on light ones."""
    places = [place for place in ordered.all if place.county_code in NAMED]
    anchors = [(*middles()[place.county_code], *NAMED[place.county_code]) for place in places]
    inks = [theme.INK if place.shade is None else colouring.ink(place.shade) for place in places]
    return {
        **_MUTE,
        "lon": [round(lon + right, 2) for lon, _, right, _ in anchors],
        "lat": [round(lat + up, 2) for _, lat, _, up in anchors],
        "text": [place.county for place in places],
        "textfont": {"size": theme.SMALL_SIZE, "color": inks},
        "mode": "text",
    }


def _rings(places: Sequence[Place], name: str) -> list[Spec]:
    anchors = [middles()[place.county_code] for place in places if place.is_small]
    if not anchors:
        return []
    return [
        {
            **_MUTE,
            "lon": [round(lon, 4) for lon, _ in anchors],
            "lat": [round(lat, 4) for _, lat in anchors],
            "mode": "markers",
            "marker": {**RING, "size": _RING},
            "name": name,
            "showlegend": True,
        }
    ]


def _geo() -> Spec:
    view = insets()["view"]
    return {
        "visible": False,
        "bgcolor": theme.PAPER,
        "projection": {"type": view["projection"]},
        "lonaxis": {"range": view["lonaxis_range"]},
        "lataxis": {"range": view["lataxis_range"]},
    }
