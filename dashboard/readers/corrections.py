"""Whether a file calls itself a correction, and which reason it gives."""

import re

from dashboard.domain import findings as found
from dashboard.domain.findings import Finding
from dashboard.readers.layout import declared, says
from dashboard.readers.sheets import SheetReading

_LED_IN = re.compile(r"^(?:(?:註|附註|備註|說明)\s*[:：]?\s*)?(?:[(（]?[\d一二三四五六七八九十]+[)）.、]\s*)?")
_COLON = re.compile(r"[:：]\s*")


def correction_of(file_name: str, readings: list[SheetReading]) -> tuple[bool, str, list[Finding]]:
    """Return whether title or file name calls a file a correction, its reason if one is given, and what is missing."""
    words = declared().words.correction
    in_title = any(says(reading.head.title, words) for reading in readings)
    in_name = says(file_name, words)
    reason = _reason([note for reading in readings for note in reading.notes])
    findings = []
    if in_title != in_name:
        findings.append(Finding(found.CORRECTION_HALF_MARKED, value=file_name, expected=readings[0].head.title))
    if (in_title or in_name) and not reason:
        findings.append(Finding(found.CORRECTION_WITHOUT_REASON))
    return in_title or in_name, reason, findings


def _reason(notes: list[str]) -> str:
    for note in notes:
        for word in declared().words.correction_reason:
            if word in note:
                return note.partition(word)[2].lstrip(":： ").strip()
    return next(filter(None, map(_said_in_passing, notes)), "")


def _said_in_passing(note: str) -> str:
    """Return the reason from 「更正：…」, or a sentence such as 「…漏計，爰更正」 as it stands."""
    text = _LED_IN.sub("", note).strip()
    for word in declared().words.correction:
        said = text.removeprefix(word)
        if said != text and _COLON.match(said):
            return _COLON.sub("", said, count=1).strip()
        if re.search(rf"爰.{{0,4}}{word}|[因由]於?.+{word}", text):
            return text
    return ""
