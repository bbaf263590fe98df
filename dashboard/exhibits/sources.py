"""Birth records: the reports in force that an exhibit's figures come from."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from dashboard import answers
from dashboard.domain import words
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_year
from dashboard.exhibits.exhibit import Source
from dashboard.warehouse import Warehouse


def of_snapshot(db: Warehouse, as_of: date, known_on: date) -> Source | None:
    """Return the payment report of a snapshot day; None where none is in force."""
    frame = answers.versions_in_force(db, known_on)
    found = frame[(frame["kind"] == Kind.PAYMENT_RATE.value) & (frame["as_of"] == pd.Timestamp(as_of))]
    return _source(found.iloc[-1], "") if len(found) else None


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
