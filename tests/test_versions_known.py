"""Which version is in force on which day, whatever was corrected, came late or was withdrawn: SQL and a boring loop."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.kinds import Kind
from dashboard.history import versions
from dashboard.ledger import Record, Submission, Withdrawal, withdrawals_in
from dashboard.readers import Slice
from dashboard.warehouse.filling import load_ledger
from dashboard.warehouse.queries import load

FIRST_DAY = date(2024, 1, 1)
SLICE = Slice("2023", date(2023, 12, 31))
SPAN = 12
VERSION_SQL = load("marts")["version"].sql
CHECK_SQL = load("checks")["one_version_in_force"].sql


@dataclass(frozen=True)
class Handed:
    """A submission, and what becomes of it: days after the first day; None where it is never withdrawn."""

    issued: int
    received: int
    withdrawn: int | None


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def journal_of(history: list[Handed]) -> list[Record]:
    """All submissions, then all withdrawals: a journal orders records by writing, and days say what holds when."""
    handed = [submission(number, one) for number, one in enumerate(history, start=1)]
    withdrawn = [
        (one.seq, was.withdrawn) for one, was in zip(handed, history, strict=True) if was.withdrawn is not None
    ]
    taken_back = [
        Withdrawal(
            seq=len(handed) + nth,
            recorded_at=datetime(2030, 1, 1, tzinfo=UTC),
            by="",
            submission_id=number,
            withdrawn_on=max(day(on), handed[number - 1].received_on),
            reason="誤送",
        )
        for nth, (number, on) in enumerate(withdrawn, start=1)
    ]
    return [*handed, *taken_back]


def submission(number: int, handed: Handed) -> Submission:
    return Submission(
        seq=number,
        recorded_at=datetime(2030, 1, 1, tzinfo=UTC),
        by="",
        file_name=f"{number}.csv",
        sha256="",
        size_bytes=0,
        outcome="accepted",
        kind=Kind.VISITS,
        layout="",
        slices=(SLICE,),
        issued_on=day(handed.issued),
        received_on=day(handed.received),
        is_correction=number > 1,
        correction_reason="",
        supersedes=(),
        is_simulated=False,
        figures_sha256="",
        figure_count=0,
        findings=(),
    )


def in_force_by_a_boring_loop(records: list[Record], on: date) -> int | None:
    """The number of the latest issue among those received and not withdrawn by the end of the day."""
    best: Submission | None = None
    withdrawn = withdrawals_in(records)
    for record in records:
        if not isinstance(record, Submission) or record.received_on > on:
            continue
        if record.seq in withdrawn and withdrawn[record.seq].withdrawn_on <= on:
            continue
        if best is None or (record.issued_on, record.seq) > (best.issued_on, best.seq):
            best = record
    return best.seq if best else None


histories = st.lists(
    st.builds(Handed, st.integers(0, 6), st.integers(0, 8), st.none() | st.integers(0, SPAN - 1)),
    min_size=1,
    max_size=6,
).map(journal_of)


@settings(max_examples=100, deadline=None)
@given(histories)
def test_the_version_in_force_is_the_latest_issue_received_and_not_withdrawn(records: list[Record]) -> None:
    with duckdb.connect() as connection:
        load_ledger(connection, records)
        connection.execute("create schema marts")
        connection.execute(f"create table marts.version as {VERSION_SQL}")
        assert connection.execute(CHECK_SQL).fetchall() == []
        rows = connection.execute("select submission_id, known_from, known_until from marts.version").fetchall()
    for number in range(-1, SPAN + 1):
        holding = [one for one, since, until in rows if since <= day(number) < until]
        best = in_force_by_a_boring_loop(records, day(number))
        assert holding == ([] if best is None else [best])


@settings(max_examples=50, deadline=None)
@given(histories)
def test_every_accepted_submission_has_a_first_stretch_and_no_two_that_touch(records: list[Record]) -> None:
    with duckdb.connect() as connection:
        load_ledger(connection, records)
        rows = connection.execute(
            f"select submission_id, stretch, known_from, known_until from ({VERSION_SQL}) order by all"  # noqa: S608
        ).fetchall()
    firsts = [one for one, stretch, *_ in rows if stretch == 1]
    assert firsts == [record.seq for record in records if isinstance(record, Submission)]
    for before, after in pairwise(rows):
        if before[0] == after[0]:
            assert after[1] == before[1] + 1
            assert before[2] < before[3] < after[2] < after[3]


class Kept:
    """Stands for a ledger of these records."""

    def __init__(self, records: list[Record]) -> None:
        self._records = records

    def records(self) -> list[Record]:
        return self._records


@settings(max_examples=100, deadline=None)
@given(histories)
def test_the_history_of_a_report_tells_the_same_days(records: list[Record]) -> None:
    listed = versions(Kept(records), Kind.VISITS, SLICE)  # type: ignore[arg-type]
    for number in range(-1, SPAN + 1):
        holding = [
            one.submission.seq for one in listed if one.known_from <= day(number) < (one.known_until or date.max)
        ]
        best = in_force_by_a_boring_loop(records, day(number))
        assert holding == ([] if best is None else [best])
    assert {one.submission.seq for one in listed} == {s.seq for s in records if isinstance(s, Submission)}
