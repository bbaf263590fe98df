"""Mutants of real files, from a seed: of their bytes, their archive, their XML, their cells.

What comes in is compared with `tests.readers.plainly`, which shares no word with the readers.
"""

import dataclasses
import io
import random
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from dashboard.domain.settings import HOUSE
from dashboard.readers import read
from tests.readers import plainly
from tests.readers.test_samples import as_read

SAMPLE = HOUSE / "data/sample"
SLOW_SECONDS = 5.0
READ, NOT_COMPARED = "read", "read, but the second reader does not know the form"
SEEDS = (
    "collection/11404催繳概況表.ods",
    "collection/11408催繳概況表.xlsx",
    "collection/附件-國保欠費催繳收繳概況表(114.07).csv",
    "visits/服務員訪視成效_111年度(更正).xlsx",
    "visits/110年上半年服務員訪視成效.csv",
    "unpaid_reasons/113年上半年未繳費原因統計.ods",
    "unpaid_reasons/未繳費原因統計_110年度.csv",
    "average_rate/109年11月平均繳費率表.xlsx",
    "average_rate/111年11月平均繳費率表.ods",
)
INK = "0123456789,.-+=…％%() 　\t\n\"'<>&;：年月日民國-台臺北市縣千元原住民總計其中註e_٣\u200b\u202e\x00"
NUMBERS = ("0", "-1", "1e308", "9" * 30, "1.5", "NaN", "INF", "1_000", "", "００１", "0x10", "1e-9", "2147483648")
REPEATS = ("0", "-1", "2", "1000000", "99999999999", "x", "")


@dataclasses.dataclass
class Found:
    """What a run came to: how many mutants, what became of them, and which broke a promise (name, seed, what)."""

    tried: int = 0
    seconds: float = 0.0
    ends: Counter[str] = dataclasses.field(default_factory=Counter)
    faults: list[tuple[str, int, str]] = dataclasses.field(default_factory=list)


def run(count: int, seconds: float, first: int = 0) -> Found:
    """Try so many mutants, or as many as fit into the time; a seed makes the same mutant wherever it is tried."""
    found = Found()
    started = time.perf_counter()
    for seed in range(first, first + count):
        if time.perf_counter() - started > seconds:
            break
        name, content = mutant(seed)
        found.tried += 1
        try:
            found.ends[tried(content, name)] += 1
        except Exception as problem:  # noqa: BLE001 - every kind of failure is a finding
            found.faults.append((name, seed, f"{type(problem).__name__}: {str(problem)[:300]}"))
    found.seconds = time.perf_counter() - started
    return found


def tried(content: bytes, file_name: str) -> str:
    """Read a mutant; return what became of it. Whatever should not be is raised."""
    started = time.thread_time()
    reading = read(content, file_name)
    assert time.thread_time() - started < SLOW_SECONDS, "slow"
    if reading.is_refused:
        assert reading.figures.empty, "figures of a refused file"
        return next(finding.kind.code for finding in reading.findings if finding.is_refusal)
    taken = as_read(reading)
    try:
        seen = plainly.figures_of(content, file_name)
    except Exception:  # noqa: BLE001 - it knows the samples' forms only, and stops where something is left out of one
        return NOT_COMPARED
    assert taken.keys() == seen.keys(), "other figures"
    wrong = {key: (taken[key], seen[key]) for key in seen if taken[key] != seen[key]}
    assert not wrong, str(wrong)
    return READ


def mutant(seed: int) -> tuple[str, bytes]:
    """Return the file name and the bytes of a seed's mutant."""
    dice = random.Random(seed)  # noqa: S311 - reproducible, not secret
    path = SAMPLE / SEEDS[seed % len(SEEDS)]
    content = _content(path)
    changes = _OF_ARCHIVES if content.startswith(b"PK") else _OF_LINES
    return path.name, dice.choice(changes)(content, dice)


_CONTENTS: dict[Path, bytes] = {}
_PARTS: dict[bytes, dict[str, bytes]] = {}


def _content(path: Path) -> bytes:
    return _CONTENTS.setdefault(path, path.read_bytes())


# --- bytes and archives


def _bytes(content: bytes, dice: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(dice.choice([1, 1, 3, 30])):
        broken[dice.randrange(len(broken))] = dice.randrange(256)
    return bytes(broken)


def _cut(content: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.sample(range(len(content)), 2))
    return dice.choice([content[:start], content[:start] + content[end:], content + content[start:end]])


def _entries(content: bytes, dice: random.Random) -> bytes:
    """Leave an entry out, swap two, double one, empty one."""
    parts = dict(_parts(content))
    one, other = dice.sample(list(parts), 2)
    match dice.randrange(4):
        case 0:
            del parts[one]
        case 1:
            parts[one], parts[other] = parts[other], parts[one]
        case 2:
            parts[f"{one}x"] = parts[one]
        case 3:
            parts[one] = b""
    return _packed(parts)


def _parts(content: bytes) -> dict[str, bytes]:
    if content not in _PARTS:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _PARTS[content] = {name: archive.read(name) for name in archive.namelist()}
    return _PARTS[content]


def _packed(parts: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:  # stored: packing would be most of the time
        for name, content in parts.items():
            archive.writestr(name, content)
    return into.getvalue()


# --- XML and cells


def _cells(parts: dict[str, bytes]) -> Iterator[str]:
    yield from (
        name for name in parts if re.fullmatch(r"xl/worksheets/sheet1\.xml|xl/sharedStrings\.xml|content\.xml", name)
    )


def _in_xml(change: Callable[[str, random.Random], str]) -> Callable[[bytes, random.Random], bytes]:
    def changed(content: bytes, dice: random.Random) -> bytes:
        parts = dict(_parts(content))
        name = dice.choice(list(_cells(parts)))
        parts[name] = change(parts[name].decode(), dice).encode("utf-8", "replace")
        return _packed(parts)

    return changed


def _at(xml: str, dice: random.Random, pattern: str, make: Callable[[re.Match[str]], str]) -> str:
    places = list(re.finditer(pattern, xml))
    if not places:
        return xml
    place = dice.choice(places)
    return xml[: place.start()] + make(place) + xml[place.end() :]


def _scribbled_text(xml: str, dice: random.Random) -> str:
    return _at(xml, dice, r">[^<>]+<", lambda place: f">{_escaped(_scribbled(place[0][1:-1], dice))}<")


def _other_number(xml: str, dice: random.Random) -> str:
    """Put another number where one stands, in the value alone or as a spreadsheet would also in what is shown."""
    number = dice.choice(NUMBERS)
    return _at(
        xml,
        dice,
        r'<v>[^<]*</v>|office:value="[^"]*"',
        lambda place: f"<v>{number}</v>" if place[0][0] == "<" else f'office:value="{number}"',
    )


def _other_attribute(xml: str, dice: random.Random) -> str:
    return _at(xml, dice, r'="[^"<>]{1,40}"', lambda place: f'="{_escaped(_scribbled(place[0][2:-1], dice))}"')


def _other_repeat(xml: str, dice: random.Random) -> str:
    return _at(xml, dice, r'repeated="\d+"', lambda _: f'repeated="{dice.choice(REPEATS)}"')


def _without_element(xml: str, dice: random.Random) -> str:
    pattern = r"<(c|row|table:table-cell|table:table-row)\b[^>]*>.*?</\1>"
    return _at(xml, dice, pattern, lambda place: dice.choice(["", place[0] * 2]))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _scribbled(text: str, dice: random.Random) -> str:
    """Change, drop or double one letter, or put a number in the place of all."""
    if dice.random() < 0.2:
        return dice.choice(NUMBERS)
    at = dice.randrange(len(text))
    return text[:at] + dice.choice(["", text[at] * 2, dice.choice(INK)]) + text[at + 1 :]


# --- lines


def _encoding(content: bytes) -> str:
    return "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp950"


def _line_cell(content: bytes, dice: random.Random) -> bytes:
    encoding = _encoding(content)
    lines = content.decode(encoding).split("\r\n")
    at = dice.choice([n for n, line in enumerate(lines) if line])
    cells = lines[at].split(",")
    place = dice.choice([n for n, cell in enumerate(cells) if cell] or [0])
    cells[place] = _scribbled(cells[place], dice) if cells[place] else dice.choice(NUMBERS)
    lines[at] = ",".join(cells)
    return "\r\n".join(lines).encode(encoding, "replace")


def _other_lines(content: bytes, dice: random.Random) -> bytes:
    """Drop, double or swap lines."""
    encoding = _encoding(content)
    lines = content.decode(encoding).split("\r\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(3):
        case 0:
            del lines[one]
        case 1:
            lines.insert(one, lines[other])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
    return "\r\n".join(lines).encode(encoding)


_XML = tuple(
    map(_in_xml, (_scribbled_text, _scribbled_text, _other_number, _other_attribute, _other_repeat, _without_element))
)
_OF_ARCHIVES = (_bytes, _cut, _entries, *_XML)
_OF_LINES = (_bytes, _cut, _line_cell, _line_cell, _line_cell, _other_lines)
