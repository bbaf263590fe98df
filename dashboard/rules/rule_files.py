"""Rule files: a file laid over the one it extends, and where in them each setting stands."""

import dataclasses
import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from dashboard.domain.errors import DashboardError
from dashboard.rules import rule_words, words
from dashboard.rules.part import refuse

Steps = tuple[str, ...]

LARGEST = 1_000_000
"""Bytes of the largest file that is read: a rule is a page or two of text."""
_DEEPEST = 32
_MOST_DIGITS = 30
_DERIVED = {"label": 40, "short": 6}
_OWN = ("source", "proposed_by", "change")

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
            merged = _merged(found, file.settings)
            found = _without_stale_assumptions(found, file.settings, merged)
        return found

    @property
    def own(self) -> Mapping[str, Any]:
        """Return what the file itself says."""
        return self.files[0].settings

    def identity(self, *, is_of_house: bool) -> dict[str, Any]:
        """Return what a file must not inherit, or it would pass for the rule it extends: its names and its status.

        Names default to its key; a file from elsewhere is a proposal, whatever it says.
        """
        key = self.own.get("key")
        names = {name: rule_words.name_of(str(key))[:most] for name, most in _DERIVED.items() if key is not None}
        stated = {name: self.own[name] for name in ("key", *_DERIVED, *_OWN, "status") if name in self.own}
        return {**names, **stated, **({} if is_of_house else {"status": "proposal"})}

    def missing(self, *, is_of_house: bool) -> list[str]:
        """Return the settings that the file must state itself and does not."""
        return [name for name in ("key", *_OWN, *(["status"] if is_of_house else [])) if name not in self.own]

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
    seen: dict[Path, None] = {}
    following: Path | None = path
    while following:
        if following in seen:
            names = [one.name for one in (*seen, following)]
            raise DashboardError(rule_words.invalid_rule(path.name, rule_words.extends_itself(names)))
        if not following.is_file():
            raise DashboardError(rule_words.invalid_rule(path.name, rule_words.nothing_to_extend(following.name)))
        seen[following] = None
        content, text = _text(following)
        settings = _parsed(following.name, text)
        extends = settings.pop("extends", None)
        yield RuleFile(following.name, content, settings, _lines(text))
        following = _extended(extends, (following.parent, house)) if extends is not None else None


def _extended(name: object, folders: Iterable[Path]) -> Path:
    # Only names: a rule file extends its neighbours and those of the house, wherever else files may lie.
    paths = [folder / f"{Path(str(name)).name}.toml" for folder in folders]
    return next((path for path in paths if path.is_file()), paths[0])


def _text(path: Path) -> tuple[bytes, str]:
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise DashboardError(rule_words.invalid_rule(path.name, rule_words.too_large(LARGEST)))
    try:
        # Editors of Windows put a mark before the text.
        return content, content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + content.count(b"\n", 0, error.start)
        raise DashboardError(rule_words.invalid_rule(path.name, rule_words.not_utf8(line))) from None


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        found = tomllib.loads(text, parse_float=_decimal)
        if _is_deep(found):
            raise RecursionError
    except ValueError as error:
        raise DashboardError(rule_words.invalid_rule(name, words.not_toml(error))) from None
    except RecursionError:
        raise DashboardError(rule_words.invalid_rule(name, rule_words.TOO_DEEP)) from None
    return found


def _decimal(text: str) -> Decimal:
    """Read a decimal number, so that weights add up exactly; none so long that reckoning with it would not end."""
    _, _, exponent = text.lower().partition("e")
    if len(text) > _MOST_DIGITS or (exponent and abs(int(exponent)) > _MOST_DIGITS):
        raise ValueError(rule_words.number_too_long(text))
    return Decimal(text)


def _is_deep(settings: Mapping[str, Any]) -> bool:
    level: list[Any] = [settings]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in (one.values() if isinstance(one, Mapping) else one)]
        level = [one for one in level if isinstance(one, Mapping | list)]
    return bool(level)


def _merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Lay a table over another; one of another kind takes its place whole."""
    if "kind" in change and base.get("kind", change["kind"]) != change["kind"]:
        return dict(change)
    return {**base, **{k: _merged(base[k], v) if _are_tables(base.get(k), v) else v for k, v in change.items()}}


def _are_tables(*values: object) -> bool:
    return all(isinstance(value, Mapping) for value in values)


def _without_stale_assumptions(
    base: Mapping[str, Any], change: Mapping[str, Any], merged: dict[str, Any]
) -> dict[str, Any]:
    """Drop inherited assumptions about settings that a table of another kind has taken the place of."""
    replaced = {
        name
        for name, table in change.items()
        if _are_tables(base.get(name), table) and "kind" in table and base[name].get("kind") != table["kind"]
    }
    inherited, stated = base.get("assumptions"), change.get("assumptions", {})
    if not replaced or not isinstance(inherited, Mapping) or not isinstance(stated, Mapping):
        return merged
    stale = {key for key, one in inherited.items() if key not in stated and _speaks_of(one, replaced, merged)}
    return {**merged, "assumptions": {k: one for k, one in merged["assumptions"].items() if k not in stale}}


def _speaks_of(assumption: object, tables: set[str], settings: Mapping[str, Any]) -> bool:
    """Say whether an assumption names a setting of one of the tables that is no longer there."""
    paths = assumption.get("settings") if isinstance(assumption, Mapping) else None
    steps = [str(path).split(".") for path in paths] if isinstance(paths, list) else []
    return any(one[0] in tables and not _is_set(settings, one) for one in steps)


def _is_set(settings: object, steps: Sequence[str]) -> bool:
    found = settings
    for step in steps:
        if isinstance(found, Mapping) and step in found:
            found = found[step]
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return False
    return True


def sharing_dropped(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Leave the dropped indicators out and give their weight to the others, each in proportion to its own."""
    dropped, indicators = settings.get("dropped"), settings.get("indicators")
    if not isinstance(dropped, list) or not isinstance(indicators, Mapping):
        return dict(settings)
    refuse(("dropped", rule_words.unknown_indicator(str(key))) for key in dropped if key not in indicators)
    kept = {key: one for key, one in indicators.items() if key not in dropped}
    try:
        whole, rest = (
            sum((Fraction(one["weight"]) for one in some.values()), Fraction()) for some in (indicators, kept)
        )
        shared = {key: {**one, "weight": Fraction(one["weight"]) * whole / rest} for key, one in kept.items()}
    except (ArithmeticError, LookupError, TypeError, ValueError):
        # Weights that are none: the model says so, in its own words.
        return {**settings, "indicators": kept}
    return {**settings, "indicators": shared}


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
    return tuple(step.strip().strip("\"'") for step in dotted.split(".", _DEEPEST)[:_DEEPEST])
