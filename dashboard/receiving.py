"""Receiving: a batch of files is read, judged, stored, built, checked and recorded as one transaction."""

import dataclasses
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime

from dashboard.archive import Archive, sha256
from dashboard.candidates import Candidate, Incoming, Outcome, Receipt, identical, receipt, refuse_batch, weighed
from dashboard.docket import Docket
from dashboard.domain import findings as found
from dashboard.domain import ledger_words
from dashboard.domain.errors import DashboardError
from dashboard.domain.file_names import plain
from dashboard.domain.findings import Finding
from dashboard.domain.settings import Settings, today
from dashboard.ledger import Ledger, Record, Submission, Withdrawal, chained, standing, submissions_in, withdrawals_in
from dashboard.previewing import Foresight, Preview
from dashboard.readers import NOTHING_READ
from dashboard.readers.region import Region
from dashboard.reading_room import Limits, shared_room
from dashboard.warehouse import ChecksFailed, Door, Warehouses

__all__ = ["Candidate", "Incoming", "Office", "Outcome", "Preview", "Progress", "Receipt"]

Progress = Callable[[str], None]

_MOST_LETTERS = 500


class Office:
    """Takes files into one data directory. Batches of all processes end in a serial order."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.archive = Archive(settings.data_dir)
        self._room = shared_room(Limits.of(settings))
        self.ledger = Ledger(settings.data_dir)
        self.warehouses = Warehouses(settings.data_dir, settings.kept_warehouses)
        self._door = Door(settings.data_dir, settings.duckdb_threads)

    def make_ready(self) -> None:
        """Repair what a crash or an upgrade left; where all is well nobody waits for the lock."""
        if not self.warehouses.is_current(self.ledger.head()):
            with self.warehouses.locked():
                self.warehouses.repair(self.ledger)

    def preview(self, batch: Sequence[Incoming | Candidate], progress: Progress = lambda _: None) -> list[Preview]:
        """Say what receiving a batch would do, and store nothing; one preview per file, in the order of taking.

        Each file is judged as if those before it were in already, also those that only want a person's word.
        """
        self.make_ready()
        candidates = self._candidates(batch, progress)
        foresight = Foresight(self._docket(""), self._door.current())
        return [foresight.of(candidate) for candidate in candidates]

    def receive(
        self, batch: Sequence[Incoming | Candidate], by: str, progress: Progress = lambda _: None
    ) -> list[Receipt]:
        """Take a batch in, in order of issue date; each file ends wholly in or wholly out.

        A batch whose figures fail a check stays out as a whole. What was previewed is not read again, but judged
        again. Returns one receipt per file, in the order taken.
        """
        candidates = self._candidates(batch, progress)
        with self.warehouses.locked():
            self.warehouses.repair(self.ledger)
            before = self.ledger.records()
            receipts, records = self._judge(candidates, by)
            return self._record(before, receipts, records) if records else receipts

    def regions(self, incoming: Incoming, wanted: Sequence[Finding]) -> list[Region]:
        """Return the part of a file's sheets around each finding; fewer, or none, where it cannot be read again."""
        return self._room.regions(incoming.content, incoming.file_name, wanted)

    # --- before the lock: reading

    def _candidates(self, batch: Sequence[Incoming | Candidate], progress: Progress) -> list[Candidate]:
        """Read what was not read before; return all in the order of taking."""
        known = {submission.sha256 for submission in standing(self.ledger.records())}
        candidates = []
        for candidate in self._room.in_order(lambda handed_in: self._candidate(handed_in, known), batch):
            progress(candidate.incoming.file_name)
            candidates.append(candidate)
        return sorted(candidates, key=Candidate.turn)

    def _candidate(self, handed_in: Incoming | Candidate, known: Collection[str]) -> Candidate:
        if isinstance(handed_in, Candidate):
            return handed_in
        incoming = dataclasses.replace(handed_in, file_name=plain(handed_in.file_name))
        digest = sha256(incoming.content)
        if digest in known:
            return Candidate(incoming, digest, NOTHING_READ, None, None, (), is_read=False)
        return self._read(incoming, digest)

    def _read(self, incoming: Incoming, digest: str) -> Candidate:
        if len(incoming.content) > self._settings.max_file_mb * 1_000_000:
            too_large = Finding(found.FILE_TOO_LARGE, expected=f"{self._settings.max_file_mb} MB 以內")
            reading = dataclasses.replace(NOTHING_READ, findings=(too_large,))
        else:
            reading = self._room.read(incoming.content, incoming.file_name)
        figures, said = reading.figures, dataclasses.replace(reading, figures=NOTHING_READ.figures)
        if reading.is_refused:
            return weighed(incoming, digest, said)
        parquet = figures.to_parquet(index=False, compression="zstd")
        return weighed(incoming, digest, said, parquet, len(figures))

    # --- under the lock: judging against what is in

    def _docket(self, by: str) -> Docket:
        return Docket(self.archive, self.ledger.records(), self.ledger.head().seq, by)

    def _judge(self, candidates: Sequence[Candidate], by: str) -> tuple[list[Receipt], list[Submission]]:
        docket = self._docket(by)
        receipts: list[Receipt] = []
        records: list[Submission] = []
        for candidate in candidates:
            twin = docket.twin(candidate)
            # Bytes that were in when nobody needed to read them may have left since.
            read = candidate if twin or candidate.is_read else self._read(candidate.incoming, candidate.digest)
            judged = read if twin else _decided(docket, read)
            foreseen, outlook = candidate.foreseen, docket.outlook(judged)
            if twin:
                taken = identical(candidate, twin)
            else:
                records.append(docket.entered(judged))
                taken = receipt(judged, records[-1])
                self._store(judged)
            differs = foreseen is not None and not foreseen.is_like(outlook)
            receipts.append(dataclasses.replace(taken, differs_from_preview=differs))
        return receipts, records

    def _store(self, judged: Candidate) -> None:
        """Keep the original of an accepted file, and its figures, before the journal speaks of them."""
        if not judged.is_refused:
            self.archive.keep_original(judged.incoming.content)
            self.archive.keep_figures(judged.parquet)

    def _record(self, before: Sequence[Record], receipts: list[Receipt], records: list[Submission]) -> list[Receipt]:
        """Build the candidate warehouse, then commit the journal, then move the pointer."""
        try:
            name = self._build(before, records)
        except ChecksFailed as failed:
            if not any(record.is_accepted for record in records):
                raise  # what was in before fails; nothing of this batch is to blame
            self._discard(before, records)
            receipts, records = refuse_batch(receipts, records, failed)
            name = self._build(before, records)
        self._commit(name, records)
        return receipts

    def _commit(self, name: str, records: Sequence[Record]) -> None:
        head = self.ledger.append(records)
        self.warehouses.put_into_service(name, head)
        self.warehouses.prune()

    def _build(self, before: Sequence[Record], records: Sequence[Record]) -> str:
        return self.warehouses.build(chained(self.ledger.head(), records), [*before, *records])

    def _discard(self, before: Sequence[Record], records: Sequence[Submission]) -> None:
        """Take the batch's files out of the archive again, save those that an earlier submission rests on."""
        earlier, batch = ([s for s in submissions_in(some) if s.is_accepted] for some in (before, records))
        self.archive.discard(
            {s.sha256 for s in batch} - {s.sha256 for s in earlier},
            {s.figures_sha256 for s in batch} - {s.figures_sha256 for s in earlier},
        )

    # --- taking back

    def withdraw(self, submission_id: int, reason: str, by: str) -> Withdrawal:
        """Take a submission back from today on: a record more, and nothing less; its files stay.

        What came before it is in force again. DashboardError, and nothing recorded, without an officer or a reason, or
        where that submission was refused, withdrawn before or never handed in.
        """
        by, reason = by.strip(), reason.strip()
        for is_wrong, sentence in (
            (not by, ledger_words.NO_OFFICER),
            (not reason, ledger_words.NO_REASON),
            (len(reason) > _MOST_LETTERS, ledger_words.REASON_TOO_LONG),
        ):
            if is_wrong:
                raise DashboardError(sentence)
        with self.warehouses.locked():
            self.warehouses.repair(self.ledger)
            before = self.ledger.records()
            _refuse_withdrawal(before, submission_id)
            withdrawal = Withdrawal(
                seq=len(before) + 1,
                recorded_at=datetime.now(UTC),
                by=by,
                submission_id=submission_id,
                withdrawn_on=today(),
                reason=reason,
            )
            self._commit(self._build(before, [withdrawal]), [withdrawal])
        return withdrawal


def _decided(docket: Docket, read: Candidate) -> Candidate:
    """Judge a file anew, save where an officer sends it back for what they saw."""
    return docket.judged(read) if read.incoming.sent_back is None else read.as_sent_back()


def _refuse_withdrawal(before: Sequence[Record], submission_id: int) -> None:
    """Raise DashboardError where there is nothing to take back."""
    one = next((s for s in submissions_in(before) if s.seq == submission_id), None)
    if one is None:
        raise DashboardError(ledger_words.no_such_submission(submission_id, len(before)))
    if not one.is_accepted:
        raise DashboardError(ledger_words.refused_is_not_in(submission_id, one.file_name))
    if earlier := withdrawals_in(before).get(submission_id):
        sentence = ledger_words.withdrawn_before(submission_id, one.file_name, earlier.withdrawn_on, earlier.by)
        raise DashboardError(sentence)
