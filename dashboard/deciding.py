"""The panel on which an officer settles what the rule leaves open and decides years for good; others read it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import streamlit as st

from dashboard import address, decisions, markup, questions, show
from dashboard.answers import CURRENT
from dashboard.decisions import Desk, YearState
from dashboard.domain import decision_words
from dashboard.domain.counties import county_coded
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import Settings
from dashboard.rules.rule import Rule
from dashboard.rules.settling import Matter

_LONGEST_REASON = 300


def panel(years: Sequence[FullYear], rule: Rule) -> None:
    """Show what is decided of these years under a rule; an officer gets the buttons to decide, others why not."""
    with show.failures_shown():
        states = questions.ask(decisions.year_states, tuple(years), rule, show.decisions())
        said = [line for state in states for line in _lines(state)]
        st.html(markup.statements(decision_words.PANEL, said or [decision_words.NOTHING_DECIDED]))
        if barred := _barred():
            st.caption(barred)
        else:
            _buttons(states, rule)


@st.cache_resource(show_spinner=False)
def _officer() -> str:
    """Return who decides on this server: one name until there is a login."""
    return Settings().officer


def _barred() -> str:
    if not _officer():
        return decision_words.NO_OFFICER
    return "" if address.taken().known_on == CURRENT else decision_words.PAST_KNOWLEDGE


def _lines(state: YearState) -> Iterator[str]:
    """Say what is decided of a year, the newest first, and what waits for a person."""
    for matter in state.open_matters:
        yield decision_words.awaits(_named(state, matter))
    for one in reversed(state.freezes):
        signed = one.decision.seq, one.decision.by, one.decided_on
        if one is state.freezes[-1]:
            owing = [county_coded(code).name for code in one.freeze.owing]
            yield decision_words.frozen_line(state.label, *signed, owing)
        else:
            yield decision_words.replaced_line(state.label, *signed)
    for outcome in reversed(state.settlements):
        yield outcome.sentence


def _buttons(states: Sequence[YearState], rule: Rule) -> None:
    to_settle = [(state, matter) for state in states for matter in state.matters]
    to_freeze = [state for state in states if not state.barred]
    with st.container(horizontal=True):
        if st.button(decision_words.SETTLE_BUTTON, disabled=not to_settle, key="decide.settle"):
            _settling(to_settle, rule)
        if st.button(decision_words.FREEZE_BUTTON, disabled=not to_freeze, key="decide.freeze"):
            _freezing(to_freeze, rule)


@st.dialog(decision_words.SETTLE)
def _settling(choices: Sequence[tuple[YearState, Matter]], rule: Rule) -> None:
    state, matter = st.radio(decision_words.WHICH_MATTER, choices, format_func=lambda one: _named(*one))
    key = f"decide.{state.year.roc}.{'.'.join(matter.counties)}"
    with st.form(key, enter_to_submit=False, border=False):
        is_tie = matter.places is not None
        chosen = [
            code
            for code in matter.counties
            if st.checkbox(decision_words.to_choose(county_coded(code).name, is_tie), key=f"{key}.{code}")
        ]
        reason = st.text_area(decision_words.REASON, max_chars=_LONGEST_REASON, key=f"{key}.reason")
        _submit(
            decision_words.SUBMIT_SETTLEMENT,
            lambda desk: desk.settle(state.year, rule, matter.group, matter.counties, chosen, reason),
        )


@st.dialog(decision_words.FREEZE)
def _freezing(states: Sequence[YearState], rule: Rule) -> None:
    state = st.radio(decision_words.WHICH_YEAR, states, format_func=lambda one: str(one.label), horizontal=True)
    st.write(decision_words.will_freeze(state.title))
    label = decision_words.REFREEZE_REASON if state.freezes else decision_words.FREEZE_REASON
    with st.form(f"decide.{state.year.roc}.freeze", enter_to_submit=False, border=False):
        reason = st.text_area(label, max_chars=_LONGEST_REASON, key=f"decide.{state.year.roc}.reason")
        _submit(decision_words.SUBMIT_FREEZE, lambda desk: desk.freeze(state.year, rule, reason))


def _submit(label: str, decide: Callable[[Desk], Any]) -> None:
    """Ask for confirmation and decide; what the desk refuses stands below as a sentence."""
    confirmed = st.checkbox(decision_words.confirmation(_officer()))
    if not st.form_submit_button(label):
        return
    try:
        if not confirmed:
            raise DashboardError(decision_words.NOT_CONFIRMED)
        # The name is read anew: a page may have stood open since before it was taken away.
        decide(Desk(questions.ledger(), questions.warehouse(), Settings().officer))
    except DashboardError as refused:
        st.error(str(refused))
    else:
        st.rerun()


def _named(state: YearState, matter: Matter) -> str:
    names = [county_coded(code).name for code in matter.counties]
    return decision_words.open_matter(state.label, matter.group, names, matter.places)
