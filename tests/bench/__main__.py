"""`make bench`: how fast the dashboard is, beside a naive twin and an empty page. Loopback only, bounded in time."""

import argparse
import functools
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dashboard.domain.settings import HOUSE
from tests.bench import growth
from tests.bench.parts import PARTS, USUAL, Bench, console
from tests.bench.report import machine, show, write

WORK = HOUSE / "var" / "bench"


def main() -> int:
    options = _options()
    # Stopped by `timeout` or `kill`, it still stops its servers and removes what it wrote.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    WORK.mkdir(parents=True, exist_ok=True)
    console.print(f"{machine(options.house)}", highlight=False)
    with tempfile.TemporaryDirectory(dir=WORK) as scratch:
        factors = sorted({1, *options.growth})
        bench = Bench(options.house.absolute(), Path(scratch), options.rounds, options.quick, factors)
        if not _timed("receiving the sample", functools.partial(_receive, bench)):
            return 1
        failed = [name for name in options.only or USUAL if not _timed(name, functools.partial(PARTS[name], bench))]
    show(bench.rows, bench.notes)
    write(options.json, bench.rows, bench.notes, bench.details, options.house)
    console.print(f"written to {options.json}")
    return 1 if failed else 0


def _receive(bench: Bench) -> None:
    bench.received = growth.grow(1, bench.data_dir, bench.scratch, bench.house)


def _timed(what: str, run: Callable[[], None]) -> bool:
    """Run a part and say how long it took; one that fails leaves the others to be run."""
    started = time.perf_counter()
    console.print(f"{what}…")
    try:
        run()
    except Exception:  # noqa: BLE001 - an hour's numbers are not thrown away for one part
        console.print_exception()
        return False
    console.print(f"{what}: {time.perf_counter() - started:.0f} s (load {os.getloadavg()[0]:.1f})")
    return True


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer of everything: does it work, not how fast is it")
    parser.add_argument("--only", action="append", choices=[*PARTS], help="one part; may be given several times")
    parser.add_argument("--rounds", type=int, default=4, choices=range(1, 21), metavar="N", help="interleaved rounds")
    parser.add_argument("--growth", type=int, nargs="*", default=[4, 10], help="how many times the sample's history")
    parser.add_argument("--house", type=Path, default=HOUSE, help="the checkout to measure, such as an older commit's")
    parser.add_argument("--json", type=Path, default=WORK / "latest.json", help="where to write what was measured")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
