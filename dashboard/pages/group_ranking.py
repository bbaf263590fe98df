"""分組排名: did the nation grow, who stands where and owes a report, why a county is there and what would change it."""

import streamlit as st

from dashboard import deciding, exhibits, ranking_pickers, show, widgets
from dashboard.domain import safety_words, words

st.title(words.GROUP_RANKING, anchor=False)
rule = show.rule("adopted")
with st.container(horizontal=True, vertical_alignment="bottom"):
    county = widgets.county_picker()

years, pick = show.ask(exhibits.ranking_years, rule), widgets.pick_county
decided = show.decisions()
show.film("year", years, [exhibits.national_growth], rule, decided)
shown = [exhibits.group_ranking, exhibits.review_reports]
show.film("year", years, shown, rule, county, decided, on_pick=pick, follows=True)
deciding.panel(years, rule)
show.film("year", years, [exhibits.frozen_ranking], rule, county, decided, on_pick=pick, follows=True)

if county:
    why = [exhibits.points_waterfall, exhibits.margin_to_safety]
    show.film("year", years, why, rule, county, decided, follows=True)
else:
    st.caption(safety_words.CHOOSE)

show.exhibit(exhibits.ranking_history, rule, county, decided, on_pick=pick)

with st.container(horizontal=True, vertical_alignment="bottom"):
    days = ranking_pickers.knowledge_pickers(years, rule)
show.film("year", years, [exhibits.knowledge_difference], rule, days, county, decided, follows=True)
