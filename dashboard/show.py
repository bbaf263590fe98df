"""How exhibits get onto a page: the server says what to draw, the drawing component of the browser draws it."""

import contextlib
import functools
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from dashboard import address, exhibits, markup, questions, sheets
from dashboard.domain import sheet_words
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Basis, Population
from dashboard.domain.periods import Period
from dashboard.domain.roc import period_code, roc_period
from dashboard.exhibits import Exhibit
from dashboard.exhibits.maps import PLAIN
from dashboard.questions import Question
from dashboard.sheets import Film
from dashboard.web import errors
from dashboard.web.assets import asset_url
from dashboard.web.shared import SETTINGS

rule = questions.rule
Answer = TypeVar("Answer")
Pick = Callable[[str], None]

log = logging.getLogger(__name__)


def ask(function: Callable[..., Answer], *arguments: object) -> Answer:
    """Answer a question as of the day whose knowledge the page shows."""
    return questions.ask(function, *arguments, known_on=address.taken().known_on)


def decisions() -> int:
    """Return how many decisions there were on the day whose knowledge the page shows."""
    return questions.decisions(address.taken().known_on)


@contextlib.contextmanager
def failures_shown() -> Iterator[None]:
    """Show what goes wrong inside as one sentence; the log keeps a bug's traceback under the number shown."""
    try:
        yield
    except Exception as failure:  # noqa: BLE001 - a page with one exhibit missing is better than no page
        errors.script_error(failure)


def exhibit(function: Callable[..., Exhibit], *arguments: object, on_pick: Pick | None = None) -> None:
    """Show one exhibit. `on_pick` is told the county_code of a county that its reader chooses on the chart."""
    with failures_shown():
        url = sheets.parts_url(_question([function], arguments))
        _mount(function.__name__, {"film": None, "code": "", "url": url}, on_pick)


def film(
    parameter: str,
    choices: Sequence[Period],
    functions: Sequence[Callable[..., Exhibit]],
    *arguments: object,
    on_pick: Pick | None = None,
    follows: bool = False,
) -> None:
    """Show exhibits over time: each function is asked with one of the periods before its arguments.

    `choices` are the periods, newest first; the address names one by `parameter`. The browser holds them all and
    changes between them by itself. A film that `follows` one above it of the same parameter changes with it.
    """
    if follows and parameter not in address.taken().frames:
        return  # the one above has said why there is nothing to show
    with failures_shown():
        current = address.followed(parameter, choices) if follows else address.frame(parameter, choices)
        shown = Film(_question(functions, arguments), tuple(reversed(choices)))
        told = {
            "parameter": parameter,
            "label": sheet_words.PARAMETERS[parameter],
            "choices": [[period_code(one), roc_period(one)] for one in shown.choices],
            "url": sheets.film_url(shown),
            "follows": follows,
        }
        url = sheets.parts_url(shown.at(current))
        _mount(
            functions[0].__name__ if follows else parameter,
            {"film": told, "code": period_code(current), "url": url},
            on_pick,
        )


def _question(functions: Sequence[Callable[..., Exhibit]], arguments: tuple[object, ...]) -> Question:
    return Question(tuple(functions), arguments, address.taken().known_on)


@contextlib.contextmanager
def page(names: frozenset[str]) -> Iterator[None]:
    """Run a page inside: afterwards the address says all its choices, those made by default too, and nothing else.

    Where an address asked for what cannot be had, a sentence above the page says what is shown instead. A page that
    fails leaves the address as it was.
    """
    notices = st.container()
    address.begin(names)
    yield
    taken, is_choice = address.end()
    told = {"own": taken.own, "frames": taken.frames, "step": is_choice}
    _component()(key="address", data={"address": told})
    if taken.notices:
        notices.html(markup.notices(taken.notices))


def _mount(key: str, data: dict[str, Any], on_pick: Pick | None) -> None:
    key = f"sheet.{key}"
    data = {"house": asset_url(SETTINGS), **data}
    _component()(
        key=key,
        data=data,
        on_county_change=functools.partial(_picked, key, on_pick),
        on_stale_change=_nothing,
    )


def _picked(key: str, on_pick: Pick | None) -> None:
    county_code = st.session_state[key]["county"]
    if county_code and on_pick:
        on_pick(county_code)


def _nothing() -> None:
    """Do nothing: running the page again is all that a document gone stale needs."""


@functools.cache
def _component() -> Any:
    """Return the drawing component; its module is one of our assets, so that the browser keeps it."""
    url = asset_url("figure.js")
    # A single line would be taken for the name of a file.
    module = f'export default (c) =>\n  import(new URL("{url}", location.href)).then((m) => m.default(c));'
    return st.components.v2.component("guobao.figure", js=module, isolate_styles=False)


def warm() -> None:
    """Compute what a first reader will ask for; an installation without figures has nothing to warm."""
    # Until the app has run once, Streamlit takes a folder named pages/ for an app of its own and would run the page of
    # a first visitor's address without navigation around it.
    PagesManager.uses_pages_directory = False
    try:
        choices = questions.ask(exhibits.payment_choices)
        for period in choices.periods[:1]:
            as_of = choices.snapshots[period][0]
            sheets.parts_url(
                Question((exhibits.payment_rate_map,), (period, as_of, Population.ALL, Basis.PERSONS, None, PLAIN))
            )
        adopted = rule("adopted")
        for year in questions.ask(exhibits.ranking_years, adopted)[:1]:
            shown = exhibits.group_ranking, exhibits.review_reports
            sheets.parts_url(Question((exhibits.national_growth,), (year, adopted, questions.decisions())))
            sheets.parts_url(Question(shown, (year, adopted, None, questions.decisions())))
    except DashboardError as nothing:
        log.info("未預先計算：%s", nothing)
