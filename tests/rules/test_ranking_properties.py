"""What holds of every ranking, and that the boring twin agrees with it."""

import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.counties import counties
from dashboard.rules.formulas import INPUT_COLUMNS
from dashboard.rules.ranking import rank
from dashboard.rules.rule import load_rule
from tests import plain
from tests.rules.small import YEAR, Figures, inputs, ranked

CODES = [county.county_code for county in counties()]
RULE = load_rule("adopted")
NOTHING: Figures = dict.fromkeys(INPUT_COLUMNS)

# Small numbers, so that ties and zero denominators are common.
_known: st.SearchStrategy[int] = st.integers(1, 4)
_any: st.SearchStrategy[int | None] = st.one_of(st.integers(0, 3), st.none(), st.integers(10**11, 10**11 + 3))
complete = st.fixed_dictionaries(dict.fromkeys(INPUT_COLUMNS, _known))
gappy = st.fixed_dictionaries(dict.fromkeys(INPUT_COLUMNS, st.one_of(_known, _any)))
mostly_complete = st.one_of(complete, complete, complete, gappy)
codes = st.sampled_from(CODES)
# A few counties with figures: groups of any size up to that, and quick to draw.
nations = st.dictionaries(codes, mostly_complete, max_size=9)
whole_nations = st.fixed_dictionaries(dict.fromkeys(CODES, mostly_complete))

IMPROVEMENTS: dict[str, Callable[[Figures], Figures]] = {
    "rate_change_pp": lambda f: f | {"received_twd": (f["received_twd"] or 0) + 1},
    "repayment_rate_pct": lambda f: f | {"repaid_persons": (f["repaid_persons"] or 0) + 1},
    "success_rate_pct": lambda f: (
        f | {key: 2 * (f[key] or 0) for key in ("successful_persons", "repaid_persons")}  # repayment stays
    ),
    "completion_rate_pct": lambda f: (
        f | {key: 2 * (f[key] or 0) for key in ("visited_persons", "successful_persons", "repaid_persons")}
    ),
}


def agrees_with_twin(nation: dict[str, Figures]) -> bool:
    rows = [{"county_code": c.county_code, "group": c.group, **nation.get(c.county_code, NOTHING)} for c in counties()]
    twins = plain.adopted_ranking(rows)
    ours = ranked(nation)
    return twins.keys() == ours.keys() and all(
        getattr(ours[code], key) == value for code, twin in twins.items() for key, value in twin.items()
    )


@given(nations)
def test_the_boring_twin_agrees_on_groups_of_any_size(nation: dict[str, Figures]) -> None:
    assert agrees_with_twin(nation)


@settings(max_examples=20)
@given(whole_nations)
def test_the_boring_twin_agrees_on_all_22_counties(nation: dict[str, Figures]) -> None:
    assert agrees_with_twin(nation)


@given(st.one_of(complete, gappy))
def test_the_boring_twin_agrees_on_every_indicator(county: Figures) -> None:
    row = ranked({CODES[0]: county})[CODES[0]]
    assert {key: one.value for key, one in row.indicators.items()} == plain.indicators(county)


@given(nations, st.randoms())
def test_the_order_of_rows_changes_nothing(nation: dict[str, Figures], shuffler: random.Random) -> None:
    frame = inputs(nation)
    order = list(range(len(frame)))
    shuffler.shuffle(order)
    assert rank(frame.iloc[order], RULE, YEAR) == rank(frame, RULE, YEAR)


@pytest.mark.parametrize("indicator", IMPROVEMENTS)
@settings(max_examples=50)
@given(nation=st.dictionaries(codes, complete, min_size=1, max_size=9), data=st.data())
def test_improving_one_indicator_never_worsens_the_place(
    indicator: str, nation: dict[str, Figures], data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(sorted(nation)))
    before = ranked(nation)[code]
    after = ranked(nation | {code: IMPROVEMENTS[indicator](nation[code])})[code]
    changed = {key for key, one in after.indicators.items() if one.value != before.indicators[key].value}
    assert changed == {indicator}
    assert before.place is not None
    assert after.place is not None
    assert after.place <= before.place


@given(nations, st.integers(2, 9))
def test_multiplying_every_weight_changes_no_place(nation: dict[str, Figures], factor: int) -> None:
    heavier = {
        key: one.model_copy(update={"weight": one.weight * Fraction(factor)}) for key, one in RULE.indicators.items()
    }
    scaled = ranked(nation, RULE.model_copy(update={"indicators": heavier}))
    for code, row in ranked(nation).items():
        assert (scaled[code].place, scaled[code].in_last_two) == (row.place, row.in_last_two)


@given(nations, st.data())
def test_counties_of_one_group_with_equal_figures_fare_alike(nation: dict[str, Figures], data: st.DataObject) -> None:
    group = data.draw(st.sampled_from(["直轄市", "非直轄市"]))
    members = st.sampled_from([county.county_code for county in counties() if county.group == group])
    one, other = data.draw(members), data.draw(members)
    rows = ranked(nation | {other: nation.get(one, NOTHING)})
    assert (rows[one].place, rows[one].total, rows[one].in_last_two, rows[one].owes_review_report) == (
        rows[other].place,
        rows[other].total,
        rows[other].in_last_two,
        rows[other].owes_review_report,
    )


@given(nations)
def test_at_most_two_of_a_group_surely_owe_and_none_of_them_grew(nation: dict[str, Figures]) -> None:
    rows = ranked(nation).values()
    for group in ("直轄市", "非直轄市"):
        owing = [row for row in rows if row.group == group and row.owes_review_report is True]
        assert len(owing) <= 2
        assert all(row.growth_pp is not None and row.growth_pp <= 0 for row in owing)


@given(nations)
def test_one_group_does_not_touch_the_other(nation: dict[str, Figures]) -> None:
    municipalities = {county.county_code for county in counties() if county.group == "直轄市"}
    together = ranked(nation)
    apart = ranked({code: figures for code, figures in nation.items() if code in municipalities})
    assert all(together[code] == apart[code] for code in municipalities)
