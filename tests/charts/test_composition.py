"""The stacked bars of the reasons for not paying, looked at from inside."""

from typing import Any

import pytest

from dashboard.charts import theme
from dashboard.charts.composition import Bar, Scale, composition
from dashboard.charts.composition_over_time import Column, Panel, composition_over_time
from dashboard.charts.parts import Part, Segment, legend
from dashboard.charts.picture import Caption, Drawing

PARTS = [Part(0, "經濟困難", "甲"), Part(3, "已加入其他社會保險", "乙")]
CAPTION = Caption("原因", ("資料截止 114年",), ("小字",), "", "原因")


def segments(first: float) -> tuple[Segment, ...]:
    return tuple(Segment(value, f"{value:.1f}", f"{value:.1f} %", ("1", "2")) for value in (first, 100 - first))


def drawn(selected: bool = False) -> Drawing:
    bars = [
        Bar("65000", "新北市", segments(90), "新北市", "300 人", is_selected=selected),
        Bar("63000", "臺北市", (), "臺北市　未提報", instead="未提報", is_missing=True),
        Bar("68000", "桃園市", (), "桃園市　無", instead="--"),
    ]
    nation = Bar("", "全國", segments(60), "全國", "900 人")
    return composition(nation, bars, PARTS, Scale(100, 100, True), CAPTION, ["依官方順序"])


def counties(drawing: Drawing, **wanted: object) -> list[dict[str, Any]]:
    return [
        one
        for one in drawing.data
        if one.get("yaxis") == "y" and all(one.get(key) == value for key, value in wanted.items())
    ]


def test_segments_follow_one_another_and_end_at_the_whole() -> None:
    first, second, _ = counties(drawn(), type="bar")
    assert (first["base"], first["x"], second["base"], second["x"]) == ([0], [90], [90], [10])


def test_a_figure_is_written_on_a_segment_only_where_it_fits_on_a_phone() -> None:
    first, second, _ = counties(drawn(), type="bar")
    assert (first["text"], second["text"]) == (["90.0"], [""])


def test_the_county_not_reported_is_grey_and_the_one_without_persons_is_not() -> None:
    *_, whole = counties(drawn(), type="bar")
    assert whole["marker"] == {"color": theme.MISSING, "opacity": [0, 1, 0]}
    assert whole["text"] == ["", "未提報", "--"]


def test_every_county_can_be_chosen_and_the_nation_cannot() -> None:
    picked = [one for one in drawn().data if one.get("meta") == {"pick": True}]
    assert picked
    assert all(len(set(one["ids"])) == len(one["ids"]) == len(one["hovertext"]) for one in picked)
    assert [one["ids"] for one in picked][-1] == ["65000", "63000", "68000"]
    assert not [one for one in drawn().data if one.get("yaxis") == "y2" and "ids" in one]


def test_kinds_are_told_apart_by_lines_as_well_as_by_colour() -> None:
    assert "pattern" not in PARTS[0].marker
    assert PARTS[1].marker["pattern"]["shape"] == "/"
    text = legend(PARTS, 80)["text"]
    assert f'{theme.CATEGORICAL[0]}">■' in text
    assert f'{theme.CATEGORICAL[3]}">▨' in text


def test_the_selected_county_is_framed_with_an_arrow() -> None:
    assert drawn().layout["shapes"] == []
    (frame,) = drawn(selected=True).layout["shapes"]
    assert (frame["y0"], frame["y1"]) == (-0.5, 0.5)
    assert "▶ 新北市" in drawn(selected=True).layout["yaxis"]["ticktext"][0]


@pytest.mark.parametrize("nth", range(6))
def test_figures_on_every_colour_can_be_read_on_a_light_and_on_a_dark_page(nth: int) -> None:
    part = Part(nth, "", "")
    assert contrast(part.letters, part.colour) >= 4.5
    assert contrast(theme.DARK[part.letters], theme.DARK[part.colour]) >= 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_many_periods_leave_no_room_for_figures_on_a_phone() -> None:
    few, many = (
        composition_over_time(
            [Panel("全國", tuple(Column(str(nth), segments(60)) for nth in range(periods)), 100, True)], PARTS, CAPTION
        )
        for periods in (6, 14)
    )
    assert set(few.data[0]["text"]) == {"60.0"}
    assert set(many.data[0]["text"]) == {""}
