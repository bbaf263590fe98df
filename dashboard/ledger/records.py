"""What the ledger's two chains hold: files handed in or withdrawn, and what people decided."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Tag, TypeAdapter

from dashboard.domain.kinds import Kind
from dashboard.readers import Slice


class Submission(BaseModel):
    """One file handed in, as the journal keeps it.

    `issued_on` is printed by the sender, `received_on` the official receipt, `recorded_at` (UTC) when this record was
    written. `slices` are what a correction replaces as a whole; `supersedes` names the records this one replaces.
    Of a refused file nothing is in: `stated` is what it said it speaks of, as far as it could be read.
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
    stated: tuple[Slice, ...] = ()

    @property
    def is_accepted(self) -> bool:
        return self.outcome != "refused"

    @property
    def speaks_of(self) -> tuple[Slice, ...]:
        """Return the slices of a file that is in, or those a refused one named."""
        return self.slices or self.stated


class Withdrawal(BaseModel):
    """A submission taken back: from `withdrawn_on` (a day in Taipei) on, what it states is no longer known.

    The submission and its files stay; what was known before that day stays known for it.
    """

    model_config = ConfigDict(frozen=True)

    record: Literal["withdrawal"] = "withdrawal"
    seq: int
    recorded_at: datetime
    by: str
    submission_id: int
    withdrawn_on: date
    reason: str


def _which(stored: object) -> str:
    # Submissions were recorded before there was anything else, and do not say what they are.
    named = stored.get("record", "submission") if isinstance(stored, dict) else getattr(stored, "record", "submission")
    return str(named)


Record = Submission | Withdrawal
"""What the journal holds; its numbers count records of both kinds."""

RECORDS: TypeAdapter[Record] = TypeAdapter(
    Annotated[
        Annotated[Submission, Tag("submission")] | Annotated[Withdrawal, Tag("withdrawal")], Discriminator(_which)
    ]
)


def submissions_in(records: Iterable[Record]) -> list[Submission]:
    """Return the files handed in, whatever became of them."""
    return [record for record in records if isinstance(record, Submission)]


def withdrawals_in(records: Iterable[Record]) -> dict[int, Withdrawal]:
    """Return what was taken back, by the number of the submission."""
    return {record.submission_id: record for record in records if isinstance(record, Withdrawal)}


def standing(records: Iterable[Record]) -> list[Submission]:
    """Return the submissions that are in: accepted and not withdrawn."""
    listed = list(records)
    withdrawn = withdrawals_in(listed)
    return [record for record in submissions_in(listed) if record.is_accepted and record.seq not in withdrawn]


DecisionKind = Literal["settlement", "freeze", "duty_done"]
"""What may be decided: who of equals is among the last ones, a year's ranking for good, a duty ticked off."""


class Decision(BaseModel):
    """What a person decided, and the journal's head it rests on. `body` is plain JSON, its content set by `kind`."""

    model_config = ConfigDict(frozen=True)

    seq: int
    recorded_at: datetime
    by: str
    kind: DecisionKind
    body: dict[str, Any]
    journal_seq: int
    journal_hash: str
