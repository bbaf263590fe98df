"""The ranking's bars, looked at from inside the figure."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.group_ranking import Segment, group_ranking

SEGMENTS = [Segment("a", "消長 60 %"), Segment("b", "完成率 40 %")]


def frame() -> pd.DataFrame:
    rows = [
        ("直轄市", "新北市", 1, 100.0, "", 60.0, 40.0),
        ("直轄市", "臺北市", 2, 50.0, "末 2 名・應提報告", 30.0, 20.0),
        ("非直轄市", "宜蘭縣", 1, 70.0, "", 60.0, 10.0),
        ("非直轄市", "新竹縣", None, None, "", None, None),
    ]
    columns = ["group", "county", "place", "total", "mark", "weighted_a", "weighted_b"]
    made = pd.DataFrame(rows, columns=columns).astype({"place": "Int64"})
    return made.assign(hover_a="甲", hover_b="乙")


def drawn() -> go.Figure:
    return group_ranking(frame(), SEGMENTS, "114年", "小字")


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
    assert "末 2 名・應提報告" in words.text[1]
    assert "末 2 名" not in words.text[0]


def test_a_county_without_place_has_no_bar_and_says_so() -> None:
    figure = drawn()
    assert pd.isna(bars(figure, "y2")[0].x[1])
    words = next(trace for trace in figure.data if trace.type == "scatter" and trace.yaxis == "y2")
    assert words.text[1].strip() == "未列名次"
    assert figure.layout.yaxis2.categoryarray[1] == "－　新竹縣"


def test_the_legend_names_each_indicator_once() -> None:
    assert sum(bool(trace.showlegend) for trace in drawn().data if trace.type == "bar") == 2


def test_indicators_differ_in_colour() -> None:
    assert len(set(theme.CATEGORICAL)) == 4
