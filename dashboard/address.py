"""The address of a page, its only state: what it asks for, what the page took, and what its reader has just chosen.

Streamlit's own binding is not used: it writes the label a reader sees instead of a code, and leaves out whatever is a
default, so an address kept today would show something else once new figures move the default. Here the address is the
only truth: a picker shows what it says, a choice is noted before the page runs again, and the browser writes what the
page took (dashboard/web/figure/figure.js). Periods that the browser changes by itself it also writes by itself.
"""

import dataclasses
from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.answers import CURRENT
from dashboard.domain import knowledge_words, sheet_words, words
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import Period
from dashboard.domain.roc import parse_date, period_code, roc_period
from dashboard.domain.settings import today

_TAKEN = "address.taken"
_CHOSEN = "address.chosen"
_KEPT_DAY = "address.known_on"

KNOWN_ON = "known_on"
"""The address's name for the day whose knowledge is shown; without it, today's."""
NOW = "now"


@dataclasses.dataclass
class Taken:
    """What a run of a page took: codes by name, those of periods that the browser changes, sentences for its reader.

    `stated` is what the address says, `chosen` what its reader has just chosen on it. `meant` is what the page takes
    the address to mean where it says something else, or nothing; `known_on` the day whose knowledge all of the page
    shows.
    """

    stated: dict[str, str] = dataclasses.field(default_factory=dict)
    chosen: dict[str, str] = dataclasses.field(default_factory=dict)
    own: dict[str, str] = dataclasses.field(default_factory=dict)
    meant: dict[str, str] = dataclasses.field(default_factory=dict)
    frames: dict[str, str] = dataclasses.field(default_factory=dict)
    notices: list[str] = dataclasses.field(default_factory=list)
    known_on: date = CURRENT


def begin(names: frozenset[str]) -> None:
    """Start a run; `names` are those that an address may hold. What the page's other choices make idle is dropped."""
    stated = st.query_params.to_dict()
    unknown = sorted(stated.keys() - names)
    notices = [words.unknown_parameters(unknown)] if unknown else []
    st.session_state[_TAKEN] = Taken(stated, _chosen_on(stated), notices=notices)
    _take_knowledge()


def end() -> tuple[Taken, bool]:
    """End a run: what it took, and whether its reader had chosen something, which is then a step of the history."""
    st.session_state.pop(_CHOSEN, None)
    # Streamlit would send the address it remembers with its next question instead of the browser's.
    st.query_params.clear()
    return taken(), has_chosen()


def taken() -> Taken:
    run: Taken = st.session_state[_TAKEN]
    return run


def _take_knowledge() -> None:
    """Take the day of knowledge from the address; one that says nothing, as of a page just turned to, keeps it."""
    stated = asked().get(KNOWN_ON)
    day = _day(stated) if stated else st.session_state.get(_KEPT_DAY, CURRENT)
    taken().known_on = st.session_state[_KEPT_DAY] = day
    if day != CURRENT:
        taken().own[KNOWN_ON] = taken().meant[KNOWN_ON] = day.isoformat()
    elif stated:
        taken().meant[KNOWN_ON] = NOW


def _day(stated: str) -> date:
    if stated == NOW:
        return CURRENT
    try:
        day = parse_date(stated)
    except ValueError:
        taken().notices.append(knowledge_words.not_a_day(stated))
        return CURRENT
    if day > today():
        taken().notices.append(knowledge_words.not_yet(day))
        return CURRENT
    return day


def asked() -> dict[str, str]:
    """Return what the address asks for, over it what it is taken to mean and what has just been chosen."""
    run = taken()
    return {**run.stated, **run.meant, **run.chosen}


def choose(name: str, code: str) -> None:
    """Note a choice beside the address it was made on: a run that ends writes it, one cut short leaves it noted."""
    stated = st.query_params.to_dict()
    st.session_state[_CHOSEN] = (stated, {**_chosen_on(stated), name: code})


def has_chosen() -> bool:
    """Say whether this run follows a choice of the reader's, and not an address that was opened."""
    return bool(taken().chosen)


def _chosen_on(stated: dict[str, str]) -> dict[str, str]:
    made_on, chosen = st.session_state.get(_CHOSEN, ({}, {}))
    # Whoever has gone back meanwhile has taken the choice back.
    return dict(chosen) if made_on == stated else {}


def nothing_to_show() -> DashboardError:
    """Return what says that no report serves the page, as of the day whose knowledge it shows."""
    day = taken().known_on
    return DashboardError(words.NO_FIGURES_YET if day == CURRENT else knowledge_words.no_figures(day))


def followed(parameter: str, choices: Sequence[Period]) -> Period:
    """Return the period that a film of the same parameter above has taken."""
    return next(one for one in choices if period_code(one) == taken().frames[parameter])


def frame(parameter: str, choices: Sequence[Period]) -> Period:
    """Return the period asked for of those the page holds; the first, with a notice, where it does not hold it."""
    if not choices:
        raise nothing_to_show()
    codes = {period_code(one): one for one in choices}
    wanted = asked().get(parameter)
    found = codes.get(wanted, choices[0]) if wanted else choices[0]
    # Whoever has just chosen another snapshot sees what it shows; only an address is answered.
    if wanted and wanted not in codes and not has_chosen():
        label = sheet_words.PARAMETERS[parameter]
        taken().notices.append(words.invalid_choice(label, wanted, roc_period(found)))
    taken().frames[parameter] = period_code(found)
    return found
