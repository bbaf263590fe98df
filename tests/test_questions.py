"""A question survives being written into an address, and nothing else can be asked through one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits, questions
from dashboard.domain.counties import counties
from dashboard.domain.kinds import Basis, Population
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.questions import NoQuestion, Question
from dashboard.rules.weights import Weights

MONTHS = st.builds(Month, st.integers(2012, 2040), st.integers(1, 12))
PERIODS = st.builds(
    lambda year, nth: BillingPeriod.from_iso(f"{year}-{2 * nth + 1:02}/{year}-{2 * nth + 2:02}"),
    st.integers(2012, 2040),
    st.integers(0, 5),
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.text(max_size=12),
    st.dates(),
    MONTHS,
    PERIODS,
    st.builds(FullYear, st.integers(2008, 2100)),
    st.builds(HalfYear, st.integers(2008, 2100), st.integers(1, 2)),
    st.sampled_from([*Basis, *Population]),
    st.sampled_from(list(counties())),
    st.builds(Weights, change=st.integers(1, 99), repayment=st.integers(1, 99), success=st.integers(1, 99)),
)


@given(st.lists(VALUES | st.lists(VALUES, max_size=3).map(tuple), max_size=5))
def test_a_question_read_back_is_the_question_written(arguments: list[object]) -> None:
    question = Question((exhibits.group_ranking, exhibits.review_reports), tuple(arguments))
    assert Question.read(question.text) == question
    assert "/" not in question.text


def test_a_rule_is_written_by_its_key() -> None:
    rule = questions.rule("adopted")
    assert Question.read(Question((exhibits.group_ranking,), (rule,)).text).arguments == (rule,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "load_rule",
        "county_coded~c63000",
        "group_ranking~x1",
        "group_ranking~iten",
        "group_ranking~i99999999999999999999999999",
        "group_ranking~i-9223372036854775809",
        "group_ranking~y99999999999999999999999999",
        "group_ranking~h99999-1",
        "group_ranking~" + 5_000 * "t",
        "group_ranking~runknown",
        "group_ranking~",
        "group_ranking~c99999",
        "group_ranking~eBasis.none",
        "group_ranking~eSettings.persons",
        "group_ranking~p2024-12_2025-02",
        "scenarios~y2025~w1-2",
        "group_ranking!open~s/etc/passwd",
    ],
)
def test_what_no_page_asks_is_no_question(text: str) -> None:
    with pytest.raises(NoQuestion):
        Question.read(text)


def test_a_day_reads_the_same_way() -> None:
    assert Question.read("group_ranking~d2026-09-30").arguments == (date(2026, 9, 30),)


def test_what_separates_questions_can_stand_in_a_text() -> None:
    question = Question((exhibits.group_ranking,), ("a~b!c/d.e", ("x!y", "~")))
    assert Question.read(question.text) == question
