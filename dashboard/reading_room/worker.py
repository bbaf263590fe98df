"""The process that reads: one file after the other from standard input, each within its limits.

Run by its room only. Where a limit is passed the kernel ends it, and the room says so of the file.
"""

import contextlib
import ctypes
import gc
import json
import os
import re
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import IO, Any

from dashboard.readers import read
from dashboard.readers.region import around_each
from dashboard.reading_room import wire

_NICE = 10
_OPEN_FILES = 64
_WARMING_UP = "縣市別,應繳人數\n臺北市,1\n".encode()


def main() -> None:
    """Answer requests until the room closes; leave whenever memory ran out, since what is left of it is uncertain."""
    os.nice(_NICE)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    wire.take(requests)
    wire.packed(read(_WARMING_UP, "x.csv"))
    gc.collect()
    gc.freeze()
    _lock_in()
    unused = _data_bytes() - _resident_bytes()
    wire.put(answers, wire.READY)
    with contextlib.suppress(EOFError, OSError):  # the room is gone
        while _answer_one(requests, answers, unused):
            pass


def _lock_in() -> None:
    """Let this process write no file, leave no core behind and open little."""
    for limit, value in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        resource.setrlimit(limit, (value, value))


def _resident_bytes() -> int:
    return _status("VmRSS")


def _data_bytes() -> int:
    """Return what counts against the limit on data: also what was reserved and never used."""
    return _status("VmData")


def _status(name: str) -> int:
    status = Path("/proc/self/status").read_text("ascii")
    return 1024 * int(re.findall(rf"^{name}:\s+(\d+)", status, re.MULTILINE)[0])


def _answer_one(requests: IO[bytes], answers: IO[bytes], unused: int) -> bool:
    """Read one file and say what is in it; tell whether this process may go on."""
    head, content = wire.take(requests)
    asked = json.loads(head)
    memory = asked["memory_bytes"] + unused
    resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.RLIM_INFINITY))
    # Both end this process by themselves, even where its room is gone.
    signal.setitimer(signal.ITIMER_PROF, asked["cpu_seconds"])
    signal.setitimer(signal.ITIMER_REAL, asked["clock_seconds"])
    kind, head, body = _read(content, asked)
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    wire.put(answers, kind + head, body)
    del content, head, body
    _give_back()
    return kind in {wire.READING, wire.REGIONS}


def _read(content: bytes, asked: dict[str, Any]) -> tuple[bytes, bytes, bytes]:
    """Return what to answer. After anything but an answer this process is not to be trusted with another file."""
    file_name, max_cells = asked["file_name"], asked["max_cells"]
    try:
        if "around" in asked:
            regions = around_each(content, file_name, wire.findings_at(asked["around"]), max_cells=max_cells)
            return wire.REGIONS, wire.packed_regions(regions), b""
        return wire.READING, *wire.packed(read(content, file_name, max_cells))
    except MemoryError:
        return wire.OUT_OF_MEMORY, b"", b""
    except Exception:  # noqa: BLE001 - a fault of ours, told to the room, which logs it
        return wire.FAULT, traceback.format_exc().encode("utf-8", "replace"), b""


def _give_back() -> None:
    """Return freed memory to the system, where the C library knows how; the next file finds as much as this one."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


if __name__ == "__main__":
    main()
