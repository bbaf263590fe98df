"""Rule files: a file laid over the one it extends, and where in them each setting stands."""

import dataclasses
import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from dashboard.domain.errors import DashboardError
from dashboard.rules import rule_words, words

Steps = tuple[str, ...]

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-.\"'一-鿿]+)\s*=\s*(.*)$")


@dataclasses.dataclass(frozen=True)
class RuleFile:
    """One file of a lineage: its name, its bytes, what it sets, and the line of each setting and table."""

    name: str
    content: bytes
    settings: Mapping[str, Any]
    lines: Mapping[Steps, int]


@dataclasses.dataclass(frozen=True)
class Lineage:
    """A file and all it extends, the file itself first."""

    files: tuple[RuleFile, ...]

    @property
    def content_sha256(self) -> str:
        """Return the hash of the bytes of all files."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(file.content)
        return digest.hexdigest()

    @property
    def settings(self) -> dict[str, Any]:
        """Return what all files together set: tables are merged, all else is replaced."""
        found: dict[str, Any] = {}
        for file in reversed(self.files):
            found = _merged(found, file.settings)
        return found

    def line(self, steps: Sequence[object]) -> tuple[str, int] | None:
        """Return file and line of a setting: where the file nearest to the reader sets it, or the table it lacks in.

        Steps that no file spells (the kind of a table, a place in a list) are passed over.
        """
        found = [(self._deepest(file, steps), -at, file) for at, file in enumerate(self.files)]
        (depth, line), _, file = max(found, key=lambda one: (one[0][0], one[1]))
        return (file.name, line) if depth else None

    @staticmethod
    def _deepest(file: RuleFile, steps: Sequence[object]) -> tuple[int, int]:
        known: Steps = ()
        line = 0
        for step in map(str, steps):
            if (*known, step) in file.lines:
                known = (*known, step)
                line = file.lines[known]
        return len(known), line


def lineage(path: Path, house: Path) -> Lineage:
    """Read a file and all it extends, each looked for beside it, then in the house's folder."""
    return Lineage(tuple(_read(path, house)))


def _read(path: Path, house: Path) -> Iterator[RuleFile]:
    seen: set[Path] = set()
    following: Path | None = path
    while following:
        if following in seen or not following.is_file():
            raise DashboardError(rule_words.invalid_rule(path.name, rule_words.bad_extension(following.name)))
        seen.add(following)
        content = following.read_bytes()
        settings = _parsed(following.name, content)
        extends = settings.pop("extends", None)
        yield RuleFile(following.name, content, settings, _lines(content.decode()))
        following = _extended(extends, (following.parent, house)) if extends is not None else None


def _extended(name: object, folders: Iterable[Path]) -> Path:
    # Only names: a rule file extends its neighbours and those of the house, wherever else files may lie.
    paths = [folder / f"{Path(str(name)).name}.toml" for folder in folders]
    return next((path for path in paths if path.is_file()), paths[0])


def _parsed(name: str, content: bytes) -> dict[str, Any]:
    try:
        # Decimals, so that weights add up exactly.
        return tomllib.loads(content.decode(), parse_float=Decimal)
    except ValueError as error:
        raise DashboardError(rule_words.invalid_rule(name, words.not_toml(error))) from None


def _merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Lay a table over another; one of another kind takes its place whole."""
    if "kind" in change and base.get("kind", change["kind"]) != change["kind"]:
        return dict(change)
    return {**base, **{k: _merged(base[k], v) if _are_tables(base.get(k), v) else v for k, v in change.items()}}


def _are_tables(*values: object) -> bool:
    return all(isinstance(value, Mapping) for value in values)


def _lines(text: str) -> dict[Steps, int]:
    """Find where tables and keys of a valid file stand; entries of lists of tables count from 0."""
    found: dict[Steps, int] = {}
    table: Steps = ()
    counted: dict[Steps, int] = {}
    open_brackets = 0
    for number, line in enumerate(text.splitlines(), 1):
        bare = re.sub(r"\"[^\"]*\"|'[^']*'|#.*$", '""', line)
        if not open_brackets and (head := _TABLE.match(line)):
            table = _steps(head[2])
            if head[1] == "[[":
                counted[table] = counted.get(table, -1) + 1
                found.setdefault(table, number)
                table = (*table, str(counted[table]))
            found[table] = number
            for depth in range(1, len(table)):
                found.setdefault(table[:depth], number)
            continue
        if not open_brackets and (key := _KEY.match(line)):
            found[(*table, *_steps(key[1]))] = number
        open_brackets += bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
    return found


def _steps(dotted: str) -> Steps:
    return tuple(step.strip().strip("\"'") for step in dotted.split("."))
