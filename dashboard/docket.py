"""What is in, and what comes in file by file: each candidate is judged as if those before it were in already."""

import dataclasses
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pandas as pd
import pyarrow.parquet as pq

from dashboard.archive import Archive, sha256
from dashboard.candidates import Candidate, Outlook, outcome
from dashboard.comparing import Figures, came_before, figures_in, in_force, time_of
from dashboard.crosschecks import OTHER_OF_VISITS, numbers_withdrawn, reasons_against_visits
from dashboard.domain import findings as found
from dashboard.domain import judging_words
from dashboard.domain.bounds import bounds
from dashboard.domain.findings import Finding
from dashboard.domain.kinds import Kind
from dashboard.domain.settings import today
from dashboard.judging import superseded_by
from dashboard.ledger import Record, Submission, standing, submissions_in
from dashboard.readers import Slice


class Docket:
    """What is in, neither refused nor withdrawn, and what of a batch was entered after it. Stores nothing."""

    def __init__(self, archive: Archive, before: Sequence[Record], seq: int, by: str) -> None:
        """Begin with what is in; `seq` is the number of the journal's last record, `by` who hands in ("": a trial)."""
        self._archive = archive
        self._known = standing(before)
        self._accepted = {one.sha256: one for one in submissions_in(before) if one.is_accepted}
        self._seq = seq
        self._last = None if by else seq
        self._by = by
        self._own: dict[str, bytes] = {}
        self._series: dict[str, Figures] = {}

    def twin(self, candidate: Candidate) -> Submission | None:
        """Return the submission of the same bytes."""
        return next((one for one in self._known if one.sha256 == candidate.digest), None)

    def is_in(self, submission: Submission) -> bool:
        """Tell whether a submission has its number in the journal; on a trial those of the batch have none."""
        return self._last is None or submission.seq <= self._last

    def judged(self, candidate: Candidate) -> Candidate:
        """Hold a candidate against what is in: what covers its slices, and the figures of earlier reports."""
        # A candidate that was previewed was judged before, against what was in then.
        candidate = candidate.by_itself()
        if candidate.is_past_asking:
            return candidate
        judged = candidate.judged_against(self._known, self._last)
        return judged if judged.is_past_asking else self._remembered(self._compared(judged))

    def _remembered(self, candidate: Candidate) -> Candidate:
        """Note where the same bytes, no twin being in, were in once and then withdrawn."""
        once = self._accepted.get(candidate.digest)
        if once is None:
            return candidate
        noted = Finding(found.WITHDRAWN_BEFORE, expected=judging_words.numbered(once.seq, once.file_name))
        return dataclasses.replace(candidate, findings=(*candidate.findings, noted))

    def _compared(self, candidate: Candidate) -> Candidate:
        kind = candidate.reading.kind
        if kind is None:
            return candidate
        earlier = came_before(candidate.reading, self._known, bounds().jump.reports)
        before = {time: self._of_series(kind, s.figures_sha256) for time, s in earlier.items()}
        figures = self._series[sha256(candidate.parquet)] = figures_in(kind, candidate.parquet)
        return candidate.compared_with(before, figures).also_found(self._crosschecked(candidate, kind, figures))

    def _crosschecked(self, candidate: Candidate, kind: Kind, figures: Figures) -> list[Finding]:
        """Hold the figures against those in force that they would replace, and visits against their reasons."""
        held, issued_on = self.in_force(kind), candidate.issued_on or date.max
        replaced = {
            time_of(slice_): self._of_series(kind, held[slice_].figures_sha256)
            for slice_ in candidate.reading.slices
            if slice_ in held and (held[slice_].issued_on or date.min) <= issued_on
        }
        more = numbers_withdrawn(figures, replaced)
        if other := OTHER_OF_VISITS.get(kind):
            theirs = self.in_force(other)
            both = [slice_ for slice_ in candidate.reading.slices if slice_ in theirs]
            others = {time_of(one): self._of_series(other, theirs[one].figures_sha256) for one in both}
            more += reasons_against_visits(kind, figures, others)
        return more

    def _of_series(self, kind: Kind, digest: str) -> Figures:
        if digest not in self._series:
            self._series[digest] = figures_in(kind, self._stored(digest))
        return self._series[digest]

    def _stored(self, digest: str) -> bytes:
        return self._own.get(digest) or self._archive.figures(digest)

    def outlook(self, judged: Candidate) -> Outlook:
        """Return what a preview promises and a receipt is compared with."""
        said = {(f.kind.code, f.sheet, f.cell, f.value) for f in judged.findings}
        if twin := self.twin(judged):
            return Outlook(frozenset({(found.IDENTICAL.code,)}), frozenset((one, twin.sha256) for one in twin.slices))
        held = self.in_force(judged.reading.kind)
        meets = {(slice_, held[slice_].sha256) for slice_ in judged.reading.slices if slice_ in held}
        return Outlook(frozenset(said), frozenset(meets))

    def in_force(self, kind: Kind | None) -> dict[Slice, Submission]:
        """Return the submission in force for each slice of a kind."""
        return in_force(kind, self._known)

    def figures(self, submission: Submission) -> pd.DataFrame:
        """Return the figures of a submission, one row each, as `Reading.figures`."""
        return frame_of(self._stored(submission.figures_sha256))

    def entered(self, judged: Candidate, *, even_asking: bool = False) -> Submission:
        """Give a judged candidate its number and record; from here on it is in, for those after it, if accepted.

        With `even_asking` also where only a person's word is wanting.
        """
        self._seq += 1
        record = self._record(judged)
        if record.is_accepted:
            self._known.append(record)
        elif even_asking and not judged.is_past_asking:
            self._known.append(self._record(dataclasses.replace(judged, findings=())))
        if not judged.is_past_asking:
            self._own[sha256(judged.parquet)] = judged.parquet
        return record

    def _record(self, judged: Candidate) -> Submission:
        reading, incoming, is_refused = judged.reading, judged.incoming, judged.is_refused
        superseded = () if is_refused else superseded_by(reading, judged.issued_on, self._known)
        return Submission(
            seq=self._seq,
            recorded_at=datetime.now(UTC),
            by=self._by,
            file_name=incoming.file_name,
            sha256=judged.digest,
            size_bytes=len(incoming.content),
            outcome=outcome(judged),
            kind=reading.kind,
            layout=reading.layout,
            slices=() if is_refused else reading.slices,
            issued_on=judged.issued_on,
            received_on=judged.received_on or today(),
            is_correction=reading.is_correction,
            correction_reason=judged.correction_reason,
            supersedes=superseded,
            is_simulated=reading.is_simulated or incoming.is_simulated,
            figures_sha256="" if is_refused else sha256(judged.parquet),
            figure_count=0 if is_refused else judged.figure_count,
            findings=tuple(finding.as_record() for finding in judged.findings),
            stated=reading.slices if is_refused else (),
        )


def frame_of(parquet: bytes) -> pd.DataFrame:
    """Return stored figures, one row each, as `Reading.figures`."""
    frame: pd.DataFrame = pq.read_table(io.BytesIO(parquet)).to_pandas()
    return frame
