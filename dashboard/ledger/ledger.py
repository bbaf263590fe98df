"""The journal of submissions and the chain of decisions in one database. The only door to it."""

import contextlib
import functools
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa

from dashboard.archive import make_directory, writing_below
from dashboard.domain import decision_words
from dashboard.domain.errors import DashboardError
from dashboard.ledger import schema
from dashboard.ledger.chain import Chain, Head, canonical, following
from dashboard.ledger.records import RECORDS, Decision, DecisionKind, Record, Submission, submissions_in

_JOURNAL = Chain("journal", "收件帳")
_DECISIONS = Chain("decision", "決定紀錄")


def _written(record: Record | Decision) -> str:
    return canonical(record.model_dump(mode="json"))


def chained(head: Head, records: Iterable[Record]) -> Head:
    """Return the head the journal will have once these records are appended to it."""
    for record in records:
        head = following(head, _written(record))
    return head


class Ledger:
    """The ledger of one data directory."""

    def __init__(self, data_dir: Path) -> None:
        with writing_below(data_dir):
            make_directory(data_dir)
        self._path = data_dir / "ledger.sqlite"
        self._engine = sa.create_engine(f"sqlite:///{self._path}")
        sa.event.listen(self._engine, "connect", _configure)
        self._file: tuple[int, int] | None = None
        with self._transaction() as connection:
            if not _is_whole(connection):
                _make_whole(connection)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        self._follow()
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.IntegrityError:
            raise
        except sa.exc.DatabaseError as problem:
            raise DashboardError(f"收件帳無法讀寫（{problem.orig}）；請確認磁碟空間、權限與檔案是否完好。") from problem

    def _follow(self) -> None:
        """Let go of a file that another one has taken the place of, as when a damaged one was restored."""
        with contextlib.suppress(FileNotFoundError):
            status = self._path.stat()
            if (file := (status.st_dev, status.st_ino)) != self._file:
                self._engine.dispose()
                self._file = file

    # --- the journal

    def head(self) -> Head:
        with self._transaction() as connection:
            return _JOURNAL.head(connection)

    def holds(self, head: Head) -> bool:
        """Tell whether this was once the journal's head: a later journal still holds it, another one does not."""
        with self._transaction() as connection:
            return _JOURNAL.holds(connection, head)

    def records(self) -> list[Record]:
        """Return all records in order; BrokenChain if one was altered, removed or inserted."""
        with self._transaction() as connection:
            bodies = _JOURNAL.bodies(connection)
        return [RECORDS.validate_json(body) for body in bodies]

    def submissions(self) -> list[Submission]:
        """Return all files handed in, in order, withdrawn ones among them; BrokenChain as `records`."""
        return submissions_in(self.records())

    def append(self, records: Sequence[Record]) -> Head:
        """Append records in one transaction: all of them or none. Return the new head."""
        with self._transaction() as connection:
            connection.exec_driver_sql("begin immediate")
            return _JOURNAL.append(connection, _JOURNAL.head(connection), [_written(one) for one in records])

    # --- decisions

    def decision_count(self) -> int:
        """Return how many decisions there are; cheap enough for every run of a page."""
        with self._transaction() as connection:
            return _DECISIONS.head(connection).seq

    def decisions(self, upto: int | None = None) -> list[Decision]:
        """Return the first `upto` decisions (None: all) in order.

        BrokenChain if one was altered, removed or inserted, or rests on a head that the journal never had;
        DashboardError if there are fewer than `upto`.
        """
        with self._transaction() as connection:
            found = [Decision.model_validate_json(body) for body in _DECISIONS.bodies(connection, upto)]
            for one in found:
                if not _JOURNAL.holds(connection, Head(one.journal_seq, one.journal_hash)):
                    raise _DECISIONS.broken(one.seq)
        if upto is not None and len(found) != max(upto, 0):
            raise DashboardError(decision_words.no_such_decision(upto, len(found)))
        return found

    def stored_decision(self, number: int) -> str:
        """Return the very text of a decision as it was recorded and hashed; DashboardError where there is none."""
        with self._transaction() as connection:
            bodies = _DECISIONS.bodies(connection, number)
        if not 0 < number == len(bodies):
            raise DashboardError(decision_words.no_such_decision(number, self.decision_count()))
        return bodies[-1]

    def decide(
        self,
        kind: DecisionKind,
        body: Mapping[str, Any],
        by: str,
        expected_head: Head | None = None,
        expected_count: int | None = None,
    ) -> Decision:
        """Record a decision, resting on the journal's head, in one transaction; two at once end in a serial order.

        DashboardError, and nothing recorded, where the journal's head or the number of decisions is no longer the
        expected one: what was looked at before deciding has changed.
        """
        with self._transaction() as connection:
            # From here on nobody else writes: what is read now still holds when the record is appended.
            connection.exec_driver_sql("begin immediate")
            journal, decided = _JOURNAL.head(connection), _DECISIONS.head(connection)
            if expected_head not in {None, journal} or expected_count not in {None, decided.seq}:
                raise DashboardError(decision_words.CHANGED_MEANWHILE)
            decision = Decision(
                seq=decided.seq + 1,
                recorded_at=datetime.now(UTC),
                by=by,
                kind=kind,
                body=dict(body),
                journal_seq=journal.seq,
                journal_hash=journal.hash,
            )
            written = _written(decision)
            _DECISIONS.append(connection, decided, [written])
        # As it will be read: what JSON does not know is already gone.
        return Decision.model_validate_json(written)

    def decision_head(self) -> Head:
        with self._transaction() as connection:
            return _DECISIONS.head(connection)

    # --- the whole of it

    def continues(self, other: "Ledger") -> bool:
        """Tell whether this one holds every record and decision of another one, and perhaps more."""
        journal, decided = other.head(), other.decision_head()
        with self._transaction() as connection:
            return _JOURNAL.holds(connection, journal) and _DECISIONS.holds(connection, decided)

    def copy_to(self, path: Path) -> None:
        """Write the database as it stands at one moment to a new file; writers go on meanwhile."""
        with self._transaction() as connection, contextlib.closing(sqlite3.connect(path)) as copy:
            _driver(connection).backup(copy)
            # A file of its own, which no other belongs to.
            copy.execute("pragma journal_mode=delete")

    @contextlib.contextmanager
    def alone(self) -> Iterator[Callable[["Ledger"], None]]:
        """Let nobody else write meanwhile; yield what makes this ledger say what another one does.

        That holds from the end of the block on, for whoever has it open, all of it or nothing. Readers do not wait;
        writers do, and then write to what it has become.
        """
        with self._transaction() as connection:
            connection.exec_driver_sql("begin immediate")
            yield functools.partial(_become, connection)

    def close(self) -> None:
        self._engine.dispose()


def _become(connection: sa.Connection, other: Ledger) -> None:
    with other._transaction() as theirs:
        for chain in (_JOURNAL, _DECISIONS):
            chain.replace(connection, chain.rows(theirs))


def _is_whole(connection: sa.Connection) -> bool:
    """Tell whether the schema is this code's and all guards stand; cheap, for it is asked at every start."""
    found = schema.names(connection)
    return found >= _JOURNAL.guards | _DECISIONS.guards and schema.version(connection, found) == schema.VERSION


def _make_whole(connection: sa.Connection) -> None:
    """Bring an older or a new database up to this code, and put back guards that went missing."""
    # Whoever opens it at the same moment waits here, and then finds all of it done.
    connection.exec_driver_sql("begin immediate")
    if schema.version(connection, schema.names(connection)) != schema.VERSION:
        schema.bring_up(connection)
    for chain in (_JOURNAL, _DECISIONS):
        chain.guard(connection)


def _driver(connection: sa.Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _configure(connection: Any, _record: object) -> None:
    """Readers never wait for the writer, and what was committed survives a power cut."""
    for pragma in ("busy_timeout=10000", "journal_mode=wal", "synchronous=full"):
        connection.execute(f"pragma {pragma}")
