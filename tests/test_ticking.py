"""Duties without figures, ticked off by hand: who may, what is asked, and what stands afterwards."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain.errors import DashboardError
from dashboard.ledger import Ledger
from dashboard.rules.rule import load_rule
from dashboard.ticking import Stated, open_slot, sentence, tick, tickable, ticks_in

RULE = load_rule("adopted")
TODAY = date(2026, 5, 6)
ROSTER = Stated("arrears_roster", "2026-04", date(2026, 4, 28), "保國字第1150001號")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path)
    yield opened
    opened.close()


def ticked(ledger: Ledger, stated: Stated, by: str = "王小明") -> str:
    return sentence(tick(ledger, RULE, stated, by, TODAY), RULE)


def test_a_tick_keeps_date_document_and_name(ledger: Ledger) -> None:
    assert ticked(ledger, ROSTER) == "已登錄：欠費名冊115年4月，115年4月28日，文號 保國字第1150001號。"
    (decision,) = ledger.decisions()
    assert (decision.kind, decision.by) == ("duty_done", "王小明")
    (duty,) = [one for one in tickable(ticks_in(ledger), RULE, TODAY) if (one.key, one.slot) == ROSTER[:2]]
    assert (duty.state, duty.days, duty.document) == ("on_time", -2, "保國字第1150001號")


@pytest.mark.parametrize(
    ("stated", "by", "refusal"),
    [
        (ROSTER, "  ", "未設定收件人員"),
        (ROSTER._replace(document=" "), "王小明", "請填文號"),
        (ROSTER._replace(document="甲" * 101), "王小明", "100 字"),
        (ROSTER._replace(done_on=date(2026, 5, 7)), "王小明", "不可晚於今天"),
        (ROSTER._replace(slot="2026-03"), "王小明", "欠費名冊沒有「2026-03」這一期；可登錄者：115年1月、115年4月"),
        (ROSTER._replace(slot="2026-10"), "王小明", "沒有「2026-10」"),
        (ROSTER._replace(duty="collection"), "王小明", "查無無統計數字之應辦事項「collection」"),
        (ROSTER._replace(duty="../ledger"), "王小明", "查無"),
    ],
)
def test_what_cannot_be_ticked_off_is_told_and_not_recorded(
    ledger: Ledger, stated: Stated, by: str, refusal: str
) -> None:
    with pytest.raises(DashboardError, match=refusal):
        ticked(ledger, stated, by)
    assert ledger.decision_count() == 0


def test_a_correction_needs_a_reason_and_keeps_what_it_corrects(ledger: Ledger) -> None:
    ticked(ledger, ROSTER)
    corrected = ROSTER._replace(done_on=date(2026, 5, 4))
    with pytest.raises(DashboardError, match="須填原因"):
        ticked(ledger, corrected)
    ticked(ledger, corrected._replace(reason="日期誤植"))
    assert [one.body["reason"] for one in ledger.decisions()] == ["", "日期誤植"]
    (duty,) = [one for one in tickable(ticks_in(ledger), RULE, TODAY) if (one.key, one.slot) == ROSTER[:2]]
    assert (duty.state, duty.days) == ("late", 4)


def test_the_oldest_slot_that_is_open_is_the_one_meant(ledger: Ledger) -> None:
    assert open_slot(ticks_in(ledger), RULE, "arrears_roster", TODAY) == "2026-01"
    ticked(ledger, ROSTER._replace(slot="2026-01"))
    assert open_slot(ticks_in(ledger), RULE, "arrears_roster", TODAY) == "2026-04"
    ticked(ledger, Stated("dunning_plan", "2026", date(2026, 2, 20), "保國字第1號"))
    with pytest.raises(DashboardError, match="年度催繳計畫沒有待登錄"):
        open_slot(ticks_in(ledger), RULE, "dunning_plan", TODAY)


def test_what_is_done_when_fit_can_be_ticked_off_in_its_year(ledger: Ledger) -> None:
    ticked(ledger, Stated("funeral_list", "2026", date(2026, 3, 1), "保國字第2號"))
    states = {one.key: one.state for one in tickable(ticks_in(ledger), RULE, TODAY)}
    assert (states["funeral_list"], states["maternity_list"]) == ("done", "when_fit")
