"""The smallest change that ends a duty: worked by hand, and against trying every number with the ranking itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.counties import counties
from dashboard.rules import margin
from dashboard.rules.formulas import INPUT_COLUMNS
from dashboard.rules.margin import Margin, Move
from dashboard.rules.ranking import rank
from dashboard.rules.rule import load_rule
from dashboard.rules.words import UNDECIDED, Verdict
from tests.rules.small import NEW_TAIPEI, TAIPEI, TAOYUAN, YEAR, Figures, figures, inputs, ranked

RULE = load_rule("adopted")
MUNICIPALITIES = [county.county_code for county in counties()[:6]]
TRIED = 60
"""Numbers tried one by one where nothing bounds a move."""


def found(cases: dict[str, Figures], code: str) -> dict[Move, Margin]:
    frame = inputs(cases)
    return {one.move: one for one in margin.margins(frame, rank(frame, RULE, YEAR), code)}


def owes(cases: dict[str, Figures], code: str, move: Move, n: int) -> Verdict:
    moved = cases[code] | {column: (cases[code][column] or 0) + n for column in margin.COLUMNS[move]}
    return ranked(cases | {code: moved})[code].owes_review_report


def three(**third: int | None) -> dict[str, Figures]:
    """Three counties, the third is last: 臺北市 grew by a point, 新北市 by half of one, both visited as usual."""
    return {TAIPEI: figures(received_twd=510), NEW_TAIPEI: figures(received_twd=505), TAOYUAN: figures(**third)}


def test_growth_ends_the_duty_with_the_first_dollar_above_the_base() -> None:
    # 498 of 1000 against 500 of 1000 a year before: two dollars make it zero growth, which is none.
    paid = found(three(received_twd=498), TAOYUAN)[Move.PAID]
    assert (paid.n, paid.by_growth) == (3, True)
    assert paid.after
    assert paid.after.growth_pp == pytest.approx(0.1)
    assert paid.limit == 502


def test_a_place_out_of_the_last_two_ends_the_duty_and_a_tie_for_it_does_not() -> None:
    # All else equal, repayments of 400 successes are 110, 105 and 100: the first of three alone is not among the last.
    cases = {code: figures(repaid_persons=n) for code, n in ((TAIPEI, 110), (NEW_TAIPEI, 105), (TAOYUAN, 100))}
    repayment = found(cases, TAOYUAN)[Move.REPAYMENT]
    assert owes(cases, TAOYUAN, Move.REPAYMENT, 10) == UNDECIDED
    assert (repayment.n, repayment.by_growth, repayment.lapses_at) == (11, False, None)
    assert repayment.after
    assert repayment.after.place == 1


def test_what_no_number_within_the_limit_achieves_has_none() -> None:
    # 桃園市 is last in 消長 (35) and 成功率 (20): leading in 補繳率 (30) leaves it behind 臺北市 all the same.
    cases = three(received_twd=498, successful_persons=390, repaid_persons=97)
    repayment = found(cases, TAOYUAN)[Move.REPAYMENT]
    assert (repayment.n, repayment.limit, repayment.after) == (None, 293, None)


def test_a_move_stops_where_a_part_would_pass_its_whole() -> None:
    shown = found(three(received_twd=400, successful_persons=790, repaid_persons=787), TAOYUAN)
    assert shown[Move.SUCCESS].limit == 10
    assert shown[Move.REPAYMENT].limit == 3
    assert shown[Move.SUCCESS_REPAYMENT].limit == 10
    assert shown[Move.VISIT].limit is None
    assert shown[Move.VISIT_SUCCESS_REPAYMENT].limit is None


def test_the_limit_itself_may_be_what_it_takes() -> None:
    cases = {code: figures(repaid_persons=n) for code, n in ((TAIPEI, 399), (NEW_TAIPEI, 395), (TAOYUAN, 390))}
    repayment = found(cases, TAOYUAN)[Move.REPAYMENT]
    assert (repayment.n, repayment.limit) == (10, 10)


def test_the_first_success_gives_a_county_without_any_its_place() -> None:
    # Without a success there is no 補繳率 and no place; 1 of 1 equals the others' 100 %, and 消長 and 完成率 lead.
    others = {code: figures(received_twd=499, repaid_persons=400) for code in (TAIPEI, NEW_TAIPEI)}
    cases = others | {TAOYUAN: figures(visited_persons=900, successful_persons=0, repaid_persons=0)}
    assert ranked(cases)[TAOYUAN].place is None
    assert found(cases, TAOYUAN)[Move.SUCCESS_REPAYMENT].n == 1


def test_a_county_that_owes_nothing_has_no_margins() -> None:
    assert found(three(received_twd=501), TAOYUAN) == {}


def test_figures_that_are_missing_cannot_be_raised() -> None:
    shown = found(three(received_twd=400, repaid_persons=None), TAOYUAN)
    assert not shown[Move.REPAYMENT].is_known
    assert shown[Move.REPAYMENT].n is None
    assert shown[Move.PAID].n == 101, "growth exempts whatever place the missing figures would give"


def test_more_is_not_always_better() -> None:
    # 桃園市 leads in 補繳率 with 100 of 400, the others repay a fifth; in 成功率 it is last with 400 of 800.
    # Ten more successes share the second place there: 30 + 20 × 2/3 points pass 臺北市's 30 × 2/3 + 20.
    # With 101 more less than a fifth of its 501 successes repay, and it is last in 補繳率.
    cases = {
        TAIPEI: figures(successful_persons=420, repaid_persons=84),
        NEW_TAIPEI: figures(successful_persons=410, repaid_persons=82),
        TAOYUAN: figures(successful_persons=400, repaid_persons=100),
    }
    success = found(cases, TAOYUAN)[Move.SUCCESS]
    assert (success.n, success.lapses_at) == (10, 101)
    verdicts = [owes(cases, TAOYUAN, Move.SUCCESS, n) for n in (9, 10, 100, 101)]
    assert verdicts == [True, False, False, True]


# --- every number tried, one by one, by the ranking itself

_small = st.integers(1, 5)
complete: st.SearchStrategy[Figures] = st.fixed_dictionaries(
    {
        "receivable_twd": st.integers(8, 10),
        "received_twd": st.integers(2, 6),
        "base_receivable_twd": st.integers(8, 10),
        "base_received_twd": st.integers(4, 8),
        "target_visits": st.integers(6, 9),
        "visited_persons": st.integers(5, 9),
        "successful_persons": st.integers(0, 5),
        "repaid_persons": _small,
    }
)
gappy = complete.map(lambda one: one | {"visited_persons": None})
nations = st.lists(st.one_of(complete, complete, complete, gappy), min_size=1, max_size=6)


@settings(max_examples=40)
@given(nations, st.data())
def test_the_number_found_flips_the_duty_and_no_smaller_one_does(drawn: list[Figures], data: st.DataObject) -> None:
    cases = dict(zip(MUNICIPALITIES, drawn, strict=False))
    code = data.draw(st.sampled_from(sorted(cases)))
    ranking = rank(inputs(cases), RULE, YEAR)
    judge = margin.judged_by_places(ranking, next(row for row in ranking.rows if row.county_code == code))
    for move, one in found(cases, code).items():
        if not one.is_known:
            continue
        numbers = range(1, (max(TRIED, one.n or 0) if one.limit is None else one.limit) + 1)
        ended = [n for n in numbers if judge(margin.after(move, cases[code], n)) is False]
        assert one.n == (ended[0] if ended else None), move
        lapsed = [n for n in numbers if ended and n > ended[0] and n not in ended]
        assert lapsed[:1] == ([one.lapses_at] if one.lapses_at in numbers else []), move
        if one.n is not None:
            verdicts = [owes(cases, code, move, n) for n in (one.n - 1, one.n)]
            assert verdicts[0] is not False, move
            assert verdicts[1] is False, move


@settings(max_examples=60)
@given(nations, st.data())
def test_the_quick_judgement_is_that_of_the_ranking(drawn: list[Figures], data: st.DataObject) -> None:
    cases = dict(zip(MUNICIPALITIES, drawn, strict=False))
    code = data.draw(st.sampled_from(sorted(cases)))
    moved = data.draw(st.one_of(complete, gappy))
    ranking = rank(inputs(cases), RULE, YEAR)
    row = next(one for one in ranking.rows if one.county_code == code)
    judge = margin.judged_by_places(ranking, row)
    assert judge(moved) == ranked(cases | {code: moved})[code].owes_review_report


def test_exchanging_the_figures_of_one_county_leaves_the_frame_it_came_from_alone() -> None:
    frame = inputs(three())
    changed = margin.with_counts(frame, TAOYUAN, figures(repaid_persons=101))
    assert frame.equals(inputs(three()))
    assert changed.equals(inputs(three() | {TAOYUAN: figures(repaid_persons=101)}))
    assert changed.dtypes.equals(frame.dtypes)
    assert set(INPUT_COLUMNS) < set(changed.columns)
