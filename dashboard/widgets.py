"""Pickers that return values of the domain. Their whole state is the page's address, readable and stable.

Streamlit's own binding is not used: it writes the label a reader sees instead of a code, and leaves out whatever equals
a default, so an address kept today would show something else once new figures move the default. Here the address is the
only truth: a picker shows what the address says, and a choice is written to the address before the page runs again.
"""

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Generic, TypeVar

import streamlit as st

from dashboard.domain import words
from dashboard.domain.counties import County, counties, county_named
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Basis, Kind, Population
from dashboard.domain.periods import BillingPeriod, FullYear
from dashboard.domain.roc import roc_date, roc_period, roc_year
from dashboard.exhibits import PaymentChoices

Choice = TypeVar("Choice")

_PICKED = "address.picked"
_NOTICES = "address.notices"
_CHOSEN = "address.chosen"
_COUNTY = "county"
_KEPT_COUNTY = "county.kept"
_NAMES = frozenset({"measure", "population", "basis", "period", "as_of", "year", _COUNTY})
"""What an address may hold. What another choice on the same page makes idle is dropped without a word."""
_LIST_WIDTH = 170


@contextlib.contextmanager
def address() -> Iterator[None]:
    """Run a page inside: afterwards the address says all its choices, those made by default too, and nothing else.

    Where an address asked for what cannot be had, a sentence above the page says what is shown instead. A page that
    fails leaves the address as it was.
    """
    notices = st.container()
    unknown = sorted(st.query_params.to_dict().keys() - _NAMES)
    st.session_state[_PICKED] = {}
    st.session_state[_NOTICES] = [words.unknown_parameters(unknown)] if unknown else []
    yield
    # Written once a run: the browser keeps every writing as a step that its reader has to take back.
    if st.query_params.to_dict() != st.session_state[_PICKED]:
        st.query_params.from_dict(st.session_state[_PICKED])
    st.session_state.pop(_CHOSEN, None)
    for notice in st.session_state[_NOTICES]:
        notices.warning(notice)


@dataclasses.dataclass(frozen=True)
class _Options(Generic[Choice]):
    """What can be chosen, as {code in the address: value} and how a value reads; the first is the default."""

    values: dict[str, Choice]
    text: Callable[[Choice], str]

    def label(self, code: str) -> str:
        return self.text(self.values[code])


def _options(
    choices: Sequence[Choice], code: Callable[[Choice], str], text: Callable[[Choice], str]
) -> _Options[Choice]:
    if not choices:
        raise DashboardError(words.NO_FIGURES_YET)
    return _Options({code(choice): choice for choice in choices}, text)


def _segments(name: str, label: str, options: _Options[Choice]) -> Choice:
    """Offer a few choices side by side."""
    key = _aligned(name, label, options)
    st.segmented_control(
        label,
        list(options.values),
        format_func=options.label,
        key=key,
        required=True,
        on_change=_to_address,
        args=(name, key),
    )
    return options.values[st.session_state[_PICKED][name]]


def _list(name: str, label: str, options: _Options[Choice]) -> Choice:
    """Offer many choices in a list that can be searched."""
    key = _aligned(name, label, options)
    st.selectbox(
        label,
        list(options.values),
        format_func=options.label,
        key=key,
        filter_mode="contains",
        width=_LIST_WIDTH,
        on_change=_to_address,
        args=(name, key),
    )
    return options.values[st.session_state[_PICKED][name]]


def _aligned(name: str, label: str, options: _Options[Choice]) -> str:
    """Make the widget show what the address says, or the default with a notice; return the widget's key."""
    default = next(iter(options.values))
    asked = _asked().get(name)
    code = asked if asked in options.values else default
    if asked is not None and asked != code:
        st.session_state[_NOTICES].append(words.invalid_choice(label, asked, options.label(code)))
    st.session_state[_PICKED][name] = code
    key = f"picker.{name}"
    st.session_state[key] = code
    return key


def _to_address(name: str, key: str) -> None:
    _choose(name, st.session_state[key])


def _choose(name: str, code: str) -> None:
    """Note a choice beside the address it was made on; a run that ends writes it, one cut short leaves it noted."""
    st.session_state[_CHOSEN] = (st.query_params.to_dict(), {**_chosen(), name: code})


def _chosen() -> dict[str, str]:
    made_on, chosen = st.session_state.get(_CHOSEN, ({}, {}))
    # Whoever has gone back meanwhile has taken the choice back.
    return dict(chosen) if made_on == st.query_params.to_dict() else {}


def _asked() -> dict[str, str]:
    return {**st.query_params.to_dict(), **_chosen()}


# --- the pickers


def measure_picker() -> Kind:
    """Ask for one of the two rates; never both, they are not comparable."""
    kinds = (Kind.PAYMENT_RATE, Kind.AVERAGE_RATE)
    return _segments("measure", words.PICK_MEASURE, _options(kinds, str, words.RATE_NAMES.__getitem__))


def basis_picker() -> Basis:
    return _segments("basis", words.PICK_BASIS, _options(list(Basis), str, words.BASES.__getitem__))


def population_picker() -> Population:
    return _segments(
        "population", words.PICK_POPULATION, _options(list(Population), str, words.POPULATIONS.__getitem__)
    )


def period_picker(choices: PaymentChoices) -> BillingPeriod:
    return _list("period", words.PICK_PERIOD, _options(choices.periods, _period_code, roc_period))


def as_of_picker(choices: PaymentChoices, period: BillingPeriod) -> date:
    """Ask for one of the snapshots that show a period."""
    return _list("as_of", words.PICK_AS_OF, _options(choices.snapshots[period], date.isoformat, roc_date))


def year_picker(years: Sequence[FullYear], label: str = words.PICK_YEAR) -> FullYear:
    """Ask for a year; the address has it as a ROC year."""
    return _list("year", label, _options(years, lambda year: str(year.roc), lambda year: roc_year(year.year)))


def county_picker(nothing: str = words.NO_COUNTY_IN_LIST) -> County | None:
    """Ask for a county or none; `nothing` is how none reads in the list.

    An address may name it instead of its code; one that says nothing of counties, like that of a page just turned to,
    keeps the one chosen before.
    """
    choices: list[County | None] = [None, *counties()]
    asked = _asked().get(_COUNTY)
    named = county_named(asked) if asked else None
    if asked is None and _KEPT_COUNTY in st.session_state:
        _choose(_COUNTY, st.session_state[_KEPT_COUNTY])
    elif named:
        _choose(_COUNTY, named.county_code)
    picked = _list(
        _COUNTY,
        words.PICK_COUNTY,
        _options(choices, lambda one: one.county_code if one else "none", lambda one: one.name if one else nothing),
    )
    st.session_state[_KEPT_COUNTY] = picked.county_code if picked else "none"
    return picked


def pick_county(county_code: str) -> None:
    """Choose the county clicked on a chart; clicking the chosen one gives it up."""
    _choose(_COUNTY, "none" if _asked().get(_COUNTY) == county_code else county_code)


def _period_code(period: BillingPeriod) -> str:
    return period.iso.replace("/", "_")
