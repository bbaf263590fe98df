"""Funnels, looked at from inside the drawing."""

from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import theme
from dashboard.charts.funnel import Axis, Curve, Point, funnel
from dashboard.charts.picture import Drawing
from tests.charts.test_county_map import CAPTION

POINTS = [
    Point("65000", "新北市", 25_000, 72.8, is_outside=True, spoken="新北市 72.80 %", told="高於 95 % 界限"),
    Point("10007", "彰化縣", 19_000, 47.7, is_outside=True, spoken="彰化縣 47.70 %", told="低於 99.8 % 界限"),
    Point("09007", "連江縣", 116, 72.4, is_outside=False, spoken="連江縣 72.40 %", told="界限內"),
]
WHOLES = [100.0, 1000.0, 30_000.0]
CURVES = [
    Curve([68.0] * 3, "solid", is_wide=False, entry=""),
    Curve([58.0, 65.0, 67.5], "dash", is_wide=False, entry="95 % 界限（僅隨機）"),
    Curve([50.0, 52.0, 53.0], "dot", is_wide=True, entry="99.8 % 界限（加計 τ²）"),
]
AXES = (
    Axis((2, 4.5), [100, 1000, 10_000], ["100", "1,000", "10,000"], "訪視人數"),
    Axis((40, 80), [40, 60, 80], ["40%", "60%", "80%"], ""),
)


def drawn(selected: str | None = None) -> Drawing:
    return funnel(POINTS, WHOLES, CURVES, AXES, ["── 全國 68.00 %"], CAPTION, selected)


def points(selected: str | None = None) -> Any:
    return drawn(selected).data[-1]


@pytest.mark.parametrize("selected", [None, "09007"])
def test_the_drawing_library_takes_it_as_it_is(selected: str | None) -> None:
    go.Figure(drawn(selected).as_file)


def test_points_stand_above_all_curves_on_a_logarithmic_scale_of_persons() -> None:
    assert drawn().layout["xaxis"]["type"] == "log"
    assert [trace["mode"] for trace in drawn().data] == ["lines"] * 3 + ["markers+text"]
    assert points()["x"] == [25_000, 19_000, 116]
    assert points()["y"] == [72.8, 47.7, 72.4]


def test_who_lies_outside_has_a_shape_of_its_own_and_a_name() -> None:
    assert points()["marker"]["symbol"] == ["diamond", "diamond", "circle"]
    assert points()["text"] == ["新北市", "彰化縣", ""]


def test_names_meet_neither_each_other_nor_another_point() -> None:
    near = [
        Point(str(nth), "新竹市", 2000 + 300 * nth, 60.0, is_outside=nth < 2, spoken="", told="") for nth in range(3)
    ]
    sides = funnel(near, WHOLES, CURVES, AXES, [], CAPTION).data[-1]["textposition"]
    assert len(set(sides[:2])) == 2


def test_names_stay_inside_the_drawing() -> None:
    assert points()["textposition"][:2] == ["top left", "bottom left"]


def test_the_selected_county_is_named_and_larger_wherever_it_lies() -> None:
    chosen = points("09007")
    assert chosen["text"][2] == "<b>連江縣</b>"
    assert chosen["marker"]["size"][2] == max(chosen["marker"]["size"])
    assert chosen["marker"]["color"][2] == theme.HIGHLIGHT


def test_every_county_can_be_chosen_and_is_spoken_of_with_its_rate() -> None:
    assert points()["meta"] == {"pick": True}
    assert points()["ids"] == ["65000", "10007", "09007"]
    assert points()["hovertext"][2] == "連江縣 72.40 %"


def test_the_legend_names_each_limit_once_and_tells_them_apart_by_dash() -> None:
    legend = drawn().layout["annotations"][0]["text"]
    assert legend.count("界限") == 2
    assert "– –<" in legend
    assert "····<" in legend
    assert "全國 68.00 %" in legend
