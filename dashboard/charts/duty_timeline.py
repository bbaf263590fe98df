"""The duties of a year on a line of time: when each was due, and when it was received or done."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.charts import panels, picture, theme
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.theme import Spec
from dashboard.domain import duty_words

_ROW = 26
_AXIS = 30
_LEFT = 92
_RIGHT = 16
_LEGEND_LINE = 18
WIDTH = 880

_COLOURS: Mapping[str, str] = {
    "due": theme.MUTED,
    "on_time": theme.ACCENT,
    "late": theme.PROVISIONAL,
    "missing": theme.HIGHLIGHT,
    "done": theme.ACCENT,
}
_SYMBOLS: Mapping[str, str] = {
    "due": "diamond-open",
    "on_time": "circle",
    "late": "square",
    "missing": "x",
    "done": "triangle-up",
}


@dataclasses.dataclass(frozen=True)
class Mark:
    """One sign: the row it stands in, its day, its kind (a key of duty_words.MARKS), what its hover says (HTML)."""

    row: str
    on: date
    kind: str
    told: str


def duty_timeline(
    rows: Sequence[str],
    marks: Sequence[Mark],
    spans: Sequence[tuple[str, date, date]],
    year: int,
    on: date,
    caption: Caption,
) -> Drawing:
    """Draw `marks` in `rows` from the top over one calendar year and the month after it.

    `spans` join the due date of a row's duty and the day it was received; `on` is marked where it lies in the picture.
    """
    legend = _legend()
    above = picture.SIDE + _LEGEND_LINE * len(legend) + 12
    drawn = _ROW * len(rows)
    first, last = date(year, 1, 1), date(year + 1, 1, 31)
    traces = [_spans(spans), *(_trace(kind, marks) for kind in _SYMBOLS)]
    layout = theme.layout(
        above + drawn + _AXIS,
        {"l": _LEFT, "r": _RIGHT, "t": above, "b": _AXIS},
        annotations=[panels.legend(legend, _LEFT, 10)],
        shapes=[_today(on)] if first <= on <= last else [],
        xaxis=_axis(year, (first, last)),
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(rows),
            "range": [len(rows) - 0.5, -0.5],
            "ticks": "",
            "tickvals": list(rows),
            "ticktext": [f"{row}\N{NO-BREAK SPACE}" for row in rows],
            "gridcolor": theme.RULE,
            "automargin": False,
            "fixedrange": True,
        },
    )
    return picture.drawing(traces, layout, caption, WIDTH)


def _trace(kind: str, marks: Sequence[Mark]) -> Spec:
    shown = [mark for mark in marks if mark.kind == kind]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.on.isoformat() for mark in shown],
        "y": [mark.row for mark in shown],
        "name": duty_words.MARKS[kind],
        "showlegend": False,
        "marker": {"symbol": _SYMBOLS[kind], "size": 9 if kind == "due" else 8, "color": _COLOURS[kind]},
        "customdata": [mark.told for mark in shown],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _spans(spans: Sequence[tuple[str, date, date]]) -> Spec:
    """Return a thin line from each due date to the day of receipt."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [day for _, start, end in spans for day in (start.isoformat(), end.isoformat(), None)],
        "y": [place for row, _, _ in spans for place in (row, row, None)],
        "line": {"color": theme.MISSING, "width": 1.5},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _axis(year: int, span: tuple[date, date]) -> Spec:
    months = range(1, 13)
    return {
        "type": "date",
        "range": [day.isoformat() for day in span],
        "tickvals": [date(year, month, 1).isoformat() for month in months],
        # Twelve of them fit the narrowest screen only as bare numbers.
        "ticktext": [duty_words.month(month) for month in months],
        "tickangle": 0,
        "tickfont": {"size": 11, "color": theme.MUTED},
        "gridcolor": theme.RULE,
        "zeroline": False,
        "fixedrange": True,
    }


def _today(on: date) -> Spec:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": on.isoformat(),
        "x1": on.isoformat(),
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.INK, "width": 1, "dash": "dot"},
    }


def _legend() -> list[str]:
    """Write the legend two or three to a line: what fits the narrowest screen."""
    entries = [
        f'<span style="color:{_COLOURS[kind]}">{duty_words.GLYPHS[kind]}</span> {name}　'
        for kind, name in duty_words.MARKS.items()
    ]
    entries.append(f"┊ {duty_words.TODAY}")
    return ["".join(entries[first : first + 3]) for first in range(0, len(entries), 3)]
