"""Pickers that return values of the domain. Their whole state is the page's address, readable and stable."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date
from typing import Generic, TypeVar

import streamlit as st

from dashboard import address
from dashboard.domain import map_words, reason_words, words
from dashboard.domain.counties import County, counties, county_named
from dashboard.domain.kinds import (
    Alignment,
    Basis,
    Classification,
    Compare,
    Display,
    Kind,
    MapView,
    Population,
    ReasonOrder,
    Span,
)
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import period_code, roc_date, roc_period
from dashboard.exhibits import Against, Look, PaymentChoices

Choice = TypeVar("Choice")

_COUNTY = "county"
KEPT_COUNTY = "county.kept"
NAMES = frozenset(
    {
        "measure",
        "population",
        "basis",
        "period",
        "as_of",
        "year",
        "view",
        "classes",
        "compare",
        "align",
        "base",
        "base_year",
        "half",
        "span",
        "display",
        "order",
        "indicator",
        "maturity",
        "age",
        "years",
        "counties",
        "known_from",
        "known_to",
        "state",
        "rule",
        "section",
        "weights",
        "proportion",
        "kind",
        "outcome",
        "submission",
        "against",
        "search",
        "page",
        _COUNTY,
    }
)
"""What an address may hold. What another choice on the same page makes idle is dropped without a word."""
_LIST_WIDTH = 170
_MOST_DAYS = 120
"""Snapshots come every two months: twenty years of them are as many as a list should hold."""


@dataclasses.dataclass(frozen=True)
class Options(Generic[Choice]):
    """What can be chosen, as {code in the address: value} and how a value reads; the first is the default."""

    values: dict[str, Choice]
    text: Callable[[Choice], str]

    def label(self, code: str) -> str:
        return self.text(self.values[code])


def options(choices: Sequence[Choice], code: Callable[[Choice], str], text: Callable[[Choice], str]) -> Options[Choice]:
    if not choices:
        raise address.nothing_to_show()
    return Options({code(choice): choice for choice in choices}, text)


def segments(name: str, label: str, options: Options[Choice]) -> Choice:
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
    return options.values[address.taken().own[name]]


def choice_of(name: str, label: str, options: Options[Choice], width: int = _LIST_WIDTH) -> Choice:
    """Offer many choices in a list that can be searched."""
    key = _aligned(name, label, options)
    st.selectbox(
        label,
        list(options.values),
        format_func=options.label,
        key=key,
        filter_mode="contains",
        width=width,
        on_change=_to_address,
        args=(name, key),
    )
    return options.values[address.taken().own[name]]


def _aligned(name: str, label: str, options: Options[Choice]) -> str:
    """Make the widget show what the address says, or the default with a notice; return the widget's key."""
    default = next(iter(options.values))
    asked = address.asked().get(name)
    code = asked if asked in options.values else default
    if asked is not None and asked != code and not address.has_chosen():
        address.taken().notices.append(words.invalid_choice(label, asked, options.label(code)))
    address.taken().own[name] = code
    key = f"picker.{name}"
    st.session_state[key] = code
    return key


def _to_address(name: str, key: str) -> None:
    address.choose(name, st.session_state[key])


# --- the pickers


def measure_picker() -> Kind:
    """Ask for one of the two rates; never both, they are not comparable."""
    kinds = (Kind.PAYMENT_RATE, Kind.AVERAGE_RATE)
    return segments("measure", words.PICK_MEASURE, options(kinds, str, words.RATE_NAMES.__getitem__))


def basis_picker() -> Basis:
    return segments("basis", words.PICK_BASIS, options(list(Basis), str, words.BASES.__getitem__))


def population_picker() -> Population:
    return segments("population", words.PICK_POPULATION, options(list(Population), str, words.POPULATIONS.__getitem__))


def as_of_picker(choices: PaymentChoices) -> date:
    """Ask for one of the snapshots, newest first; where the address only names a period, the newest that shows it."""
    asked = address.asked()
    if "period" in asked and "as_of" not in asked:
        shown = {period_code(period): days for period, days in choices.snapshots.items()}.get(asked["period"])
        if shown:
            address.taken().meant["as_of"] = shown[0].isoformat()
    return choice_of("as_of", words.PICK_AS_OF, options(list(choices.by_day)[:_MOST_DAYS], date.isoformat, roc_date))


def county_picker(nothing: str = words.NO_COUNTY_IN_LIST) -> County | None:
    """Ask for a county or none; `nothing` is how none reads in the list.

    An address may name it instead of its code; one that says nothing of counties, like that of a page just turned to,
    keeps the one chosen before.
    """
    choices: list[County | None] = [None, *counties()]
    asked = address.asked().get(_COUNTY)
    named = county_named(asked) if asked else None
    if asked is None and KEPT_COUNTY in st.session_state:
        address.taken().meant[_COUNTY] = st.session_state[KEPT_COUNTY]
    elif named:
        address.taken().meant[_COUNTY] = named.county_code
    picked = choice_of(
        _COUNTY,
        words.PICK_COUNTY,
        options(choices, lambda one: one.county_code if one else "none", lambda one: one.name if one else nothing),
    )
    st.session_state[KEPT_COUNTY] = picked.county_code if picked else "none"
    return picked


def pick_county(county_code: str) -> None:
    """Choose the county clicked on a chart; clicking the chosen one gives it up."""
    address.choose(_COUNTY, "none" if address.asked().get(_COUNTY) == county_code else county_code)


# --- how a map is drawn and with what it compares


def look_picker() -> Look:
    """Ask whether counties are drawn as they lie or as equal cells, and whether their colours come in classes."""
    view = segments("view", map_words.PICK_VIEW, options(list(MapView), str, map_words.VIEWS.__getitem__))
    classes = choice_of(
        "classes",
        map_words.PICK_CLASSIFICATION,
        options(list(Classification), str, map_words.CLASSIFICATIONS.__getitem__),
    )
    return view, classes


def compare_picker(comparisons: Sequence[Compare] = tuple(Compare)) -> Compare:
    """Ask with what a map compares, if with anything; for yearly figures the one before is the year before."""
    if address.asked().get("compare") == Compare.PREVIOUS and Compare.PREVIOUS not in comparisons:
        address.taken().meant["compare"] = Compare.YEAR_BEFORE
    return choice_of("compare", map_words.PICK_COMPARE, options(comparisons, str, map_words.COMPARISONS.__getitem__))


def against_picker(compare: Compare, choices: PaymentChoices) -> Against:
    """Ask how two billing periods are compared, and with which one where the reader picks it."""
    alignment = choice_of(
        "align", map_words.PICK_ALIGNMENT, options(list(Alignment), str, map_words.ALIGNMENTS.__getitem__)
    )
    if compare is not Compare.BASE:
        return compare, alignment
    return choice_of("base", map_words.PICK_BASE, options(choices.periods, period_code, roc_period)), alignment


def base_year_picker(years: Sequence[FullYear]) -> FullYear:
    """Ask for the year that a year is compared with, the one before the newest first."""
    ordered = [*years[1:], *years[:1]]
    return choice_of("base_year", map_words.PICK_BASE, options(ordered, lambda year: str(year.roc), roc_period))


# --- reasons for not paying


def span_picker() -> Span:
    """Ask whether half years or full years are shown; never both, one is no part of the other."""
    return segments("span", reason_words.PICK_SPAN, options(list(Span), str, reason_words.SPANS.__getitem__))


def display_picker() -> Display:
    """Ask for shares or persons."""
    return segments(
        "display", reason_words.PICK_DISPLAY, options(list(Display), str, reason_words.DISPLAYS.__getitem__)
    )


def reason_order_picker() -> ReasonOrder:
    """Ask by what counties are sorted: official order, or one of the six reasons."""
    return choice_of("order", reason_words.PICK_ORDER, options(list(ReasonOrder), str, reason_words.order))
