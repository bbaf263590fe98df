"""分組排名: who stands where in each group, by which indicators, and who owes a review report."""

import streamlit as st

from dashboard import exhibits, show, widgets
from dashboard.domain import words

st.title(words.GROUP_RANKING, anchor=False)
rule = show.rule("adopted")
with st.container(horizontal=True, vertical_alignment="bottom"):
    year = widgets.year_picker(show.ask(exhibits.ranking_years, rule), words.PICK_EVALUATION_YEAR)
    county = widgets.county_picker()

show.exhibit(exhibits.group_ranking, year, rule, county)
show.exhibit(exhibits.review_reports, year, rule, county)
