"""Lines and small multiples, looked at from inside the figure: nothing overlaps, gaps stay gaps."""

import dataclasses
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import theme, trend_axis
from dashboard.charts.lines import COUNTIES, GROUPS, NATION, Line, Look, apart, lines
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.small_multiples import Panel, small_multiples
from dashboard.charts.trend_axis import Mark, Times
from dashboard.domain.counties import counties

CAPTION = Caption("題", ("行",), ("小字",), "模擬資料，不是實際統計數字", "檔名")
HOVER = "%{text}<extra></extra>"


def times(periods: int) -> Times:
    return Times(
        places=tuple(2.0 * nth for nth in range(periods)),
        ticks=tuple(f"11-12月<br>{nth}年" for nth in range(periods)),
        names=tuple(f"第{nth}期" for nth in range(periods)),
        years=tuple((12.0 * nth, f"{nth}年") for nth in range(periods // 6 + 1)),
    )


def line(values: Sequence[float | None], look: Look = NATION, label: str = "全國", young: int = 0) -> Line:
    provisional = [nth >= len(values) - young for nth in range(len(values))]
    return Line(label, look, values, provisional, [False] * len(values), [["", ""]] * len(values), HOVER)


def drawn(*shown: Line, marks: Sequence[Mark] = ()) -> Drawing:
    return lines(shown, times(len(shown[0].values)), marks, str, CAPTION)


def test_a_gap_is_a_gap_and_a_point_between_two_gaps_is_seen() -> None:
    (trace,) = drawn(line([1, 2, None, 3, None, 4, 5])).data
    assert trace["y"] == [1, 2, None, 3, None, 4, 5]
    assert trace["connectgaps"] is False
    assert trace["marker"]["size"] == [0, 0, 0, 7, 0, 0, 0]


def test_no_line_joins_periods_that_are_not_to_be_compared() -> None:
    apart = dataclasses.replace(times(4), breaks=(1,))
    (trace,) = lines([line([9, 1, 2, 3])], apart, (), str, CAPTION).data
    assert trace["y"] == [9, None, 1, 2, 3]
    assert trace["x"] == [0.0, 2.0, 2.0, 4.0, 6.0]
    assert [len(one) for one in (trace["text"], trace["customdata"], trace["marker"]["size"])] == [5, 5, 5]
    assert trace["marker"]["size"][0] == 7, "the point left alone is seen"


def test_provisional_points_start_from_the_last_settled_one_in_their_own_ink() -> None:
    settled, young = drawn(line([1, 2, 3, 4], young=2)).data
    assert settled["y"] == [1, 2, None, None]
    assert young["y"] == [None, 2, 3, 4]
    assert young["marker"]["size"] == [0, 0, 6, 6]
    assert young["line"]["color"] == theme.PROVISIONAL


def test_lines_differ_by_more_than_colour() -> None:
    looks = (NATION, *GROUPS, *COUNTIES)
    assert len({(look.dash, look.symbol, look.width) for look in looks}) == len(looks) == 9
    assert len({look.glyph for look in looks}) == 9


def test_names_at_the_ends_keep_their_distance_and_their_order() -> None:
    places = apart([50.0, 51.0, 49.0, 200.0, 330.0, 329.0], 16, (0, 330))
    ordered = sorted(places)
    assert all(above - below >= 16 for below, above in pairwise(ordered))
    assert sorted(range(6), key=lambda nth: places[nth]) == [2, 0, 1, 3, 5, 4]
    assert ordered[0] >= 0
    assert ordered[-1] <= 330
    assert apart([100.0, 200.0], 16, (0, 330)) == [100.0, 200.0], "nothing moves that need not"


def test_nine_equal_lines_have_nine_names_that_do_not_overlap() -> None:
    shown = [line([50.0, 50.0], look, f"第{nth}線") for nth, look in enumerate((NATION, *GROUPS, *COUNTIES))]
    drawing = drawn(*shown)
    low, high = drawing.layout["yaxis"]["range"]
    height = drawing.layout["height"] - drawing.layout["margin"]["t"] - drawing.layout["margin"]["b"]
    pixels = sorted((note["y"] - low) / (high - low) * height for note in drawing.layout["annotations"])
    assert len(pixels) == 9
    assert all(above - below > 15.9 for below, above in pairwise(pixels))


@pytest.mark.parametrize("periods", [1, 2, 7, 18, 30, 60, 120])
def test_ticks_never_touch_on_the_narrowest_screen_and_the_newest_period_has_one(periods: int) -> None:
    drawing = drawn(line([1.0] * periods, label="非直轄市平均"))
    assert drawing.narrow
    for axis, width in ((drawing.narrow["xaxis"], trend_axis.NARROWEST), (drawing.layout["xaxis"], 640)):
        room = width - drawing.layout["margin"]["l"] - drawing.layout["margin"]["r"]
        assert len(axis["tickvals"]) * 42 <= room  # 「11-12月」 in letters of 11 pixels
        assert axis["tickvals"][-1] == 2.0 * (periods - 1)


def test_events_stand_where_they_were_and_their_numbers_do_not_touch() -> None:
    marks = [Mark("①", 10.0, 18.0, "補助"), Mark("②", 13.0, None, "原則"), Mark("③", 50.0, None, "期限")]
    layout = drawn(line([1.0] * 30), marks=marks).layout
    band, *strokes = layout["shapes"][:3]
    assert (band["type"], band["x0"], band["x1"]) == ("rect", 10.0, 18.0)
    assert [stroke["x0"] for stroke in strokes] == [13.0, 50.0]
    numbers = {note["text"]: (note["x"], note["yshift"]) for note in layout["annotations"] if note["text"] in "①②③"}
    assert numbers == {"①": (14.0, 0), "②": (13.0, 16), "③": (50.0, 0)}
    assert layout["margin"]["t"] >= 2 * 16


def test_an_event_that_began_before_the_drawing_is_cut_at_its_edge() -> None:
    (band, *_) = drawn(line([1.0] * 30), marks=[Mark("①", -40.0, 8.0, "補助")]).layout["shapes"]
    assert (band["x0"], band["x1"]) == (-1.0, 8.0)


def test_the_file_says_what_it_is_and_all_of_it_is_known_to_the_library() -> None:
    file = go.Figure(drawn(line([1, None, 3]), marks=[Mark("①", 0.0, 2.0, "補助")]).as_file)
    assert file.layout.width == 900
    assert any("模擬資料" in one.text for one in file.layout.annotations)


def test_round_ticks_cover_what_is_drawn() -> None:
    assert trend_axis.value_ticks(32.4, 69.1, 7) == [30, 40, 50, 60, 70]
    assert trend_axis.value_ticks(5, 5, 7)[0] < 5 < trend_axis.value_ticks(5, 5, 7)[-1]
    ends, ticks = trend_axis.inner_ticks(32.4, 69.1, 4)
    assert ends == [30.565, 70.935]
    assert ticks == [40, 60]


# --- small multiples


def panels(young: int = 2) -> Drawing:
    shown = [
        Panel(
            county_code=one.county_code,
            county=one.name,
            values=[40.0, None, 42.0, 41.0],
            provisional=[False] * (4 - young) + [True] * young,
            details=[[]] * 4,
            latest="41.00 %",
            spoken=f"{one.name} 41.00 %",
            is_selected=one.name == "臺北市",
        )
        for one in counties()
    ]
    return small_multiples(shown, [50.0, 50.0, 50.0, 50.0], times(4), str, HOVER, CAPTION)


def axes(layout: dict[str, Any], letter: str) -> list[dict[str, Any]]:
    return [value for key, value in layout.items() if key.startswith(f"{letter}axis")]


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_all_panels_have_one_scale_and_do_not_overlap(width: str) -> None:
    drawing = panels()
    layout = drawing.layout if width == "wide" else drawing.narrow
    assert layout
    along, up = axes(layout, "x"), axes(layout, "y")
    assert len(along) == len(up) == 22
    assert len({tuple(one["range"]) for one in along}) == len({tuple(one["range"]) for one in up}) == 1
    boxes = [(*x["domain"], *y["domain"]) for x, y in zip(along, up, strict=True)]
    for nth, (left, right, bottom, top) in enumerate(boxes):
        assert 0 <= left < right <= 1.0001
        assert -0.0001 <= bottom < top <= 1
        for other in boxes[:nth]:
            assert other[1] <= left + 1e-6 or right <= other[0] + 1e-6 or other[2] >= top or bottom >= other[3]
    assert len({one["domain"][0] for one in along}) == (4 if width == "wide" else 2)


def test_the_nation_stands_behind_every_county() -> None:
    data = panels().data
    first = {trace["xaxis"]: trace for trace in reversed(data)}
    assert len(first) == 22
    assert all(trace["y"] == [50.0] * 4 and trace["hoverinfo"] == "skip" for trace in first.values())


def test_any_point_of_a_line_chooses_its_county_and_the_keyboard_reaches_one_point_of_each() -> None:
    data = panels().data
    picked = [trace for trace in data if trace.get("meta") == {"pick": True}]
    assert all(len(trace["ids"]) == len(trace["x"]) for trace in picked)
    reached = [trace for trace in picked if trace["mode"] == "markers"]
    assert [trace["ids"] for trace in reached] == [[one.county_code] for one in counties()]
    assert reached[0]["hovertext"] == "新北市 41.00 %"


def test_young_periods_are_open_and_in_their_own_ink() -> None:
    young = [one for one in panels().data if one.get("line", {}).get("color") == theme.PROVISIONAL]
    assert len(young) == 22
    assert young[0]["y"] == [None, 42.0, 41.0]
    settled = [one for one in panels(young=0).data if one.get("line", {}).get("color") == theme.PROVISIONAL]
    assert settled == []


def test_the_selected_county_has_more_than_another_colour() -> None:
    texts = [note["text"] for note in panels().layout["annotations"]]
    assert "<b>▶ 臺北市</b>" in texts
    assert "<b>新北市</b>" in texts
