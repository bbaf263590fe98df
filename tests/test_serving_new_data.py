"""The door a running server uses: it notices what another process took in, and what was open stays open."""

import gc
import subprocess
import sys
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard import answers
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.domain.settings import HOUSE
from dashboard.warehouse import Door, Warehouse
from tests.submitting import ISSUED, hand_in, incoming, office_at, visits


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    office = office_at(tmp_path / "data")
    hand_in(office, incoming("訪視.csv", visits(visited=60)))
    office.ledger.close()
    return tmp_path / "data"


def correct(data_dir: Path, visited_persons: int, days: int = 1) -> None:
    """Take a correction in, as another process would that shares nothing with the door."""
    office = office_at(data_dir)
    issued_on = ISSUED + timedelta(days=days)
    content = visits(visited=visited_persons, correction=True, issued_on=issued_on)
    hand_in(office, incoming(f"{days}(更正).csv", content))
    office.ledger.close()


def visited(warehouse: Warehouse) -> set[int]:
    frame = answers.figures(warehouse, Kind.VISITS)
    return set(frame.loc[frame["measure"] == "visited_persons", "value"])


def test_a_receive_in_another_process_is_seen_at_the_next_question(data_dir: Path, tmp_path: Path) -> None:
    door = Door(data_dir)
    before = door.current()
    report = tmp_path / "新(更正).csv"
    report.write_bytes(visits(visited=61, correction=True, issued_on=ISSUED + timedelta(days=1)))
    command = [sys.executable, "-m", "dashboard", "receive", "--data-dir", str(data_dir), str(report)]
    subprocess.run(command, cwd=HOUSE, check=True, capture_output=True)
    after = door.current()
    assert after.version != before.version
    assert visited(after) == {61}
    assert visited(before) == {60}


def test_while_nothing_changes_the_door_gives_the_same_warehouse(data_dir: Path) -> None:
    door = Door(data_dir)
    assert door.current() is door.current()


def test_a_pointer_moved_to_the_same_warehouse_gives_the_same_version(data_dir: Path) -> None:
    door = Door(data_dir)
    version = door.current().version
    office = office_at(data_dir)
    office.warehouses.rebuild(office.ledger)
    office.ledger.close()
    assert door.current().version == version
    assert visited(door.current()) == {60}


def test_a_warehouse_taken_before_keeps_answering_after_its_file_was_pruned(data_dir: Path) -> None:
    door = Door(data_dir)
    old = door.current()
    for days in range(1, 5):
        correct(data_dir, 60 + days, days)
    assert visited(door.current()) == {64}
    assert old.version not in {path.stem for path in (data_dir / "warehouses").iterdir()}
    assert visited(old) == {60}


def test_the_door_lets_go_of_warehouses_that_nobody_holds_any_more(data_dir: Path) -> None:
    door = Door(data_dir)
    for days in range(1, 5):
        door.current()
        correct(data_dir, 60 + days, days)
    door.current()
    gc.collect()
    assert _open_below(data_dir / "warehouses") == {door.current().version}


def _open_below(directory: Path) -> set[str]:
    """The names of the files below a directory that this process holds open, also removed ones."""
    handles = [handle for handle in Path("/proc/self/fd").iterdir() if handle.is_symlink()]
    return {file.stem for handle in handles if (file := handle.readlink()).parent == directory}


def test_readers_never_see_anything_but_a_whole_state_while_files_come_in(data_dir: Path) -> None:
    door = Door(data_dir)
    seen: list[set[int]] = []
    done = threading.Event()

    def read_on() -> None:
        while not done.is_set():
            seen.append(visited(door.current()))

    readers = [threading.Thread(target=read_on) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for days in range(1, 4):
            correct(data_dir, 60 + days, days)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert visited(door.current()) == {63}
    assert all(state in ({60}, {61}, {62}, {63}) for state in seen)
    first_seen = list(dict.fromkeys(next(iter(state)) for state in seen))
    assert first_seen == sorted(first_seen)


def test_a_refused_file_changes_nothing_that_readers_see(data_dir: Path) -> None:
    door = Door(data_dir)
    office = office_at(data_dir)
    hand_in(office, incoming("又.csv", visits(visited=77, as_of=date(2024, 4, 30))))
    office.ledger.close()
    assert visited(door.current()) == {60}


def test_a_pointer_damaged_while_serving_is_told_and_repaired_by_the_next_start(data_dir: Path) -> None:
    door = Door(data_dir)
    held = door.current()
    (data_dir / "current.json").write_bytes(b"\x00garbage")
    with pytest.raises(DashboardError, match="guobao build"):
        door.current()
    assert visited(held) == {60}
    office_at(data_dir).make_ready()
    assert visited(door.current()) == {60}
