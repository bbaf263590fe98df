"""The kinds of one whole side by side: the nation's bar and, below it, that of one county."""

import dataclasses
from collections.abc import Sequence

from dashboard.charts import panels, theme
from dashboard.charts.parts import Part
from dashboard.charts.picture import Caption, Drawing, drawing
from dashboard.charts.theme import Spec

DOWNLOAD_WIDTH = 880
_BAR = 22
_LEGEND = 26
_LEFT = 106
_RIGHT = 58
_BOTTOM = 10
_ROOM = 1.06


@dataclasses.dataclass(frozen=True)
class Side:
    """One of the two wholes: whose it is, and per kind its length (None: a gap), figure, and words of its hover."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    hovers: tuple[str, ...]


def reason_bars(
    sides: Sequence[Side], parts: Sequence[Part], names: Sequence[str], caption: Caption, remark: str = ""
) -> Drawing:
    """Draw a row for each kind in the order of `parts`; `names` stand before the rows, with breaks where long.

    The second side is hollow, so that it is not told by its place alone. `remark` ends the legend.
    """
    thick = _BAR * len(sides)
    drawn = (thick + 12) * len(parts)
    values = [value for side in sides for value in side.values if value is not None]
    layout = theme.layout(
        _LEGEND + drawn + _BOTTOM,
        {"l": _LEFT, "r": _RIGHT, "t": _LEGEND, "b": _BOTTOM},
        barmode="group",
        bargap=12 / (thick + 12),
        hovermode="closest",
        showlegend=False,
        annotations=[_legend(sides, remark)],
        xaxis={"range": [0, _ROOM * max([*values, 0.1])], "showgrid": False, "showticklabels": False, **_STILL},
        yaxis={
            "range": [len(parts) - 0.5, -0.5],
            "tickvals": list(range(len(parts))),
            "ticktext": [f"{name}\N{NO-BREAK SPACE}" for name in names],
            "tickfont": {"size": 12, "color": theme.INK},
            "showgrid": False,
            **_STILL,
        },
    )
    return drawing([_bars(side, parts, nth) for nth, side in enumerate(sides)], layout, caption, DOWNLOAD_WIDTH)


_STILL: Spec = {"fixedrange": True, "zeroline": False, "ticks": "", "automargin": False}


def _bars(side: Side, parts: Sequence[Part], nth: int) -> Spec:
    colours = [part.colour for part in parts]
    return {
        "type": "bar",
        "orientation": "h",
        "name": side.name,
        "x": list(side.values),
        "y": list(range(len(parts))),
        "text": list(side.texts),
        "textposition": "outside",
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"size": 12, "color": theme.INK},
        "hovertext": list(side.hovers),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": theme.PAPER if nth else colours, "line": {"color": colours, "width": 2}},
    }


def _legend(sides: Sequence[Side], remark: str) -> Spec:
    glyphs = ("■", "□")
    entries = [f"{glyph} {side.name}" for glyph, side in zip(glyphs, sides, strict=False)]
    return panels.legend(["　".join([*entries, remark])], _LEFT, 0)
