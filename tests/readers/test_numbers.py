"""Numbers come back exactly however they are typed, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.readers.grid import Cell, PercentValue
from dashboard.readers.numbers import Mark, UnreadableCell, read_percent, read_whole

whole_numbers = st.integers(min_value=0, max_value=10**15 - 1)
FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")
blanks = st.text(" \u3000\u00a0\t", max_size=3)


@given(whole_numbers)
def test_a_number_reads_back_from_a_cell_of_numbers(number: int) -> None:
    assert read_whole(number) == (number, False)
    assert read_whole(Decimal(number)) == (number, False)


@given(whole_numbers, blanks, blanks)
def test_a_number_reads_back_from_text_with_blanks_around_it(number: int, before: str, after: str) -> None:
    assert read_whole(f"{before}{number}{after}")[0] == number


@given(whole_numbers, st.sampled_from([",", " ", ", ", "，"]))
def test_a_number_reads_back_however_it_is_grouped(number: int, separator: str) -> None:
    assert read_whole(f"{number:,}".replace(",", separator))[0] == number


@given(whole_numbers)
def test_a_number_reads_back_from_full_width_digits(number: int) -> None:
    assert read_whole(f"{number}".translate(FULL_WIDTH)) == (number, True)
    assert read_whole(f"{number:,}".translate(FULL_WIDTH)) == (number, True)


@given(whole_numbers)
def test_thousands_are_multiplied_exactly(number: int) -> None:
    assert read_whole(f"{number:,}", 1000)[0] == number * 1000


@given(st.integers(min_value=1000), st.integers(min_value=1, max_value=20))
def test_a_comma_in_a_wrong_place_is_refused(number: int, place: int) -> None:
    text = str(number)
    wrong = f"{text[:place]},{text[place:]}"
    if wrong == f"{number:,}":
        return
    with pytest.raises(UnreadableCell):
        read_whole(wrong)


@given(st.text(max_size=12))
def test_any_text_is_a_number_a_mark_or_refused(text: str) -> None:
    try:
        value, _ = read_whole(text)
    except UnreadableCell:
        return
    assert isinstance(value, Mark) or value >= 0


@pytest.mark.parametrize(
    "text", ["1,23", "1,2345", ",123", "12 34", "1\n2", "1.5", "0x10", "1_000", "½", "²", "40¹", "4①", "一百", ""]
)
def test_what_only_looks_like_a_number_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCell):
        read_whole(text)


@pytest.mark.parametrize("cell", [None, PercentValue(Decimal(50)), 10**15, Decimal("0.5")])
def test_cells_that_are_no_count_are_refused(cell: Cell) -> None:
    with pytest.raises(UnreadableCell):
        read_whole(cell)


def test_half_a_thousand_is_a_whole_number_of_dollars() -> None:
    assert read_whole("12.5", 1000)[0] == 12_500


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_a_percent_reads_back_with_its_sign_or_without(percent: Decimal) -> None:
    for cell in (f"{percent}%", f"{percent}％", str(percent), PercentValue(percent)):
        assert read_percent(cell) == (percent, Decimal("0.005"))
