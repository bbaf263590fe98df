"""What offices do to real reports, in each format: the same figures come in, or a finding says why none do."""

import random
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from dashboard.domain import findings as found
from dashboard.domain.findings import FindingKind
from dashboard.readers import read
from dashboard.readers.files import sheets_of
from tests.readers import plainly
from tests.readers.habits import HABITS, Page, page
from tests.readers.test_samples import SAMPLE, as_read
from tests.writing import written

REPORTS = {
    "collection": "collection/11408催繳概況表.xlsx",
    "collection in 千元": "collection/附件-國保欠費催繳收繳概況表(115.03).xlsx",
    "payment_rate": "payment_rate/國民年金保險費收繳率(截至114年9月底).ods",
    "visits": "visits/服務員訪視成效_112年度.ods",
    "unpaid_reasons": "unpaid_reasons/113年上半年未繳費原因統計.ods",
    "average_rate": "average_rate/111年11月平均繳費率表.ods",
}
LONG = {
    "collection history": "collection/欠費催繳作業收繳概況_10401-11312歷史資料.csv",
    "payment_rate history": "payment_rate/保險費收繳率_10901-11311歷史資料.csv",
}
WIDTH = {"payment_rate": 1 + 3 * 2}  # two of its billing periods say what all of them do
SUFFIXES = {name: ("xlsx", "ods") if name == "payment_rate" else ("xlsx", "ods", "csv") for name in REPORTS}
FORMATS = [(name, suffix) for name in REPORTS for suffix in SUFFIXES[name]]


@cache
def original(name: str) -> tuple[str, tuple[Page, ...], plainly.Figures]:
    """Return name, sheets and figures of a real report, of a wide one its first columns."""
    path = SAMPLE / REPORTS[name]
    content = path.read_bytes()
    sheets = [sheet for sheet in sheets_of(content, path.name, 10**6) if not sheet.is_blank]
    pages = [page(sheet.name, [row[: WIDTH.get(name)] for row in sheet.rows]) for sheet in sheets]
    for row in (row for one in pages if name in WIDTH for row in one.rows[: one.header]):
        row[:] = [cell.replace("至114年5-6月", "至104年9-10月") if isinstance(cell, str) else cell for cell in row]
    every = plainly.figures_of(content, path.name)
    periods = sorted({key[0] for key in every})[: 2 if name in WIDTH else None]
    return path.stem, tuple(pages), {key: value for key, value in every.items() if key[0] in periods}


def after(name: str, suffix: str, habits: Iterable[str]) -> tuple[list[FindingKind], plainly.Figures]:
    """Return what refuses a report after these habits, and the figures that come in."""
    stem, sheets, _ = original(name)
    copies = [Page(sheet.name, [list(row) for row in sheet.rows]) for sheet in sheets]
    for habit in habits:
        for sheet in copies:
            HABITS[habit](sheet)
    content = written({sheet.name or "表": sheet.rows for sheet in copies}, suffix)
    reading = read(content, f"{stem}.{suffix}")
    return [finding.kind for finding in reading.findings if finding.is_refusal], as_read(reading)


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize(("name", "suffix"), FORMATS)
def test_a_habit_of_an_office_does_not_change_a_figure(name: str, suffix: str, habit: str) -> None:
    refused, figures = after(name, suffix, [habit])
    assert refused == []
    assert figures == original(name)[2]


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_changes_some_report(habit: str) -> None:
    for name in REPORTS:
        for sheet in original(name)[1]:
            copy = Page(sheet.name, [list(row) for row in sheet.rows])
            HABITS[habit](copy)
            if copy.rows != sheet.rows:
                return
    pytest.fail("nothing changed")


@pytest.mark.parametrize("seed", range(24))
def test_several_habits_at_once_give_the_same_figures_or_none(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # reproducible, not secret
    name, suffix = dice.choice(FORMATS)
    habits = dice.sample(sorted(HABITS), dice.randint(2, 5))
    refused, figures = after(name, suffix, habits)
    assert figures == ({} if refused else original(name)[2]), habits


# --- text files


TEXTS = [
    SAMPLE / "collection/附件-國保欠費催繳收繳概況表(114.07).csv",
    SAMPLE / "visits/110年上半年服務員訪視成效.csv",
    SAMPLE / "unpaid_reasons/未繳費原因統計_110年度.csv",
    *(SAMPLE / name for name in LONG.values()),
]
ENCODINGS = {
    "UTF-8": ("", "utf-8"),
    "UTF-8 with BOM": ("\ufeff", "utf-8"),
    "Big5": ("", "cp950"),
    "UTF-16 little": ("\ufeff", "utf-16-le"),
    "UTF-16 big": ("\ufeff", "utf-16-be"),
    "UTF-16 little without BOM": ("", "utf-16-le"),
    "UTF-16 big without BOM": ("", "utf-16-be"),
}


@cache
def shortened(path: Path) -> list[list[str]]:
    """Return the cells of a .csv; of a long one only so many lines that every county of a period is there."""
    (sheet,) = sheets_of(path.read_bytes(), path.name, 10**7)
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.rows]
    per_period = {"collection": 22, "payment_rate": 46}.get(path.parent.name, 0)
    return rows[: 1 + 3 * per_period] if "歷史" in path.name else rows


def joined(rows: list[list[str]], separator: str) -> str:
    return "\r\n".join(
        separator.join(f'"{cell}"' if set(cell) & set(f'{separator}"\n') else cell for cell in row) for row in rows
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_text_is_read_in_every_encoding_and_with_every_separator(path: Path, encoding: str, separator: str) -> None:
    rows = shortened(path)
    plain = as_read(read(joined(rows, ",").encode(), path.name))
    assert plain
    mark, codec = ENCODINGS[encoding]
    reading = read((mark + joined(rows, separator)).encode(codec), path.name)
    assert [finding.kind for finding in reading.findings if finding.is_refusal] == []
    assert as_read(reading) == plain


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_line_that_names_the_separator_is_believed(separator: str) -> None:
    path = TEXTS[0]
    rows = shortened(path)
    reading = read(f"sep={separator}\r\n{joined(rows, separator)}".encode(), path.name)
    assert as_read(reading) == as_read(read(joined(rows, ",").encode(), path.name))
    wrong = read(f"sep=;\r\n{joined(rows, ',')}".encode(), path.name)
    assert wrong.findings[0].kind is found.WRONG_TABLE


def test_two_separators_are_not_chosen_from() -> None:
    rows = shortened(TEXTS[1])
    both = f"{joined(rows, ',')}\r\n{joined(rows, ';')}".encode()
    (finding,) = read(both, TEXTS[1].name).findings
    assert finding.kind is found.SEPARATOR_UNCLEAR
    assert finding.value == "逗號、分號"
