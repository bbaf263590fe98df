"""The warehouse: derived, checked before it is published, read-only, and right about what was known when."""

import json
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import answers
from dashboard.archive import Archive
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.domain.settings import HOUSE, Settings
from dashboard.ledger import Head, Ledger, Submission
from dashboard.readers import Slice
from dashboard.receiving import Office
from dashboard.warehouse import ChecksFailed, Door, Warehouse, Warehouses, filling
from dashboard.warehouse import build as building
from dashboard.warehouse.queries import Query, load
from tests.submitting import AS_OF, ISSUED, collection_history, hand_in, incoming, office_at, snapshot, visits

MARTS = sorted(load("marts"))
CORRECTED = date(2024, 6, 20)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that took in an original, its correction, and two kinds more; to be copied."""
    data_dir = tmp_path_factory.mktemp("filled")
    opened = office_at(data_dir)
    hand_in(
        opened,
        incoming("訪視.csv", visits(visited=60)),
        incoming("訪視(更正).csv", visits(visited=61, correction=True, issued_on=CORRECTED)),
        incoming("收繳率.csv", snapshot(date(2024, 7, 31)), date(2024, 8, 20)),
        incoming("催繳.csv", collection_history("11301", "11302"), date(2024, 8, 21)),
    )
    opened.ledger.close()
    return data_dir


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Iterator[Office]:
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    opened = office_at(tmp_path)
    yield opened
    opened.ledger.close()


def in_service(office: Office) -> Path:
    pointer = office.warehouses.pointer()
    assert pointer is not None
    return office.warehouses.path(pointer.warehouse)


def mart(path: Path, name: str) -> pd.DataFrame:
    """A mart's whole content, in one order."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(f"select * from marts.{name} order by all").df()  # noqa: S608 - names of our own files


# --- building


def test_every_mart_of_the_small_ledger_that_should_holds_something(office: Office) -> None:
    empty = {name for name in MARTS if mart(in_service(office), name).empty}
    assert empty == {"county_unpaid_reasons", "county_year_average"}


def test_building_twice_from_one_ledger_gives_the_same_marts(office: Office) -> None:
    first = {name: mart(in_service(office), name) for name in MARTS}
    in_service(office).unlink()
    office.warehouses.rebuild(office.ledger)
    for name in MARTS:
        pd.testing.assert_frame_equal(mart(in_service(office), name), first[name])


def test_the_sample_built_again_elsewhere_gives_the_same_marts(demo_data_dir: Path, tmp_path: Path) -> None:
    ledger = Ledger(demo_data_dir)
    head, submissions = ledger.head(), ledger.submissions()
    ledger.close()
    (tmp_path / "figures").symlink_to(demo_data_dir / "figures")
    again = Warehouses(tmp_path)
    built = again.path(again.build(head, submissions))
    # A copy: other tests of this process may have the one in service open, with restrictions of their own.
    original = Path(shutil.copy(Warehouses(demo_data_dir).path(built.name), tmp_path / "original.duckdb"))
    for name in MARTS:
        pd.testing.assert_frame_equal(mart(built, name), mart(original, name))


def test_marts_keep_every_version(office: Office) -> None:
    held = mart(in_service(office), "county_visits")
    assert sorted(set(zip(held["submission_id"], held["visited_persons"], strict=True))) == [(1, 60), (2, 61)]
    assert len(held) == 44


def test_a_correction_that_restates_the_same_figures_is_a_version_of_its_own(office: Office) -> None:
    again = visits(visited=61, correction=True, issued_on=CORRECTED + timedelta(days=1))
    hand_in(office, incoming("訪視(更正二).csv", again))
    held = mart(in_service(office), "county_visits")
    assert held.groupby("submission_id").size().to_dict() == {1: 22, 2: 22, 5: 22}


def test_a_data_directory_may_be_called_anything(tmp_path: Path) -> None:
    office = office_at(tmp_path / "資料 [1]*'x")
    hand_in(office, incoming("訪視.csv", visits()))
    assert len(mart(in_service(office), "county_visits")) == 22
    office.ledger.close()


def test_other_queries_mean_another_warehouse_at_the_next_start(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = in_service(office)
    monkeypatch.setattr(building, "fingerprint", lambda: "another version of the SQL files")
    office.make_ready()
    assert in_service(office) != before
    assert before.exists()
    pd.testing.assert_frame_equal(mart(in_service(office), "figure"), mart(before, "figure"))


def test_only_the_last_warehouses_are_kept_and_a_reader_of_a_removed_one_reads_on(tmp_path: Path) -> None:
    office = office_at(tmp_path)
    hand_in(office, incoming("a.csv", visits("110年", as_of=date(2022, 3, 31))))
    old = Door(tmp_path).current()
    for year in (111, 112, 113):
        later = visits(f"{year}年", as_of=date(year + 1912, 3, 31), issued_on=date(year + 1912, 5, 1))
        hand_in(office, incoming(f"{year}年.csv", later))
    kept = sorted(path.name[:6] for path in (tmp_path / "warehouses").iterdir())
    assert kept == ["000002", "000003", "000004"]
    assert len(answers.versions_in_force(old)) == 1
    assert len(answers.versions_in_force(Door(tmp_path).current())) == 4
    office.ledger.close()


# --- damage


def test_missing_figures_stop_the_build_in_a_sentence_and_the_old_warehouse_stays(
    office: Office, tmp_path: Path
) -> None:
    before = in_service(office)
    lost = Archive(tmp_path).figures_path(office.ledger.submissions()[1].figures_sha256)
    lost.unlink()
    with pytest.raises(DashboardError, match=f"{lost.name} 無法讀取"):
        office.warehouses.rebuild(office.ledger)
    with pytest.raises(DashboardError, match=f"{lost.name} 無法讀取"):
        hand_in(office, incoming("新.csv", visits("111年", as_of=date(2023, 3, 31))))
    assert in_service(office) == before
    assert len(mart(before, "county_visits")) == 44


@pytest.mark.parametrize("keep", [0, 100, -1])
def test_truncated_figures_stop_the_build_in_a_sentence(office: Office, tmp_path: Path, keep: int) -> None:
    damaged = Archive(tmp_path).figures_path(office.ledger.submissions()[0].figures_sha256)
    damaged.write_bytes(damaged.read_bytes()[:keep])
    with pytest.raises(DashboardError, match=f"{damaged.name} 與收件帳所載的雜湊值不符"):
        office.warehouses.rebuild(office.ledger)


def test_figures_of_another_report_in_the_place_of_the_true_ones_are_noticed(office: Office, tmp_path: Path) -> None:
    first, second, *_ = (Archive(tmp_path).figures_path(s.figures_sha256) for s in office.ledger.submissions())
    first.write_bytes(second.read_bytes())
    with pytest.raises(DashboardError, match="雜湊值不符"):
        office.warehouses.rebuild(office.ledger)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe\x00", b"[]", b"null", b"{}", b'{"warehouse": "x"}', b'"text"', b"123"]
)
def test_a_damaged_pointer_is_made_anew_at_the_next_start(office: Office, content: bytes) -> None:
    before = in_service(office)
    office.warehouses.pointer_path.write_bytes(content)
    with pytest.raises(DashboardError, match="指標檔已損毀，請執行 guobao build"):
        Door(office.warehouses.pointer_path.parent).current()
    office.make_ready()
    assert in_service(office) == before


def test_a_lost_pointer_is_made_anew_at_the_next_start(office: Office) -> None:
    before = in_service(office)
    office.warehouses.pointer_path.unlink()
    office.make_ready()
    assert in_service(office) == before


def test_a_lost_warehouse_is_built_anew_at_the_next_start(office: Office, tmp_path: Path) -> None:
    lost = in_service(office)
    lost.unlink()
    with pytest.raises(DashboardError, match=f"{lost.name} 遺失或損毀，請執行 guobao build"):
        Door(tmp_path).current()
    office.make_ready()
    assert len(mart(in_service(office), "county_visits")) == 44


def test_a_damaged_warehouse_is_told_in_a_sentence_and_built_anew_on_demand(office: Office, tmp_path: Path) -> None:
    damaged = in_service(office)
    damaged.write_bytes(damaged.read_bytes()[:5000])
    with pytest.raises(DashboardError, match=f"{damaged.name} 遺失或損毀，請執行 guobao build"):
        Door(tmp_path).current()
    office.warehouses.rebuild(office.ledger)
    assert len(answers.versions_in_force(Door(tmp_path).current())) == 4


def test_before_the_first_build_the_door_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DashboardError, match="尚無資料倉儲"):
        Door(tmp_path).current()


def test_a_journal_shorter_than_what_is_in_service_is_for_a_person_to_decide(office: Office, tmp_path: Path) -> None:
    longer = in_service(office)
    cut_last_record(tmp_path)
    with pytest.raises(DashboardError, match=r"第 4 筆.*先查明.*guobao build"):
        office.make_ready()
    with pytest.raises(DashboardError, match="第 4 筆"):
        hand_in(office, incoming("新.csv", visits("111年", as_of=date(2023, 3, 31))))
    assert in_service(office) == longer
    office.warehouses.rebuild(office.ledger)
    office.make_ready()
    assert in_service(office).name.startswith("000003-")


def cut_last_record(data_dir: Path) -> None:
    with sqlite3.connect(data_dir / "ledger.sqlite") as database:
        database.execute("drop trigger journal_refuses_delete")
        database.execute("delete from journal where seq = (select max(seq) from journal)")
    database.close()


# --- reading


READING_FILES = [
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/hostname')",
    "select * from read_blob('/etc/hostname')",
    "select * from read_parquet('{figures}')",
    "select * from read_json('{pointer}')",
    "select * from '{figures}'",
    "select * from glob('/etc/*')",
    "attach '{other}' as other",
    "attach ':memory:' as m; copy (select 1) to '/tmp/out.csv'",
    "select * from sniff_csv('/etc/passwd')",
    "install httpfs",
    "load httpfs",
    "import database '/tmp'",
]
WRITING = [
    "create table marts.mine as select 1",
    "create schema mine",
    "insert into marts.county select * from marts.county",
    "update marts.county set county = 'x'",
    "delete from marts.figure",
    "drop table marts.figure",
    "drop view staging.visits",
    "alter table marts.county rename to gone",
    "copy marts.county to '{out}'",
    "export database '{out}'",
    "truncate marts.county",
]
CONFIGURING = [
    "set enable_external_access = true",
    "set threads = 64",
    "set lock_configuration = false",
    "reset enable_external_access",
    "set memory_limit = '1KB'",
    "set allowed_directories = ['/etc']",
    "pragma threads = 64",
    "pragma enable_external_access = true",
]


@pytest.mark.parametrize("sql", READING_FILES + WRITING + CONFIGURING)
def test_sql_through_a_warehouse_reaches_nothing_outside_it_and_changes_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    figures = Archive(tmp_path).figures_path(office.ledger.submissions()[0].figures_sha256)
    attack = sql.format(
        figures=figures, pointer=tmp_path / "current.json", other=tmp_path / "other.duckdb", out=tmp_path / "out"
    )
    before = in_service(office).read_bytes()
    warehouse = Door(tmp_path).current()
    monkeypatch.setattr("dashboard.warehouse.database.answers", lambda: {"attack": Query("attack", attack)})
    with pytest.raises(duckdb.Error):
        warehouse.ask("attack", {})
    assert in_service(office).read_bytes() == before
    assert not (tmp_path / "out").exists()


def test_an_answer_with_other_columns_than_promised_is_a_bug_and_loud(office: Office, tmp_path: Path) -> None:
    del office
    with pytest.raises(AssertionError, match="promised"):
        Door(tmp_path).current().ask("payment_snapshots", {"as_of": "str"}, known_on=answers.CURRENT)


def test_answers_to_several_threads_at_once_are_right(office: Office, tmp_path: Path) -> None:
    del office
    warehouse = Door(tmp_path).current()
    together = threading.Barrier(8)
    days = [None, ISSUED, CORRECTED]
    expected = {None: 61, ISSUED: 60, CORRECTED: 61}

    def ask_often(seed: int) -> list[bool]:
        together.wait()
        told = []
        for turn in range(25):
            day = days[(seed + turn) % len(days)]
            frame = answers.figures(warehouse, Kind.VISITS, day or answers.CURRENT)
            visited = frame.loc[frame["measure"] == "visited_persons", "value"]
            told.append(len(visited) == 22 and set(visited) == {expected[day]})
        return told

    with ThreadPoolExecutor(8) as pool:
        assert all(all(told) for told in pool.map(ask_often, range(8)))


# --- what was known when


def test_both_states_can_be_had_by_the_day_they_were_known_on(office: Office, tmp_path: Path) -> None:
    del office
    warehouse = Door(tmp_path).current()

    def visited(known_on: date) -> set[int]:
        frame = answers.figures(warehouse, Kind.VISITS, known_on)
        return set(frame.loc[frame["measure"] == "visited_persons", "value"])

    assert visited(ISSUED - timedelta(days=1)) == set()
    assert visited(ISSUED) == {60}  # the end of the day: what came in on it is known
    assert visited(CORRECTED - timedelta(days=1)) == {60}
    assert visited(CORRECTED) == {61}
    assert visited(answers.CURRENT) == {61}


@dataclass(frozen=True)
class Version:
    """One accepted submission of the same slice: days after a first day."""

    issued: int
    received: int


def in_force_by_a_boring_loop(versions: list[Version], day: int) -> int | None:
    """The number of the version with the highest (issued, number) among those received by the end of the day."""
    best = None
    for number, version in enumerate(versions, start=1):
        if version.received <= day and (best is None or version.issued >= versions[best - 1].issued):
            best = number
    return best


FIRST_DAY = date(2024, 1, 1)
VERSION_SQL = load("marts")["version"].sql
CHECK_SQL = load("checks")["one_version_in_force"].sql
IN_FORCE_SQL = load("answers")["versions_in_force"].sql


@settings(max_examples=50, deadline=None)
@given(st.lists(st.builds(Version, st.integers(0, 6), st.integers(0, 8)), min_size=1, max_size=7))
def test_the_version_in_force_is_the_latest_issue_among_those_received(versions: list[Version]) -> None:
    with duckdb.connect() as connection:
        filling.load_ledger(connection, [_submission(number, v) for number, v in enumerate(versions, start=1)])
        connection.execute("create schema marts")
        connection.execute(f"create table marts.version as {VERSION_SQL}")
        assert connection.execute(CHECK_SQL).fetchall() == []
        for day in range(-1, 10):
            known_on = FIRST_DAY + timedelta(days=day)
            found = connection.execute(f"select submission_id from ({IN_FORCE_SQL})", {"known_on": known_on}).fetchall()  # noqa: S608
            best = in_force_by_a_boring_loop(versions, day)
            assert found == ([] if best is None else [(best,)])


def _submission(number: int, version: Version, outcome: str = "accepted") -> Submission:
    return Submission.model_validate(
        {
            "seq": number,
            "recorded_at": datetime(2030, 1, 1, tzinfo=UTC),
            "by": "",
            "file_name": "",
            "sha256": "",
            "size_bytes": 0,
            "outcome": outcome,
            "kind": "visits",
            "layout": "",
            "slices": [Slice("2023", AS_OF)],
            "issued_on": FIRST_DAY + timedelta(days=version.issued),
            "received_on": FIRST_DAY + timedelta(days=version.received),
            "is_correction": number > 1,
            "correction_reason": "",
            "supersedes": (),
            "is_simulated": False,
            "figures_sha256": "",
            "figure_count": 0,
            "findings": (),
        }
    )


def test_a_refused_version_is_never_in_force() -> None:
    with duckdb.connect() as connection:
        filling.load_ledger(connection, [_submission(1, Version(0, 0), "refused")])
        connection.execute("create schema marts")
        connection.execute(f"create table marts.version as {VERSION_SQL}")
        assert connection.execute("select count(*) from marts.version").fetchone() == (0,)


# --- checks


@pytest.fixture
def broken(office: Office, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of a good warehouse, to break."""
    copy = tmp_path / "broken.duckdb"
    copy.write_bytes(in_service(office).read_bytes())
    with duckdb.connect(str(copy)) as connection:
        yield connection


VIOLATIONS = {
    "counties_are_known": ["delete from marts.county where county_code = '09007'"],
    "every_figure_has_a_version": [
        "delete from marts.figure where submission_id = 1",
        "insert into marts.figure select * from marts.figure where submission_id = 2",
        "update ledger.submission set figure_count = figure_count + 1 where submission_id = 1",
    ],
    "every_slice_has_22_counties": [
        "delete from marts.figure where county_code = '63000' and measure = 'visited_persons'",
        "insert into marts.figure select * from marts.figure where county_code = '63000'",
    ],
    "no_part_exceeds_its_whole": [
        "update marts.county_period_payment set paid_persons = payable_persons + 1 where county_code = '63000'",
        "update marts.county_period_payment set received_twd = receivable_twd + 1 where county_code = '63000'",
        "insert into marts.county_year_average (county_code, receivable_twd, received_twd) values ('63000', 1, 2)",
    ],
    "one_version_in_force": [
        "update marts.version set known_until = date '9999-12-31' where submission_id = 1",
        "update marts.version set known_from = date '2024-06-01' where submission_id = 2",
    ],
    "pivots_lose_nothing": [
        "delete from marts.county_visits where county_code = '63000'",
        "insert into marts.county_month_collection select * from marts.county_month_collection limit 1",
        "delete from marts.county_period_payment",
        "delete from marts.figure where kind = 'collection'",
        "insert into marts.county_unpaid_reasons (submission_id) values (1)",
        "insert into marts.county_year_average (submission_id) values (1)",
    ],
}


def test_each_check_has_a_violation_to_be_tried_on() -> None:
    assert set(VIOLATIONS) == set(load("checks"))


@pytest.mark.parametrize(("check", "violation"), [(check, sql) for check, some in VIOLATIONS.items() for sql in some])
def test_a_check_selects_what_violates_it_and_nothing_before(
    broken: duckdb.DuckDBPyConnection, check: str, violation: str
) -> None:
    sql = load("checks")[check].sql
    assert broken.execute(sql).fetchall() == []
    broken.execute(violation)
    assert broken.execute(sql).fetchall() != []


@pytest.fixture
def failing_check(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Add a check of one's own to those that every build runs."""

    def add(sql: str) -> None:
        def with_one_more(room: str, house: Path = HOUSE) -> dict[str, Query]:
            own = {"our_own_check": Query("our_own_check", sql)} if room == "checks" else {}
            return {**load(room, house), **own}

        monkeypatch.setattr(building, "load", with_one_more)

    return add


def test_a_failing_check_leaves_the_old_warehouse_in_service_and_nothing_of_the_candidate(
    office: Office, tmp_path: Path, failing_check: Callable[[str], None]
) -> None:
    before, held = in_service(office), sorted((tmp_path / "warehouses").iterdir())
    failing_check("select submission_id from marts.version where submission_id = 2")
    with pytest.raises(ChecksFailed, match=r"our_own_check.*submission_id.*2"):
        office.warehouses.rebuild(office.ledger)
    assert in_service(office) == before
    assert sorted((tmp_path / "warehouses").iterdir()) == held


def test_a_batch_that_fails_a_check_is_journaled_as_refused_with_the_name_of_the_check(
    office: Office, tmp_path: Path, failing_check: Callable[[str], None]
) -> None:
    marts = mart(in_service(office), "figure")
    stored = sorted(path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "warehouses")
    failing_check("select * from marts.county_visits where visited_persons = 77")
    receipts = hand_in(
        office,
        incoming("好.csv", visits("110年", as_of=date(2022, 3, 31), issued_on=date(2022, 5, 1))),
        incoming("壞.csv", visits("111年", visited=77, as_of=date(2023, 3, 31), issued_on=date(2023, 5, 1))),
        incoming("不是.csv", b"x,y\n1,2\n", date(2024, 9, 1)),
        incoming("訪視.csv", visits(visited=60)),
    )
    outcomes = {receipt.file_name: receipt.outcome for receipt in receipts}
    assert outcomes == {"好.csv": "refused", "壞.csv": "refused", "不是.csv": "refused", "訪視.csv": "identical"}
    *_, first, second, third = office.ledger.submissions()
    for recorded in (first, second):
        assert (recorded.outcome, recorded.slices, recorded.figures_sha256) == ("refused", (), "")
        assert recorded.findings[-1]["code"] == "checks_failed"
        assert recorded.findings[-1]["value"] == "our_own_check"
    assert [finding["code"] for finding in third.findings] == ["wrong_table", "sheet_without_table"]
    assert stored == sorted(p for p in tmp_path.rglob("*") if p.is_file() and p.parent.name != "warehouses")
    office.make_ready()
    pd.testing.assert_frame_equal(mart(in_service(office), "figure"), marts)


def test_a_batch_refused_for_a_check_comes_in_once_the_check_passes(
    office: Office, failing_check: Callable[[str], None]
) -> None:
    file = incoming("壞.csv", visits("111年", visited=66, as_of=date(2023, 3, 31)))
    failing_check("select * from marts.county_visits where visited_persons = 66")
    assert hand_in(office, file)[0].is_refused
    failing_check("select 1 where false")
    assert hand_in(office, file)[0].outcome == "accepted"


def test_what_an_earlier_report_rests_on_stays_when_a_batch_with_the_same_figures_is_refused(
    office: Office, failing_check: Callable[[str], None]
) -> None:
    failing_check("select * from marts.version where submission_id > 4")
    restated = visits(visited=61, correction=True, issued_on=CORRECTED + timedelta(days=1))
    assert hand_in(office, incoming("訪視(更正二).csv", restated))[0].is_refused
    assert office.ledger.submissions()[-1].supersedes == ()
    office.warehouses.rebuild(office.ledger)


def test_no_batch_is_blamed_for_what_was_in_before(office: Office, failing_check: Callable[[str], None]) -> None:
    failing_check("select * from marts.version where submission_id = 1")
    before = office.ledger.head()
    with pytest.raises(ChecksFailed):
        hand_in(office, incoming("不是.csv", b"x,y\n1,2\n"))
    assert office.ledger.head() == before


def test_the_pointer_names_the_head_it_was_built_from(office: Office) -> None:
    head = office.ledger.head()
    pointer = json.loads(office.warehouses.pointer_path.read_text("utf-8"))
    assert Head(pointer["seq"], pointer["head"]) == head
    assert re.fullmatch(rf"{head.seq:06d}-{head.hash[:12]}-[0-9a-f]{{8}}\.duckdb", pointer["warehouse"])


def test_a_second_builder_waits_and_then_says_so(tmp_path: Path) -> None:
    holder, other = Warehouses(tmp_path), Warehouses(tmp_path)
    with holder.locked(), pytest.raises(DashboardError, match="另一個收件或重建作業尚未結束"), other.locked(0.05):
        pass
    with other.locked(0.05):
        pass


def test_a_lock_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "build.lock").mkdir()
    with pytest.raises(DashboardError, match="無法寫入"), Warehouses(tmp_path).locked():
        pass


def test_settings_decide_how_many_warehouses_are_kept(tmp_path: Path) -> None:
    office = Office(Settings(data_dir=tmp_path, kept_warehouses=1))
    for year in (111, 112):
        hand_in(office, incoming(f"{year}年.csv", visits(f"{year}年", as_of=date(year + 1912, 3, 31))))
    assert [path.name[:6] for path in (tmp_path / "warehouses").iterdir()] == ["000002"]
    assert isinstance(Door(tmp_path).current(), Warehouse)
    office.ledger.close()
