"""All 68 sample files, compared cell by cell with a second, simpler reader."""

import calendar
import csv
from datetime import date

import pytest

from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear, HalfYear, period_from_iso
from dashboard.domain.settings import HOUSE
from dashboard.readers import Reading, read
from tests.readers import plainly

SAMPLE = HOUSE / "data/sample"
FILES = sorted(path for path in SAMPLE.glob("*/*") if path.suffix in {".xlsx", ".ods", ".csv"})
CORRECTION = "服務員訪視成效_111年度(更正).xlsx"


def manifest() -> dict[str, date]:
    with (SAMPLE / "manifest.csv").open(encoding="utf-8-sig", newline="") as lines:
        return {row["file"]: date.fromisoformat(row["issued_on"]) for row in csv.DictReader(lines)}


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return {str(path.relative_to(SAMPLE)): read(path.read_bytes(), path.name) for path in FILES}


def as_read(reading: Reading) -> plainly.Figures:
    figures = reading.figures
    keys = zip(
        figures["period"],
        figures["as_of"].dt.date,
        figures["population"],
        figures["county_code"],
        figures["measure"],
        strict=True,
    )
    values = (
        None if missing else int(value)
        for value, missing in zip(figures["value"], figures["value"].isna(), strict=True)
    )
    found = dict(zip(keys, values, strict=True))
    assert len(found) == len(figures), "a figure came in twice"
    return found


def test_the_sample_is_complete(readings: dict[str, Reading]) -> None:
    assert len(FILES) == 68
    assert readings.keys() == manifest().keys()


def test_no_sample_is_refused_and_each_is_simulated(readings: dict[str, Reading]) -> None:
    for name, reading in readings.items():
        assert not reading.is_refused, (name, reading.findings)
        assert reading.kind == name.partition("/")[0]
        assert reading.is_simulated or "歷史資料" in name, name


def test_every_figure_is_what_a_second_reader_sees_and_nothing_more(readings: dict[str, Reading]) -> None:
    for path in FILES:
        seen = plainly.figures_of(path.read_bytes(), path.name)
        taken = as_read(readings[str(path.relative_to(SAMPLE))])
        assert taken.keys() == seen.keys(), path.name
        differing = {key: (taken[key], seen[key]) for key in seen if taken[key] != seen[key]}
        assert not differing, path.name


def test_the_dates_of_issue_are_those_of_the_manifest(readings: dict[str, Reading]) -> None:
    issued = manifest()
    for name, reading in readings.items():
        assert reading.issued_on == (None if "歷史資料" in name else issued[name]), name


def test_the_cut_offs_are_those_agreed_for_each_kind(readings: dict[str, Reading]) -> None:
    for name, reading in readings.items():
        for part in reading.slices:
            assert part.as_of in cut_offs(reading.kind, part.period, part.as_of), name


def cut_offs(kind: Kind | None, period: str, as_of: date) -> set[date]:
    """Return when a report of this kind may cover its figures until, from the text of the sample's README."""
    spoken_of = period_from_iso(period) if period else None
    match kind, spoken_of:
        case Kind.VISITS | Kind.UNPAID_REASONS, HalfYear(year=year):
            return {date(year, 8, 31)}
        case Kind.VISITS | Kind.UNPAID_REASONS, FullYear(year=year):
            return {date(year + 1, 4, 30)}
        case Kind.AVERAGE_RATE, FullYear(year=year):
            return {date(year, 10, 31)}
        case Kind.PAYMENT_RATE, None:
            return {date(as_of.year, m, calendar.monthrange(as_of.year, m)[1]) for m in range(1, 13, 2)}
    assert spoken_of is not None
    return {spoken_of.end_on}


def test_the_only_correction_says_why(readings: dict[str, Reading]) -> None:
    corrections = {name: reading for name, reading in readings.items() if reading.is_correction}
    assert [name.partition("/")[2] for name in corrections] == [CORRECTION]
    (reading,) = corrections.values()
    assert reading.correction_reason
    assert not any(finding.kind.code.startswith("correction") for finding in reading.findings)


def test_the_reason_of_the_correction_is_taken_word_by_word(readings: dict[str, Reading]) -> None:
    assert readings[f"visits/{CORRECTION}"].correction_reason == (
        "原表（製表日期112年5月23日）基隆市訪視後補繳人數及金額漏計部分訪視個案之補繳資料，爰予更正，請以本表為準。"
    )


def test_the_same_bytes_read_the_same_twice() -> None:
    path = SAMPLE / "visits" / CORRECTION
    first, again = (read(path.read_bytes(), path.name) for _ in range(2))
    assert first.findings == again.findings
    assert first.figures.equals(again.figures)
