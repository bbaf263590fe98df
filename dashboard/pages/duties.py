"""期程追蹤: what is owed in a year, by when, what became of it; duties without figures are ticked off here."""

import streamlit as st

from dashboard import address, duty_feed, duty_panel, duty_pickers, exhibits, questions, show
from dashboard.domain import duty_words, settings

st.title(duty_words.PAGE, anchor=False)
on, decided = min(settings.today(), address.taken().known_on), questions.decisions()
with st.container(horizontal=True, vertical_alignment="bottom"):
    year = duty_pickers.year_picker(show.ask(exhibits.duty_years, on))
    rule = duty_pickers.rule_picker(year)
    state = duty_pickers.state_picker()
    duty_panel.panel(rule, on, decided)

show.exhibit(exhibits.duty_calendar, year, rule, state, on, decided)
st.html(duty_feed.link())
