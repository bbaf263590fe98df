"""The house's own rules: what a SQL file says of itself, how long a page may be, where words may stand."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path
from statistics import median

import pytest

from dashboard.domain.settings import HOUSE
from dashboard.warehouse.queries import Query, load

SQL_FILES = sorted((HOUSE / "queries").rglob("*.sql"))
MODULES = sorted((HOUSE / "dashboard").rglob("*.py"))
PAGES = sorted((HOUSE / "dashboard/pages").glob("*.py"))


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=True,
    )
    return [HOUSE / name for name in listed.stdout.split("\0") if (HOUSE / name).is_file()]


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_sql_file_says_question_grain_unit_parameters_and_tables(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = "\n".join(line for line in lines if line.startswith("--"))
    assert re.match(r"-- .+\?$", lines[0]), "the first line is the question"
    assert all(f"\n-- {word}:" in header for word in ("Grain", "Unit", "Params", "Reads"))


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_sql_file_reads_the_tables_and_takes_the_parameters_it_names(path: Path) -> None:
    query = Query(path.stem, path.read_text(encoding="utf-8"))
    body = "\n".join(line for line in query.sql.splitlines() if not line.strip().startswith("--"))
    used = set(re.findall(r"(?:from|join)\s+((?:ledger|reference|staging|marts)\.\w+)", body))
    assert used == set(query.reads)
    stated = re.search(r"^-- Params: (.*)$", query.sql, re.MULTILINE)
    assert stated
    assert set(re.findall(r"\$(\w+)", stated[1])) == set(query.parameters)


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_sql_file_is_one_select(path: Path) -> None:
    body = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("--"))
    assert ";" not in body
    assert not re.search(r"\b(create|insert|update|delete|drop|attach|copy|pragma)\b", body)


def test_each_room_of_sql_reads_only_the_rooms_before_it() -> None:
    allowed = {
        "staging": {"ledger"},
        "marts": {"ledger", "reference", "staging", "marts"},
        "answers": {"marts"},
        "checks": {"ledger", "marts"},
    }
    for room, rooms in allowed.items():
        for query in load(room).values():
            assert {table.partition(".")[0] for table in query.reads} <= rooms, query.name


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_at_most_sixty_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_module_is_at_most_three_hundred_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_functions_are_short() -> None:
    lengths = [
        node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    lengths.sort()
    assert median(lengths) <= 12
    assert lengths[int(0.9 * len(lengths))] <= 35
    assert lengths[-1] <= 60


def test_there_is_no_drawer() -> None:
    assert not [path for path in MODULES if path.stem in {"utils", "helpers", "common", "misc"}]


def test_no_file_names_a_registry_or_a_machine() -> None:
    lock = (HOUSE / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert not re.search(r"https?://|--index-url|--extra-index|file:", lock)
    # Spelled apart, so that this file does not name what it looks for.
    names = (("pypi", ".org"), ("registry", ".npmjs"), ("/", "work/"), ("/", "root/"), ("/", "home/"))
    forbidden = re.compile("|".join(re.escape("".join(parts)) for parts in names))
    texts = [path for path in tracked_files() if path.suffix in {".py", ".sql", ".toml", ".md", ".lock", ".js"}]
    offending = [path.name for path in texts if forbidden.search(path.read_text(encoding="utf-8"))]
    assert offending == []


def test_every_dependency_says_why_it_is_there() -> None:
    text = (HOUSE / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    names = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    unexplained = [name for name in names if not re.search(re.escape(f'"{name}",') + r"\s*# \S+", text)]
    assert unexplained == []


def test_the_top_level_stays_lean() -> None:
    allowed = {
        ".ci",
        ".gitignore",
        ".streamlit",
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
        "README.md",
        "dashboard",
        "data",
        "geo",
        "pyproject.toml",
        "queries",
        "requirements.lock",
        "tests",
    }
    assert {path.relative_to(HOUSE).parts[0] for path in tracked_files()} <= allowed
