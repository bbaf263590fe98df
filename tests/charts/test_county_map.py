"""The map, looked at from inside the drawing."""

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import colouring, theme
from dashboard.charts.colouring import Colouring
from dashboard.charts.county_map import county_map
from dashboard.charts.outlines import GEOJSON, NAMED, attribution, insets, middles
from dashboard.charts.picture import Caption, Drawing
from dashboard.charts.places import Marks, Place
from dashboard.domain.counties import counties
from dashboard.domain.settings import HOUSE

UNKNOWN = "10013"
PHONE = 290 - 2 * 8
"""Pixels a drawing has on the narrowest screen."""

CAPTION = Caption(
    "113年11-12月收繳率（按人數）",
    ("資料截止 114年3月31日", "全國 46.19 %"),
    ("來源：被保險人保險費收繳率（收件第 32 號），製表 114年4月21日", attribution()),
    "模擬資料，不是實際統計數字",
    "113年11-12月收繳率",
)
MARKS = Marks("收繳率", "<b>%{text}</b><br>已繳人數 %{customdata[1]} 人", "無數值", "分母少於 30 人")
CONTINUOUS = colouring.continuous(30, 51, "%")


def places(missing: tuple[str, ...] = (), small: tuple[str, ...] = ()) -> list[Place]:
    """Rates 30, 31, … in official order; none for those missing."""
    return [
        Place(code, one.name, None, "…", f"{one.name} 無數值", ("…", "…", "…"), code in small)
        if code in missing
        else Place(
            code, one.name, 30.0 + n, f"{30 + n}", f"{one.name} {30 + n} %", (f"{30 + n}", "1", "2"), code in small
        )
        for n, one in enumerate(counties())
        for code in [one.county_code]
    ]


def drawn(
    missing: tuple[str, ...] = (),
    selected: str | None = None,
    small: tuple[str, ...] = (),
    colours: Colouring = CONTINUOUS,
) -> Drawing:
    return county_map(places(missing, small), colours, MARKS, CAPTION, selected)


def traces(drawing: Drawing, kind: str) -> list[Any]:
    return [trace for trace in drawing.data if trace["type"] == kind]


def shapes(drawing: Drawing) -> list[Any]:
    return traces(drawing, "choropleth")


def rings(drawing: Drawing) -> list[Any]:
    return [trace for trace in traces(drawing, "scattergeo") if trace["mode"] == "markers"]


def names(drawing: Drawing) -> Any:
    return next(trace for trace in traces(drawing, "scattergeo") if "臺中市" in trace.get("text", ()))


@pytest.mark.parametrize("selected", [None, "65000", "09020", UNKNOWN])
def test_the_drawing_library_takes_it_as_it_is(selected: str | None) -> None:
    go.Figure(drawn(missing=(UNKNOWN,), small=("09007",), selected=selected).as_file)


def test_all_22_counties_are_drawn_and_all_are_in_the_geometry() -> None:
    (trace,) = shapes(drawn())
    geometry = json.loads((HOUSE / "geo" / GEOJSON).read_text(encoding="utf-8"))
    assert sorted(trace["locations"]) == sorted(one["id"] for one in geometry["features"])
    assert len(trace["z"]) == 22
    assert trace["geojson"] == GEOJSON


def test_a_county_without_rate_is_grey_in_a_trace_of_its_own_with_its_own_legend_entry() -> None:
    coloured, grey = shapes(drawn(missing=(UNKNOWN,)))
    assert UNKNOWN not in coloured["locations"]
    assert grey["locations"] == [UNKNOWN]
    assert {colour for _, colour in grey["colorscale"]} == {theme.MISSING}
    assert (grey["name"], grey["showlegend"]) == ("無數值", True)


def test_grey_means_missing_and_nothing_else() -> None:
    assert theme.MISSING not in {*theme.SEQUENTIAL, *theme.DIVERGING}


def test_every_inset_has_its_frame_and_its_name() -> None:
    boxes, labels, _ = traces(drawn(), "scattergeo")
    assert labels["text"] == ["連江縣", "金門縣", "烏坵鄉", "澎湖縣"]
    for box in insets()["insets"]:
        assert {box["west"], box["east"]} <= set(boxes["lon"])
        assert {box["south"], box["north"]} <= set(boxes["lat"])


def test_the_selected_county_is_drawn_last_with_a_line_that_a_seam_of_paper_keeps_from_all_colours() -> None:
    others, seam, selected = shapes(drawn(selected="65000"))
    assert "65000" not in others["locations"]
    assert seam["locations"] == selected["locations"] == ["65000"]
    assert seam["marker"]["line"]["color"] == theme.PAPER
    assert selected["marker"]["line"]["color"] == theme.HIGHLIGHT
    assert seam["marker"]["line"]["width"] > selected["marker"]["line"]["width"] > 2


def test_the_selected_county_keeps_its_colour_and_can_be_chosen_once() -> None:
    others, seam, selected = shapes(drawn(selected="65000"))
    assert (seam["z"], seam["colorscale"]) == ([30.0], others["colorscale"])
    assert [trace["meta"].get("pick", False) for trace in (others, seam, selected)] == [True, False, True]
    assert selected["text"] == ["新北市 30 %"]


def test_of_a_selected_island_the_frame_stands_out_because_islets_would_vanish() -> None:
    drawing = drawn(selected="09020")
    frames = [trace for trace in traces(drawing, "scattergeo") if trace["mode"] == "lines"]
    assert [trace["line"]["color"] for trace in frames] == [theme.MUTED, theme.HIGHLIGHT]
    assert len(frames[1]["lon"]) == 2 * 6, "金門縣 has two frames"
    assert shapes(drawing)[-1]["marker"]["line"]["width"] == 1


def test_a_selected_county_without_rate_stays_grey() -> None:
    seam = shapes(drawn(missing=(UNKNOWN,), selected=UNKNOWN))[-2]
    assert {colour for _, colour in seam["colorscale"]} == {theme.MISSING}


def test_a_missing_county_is_explained_also_where_it_is_the_selected_one() -> None:
    assert drawn(missing=(UNKNOWN,), selected=UNKNOWN).layout["margin"]["t"] > drawn().layout["margin"]["t"]


def test_every_point_says_county_and_figure_in_words_and_hovering_adds_the_fraction() -> None:
    (trace,) = shapes(drawn())
    assert trace["text"][0] == "新北市 30 %"
    assert trace["customdata"][0] == ["30", "1", "2"]
    assert trace["hovertemplate"].endswith("<extra></extra>")
    assert trace["meta"] == {"pick": True}


def test_the_file_says_what_it_shows_from_where_and_whose_boundaries() -> None:
    printed = drawn().printed
    badge, small_print = (one["text"] for one in printed["annotations"])
    assert "模擬資料" in badge
    assert "113年11-12月收繳率（按人數）" in printed["title"]["text"]
    assert "全國 46.19 %" in printed["title"]["text"]
    assert "收件第 32 號" in small_print
    assert small_print.replace("<br>", "").endswith(attribution())


def test_on_the_page_nothing_is_said_that_stands_around_the_drawing() -> None:
    layout = drawn().layout
    assert "title" not in layout
    assert not layout.get("annotations")


def test_a_small_denominator_is_ringed_and_the_legend_says_so() -> None:
    (ring,) = rings(drawn(small=("10013",)))
    assert (ring["name"], ring["showlegend"], ring["marker"]["symbol"]) == ("分母少於 30 人", True, "circle-open")
    assert (ring["lon"][0], ring["lat"][0]) == pytest.approx(middles()["10013"], abs=1e-3)
    assert rings(drawn()) == []


def test_a_selected_county_with_a_small_denominator_keeps_its_ring() -> None:
    assert len(rings(drawn(small=("10013",), selected="10013"))) == 1


def test_counties_with_room_bear_their_name_light_on_dark_and_dark_on_light() -> None:
    written = names(drawn())
    assert len(written["text"]) == len(NAMED) == 15
    inks = dict(zip(written["text"], written["textfont"]["color"], strict=True))
    assert (inks["新北市"], inks["花蓮縣"]) == (theme.INK, theme.PAPER)


def test_names_stand_so_far_apart_that_they_do_not_overlap_on_a_phone() -> None:
    written = names(drawn())
    degree = PHONE / 3.25
    middles_px = [(lon * degree, lat * degree * 1.09) for lon, lat in zip(written["lon"], written["lat"], strict=True)]
    near = [
        (one, other)
        for nth, one in enumerate(middles_px)
        for other in middles_px[:nth]
        if abs(one[0] - other[0]) < 3 * theme.SMALL_SIZE and abs(one[1] - other[1]) < theme.SMALL_SIZE
    ]
    assert near == []


def test_the_drawing_is_little_taller_than_a_phone_is_wide() -> None:
    layout = drawn().layout
    assert layout["height"] - layout["margin"]["t"] - layout["margin"]["b"] <= 400


def test_the_colour_bar_fits_a_phone() -> None:
    bar = shapes(drawn())[0]["colorbar"]
    assert bar["lenmode"] == "pixels"
    assert bar["len"] + 2 * bar["xpad"] <= PHONE + 8


def test_without_any_rate_all_counties_are_grey() -> None:
    drawing = drawn(missing=tuple(one.county_code for one in counties()))
    assert [len(trace["locations"]) for trace in shapes(drawing)] == [22]


def test_the_document_is_small_because_its_geometry_is_named() -> None:
    drawing = drawn()
    assert len(json.dumps([drawing.data, drawing.layout], ensure_ascii=False)) < 8_000
