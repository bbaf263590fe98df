"""資料接收: hand in files and see what they would do before anything is stored; all that was ever handed in; forms."""

import streamlit as st

from dashboard import intake_forms, intake_history, intake_panel, show, widgets
from dashboard.domain import intake_words as words
from dashboard.domain.kinds import IntakeSection

st.title(words.PAGE, anchor=False)
section = widgets.segments(
    "section", words.PICK_SECTION, widgets.options(list(IntakeSection), str, words.SECTIONS.__getitem__)
)
with show.failures_shown():
    if section is IntakeSection.HAND_IN:
        intake_panel.panel()
    elif section is IntakeSection.HISTORY:
        intake_history.panel()
    else:
        intake_forms.panel()
