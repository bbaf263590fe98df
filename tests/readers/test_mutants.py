"""Sample files with something broken in them: never an exception, never a figure that does not stand there."""

import io
import random
import re
import zipfile
from pathlib import Path

import pytest

from dashboard.domain.settings import HOUSE
from dashboard.readers import read
from tests.readers import plainly
from tests.readers.test_samples import as_read

SAMPLE = HOUSE / "data/sample"
SMALL = [
    "collection/11404催繳概況表.ods",
    "collection/11408催繳概況表.xlsx",
    "collection/附件-國保欠費催繳收繳概況表(114.07).csv",
    "collection/附件-國保欠費催繳收繳概況表(114.11).csv",
    "visits/服務員訪視成效_111年度(更正).xlsx",
    "visits/110年上半年服務員訪視成效.csv",
    "unpaid_reasons/113年上半年未繳費原因統計.ods",
    "unpaid_reasons/未繳費原因統計_110年度.csv",
    "average_rate/109年11月平均繳費率表.xlsx",
    "average_rate/111年11月平均繳費率表.ods",
]
INK = "0123456789,.-…％ 　年月-台臺北市縣千元原住民\n"
PARTS = re.compile(r"xl/worksheets/sheet1\.xml|xl/sharedStrings\.xml|content\.xml")


def checked(content: bytes, file_name: str) -> bool:
    """Read a mutant; where it comes in, compare it with the second reader. Tell whether it came in."""
    reading = read(content, file_name)
    if reading.is_refused:
        assert reading.figures.empty
        return False
    assert as_read(reading) == plainly.figures_of(content, file_name)
    return True


def scribbled(text: str, dice: random.Random) -> str:
    """Change, drop or double one character."""
    at = dice.randrange(len(text))
    return text[:at] + dice.choice(["", text[at] * 2, dice.choice(INK)]) + text[at + 1 :]


def with_one_cell_changed(content: bytes, dice: random.Random) -> bytes:
    """Scribble into the text of one element of a workbook's sheet, or into the lines of a .csv."""
    if not content.startswith(b"PK"):
        encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp950"
        return scribbled(content.decode(encoding), dice).encode(encoding, "replace")
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(into, "w") as target:
        parts = [name for name in source.namelist() if PARTS.fullmatch(name)]
        chosen = dice.choice(parts)
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _scribbled_xml(part.decode(), dice) if name == chosen else part)
    return into.getvalue()


def _scribbled_xml(xml: str, dice: random.Random) -> str:
    found = dice.choice(list(re.finditer(r'>([^<>]+)<|office:value="([^"]+)"', xml)))
    group = 1 if found[1] else 2
    return xml[: found.start(group)] + scribbled(found[group], dice) + xml[found.end(group) :]


@pytest.mark.parametrize("name", SMALL)
def test_one_cell_changed_is_read_as_it_stands_or_refused(name: str) -> None:
    dice = random.Random(name)  # noqa: S311  # reproducible, not secret
    content = (SAMPLE / name).read_bytes()
    came_in = [checked(with_one_cell_changed(content, dice), Path(name).name) for _ in range(16)]
    assert not all(came_in)


@pytest.mark.parametrize("name", SMALL)
def test_broken_bytes_are_read_as_they_stand_or_refused(name: str) -> None:
    dice = random.Random(name)  # noqa: S311
    content = (SAMPLE / name).read_bytes()
    for _ in range(16):
        broken = bytearray(content)
        for _ in range(dice.choice([1, 1, 5])):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        checked(bytes(broken), Path(name).name)


@pytest.mark.parametrize("name", [name for name in SMALL if name.endswith(".csv")])
def test_rows_that_changed_places_do_not_change_a_figure(name: str) -> None:
    dice = random.Random(name)  # noqa: S311
    content = (SAMPLE / name).read_bytes()
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp950"
    lines = content.decode(encoding).splitlines()
    rows = lines[6:26]
    dice.shuffle(rows)
    moved = "\r\n".join([*lines[:6], *rows, *lines[26:]]).encode(encoding)
    assert checked(moved, Path(name).name)
    assert as_read(read(moved, Path(name).name)) == as_read(read(content, Path(name).name))
