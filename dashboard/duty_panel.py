"""Where an officer ticks off duties without figures, and everybody else reads why they cannot."""

from datetime import date

import streamlit as st

from dashboard import address, questions, ticking
from dashboard.answers import CURRENT
from dashboard.domain import duty_words
from dashboard.domain.errors import DashboardError
from dashboard.domain.roc import roc_date, stated_date
from dashboard.domain.settings import Settings, today
from dashboard.exhibits.duties_owed import named, state_of
from dashboard.rules.duties import Duty
from dashboard.rules.rule import Rule

_TOLD = "duty.told"


def panel(rule: Rule, on: date, decided: int) -> None:
    """Offer the form behind a button; once something is ticked off the page runs again and says so."""
    if told := st.session_state.pop(_TOLD, None):
        st.toast(told)
    with st.popover(duty_words.TICK):
        if not Settings().officer.strip():
            st.write(duty_words.NO_OFFICER)
        elif address.taken().known_on != CURRENT:
            st.write(duty_words.NOT_IN_THE_PAST)
        else:
            _form(rule, questions.ask(ticking.tickable_now, rule, on, decided), on)


def _form(rule: Rule, known: list[Duty], on: date) -> None:
    by_name = {duty_words.tick_option(named(duty, rule), state_of(duty, on)): duty for duty in known}
    if not by_name:
        st.write(duty_words.NOTHING_TO_TICK)
        return
    with st.form("duty.tick", border=False, enter_to_submit=False):
        chosen = st.selectbox(
            duty_words.TICK_DUTY, list(by_name), index=None, placeholder=duty_words.TICK_PICK, key="duty.which"
        )
        done_on = st.text_input(duty_words.TICK_ON, roc_date(today()), key="duty.on")
        document = st.text_input(duty_words.TICK_DOCUMENT, key="duty.document")
        reason = st.text_input(duty_words.TICK_REASON, key="duty.reason")
        if not st.form_submit_button(duty_words.TICK_SUBMIT, key="duty.submit"):
            return
        if chosen is None:
            st.error(duty_words.NONE_PICKED)
        else:
            _tick(rule, by_name[chosen], done_on, document, reason)


def _tick(rule: Rule, duty: Duty, done_on: str, document: str, reason: str) -> None:
    try:
        stated = ticking.Stated(duty.key, duty.slot, stated_date(done_on), document, reason)
        ticked = ticking.tick(questions.ledger(), rule, stated, Settings().officer, today())
    except DashboardError as refused:
        st.error(str(refused))
        return
    st.session_state[_TOLD] = ticking.sentence(ticked, rule)
    st.rerun()
