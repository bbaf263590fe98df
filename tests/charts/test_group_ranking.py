"""The ranking's bars, looked at from inside the drawing."""

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts.group_ranking import Bar, Part, Segment, group_ranking
from dashboard.charts.picture import Caption, Drawing

SEGMENTS = [Segment("a", "消長 60 %"), Segment("b", "完成率 40 %")]
CAPTION = Caption("113年分組排名", ("資料截止 114年",), ("小字",), "模擬資料", "113年分組排名")


def bar(code: str, county: str, group: str, place: int | None, mark: str, *points: float | None) -> Bar:
    total = None if place is None else sum(one or 0 for one in points)
    parts = {segment.key: Part(one, "甲") for segment, one in zip(SEGMENTS, points, strict=True)}
    return Bar(code, county, group, place, total, mark, parts)


BARS = [
    bar("65000", "新北市", "直轄市", 1, "", 60.0, 40.0),
    bar("63000", "臺北市", "直轄市", 2, "應提報告", 30.0, 20.0),
    bar("10002", "宜蘭縣", "非直轄市", 1, "", 60.0, 10.0),
    bar("10004", "新竹縣", "非直轄市", None, "", None, None),
]


def drawn(selected: str | None = None) -> Drawing:
    return group_ranking(BARS, SEGMENTS, CAPTION, selected)


def bars(drawing: Drawing, axis: str) -> list[Any]:
    return [trace for trace in drawing.data if trace["type"] == "bar" and trace["yaxis"] == axis]


def words(drawing: Drawing, axis: str) -> Any:
    return next(trace for trace in drawing.data if trace["type"] == "scatter" and trace["yaxis"] == axis)


def notes(drawing: Drawing) -> list[str]:
    return [one["text"] for one in drawing.layout["annotations"]]


@pytest.mark.parametrize("selected", [None, "63000"])
def test_the_drawing_library_takes_it_as_it_is(selected: str | None) -> None:
    go.Figure(drawn(selected).as_file)


def test_each_group_is_a_panel_and_each_indicator_a_segment() -> None:
    drawing = drawn()
    assert [trace["name"] for trace in bars(drawing, "y")] == ["消長 60 %", "完成率 40 %"]
    assert [trace["name"] for trace in bars(drawing, "y2")] == ["消長 60 %", "完成率 40 %"]
    assert drawing.layout["barmode"] == "stack"
    assert set(notes(drawing)) >= {"<b>直轄市（2）</b>", "<b>非直轄市（2）</b>"}


def test_all_bars_are_equally_thick() -> None:
    drawing = drawn()
    shares = [drawing.layout[axis]["domain"] for axis in ("yaxis", "yaxis2")]
    heights = [top - bottom for bottom, top in shares]
    assert heights[0] == pytest.approx(heights[1], abs=1e-3), "two rows each"


def test_the_segments_of_a_county_add_up_to_its_total() -> None:
    upper = bars(drawn(), "y")
    assert [sum(parts) for parts in zip(*(trace["x"] for trace in upper), strict=True)] == [100.0, 50.0]


def test_every_bar_names_its_county_for_whom_it_selects() -> None:
    trace = bars(drawn(), "y")[0]
    assert trace["ids"] == ["65000", "63000"]
    assert trace["meta"] == {"pick": True}
    assert trace["text"] == ["新北市 第 1 名，總分 100.00 分", "臺北市 第 2 名，總分 50.00 分"]


def test_the_last_ones_carry_a_pattern_and_words_not_only_a_colour() -> None:
    drawing = drawn()
    assert bars(drawing, "y")[0]["marker"]["pattern"]["shape"] == ["", "/"]
    assert "應提報告" in words(drawing, "y")["text"][1]
    assert "報告" not in words(drawing, "y")["text"][0]


def test_a_county_without_place_has_no_bar_and_says_so() -> None:
    drawing = drawn()
    assert bars(drawing, "y2")[0]["x"][1] is None
    assert words(drawing, "y2")["text"][1].strip() == "未列名次"
    assert drawing.layout["yaxis2"]["categoryarray"][1] == "－　新竹縣"
    assert bars(drawing, "y2")[0]["text"][1] == "新竹縣 未列名次"


def test_the_legend_names_each_indicator_once_in_its_colour_and_the_pattern() -> None:
    (legend,) = (text for text in notes(drawn()) if "■" in text)
    colours = {trace["name"]: trace["marker"]["color"] for trace in bars(drawn(), "y")}
    for name, colour in colours.items():
        assert legend.count(name) == 1
        assert f'color:{colour}">■</span> {name}' in legend
    assert "斜線紋" in legend
    assert not any(trace["showlegend"] for trace in drawn().data)


def test_the_legend_has_two_entries_a_line_whatever_the_width_and_room_of_its_own() -> None:
    four = [Segment(key, f"訪視後補繳率 {key} %") for key in "abab"]
    drawing = group_ranking(BARS, four, CAPTION)
    (legend,) = (one for one in drawing.layout["annotations"] if "■" in one["text"])
    assert [line.count("■") for line in legend["text"].split("<br>")] == [2, 2, 0]
    assert (legend["yanchor"], legend["y"]) == ("bottom", 1)
    assert legend["yshift"] >= 20, "above the first group's title"
    assert drawing.layout["margin"]["t"] > drawn().layout["margin"]["t"]


def test_the_selected_county_has_a_frame_and_an_arrow_not_only_a_colour() -> None:
    drawing = drawn("63000")
    assert drawing.layout["yaxis"]["categoryarray"][1] == "<b>▶ 2　臺北市</b>"
    (frame,) = drawing.layout["shapes"]
    assert (frame["yref"], frame["y0"], frame["y1"]) == ("y", 0.5, 1.5)
    assert frame["line"]["width"] > 1


def test_without_a_selected_county_nothing_is_framed() -> None:
    assert drawn().layout["shapes"] == []
    assert not any("▶" in label for label in drawn().layout["yaxis"]["categoryarray"])


def test_the_bars_use_the_whole_width_but_for_the_words_behind_them() -> None:
    layout = drawn().layout
    assert layout["xaxis"]["range"] == [0, 100]
    assert layout["margin"]["r"] <= 60


def test_title_and_sources_stand_in_the_file_only() -> None:
    drawing = drawn()
    assert "title" not in drawing.layout
    assert not any("小字" in text for text in notes(drawing))
    assert "小字" in json.dumps(drawing.printed, ensure_ascii=False)
    assert set(notes(drawing)) <= {one["text"] for one in drawing.printed["annotations"]}
