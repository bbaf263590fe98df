"""Which scenario asks whom for a report: a row a county, a column a scenario, a sign each, a count at the end."""

import dataclasses
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.charts import panels, picture, theme
from dashboard.charts.bump import Mark
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.rows import axis, frame, name
from dashboard.charts.theme import Spec

_ROW = 23
_LEFT = 84
_RIGHT = 8
_BOTTOM = 8
_HEAD_LINE = 14
_HEAD_SIZE = 11
_LEGEND_LINE = 18
_LETTERS = 4
"""Letters of a head side by side on a wide screen; on a narrow one they stand one below the other."""
WIDTH = 880

SIGNS = {"square": "■", "square-open": "□", "diamond": "◆", "x-thin-open": "×", "circle-open": "○", "circle": "•"}


class Cell(NamedTuple):
    """What a scenario makes of a county: its sign, and words for who points at it."""

    mark: Mark
    spoken: str


@dataclasses.dataclass(frozen=True)
class Row:
    """One county: a cell for each scenario, in how many it is counted, and all of it in words."""

    county_code: str
    county: str
    cells: tuple[Cell, ...]
    count: int
    spoken: str


def scenario_grid(
    rows: Sequence[Row],
    heads: Sequence[str],
    legend: Sequence[Sequence[Mark]],
    caption: Caption,
    selected: str | None = None,
) -> Drawing:
    """Draw the rows from top to bottom; `heads` name the columns and the count, `legend` explains signs by lines."""
    places = list(range(len(rows)))
    columns = [_column(rows, nth) for nth in range(len(heads) - 1)]
    entries = ["　".join(f"{SIGNS[mark.symbol]} {mark.entry}" for mark in line) for line in legend]
    wide, narrow = (_around(entries, [_broken(head, most) for head in heads]) for most in (_LETTERS, 1))
    layout = theme.layout(
        wide["margin"]["t"] + _ROW * len(rows) + _BOTTOM,
        wide["margin"],
        annotations=wide["annotations"],
        showlegend=False,
        hovermode="closest",
        shapes=[frame(place) for row, place in zip(rows, places, strict=True) if row.county_code == selected],
        xaxis={"range": [-0.6, len(heads) - 0.4], "visible": False, "fixedrange": True},
        yaxis=axis([name(row.county, row.county_code == selected) for row in rows], places, (len(rows) - 0.5, -0.5))
        | {"showgrid": True, "gridcolor": theme.RULE},
    )
    drawn = picture.drawing([*columns, _counts(rows, len(heads) - 1)], layout, caption, WIDTH)
    height = narrow["margin"]["t"] + _ROW * len(rows) + _BOTTOM
    margin = layout["margin"] | narrow["margin"]
    small = {"height": height, "margin": margin, "annotations": narrow["annotations"]}
    return dataclasses.replace(drawn, narrow=small)


def _broken(head: str, most: int) -> list[str]:
    """Break a head into lines about equally long: before what stands in brackets, and where a part is too long."""
    lines = []
    for part in head.replace("）", "").split("（"):
        number = -(-len(part) // most)
        length = -(-len(part) // number)
        lines += [part[first : first + length] for first in range(0, len(part), length)]
    return lines


def _around(entries: Sequence[str], heads: Sequence[list[str]]) -> Spec:
    """Return heads and legend above the rows, and the room they take."""
    above = _HEAD_LINE * max(map(len, heads)) + 6
    common = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 2, "showarrow": False}
    written = [
        {**common, "text": "<br>".join(head), "x": nth, "font": {"size": _HEAD_SIZE, "color": theme.INK}}
        for nth, head in enumerate(heads)
    ]
    top = picture.SIDE + _LEGEND_LINE * len(entries) + above
    margin = {"l": _LEFT, "r": _RIGHT, "t": top, "b": _BOTTOM}
    return {"margin": margin, "annotations": [panels.legend(entries, _LEFT, above), *written]}


def _column(rows: Sequence[Row], nth: int) -> Spec:
    """Draw one scenario's signs: of points with equal ids in a trace the library draws only one."""
    cells = [row.cells[nth] for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [nth] * len(rows),
        "y": list(range(len(rows))),
        "ids": [row.county_code for row in rows],
        "meta": {"pick": True},
        "text": [cell.spoken for cell in cells],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "symbol": [cell.mark.symbol for cell in cells],
            "size": [cell.mark.size for cell in cells],
            "color": [theme.MUTED if cell.mark.symbol == "circle" else theme.INK for cell in cells],
            "line": {"width": 1.6, "color": theme.INK},
            "opacity": 1,
        },
    }


def _counts(rows: Sequence[Row], nth: int) -> Spec:
    """Write at the end of each row in how many scenarios it is counted."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [nth] * len(rows),
        "y": list(range(len(rows))),
        "ids": [row.county_code for row in rows],
        "meta": {"pick": True},
        "text": [f"<b>{row.count}</b>" if row.count else "0" for row in rows],
        "hovertext": [row.spoken for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "textposition": "middle center",
        "textfont": {"size": 12, "color": theme.INK},
        "cliponaxis": False,
        "marker": {"symbol": "square", "size": 18, "color": theme.SHADE, "line": {"width": 0}, "opacity": 1},
    }
