"""The SQL files of queries/: text, parameters and the tables each one reads."""

import dataclasses
import functools
import hashlib
import re
from graphlib import TopologicalSorter
from pathlib import Path

from dashboard.domain.settings import HOUSE

_READS = re.compile(r"^-- Reads:\s+(?P<tables>(?:.*\n--\s{4,})*.*)\.$", re.MULTILINE)
_PARAMETER = re.compile(r"\$(\w+)")
_ACROSS_ROWS = re.compile(r"\b(over|group by|distinct|qualify|limit|union|except|intersect)\b")


@dataclasses.dataclass(frozen=True)
class Query:
    """One SQL file: one SELECT."""

    name: str
    sql: str

    @property
    def reads(self) -> tuple[str, ...]:
        """Return the tables its header names, as schema.table."""
        found = _READS.search(self.sql)
        return tuple(re.findall(r"\w+\.\w+", found["tables"])) if found else ()

    @property
    def parameters(self) -> frozenset[str]:
        return frozenset(_PARAMETER.findall(self._body))

    @property
    def looks_across_rows(self) -> bool:
        """Tell whether a row of its result may come of several rows that no join brings together."""
        return bool(_ACROSS_ROWS.search(self._body))

    @property
    def _body(self) -> str:
        return "\n".join(line for line in self.sql.splitlines() if not line.lstrip().startswith("--"))


def load(room: str, house: Path = HOUSE) -> dict[str, Query]:
    """Return the queries of one room (staging, marts, answers, checks) by file name."""
    paths = sorted((house / "queries" / room).glob("*.sql"))
    return {path.stem: Query(path.stem, path.read_text(encoding="utf-8")) for path in paths}


@functools.cache
def answers() -> dict[str, Query]:
    return load("answers")


def in_order(queries: dict[str, Query], room: str) -> list[Query]:
    """Sort the queries of a room so that each comes after those of the room it reads."""
    graph = {
        name: {table.removeprefix(f"{room}.") for table in query.reads if table.startswith(f"{room}.")}
        for name, query in queries.items()
    }
    return [queries[name] for name in TopologicalSorter(graph).static_order()]


@functools.cache
def fingerprint() -> str:
    """Return a hash of everything that decides what a warehouse contains besides the ledger."""
    paths = [
        *(HOUSE / "queries").rglob("*.sql"),
        HOUSE / "data/reference/counties.csv",
        Path(__file__).with_name("filling.py"),
    ]
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
