"""Weighted points of each county, stacked by indicator: one panel a group, sorted by place."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dashboard.charts import panels, picture, rows, theme
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.theme import Spec
from dashboard.domain import chart_words, ranking_words, words

_ROW = 27
_LEGEND_LINE = 18
_AXIS = 34
_BETWEEN = 34
_LEFT = 104
_RIGHT = 52
"""Room for the total behind a bar of 100 points; words behind shorter bars use what these leave."""

WIDTH = 880


class Segment(NamedTuple):
    """One indicator's part of all bars: its key in `Bar.parts`, its name with its weight."""

    key: str
    label: str


class Part(NamedTuple):
    """One indicator of one county: points of the total (None without), and a sentence on it for who hovers."""

    points: float | None
    told: str


@dataclasses.dataclass(frozen=True)
class Bar:
    """One county: place and total (0–100) are None where it is not ranked, `mark` is a word behind its bar or ""."""

    county_code: str
    county: str
    group: str
    place: int | None
    total: float | None
    mark: str
    parts: Mapping[str, Part]

    @property
    def spoken(self) -> str:
        """Name the county, its place and its total."""
        return ranking_words.bar_spoken(self.county, self.place, "" if self.total is None else f"{self.total:.2f}")


def group_ranking(
    bars: Sequence[Bar], segments: Sequence[Segment], caption: Caption, selected: str | None = None
) -> Drawing:
    """Draw the bars in the order they come in, group by group; the row of the selected county is framed.

    A marked county has a pattern and its mark in words; one without place has no bar.
    """
    groups = list(dict.fromkeys(bar.group for bar in bars))
    members = [[bar for bar in bars if bar.group == group] for group in groups]
    drawn = panels.height([len(one) for one in members], _ROW, _BETWEEN)
    legend = _legend(segments)
    above = picture.SIDE + _LEGEND_LINE * len(legend) + panels.TITLE
    margin = {"l": _LEFT, "r": _RIGHT, "t": above, "b": _AXIS}
    traces: list[Spec] = []
    for panel, one in enumerate(members):
        labels = _labels(one, selected)
        traces += [_stack(one, segment, nth, labels, panel) for nth, segment in enumerate(segments)]
        traces.append(_totals(one, labels, panel))
    titles = [panels.title(f"{group}（{len(members[panel])}）", panel, _LEFT) for panel, group in enumerate(groups)]
    layout = theme.layout(
        above + drawn + _AXIS,
        margin,
        barmode="stack",
        bargap=0.28,
        annotations=[panels.legend(legend, _LEFT), *titles],
        shapes=[frame for panel, one in enumerate(members) for frame in _row_frame(one, selected, panel)],
        **_axes([_labels(one, selected) for one in members]),
    )
    return picture.drawing(traces, layout, caption, WIDTH)


def _legend(segments: Sequence[Segment]) -> list[str]:
    """Write the legend two to a line: the library's own breaks into as many lines as a phone makes of it."""
    entries = [f'<span style="color:{_colour(nth)}">■</span> {segment.label}　' for nth, segment in enumerate(segments)]
    lines = ["".join(entries[first : first + 2]) for first in range(0, len(entries), 2)]
    return [*lines, chart_words.PATTERN_ENTRY]


def _colour(nth: int) -> str:
    return theme.CATEGORICAL[nth % len(theme.CATEGORICAL)]


def _labels(bars: Sequence[Bar], selected: str | None) -> list[str]:
    """Name each bar by place and county; a county without place has a dash for it, the selected one an arrow."""
    plain = [f"{'－' if bar.place is None else bar.place}　{bar.county}" for bar in bars]
    return [rows.name(label, bar.county_code == selected) for bar, label in zip(bars, plain, strict=True)]


def _stack(bars: Sequence[Bar], segment: Segment, nth: int, labels: list[str], panel: int) -> Spec:
    return {
        "type": "bar",
        "orientation": "h",
        "y": labels,
        "x": [_rounded(bar.parts[segment.key].points) for bar in bars],
        "ids": [bar.county_code for bar in bars],
        "meta": {"pick": True},
        "name": segment.label,
        "showlegend": False,
        "marker": {
            "color": _colour(nth),
            "line": {"color": theme.PAPER, "width": 0.6},
            "pattern": {
                "shape": ["/" if bar.mark else "" for bar in bars],
                "fillmode": "overlay",
                "fgcolor": theme.PAPER,
                "size": 7,
                "solidity": 0.22,
            },
        },
        "customdata": [bar.parts[segment.key].told for bar in bars],
        "text": [bar.spoken for bar in bars],
        "textposition": "none",
        "hovertemplate": "<b>%{text}</b><br>%{customdata}<extra></extra>",
        "xaxis": "x",
        "yaxis": panels.axis(panel),
    }


def _rounded(points: float | None) -> float | None:
    return None if points is None else round(points, 4)


def _totals(bars: Sequence[Bar], labels: list[str], panel: int) -> Spec:
    texts = [
        words.UNRANKED if bar.total is None else f"<b>{bar.total:.2f}</b>{f'　{bar.mark}' if bar.mark else ''}"
        for bar in bars
    ]
    return {
        "type": "scatter",
        "x": [bar.total or 0 for bar in bars],
        "y": labels,
        "mode": "text",
        "text": [f" {text}" for text in texts],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": theme.INK},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
        "xaxis": "x",
        "yaxis": panels.axis(panel),
    }


def _axes(labels: Sequence[list[str]]) -> Spec:
    axes: Spec = {
        "xaxis": {
            "range": [0, 100],
            "tickvals": [0, 20, 40, 60, 80, 100],
            "ticktext": ["0", "20", "40", "60", "80", f"100{words.POINT}"],
            "tickfont": {"size": 11, "color": theme.MUTED},
            "gridcolor": theme.RULE,
            "zeroline": False,
            "fixedrange": True,
            "anchor": panels.axis(len(labels) - 1),
        }
    }
    domains = panels.domains([len(one) for one in labels], _ROW, _BETWEEN)
    for panel, (one, domain) in enumerate(zip(labels, domains, strict=True)):
        axes[f"yaxis{panel + 1 if panel else ''}"] = {
            "domain": domain,
            "autorange": "reversed",
            "type": "category",
            "categoryorder": "array",
            "categoryarray": one,
            "ticks": "",
            "tickfont": {"size": 13},
            "automargin": False,
            "fixedrange": True,
        }
    return axes


def _row_frame(bars: Sequence[Bar], selected: str | None, panel: int) -> list[Spec]:
    """Frame the row of the selected county; nothing where it is in none of these."""
    # On a phone around the words behind the bar, on a desk to the edge.
    across = (0, 1.35)
    return [rows.frame(row, panels.axis(panel), across) for row, bar in enumerate(bars) if bar.county_code == selected]
