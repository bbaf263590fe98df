"""Panels one above the other that share the horizontal axis: one a group of counties, as high as it has rows."""

from collections.abc import Sequence

from dashboard.charts import picture, theme
from dashboard.charts.theme import Spec

TITLE = 24
"""Pixels above a panel for its title."""


def axis(panel: int) -> str:
    """Return what a trace calls the vertical axis of a panel, the first being 0."""
    return "y" if panel == 0 else f"y{panel + 1}"


def domains(rows: Sequence[int], row: int, between: int) -> list[list[float]]:
    """Give each panel a share of the height by its number of rows, `row` pixels each, so that all are equally high."""
    drawn = height(rows, row, between)
    found, top = [], 1.0
    for number in rows:
        bottom = max(0.0, top - number * row / drawn)
        found.append([round(bottom, 4), round(top, 4)])
        top = bottom - between / drawn
    return found


def height(rows: Sequence[int], row: int, between: int) -> int:
    return sum(rows) * row + (len(rows) - 1) * between


def title(text: str, panel: int, left: int) -> Spec:
    """Write a panel's title above it, at the edge of the picture: `left` is its left margin in pixels."""
    return {
        "text": f"<b>{text}</b>",
        "xref": "paper",
        "yref": f"{axis(panel)} domain",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "xshift": picture.SIDE - left,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 13, "color": theme.INK},
    }


def legend(lines: Sequence[str], left: int, above: int = TITLE) -> Spec:
    """Write a legend above the first panel in lines of our own: the library's breaks as a phone makes it."""
    return {
        "text": "<br>".join(lines),
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "xshift": picture.SIDE - left,
        "yanchor": "bottom",
        "yshift": above,
        "align": "left",
        "showarrow": False,
        "font": {"size": 12, "color": theme.INK},
    }
