"""期程追蹤, run as its reader runs it, on a day of our choosing."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from dashboard import duty_panel
from dashboard.domain import settings
from dashboard.ledger import Ledger
from tests.pages.visiting import Visit

PAGE = "duties"
ON = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (settings, duty_panel):
        monkeypatch.setattr(module, "today", lambda: ON)


@pytest.fixture
def officer(demo_data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Open the pages as an officer's, on a copy that may be written to."""
    data_dir = tmp_path / "data"
    shutil.copytree(demo_data_dir, data_dir)
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(data_dir))
    monkeypatch.setenv("GUOBAO_OFFICER", "王小明")
    return data_dir


def tick(visit: Visit, document: str, done_on: str = "115年11月20日", reason: str = "") -> Visit:
    which = next(one for one in visit.test.selectbox if one.key == "duty.which")
    which.set_value(next(option for option in which.options if option.startswith("欠費名冊115年10月")))
    for key, text in (("duty.on", done_on), ("duty.document", document), ("duty.reason", reason)):
        next(one for one in visit.test.text_input if one.key == key).set_value(text)
    next(one for one in visit.test.button if one.key == "duty.submit").click()
    return visit.run()


def test_no_duty_is_picked_beforehand(officer: Path) -> None:
    assert officer
    visit = Visit(PAGE)
    assert next(one for one in visit.test.selectbox if one.key == "duty.which").value is None
    next(one for one in visit.test.button if one.key == "duty.submit").click()
    assert [one.value for one in visit.run().test.error] == ["請先選擇應辦事項。"]


def test_the_page_opens_on_the_year_that_runs_under_the_rule_in_force() -> None:
    visit = Visit(PAGE)
    assert not visit.test.exception
    assert visit.address == {"year": "115", "rule": "adopted", "state": "all"}
    assert "115年期程：9 項逾期未辦" in visit.text
    assert "原期限115年5月31日逢星期日" in visit.text
    assert "模擬資料" in visit.text


def test_the_clock_says_what_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    for on, state in (
        (date(2026, 5, 17), "◇ 未到期"),
        (date(2026, 6, 1), "◇ 將到期"),
        (date(2026, 6, 2), "✕ 逾期未辦"),
    ):
        monkeypatch.setattr(settings, "today", lambda on=on: on)
        text = Visit(PAGE).text
        row = next(row for row in text.partition("<tbody>")[2].split("<tr") if "繳費情形分析及因應措施" in row)
        assert state in row


def test_an_address_names_year_rule_and_state() -> None:
    asked = {"year": "114", "rule": "draft", "state": "late"}
    visit = Visit(PAGE, **asked)
    assert visit.address == asked
    assert not visit.notices
    assert "沒有符合所選辦理情形的事項。" in visit.text
    assert "意見回復前" in visit.text


def test_rules_of_the_same_calendar_are_offered_once() -> None:
    picker = next(one for one in Visit(PAGE).test.selectbox if one.key == "picker.rule")
    assert picker.options == ["當年度適用規則", "衛生福利部（草案）"]


def test_every_stream_tells_how_far_its_figures_reach_and_when_they_came_in() -> None:
    assert "平均繳費率：資料截止 115年10月31日，收件 115年11月22日" in Visit(PAGE).text


def test_without_an_officer_the_page_only_reads() -> None:
    visit = Visit(PAGE)
    assert not [one for one in visit.test.button if one.key == "duty.submit"]
    assert any("只能查閱，不能登錄" in one.value for one in visit.test.markdown)


def test_an_officer_ticks_off_and_the_page_shows_it(officer: Path) -> None:
    visit = tick(Visit(PAGE), "保國字第1150042號")
    assert "115年期程：8 項逾期未辦" in visit.text
    assert "保國字第1150042號" in visit.text
    assert [one.value for one in visit.test.toast] == [
        "已登錄：欠費名冊115年10月，115年11月20日，文號 保國字第1150042號。"
    ]
    (decision,) = Ledger(officer).decisions()
    assert decision.by == "王小明"


@pytest.mark.parametrize(
    ("document", "done_on", "refusal"),
    [
        ("", "115年11月20日", "請填文號"),
        ("保國字第1號", "115年12月1日", "不可晚於今天"),
        ("保國字第1號", "昨天", "無法判讀"),
    ],
)
def test_what_is_wrong_with_a_tick_is_told_beside_it(officer: Path, document: str, done_on: str, refusal: str) -> None:
    visit = tick(Visit(PAGE), document, done_on)
    assert any(refusal in one.value for one in visit.test.error)
    assert Ledger(officer).decision_count() == 0


def test_nobody_ticks_off_in_what_is_shown_as_of_an_earlier_day(officer: Path) -> None:
    assert officer
    visit = Visit(PAGE, known_on="2026-05-01")
    assert not [one for one in visit.test.button if one.key == "duty.submit"]
    assert "截至115年5月1日" in visit.text
