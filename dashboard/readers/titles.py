"""What a title says beside the name of its report: period, unit and marks are known, any other word may narrow it."""

import functools
import itertools
import re

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.counties import fold
from dashboard.domain.findings import Finding
from dashboard.domain.kinds import Kind
from dashboard.readers.head import amount_units
from dashboard.readers.layout import Layout, declared
from dashboard.readers.names import DAY, PERIODS
from dashboard.readers.sheets import SheetReading

# As `roc.folded` writes them, without blanks: a dash for 至, 民國 and 份 are still there.
_ERA = re.compile(r"(?:中華)?民國|(?<=月)份")
_PERIOD = re.compile(rf"自?(?:統計|資料)?(?:截?-|截止)?(?:{PERIODS.pattern})(?:\d{{1,2}}日|月?底)?起?(?:為?止|各期)?")
_MADE = r"(?:編製|製表|填報|填表|產製|列印|更正|修正|勘誤|公布|發布|函送|函|送|製)"
_DAY = re.compile(
    rf"自?(?:統計|資料)?(?:截?-|截止)?{DAY}(?:-(?:\d{{2,4}}年)?\d{{1,2}}月\d{{1,2}}日)?起?(?:為?止)?"
    r"(?:\(?(?:星期|週)[一二三四五六日]\)?|\([一二三四五六日]\))?"
    rf"(?:[上下]午)?(?:\d{{1,2}}[:時]\d{{1,2}}分?)?{_MADE}?"
)
_NUMBER_OF_TABLE = re.compile(r"(?:附件|附表|表)[\d一二三四五六七八九十]*(?:-\d+)?")
_RHYTHM = re.compile(r"次[年月](?:底|\d+日)前?(?:編報|編製)")
_CORRECTED = re.compile(r"(?:更正|修正|勘誤)(?:後|版|本|表|說明)?")
_PATTERNS = (_ERA, _PERIOD, _DAY, _NUMBER_OF_TABLE, _RHYTHM, _CORRECTED)
_BETWEEN = re.compile(r"[\s()\[\]〔〕【】「」《》〈〉,、。:;/.·・*_\-]")
_BETWEEN_WORDS = re.compile(rf"(?<!\d)[:.\-/]|[:.\-/](?!\d)|(?![:.\-/]){_BETWEEN.pattern}")
_LONGEST = 60


def title_findings(readings: list[SheetReading]) -> list[Finding]:
    """Name what no declared word of a form's title accounts for, and a unit there that is not that of the head."""
    titled = (reading for reading in readings if reading.layout.has_head or reading.head.title)
    return [finding for reading in titled for finding in _of_title(reading)]


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
        value = "、".join(dict.fromkeys(unknown))[:_LONGEST]
        expected = next(title for layout in _alike(reading.layout.kind) for title in layout.titles)
        findings.append(Finding(found.TITLE_UNCLEAR, reading.name, value=value, expected=expected))
    return findings


def _beside_the_name(title: str, layout: Layout) -> list[str]:
    """Return the words of a title of which some letter belongs to no known word, period or number; whole words.

    Known words may overlap: 「國民年金保險」 and 「保險費收繳率」 account for 「國民年金保險費收繳率」 together.
    """
    text = roc.folded(title)
    places = [n for n, letter in enumerate(text) if not letter.isspace()]
    compact = "".join(text[n] for n in places)
    known = set[int]()
    for pattern in _PATTERNS:
        known.update(n for said in pattern.finditer(compact) for n in range(*said.span()))
    for word in _known_words(layout.kind):
        start = compact.find(word)
        while start >= 0:
            known.update(range(start, start + len(word)))
            start = compact.find(word, start + 1)
    unknown = {places[n] for n in range(len(compact)) if n not in known and not _BETWEEN.match(compact[n])}
    return [piece for start, end in _words(text) for piece in _unknown_in(text[start:end], unknown, start)]


def _words(text: str) -> list[tuple[int, int]]:
    """Return first and last place of what stands between marks and blanks; 14:30 and 1-9月 are one word."""
    cuts = [-1, *(mark.start() for mark in _BETWEEN_WORDS.finditer(text)), len(text)]
    return [(cut + 1, after) for cut, after in itertools.pairwise(cuts) if after > cut + 1]


def _unknown_in(word: str, unknown: set[int], start: int) -> list[str]:
    """Return what of a word is unknown; all of it where single letters or digits would be quoted, which say nothing."""
    signs = "".join(letter if start + n in unknown or letter in "-.:/" else " " for n, letter in enumerate(word))
    pieces = [piece.strip("-.:/") for piece in signs.split()]
    pieces = [piece for piece in pieces if piece]
    is_debris = any(len(piece) == 1 or piece.isascii() for piece in pieces)
    return [word.strip()] if is_debris else pieces


def _alike(kind: Kind) -> list[Layout]:
    """Return the layouts of a kind: what the forms of a report may be called, its long file may be too."""
    return [layout for layout in declared().layouts if layout.kind is kind]


@functools.cache
def _known_words(kind: Kind) -> tuple[str, ...]:
    shared, layouts = declared().words, _alike(kind)
    own = [word for layout in layouts for word in (*layout.titles, *layout.title_words)]
    words = [*own, *shared.title_words, *shared.correction, *shared.simulated]
    return tuple({roc.plain(word) for word in words})
