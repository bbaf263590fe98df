"""A table that only grows, each record vouched for by the hash of all before it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from dashboard.archive import sha256
from dashboard.domain.errors import DashboardError

GENESIS = "0" * 64

# Nothing in a chain ever changes; the database itself refuses it. Insertion is watched too: SQLite's
# "insert or replace" removes the record in its way without firing the trigger on delete.
_GUARDED = {
    "update": "",
    "delete": "",
    "insert": "when new.seq is not (select coalesce(max(seq), 0) + 1 from {table})",
}


class Head(NamedTuple):
    """A chain's last record: how many there are, and the hash that vouches for all of them."""

    seq: int
    hash: str


class BrokenChain(DashboardError):
    """A record does not follow from the one before it; `spoken` is what a person calls its chain."""

    def __init__(self, sentence: str, spoken: str) -> None:
        super().__init__(sentence)
        self.spoken = spoken


def canonical(content: Mapping[str, Any]) -> str:
    """Write what a record holds in the one way that is hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def following(head: Head, body: str) -> Head:
    """Return the head of a chain once a body is appended to it."""
    return Head(head.seq + 1, sha256(f"{head.hash}\n{body}".encode()))


class Chain:
    """One such table. Every method works inside the transaction of the connection it is given."""

    def __init__(self, table: str, spoken: str) -> None:
        """Name the table, and how a sentence to a person calls it."""
        self._spoken = spoken
        self._table = sa.Table(
            table,
            sa.MetaData(),
            sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("body", sa.Text, nullable=False),
            sa.Column("previous_hash", sa.String(64), nullable=False),
            sa.Column("hash", sa.String(64), nullable=False, unique=True),
        )

    @property
    def guards(self) -> frozenset[str]:
        """Return the names of the triggers that keep the table as it is."""
        return frozenset(f"{self._table.name}_refuses_{verb}" for verb in _GUARDED)

    def guard(self, connection: sa.Connection) -> None:
        """Create the guards that are missing."""
        name = self._table.name
        for verb, condition in _GUARDED.items():
            connection.exec_driver_sql(
                f"create trigger if not exists {name}_refuses_{verb} before {verb} on {name} "
                f"{condition.format(table=name)} begin select raise(abort, 'the {name} is append-only'); end"
            )

    def head(self, connection: sa.Connection) -> Head:
        columns = self._table.c
        row = connection.execute(sa.select(columns.seq, columns.hash).order_by(columns.seq.desc()).limit(1)).first()
        return Head(row.seq, row.hash) if row else Head(0, GENESIS)

    def holds(self, connection: sa.Connection, head: Head) -> bool:
        """Tell whether this was once the head: a longer chain still holds it, another one does not."""
        columns = self._table.c
        same = sa.select(columns.seq).where(columns.seq == head.seq, columns.hash == head.hash)
        return head == Head(0, GENESIS) or connection.execute(same).first() is not None

    def bodies(self, connection: sa.Connection, upto: int | None = None) -> list[str]:
        """Return the first `upto` bodies (None: all) in order; BrokenChain if one was altered, removed or inserted.

        Only a body that the hash vouches for is returned: anything may stand in an altered one.
        """
        rows = sa.select(self._table).order_by(self._table.c.seq)
        head, found = Head(0, GENESIS), []
        for row in connection.execute(rows if upto is None else rows.where(self._table.c.seq <= upto)):
            expected = following(head, row.body)
            if row.previous_hash != head.hash or Head(row.seq, row.hash) != expected or _seq(row.body) != row.seq:
                raise self.broken(row.seq)
            head = expected
            found.append(row.body)
        return found

    def append(self, connection: sa.Connection, head: Head, bodies: Sequence[str]) -> Head:
        """Append to a chain whose head this is, and return the new one; IntegrityError where it is not."""
        rows = []
        for body in bodies:
            new = following(head, body)
            rows.append({"seq": _seq(body), "body": body, "previous_hash": head.hash, "hash": new.hash})
            head = new
        connection.execute(sa.insert(self._table), rows)
        return head

    def rows(self, connection: sa.Connection) -> list[dict[str, Any]]:
        """Return the whole chain as it is stored, whatever its hashes say."""
        found = connection.execute(sa.select(self._table).order_by(self._table.c.seq))
        return [dict(row) for row in found.mappings()]

    def replace(self, connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put another chain in the place of this one, past the guards, which stand again afterwards."""
        for guard in self.guards:
            connection.exec_driver_sql(f"drop trigger if exists {guard}")
        connection.execute(sa.delete(self._table))
        if rows:
            connection.execute(sa.insert(self._table), rows)
        self.guard(connection)

    def broken(self, seq: int) -> BrokenChain:
        """Name the record with which a chain ceases to be one."""
        sentence = f"{self._spoken}第 {seq} 筆與前一筆不相連，帳冊可能遭更動；請以備份比對後再啟用。"
        return BrokenChain(sentence, self._spoken)


def _seq(body: str) -> int | None:
    """Return the number that a body bears; whoever wrote it under another one is found out."""
    seq: int | None = json.loads(body).get("seq")
    return seq
