"""規則試算: who would report under every scenario, what the unknown weights decide, and how sure places are."""

import streamlit as st

from dashboard import exhibits, show, trial_pickers, widgets
from dashboard.domain import trial_words
from dashboard.domain.kinds import TrialSection

st.title(trial_words.RULE_TRIAL, anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    section = trial_pickers.section_picker()
    county = widgets.county_picker()
    if section is not TrialSection.SCENARIOS:
        rule = trial_pickers.rule_picker()
        years = show.ask(exhibits.ranking_years, rule)
    if section is TrialSection.CERTAINTY:
        year, proportion = trial_pickers.year_picker(years), trial_pickers.proportion_picker()

pick = widgets.pick_county
if section is not TrialSection.CERTAINTY:
    weights = trial_pickers.weights_picker()
if section is TrialSection.SCENARIOS:
    years = show.ask(exhibits.ranking_years, show.rule("adopted"))
    show.film("year", years, [exhibits.scenarios], weights, county, show.decisions(), on_pick=pick)
elif section is TrialSection.WEIGHTS:
    shown = [exhibits.weight_shares, exhibits.weight_triangle]
    show.film("year", years, shown, rule, weights, county, on_pick=pick)
else:
    show.exhibit(exhibits.rank_intervals, year, rule, county, show.decisions(), on_pick=pick)
    show.exhibit(exhibits.indicator_confidence, year, rule, proportion, county, on_pick=pick)
    show.exhibit(exhibits.funnel, year, rule, proportion, county, on_pick=pick)
