"""The bar above every page: the product's name, and as of which day's knowledge the whole dashboard is shown."""

from datetime import date

import streamlit as st

from dashboard import address, answers, markup, questions, widgets
from dashboard.answers import CURRENT
from dashboard.domain import knowledge_words
from dashboard.domain.errors import DashboardError
from dashboard.domain.roc import roc_date


def bar() -> None:
    """Show the bar; while an earlier day's knowledge is shown, a banner stands below it."""
    shown = address.taken().known_on
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="top"):
        st.html(markup.product(), width="content")
        with st.popover(knowledge_words.PICK):
            _picker(shown)
            st.caption(knowledge_words.PICK_HELP)
    if shown != CURRENT:
        _banner(shown)


def _picker(shown: date) -> None:
    # A day between two receipts is as good as the earlier one, but an address may name it.
    days = sorted({*_receipt_days(), shown} - {CURRENT}, reverse=True)
    widgets.choice_of(
        address.KNOWN_ON,
        knowledge_words.NAME,
        widgets.options(
            [CURRENT, *days],
            lambda day: address.NOW if day == CURRENT else day.isoformat(),
            lambda day: knowledge_words.CURRENT if day == CURRENT else roc_date(day),
        ),
    )
    if shown == CURRENT:
        # The rule is not the exception: an address names a day only where it is not today's knowledge.
        address.taken().own.pop(address.KNOWN_ON)


def _receipt_days() -> tuple[date, ...]:
    try:
        return questions.ask(answers.receipt_days)
    except DashboardError:
        return ()


def _banner(shown: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="knowledge"):
        st.html(markup.banner(knowledge_words.banner(shown)), width="stretch")
        st.button(
            knowledge_words.BACK, key="knowledge.back", on_click=address.choose, args=(address.KNOWN_ON, address.NOW)
        )
