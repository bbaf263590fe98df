"""Navigation only: which pages there are and in which groups."""

import streamlit as st

from dashboard import markup, show, widgets
from dashboard.domain import words

page = st.navigation(
    [
        st.Page("pages/county_map.py", title=words.COUNTY_MAP, default=True),
        st.Page("pages/trend.py", title=words.TREND),
        st.Page("pages/unpaid_reasons.py", title=words.UNPAID_REASONS_PAGE),
        st.Page("pages/group_ranking.py", title=words.GROUP_RANKING),
    ],
    position="top",
)
st.set_page_config(page_title=words.document_title(page.title), layout="wide", initial_sidebar_state="collapsed")
st.html(markup.product())
with show.failures_shown(), show.page(widgets.NAMES):
    page.run()
