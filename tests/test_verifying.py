"""guobao verify: sound data is called sound; whatever is altered, lost or out of step is named, and nothing else."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard import verifying
from dashboard.__main__ import main
from dashboard.archive import Archive
from dashboard.domain.settings import Settings
from dashboard.readers import Reading
from dashboard.reading_room import Limits, shared_room
from dashboard.receiving import Office
from dashboard.warehouse import Warehouses
from tests.submitting import collection_history, hand_in, incoming, office_at, snapshot, visits

PARTS = ["收件帳", "決定紀錄", "原檔", "數值檔", "指標", "資料倉儲"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An original, its correction, a snapshot, one withdrawn and a decision; to be copied."""
    data_dir = tmp_path_factory.mktemp("filled")
    office = office_at(data_dir)
    hand_in(
        office,
        incoming("訪視.csv", visits(visited=60)),
        incoming("訪視(更正).csv", visits(visited=61, correction=True, issued_on=date(2024, 6, 20))),
        incoming("收繳率.csv", snapshot(date(2024, 7, 31)), date(2024, 8, 20)),
        incoming("催繳.csv", collection_history("11301"), date(2024, 8, 21)),
    )
    office.withdraw(2, "誤送", "王小明")
    office.ledger.decide("duty_done", {"duty": "x"}, "王小明")
    office.ledger.close()
    return data_dir


@pytest.fixture
def data_dir(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "data")


@pytest.fixture
def office(data_dir: Path) -> Iterator[Office]:
    opened = office_at(data_dir)
    yield opened
    opened.ledger.close()


def broken(data_dir: Path, *, deep: bool = False) -> dict[str, str]:
    """The parts that are not sound, and the first break of each."""
    return {v.part: v.what for v in verifying.verify(Settings(data_dir=data_dir), deep=deep) if not v.is_sound}


def altered(data_dir: Path, statement: str) -> None:
    """Change the ledger's database as somebody would who goes around the ledger."""
    with closing(sqlite3.connect(data_dir / "ledger.sqlite", isolation_level=None)) as connection:
        for table in ("journal", "decision"):
            for verb in ("update", "delete", "insert"):
                connection.execute(f"drop trigger {table}_refuses_{verb}")
        connection.execute(statement)


def served(data_dir: Path) -> Path:
    warehouses = Warehouses(data_dir)
    pointer = warehouses.pointer()
    assert pointer
    return warehouses.path(pointer.warehouse)


def test_sound_data_is_called_sound_part_by_part(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--data-dir", str(data_dir)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("：")[0].removeprefix("相符　") for line in lines] == PARTS
    assert "5 筆" in lines[0]
    assert "1 筆" in lines[1]
    assert "4 檔" in lines[2]


def test_verifying_changes_nothing(data_dir: Path) -> None:
    def state() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in data_dir.rglob("*") if path.is_file() and "-shm" not in path.name}

    main(["verify", "--data-dir", str(data_dir)])
    before = state()
    assert broken(data_dir, deep=True) == {}
    assert state() == before


def test_reading_the_originals_again_gives_the_same_figures(data_dir: Path) -> None:
    told = list(verifying.verify(Settings(data_dir=data_dir), deep=True))
    assert [verdict.part for verdict in told] == [*PARTS[:4], "原檔重讀", *PARTS[4:]]
    assert all(verdict.is_sound for verdict in told)


@pytest.mark.parametrize(
    ("statement", "part", "record"),
    [
        ("update journal set body = replace(body, '訪視.csv', '訪祝.csv') where seq = 1", "收件帳", "收件帳第 1 筆"),
        ("delete from journal where seq = 3", "收件帳", "收件帳第 4 筆"),
        ("update decision set hash = 'x' where seq = 1", "決定紀錄", "決定紀錄第 1 筆"),
    ],
)
def test_a_record_that_was_altered_is_named(data_dir: Path, statement: str, part: str, record: str) -> None:
    altered(data_dir, statement)
    told = broken(data_dir)
    assert list(told) == [part]
    assert record in told[part]


def test_a_journal_cut_at_its_end_shows_in_the_pointer(data_dir: Path) -> None:
    altered(data_dir, "delete from decision")
    altered_again = sqlite3.connect(data_dir / "ledger.sqlite", isolation_level=None)
    altered_again.execute("drop trigger if exists journal_refuses_delete")
    altered_again.execute("delete from journal where seq = 5")
    altered_again.close()
    told = broken(data_dir)
    assert "對應第 5 筆，收件帳末筆為第 4 筆" in told["指標"]


Damage = Callable[[Path], object]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda path: path.unlink(), "遺失或無法讀取"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "雜湊值不符"),
        (lambda path: path.write_bytes(b"\0" + path.read_bytes()[1:]), "雜湊值不符"),
    ],
    ids=["lost", "cut", "one byte"],
)
@pytest.mark.parametrize("part", ["原檔", "數值檔"])
def test_a_stored_file_that_was_lost_or_altered_is_named(
    office: Office, data_dir: Path, part: str, damage: Damage, says: str
) -> None:
    third = office.ledger.submissions()[2]
    archive = Archive(data_dir)
    path = archive.original_path(third.sha256) if part == "原檔" else archive.figures_path(third.figures_sha256)
    damage(path)
    told = broken(data_dir)
    assert says in told[part]
    assert f"第 3 號 收繳率.csv 之檔案 {path.relative_to(data_dir)}" in told[part]
    assert set(told) == {part}, "one broken file is told once"
    notes = [v.what for v in verifying.verify(Settings(data_dir=data_dir)) if v.is_note]
    assert any("未予比對" in note for note in notes) is (part == "數值檔")


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (
            "update marts.county_visits set visited_persons = 99 where county_code = '65000' and submission_id = 1",
            "marts.county_visits 之一列僅見於服務中者：period=2023、as_of=2024-03-31、county_code=65000",
        ),
        ("delete from marts.figure where measure = 'visitors'", "marts.figure 之一列為服務中者所無"),
        ("insert into marts.county select * from marts.county limit 1", "marts.county 之一列僅見於服務中者"),
        ("update ledger.withdrawal set withdrawal_reason = '無'", "ledger.withdrawal 之一列僅見於服務中者"),
        ("alter table marts.county add column more integer", "marts.county 與重建者欄位不同"),
        ("drop table marts.county_visits", "marts.county_visits 與重建者欄位不同或缺漏"),
        ("create table marts.more (x integer)", "marts.more 與重建者欄位不同"),
    ],
)
def test_a_warehouse_that_holds_anything_else_is_found_out(data_dir: Path, statement: str, says: str) -> None:
    with duckdb.connect(str(served(data_dir))) as connection:
        connection.execute(statement)
    told = broken(data_dir)
    assert list(told) == ["資料倉儲"]
    assert says in told["資料倉儲"]


def test_a_warehouse_that_is_lost_or_none_is_told(data_dir: Path) -> None:
    path = served(data_dir)
    path.write_bytes(b"no warehouse" * 1000)
    assert "遺失或損毀" in broken(data_dir)["資料倉儲"]
    path.unlink()
    assert "遺失或損毀" in broken(data_dir)["資料倉儲"]


def test_a_lost_pointer_and_one_behind_are_told(data_dir: Path) -> None:
    (data_dir / "current.json").unlink()
    assert "指標檔遺失" in broken(data_dir)["指標"]


def test_a_reading_that_gives_other_figures_names_file_and_cell(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Room:
        def read(self, content: bytes, file_name: str) -> Reading:
            reading = room.read(content, file_name)
            if file_name == "訪視.csv":
                reading.figures.loc[0, "value"] = 12345
            return reading

        in_order = staticmethod(map)

    room = shared_room(Limits.of(Settings(data_dir=data_dir)))
    monkeypatch.setattr(verifying, "shared_room", lambda _: Room())
    assert main(["verify", "--deep", "--data-dir", str(data_dir)]) == 1
    assert "不符　原檔重讀：第 1 號 訪視.csv 重讀所得與當時所收數值不同（" in capsys.readouterr().out


def test_files_that_no_record_names_are_noted_and_harm_nothing(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Archive(data_dir).keep_original(b"stored, and its process died")
    assert main(["verify", "--data-dir", str(data_dir)]) == 0
    assert "附記　1 個檔案不屬任何收件紀錄：originals/" in capsys.readouterr().out


def test_an_empty_directory_has_nothing_to_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--data-dir", str(tmp_path)]) == 2
    assert "沒有收件帳" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
