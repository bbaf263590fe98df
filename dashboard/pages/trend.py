"""趨勢: how a measure moved over time, in nation, groups and chosen counties, and in each of the 22 counties."""

import streamlit as st

from dashboard import exhibits, show, trend_pickers, widgets
from dashboard.domain import words
from dashboard.domain.kinds import Kind, Population

st.title(words.TREND, anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    measure = trend_pickers.indicator_picker()
    is_billed = measure.source is Kind.PAYMENT_RATE
    has_populations = is_billed or measure.source is Kind.AVERAGE_RATE
    population = widgets.population_picker() if has_populations else Population.ALL
    age = trend_pickers.age_picker(show.ask(exhibits.payment_ages)) if is_billed else None
    years = trend_pickers.years_picker(measure)
    counties = trend_pickers.counties_picker()

question = measure.key, population, age, years, counties
show.exhibit(exhibits.trend, *question)
show.exhibit(exhibits.small_multiples, *question, on_pick=trend_pickers.pick_one_more)
