"""Places over the years, looked at from inside the drawing."""

import itertools
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import theme
from dashboard.charts.bump import Course, Mark, bump
from dashboard.charts.picture import Drawing
from tests.charts.test_county_map import CAPTION

OWES, PLAIN = Mark("square", 10, "應提檢討報告"), Mark("circle", 5, "其他名次")
YEARS = ["112年<br>試算", "113年<br>試算", "114年<br>修正<br>草案"]


def course(code: str, county: str, group: str, places: tuple[int | None, ...], ends: tuple[int, int]) -> Course:
    marks = tuple(OWES if place == 3 else PLAIN for place in places)
    spoken = tuple(f"{county} 第 {place} 名" for place in places)
    return Course(code, county, group, places, marks, spoken, ends, places[-1] == 3)


COURSES = [
    course("65000", "新北市", "直轄市", (1, 1, 1), (1, 1)),
    course("63000", "臺北市", "直轄市", (1, None, 2), (2, 2)),
    course("68000", "桃園市", "直轄市", (3, 2, 3), (3, 3)),
    course("10002", "宜蘭縣", "非直轄市", (1, 1, None), (1, 1)),
]


def drawn(selected: str | None = None) -> Drawing:
    return bump(COURSES, YEARS, (OWES, PLAIN), CAPTION, selected)


def of(drawing: Drawing, mode: str, axis: str = "y") -> list[Any]:
    return [trace for trace in drawing.data if trace["mode"] == mode and trace["yaxis"] == axis]


@pytest.mark.parametrize("selected", [None, "63000"])
def test_the_drawing_library_takes_it_as_it_is(selected: str | None) -> None:
    go.Figure(drawn(selected).as_file)


def test_each_group_is_a_panel_with_its_first_place_on_top() -> None:
    layout = drawn().layout
    assert (layout["yaxis"]["range"], layout["yaxis2"]["range"]) == ([3.5, 0.5], [1.5, 0.5])
    assert {"<b>直轄市（3）</b>", "<b>非直轄市（1）</b>"} <= {one["text"] for one in layout["annotations"]}
    assert layout["xaxis"]["ticktext"] == YEARS


def test_a_year_without_place_is_a_gap_and_lines_of_two_counties_are_not_joined() -> None:
    plain = of(drawn(), "lines")[0]
    assert plain["y"] == [1, 1, 1, None, 1, None, 2, None]
    assert plain["x"] == [0, 1, 2, None, 0, 1, 2, None]


def test_equals_share_a_point_but_never_a_label() -> None:
    points = of(drawn(), "markers")[0]
    assert dict(zip(points["ids"], points["y"], strict=True)) == {"65000": 1, "63000": 1, "68000": 3}
    for labels in of(drawn(), "text"):
        assert len(set(labels["y"])) == len(labels["y"]) == 3
    assert [text.strip() for text in of(drawn(), "text")[0]["text"][:2]] == ["1 新北市", "1 臺北市"]


def test_every_place_can_be_chosen_and_ids_are_unique_within_a_trace() -> None:
    points = of(drawn(), "markers") + of(drawn(), "markers", "y2")
    assert sum(len(trace["ids"]) for trace in points) == 3 + 2 + 3 + 1 + 1
    for trace in points:
        assert trace["meta"] == {"pick": True}
        assert len(set(trace["ids"])) == len(trace["ids"])
    assert points[0]["text"][0] == "新北市 第 1 名"


def test_who_owes_a_report_has_a_sign_of_its_own_that_the_legend_explains() -> None:
    last = of(drawn(), "markers")[2]
    assert dict(zip(last["ids"], last["marker"]["symbol"], strict=True))["68000"] == "square"
    legend = drawn().layout["annotations"][0]["text"]
    assert "■ 應提檢討報告" in legend
    assert "● 其他名次" in legend


def test_the_selected_and_the_last_ones_stand_out_by_width_and_weight_not_only_by_colour() -> None:
    plain, last, selected = of(drawn("65000"), "lines")
    widths = [trace["line"]["width"] for trace in (plain, last, selected)]
    assert widths == sorted(widths)
    assert len(set(widths)) == 3
    assert selected["line"]["color"] == theme.HIGHLIGHT
    texts = [text.strip() for text in of(drawn("65000"), "text")[1]["text"]]
    assert texts == ["<b>1 新北市</b>", "2 臺北市", "<b>3 桃園市</b>"]


def test_an_unranked_county_has_a_dash_for_its_place() -> None:
    assert of(drawn(), "text", "y2")[1]["text"][0].strip() == "－ 宜蘭縣"


def test_labels_fit_beside_the_drawing_and_years_below_it_on_the_narrowest_screen() -> None:
    six = [f"{year}年<br>修正<br>草案" for year in range(110, 116)]
    courses = [course("65000", "新北市", "直轄市", (1,) * 6, (1, 1))]
    layout = bump(courses, six, (), CAPTION).layout
    margin = layout["margin"]
    assert min(margin["l"], margin["r"]) >= 2 * 7 + 4 + 3 * 12 + 12, "two figures, a blank, three letters, a gap"
    years = (290 - margin["l"] - margin["r"]) / 5
    assert years >= 3 * 0.6 * theme.SMALL_SIZE + theme.SMALL_SIZE


def test_a_single_year_is_drawn_too() -> None:
    one = [course("65000", "新北市", "直轄市", (1,), (1, 1))]
    low, high = bump(one, YEARS[:1], (), CAPTION).layout["xaxis"]["range"]
    assert low < 0 < high


def test_rows_are_equally_high_in_all_panels() -> None:
    layout = drawn().layout
    heights = [
        (layout[axis]["domain"][1] - layout[axis]["domain"][0]) / rows for axis, rows in (("yaxis", 3), ("yaxis2", 1))
    ]
    assert all(one == pytest.approx(other, abs=1e-3) for one, other in itertools.pairwise(heights))
