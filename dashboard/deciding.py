"""The panel on which an officer settles what the rule leaves open and decides years for good; others read it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import streamlit as st

from dashboard import address, decisions, markup, questions, show
from dashboard.answers import CURRENT
from dashboard.decisions import Desk, YearState
from dashboard.domain import decision_words, knowledge_words
from dashboard.domain.counties import county_coded
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import period_code
from dashboard.domain.settings import Settings
from dashboard.rules.rule import Rule
from dashboard.rules.settling import Matter

_LONGEST_REASON = 300
_OPENING, _REFUSED, _DONE = "decide.opening", "decide.refused", "decide.done"


def panel(years: Sequence[FullYear], rule: Rule) -> None:
    """Show what is decided of these years under a rule; an officer gets the buttons to decide, others why not."""
    with show.failures_shown():
        known_on = address.taken().known_on
        states = questions.ask(decisions.year_states, tuple(years), rule, show.decisions(), known_on=known_on)
        said = [line for state in states for line in _lines(state)]
        st.html(markup.statements(_heading(known_on), said or [_nothing()]))
        if barred := _barred():
            st.caption(barred)
        if known_on != CURRENT:
            now = address.KNOWN_ON, address.NOW
            st.button(knowledge_words.BACK, key="now.decide", on_click=address.choose, args=now)
        elif not barred:
            _buttons(states, rule)


@st.cache_resource(show_spinner=False)
def _officer() -> str:
    """Return who decides on this server: one name until there is a login."""
    return Settings().officer


def _barred() -> str:
    if address.taken().known_on != CURRENT:
        return decision_words.PAST_KNOWLEDGE
    return "" if _officer() else decision_words.NO_OFFICER


def _heading(known_on: date) -> str:
    return decision_words.PANEL if known_on == CURRENT else decision_words.panel_of(known_on)


def _nothing() -> str:
    day = address.taken().known_on
    return decision_words.NOTHING_DECIDED if day == CURRENT else decision_words.nothing_decided(day)


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
    years, shown = [state.year for state in states], address.taken().frames.get("year", "")
    to_settle, to_freeze = any(state.matters for state in states), any(not state.barred for state in states)
    with st.container(horizontal=True):
        if st.button(decision_words.SETTLE_BUTTON, disabled=not to_settle, key="decide.settle", on_click=_opened):
            _settling(years, rule, shown)
        if st.button(decision_words.FREEZE_BUTTON, disabled=not to_freeze, key="decide.freeze", on_click=_opened):
            _freezing(years, rule, shown)


def _opened() -> None:
    """Begin anew: what was ticked in a dialog that was put away is forgotten."""
    st.session_state[_OPENING] = st.session_state.get(_OPENING, 0) + 1
    st.session_state[_REFUSED], st.session_state[_DONE] = "", False


def _states(years: Sequence[FullYear], rule: Rule) -> tuple[YearState, ...]:
    """Close the dialog where something has been decided in it; otherwise return what there is to decide by now."""
    if st.session_state[_DONE]:
        st.rerun()
    return questions.ask(decisions.year_states, tuple(years), rule, questions.decisions())


@st.dialog(decision_words.SETTLE, on_dismiss="rerun")
def _settling(years: Sequence[FullYear], rule: Rule, shown: str) -> None:
    """Settle one matter; `shown` is the code of the page's year, whose first matter is chosen beforehand."""
    states = _states(years, rule)
    choices = {(state.year, matter.counties): (state, matter) for state in states for matter in state.matters}
    first = _first([year for year, _ in choices], shown)
    key = _key("settle")
    chosen = st.radio(decision_words.WHICH_MATTER, choices, first, lambda one: _named(*choices[one]), key=key)
    if chosen:
        _settlement_form(*choices[chosen], rule, f"{key}.{chosen[0].roc}.{'.'.join(chosen[1])}")
    _say_refused()


def _settlement_form(state: YearState, matter: Matter, rule: Rule, key: str) -> None:
    if held := state.settlement_of(matter):
        st.caption(decision_words.will_replace(held.sentence))
    ticks = {code: _tick(key, state, code) for code in matter.counties}
    with st.form(key, enter_to_submit=False, border=False):
        for code, tick in ticks.items():
            st.checkbox(decision_words.to_choose(county_coded(code).name, matter.places is not None), key=tick)
        reason = f"{key}.reason"
        st.text_area(decision_words.REASON, max_chars=_LONGEST_REASON, key=reason)

        def settle(desk: Desk) -> None:
            last = [code for code, tick in ticks.items() if st.session_state[tick]]
            about = matter.group, matter.counties, last
            desk.settle(state.year, rule, *about, st.session_state[reason], state.seen)

        _submit(decision_words.SUBMIT_SETTLEMENT, _tick(key, state, "confirmed"), settle)


@st.dialog(decision_words.FREEZE, on_dismiss="rerun")
def _freezing(years: Sequence[FullYear], rule: Rule, shown: str) -> None:
    """Decide one year; `shown` is the code of the page's year, which is chosen beforehand."""
    choices = {state.year: state for state in _states(years, rule) if not state.barred}
    first, key = _first(list(choices), shown), _key("freeze")
    year = st.radio(
        decision_words.WHICH_YEAR, choices, first, lambda one: str(choices[one].label), key=key, horizontal=True
    )
    if year:
        _freeze_form(choices[year], rule, f"{key}.{year.roc}")
    _say_refused()


def _freeze_form(state: YearState, rule: Rule, key: str) -> None:
    st.write(decision_words.will_freeze(state.title))
    label = decision_words.REFREEZE_REASON if state.freezes else decision_words.FREEZE_REASON
    with st.form(key, enter_to_submit=False, border=False):
        reason = f"{key}.reason"
        st.text_area(label, max_chars=_LONGEST_REASON, key=reason)

        def freeze(desk: Desk) -> None:
            desk.freeze(state.year, rule, st.session_state[reason], state.seen)

        _submit(decision_words.SUBMIT_FREEZE, _tick(key, state, "confirmed"), freeze)


def _key(dialog: str) -> str:
    """Return what the keys of a dialog begin with: another at every opening."""
    return f"decide.{dialog}.{st.session_state[_OPENING]}"


def _tick(key: str, state: YearState, name: str) -> str:
    """Return the key of a box to tick: what was ticked looking at something else is not taken for ticked now."""
    return f"{key}.{state.seen.decided}.{state.seen.version}.{name}"


def _first(years: Sequence[FullYear], shown: str) -> int | None:
    """Return which of some choices is taken before its reader chooses: that of the page's year, or none."""
    codes = [period_code(year) for year in years]
    return codes.index(shown) if shown in codes else None


def _submit(label: str, confirmation: str, decide: Callable[[Desk], None]) -> None:
    """Ask for confirmation; a press of the button decides on what this form was drawn with."""
    st.checkbox(decision_words.confirmation(_officer()), key=confirmation)
    st.form_submit_button(label, on_click=_decide, args=(confirmation, decide))


def _decide(confirmation: str, decide: Callable[[Desk], None]) -> None:
    try:
        if not st.session_state[confirmation]:
            raise DashboardError(decision_words.NOT_CONFIRMED)
        # The name is read anew: a page may have stood open since before it was taken away.
        decide(Desk(questions.ledger(), questions.warehouse(), Settings().officer))
    except DashboardError as refused:
        st.session_state[_REFUSED] = str(refused)
    else:
        st.session_state[_DONE] = True


def _say_refused() -> None:
    """Say once why nothing was written; above it stands what there is to decide by now."""
    if refused := st.session_state[_REFUSED]:
        st.error(refused)
        st.session_state[_REFUSED] = ""


def _named(state: YearState, matter: Matter) -> str:
    names = [county_coded(code).name for code in matter.counties]
    return decision_words.open_matter(state.label, matter.group, names, matter.places)
