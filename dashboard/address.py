"""The address of a page, its only state: what it asks for, what the page took, and what its reader has just chosen.

Streamlit's own binding is not used: it writes the label a reader sees instead of a code, and leaves out whatever is a
default, so an address kept today would show something else once new figures move the default. Here the address is the
only truth: a picker shows what it says, a choice is noted before the page runs again, and the browser writes what the
page took (dashboard/web/figure/figure.js). Periods that the browser changes by itself it also writes by itself.
"""

import dataclasses
from collections.abc import Sequence

import streamlit as st

from dashboard.domain import sheet_words, words
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import Period
from dashboard.domain.roc import period_code, roc_period

_TAKEN = "address.taken"
_CHOSEN = "address.chosen"


@dataclasses.dataclass
class Taken:
    """What a run of a page took: codes by name, those of periods that the browser changes, sentences for its reader.

    `meant` is what the page takes the address to mean where it says something else, or nothing.
    """

    own: dict[str, str] = dataclasses.field(default_factory=dict)
    meant: dict[str, str] = dataclasses.field(default_factory=dict)
    frames: dict[str, str] = dataclasses.field(default_factory=dict)
    notices: list[str] = dataclasses.field(default_factory=list)


def begin(names: frozenset[str]) -> None:
    """Start a run; `names` are those that an address may hold. What the page's other choices make idle is dropped."""
    unknown = sorted(st.query_params.to_dict().keys() - names)
    notices = [words.unknown_parameters(unknown)] if unknown else []
    st.session_state[_TAKEN] = Taken(notices=notices)


def end() -> tuple[Taken, bool]:
    """End a run: what it took, and whether its reader had chosen something, which is then a step of the history."""
    was_choice = has_chosen()
    st.session_state.pop(_CHOSEN, None)
    # Streamlit would send the address it remembers with its next question instead of the browser's.
    st.query_params.clear()
    return taken(), was_choice


def taken() -> Taken:
    run: Taken = st.session_state[_TAKEN]
    return run


def asked() -> dict[str, str]:
    """Return what the address asks for, over it what it is taken to mean and what has just been chosen."""
    return {**st.query_params.to_dict(), **taken().meant, **_chosen()}


def choose(name: str, code: str) -> None:
    """Note a choice beside the address it was made on: a run that ends writes it, one cut short leaves it noted."""
    st.session_state[_CHOSEN] = (st.query_params.to_dict(), {**_chosen(), name: code})


def has_chosen() -> bool:
    """Say whether this run follows a choice of the reader's, and not an address that was opened."""
    return bool(_chosen())


def _chosen() -> dict[str, str]:
    made_on, chosen = st.session_state.get(_CHOSEN, ({}, {}))
    # Whoever has gone back meanwhile has taken the choice back.
    return dict(chosen) if made_on == st.query_params.to_dict() else {}


def frame(parameter: str, choices: Sequence[Period]) -> Period:
    """Return the period asked for of those the page holds; the first, with a notice, where it does not hold it."""
    if not choices:
        raise DashboardError(words.NO_FIGURES_YET)
    codes = {period_code(one): one for one in choices}
    wanted = asked().get(parameter)
    found = codes.get(wanted, choices[0]) if wanted else choices[0]
    # Whoever has just chosen another snapshot sees what it shows; only an address is answered.
    if wanted and wanted not in codes and not has_chosen():
        label = sheet_words.PARAMETERS[parameter]
        taken().notices.append(words.invalid_choice(label, wanted, roc_period(found)))
    taken().frames[parameter] = period_code(found)
    return found
