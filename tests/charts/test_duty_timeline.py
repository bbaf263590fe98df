"""The line of time of duties, looked at from inside the drawing."""

import json
from datetime import date

import plotly.graph_objects as go

from dashboard.charts.duty_timeline import Mark, duty_timeline
from dashboard.charts.picture import Caption, Drawing

CAPTION = Caption("115年應辦事項", ("截至",), ("小字",), "模擬資料", "115年應辦事項")
MARKS = [
    Mark("收繳率", date(2026, 4, 30), "due", "甲"),
    Mark("收繳率", date(2026, 5, 14), "late", "甲"),
    Mark("欠費名冊", date(2026, 2, 2), "missing", "乙"),
]


def drawn(on: date = date(2026, 11, 22)) -> Drawing:
    spans = [("收繳率", date(2026, 4, 30), date(2026, 5, 14))]
    return duty_timeline(["收繳率", "欠費名冊"], MARKS, spans, 2026, on, CAPTION)


def test_each_kind_has_a_sign_of_its_own_and_stands_on_its_day() -> None:
    traces = {trace["name"]: trace for trace in drawn().data if "name" in trace}
    assert len({trace["marker"]["symbol"] for trace in traces.values()}) == len(traces) == 5
    assert (traces["逾期辦理"]["x"], traces["逾期辦理"]["y"]) == (["2026-05-14"], ["收繳率"])
    assert traces["逾期未辦"]["x"] == ["2026-02-02"]
    assert traces["準時"]["x"] == []


def test_rows_stand_from_the_top_in_the_order_given() -> None:
    axis = drawn().layout["yaxis"]
    assert axis["categoryarray"] == ["收繳率", "欠費名冊"]
    assert axis["range"][0] > axis["range"][1]


def test_today_is_marked_where_it_lies_in_the_picture() -> None:
    (line,) = drawn().layout["shapes"]
    assert line["x0"] == "2026-11-22"
    assert drawn(date(2028, 1, 1)).layout["shapes"] == []


def test_it_is_a_figure_of_plain_values() -> None:
    picture = drawn()
    go.Figure(picture.as_file)
    json.dumps(picture.as_file)
