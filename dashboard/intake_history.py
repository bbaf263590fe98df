"""All that was ever handed in: who, when, which file, what became of it; its versions, and taking it back."""

import math
from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import (
    address,
    history,
    intake_cells,
    intake_files,
    intake_journal,
    intake_tray,
    markup,
    questions,
    widgets,
)
from dashboard.domain import journal_words as words
from dashboard.domain import terms
from dashboard.domain.counties import fold
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind, OutcomeFilter
from dashboard.intake_journal import Entry
from dashboard.ledger import Submission, withdrawals_in

_A_PAGE = 50
"""Records listed at once."""
_WIDE = 420
"""Pixels of a list of files."""
_LONGEST_SEARCH = 60
_FILTERS = frozenset({"kind", "outcome", "search"})


def panel() -> None:
    """Show the list with its filters, page by page, and what there is to one record that is picked."""
    entries = _entries()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind, outcome, search = _kind_picker(), _outcome_picker(), _search_picker()
        wanted = [one for one in entries if _is_wanted(one, kind, outcome) and _is_found(one, search)]
        picked = _picked(wanted)
    if not wanted:
        st.html(markup.failure(words.NONE_RECORDED))
        return
    if picked:
        _record(picked, entries)
    pages = math.ceil(len(wanted) / _A_PAGE)
    page = _page_picker(pages)
    listed = wanted[_A_PAGE * (page - 1) : _A_PAGE * page]
    st.html(intake_journal.journal(listed, words.records(len(wanted), page, pages), intake_files.links))


def _entries() -> list[Entry]:
    """Return every record with what became of it since, as of the day whose knowledge is shown; the newest first."""
    records = questions.ledger().records()
    known_on = address.taken().known_on
    withdrawn = {number: one for number, one in withdrawals_in(records).items() if one.withdrawn_on <= known_on}
    known = [one for one in records if isinstance(one, Submission) and one.received_on <= known_on]
    standing = [one for one in known if one.is_accepted and one.seq not in withdrawn]
    superseded = {number: later.seq for later in standing for number in later.supersedes}
    listed = [
        Entry(one, intake_files.recorded_on(one), superseded.get(one.seq), withdrawn.get(one.seq)) for one in known
    ]
    return listed[::-1]


def _is_wanted(entry: Entry, kind: Kind | None, outcome: OutcomeFilter) -> bool:
    if kind and entry.submission.kind is not kind:
        return False
    if outcome is OutcomeFilter.WITHDRAWN:
        return entry.withdrawal is not None
    return outcome is OutcomeFilter.ALL or entry.submission.outcome == outcome.value


def _kind_picker() -> Kind | None:
    choices: list[Kind | None] = [None, *Kind]
    return widgets.choice_of(
        "kind",
        words.PICK_KIND,
        widgets.options(
            choices,
            lambda one: one.value if one else "all",
            lambda one: terms.KINDS[one] if one else words.ALL_KINDS,
        ),
    )


def _outcome_picker() -> OutcomeFilter:
    return widgets.choice_of(
        "outcome",
        words.PICK_OUTCOME,
        widgets.options(list(OutcomeFilter), str, words.OUTCOMES.__getitem__),
    )


def _search_picker() -> str:
    """Ask for a part of a file's name or an officer's; "" is any."""
    key, search = "picker.search", address.asked().get("search", "").strip()[:_LONGEST_SEARCH]
    if search:
        address.taken().own["search"] = search
    st.session_state[key] = search
    st.text_input(
        words.PICK_SEARCH,
        key=key,
        max_chars=_LONGEST_SEARCH,
        width=200,
        on_change=lambda: address.choose("search", st.session_state[key] or ""),
    )
    return search


def _is_found(entry: Entry, search: str) -> bool:
    """Tell whether each word of a search stands in the file's name or that of who handed it in or took it back."""
    by = [entry.submission.by, *([entry.withdrawal.by] if entry.withdrawal else [])]
    names = [fold(name).casefold() for name in (entry.submission.file_name, *by)]
    return all(any(fold(word).casefold() in name for name in names) for word in search.split())


def _page_picker(pages: int) -> int:
    """Ask which page of the list; whoever has just chosen other records begins at its first."""
    if _FILTERS & address.taken().chosen.keys():
        address.taken().meant["page"] = "1"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        page = widgets.choice_of(
            "page",
            words.PICK_PAGE,
            widgets.options(range(1, pages + 1), str, lambda one: words.page_of(one, pages)),
        )
        for label, other in ((words.BEFORE, page - 1), (words.AFTER, page + 1)):
            is_there = 1 <= other <= pages
            turned = ("page", str(other))
            st.button(label, key=f"intake.page.{label}", on_click=address.choose, args=turned, disabled=not is_there)
    return page


def _picked(entries: Sequence[Entry]) -> Entry | None:
    choices: list[Entry | None] = [None, *entries]
    return widgets.choice_of(
        "submission",
        words.PICK_SUBMISSION,
        widgets.options(
            choices,
            lambda one: one.code if one else "none",
            lambda one: one.name if one else words.NO_SUBMISSION,
        ),
        width=_WIDE,
    )


# --- one record


def _record(picked: Entry, entries: Sequence[Entry]) -> None:
    """Show one record; of one that is in, its versions, a comparison with another, and the way to take it back."""
    submission = picked.submission
    with st.container(border=True, key="intake.record"):
        st.html(intake_journal.record(picked))
        if submission.is_accepted and submission.kind:
            _versions(picked, submission.kind, entries)


def _versions(picked: Entry, kind: Kind, entries: Sequence[Entry]) -> None:
    # Of a long history the newest report is the one that is asked for.
    newest = picked.submission.slices[-1]
    st.html(intake_journal.versions(history.versions(questions.ledger(), kind, newest)))
    _comparison(picked.submission, entries)
    if picked.withdrawal is None:
        _withdrawal(picked.submission)


def _comparison(submission: Submission, entries: Sequence[Entry]) -> None:
    others: list[Entry | None] = [None]
    others += [one for one in entries if one.submission.seq != submission.seq and _overlaps(one.submission, submission)]
    if len(others) == 1:
        return
    other = widgets.choice_of(
        "against",
        words.PICK_AGAINST,
        widgets.options(
            others, lambda one: one.code if one else "none", lambda one: one.name if one else words.NO_AGAINST
        ),
        width=_WIDE,
    )
    if other is None:
        return
    _compared(*sorted((submission, other.submission), key=lambda one: one.seq))


def _compared(old: Submission, new: Submission) -> None:
    """Show two versions cell by cell, and hand out the whole of it where it is more than a page should hold."""
    cells = history.compare(questions.office().archive, old, new)
    only = st.toggle(words.ONLY_DIFFERENT, value=True, key="intake.only_different")
    shown = cells[cells["is_different"]] if only else cells
    title = words.compared(old.seq, new.seq, f"{int(cells['is_different'].sum()):,}", f"{len(cells):,}")
    versions = words.numbered(old.seq), words.numbered(new.seq)
    st.html(intake_journal.comparison(title, shown, versions))
    if not shown.empty:
        stem = words.versions_file(old.seq, new.seq)
        intake_cells.files("intake.compared", stem, title, shown, versions, old.is_simulated or new.is_simulated)


def _overlaps(one: Submission, other: Submission) -> bool:
    """Tell whether two records state the same figures: of one kind, with a period and day in common."""
    return one.is_accepted and one.kind is other.kind and not set(one.slices).isdisjoint(other.slices)


def _withdrawal(submission: Submission) -> None:
    if sentence := intake_tray.barred():
        st.caption(sentence)
        return
    with (
        st.popover(words.WITHDRAW),
        st.form(f"intake.withdrawal.{submission.seq}", border=False, enter_to_submit=False),
    ):
        reason = st.text_area(words.WITHDRAW_REASON, key="intake.withdraw.reason", max_chars=intake_tray.LONGEST)
        confirmed = st.checkbox(words.withdrawing(intake_tray.officer()), key="intake.withdraw.sure")
        if st.form_submit_button(words.WITHDRAW_SUBMIT, key="intake.withdraw.submit"):
            _submit(lambda: intake_tray.withdraw(submission.seq, reason or "", is_confirmed=confirmed))


def _submit(act: Callable[[], None]) -> None:
    try:
        act()
    except DashboardError as refused:
        st.error(str(refused))
    else:
        st.rerun()
