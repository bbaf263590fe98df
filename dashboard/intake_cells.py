"""Cells that say otherwise in another version, handed out as a file: all of them, however many a page lists."""

import functools

import pandas as pd
import streamlit as st

from dashboard import exports, intake_changes
from dashboard.domain import journal_words as words
from dashboard.domain.kinds import Format

Versions = tuple[str, str]
"""How the earlier and the later version are called."""
_MOST_ODS = 5_000
"""Rows of a spreadsheet that is written while its reader waits: four seconds."""


def files(key: str, stem: str, caption: str, cells: pd.DataFrame, versions: Versions, is_simulated: bool) -> None:
    """Offer the files of some cells, as `intake_changes.changed_cells` lays them out; made only when asked for."""
    number = f"{len(cells):,}"
    offered = [Format.ODS, Format.CSV] if len(cells) <= _MOST_ODS else [Format.CSV]
    with st.container(horizontal=True, vertical_alignment="center"):
        for wanted in offered:
            st.download_button(
                words.whole_file(wanted.upper(), number),
                functools.partial(_file, wanted, caption, cells, versions, is_simulated),
                f"{stem}.{wanted}",
                exports.media_type(wanted),
                key=f"{key}.{wanted}",
                on_click="ignore",
            )
        if Format.ODS not in offered:
            st.caption(words.too_many_for_ods(f"{_MOST_ODS:,}"))


def _file(wanted: Format, caption: str, cells: pd.DataFrame, versions: Versions, is_simulated: bool) -> bytes:
    return exports.bare_file(intake_changes.changed_cells(caption, cells, versions), wanted, is_simulated=is_simulated)
