"""Classes of a map, worked out by hand and on anything."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules import classes
from dashboard.rules.classes import Classes

METHODS = (
    classes.equal_steps,
    classes.quantiles,
    classes.equal_steps_around_zero,
    classes.quantiles_around_zero,
)
AROUND_ZERO = METHODS[2:]
VALUES = st.lists(st.fractions(-100, 100, max_denominator=1000), min_size=1, max_size=22)


def numbers(*values: int) -> list[Fraction]:
    return [Fraction(value) for value in values]


def sorted_into(cut: Classes, values: list[Fraction]) -> list[int]:
    return [cut.of(value) for value in values]


def test_equal_steps_are_equally_wide_and_take_in_their_upper_bound() -> None:
    cut = classes.equal_steps(numbers(0, 10))
    assert cut.bounds == tuple(numbers(0, 2, 4, 6, 8, 10))
    assert sorted_into(cut, [Fraction(0), Fraction(2), Fraction(201, 100), Fraction(8), Fraction(10)]) == [
        0,
        0,
        1,
        3,
        4,
    ]


def test_quantiles_hold_a_fifth_of_the_counties_each() -> None:
    values = numbers(*range(1, 11))
    cut = classes.quantiles(values)
    assert cut.bounds == tuple(numbers(1, 2, 4, 6, 8, 10))
    assert [number for _, _, number in cut.spans(values)] == [2, 2, 2, 2, 2]


def test_equal_values_share_a_class_even_where_a_fifth_would_part_them() -> None:
    values = numbers(1, 2, 2, 2, 2, 2, 2, 8, 9, 10)
    cut = classes.quantiles(values)
    assert len({cut.of(value) for value in values[1:7]}) == 1
    assert sum(number for _, _, number in cut.spans(values)) == 10


@pytest.mark.parametrize("method", METHODS)
def test_where_all_are_equal_there_is_one_class(method: object) -> None:
    cut = method(numbers(0, 0, 0))  # type: ignore[operator]
    assert len(cut) == 1
    assert cut.of(Fraction(0)) == 0


def test_of_differences_the_middle_class_holds_zero_and_both_of_its_bounds() -> None:
    cut = classes.equal_steps_around_zero(numbers(-10, 5))
    assert cut.bounds == tuple(numbers(-10, -6, -2, 2, 6, 10))
    assert sorted_into(cut, numbers(-10, -6, -3, -2, 0, 2, 3, 6, 7)) == [0, 1, 1, 2, 2, 2, 3, 3, 4]


def test_quantiles_of_differences_cut_the_distances_from_zero() -> None:
    cut = classes.quantiles_around_zero(numbers(-1, 2, -3, 4, 5))
    assert cut.bounds == tuple(numbers(-5, -3, -1, 1, 3, 5))
    assert sorted_into(cut, numbers(-1, 2, -3, 4, 5)) == [2, 3, 1, 4, 4]


@given(VALUES)
@pytest.mark.parametrize("method", METHODS)
def test_every_value_lies_within_the_bounds_of_its_class(method: object, values: list[Fraction]) -> None:
    cut = method(values)  # type: ignore[operator]
    assert 1 <= len(cut) <= 5
    for value in values:
        nth = cut.of(value)
        assert cut.bounds[nth] <= value <= cut.bounds[nth + 1]


@given(VALUES)
@pytest.mark.parametrize("method", METHODS)
def test_a_higher_value_is_never_in_a_lower_class(method: object, values: list[Fraction]) -> None:
    cut = method(values)  # type: ignore[operator]
    found = sorted_into(cut, sorted(values))
    assert found == sorted(found)


@given(VALUES)
@pytest.mark.parametrize("method", AROUND_ZERO)
def test_rise_and_fall_of_the_same_size_lie_alike_on_both_sides(method: object, values: list[Fraction]) -> None:
    cut = method(values)  # type: ignore[operator]
    for value in values:
        assert cut.of(value) + cut.of(-value) == len(cut) - 1
