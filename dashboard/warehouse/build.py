"""Warehouses: derived from the ledger, built beside the one in service, put into service by moving a pointer."""

import contextlib
import dataclasses
import json
import logging
import shutil
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from dashboard.archive import Archive, durable, write_durably, writing_below
from dashboard.domain.errors import DashboardError
from dashboard.ledger import Head, Ledger, Record, chained, submissions_in
from dashboard.warehouse.filling import append, fill
from dashboard.warehouse.queries import fingerprint, load

_log = logging.getLogger(__name__)
_SAMPLE_ROWS = 5
_FEW_BLOCKS = 40


class ChecksFailed(DashboardError):
    """A candidate warehouse holds rows a check must not select; `failures` maps check to first offending rows."""

    def __init__(self, failures: dict[str, list[dict[Hashable, Any]]]) -> None:
        self.failures = failures
        listed = "；".join(f"{check}：{rows}" for check, rows in failures.items())
        super().__init__(f"資料未通過發布前檢核，未予發布（{listed}）。")


@dataclasses.dataclass(frozen=True)
class Pointer:
    """Which warehouse is in service, and the ledger's head it was built from.

    `era` is another one after each restoring: equal numbers of decisions may then mean others.
    """

    warehouse: str
    head: Head
    era: str = ""


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
            return Pointer(stored["warehouse"], Head(stored["seq"], stored["head"]), stored.get("era", ""))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    @staticmethod
    def name_for(head: Head) -> str:
        """Name the warehouse of a ledger's head: the same name is the same content."""
        return f"{head.seq:06d}-{head.hash[:12]}-{fingerprint()[:8]}.duckdb"

    def build(self, head: Head, records: Sequence[Record], *, anew: bool = False) -> str:
        """Build and check the warehouse of a head; return its name. ChecksFailed leaves nothing behind.

        Where the one in service holds the first of these records, a copy of it takes in the others; where there
        is any doubt of that, and always with `anew`, it is made from nothing.
        """
        name = self.name_for(head)
        before = None if anew else self._before(head, records)
        with durable(self.path(name)) as temporary:
            try:
                if before is None or not self._grown(temporary, before, records):
                    self._made(temporary, records)
            except duckdb.IOException as problem:
                raise DashboardError(f"資料倉儲無法寫入（{problem}）；請確認磁碟空間與權限。") from problem
            finally:
                _wal(temporary).unlink(missing_ok=True)
        return name

    def _before(self, head: Head, records: Sequence[Record]) -> Pointer | None:
        """Return what is in service if these records, and nothing else, lead from it to the head."""
        pointer = self.pointer()
        if pointer is None or not self.is_current(pointer.head):
            return None
        if chained(pointer.head, _since(pointer, records)) != head:
            return None
        stored = (self._archive.figures_path(s.figures_sha256) for s in submissions_in(records) if s.is_accepted)
        # What is lost must not go unnoticed for want of need.
        return pointer if all(path.exists() for path in stored) else None

    def _grown(self, path: Path, before: Pointer, records: Sequence[Record]) -> bool:
        """Fill a file with what is in service and what came since; False where that one turns out to be damaged."""
        shutil.copyfile(self.path(before.warehouse), path)
        try:
            with contextlib.closing(duckdb.connect(str(path))) as connection:
                append(connection, _since(before, records), self._archive)
                if _is_hollow(connection):
                    return False
                _run_checks(connection)
                connection.execute("checkpoint")
        except duckdb.Error:
            _log.warning("the warehouse in service takes nothing in; made anew", exc_info=True)
            return False
        return True

    def _made(self, path: Path, records: Sequence[Record]) -> None:
        path.unlink()
        _wal(path).unlink(missing_ok=True)
        with contextlib.closing(duckdb.connect(str(path))) as connection:
            fill(connection, records, self._archive)
            _run_checks(connection)
            connection.execute("checkpoint")

    def put_into_service(self, name: str, head: Head, *, era: str = "") -> None:
        """Move the pointer: from here on every reader opens this warehouse; without `era` that of the one before."""
        before = self.pointer()
        stored = {"warehouse": name, "seq": head.seq, "head": head.hash, "era": era or (before.era if before else "")}
        write_durably(self._pointer_path, json.dumps(stored, indent=1).encode())

    def prune(self) -> None:
        """Keep the warehouse in service and the latest ones before it; remove the rest."""
        pointer = self.pointer()
        finished = sorted(self._directory.glob("[0-9]*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)
        others = [path for path in finished if pointer is None or path.name != pointer.warehouse]
        for path in others[self._kept - 1 :]:
            path.unlink(missing_ok=True)

    def is_current(self, head: Head) -> bool:
        pointer, name = self.pointer(), self.name_for(head)
        return pointer is not None and (pointer.warehouse, pointer.head) == (name, head) and self.path(name).exists()

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
            self.build(head, ledger.records())
        self.put_into_service(name, head)
        self.prune()
        return True

    def rebuild(self, ledger: Ledger) -> str:
        """Build anew from the journal, whatever stands there, and put it into service."""
        self._archive.sweep()
        head = ledger.head()
        name = self.build(head, ledger.records(), anew=True)
        self.put_into_service(name, head)
        self.prune()
        return name


def _wal(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _is_hollow(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether more than half of a file is room left by what was replaced in it."""
    sizes = connection.execute("select free_blocks, total_blocks from pragma_database_size()").fetchone()
    return sizes is not None and sizes[0] > max(sizes[1] // 2, _FEW_BLOCKS)


def _since(before: Pointer, records: Sequence[Record]) -> list[Record]:
    return [record for record in records if record.seq > before.head.seq]


def _run_checks(connection: duckdb.DuckDBPyConnection) -> None:
    failures = {}
    for name, query in load("checks").items():
        offending = connection.execute(query.sql).df()
        if len(offending):
            failures[name] = offending.head(_SAMPLE_ROWS).astype(str).to_dict("records")
    if failures:
        raise ChecksFailed(failures)
