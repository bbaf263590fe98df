"""What a picture says of itself and how it is downloaded: it must stand without its page, at every width."""

import plotly.graph_objects as go
import pytest

from dashboard.charts import theme
from dashboard.charts.group_ranking import group_ranking
from dashboard.charts.picture import SIDE, Caption, config, wrapped
from tests.charts.test_county_map import drawn as drawn_map
from tests.charts.test_group_ranking import CAPTION, SEGMENTS, frame
from tests.charts.test_group_ranking import drawn as drawn_ranking

PHONE = 288
"""Pixels a chart has on the narrowest screen (320)."""


def breadth(line: str, size: int) -> float:
    return sum(size if ord(letter) > 0x2000 else size * 0.6 for letter in line)


def test_lines_break_between_clauses_and_lose_nothing() -> None:
    assert wrapped("一二三，四五六；七八九。", width=14) == "一二三，<br>四五六；<br>七八九。"


def test_a_clause_too_long_for_a_line_breaks_inside_but_not_inside_a_number_or_before_a_bracket_closes() -> None:
    assert wrapped("一二三四五六七", width=6) == "一二三<br>四五六<br>七"
    assert wrapped("一二（12345）三", width=8) == "一二<br>（12345）<br>三"


@pytest.mark.parametrize("figure", [drawn_map(), drawn_ranking()], ids=["map", "ranking"])
def test_the_download_has_one_size_whatever_the_screen_is_sharp_and_says_what_it_is(figure: go.Figure) -> None:
    options = config(figure)["toImageButtonOptions"]
    assert options["format"] == "png"
    assert options["width"] * options["scale"] >= 1800
    assert options["height"] == figure.layout.meta["height"] >= 300
    assert options["filename"].startswith("113年")
    assert config(figure)["displayModeBar"] is True


@pytest.mark.parametrize("figure", [drawn_map(), drawn_ranking()], ids=["map", "ranking"])
def test_that_it_is_simulated_stands_in_a_frame_above_the_title_in_letters_of_its_size(figure: go.Figure) -> None:
    badge = figure.layout.annotations[0]
    assert "模擬資料" in badge.text
    assert badge.font.size >= theme.BODY_SIZE
    assert badge.bordercolor
    assert badge.yshift == figure.layout.margin.t - SIDE


def test_real_figures_bear_no_badge() -> None:
    plain = Caption("題", ("行",), ("小字",), "", "檔名")
    assert not any("模擬" in one.text for one in group_ranking(frame(), SEGMENTS, plain).layout.annotations)


@pytest.mark.parametrize("figure", [drawn_map(), drawn_ranking()], ids=["map", "ranking"])
def test_nothing_is_cut_off_on_a_phone_nor_flush_with_the_edge(figure: go.Figure) -> None:
    layout = figure.layout
    assert layout.margin.l >= SIDE
    assert layout.title.pad.l >= SIDE
    for note in layout.annotations:
        plain = [line.split(">")[-1] for line in note.text.replace("<b>", "").replace("</b>", "").split("<br>")]
        assert max(breadth(line, note.font.size) for line in plain) <= PHONE - SIDE


def test_room_above_the_drawing_grows_with_what_stands_there() -> None:
    more = Caption(CAPTION.subject, (*CAPTION.lines, "又一行", "再一行"), CAPTION.small, CAPTION.badge, "檔名")
    taller = group_ranking(frame(), SEGMENTS, more)
    assert taller.layout.margin.t > drawn_ranking().layout.margin.t + 30
    assert not taller.layout.margin.autoexpand
