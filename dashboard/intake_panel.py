"""Where an officer hands in files, sees what each would do, and receives it or sends it back; others read why not."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard import (
    intake_cells,
    intake_changes,
    intake_drop,
    intake_files,
    intake_findings,
    intake_markup,
    intake_tray,
)
from dashboard.domain import intake_words as words
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Format, Kind
from dashboard.domain.roc import roc_date, stated_date
from dashboard.domain.settings import today
from dashboard.domain.words import COUNTY_MAP, GROUP_RANKING, TREND, UNPAID_REASONS_PAGE
from dashboard.exports import media_type, review
from dashboard.receiving import Preview

_OPEN_AT_ONCE = 6
"""Files shown with all there is to say of them; the others wait in the list above."""
_SEEN_ON: Mapping[Kind, tuple[tuple[str, str, dict[str, str]], ...]] = {
    Kind.COLLECTION: (("pages/trend.py", TREND, {}),),
    Kind.PAYMENT_RATE: (
        ("pages/county_map.py", COUNTY_MAP, {"measure": "payment_rate"}),
        ("pages/trend.py", TREND, {}),
    ),
    Kind.VISITS: (("pages/group_ranking.py", GROUP_RANKING, {}),),
    Kind.UNPAID_REASONS: (("pages/unpaid_reasons.py", UNPAID_REASONS_PAGE, {}),),
    Kind.AVERAGE_RATE: (
        ("pages/county_map.py", COUNTY_MAP, {"measure": "average_rate"}),
        ("pages/group_ranking.py", GROUP_RANKING, {}),
    ),
}


def panel() -> None:
    """Show the uploader, what became of files, and each file that waits for a decision."""
    if sentence := intake_tray.barred():
        st.write(sentence)
        return
    intake_drop.uploader()
    received_on = _received_on()
    _results()
    if received_on is None:
        return
    _read(received_on)
    previews = intake_tray.previews(received_on)
    if not previews:
        st.caption(words.NOTHING_ON_THE_TABLE)
        st.caption(words.FIRST_STEPS)
        return
    _together(previews)
    for preview in _open(previews):
        with st.container(border=True, key=f"intake.file.{intake_tray.key_of(preview)}"):
            _file(preview)


def _open(previews: Sequence[Preview]) -> Sequence[Preview]:
    """Return the files to show in full: those that a person must do something about first, or the one picked."""
    ordered = sorted(previews, key=lambda one: one.can_be_received)
    if len(ordered) <= _OPEN_AT_ONCE:
        return ordered
    named = {one.file_name: one for one in previews}
    picked = st.selectbox(words.WHICH_FILE, [words.FIRST_ONES, *named], key="intake.which", width=420)
    return [named[picked]] if picked in named else ordered[:_OPEN_AT_ONCE]


def _received_on() -> date | None:
    stated = st.text_input(words.RECEIVED_ON, roc_date(today()), key="intake.received_on", width=220)
    try:
        return stated_date(stated or "")
    except DashboardError as unreadable:
        st.error(str(unreadable))
        return None


def _read(received_on: date) -> None:
    """Read what was dropped, with a bar that says how far that is."""
    total = len(intake_tray.tray().waiting)
    if not total:
        return
    bar = st.progress(0.0, words.reading("", 0, total))
    done = 0

    def step(file_name: str) -> None:
        nonlocal done
        done += 1
        bar.progress(min(done / total, 1.0), words.reading(file_name, done, total))

    intake_tray.read(received_on, step)
    bar.empty()


def _doing(act: Callable[[], None]) -> None:
    """Do what a button says; what is refused stands below it as a sentence."""
    try:
        act()
    except DashboardError as refused:
        st.error(str(refused))
    else:
        st.rerun()


# --- all files at once


def _together(previews: Sequence[Preview]) -> None:
    if len(previews) == 1:
        return
    st.html(intake_markup.overview(previews))
    ready = [one for one in previews if one.can_be_received]
    hopeless = [one for one in previews if one.outcome == "refused" and not one.is_asking]
    with st.container(horizontal=True):
        if st.button(words.take_all(len(ready)), disabled=not ready, type="primary", key="intake.take_all"):
            _doing(lambda: _take_with_bar(ready))
        if st.button(words.send_back_all(len(hopeless)), disabled=not hopeless, key="intake.send_back_all"):
            _doing(lambda: intake_tray.send_back(hopeless))
        if st.button(words.CLEAR_ALL, key="intake.aside_all"):
            _doing(lambda: intake_tray.put_aside(previews))


def _take_with_bar(ready: Sequence[Preview]) -> None:
    with st.spinner(words.TAKE):
        intake_tray.take(ready)


# --- one file


def _file(preview: Preview) -> None:
    st.html(intake_markup.head(preview))
    if preview.outcome != "identical":
        found = intake_findings.findings(preview.findings, intake_tray.regions(preview))
        st.html(found + intake_changes.changes(preview))
        _all_changes(preview)
        _figures(preview)
    _form(preview)
    _downloads(preview)


def _all_changes(preview: Preview) -> None:
    """Hand out what would change, where it is more than is listed."""
    cells = preview.changes
    if len(cells) > intake_changes.MOST_CHANGES:
        key, stem = f"intake.changes.{intake_tray.key_of(preview)}", words.CHANGES_FILE
        intake_cells.files(key, stem, words.CHANGE_TABLE, cells, (words.OLD, words.NEW), preview.is_simulated)


def _figures(preview: Preview) -> None:
    """List, on demand, the figures of one period and population."""
    key = intake_tray.key_of(preview)
    if (
        preview.candidate.is_past_asking
        or not preview.figure_count
        or not st.toggle(words.SHOW_FIGURES, key=f"intake.show.{key}")
    ):
        return
    blocks = intake_changes.blocks(preview)
    chosen = st.selectbox(words.WHICH_BLOCK, list(blocks), key=f"intake.block.{key}") if len(blocks) > 1 else None
    st.html(intake_changes.block(preview, blocks[chosen or next(iter(blocks))]))


def _form(preview: Preview) -> None:
    """Ask what must be asked, and offer to receive, to send back, or to put aside."""
    key = intake_tray.key_of(preview)
    if preview.outcome == "identical":
        st.button(words.PUT_ASIDE, key=f"intake.aside.{key}", on_click=intake_tray.put_aside, args=([preview],))
        return
    may_come = preview.can_be_received or preview.is_asking
    with st.form(f"intake.form.{key}", border=False, enter_to_submit=False):
        reason, acknowledged = _questions(preview, key)
        label = words.REASON_OF_RETURN_NEEDED if may_come else words.REASON_OF_RETURN
        returned = st.text_input(label, key=f"intake.return.{key}", max_chars=intake_tray.LONGEST)
        with st.container(horizontal=True):
            take = may_come and st.form_submit_button(words.TAKE, type="primary", key=f"intake.take.{key}")
            back = st.form_submit_button(words.SEND_BACK, key=f"intake.back.{key}")
            aside = st.form_submit_button(words.PUT_ASIDE, key=f"intake.aside.{key}")
    if take:
        _doing(lambda: intake_tray.take_asked(preview, reason, acknowledged))
    if back:
        _doing(lambda: intake_tray.send_back([preview], returned or ""))
    if aside:
        _doing(lambda: intake_tray.put_aside([preview]))


def _questions(preview: Preview, key: str) -> tuple[str, str]:
    """Ask why a correction was made and whether what stands out is right; "" for what was not asked or not answered."""
    reason = acknowledged = ""
    if preview.needs_reason:
        reason = st.text_input(words.REASON_OF_CORRECTION, key=f"intake.reason.{key}", max_chars=intake_tray.LONGEST)
    if preview.needs_acknowledgement:
        ticked = st.checkbox(words.ACKNOWLEDGE_TICK, key=f"intake.tick.{key}")
        said = st.text_input(words.ACKNOWLEDGE_REASON, key=f"intake.said.{key}", max_chars=intake_tray.LONGEST)
        acknowledged = said if ticked else ""
    return reason, acknowledged


def _downloads(preview: Preview) -> None:
    """Hand out what was found, as a sheet to work through and as a note to send back."""
    key = intake_tray.key_of(preview)
    reviewed = review.of_preview(preview, intake_tray.officer(), today())
    with st.container(horizontal=True):
        st.download_button(
            words.NOTE_FILE,
            lambda: review.note(reviewed).encode(),
            f"{reviewed.stem}.html",
            "text/html",
            key=f"intake.note.{key}",
            on_click="ignore",
        )
        st.download_button(
            words.FINDINGS_FILE,
            lambda: review.findings_file(reviewed),
            f"{reviewed.stem}.ods",
            media_type(Format.ODS),
            key=f"intake.ods.{key}",
            on_click="ignore",
        )


# --- what became of them


def _results() -> None:
    """Say what was received and sent back since the page was opened, and where to see it."""
    results = intake_tray.tray().results
    if not results:
        return
    with st.container(border=True, key="intake.results"):
        st.html(intake_markup.results(results, intake_files.links))
        pages = {seen[0]: seen for one in results if not one.is_refused and one.kind for seen in _SEEN_ON[one.kind]}
        with st.container(horizontal=True, vertical_alignment="center"):
            for path, title, query in pages.values():
                st.page_link(path, label=words.see(title), query_params=query)
            if st.button(words.CLEAR_RESULTS, key="intake.clear"):
                intake_tray.tray().results.clear()
                st.rerun()
