"""未繳費原因: each county's reasons beside the nation's, what answers them, what changed most, and the years before."""

import streamlit as st

from dashboard import exhibits, show, widgets
from dashboard.domain import words
from dashboard.domain.kinds import Span

st.title(words.UNPAID_REASONS_PAGE, anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    span = widgets.span_picker()
    display = widgets.display_picker()
    order = widgets.reason_order_picker()
    county = widgets.county_picker()

show.film(
    "half" if span is Span.HALF_YEARS else "year",
    show.ask(exhibits.unpaid_reason_periods, span),
    [exhibits.unpaid_reasons, exhibits.reason_remedies, exhibits.reason_changes],
    display,
    order,
    county,
    on_pick=widgets.pick_county,
)
show.exhibit(exhibits.unpaid_reasons_over_time, span, display, county)
