"""Whether a warehouse holds what its records make: built once more beside it and compared row by row."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from dashboard.archive import Archive
from dashboard.ledger import Record
from dashboard.warehouse.filling import fill


class WarehouseLost(Exception):
    """A file that should be a warehouse is none."""


class Difference(NamedTuple):
    """The first row that only one of both holds; `row` is empty where the tables themselves differ."""

    table: str
    is_in_service: bool
    row: str


class Compared(NamedTuple):
    """What was compared, and the first difference; None where there is none."""

    tables: int
    rows: int
    difference: Difference | None


def compare(served: Path, records: Sequence[Record], archive: Archive, scratch: Path) -> Compared:
    """Compare a warehouse file, which nobody else has open, with what these records make.

    `scratch` is a directory to build in. WarehouseLost where the file is no warehouse; DashboardError where figures
    are missing or altered.
    """
    with contextlib.closing(duckdb.connect(str(scratch / "fresh.duckdb"))) as connection:
        fill(connection, records, archive)
        try:
            connection.execute(f"attach {_quoted(served)} as served (read_only)")
        except duckdb.Error as problem:
            raise WarehouseLost from problem
        fresh, stored = (_tables(connection, name) for name in ("fresh", "served"))
        rows = 0
        for table in sorted(fresh.keys() | stored.keys()):
            if fresh.get(table) != stored.get(table):
                return Compared(len(fresh), rows, Difference(table, table in stored, ""))
            for side, other in (("served", "fresh"), ("fresh", "served")):
                if row := _only_in(connection, f"{side}.{table}", f"{other}.{table}"):
                    return Compared(len(fresh), rows, Difference(table, side == "served", row))
            rows += _count(connection, f"fresh.{table}")
        return Compared(len(fresh), rows, None)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the columns, with their types, of each table of a database."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for schema, table, column, kind in connection.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns() "
        "where database_name = $database and not internal order by all",
        {"database": database},
    ).fetchall():
        name = f"{schema}.{table}"
        found[name] = (*found.get(name, ()), (column, kind))
    return found


def _only_in(connection: duckdb.DuckDBPyConnection, one: str, other: str) -> str:
    found = connection.execute(f"select * from {one} except all select * from {other} order by all limit 1")  # noqa: S608
    names = [column[0] for column in found.description]
    row = found.fetchone()
    return "、".join(f"{name}={value}" for name, value in zip(names, row, strict=True)) if row else ""


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608 - the names are ours
    return int(found[0]) if found else 0
