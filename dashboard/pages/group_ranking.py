"""分組排名: who stands where in each group, by which indicators, who owes a review report, and how places moved."""

import streamlit as st

from dashboard import exhibits, show, widgets
from dashboard.domain import words

st.title(words.GROUP_RANKING, anchor=False)
rule = show.rule("adopted")
with st.container(horizontal=True, vertical_alignment="bottom"):
    county = widgets.county_picker()

years = show.ask(exhibits.ranking_years, rule)
shown = [exhibits.group_ranking, exhibits.review_reports]
show.film("year", years, shown, rule, county, on_pick=widgets.pick_county)
show.exhibit(exhibits.ranking_history, rule, county, on_pick=widgets.pick_county)
