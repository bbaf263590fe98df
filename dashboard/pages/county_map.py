"""縣市地圖: one rate of the 22 counties, on the map and in a ranked table."""

import streamlit as st

from dashboard import exhibits, show, widgets
from dashboard.domain import words
from dashboard.domain.kinds import Kind

st.title(words.COUNTY_MAP, anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    measure = widgets.measure_picker()
    population = widgets.population_picker()
    if measure is Kind.PAYMENT_RATE:
        choices = show.ask(exhibits.payment_choices)
        basis = widgets.basis_picker()
        period = widgets.period_picker(choices)
        as_of = widgets.as_of_picker(choices, period)
    else:
        year = widgets.year_picker(show.ask(exhibits.average_years))
    county = widgets.county_picker(words.NO_COUNTY)

if measure is Kind.PAYMENT_RATE:
    show.exhibit(exhibits.payment_rate_map, period, as_of, population, basis, county, on_pick=widgets.pick_county)
else:
    show.exhibit(exhibits.average_rate_map, year, population, county, on_pick=widgets.pick_county)
