"""How a total comes about, step by step: each bar begins where the one above ended, the last one is the sum."""

import dataclasses
from collections.abc import Sequence

from dashboard.charts import panels, picture, rows, theme
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.theme import Spec

_ROW = 44
_AXIS = 34
_LEFT = 108
_RIGHT = 92
_LEGEND_LINE = 18
WIDTH = 760


@dataclasses.dataclass(frozen=True)
class Step:
    """One bar: what it adds, and what it falls short of the most it could add (0 where there is no such most).

    `name` stands before it, `text` behind it; `told` and `short_told` are for who hovers. A sum begins at zero.
    """

    name: str
    adds: float
    short: float
    text: str
    told: str
    short_told: str = ""
    is_sum: bool = False


@dataclasses.dataclass(frozen=True)
class Line:
    """A value to compare the sum with, and its entry in the legend."""

    at: float
    entry: str
    is_dashed: bool


def waterfall(steps: Sequence[Step], lines: Sequence[Line], unit: str, caption: Caption) -> Drawing:
    """Draw the steps from top to bottom, the lines across all of them."""
    begins = _begins(steps)
    legend = [
        f'<span style="color:{_ink(line)}">{"┅" if line.is_dashed else "┃"}</span> {line.entry}' for line in lines
    ]
    above = picture.SIDE + _LEGEND_LINE * len(legend) + 4
    margin = {"l": _LEFT, "r": _RIGHT, "t": above, "b": _AXIS}
    ends = [begin + step.adds + step.short for begin, step in zip(begins, steps, strict=True)]
    span = [min(0.0, *begins, *ends), max(100.0, *ends)]
    layout = theme.layout(
        above + _ROW * len(steps) + _AXIS,
        margin,
        barmode="overlay",
        bargap=0.34,
        showlegend=False,
        annotations=[panels.legend(legend, _LEFT, 4)],
        shapes=[*_links(begins, steps), *map(_across, lines)],
        xaxis=_axis(span, unit),
        yaxis=rows.axis([step.name for step in steps], list(range(len(steps))), [len(steps) - 0.5, -0.5]),
    )
    return picture.drawing(
        [_bars(steps, begins), _short(steps, begins), _texts(steps, span[1])], layout, caption, WIDTH
    )


def _begins(steps: Sequence[Step]) -> list[float]:
    found, reached = [], 0.0
    for step in steps:
        found.append(0.0 if step.is_sum else round(reached, 4))
        reached += step.adds
    return found


def _bars(steps: Sequence[Step], begins: Sequence[float]) -> Spec:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(steps))),
        "base": list(begins),
        "x": [round(step.adds, 4) for step in steps],
        "hovertext": [step.told for step in steps],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": [theme.HIGHLIGHT if step.is_sum else _colour(nth) for nth, step in enumerate(steps)],
            "line": {"color": theme.PAPER, "width": 0.6},
        },
    }


def _short(steps: Sequence[Step], begins: Sequence[float]) -> Spec:
    """Draw what a step falls short of behind it, empty but for its outline."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(steps))),
        "base": [round(begin + step.adds, 4) for begin, step in zip(begins, steps, strict=True)],
        "x": [round(step.short, 4) for step in steps],
        "hovertext": [step.short_told for step in steps],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": theme.SHADE, "line": {"color": theme.MISSING, "width": 1}},
    }


def _texts(steps: Sequence[Step], at: float) -> Spec:
    """Write the figures in a column of their own, where no line crosses them."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [at] * len(steps),
        "y": list(range(len(steps))),
        "text": [f" <b>{step.text}</b>" if step.is_sum else f" {step.text}" for step in steps],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": theme.INK},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _links(begins: Sequence[float], steps: Sequence[Step]) -> list[Spec]:
    """Join the end of each bar to the beginning of the one below."""
    line = {"color": theme.MUTED, "width": 1, "dash": "dot"}
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "y",
            "x0": round(begins[nth] + step.adds, 4),
            "x1": round(begins[nth] + step.adds, 4),
            "y0": nth,
            "y1": nth + 1,
            "line": line,
            "layer": "below",
        }
        for nth, step in enumerate(steps[:-1])
    ]


def _across(line: Line) -> Spec:
    drawn = {
        "color": _ink(line),
        "width": 1.5 if line.is_dashed else 2.5,
        "dash": "dash" if line.is_dashed else "solid",
    }
    return {"type": "line", "xref": "x", "yref": "paper", "x0": line.at, "x1": line.at, "y0": 0, "y1": 1, "line": drawn}


def _ink(line: Line) -> str:
    return theme.MUTED if line.is_dashed else theme.INK


def _colour(nth: int) -> str:
    return theme.CATEGORICAL[nth % len(theme.CATEGORICAL)]


def _axis(span: Sequence[float], unit: str) -> Spec:
    ticks = [tick for tick in (0, 50, 100) if span[0] <= tick <= span[1]]
    return {
        "range": list(span),
        "tickvals": ticks,
        "ticktext": [f"{tick}{unit if tick == 100 else ''}" for tick in ticks],
        "tickangle": 0,
        "tickfont": {"size": 11, "color": theme.MUTED},
        "gridcolor": theme.RULE,
        "zeroline": False,
        "fixedrange": True,
    }
