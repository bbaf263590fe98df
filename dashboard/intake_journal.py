"""The journal of what was handed in, as HTML: its list, one record, the versions of a report, two of them compared."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from html import escape

import pandas as pd

from dashboard import markup
from dashboard.domain import intake_words as words
from dashboard.domain import terms
from dashboard.domain.roc import roc_date
from dashboard.domain.settings import TAIPEI
from dashboard.history import Version
from dashboard.intake_changes import MOST_CHANGES, changed_cells, slices
from dashboard.intake_markup import MOST_FINDINGS, Links, digest, facts, table, text
from dashboard.ledger import Submission, Withdrawal


@dataclasses.dataclass(frozen=True)
class Entry:
    """A record of the journal and what became of it since: the number of what replaced it, its withdrawal."""

    submission: Submission
    recorded_on: date
    superseded_by: int | None
    withdrawal: Withdrawal | None

    @property
    def code(self) -> str:
        return str(self.submission.seq)

    @property
    def name(self) -> str:
        return words.submission(self.submission.seq, self.submission.file_name)

    @property
    def outcome(self) -> str:
        return words.WITHDRAWN if self.withdrawal else terms.OUTCOMES[self.submission.outcome]

    @property
    def relations(self) -> list[str]:
        """Say what it replaced, what replaced it, and how it was taken back."""
        told = [words.supersedes(self.submission.supersedes)] if self.submission.supersedes else []
        told += [words.superseded_by(self.superseded_by)] if self.superseded_by else []
        if gone := self.withdrawal:
            told.append(words.withdrawn(gone.withdrawn_on, gone.by, gone.reason))
        return told


_JOURNAL_HEADS = (
    words.NUMBER,
    words.FILE,
    words.REPORT_AND_PERIOD,
    words.OUTCOME,
    words.RECEIPT,
    words.FIGURE_COUNT,
    words.DIGEST,
    words.FINDING_COUNT,
    words.RELATION,
    words.DOWNLOAD,
)


def journal(entries: Sequence[Entry], total: int, links: Links) -> str:
    """Return the list of records, one row each."""
    caption = f"{words.HISTORY_TABLE}：{words.records(len(entries), total)}"
    return table(caption, _JOURNAL_HEADS, [_journal_row(one, links) for one in entries])


def _journal_row(entry: Entry, links: Links) -> list[str]:
    one = entry.submission
    mark = f'<br><span class="exhibit-mark">{words.SIMULATED}</span>' if one.is_simulated else ""
    kind = terms.KINDS[one.kind] if one.kind else words.UNKNOWN
    receipt = (roc_date(one.received_on), words.recorded(_recorded_at(entry)), one.by)
    return [
        str(one.seq),
        text(one.file_name) + mark,
        "<br>".join(map(text, (kind, _spans(one)))),
        entry.outcome,
        f'<span class="intake-when">{"<br>".join(map(text, receipt))}</span>',
        f"{one.figure_count:,}",
        digest(one.sha256),
        _recorded_findings(one),
        "<br>".join(map(text, entry.relations)),
        links(one.seq, has_original=one.is_accepted, has_findings=bool(one.findings)),
    ]


def _recorded_at(entry: Entry) -> str:
    clock = entry.submission.recorded_at.astimezone(TAIPEI).strftime("%H:%M")
    return f"{roc_date(entry.recorded_on)} {clock}"


def _spans(one: Submission) -> str:
    """Return the periods of a record; of a refused one they are not kept."""
    if one.slices:
        return slices(one.slices)
    return words.NOT_TAKEN if one.kind else words.UNKNOWN


def _recorded_findings(one: Submission) -> str:
    """Return the findings of a record, folded; the first letters tell how many."""
    if not one.findings:
        return "0"
    items = "".join(
        f"<li>{text(' '.join((words.place(f['sheet'], f['cell']), f['sentence'], f['value'])))}</li>"
        for f in one.findings[:MOST_FINDINGS]
    )
    return f'<details class="intake-more"><summary>{words.count(len(one.findings))}</summary><ul>{items}</ul></details>'


def record(entry: Entry) -> str:
    """Return what there is to say of one record."""
    one = entry.submission
    told = [
        (words.KIND, terms.KINDS[one.kind] if one.kind else words.UNKNOWN),
        (words.PERIOD, _spans(one)),
        (words.OUTCOME, entry.outcome),
        (words.ISSUED_ON, roc_date(one.issued_on) if one.issued_on else words.NOT_STATED),
        (words.RECEIVED_ON, roc_date(one.received_on)),
        (words.BY, one.by),
        (words.SIZE, words.size(f"{one.size_bytes / 1000:,.1f}")),
        (words.DIGEST, one.sha256),
        *((words.RELATION, said) for said in entry.relations),
    ]
    if one.is_correction:
        told.append((words.CORRECTION, words.corrected(one.correction_reason)))
    return f'<div class="intake-head"><h2>{text(entry.name)}</h2>{facts(told)}</div>'


def versions(shown: Sequence[Version]) -> str:
    """Return the versions of the newest slice of a record, in the order of issue."""
    heads = (words.NUMBER, words.FILE, words.KNOWN_FROM, words.KNOWN_UNTIL, words.STATE)
    rows = [
        [
            str(one.submission.seq),
            text(one.submission.file_name),
            roc_date(one.known_from),
            roc_date(one.known_until) if one.known_until else words.UNTIL_NOW,
            words.version_state(one.is_in_force, one.superseded_by, one.withdrawn_on is not None),
        ]
        for one in shown
    ]
    return table(words.VERSIONS_TABLE, heads, rows) if rows else ""


def comparison(title: str, cells: pd.DataFrame, versions: tuple[str, str]) -> str:
    """Return two versions cell by cell; at most MOST_CHANGES rows."""
    left = len(cells) - MOST_CHANGES
    more = f"<p>{words.more_cells(f'{left:,}')}</p>" if left > 0 else ""
    return f"{markup.table(changed_cells(title, cells, versions))}{more}"


def forms(offered: Sequence[tuple[str, str, str]]) -> str:
    """Return the empty forms: title, and links to both files."""
    heads = (words.KIND, words.LAYOUT, words.DOWNLOAD)
    rows = [[escape(kind), escape(title), links] for kind, title, links in offered]
    return f"<p>{words.TEMPLATES_HINT}</p>{table(words.TEMPLATES, heads, rows)}"
