"""Shares of admissible weightings, worked by hand where one can, and the two ways of computing them compared."""

import time
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import answers
from dashboard.domain.periods import FullYear
from dashboard.rules import weightings
from dashboard.rules.ranking import rank
from dashboard.rules.rule import load_rule
from dashboard.rules.weightings import Chance, Field, cells, chance, sampled
from dashboard.rules.weights import Weights, applied, region, settings
from dashboard.warehouse import Warehouse

F = Fraction
RULE = load_rule("adopted")
DRAWS, SEED = settings().sampling.draws, settings().sampling.seed


def corners(*totals: int) -> tuple[Fraction, Fraction, Fraction]:
    first, second, third = map(Fraction, totals)
    return first, second, third


def exact(field: Field, code: str, last: int = 1) -> Chance:
    return chance(cells([field], code, last))


def test_two_counties_that_each_lead_at_some_corners_share_the_triangle_by_its_area() -> None:
    # a leads by 1 at the first corner, b by 1 at the two others: the line halves two sides, a keeps a quarter.
    field = {"a": corners(1, 0, 0), "b": corners(0, 1, 1)}
    assert exact(field, "a") == Chance(F(3, 4), F(0))
    assert exact(field, "b") == Chance(F(1, 4), F(0))


def test_whoever_leads_everywhere_is_never_last_and_the_other_always() -> None:
    field = {"a": corners(3, 3, 3), "b": corners(2, 2, 2)}
    assert exact(field, "a") == Chance(F(0), F(0))
    assert exact(field, "b") == Chance(F(1), F(0))
    assert cells([field], "a", 1) == ()


def test_counties_that_are_equal_under_all_weights_are_undecided_and_not_last() -> None:
    field = {"a": corners(1, 2, 3), "b": corners(1, 2, 3), "c": corners(9, 9, 9)}
    assert exact(field, "a") == Chance(F(0), F(1))
    assert exact(field, "a", last=2) == Chance(F(1), F(0))
    assert sampled([field], 1, 50, 1)["a"] == Chance(F(0), F(1))


def test_a_tie_at_one_corner_alone_has_no_area() -> None:
    field = {"a": corners(1, 1, 1), "b": corners(1, 2, 2)}
    assert exact(field, "a") == Chance(F(1), F(0))
    assert exact(field, "b") == Chance(F(0), F(0))


def test_a_group_no_larger_than_the_last_ones_is_among_them_under_all_weights() -> None:
    field = {"a": corners(9, 1, 5), "b": corners(1, 9, 5)}
    assert exact(field, "a", last=2) == Chance(F(1), F(0))
    assert exact({"a": corners(9, 1, 5)}, "a", last=2) == Chance(F(1), F(0))


def test_a_flip_line_says_whose_total_is_equal_there_and_where_it_leaves_the_triangle() -> None:
    (cell,) = cells([{"a": corners(1, 0, 0), "b": corners(0, 1, 1)}], "b", 1)
    (flip,) = cell.flips
    assert flip.others == ("a",)
    assert set(flip.ends) == {(F(1, 2), F(1, 2), F(0)), (F(1, 2), F(0), F(1, 2))}


def test_only_lines_across_which_the_verdict_changes_are_flips() -> None:
    # c leaves the last two only where it leads both others. It passes a where b is still ahead: nothing changes there.
    field = {"a": corners(0, 5, 5), "b": corners(9, 9, 5), "c": corners(6, 0, 6)}
    found = cells([field], "c", 2)
    flips = [flip for cell in found for flip in cell.flips]
    assert {flip.others for flip in flips} == {("b",)}
    for flip in flips:
        middle = tuple((one + two) / 2 for one, two in zip(*flip.ends, strict=True))
        own, *others = (_at(field, code, (middle[0], middle[1], middle[2])) for code in ("c", "a", "b"))
        assert own in others
        assert all(other <= own for other in others)


def test_years_running_count_only_weightings_under_which_a_county_is_last_in_each() -> None:
    one = {"a": corners(1, 0, 0), "b": corners(0, 1, 1)}
    other = {"a": corners(0, 0, 1), "b": corners(1, 1, 0)}
    # b is last where the first part passes a half in one year, the third in the other: never in both.
    assert chance(cells([one, other], "b", 1)) == Chance(F(0), F(0))
    both = chance(cells([one, one], "b", 1))
    assert both == exact(one, "b")
    assert sampled([one, one], 1, 400, 3)["b"] == sampled([one], 1, 400, 3)["b"]
    assert chance(cells([one, other], "a", 1)).last == F(1, 2)


def _at(field: Field, code: str, point: tuple[Fraction, Fraction, Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(field[code], point, strict=True)), F())


TOTALS = st.tuples(*[st.integers(0, 8).map(Fraction)] * 3)


@given(st.lists(TOTALS, min_size=2, max_size=6), st.integers(1, 3))
def test_the_parts_of_all_counties_cover_the_triangle_as_often_as_there_are_last_ones(
    totals: list[tuple[Fraction, Fraction, Fraction]], last: int
) -> None:
    field = {str(nth): one for nth, one in enumerate(totals)}
    chances = {code: exact(field, code, last) for code in field}
    if len(set(totals)) == len(totals):
        assert sum((one.last for one in chances.values()), F()) == min(last, len(totals))
        assert all(one.tied == 0 for one in chances.values())
    # A boring loop over a coarse grid of weightings agrees about who may ever be last.
    for x, y in product(range(8), repeat=2):
        if x + y > 7:
            continue
        point = (F(x, 7), F(y, 7), F(7 - x - y, 7))
        standing = {code: _at(field, code, point) for code in field}
        for code, own in standing.items():
            if sum(other <= own for other in standing.values()) <= last:
                assert chances[code].last > 0
            if chances[code] == Chance(F(0), F(0)):
                assert sum(other < own for other in standing.values()) >= last or list(standing.values()).count(own) > 1


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_sampled_and_exact_shares_of_the_sample_agree(demo: Warehouse, year: int) -> None:
    ranking = rank(answers.ranking_inputs(demo, FullYear(year), FullYear(year - 1)), RULE, FullYear(year))
    for group in {row.group for row in ranking.rows}:
        field = weightings.field(ranking, region(), [row for row in ranking.rows if row.group == group])
        drawn = sampled([field], 2, DRAWS, SEED)
        shares = {code: exact(field, code, 2) for code in field}
        assert sum(one.last + one.tied for one in shares.values()) >= 2
        for code, share in shares.items():
            p = float(share.last)
            assert abs(float(drawn[code].last) - p) <= 4 * (p * (1 - p) / DRAWS) ** 0.5 + 1e-12


def test_at_a_whole_weighting_the_cells_say_what_the_ranking_says(demo: Warehouse) -> None:
    year = FullYear(2025)
    inputs = answers.ranking_inputs(demo, year, FullYear(2024))
    ranking = rank(inputs, RULE, year)
    for shares in ((40, 25, 20), (16, 17, 52), (53, 16, 16)):
        tried = rank(inputs, applied(RULE, Weights(change=shares[0], repayment=shares[1], success=shares[2])), year)
        for row in tried.rows:
            members = [one for one in ranking.rows if one.group == row.group]
            field = weightings.field(ranking, region(), members)
            point = region().within((F(shares[0]), F(shares[1]), F(shares[2])))
            standing = {code: _at(field, code, point) for code in field}
            assert standing[row.county_code] == row.total


def test_the_same_seed_draws_the_same_weightings() -> None:
    field = {"a": corners(1, 0, 0), "b": corners(0, 1, 1)}
    assert sampled([field], 1, 500, 7) == sampled([field], 1, 500, 7)
    assert sampled([field], 1, 500, 7) != sampled([field], 1, 500, 8)


def test_totals_too_long_for_a_machine_word_are_sampled_as_exactly() -> None:
    long = F(1, 10**40 + 7)
    field = {"a": (1 + long, F(0), F(0)), "b": (F(1), F(0), F(0)), "c": corners(5, 5, 5)}
    assert sampled([field], 1, 200, 1)["b"].last > F(9, 10)
    assert sampled([field], 1, 200, 1)["a"].last == 0


def test_ten_thousand_weightings_take_less_than_a_second(demo: Warehouse) -> None:
    year = FullYear(2025)
    ranking = rank(answers.ranking_inputs(demo, year, FullYear(2024)), RULE, year)
    fields = [
        weightings.field(ranking, region(), [row for row in ranking.rows if row.group == group])
        for group in dict.fromkeys(row.group for row in ranking.rows)
    ]
    started = time.process_time()
    for field in fields:
        sampled([field], 2, 10_000, 1)
    assert time.process_time() - started < 1
