"""The drawing of a total step by step."""

import json

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.picture import Caption
from dashboard.charts.waterfall import Line, Step, waterfall

CAPTION = Caption("主題", ("一行",), ("來源",), "", "檔名")
STEPS = (
    Step("甲", 30, 5, "30.00／35.00", "甲 30 分", "甲未得 5 分"),
    Step("乙", -10, 0, "-10.00", "乙 -10 分"),
    Step("總分", 20, 0, "20.00 分", "總分 20 分", is_sum=True),
)


def test_steps_run_on_also_downwards_and_the_sum_begins_at_zero() -> None:
    drawing = waterfall(STEPS, [Line(25, "安全線 25 分", is_dashed=False)], "分", CAPTION)
    solid, short, texts = drawing.data
    assert solid["base"] == [0, 30, 0]
    assert solid["x"] == [30, -10, 20]
    assert short["base"] == [30, 20, 20]
    assert short["x"] == [5, 0, 0]
    assert texts["text"] == [" 30.00／35.00", " -10.00", " <b>20.00 分</b>"]
    go.Figure(drawing.as_file)


def test_the_axis_reaches_below_zero_where_a_step_does() -> None:
    down = (Step("甲", -20, 0, "", ""), Step("總分", -20, 0, "", "", is_sum=True))
    layout = waterfall(down, [], "分", CAPTION).layout
    assert layout["xaxis"]["range"] == [-20, 100]


def test_every_colour_has_one_for_a_dark_page() -> None:
    drawing = waterfall(STEPS, [Line(25, "線", is_dashed=True)], "分", CAPTION)
    text = json.dumps([drawing.data, drawing.layout])
    used = {text[at : at + 7] for at in range(len(text)) if text[at] == "#"}
    assert used <= set(theme.DARK)
