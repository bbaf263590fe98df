"""What wants to do harm is refused, or read as if the harm were not there, within seconds and half a gigabyte."""

from collections.abc import Iterator

import pytest

from dashboard.domain.settings import Settings
from dashboard.readers import read
from dashboard.reading_room import Limits, ReadingRoom
from tests.hostile.building import BOOK, DOCUMENT, LINES
from tests.hostile.cases import CASES, READ, Case
from tests.hostile.measuring import measured

SECONDS, MIB = 5, 512
HONEST = {path.name: path for path in (BOOK, DOCUMENT, LINES)}


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    room = ReadingRoom(Limits.of(Settings()), workers=1)
    yield room
    room.close()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_hostile_file_costs_little_and_ends_as_it_should(room: ReadingRoom, case: Case) -> None:
    cost = measured(room, case.make(), case.file_name)
    # The processor's seconds: on a machine that does something else as well, the clock says nothing of the file.
    assert cost.cpu_seconds <= SECONDS
    assert cost.peak_mib <= MIB
    refusals = {finding.kind.code for finding in cost.reading.findings if finding.is_final}
    assert (refusals or {READ}) & case.ends, (refusals, case.ends)
    if refusals:
        assert cost.reading.figures.empty
    else:
        honest = HONEST[case.file_name]
        assert_same_figures(cost.reading.figures, read(honest.read_bytes(), honest.name).figures)
    told = "".join(f"{finding.value}{finding.expected}{finding.sheet}" for finding in cost.reading.findings)
    assert "root:" not in told, "a file of this machine got into the findings"
    assert len(told) < 100_000


def assert_same_figures(one: object, other: object) -> None:
    """Where a figure stands may differ: hostile rows move it."""
    import pandas as pd

    assert isinstance(one, pd.DataFrame)
    assert isinstance(other, pd.DataFrame)
    pd.testing.assert_frame_equal(one.drop(columns="cell"), other.drop(columns="cell"))
