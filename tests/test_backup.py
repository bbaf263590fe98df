"""Backing up and restoring: one archive, whole or refused, while servers read and write."""

import json
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from dashboard import answers, backup, restoring, verifying
from dashboard.__main__ import main
from dashboard.archive import Archive
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.domain.settings import Settings
from dashboard.ledger import Decision, Ledger, Record
from dashboard.receiving import Office
from dashboard.warehouse import Door
from tests.submitting import hand_in, incoming, office_at, visits

CORRECTED = date(2024, 6, 20)
CORRECTION = visits(visited=61, correction=True, issued_on=CORRECTED)
LATER = visits("111年", visited=59, as_of=date(2023, 3, 31), issued_on=date(2023, 5, 1))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two submissions, one of them withdrawn, and a decision; to be copied."""
    data_dir = tmp_path_factory.mktemp("filled")
    office = office_at(data_dir)
    hand_in(office, incoming("訪視.csv", visits(visited=60)), incoming("訪視(更正).csv", CORRECTION))
    office.withdraw(2, "誤送", "王小明")
    office.ledger.decide("duty_done", {"duty": "x"}, "王小明")
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


def at(data_dir: Path) -> Settings:
    return Settings(data_dir=data_dir)


def content(data_dir: Path) -> tuple[list[Record], list[Decision], dict[str, bytes]]:
    """Records, decisions and files of a data directory."""
    ledger = Ledger(data_dir)
    records, decisions = ledger.records(), ledger.decisions()
    ledger.close()
    return records, decisions, {name: path.read_bytes() for name, path in Archive(data_dir).stored().items()}


def is_sound(data_dir: Path) -> bool:
    return all(verdict.is_sound for verdict in verifying.verify(at(data_dir)))


def visited(data_dir: Path) -> set[tuple[str, int]]:
    frame = answers.figures(Door(data_dir).current(), Kind.VISITS)
    persons = frame[frame["measure"] == "visited_persons"]
    return set(zip(persons["period"], persons["value"], strict=True))


def test_what_is_restored_into_an_empty_directory_is_what_was_backed_up(
    data_dir: Path, saved: Path, tmp_path: Path
) -> None:
    [said] = restoring.restore(at(tmp_path / "new" / "data"), saved)
    assert "收件帳 3 筆、決定 1 筆、檔案 4 個" in said
    assert content(tmp_path / "new" / "data") == content(data_dir)
    assert visited(tmp_path / "new" / "data") == visited(data_dir) == {("2023", 60)}
    assert is_sound(tmp_path / "new" / "data")


def test_two_backups_of_the_same_state_are_the_same_files(data_dir: Path, saved: Path, tmp_path: Path) -> None:
    backup.write(data_dir, tmp_path / "again.zip")
    with zipfile.ZipFile(saved) as one, zipfile.ZipFile(tmp_path / "again.zip") as other:
        assert one.namelist() == other.namelist()
        assert [entry.CRC for entry in one.infolist()] == [entry.CRC for entry in other.infolist()]


def test_a_backup_holds_what_records_name_and_no_more(data_dir: Path, tmp_path: Path) -> None:
    Archive(data_dir).keep_original(b"stored, and its process died")
    backup.write(data_dir, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        assert len(archive.namelist()) == 2 + 4


def test_an_existing_file_is_never_overwritten(data_dir: Path, saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(DashboardError, match="已存在"):
        backup.write(data_dir, saved)
    assert saved.read_bytes() == before


def test_a_damaged_directory_is_not_backed_up_as_if_it_were_whole(data_dir: Path, tmp_path: Path) -> None:
    lost = next(iter(Archive(data_dir).stored().values()))
    lost.unlink()
    with pytest.raises(DashboardError, match=rf"{lost.name} 遺失.*未予備份"):
        backup.write(data_dir, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


def test_nothing_is_backed_up_where_there_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(DashboardError, match="沒有收件帳"):
        backup.write(tmp_path / "none", tmp_path / "backup.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_restored_directory_goes_on(saved: Path, tmp_path: Path) -> None:
    restoring.restore(at(tmp_path / "new"), saved)
    office = office_at(tmp_path / "new")
    hand_in(office, incoming("新.csv", LATER))
    office.ledger.decide("duty_done", {"duty": "y"}, "王小明")
    office.ledger.close()
    assert visited(tmp_path / "new") == {("2023", 60), ("2022", 59)}
    assert is_sound(tmp_path / "new")


# --- over what is there


def test_files_lost_since_the_backup_are_brought_back(data_dir: Path, saved: Path) -> None:
    before = content(data_dir)
    first, second, *_ = Archive(data_dir).stored().values()
    first.unlink()
    second.write_bytes(b"altered")
    assert len(restoring.restore(at(data_dir), saved)) == 1
    assert content(data_dir) == before
    assert is_sound(data_dir)


def test_an_archive_that_goes_on_from_the_directory_is_restored_without_asking(
    filled: Path, data_dir: Path, tmp_path: Path
) -> None:
    office = office_at(data_dir)
    hand_in(office, incoming("新.csv", LATER))
    office.ledger.close()
    backup.write(data_dir, tmp_path / "later.zip")
    behind = shutil.copytree(filled, tmp_path / "behind")
    assert len(restoring.restore(at(behind), tmp_path / "later.zip")) == 1
    assert content(behind) == content(data_dir)
    assert not list(tmp_path.glob("behind.former-*"))


@pytest.fixture
def ahead(data_dir: Path, saved: Path) -> Path:
    """The same ledger with a submission more than the backup has."""
    assert saved
    office = office_at(data_dir)
    hand_in(office, incoming("新.csv", LATER))
    office.ledger.close()
    return data_dir


def test_records_that_the_archive_lacks_are_not_lost_unless_somebody_says_so(ahead: Path, saved: Path) -> None:
    before = content(ahead)
    with pytest.raises(DashboardError, match=r"4 筆、決定 1 筆.*--replace"):
        restoring.restore(at(ahead), saved)
    assert content(ahead) == before
    assert is_sound(ahead)


def test_what_is_replaced_is_kept_aside_as_a_whole(ahead: Path, saved: Path, tmp_path: Path) -> None:
    before = content(ahead)
    said = restoring.restore(at(ahead), saved, replace=True)
    [aside] = tmp_path.glob("data.former-*")
    assert str(aside) in said[1]
    assert content(aside) == before
    assert visited(ahead) == {("2023", 60)}
    assert len(content(ahead)[2]) == 4
    assert is_sound(ahead)


def test_a_decision_made_since_the_backup_is_not_lost_unless_somebody_says_so(data_dir: Path, saved: Path) -> None:
    ledger = Ledger(data_dir)
    ledger.decide("duty_done", {"duty": "y"}, "王小明")
    ledger.close()
    with pytest.raises(DashboardError, match="決定 2 筆"):
        restoring.restore(at(data_dir), saved)
    said = restoring.restore(at(data_dir), saved, replace=True)
    assert "原有資料另存於" in said[-1]
    assert len(content(data_dir)[1]) == 1


def test_the_ledger_of_another_office_is_not_replaced_unless_somebody_says_so(saved: Path, tmp_path: Path) -> None:
    other = office_at(tmp_path / "other")
    hand_in(other, incoming("新.csv", LATER))
    other.ledger.close()
    with pytest.raises(DashboardError, match="--replace"):
        restoring.restore(at(tmp_path / "other"), saved)
    restoring.restore(at(tmp_path / "other"), saved, replace=True)
    assert visited(tmp_path / "other") == {("2023", 60)}


def test_a_damaged_ledger_is_replaced_if_somebody_says_so_and_kept(data_dir: Path, saved: Path, tmp_path: Path) -> None:
    for path in data_dir.glob("ledger.sqlite*"):
        path.unlink()
    (data_dir / "ledger.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(DashboardError, match="收件帳無法讀寫"):
        restoring.restore(at(data_dir), saved)
    restoring.restore(at(data_dir), saved, replace=True)
    [aside] = tmp_path.glob("data.former-*")
    assert (aside / "ledger.sqlite").read_bytes() == b"no database" * 1000
    assert is_sound(data_dir)


def test_an_altered_ledger_is_not_taken_for_a_sound_one(data_dir: Path, saved: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data_dir / "ledger.sqlite", isolation_level=None)) as connection:
        connection.execute("drop trigger journal_refuses_update")
        connection.execute("update journal set body = replace(body, '訪視.csv', '訪祝.csv') where seq = 1")
    with pytest.raises(DashboardError, match="第 1 筆"):
        restoring.restore(at(data_dir), saved)
    restoring.restore(at(data_dir), saved, replace=True)
    assert is_sound(data_dir)
    assert list(tmp_path.glob("data.former-*/ledger.sqlite"))


def test_a_directory_of_something_else_is_left_alone(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("x")
    with pytest.raises(DashboardError, match="請指定空的目錄"):
        restoring.restore(at(tmp_path / "letters"), saved, replace=True)
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["letter.txt"]


# --- archives that are not whole

Change = Callable[[dict[str, bytes]], object]


def changed(saved: Path, change: Change) -> Path:
    """An archive with other entries."""
    with zipfile.ZipFile(saved) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    path = saved.with_name("changed.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for name, held in entries.items():
            archive.writestr(name, held)
    return path


def _first(entries: dict[str, bytes], folder: str) -> str:
    return next(name for name in entries if name.startswith(folder))


def _told(entries: dict[str, bytes], **other: object) -> None:
    entries["manifest.json"] = json.dumps(json.loads(entries["manifest.json"]) | other).encode()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda e: e.update({"../outside": b"x"}), "不應有的檔名"),
        (lambda e: e.update({"/etc/x": b"x"}), "不應有的檔名"),
        (lambda e: e.update({"originals/../../x": b"x"}), "不應有的檔名"),
        (lambda e: e.update({f"originals/ab/{'cd' * 32}": b"x"}), "不應有的檔名"),
        (lambda e: e.update({f"figures/{'ab' * 32}.parquet": b"x"}), "雜湊值不符"),
        (lambda e: e.pop("manifest.json"), "沒有清單"),
        (lambda e: e.update({"manifest.json": b"{"}), "沒有清單"),
        (lambda e: _told(e, format=2), "格式版本不同"),
        (lambda e: _told(e, journal=[2, "0" * 64]), "與清單所載不符"),
        (lambda e: e.pop("ledger.sqlite"), "缺少 ledger.sqlite"),
        (lambda e: e.pop(_first(e, "originals/")), "缺少 originals/"),
        (lambda e: e.update({_first(e, "originals/"): b"other"}), "雜湊值不符"),
        (lambda e: e.update({"ledger.sqlite": e["ledger.sqlite"][:-1]}), "ledger.sqlite 的內容"),
    ],
)
def test_an_archive_that_is_not_whole_changes_nothing(
    data_dir: Path, saved: Path, tmp_path: Path, change: Change, why: str
) -> None:
    before = content(data_dir)
    path = changed(saved, change)
    for target in (data_dir, tmp_path / "new"):
        with pytest.raises(DashboardError, match=f"不是可用的備份檔（.*{why}"):
            restoring.restore(at(target), path, replace=True)
    assert content(data_dir) == before
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "outside").exists()


def test_a_file_that_a_record_needs_and_nobody_lists_is_missed(saved: Path, tmp_path: Path) -> None:
    def unlisted(entries: dict[str, bytes]) -> None:
        name = _first(entries, "figures/")
        del entries[name]
        listed = json.loads(entries["manifest.json"])["files"]
        del listed[name]
        _told(entries, files=listed)

    with pytest.raises(DashboardError, match="缺少 figures/"):
        restoring.restore(at(tmp_path / "new"), changed(saved, unlisted))


@pytest.mark.parametrize("keep", [0, 10, 5000])
def test_a_file_that_is_no_archive_or_cut_off_is_told(saved: Path, tmp_path: Path, keep: int) -> None:
    (tmp_path / "cut.zip").write_bytes(saved.read_bytes()[:keep])
    for path in (tmp_path / "cut.zip", tmp_path / "none.zip"):
        with pytest.raises(DashboardError, match="無法開啟或已損毀"):
            restoring.restore(at(tmp_path / "new"), path)


# --- while a server runs


def test_a_running_server_serves_what_was_restored_and_goes_on_from_there(ahead: Path, saved: Path) -> None:
    office, door = office_at(ahead), Door(ahead)  # opened before, as a server has them
    old = door.current()
    assert len(office.ledger.records()) == 4
    restoring.restore(at(ahead), saved, replace=True)
    assert door.current() is not old
    assert len(answers.versions_in_force(door.current())) == 1
    assert len(office.ledger.records()) == 3
    hand_in(office, incoming("新.csv", LATER))
    assert len(answers.versions_in_force(door.current())) == 2
    assert office.ledger.decide("duty_done", {}, "王小明").seq == 2
    office.ledger.close()
    assert is_sound(ahead)


def test_a_backup_taken_while_files_come_in_is_one_moment(tmp_path: Path) -> None:
    office = office_at(tmp_path / "data")
    hand_in(office, incoming("訪視.csv", visits(visited=60)))
    done = threading.Event()

    def receiving() -> None:
        for year in range(105, 112):
            later = visits(f"{year}年", as_of=date(year + 1912, 3, 31), issued_on=date(year + 1912, 5, 1))
            hand_in(office, incoming(f"{year}.csv", later))
        done.set()

    person = threading.Thread(target=receiving)
    person.start()
    taken: list[Path] = []
    while not done.is_set() or not taken:
        taken.append(tmp_path / f"{len(taken)}.zip")
        backup.write(tmp_path / "data", taken[-1])
    person.join()
    office.ledger.close()
    for nth in {0, len(taken) // 2, len(taken) - 1}:
        restoring.restore(at(tmp_path / f"new{nth}"), taken[nth])
        assert is_sound(tmp_path / f"new{nth}")


def test_the_commands_say_what_they_did(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, new = str(tmp_path / "b.zip"), str(tmp_path / "new")
    assert main(["backup", path, "--data-dir", str(data_dir)]) == 0
    assert "收件帳 3 筆、決定 1 筆、檔案 4 個" in capsys.readouterr().out
    assert main(["restore", path, "--data-dir", new]) == 0
    assert "已還原" in capsys.readouterr().out
    assert main(["verify", "--data-dir", new]) == 0
    assert main(["restore", path, "--data-dir", new]) == 0, "the same state once more"
    assert isinstance(office_at(tmp_path / "new"), Office)
