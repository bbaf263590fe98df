"""Files on their way in: what is handed in, what is known of it while it is judged, and what became of it."""

import dataclasses
import logging
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from dashboard.comparing import Figures, against_history
from dashboard.domain import findings as found
from dashboard.domain import intake_words, judging_words
from dashboard.domain.bounds import bounds
from dashboard.domain.errors import DashboardError
from dashboard.domain.findings import Finding, Severity
from dashboard.domain.kinds import Kind
from dashboard.judging import against_known, against_manifest, against_time
from dashboard.ledger import Submission
from dashboard.readers import Reading, Slice
from dashboard.warehouse import ChecksFailed

_log = logging.getLogger(__name__)

Outcome = Literal["accepted", "accepted_with_notes", "refused", "identical"]


@dataclasses.dataclass(frozen=True)
class Incoming:
    """A file handed in. What the sender or a manifest says of it besides its content may be given.

    `received_on` is the official receipt; None means the date of issue printed in the file. `acknowledged` says why
    what stands out in the file is right all the same; empty where nobody looked. `sent_back` is why an officer sends
    it back, "" where what was found says it; None where it is to be received.
    """

    file_name: str
    content: bytes
    received_on: date | None
    issued_on: date | None = None
    sha256: str | None = None
    is_simulated: bool = False
    correction_reason: str = ""
    acknowledged: str = ""
    sent_back: str | None = None


@dataclasses.dataclass(frozen=True)
class Receipt:
    """What became of one file; `same_as` names the file of an identical one's first receipt.

    `differs_from_preview`: something came in after the preview, and the file was judged otherwise or replaced another.
    """

    file_name: str
    outcome: Outcome
    kind: Kind | None
    slices: tuple[Slice, ...]
    issued_on: date | None
    received_on: date | None
    figure_count: int
    findings: tuple[Finding, ...]
    submission_id: int | None
    same_as: str = ""
    differs_from_preview: bool = False

    @property
    def is_refused(self) -> bool:
        return self.outcome == "refused"


@dataclasses.dataclass(frozen=True)
class Outlook:
    """What was to be expected of a file when it was previewed.

    Its findings (code, sheet, cell, value; None: not compared) and, by slice, the SHA-256 of the file in force.
    """

    findings: frozenset[tuple[str, ...]] | None
    meets: frozenset[tuple[Slice, str]]

    def is_like(self, other: "Outlook") -> bool:
        is_told_otherwise = None in {self.findings, other.findings}
        return self.meets == other.meets and (is_told_otherwise or self.findings == other.findings)


@dataclasses.dataclass(frozen=True)
class Candidate:
    """A file with its reading and the dates that hold for it.

    Its figures wait as Parquet, a small part of their frame: a batch may hold a whole archive of long files. `is_read`
    is False where the bytes were in already, so that nobody read them; `foreseen` is what its preview said.
    """

    incoming: Incoming
    digest: str
    reading: Reading
    issued_on: date | None
    received_on: date | None
    findings: tuple[Finding, ...]
    parquet: bytes = b""
    figure_count: int = 0
    is_read: bool = True
    foreseen: Outlook | None = None

    @property
    def is_refused(self) -> bool:
        return any(finding.is_refusal for finding in self.findings)

    @property
    def is_past_asking(self) -> bool:
        """Tell whether nothing that a person says of it could bring it in."""
        return any(finding.is_final for finding in self.findings)

    def told(
        self,
        *,
        received_on: date | None = None,
        correction_reason: str | None = None,
        acknowledged: str | None = None,
    ) -> "Candidate":
        """Return the same file, read as it is, with what a person says of it; None leaves what was said before."""
        incoming = dataclasses.replace(
            self.incoming,
            received_on=received_on or self.incoming.received_on,
            correction_reason=self.incoming.correction_reason if correction_reason is None else correction_reason,
            acknowledged=self.incoming.acknowledged if acknowledged is None else acknowledged,
        )
        foreseen = self.foreseen and dataclasses.replace(self.foreseen, findings=None)
        return dataclasses.replace(self, incoming=incoming, foreseen=foreseen).by_itself()

    def by_itself(self) -> "Candidate":
        """Return the same file with what it and its sender say, without what came of judging it before."""
        if not self.is_read:
            return dataclasses.replace(self, findings=())
        again = weighed(self.incoming, self.digest, self.reading, self.parquet, self.figure_count)
        return dataclasses.replace(again, foreseen=self.foreseen)

    @property
    def correction_reason(self) -> str:
        """Return the reason the file's notes give, or else the one handed in with it."""
        given = self.incoming.correction_reason if self.reading.is_correction else ""
        return self.reading.correction_reason or given

    def turn(self) -> tuple[date, bool, str]:
        """Return what decides a file's turn: date of issue, then originals before corrections of the same day."""
        return self.issued_on or date.max, self.reading.is_correction, self.incoming.file_name

    def as_sent_back(self) -> "Candidate":
        """Keep out what an officer sends back, for what its findings say, which that officer saw, and their reason.

        DashboardError where neither says why.
        """
        said = (self.incoming.sent_back or "").strip()
        if said:
            return dataclasses.replace(self, findings=(Finding(found.RETURNED, value=said), *self.findings))
        if not self.is_past_asking:
            raise DashboardError(intake_words.NO_REASON_OF_RETURN)
        return self

    def judged_against(self, known: Sequence[Submission], last: int | None = None) -> "Candidate":
        """Hold it against what is in; submissions numbered above `last` are only previewed beside it."""
        more = against_known(self.reading, self.issued_on, known, last)
        return dataclasses.replace(self, findings=(*self.findings, *more))

    def compared_with(self, before: Mapping[str, Figures], figures: Figures) -> "Candidate":
        """Hold the figures against the counties' own earlier ones."""
        if self.reading.kind is None:
            return self
        return self.also_found(against_history(self.reading.kind, figures, before, bounds()))

    def also_found(self, findings: Sequence[Finding]) -> "Candidate":
        """Return the same file with more that was found; what was acknowledged beforehand stays a note."""
        said = self.incoming.acknowledged
        more = [
            dataclasses.replace(f, acknowledged=said) if f.kind.severity is Severity.ACKNOWLEDGE else f
            for f in findings
        ]
        return dataclasses.replace(self, findings=(*self.findings, *more))


def weighed(
    incoming: Incoming, digest: str, reading: Reading, parquet: bytes = b"", figure_count: int = 0
) -> Candidate:
    """Judge a file by itself: by what its reading found, what was said of it when it was handed in, and time."""
    issued_on = reading.issued_on or incoming.issued_on
    received_on = incoming.received_on or issued_on
    stated = [
        _answered(finding, incoming.acknowledged)
        for finding in reading.findings
        if not (incoming.correction_reason and finding.kind is found.CORRECTION_WITHOUT_REASON)
    ]
    claims = against_manifest(reading, digest, incoming.sha256, incoming.issued_on)
    findings = (*stated, *claims, *against_time(reading, issued_on, received_on))
    return Candidate(incoming, digest, reading, issued_on or received_on, received_on, findings, parquet, figure_count)


def _answered(finding: Finding, said: str) -> Finding:
    """Keep with a finding what was said of it beforehand; a correction's reason is asked for and kept on its own."""
    is_asked = finding.kind.severity is Severity.ACKNOWLEDGE and finding.kind is not found.CORRECTION_WITHOUT_REASON
    return dataclasses.replace(finding, acknowledged=said) if is_asked else finding


def outcome(candidate: Candidate) -> Literal["accepted", "accepted_with_notes", "refused"]:
    if candidate.is_refused:
        return "refused"
    return "accepted_with_notes" if candidate.findings else "accepted"


def receipt(candidate: Candidate, record: Submission) -> Receipt:
    return Receipt(
        file_name=candidate.incoming.file_name,
        outcome=record.outcome,
        kind=candidate.reading.kind,
        slices=candidate.reading.slices,
        # Of a refused file only what it says itself: a date it merely would have been given is not its own.
        issued_on=candidate.reading.issued_on if record.outcome == "refused" else candidate.issued_on,
        received_on=candidate.received_on,
        figure_count=record.figure_count,
        findings=candidate.findings,
        submission_id=record.seq,
    )


def identical(candidate: Candidate, twin: Submission) -> Receipt:
    held = judging_words.numbered(twin.seq, twin.file_name)
    return Receipt(
        candidate.incoming.file_name,
        "identical",
        twin.kind,
        twin.slices,
        twin.issued_on,
        twin.received_on,
        twin.figure_count,
        (Finding(found.IDENTICAL, value=candidate.incoming.file_name, expected=held),),
        twin.seq,
        twin.file_name,
    )


def refuse_batch(
    receipts: list[Receipt], records: list[Submission], failed: ChecksFailed
) -> tuple[list[Receipt], list[Submission]]:
    """Turn every accepted file of the batch into a refused one: no figure of a failing batch comes in."""
    _log.error("a batch stays out: %s", failed.failures)
    findings = tuple(
        Finding(
            found.CHECKS_FAILED,
            value=judging_words.CHECKS.get(check, check),
            expected=judging_words.failing(len(rows)),
        )
        for check, rows in failed.failures.items()
    )
    refused = [
        record
        if not record.is_accepted
        else record.model_copy(
            update={
                "outcome": "refused",
                "slices": (),
                "stated": record.slices,
                "supersedes": (),
                "figures_sha256": "",
                "figure_count": 0,
                "findings": (*record.findings, *(finding.as_record() for finding in findings)),
            }
        )
        for record in records
    ]
    return [
        receipt
        if receipt.outcome in {"refused", "identical"}
        else dataclasses.replace(receipt, outcome="refused", figure_count=0, findings=(*receipt.findings, *findings))
        for receipt in receipts
    ], refused
