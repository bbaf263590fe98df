"""The calendar of duties as an exhibit: its list, its sentences, its picture, and what it rests on."""

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.domain.kinds import DutyFilter
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import Settings
from dashboard.exhibits import duty_calendar, duty_years
from dashboard.exhibits.exhibit import Exhibit, Row
from dashboard.ledger import Ledger
from dashboard.receiving import Office
from dashboard.rules.rule import load_rule
from dashboard.ticking import Stated, tick
from dashboard.warehouse import Door, Warehouse

ADOPTED, DRAFT = load_rule("adopted"), load_rule("draft")
Y115 = FullYear(2026)
ON = date(2026, 11, 22)


def calendar(
    db: Warehouse, state: DutyFilter = DutyFilter.ALL, year: FullYear = Y115, on: date = ON, decided: int = 0
) -> Exhibit:
    return duty_calendar(db, year, ADOPTED, state, on, decided)


def row(shown: Exhibit, duty: str, period: str) -> Row:
    (found,) = [row for row in shown.table.rows() if (row["duty"], row["period"]) == (duty, period)]
    return found


def test_the_sample_lacks_april_115_and_has_one_late_snapshot(demo: Warehouse) -> None:
    shown = calendar(demo)
    missing = row(shown, "欠費催繳作業收繳概況表", "115年4月")
    assert (missing["due"], missing["state"]) == ("115年6月1日", "✕ 逾期未辦")
    assert missing["moved"] == "原期限115年5月31日逢星期日"
    late = row(shown, "被保險人保險費收繳率", "截至115年3月31日")
    assert (late["due"], late["received"], late["days"], late["state"]) == (
        "115年4月30日",
        "115年5月14日",
        14,
        "■ 逾期辦理",
    )
    early = row(shown, "平均繳費率", "115年")
    assert (early["due"], early["received"], early["days"]) == ("115年11月30日", "115年11月22日", -8)


def test_title_and_finding_count_what_the_table_lists(demo: Warehouse) -> None:
    shown = calendar(demo)
    states = [row["state"] for row in shown.table.rows()]
    done = sum(state in {"● 準時", "■ 逾期辦理", "● 歷史檔補入", "▲ 適時，已登錄"} for state in states)
    late, missing = states.count("■ 逾期辦理"), states.count("✕ 逾期未辦")
    soon, later = states.count("◇ 將到期"), states.count("◇ 未到期")
    assert shown.title.startswith(f"115年期程：{missing} 項逾期未辦（")
    assert shown.finding.startswith(f"已辦理 {done} 項（其中逾期辦理 {late} 項），將到期 {soon} 項，未到期 {later} 項")
    assert "未來 60 日內到期：欠費催繳作業收繳概況表115年10月（115年11月30日）" in shown.finding


def test_what_another_year_lacks_is_told_beside_a_year_that_lacks_nothing(demo: Warehouse) -> None:
    shown = calendar(demo, year=FullYear(2025))
    assert shown.title.endswith("無逾期未辦")
    assert "其他年度另有 9 項逾期未辦" in shown.finding


@pytest.mark.parametrize(
    ("state", "signs"),
    [
        (DutyFilter.MISSING, {"✕ 逾期未辦"}),
        (DutyFilter.LATE, {"■ 逾期辦理"}),
        (DutyFilter.OPEN, {"✕ 逾期未辦", "◇ 未到期", "◇ 將到期", "△ 適時，未登錄"}),
        (DutyFilter.DONE, {"● 準時", "■ 逾期辦理"}),
    ],
)
def test_a_filter_lists_its_states_and_leaves_title_and_picture(
    demo: Warehouse, state: DutyFilter, signs: set[str]
) -> None:
    everything, shown = calendar(demo), calendar(demo, state)
    assert {row["state"] for row in shown.table.rows()} == signs
    assert (shown.title, shown.chart) == (everything.title, everything.chart)


def test_what_falls_due_within_a_fortnight_is_called_soon_and_what_is_due_later_is_not(demo: Warehouse) -> None:
    states = {row["due"]: row["state"] for row in calendar(demo, DutyFilter.OPEN).table.rows()}
    assert (states["115年11月30日"], states["115年12月31日"]) == ("◇ 將到期", "◇ 未到期")
    eve = duty_calendar(demo, Y115, ADOPTED, DutyFilter.OPEN, date(2026, 11, 15))
    assert {row["state"] for row in eve.table.rows() if row["due"] == "115年11月30日"} == {"◇ 未到期"}, "15 days"
    assert any("期限在 14 日以內" in told for told in calendar(demo).assumptions)


def test_a_filter_that_lists_nothing_says_so(demo: Warehouse) -> None:
    shown = calendar(demo, DutyFilter.MISSING, FullYear(2025))
    assert shown.table.frame.empty
    assert shown.selection == "沒有符合所選辦理情形的事項。"


def test_of_a_year_that_has_not_begun_all_that_is_due_is_listed_but_only_the_next_days_are_announced(
    demo: Warehouse,
) -> None:
    shown = calendar(demo, year=FullYear(2027))
    rosters = [one["due"] for one in shown.table.rows() if one["duty"] == "欠費名冊"]
    assert rosters == ["116年2月1日", "116年5月3日", "116年8月2日", "116年11月1日"], "30 April is off for Labour Day"
    assert {one["state"] for one in shown.table.rows()} == {"◇ 未到期"}
    assert "被保險人保險費收繳率截至115年11月30日（115年12月31日）。其他年度另有 9 項" in shown.finding


def test_the_draft_gives_priority_lists_months_where_the_adopted_text_says_when_fit(demo: Warehouse) -> None:
    name = "優先訪視名單：生育給付逾半年未申請"
    assert row(calendar(demo), name, "115年")["due"] == "適時"
    draft = duty_calendar(demo, Y115, DRAFT, DutyFilter.ALL, ON)
    assert [one["due"] for one in draft.table.rows() if one["duty"] == name] == ["115年2月2日", "115年7月31日"]


def test_the_assumptions_on_due_dates_are_told_with_it_and_those_on_ranks_are_not(demo: Warehouse) -> None:
    told = " ".join(calendar(demo).assumptions)
    for part in ("次月月底", "順延", "最後一日", "自115年起登錄", "檢討報告之期限未公開"):
        assert part in told
    assert "權重" not in told


def test_the_picture_has_a_sign_for_every_due_date_and_every_receipt_of_the_year(demo: Warehouse) -> None:
    shown = calendar(demo)
    assert shown.chart
    rows = shown.table.rows()
    signs = {trace["name"]: len(trace["x"]) for trace in shown.chart.drawing.data if "name" in trace}
    missing = sum(row["state"] == "✕ 逾期未辦" for row in rows)
    assert signs["逾期未辦"] == missing
    assert signs["期限"] == sum(row["due"] != "適時" for row in rows) - missing
    assert signs["準時"] + signs["逾期辦理"] == sum(pd.notna(row["received"]) for row in rows)


def test_it_bears_the_mark_of_simulated_reports_and_tells_each_stream_s_newest(demo: Warehouse) -> None:
    shown = calendar(demo)
    assert shown.is_simulated
    assert len({source.kind for source in shown.sources}) == len(shown.sources) == 5
    assert shown.as_of_line == "截至115年11月22日"


def test_what_was_known_in_spring_had_no_receipt_of_summer(demo: Warehouse) -> None:
    spring = date(2026, 5, 1)
    shown = duty_calendar(demo, Y115, ADOPTED, DutyFilter.ALL, spring, 0, known_on=spring)
    assert row(shown, "被保險人保險費收繳率", "截至115年3月31日")["state"] == "✕ 逾期未辦", "it came in on 14 May"
    assert row(shown, "服務員訪視成效", "114年")["state"] == "◇ 未到期"


def test_a_tick_shows_with_its_document_and_a_correction_keeps_the_first(demo_data_dir: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(demo_data_dir, data_dir)
    ledger = Ledger(data_dir)
    first = Stated("general_roster", "2026-10", date(2026, 10, 28), "保國字第1號")
    tick(ledger, ADOPTED, first, "王小明", ON)
    tick(ledger, ADOPTED, first._replace(document="保國字第11號", reason="文號誤植"), "李小華", ON)
    ledger.close()
    db = Door(data_dir).current()
    assert row(calendar(db), "一般名冊", "115年10月")["state"] == "✕ 逾期未辦", "as before any decision"
    shown = calendar(db, decided=2)
    ticked = row(shown, "一般名冊", "115年10月")
    assert (ticked["received"], ticked["days"], ticked["document"]) == ("115年10月28日", -5, "保國字第11號")
    assert shown.behind
    records = [(one["document"], one["by"], one["reason"]) for one in shown.behind.rows()]
    assert records[1] == ("保國字第11號", "李小華", "文號誤植")
    assert records[0][:2] == ("保國字第1號", "王小明")
    before = duty_calendar(db, Y115, ADOPTED, DutyFilter.ALL, ON, 2, known_on=date(2020, 1, 1))
    assert before.behind is None, "nobody had ticked anything off by then"


def test_a_place_without_any_report_lists_what_is_ticked_off_by_hand(tmp_path: Path) -> None:
    office = Office(Settings(data_dir=tmp_path))
    office.make_ready()
    db = Door(tmp_path).current()
    shown = calendar(db)
    assert {row["duty"] for row in shown.table.rows()} >= {"欠費名冊", "年度催繳計畫"}
    assert shown.sources == ()
    assert not shown.is_simulated


def test_the_years_to_choose_from_begin_with_the_one_that_runs(demo: Warehouse) -> None:
    years = duty_years(demo, ON)
    assert years[:3] == (Y115, FullYear(2027), FullYear(2025))
    assert years[-1] == FullYear(2015)
