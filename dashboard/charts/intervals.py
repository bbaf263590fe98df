"""What is published and how far it may be off: a mark on an interval for each county, one panel a group."""

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.charts import panels, picture, rows, theme
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.theme import Spec

_ROW = 24
_LEGEND_LINE = 18
_TICKS = 26
_BETWEEN = _TICKS + panels.TITLE + 6
_LEFT, _RIGHT = 104, 66
_GAP = "\N{NO-BREAK SPACE}" * 3
"""Between a mark at the right end and the note behind it; the library drops plain blanks."""
WIDTH = 880


class Row(NamedTuple):
    """One county: its mark at `value`, its interval from `low` to `high`, all None where there is none.

    `symbol` is the sign of the mark, `note` stands behind the row, `told` is what hovering says, `spoken` its name.
    """

    county_code: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    symbol: str
    note: str
    spoken: str
    told: str


class Panel(NamedTuple):
    """One group: its rows from the top, the scale below them, and from where on it is shaded (None for nowhere).

    `span` is the scale from left to right, `ticks` are its places and texts.
    """

    title: str
    rows: Sequence[Row]
    span: tuple[float, float]
    ticks: tuple[Sequence[float], Sequence[str]]
    shaded: float | None = None


def intervals(
    shown: Sequence[Panel], legend: Sequence[str], heading: str, caption: Caption, selected: str | None = None
) -> Drawing:
    """Draw the panels one below the other; `heading` stands above the notes behind the rows.

    The row of the selected county is framed. A county without value has a name and a note, but no mark.
    """
    numbers = [len(panel.rows) for panel in shown]
    above = picture.SIDE + _LEGEND_LINE * len(legend) + panels.TITLE
    titles = [panels.title(panel.title, nth, _LEFT) for nth, panel in enumerate(shown)]
    layout = theme.layout(
        above + panels.height(numbers, _ROW, _BETWEEN) + _TICKS,
        {"l": _LEFT, "r": _RIGHT, "t": above, "b": _TICKS},
        annotations=[panels.legend(legend, _LEFT), *titles, *(_heading(heading, nth) for nth in range(len(shown)))],
        shapes=[shape for nth, panel in enumerate(shown) for shape in _shapes(panel, nth, selected)],
        showlegend=False,
        hovermode="closest",
        **_axes(shown, selected),
    )
    traces = [trace for nth, panel in enumerate(shown) for trace in _traces(panel, nth, selected)]
    return picture.drawing(traces, layout, caption, WIDTH)


def _traces(panel: Panel, nth: int, selected: str | None) -> list[Spec]:
    known = [(place, row) for place, row in enumerate(panel.rows) if row.value is not None]
    axes: Spec = {"xaxis": f"x{nth + 1 if nth else ''}", "yaxis": panels.axis(nth), "cliponaxis": False}
    mute: Spec = {"type": "scatter", "hoverinfo": "skip", **axes}
    return [
        {
            **mute,
            "mode": "lines",
            "x": [x for _, row in known for x in (row.low, row.high, None)],
            "y": [y for place, _ in known for y in (place, place, None)],
            "line": {"color": theme.MUTED, "width": 2},
        },
        {
            **mute,
            "mode": "markers",
            "x": [x for _, row in known for x in (row.low, row.high)],
            "y": [place for place, _ in known for _ in "lh"],
            "marker": {"symbol": "line-ns", "size": 10, "line": {"color": theme.MUTED, "width": 2}},
        },
        {
            **_marks(known, selected),
            **axes,
        },
        {
            **mute,
            "mode": "text",
            "x": [panel.span[1]] * len(panel.rows),
            "y": list(range(len(panel.rows))),
            "text": [f"{_GAP}{row.note}" for row in panel.rows],
            "textposition": "middle right",
            "textfont": {"size": 12, "color": theme.INK},
        },
    ]


def _marks(known: Sequence[tuple[int, Row]], selected: str | None) -> Spec:
    inks = [theme.HIGHLIGHT if row.county_code == selected else theme.ACCENT for _, row in known]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.value for _, row in known],
        "y": [place for place, _ in known],
        "ids": [row.county_code for _, row in known],
        "meta": {"pick": True},
        "text": [row.spoken for _, row in known],
        "customdata": [row.told for _, row in known],
        "hovertemplate": "<b>%{text}</b><br>%{customdata}<extra></extra>",
        "marker": {
            "symbol": [row.symbol for _, row in known],
            "size": 10,
            "color": inks,
            "opacity": 1,
            "line": {
                "color": [
                    ink if "open" in row.symbol else theme.PAPER for ink, (_, row) in zip(inks, known, strict=True)
                ],
                "width": 1.5,
            },
        },
    }


def _shapes(panel: Panel, nth: int, selected: str | None) -> list[Spec]:
    framed = [
        rows.frame(place, panels.axis(nth)) for place, row in enumerate(panel.rows) if row.county_code == selected
    ]
    if panel.shaded is None:
        return framed
    axes: Spec = {"xref": f"x{nth + 1 if nth else ''}", "yref": f"{panels.axis(nth)} domain", "layer": "below"}
    across: Spec = {**axes, "x0": panel.shaded, "y0": 0, "y1": 1}
    return [
        {**across, "type": "rect", "x1": panel.span[1], "fillcolor": theme.SHADE, "line": {"width": 0}},
        *framed,
        {**across, "type": "line", "x1": panel.shaded, "line": {"color": theme.INK, "width": 1.5, "dash": "dash"}},
    ]


def _heading(text: str, nth: int) -> Spec:
    """Name what stands behind the rows, above them at the right edge of the picture."""
    return {
        "text": text,
        "xref": "paper",
        "yref": f"{panels.axis(nth)} domain",
        "x": 1,
        "y": 1,
        "xanchor": "right",
        "xshift": _RIGHT - picture.SIDE,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": theme.MUTED},
    }


def _axes(shown: Sequence[Panel], selected: str | None) -> Spec:
    axes: Spec = {}
    domains = panels.domains([len(panel.rows) for panel in shown], _ROW, _BETWEEN)
    for nth, (panel, domain) in enumerate(zip(shown, domains, strict=True)):
        number = nth + 1 if nth else ""
        names = [rows.name(row.label, row.county_code == selected) for row in panel.rows]
        span = (len(panel.rows) - 0.5, -0.5)
        axes[f"yaxis{number}"] = {**rows.axis(names, range(len(names)), span), "domain": domain}
        axes[f"yaxis{number}"]["tickvals"] = list(range(len(names)))
        axes[f"xaxis{number}"] = {
            "range": list(panel.span),
            "tickvals": list(panel.ticks[0]),
            "ticktext": list(panel.ticks[1]),
            "tickangle": 0,
            "tickfont": {"size": 11, "color": theme.MUTED},
            "gridcolor": theme.RULE,
            "zeroline": False,
            "fixedrange": True,
            "anchor": panels.axis(nth),
        }
    return axes
