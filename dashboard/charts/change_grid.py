"""What changed where: a grid of counties by kinds, each cell a signed figure on a colour for direction and size."""

import dataclasses
from collections.abc import Sequence

from dashboard.charts import panels, theme
from dashboard.charts.colouring import DEEP, FIVE_DIVERGING
from dashboard.charts.picture import Caption, Drawing, drawing
from dashboard.charts.rows import axis, frame, name
from dashboard.charts.theme import Spec

DOWNLOAD_WIDTH = 900
_ROW = 24
_BETWEEN = 10
_LEFT = 84
_RIGHT = 6
_BOTTOM = 6
_HEADS = 48
_LEGEND = 40
_CELL = 0.94
"""Of the width of a column; the rest stands between the cells."""


@dataclasses.dataclass(frozen=True)
class Cell:
    """A signed figure, its step from -2 (much less) over 0 (about the same) to 2, None where there is no figure.

    `is_most` marks the figure that changed most in its row.
    """

    text: str
    step: int | None
    words: str
    figures: tuple[str, str]
    is_most: bool = False


@dataclasses.dataclass(frozen=True)
class Row:
    """One county, or the nation (no code): a cell per kind, none where `instead` says why."""

    county_code: str
    name: str
    cells: tuple[Cell, ...]
    words: str
    instead: str = ""
    is_selected: bool = False


@dataclasses.dataclass(frozen=True)
class Steps:
    """What the colours mean, in words: less, more (two shades each), and the frame of what changed most."""

    less: str
    more: str
    most: str


def change_grid(
    rows: Sequence[Row], heads: Sequence[str], hovers: Sequence[str], steps: Steps, caption: Caption
) -> Drawing:
    """Draw the nation's row first, the counties below it; `heads` stand above the columns, with breaks where long.

    `hovers` end what a cell of each column says when pointed at.
    """
    places = [0.0, *(row + 1 + _BETWEEN / _ROW for row in range(len(rows) - 1))]
    high = len(rows) + _BETWEEN / _ROW
    traces = [
        _column(some, at, nth, hover)
        for some, at in ((rows[:1], places[:1]), (rows[1:], places[1:]))
        for nth, hover in enumerate(hovers)
    ]
    layout = theme.layout(
        _LEGEND + _HEADS + round(_ROW * high) + _BOTTOM,
        {"l": _LEFT, "r": _RIGHT, "t": _LEGEND + _HEADS, "b": _BOTTOM},
        barmode="overlay",
        bargap=0.1,
        hovermode="closest",
        showlegend=False,
        annotations=[_legend(steps), *_heads(heads)],
        shapes=[frame(place) for row, place in zip(rows, places, strict=True) if row.is_selected],
        xaxis={"range": [0, len(heads)], "visible": False, "fixedrange": True},
        yaxis=axis([name(row.name, row.is_selected) for row in rows], places, (high - 0.5, -0.5)),
    )
    whole = [_whole_rows(rows[:1], places[:1], len(heads)), _whole_rows(rows[1:], places[1:], len(heads))]
    return drawing([*traces, *whole], layout, caption, DOWNLOAD_WIDTH)


def _column(rows: Sequence[Row], places: Sequence[float], nth: int, hover: str) -> Spec:
    known = [(row, place, row.cells[nth]) for row, place in zip(rows, places, strict=True) if row.cells]
    colours = [theme.MISSING if cell.step is None else FIVE_DIVERGING[cell.step + 2] for _, _, cell in known]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [_CELL] * len(known),
        "base": nth + (1 - _CELL) / 2,
        "y": [place for _, place, _ in known],
        "width": 0.86,
        "text": [f"<b>{cell.text}</b>" if cell.is_most else cell.text for _, _, cell in known],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "constraintext": "none",
        "textangle": 0,
        "insidetextfont": {
            "size": 10.5,
            "color": [theme.PAPER if colour in DEEP else theme.INK for colour in colours],
        },
        "hovertext": [cell.words for _, _, cell in known],
        "customdata": [list(cell.figures) for _, _, cell in known],
        "hovertemplate": f"<b>%{{hovertext}}</b><br>{hover}<extra></extra>",
        "marker": {
            "color": colours,
            "line": {
                "color": [theme.INK if cell.is_most else theme.PAPER for _, _, cell in known],
                "width": [1.6 if cell.is_most else 0 for _, _, cell in known],
            },
        },
        **_choosable([row for row, _, _ in known]),
    }


def _choosable(rows: Sequence[Row]) -> Spec:
    """Let counties be chosen; the nation can only be pointed at."""
    codes = [row.county_code for row in rows]
    return {"ids": codes, "meta": {"pick": True}} if all(codes) else {}


def _whole_rows(rows: Sequence[Row], places: Sequence[float], columns: int) -> Spec:
    """Lay a bar over every row: seen only where it has no cells, reached by the keyboard."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": [columns] * len(rows),
        "base": 0,
        "y": list(places),
        "width": 0.86,
        "text": [row.instead for row in rows],
        "textposition": "inside",
        "insidetextanchor": "start",
        "insidetextfont": {"size": 11, "color": theme.INK},
        "hovertext": [row.words for row in rows],
        "hoverinfo": ["text" if row.instead else "skip" for row in rows],
        "marker": {"color": theme.MISSING, "opacity": [1 if row.instead else 0 for row in rows]},
        **_choosable(rows),
    }


def _heads(heads: Sequence[str]) -> list[Spec]:
    common = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 2, "showarrow": False}
    return [
        {**common, "text": head, "x": nth + 0.5, "xanchor": "center", "font": {"size": 10, "color": theme.INK}}
        for nth, head in enumerate(heads)
    ]


def _legend(steps: Steps) -> Spec:
    """Explain colours and frame on two lines, short enough for a phone."""
    far_less, less, _, more, far_more = (f'<span style="color:{shade}">■</span>' for shade in FIVE_DIVERGING)
    lines = (f"{less}{far_less} {steps.less}", f"{more}{far_more} {steps.more}　□ {steps.most}")
    return panels.legend(lines, _LEFT, _HEADS + 2)
