"""Which figures in force a file would replace, cell by cell."""

import dataclasses
from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.candidates import Candidate
from dashboard.docket import Docket, frame_of
from dashboard.domain.kinds import Kind
from dashboard.history import compared
from dashboard.ledger import Submission
from dashboard.readers import NOTHING_READ, Slice

_COLUMNS = [
    "period",
    "as_of",
    "billing_period",
    "population",
    "county_code",
    "measure",
    "old",
    "new",
    "sheet",
    "cell",
]


@dataclasses.dataclass(frozen=True)
class Changes:
    """What a file would do to the figures in force.

    `cells` has one row per cell whose figure would become another: period (ISO), as_of, billing_period (ISO, NA save
    for payment rates), population, county_code, measure, old and new (whole numbers, NA where 「…」 or not stated),
    sheet and cell of the new one. `coming` are the file's figures that would be in force, as `Reading.figures`.
    """

    cells: pd.DataFrame
    coming: pd.DataFrame
    new_slices: tuple[Slice, ...]


def no_changes() -> Changes:
    """Return what a file changes that does not come in."""
    nothing = NOTHING_READ.figures
    return Changes(_between(nothing, nothing, None), nothing, ())


def changes(docket: Docket, candidate: Candidate) -> Changes:
    """Compare a candidate, before it is entered, with what is in force for its slices."""
    kind = candidate.reading.kind
    held = docket.in_force(kind)
    slices = candidate.reading.slices
    new = tuple(slice_ for slice_ in slices if slice_ not in held)
    replaced = [slice_ for slice_ in slices if slice_ in held and not _is_older(candidate, held[slice_])]
    ours = frame_of(candidate.parquet)
    old = [_within(docket.figures(one), kind, which) for one, which in _by_submission(held, replaced)]
    before = pd.concat(old, ignore_index=True) if old else NOTHING_READ.figures
    return Changes(_between(before, _within(ours, kind, replaced), kind), _within(ours, kind, [*new, *replaced]), new)


def _is_older(candidate: Candidate, held: Submission) -> bool:
    return (candidate.issued_on or date.min) < (held.issued_on or date.min)


def _by_submission(held: dict[Slice, Submission], slices: Sequence[Slice]) -> list[tuple[Submission, list[Slice]]]:
    found: dict[int, tuple[Submission, list[Slice]]] = {}
    for slice_ in slices:
        one = held[slice_]
        found.setdefault(one.seq, (one, []))[1].append(slice_)
    return list(found.values())


def _within(figures: pd.DataFrame, kind: Kind | None, slices: Sequence[Slice]) -> pd.DataFrame:
    """Take the rows of some slices: those of a snapshot by its day, others by period and day."""
    periods = [""] * len(figures) if kind is Kind.PAYMENT_RATE else figures["period"]
    stated = pd.MultiIndex.from_arrays([periods, figures["as_of"].astype("datetime64[s]")])
    wanted = [(slice_.period, pd.Timestamp(slice_.as_of).as_unit("s")) for slice_ in slices]
    return figures[stated.isin(wanted)] if wanted else figures.iloc[:0]


def _between(before: pd.DataFrame, after: pd.DataFrame, kind: Kind | None) -> pd.DataFrame:
    both = compared(before, after, kind)
    differ = both[both["is_different"]].rename(columns={"new_sheet": "sheet", "new_cell": "cell"})
    return differ[_COLUMNS].reset_index(drop=True)
