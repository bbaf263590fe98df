"""Rows of counties one below the other: their names, and the frame around the selected one."""

from collections.abc import Sequence

from dashboard.charts import theme
from dashboard.charts.theme import Spec
from dashboard.domain import chart_words


def axis(names: Sequence[str], places: Sequence[float], span: Sequence[float]) -> Spec:
    """Return the vertical axis that names the rows at `places`, over a span from bottom to top."""
    return {
        "range": list(span),
        "tickvals": list(places),
        # The library leaves no room between a name and its bar, and drops plain blanks.
        "ticktext": [f"{name}\N{NO-BREAK SPACE}" for name in names],
        "ticks": "",
        "tickfont": {"size": theme.BODY_SIZE, "color": theme.INK},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
    }


def name(text: str, is_selected: bool) -> str:
    return f"<b>{chart_words.SELECTED_BAR} {text}</b>" if is_selected else text


def frame(place: float, axis_name: str = "y", across: tuple[float, float] = (-2, 2)) -> Spec:
    """Frame a row, from edge to edge of the picture unless told how far across the drawing."""
    return {
        "type": "rect",
        "xref": "paper",
        "x0": across[0],
        "x1": across[1],
        "yref": axis_name,
        "y0": place - 0.5,
        "y1": place + 0.5,
        "fillcolor": theme.HIGHLIGHT_PAPER,
        "line": {"color": theme.HIGHLIGHT, "width": 1.5},
        "layer": "below",
    }
