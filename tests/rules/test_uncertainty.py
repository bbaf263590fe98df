"""Intervals of proportions, funnel limits, and sets of ranks: published check values, and cases anybody can follow."""

import itertools
import time
from fractions import Fraction
from random import Random

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from dashboard.domain.display import display
from dashboard.rules.uncertainty import distributions, funnel, rank_sets
from dashboard.rules.uncertainty.distributions import Count

LEVEL, DRAWS, SEED = 0.95, 10_000, 7

SCATTERED = {
    str(nth): Count(*pair)
    for nth, pair in enumerate(zip((300, 260, 640, 150, 420, 95), (500, 500, 1000, 300, 600, 200), strict=True))
}


def sets_of(*counts: tuple[int, int], last: int = 2) -> list[rank_sets.RankSet]:
    named = {str(nth): Count(*one) for nth, one in enumerate(counts)}
    return list(rank_sets.rank_sets(named, last, LEVEL, DRAWS, SEED).sets.values())


# --- proportions


@pytest.mark.parametrize(("part", "whole", "low", "high"), [(55, 100, 0.4524, 0.6439), (3, 40, 0.0258, 0.1986)])
def test_wilson_intervals_are_those_of_the_textbooks(part: int, whole: int, low: float, high: float) -> None:
    found = distributions.wilson(np.array([float(part)]), np.array([float(whole)]), LEVEL)
    assert [round(float(limit[0]), 4) for limit in found] == [low, high]


def test_nobody_and_everybody_have_an_interval_that_stays_within_the_possible() -> None:
    low, high = distributions.wilson(np.array([0.0, 5.0]), np.array([5.0, 5.0]), LEVEL)
    assert low.tolist()[0] == 0 < high.tolist()[0] < 1
    assert 0 < low.tolist()[1] < high.tolist()[1] == 1


def test_a_county_without_a_proportion_is_left_out() -> None:
    counts = {"a": (1, 2), "b": (0, 0), "c": (None, 5), "d": (5, None), "e": (3, 2), "f": (0, 4)}
    assert distributions.countable(counts) == {"a": Count(1, 2), "f": Count(0, 4)}


# --- funnels


@pytest.mark.parametrize(("level", "low", "high"), [(0.95, 0.5565, 0.6420), (0.998, 0.5310, 0.6652)])
def test_chance_limits_are_score_limits_around_the_target(level: float, low: float, high: float) -> None:
    found = funnel.chance_limits(0.6, np.array([500.0]), level)
    assert [round(float(limit[0]), 4) for limit in found] == [low, high]


def test_over_dispersion_is_estimated_from_winsorised_deviations() -> None:
    found = funnel.over_dispersion(SCATTERED, 0.1, 0.05)
    assert found
    assert (round(found.phi, 3), round(found.raw_phi, 3), round(found.tau2, 6)) == (9.899, 11.839, 0.005532)
    assert found.is_significant
    wide = funnel.over_dispersed_limits(funnel.target(SCATTERED), np.array([1000.0]), found.tau2, 0.998)
    assert [round(float(limit[0]), 4) for limit in wide] == [0.3689, 0.8123]


def test_over_dispersion_is_found_only_beyond_what_chance_brings_about() -> None:
    found = funnel.over_dispersion({str(nth): Count(60 + nth % 3, 100) for nth in range(10)}, 0.1, 0.05)
    assert found
    assert found.phi < 1 < found.limit
    assert not found.is_significant
    assert found.tau2 == 0
    # 16.92 is the tabulated 95 % point of χ² with 9 degrees of freedom.
    assert found.limit == pytest.approx(1.692, abs=1e-3)


def test_without_anything_between_counties_wide_limits_are_those_of_chance_on_the_arcsine_scale() -> None:
    whole = np.array([400.0, 10_000.0])
    wide, plain = funnel.over_dispersed_limits(0.6, whole, 0.0, 0.95), funnel.chance_limits(0.6, whole, 0.95)
    assert np.abs(wide.low - plain.low).max() < 0.002
    assert np.abs(wide.high - plain.high).max() < 0.002


def test_wide_limits_do_not_close_however_many_persons_there_are_nor_leave_what_is_possible() -> None:
    low, high = funnel.over_dispersed_limits(0.97, np.array([10.0, 1e12]), 0.01, 0.998)
    assert (high <= 1).all()
    assert (low >= 0).all()
    assert high[1] - low[1] > 0.2


@pytest.mark.parametrize(
    "counts", [{}, {"a": Count(1, 2)}, {"a": Count(0, 9), "b": Count(0, 5)}, {"a": Count(3, 3), "b": Count(5, 5)}]
)
def test_too_few_counties_or_no_variation_have_no_over_dispersion(counts: dict[str, Count]) -> None:
    assert funnel.over_dispersion(counts, 0.1, 0.05) is None


# --- sets of ranks


def test_with_millions_of_persons_every_rank_is_certain() -> None:
    found = sets_of((600_000, 1_000_000), (200_000, 1_000_000), (400_000, 1_000_000), (800_000, 1_000_000))
    assert [(one.low, one.high) for one in found] == [(2, 2), (4, 4), (3, 3), (1, 1)]
    assert [(one.own_low, one.own_high) for one in found] == [(2, 2), (4, 4), (3, 3), (1, 1)]
    assert [one.may_be_last for one in found] == [False, True, True, False]


def test_identical_counties_may_have_every_rank_and_any_of_them_may_be_last() -> None:
    assert set(sets_of(*[(50, 100)] * 6)) == {
        rank_sets.RankSet(1, 6, 1, 6, may_be_last=True, is_open=False, is_small=False)
    }


def test_two_clusters_are_told_apart_but_not_the_counties_inside_them() -> None:
    found = sets_of(*[(900, 1000)] * 3, *[(300, 1000)] * 3)
    assert [(one.low, one.high) for one in found] == [(1, 3)] * 3 + [(4, 6)] * 3
    assert [one.may_be_last for one in found] == [False] * 3 + [True] * 3


def test_rates_of_none_and_of_all_are_not_taken_for_certain() -> None:
    small = sets_of((0, 2), (2, 2), (1, 2))
    assert {(one.low, one.high) for one in small} == {(1, 3)}


def test_a_single_county_is_first_and_nobody_has_no_rank() -> None:
    assert sets_of((3, 10)) == [rank_sets.RankSet(1, 1, 1, 1, may_be_last=True, is_open=False, is_small=False)]
    assert sets_of() == []


def test_a_set_for_one_county_alone_is_never_wider_than_for_all_at_once() -> None:
    found = sets_of(*[(600 + 17 * nth, 1000) for nth in range(12)])
    assert all(one.low <= one.own_low <= one.own_high <= one.high for one in found)
    assert any(one.own_high - one.own_low < one.high - one.low for one in found)


def test_every_published_rank_is_in_its_own_set_whoever_asks_first() -> None:
    counts = [(40, 90), (700, 1000), (33, 70), (820, 1500), (51, 99)]
    found = dict(zip(counts, sets_of(*counts), strict=True))
    for one in counts:
        rank = 1 + sum(Fraction(*other) > Fraction(*one) for other in counts)
        assert found[one].low <= rank <= found[one].high


def test_sets_of_ranks_hold_all_true_ranks_as_often_as_they_promise() -> None:
    truth, size, runs = np.array([0.35, 0.5, 0.5, 0.6, 0.75]), 400, 400
    first = 1 + (truth[None, :] > truth[:, None]).sum(axis=1)
    seen = np.random.default_rng(11).binomial(size, truth, (runs, len(truth)))
    held = worst_held = 0
    for nth, row in enumerate(seen):
        named = {str(place): Count(int(part), size) for place, part in enumerate(row)}
        found = list(rank_sets.rank_sets(named, 2, LEVEL, 500, nth).sets.values())
        held += all(one.low <= rank <= one.high for one, rank in zip(found, first, strict=True))
        worst_held += all(found[place].may_be_last for place in (0, 1, 2))
    # 95 % promised, less three standard deviations of 400 runs and what 500 draws miss.
    assert held / runs >= 0.95 - 3 * (0.95 * 0.05 / runs) ** 0.5 - 0.01
    assert worst_held / runs >= 0.9


def test_of_equally_many_persons_the_higher_rate_never_has_the_worse_set() -> None:
    found = sets_of(*[(200 + 40 * nth, 1000) for nth in range(10)])
    for worse, better in itertools.pairwise(found):
        assert better.low <= worse.low
        assert better.high <= worse.high


def test_what_is_clearly_apart_makes_no_noise_for_the_rest() -> None:
    # 0.054 apart with 1,000 persons each: 2.41 standard deviations. All four compared at once would need 2.57 (Tukey's
    # studentised range of four, 3.63 ÷ √2); without the five differences that are plain already 2.4 is enough.
    found = sets_of((50, 1000), (500, 1000), (554, 1000), (950, 1000))
    assert [(one.low, one.high) for one in found] == [(4, 4), (3, 3), (2, 2), (1, 1)]
    assert [(one.low, one.high) for one in sets_of(*[(500, 1000)] * 3, (554, 1000))] == [(1, 4)] * 4


# --- what other draws, another order, or other groups change


def sets_by_code(counts: dict[str, Count], draws: int = DRAWS, seed: int = SEED) -> dict[str, rank_sets.RankSet]:
    return dict(rank_sets.rank_sets(counts, 2, LEVEL, draws, seed).sets)


@hypothesis.given(
    st.lists(st.tuples(st.integers(1, 400), st.integers(0, 400)), min_size=1, max_size=7),
    st.randoms(use_true_random=False),
)
@hypothesis.settings(max_examples=30)
def test_the_order_of_the_counties_changes_nothing(pairs: list[tuple[int, int]], random: Random) -> None:
    counts = {f"{nth}": Count(part, part + rest) for nth, (part, rest) in enumerate(pairs)}
    other = list(counts)
    random.shuffle(other)
    first = rank_sets.rank_sets(counts, 2, LEVEL, 500, SEED)
    second = rank_sets.rank_sets({key: counts[key] for key in other}, 2, LEVEL, 500, SEED)
    assert first.sets == second.sets
    assert first.against == second.against
    assert first.steps == second.steps


def test_another_seed_moves_no_rank_that_is_not_said_to_be_open() -> None:
    counts = {str(nth): Count(600 + 23 * nth, 1000 + 70 * nth) for nth in range(12)}
    for seed in range(5):
        for first, second in zip(sets_by_code(counts).values(), sets_by_code(counts, seed=seed).values(), strict=True):
            if not first.is_open and not second.is_open:
                assert first[:4] == second[:4]
            if None not in {first.may_be_last, second.may_be_last}:
                assert first.may_be_last == second.may_be_last


def test_a_difference_as_large_as_the_critical_value_is_left_open_until_there_are_more_draws() -> None:
    # 44 ÷ 1,002 apart, with a standard deviation of √(2 · 0.25 ÷ 1,002): 1.966 of them. The critical value of a single
    # pair is 1.960, which 10,000 draws leave within 0.04 and 100,000,000 would leave within 0.0004.
    counts = {"1": Count(478, 1000), "2": Count(522, 1000)}
    found = rank_sets.rank_sets(counts, 1, LEVEL, DRAWS, SEED)
    assert found.against["2", "1"].statistic == pytest.approx(1.9678, abs=1e-3)
    assert found.against["2", "1"].is_told is None
    assert [one.may_be_last for one in found.sets.values()] == [True, None]
    assert all(one.is_open for one in found.sets.values())
    (first, *_) = found.steps
    assert first.low < 1.96 < first.high
    assert 0.02 < first.high - first.low < 0.12


def test_the_error_of_the_simulation_is_as_large_as_it_is_said_to_be() -> None:
    counts = {str(nth): Count(500, 1000) for nth in range(5)}
    found = [rank_sets.rank_sets(counts, 2, LEVEL, 20_000, seed).steps[0] for seed in range(40)]
    # The studentised range of five, 3.858 ÷ √2. Of 40 intervals of 95 %, two miss it, and hardly ever more than six.
    assert sum(one.low < 2.728 < one.high for one in found) >= 34
    assert np.mean([one.value for one in found]) == pytest.approx(2.728, abs=0.006)


def test_more_draws_leave_a_smaller_error() -> None:
    counts = {str(nth): Count(500, 1000) for nth in range(5)}
    few, many = (rank_sets.rank_sets(counts, 2, LEVEL, draws, SEED).steps[0] for draws in (1_000, 100_000))
    assert many.high - many.low < (few.high - few.low) / 5


def test_who_has_too_few_persons_is_told_from_who_hardly_differs() -> None:
    large = {str(nth): Count(300 + 100 * nth, 1000) for nth in range(5)}
    found = sets_by_code({**large, "9": Count(3, 5)})
    assert (found["9"].low, found["9"].high) == (1, 6)
    assert found["9"].is_small
    alike = sets_by_code({str(nth): Count(500 + nth, 1000) for nth in range(6)})
    assert not any(one.is_small for one in alike.values())


def test_sets_of_22_counties_are_found_within_a_second() -> None:
    counts = {str(nth): Count(3000 + 40 * nth, 5000 + 10 * nth) for nth in range(22)}
    begun = time.process_time()
    sets_by_code(counts, display().certainty.set_draws)
    assert time.process_time() - begun < 2.5
