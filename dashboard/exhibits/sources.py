"""Birth records: the reports in force that an exhibit's figures come from."""

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboard import answers
from dashboard.domain import words
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear, HalfYear, period_from_iso
from dashboard.domain.roc import roc_period
from dashboard.exhibits.exhibit import Source
from dashboard.warehouse import Warehouse


def of_snapshot(db: Warehouse, as_of: date, known_on: date) -> Source | None:
    """Return the payment report of a snapshot day; None where none is in force."""
    return of_snapshots(db, [as_of], known_on)[0]


def of_snapshots(db: Warehouse, days: Iterable[date], known_on: date) -> list[Source | None]:
    """Return the payment reports of snapshot days, one each in the order asked; None where none is in force."""
    versions = answers.versions_in_force(db, known_on)
    rows = _newest(versions, Kind.PAYMENT_RATE, "as_of")
    found = [rows.get(pd.Timestamp(day)) for day in days]
    return [None if row is None else _source(versions.iloc[row], "") for row in found]


def of_years(db: Warehouse, reports: Iterable[tuple[Kind, FullYear]], known_on: date) -> list[Source | None]:
    """Return the reports of full years, one each in the order asked; None where none is in force."""
    versions, asked = answers.versions_in_force(db, known_on), list(reports)
    rows = {kind: _newest(versions, kind, "period") for kind in {kind for kind, _ in asked}}
    return [
        None if (row := rows[kind].get(year.iso)) is None else _source(versions.iloc[row], _of_year(kind, year))
        for kind, year in asked
    ]


def versions_of_year(versions: pd.DataFrame, kind: Kind, year: FullYear) -> tuple[Source, ...]:
    """Return all versions among `versions` of a report of a full year, in the order they stand in."""
    rows = versions[(versions["kind"] == kind.value) & (versions["period"] == year.iso)]
    return tuple(_source(row, _of_year(kind, year)) for _, row in rows.iterrows())


@dataclasses.dataclass(frozen=True)
class Withdrawn:
    """A version that was in force until it was withdrawn: on which day, and why."""

    source: Source
    on: date
    reason: str


def withdrawn_of_years(versions: pd.DataFrame, reports: Iterable[tuple[Kind, FullYear]]) -> tuple[Withdrawn, ...]:
    """Return those of all versions of reports of full years that were withdrawn, report by report."""
    gone = versions[versions["withdrawn_on"].notna()]
    years = {(kind.value, year.iso): (kind, year) for kind, year in reports} if len(gone) else {}
    return tuple(
        Withdrawn(_source(row, _of_year(*report)), row["withdrawn_on"].date(), row["withdrawal_reason"])
        for key, report in years.items()
        for _, row in gone.iterrows()
        if (row["kind"], row["period"]) == key
    )


def _of_year(kind: Kind, year: FullYear) -> str:
    return words.average_span(year) if kind is Kind.AVERAGE_RATE else named_period(year)


def _newest(versions: pd.DataFrame, kind: Kind, column: str) -> dict[Any, int]:
    """Return where the newest version of each period (or as_of) of a kind stands."""
    # Versions stand by as_of, so that the last one of a period is its newest.
    stated = zip(versions["kind"].tolist(), versions[column].tolist(), strict=True)
    return {key: row for row, (of, key) in enumerate(stated) if of == kind}


def _source(row: pd.Series, what: str) -> Source:
    return Source(
        kind=Kind(row["kind"]),
        what=what,
        as_of=row["as_of"].date(),
        file_name=row["file_name"],
        issued_on=None if pd.isna(row["issued_on"]) else row["issued_on"].date(),
        received_on=row["received_on"].date(),
        submission_id=int(row["submission_id"]),
        is_simulated=bool(row["is_simulated"]),
        is_correction=bool(row["is_correction"]),
        correction_reason=row["correction_reason"],
    )


def of_half_or_full_years(
    versions: pd.DataFrame, kind: Kind, periods: Sequence[HalfYear | FullYear]
) -> list[Source | None]:
    """Return the newest of the versions in force for each half or full year in the order asked; None without one."""
    rows = _newest(versions, kind, "period")
    found = [rows.get(one.iso) for one in periods]
    return [
        None if row is None else _source(versions.iloc[row], named_period(one))
        for row, one in zip(found, periods, strict=True)
    ]


def named_period(period: HalfYear | FullYear) -> str:
    """Print a period so that a full year cannot be taken for part of one: 113年上半年, 113年全年度."""
    return f"{roc_period(period)}{'全年度' if isinstance(period, FullYear) else ''}"


def of_trend(versions: pd.DataFrame, kind: Kind, slices: Collection[tuple[str, date]]) -> tuple[Source, ...]:
    """Return the reports behind periods (ISO; "" for a snapshot of many) and their as_of, each file once, newest first.

    `versions` are those in force. A file of many periods is quoted with the newest of them.
    """
    columns = (versions[name].tolist() for name in ("kind", "period", "submission_id"))
    rows = [
        (as_of, row, period, submission_id)
        for row, (of, period, submission_id, as_of) in enumerate(zip(*columns, versions["as_of"].dt.date, strict=True))
        if of == kind and (period, as_of) in slices
    ]
    newest: dict[int, tuple[int, str]] = {}
    for _, row, period, submission_id in sorted(rows, key=lambda one: one[0], reverse=True):
        newest.setdefault(submission_id, (row, roc_period(period_from_iso(period)) if period else ""))
    return tuple(_source(versions.iloc[row], what) for row, what in newest.values())
