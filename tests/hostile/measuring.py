"""What reading a file cost: seconds on the clock, seconds of a processor, the most memory held."""

import contextlib
import dataclasses
import os
import re
import threading
import time
from pathlib import Path

from dashboard.readers import Reading
from dashboard.reading_room import ReadingRoom

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass(frozen=True)
class Cost:
    """What one file cost; memory is that of the process that read it, from its start."""

    reading: Reading
    seconds: float
    cpu_seconds: float
    peak_mib: float


def measured(room: ReadingRoom, content: bytes, file_name: str) -> Cost:
    """Read a file and watch the processes that read meanwhile."""
    watch = _Watch()
    before = watch.cpu_seconds()
    thread = threading.Thread(target=watch.run)
    thread.start()
    started = time.perf_counter()
    try:
        reading = room.read(content, file_name)
    finally:
        seconds = time.perf_counter() - started
        watch.look()
        watch.stopped.set()
        thread.join()
    return Cost(reading, seconds, watch.cpu_seconds() - before, watch.peak_mib)


class _Watch:
    """Looks at reading processes a hundred times a second; what it saw of one that has ended stays."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.peak_mib = 0.0
        self._cpu: dict[int, float] = {}
        self.look()
        self.peak_mib = 0.0

    def run(self) -> None:
        while not self.stopped.wait(0.01):
            self.look()

    def cpu_seconds(self) -> float:
        return sum(self._cpu.values())

    def look(self) -> None:
        for pid in workers():
            with contextlib.suppress(OSError, IndexError):
                status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
                self.peak_mib = max(self.peak_mib, int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024)
                times = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
                self._cpu[pid] = (int(times[11]) + int(times[12])) / _TICKS


def workers() -> list[int]:
    """Return the processes that read for this one."""
    found = []
    for task in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(child) for child in task.read_text().split() if _reads(int(child))]
    return found


def _reads(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return b"dashboard.reading_room.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False
