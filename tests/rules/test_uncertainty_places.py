"""Places drawn again and again: the same methods as the exact engine, the same figures in, other rates out."""

import dataclasses
import time
from fractions import Fraction

import numpy as np
import pytest

from dashboard.domain.display import Certainty, display
from dashboard.rules.formulas import Counts
from dashboard.rules.methods import GroupMeanIndex, Method, MinMax, RankPoints, ZScore
from dashboard.rules.ranking import rank
from dashboard.rules.rule import Rule, load_rule
from dashboard.rules.uncertainty import scores
from dashboard.rules.uncertainty.places import PlaceInterval, place_intervals
from tests.rules.small import NEW_TAIPEI, TAICHUNG, TAINAN, TAIPEI, TAOYUAN, YEAR, Figures, figures, inputs

HOW = display().certainty
RULE = load_rule("adopted")
MUNICIPALITIES = (NEW_TAIPEI, TAIPEI, TAOYUAN, TAICHUNG, TAINAN)
METHODS: list[Method] = [
    RankPoints(kind="rank_points", points="linear"),
    RankPoints(kind="rank_points", points=(Fraction(10), Fraction(7), Fraction(7), Fraction(1))),
    ZScore(kind="z_score"),
    MinMax(kind="min_max"),
    *(
        GroupMeanIndex(
            kind="group_mean_index",
            factor=Fraction(10),
            factors={"b": Fraction(100)},
            base=Fraction(80),
            cap=Fraction(100),
            negative_mean=sign,
        )
        for sign in ("as_written", "absolute")
    ),
]


def drawn(cases: dict[str, Figures], rule: Rule = RULE, how: Certainty = HOW) -> dict[str, PlaceInterval]:
    frame = inputs(cases)
    counts: dict[str, Counts] = {code: dict(cases.get(code, {})) for code in frame["county_code"]}
    return place_intervals(rank(frame, rule, YEAR), counts, how)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.kind)
@pytest.mark.parametrize("higher", [True, False])
@pytest.mark.parametrize("key", ["a", "b"])
@pytest.mark.parametrize("numbers", [(3, 1, 2, 2, 5), (-3, -1, -2, 1, -1), (4, 4, 4), (7,)])
def test_points_on_arrays_are_those_of_the_exact_engine(
    method: Method, higher: bool, key: str, numbers: tuple[int, ...]
) -> None:
    values = {str(nth): Fraction(one, 7) for nth, one in enumerate(numbers)}
    exact = method.scores(key, values, higher=higher)
    assert isinstance(exact, dict)
    rows = np.array([[float(one) for one in values.values()]] * 2)
    found = scores.points(method, key, rows, higher=higher)
    assert found is not None
    assert found.tolist() == [pytest.approx([float(one) for one in exact.values()])] * 2


@pytest.mark.parametrize(
    ("value", "decimals", "told"), [(0.25, 1, 0.3), (-0.25, 1, -0.3), (1.005, 2, 1.01), (79.94999999999, 1, 80.0)]
)
def test_rounding_on_arrays_is_half_up_in_spite_of_floats(value: float, decimals: int, told: float) -> None:
    assert scores.rounded(np.array([[value]]), decimals).tolist() == [[pytest.approx(told)]]


def test_the_same_seed_gives_the_same_intervals_and_another_seed_others() -> None:
    cases = {code: figures(successful_persons=400 + 3 * nth) for nth, code in enumerate(MUNICIPALITIES)}
    assert drawn(cases) == drawn(cases)
    assert drawn(cases) != drawn(cases, how=HOW.model_copy(update={"seed": 1}))


def test_with_ever_so_many_persons_the_places_are_as_published() -> None:
    million = 10**12
    cases = {
        code: figures(
            visited_persons=800 * million,
            target_visits=1000 * million,
            successful_persons=(400 + 3 * nth) * million,
            repaid_persons=(100 + 2 * nth) * million,
        )
        for nth, code in enumerate(MUNICIPALITIES)
    }
    found = drawn(cases)
    assert [(found[code].low, found[code].high) for code in MUNICIPALITIES] == [(5, 5), (4, 4), (3, 3), (2, 2), (1, 1)]
    assert [found[code].last for code in MUNICIPALITIES] == [1, 1, 0, 0, 0]


def test_counties_that_are_alike_take_turns() -> None:
    found = drawn({code: figures() for code in MUNICIPALITIES})
    assert {(one.low, one.high) for one in found.values()} == {(1, 5)}
    assert sum(one.last + one.tied / 2 for one in found.values()) == pytest.approx(2, abs=0.35)
    assert max(one.last for one in found.values()) - min(one.last for one in found.values()) < 0.03


def test_a_tie_that_no_draw_can_break_stays_with_a_person() -> None:
    # Nothing is drawn where no indicator is a proportion of persons: five equals are tied in every draw.
    indicators = {key: one for key, one in RULE.indicators.items() if key in {"rate_change_pp", "completion_rate_pct"}}
    halved = {key: one.model_copy(update={"weight": Fraction(50)}) for key, one in indicators.items()}
    found = drawn({code: figures() for code in MUNICIPALITIES}, RULE.model_copy(update={"indicators": halved}))
    assert set(found.values()) == {PlaceInterval(1, 1, 1, 0.0, 1.0, 0.0, is_open=False)}


def test_a_county_whose_rate_grew_never_owes_however_often_it_is_last() -> None:
    cases = {code: figures() for code in MUNICIPALITIES}
    cases[TAIPEI] = figures(received_twd=501, successful_persons=8, repaid_persons=1, target_visits=8000)
    found = drawn(cases)
    assert found[TAIPEI].last > 0.5
    assert found[TAIPEI].owes == 0
    assert found[TAOYUAN].owes == found[TAOYUAN].last > 0


def test_a_county_without_a_place_has_no_interval_and_takes_none_from_others() -> None:
    cases = {code: figures(successful_persons=400 + nth) for nth, code in enumerate(MUNICIPALITIES)}
    without = drawn({**cases, TAIPEI: figures(visited_persons=0, successful_persons=0, repaid_persons=0)})
    assert TAIPEI not in without
    assert max(one.high for one in without.values()) == 4


def test_one_county_alone_is_first_in_every_draw() -> None:
    assert drawn({TAIPEI: figures()})[TAIPEI] == PlaceInterval(1, 1, 1, 1.0, 0.0, 1.0, is_open=False)


def test_nobody_ranked_has_no_intervals() -> None:
    assert drawn({}) == {}


def test_two_persons_say_less_than_two_thousand() -> None:
    cases = {code: figures(successful_persons=400 + 20 * nth) for nth, code in enumerate(MUNICIPALITIES)}
    sure = drawn(cases)[TAINAN]
    small = figures(visited_persons=2, target_visits=2, successful_persons=1, repaid_persons=0)
    unsure = drawn({**cases, TAINAN: small})[TAINAN]
    assert unsure.high - unsure.low >= sure.high - sure.low
    assert unsure.low <= unsure.median <= unsure.high


def test_a_county_draws_the_same_whoever_else_is_ranked_and_by_whatever_rule() -> None:
    few = {code: figures(successful_persons=400 + 9 * nth) for nth, code in enumerate(MUNICIPALITIES[:2])}
    other = drawn(few)
    assert other == drawn(few, RULE.model_copy(update={"label": "試算"}))
    assert {one.high for one in other.values()} == {2}


def test_the_order_of_the_counties_changes_no_interval() -> None:
    cases = {code: figures(successful_persons=400 + 9 * nth) for nth, code in enumerate(MUNICIPALITIES)}
    frame = inputs(cases)
    counts: dict[str, Counts] = {code: dict(cases.get(code, {})) for code in frame["county_code"]}
    ranking = rank(frame, RULE, YEAR)
    turned = dataclasses.replace(ranking, rows=tuple(reversed(ranking.rows)))
    assert place_intervals(turned, counts, HOW) == place_intervals(ranking, counts, HOW)


def test_an_end_that_other_draws_might_move_is_said_to_be_open() -> None:
    # The interval ends at a fortieth of the draws: that often the lower of the two is first at some of these numbers.
    first = figures(visited_persons=1000, successful_persons=500, repaid_persons=0)
    open_ones = {}
    for more in range(20, 70, 3):
        second = figures(visited_persons=1000, successful_persons=500 + more, repaid_persons=0)
        found = drawn({TAIPEI: first, TAOYUAN: second}, only_success(1))
        away = abs(1 - found[TAIPEI].last - 0.025)
        open_ones[more] = found[TAIPEI].is_open
        assert found[TAIPEI].is_open == (away < 1.96 * (0.025 * 0.975 / HOW.draws) ** 0.5)
    assert not open_ones[20]
    assert not open_ones[68]


def only_success(count: int) -> Rule:
    """The rule with one indicator, 訪視成功率, and a report for the last `count` of each group."""
    key, one = next((key, one) for key, one in RULE.indicators.items() if one.formula == "success_rate_pct")
    report = RULE.report.model_copy(update={"count": count})
    indicators = {key: one.model_copy(update={"weight": Fraction(100)})}
    return RULE.model_copy(update={"indicators": indicators, "report": report})


def test_how_often_one_of_two_is_last_is_what_their_beta_distributions_say() -> None:
    ten = {"visited_persons": 10, "repaid_persons": 0}
    cases = {TAIPEI: figures(successful_persons=3, **ten), TAOYUAN: figures(successful_persons=5, **ten)}
    # P(a < b) for a ~ Beta(3.5, 7.5), b ~ Beta(5.5, 5.5), summed up over a fine grid.
    grid = [(nth + 0.5) / 4000 for nth in range(4000)]
    first = [x**2.5 * (1 - x) ** 6.5 for x in grid]
    second = [x**4.5 * (1 - x) ** 4.5 for x in grid]
    below, held = 0.0, 0.0
    for a, b in zip(first, second, strict=True):
        held += b * (below + a / 2)
        below += a
    expected = held / (sum(first) * sum(second))
    found = drawn(cases, only_success(1))
    # Four standard deviations of the draws.
    assert found[TAIPEI].last == pytest.approx(expected, abs=4 * (expected * (1 - expected) / HOW.draws) ** 0.5)
    assert found[TAIPEI].last + found[TAOYUAN].last == 1
    assert (found[TAIPEI].low, found[TAIPEI].high) == (1, 2)


def test_a_third_county_far_ahead_changes_nothing_between_the_other_two() -> None:
    two = {TAIPEI: figures(successful_persons=400), TAOYUAN: figures(successful_persons=405)}
    three = {NEW_TAIPEI: figures(successful_persons=799), **two}
    alone, together = drawn(two, only_success(1)), drawn(three, only_success(1))
    for code in two:
        assert together[code].last == alone[code].last
        assert together[code].median == alone[code].median + 1


def test_22_counties_are_drawn_within_a_second() -> None:
    cases = {
        code: figures(successful_persons=300 + nth, repaid_persons=80 + nth)
        for nth, code in enumerate(inputs({})["county_code"])
    }
    begun = time.process_time()
    assert len(drawn(cases)) == 22
    assert time.process_time() - begun < 2.5


def test_the_settings_are_those_of_the_file() -> None:
    assert HOW.draws >= 100_000
    assert str(HOW.seed) in HOW.assumption
