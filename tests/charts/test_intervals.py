"""Marks on intervals, looked at from inside the drawing."""

from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import theme
from dashboard.charts.intervals import Panel, Row, intervals
from dashboard.charts.picture import Drawing
from tests.charts.test_county_map import CAPTION


def row(
    code: str, county: str, value: float | None, low: float | None, high: float | None, symbol: str = "circle"
) -> Row:
    return Row(
        code, f"{value or '－'}　{county}", value, low, high, symbol, "34 %", f"{county} 第 {value} 名", "中位數第 2 名"
    )


TICKS = ([1, 2, 3], ["1", "2", "3"])
SHOWN = [
    Panel(
        "直轄市（3）",
        [row("65000", "新北市", 1, 1, 2), row("63000", "臺北市", 2, 1, 3), row("68000", "桃園市", 3, 3, 3, "square")],
        (0.5, 3.5),
        TICKS,
        1.5,
    ),
    Panel(
        "非直轄市（2）", [row("10002", "宜蘭縣", 1, 1, 1), row("10020", "嘉義市", None, None, None)], (0.5, 3.5), TICKS
    ),
]


def drawn(selected: str | None = None) -> Drawing:
    return intervals(SHOWN, ["● 名次", "├─┤ 區間"], "末 2 名機率", CAPTION, selected)


def of(drawing: Drawing, mode: str, axis: str = "y") -> list[Any]:
    return [trace for trace in drawing.data if trace["mode"] == mode and trace["yaxis"] == axis]


@pytest.mark.parametrize("selected", [None, "63000"])
def test_the_drawing_library_takes_it_as_it_is(selected: str | None) -> None:
    go.Figure(drawn(selected).as_file)


def test_each_county_has_its_mark_on_its_own_interval() -> None:
    (lines,) = of(drawn(), "lines")
    assert lines["x"] == [1, 2, None, 1, 3, None, 3, 3, None]
    assert lines["y"] == [0, 0, None, 1, 1, None, 2, 2, None]
    ends, marks = of(drawn(), "markers")
    assert ends["x"] == [1, 2, 1, 3, 3, 3], "also an interval of one place is seen"
    assert (marks["x"], marks["y"]) == ([1, 2, 3], [0, 1, 2])
    assert marks["marker"]["symbol"] == ["circle", "circle", "square"]


def test_every_mark_can_be_chosen_and_says_what_it_is() -> None:
    marks = of(drawn(), "markers")[1]
    assert marks["meta"] == {"pick": True}
    assert marks["ids"] == ["65000", "63000", "68000"]
    assert marks["text"][0] == "新北市 第 1 名"
    assert marks["hovertemplate"].endswith("<extra></extra>")


def test_a_county_without_value_has_a_name_and_a_note_but_no_mark() -> None:
    marks, notes = of(drawn(), "markers", "y2")[1], of(drawn(), "text", "y2")[0]
    assert marks["ids"] == ["10002"]
    assert len(notes["text"]) == 2
    assert "嘉義市" in drawn().layout["yaxis2"]["ticktext"][1]


def test_the_last_places_are_shaded_behind_a_line_where_a_panel_has_them() -> None:
    shapes = drawn().layout["shapes"]
    assert [(one["type"], one["x0"], one["xref"]) for one in shapes] == [("rect", 1.5, "x"), ("line", 1.5, "x")]
    assert shapes[0]["fillcolor"] == theme.SHADE
    assert shapes[1]["line"]["dash"] == "dash"


def test_the_selected_county_is_framed_and_marked_by_a_sign_not_only_by_colour() -> None:
    layout = drawn("63000").layout
    assert layout["yaxis"]["ticktext"][1].startswith("<b>▶ ")
    assert [one["y0"] for one in layout["shapes"] if one.get("yref") == "y"] == [0.5]
    assert of(drawn("63000"), "markers")[1]["marker"]["color"][1] == theme.HIGHLIGHT


def test_names_marks_and_notes_fit_on_the_narrowest_screen() -> None:
    margin = drawn().layout["margin"]
    assert margin["l"] >= 12 + 7 + 13 * 5 + 13, "arrow, place, blank, three letters"
    assert margin["r"] >= 7 * 6
    assert 290 - margin["l"] - margin["r"] >= 120
