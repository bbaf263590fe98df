"""Looking for one finding in the reading of a made file."""

import re

from dashboard.domain.findings import Finding, FindingKind
from dashboard.readers import Reading, read
from tests.making import Made

_CHINESE = re.compile("[一-鿿]")


def noticed(made: Made, kind: FindingKind, cell: str, value: str, sheet: str = "統計表") -> Finding:
    """Return the finding of this kind at this place, once it is sure that it says what to do and what it does."""
    reading = read(made.content, made.file_name)
    places = {(f.kind.code, f.sheet, f.cell, f.value): f for f in reading.findings}
    assert (kind.code, sheet, cell, value) in places, list(places)
    found = places[kind.code, sheet, cell, value]
    assert _CHINESE.search(found.kind.sentence)
    if found.is_final:
        assert reading.is_refused
        assert reading.figures.empty
        assert _CHINESE.search(found.kind.remedy)
    return found


def accepted(made: Made) -> Reading:
    """Return the reading of a file that must come in."""
    reading = read(made.content, made.file_name)
    assert not reading.is_refused, reading.findings
    assert len(reading.figures)
    return reading


def figure_in(reading: Reading, measure: str, county_code: str = "65000", population: str = "all") -> object:
    """Return a county's only figure of a measure (新北市's unless told)."""
    figures = reading.figures
    rows = figures[
        (figures["measure"] == measure)
        & (figures["county_code"] == county_code)
        & (figures["population"] == population)
    ]
    (value,) = rows["value"]
    return value


def codes(made: Made) -> list[str]:
    return [finding.kind.code for finding in read(made.content, made.file_name).findings]
