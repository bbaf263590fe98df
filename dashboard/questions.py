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

from dashboard import decided, exhibits
from dashboard.answers import CURRENT
from dashboard.domain import kinds
from dashboard.domain.counties import County, county_coded
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.domain.settings import Settings
from dashboard.exhibits import Exhibit
from dashboard.exhibits.exhibit import as_known
from dashboard.ledger import Ledger
from dashboard.receiving import Office
from dashboard.rules.rule import Rule, load_rule
from dashboard.rules.weights import Weights
from dashboard.warehouse import Door, Warehouse

Answer = TypeVar("Answer")
ExhibitFunction = Callable[..., Exhibit]

_ENUMS: Mapping[str, type[enum.StrEnum]] = MappingProxyType(
    dict(inspect.getmembers(kinds, lambda one: inspect.isclass(one) and issubclass(one, enum.StrEnum)))
)
_BETWEEN, _WITHIN, _KNOWN = "~", "!", "@"


@st.cache_resource(show_spinner=False)
def _door() -> Door:
    settings = Settings()
    return Door(settings.data_dir, settings.duckdb_threads)


def warehouse() -> Warehouse:
    """Return the one in service now."""
    return _door().current()


@st.cache_resource(show_spinner=False, on_release=Ledger.close)
def ledger() -> Ledger:
    return Ledger(Settings().data_dir)


@st.cache_resource(show_spinner=False, on_release=lambda office: office.ledger.close())
def office() -> Office:
    """Return where files are handed in, one for all who have a page open."""
    return Office(Settings())


def decisions(known_on: date = CURRENT) -> int:
    """Return how many decisions there were on a day: pages hand it to exhibits as `decided`, so that addresses stay."""
    return decided.number_on(ledger(), warehouse(), known_on)


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


def ask(function: Callable[..., Answer], *arguments: object, known_on: date = CURRENT) -> Answer:
    """Answer a question from the warehouse in service now; `arguments` are values whose repr says all of them."""
    db = warehouse()
    name = f"{function.__module__}.{function.__qualname__}"
    question = (db.version, name, known_on.isoformat(), *map(repr, arguments))
    answer: Answer = kept(question, functools.partial(function, db, *arguments, **_knowing(function, known_on)))
    return answer


def _knowing(function: Callable[..., object], known_on: date) -> dict[str, date]:
    """Return the day of knowledge as an argument, for whatever takes it: a comparison of two days brings its own."""
    if known_on == CURRENT or "known_on" not in inspect.signature(function).parameters:
        return {}
    return {"known_on": known_on}


class NoQuestion(ValueError):
    """An address asks for what no page of ours asks."""


@dataclasses.dataclass(frozen=True)
class Question:
    """One or more exhibits of the same arguments: `group_ranking` and `review_reports` of a year under a rule.

    `known_on` is the day whose knowledge is asked for.
    """

    functions: tuple[ExhibitFunction, ...]
    arguments: tuple[object, ...]
    known_on: date = CURRENT

    @functools.cached_property
    def text(self) -> str:
        """Write the question as part of an address; `read` gives it back."""
        names = _WITHIN.join(one.__name__ for one in self.functions)
        known = "" if self.known_on == CURRENT else f"{_KNOWN}{self.known_on.isoformat()}"
        return _BETWEEN.join([names + known, *map(_written, self.arguments)])

    def of(self, *arguments: object) -> Self:
        """Return the same question with other arguments."""
        return dataclasses.replace(self, arguments=arguments)

    @property
    def named_arguments(self) -> list[tuple[str, object]]:
        """Return the arguments with the names that the first function gives them; the warehouse is none of them."""
        return list(zip(list(inspect.signature(self.functions[0]).parameters)[1:], self.arguments, strict=False))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `text` wrote. NoQuestion for anything else: an address comes from anywhere."""
        names, *arguments = text.split(_BETWEEN)
        names, is_past, day = names.partition(_KNOWN)
        try:
            functions = tuple(exhibits.FUNCTIONS[name] for name in names.split(_WITHIN))
            return cls(functions, tuple(map(_read, arguments)), date.fromisoformat(day) if is_past else CURRENT)
        except (ValueError, LookupError, RecursionError, DashboardError) as unreadable:
            raise NoQuestion(text) from unreadable

    def exhibits(self, db: Warehouse) -> tuple[Exhibit, ...]:
        """Answer all of it from one warehouse; NotAvailable where a report is missing.

        Exhibits are not kept: what pages show is kept as documents, a tenth of their size.
        """
        return tuple(self._answered(db, function) for function in self.functions)

    def _answered(self, db: Warehouse, function: ExhibitFunction) -> Exhibit:
        knowing = _knowing(function, self.known_on)
        shown = function(db, *self.arguments, **knowing)
        return as_known(shown, self.known_on) if knowing else shown


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


def _whole(text: str) -> int:
    """Read a whole number that a database can hold (64 bit)."""
    number = int(text)
    if not -(2**63) <= number < 2**63:
        raise ValueError(text)
    return number


def _dated(from_iso: Callable[[str], FullYear | HalfYear], text: str) -> FullYear | HalfYear:
    """Read a period of a year that months may have: others have no days."""
    period = from_iso(text)
    Month(period.year, 1)
    return period


_LETTERS: Mapping[type, str] = MappingProxyType(
    {
        BillingPeriod: "p",
        FullYear: "y",
        HalfYear: "h",
        Month: "m",
        date: "d",
        County: "c",
        Rule: "r",
        Weights: "w",
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
        "w": lambda one: one.code,
        "i": str,
        "s": str,
    }
)
_READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "p": lambda text: BillingPeriod.from_iso(text.replace("_", "/")),
        "y": functools.partial(_dated, FullYear.from_iso),
        "h": functools.partial(_dated, HalfYear.from_iso),
        "m": Month.from_iso,
        "d": date.fromisoformat,
        "c": county_coded,
        "r": rule,
        "w": Weights.from_code,
        "i": _whole,
        "s": str,
    }
)
