"""Receiving: order, versions, dates and refusals, through the real office on a real data directory."""

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import NoReturn

import duckdb
import pandas as pd
import pytest

from dashboard import answers, docket, handing_in, judging
from dashboard.__main__ import main
from dashboard.archive import Archive, sha256
from dashboard.domain.errors import DashboardError
from dashboard.domain.file_names import plain
from dashboard.domain.kinds import Kind
from dashboard.domain.settings import HOUSE, Settings, today
from dashboard.ledger import BrokenChain, Ledger
from dashboard.receiving import Incoming, Office, Receipt
from dashboard.warehouse import Door, Warehouse
from dashboard.warehouse import build as building
from tests.submitting import AS_OF, ISSUED, codes, collection_history, hand_in, incoming, office_at, snapshot, visits

A_DAY = timedelta(days=1)
CORRECTED = ISSUED + 28 * A_DAY


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = office_at(tmp_path)
    yield opened
    opened.ledger.close()


@pytest.fixture
def warehouse(tmp_path: Path) -> Door:
    return Door(tmp_path)


def visited(warehouse: Warehouse, known_on: date = answers.CURRENT) -> set[int]:
    frame = answers.figures(warehouse, Kind.VISITS, known_on)
    return set(frame.loc[frame["measure"] == "visited_persons", "value"])


def stored(data_dir: Path) -> set[str]:
    return {path.name for path in (data_dir / "originals").rglob("*") if path.is_file()}


def only(receipts: list[Receipt]) -> Receipt:
    [receipt] = receipts
    return receipt


# --- order


def test_the_date_of_issue_decides_the_order_whatever_the_files_are_called(office: Office) -> None:
    batch = [
        incoming(name, visits(f"{year}年", as_of=date(year + 1912, 3, 31), issued_on=date(year + 1912, 5, 1)))
        for name, year in (("丙.csv", 110), ("a.csv", 112), ("乙.csv", 109), ("0.csv", 111))
    ]
    assert [receipt.file_name for receipt in hand_in(office, *batch)] == ["乙.csv", "丙.csv", "0.csv", "a.csv"]
    assert [s.file_name for s in office.ledger.submissions()] == ["乙.csv", "丙.csv", "0.csv", "a.csv"]


@pytest.mark.parametrize("names", [("訪視.csv", "訪視(更正).csv"), ("z.csv", "a(更正).csv")])
def test_an_original_and_its_correction_of_the_same_day_come_in_in_this_order(
    office: Office, warehouse: Door, names: tuple[str, str]
) -> None:
    original, correction = names
    receipts = hand_in(
        office, incoming(correction, visits(visited=61, correction=True)), incoming(original, visits(visited=60))
    )
    assert [receipt.outcome for receipt in receipts] == ["accepted", "accepted"]
    assert office.ledger.submissions()[1].supersedes == (1,)
    assert visited(warehouse.current()) == {61}


def test_originals_and_corrections_end_alike_in_whatever_order_they_are_handed_in(tmp_path: Path) -> None:
    files = [
        incoming("訪視.csv", visits(visited=60)),
        incoming("一(更正).csv", visits(visited=61, correction=True, issued_on=CORRECTED)),
        incoming("二(更正).csv", visits(visited=62, correction=True, issued_on=CORRECTED + A_DAY)),
    ]
    for number, order in enumerate(permutations(files)):
        office = office_at(tmp_path / str(number))
        for file in order:
            assert not only(hand_in(office, file)).is_refused
        warehouse = Door(tmp_path / str(number)).current()
        days = [ISSUED, CORRECTED, CORRECTED + A_DAY]
        assert [visited(warehouse, day) for day in days] == [{60}, {61}, {62}]
        office.ledger.close()


# --- identical


def test_identical_bytes_again_change_nothing(office: Office, tmp_path: Path) -> None:
    first = only(hand_in(office, incoming("訪視.csv", visits())))
    head, pointer = office.ledger.head(), (tmp_path / "current.json").read_bytes()
    again = only(hand_in(office, incoming("換了名字.csv", visits(), today())))
    assert (again.outcome, again.submission_id, again.slices) == ("identical", first.submission_id, first.slices)
    assert again.figure_count == first.figure_count
    assert office.ledger.head() == head
    assert (tmp_path / "current.json").read_bytes() == pointer


def test_the_same_file_twice_in_one_batch_goes_in_once(office: Office) -> None:
    receipts = hand_in(office, incoming("a.csv", visits()), incoming("b.csv", visits()))
    assert [receipt.outcome for receipt in receipts] == ["accepted", "identical"]
    assert len(office.ledger.submissions()) == 1


def test_an_empty_batch_changes_nothing(office: Office) -> None:
    assert hand_in(office) == []
    assert office.ledger.head().seq == 0


# --- versions


def test_the_same_period_again_without_a_mark_is_refused_and_the_first_stays(office: Office, warehouse: Door) -> None:
    hand_in(office, incoming("訪視.csv", visits(visited=60)))
    receipt = only(hand_in(office, incoming("訪視2.csv", visits(visited=61, issued_on=CORRECTED))))
    assert (receipt.outcome, codes(receipt)) == ("refused", ["same_period_again"])
    assert visited(warehouse.current()) == {60}


def test_a_correction_supersedes_and_both_states_stay_to_be_had(office: Office, warehouse: Door) -> None:
    hand_in(office, incoming("訪視.csv", visits(visited=60)))
    correction = visits(visited=61, correction=True, issued_on=CORRECTED, reason="重複計算")
    receipt = only(hand_in(office, incoming("訪視(更正).csv", correction, CORRECTED + A_DAY)))
    assert receipt.outcome == "accepted"
    recorded = office.ledger.submissions()[-1]
    assert (recorded.supersedes, recorded.correction_reason) == ((1,), "重複計算")
    assert [visited(warehouse.current(), CORRECTED + day * A_DAY) for day in (-1, 0, 1)] == [{60}, {60}, {61}]


def test_a_correction_of_another_as_of_is_refused(office: Office) -> None:
    hand_in(office, incoming("訪視.csv", visits()))
    moved = visits(as_of=AS_OF + A_DAY, correction=True, issued_on=CORRECTED)
    assert codes(only(hand_in(office, incoming("訪視(更正).csv", moved)))) == ["correction_elsewhere"]


def test_a_refused_correction_supersedes_nothing(office: Office) -> None:
    hand_in(office, incoming("訪視.csv", visits()))
    early = visits(correction=True, issued_on=ISSUED - A_DAY)
    assert codes(only(hand_in(office, incoming("訪視(更正).csv", early)))) == ["correction_older"]
    unread = visits(correction=True, issued_on=CORRECTED).replace("臺北市".encode(), b"Taipei")
    assert only(hand_in(office, incoming("訪視2(更正).csv", unread))).is_refused
    assert [s.supersedes for s in office.ledger.submissions()] == [(), (), ()]


def test_an_unmarked_file_of_another_as_of_is_refused(office: Office) -> None:
    hand_in(office, incoming("訪視.csv", visits()))
    moved = visits(as_of=AS_OF + A_DAY, issued_on=CORRECTED)
    assert codes(only(hand_in(office, incoming("訪視2.csv", moved)))) == ["same_period_again"]


def test_snapshots_of_the_same_billing_period_are_a_series(office: Office, warehouse: Door) -> None:
    days = [date(2024, 7, 31), date(2024, 8, 31), date(2024, 9, 30)]
    for paid, day in zip((50, 52, 55), days, strict=True):
        receipt = only(hand_in(office, incoming(f"{day}.csv", snapshot(day, paid), day + A_DAY)))
        assert not receipt.is_refused
    frame = answers.figures(warehouse.current(), Kind.PAYMENT_RATE)
    paid_persons = frame[frame["measure"] == "paid_persons"].groupby("as_of")["value"].unique()
    assert [list(found) for found in paid_persons] == [[50], [52], [55]]


def test_an_original_that_arrives_after_its_correction_becomes_the_older_version(
    office: Office, warehouse: Door
) -> None:
    correction = visits(visited=61, correction=True, issued_on=CORRECTED)
    first = only(hand_in(office, incoming("訪視(更正).csv", correction)))
    assert codes(first) == ["correction_without_original"]
    late = only(hand_in(office, incoming("訪視.csv", visits(visited=60), CORRECTED + A_DAY)))
    assert (late.outcome, codes(late)) == ("accepted_with_notes", ["older_version"])
    assert [visited(warehouse.current(), CORRECTED + day * A_DAY) for day in (-1, 0, 1)] == [set(), {61}, {61}]


def test_of_two_corrections_received_on_one_day_the_later_issue_is_in_force(office: Office, warehouse: Door) -> None:
    hand_in(office, incoming("訪視.csv", visits(visited=60)))
    both = CORRECTED + 5 * A_DAY
    hand_in(office, incoming("b(更正).csv", visits(visited=62, correction=True, issued_on=CORRECTED + A_DAY), both))
    hand_in(office, incoming("a(更正).csv", visits(visited=61, correction=True, issued_on=CORRECTED), both))
    assert [visited(warehouse.current(), day) for day in (both - A_DAY, both)] == [{60}, {62}]


def test_of_two_corrections_issued_and_received_on_one_day_the_later_submission_is_in_force(
    office: Office, warehouse: Door
) -> None:
    hand_in(office, incoming("訪視.csv", visits(visited=60)))
    for number in (61, 62):
        again = visits(visited=number, correction=True, issued_on=CORRECTED)
        hand_in(office, incoming(f"{number}(更正).csv", again))
    assert visited(warehouse.current()) == {62}


# --- dates


def test_a_file_received_before_it_was_issued_is_refused(office: Office) -> None:
    assert codes(only(hand_in(office, incoming("訪視.csv", visits(), ISSUED - A_DAY)))) == ["received_before_issued"]


def test_a_long_file_cannot_speak_of_days_after_it_was_handed_over(office: Office) -> None:
    assert codes(only(hand_in(office, incoming("收.csv", snapshot(AS_OF), AS_OF - A_DAY)))) == [
        "issue_date_assumed",
        "issued_too_early",
    ]
    assert not only(hand_in(office, incoming("收.csv", snapshot(AS_OF), AS_OF))).is_refused


def test_a_file_received_in_the_future_is_refused(office: Office) -> None:
    assert not only(hand_in(office, incoming("訪視.csv", visits(), today()))).is_refused
    later = incoming("訪視2.csv", visits("111年", as_of=date(2023, 3, 31)), today() + A_DAY)
    assert codes(only(hand_in(office, later))) == ["received_in_future"]


def test_a_clock_that_went_backwards_refuses_what_is_not_issued_yet_and_keeps_the_rest(
    office: Office, warehouse: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(office, incoming("訪視.csv", visits(visited=60)))
    yesterday = datetime(2000, 1, 1, tzinfo=UTC)

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Stopped":
            return cls.combine(yesterday.date(), yesterday.time(), UTC)

    monkeypatch.setattr(docket, "datetime", Stopped)
    for module in (docket, judging):
        monkeypatch.setattr(module, "today", lambda: ISSUED + A_DAY)
    late = incoming("訪視(更正).csv", visits(visited=61, correction=True, issued_on=CORRECTED))
    assert codes(only(hand_in(office, late))) == ["received_in_future"]
    on_time = incoming("訪視2(更正).csv", visits(visited=62, correction=True, issued_on=ISSUED + A_DAY))
    assert not only(hand_in(office, on_time)).is_refused
    assert office.ledger.submissions()[-1].recorded_at == yesterday
    assert visited(warehouse.current()) == {62}


def test_history_without_a_date_of_issue_takes_the_day_of_receipt_and_says_so(office: Office) -> None:
    day = date(2024, 8, 1)
    receipt = only(hand_in(office, incoming("催繳歷史.csv", collection_history("11301"), day)))
    assert (receipt.outcome, codes(receipt)) == ("accepted_with_notes", ["issue_date_assumed"])
    assert (receipt.issued_on, receipt.received_on) == (day, day)


def test_history_without_any_date_is_refused(office: Office) -> None:
    receipt = only(hand_in(office, incoming("催繳歷史.csv", collection_history("11301"))))
    assert (receipt.outcome, codes(receipt)) == ("refused", ["issue_date_unknown"])


# --- manifests


def test_a_file_that_is_not_what_its_manifest_lists_is_refused(office: Office) -> None:
    other = replace(incoming("訪視.csv", visits()), sha256="0" * 64)
    assert codes(only(hand_in(office, other))) == ["manifest_disagrees"]


def test_a_date_of_issue_that_differs_from_the_manifests_is_refused(office: Office) -> None:
    other = replace(incoming("訪視.csv", visits()), issued_on=ISSUED + A_DAY)
    assert codes(only(hand_in(office, other))) == ["manifest_disagrees"]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    directory = tmp_path / "inbox"
    (directory / "深").mkdir(parents=True)
    (directory / "訪視.csv").write_bytes(visits())
    (directory / "深" / "催繳歷史.CSV").write_bytes(collection_history("11301"))
    (directory / "說明.txt").write_text("不是報表", "utf-8")
    return directory


def manifest(inbox: Path, *rows: str) -> Path:
    path = inbox / "manifest.csv"
    path.write_text("\n".join([",".join(handing_in.MANIFEST_COLUMNS), *rows]) + "\n", "utf-8-sig")
    return path


def test_a_manifest_gives_dates_and_a_flag_gives_those_of_the_others(inbox: Path) -> None:
    digest = sha256(collection_history("11301"))
    listed = manifest(inbox, f"深/催繳歷史.CSV,{digest},2024-03-01,2024-03-04,True")
    handed_in = handing_in.gather([inbox], listed, "2024-06-01")
    assert [path.name for path in handed_in.passed_over] == ["manifest.csv", "說明.txt"]
    history, report = sorted(handed_in.batch, key=lambda i: i.file_name)
    assert (history.issued_on, history.received_on, history.is_simulated) == (date(2024, 3, 1), date(2024, 3, 4), True)
    assert (report.issued_on, report.received_on, report.is_simulated) == (None, date(2024, 6, 1), False)


def test_a_file_that_was_moved_is_found_in_the_manifest_by_its_hash(inbox: Path, tmp_path: Path) -> None:
    listed = manifest(inbox, f"elsewhere.csv,{sha256(visits()).upper()},2024-05-23,2024-05-25,false")
    moved = tmp_path / "moved.csv"
    moved.write_bytes(visits())
    [found] = handing_in.gather([moved], listed).batch
    assert found.received_on == date(2024, 5, 25)


@pytest.mark.parametrize(
    "row", ["訪視.csv", "訪視.csv,,,,", "訪視.csv,,2024-05-23,2024-05-24", "訪視.csv,,,2024-05-24,yes,more"]
)
def test_a_short_or_long_line_of_a_manifest_is_read_as_far_as_it_goes(inbox: Path, row: str) -> None:
    [found] = handing_in.gather([inbox / "訪視.csv"], manifest(inbox, row)).batch
    assert not found.is_simulated
    assert found.sha256 is None or found.sha256 == ""


@pytest.mark.parametrize("day", ["2024-02-30", "113.5", "yesterday"])
def test_a_manifest_with_a_day_that_is_none_is_told_in_a_sentence(inbox: Path, day: str) -> None:
    with pytest.raises(DashboardError, match=day):
        handing_in.gather([inbox], manifest(inbox, f"訪視.csv,,,{day},false"))


def test_a_manifest_without_its_columns_is_told_in_a_sentence(inbox: Path) -> None:
    path = inbox / "other.csv"
    path.write_text("file,received_on\n訪視.csv,2024-05-24\n", "utf-8")
    with pytest.raises(DashboardError, match="欄位應為"):
        handing_in.gather([inbox], path)


def test_issued_means_that_each_file_was_received_on_its_day_of_issue(inbox: Path, office: Office) -> None:
    batch = handing_in.gather([inbox], received_on="issued").batch
    receipts = {receipt.file_name: receipt for receipt in hand_in(office, *batch)}
    assert receipts["訪視.csv"].received_on == ISSUED
    assert codes(receipts["催繳歷史.CSV"]) == ["issue_date_unknown"]


# --- refusals


def test_one_bad_file_does_not_keep_the_others_out_and_its_bytes_are_not_kept(
    office: Office, tmp_path: Path, warehouse: Door
) -> None:
    bad = visits("111年", as_of=date(2023, 3, 31), issued_on=date(2023, 5, 1)).replace("臺北市".encode(), b"Taipei")
    receipts = hand_in(office, incoming("壞.csv", bad), incoming("好.csv", visits()))
    assert [(r.file_name, r.outcome) for r in receipts] == [("壞.csv", "refused"), ("好.csv", "accepted")]
    assert stored(tmp_path) == {sha256(visits())}
    journaled = office.ledger.submissions()[0]
    assert (journaled.outcome, journaled.sha256, journaled.file_name) == ("refused", sha256(bad), "壞.csv")
    assert journaled.findings[0]["code"] == "row_unknown"
    assert journaled.findings[0]["value"] == "Taipei"
    assert len(answers.versions_in_force(warehouse.current())) == 1


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"PK\x03\x04 not a workbook", b"x,y\n1,2\n", b"\xff" * 50])
@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x", "../../etc/passwd.csv", "\u202ex.csv"])
def test_what_is_no_report_is_refused_and_journaled(office: Office, tmp_path: Path, content: bytes, name: str) -> None:
    receipt = only(hand_in(office, incoming(name, content, today())))
    assert receipt.is_refused
    assert stored(tmp_path) == set()
    assert office.ledger.submissions()[0].file_name == plain(name)


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    office = Office(Settings(data_dir=tmp_path, max_file_mb=1))
    receipt = only(hand_in(office, incoming("大.csv", b"x" * 1_000_001, today())))
    assert codes(receipt) == ["file_too_large"]
    office.ledger.close()


def test_a_refused_file_may_be_handed_in_again(office: Office) -> None:
    refused = only(hand_in(office, incoming("訪視.csv", visits(), ISSUED - A_DAY)))
    again = only(hand_in(office, incoming("訪視.csv", visits(), ISSUED)))
    assert (refused.outcome, again.outcome) == ("refused", "accepted")
    assert [s.outcome for s in office.ledger.submissions()] == ["refused", "accepted"]


def test_a_broken_journal_takes_nothing_in(office: Office, tmp_path: Path) -> None:
    hand_in(office, incoming("訪視.csv", visits()))
    with sqlite3.connect(tmp_path / "ledger.sqlite") as database:
        database.execute("drop trigger journal_refuses_update")
        database.execute("update journal set body = replace(body, '訪視.csv', '訪祝.csv')")
    database.close()
    with pytest.raises(BrokenChain, match="第 1 筆"):
        hand_in(office, incoming("訪視2.csv", visits("111年", as_of=date(2023, 3, 31))))


# --- a disk that takes nothing more


def _full(*_arguments: object, **_options: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


WRITES = ["write_bytes", "replace", "original", "figures", "warehouse", "pointer"]


@pytest.mark.parametrize("step", WRITES)
def test_a_full_disk_at_any_step_leaves_the_state_before_in_service(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    hand_in(office, incoming("訪視.csv", visits(visited=60)))
    correction = incoming("訪視(更正).csv", visits(visited=61, correction=True, issued_on=CORRECTED))
    head = office.ledger.head()
    with monkeypatch.context() as patched:
        _fill_disk(patched, step)
        with pytest.raises(DashboardError, match="請確認磁碟空間與權限"):
            hand_in(office, correction)
    assert visited(Door(tmp_path).current()) == {60}
    committed = step == "pointer"  # the journal holds it already: the next start moves the pointer
    assert (office.ledger.head() != head) == committed
    assert not list(tmp_path.rglob(".unfinished-*"))
    again = only(hand_in(office, correction))
    assert again.outcome == ("identical" if committed else "accepted")
    assert visited(Door(tmp_path).current()) == {61}
    assert [s.outcome for s in office.ledger.submissions()] == ["accepted", "accepted"]


def _fill_disk(patched: pytest.MonkeyPatch, step: str) -> None:
    def full_below(part: str) -> None:
        replace_file = Path.replace

        def replacing(path: Path, target: Path) -> Path:
            return _full() if part in str(target.relative_to(target.parents[1])) else replace_file(path, target)

        patched.setattr(Path, "replace", replacing)

    if step in {"write_bytes", "replace"}:
        patched.setattr(Path, step, _full)
    elif step == "warehouse":
        patched.setattr(building, "_run_checks", _disk_full_in_duckdb)
    else:
        full_below({"original": sha256(visits(visited=61, correction=True, issued_on=CORRECTED)),
                    "figures": ".parquet", "pointer": "current.json"}[step])  # fmt: skip


def _disk_full_in_duckdb(connection: object) -> NoReturn:
    del connection
    raise duckdb.IOException("Could not write file: No space left on device")


# --- several at once


def _children(tmp_path: Path, *batches: list[Path]) -> list[int]:
    """Start one `receive` a batch at the same time; return their exit codes."""
    command = [sys.executable, "-W", "error", "-m", "dashboard", "receive", "--received-on", "issued"]
    processes = [
        subprocess.Popen(
            [*command, "--data-dir", str(tmp_path / "data"), *map(str, batch)],
            cwd=HOUSE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for batch in batches
    ]
    return [process.wait(60) for process in processes]


def test_two_processes_at_once_lose_nothing_and_take_the_same_file_in_once(tmp_path: Path) -> None:
    paths = []
    for year in range(109, 113):
        path = tmp_path / f"{year}.csv"
        path.write_bytes(visits(f"{year}年", as_of=date(year + 1912, 3, 31), issued_on=date(year + 1912, 5, 1)))
        paths.append(path)
    assert _children(tmp_path, paths[:3], paths[1:]) == [0, 0]
    ledger = Ledger(tmp_path / "data")
    submissions = ledger.submissions()
    assert sorted(s.file_name for s in submissions) == [path.name for path in paths]
    assert [s.seq for s in submissions] == [1, 2, 3, 4]
    assert len(answers.versions_in_force(Door(tmp_path / "data").current())) == 4
    assert stored(tmp_path / "data") == {sha256(path.read_bytes()) for path in paths}
    ledger.close()


def test_many_threads_of_one_process_end_in_a_serial_order(office: Office, tmp_path: Path) -> None:
    def take(year: int) -> str:
        mine = office_at(tmp_path)
        receipts = hand_in(
            mine,
            incoming("同.csv", visits()),
            incoming(f"{year}.csv", visits(f"{year}年", as_of=date(year + 1912, 3, 31))),
        )
        mine.ledger.close()
        return ",".join(sorted(receipt.outcome for receipt in receipts))

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(take, range(105, 109)))
    assert outcomes == ["accepted,accepted", *["accepted,identical"] * 3]
    assert [s.seq for s in office.ledger.submissions()] == [1, 2, 3, 4, 5]


# --- the command line


def test_the_command_line_says_what_came_in_and_what_did_not(
    tmp_path: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data-dir", str(tmp_path / "data")]
    assert main(["receive", str(inbox / "訪視.csv"), "--received-on", "issued", *data]) == 0
    assert "已收" in capsys.readouterr().out
    assert main(["receive", str(inbox / "深"), "--received-on", "issued", *data]) == 1
    assert "檔案未載製表日期" in capsys.readouterr().out
    assert main(["status", *data]) == 0


@pytest.mark.parametrize("damage", ["figures", "body", "ledger"])
def test_the_command_line_tells_damage_in_one_sentence(
    tmp_path: Path, inbox: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    data_dir = tmp_path / "data"
    data = ["--data-dir", str(data_dir)]
    main(["receive", str(inbox / "訪視.csv"), "--received-on", "issued", *data])
    if damage == "figures":
        next((data_dir / "figures").iterdir()).write_bytes(b"PAR1")
    elif damage == "body":
        with sqlite3.connect(data_dir / "ledger.sqlite") as database:
            database.execute("drop trigger journal_refuses_update")
            database.execute("update journal set body = '{}'")
        database.close()
    else:
        for file in data_dir.glob("ledger.sqlite*"):
            file.write_bytes(b"not a database at all" * 500)
    capsys.readouterr()
    assert main(["build", *data]) == 2
    told = capsys.readouterr().err
    assert told.startswith("錯誤：")
    assert told.count("\n") == 1


def test_originals_are_what_their_hash_in_the_journal_says(office: Office, tmp_path: Path) -> None:
    hand_in(office, incoming("訪視.csv", visits()), incoming("收.csv", snapshot(AS_OF), AS_OF + A_DAY))
    archive = Archive(tmp_path)
    for submission in office.ledger.submissions():
        assert sha256(archive.original_path(submission.sha256).read_bytes()) == submission.sha256
        assert len(pd.read_parquet(archive.figures_path(submission.figures_sha256))) == submission.figure_count


def test_a_file_is_an_incoming_with_nothing_but_name_and_bytes(office: Office) -> None:
    assert only(hand_in(office, Incoming("訪視.csv", visits(), None))).received_on == ISSUED
