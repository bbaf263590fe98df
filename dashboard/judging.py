"""Judging a file that was read: against what a manifest says of it, against time, against what is already in."""

from collections.abc import Sequence
from datetime import date

from dashboard.domain import findings as found
from dashboard.domain import judging_words as words
from dashboard.domain.findings import Finding
from dashboard.domain.periods import period_from_iso
from dashboard.domain.roc import roc_date, roc_period
from dashboard.domain.settings import today
from dashboard.ledger import Submission
from dashboard.readers import Reading

_NAMED = 3
"""Files that a finding names."""


def against_manifest(reading: Reading, digest: str, listed_digest: str | None, listed_on: date | None) -> list[Finding]:
    """Refuse a file that is not the one listed, or whose date of issue is not the listed one."""
    findings = []
    if listed_digest and listed_digest != digest:
        findings.append(Finding(found.MANIFEST_DISAGREES, value=digest, expected=listed_digest))
    if listed_on and reading.issued_on and listed_on != reading.issued_on:
        stated, listed = words.issued(reading.issued_on), words.issued(listed_on)
        findings.append(Finding(found.MANIFEST_DISAGREES, value=stated, expected=listed))
    return findings


def against_time(reading: Reading, issued_on: date | None, received_on: date | None) -> list[Finding]:
    """Refuse what time forbids: a cut-off after the issue, an issue after the receipt, a receipt after today.

    A file that prints no date of issue takes the day of receipt for it, with a note; without either it stays out.
    """
    if reading.is_refused:
        return []
    if received_on is None:
        return [Finding(found.ISSUE_DATE_UNKNOWN)]
    findings = [] if issued_on else [Finding(found.ISSUE_DATE_ASSUMED, value=roc_date(received_on))]
    issued_on = issued_on or received_on
    latest = max(slice_.as_of for slice_ in reading.slices)
    if latest > today():
        expected = words.not_after(roc_date(today()))
        findings.append(Finding(found.PERIOD_IN_FUTURE, value=words.cut_off(latest), expected=expected))
    if latest > issued_on:
        # A long file has no date of its own, so only here its cut-offs meet the day it was handed over.
        expected = words.not_before(words.cut_off(latest))
        findings.append(Finding(found.ISSUED_TOO_EARLY, value=words.issued(issued_on), expected=expected))
    if received_on < issued_on:
        expected = words.not_before(words.issued(issued_on))
        findings.append(Finding(found.RECEIVED_BEFORE_ISSUED, value=words.received(received_on), expected=expected))
    if received_on > today():
        expected = words.not_after(roc_date(today()))
        findings.append(Finding(found.RECEIVED_IN_FUTURE, value=words.received(received_on), expected=expected))
    return findings


def overlaps(submission: Submission, reading: Reading) -> bool:
    """Tell whether a submission covers a slice (kind, period, as_of) of the reading."""
    return submission.kind == reading.kind and not set(submission.slices).isdisjoint(reading.slices)


def superseded_by(reading: Reading, issued_on: date | None, known: Sequence[Submission]) -> tuple[int, ...]:
    """Return the submissions a correction replaces: those of its slices issued no later than itself."""
    return tuple(
        s.seq for s in known if reading.is_correction and overlaps(s, reading) and not _before(issued_on, s.issued_on)
    )


def against_known(
    reading: Reading, issued_on: date | None, known: Sequence[Submission], last: int | None = None
) -> list[Finding]:
    """Return what a file's relation to the accepted ones gives: one unmarked original a slice, corrections after it.

    An unmarked file may cover no period that is in already, save as the late original of a correction; a correction
    replaces only what has the same kind, period and as_of, and is issued no earlier. `last` is the last number that
    was given (None: all were): those after it are only previewed beside the file, and are not called in.
    """
    same = [s for s in known if overlaps(s, reading)]
    elsewhere = [s for s in known if s.kind == reading.kind and _same_period(s, reading)]
    if reading.is_correction:
        return _correction(reading, issued_on, same, elsewhere, last)
    if elsewhere or not all(s.is_correction and _before(issued_on, s.issued_on) for s in same):
        rivals = same + elsewhere
        are_in = [s for s in rivals if _is_in(s, last)]
        kind = found.SAME_PERIOD_AGAIN if are_in else found.SAME_PERIOD_TWICE
        return [Finding(kind, value=_spans(reading), expected=_named(are_in or rivals, last))]
    if same:
        return [Finding(found.OLDER_VERSION, value=_issued(issued_on), expected=_named(same, last))]
    return []


def _correction(
    reading: Reading,
    issued_on: date | None,
    same: Sequence[Submission],
    elsewhere: Sequence[Submission],
    last: int | None,
) -> list[Finding]:
    originals = [s for s in same if not s.is_correction]
    if elsewhere:
        return [Finding(found.CORRECTION_ELSEWHERE, value=_spans(reading), expected=_named(elsewhere, last))]
    if not same:
        return [Finding(found.CORRECTION_WITHOUT_ORIGINAL, value=_spans(reading))]
    if any(_before(issued_on, s.issued_on) for s in originals):
        return [Finding(found.CORRECTION_OLDER, value=_issued(issued_on), expected=_named(originals, last))]
    return []


def _before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _same_period(submission: Submission, reading: Reading) -> bool:
    """Tell whether another as_of of the same period is in; snapshots are a series, so theirs never count."""
    days = {slice_.period: slice_.as_of for slice_ in reading.slices if slice_.period}
    return any(days.get(slice_.period, slice_.as_of) != slice_.as_of for slice_ in submission.slices)


def _is_in(submission: Submission, last: int | None) -> bool:
    return last is None or submission.seq <= last


def _named(submissions: Sequence[Submission], last: int | None) -> str:
    shown = [
        words.numbered(s.seq, s.file_name) if _is_in(s, last) else words.beside(s.file_name)
        for s in submissions[:_NAMED]
    ]
    return words.named(shown, len(submissions))


def _issued(day: date | None) -> str:
    return words.issued(day) if day else ""


def _spans(reading: Reading) -> str:
    first, last = (
        roc_period(period_from_iso(one.period)) if one.period else words.until(one.as_of)
        for one in (reading.slices[0], reading.slices[-1])
    )
    return words.between(first, last)
