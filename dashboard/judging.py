"""Judging a file that was read: against what a manifest says of it, against time, against what is already in."""

from collections.abc import Sequence
from datetime import date

from dashboard.domain import findings as found
from dashboard.domain.findings import Finding
from dashboard.domain.settings import today
from dashboard.ledger import Submission
from dashboard.readers import Reading


def against_manifest(reading: Reading, digest: str, listed_digest: str | None, listed_on: date | None) -> list[Finding]:
    """Refuse a file that is not the one listed, or whose date of issue is not the listed one."""
    findings = []
    if listed_digest and listed_digest != digest:
        findings.append(Finding(found.MANIFEST_DISAGREES, value=digest, expected=listed_digest))
    if listed_on and reading.issued_on and listed_on != reading.issued_on:
        stated = f"製表日期 {reading.issued_on}"
        findings.append(Finding(found.MANIFEST_DISAGREES, value=stated, expected=str(listed_on)))
    return findings


def against_time(reading: Reading, issued_on: date | None, received_on: date | None) -> list[Finding]:
    """Refuse what time forbids: a cut-off after the issue, an issue after the receipt, a receipt after today.

    A file that prints no date of issue takes the day of receipt for it, with a note; without either it stays out.
    """
    if reading.is_refused:
        return []
    if received_on is None:
        return [Finding(found.ISSUE_DATE_UNKNOWN)]
    findings = [] if issued_on else [Finding(found.ISSUE_DATE_ASSUMED, value=str(received_on))]
    issued_on = issued_on or received_on
    latest = max(slice_.as_of for slice_ in reading.slices)
    if latest > today():
        findings.append(Finding(found.PERIOD_IN_FUTURE, value=f"資料截止日 {latest}", expected=f"{today()} 或以前"))
    if latest > issued_on:
        # A long file has no date of its own, so only here its cut-offs meet the day it was handed over.
        findings.append(Finding(found.ISSUED_TOO_EARLY, value=str(issued_on), expected=f"資料截止日 {latest} 或以後"))
    if received_on < issued_on:
        findings.append(Finding(found.RECEIVED_BEFORE_ISSUED, value=str(received_on), expected=f"{issued_on} 或以後"))
    if received_on > today():
        findings.append(Finding(found.RECEIVED_IN_FUTURE, value=str(received_on), expected=f"{today()} 或以前"))
    return findings


def overlaps(submission: Submission, reading: Reading) -> bool:
    """Tell whether a submission covers a slice (kind, period, as_of) of the reading."""
    return submission.kind == reading.kind and not set(submission.slices).isdisjoint(reading.slices)


def superseded_by(reading: Reading, issued_on: date | None, known: Sequence[Submission]) -> tuple[int, ...]:
    """Return the submissions a correction replaces: those of its slices issued no later than itself."""
    return tuple(
        s.seq for s in known if reading.is_correction and overlaps(s, reading) and not _before(issued_on, s.issued_on)
    )


def against_known(reading: Reading, issued_on: date | None, known: Sequence[Submission]) -> list[Finding]:
    """Return what a file's relation to the accepted ones gives: one unmarked original a slice, corrections after it.

    An unmarked file may cover no period that is in already, save as the late original of a correction; a correction
    replaces only what has the same kind, period and as_of, and is issued no earlier.
    """
    same = [s for s in known if overlaps(s, reading)]
    elsewhere = [s for s in known if s.kind == reading.kind and _same_period(s, reading)]
    if reading.is_correction:
        return _correction(reading, issued_on, same, elsewhere)
    if elsewhere or not all(s.is_correction and _before(issued_on, s.issued_on) for s in same):
        return [Finding(found.SAME_PERIOD_AGAIN, value=_spans(reading), expected=_named(same + elsewhere))]
    if same:
        return [Finding(found.OLDER_VERSION, value=str(issued_on), expected=_named(same))]
    return []


def _correction(
    reading: Reading, issued_on: date | None, same: Sequence[Submission], elsewhere: Sequence[Submission]
) -> list[Finding]:
    originals = [s for s in same if not s.is_correction]
    if elsewhere:
        return [Finding(found.CORRECTION_ELSEWHERE, value=_spans(reading), expected=_named(elsewhere))]
    if not same:
        return [Finding(found.CORRECTION_WITHOUT_ORIGINAL, value=_spans(reading))]
    if any(_before(issued_on, s.issued_on) for s in originals):
        return [Finding(found.CORRECTION_OLDER, value=str(issued_on), expected=_named(originals))]
    return []


def _before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _same_period(submission: Submission, reading: Reading) -> bool:
    """Tell whether another as_of of the same period is in; snapshots are a series, so theirs never count."""
    days = {slice_.period: slice_.as_of for slice_ in reading.slices if slice_.period}
    return any(days.get(slice_.period, slice_.as_of) != slice_.as_of for slice_ in submission.slices)


def _named(submissions: Sequence[Submission]) -> str:
    return "、".join(f"第 {s.seq} 號 {s.file_name}" for s in submissions[:3])


def _spans(reading: Reading) -> str:
    first, last = reading.slices[0], reading.slices[-1]
    named = first.period or f"截至 {first.as_of}"
    return named if first == last else f"{named} 至 {last.period or last.as_of}"
