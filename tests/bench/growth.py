"""Histories ten and a hundred times as long as the sample's, in the layout that long files are received in."""

import csv
import dataclasses
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from dashboard.domain.counties import counties
from dashboard.domain.periods import BillingPeriod, Month
from dashboard.domain.roc import roc_period
from tests.bench.servers import environment

SAMPLE_SNAPSHOTS = 30
"""So many the sample's own long file has; a history of factor n has n times as many, the sample's included."""

PERIODS = 18
ROWS_A_FILE = 400_000  # below 50 MB and 5,000,000 cells, what one file may have
FIRST_DAY, LAST_DAY = date(2012, 1, 1), date(2024, 11, 29)
RECEIVED_ON = "2025-01-18"
HEADER = (
    *("資料截止日", "保險費期別", "縣市代碼", "縣市別", "身分別"),
    *("應繳人數", "已繳人數", "應收金額", "已收金額", "收繳率(%)"),
)
POPULATIONS = {"全體": 1, "原住民": 40}
"""As in the reports; the second number is by how much fewer they are."""


def days_between(count: int, taken: Iterable[date] = ()) -> list[date]:
    """Return so many days, spread evenly over the years, none of them one of the sample's snapshots."""
    span = (LAST_DAY - FIRST_DAY).days
    barred = set(taken)
    free = [day for n in range(span + 1) if (day := FIRST_DAY + timedelta(n)) not in barred]
    if count > len(free):
        raise ValueError(f"there are {len(free)} days for {count} snapshots")
    return [free[n * len(free) // count] for n in range(count)]


def month_ends() -> Iterator[date]:
    """Yield every day the sample may have a snapshot of."""
    month = Month.of(FIRST_DAY)
    while month <= Month.of(LAST_DAY):
        yield month.end_on
        month = month.plus(1)


def snapshot_rows(as_of: date, chance: random.Random) -> Iterator[list[str]]:
    """Yield the rows of one snapshot: the newest periods that were over, two populations, the nation and 22 counties.

    Whatever the reader checks holds: totals add up, nobody pays more than is due, percents are rounded half up.
    """
    for period in newest_periods(as_of):
        for population, divisor in POPULATIONS.items():
            paid_share = chance.uniform(0.3, 0.8)
            rows = [_county_figures(n, divisor, paid_share, chance) for n in range(len(counties()))]
            named = [("", "總計", [sum(column) for column in zip(*rows, strict=True)])]
            named += [(c.county_code, c.name, row) for c, row in zip(counties(), rows, strict=True)]
            for code, name, figures in named:
                percent = Decimal(100 * figures[1]) / figures[0]
                rounded = percent.quantize(Decimal("0.01"), ROUND_HALF_UP)
                start = [f"{as_of.year - 1911}/{as_of:%m/%d}", roc_period(period), code, name, population]
                yield [*start, *map(str, figures), str(rounded)]


def newest_periods(as_of: date) -> list[BillingPeriod]:
    """Return the latest billing periods that were over by a day, oldest first."""
    periods: list[BillingPeriod] = []
    month = Month.of(as_of)
    while len(periods) < PERIODS:
        month = month.plus(-1)
        try:
            period = BillingPeriod(month)
        except ValueError:
            continue
        if period.end_on <= as_of:
            periods.append(period)
    return periods[::-1]


def _county_figures(place: int, divisor: int, paid_share: float, chance: random.Random) -> list[int]:
    payable = (20_000 * (1 + place % 7) + chance.randrange(5_000)) // divisor + 30
    paid = int(payable * paid_share * chance.uniform(0.85, 1.15))
    receivable = payable * 1_186
    return [payable, paid, receivable, min(receivable, paid * 1_170)]


def write_history(directory: Path, days: Sequence[date], seed: int = 1) -> list[Path]:
    """Write snapshots as long files small enough to be received; return them."""
    chance = random.Random(seed)  # noqa: S311 - figures, not secrets
    directory.mkdir(parents=True, exist_ok=True)
    rows_each = PERIODS * len(POPULATIONS) * (len(counties()) + 1)
    files = []
    for number, part in enumerate(_parts(days, max(1, ROWS_A_FILE // rows_each))):
        path = directory / f"保險費收繳率歷史資料{number + 1:03d}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            for day in part:
                writer.writerows(snapshot_rows(day, chance))
        files.append(path)
    return files


def _parts(days: Sequence[date], size: int) -> Iterator[Sequence[date]]:
    for start in range(0, len(days), size):
        yield days[start : start + size]


@dataclasses.dataclass(frozen=True)
class Run:
    """One command: how long it took, how much of the processor, and the most memory it held."""

    seconds: float
    cpu_seconds: float
    peak_mib: float


@dataclasses.dataclass(frozen=True)
class Grown:
    """What one length of the history costs to receive and to build; `rows` are those of all its long files."""

    factor: int
    rows: int
    received: Run
    built: Run
    warehouse_mb: float


def grow(factor: int, data_dir: Path, scratch: Path, house: Path) -> Grown:
    """Receive the sample and, above factor 1, so many more snapshots; then build the warehouse once more by itself."""
    sample = house / "data/sample"
    history = scratch / f"history-{factor}"
    days = days_between((factor - 1) * SAMPLE_SNAPSHOTS, month_ends())
    files = write_history(history, days)
    manifest = ["--manifest", str(sample / "manifest.csv"), "--received-on", RECEIVED_ON]
    received = _run(["receive", str(sample), *map(str, files), *manifest], data_dir, house)
    shutil.rmtree(history)
    built = _run(["build"], data_dir, house)
    rows = factor * SAMPLE_SNAPSHOTS * PERIODS * len(POPULATIONS) * (len(counties()) + 1)
    sizes = [path.stat().st_size for path in (data_dir / "warehouses").glob("*.duckdb")]
    return Grown(factor, rows, received, built, round(max(sizes) / 1e6, 1))


def _run(arguments: list[str], data_dir: Path, house: Path) -> Run:
    command = [sys.executable, "-m", "dashboard", *arguments, "--data-dir", str(data_dir.absolute())]
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=house, env=environment(house), stdout=said, stderr=said)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(arguments[:2])} ended with {process.returncode}:\n{said.read()[-4000:]}")
    return Run(round(seconds, 2), round(usage.ru_utime + usage.ru_stime, 2), round(usage.ru_maxrss / 1024, 1))


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return how cost grows with size: the slope of the line through their logarithms; 0 is flat, 1 linear."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(cost, 1e-6)) for cost in costs]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((one - x) ** 2 for one in xs)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / spread if spread else 0.0
