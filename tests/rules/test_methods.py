"""How values become points: each method by hand, and what holds of all of them."""

import random
import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.counties import counties
from dashboard.rules import reporting
from dashboard.rules.methods import GroupMeanIndex, Method, MinMax, RankPoints, Rounding, ZScore
from dashboard.rules.numbers import root
from dashboard.rules.ranking import CountyRank, rank
from dashboard.rules.reporting import Candidate, Report
from dashboard.rules.rule import Rule, load_rule, rule_keys
from tests.rules.small import (
    NEW_TAIPEI,
    TAICHUNG,
    TAIPEI,
    TAOYUAN,
    YEAR,
    Figures,
    figures,
    inputs,
    receiving,
)
from tests.rules.test_ranking_properties import complete, mostly_complete

F = Fraction
LINEAR = RankPoints(kind="rank_points", points="linear")
INDEX = GroupMeanIndex(
    kind="group_mean_index", factor=F(10), factors={"done": F(100)}, base=F(80), cap=F(100), negative_mean="as_written"
)
METHODS: dict[str, Method] = {
    "linear": LINEAR,
    "table": RankPoints(kind="rank_points", points=(F(10), F(6), F(3))),
    "tables": RankPoints(kind="rank_points", points={2: (F(9), F(1)), 3: (F(9), F(5), F(1))}),
    "z": ZScore(kind="z_score"),
    "min_max": MinMax(kind="min_max"),
    "index": INDEX,
    "absolute": INDEX.model_copy(update={"negative_mean": "absolute"}),
    "refusing": INDEX.model_copy(update={"negative_mean": "no_value"}),
}
CODES = [county.county_code for county in counties()]


def scored(method: Method, *values: int | Fraction, key: str = "paid", higher: bool = True) -> Any:
    scores = method.scores(key, {str(at): F(value) for at, value in enumerate(values)}, higher=higher)
    return scores if isinstance(scores, str) else list(scores.values())


def test_linear_points_fall_by_the_same_step_and_equals_take_the_better() -> None:
    assert scored(LINEAR, 5, 9, 5, 1) == [75, 100, 75, 25]
    assert scored(LINEAR, 5, 9, 5, 1, higher=False) == [75, 25, 75, 100]


def test_a_table_gives_what_it_says_and_nothing_below_its_end() -> None:
    assert scored(METHODS["table"], 4, 3, 2, 1) == [10, 6, 3, 0]
    assert scored(METHODS["table"], 4, 4, 2) == [10, 10, 3]


def test_a_table_for_each_number_of_counties_has_no_points_for_other_numbers() -> None:
    assert scored(METHODS["tables"], 4, 3) == [9, 1]
    assert scored(METHODS["tables"], 4, 3, 2) == [9, 5, 1]
    assert scored(METHODS["tables"], 1) == "規則未訂 1 縣市之配分"


def test_standard_scores_use_the_deviation_of_the_whole_group() -> None:
    # mean 5, deviations -3, -1, -1, -1, 0, 0, 2, 4: sum of squares 32, of 8 -> sd 2
    assert scored(METHODS["z"], 2, 4, 4, 4, 5, 5, 7, 9) == [F(-3, 2), *[F(-1, 2)] * 3, 0, 0, 1, 2]
    assert scored(METHODS["z"], 2, 4, 4, 4, 5, 5, 7, 9, higher=False)[0] == F(3, 2)
    assert scored(METHODS["z"], 7, 7) == [0, 0]


def test_roots_are_exact_to_forty_decimals() -> None:
    assert root(F(4, 9)) == F(int("6" * 40), 10**40)
    assert root(F(9, 4)) == F(3, 2)
    assert str(Decimal(root(F(2)).numerator) / Decimal(root(F(2)).denominator)).startswith("1.41421356237309504880")


def test_min_max_spans_from_nothing_to_a_hundred_and_equals_get_all() -> None:
    assert scored(METHODS["min_max"], 2, 3, 6) == [0, 25, 100]
    assert scored(METHODS["min_max"], 2, 3, 6, higher=False) == [100, 75, 0]
    assert scored(METHODS["min_max"], 3, 3) == [100, 100]


def test_the_contest_measures_the_distance_from_the_group_mean() -> None:
    # mean 50: (60 - 50) / 50 * 10 + 80 = 82; 78 on the other side
    assert scored(INDEX, 60, 40) == [82, 78]
    # ten times as steep, and no more than 100
    assert scored(INDEX, 70, 30, key="done") == [100, 40]
    assert scored(INDEX, 60, 40, higher=False) == [78, 82]


def test_over_a_mean_of_zero_the_contest_has_no_points() -> None:
    assert scored(INDEX, 1, -1) == "組平均為零，公式無從計算"


def test_under_a_negative_mean_the_formula_as_written_turns_over() -> None:
    # mean -2: (-1 + 2) / -2 * 10 + 80 = 75 for the better of the two
    assert scored(INDEX, -1, -3) == [75, 85]
    assert INDEX.turns_over({"a": F(-1), "b": F(-3)})
    assert scored(METHODS["absolute"], -1, -3) == [85, 75]
    assert scored(METHODS["refusing"], -1, -3) == "組平均為負，規則不予計分"


@pytest.mark.parametrize(("value", "rounded"), [(F(825, 10), 83), (F(-825, 10), -83), (F(824, 10), 82)])
def test_rounding_is_half_up_where_the_rule_rounds(value: Fraction, rounded: int) -> None:
    assert Rounding(applies_to="points", decimals=0).of("points", value) == rounded
    assert Rounding(applies_to="points", decimals=0).of("total", value) == value
    assert Rounding(applies_to="none").of("points", value) == value


# --- what holds of all methods

VALUES = st.lists(st.fractions(-5, 5, max_denominator=4), max_size=6)


@pytest.mark.parametrize("name", METHODS)
@given(values=VALUES, shuffler=st.randoms(use_true_random=False), higher=st.booleans())
def test_every_method_is_total_symmetric_and_blind_to_order(
    name: str, values: list[Fraction], shuffler: random.Random, higher: bool
) -> None:
    own = {str(at): value for at, value in enumerate(values)}
    scores = METHODS[name].scores("paid", own, higher=higher)
    shuffled = list(own.items())
    shuffler.shuffle(shuffled)
    assert METHODS[name].scores("paid", dict(shuffled), higher=higher) == scores
    if isinstance(scores, str):
        assert scores
    else:
        assert scores.keys() == own.keys()
        assert all(scores[a] == scores[b] for a in own for b in own if own[a] == own[b])


@pytest.mark.parametrize("name", METHODS)
def test_empty_groups_and_groups_of_one_are_defined(name: str) -> None:
    assert scored(METHODS[name]) == []
    alone = scored(METHODS[name], 7)
    expected = {"linear": 100, "table": 10, "z": 0, "min_max": 100, "index": 80, "absolute": 80, "refusing": 80}
    assert alone == ([expected[name]] if name in expected else "規則未訂 1 縣市之配分")


def under(method: Method) -> Rule:
    return load_rule("adopted").model_copy(update={"method": method})


def rows_of(nation: dict[str, Figures], rule: Rule) -> dict[str, CountyRank]:
    frame = inputs(nation)
    for column in ("arrears_persons_sum", "payable_persons_sum"):
        frame[column] = [100_000 if code in nation else None for code in CODES]
        frame[column] = frame[column].astype("Int64")
    for column in ("arrears_months", "payable_periods"):
        frame[column] = [1 if code in nation else None for code in CODES]
        frame[column] = frame[column].astype("Int64")
    return {
        row.county_code: row for row in rank(frame, rule, YEAR, dict.fromkeys(rule.earlier_years(YEAR), frame)).rows
    }


nations = st.dictionaries(st.sampled_from(CODES), mostly_complete, max_size=7)


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=25)
@given(nation=nations)
def test_under_every_method_each_county_has_a_verdict_and_a_reason(name: str, nation: dict[str, Figures]) -> None:
    for row in rows_of(nation, under(METHODS[name])).values():
        assert row.owes_review_report in {True, False, "undecided"}
        assert row.reason.endswith("。")
        assert (row.place is None) == (row.total is None)
        assert row.place is not None or "未列名次：" in row.reason


@pytest.mark.parametrize("key", rule_keys())
@settings(max_examples=25)
@given(nation=nations, factor=st.integers(2, 9))
def test_multiplying_every_weight_changes_nothing(key: str, nation: dict[str, Figures], factor: int) -> None:
    rule = load_rule(key)
    heavier = {name: one.model_copy(update={"weight": one.weight * factor}) for name, one in rule.indicators.items()}
    scaled = rows_of(nation, rule.model_copy(update={"indicators": heavier}))
    for code, row in rows_of(nation, rule).items():
        assert (scaled[code].place, scaled[code].in_last_two) == (row.place, row.in_last_two)
        assert scaled[code].owes_review_report == row.owes_review_report


@pytest.mark.parametrize("key", [key for key in rule_keys() if key != "nhi"])
@settings(max_examples=25)
@given(nation=st.dictionaries(st.sampled_from(CODES), complete, min_size=1, max_size=7), data=st.data())
def test_under_rank_points_one_more_payment_never_worsens_the_place(
    key: str, nation: dict[str, Figures], data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(sorted(nation)))
    better = nation[code] | {"received_twd": (nation[code]["received_twd"] or 0) + 1}
    before, after = (rows_of(one, load_rule(key))[code].place for one in (nation, nation | {code: better}))
    assert before is not None
    assert after is not None
    assert after <= before


# --- who is among the last, and in how many years

REPORT = Report(pool="group", by="total", count=2, only="any", years_running=1, exemption="average_rate_grew")


def candidates(*keys: Any) -> dict[str, Candidate]:
    return {
        str(at): Candidate(
            "組", F(-1), None if key is None else tuple(map(F, key if isinstance(key, tuple) else (key,)))
        )
        for at, key in enumerate(keys)
    }


def test_a_tie_break_parts_equal_totals_and_what_is_still_equal_is_a_tie() -> None:
    parted = reporting.among_last(REPORT, candidates((80, 3), (80, 2), (80, 1), (90, 0)))
    assert list(parted.values()) == [False, True, True, False]
    tied = reporting.among_last(REPORT, candidates((80, 2), (80, 2), (80, 1), (90, 0)))
    assert list(tied.values()) == ["undecided", "undecided", True, False]


def test_a_county_without_a_key_is_undecided_and_does_not_count() -> None:
    assert list(reporting.among_last(REPORT, candidates(None, 1, 2, 3)).values()) == ["undecided", True, True, False]


@pytest.mark.parametrize(
    ("said", "all_of_them"),
    [
        ([True, True, True], True),
        ([True, "undecided", True], "undecided"),
        ([True, "undecided", False], False),
        (["undecided", "undecided"], "undecided"),
    ],
)
def test_one_no_is_a_no_whatever_else_is_undecided(said: list[Any], all_of_them: Any) -> None:
    assert reporting.in_all(said) == all_of_them


def test_the_largest_falls_of_the_nation_report_and_need_no_other_indicator() -> None:
    nation = receiving(499, 490, 505, 500) | {"10002": figures(received_twd=480, visited_persons=None)}
    rows = rows_of(nation, load_rule("taichung"))
    assert {code for code, row in rows.items() if row.owes_review_report is True} == {TAIPEI, "10002"}
    assert rows["10002"].place is None
    assert "未列名次" in rows["10002"].reason
    assert "名列全國收繳率消長末 2 名" in rows["10002"].reason
    assert rows["10002"].reason.endswith("應提送檢討報告。")
    assert [rows[code].owes_review_report for code in (NEW_TAIPEI, TAOYUAN, TAICHUNG)] == [False] * 3
    assert rows["10004"].owes_review_report == "undecided", "no growth is known"


def test_of_two_equal_falls_across_the_cut_a_person_decides() -> None:
    rows = rows_of(receiving(490, 490, 480, 505), load_rule("taichung"))
    assert [rows[code].owes_review_report for code in (NEW_TAIPEI, TAIPEI, TAOYUAN)] == ["undecided", "undecided", True]


def test_without_exemption_a_county_that_grew_reports() -> None:
    rows = rows_of(receiving(530, 520, 510), load_rule("draft"))
    assert [rows[code].owes_review_report for code in (NEW_TAIPEI, TAIPEI, TAOYUAN)] == [False, True, True]
    assert rows[TAOYUAN].exempt is False
    assert "名列末 2 名，應提送檢討報告；平均繳費率較前一年基準 +1.00 個百分點（正成長）" in rows[TAOYUAN].reason


def test_three_years_running_ask_for_each_of_the_three() -> None:
    rule = load_rule("new_taipei")
    last, first = inputs(receiving(510, 505, 490)), inputs(receiving(510, 490, 505))  # 桃園 last, then 臺北
    before, earlier = rule.earlier_years(YEAR)

    def reasons(frames: dict[Any, Any]) -> tuple[Any, str]:
        row = next(row for row in rank(last, rule, YEAR, frames).rows if row.county_code == TAOYUAN)
        return row.owes_review_report, row.reason

    nine = inputs(receiving(480, 505, 510))  # 桃園 first
    assert reasons({before: last, earlier: first})[0] is True, "among the last two in all three years"
    said = reasons({before: nine, earlier: last})
    assert said[0] is False
    assert f"{before.roc}年未列末 2 名" in said[1]
    unknown = reasons({earlier: last})
    assert unknown[0] == "undecided"
    assert f"{before.roc}年是否列末 2 名未定" in unknown[1]
    assert reasons({earlier: nine})[0] is False, "another year already says no"


def test_a_volume_in_the_hole_has_no_group_and_no_place() -> None:
    frame = inputs(receiving(510, 500, 490))
    volumes = [29_400 if code == TAIPEI else 250_000 for code in CODES]
    frame["payable_persons_sum"] = volumes
    frame["payable_periods"] = 1
    frame = frame.astype({"payable_persons_sum": "Int64", "payable_periods": "Int64"})
    ranking = rank(frame, load_rule("nhi"), YEAR)
    row = next(row for row in ranking.rows if row.county_code == TAIPEI)
    assert (row.group, row.place, row.owes_review_report) == ("未分組", None, "undecided")
    assert "各期平均應繳人數 29（單位：1,000 人）不屬於任何一組" in row.reason
    assert any("未分組而不列名次：臺北市" in remark for remark in ranking.remarks)


def test_a_rule_that_needs_volumes_refuses_a_frame_without_them() -> None:
    with pytest.raises(ValueError, match="arrears_persons_sum"):
        rank(inputs({}), load_rule("draft"), YEAR)


@pytest.mark.parametrize("key", rule_keys())
def test_a_ranking_of_all_counties_is_quick(key: str) -> None:
    """A bound four times what an idle machine needs, in the processor's own time; the best of five rounds."""
    nation = {code: figures(received_twd=400 + at, repaid_persons=50 + at) for at, code in enumerate(CODES)}
    rule = load_rule(key)
    rows_of(nation, rule)
    frame = inputs(nation).assign(
        arrears_persons_sum=10**5, arrears_months=1, payable_persons_sum=10**5, payable_periods=1
    )
    spent = []
    for _ in range(5):
        started = time.process_time()
        rank(frame, rule, YEAR, dict.fromkeys(rule.earlier_years(YEAR), frame))
        spent.append(time.process_time() - started)
    assert min(spent) < 0.02 * rule.report.years_running
