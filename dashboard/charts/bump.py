"""Places of counties over the years: one panel a group, one line a county, the first place on top."""

import dataclasses
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.charts import panels, picture, theme
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.theme import Spec

_ROW = 22
_BETWEEN = 34
_SIDE = 68
"""Room for a place and a name on either side, and between them and the points."""
_GAP = "\u2003"
_AXIS = 54
_LEGEND_LINE = 18
WIDTH = 880


class Mark(NamedTuple):
    """What a point looks like, and the line of the legend that explains it."""

    symbol: str
    size: int
    entry: str


@dataclasses.dataclass(frozen=True)
class Course:
    """One county: place and row in its group year by year (None where not ranked), marks, words for each point.

    Equal places share a point; `ends` are the rows of its labels at the first and the last year, which never meet.
    """

    county_code: str
    county: str
    group: str
    places: tuple[int | None, ...]
    marks: tuple[Mark, ...]
    spoken: tuple[str, ...]
    ends: tuple[int, int]
    is_last: bool


def bump(
    courses: Sequence[Course],
    years: Sequence[str],
    marks: Sequence[Mark],
    caption: Caption,
    selected: str | None = None,
) -> Drawing:
    """Draw the courses; `years` are the texts below them. A year without a place is a gap.

    The lines of those last at the end are thick, that of the selected county is thicker and of another colour, and
    both have bold names.
    """
    groups = list(dict.fromkeys(course.group for course in courses))
    members = [[course for course in courses if course.group == group] for group in groups]
    rows = [len(one) for one in members]
    traces = [trace for panel, one in enumerate(members) for trace in _panel(one, panel, selected)]
    entries = [f"{_SIGNS[mark.symbol]} {mark.entry}" for mark in marks if mark.entry]
    above = picture.SIDE + _LEGEND_LINE * len(entries) + panels.TITLE
    titles = [panels.title(f"{group}（{rows[panel]}）", panel, _SIDE) for panel, group in enumerate(groups)]
    layout = theme.layout(
        above + panels.height(rows, _ROW, _BETWEEN) + _AXIS,
        {"l": _SIDE, "r": _SIDE, "t": above, "b": _AXIS},
        annotations=[panels.legend(entries, _SIDE), *titles],
        showlegend=False,
        hovermode="closest",
        **_axes(rows, years),
    )
    return picture.drawing(traces, layout, caption, WIDTH)


_SIGNS = {"square": "■", "square-open": "□", "diamond": "◆", "circle": "●"}


def _panel(courses: Sequence[Course], panel: int, selected: str | None) -> list[Spec]:
    chosen = [course for course in courses if course.county_code == selected]
    last = [course for course in courses if course.is_last and course not in chosen]
    plain = [course for course in courses if course not in chosen and course not in last]
    kinds = ((plain, theme.MUTED, 0.8), (last, theme.INK, 2.2), (chosen, theme.HIGHLIGHT, 4))
    lines = [_lines(one, colour, width) for one, colour, width in kinds if one]
    points = [_points(courses, year, selected) for year in range(len(courses[0].places))]
    return [trace | {"yaxis": panels.axis(panel)} for trace in (*lines, *points, *_labels(courses, selected))]


_MUTE: Spec = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": False, "xaxis": "x"}


def _lines(courses: Sequence[Course], colour: str, width: float) -> Spec:
    years = range(len(courses[0].places))
    return {
        **_MUTE,
        "mode": "lines",
        "x": [year for _ in courses for year in (*years, None)],
        "y": [place for course in courses for place in (*course.places, None)],
        "line": {"color": colour, "width": width},
    }


def _points(courses: Sequence[Course], year: int, selected: str | None) -> Spec:
    """Mark every place of a year with its sign; choosing one selects its county.

    One trace a year: of points with equal ids in a trace the library draws only one.
    """
    shown = [course for course in courses if course.places[year] is not None]
    return {
        **_MUTE,
        "mode": "markers",
        "x": [year] * len(shown),
        "y": [course.places[year] for course in shown],
        "ids": [course.county_code for course in shown],
        "meta": {"pick": True},
        "text": [course.spoken[year] for course in shown],
        "hoverinfo": "text",
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": [course.marks[year].symbol for course in shown],
            "size": [course.marks[year].size for course in shown],
            "color": [_ink(course, selected) for course in shown],
            "line": {"width": 1.5, "color": theme.PAPER},
            "opacity": 1,
        },
    }


def _labels(courses: Sequence[Course], selected: str | None) -> list[Spec]:
    """Write place and name at both ends, one label a row: equals have the same number one above the other."""
    sides = ((0, "middle left", "{}" + _GAP), (len(courses[0].places) - 1, "middle right", _GAP + "{}"))
    return [
        {
            **_MUTE,
            "mode": "text",
            "x": [year] * len(courses),
            "y": [course.ends[end] for course in courses],
            "text": [spaced.format(_label(course, course.places[year], selected)) for course in courses],
            "textposition": position,
            "textfont": {"size": 12, "color": [_ink(course, selected) for course in courses]},
        }
        for end, (year, position, spaced) in enumerate(sides)
    ]


def _label(course: Course, place: int | None, selected: str | None) -> str:
    text = f"{'－' if place is None else place} {course.county}"
    return f"<b>{text}</b>" if course.is_last or course.county_code == selected else text


def _ink(course: Course, selected: str | None) -> str:
    return theme.HIGHLIGHT if course.county_code == selected else theme.INK


def _axes(rows: Sequence[int], years: Sequence[str]) -> Spec:
    axes: Spec = {
        "xaxis": {
            "range": [0, len(years) - 1] if len(years) > 1 else [-0.5, 0.5],
            "tickvals": list(range(len(years))),
            "ticktext": list(years),
            "tickangle": 0,
            "tickfont": {"size": theme.SMALL_SIZE, "color": theme.MUTED},
            "gridcolor": theme.RULE,
            "zeroline": False,
            "fixedrange": True,
            "anchor": panels.axis(len(rows) - 1),
        }
    }
    for panel, (number, domain) in enumerate(zip(rows, panels.domains(rows, _ROW, _BETWEEN), strict=True)):
        axes[f"yaxis{panel + 1 if panel else ''}"] = {
            "domain": domain,
            "range": [number + 0.5, 0.5],
            "visible": False,
            "fixedrange": True,
        }
    return axes
