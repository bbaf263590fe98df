"""What is written while a backup is restored is never lost, and whoever has the data open goes on from there."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import answers, backup, decided, restoring
from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import Settings
from dashboard.ledger import Decision, Ledger
from dashboard.warehouse import Door
from tests.submitting import hand_in, incoming, office_at, visits

OFFICER = "王小明"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One submission and a decision; to be copied."""
    data_dir = tmp_path_factory.mktemp("filled")
    office = office_at(data_dir)
    hand_in(office, incoming("訪視.csv", visits(visited=60)))
    office.ledger.decide("duty_done", {"duty": "first"}, OFFICER)
    office.ledger.close()
    return data_dir


@pytest.fixture
def data_dir(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "data")


@pytest.fixture
def saved(data_dir: Path, tmp_path: Path) -> Path:
    path = tmp_path / "backup.zip"
    backup.write(data_dir, path)
    return path


def restore(data_dir: Path, saved: Path, *, replace: bool = False) -> list[str]:
    return restoring.restore(Settings(data_dir=data_dir), saved, replace=replace)


def decide(data_dir: Path, duty: str) -> Decision:
    """Decide as another process would, with a ledger of its own."""
    ledger = Ledger(data_dir)
    made = ledger.decide("duty_done", {"duty": duty}, OFFICER)
    ledger.close()
    return made


def duties(data_dir: Path) -> list[str]:
    ledger = Ledger(data_dir)
    found = [one.body["duty"] for one in ledger.decisions()]
    ledger.close()
    return found


def at_the_last_look(monkeypatch: pytest.MonkeyPatch, before: Callable[[], None], after: Callable[[], None]) -> None:
    """Do something just before restoring looks a last time at what is there, and just after it has looked."""
    look = restoring._kept_since

    def looking(*arguments: object, **named: object) -> object:
        before()
        seen = look(*arguments, **named)  # type: ignore[arg-type]
        after()
        return seen

    monkeypatch.setattr(restoring, "_kept_since", looking)


def nothing() -> None: ...


def test_what_is_written_after_the_last_look_waits_and_then_stands_in_what_was_restored(
    data_dir: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = threading.Thread(target=decide, args=(data_dir, "late"))

    def begin() -> None:
        late.start()
        late.join(0.5)
        assert late.is_alive(), "nobody writes between the last look and the switch"

    at_the_last_look(monkeypatch, nothing, begin)
    restore(data_dir, saved)
    late.join(30)
    assert duties(data_dir) == ["first", "late"]


def test_a_receipt_that_comes_while_restoring_stands_in_what_was_restored(
    data_dir: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_at(data_dir)
    batch = incoming("訪視(更正).csv", visits(visited=61, correction=True))
    late = threading.Thread(target=hand_in, args=(office, batch))
    at_the_last_look(monkeypatch, nothing, late.start)
    restore(data_dir, saved)
    late.join(30)
    assert [one.file_name for one in office.ledger.submissions()] == ["訪視.csv", "訪視(更正).csv"]
    office.ledger.close()


def decided_meanwhile(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the warehouse is built, one more decision is made; it is in before the last look.

    The lock is held then, so whoever comes has to be let in beforehand.
    """
    build = restoring._bring_files

    def bringing(*arguments: object) -> None:
        build(*arguments)  # type: ignore[arg-type]
        decide(data_dir, "meanwhile")

    monkeypatch.setattr(restoring, "_bring_files", bringing)


def test_what_is_written_before_the_last_look_stops_the_restoring(
    data_dir: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided_meanwhile(data_dir, monkeypatch)
    with pytest.raises(DashboardError, match="決定 2 筆"):
        restore(data_dir, saved)
    assert duties(data_dir) == ["first", "meanwhile"]


@pytest.mark.parametrize("ahead", [False, True], ids=["nothing would be lost", "something was kept aside already"])
def test_with_replace_it_is_kept_aside(
    data_dir: Path, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: bool
) -> None:
    before = ["first", *(["ahead"] if ahead else [])]
    if ahead:
        decide(data_dir, "ahead")
    decided_meanwhile(data_dir, monkeypatch)
    said = restore(data_dir, saved, replace=True)
    assert duties(data_dir) == ["first"]
    asides = sorted(tmp_path.glob("data.former-*"))
    assert [sentence for sentence in said if str(asides[-1]) in sentence]
    assert duties(asides[-1]) == [*before, "meanwhile"]
    assert len(said) == 1 + len(asides)


def test_a_server_notices_that_other_decisions_of_the_same_number_were_restored(data_dir: Path, saved: Path) -> None:
    restore(data_dir, saved)
    ledger, door = Ledger(data_dir), Door(data_dir)
    ledger.decide("duty_done", {"duty": "lost"}, OFFICER)
    old = door.current()
    assert [one.body["duty"] for one in decided.ticks_of(old, 2)] == ["first", "lost"]
    restore(data_dir, saved, replace=True)
    ledger.decide("duty_done", {"duty": "anew"}, OFFICER)
    now = door.current()
    assert now.name == old.name
    assert now.version != old.version, "pages keep what they have computed, and browsers files, by it"
    assert [one.body["duty"] for one in decided.ticks_of(now, 2)] == ["first", "anew"]
    # What comes in later goes on from there.
    office = office_at(data_dir)
    hand_in(office, incoming("訪視(更正).csv", visits(visited=61, correction=True)))
    office.ledger.close()
    assert door.current().version.rpartition("-")[2] == now.version.rpartition("-")[2]
    assert len(answers.versions_in_force(door.current())) == 1
    ledger.close()


def test_a_server_notices_that_a_damaged_ledger_was_replaced(data_dir: Path, saved: Path) -> None:
    ledger = Ledger(data_dir)
    assert len(ledger.records()) == 1
    (data_dir / "ledger.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(DashboardError, match="收件帳無法讀寫"):
        ledger.records()
    restore(data_dir, saved, replace=True)
    assert len(ledger.records()) == 1
    assert ledger.decide("duty_done", {"duty": "on"}, OFFICER).seq == 2
    assert duties(data_dir) == ["first", "on"]
    ledger.close()
