"""Warehouses: derived from the ledger, built beside the one in service, put into service by moving a pointer."""

import contextlib
import dataclasses
import io
import json
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from dashboard.archive import Archive, durable, write_durably, writing_below
from dashboard.domain.counties import counties
from dashboard.domain.errors import DashboardError
from dashboard.ledger import Head, Ledger, Submission
from dashboard.warehouse.queries import Query, fingerprint, in_order, load

_SAMPLE_ROWS = 5


class ChecksFailed(DashboardError):
    """A candidate warehouse holds rows a check must not select; `failures` maps check to first offending rows."""

    def __init__(self, failures: dict[str, list[dict[Hashable, Any]]]) -> None:
        self.failures = failures
        listed = "；".join(f"{check}：{rows}" for check, rows in failures.items())
        super().__init__(f"資料未通過發布前檢核，未予發布（{listed}）。")


@dataclasses.dataclass(frozen=True)
class Pointer:
    """Which warehouse is in service, and the ledger's head it was built from."""

    warehouse: str
    head: Head


class Warehouses:
    """The warehouses of one data directory. Whoever builds or moves the pointer holds `locked()`."""

    def __init__(self, data_dir: Path, kept: int = 3) -> None:
        self._directory = data_dir / "warehouses"
        self._pointer_path = data_dir / "current.json"
        self._lock = FileLock(data_dir / "build.lock")
        self._archive = Archive(data_dir)
        self._kept = kept

    @contextlib.contextmanager
    def locked(self, wait_seconds: float = 120) -> Iterator[None]:
        """Hold the builder's lock; the operating system frees it when the process dies."""
        with writing_below(self._pointer_path.parent):
            try:
                self._lock.acquire(timeout=wait_seconds)
            except Timeout:
                raise DashboardError("另一個收件或重建作業尚未結束，請稍後再試。") from None
        try:
            yield
        finally:
            self._lock.release()

    def path(self, name: str) -> Path:
        return self._directory / name

    @property
    def pointer_path(self) -> Path:
        return self._pointer_path

    def pointer(self) -> Pointer | None:
        """Return the pointer; None before the first build, or where it was damaged and must be made anew."""
        try:
            stored = json.loads(self._pointer_path.read_text(encoding="utf-8"))
            return Pointer(stored["warehouse"], Head(stored["seq"], stored["head"]))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    @staticmethod
    def name_for(head: Head) -> str:
        """Name the warehouse of a ledger's head: the same name is the same content."""
        return f"{head.seq:06d}-{head.hash[:12]}-{fingerprint()[:8]}.duckdb"

    def build(self, head: Head, submissions: Sequence[Submission]) -> str:
        """Build and check the warehouse of a head; return its name. ChecksFailed leaves nothing behind."""
        name = self.name_for(head)
        with durable(self.path(name)) as temporary:
            temporary.unlink()
            try:
                with contextlib.closing(duckdb.connect(str(temporary))) as connection:
                    self._fill(connection, submissions)
                    _run_checks(connection)
                    connection.execute("checkpoint")
            except duckdb.IOException as problem:
                raise DashboardError(f"資料倉儲無法寫入（{problem}）；請確認磁碟空間與權限。") from problem
            finally:
                temporary.with_name(temporary.name + ".wal").unlink(missing_ok=True)
        return name

    def _fill(self, connection: duckdb.DuckDBPyConnection, submissions: Sequence[Submission]) -> None:
        _load_ledger(connection, submissions)
        _load_figures(connection, submissions, self._archive)
        connection.execute("create schema staging; create schema marts")
        for query in load("staging").values():
            _create(connection, "view", "staging", query)
        for query in in_order(load("marts"), "marts"):
            _create(connection, "table", "marts", query)

    def put_into_service(self, name: str, head: Head) -> None:
        """Move the pointer: from here on every reader opens this warehouse."""
        stored = {"warehouse": name, "seq": head.seq, "head": head.hash}
        write_durably(self._pointer_path, json.dumps(stored, indent=1).encode())

    def prune(self) -> None:
        """Keep the warehouse in service and the latest ones before it; remove the rest."""
        pointer = self.pointer()
        finished = sorted(self._directory.glob("[0-9]*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)
        others = [path for path in finished if pointer is None or path.name != pointer.warehouse]
        for path in others[self._kept - 1 :]:
            path.unlink(missing_ok=True)

    def is_current(self, head: Head) -> bool:
        pointer = self.pointer()
        return pointer == Pointer(self.name_for(head), head) and self.path(self.name_for(head)).exists()

    def repair(self, ledger: Ledger) -> bool:
        """Bring the warehouse in service up to the ledger's head after a crash or an upgrade; tell if it had to.

        A journal shorter than what is in service was restored from an older backup or cut: that is for a person.
        """
        self._archive.sweep()
        head = ledger.head()
        if self.is_current(head):
            return False
        pointer = self.pointer()
        if pointer and not ledger.holds(pointer.head):
            raise DashboardError(
                f"服務中的資料倉儲含收件帳所無的第 {pointer.head.seq} 筆，收件帳可能遭刪減或還原自較舊的備份；"
                "請先查明，確認以現有收件帳為準後再執行 guobao build。"
            )
        name = self.name_for(head)
        if not self.path(name).exists():
            self.build(head, ledger.submissions())
        self.put_into_service(name, head)
        self.prune()
        return True

    def rebuild(self, ledger: Ledger) -> str:
        """Build anew from the journal, whatever stands there, and put it into service."""
        self._archive.sweep()
        head = ledger.head()
        name = self.build(head, ledger.submissions())
        self.put_into_service(name, head)
        self.prune()
        return name


def _create(connection: duckdb.DuckDBPyConnection, what: str, schema: str, query: Query) -> None:
    connection.execute(f"create {what} {schema}.{query.name} as {query.sql}")


def _load_ledger(connection: duckdb.DuckDBPyConnection, submissions: Sequence[Submission]) -> None:
    connection.execute("create schema ledger; create schema reference")
    _insert(connection, "ledger.submission", _SUBMISSION_TYPES, [_submission_row(s) for s in submissions])
    slices = [(s.seq, slice_.period, slice_.as_of) for s in submissions for slice_ in s.slices]
    _insert(connection, "ledger.slice", {"submission_id": "integer", "period": "text", "as_of": "date"}, slices)
    rows = [
        (c.county_code, c.name, c.sort, c.group, c.abc_group, c.province, c.region, c.is_offshore) for c in counties()
    ]
    _insert(connection, "reference.county", _COUNTY_TYPES, rows)


_SUBMISSION_TYPES = {
    "submission_id": "integer",
    "kind": "text",
    "outcome": "text",
    "file_name": "text",
    "sha256": "text",
    "issued_on": "date",
    "received_on": "date",
    "recorded_at": "timestamp",
    "recorded_by": "text",
    "is_correction": "boolean",
    "correction_reason": "text",
    "is_simulated": "boolean",
    "covers_history": "boolean",
    "figure_count": "integer",
}
_COUNTY_TYPES = {
    "county_code": "text",
    "county": "text",
    "sort_order": "integer",
    "evaluation_group": "text",
    "abc_group": "text",
    "province": "text",
    "region": "text",
    "is_offshore": "boolean",
}
_FIGURE_TYPES = {
    "submission_id": "integer",
    "kind": "text",
    "period": "text",
    "as_of": "date",
    "population": "text",
    "county_code": "text",
    "measure": "text",
    "value": "bigint",
    "unit": "integer",
}


def _submission_row(s: Submission) -> tuple[object, ...]:
    return (
        s.seq,
        s.kind.value if s.kind else None,
        s.outcome,
        s.file_name,
        s.sha256,
        s.issued_on,
        s.received_on,
        s.recorded_at.replace(tzinfo=None),
        s.by,
        s.is_correction,
        s.correction_reason,
        s.is_simulated,
        len(s.slices) > 1,
        s.figure_count,
    )


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, types: dict[str, str], rows: Sequence[tuple[object, ...]]
) -> None:
    _create_table(connection, table, types)
    if rows:
        columns = pd.DataFrame(rows, columns=list(types), dtype="object")
        connection.register("incoming", columns)
        connection.execute(f"insert into {table} select * from incoming")  # noqa: S608 - the names are ours
        connection.unregister("incoming")


def _create_table(connection: duckdb.DuckDBPyConnection, table: str, types: dict[str, str]) -> None:
    connection.execute(f"create table {table} ({', '.join(f'{name} {kind}' for name, kind in types.items())})")


def _load_figures(connection: duckdb.DuckDBPyConnection, submissions: Sequence[Submission], archive: Archive) -> None:
    """Copy the figures of every accepted submission; a missing or altered file stops the build, leaving no hole.

    Two submissions may have stated the same figures and then share one file: each gets them.
    """
    _create_table(connection, "ledger.figure", _FIGURE_TYPES)
    for submission in submissions:
        if submission.is_accepted:
            stored = pq.read_table(io.BytesIO(archive.figures(submission.figures_sha256)))
            connection.register("incoming", stored)
            connection.execute(
                """
                insert into ledger.figure
                select $id, $kind, period, as_of::date, population, county_code, measure, value, unit
                from incoming
                """,
                {"id": submission.seq, "kind": submission.kind},
            )
            connection.unregister("incoming")


def _run_checks(connection: duckdb.DuckDBPyConnection) -> None:
    failures = {}
    for name, query in load("checks").items():
        offending = connection.execute(query.sql).df()
        if len(offending):
            failures[name] = offending.head(_SAMPLE_ROWS).astype(str).to_dict("records")
    if failures:
        raise ChecksFailed(failures)
