"""Receiving: a batch of files is read, judged, stored, built, checked and recorded as one transaction."""

import dataclasses
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime
from typing import Literal

from dashboard.archive import Archive, sha256
from dashboard.domain import findings as found
from dashboard.domain.findings import Finding
from dashboard.domain.kinds import Kind
from dashboard.domain.settings import Settings, today
from dashboard.judging import against_known, against_manifest, against_time, superseded_by
from dashboard.ledger import Ledger, Submission, chained
from dashboard.readers import NOTHING_READ, Reading, Slice, read
from dashboard.warehouse import ChecksFailed, Warehouses

Outcome = Literal["accepted", "accepted_with_notes", "refused", "identical"]


@dataclasses.dataclass(frozen=True)
class Incoming:
    """A file handed in. What the sender or a manifest says of it besides its content may be given.

    `received_on` is the official receipt; None means the date of issue printed in the file.
    """

    file_name: str
    content: bytes
    received_on: date | None
    issued_on: date | None = None
    sha256: str | None = None
    is_simulated: bool = False
    correction_reason: str = ""


@dataclasses.dataclass(frozen=True)
class Receipt:
    """What became of one file; `same_as` names the file of an identical one's first receipt."""

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

    @property
    def is_refused(self) -> bool:
        return self.outcome == "refused"


@dataclasses.dataclass(frozen=True)
class _Candidate:
    """A file with its reading and the dates that hold for it.

    Its figures wait as Parquet, a small part of their frame: a batch may hold a whole archive of long files.
    """

    incoming: Incoming
    digest: str
    reading: Reading
    issued_on: date | None
    received_on: date | None
    findings: tuple[Finding, ...]
    parquet: bytes = b""
    figure_count: int = 0

    @property
    def is_refused(self) -> bool:
        return any(finding.is_refusal for finding in self.findings)

    @property
    def correction_reason(self) -> str:
        """Return the reason the file's notes give, or else the one handed in with it."""
        given = self.incoming.correction_reason if self.reading.is_correction else ""
        return self.reading.correction_reason or given

    def turn(self) -> tuple[date, bool, str]:
        """Return what decides a file's turn: date of issue, then originals before corrections of the same day."""
        return self.issued_on or date.max, self.reading.is_correction, self.incoming.file_name

    def judged_against(self, known: Sequence[Submission]) -> "_Candidate":
        more = against_known(self.reading, self.issued_on, known)
        return dataclasses.replace(self, findings=(*self.findings, *more))


Progress = Callable[[str], None]


class Office:
    """Takes files into one data directory. Batches of all processes end in a serial order."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._archive = Archive(settings.data_dir)
        self.ledger = Ledger(settings.data_dir)
        self.warehouses = Warehouses(settings.data_dir, settings.kept_warehouses)

    def make_ready(self) -> None:
        """Repair what a crash or an upgrade left; where all is well nobody waits for the lock."""
        if not self.warehouses.is_current(self.ledger.head()):
            with self.warehouses.locked():
                self.warehouses.repair(self.ledger)

    def receive(self, batch: Sequence[Incoming], by: str, progress: Progress = lambda _: None) -> list[Receipt]:
        """Take a batch in, in order of issue date; each file ends wholly in or wholly out.

        A batch whose figures fail a check stays out as a whole. Returns one receipt per file, in the order taken.
        """
        known = {submission.sha256 for submission in self.ledger.submissions() if submission.is_accepted}
        candidates = []
        for incoming in batch:
            progress(incoming.file_name)
            candidates.append(self._read(incoming, known))
        candidates.sort(key=_Candidate.turn)
        with self.warehouses.locked():
            self.warehouses.repair(self.ledger)
            before = self.ledger.submissions()
            receipts, records = self._judge(candidates, before, by)
            return self._record(before, receipts, records) if records else receipts

    # --- before the lock: reading

    def _read(self, incoming: Incoming, known: Collection[str]) -> _Candidate:
        digest = sha256(incoming.content)
        if digest in known:
            return _Candidate(incoming, digest, NOTHING_READ, None, None, ())
        if len(incoming.content) > self._settings.max_file_mb * 1_000_000:
            too_large = Finding(found.FILE_TOO_LARGE, expected=f"{self._settings.max_file_mb} MB 以內")
            reading = dataclasses.replace(NOTHING_READ, findings=(too_large,))
        else:
            reading = read(incoming.content, incoming.file_name, self._settings.max_cells)
        issued_on = reading.issued_on or incoming.issued_on
        received_on = incoming.received_on or issued_on
        claims = against_manifest(reading, digest, incoming.sha256, incoming.issued_on)
        stated = [
            f
            for f in reading.findings
            if not (incoming.correction_reason and f.kind is found.CORRECTION_WITHOUT_REASON)
        ]
        findings = (*stated, *claims, *against_time(reading, issued_on, received_on))
        figures, said = reading.figures, dataclasses.replace(reading, figures=NOTHING_READ.figures)
        candidate = _Candidate(incoming, digest, said, issued_on or received_on, received_on, findings)
        if candidate.is_refused:
            return candidate
        parquet = figures.to_parquet(index=False, compression="zstd")
        return dataclasses.replace(candidate, parquet=parquet, figure_count=len(figures))

    # --- under the lock: judging against what is in

    def _judge(
        self, candidates: Sequence[_Candidate], before: Sequence[Submission], by: str
    ) -> tuple[list[Receipt], list[Submission]]:
        known = [submission for submission in before if submission.is_accepted]
        seq = len(before)
        receipts: list[Receipt] = []
        records: list[Submission] = []
        for candidate in candidates:
            if twin := next((s for s in known if s.sha256 == candidate.digest), None):
                receipts.append(_identical(candidate, twin))
                continue
            judged = candidate if candidate.is_refused else candidate.judged_against(known)
            seq += 1
            record = self._submission(judged, known, seq, by)
            records.append(record)
            receipts.append(_receipt(judged, record))
            if record.is_accepted:
                known.append(record)
        return receipts, records

    def _submission(self, candidate: _Candidate, known: Sequence[Submission], seq: int, by: str) -> Submission:
        """Make the journal's record; of an accepted file the original and its figures are stored first."""
        reading, incoming = candidate.reading, candidate.incoming
        figures_digest = "" if candidate.is_refused else self._store(candidate)
        superseded = () if candidate.is_refused else superseded_by(reading, candidate.issued_on, known)
        return Submission(
            seq=seq,
            recorded_at=datetime.now(UTC),
            by=by,
            file_name=incoming.file_name,
            sha256=candidate.digest,
            size_bytes=len(incoming.content),
            outcome=_outcome(candidate),
            kind=reading.kind,
            layout=reading.layout,
            slices=() if candidate.is_refused else reading.slices,
            issued_on=candidate.issued_on,
            received_on=candidate.received_on or today(),
            is_correction=reading.is_correction,
            correction_reason=candidate.correction_reason,
            supersedes=superseded,
            is_simulated=reading.is_simulated or incoming.is_simulated,
            figures_sha256=figures_digest,
            figure_count=0 if candidate.is_refused else candidate.figure_count,
            findings=tuple(finding.as_record() for finding in candidate.findings),
        )

    def _store(self, candidate: _Candidate) -> str:
        self._archive.keep_original(candidate.incoming.content)
        return self._archive.keep_figures(candidate.parquet)

    def _record(
        self, before: Sequence[Submission], receipts: list[Receipt], records: list[Submission]
    ) -> list[Receipt]:
        """Build the candidate warehouse, then commit the journal, then move the pointer."""
        try:
            name = self._build(before, records)
        except ChecksFailed as failed:
            if not any(record.is_accepted for record in records):
                raise  # what was in before fails; nothing of this batch is to blame
            self._discard(before, records)
            receipts, records = _refuse_batch(receipts, records, failed)
            name = self._build(before, records)
        head = self.ledger.append(records)
        self.warehouses.put_into_service(name, head)
        self.warehouses.prune()
        return receipts

    def _build(self, before: Sequence[Submission], records: Sequence[Submission]) -> str:
        return self.warehouses.build(chained(self.ledger.head(), records), [*before, *records])

    def _discard(self, before: Sequence[Submission], records: Sequence[Submission]) -> None:
        """Take the batch's files out of the archive again, save those that an earlier submission rests on."""
        earlier, batch = ([s for s in some if s.is_accepted] for some in (before, records))
        self._archive.discard(
            {s.sha256 for s in batch} - {s.sha256 for s in earlier},
            {s.figures_sha256 for s in batch} - {s.figures_sha256 for s in earlier},
        )


def _outcome(candidate: _Candidate) -> Literal["accepted", "accepted_with_notes", "refused"]:
    if candidate.is_refused:
        return "refused"
    return "accepted_with_notes" if candidate.findings else "accepted"


def _receipt(candidate: _Candidate, record: Submission) -> Receipt:
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


def _identical(candidate: _Candidate, twin: Submission) -> Receipt:
    return Receipt(
        candidate.incoming.file_name,
        "identical",
        twin.kind,
        twin.slices,
        twin.issued_on,
        twin.received_on,
        twin.figure_count,
        (),
        twin.seq,
        twin.file_name,
    )


def _refuse_batch(
    receipts: list[Receipt], records: list[Submission], failed: ChecksFailed
) -> tuple[list[Receipt], list[Submission]]:
    """Turn every accepted file of the batch into a refused one: no figure of a failing batch comes in."""
    findings = tuple(
        Finding(found.CHECKS_FAILED, value=check, expected=str(rows)) for check, rows in failed.failures.items()
    )
    refused = [
        record
        if not record.is_accepted
        else record.model_copy(
            update={
                "outcome": "refused",
                "slices": (),
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
