"""Warehouses that grow: what came in is laid into a copy of the one in service, and the result is as if made anew."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import HOUSE
from dashboard.ledger import GENESIS, Head, Record, chained
from dashboard.receiving import Incoming, Office
from dashboard.warehouse import Warehouses, filling
from dashboard.warehouse import build as building
from dashboard.warehouse.difference import compare
from dashboard.warehouse.queries import Query, load
from tests.submitting import collection_history, hand_in, incoming, office_at, snapshot, visits

DAY = timedelta(days=1)
YEARS = range(110, 113)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = office_at(tmp_path / "data")
    yield opened
    opened.ledger.close()


@pytest.fixture
def made_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Fill with the number of records each time a warehouse is made from nothing."""
    times: list[int] = []

    def counting(connection: duckdb.DuckDBPyConnection, records: list[Record], archive: object) -> None:
        times.append(len(records))
        filling.fill(connection, records, archive)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(building, "fill", counting)
    return times


def in_service(office: Office) -> Path:
    pointer = office.warehouses.pointer()
    assert pointer is not None
    return office.warehouses.path(pointer.warehouse)


def is_as_if_made_anew(office: Office) -> bool:
    """Compare every table with one made from nothing, both ways."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copy(in_service(office), scratch))
        compared = compare(copy, office.ledger.records(), office.archive, Path(scratch))
    assert compared.difference is None, compared.difference
    return compared.rows > 0


def visit_report(year: int, version: int) -> Incoming:
    issued = date(year + 1912, 5, 1) + version * DAY
    content = visits(
        f"{year}年",
        visited=60 + version,
        as_of=date(year + 1912, 3, 31),
        issued_on=issued,
        correction=version > 0,
        reason=f"第 {version} 次更正",
    )
    return incoming(f"訪視{year}-{version}.csv", content)


def snapshot_report(month: int, paid: int) -> Incoming:
    as_of = date(2024, month + 1, 1) - DAY
    return incoming(f"收繳{month}-{paid}.csv", snapshot(as_of, paid), date(2024, 12, 1))


def dunning_report(month: int, dunned: int) -> Incoming:
    return incoming(
        f"催繳{month}-{dunned}.csv", collection_history(f"113{month:02d}", dunned=dunned), date(2024, 12, 1)
    )


REPORTS = st.one_of(
    st.builds(visit_report, st.sampled_from(YEARS), st.integers(0, 2)),
    st.builds(snapshot_report, st.integers(2, 5), st.integers(50, 51)),
    st.builds(dunning_report, st.integers(1, 4), st.integers(9, 10)),
    st.just(incoming("不是.csv", b"x,y\n1,2\n", date(2024, 9, 1))),
)
STEPS = st.lists(st.one_of(st.lists(REPORTS, min_size=1, max_size=3), st.integers(0, 9)), min_size=2, max_size=6)


@settings(max_examples=8, deadline=None)
@given(STEPS)
def test_after_any_reports_corrections_and_withdrawals_every_table_is_as_if_made_anew(
    steps: list[list[Incoming] | int],
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        office = office_at(Path(directory))
        for step in steps:
            if isinstance(step, list):
                hand_in(office, *step)
            elif standing := [s.seq for s in office.ledger.submissions() if s.is_accepted]:
                withdraw(office, standing[step % len(standing)])
        assert not office.ledger.submissions() or is_as_if_made_anew(office)
        office.ledger.close()


def withdraw(office: Office, number: int) -> None:
    if number not in {getattr(record, "submission_id", None) for record in office.ledger.records()}:
        office.withdraw(number, "誤送", "測試")


def test_the_sample_taken_in_file_by_file_is_as_if_made_anew(
    demo_data_dir: Path, tmp_path: Path, made_anew: list[int]
) -> None:
    demo = office_at(demo_data_dir)
    records = demo.ledger.records()
    demo.ledger.close()
    (tmp_path / "figures").symlink_to(demo_data_dir / "figures")
    growing = Warehouses(tmp_path)
    for count in [*range(40, len(records)), len(records)]:
        head = chained(Head(0, GENESIS), records[:count])
        name = growing.build(head, records[:count])
        growing.put_into_service(name, head)
        growing.prune()
    assert made_anew == [40]
    compared = compare(growing.path(name), records, demo.archive, tmp_path)
    assert compared.difference is None
    # What is left over of what was replaced stays within bounds.
    assert growing.path(name).stat().st_size < 3 * (tmp_path / "fresh.duckdb").stat().st_size


def test_only_the_first_warehouse_is_made_from_nothing(office: Office, made_anew: list[int]) -> None:
    hand_in(office, visit_report(110, 0))
    hand_in(office, visit_report(111, 0), visit_report(110, 1))
    hand_in(office, snapshot_report(3, 50))
    # That of the empty ledger.
    assert made_anew == [0]
    assert is_as_if_made_anew(office)


def doubtful_file(office: Office) -> None:
    in_service(office).write_bytes(b"no database")


def doubtful_half_file(office: Office) -> None:
    whole = in_service(office).read_bytes()
    in_service(office).write_bytes(whole[: len(whole) // 2])


def other_queries(office: Office) -> None:
    name = in_service(office).name
    other = f"{name.rpartition('-')[0]}-00000000.duckdb"
    in_service(office).rename(in_service(office).with_name(other))
    office.warehouses.pointer_path.write_text(office.warehouses.pointer_path.read_text().replace(name, other))


@pytest.mark.parametrize("spoil", [doubtful_file, doubtful_half_file, other_queries])
def test_where_there_is_doubt_of_the_one_in_service_it_is_made_from_nothing(
    office: Office, made_anew: list[int], spoil: Callable[[Office], None]
) -> None:
    hand_in(office, visit_report(110, 0))
    made_anew.clear()
    spoil(office)
    hand_in(office, visit_report(111, 0))
    assert made_anew
    assert is_as_if_made_anew(office)


def test_figures_that_are_lost_do_not_go_unnoticed(office: Office) -> None:
    hand_in(office, visit_report(110, 0))
    office.archive.figures_path(office.ledger.submissions()[0].figures_sha256).unlink()
    with pytest.raises(DashboardError, match="無法讀取"):
        hand_in(office, visit_report(111, 0))


def test_building_on_request_never_trusts_what_is_there(office: Office, made_anew: list[int]) -> None:
    hand_in(office, visit_report(110, 0))
    made_anew.clear()
    office.warehouses.rebuild(office.ledger)
    assert made_anew == [1]


def test_the_one_in_service_is_not_touched_while_another_grows_out_of_it(office: Office) -> None:
    hand_in(office, visit_report(110, 0))
    before = in_service(office)
    content, status = before.read_bytes(), before.stat()
    hand_in(office, visit_report(110, 1))
    assert in_service(office) != before
    assert before.read_bytes() == content
    assert before.stat().st_mtime_ns == status.st_mtime_ns


def test_a_mart_that_looks_across_submissions_grows_right_without_further_word(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = """-- How many submissions state each period?
-- Reads:  staging.visits, marts.version.
select s.submission_id, s.period, count(*) over (partition by s.period) as rows_of_period
from staging.visits as s inner join marts.version as v on s.submission_id = v.submission_id"""

    def with_one_more(room: str, house: Path = HOUSE) -> dict[str, Query]:
        own = {"our_own_mart": Query("our_own_mart", counting)} if room == "marts" else {}
        return {**load(room, house), **own}

    monkeypatch.setattr(filling, "load", with_one_more)
    for report in (visit_report(110, 0), visit_report(110, 1), visit_report(111, 0)):
        hand_in(office, report)
    assert is_as_if_made_anew(office)
