"""The files an officer has before them: read, judged, not yet decided about. It lasts as long as the open page.

Nothing here is stored before an officer decides, and whoever decides is asked for again at each writing.
"""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import address, questions
from dashboard.answers import CURRENT
from dashboard.archive import sha256
from dashboard.domain import intake_words as words
from dashboard.domain import journal_words
from dashboard.domain.errors import DashboardError
from dashboard.domain.file_names import plain
from dashboard.domain.findings import Finding
from dashboard.domain.settings import Settings
from dashboard.intake_findings import causes
from dashboard.ledger import Head
from dashboard.readers.region import Region
from dashboard.receiving import Candidate, Incoming, Preview, Receipt

LONGEST = 300
"""Letters of a reason."""
_AT_ONCE = 8
"""Files read before what was read is kept, should a click cut the reading short."""
_MOST_REGIONS = 12
_TRAY = "intake.tray"

Progress = Callable[[str], None]
Stamp = tuple[Head, date, tuple[str, ...]]


@dataclasses.dataclass
class Tray:
    """`waiting` were handed in and not read yet; `read` holds the others by key; `round` counts what was dropped.

    `left_out` says of files why they are on neither; `size` is how many bytes the others take.
    """

    waiting: list[Incoming] = dataclasses.field(default_factory=list)
    read: dict[str, Candidate] = dataclasses.field(default_factory=dict)
    left_out: list[str] = dataclasses.field(default_factory=list)
    results: list[Receipt] = dataclasses.field(default_factory=list)
    round: int = 0
    judged: tuple[Stamp, list[Preview]] | None = None
    regions: dict[tuple[str, tuple[Finding, ...]], dict[int, Region]] = dataclasses.field(default_factory=dict)

    @property
    def size(self) -> int:
        waiting = sum(len(one.content) for one in self.waiting)
        return waiting + sum(len(one.incoming.content) + len(one.parquet) for one in self.read.values())


def tray() -> Tray:
    """Return the tray of the open page."""
    held: Tray = st.session_state.setdefault(_TRAY, Tray())
    return held


def barred() -> str:
    """Say why nobody may write here now; "" where an officer may."""
    if not Settings().officer.strip():
        return words.NO_OFFICER
    return "" if address.taken().known_on == CURRENT else words.NOT_IN_THE_PAST


def officer() -> str:
    """Return who receives, asked for anew; DashboardError where nobody may write now."""
    if sentence := barred():
        raise DashboardError(sentence)
    return Settings().officer.strip()


# --- onto the tray, and off it


def dropped(key: str) -> None:
    """Put the files of an uploader onto the tray as long as there is room, and let a new uploader take its place."""
    held, most = tray(), Settings().max_waiting_mb
    for one in st.session_state[key] or []:
        if held.size + one.size <= most * 1_000_000:
            held.waiting.append(Incoming(plain(one.name), one.getvalue(), None))
        elif (sentence := words.no_room(plain(one.name), most)) not in held.left_out:
            held.left_out.append(sentence)
        _let_go(one.file_id)
    held.round += 1


def _let_go(file_id: str) -> None:
    """Forget what was uploaded: Streamlit would keep every file as long as the page is open."""
    running = get_script_run_ctx()
    if running and isinstance(running.uploaded_file_mgr, MemoryUploadedFileManager):
        running.uploaded_file_mgr.remove_file(running.session_id, file_id)


def key_of(one: Preview | Candidate) -> str:
    """Return what tells a file on the tray from the others: its bytes and its name."""
    incoming = one.candidate.incoming if isinstance(one, Preview) else one.incoming
    return sha256(f"{one.digest}/{incoming.file_name}".encode())[:12]


def put_aside(some: Sequence[Preview]) -> None:
    held = tray()
    for one in some:
        held.read.pop(key_of(one), None)
    held.regions = {key: parts for key, parts in held.regions.items() if key[0] in held.read}
    held.judged = None


def read(received_on: date, progress: Progress) -> None:
    """Read what waits; a click that cuts this short loses at most the files being read."""
    held = tray()
    while held.waiting:
        some = held.waiting[:_AT_ONCE]
        try:
            batch = [dataclasses.replace(one, received_on=received_on) for one in some]
            found = questions.office().preview(batch, progress)
        except Exception:
            # What cannot even be read must not come back at every click.
            held.waiting.clear()
            raise
        del held.waiting[: len(some)]
        held.read |= {key_of(one): one.candidate.told() for one in found}
        if len(held.read) == len(found):
            held.judged = (_stamp(received_on), found)


def previews(received_on: date) -> list[Preview]:
    """Return what receiving the files would do as things stand now, in the order in which they would be taken."""
    held = tray()
    if not held.read:
        return []
    stamp = _stamp(received_on)
    if held.judged is None or held.judged[0] != stamp:
        batch = [one.told(received_on=received_on) for one in held.read.values()]
        held.judged = (stamp, questions.office().preview(batch))
    return held.judged[1]


def _stamp(received_on: date) -> Stamp:
    return questions.ledger().head(), received_on, tuple(tray().read)


def regions(preview: Preview) -> dict[int, Region]:
    """Return the part of the sheet around the first finding of each cause, by its place in the list.

    It is read apart, like the file itself.
    """
    held = tray()
    key = (key_of(preview), preview.findings)
    if key not in held.regions:
        placed = [[nth for nth, one in group if one.cell] for group in causes(preview.findings)]
        at = [group[0] for group in placed if group][:_MOST_REGIONS]
        incoming = preview.candidate.incoming
        wanted = [preview.findings[nth] for nth in at]
        found = questions.office().regions(incoming, wanted) if wanted else []
        held.regions[key] = dict(zip(at, found, strict=False))
    return held.regions[key]


# --- deciding


def take(some: Sequence[Preview], progress: Progress = lambda _: None) -> None:
    """Receive files that nothing stands in the way of; DashboardError, and nothing stored, without an officer."""
    _decided(some, questions.office().receive([one.candidate.told() for one in some], officer(), progress))


def take_asked(preview: Preview, reason: str, acknowledged: str) -> None:
    """Receive a file with what its officer says of it; DashboardError, and nothing stored, where that is not enough."""
    officer()
    _check_length(reason, acknowledged)
    if preview.needs_reason and not reason.strip():
        raise DashboardError(words.NO_REASON_OF_CORRECTION)
    if preview.needs_acknowledgement and not acknowledged.strip():
        raise DashboardError(words.NO_ACKNOWLEDGEMENT)
    held, key = tray(), key_of(preview)
    if key not in held.read:
        raise DashboardError(words.GONE)
    told = preview.candidate.told(correction_reason=reason.strip() or None, acknowledged=acknowledged.strip() or None)
    (again,) = questions.office().preview([told])
    if not again.can_be_received:
        held.judged = None
        raise DashboardError(words.CHANGED_MEANWHILE)
    take([again])


def send_back(some: Sequence[Preview], reason: str = "") -> None:
    """Record files as refused; a reason is needed for one that could be received. Their bytes are not kept."""
    by = officer()
    _check_length(reason)
    if not reason.strip() and not all(one.candidate.is_past_asking for one in some):
        raise DashboardError(words.NO_REASON_OF_RETURN)
    # Marked as sent back, for what changed meanwhile must not let in what a person has just refused.
    refused = [
        dataclasses.replace(
            one.candidate, incoming=dataclasses.replace(one.candidate.incoming, sent_back=reason.strip()), foreseen=None
        )
        for one in some
    ]
    _decided(some, questions.office().receive(refused, by))


def _check_length(*texts: str) -> None:
    if max(map(len, texts)) > LONGEST:
        raise DashboardError(words.TOO_LONG)


def _decided(some: Sequence[Preview], receipts: Sequence[Receipt]) -> None:
    tray().results = [*receipts, *tray().results]
    put_aside(some)


def withdraw(number: int, reason: str, *, is_confirmed: bool) -> None:
    """Take a submission back; DashboardError, and nothing written, without an officer, a tick or a reason."""
    by = officer()
    _check_length(reason)
    if not is_confirmed:
        raise DashboardError(journal_words.NOT_CONFIRMED)
    questions.office().withdraw(number, reason, by)
