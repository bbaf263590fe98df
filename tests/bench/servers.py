"""The three servers that are measured: ours, the naive twin of its map page, and an empty page as the floor."""

import contextlib
import dataclasses
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from dashboard.domain.settings import HOUSE, Settings

STARTUP_SECONDS = 60
STOPPING_SECONDS = 10
_HERE = Path(__file__).parent
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@dataclasses.dataclass(frozen=True)
class Memory:
    """What a server and its children hold, in MiB; PSS shares what several processes map among them."""

    rss: float
    pss: float


@dataclasses.dataclass(frozen=True)
class Server:
    """A running server; `healthy_at` is when it first said that it is well, by time.perf_counter."""

    name: str
    address: str
    pid: int
    started_at: float
    healthy_at: float

    def cpu_seconds(self) -> float:
        """Return the CPU time used so far, children included, to the nanosecond: /proc/<pid>/stat counts in 10 ms."""
        return sum(_cpu_seconds(pid) for pid in family(self.pid))

    def memory(self) -> Memory:
        rolled = [_rollup(pid) for pid in family(self.pid)]
        return Memory(*(round(sum(one[name] for one in rolled) / 1024, 1) for name in ("Rss", "Pss")))


def family(pid: int) -> list[int]:
    """Return a process and its descendants that live."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                found += family(int(child))
    return found


def _cpu_seconds(pid: int) -> float:
    # The clock of another process (clock_getcpuclockid): threads that ended are in it, and it is exact.
    with contextlib.suppress(OSError):
        return time.clock_gettime((~pid << 3) | 2)
    return 0.0


def _rollup(pid: int) -> dict[str, int]:
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
        return {name.rstrip(":"): int(size) for name, size, *_ in map(str.split, lines)}
    return {"Rss": 0, "Pss": 0}


def environment(house: Path = HOUSE, **more: str) -> dict[str, str]:
    """Return the environment of a program of a checkout: nothing the developer set for another installation."""
    prefix = Settings.environment_prefix
    kept = {name: value for name, value in os.environ.items() if not name.startswith((prefix, "STREAMLIT_"))}
    # Compiled once, as on a reader's machine: an empty value lets Python keep what it compiled.
    return {**kept, "PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "", **more}


@contextlib.contextmanager
def ours(data_dir: Path, log: Path, house: Path = HOUSE) -> Iterator[Server]:
    """Run the dashboard on a data directory, from this checkout or another one."""
    command = [sys.executable, "-m", "dashboard", "serve", "--data-dir", str(data_dir.absolute()), "--port", "0"]
    with _running("ours", command, environment(house), house, log) as server:
        yield server


@contextlib.contextmanager
def sampled(data_dir: Path, log: Path, house: Path, profile: Path) -> Iterator[Server]:
    """Run the dashboard and have what its threads do written to a file when it is stopped."""
    command = [sys.executable, str(_HERE / "sampled.py"), str(profile), "serve", "--data-dir", str(data_dir.absolute())]
    with _running("ours", [*command, "--port", "0"], environment(house), house, log) as server:
        yield server
        os.kill(server.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOPPING_SECONDS
        while not profile.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(0.1)


@contextlib.contextmanager
def naive(data_dir: Path, log: Path, house: Path = HOUSE) -> Iterator[Server]:
    """Run the naive twin on the warehouse that a data directory has in service."""
    pointer = json.loads((data_dir / "current.json").read_text("utf-8"))
    places = {
        "BENCH_WAREHOUSE": str((data_dir / "warehouses" / pointer["warehouse"]).absolute()),
        "BENCH_OUTLINES": str(house / "geo" / "counties.geojson"),
    }
    with _streamlit("naive", _HERE / "naive.py", environment(house, **places), log) as server:
        yield server


@contextlib.contextmanager
def floor(log: Path) -> Iterator[Server]:
    """Run the empty page."""
    with _streamlit("floor", _HERE / "empty.py", environment(), log) as server:
        yield server


@contextlib.contextmanager
def _streamlit(name: str, script: Path, variables: dict[str, str], log: Path) -> Iterator[Server]:
    """Run a script as anyone would; outside this repository, whose Streamlit options are part of what is measured."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = {"address": "127.0.0.1", "port": port, "headless": "true"}
    flags = [f"--server.{option}={value}" for option, value in options.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *flags, "--browser.gatherUsageStats=false"]
    with _running(name, command, variables, log.parent, log) as server:
        yield server


@contextlib.contextmanager
def _running(name: str, command: list[str], variables: dict[str, str], cwd: Path, log: Path) -> Iterator[Server]:
    with log.open("wb") as output:
        started_at = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=variables, stdout=output, stderr=subprocess.STDOUT)
        try:
            address = _address_when_healthy(process, log)
            yield Server(name, address, process.pid, started_at, time.perf_counter())
        finally:
            process.kill()
            process.wait()


def _address_when_healthy(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        told = _ADDRESS.search(log.read_text("utf-8"))
        if told and _is_healthy(told[0]):
            return told[0]
        time.sleep(0.01)
    raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8')}")


def _is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
