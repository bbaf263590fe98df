"""縣市地圖: one rate of the 22 counties or its change, as a map or as equal cells, and in a ranked table."""

import streamlit as st

from dashboard import exhibits, show, widgets
from dashboard.domain import map_words, words
from dashboard.domain.kinds import Compare, Kind

st.title(words.COUNTY_MAP, anchor=False)
choices, years = show.ask(exhibits.payment_choices), show.ask(exhibits.average_years)
with st.container(horizontal=True, vertical_alignment="bottom"):
    measure = widgets.measure_picker()
    is_period = measure is Kind.PAYMENT_RATE
    population = widgets.population_picker()
    if is_period:
        basis, as_of = widgets.basis_picker(), widgets.as_of_picker(choices)
    county = widgets.county_picker(words.NO_COUNTY)
    with st.popover(map_words.MORE_SETTINGS):
        look = widgets.look_picker()
        comparisons = tuple(Compare) if is_period else (Compare.NONE, Compare.YEAR_BEFORE, Compare.BASE)
        compare = widgets.compare_picker(comparisons)
        if compare is not Compare.NONE and is_period:
            against = widgets.against_picker(compare, choices)
        base = widgets.base_year_picker(years) if compare is Compare.BASE and not is_period else compare

shown = choices.by_day[as_of] if is_period else years
pick = widgets.pick_county
if is_period and compare is Compare.NONE:
    show.film("period", shown, [exhibits.payment_rate_map], as_of, population, basis, county, look, on_pick=pick)
elif is_period:
    asked = as_of, population, basis, against, county, look
    show.film("period", shown, [exhibits.payment_rate_difference], *asked, on_pick=pick)
elif compare is Compare.NONE:
    show.film("year", shown, [exhibits.average_rate_map], population, county, look, on_pick=pick)
else:
    show.film("year", shown, [exhibits.average_rate_difference], population, base, county, look, on_pick=pick)
