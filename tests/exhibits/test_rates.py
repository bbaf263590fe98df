"""Rates, ranks and the nation, worked out by hand from small frames."""

from fractions import Fraction

import pandas as pd

from dashboard.exhibits.rates import county_rates


def frame(rows: list[tuple[str, int | None, int | None]]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["county_code", "numerator", "denominator"])
    return made.astype({"numerator": "Int64", "denominator": "Int64"})


def with_base(rows: list[tuple[str, int | None, int | None, int | None, int | None]]) -> pd.DataFrame:
    columns = ["county_code", "numerator", "denominator", "base_numerator", "base_denominator"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:], "Int64"))


def test_equal_rates_share_a_rank_and_the_next_one_is_skipped() -> None:
    rates = county_rates(frame([("65000", 1, 4), ("63000", 1, 2), ("68000", 2, 4), ("66000", 0, 5)]))
    assert [row.rank for row in rates.rows] == [3, 1, 1, 4]


def test_the_nation_is_the_ratio_of_sums_and_not_the_mean_of_rates() -> None:
    rates = county_rates(frame([("65000", 10, 100), ("63000", 1, 2)]))
    assert rates.nation.rate_pct == Fraction(1100, 102)


def test_a_county_without_figures_is_neither_ranked_nor_in_the_nation() -> None:
    rates = county_rates(frame([("65000", 10, 100), ("63000", None, None), ("68000", 0, 0)]))
    assert [row.rank for row in rates.rows] == [1, None, None]
    assert (rates.nation.numerator, rates.nation.denominator) == (10, 100)
    assert [row.county.name for row in rates.missing] == ["臺北市", "桃園市"]


def test_a_rate_of_zero_is_a_rate_and_the_lowest() -> None:
    rates = county_rates(frame([("65000", 0, 100), ("63000", 1, 2)]))
    assert rates.at(min) == (["新北市"], Fraction(0))
    assert rates.of("65000").rank == 2


def test_change_is_computed_on_exact_amounts() -> None:
    rates = county_rates(with_base([("65000", 5001, 10000, 5000, 10000)]))
    assert rates.of("65000").change_pp == Fraction(1, 100)


def test_without_a_base_there_is_no_change_and_none_for_a_nation_of_other_counties() -> None:
    rates = county_rates(with_base([("65000", 1, 2, None, None), ("63000", 1, 2, 1, 4)]))
    assert rates.of("65000").change_pp is None
    assert rates.of("63000").change_pp == 25
    assert rates.nation_change_pp is None


def test_a_small_denominator_is_ranked_but_at_no_end_unless_there_is_no_other() -> None:
    few = frame([("65000", 10, 100), ("63000", 2, 3), ("68000", 20, 100)])
    few["payable_persons"] = few["denominator"]
    rates = county_rates(few, 30)
    assert rates.of("63000").rank == 1
    assert rates.at(max) == (["桃園市"], Fraction(20))
    assert county_rates(few, 101).at(max)[0] == ["臺北市"]


def test_persons_decide_what_is_small_also_of_the_base_and_an_unknown_number_is_not_small() -> None:
    rows = with_base([("65000", 1, 900, 1, 900), ("63000", 1, 900, 1, 900), ("68000", 1, 900, None, None)])
    rows["payable_persons"] = pd.array([29, 30, 900], dtype="Int64")
    rows["base_payable_persons"] = pd.array([30, 29, None], dtype="Int64")
    assert [row.is_small for row in county_rates(rows, 30).rows] == [True, True, False]
