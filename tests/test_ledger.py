"""The journal: append-only, all or none, and nobody changes it unnoticed."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.archive import sha256
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.ledger import GENESIS, BrokenChain, Decision, Head, Ledger, Submission, chained
from dashboard.readers import Slice

Database = sqlite3.Connection


def record(seq: int, file_name: str = "訪視.csv") -> Submission:
    return Submission(
        seq=seq,
        recorded_at=datetime(2024, 6, 1, 8, tzinfo=UTC),
        by="測試",
        file_name=file_name,
        sha256=f"{seq:064d}",
        size_bytes=1,
        outcome="accepted",
        kind=Kind.VISITS,
        layout="visits_form",
        slices=(Slice("2023", date(2024, 3, 31)),),
        issued_on=date(2024, 5, 23),
        received_on=date(2024, 5, 24),
        is_correction=False,
        correction_reason="",
        supersedes=(),
        is_simulated=False,
        figures_sha256="",
        figure_count=0,
        findings=(),
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    kept = Ledger(tmp_path)
    kept.append([record(1), record(2)])
    kept.append([record(3)])
    yield kept
    kept.close()


@pytest.fixture
def database(ledger: Ledger, tmp_path: Path) -> Iterator[Database]:
    """The journal's database, as somebody would open it who goes around the ledger."""
    connection = sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None)
    yield connection
    connection.close()


@pytest.fixture
def unguarded(database: Database) -> Database:
    for verb in ("update", "delete", "insert"):
        for table in ("journal", "decision"):
            database.execute(f"drop trigger {table}_refuses_{verb}")
    return database


@pytest.fixture
def decided(ledger: Ledger) -> list[Decision]:
    """Three decisions, each with a body of its own."""
    return [ledger.decide("duty_done", {"duty": number}, f"第{number}人") for number in (1, 2, 3)]


def test_a_new_journal_starts_with_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    assert ledger.head() == Head(0, GENESIS)
    assert ledger.submissions() == []
    assert ledger.holds(Head(0, GENESIS))
    ledger.close()


def test_what_was_appended_is_read_back_in_order(ledger: Ledger) -> None:
    assert ledger.submissions() == [record(1), record(2), record(3)]


def test_the_head_can_be_foretold_before_anything_is_written(ledger: Ledger) -> None:
    foretold = chained(ledger.head(), [record(4), record(5)])
    assert ledger.append([record(4), record(5)]) == ledger.head() == foretold


def test_a_journal_holds_its_own_heads_and_no_others(ledger: Ledger) -> None:
    before = ledger.head()
    after = ledger.append([record(4)])
    assert ledger.holds(before)
    assert ledger.holds(after)
    assert not ledger.holds(Head(after.seq, before.hash))
    assert not ledger.holds(chained(after, [record(5)]))


def test_a_batch_is_appended_as_a_whole_or_not_at_all(ledger: Ledger) -> None:
    before = ledger.head()
    with pytest.raises(sa.exc.IntegrityError):
        ledger.append([record(4), record(5), record(2)])
    assert ledger.head() == before
    assert len(ledger.submissions()) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "update journal set body = '{}' where seq = 2",
        "update journal set seq = 9 where seq = 3",
        "delete from journal where seq = 3",
        "delete from journal",
        "insert or replace into journal select seq, '{}', previous_hash, hash from journal where seq = 2",
        "replace into journal select 2, '{}', previous_hash, 'x' from journal where seq = 1",
        "insert into journal values (7, '{}', 'x', 'y')",
        "insert into journal values (0, '{}', 'x', 'y')",
    ],
)
def test_the_database_itself_refuses_to_change_a_record(ledger: Ledger, database: Database, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute(statement)
    assert len(ledger.submissions()) == 3


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("update journal set body = replace(body, '訪視.csv', '訪祝.csv') where seq = 2", 2),
        ("update journal set body = 'not even JSON' where seq = 1", 1),
        ("update journal set body = '{}' where seq = 3", 3),
        ("update journal set hash = upper(hash) where seq = 3", 3),
        ("update journal set previous_hash = 'x' where seq = 2", 2),
        ("update journal set seq = 4 where seq = 3", 4),
        ("delete from journal where seq = 1", 2),
        ("delete from journal where seq = 2", 3),
        ("insert into journal select 4, body, hash, 'x' from journal where seq = 3", 4),
        ("insert into journal select 0, body, previous_hash, 'x' from journal where seq = 1", 0),
    ],
)
def test_whoever_goes_around_the_database_is_found_out_with_the_record_number(
    ledger: Ledger, unguarded: Database, statement: str, number: int
) -> None:
    unguarded.execute(statement)
    with pytest.raises(BrokenChain, match=f"第 {number} 筆"):
        ledger.submissions()


def test_records_that_changed_places_are_found_out(ledger: Ledger, unguarded: Database) -> None:
    for statement in ("set seq = 9 where seq = 1", "set seq = 1 where seq = 2", "set seq = 2 where seq = 9"):
        unguarded.execute(f"update journal {statement}")
    with pytest.raises(BrokenChain, match="第 1 筆"):
        ledger.submissions()


def test_bodies_that_changed_places_are_found_out(ledger: Ledger, unguarded: Database) -> None:
    bodies = dict(unguarded.execute("select seq, body from journal").fetchall())
    unguarded.execute("update journal set body = ? where seq = 1", [bodies[2]])
    unguarded.execute("update journal set body = ? where seq = 2", [bodies[1]])
    with pytest.raises(BrokenChain, match="第 1 筆"):
        ledger.submissions()


def test_guards_that_went_missing_are_back_at_the_next_start(unguarded: Database, tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        unguarded.execute("delete from journal")


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(DashboardError, match="收件帳無法讀寫"):
        Ledger(tmp_path)


def test_a_data_directory_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DashboardError, match="無法寫入"):
        Ledger(tmp_path / "file" / "data")


def test_a_full_disk_while_appending_leaves_the_journal_as_it_was(
    ledger: Ledger, database: Database, tmp_path: Path
) -> None:
    before = ledger.head()
    small = Ledger(tmp_path)
    sa.event.listen(small._engine, "connect", lambda connection, _: connection.execute("pragma max_page_count = 8"))
    small.close()  # the next connection has no more pages to grow into
    with pytest.raises(DashboardError, match="full"):
        small.append([record(4, "長" * 50_000)])
    small.close()
    assert ledger.head() == before
    assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_many_processes_may_open_a_new_journal_at_once(tmp_path: Path) -> None:
    opening = (
        "import sys, pathlib, dashboard.ledger as l; sys.stdin.read(1); l.Ledger(pathlib.Path(sys.argv[1])).head()"
    )
    command = [sys.executable, "-W", "error", "-c", opening, str(tmp_path / "data")]
    house = Path(__file__).parents[1]
    processes = [subprocess.Popen(command, cwd=house, stdin=subprocess.PIPE) for _ in range(3)]
    for process in processes:
        process.communicate(b"x")
    assert [process.returncode for process in processes] == [0] * len(processes)


# --- decisions


def test_a_new_ledger_holds_no_decisions(ledger: Ledger) -> None:
    assert ledger.decision_count() == 0
    assert ledger.decisions() == ledger.decisions(0) == []


def test_a_decision_rests_on_the_head_of_the_journal_and_is_no_part_of_it(ledger: Ledger) -> None:
    before = ledger.head()
    decision = ledger.decide("settlement", {"year": 113, "縣市": ["臺東縣"]}, "王小明")
    assert (decision.seq, decision.by, decision.kind, decision.body) == (
        1,
        "王小明",
        "settlement",
        {"year": 113, "縣市": ["臺東縣"]},
    )
    assert (decision.journal_seq, decision.journal_hash) == before == ledger.head()
    assert decision.recorded_at.tzinfo is not None
    assert ledger.decisions() == [decision]


def test_decisions_are_read_back_in_order_and_up_to_a_number(ledger: Ledger, decided: list[Decision]) -> None:
    assert ledger.decision_count() == 3
    assert ledger.decisions() == ledger.decisions(3) == decided
    assert ledger.decisions(2) == decided[:2]
    with pytest.raises(DashboardError, match="只有 3 筆，查無第 4 號"):
        ledger.decisions(4)


def test_a_decision_on_what_has_changed_meanwhile_is_not_recorded(ledger: Ledger, decided: list[Decision]) -> None:
    looked_at = ledger.head()
    ledger.append([record(4)])
    with pytest.raises(DashboardError, match="重新確認"):
        ledger.decide("freeze", {}, "王小明", expected_head=looked_at)
    with pytest.raises(DashboardError, match="重新確認"):
        ledger.decide("freeze", {}, "王小明", expected_count=2)
    assert ledger.decisions() == decided
    ledger.decide("freeze", {}, "王小明", ledger.head(), 3)
    assert ledger.decision_count() == 4


def test_a_decision_of_a_kind_nobody_knows_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="kind"):
        ledger.decide("whim", {}, "王小明")  # type: ignore[arg-type]
    assert ledger.decision_count() == 0


def test_decisions_made_at_once_end_in_a_serial_order(ledger: Ledger, tmp_path: Path) -> None:
    def deciding(name: str) -> None:
        own = Ledger(tmp_path)
        for _ in range(10):
            own.decide("duty_done", {}, name)
        own.close()

    people = [threading.Thread(target=deciding, args=[name]) for name in "甲乙丙"]
    for one in people:
        one.start()
    for one in people:
        one.join()
    found = ledger.decisions()
    assert [one.seq for one in found] == list(range(1, 31))
    assert sorted(one.by for one in found) == sorted("甲乙丙" * 10)


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    "statement",
    [
        "update decision set body = '{}' where seq = 2",
        "delete from decision where seq = 3",
        "insert or replace into decision select seq, '{}', previous_hash, hash from decision where seq = 2",
        "insert into decision values (7, '{}', 'x', 'y')",
    ],
)
def test_the_database_itself_refuses_to_change_a_decision(database: Database, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="the decision is append-only"):
        database.execute(statement)


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("update decision set body = replace(body, '第2人', '第8人') where seq = 2", 2),
        ("delete from decision where seq = 1", 2),
        ("delete from decision where seq = 2", 3),
        ("insert into decision select 4, body, hash, 'x' from decision where seq = 3", 4),
    ],
)
def test_a_decision_altered_removed_or_inserted_is_found_out(
    ledger: Ledger, unguarded: Database, statement: str, number: int
) -> None:
    unguarded.execute(statement)
    with pytest.raises(BrokenChain, match=f"決定紀錄第 {number} 筆"):
        ledger.decisions()


@pytest.mark.usefixtures("decided")
def test_a_decision_resting_on_a_journal_that_is_gone_is_found_out(ledger: Ledger, unguarded: Database) -> None:
    unguarded.execute("delete from journal where seq = 3")
    assert len(ledger.submissions()) == 2, "a journal cut at its end is still a chain"
    with pytest.raises(BrokenChain, match="決定紀錄第 1 筆"):
        ledger.decisions()


def test_a_ledger_from_before_decisions_gets_their_table_on_opening(unguarded: Database, tmp_path: Path) -> None:
    unguarded.execute("drop table decision")
    unguarded.execute("drop table alembic_version")
    older = Ledger(tmp_path)
    assert older.decide("duty_done", {}, "王小明").seq == 1
    assert len(older.submissions()) == 3
    older.close()


@pytest.mark.usefixtures("decided")
def test_a_decision_written_under_another_number_is_found_out_though_its_hash_is_right(
    ledger: Ledger, unguarded: Database
) -> None:
    (last, body) = unguarded.execute("select hash, body from decision where seq = 3").fetchone()
    moved = body.replace('"seq":3', '"seq":9')
    link = sha256(f"{last}\n{moved}".encode())
    unguarded.execute("insert into decision values (4, ?, ?, ?)", [moved, last, link])
    with pytest.raises(BrokenChain, match="決定紀錄第 4 筆"):
        ledger.decisions()
