"""Navigation only: which pages there are and in which groups."""

import streamlit as st

from dashboard import address, knowledge, show, widgets
from dashboard.domain import duty_words, intake_words, trial_words, words

page = st.navigation(
    [
        st.Page("pages/county_map.py", title=words.COUNTY_MAP, default=True),
        st.Page("pages/trend.py", title=words.TREND),
        st.Page("pages/unpaid_reasons.py", title=words.UNPAID_REASONS_PAGE),
        st.Page("pages/group_ranking.py", title=words.GROUP_RANKING),
        st.Page("pages/rule_trial.py", title=trial_words.RULE_TRIAL),
        st.Page("pages/duties.py", title=duty_words.PAGE),
        st.Page("pages/intake.py", title=intake_words.PAGE),
    ],
    position="top",
)
st.set_page_config(page_title=words.document_title(page.title), layout="wide", initial_sidebar_state="collapsed")
with show.failures_shown(), show.page(widgets.NAMES | {address.KNOWN_ON}):
    knowledge.bar()
    page.run()
