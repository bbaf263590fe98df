"""`guobao status` and `guobao done`, as their users type them."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from dashboard import duty_commands
from dashboard.__main__ import main
from dashboard.ledger import Ledger

OLD_KEYS = {"kind", "period", "as_of", "due_on", "received_on", "state"}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duty_commands, "today", lambda: date(2026, 11, 22))


@pytest.fixture
def data_dir(demo_data_dir: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_data_dir, tmp_path / "data"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_status_lists_reports_and_what_is_ticked_off_by_hand(
    demo_data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "status", "--format", "json", "--data-dir", demo_data_dir)
    listed = json.loads(out)
    assert code == 0
    assert all(one.keys() >= OLD_KEYS for one in listed)
    april = next(one for one in listed if (one["kind"], one["period"]) == ("collection", "2026-04"))
    assert (april["state"], april["due_on"], april["stated_due_on"]) == ("missing", "2026-06-01", "2026-05-31")
    assert april["moved_because"] == "星期日"
    by_hand = [one for one in listed if one["kind"] is None]
    assert {one["duty"] for one in by_hand} >= {"dunning_plan", "arrears_roster", "funeral_list"}
    assert next(one for one in by_hand if one["duty"] == "funeral_list")["due_on"] is None


def test_the_table_of_status_names_exceptions_only_unless_told_otherwise(
    demo_data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, few, _ = run(capsys, "status", "--data-dir", demo_data_dir)
    _, everything, _ = run(capsys, "status", "--all", "--data-dir", demo_data_dir)
    assert "原期限115年5月31日逢星期日" in few
    assert "115年11月22日" not in few, "the average rate of 115 came in on time"
    assert "115年11月22日" in everything
    assert len(few.splitlines()) < 60 < len(everything.splitlines())


def test_a_duty_done_is_recorded_for_its_oldest_open_slot(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stated = ("--on", "115年1月25日", "--document", "保國字第1號", "--officer", "王小明", "--data-dir", data_dir)
    code, out, _ = run(capsys, "done", "arrears_roster", *stated)
    assert (code, out) == (0, "已登錄：欠費名冊115年1月，115年1月25日，文號 保國字第1號。\n")
    _, out, _ = run(capsys, "status", "--format", "json", "--data-dir", data_dir)
    january = next(one for one in json.loads(out) if (one["duty"], one["period"]) == ("arrears_roster", "2026-01"))
    assert (january["state"], january["received_on"], january["document"]) == ("on_time", "2026-01-25", "保國字第1號")
    assert january["days"] == -8


@pytest.mark.parametrize(
    ("duty", "more", "sentence"),
    [
        ("arrears_roster", (), "未設定收件人員"),
        ("arrears_roster", ("--officer", "王小明", "--period", "115年2月"), "沒有「2026-02」這一期"),
        ("visits", ("--officer", "王小明"), "查無無統計數字之應辦事項「visits」"),
        ("dunning_plan", ("--officer", "王小明", "--period", "明年"), "沒有「明年」這一期"),
    ],
)
def test_what_cannot_be_recorded_is_told_in_one_sentence(
    data_dir: Path, capsys: pytest.CaptureFixture[str], duty: str, more: tuple[str, ...], sentence: str
) -> None:
    code, _, err = run(
        capsys, "done", duty, "--on", "115年2月1日", "--document", "第1號", *more, "--data-dir", data_dir
    )
    assert code == 2
    assert sentence in err
    ledger = Ledger(data_dir)
    assert ledger.decision_count() == 0
    ledger.close()


def test_a_correction_names_its_period_and_its_reason(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ("--document", "第1號", "--period", "115年", "--officer", "王小明", "--data-dir", data_dir)
    assert run(capsys, "done", "dunning_plan", "--on", "115/2/20", *common)[0] == 0
    code, _, err = run(capsys, "done", "dunning_plan", "--on", "115/2/21", *common)
    assert (code, "須填原因" in err) == (2, True)
    assert run(capsys, "done", "dunning_plan", "--on", "115/2/21", *common, "--reason", "日期誤植")[0] == 0
