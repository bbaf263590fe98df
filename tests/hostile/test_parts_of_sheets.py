"""The part of a sheet around a finding comes from the process that reads, like the file itself."""

from collections.abc import Iterator

import pytest

from dashboard.domain import findings as found
from dashboard.domain.findings import Finding
from dashboard.domain.periods import Month
from dashboard.domain.settings import Settings
from dashboard.readers import read
from dashboard.readers.region import around_each
from dashboard.reading_room import Limits, ReadingRoom, wire
from tests.hostile.building import flat_bomb
from tests.making import Form, collection

WRONG = collection(Month(2025, 2), form=Form(edit={"B7": "四十", "C9": "=1+"}))


@pytest.fixture
def room() -> Iterator[ReadingRoom]:
    room = ReadingRoom(Limits.of(Settings()))
    yield room
    room.close()


def test_parts_come_back_as_they_would_in_this_process(room: ReadingRoom) -> None:
    findings = read(WRONG.content, WRONG.file_name).findings
    parts = room.regions(WRONG.content, WRONG.file_name, findings)
    assert parts == around_each(WRONG.content, WRONG.file_name, findings)
    assert parts[0].marked
    row, column = parts[0].marked
    assert parts[0].cells[row][column] == "四十"


def test_a_file_that_breaks_its_reader_has_no_parts_and_harms_nobody(room: ReadingRoom) -> None:
    place = Finding(found.NUMBER_UNREADABLE, "統計表", "B7")
    assert not [part for part in room.regions(flat_bomb(300), "炸彈.xlsx", [place]) if part.marked]
    assert room.regions(WRONG.content, WRONG.file_name, [place])[0].marked


@pytest.mark.parametrize("said", [b"", b"{}", b'[{"sheet": 1}]', b"\xff"])
def test_what_is_no_part_of_a_sheet_is_not_taken_for_one(said: bytes) -> None:
    with pytest.raises(wire.Garbled):
        wire.unpacked_regions(said)
