"""What stands in a warehouse: all of it from nothing, or what a few more submissions change in one that is filled."""

import io
from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.archive import Archive
from dashboard.domain.counties import counties
from dashboard.ledger import Record, Submission, Withdrawal, submissions_in, withdrawals_in
from dashboard.warehouse.queries import Query, in_order, load

_AT_ONCE = 500_000
"""Figures poured into the database at once; files one by one would cost more than what they hold."""


def fill(connection: duckdb.DuckDBPyConnection, records: Sequence[Record], archive: Archive) -> None:
    """Fill an empty database with all records."""
    load_ledger(connection, records)
    _create_table(connection, "ledger.figure", _FIGURE_TYPES)
    _add_figures(connection, submissions_in(records), archive)
    connection.execute("create schema staging; create schema marts")
    for query in load("staging").values():
        _create(connection, "view", "staging", query)
    for query in in_order(load("marts"), "marts"):
        _create(connection, "table", "marts", query)


def append(connection: duckdb.DuckDBPyConnection, new: Sequence[Record], archive: Archive) -> None:
    """Add records to a filled database, so that it holds what `fill` would make of all of them.

    Of a mart that keeps each submission's rows by themselves only the rows of those are made anew that came in or are
    in force on other days than before; any other mart that rests on submissions is made anew as a whole.
    """
    connection.execute("begin")
    _add_records(connection, new)
    _add_figures(connection, submissions_in(new), archive)
    connection.execute("create temp table version_before as from marts.version")
    for query in in_order(load("marts"), "marts"):
        if _is_by_submission(connection, query):
            _renew_touched(connection, query)
        elif not all(table.startswith("reference.") for table in query.reads):
            connection.execute(f"drop table marts.{query.name}")
            _create(connection, "table", "marts", query)
    connection.execute("drop table version_before")
    connection.execute("commit")


def _is_by_submission(connection: duckdb.DuckDBPyConnection, query: Query) -> bool:
    """Tell whether a mart joins one received kind, or all figures, to when its submissions were in force.

    Every row then comes of one submission, and changes only with it or its days. Windows and sums over several rows
    might reach across submissions, so a mart that has them is never taken for one of these.
    """
    facts = [table for table in query.reads if table != "marts.version"]
    columns = connection.execute(f"describe marts.{query.name}").df()["column_name"]
    return (
        len(facts) == 1
        and (facts[0].startswith("staging.") or facts[0] == "ledger.figure")
        and "marts.version" in query.reads
        and "submission_id" in set(columns)
        and not query.looks_across_rows
    )


# The submissions of which any version came, went or is in force on other days.
_TOUCHED = """
    select submission_id from (from marts.version except from version_before)
    union
    select submission_id from (from version_before except from marts.version)
"""


def _renew_touched(connection: duckdb.DuckDBPyConnection, query: Query) -> None:
    touched = [submission for (submission,) in connection.execute(_TOUCHED).fetchall()]
    for change in (
        f"delete from marts.{query.name}",  # noqa: S608 - the names are ours
        f"insert into marts.{query.name} select * from ({query.sql})",  # noqa: S608
    ):
        connection.execute(f"{change} where submission_id in (select unnest($touched))", {"touched": touched})


def _create(connection: duckdb.DuckDBPyConnection, what: str, schema: str, query: Query) -> None:
    connection.execute(f"create {what} {schema}.{query.name} as {query.sql}")


# --- what the ledger says


def load_ledger(connection: duckdb.DuckDBPyConnection, records: Sequence[Record]) -> None:
    """Make the tables of what was handed in and withdrawn, and the reference tables."""
    connection.execute("create schema ledger; create schema reference")
    _create_table(connection, "ledger.submission", _SUBMISSION_TYPES)
    _create_table(connection, "ledger.slice", _SLICE_TYPES)
    _create_table(connection, "ledger.withdrawal", _WITHDRAWAL_TYPES)
    _add_records(connection, records)
    _create_table(connection, "reference.county", _COUNTY_TYPES)
    rows = [
        (c.county_code, c.name, c.sort, c.group, c.abc_group, c.province, c.region, c.is_offshore) for c in counties()
    ]
    _insert(connection, "reference.county", _COUNTY_TYPES, rows)


def _add_records(connection: duckdb.DuckDBPyConnection, records: Sequence[Record]) -> None:
    submissions, withdrawn = submissions_in(records), withdrawals_in(records).values()
    _insert(connection, "ledger.submission", _SUBMISSION_TYPES, [_submission_row(s) for s in submissions])
    slices = [(s.seq, slice_.period, slice_.as_of) for s in submissions for slice_ in s.slices]
    _insert(connection, "ledger.slice", _SLICE_TYPES, slices)
    _insert(connection, "ledger.withdrawal", _WITHDRAWAL_TYPES, [_withdrawal_row(one) for one in withdrawn])


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
_SLICE_TYPES = {"submission_id": "integer", "period": "text", "as_of": "date"}
_WITHDRAWAL_TYPES = {
    "submission_id": "integer",
    "withdrawn_on": "date",
    "withdrawn_by": "text",
    "withdrawal_reason": "text",
    "recorded_at": "timestamp",
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


def _withdrawal_row(one: Withdrawal) -> tuple[object, ...]:
    return one.submission_id, one.withdrawn_on, one.by, one.reason, one.recorded_at.replace(tzinfo=None)


def _create_table(connection: duckdb.DuckDBPyConnection, table: str, types: Mapping[str, str]) -> None:
    connection.execute(f"create table {table} ({', '.join(f'{name} {kind}' for name, kind in types.items())})")


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, types: Mapping[str, str], rows: Sequence[tuple[object, ...]]
) -> None:
    if rows:
        _insert_all(connection, table, pd.DataFrame(rows, columns=list(types), dtype="object"), "*")


def _insert_all(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame | pa.Table, columns: str) -> None:
    connection.register("incoming", rows)
    connection.execute(f"insert into {table} select {columns} from incoming")  # noqa: S608 - the names are ours
    connection.unregister("incoming")


# --- what the archive holds


def _add_figures(connection: duckdb.DuckDBPyConnection, submissions: Sequence[Submission], archive: Archive) -> None:
    """Copy the figures of every accepted submission; a missing or altered file stops the build, leaving no hole.

    Two submissions may have stated the same figures and then share one file: each gets them.
    """
    waiting: list[pa.Table] = []
    for submission in submissions:
        if submission.is_accepted:
            waiting.append(_figures(submission, archive))
            if sum(table.num_rows for table in waiting) > _AT_ONCE:
                _pour(connection, waiting)
    _pour(connection, waiting)


def _figures(submission: Submission, archive: Archive) -> pa.Table:
    stored = pq.read_table(io.BytesIO(archive.figures(submission.figures_sha256)))
    whose = {"submission_id": submission.seq, "kind": submission.kind}
    for name, value in whose.items():
        stored = stored.append_column(name, pa.repeat(pa.scalar(value), stored.num_rows))
    return stored.select(list(_FIGURE_TYPES))


def _pour(connection: duckdb.DuckDBPyConnection, waiting: list[pa.Table]) -> None:
    if waiting:
        columns = ", ".join(f"{name}::{kind}" for name, kind in _FIGURE_TYPES.items())
        _insert_all(connection, "ledger.figure", pa.concat_tables(waiting, promote_options="permissive"), columns)
        waiting.clear()
