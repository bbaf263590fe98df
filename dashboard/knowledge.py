"""The bar above every page: the product's name, and as of which day's knowledge the whole dashboard is shown."""

from datetime import date

import streamlit as st

from dashboard import address, answers, markup, questions
from dashboard.answers import CURRENT
from dashboard.domain import knowledge_words
from dashboard.domain.errors import DashboardError
from dashboard.domain.roc import roc_date


def bar() -> None:
    """Show the bar; while an earlier day's knowledge is shown, a banner stands below it."""
    shown = address.taken().known_on
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="top"):
        st.html(markup.product(), width="content")
        # The days stand in a dialog: a list on the page would travel with every answer.
        if st.button(knowledge_words.PICK, key="knowledge.pick"):
            _dialog(shown)
    if shown != CURRENT:
        _banner(shown)


@st.dialog(knowledge_words.PICK)
def _dialog(shown: date) -> None:
    # A day between two receipts is as good as the earlier one, but an address may name it.
    days = sorted({*_receipt_days(), shown} - {CURRENT}, reverse=True)
    day = st.selectbox(
        knowledge_words.NAME,
        [CURRENT, *days],
        index=0 if shown == CURRENT else 1 + days.index(shown),
        format_func=lambda one: knowledge_words.CURRENT if one == CURRENT else roc_date(one),
        filter_mode="contains",
    )
    st.caption(knowledge_words.PICK_HELP)
    if st.button(knowledge_words.SHOW, key="knowledge.show", on_click=_choose, args=(day,)):
        st.rerun()


def _choose(day: date) -> None:
    address.choose(address.KNOWN_ON, address.NOW if day == CURRENT else day.isoformat())


def _receipt_days() -> tuple[date, ...]:
    try:
        return questions.ask(answers.receipt_days)
    except DashboardError:
        return ()


def _banner(shown: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="knowledge"):
        st.html(markup.banner(knowledge_words.banner(shown)), width="stretch")
        st.button(knowledge_words.BACK, key="knowledge.back", on_click=_choose, args=(CURRENT,))
