"""Many at once: people, processes and files that meet end in a serial order, with nothing lost and nothing doubled."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from dashboard import answers, verifying
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.domain.settings import HOUSE, Settings
from dashboard.ledger import Ledger, Record, withdrawals_in
from dashboard.receiving import Incoming, Receipt
from dashboard.warehouse import Door
from tests.submitting import ISSUED, collection_history, hand_in, incoming, office_at, visits


def yearly(years: range) -> list[Incoming]:
    """One report on visits a ROC year."""
    return [
        incoming(
            f"{year}.csv",
            visits(f"{year}年", as_of=date(year + 1912, 3, 31), issued_on=date(year + 1912, 5, 1)),
        )
        for year in years
    ]


def at_once(*doings: Callable[[], object]) -> None:
    """Let each be done by a thread of its own, all beginning together."""
    ready, problems = threading.Barrier(len(doings)), []

    def do(doing: Callable[[], object]) -> None:
        ready.wait(30)
        try:
            doing()
        except Exception as problem:  # noqa: BLE001 - told by the test, whatever it is
            problems.append(problem)

    people = [threading.Thread(target=do, args=[doing]) for doing in doings]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert problems == []


def handing_in(data_dir: Path, batches: Sequence[Sequence[Incoming]], receipts: list[Receipt]) -> Callable[[], None]:
    """An official with an office of his own who hands in one batch after the other."""

    def hand_all_in() -> None:
        office = office_at(data_dir)
        for batch in batches:
            receipts.extend(hand_in(office, *batch))
        office.ledger.close()

    return hand_all_in


def records(data_dir: Path) -> list[Record]:
    """The journal, whose chain is verified in reading, after everything else was."""
    assert [verdict.sentence for verdict in verifying.verify(Settings(data_dir=data_dir)) if not verdict.is_sound] == []
    ledger = Ledger(data_dir)
    found = ledger.records()
    ledger.close()
    assert [record.seq for record in found] == [*range(1, len(found) + 1)]
    return found


def names(data_dir: Path) -> list[str]:
    ledger = Ledger(data_dir)
    found = [one.file_name for one in ledger.submissions() if one.is_accepted]
    ledger.close()
    return sorted(found)


def test_two_officials_who_hand_in_at_the_same_moment(tmp_path: Path) -> None:
    receipts: list[Receipt] = []
    mine, yours = yearly(range(100, 105)), yearly(range(105, 110))
    at_once(
        handing_in(tmp_path, [[one] for one in mine], receipts),
        handing_in(tmp_path, [yours[:3], yours[3:]], receipts),
    )
    assert {receipt.outcome for receipt in receipts} == {"accepted"}
    assert sorted(r.submission_id or 0 for r in receipts) == [one.seq for one in records(tmp_path)]
    assert names(tmp_path) == sorted(one.file_name for one in (*mine, *yours))


def test_two_officials_at_one_office_as_in_one_server(tmp_path: Path) -> None:
    office = office_at(tmp_path)
    mine, yours = yearly(range(100, 104)), yearly(range(104, 108))
    at_once(
        lambda: [hand_in(office, one) for one in mine],
        lambda: [hand_in(office, one) for one in yours],
    )
    office.ledger.close()
    assert len(records(tmp_path)) == len(names(tmp_path)) == 8


def test_the_same_file_handed_in_twice_at_once_is_in_once(tmp_path: Path) -> None:
    receipts: list[Receipt] = []
    [same] = yearly(range(110, 111))
    at_once(*(handing_in(tmp_path, [[same]], receipts) for _ in range(4)))
    assert Counter(receipt.outcome for receipt in receipts) == {"accepted": 1, "identical": 3}
    assert {receipt.submission_id for receipt in receipts} == {1}
    assert len(records(tmp_path)) == 1


def test_two_files_of_one_period_at_once_end_with_one_of_them_in(tmp_path: Path) -> None:
    receipts: list[Receipt] = []
    at_once(*(handing_in(tmp_path, [[incoming(f"{n}.csv", visits(visited=60 + n))]], receipts) for n in range(3)))
    assert Counter(receipt.outcome for receipt in receipts) == {"accepted": 1, "refused": 2}
    assert len(records(tmp_path)) == 3
    assert len(names(tmp_path)) == 1


def test_the_command_line_and_a_server_at_the_same_moment(tmp_path: Path) -> None:
    data_dir, inbox = tmp_path / "data", tmp_path / "inbox"
    inbox.mkdir()
    office_at(data_dir).ledger.close()
    mine, yours = yearly(range(100, 104)), yearly(range(104, 106))
    for one in yours:
        (inbox / one.file_name).write_bytes(one.content)
    command = [sys.executable, "-m", "dashboard", "receive", "--data-dir", str(data_dir), "--received-on", "issued"]
    processes = [
        subprocess.Popen([*command, str(inbox / one.file_name)], cwd=HOUSE, stdout=subprocess.DEVNULL) for one in yours
    ]
    receipts: list[Receipt] = []
    handing_in(data_dir, [[one] for one in mine], receipts)()
    assert [process.wait(120) for process in processes] == [0, 0]
    assert names(data_dir) == sorted(one.file_name for one in (*mine, *yours))
    assert len(records(data_dir)) == 6


def test_withdrawn_by_two_at_once_it_is_withdrawn_once(tmp_path: Path) -> None:
    first = office_at(tmp_path)
    hand_in(first, *yearly(range(110, 112)))
    refused: list[str] = []

    def withdrawing() -> None:
        office = office_at(tmp_path)
        try:
            office.withdraw(1, "誤送", "王小明")
        except DashboardError as problem:
            refused.append(str(problem))
        office.ledger.close()

    receipts: list[Receipt] = []
    at_once(withdrawing, withdrawing, handing_in(tmp_path, [yearly(range(112, 113))], receipts))
    first.ledger.close()
    assert len(refused) == 1
    assert "不得重複撤回" in refused[0]
    found = records(tmp_path)
    assert (len(found), list(withdrawals_in(found))) == (4, [1])


def test_three_hundred_files_in_one_go(tmp_path: Path) -> None:
    months = [f"{year}{month:02d}" for year in range(99, 112) for month in range(1, 13)][:150]
    files = [incoming(f"催繳{month}.csv", collection_history(month), date(2024, 1, 31)) for month in months]
    files.append(incoming("訪視.csv", visits()))
    for nth in range(1, 150):
        corrected = visits(
            visited=60 + nth % 2, correction=True, issued_on=ISSUED + timedelta(days=nth), reason=f"第{nth}次"
        )
        files.append(incoming(f"訪視(更正{nth}).csv", corrected))
    office = office_at(tmp_path)
    receipts = hand_in(office, *files)
    assert len(receipts) == 300
    assert {receipt.outcome.partition("_")[0] for receipt in receipts} == {"accepted"}
    assert [receipt.submission_id for receipt in receipts] == [*range(1, 301)]
    assert {receipt.outcome for receipt in hand_in(office, *files)} == {"identical"}
    office.ledger.close()
    assert len(records(tmp_path)) == 300
    assert names(tmp_path) == sorted(one.file_name for one in files)
    frame = answers.figures(Door(tmp_path).current(), Kind.VISITS)
    assert set(frame.loc[frame["measure"] == "visited_persons", "value"]) == {61}
