"""A few processes that read, kept warm; the files of a batch side by side, their readings in order.

Not a pool of a library: those hand results over pickled, and unpickling what a process says that read hostile bytes
would let these bytes run here.
"""

import atexit
import contextlib
import dataclasses
import functools
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from dashboard.domain import findings as found
from dashboard.domain.findings import Finding, FindingKind
from dashboard.readers import NOTHING_READ, Reading
from dashboard.readers.region import Region
from dashboard.reading_room import wire
from dashboard.reading_room.limits import Limits

_log = logging.getLogger(__name__)
_STARTING_SECONDS = 60
_OUT_OF_TIME = {-signal.SIGPROF, -signal.SIGALRM}
_COMMAND = (sys.executable, "-m", "dashboard.reading_room.worker")
_KEPT = ("PATH", "LANG", "LC_ALL", "PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "LD_LIBRARY_PATH")
_SPARING = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""One thread and one heap: threads' stacks and spare heaps would count as memory in use."""

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


class ReadingRoom:
    """Reads files in at most `workers` processes; may be asked by many threads at once."""

    def __init__(self, limits: Limits, workers: int = 2) -> None:
        self.limits = limits
        self._workers = workers
        self._free = threading.BoundedSemaphore(workers)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []

    def read(self, content: bytes, file_name: str) -> Reading:
        """Read a file as `readers.read` does. One that passes a limit is refused, whatever becomes of its process.

        Want of memory counts only in a process that has read nothing before.
        """
        with self._free:
            worker = self._take()
            outcome = worker.read(content, file_name, self.limits)
            if outcome.is_short_of_memory and worker.files_read > 1:
                worker.end()
                worker = _Worker()
                outcome = worker.read(content, file_name, self.limits)
            self._put_back(worker)
        return outcome.reading

    def regions(self, content: bytes, file_name: str, wanted: Sequence[Finding]) -> list[Region]:
        """Return the part of the sheets around each finding; none at all of a file whose process fails over it."""
        with self._free:
            worker = self._take()
            regions = worker.regions(content, file_name, self.limits, wanted)
            self._put_back(worker)
        return regions

    def in_order(self, ask: Callable[[Thing], Answer], things: Sequence[Thing]) -> Iterator[Answer]:
        """Yield `ask(thing)` for one thing after the other, working on as many at once as there are processes."""
        threads = ThreadPoolExecutor(min(self._workers, max(len(things), 1)), thread_name_prefix="read")
        try:
            yield from threads.map(ask, things)
        finally:
            threads.shutdown(cancel_futures=True)
            self._keep(1)

    def warm(self) -> None:
        """Start a process now, so that the first file need not wait for one."""
        with self._free:
            self._put_back(self._take())

    def close(self) -> None:
        """End every process that is not reading."""
        self._keep(0)

    def _take(self) -> "_Worker":
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive():
                    return worker
                worker.end()
        return _Worker()

    def _put_back(self, worker: "_Worker") -> None:
        if worker.has_ended:
            worker.end()
            return
        with self._lock:
            self._idle.append(worker)

    def _keep(self, count: int) -> None:
        with self._lock:
            surplus, self._idle = self._idle[count:], self._idle[:count]
        for worker in surplus:
            worker.end()


@functools.cache
def shared_room(limits: Limits) -> ReadingRoom:
    """Return this process's room; it is closed when the process ends."""
    room = ReadingRoom(limits)
    atexit.register(room.close)
    return room


class _Worker:
    """One process, and the two pipes to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no word of it from outside
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            env=_variables(),
            process_group=0,  # Ctrl-C is for us; a session of its own would also take as much processor as all of us
        )
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)
        self.files_read = 0
        self.is_given_up = False
        self.has_ended = False
        self._ask(_STARTING_SECONDS, {})

    @property
    def pid(self) -> int:
        return self._process.pid

    def read(self, content: bytes, file_name: str, limits: Limits) -> "_Outcome":
        """Have a file read; a process that ends over it, or says nothing for too long, has refused it."""
        try:
            head, body = self._ask_of_file(content, _asked(content, file_name, limits))
            return self._understood(head[:1], head[1:], body)
        except (OSError, EOFError):
            return self._why_it_ended()
        except wire.Garbled:
            self.has_ended = True
            _log.exception("no reading of %r", file_name)
            return _refused(found.FILE_UNREADABLE)

    def regions(self, content: bytes, file_name: str, limits: Limits, wanted: Sequence[Finding]) -> list[Region]:
        """Return the part of the sheets around each finding; none where this process ends over it."""
        asked = {**_asked(content, file_name, limits), "around": wire.places(wanted)}
        try:
            head, _ = self._ask_of_file(content, asked)
            if head[:1] == wire.REGIONS:
                return wire.unpacked_regions(head[1:])
        except (OSError, EOFError, wire.Garbled):
            _log.warning("no part of %r", file_name, exc_info=True)
        self.has_ended = True
        return []

    def _ask_of_file(self, content: bytes, asked: dict[str, Any]) -> tuple[bytes, bytes]:
        self.files_read += 1
        return self._ask(asked["clock_seconds"], asked, content)

    def _understood(self, kind: bytes, head: bytes, body: bytes) -> "_Outcome":
        if kind == wire.READING:
            return _Outcome(wire.unpacked(head, body))
        if kind == wire.OUT_OF_MEMORY:
            self.has_ended = True
            return _refused(found.FILE_TOO_LARGE, is_short_of_memory=True)
        raise wire.Garbled(head.decode("utf-8", "replace"))

    def _why_it_ended(self) -> "_Outcome":
        self.has_ended = True
        code = self._process.wait()
        if self.is_given_up or code in _OUT_OF_TIME:
            return _refused(found.FILE_TOO_SLOW)
        _log.warning("a reading process ended by itself: %s", code)
        if code == -signal.SIGSEGV:
            return _refused(found.FILE_UNREADABLE)
        return _refused(found.FILE_TOO_LARGE, is_short_of_memory=True)

    def is_alive(self) -> bool:
        return not self.has_ended and self._process.poll() is None

    def end(self) -> None:
        """Let it go, and leave nothing of it behind."""
        self.has_ended = True
        self._process.kill()
        self._process.wait()
        for pipe in (self._requests, self._answers):
            with contextlib.suppress(BrokenPipeError):  # it left before it had heard all
                pipe.close()

    def _ask(self, seconds: float, asked: dict[str, Any], content: bytes = b"") -> tuple[bytes, bytes]:
        deadline = threading.Timer(seconds + 1, self._give_up)
        deadline.daemon = True
        deadline.start()
        try:
            wire.put(self._requests, json.dumps(asked).encode(), content)
            return wire.take(self._answers)
        finally:
            deadline.cancel()
            deadline.join()
            self.has_ended = self.has_ended or self.is_given_up

    def _give_up(self) -> None:
        self.is_given_up = True
        self._process.kill()


@dataclasses.dataclass(frozen=True)
class _Outcome:
    """A reading, and whether a process that has more memory left might have come to another one."""

    reading: Reading
    is_short_of_memory: bool = False


def _asked(content: bytes, file_name: str, limits: Limits) -> dict[str, Any]:
    return {
        "file_name": file_name,
        "max_cells": limits.max_cells,
        "cpu_seconds": limits.cpu_seconds(len(content)),
        "clock_seconds": limits.clock_seconds(len(content)),
        "memory_bytes": limits.memory_bytes(len(content)),
    }


def _refused(kind: FindingKind, *, is_short_of_memory: bool = False) -> _Outcome:
    return _Outcome(dataclasses.replace(NOTHING_READ, findings=(Finding(kind),)), is_short_of_memory)


def _variables() -> dict[str, str]:
    """Return what the process needs of our environment: no secret of ours is read beside hostile bytes."""
    kept = {name: value for name in _KEPT if (value := os.environ.get(name))}
    return {**kept, **_SPARING, "PYTHONPATH": os.pathsep.join(str(Path(p).absolute()) for p in sys.path if p)}
