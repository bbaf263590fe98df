"""What a person decides where the rule cannot, on small made cases."""

from datetime import date

import pytest

from dashboard.domain.errors import DashboardError
from dashboard.rules.ranking import Ranking, rank
from dashboard.rules.rule import load_rule
from dashboard.rules.settling import Matter, Settled, matters, settle
from tests.rules.small import (
    KAOHSIUNG,
    LIENCHIANG,
    NEW_TAIPEI,
    TAICHUNG,
    TAINAN,
    TAIPEI,
    TAOYUAN,
    YEAR,
    Figures,
    figures,
    inputs,
    receiving,
)

DAY = date(2026, 11, 22)
TIED = (TAOYUAN, TAICHUNG, TAINAN)


def ranking(cases: dict[str, Figures], rule: str = "adopted") -> Ranking:
    return rank(inputs(cases), load_rule(rule), YEAR)


def three_tied_for_one_place(**changes: int | None) -> Ranking:
    """新北 499, 臺北 498, then three equals, and 高雄 behind them all: of the equals one is among the last two."""
    return ranking(receiving(499, 498, 490, 490, 490, 480, **changes))


def the_tie(found: Ranking) -> Matter:
    return next(matter for matter in matters(found) if matter.places is not None)


def decided(found: Ranking, *chosen: str, number: int = 1, reason: str = "訪視量較少") -> Settled:
    return Settled(number, "王小明", DAY, the_tie(found).settled_by(chosen, reason, found))


def test_a_tie_across_the_cut_is_a_matter_of_all_the_equals_and_of_the_places_left() -> None:
    assert the_tie(three_tied_for_one_place()) == Matter("直轄市", TIED, 1)


def test_who_is_chosen_owes_a_report_and_the_other_equals_do_not() -> None:
    found = three_tied_for_one_place()
    ruled, _ = settle(found, [decided(found, TAICHUNG)])
    rows = {row.county_code: row for row in ruled.rows}
    assert [rows[code].owes_review_report for code in TIED] == [False, True, False]
    assert [rows[code].in_last_two for code in TIED] == [False, True, False]
    assert rows[TAICHUNG].reason.endswith(
        "同分，由王小明認定列入末段，應提送檢討報告（理由：訪視量較少；115年11月22日）。"
    )
    assert rows[TAOYUAN].reason.endswith(
        "同分，由王小明認定不列入末段，無須提送檢討報告（理由：訪視量較少；115年11月22日）。"
    )
    others = [NEW_TAIPEI, TAIPEI, KAOHSIUNG]
    assert [rows[code] for code in others] == [row for row in found.rows if row.county_code in others]


def test_places_and_totals_stay_as_the_rule_gave_them() -> None:
    found = three_tied_for_one_place()
    ruled, _ = settle(found, [decided(found, TAICHUNG)])
    assert [(row.place, row.total) for row in ruled.rows] == [(row.place, row.total) for row in found.rows]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ((), "應恰選 1 縣市，現選 0 縣市"),
        ((TAOYUAN, TAINAN), "應恰選 1 縣市，現選 2 縣市"),
        ((TAIPEI,), "待認定者為桃園市、臺中市、臺南市，不含臺北市"),
    ],
)
def test_too_few_too_many_and_others_are_refused_with_a_sentence(chosen: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(DashboardError, match=sentence):
        decided(three_tied_for_one_place(), *chosen)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_settled_without_a_reason(reason: str) -> None:
    with pytest.raises(DashboardError, match="請載明理由"):
        decided(three_tied_for_one_place(), TAINAN, reason=reason)


def test_a_settlement_holds_only_while_the_same_counties_are_tied() -> None:
    found = three_tied_for_one_place()
    made = decided(found, TAICHUNG)
    corrected = ranking(receiving(499, 498, 490, 490, 491, 480))
    ruled, (outcome,) = settle(corrected, [made])
    assert ruled.rows == corrected.rows
    assert outcome.state == "void"
    assert "已不適用" in outcome.sentence


def test_a_settlement_holds_only_while_as_many_places_are_left() -> None:
    made = decided(three_tied_for_one_place(), TAICHUNG)
    # 高雄 now leads: the same three are equal, and two of them are among the last.
    two_places = ranking(receiving(499, 498, 490, 490, 490, 500))
    assert the_tie(two_places) == Matter("直轄市", TIED, 2)
    assert settle(two_places, [made])[1][0].state == "void"


def test_a_settlement_holds_only_under_the_same_content_of_the_rule() -> None:
    found = three_tied_for_one_place()
    made = decided(found, TAICHUNG)
    edited = found.rule.model_copy(update={"content_sha256": "0" * 64})
    ruled, (outcome,) = settle(rank(inputs(receiving(499, 498, 490, 490, 490, 480)), edited, YEAR), [made])
    assert outcome.state == "void"
    assert [row.owes_review_report for row in ruled.rows if row.county_code in TIED] == ["undecided"] * 3


def test_a_settlement_of_another_year_is_passed_over() -> None:
    found = three_tied_for_one_place()
    made = decided(found, TAICHUNG)
    last_year = made.settlement.model_copy(update={"year": made.settlement.year - 1})
    ruled, outcomes = settle(found, [Settled(1, "王小明", DAY, last_year)])
    assert ruled == found
    assert outcomes == ()


def test_the_newest_settlement_of_a_matter_counts_and_the_older_one_stays_visible() -> None:
    found = three_tied_for_one_place()
    ruled, outcomes = settle(found, [decided(found, TAICHUNG), decided(found, TAINAN, number=2)])
    assert [row.owes_review_report for row in ruled.rows if row.county_code in TIED] == [False, False, True]
    assert [outcome.state for outcome in outcomes] == ["replaced", "holds"]
    assert "已由較新之認定取代" in outcomes[0].sentence


def test_who_is_chosen_but_whose_rate_grew_is_exempt() -> None:
    # Of five, rank r gets 100, 80, 60, 40, 20 points; 補繳率 is 25 % everywhere. 桃園 stands third by 消長 and fourth
    # by 成功率 and 完成率, 臺中 the other way round, which adds up to the same:
    # 35·60 + 30·100 + 20·40 + 15·40 = 35·40 + 30·100 + 20·60 + 15·60 = 6500
    cases = {
        NEW_TAIPEI: figures(received_twd=520, target_visits=800, successful_persons=480, repaid_persons=120),
        TAIPEI: figures(received_twd=515, target_visits=800, successful_persons=480, repaid_persons=120),
        TAOYUAN: figures(received_twd=510, target_visits=1000, successful_persons=400, repaid_persons=100),
        TAICHUNG: figures(received_twd=490, target_visits=900, successful_persons=440, repaid_persons=110),
        TAINAN: figures(received_twd=480, target_visits=1100, successful_persons=360, repaid_persons=90),
    }
    found = ranking(cases)
    assert the_tie(found) == Matter("直轄市", (TAOYUAN, TAICHUNG), 1)
    grown, fallen = (settle(found, [decided(found, code)])[0].rows for code in (TAOYUAN, TAICHUNG))
    assert [(row.in_last_two, row.owes_review_report) for row in grown[2:4]] == [(True, False), (False, False)]
    assert "列入末段，平均繳費率正成長，免送檢討報告" in grown[2].reason
    assert [(row.in_last_two, row.owes_review_report) for row in fallen[2:4]] == [(False, False), (True, True)]


def test_a_tie_of_none_but_exempt_counties_is_left_to_nobody() -> None:
    grown = ranking(receiving(520, 519, 510, 510, 510, 505))
    assert all(matter.group != "直轄市" for matter in matters(grown))


def test_a_county_without_figures_is_a_matter_of_its_own() -> None:
    cases = receiving(499, 498, 497, 496, 495)
    cases[KAOHSIUNG] = figures(received_twd=490, repaid_persons=None)
    found = ranking(cases)
    matter = next(one for one in matters(found) if one.counties == (KAOHSIUNG,))
    assert matter == Matter("直轄市", (KAOHSIUNG,), None)
    for chosen, owes, said in (((KAOHSIUNG,), True, "應提送檢討報告"), ((), False, "無須提送檢討報告")):
        made = Settled(1, "王小明", DAY, matter.settled_by(chosen, "資料補齊前先行認定", found))
        ruled, _ = settle(found, [made])
        row = next(row for row in ruled.rows if row.county_code == KAOHSIUNG)
        assert row.owes_review_report is owes
        assert row.place is None
        assert row.reason.endswith(f"由王小明認定{said}（理由：資料補齊前先行認定；115年11月22日）。")


def test_once_its_figures_are_in_a_county_is_ranked_whatever_was_settled() -> None:
    cases = receiving(499, 498, 497, 496, 495)
    cases[KAOHSIUNG] = figures(received_twd=490, repaid_persons=None)
    before = ranking(cases)
    matter = next(one for one in matters(before) if one.counties == (KAOHSIUNG,))
    made = Settled(1, "王小明", DAY, matter.settled_by((), "資料補齊前先行認定", before))
    cases[KAOHSIUNG] = figures(received_twd=490)
    ruled, (outcome,) = settle(ranking(cases), [made])
    assert outcome.state == "void"
    assert next(row for row in ruled.rows if row.county_code == KAOHSIUNG).owes_review_report is True


def test_where_the_last_ones_are_counted_in_the_nation_a_tie_spans_groups() -> None:
    # 臺中市's proposal: of the counties whose rate fell the two that fell most, wherever they are.
    cases = receiving(499, 490, 480)
    cases[LIENCHIANG] = figures(received_twd=490)
    found = ranking(cases, "taichung")
    assert the_tie(found) == Matter("全國", (TAIPEI, LIENCHIANG), 1)
    ruled, _ = settle(found, [Settled(1, "王小明", DAY, the_tie(found).settled_by([LIENCHIANG], "離島優先", found))])
    owing = [row.county_code for row in ruled.rows if row.owes_review_report is True]
    assert owing == [TAOYUAN, LIENCHIANG]


def test_where_several_years_count_each_open_county_is_a_matter_of_its_own() -> None:
    # 新北市's proposal: the last two of three years running; nothing is known of the two years before.
    found = ranking(receiving(499, 498, 497, 496), "new_taipei")
    open_ones = [matter for matter in matters(found) if matter.group == "直轄市"]
    assert Matter("直轄市", (TAOYUAN,), None) in open_ones
    assert Matter("直轄市", (TAICHUNG,), None) in open_ones
    assert all(matter.places is None for matter in open_ones)
    matter = next(one for one in open_ones if one.counties == (TAOYUAN,))
    ruled, _ = settle(found, [Settled(1, "王小明", DAY, matter.settled_by([TAOYUAN], "前二年均列末二名", found))])
    row, before = (next(one for one in of.rows if one.county_code == TAOYUAN) for of in (ruled, found))
    assert row.owes_review_report is True
    assert row.last_of_year == before.last_of_year
