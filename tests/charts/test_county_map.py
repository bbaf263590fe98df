"""The map, looked at from inside the figure."""

import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.county_map import county_map
from dashboard.charts.outlines import GEOJSON, NAMED, attribution, insets, middles
from dashboard.charts.picture import Caption
from dashboard.domain.counties import counties
from dashboard.domain.measures import PAYMENT_RATE_PERSONS
from dashboard.domain.settings import HOUSE

UNKNOWN = "10013"


CAPTION = Caption(
    "113年11-12月收繳率（按人數）",
    ("資料截止 114年3月31日", "全國 46.19 %"),
    ("來源：被保險人保險費收繳率（收件第 32 號），製表 114年4月21日", attribution()),
    "模擬資料，不是實際統計數字",
    "113年11-12月收繳率",
)


def frame(missing: tuple[str, ...] = (), small: tuple[str, ...] = ()) -> pd.DataFrame:
    """Rates 30, 31, … in official order; NaN for those missing."""
    rows = [
        (code, one.name, None if code in missing else 30.0 + n, f"<b>{one.name}</b>", code in small)
        for n, one in enumerate(counties())
        for code in [one.county_code]
    ]
    return pd.DataFrame(rows, columns=["county_code", "county", "value", "hover", "is_small"])


def drawn(
    missing: tuple[str, ...] = (), selected: str | None = None, small: tuple[str, ...] = (), caption: Caption = CAPTION
) -> go.Figure:
    return county_map(frame(missing, small), PAYMENT_RATE_PERSONS, caption, selected, "分母少於 30 人")


def shapes(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "choropleth"]


def rings(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "scattergeo" and trace.mode == "markers"]


def test_all_22_counties_are_drawn_and_all_are_in_the_geometry() -> None:
    (trace,) = shapes(drawn())
    geometry = json.loads((HOUSE / "geo" / GEOJSON).read_text(encoding="utf-8"))
    assert sorted(trace.locations) == sorted(one["id"] for one in geometry["features"])
    assert len(trace.z) == 22
    assert trace.geojson == GEOJSON


def test_a_county_without_rate_is_grey_in_a_trace_of_its_own_with_its_own_legend_entry() -> None:
    coloured, grey = shapes(drawn(missing=(UNKNOWN,)))
    assert UNKNOWN not in coloured.locations
    assert list(grey.locations) == [UNKNOWN]
    assert {colour for _, colour in grey.colorscale} == {theme.MISSING}
    assert (grey.name, grey.showlegend) == ("無數值", True)


def test_a_missing_rate_does_not_pull_the_colours_down_to_zero() -> None:
    coloured, _ = shapes(drawn(missing=(UNKNOWN,)))
    assert min(coloured.z) == 30.0


def test_grey_means_missing_and_nothing_else() -> None:
    assert theme.MISSING not in {colour for _, colour in theme.SEQUENTIAL}


def test_every_inset_has_its_frame_and_its_name() -> None:
    boxes, labels, _ = (trace for trace in drawn().data if trace.type == "scattergeo")
    assert list(labels.text) == ["連江縣", "金門縣", "烏坵鄉", "澎湖縣"]
    for box in insets()["insets"]:
        assert {box["west"], box["east"]} <= set(boxes.lon)
        assert {box["south"], box["north"]} <= set(boxes.lat)


def test_the_selected_county_is_drawn_last_with_an_outline() -> None:
    (trace,) = shapes(drawn(selected="65000"))
    assert trace.locations[-1] == "65000"
    assert trace.marker.line.width[-1] > 2
    assert trace.marker.line.color[-1] == theme.HIGHLIGHT
    assert set(trace.marker.line.color[:-1]) == {theme.PAPER}


def test_of_a_selected_island_the_frame_stands_out_because_islets_would_vanish() -> None:
    figure = drawn(selected="09020")
    frames = [trace for trace in figure.data if trace.type == "scattergeo" and trace.mode == "lines"]
    assert [trace.line.color for trace in frames] == [theme.MUTED, theme.HIGHLIGHT]
    assert len(frames[1].lon) == 2 * 6, "金門縣 has two frames"


def test_a_selected_county_without_rate_stays_grey() -> None:
    _, grey = shapes(drawn(missing=(UNKNOWN,), selected=UNKNOWN))
    assert {colour for _, colour in grey.colorscale} == {theme.MISSING}
    assert grey.marker.line.color == (theme.HIGHLIGHT,)


def test_a_click_fades_no_county() -> None:
    (trace,) = shapes(drawn())
    assert trace.unselected.marker.opacity == trace.selected.marker.opacity == 1


def test_the_picture_itself_says_what_it_shows_from_where_and_whose_boundaries() -> None:
    figure = drawn()
    badge, small_print = (one.text for one in figure.layout.annotations)
    assert "模擬資料" in badge
    assert "113年11-12月收繳率（按人數）" in figure.layout.title.text
    assert "全國 46.19 %" in figure.layout.title.text
    assert "收件第 32 號" in small_print
    assert small_print.replace("<br>", "").endswith(attribution())


def test_a_small_denominator_is_ringed_and_the_legend_says_so() -> None:
    (ring,) = rings(drawn(small=("10013",)))
    assert (ring.name, ring.showlegend, ring.marker.symbol) == ("分母少於 30 人", True, "circle-open")
    assert (ring.lon[0], ring.lat[0]) == middles()["10013"]
    assert rings(drawn()) == []


def test_a_county_without_rate_bears_no_ring() -> None:
    assert rings(drawn(missing=(UNKNOWN,), small=(UNKNOWN,))) == []


def test_counties_with_room_bear_their_name_light_on_dark_and_dark_on_light() -> None:
    names = [trace for trace in drawn().data if trace.type == "scattergeo"][-1]
    assert len(names.text) == len(NAMED) == 15
    inks = dict(zip(names.text, names.textfont.color, strict=True))
    lowest, highest = inks["新北市"], inks["花蓮縣"]
    assert (lowest, highest) == (theme.INK, theme.PAPER)


def test_names_stand_so_far_apart_that_they_do_not_overlap_on_a_phone() -> None:
    names = [trace for trace in drawn().data if trace.type == "scattergeo"][-1]
    degree = 272 / 3.25
    places = [(lon * degree, lat * degree * 1.09) for lon, lat in zip(names.lon, names.lat, strict=True)]
    near = [
        (one, other)
        for nth, one in enumerate(places)
        for other in places[:nth]
        if abs(one[0] - other[0]) < 3 * theme.SMALL_SIZE and abs(one[1] - other[1]) < theme.SMALL_SIZE
    ]
    assert near == []


def test_the_drawing_is_little_taller_than_a_phone_is_wide() -> None:
    layout = drawn().layout
    assert layout.height - layout.margin.t - layout.margin.b <= 400


def test_without_any_rate_all_counties_are_grey() -> None:
    figure = drawn(missing=tuple(one.county_code for one in counties()))
    assert sorted(len(trace.locations) for trace in shapes(figure)) == [0, 22]


def test_the_figure_is_small_because_its_geometry_is_named_and_no_template_is_carried() -> None:
    assert len(drawn().to_json()) < 14_000
