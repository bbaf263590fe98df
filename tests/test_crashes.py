"""kill -9 at every step of receiving: each file is wholly in or wholly out, and the next start goes on from there."""

import itertools
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard import answers
from dashboard.__main__ import main
from dashboard.archive import Archive, sha256
from dashboard.domain.kinds import Kind
from dashboard.domain.settings import HOUSE
from dashboard.receiving import Office
from dashboard.warehouse import Door, Warehouse
from tests.crashing import Point, request
from tests.submitting import ISSUED, hand_in, incoming, office_at, visits

Run = Callable[..., int]

_ARCHIVE = "dashboard.archive"
_BUILD = "dashboard.warehouse.build"
_WAREHOUSES = f"{_BUILD}.Warehouses"
_COMMIT = "sqlalchemy.engine.default.DefaultDialect.do_commit"
_STEPS = (
    f"{_ARCHIVE}.Archive.keep_original",
    f"{_ARCHIVE}.Archive.keep_figures",
    f"{_ARCHIVE}.Archive.sweep",
    f"{_WAREHOUSES}.build",
    f"{_WAREHOUSES}._grown",
    f"{_BUILD}._run_checks",
    "dashboard.ledger.Ledger.append",
    f"{_WAREHOUSES}.put_into_service",
    f"{_WAREHOUSES}.prune",
    "dashboard.printing.receipts",
)
_STORING = (
    f"{_ARCHIVE}.Archive.keep_original",
    f"{_ARCHIVE}.Archive.keep_figures",
    f"{_WAREHOUSES}.put_into_service",
)
POINTS = [
    *(Point(step, when) for step in _STEPS for when in ("before", "after")),
    *(Point("pathlib.Path.replace", when, within=w) for w in (*_STORING, _STEPS[3]) for when in ("before", "after")),
    *(Point("pathlib.Path.write_bytes", "amid", within=within) for within in _STORING),
    Point(_STEPS[0], "after", nth=2),
    Point("dashboard.warehouse.filling._renew_touched", "after", nth=2, within=_STEPS[3]),
    *(Point(_COMMIT, when, within="dashboard.ledger.Ledger.append") for when in ("before", "after")),
    Point("sqlalchemy.engine.default.DefaultDialect.do_executemany", "after"),
]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Run a command in a process that dies at a point or after some seconds; give its exit status."""
    nursery = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.crashing"],
        cwd=HOUSE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    asking, answering = nursery.stdin, nursery.stdout
    assert asking
    assert answering

    def ask(*arguments: object, output: Path, point: Point | None = None, seconds: float | None = None) -> int:
        asking.write(request([str(argument) for argument in arguments], output, point, seconds))
        asking.flush()
        return int(answering.readline())

    yield ask
    asking.close()
    nursery.wait(10)
    answering.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one report in it, to be copied."""
    data_dir = tmp_path_factory.mktemp("filled")
    office = office_at(data_dir)
    hand_in(office, incoming("訪視.csv", visits(visited=60)))
    office.ledger.close()
    return data_dir


@pytest.fixture
def data_dir(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "data")


@pytest.fixture
def batch(tmp_path: Path) -> list[Path]:
    """A correction of the report that is in, and a new one."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    correction = inbox / "訪視(更正).csv"
    correction.write_bytes(visits(visited=61, correction=True, issued_on=ISSUED + timedelta(days=9)))
    new = inbox / "新.csv"
    new.write_bytes(visits("111年", visited=59, as_of=date(2023, 3, 31), issued_on=date(2023, 5, 1)))
    return [correction, new]


def visited(warehouse: Warehouse) -> dict[str, set[int]]:
    """The visited persons that stand for each period now."""
    frame = answers.figures(warehouse, Kind.VISITS)
    persons = frame[frame["measure"] == "visited_persons"]
    return {str(period): set(values) for period, values in persons.groupby("period")["value"]}


BEFORE = {"2023": {60}}
AFTER = {"2023": {61}, "2022": {59}}


def receive(data_dir: Path, batch: list[Path]) -> list[object]:
    return ["receive", "--data-dir", data_dir, "--received-on", "issued", *batch]


def goes_on(data_dir: Path, batch: list[Path], output: Path, before: Warehouse | None) -> None:
    """What must hold after any crash, from the first look at the directory to the files handed in again."""
    if before:
        assert visited(before) == BEFORE  # whoever holds the old warehouse reads on
        assert visited(Door(data_dir).current()) in (BEFORE, AFTER)  # and it stays in service until the next is whole
    office = office_at(data_dir)
    office.make_ready()
    journaled = _is_repaired(office, data_dir)
    assert journaled in ([], sorted(path.name for path in batch))
    reported = output.read_text("utf-8") if output.exists() else ""
    assert all(path.name not in _outcomes(reported) or path.name in journaled for path in batch)
    assert visited(Door(data_dir).current()) == (AFTER if journaled else BEFORE if before else {})
    again = hand_in(office, *(incoming(path.name, path.read_bytes()) for path in batch))
    assert {receipt.outcome.partition("_")[0] for receipt in again} == {"identical" if journaled else "accepted"}
    assert _is_repaired(office, data_dir) == sorted(path.name for path in batch)
    assert visited(Door(data_dir).current()) == AFTER
    assert not list(data_dir.rglob(".unfinished-*"))
    assert len(list((data_dir / "warehouses").iterdir())) <= 3
    office.ledger.close()
    assert main(["status", "--data-dir", str(data_dir)]) == 0


def _outcomes(reported: str) -> str:
    """The table of outcomes, without the lines that tell which file is being read."""
    return "\n".join(line for line in reported.splitlines() if not line.startswith("讀取"))


def _is_repaired(office: Office, data_dir: Path) -> list[str]:
    """See that pointer, journal and archive agree; return the files in besides the first."""
    submissions = office.ledger.submissions()
    assert office.warehouses.is_current(office.ledger.head())
    archive = Archive(data_dir)
    for submission in submissions:
        assert sha256(archive.original_path(submission.sha256).read_bytes()) == submission.sha256
        assert archive.figures(submission.figures_sha256)
    assert all(submission.is_accepted for submission in submissions)
    warehouse = Door(data_dir).current()
    assert len(answers.arrivals(warehouse)) == len({slice_ for s in submissions for slice_ in s.slices})
    return sorted(s.file_name for s in submissions if s.file_name != "訪視.csv")


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_whatever_step_a_receiving_process_dies_at_the_next_start_goes_on(
    point: Point, run: Run, data_dir: Path, batch: list[Path], tmp_path: Path
) -> None:
    before = Door(data_dir).current()
    output = tmp_path / "output"
    assert run(*receive(data_dir, batch), output=output, point=point) == -signal.SIGKILL
    goes_on(data_dir, batch, output, before)


@pytest.mark.parametrize("seed", range(5))
def test_whenever_a_receiving_process_dies_the_next_start_goes_on(
    seed: int, run: Run, data_dir: Path, batch: list[Path], tmp_path: Path
) -> None:
    before = Door(data_dir).current()
    output = tmp_path / "output"
    seconds = random.Random(seed).uniform(0, 0.5)  # noqa: S311 - no secret
    assert run(*receive(data_dir, batch), output=output, seconds=seconds) in {-signal.SIGKILL, 0}
    goes_on(data_dir, batch, output, before)


FIRST_STEPS = [
    Point("dashboard.ledger.schema.bring_up", "before"),
    Point("dashboard.ledger.schema.bring_up", "after"),
    Point("dashboard.warehouse.filling._create", "after", nth=9),
    Point("sqlalchemy.engine.base.Connection.exec_driver_sql", "before"),
    Point("sqlalchemy.engine.base.Connection.exec_driver_sql", "after"),
    Point(_STEPS[3], "before"),
    Point(_STEPS[3], "after"),
    Point(_STEPS[6], "after"),
    Point(_STEPS[7], "after"),
]


@pytest.mark.parametrize("point", FIRST_STEPS, ids=str)
def test_a_process_that_dies_on_its_first_day_leaves_a_directory_to_start_from(
    point: Point, run: Run, batch: list[Path], tmp_path: Path
) -> None:
    output = tmp_path / "output"
    data_dir = tmp_path / "data"
    assert run(*receive(data_dir, batch), output=output, point=point) == -signal.SIGKILL
    goes_on(data_dir, batch, output, None)


@pytest.mark.parametrize("point", [Point(_STEPS[3], "after"), Point("pathlib.Path.write_bytes", "amid")], ids=str)
def test_dying_again_and_again_does_not_fill_the_disk(
    point: Point, run: Run, data_dir: Path, batch: list[Path], tmp_path: Path
) -> None:
    before = Door(data_dir).current()
    sizes = []
    for turn in itertools.count():
        assert run(*receive(data_dir, batch), output=tmp_path / "output", point=point) == -signal.SIGKILL
        sizes.append(len([path for path in data_dir.rglob("*") if path.name.startswith(".unfinished-")]))
        if turn == 3:
            break
    assert sizes[0] == sizes[-1] <= 1
    goes_on(data_dir, batch, tmp_path / "output", before)


WITHDRAWING = [
    *(Point(step, when) for step in _STEPS[3:9] for when in ("before", "after")),
    *(Point(_COMMIT, when, within="dashboard.ledger.Ledger.append") for when in ("before", "after")),
]


@pytest.mark.parametrize("point", WITHDRAWING, ids=str)
def test_whatever_step_a_withdrawing_process_dies_at_it_is_withdrawn_wholly_or_not_at_all(
    point: Point, run: Run, data_dir: Path, tmp_path: Path
) -> None:
    asked = ["withdraw", "1", "--data-dir", data_dir, "--reason", "誤送", "--officer", "王小明"]
    assert run(*asked, output=tmp_path / "output", point=point) == -signal.SIGKILL
    office = office_at(data_dir)
    office.make_ready()
    is_withdrawn = len(office.ledger.records()) == 2
    assert office.warehouses.is_current(office.ledger.head())
    assert visited(Door(data_dir).current()) == ({} if is_withdrawn else BEFORE)
    office.ledger.close()
    assert run(*asked, output=tmp_path / "output") == (2 if is_withdrawn else 0)
    assert visited(Door(data_dir).current()) == {}
    assert main(["verify", "--data-dir", str(data_dir)]) == 0


def test_a_repair_that_dies_is_repaired(run: Run, data_dir: Path, batch: list[Path], tmp_path: Path) -> None:
    before = Door(data_dir).current()
    output = tmp_path / "output"
    committed = Point("dashboard.ledger.Ledger.append", "after")
    assert run(*receive(data_dir, batch), output=output, point=committed) == -signal.SIGKILL
    for built in (data_dir / "warehouses").glob("000003-*"):
        built.unlink()  # so that the repair has to build
    for step in (_STEPS[4], _STEPS[3], _STEPS[7]):
        asked = ["status", "--data-dir", data_dir]
        assert run(*asked, output=output, point=Point(step, "after")) == -signal.SIGKILL
    goes_on(data_dir, batch, output, before)


@pytest.mark.parametrize("share", [0.85])
def test_the_real_command_killed_at_some_time_is_followed_by_a_real_start(
    share: float, data_dir: Path, batch: list[Path], tmp_path: Path
) -> None:
    before = Door(data_dir).current()
    output = tmp_path / "output"
    command = [sys.executable, "-m", "dashboard"]
    started = time.monotonic()
    subprocess.run([*command, "status", "--data-dir", str(data_dir)], cwd=HOUSE, check=True, capture_output=True)
    took = time.monotonic() - started
    with output.open("w") as written:
        process = subprocess.Popen([*command, *map(str, receive(data_dir, batch))], cwd=HOUSE, stdout=written)
        time.sleep(took * share)
        process.kill()
        process.wait()
    subprocess.run([*command, "status", "--data-dir", str(data_dir)], cwd=HOUSE, check=True, capture_output=True)
    goes_on(data_dir, batch, output, before)
