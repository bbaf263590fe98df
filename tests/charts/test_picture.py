"""What a picture says of itself as a file: it must stand without its page."""

import dataclasses

import pytest

from dashboard.charts import theme
from dashboard.charts.group_ranking import group_ranking
from dashboard.charts.picture import SIDE, Caption, Drawing, wrapped
from tests.charts.test_county_map import drawn as drawn_map
from tests.charts.test_group_ranking import BARS, CAPTION, SEGMENTS
from tests.charts.test_group_ranking import drawn as drawn_ranking
from tests.charts.test_tile_grid import drawn as drawn_tiles

DRAWINGS = pytest.mark.parametrize(
    "drawing", [drawn_map(), drawn_ranking(), drawn_tiles()], ids=["map", "ranking", "tiles"]
)


def breadth(line: str, size: int) -> float:
    return sum(size if ord(letter) > 0x2000 else size * 0.55 for letter in line)


def test_lines_break_between_clauses_and_lose_nothing() -> None:
    assert wrapped("一二三，四五六；七八九。", width=14) == "一二三，<br>四五六；<br>七八九。"


def test_a_clause_too_long_for_a_line_breaks_inside_but_not_inside_a_number_or_before_a_bracket_closes() -> None:
    assert wrapped("一二三四五六七", width=6) == "一二三<br>四五六<br>七"
    assert wrapped("一二（12345）三", width=8) == "一二<br>（12345）<br>三"


@DRAWINGS
def test_the_file_has_one_size_whatever_the_screen_and_says_what_it_is(drawing: Drawing) -> None:
    assert 600 <= drawing.printed["width"] <= 960
    assert drawing.printed["height"] > drawing.layout["height"]
    assert drawing.file_name.startswith("113年")


@DRAWINGS
def test_the_file_keeps_all_of_the_drawing(drawing: Drawing) -> None:
    assert drawing.as_file["data"] == list(drawing.data)
    kept = [one["text"] for one in drawing.as_file["layout"]["annotations"]]
    assert {one["text"] for one in drawing.layout.get("annotations", ())} <= set(kept)


@DRAWINGS
def test_that_it_is_simulated_stands_in_a_frame_above_the_title_in_letters_of_its_size(drawing: Drawing) -> None:
    (badge,) = (one for one in drawing.printed["annotations"] if "模擬資料" in one["text"])
    assert badge["font"]["size"] >= theme.BODY_SIZE
    assert badge["bordercolor"]
    assert badge["yshift"] == drawing.printed["margin"]["t"] - SIDE


def test_real_figures_bear_no_badge() -> None:
    plain = Caption("題", ("行",), ("小字",), "", "檔名")
    printed = group_ranking(BARS, SEGMENTS, plain).printed
    assert not any("模擬" in one["text"] for one in printed["annotations"])


@DRAWINGS
def test_no_line_of_the_file_is_cut_off_nor_flush_with_the_edge(drawing: Drawing) -> None:
    printed = drawing.printed
    assert printed["title"]["pad"]["l"] >= SIDE
    for note in printed["annotations"]:
        plain = [line.split(">")[-1] for line in note["text"].replace("<b>", "").replace("</b>", "").split("<br>")]
        assert max(breadth(line, note["font"]["size"]) for line in plain) <= printed["width"] - SIDE


def test_room_above_the_drawing_grows_with_what_stands_there() -> None:
    more = dataclasses.replace(CAPTION, lines=(*CAPTION.lines, "又一行", "再一行"))
    taller = group_ranking(BARS, SEGMENTS, more).printed["margin"]
    assert taller["t"] > drawn_ranking().printed["margin"]["t"] + 30
    assert not taller["autoexpand"]


@DRAWINGS
def test_all_colours_are_the_themes_so_that_a_dark_page_has_a_twin_for_each(drawing: Drawing) -> None:
    def colours(part: object) -> set[str]:
        if isinstance(part, dict):
            return set().union(*map(colours, part.values()))
        if isinstance(part, list | tuple):
            return set().union(*map(colours, part))
        return {part} if isinstance(part, str) and part.startswith("#") else set()

    assert colours([list(drawing.data), drawing.layout]) <= set(theme.DARK)
