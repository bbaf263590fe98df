"""The ledger: a journal of every submission, append-only and chained by hashes. The only door to its database."""

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict
from sqlalchemy.schema import CreateTable

from dashboard.archive import make_directory, sha256, writing_below
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.readers import Slice

_metadata = sa.MetaData()
_journal = sa.Table(
    "journal",
    _metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("previous_hash", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False, unique=True),
)

GENESIS = "0" * 64

# Nothing in the journal ever changes; the database itself refuses it. Insertion is watched too: SQLite's
# "insert or replace" removes the record in its way without firing the trigger on delete.
_GUARDS = tuple(
    f"create trigger if not exists journal_refuses_{verb} before {verb} on journal {condition} "
    "begin select raise(abort, 'the journal is append-only'); end"
    for verb, condition in (
        ("update", ""),
        ("delete", ""),
        ("insert", "when new.seq is not (select coalesce(max(seq), 0) + 1 from journal)"),
    )
)


class Head(NamedTuple):
    """The journal's last record: how many there are, and the hash that vouches for all of them."""

    seq: int
    hash: str


class Submission(BaseModel):
    """One file handed in, as the journal keeps it.

    `issued_on` is printed by the sender, `received_on` the official receipt, `recorded_at` (UTC) when this record was
    written. `slices` are what a correction replaces as a whole; `supersedes` names the records this one replaces.
    """

    model_config = ConfigDict(frozen=True)

    seq: int
    recorded_at: datetime
    by: str
    file_name: str
    sha256: str
    size_bytes: int
    outcome: Literal["accepted", "accepted_with_notes", "refused"]
    kind: Kind | None
    layout: str
    slices: tuple[Slice, ...]
    issued_on: date | None
    received_on: date
    is_correction: bool
    correction_reason: str
    supersedes: tuple[int, ...]
    is_simulated: bool
    figures_sha256: str
    figure_count: int
    findings: tuple[dict[str, str], ...]

    @property
    def is_accepted(self) -> bool:
        return self.outcome != "refused"


class BrokenChain(DashboardError):
    """A journal record does not follow from the one before it."""


def _canonical(submission: Submission) -> str:
    return json.dumps(submission.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _link(previous_hash: str, body: str) -> str:
    return sha256(f"{previous_hash}\n{body}".encode())


def chained(head: Head, submissions: Iterable[Submission]) -> Head:
    """Return the head the journal will have once these submissions are appended to it."""
    for submission in submissions:
        head = Head(submission.seq, _link(head.hash, _canonical(submission)))
    return head


class Ledger:
    """The journal of one data directory."""

    def __init__(self, data_dir: Path) -> None:
        with writing_below(data_dir):
            make_directory(data_dir)
        self._engine = sa.create_engine(f"sqlite:///{data_dir / 'ledger.sqlite'}")
        sa.event.listen(self._engine, "connect", _configure)
        with self._transaction() as connection:
            # At every start: another process may be creating them now, or one may have died between the two.
            connection.execute(CreateTable(_journal, if_not_exists=True))
            for guard in _GUARDS:
                connection.exec_driver_sql(guard)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.IntegrityError:
            raise
        except sa.exc.DatabaseError as problem:
            raise DashboardError(f"收件帳無法讀寫（{problem.orig}）；請確認磁碟空間、權限與檔案是否完好。") from problem

    def head(self) -> Head:
        last = sa.select(_journal.c.seq, _journal.c.hash).order_by(_journal.c.seq.desc()).limit(1)
        with self._transaction() as connection:
            row = connection.execute(last).first()
        return Head(row.seq, row.hash) if row else Head(0, GENESIS)

    def holds(self, head: Head) -> bool:
        """Tell whether this was once the journal's head: a later journal still holds it, another one does not."""
        same = sa.select(_journal.c.seq).where(_journal.c.seq == head.seq, _journal.c.hash == head.hash)
        with self._transaction() as connection:
            return head == Head(0, GENESIS) or connection.execute(same).first() is not None

    def submissions(self) -> list[Submission]:
        """Return all records in order; BrokenChain if one was altered, removed or inserted."""
        head = Head(0, GENESIS)
        found = []
        with self._transaction() as connection:
            rows = connection.execute(sa.select(_journal).order_by(_journal.c.seq)).all()
        for row in rows:
            follows = row.previous_hash == head.hash and row.hash == _link(head.hash, row.body)
            # Only a body that the hash vouches for is read: anything may stand in an altered one.
            submission = Submission.model_validate_json(row.body) if follows else None
            if submission is None or not row.seq == submission.seq == head.seq + 1:
                raise BrokenChain(f"收件帳第 {row.seq} 筆與前一筆不相連，帳冊可能遭更動；請以備份比對後再啟用。")
            head = Head(row.seq, row.hash)
            found.append(submission)
        return found

    def append(self, submissions: Sequence[Submission]) -> Head:
        """Append records in one transaction: all of them or none. Return the new head."""
        head = self.head()
        rows: list[dict[str, Any]] = []
        for submission in submissions:
            following = chained(head, [submission])
            rows.append(
                {
                    "seq": submission.seq,
                    "body": _canonical(submission),
                    "previous_hash": head.hash,
                    "hash": following.hash,
                }
            )
            head = following
        with self._transaction() as connection:
            connection.execute(sa.insert(_journal), rows)
        return head

    def close(self) -> None:
        self._engine.dispose()


def _configure(connection: Any, _record: object) -> None:
    """Readers never wait for the writer, and what was committed survives a power cut."""
    for pragma in ("busy_timeout=10000", "journal_mode=wal", "synchronous=full"):
        connection.execute(f"pragma {pragma}")
