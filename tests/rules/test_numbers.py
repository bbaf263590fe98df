from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.numbers import half_up, half_up_nonzero, signed


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (Fraction(1234, 15), 4, "82.2667"),
        (Fraction(1, 8), 2, "0.13"),  # 0.125: a half goes up, where a binary or banker's rounding says 0.12
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(5), 2, "5.00"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(1999, 1000), 2, "2.00"),
    ],
)
def test_halves_go_away_from_zero(value: Fraction, decimals: int, printed: str) -> None:
    assert half_up(value, decimals) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Fraction(0), "0.00"),
        (Fraction(12, 100), "+0.12"),
        (Fraction(-12, 100), "-0.12"),
        (Fraction(5, 1000), "+0.01"),
        (Fraction(49, 10000), "+0.005"),
        (Fraction(4, 10000), "+0.0004"),
        (Fraction(-1, 10**9), "-0.000000001"),
    ],
)
def test_a_change_shows_its_sign_however_small(value: Fraction, printed: str) -> None:
    assert signed(value, 2) == printed


@given(st.fractions(), st.integers(1, 6))
def test_rounding_is_off_by_half_a_unit_at_most(value: Fraction, decimals: int) -> None:
    assert abs(Fraction(half_up(value, decimals)) - value) <= Fraction(1, 2 * 10**decimals)


@given(st.fractions(max_denominator=10**9))
def test_only_zero_reads_as_zero(value: Fraction) -> None:
    assert (Fraction(half_up_nonzero(value, 2)) == 0) == (value == 0)
