"""What hostile files cost the server's other readers, and what a long run of mutants comes to."""

import dataclasses
import multiprocessing
import os
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from statistics import median

from dashboard.domain.settings import Settings
from dashboard.reading_room import Limits, ReadingRoom
from tests.bench import asking
from tests.bench.servers import Server
from tests.hostile.cases import CASES
from tests.hostile.mutating import Found, run

READERS, PACE, ROUNDS = 10, 5.0, 3
HEAVY = ("a text in many cells", "elements in elements, styles", "a long shared text", "900,000 texts")
"""Those that work longest before they are refused; beside them a table that is too wide to be read in time."""


@dataclasses.dataclass(frozen=True)
class Disturbed:
    """The map page's answers, alone and while hostile files are read one after the other."""

    alone_p95_ms: float
    disturbed_p95_ms: float
    files_read: int

    @property
    def ratio(self) -> float:
        return self.disturbed_p95_ms / self.alone_p95_ms


def disturb(server: Server, seconds: float) -> Disturbed:
    """Let readers ask at a fixed pace, alone and beside a reading process as the server has one, in turn: medians."""
    asking.load(server, READERS, PACE, 2)
    alone, disturbed, files_read = [], [], 0
    for _ in range(ROUNDS):
        alone.append(asking.load(server, READERS, PACE, seconds / ROUNDS).p95_ms)
        with _hostile_files() as done:
            disturbed.append(asking.load(server, READERS, PACE, seconds / ROUNDS).p95_ms)
        files_read += len(done)
    return Disturbed(median(alone), median(disturbed), files_read)


@contextmanager
def _hostile_files() -> Iterator[list[str]]:
    """Read hostile files without pause; what is yielded grows by the name of each."""
    files = [(case.make(), case.file_name) for case in CASES if case.name in HEAVY]
    files.append(((b"1," * 1_000 + b"\n") * 4_000, "x.csv"))
    room = ReadingRoom(Limits.of(Settings()), workers=1)
    room.warm()
    done: list[str] = []
    stopped = threading.Event()

    def read() -> None:
        while not stopped.is_set():
            content, name = files[len(done) % len(files)]
            room.read(content, name)
            done.append(name)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield done
    finally:
        stopped.set()
        thread.join()
        room.close()


def fuzz(count: int, seconds: float) -> Found:
    """Try so many mutants, or as many as fit into the time, on all processors but behind everybody else."""
    processes = os.cpu_count() or 1
    share = -(-count // processes)
    total = Found(ends=Counter())
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=os.nice, initargs=(19,)) as pool:
        for found in pool.map(run, [share] * processes, [seconds] * processes, range(0, share * processes, share)):
            total.tried += found.tried
            total.seconds = max(total.seconds, found.seconds)
            total.ends += found.ends
            total.faults += found.faults
    return total
