"""Birth records: the reports in force that an exhibit's figures come from."""

from collections.abc import Collection, Iterable
from datetime import date

import pandas as pd

from dashboard import answers
from dashboard.domain import words
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear, HalfYear, period_from_iso
from dashboard.domain.roc import roc_period, roc_year
from dashboard.exhibits.exhibit import Source
from dashboard.warehouse import Warehouse


def of_snapshot(db: Warehouse, as_of: date, known_on: date) -> Source | None:
    """Return the payment report of a snapshot day; None where none is in force."""
    return of_snapshots(db, [as_of], known_on)[0]


def of_snapshots(db: Warehouse, days: Iterable[date], known_on: date) -> list[Source | None]:
    """Return the payment reports of snapshot days, one each in the order asked; None where none is in force."""
    frame = answers.versions_in_force(db, known_on)
    of_kind = frame["kind"] == Kind.PAYMENT_RATE.value
    found = [frame[of_kind & (frame["as_of"] == pd.Timestamp(day))] for day in days]
    return [_source(rows.iloc[-1], "") if len(rows) else None for rows in found]


def of_years(db: Warehouse, reports: Iterable[tuple[Kind, FullYear]], known_on: date) -> list[Source | None]:
    """Return the reports of full years, one each in the order asked; None where none is in force."""
    frame = answers.versions_in_force(db, known_on)
    return [_of_year(frame, kind, year) for kind, year in reports]


def _of_year(frame: pd.DataFrame, kind: Kind, year: FullYear) -> Source | None:
    found = frame[(frame["kind"] == kind.value) & (frame["period"] == year.iso)]
    what = words.average_span(year) if kind is Kind.AVERAGE_RATE else f"{roc_year(year.year)}全年度"
    return _source(found.iloc[-1], what) if len(found) else None


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
    versions: pd.DataFrame, kind: Kind, periods: Iterable[HalfYear | FullYear]
) -> list[Source | None]:
    """Return the newest of the versions in force for each half or full year in the order asked; None without one."""
    of_kind = versions[versions["kind"] == kind.value]
    # Versions stand by as_of, so that the last of a period is its newest.
    places = {period: nth for nth, period in enumerate(of_kind["period"])}
    return [_source(of_kind.iloc[places[one.iso]], named_period(one)) if one.iso in places else None for one in periods]


def named_period(period: HalfYear | FullYear) -> str:
    """Print a period so that a full year cannot be taken for part of one: 113年上半年, 113年全年度."""
    return f"{roc_period(period)}{'全年度' if isinstance(period, FullYear) else ''}"


def of_trend(versions: pd.DataFrame, kind: Kind, slices: Collection[tuple[str, date]]) -> tuple[Source, ...]:
    """Return the reports behind periods (ISO; "" for a snapshot of many) and their as_of, each file once, newest first.

    `versions` are those in force. A file of many periods is quoted with the newest of them.
    """
    frame = versions[versions["kind"] == kind.value]
    asked = [pair in slices for pair in zip(frame["period"], frame["as_of"].dt.date, strict=True)]
    newest = frame[asked].sort_values("as_of", ascending=False, kind="stable").drop_duplicates("submission_id")
    named = [roc_period(period_from_iso(iso)) if iso else "" for iso in newest["period"]]
    return tuple(_source(row, what) for (_, row), what in zip(newest.iterrows(), named, strict=True))
