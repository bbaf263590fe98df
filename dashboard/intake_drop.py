"""Where files are dropped; what is said of those that were left out stays until their officer has read it."""

import functools
from typing import Any

import streamlit as st

from dashboard import intake_markup, intake_tray
from dashboard.domain import intake_words as words
from dashboard.domain.settings import Settings
from dashboard.web.assets import asset_url

_BYTES = 1_000_000


def uploader() -> None:
    """Offer to drop files, and list what was left out."""
    key = f"intake.files.{intake_tray.tray().round}"
    st.file_uploader(
        words.DROP,
        accept_multiple_files=True,
        key=key,
        help=words.DROP_HELP,
        on_change=intake_tray.dropped,
        args=(key,),
    )
    most = Settings().max_file_mb
    told = {"title": words.LEFT_OUT, "said": words.too_large(most), "dismiss": words.DISMISS}
    _component()(key="intake.oversized", data={"limit": most * _BYTES, **told})
    if sentences := intake_tray.tray().left_out:
        with st.container(border=True, key="intake.left_out"):
            st.html(intake_markup.section(words.LEFT_OUT, intake_markup.listed(sentences)))
            st.button(words.DISMISS, key="intake.dismiss", on_click=intake_tray.tray().left_out.clear)


@functools.cache
def _component() -> Any:
    """Return what says in the browser which files were too large to be sent; its module is one of our assets."""
    url = asset_url("oversized.js")
    # A single line would be taken for the name of a file.
    module = f'export default (c) =>\n  import(new URL("{url}", location.href)).then((m) => m.default(c));'
    return st.components.v2.component("guobao.oversized", js=module, isolate_styles=False)
