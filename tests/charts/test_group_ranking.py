"""The ranking's bars, looked at from inside the figure."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.group_ranking import Segment, group_ranking
from dashboard.charts.picture import Caption

SEGMENTS = [Segment("a", "消長 60 %"), Segment("b", "完成率 40 %")]
CAPTION = Caption("113年分組排名", ("資料截止 114年",), ("小字",), "模擬資料", "113年分組排名")


def frame(selected: str = "") -> pd.DataFrame:
    rows = [
        ("直轄市", "新北市", 1, 100.0, "", 60.0, 40.0),
        ("直轄市", "臺北市", 2, 50.0, "應提報告", 30.0, 20.0),
        ("非直轄市", "宜蘭縣", 1, 70.0, "", 60.0, 10.0),
        ("非直轄市", "新竹縣", None, None, "", None, None),
    ]
    columns = ["group", "county", "place", "total", "mark", "weighted_a", "weighted_b"]
    made = pd.DataFrame(rows, columns=columns).astype({"place": "Int64"})
    return made.assign(hover_a="甲", hover_b="乙", is_selected=made["county"] == selected)


def drawn(selected: str = "") -> go.Figure:
    return group_ranking(frame(selected), SEGMENTS, CAPTION)


def bars(figure: go.Figure, axis: str) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "bar" and trace.yaxis == axis]


def test_each_group_is_a_panel_and_each_indicator_a_segment() -> None:
    figure = drawn()
    assert [trace.name for trace in bars(figure, "y")] == ["消長 60 %", "完成率 40 %"]
    assert [trace.name for trace in bars(figure, "y2")] == ["消長 60 %", "完成率 40 %"]
    assert figure.layout.barmode == "stack"
    assert {one.text for one in figure.layout.annotations} >= {"<b>直轄市（2）</b>", "<b>非直轄市（2）</b>"}


def test_the_segments_of_a_county_add_up_to_its_total() -> None:
    upper = bars(drawn(), "y")
    assert [sum(parts) for parts in zip(*(trace.x for trace in upper), strict=True)] == [100.0, 50.0]


def test_the_last_ones_carry_a_pattern_and_words_not_only_a_colour() -> None:
    figure = drawn()
    assert bars(figure, "y")[0].marker.pattern.shape == ("", "/")
    words = next(trace for trace in figure.data if trace.type == "scatter" and trace.yaxis == "y")
    assert "應提報告" in words.text[1]
    assert "報告" not in words.text[0]


def test_a_county_without_place_has_no_bar_and_says_so() -> None:
    figure = drawn()
    assert pd.isna(bars(figure, "y2")[0].x[1])
    words = next(trace for trace in figure.data if trace.type == "scatter" and trace.yaxis == "y2")
    assert words.text[1].strip() == "未列名次"
    assert figure.layout.yaxis2.categoryarray[1] == "－　新竹縣"


def test_the_legend_names_each_indicator_once_in_its_colour_and_the_pattern() -> None:
    (legend,) = (one.text for one in drawn().layout.annotations if "■" in one.text)
    colours = {trace.name: trace.marker.color for trace in bars(drawn(), "y")}
    for name, colour in colours.items():
        assert legend.count(name) == 1
        assert f'color:{colour}">■</span> {name}' in legend
    assert "斜線紋" in legend
    assert not any(trace.showlegend for trace in drawn().data)


def test_the_legend_has_two_entries_a_line_whatever_the_width_so_that_it_meets_no_group_title() -> None:
    four = [Segment(key, f"訪視後補繳率 {key} %") for key in "abab"]
    figure = group_ranking(frame(), four, CAPTION)
    (legend,) = (one for one in figure.layout.annotations if "■" in one.text)
    assert [line.count("■") for line in legend.text.split("<br>")] == [2, 2, 0]
    assert (legend.yanchor, legend.y) == ("bottom", 1)
    assert legend.yshift >= 20, "above the first group's title"


def test_the_selected_county_has_a_frame_and_an_arrow_not_only_a_colour() -> None:
    figure = drawn("臺北市")
    assert figure.layout.yaxis.categoryarray[1] == "<b>▶ 2　臺北市</b>"
    frames = [shape for shape in figure.layout.shapes if shape.visible]
    assert [(one.yref, one.y0, one.y1) for one in frames] == [("y", 0.5, 1.5)]
    assert frames[0].line.width > 1


def test_without_a_selected_county_nothing_is_framed() -> None:
    assert not [shape for shape in drawn().layout.shapes if shape.visible]
    assert not any("▶" in label for label in drawn().layout.yaxis.categoryarray)


def test_the_bars_use_the_whole_width_but_for_the_words_behind_them() -> None:
    layout = drawn().layout
    assert layout.xaxis.range == (0, 100)
    assert layout.margin.r <= 60


def test_indicators_differ_in_colour() -> None:
    assert len(set(theme.CATEGORICAL)) == 4
