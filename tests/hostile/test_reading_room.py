"""The processes that read: whatever becomes of one, every file gets its answer and nobody waits for ever."""

import dataclasses
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.domain.settings import Settings
from dashboard.readers import NOTHING_READ, Reading, read
from dashboard.reading_room import Limits, ReadingRoom, wire
from tests.hostile.building import BOOK, DOCUMENT, LINES
from tests.hostile.measuring import workers
from tests.readers.test_samples import FILES

LIMITS = Limits.of(Settings())
HONEST = (BOOK, DOCUMENT, LINES)


@pytest.fixture
def room() -> Iterator[ReadingRoom]:
    room = ReadingRoom(LIMITS)
    before = set(workers())
    yield room
    room.close()
    assert set(workers()) <= before, "a process was left behind"


def codes(reading: Reading) -> list[str]:
    return [finding.kind.code for finding in reading.findings]


def same(one: Reading, other: Reading) -> bool:
    """Compare two readings field by field; kinds of findings are the same objects, figures have the same types."""
    said = [name.name for name in dataclasses.fields(Reading) if name.name != "figures"]
    return (
        all(getattr(one, name) == getattr(other, name) for name in said)
        and all(a.kind is b.kind for a, b in zip(one.findings, other.findings, strict=True))
        and one.figures.equals(other.figures)
        and bool((one.figures.dtypes == other.figures.dtypes).all())
    )


def test_the_whole_sample_reads_as_in_this_process_and_in_its_order(room: ReadingRoom) -> None:
    readings = room.in_order(lambda path: room.read(path.read_bytes(), path.name), FILES)
    for path, reading in zip(FILES, readings, strict=True):
        assert same(reading, read(path.read_bytes(), path.name)), path.name


def test_one_process_stays_for_the_next_file(room: ReadingRoom) -> None:
    before = set(workers())
    list(room.in_order(lambda path: room.read(path.read_bytes(), path.name), HONEST))
    (kept,) = set(workers()) - before
    room.read(LINES.read_bytes(), LINES.name)
    assert set(workers()) - before == {kept}


def test_a_warm_room_reads_a_monthly_file_at_once(room: ReadingRoom) -> None:
    room.warm()
    started = time.process_time()
    room.read(DOCUMENT.read_bytes(), DOCUMENT.name)
    assert time.process_time() - started < 0.5


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_read() -> None:
    room = ReadingRoom(dataclasses.replace(LIMITS, seconds=0.01, seconds_per_mb=0), workers=1)
    slow = (b"x,y\n" * 1_000_000)[:3_900_000]
    assert codes(room.read(slow, "x.csv")) == ["file_too_slow"]
    room.limits = LIMITS
    assert same(room.read(LINES.read_bytes(), LINES.name), read(LINES.read_bytes(), LINES.name))
    room.close()


def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_one_read() -> None:
    room = ReadingRoom(dataclasses.replace(LIMITS, memory_mb=140, memory_mb_per_mb=0), workers=1)
    assert codes(room.read(b"x,y\n" * 1_000_000, "x.csv")) == ["file_too_large"]
    assert same(room.read(LINES.read_bytes(), LINES.name), read(LINES.read_bytes(), LINES.name))
    room.close()


def test_a_process_that_was_killed_while_idle_is_replaced(room: ReadingRoom) -> None:
    before = set(workers())
    room.warm()
    (idle,) = set(workers()) - before
    os.kill(idle, signal.SIGKILL)
    time.sleep(0.05)
    assert same(room.read(LINES.read_bytes(), LINES.name), read(LINES.read_bytes(), LINES.name))


def test_a_process_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limits, "clock_seconds", lambda *_: 0.2)
    room = ReadingRoom(LIMITS, workers=1)
    before = set(workers())
    room.warm()
    (stopped,) = set(workers()) - before
    os.kill(stopped, signal.SIGSTOP)
    assert codes(room.read(LINES.read_bytes(), LINES.name)) == ["file_too_slow"]
    room.close()


def test_many_threads_share_the_room(room: ReadingRoom) -> None:
    expected = {path: read(path.read_bytes(), path.name) for path in HONEST}
    wrong: list[str] = []

    def ask() -> None:
        wrong.extend(p.name for p in HONEST if not same(room.read(p.read_bytes(), p.name), expected[p]))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_the_process_sees_none_of_our_secrets(room: ReadingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUOBAO_SECRET", "1")
    before = set(workers())
    room.warm()
    (pid,) = set(workers()) - before
    assert b"GUOBAO" not in Path(f"/proc/{pid}/environ").read_bytes()


def test_the_process_stands_behind_us(room: ReadingRoom) -> None:
    before = set(workers())
    room.warm()
    (pid,) = set(workers()) - before
    assert os.getpriority(os.PRIO_PROCESS, pid) >= os.getpriority(os.PRIO_PROCESS, 0) + 10
    assert os.getsid(pid) == os.getsid(0), "niceness counts among the processes of one session only"
    assert os.getpgid(pid) != os.getpgid(0), "it would be interrupted with us and complain"


@pytest.mark.parametrize(
    "answer",
    [
        (b"", b""),
        (b"null", b""),
        (b"{}", b""),
        (wire.packed(NOTHING_READ)[0].replace(b'"findings":[]', b'"findings":[{"kind":"no such code"}]'), b""),
        (wire.packed(NOTHING_READ)[0], b"no arrow"),
        (wire.packed(NOTHING_READ)[0].replace(b"}", b',"more":1}'), b""),
        (b"\x80\x04\x95 a pickle", b""),
    ],
)
def test_an_answer_that_is_no_reading_is_not_believed(answer: tuple[bytes, bytes]) -> None:
    with pytest.raises(wire.Garbled):
        wire.unpacked(*answer)


def test_figures_of_another_shape_are_not_believed() -> None:
    reading = read(LINES.read_bytes(), LINES.name)
    more = dataclasses.replace(reading, figures=reading.figures.assign(more=1))
    for changed in (more, dataclasses.replace(reading, figures=reading.figures.drop(columns="unit"))):
        with pytest.raises(wire.Garbled):
            wire.unpacked(*wire.packed(changed))
