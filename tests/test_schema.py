"""The ledger's schema bears a version: older ones are brought up without losing a byte, newer ones left alone."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import HOUSE
from dashboard.ledger import Ledger, schema
from tests.test_ledger import record

JOURNAL = (
    "CREATE TABLE journal (\n\tseq INTEGER NOT NULL, \n\tbody TEXT NOT NULL, \n\tprevious_hash VARCHAR(64) NOT NULL, "
    "\n\thash VARCHAR(64) NOT NULL, \n\tPRIMARY KEY (seq), \n\tUNIQUE (hash)\n)"
)
_REFUSAL = "create trigger journal_refuses_{} before {} on journal {} begin select raise(abort, 'append-only'); end"
_NEXT = "when new.seq is not (select coalesce(max(seq), 0) + 1 from journal)"
REFUSALS = tuple(
    _REFUSAL.format(verb, verb, when) for verb, when in (("update", ""), ("delete", ""), ("insert", _NEXT))
)
OLDER = [(*REFUSALS,), (*REFUSALS, JOURNAL.replace("journal", "decision")), ()]
"""What else stood in ledgers from before there were versions: guards; decisions too; neither, where a process died."""


@pytest.fixture
def rows(tmp_path: Path) -> list[tuple[object, ...]]:
    """The rows of a journal of three records."""
    ledger = Ledger(tmp_path / "made")
    ledger.append([record(1), record(2, "台東縣｜'x'.csv"), record(3)])
    ledger.close()
    return dump(tmp_path / "made")


@pytest.fixture(params=OLDER, ids=["journal", "journal and decisions", "journal without guards"])
def older(request: pytest.FixtureRequest, rows: list[tuple[object, ...]], tmp_path: Path) -> Path:
    """A data directory whose ledger was made by former code."""
    data_dir = tmp_path / "older"
    data_dir.mkdir()
    with closing(sqlite3.connect(data_dir / "ledger.sqlite", isolation_level=None)) as connection:
        connection.execute("pragma journal_mode=wal")
        connection.execute(JOURNAL)
        for statement in request.param:
            connection.execute(statement)
        connection.executemany("insert into journal values (?, cast(? as text), ?, ?)", rows)
    return data_dir


def dump(data_dir: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data_dir / "ledger.sqlite")) as connection:
        return connection.execute("select seq, cast(body as blob), previous_hash, hash from journal").fetchall()


def stored_version(data_dir: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(data_dir / "ledger.sqlite")) as connection:
        return connection.execute("select version_num from alembic_version").fetchall()


@pytest.fixture
def broken_off(older: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An older ledger whose last script dies."""
    folder = str(Path(schema.__file__).with_name("migrations"))
    last = ScriptDirectory(folder, version_locations=[folder]).get_revision(schema.VERSION)
    original = ScriptDirectory._upgrade_revs

    def dying(self: ScriptDirectory, *arguments: str) -> object:
        steps = original(self, *arguments)

        def died(*_: object, **__: object) -> None:
            raise RuntimeError

        steps[-1].migration_fn = died
        return steps

    assert last
    with monkeypatch.context() as patch:
        patch.setattr(ScriptDirectory, "_upgrade_revs", dying)
        yield older


def test_the_version_the_code_asks_for_is_that_of_the_last_script() -> None:
    folder = str(Path(schema.__file__).with_name("migrations"))
    assert ScriptDirectory(folder, version_locations=[folder]).get_heads() == [schema.VERSION]


def test_a_new_ledger_bears_the_version_of_the_code(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    assert stored_version(tmp_path) == [(schema.VERSION,)]


def test_an_older_ledger_is_brought_up_without_losing_a_byte(older: Path, rows: list[tuple[object, ...]]) -> None:
    ledger = Ledger(older)
    assert dump(older) == [
        (seq, str(body).encode() if isinstance(body, str) else body, *rest) for seq, body, *rest in rows
    ]
    assert ledger.submissions() == [record(1), record(2, "台東縣｜'x'.csv"), record(3)]
    assert stored_version(older) == [(schema.VERSION,)]
    assert ledger.decide("duty_done", {}, "王小明").seq == 1
    assert ledger.append([record(4)]).seq == 4
    ledger.close()


def test_a_ledger_brought_up_is_guarded(older: Path) -> None:
    Ledger(older).close()
    with closing(sqlite3.connect(older / "ledger.sqlite")) as connection:
        for table in ("journal", "decision"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(f"insert into {table} values (9, '', '', '')")  # noqa: S608


def test_bringing_up_that_breaks_off_leaves_the_former_state(broken_off: Path) -> None:
    with closing(sqlite3.connect(broken_off / "ledger.sqlite")) as connection:
        before = connection.execute("select name, sql from sqlite_master order by name").fetchall()
    with pytest.raises(RuntimeError):
        Ledger(broken_off)
    with closing(sqlite3.connect(broken_off / "ledger.sqlite")) as connection:
        assert connection.execute("select name, sql from sqlite_master order by name").fetchall() == before


def test_a_ledger_of_newer_code_is_refused_in_a_sentence_and_left_alone(older: Path) -> None:
    Ledger(older).close()
    with closing(sqlite3.connect(older / "ledger.sqlite")) as connection, connection:
        connection.execute("update alembic_version set version_num = '99'")
    before = (older / "ledger.sqlite").read_bytes()
    with pytest.raises(DashboardError, match=r"版本（99）.*較新版的程式"):
        Ledger(older)
    assert stored_version(older) == [("99",)]
    assert (older / "ledger.sqlite").read_bytes() == before


def test_processes_that_open_an_older_ledger_at_once_all_find_it_brought_up(older: Path) -> None:
    opening = (
        "import sys, pathlib, dashboard.ledger as l; print(flush=True); sys.stdin.read(1); "
        "print(len(l.Ledger(pathlib.Path(sys.argv[1])).submissions()))"
    )
    command = [sys.executable, "-W", "error", "-c", opening, str(older)]
    processes = [
        subprocess.Popen(command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    for process in processes:
        assert process.stdout
        process.stdout.readline()  # all have imported; from here on they race
    assert {process.communicate("x")[0].strip() for process in processes} == {"3"}
    assert stored_version(older) == [(schema.VERSION,)]


def test_a_ledger_that_is_up_to_date_is_opened_without_the_library_of_scripts(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    opening = (
        "import sys, pathlib, dashboard.ledger as l; l.Ledger(pathlib.Path(sys.argv[1])); "
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", opening, str(tmp_path)], cwd=HOUSE, check=True)


def test_a_ledger_that_is_up_to_date_is_opened_with_two_questions(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    asked: list[str] = []

    def noted(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", noted)
    try:
        Ledger(tmp_path).close()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", noted)
    assert len(asked) == 2


def test_the_sample_ledger_of_a_copied_directory_keeps_its_head(demo_data_dir: Path, tmp_path: Path) -> None:
    sample = Ledger(demo_data_dir)
    sample.copy_to(tmp_path / "ledger.sqlite")
    sample.close()
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection, connection:
        connection.execute("drop table alembic_version")
    before, ledger = dump(tmp_path), Ledger(tmp_path)
    assert dump(tmp_path) == before
    assert ledger.head().hash == before[-1][-1]
    ledger.close()
