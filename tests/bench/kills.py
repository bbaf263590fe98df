"""Killing the command line at random moments while it receives, withdraws and decides, and what is left of it."""

import dataclasses
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from dashboard import verifying
from dashboard.domain.settings import HOUSE, Settings, today
from dashboard.ledger import Ledger, submissions_in, withdrawals_in
from dashboard.receiving import Office
from dashboard.rules.rule import load_rule
from dashboard.ticking import tickable
from tests.crashing import request
from tests.submitting import ISSUED, collection_history, visits

_MONTHS = [f"{year}{month:02d}" for year in range(98, 113) for month in range(1, 13)]
_VERIFIED_EVERY = 50

Run = Callable[[list[str], float | None], tuple[int, str]]
"""Runs a command, killed after so many seconds; gives its exit status and what it printed."""


@dataclasses.dataclass
class Found:
    """What became of all commands; `faults` says what was lost, doubled, half in, or not sound."""

    kills: int = 0
    finished: int = 0
    received: int = 0
    withdrawn: int = 0
    decided: int = 0
    verified: int = 0
    seconds: float = 0.0
    faults: list[str] = dataclasses.field(default_factory=list)


def kill(times: int, scratch: Path, seed: int = 1) -> Found:
    """Run commands until so many were killed, look after each what it reported, and now and then at everything."""
    found, started = Found(), time.perf_counter()
    with _nursery(scratch / "output") as run:
        loop = _Loop(scratch, run, random.Random(seed), found)  # noqa: S311 - no secret
        while found.kills < times and not found.faults:
            loop.turn()
            if found.kills >= _VERIFIED_EVERY * (found.verified + 1):
                loop.verify()
        loop.finish()
    found.seconds = time.perf_counter() - started
    return found


@contextmanager
def _nursery(output: Path) -> Iterator[Run]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crashing"], cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    asking, answering = process.stdin, process.stdout
    assert asking
    assert answering

    def run(arguments: list[str], seconds: float | None) -> tuple[int, str]:
        output.unlink(missing_ok=True)
        asking.write(request(arguments, output, seconds=seconds))
        asking.flush()
        status = int(answering.readline())
        return status, output.read_text("utf-8", errors="replace") if output.exists() else ""

    yield run
    asking.close()
    process.wait(30)
    answering.close()


class _Loop:
    """One data directory, what was handed into it, and what was reported of it."""

    def __init__(self, scratch: Path, run: Run, chance: random.Random, found: Found) -> None:
        self._data_dir, self._inbox = scratch / "killed", scratch / "inbox"
        self._inbox.mkdir()
        self._run, self._chance, self._found = run, chance, found
        self._made = 0
        self._open: list[Path] = [self._written("訪視.csv", visits())]
        self._reported: set[str] = set()
        self._withdrawn: set[int] = set()
        self._decided = 0
        duty = next(duty for duty in tickable([], load_rule("adopted"), today()) if duty.slot)
        self._duty = [duty.key, "--period", duty.slot, "--on", today().isoformat(), "--reason", "更正"]
        before = time.perf_counter()
        self._receive(None)
        self._took = time.perf_counter() - before

    def turn(self) -> None:
        """Let one command run, perhaps to its end."""
        seconds = self._chance.uniform(0.0, 0.9 * self._took)
        doing = self._chance.choices((self._receive, self._withdraw, self._decide), (6, 2, 2))[0]
        doing(seconds)
        self._see()

    def _asked(self, command: list[str], seconds: float | None) -> str:
        place = ["--data-dir", str(self._data_dir)]
        officer = ["--officer", "王小明"]
        status, printed = self._run([*command, *place, *officer], seconds)
        self._found.kills += status == -signal.SIGKILL
        self._found.finished += status != -signal.SIGKILL
        if status not in {0, -signal.SIGKILL}:
            self._found.faults.append(f"{command}: {status} {printed[-300:]}")
        return printed

    # --- the three commands

    def _receive(self, seconds: float | None) -> None:
        """Hand in what is not in yet, and one or two files more."""
        if seconds is not None:
            self._open += [self._new() for _ in range(self._chance.randint(1, 2))]
        batch = self._open[:4]
        printed = self._asked(["receive", *map(str, batch)], seconds)
        told = "\n".join(line for line in printed.splitlines() if not line.startswith("讀取"))
        reported = [path for path in batch if path.name in told]
        self._reported |= {path.name for path in reported}
        self._open = [path for path in self._open if path not in reported]

    def _withdraw(self, seconds: float) -> None:
        with closing(Ledger(self._data_dir)) as ledger:
            records = ledger.records()
        gone = withdrawals_in(records)
        left = [one.seq for one in submissions_in(records) if one.seq > 1 and one.seq not in gone]
        if left:
            number = self._chance.choice(left)
            if "已撤回" in self._asked(["withdraw", str(number), "--reason", "誤送"], seconds):
                self._withdrawn.add(number)

    def _decide(self, seconds: float) -> None:
        command = ["done", *self._duty, "--document", f"字第{self._found.finished}號"]
        self._decided += bool(self._asked(command, seconds).strip())

    def _new(self) -> Path:
        """Write a file that nobody has seen: a month of dunning, or one more correction of the report on visits."""
        self._made += 1
        if self._made % 2 and self._made // 2 < len(_MONTHS):
            month = _MONTHS[self._made // 2]
            return self._written(f"催繳{month}歷史.csv", collection_history(month))
        corrected = visits(correction=True, issued_on=ISSUED + timedelta(days=self._made), reason=f"第{self._made}次")
        return self._written(f"訪視(更正{self._made}).csv", corrected)

    def _written(self, name: str, content: bytes) -> Path:
        path = self._inbox / name
        path.write_bytes(content)
        return path

    # --- what is left

    def _see(self) -> None:
        """Whatever was reported is in, once."""
        with closing(Ledger(self._data_dir)) as ledger:
            records, decided = ledger.records(), ledger.decision_count()
        names = Counter(one.file_name for one in submissions_in(records) if one.is_accepted)
        gone = set(withdrawals_in(records))
        lost = sorted(self._reported - names.keys())
        self._found.faults += [f"reported and not in: {name}" for name in lost]
        self._found.faults += [f"in twice: {name}" for name, count in names.items() if count > 1]
        self._found.faults += [f"refused: {one.file_name}" for one in submissions_in(records) if not one.is_accepted]
        self._found.faults += [f"withdrawn and in: {number}" for number in sorted(self._withdrawn - gone)]
        if decided < self._decided:
            self._found.faults.append(f"{self._decided} decisions reported, {decided} recorded")
        self._found.received, self._found.withdrawn, self._found.decided = len(names), len(gone), decided

    def verify(self) -> None:
        """Let the next start repair what it must, and hold everything against everything."""
        settings = Settings(data_dir=self._data_dir)
        office = Office(settings)
        office.make_ready()
        office.ledger.close()
        self._found.faults += [one.sentence for one in verifying.verify(settings) if not one.is_sound]
        self._found.verified += 1

    def finish(self) -> None:
        """Hand in what is left, undisturbed: everything comes in."""
        while self._open and not self._found.faults:
            self._receive(None)
        self._see()
        self.verify()
