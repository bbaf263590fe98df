"""The versions of a report: which was in force when, and what one says otherwise than another, cell by cell."""

import dataclasses
import io
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import pyarrow.parquet as pq

from dashboard.archive import Archive
from dashboard.domain import version_words
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.ledger import Ledger, Submission, submissions_in, withdrawals_in
from dashboard.readers import Slice

_CELL = ["period", "as_of", "population", "county_code", "measure"]
_COLUMNS = [
    *_CELL[:2],
    "billing_period",
    *_CELL[2:],
    "old",
    "new",
    "difference",
    "is_different",
    "old_sheet",
    "old_cell",
    "new_sheet",
    "new_cell",
]


@dataclasses.dataclass(frozen=True)
class Version:
    """A submission that covers a slice: in force from `known_from` up to, but not on, `known_until`; None: to this day.

    One that came in after its correction was never in force: its `known_until` is not after its `known_from`.
    `superseded_by` is the number of the submission that ended it; None also where it ended by being withdrawn, from
    `withdrawn_on` on.
    """

    submission: Submission
    known_from: date
    known_until: date | None
    superseded_by: int | None
    withdrawn_on: date | None = None

    @property
    def is_in_force(self) -> bool:
        return self.known_until is None


def versions(ledger: Ledger, kind: Kind, slice_: Slice) -> list[Version]:
    """Return every accepted version of a slice in the order of issue; the last one that is not withdrawn is in force.

    One that is in force again since what came after it was withdrawn is there once for each stretch of days.
    """
    records = ledger.records()
    covering = [one for one in submissions_in(records) if one.is_accepted and one.kind is kind and slice_ in one.slices]
    covering.sort(key=lambda one: (one.issued_on or date.min, one.seq))
    withdrawn = {number: one.withdrawn_on for number, one in withdrawals_in(records).items()}
    days = sorted({one.received_on for one in covering} | {withdrawn[s.seq] for s in covering if s.seq in withdrawn})
    holders = [(day, _holder(covering, withdrawn, day)) for day in days]
    return [version for one in covering for version in _stretches(one, holders, withdrawn.get(one.seq))]


def _holder(covering: Sequence[Submission], withdrawn: Mapping[int, date], day: date) -> int | None:
    """Return which is in force at the end of a day, as in queries/marts/version.sql."""
    known = [s.seq for s in covering if s.received_on <= day < withdrawn.get(s.seq, date.max)]
    return known[-1] if known else None


def _stretches(one: Submission, holders: Sequence[tuple[date, int | None]], withdrawn_on: date | None) -> list[Version]:
    found: list[Version] = []
    since: date | None = None
    for day, holder in holders:
        if holder == one.seq and since is None:
            since = day
        elif holder != one.seq and since is not None:
            found.append(Version(one, since, day, None if day == withdrawn_on else holder, withdrawn_on))
            since = None
    if since is not None:
        return [*found, Version(one, since, None, None, withdrawn_on)]
    return found or [_never_in_force(one, holders, withdrawn_on)]


def _never_in_force(one: Submission, holders: Sequence[tuple[date, int | None]], withdrawn_on: date | None) -> Version:
    by = next((holder for day, holder in holders if day == one.received_on), None)
    return Version(one, one.received_on, one.received_on, by, withdrawn_on)


def compare(archive: Archive, a: Submission, b: Submission) -> pd.DataFrame:
    """Return one row per cell that either of two submissions states, `a` as old and `b` as new.

    Columns: period (ISO), as_of, billing_period (ISO, NA save for payment rates), population, county_code, measure,
    old, new, difference (whole numbers; NA where 「…」 or not stated), is_different, old_sheet, old_cell, new_sheet and
    new_cell. DashboardError where they are of two kinds, one was refused, or its figures were altered.
    """
    for one in (a, b):
        if not one.is_accepted:
            raise DashboardError(version_words.without_figures(one.file_name))
    if a.kind is not b.kind:
        raise DashboardError(version_words.of_two_kinds(a.file_name, b.file_name))
    old, new = (pq.read_table(io.BytesIO(archive.figures(one.figures_sha256))).to_pandas() for one in (a, b))
    return compared(old, new, a.kind)


def compared(old: pd.DataFrame, new: pd.DataFrame, kind: Kind | None) -> pd.DataFrame:
    """Lay two frames of figures of a kind over each other; columns as `compare`."""
    left, right = (
        frame[[*_CELL, "value", "sheet", "cell"]].rename(
            columns={"value": side, "sheet": f"{side}_sheet", "cell": f"{side}_cell"}
        )
        for frame, side in ((old, "old"), (new, "new"))
    )
    both = left.merge(right, on=_CELL, how="outer")
    both["billing_period"] = both["period"].where(pd.Series(kind is Kind.PAYMENT_RATE, index=both.index))
    both["difference"] = both["new"] - both["old"]
    is_same = (both["old"] == both["new"]).fillna(value=False) | (both["old"].isna() & both["new"].isna())
    both["is_different"] = ~is_same.astype(bool)
    return both[_COLUMNS]
