"""Deciding from the command line: settle, freeze, decisions."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.domain.settings import today
from dashboard.ledger import Ledger
from tests.deciding import TAINAN, correction, filled, take_in

SETTLE = ("settle", "--year", "113", "--group", "非直轄市", "--last", "嘉義市", "--reason", "訪視量較少")
FREEZE = ("freeze", "--year", "113")
OFFICER = ("--officer", "王小明")


@pytest.fixture(scope="module")
def as_received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("received") / "data")


@pytest.fixture
def data_dir(as_received: Path, tmp_path: Path) -> Path:
    return shutil.copytree(as_received, tmp_path / "data")


@pytest.fixture
def run(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> "Run":
    return Run(data_dir, capsys)


class Run:
    """Runs commands on one data directory; returns exit code, output and errors."""

    def __init__(self, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._data_dir, self._capsys = data_dir, capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--data-dir", str(self._data_dir)])
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err


def test_settling_then_freezing_then_listing(run: Run) -> None:
    assert run(*SETTLE, *OFFICER)[:2] == (
        0,
        "已寫入決定第 1 號：113年非直轄市嘉義市、金門縣同分，認定嘉義市列入末段；理由：訪視量較少\n",
    )
    code, out, _ = run(*FREEZE, *OFFICER)
    assert code == 0
    assert out.startswith("已寫入決定第 2 號：113年定案")
    _, listed, _ = run("decisions")
    rows = [line.split() for line in listed.splitlines()]
    assert [row[:4:3] for row in rows[1:]] == [["1", "王小明"], ["2", "王小明"]]
    assert [row[1] for row in rows[1:]] == ["認定", "定案"]


def test_settling_anew_says_which_number_it_replaces(run: Run) -> None:
    assert "取代" not in run(*SETTLE, *OFFICER)[1]
    assert run(*SETTLE[:6], "金門縣", *SETTLE[7:], *OFFICER)[1].endswith("（取代第 1 號）\n")


def test_a_ranking_of_a_decided_year_says_so_first(run: Run) -> None:
    assert json.loads(run("rank", "--year", "113", "--format", "json")[1])["frozen"] is None
    run(*SETTLE, *OFFICER)
    run(*FREEZE, *OFFICER)
    told = json.loads(run("rank", "--year", "113", "--format", "json")[1])["frozen"]
    assert (told["number"], told["by"], told["owing"]) == (2, "王小明", ["臺南市", "高雄市", "嘉義市", "連江縣"])
    for more in ((), ("--all-rules",)):
        lines = run("rank", "--year", "113", *more)[1].splitlines()
        assert lines[1].startswith("113年已於")
        assert "定案（決定第 2 號），應提檢討報告：臺南市、高雄市、嘉義市、連江縣；以下為目前所知" in lines[1]
    assert json.loads(run("rank", "--year", "113", "--format", "json", "--all-rules")[1])["frozen"] == told
    earlier = json.loads(run("rank", "--year", "113", "--format", "json", "--known-on", "2025-01-31")[1])
    assert earlier["frozen"] is None


def rows(out: str) -> dict[tuple[str, str], dict[str, str]]:
    """What a CSV says, by county and rule."""
    return {(one["county"], one["rule"]): one for one in csv.DictReader(io.StringIO(out))}


FROZEN_CELLS = ("frozen_place", "frozen_in_last_two", "frozen_owes_review_report", "frozen_number")


def test_files_of_a_decided_year_have_what_was_decided_beside_what_is_known(run: Run, data_dir: Path) -> None:
    asked = ("rank", "--year", "113", "--format")
    assert {one["frozen_place"] for one in rows(run(*asked, "csv")[1]).values()} == {""}
    run(*SETTLE, *OFFICER)
    run(*FREEZE, *OFFICER)
    # Corrected to the lowest of the 直轄市: 新北市 owes by what is known, and did not when it was decided.
    take_in(data_dir, correction({"65000": 90_000}))
    for more in ((), ("--all-rules",)):
        told = rows(run(*asked, "csv", *more)[1])
        now, kaohsiung = told["新北市", "adopted"], told["高雄市", "adopted"]
        assert (now["place"], now["owes_review_report"]) == ("6", "True")
        assert [now[name] for name in FROZEN_CELLS] == ["1", "False", "False", "2"]
        assert now["frozen_on"] == str(today())
        assert (kaohsiung["owes_review_report"], kaohsiung["frozen_owes_review_report"]) == ("True", "True")
        form = json.loads(run(*asked, "json", *more)[1])
        (county,) = (one for one in form["counties"] if one["county"] == "新北市")
        known = county["rules"]["adopted"] if more else county
        assert known["owes_review_report"] is True
        assert {name: known["frozen"][name] for name in ("place", "owes_review_report")} == {
            "place": 1,
            "owes_review_report": False,
        }
        assert form["frozen"]["rule"] == "adopted"
    # Nothing was decided under any other rule.
    assert {one["frozen_place"] for (_, rule), one in told.items() if rule != "adopted"} == {""}
    assert {one["frozen_on"] for one in rows(run(*asked, "csv", "--rule", "changhua")[1]).values()} == {""}


def test_what_show_prints_is_what_was_stored_byte_for_byte_also_after_a_correction(run: Run, data_dir: Path) -> None:
    run(*SETTLE, *OFFICER)
    run(*FREEZE, *OFFICER)
    _, shown, _ = run("decisions", "show", "2")
    assert shown == Ledger(data_dir).stored_decision(2)
    take_in(data_dir, correction({TAINAN: 99_950}))
    run("build")
    assert run("decisions", "show", "2")[1] == shown
    assert json.loads(shown)["body"]["result"]["counties"][4]["owes_review_report"] is True


def test_decisions_for_machines(run: Run) -> None:
    assert json.loads(run("decisions", "--format", "json")[1]) == []
    run(*SETTLE, *OFFICER)
    (made,) = json.loads(run("decisions", "--format", "json")[1])
    assert (made["kind"], made["by"], made["body"]["chosen"]) == ("settlement", "王小明", ["10020"])


def test_a_list_of_nothing_says_so(run: Run) -> None:
    assert run("decisions")[:2] == (0, "尚無任何決定。\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (SETTLE, "尚未設定收件人員姓名"),
        ((*FREEZE, *OFFICER), "嘉義市、金門縣尚待認定"),
        ((*SETTLE[:6], "嘉義市,金門縣", *SETTLE[7:], *OFFICER), "應恰選 1 縣市，現選 2 縣市"),
        ((*SETTLE[:6], "花果山", *SETTLE[7:], *OFFICER), "查無縣市「花果山」"),
        ((*SETTLE, "--county", "嘉義市", *OFFICER), "查無所指之待認定事項；該年度待認定者：非直轄市（嘉義市、金門縣）"),
        (("freeze", "--year", "110", *OFFICER), "尚無法排名"),
        (("decisions", "show", "1"), "決定紀錄只有 0 筆，查無第 1 號"),
        (("decisions", "show", "0"), "查無第 0 號"),
        (("decisions", "show"), "請指明第幾號"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_two(
    run: Run, data_dir: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert Ledger(data_dir).decision_count() == 0


def test_a_county_without_a_place_is_settled_by_its_name(run: Run, data_dir: Path) -> None:
    take_in(data_dir, correction({TAINAN: 99_950}))
    code, _, err = run(*SETTLE[:6], "", "--county", "臺南市", *SETTLE[7:], *OFFICER)
    assert code == 2
    assert "查無所指之待認定事項" in err


def test_a_ranking_printed_later_says_what_was_decided_and_one_of_an_earlier_day_does_not(run: Run) -> None:
    def duty(*more: str) -> list[object]:
        form = json.loads(run("rank", "--year", "113", "--format", "json", *more)[1])
        rows = {row["county"]: row["owes_review_report"] for row in form["counties"]}
        return [rows["嘉義市"], rows["金門縣"]]

    assert duty() == ["undecided", "undecided"]
    run(*SETTLE, *OFFICER)
    assert duty() == [True, False]
    assert duty("--known-on", "2025-01-31") == ["undecided", "undecided"]


def test_a_duty_ticked_off_is_listed_in_words(run: Run, data_dir: Path) -> None:
    ledger = Ledger(data_dir)
    ledger.decide(
        "duty_done",
        {
            "duty": "dunning_plan",
            "slot": "2026",
            "done_on": "2026-02-03",
            "document": "保國字第1號",
            "reason": "補文號",
        },
        "王小明",
    )
    ledger.decide("duty_done", {"duty": "of another rule"}, "王小明")
    ledger.close()
    code, out, _ = run("decisions")
    assert code == 0
    assert "115年2月3日辦畢，文號" in out
    assert "保國字第1號（更正原因：補文號）" in "".join(out.split())
    assert "of another rule" in out
