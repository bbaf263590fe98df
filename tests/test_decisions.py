"""Settling ties and deciding years for good, with the real receiving code behind it."""

import dataclasses
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard import exhibits
from dashboard.answers import CURRENT
from dashboard.decided import freezes_of
from dashboard.decisions import Desk, Seen, code_hash, year_states
from dashboard.domain.counties import county_coded
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_date
from dashboard.domain.settings import Settings
from dashboard.exhibits import Exhibit, NotAvailable
from dashboard.exhibits.evaluation import data_hash, evaluate
from dashboard.exports.book import book
from dashboard.ledger import Ledger
from dashboard.receiving import Office
from dashboard.rules.machine import machine_form
from dashboard.rules.rule import load_rule
from dashboard.rules.weights import Weights
from dashboard.warehouse import Warehouse
from tests.deciding import (
    LAST,
    RULE,
    TAINAN,
    TIED,
    YEAR,
    correction,
    desk,
    filled,
    take_in,
    warehouse,
)

OTHERS = "非直轄市"
NAMES = [county_coded(code).name for code in TIED]


@pytest.fixture(scope="module")
def as_received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("received") / "data")


@pytest.fixture
def data_dir(as_received: Path, tmp_path: Path) -> Path:
    return shutil.copytree(as_received, tmp_path / "data")


@pytest.fixture
def made(data_dir: Path) -> Desk:
    return desk(data_dir)


@pytest.fixture
def settled(made: Desk) -> Desk:
    made.settle(YEAR, RULE, OTHERS, (), TIED[:1], "訪視量較少")
    return made


@pytest.fixture
def frozen(settled: Desk) -> Desk:
    settled.freeze(YEAR, RULE)
    return settled


def cells(shown: Exhibit, *keys: str) -> dict[str, tuple[Any, ...]]:
    return {row["county"]: tuple(row[key] for key in keys) for row in shown.table.rows()}


# --- settlements


def test_until_somebody_decides_a_tie_is_undecided(made: Desk) -> None:
    assert f"待認定：{'、'.join(NAMES)}" in exhibits.review_reports(made.db, YEAR, RULE).title


def test_what_was_settled_is_in_title_table_reason_and_notes(settled: Desk) -> None:
    shown = exhibits.review_reports(settled.db, YEAR, RULE, None, 1)
    assert shown.title == f"113年應提檢討報告：臺南市、高雄市、{NAMES[0]}、連江縣"
    assert cells(shown, "report") | {NAMES[0]: ("應提",), NAMES[1]: ("無須",)} == cells(shown, "report")
    (reason,) = cells(shown, "reason")[NAMES[0]]
    assert "同分，由王小明認定列入末段，應提送檢討報告（理由：訪視量較少；" in reason
    assert any(note.startswith("決定第 1 號（") and "認定" in note for note in shown.notes)
    ranked = exhibits.group_ranking(settled.db, YEAR, RULE, county_coded(TIED[1]), 1)
    assert "待認定" not in ranked.finding
    assert "由王小明認定不列入末段" in ranked.selection
    assert any(note.startswith("決定第 1 號（") for note in ranked.notes)


def test_an_address_that_counts_fewer_decisions_keeps_showing_what_it_showed(made: Desk) -> None:
    before = exhibits.review_reports(made.db, YEAR, RULE, None, 0)
    made.settle(YEAR, RULE, OTHERS, (), TIED[:1], "訪視量較少")
    first = exhibits.review_reports(made.db, YEAR, RULE, None, 1)
    made.settle(YEAR, RULE, OTHERS, (), TIED[1:], "複核後改認定")
    assert exhibits.review_reports(made.db, YEAR, RULE, None, 0).title == before.title
    assert exhibits.review_reports(made.db, YEAR, RULE, None, 1).title == first.title
    assert NAMES[1] in exhibits.review_reports(made.db, YEAR, RULE, None, 2).title


def test_more_decisions_than_there_are_cannot_be_asked_for(settled: Desk) -> None:
    with pytest.raises(DashboardError, match="只有 1 筆"):
        exhibits.group_ranking(settled.db, YEAR, RULE, None, 2)


@pytest.mark.parametrize(
    ("group", "chosen", "reason", "sentence"),
    [
        (OTHERS, TIED, "理由", "應恰選 1 縣市，現選 2 縣市"),
        (OTHERS, [TIED[0], LAST], "理由", "不含連江縣"),
        (OTHERS, TIED[:1], " ", "請載明理由"),
        ("直轄市", [TAINAN], "理由", "查無所指之待認定事項"),
    ],
)
def test_a_wrong_settlement_is_refused_and_nothing_is_written(
    made: Desk, group: str, chosen: list[str], reason: str, sentence: str
) -> None:
    with pytest.raises(DashboardError, match=sentence):
        made.settle(YEAR, RULE, group, (), chosen, reason)
    assert made.ledger.decision_count() == 0


@pytest.mark.parametrize("nobody", ["", "  "])
def test_nobody_decides_without_a_name(data_dir: Path, nobody: str) -> None:
    at = desk(data_dir, nobody)
    with pytest.raises(DashboardError, match="尚未設定收件人員姓名"):
        at.settle(YEAR, RULE, OTHERS, (), TIED[:1], "理由")
    with pytest.raises(DashboardError, match="尚未設定收件人員姓名"):
        at.freeze(FullYear(2023), RULE)
    assert at.ledger.decision_count() == 0


def test_nobody_decides_on_what_has_been_corrected_meanwhile(data_dir: Path, made: Desk) -> None:
    take_in(data_dir, correction({TAINAN: 99_000}))
    with pytest.raises(DashboardError, match="重新確認"):
        made.settle(YEAR, RULE, OTHERS, (), TIED[:1], "理由")
    assert made.ledger.decision_count() == 0


def test_a_correction_that_parts_the_equals_makes_the_settlement_idle_and_says_so(
    data_dir: Path, settled: Desk
) -> None:
    take_in(data_dir, correction({TIED[1]: 98_999}))
    shown = exhibits.review_reports(warehouse(data_dir), YEAR, RULE, None, 1)
    assert NAMES[1] in shown.title
    assert NAMES[0] not in shown.title
    assert any("已不適用" in note for note in shown.notes)
    assert settled.ledger.decision_count() == 1


# --- 定案


def test_a_year_with_an_undecided_county_cannot_be_decided_for_good(made: Desk) -> None:
    with pytest.raises(DashboardError, match=f"{NAMES[0]}、{NAMES[1]}尚待認定"):
        made.freeze(YEAR, RULE)


@pytest.mark.parametrize(
    ("year", "rule", "sentence"),
    [
        (FullYear(2021), "adopted", "無法排名"),
        (FullYear(2024), "changhua", "是試算用的規則"),
    ],
)
def test_what_is_no_statutory_ranking_cannot_be_decided_for_good(
    settled: Desk, year: FullYear, rule: str, sentence: str
) -> None:
    with pytest.raises(DashboardError, match=sentence):
        settled.freeze(year, load_rule(rule))


def test_a_trial_year_cannot_be_decided_for_good(demo: Warehouse, demo_data_dir: Path) -> None:
    states = year_states(demo, [FullYear(2021), FullYear(2025)], RULE, 0)
    assert [state.barred for state in states] == ["試算年度不是法定評比，不能定案。", ""]
    with pytest.raises(DashboardError, match="試算年度"):
        Desk(Ledger(demo_data_dir), demo, "王小明").freeze(FullYear(2021), RULE)


def test_a_frozen_year_holds_the_rule_the_head_the_hashes_the_settlements_and_the_result(frozen: Desk) -> None:
    decision = frozen.ledger.decisions()[-1]
    body, evaluation = decision.body, evaluate(frozen.db, YEAR, RULE, CURRENT, 1)
    assert (decision.journal_seq, decision.journal_hash) == frozen.ledger.head()
    assert (body["year"], body["rule"], body["rule_sha256"]) == (113, "adopted", RULE.content_sha256)
    assert body["rule_content"]["indicators"]["completion_rate_pct"]["label"] == "訪視完成率"
    assert body["data_sha256"] == data_hash(evaluation.inputs)
    assert body["code_sha256"] == code_hash()
    assert body["code_version"]
    assert body["settlements"] == [1]
    assert body["result"] == json.loads(json.dumps(machine_form(evaluation.ranking)))
    assert [county_coded(code).name for code in freezes_of(frozen.db, 2, YEAR)[0].freeze.owing] == [
        "臺南市",
        "高雄市",
        NAMES[0],
        "連江縣",
    ]


def test_the_hash_of_the_data_changes_with_one_figure_and_with_nothing_else(frozen: Desk) -> None:
    inputs = evaluate(frozen.db, YEAR, RULE, CURRENT).inputs
    turned = inputs.iloc[::-1, ::-1]
    assert data_hash(inputs) == data_hash(turned)
    changed = inputs.assign(repaid_persons=inputs["repaid_persons"] + (inputs.index == 3).astype("int64"))
    assert data_hash(changed) != data_hash(inputs)


def test_later_corrections_and_a_rebuild_change_not_a_byte_of_what_was_decided(data_dir: Path, frozen: Desk) -> None:
    stored = frozen.ledger.stored_decision(2).encode()
    shown = exhibits.frozen_ranking(frozen.db, YEAR, RULE, None, 2)
    assert shown.title == "113年定案後，依目前所知，無縣市之檢討報告義務與定案不同"
    # Exactly the figures that decided: 臺南市 leaves the last two, 臺中市 comes in, the tie is parted the other way.
    take_in(data_dir, correction({TAINAN: 99_950, TIED[1]: 98_999}))
    office = Office(Settings(data_dir=data_dir))
    with office.warehouses.locked():
        office.warehouses.rebuild(office.ledger)
    again = exhibits.frozen_ranking(warehouse(data_dir), YEAR, RULE, None, 2)
    assert Ledger(data_dir).stored_decision(2).encode() == stored
    assert cells(again, "place", "report") == cells(shown, "place", "report")
    assert again.title == f"113年定案後，依目前所知，臺中市、臺南市、{NAMES[0]}、{NAMES[1]}之檢討報告義務會與定案不同"
    assert cells(again, "report", "later_report", "difference")["臺南市"] == (
        "應提",
        "無須",
        "應提→無須，名次 5→1",
    )
    assert cells(again, "difference")["連江縣"] == ("相同",)


def test_a_second_decision_needs_a_reason_and_the_first_stays_visible(data_dir: Path, frozen: Desk) -> None:
    with pytest.raises(DashboardError, match=r"113年已於.*定案（決定第 2 號）；重新定案須載明理由"):
        frozen.freeze(YEAR, RULE)
    take_in(data_dir, correction({TAINAN: 99_950}))
    later = desk(data_dir)
    again = later.freeze(YEAR, RULE, "金額更正")
    assert again.body["replaces"] == 2
    shown = exhibits.frozen_ranking(later.db, YEAR, RULE, None, 3)
    assert "（決定第 3 號）" in shown.finding
    assert any("先前定案：決定第 2 號" in note and "理由：金額更正" in note for note in shown.notes)
    assert exhibits.frozen_ranking(later.db, YEAR, RULE, None, 2).finding.startswith("定案於")


def test_a_year_that_is_not_decided_says_so(frozen: Desk) -> None:
    with pytest.raises(NotAvailable, match="113年尚未定案"):
        exhibits.frozen_ranking(frozen.db, YEAR, RULE, None, 1)
    with pytest.raises(NotAvailable, match="不是法定評比"):
        exhibits.frozen_ranking(frozen.db, FullYear(2021), RULE, None, 2)


def test_a_county_reads_both_of_its_reasons(data_dir: Path, frozen: Desk) -> None:
    take_in(data_dir, correction({TAINAN: 99_950}))
    shown = exhibits.frozen_ranking(warehouse(data_dir), YEAR, RULE, county_coded(TAINAN), 2)
    assert "定案：直轄市第 5 名" in shown.selection
    assert "依目前所知：直轄市第 1 名" in shown.selection


def test_whoever_looks_with_an_earlier_days_knowledge_still_sees_what_was_decided(frozen: Desk) -> None:
    shown = exhibits.frozen_ranking(frozen.db, YEAR, RULE, None, 2, date(2024, 1, 1))
    assert shown.title == "113年定案結果"
    assert "依113年1月1日所知無法排名以資對照" in shown.finding
    assert cells(shown, "report")["高雄市"] == ("應提",)


def test_the_state_of_years_lists_what_waits_what_holds_and_what_may_be_decided(frozen: Desk) -> None:
    before, after = (year_states(frozen.db, [FullYear(2020), YEAR], RULE, decided) for decided in (0, 2))
    assert [len(state.open_matters) for state in (*before, *after)] == [1, 0]
    assert "尚待認定" in before[0].barred
    assert (after[0].barred, len(after[0].freezes), len(after[0].settlements)) == ("", 1, 1)


# --- what was looked at before deciding


def seen(made: Desk) -> Seen:
    """What a form shows that is drawn now."""
    (state,) = year_states(made.db, [YEAR], RULE, made.ledger.decision_count())
    return state.seen


def test_a_year_is_not_decided_with_other_counties_than_were_confirmed(settled: Desk) -> None:
    shown = seen(settled)
    settled.settle(YEAR, RULE, OTHERS, TIED, TIED[1:], "複核後改認定")
    with pytest.raises(DashboardError, match="重新確認"):
        settled.freeze(YEAR, RULE, seen=shown)
    assert settled.ledger.decision_count() == 2
    settled.freeze(YEAR, RULE, seen=seen(settled))
    assert settled.ledger.decision_count() == 3


def test_nothing_is_decided_on_figures_that_were_corrected_since_the_form_was_drawn(
    data_dir: Path, settled: Desk
) -> None:
    shown = seen(settled)
    take_in(data_dir, correction({TAINAN: 99_950}))
    later = desk(data_dir)
    with pytest.raises(DashboardError, match="重新確認"):
        later.freeze(YEAR, RULE, seen=shown)
    with pytest.raises(DashboardError, match="重新確認"):
        later.settle(YEAR, RULE, OTHERS, TIED, TIED[1:], "理由", shown)
    assert later.ledger.decision_count() == 1


def test_a_form_that_stood_open_does_not_overturn_a_newer_settlement(made: Desk) -> None:
    shown = seen(made)
    made.settle(YEAR, RULE, OTHERS, TIED, TIED[:1], "訪視量較少")
    with pytest.raises(DashboardError, match=f"已有較新之認定.*決定第 1 號.*認定{NAMES[0]}列入末段.*請確認後再認定"):
        made.settle(YEAR, RULE, OTHERS, TIED, TIED[1:], "理由", shown)
    assert made.ledger.decision_count() == 1


def test_who_knows_of_a_settlement_may_settle_anew_and_is_told_what_it_replaces(made: Desk) -> None:
    first = made.settle(YEAR, RULE, OTHERS, TIED, TIED[:1], "訪視量較少")
    assert made.replaced_by(first) is None
    shown = seen(made)
    made.ledger.decide("duty_done", {"duty": "dunning_plan"}, "王小明")
    again = made.settle(YEAR, RULE, OTHERS, TIED, TIED[1:], "複核後改認定", shown)
    assert (again.seq, made.replaced_by(again)) == (3, 1), "other decisions do not stand in the way"


# --- a decided year beside what is known of it


def test_the_headlines_of_a_decided_year_say_first_what_was_decided(data_dir: Path, frozen: Desk) -> None:
    day = roc_date(freezes_of(frozen.db, 2, YEAR)[0].decided_on)
    decided = f"113年已於{day}定案（決定第 2 號），應提檢討報告：臺南市、高雄市、{NAMES[0]}、連江縣；以下為目前所知"
    take_in(data_dir, correction({TAINAN: 99_950, TIED[1]: 98_999}))
    db = warehouse(data_dir)
    reports, ranked = (shown(db, YEAR, RULE, None, 2) for shown in (exhibits.review_reports, exhibits.group_ranking))
    assert reports.title == decided
    assert reports.finding.startswith(f"目前所知：113年應提檢討報告：臺中市、高雄市、{NAMES[1]}、連江縣。")
    assert ranked.title.startswith("113年（已定案，以下為目前所知）分組排名：")
    assert ranked.finding.startswith(f"{decided}。直轄市末 2 名：")
    assert ranked.chart is not None
    assert decided in json.dumps(dataclasses.asdict(ranked.chart.drawing), ensure_ascii=False, default=str)
    assert "已定案，以下為目前所知" in ranked.chart.alt
    of_county = exhibits.group_ranking(db, YEAR, RULE, county_coded(TIED[0]), 2)
    assert of_county.selection.startswith(f"{NAMES[0]}（定案：應提；以下為目前所知）：非直轄市第 14 名")
    for shown in (reports, ranked):
        assert decided in str([sheet.rows for sheet in book(shown, ()).sheets])


def test_headlines_of_a_year_that_is_not_decided_are_plain(frozen: Desk) -> None:
    assert "定案" not in exhibits.review_reports(frozen.db, YEAR, RULE, None, 1).title
    ranked = exhibits.group_ranking(frozen.db, YEAR, RULE, None, 1)
    assert "定案" not in ranked.title + ranked.finding


def test_a_trial_rule_beside_a_decided_year_is_called_a_trial(frozen: Desk) -> None:
    shown = exhibits.review_reports(frozen.db, YEAR, load_rule("changhua"), None, 2)
    assert shown.title.endswith("連江縣；以下為試算")
    assert shown.finding.startswith("試算：113年")


OWN = Weights(change=35, repayment=30, success=20)
"""Of the statutory rule; under them 嘉義市 and 金門縣 are equal."""


def marked(shown: Exhibit, rule: str) -> tuple[str, ...]:
    return tuple(cells(shown, f"{rule}_report")[name][0] for name in NAMES)


def test_the_comparison_of_rules_shows_a_tie_as_settled_under_the_statutory_rule_alone(settled: Desk) -> None:
    before, after = (exhibits.scenarios(settled.db, YEAR, OWN, None, decided) for decided in (0, 1))
    assert marked(before, "adopted") == ("待認定", "待認定")
    assert marked(after, "adopted") == ("應提", "未列末 2 名")
    for other in ("pingtung", "changhua", "tainan"):
        assert marked(before, other) == marked(after, other)
    assert cells(after, "count")[NAMES[0]][0] == cells(before, "count")[NAMES[0]][0] + 1
    assert any("「修正草案」套用主管人員之認定；其他方案僅依規則與權重計算" in note for note in after.notes)
    assert any(note.startswith("決定第 1 號（") for note in after.notes)
    assert any("不套用主管人員之認定" in note for note in before.notes)
    assert not any(note.startswith("決定第") for note in before.notes)


def test_weights_on_trial_know_no_settlements(settled: Desk) -> None:
    tried = Weights(change=20, repayment=20, success=45)
    before, after = (exhibits.scenarios(settled.db, YEAR, tried, None, decided) for decided in (0, 1))
    assert before.table.frame.equals(after.table.frame)
    assert any("不套用主管人員之認定" in note for note in after.notes)


def test_whatever_shows_a_decided_year_says_first_what_was_decided(data_dir: Path, frozen: Desk) -> None:
    ranked = exhibits.group_ranking(frozen.db, YEAR, RULE, None, 2)
    decided = ranked.finding.partition("。")[0]
    assert decided.startswith("113年已於")
    county = county_coded(TIED[0])
    waterfall = exhibits.points_waterfall(frozen.db, YEAR, RULE, county, 2)
    margin = exhibits.margin_to_safety(frozen.db, YEAR, RULE, county, 2)
    growth = exhibits.national_growth(frozen.db, YEAR, RULE, 2)
    for shown in (waterfall, margin, growth):
        assert shown.finding.startswith(f"{decided}。")
    for shown in (waterfall, growth):
        assert "113年（已定案，以下為目前所知）" in shown.title
    # A title that speaks of the duty says what was decided of it.
    assert f"{NAMES[0]}113年（定案：應提；以下為目前所知）應提檢討報告" in margin.title
    assert waterfall.selection.startswith(f"{NAMES[0]}（定案：應提；以下為目前所知）：")
    assert waterfall.chart is not None
    assert decided in json.dumps(dataclasses.asdict(waterfall.chart.drawing), ensure_ascii=False, default=str)
    between = exhibits.knowledge_difference(frozen.db, YEAR, RULE, (exhibits.FIRST, CURRENT), county, 2)
    assert between.finding.startswith(f"{decided.removesuffix('目前所知')}兩日所知之比較。")
    assert between.title.startswith("113年（已定案，以下為兩日所知之比較）排名")
    assert between.selection.startswith(f"{NAMES[0]}（定案：應提；以下為兩日所知之比較）：")
    history = exhibits.ranking_history(frozen.db, RULE, county, 2)
    assert history.finding.startswith("113年已定案，以下為目前所知：各縣市之檢討報告義務與定案相同。")
    assert f"{decided}。" in history.notes
    assert history.chart is not None
    assert "113年已定案" in json.dumps(dataclasses.asdict(history.chart.drawing), ensure_ascii=False, default=str)
    take_in(data_dir, correction({TIED[1]: 98_999}))
    later = exhibits.ranking_history(warehouse(data_dir), RULE, None, 2)
    assert f"以下為目前所知：113年{'、'.join(NAMES)}之檢討報告義務與定案不同。" in later.finding
    assert f"{decided}。" in later.notes


def test_what_shows_a_year_that_is_not_decided_speaks_of_no_decision(settled: Desk) -> None:
    county = county_coded(TIED[0])
    for shown in (
        exhibits.points_waterfall(settled.db, YEAR, RULE, county, 1),
        exhibits.margin_to_safety(settled.db, YEAR, RULE, county, 1),
        exhibits.knowledge_difference(settled.db, YEAR, RULE, (exhibits.FIRST, CURRENT), county, 1),
        exhibits.ranking_history(settled.db, RULE, county, 1),
    ):
        assert "定案" not in f"{shown.title}{shown.finding}{shown.selection}"


def test_with_an_earlier_days_knowledge_a_year_was_not_decided_until_then(frozen: Desk) -> None:
    with pytest.raises(NotAvailable, match="截至114年1月31日，113年尚未定案"):
        exhibits.frozen_ranking(frozen.db, YEAR, RULE, None, 0, date(2025, 1, 31))
