from fractions import Fraction

import pandas as pd
import pytest

from dashboard.domain.counties import counties
from dashboard.domain.periods import FullYear
from dashboard.rules.ranking import rank
from dashboard.rules.rule import load_rule
from tests.rules.small import (
    KAOHSIUNG,
    LIENCHIANG,
    NEW_TAIPEI,
    TAICHUNG,
    TAINAN,
    TAIPEI,
    TAOYUAN,
    YEAR,
    figures,
    inputs,
    ranked,
    receiving,
)


def test_three_counties_worked_by_hand() -> None:
    # growth       新北 +1.0, 臺北 -1.0, 桃園 0.0           -> ranks 1, 3, 2
    # completion   新北 90 %, 臺北 100 %, 桃園 80 %         -> ranks 2, 1, 3
    # success      新北 450/900 = 50 %, 臺北 600/1000 = 60 %, 桃園 400/800 = 50 %   -> ranks 2, 1, 2
    # repayment    新北 90/450 = 20 %, 臺北 60/600 = 10 %, 桃園 120/400 = 30 %      -> ranks 2, 3, 1
    # points with n = 3: rank 1 -> 100, 2 -> 200/3, 3 -> 100/3
    # 新北 35 + 20 + 40/3 + 10 = 235/3; 臺北 35/3 + 10 + 20 + 15 = 170/3; 桃園 70/3 + 30 + 40/3 + 5 = 215/3
    rows = ranked(
        {
            NEW_TAIPEI: figures(received_twd=510, visited_persons=900, successful_persons=450, repaid_persons=90),
            TAIPEI: figures(received_twd=490, visited_persons=1000, successful_persons=600, repaid_persons=60),
            TAOYUAN: figures(repaid_persons=120),
        }
    )
    new_taipei = rows[NEW_TAIPEI].indicators
    assert {key: one.value for key, one in new_taipei.items()} == {
        "rate_change_pp": 1,
        "repayment_rate_pct": 20,
        "success_rate_pct": 50,
        "completion_rate_pct": 90,
    }
    assert [one.rank for one in new_taipei.values()] == [1, 2, 2, 2]
    assert [one.rank for one in rows[TAIPEI].indicators.values()] == [3, 3, 1, 1]
    assert [one.rank for one in rows[TAOYUAN].indicators.values()] == [2, 1, 2, 3]
    assert [one.points for one in rows[TAOYUAN].indicators.values()] == [
        Fraction(200, 3),
        100,
        Fraction(200, 3),
        Fraction(100, 3),
    ]
    assert {code: (rows[code].place, rows[code].total) for code in (NEW_TAIPEI, TAIPEI, TAOYUAN)} == {
        NEW_TAIPEI: (1, Fraction(235, 3)),
        TAIPEI: (3, Fraction(170, 3)),
        TAOYUAN: (2, Fraction(215, 3)),
    }


def test_the_change_is_taken_between_rates_and_not_between_amounts() -> None:
    # 300/400 - 500/1000 = 25 points, although less was received than in the base
    row = ranked({TAIPEI: figures(receivable_twd=400, received_twd=300)})[TAIPEI]
    assert row.growth_pp == row.indicators["rate_change_pp"].value == 25


def test_completion_may_pass_one_hundred_percent() -> None:
    row = ranked({TAIPEI: figures(target_visits=640)})[TAIPEI]
    assert row.indicators["completion_rate_pct"].value == 125


def test_the_last_two_of_a_group_whose_rate_fell_owe_a_report() -> None:
    rows = ranked(receiving(499, 498, 497, 496))
    assert [rows[code].in_last_two for code in (NEW_TAIPEI, TAIPEI, TAOYUAN, TAICHUNG)] == [False, False, True, True]
    assert [rows[c].owes_review_report for c in (NEW_TAIPEI, TAIPEI, TAOYUAN, TAICHUNG)] == [False, False, True, True]
    assert rows[TAICHUNG].reason == (
        "直轄市第 4 名（列名次者 4 縣市，另 2 縣市缺資料未列名次），名列末 2 名，"
        "且平均繳費率較前一年基準 -0.40 個百分點（負成長），應提送檢討報告。"
    )


def test_each_group_has_its_own_last_two() -> None:
    six, three = receiving(510, 509, 508, 507, 496, 495), ("10002", "10004", "10005")
    rows = ranked(six | {code: figures(received_twd=twd) for code, twd in zip(three, (499, 490, 480), strict=True)})
    assert {code for code, row in rows.items() if row.owes_review_report is True} == {
        TAINAN,
        KAOHSIUNG,
        "10004",
        "10005",
    }
    assert rows["10002"].place == 1
    assert rows["10002"].indicators["rate_change_pp"].points == 100


def test_a_county_among_the_last_two_whose_rate_grew_owes_none_and_nobody_moves_up_in_its_stead() -> None:
    rows = ranked(receiving(530, 499, 520, 510))
    # 臺北 499 is last and fell; 臺中 510 is third of four and grew: exempt. 桃園 is second and never asked.
    assert rows[TAICHUNG].in_last_two is True
    assert rows[TAICHUNG].exempt is True
    assert rows[TAICHUNG].owes_review_report is False
    assert "惟平均繳費率較前一年基準 +1.00 個百分點（正成長），免送檢討報告" in rows[TAICHUNG].reason
    assert rows[TAIPEI].owes_review_report is True
    assert rows[TAOYUAN].owes_review_report is False


def test_zero_growth_is_not_growth_and_the_county_still_owes_a_report() -> None:
    row = ranked(receiving(520, 510, 500))[TAOYUAN]
    assert row.growth_pp == 0
    assert row.exempt is False
    assert row.owes_review_report is True
    assert "0.00 個百分點（零成長，不視為正成長），應提送檢討報告" in row.reason


def test_growth_too_small_for_two_decimals_still_exempts_and_is_printed_with_its_sign() -> None:
    # (500,004 - 500,000) / 1,000,000 = 0.0004 points
    base = {"receivable_twd": 1_000_000, "base_receivable_twd": 1_000_000, "base_received_twd": 500_000}
    row = ranked({TAIPEI: figures(received_twd=500_004, **base)})[TAIPEI]
    assert row.owes_review_report is False
    assert "平均繳費率較前一年基準 +0.0004 個百分點（正成長），免送檢討報告" in row.reason


def test_a_fall_too_small_for_two_decimals_exempts_nobody() -> None:
    base = {"receivable_twd": 1_000_000, "base_receivable_twd": 1_000_000, "base_received_twd": 500_000}
    row = ranked({TAIPEI: figures(received_twd=499_996, **base)})[TAIPEI]
    assert row.owes_review_report is True
    assert "-0.0004 個百分點（負成長），應提送檢討報告" in row.reason


def test_amounts_that_differ_in_the_last_dollar_of_billions_are_still_told_apart() -> None:
    huge = {"receivable_twd": 10**17, "base_receivable_twd": 10**17, "base_received_twd": 5 * 10**16}
    rows = ranked(
        {
            TAIPEI: figures(received_twd=5 * 10**16 + 1, **huge),
            TAOYUAN: figures(received_twd=5 * 10**16, **huge),
        }
    )
    assert rows[TAIPEI].exempt is True
    assert rows[TAOYUAN].exempt is False
    assert rows[TAIPEI].place == 1


def test_equal_values_share_the_better_rank_and_its_points() -> None:
    rows = ranked(receiving(510, 510, 500, 490))
    shown = [rows[code].indicators["rate_change_pp"] for code in (NEW_TAIPEI, TAIPEI, TAOYUAN, TAICHUNG)]
    assert [one.rank for one in shown] == [1, 1, 3, 4]
    assert [one.points for one in shown] == [100, 100, 50, 25]


def test_equal_fractions_tie_even_where_the_amounts_differ() -> None:
    thirds = figures(receivable_twd=3, received_twd=1, base_receivable_twd=3, base_received_twd=1)
    sixths = figures(receivable_twd=6, received_twd=2, base_receivable_twd=9, base_received_twd=3)
    rows = ranked({TAIPEI: thirds, TAOYUAN: sixths})
    assert rows[TAIPEI].place == rows[TAOYUAN].place == 1


def test_equal_totals_share_a_place_and_the_next_place_is_skipped() -> None:
    rows = ranked(receiving(510, 510, 500, 490))
    assert [rows[code].place for code in (NEW_TAIPEI, TAIPEI, TAOYUAN, TAICHUNG)] == [1, 1, 3, 4]


def test_a_tie_across_the_cut_is_left_to_a_person() -> None:
    # last: 桃園; second last: 新北 or 臺北, equal
    rows = ranked(receiving(495, 495, 490, 505))
    assert rows[TAOYUAN].in_last_two is True
    assert rows[NEW_TAIPEI].in_last_two == rows[TAIPEI].in_last_two == "undecided"
    assert rows[NEW_TAIPEI].owes_review_report == rows[TAIPEI].owes_review_report == "undecided"
    assert "同分跨越末 2 名界線" in rows[TAIPEI].reason
    assert "是否應提送檢討報告，由主管人員認定" in rows[TAIPEI].reason
    assert rows[TAICHUNG].in_last_two is False


def test_a_tie_inside_the_last_two_is_no_question() -> None:
    rows = ranked(receiving(505, 495, 490, 490))
    assert rows[TAOYUAN].in_last_two is rows[TAICHUNG].in_last_two is True
    assert rows[TAIPEI].in_last_two is False
    assert rows[TAOYUAN].place == rows[TAICHUNG].place == 3


def test_a_tie_just_above_the_last_two_is_no_question() -> None:
    rows = ranked(receiving(495, 495, 490, 485))
    assert [rows[code].in_last_two for code in (NEW_TAIPEI, TAIPEI, TAOYUAN, TAICHUNG)] == [False, False, True, True]


def test_growth_exempts_even_where_a_tie_leaves_the_last_two_undecided() -> None:
    row = ranked(receiving(505, 505, 503, 510))[TAIPEI]
    assert row.in_last_two == "undecided"
    assert row.owes_review_report is False
    assert "同分跨越末 2 名界線，惟平均繳費率較前一年基準 +0.50 個百分點（正成長），免送檢討報告" in row.reason


def test_a_county_with_a_missing_figure_has_no_place_and_does_not_count_in_its_group() -> None:
    rows = ranked(receiving(510, 500, 490) | {TAICHUNG: figures(received_twd=480, repaid_persons=None)})
    missing = rows[TAICHUNG]
    assert missing.place is None
    assert missing.total is None
    assert missing.in_last_two == missing.owes_review_report == "undecided"
    assert missing.indicators["repayment_rate_pct"].value is None
    assert missing.indicators["success_rate_pct"].value == 50
    assert {one.rank for one in missing.indicators.values()} == {None}
    assert missing.reason == (
        "直轄市未列名次：訪視後補繳率無數值（缺113年訪視後補繳人數）；是否應提送檢討報告，"
        "待補齊資料或由主管人員認定；平均繳費率較前一年基準 -2.00 個百分點（負成長）。"
    )
    # three are ranked, so the second of them gets 100 * 2 / 3
    assert rows[NEW_TAIPEI].place == 1
    assert rows[TAIPEI].indicators["rate_change_pp"].points == Fraction(200, 3)
    assert "列名次者 3 縣市，另 3 縣市缺資料未列名次" in rows[TAIPEI].reason


def test_a_county_without_a_place_owes_nothing_where_its_rate_grew() -> None:
    row = ranked(receiving(510, 500, 490) | {TAICHUNG: figures(received_twd=520, repaid_persons=None)})[TAICHUNG]
    assert row.in_last_two == "undecided"
    assert row.owes_review_report is False
    assert row.reason.endswith("+2.00 個百分點（正成長），無論名次均免送檢討報告。")


def test_a_full_group_says_nothing_of_missing_counties() -> None:
    row = ranked(receiving(510, 509, 508, 507, 506, 505))[NEW_TAIPEI]
    assert row.reason == (
        "直轄市第 1 名（列名次者 6 縣市），未列末 2 名，無須提送檢討報告；"
        "平均繳費率較前一年基準 +1.00 個百分點（正成長）。"
    )


@pytest.mark.parametrize(
    ("column", "indicator", "said"),
    [
        ("receivable_twd", "rate_change_pp", "收繳率消長無數值（114年應收金額為零）"),
        ("base_receivable_twd", "rate_change_pp", "收繳率消長無數值（113年應收金額為零）"),
        ("target_visits", "completion_rate_pct", "訪視完成率無數值（113年年度訪視目標為零）"),
        ("visited_persons", "success_rate_pct", "訪視成功率無數值（113年訪視人數為零）"),
        ("successful_persons", "repayment_rate_pct", "訪視後補繳率無數值（113年訪視成功人數為零）"),
    ],
)
def test_a_zero_denominator_gives_no_value_rather_than_zero(column: str, indicator: str, said: str) -> None:
    row = ranked(receiving(510, 509) | {TAOYUAN: figures(**{column: 0})})[TAOYUAN]
    assert row.indicators[indicator].value is None
    assert row.place is None
    assert said in row.reason


@pytest.mark.parametrize("column", ["received_twd", "base_received_twd", "receivable_twd", "base_receivable_twd"])
def test_without_both_rates_there_is_neither_growth_nor_exemption(column: str) -> None:
    row = ranked({TAIPEI: figures(**{column: None})})[TAIPEI]
    assert row.growth_pp is None
    assert row.exempt is False
    assert row.owes_review_report == "undecided"
    assert row.reason.endswith("認定。")


def test_a_zero_numerator_is_a_value() -> None:
    row = ranked({TAIPEI: figures(repaid_persons=0)})[TAIPEI]
    assert row.indicators["repayment_rate_pct"].value == 0
    assert row.place == 1


def test_every_figure_in_the_way_is_named() -> None:
    row = ranked({TAIPEI: figures(visited_persons=0, received_twd=None)})[TAIPEI]
    assert "收繳率消長無數值（缺114年已收金額）、訪視成功率無數值（113年訪視人數為零）；" in row.reason


def test_a_group_of_one_ranked_county_has_it_first_with_full_points_and_among_the_last_two() -> None:
    row = ranked({LIENCHIANG: figures(received_twd=499)})[LIENCHIANG]
    assert row.place == 1
    assert row.total == 100
    assert row.in_last_two is row.owes_review_report is True


def test_in_a_group_of_two_ranked_counties_both_are_the_last_two_even_when_equal() -> None:
    rows = ranked(receiving(499, 499))
    assert rows[NEW_TAIPEI].in_last_two is rows[TAIPEI].in_last_two is True


def test_in_a_group_of_three_equals_nobody_is_surely_among_the_last_two() -> None:
    rows = ranked(receiving(499, 499, 499))
    assert {rows[code].in_last_two for code in (NEW_TAIPEI, TAIPEI, TAOYUAN)} == {"undecided"}


def test_years_before_the_first_statutory_one_are_a_trial_and_say_so() -> None:
    rule, frame = load_rule("adopted"), inputs(receiving(510, 500, 490))
    before, first = rank(frame, rule, FullYear(2022)), rank(frame, rule, FullYear(2023))
    assert (before.year.roc, before.is_trial) == (111, True)
    assert (first.year.roc, first.is_trial) == (112, False)
    assert all(row.reason.startswith("試算：") for row in before.rows)
    assert not any("試算" in row.reason for row in first.rows)


def test_the_result_has_all_22_counties_in_the_order_of_official_tables() -> None:
    ranking = rank(inputs({}).iloc[::-1], load_rule("adopted"), YEAR)
    assert [row.county_code for row in ranking.rows] == [county.county_code for county in counties()]
    assert {row.group for row in ranking.rows} == {"直轄市", "非直轄市"}


def test_a_frame_that_lacks_or_repeats_a_county_is_refused() -> None:
    frame = inputs({})
    with pytest.raises(ValueError, match="each of the 22 counties once"):
        rank(frame.iloc[1:], load_rule("adopted"), YEAR)
    with pytest.raises(ValueError, match="each of the 22 counties once"):
        rank(pd.concat([frame, frame.iloc[:1]]), load_rule("adopted"), YEAR)


def test_a_frame_with_floats_is_refused_because_they_are_not_exact() -> None:
    with pytest.raises(ValueError, match="received_twd"):
        rank(inputs({}).astype({"received_twd": "Float64"}), load_rule("adopted"), YEAR)


def test_an_indicator_declared_lower_is_better_ranks_the_other_way_round() -> None:
    rule = load_rule("adopted")
    turned = rule.indicators["rate_change_pp"].model_copy(update={"higher_is_better": False})
    other = rule.model_copy(update={"indicators": {**rule.indicators, "rate_change_pp": turned}})
    rows = ranked(receiving(520, 510, 500), other)
    assert [rows[code].place for code in (NEW_TAIPEI, TAIPEI, TAOYUAN)] == [3, 2, 1]
