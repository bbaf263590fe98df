"""How an exhibit looks on a page, and the only cache: pages name a question, here it is answered and drawn.

Finished exhibits are shared by all readers and never changed. They are kept under the warehouse's version, so that
new figures are new exhibits: nothing has to be invalidated, the oldest simply fall out.
"""

import contextlib
import functools
import logging
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from dashboard import exhibits, markup
from dashboard.charts import picture
from dashboard.charts.outlines import GEOJSON
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Basis, Population
from dashboard.domain.settings import Settings
from dashboard.exhibits import Exhibit, NotAvailable
from dashboard.rules.rule import Rule, load_rule
from dashboard.warehouse import Door, Warehouse
from dashboard.web import errors
from dashboard.web.assets import asset_url

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


@st.cache_resource(show_spinner=False)
def _door() -> Door:
    settings = Settings()
    return Door(settings.data_dir, settings.duckdb_threads)


@st.cache_resource(show_spinner=False)
def rule(key: str) -> Rule:
    """Return a rule, read once: a rule on file is never edited while decisions rest on it."""
    return load_rule(key)


@st.cache_resource(max_entries=400, show_spinner=False)
def _kept(question: tuple[str, ...], _compute: Callable[[], Any]) -> Any:
    # `question` is the key; the underscore keeps the closure out of it.
    return _compute()


def ask(function: Callable[..., Answer], *arguments: object) -> Answer:
    """Answer a question from the warehouse in service now; `arguments` are values whose repr says all of them."""
    db = _door().current()
    question = (db.version, f"{function.__module__}.{function.__qualname__}", *map(repr, arguments))
    answer: Answer = _kept(question, functools.partial(_computed, function, db, arguments))
    return answer


def _computed(function: Callable[..., Answer], db: Warehouse, arguments: tuple[object, ...]) -> Answer:
    answer = function(db, *arguments)
    if isinstance(answer, Exhibit) and answer.chart:
        # Before anyone else can see it: a chart names its geometry, only the server knows where that is served.
        answer.chart.figure.update_traces(geojson=asset_url(GEOJSON), selector={"geojson": GEOJSON})
    return answer


def exhibit(function: Callable[..., Exhibit], *arguments: object, on_pick: Callable[[str], None] | None = None) -> None:
    """Answer and draw. `on_pick` is told the county_code of a county that its reader clicks on the chart."""
    with failures_shown():
        _draw(ask(function, *arguments), on_pick)


@contextlib.contextmanager
def failures_shown() -> Iterator[None]:
    """Show what goes wrong inside as one sentence; the log keeps a bug's traceback under the number shown."""
    try:
        yield
    except NotAvailable as case:
        st.info(str(case))
    except Exception as failure:  # noqa: BLE001 - a page with one exhibit missing is better than no page
        errors.script_error(failure)


def _draw(shown: Exhibit, on_pick: Callable[[str], None] | None) -> None:
    st.html(markup.head(shown))
    if shown.workings:
        st.html(markup.table(shown.workings))
    if shown.chart is None:
        st.html(markup.table(shown.table))
    elif len(shown.table.columns) >= markup.WIDE:
        _chart(shown, on_pick)
        st.html(markup.table(shown.table))
    else:
        left, right = st.columns([10, 11], gap="medium")
        with left:
            _chart(shown, on_pick)
        right.html(markup.table(shown.table))
    if shown.behind:
        st.html(markup.folded(shown.behind))
    st.html(markup.foot(shown))


def _chart(shown: Exhibit, on_pick: Callable[[str], None] | None) -> None:
    if shown.chart is None:
        return
    key = f"{shown.key}.chart"
    options: dict[str, Any] = {
        "theme": None,
        "key": key,
        "config": picture.config(shown.chart.figure),
        "alt": shown.chart.alt,
    }
    if on_pick:
        options |= {"on_select": functools.partial(_picked, key, on_pick), "selection_mode": "points"}
    st.plotly_chart(shown.chart.figure, **options)


def _picked(key: str, on_pick: Callable[[str], None]) -> None:
    """Tell which county was clicked; clicking it again empties the library's selection, and it is told again."""
    points = st.session_state[key]["selection"]["points"]
    last = f"{key}.last"
    if points:
        st.session_state[last] = points[0]["location"]
    if st.session_state.get(last):
        on_pick(st.session_state[last])


def warm() -> None:
    """Compute what a first reader will ask for; an installation without figures has nothing to warm."""
    # Until the app has run once, Streamlit takes a folder named pages/ for an app of its own and would run the page of
    # a first visitor's address without navigation around it.
    PagesManager.uses_pages_directory = False
    try:
        choices = ask(exhibits.payment_choices)
        for period in choices.periods[:1]:
            ask(exhibits.payment_rate_map, period, choices.snapshots[period][0], Population.ALL, Basis.PERSONS, None)
        adopted = rule("adopted")
        for year in ask(exhibits.ranking_years, adopted)[:1]:
            ask(exhibits.group_ranking, year, adopted, None)
            ask(exhibits.review_reports, year, adopted, None)
    except DashboardError as nothing:
        log.info("未預先計算：%s", nothing)
