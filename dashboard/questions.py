"""What a page asks, as a value that can stand in an address, and the cache of what pages are given.

Answers are shared by all readers and never changed. They are kept under the warehouse's version, so that new figures
are new answers: nothing has to be invalidated, the oldest simply fall out.
"""

import dataclasses
import enum
import functools
import inspect
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Self, TypeVar
from urllib.parse import quote, unquote

import streamlit as st

from dashboard import exhibits
from dashboard.domain import kinds
from dashboard.domain.counties import County, county_coded
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.domain.settings import Settings
from dashboard.exhibits import Exhibit
from dashboard.rules.rule import Rule, load_rule
from dashboard.warehouse import Door, Warehouse

Answer = TypeVar("Answer")
ExhibitFunction = Callable[..., Exhibit]

_ENUMS: Mapping[str, type[enum.StrEnum]] = MappingProxyType(
    dict(inspect.getmembers(kinds, lambda one: inspect.isclass(one) and issubclass(one, enum.StrEnum)))
)
_BETWEEN, _WITHIN = "~", "!"


@st.cache_resource(show_spinner=False)
def _door() -> Door:
    settings = Settings()
    return Door(settings.data_dir, settings.duckdb_threads)


def warehouse() -> Warehouse:
    """Return the one in service now."""
    return _door().current()


@st.cache_resource(show_spinner=False)
def rule(key: str) -> Rule:
    """Return a rule, read once: a rule on file is never edited while decisions rest on it."""
    return load_rule(key)


@st.cache_resource(max_entries=400, show_spinner=False)
def kept(question: tuple[str, ...], _compute: Callable[[], Any]) -> Any:
    """Return what was computed under a key, computing it once; the underscore keeps the closure out of the key."""
    return _compute()


@st.cache_resource(max_entries=64, show_spinner=False)
def kept_film(question: tuple[str, ...], _compute: Callable[[], Any]) -> Any:
    """Keep like `kept`, but few: a film is as large as all its periods."""
    return _compute()


def ask(function: Callable[..., Answer], *arguments: object) -> Answer:
    """Answer a question from the warehouse in service now; `arguments` are values whose repr says all of them."""
    db = warehouse()
    question = (db.version, f"{function.__module__}.{function.__qualname__}", *map(repr, arguments))
    answer: Answer = kept(question, functools.partial(function, db, *arguments))
    return answer


class NoQuestion(ValueError):
    """An address asks for what no page of ours asks."""


@dataclasses.dataclass(frozen=True)
class Question:
    """One or more exhibits of the same arguments: `group_ranking` and `review_reports` of a year under a rule."""

    functions: tuple[ExhibitFunction, ...]
    arguments: tuple[object, ...]

    @property
    def text(self) -> str:
        """Write the question as part of an address; `read` gives it back."""
        names = _WITHIN.join(one.__name__ for one in self.functions)
        return _BETWEEN.join([names, *map(_written, self.arguments)])

    @property
    def named_arguments(self) -> list[tuple[str, object]]:
        """Return the arguments with the names that the first function gives them; the warehouse is none of them."""
        return list(zip(list(inspect.signature(self.functions[0]).parameters)[1:], self.arguments, strict=False))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `text` wrote. NoQuestion for anything else: an address comes from anywhere."""
        names, *arguments = text.split(_BETWEEN)
        try:
            functions = tuple(exhibits.FUNCTIONS[name] for name in names.split(_WITHIN))
            return cls(functions, tuple(map(_read, arguments)))
        except (ValueError, LookupError, DashboardError) as unreadable:
            raise NoQuestion(text) from unreadable

    def exhibits(self, db: Warehouse) -> tuple[Exhibit, ...]:
        """Answer all of it from one warehouse; NotAvailable where a report is missing.

        Exhibits are not kept: what pages show is kept as documents, a tenth of their size.
        """
        return tuple(function(db, *self.arguments) for function in self.functions)


def _written(value: object) -> str:
    match value:
        case None:
            return "n"
        case bool():
            return f"b{value:d}"
        case enum.StrEnum():
            return f"e{type(value).__name__}.{value.value}"
        case tuple():
            return f"t{_WITHIN.join(map(_written, value))}"
        case _:
            letter = _LETTERS[type(value)]
            return letter + quote(_WRITERS[letter](value), safe="").replace(_BETWEEN, "%7E")


def _read(text: str) -> object:
    letter, rest = text[0], text[1:]
    match letter:
        case "n" | "b":
            return None if letter == "n" else rest == "1"
        case "e":
            name, _, value = rest.partition(".")
            return _ENUMS[name](value)
        case "t":
            return tuple(map(_read, rest.split(_WITHIN))) if rest else ()
        case _:
            return _READERS[letter](unquote(rest))


_LETTERS: Mapping[type, str] = MappingProxyType(
    {
        BillingPeriod: "p",
        FullYear: "y",
        HalfYear: "h",
        Month: "m",
        date: "d",
        County: "c",
        Rule: "r",
        int: "i",
        str: "s",
    }
)
_WRITERS: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "p": lambda one: one.iso.replace("/", "_"),
        "y": lambda one: one.iso,
        "h": lambda one: one.iso,
        "m": lambda one: one.iso,
        "d": date.isoformat,
        "c": lambda one: one.county_code,
        "r": lambda one: one.key,
        "i": str,
        "s": str,
    }
)
_READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "p": lambda text: BillingPeriod.from_iso(text.replace("_", "/")),
        "y": FullYear.from_iso,
        "h": HalfYear.from_iso,
        "m": Month.from_iso,
        "d": date.fromisoformat,
        "c": county_coded,
        "r": rule,
        "i": int,
        "s": str,
    }
)
