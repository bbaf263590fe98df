"""What a title says beside the name of its report: period, unit and marks are known, any other word may narrow it."""

import functools
import re

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.counties import fold
from dashboard.domain.findings import Finding
from dashboard.readers.head import amount_units
from dashboard.readers.layout import Layout, declared
from dashboard.readers.names import PERIODS
from dashboard.readers.sheets import SheetReading

# As `roc.plain` writes them: without 民國 and 份, with a dash for 至.
_PERIOD = re.compile(rf"(?:截?-|截止)?(?:{PERIODS.pattern})(?:\d{{1,2}}日|月?底)?(?:止|各期)?")
_NUMBER_OF_TABLE = re.compile(r"(?:附件|附表|表)[\d一二三四五六七八九十]*(?:-\d+)?")
_BETWEEN = re.compile(r"[\s()\[\]〔〕【】「」《》〈〉,、。:;/.·・*_]+")
_LONGEST = 60


def title_findings(readings: list[SheetReading]) -> list[Finding]:
    """Name what no declared word of a form's title accounts for, and a unit there that is not that of the head."""
    return [finding for reading in readings if reading.layout.has_head for finding in _of_title(reading)]


def _of_title(reading: SheetReading) -> list[Finding]:
    pieces = _beside_the_name(reading.head.title, reading.layout)
    units = [piece for piece in (one.removeprefix("金額") for one in pieces) if fold(piece) in declared().words.units]
    findings = []
    said = {unit for piece in units for unit in amount_units(piece)}
    if reading.stated.amount_unit and said - {reading.stated.amount_unit}:
        head = reading.head.items["unit"].text if "unit" in reading.head.items else ""
        expected, value = f"標題「{'、'.join(units)}」與表頭「{head}」擇一", reading.head.title[:_LONGEST]
        findings.append(Finding(found.UNIT_UNCLEAR, reading.name, value=value, expected=expected))
    known = {"金額", *units, *(f"金額{unit}" for unit in units)} if units else set()
    if unknown := [piece for piece in pieces if piece not in known]:
        value = "、".join(unknown)[:_LONGEST]
        findings.append(Finding(found.TITLE_UNCLEAR, reading.name, value=value, expected=reading.layout.titles[0]))
    return findings


def _beside_the_name(title: str, layout: Layout) -> list[str]:
    """Return what is left of a title without its known words, period and number, cut where a mark stands."""
    left = _NUMBER_OF_TABLE.sub(" ", _known_words(layout.name).sub(" ", _PERIOD.sub(" ", roc.plain(title))))
    return [piece for piece in (one.strip("-") for one in _BETWEEN.split(left)) if piece]


@functools.cache
def _known_words(name: str) -> re.Pattern[str]:
    layout = next(layout for layout in declared().layouts if layout.name == name)
    shared = declared().words
    words = [*layout.titles, *layout.title_words, *shared.title_words, *shared.correction, *shared.simulated]
    plain = sorted({roc.plain(word) for word in words}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, plain)))
