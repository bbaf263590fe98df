"""The 22 counties as cells of equal size, about where they lie: no county is small for having little land."""

from collections.abc import Sequence

from dashboard.charts import picture, theme
from dashboard.charts.colouring import Colouring
from dashboard.charts.outlines import tiles
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.places import LEGEND, LEGEND_HEIGHT, Marks, Place, sort, told
from dashboard.charts.theme import Spec

_PITCH = 54
"""Pixels from cell to cell: five of them fit the narrowest screen, so that cells never depend on its width."""
_CELL = 48
WIDTH = 640


def tile_grid(
    places: Sequence[Place], colouring: Colouring, marks: Marks, caption: Caption, selected: str | None = None
) -> Drawing:
    """Draw each county as a square in the colour of its figure, with its name and figure written on it.

    One without a figure is grey, with its own entry in the legend; a figure with a small denominator has a star, which
    the legend explains.
    """
    ordered = sort(places, selected)
    known = [*ordered.known, *(place for place in ordered.selected if place.shade is not None)]
    missing = [*ordered.missing, *(place for place in ordered.selected if place.shade is None)]
    traces = [_frame(ordered.selected)] if ordered.selected else []
    traces += [_cells(missing, marks) | {"name": marks.missing, "showlegend": True}] if missing else []
    traces += [_coloured(known, colouring, marks)] if known else []
    written = [_words(places, colouring), *_star(places, marks.small)]
    above, below = picture.SIDE + LEGEND_HEIGHT * ordered.has_legend, colouring.height + picture.SIDE
    rows, columns = (max(place) for place in zip(*tiles().values(), strict=True))
    margin = {"l": picture.SIDE, "r": picture.SIDE, "t": above, "b": below}
    layout = theme.layout(above + rows * _PITCH + below, margin, legend=LEGEND, **_axes(rows, columns))
    return picture.drawing([*traces, *written], layout, caption, WIDTH)


def _axes(rows: int, columns: int) -> Spec:
    hidden: Spec = {"visible": False, "fixedrange": True}
    return {
        "yaxis": {**hidden, "range": [rows + 0.5, 0.5]},
        # Tied to the rows, whose number of pixels is fixed: a wider screen adds sea on both sides.
        "xaxis": {**hidden, "range": [0.5, columns + 0.5], "scaleanchor": "y", "constrain": "range"},
    }


def _cells(places: Sequence[Place], marks: Marks) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        **_anchors(places),
        "ids": [place.county_code for place in places],
        **told(places, marks.hover),
        "marker": _SQUARE | {"color": theme.MISSING},
        "name": marks.name,
        "showlegend": False,
        "cliponaxis": False,
    }


_SQUARE: Spec = {"symbol": "square", "size": _CELL, "opacity": 1, "line": {"width": 0}}


def _coloured(places: Sequence[Place], colouring: Colouring, marks: Marks) -> Spec:
    colours = {
        "color": [place.shade for place in places],
        "cmin": colouring.low,
        "cmax": colouring.high,
        "colorscale": colouring.scale,
        "showscale": True,
        "colorbar": colouring.bar,
    }
    return _cells(places, marks) | {"marker": _SQUARE | colours}


def _frame(places: Sequence[Place]) -> Spec:
    """Draw a frame around the selected cell, which a seam of paper keeps apart from all colours."""
    line = {"color": theme.HIGHLIGHT, "width": 4}
    marker = {"symbol": "square", "size": _PITCH + 2, "color": theme.PAPER, "line": line}
    return {**_MUTE, **_anchors(places), "mode": "markers", "marker": marker}


def _words(places: Sequence[Place], colouring: Colouring) -> Spec:
    inks = [theme.INK if place.shade is None else colouring.ink(place.shade) for place in places]
    return {
        **_MUTE,
        **_anchors(places),
        "mode": "text",
        "text": [f"{place.county}<br>{place.printed}" for place in places],
        "textfont": {"size": 12, "color": inks},
    }


_MUTE: Spec = {"type": "scatter", "hoverinfo": "skip", "showlegend": False, "cliponaxis": False}


def _star(places: Sequence[Place], name: str) -> list[Spec]:
    """Explain the star before figures with a small denominator; the entry has no point of its own."""
    if not any(place.is_small for place in places):
        return []
    marker = {"symbol": "asterisk-open", "size": 9, "color": theme.INK, "line": {"width": 1.5}}
    return [{**_MUTE, "x": [None], "y": [None], "mode": "markers", "marker": marker, "name": name, "showlegend": True}]


def _anchors(places: Sequence[Place]) -> Spec:
    cells = [tiles()[place.county_code] for place in places]
    return {"x": [column for _, column in cells], "y": [row for row, _ in cells]}
