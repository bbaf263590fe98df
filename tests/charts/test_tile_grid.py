"""The grid of equal cells, looked at from inside the drawing."""

import itertools
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import colouring, theme
from dashboard.charts.outlines import tiles
from dashboard.charts.picture import Drawing
from dashboard.charts.tile_grid import tile_grid
from dashboard.domain.counties import counties, county_named
from tests.charts.test_county_map import CAPTION, MARKS, PHONE, UNKNOWN, places

CODES = {one.county_code for one in counties()}


def drawn(missing: tuple[str, ...] = (), selected: str | None = None, small: tuple[str, ...] = ()) -> Drawing:
    return tile_grid(places(missing, small), colouring.continuous(30, 51, "%"), MARKS, CAPTION, selected)


def cells(drawing: Drawing) -> list[Any]:
    return [trace for trace in drawing.data if "ids" in trace]


def cell(name: str) -> tuple[int, int]:
    county = county_named(name)
    assert county
    return tiles()[county.county_code]


@pytest.mark.parametrize("selected", [None, "65000", UNKNOWN])
def test_the_drawing_library_takes_it_as_it_is(selected: str | None) -> None:
    go.Figure(drawn(missing=(UNKNOWN,), small=("09007",), selected=selected).as_file)


def test_each_of_the_22_counties_has_one_cell_and_no_two_share_one() -> None:
    assert set(tiles()) == CODES
    assert len(set(tiles().values())) == 22


def test_the_arrangement_is_that_of_the_island() -> None:
    assert cell("基隆市")[0] < cell("臺中市")[0] < cell("高雄市")[0]
    assert cell("新竹市")[1] < cell("宜蘭縣")[1]
    assert cell("雲林縣")[1] < cell("花蓮縣")[1]
    assert all(cell(name)[1] == 1 for name in ("連江縣", "金門縣", "澎湖縣"))
    assert all(column > 1 for code, (_, column) in tiles().items() if code not in {"09007", "09020", "10016"})


def test_cells_are_equal_and_do_not_overlap_on_the_narrowest_screen() -> None:
    drawing = drawn()
    (trace,) = cells(drawing)
    layout = drawing.layout
    rows, columns = 8, 5
    pitch = (layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]) / rows
    assert trace["marker"]["size"] < pitch
    assert columns * pitch <= PHONE, "the rows decide the size of a cell, whatever the width"
    assert layout["xaxis"]["scaleanchor"] == "y"
    assert (layout["yaxis"]["range"], layout["xaxis"]["range"]) == ([8.5, 0.5], [0.5, 5.5])


def test_every_cell_stands_where_the_arrangement_has_it_and_can_be_chosen() -> None:
    (trace,) = cells(drawn())
    found = {code: (y, x) for code, x, y in zip(trace["ids"], trace["x"], trace["y"], strict=True)}
    assert found == dict(tiles())
    assert trace["meta"] == {"pick": True}
    assert trace["text"][0] == "新北市 30 %"


def test_name_and_figure_are_written_on_every_cell() -> None:
    written = next(trace for trace in drawn().data if trace["mode"] == "text")
    assert written["text"][0] == "新北市<br>30"
    assert len(written["text"]) == 22


def test_a_county_without_figure_is_grey_and_explained() -> None:
    grey, coloured = cells(drawn(missing=(UNKNOWN,)))
    assert (grey["ids"], grey["marker"]["color"]) == ([UNKNOWN], theme.MISSING)
    assert (grey["name"], grey["showlegend"]) == ("無數值", True)
    assert UNKNOWN not in coloured["ids"]
    assert len(coloured["ids"]) == 21


def test_a_small_denominator_is_explained_by_the_star_that_its_figure_bears() -> None:
    (entry,) = (trace for trace in drawn(small=("09007",)).data if trace["showlegend"])
    assert (entry["name"], entry["marker"]["symbol"], entry["x"]) == ("分母少於 30 人", "asterisk-open", [None])
    assert not any(trace["showlegend"] for trace in drawn().data)


def test_the_selected_cell_is_framed_below_all_others() -> None:
    frame, *rest = drawn(selected="63000").data
    assert (frame["y"], frame["x"]) == ([tiles()["63000"][0]], [tiles()["63000"][1]])
    assert frame["marker"]["line"]["color"] == theme.HIGHLIGHT
    assert frame["marker"]["size"] > rest[0]["marker"]["size"]
    assert "ids" not in frame


def test_ids_are_unique_because_the_library_draws_points_of_one_id_once() -> None:
    for one in (drawn(), drawn(missing=(UNKNOWN,), selected="65000")):
        ids = list(itertools.chain.from_iterable(trace["ids"] for trace in cells(one)))
        assert len(ids) == len(set(ids)) == 22
