"""What would change a county's duty, on the sample: the numbers shown are put to the ranking itself."""

from fractions import Fraction
from pathlib import Path

import pytest

from dashboard import answers, exhibits
from dashboard.domain.counties import county_coded
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import Settings
from dashboard.exhibits import Exhibit, NotAvailable
from dashboard.exhibits.evaluation import earlier_inputs, evaluate
from dashboard.receiving import Incoming, Office
from dashboard.rules.margin import COLUMNS, Move, margins
from dashboard.rules.ranking import rank
from dashboard.rules.rule import Rule, load_rule
from dashboard.rules.words import UNDECIDED, Verdict
from dashboard.warehouse import Door, Warehouse
from tests import making

RULE = load_rule("adopted")
KAOHSIUNG, TAOYUAN, NEW_TAIPEI, PINGTUNG, PENGHU = "64000", "68000", "65000", "10013", "10016"
OWING = [(2025, KAOHSIUNG), (2025, PENGHU), (2024, PINGTUNG), (2022, "10002")]


def shown(db: Warehouse, year: int, code: str, rule: Rule = RULE) -> Exhibit:
    return exhibits.margin_to_safety(db, FullYear(year), rule, county_coded(code))


def owes(db: Warehouse, year: int, code: str, move: Move, n: int) -> Verdict:
    inputs = answers.ranking_inputs(db, FullYear(year), FullYear(year - 1)).copy()
    for column in COLUMNS[move]:
        inputs.loc[inputs["county_code"] == code, column] += n
    return next(row for row in rank(inputs, RULE, FullYear(year)).rows if row.county_code == code).owes_review_report


@pytest.mark.parametrize(("year", "code"), OWING)
def test_each_number_ends_the_duty_and_one_less_does_not(demo: Warehouse, year: int, code: str) -> None:
    rows = shown(demo, year, code).table.rows()
    assert len(rows) == len(Move)
    for move, row in zip(Move, rows, strict=True):
        if "無法單靠" in row["effect"]:
            continue
        n = int(row["least"])
        assert owes(demo, year, code, move, n - 1) is not False, move
        assert owes(demo, year, code, move, n) is False, move


def test_a_number_from_which_more_is_too_much_is_named(demo: Warehouse) -> None:
    success = next(row for row in shown(demo, 2025, KAOHSIUNG).table.rows() if row["move"].startswith("訪視成功"))
    assert success["caution"] == "增加達 2,544 人時，又須提送或待認定"
    verdicts = [owes(demo, 2025, KAOHSIUNG, Move.SUCCESS, n) for n in (2543, 2544)]
    assert verdicts == [False, True]


def test_what_no_number_achieves_is_said_with_the_limit(demo: Warehouse) -> None:
    rows = {row["move"]: row for row in shown(demo, 2025, PENGHU).table.rows()}
    assert rows["訪視人數"]["effect"] == "無法單靠此項達成（再多亦不足）"
    success = rows["訪視成功人數（原已訪視者）"]
    assert success["effect"] == "無法單靠此項達成（增至上限 411 人仍不足）"
    assert not [n for n in (*range(1, 411, 41), 411) if owes(demo, 2025, PENGHU, Move.SUCCESS, n) is False]


def test_the_title_names_the_smallest_change_in_persons_and_in_money(demo: Warehouse) -> None:
    exhibit = shown(demo, 2025, KAOHSIUNG)
    assert (
        exhibit.title == "高雄市114年應提檢討報告：訪視成功者中多補繳 159 人，或已收金額多約 6,901.46 萬元，即無須提送"
    )
    paid = exhibit.table.rows()[0]
    assert paid["least"] == 69_014_521
    assert paid["effect"] == "離開末 2 名"


def test_growth_that_ends_a_duty_is_called_so(demo: Warehouse) -> None:
    paid = shown(demo, 2025, PENGHU).table.rows()[0]
    assert paid["effect"] == "平均繳費率轉為正成長"
    assert paid["after"] == "第 15 名"


def test_an_undecided_county_is_not_safe_yet(demo: Warehouse) -> None:
    exhibit = shown(demo, 2024, PINGTUNG)
    assert exhibit.title.startswith("屏東縣113年待認定是否應提檢討報告")
    assert owes(demo, 2024, PINGTUNG, Move.SUCCESS, 25) == UNDECIDED


def test_a_trial_year_says_trial(demo: Warehouse) -> None:
    exhibit = shown(demo, 2022, "10002")
    assert "111年（試算）試算應提檢討報告" in exhibit.title
    assert "試算" in exhibit.notes[0]


def test_a_county_that_owes_nothing_sees_how_far_it_is_from_owing(demo: Warehouse) -> None:
    exhibit = shown(demo, 2025, NEW_TAIPEI)
    assert exhibit.title == "新北市114年無須提送檢討報告：未列末 2 名"
    (row,) = exhibit.table.rows()
    ranking = {one["county"]: one for one in exhibits.group_ranking(demo, FullYear(2025), RULE).table.rows()}
    assert row["line"] == ranking["高雄市"]["total"]
    assert row["apart"] == pytest.approx(ranking["新北市"]["total"] - ranking["高雄市"]["total"], abs=0.011)


def test_who_is_exempt_sees_what_keeps_it_exempt_to_the_dollar(demo: Warehouse) -> None:
    (row,) = shown(demo, 2025, TAOYUAN).table.rows()
    assert row["growth"] == 0.003
    spare = int(row["spare"])
    inputs = answers.ranking_inputs(demo, FullYear(2025), FullYear(2024)).to_dict("records")
    figures = next(row for row in inputs if row["county_code"] == TAOYUAN)
    base = Fraction(figures["base_received_twd"], figures["base_receivable_twd"])
    still, no_more = (
        Fraction(figures["received_twd"] - less, figures["receivable_twd"]) > base for less in (spare, spare + 1)
    )
    assert (still, no_more) == (True, False)


def test_a_method_that_is_not_one_of_places_says_that_it_cannot_be_said(demo: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="不是僅依名次計分"):
        shown(demo, 2025, KAOHSIUNG, load_rule("nhi"))


@pytest.mark.parametrize("key", ["draft", "changhua", "pingtung", "tainan", "taichung", "new_taipei"])
def test_every_rule_of_places_is_searched_as_exactly(demo: Warehouse, key: str) -> None:
    rule, year = load_rule(key), FullYear(2025)
    found = evaluate(demo, year, rule, answers.CURRENT)
    earlier = earlier_inputs(demo, year, rule, answers.CURRENT)
    row = next(row for row in found.ranking.rows if row.owes_review_report is not False)

    def verdict(move: Move, n: int) -> Verdict:
        inputs = found.inputs.copy()
        for column in COLUMNS[move]:
            inputs.loc[inputs["county_code"] == row.county_code, column] += n
        rows = rank(inputs, rule, year, earlier).rows
        return next(one for one in rows if one.county_code == row.county_code).owes_review_report

    for one in margins(found.inputs, found.ranking, row.county_code, earlier):
        if one.n is not None:
            assert verdict(one.move, one.n - 1) is not False
            assert verdict(one.move, one.n) is False
        elif one.limit:
            assert verdict(one.move, one.limit) is not False


def test_missing_figures_are_named_and_growth_is_still_a_way_out(tmp_path: Path) -> None:
    gap = {measure: {PENGHU: "…"} for measure in ("visited_persons", "successful_persons", "repaid_persons")}
    files = [making.average_rate(2024), making.average_rate(2025), making.visits(FullYear(2024), gap)]
    office = Office(Settings(data_dir=tmp_path))
    office.receive([Incoming(one.file_name, one.content, None) for one in files], "測試")
    exhibit = shown(Door(tmp_path).current(), 2025, PENGHU)
    paid, *visits = exhibit.table.rows()
    # 100,000 of 200,000 in both years: the first dollar more is growth.
    assert (paid["least"], paid["effect"], paid["after"]) == (1, "平均繳費率轉為正成長", "－")
    assert {row["effect"] for row in visits} == {"缺此項數值，無法計算"}
    assert exhibit.title == "澎湖縣114年待認定是否應提檢討報告：已收金額多 1 元，即無須提送"
