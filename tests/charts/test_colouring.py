"""How figures become colours: scales, classes and the letters that can be read on them."""

import itertools

import pytest

from dashboard.charts import colouring, theme


def test_a_missing_rate_does_not_pull_the_colours_down_to_zero() -> None:
    assert colouring.continuous(30, 51, "%").low == 30


def test_of_a_measure_where_less_is_better_the_deepest_colour_is_the_least() -> None:
    colours = colouring.continuous(1, 9, "%", higher_is_better=False)
    assert colours.scale[0] == [0.0, theme.SEQUENTIAL[-1]]


def test_a_difference_is_coloured_alike_on_both_sides_of_zero() -> None:
    colours = colouring.diverging(1.5, "◀ 下降　上升 ▶", ("-1.50", "+1.50"))
    assert (colours.low, colours.high) == (-1.5, 1.5)
    assert colours.scale[3] == [0.5, theme.DIVERGING[3]]
    assert colours.bar["ticktext"] == ["-1.50", "0", "+1.50"]
    assert "下降" in colours.bar["title"]["text"]


def test_each_class_is_one_colour_from_its_lower_to_its_upper_end() -> None:
    colours = colouring.classes(["甲", "乙", "丙", "丁", "戊"], "等距分級（%）")
    assert (colours.low, colours.high) == (-0.5, 4.5)
    starts = colours.scale[::2]
    ends = colours.scale[1::2]
    assert [one[1] for one in starts] == [one[1] for one in ends]
    assert len({one[1] for one in starts}) == 5
    assert [one[0] for one in ends[:-1]] == [one[0] for one in starts[1:]]
    assert colours.bar["ticktext"] == ["甲", "乙", "丙", "丁", "戊"]
    assert colours.bar["tickvals"] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("is_diverging", [True, False])
def test_fewer_classes_still_have_a_colour_of_the_theme_each(number: int, is_diverging: bool) -> None:
    colours = colouring.classes(["級"] * number, "", is_diverging).colours
    assert len(set(colours)) == number
    assert set(colours) <= set(theme.DIVERGING if is_diverging else theme.SEQUENTIAL)


def test_the_middle_of_differences_is_neither_rise_nor_fall() -> None:
    assert colouring.classes(["級"] * 5, "", is_diverging=True).colours[2] == theme.DIVERGING[3]
    assert colouring.classes(["級"] * 3, "", is_diverging=True).colours[1] == theme.DIVERGING[3]


def luminance(colour: str) -> float:
    channels = [int(colour[nth : nth + 2], 16) / 255 for nth in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("is_diverging", [True, False])
def test_letters_on_classes_can_be_read(is_diverging: bool) -> None:
    colours = colouring.classes(["級"] * 5, "", is_diverging)
    for nth, colour in enumerate(colours.colours):
        light, dark = sorted([luminance(colour), luminance(colours.ink(nth))], reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_values_beyond_the_scale_take_the_letters_of_its_end() -> None:
    colours = colouring.diverging(1.0, "", ("", ""))
    assert colours.ink(-16.7) == colours.ink(-1.0) == theme.PAPER
    assert colours.ink(0.0) == theme.INK


def test_room_below_the_drawing_grows_with_the_lines_of_the_legend() -> None:
    plain, classes = colouring.continuous(0, 1, "%"), colouring.classes(["一<br>二<br>三"], "題")
    assert classes.height > plain.height + 30


def test_neighbouring_classes_differ_in_lightness() -> None:
    shades = [luminance(one) for one in colouring.classes(["級"] * 5, "").colours]
    assert all(one > 1.25 * other for one, other in itertools.pairwise(shades))
