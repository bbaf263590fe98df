"""Empty forms of every report, for whoever has to fill them in."""

import streamlit as st

from dashboard import intake_files, intake_journal
from dashboard.domain import terms
from dashboard.domain.kinds import Format
from dashboard.exports import templates


def panel() -> None:
    """List the forms of all layouts."""
    offered = [
        (
            terms.KINDS[one.kind],
            one.title,
            "　".join(intake_files.form_link(one.layout, format) for format in (Format.ODS, Format.XLSX)),  # noqa: A001
        )
        for one in templates.offered()
    ]
    st.html(intake_journal.forms(offered))
