"""The journal of what was handed in, as HTML: its list, one record, the versions of a report, two of them compared."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import pandas as pd

from dashboard import markup
from dashboard.domain import finding_words, journal_words, terms
from dashboard.domain import intake_words as words
from dashboard.domain.roc import roc_date
from dashboard.domain.settings import TAIPEI
from dashboard.exports.review import causes, where
from dashboard.history import Version
from dashboard.intake_changes import MOST_CHANGES, changed_cells, slices
from dashboard.intake_markup import Links, digest, facts, section, table, text
from dashboard.ledger import Submission, Withdrawal

_LONGEST, _SPANS = 240, 8


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
        return journal_words.submission(self.submission.seq, self.submission.file_name)

    @property
    def outcome(self) -> str:
        return journal_words.WITHDRAWN if self.withdrawal else terms.OUTCOMES[self.submission.outcome]

    @property
    def relations(self) -> list[str]:
        """Say what it replaced, what replaced it, and how it was taken back."""
        told = [journal_words.supersedes(self.submission.supersedes)] if self.submission.supersedes else []
        told += [journal_words.superseded_by(self.superseded_by)] if self.superseded_by else []
        if gone := self.withdrawal:
            told.append(journal_words.withdrawn(gone.withdrawn_on, gone.by, gone.reason))
        return told


_JOURNAL_HEADS = (
    journal_words.NUMBER,
    words.FILE,
    words.OUTCOME,
    journal_words.REPORT_AND_PERIOD,
    journal_words.RECEIPT,
    words.FIGURE_COUNT,
    words.DIGEST,
    words.FINDING_COUNT,
    journal_words.RELATION,
    words.DOWNLOAD,
)


def journal(entries: Sequence[Entry], said: str, links: Links) -> str:
    """Return a list of records, one row each; `said` is how many there are and which of them these."""
    caption = f"{journal_words.HISTORY_TABLE}：{said}"
    return table(caption, _JOURNAL_HEADS, [_journal_row(one, links) for one in entries])


def _journal_row(entry: Entry, links: Links) -> list[str]:
    one = entry.submission
    mark = f'<br><span class="exhibit-mark">{words.SIMULATED}</span>' if one.is_simulated else ""
    kind = terms.KINDS[one.kind] if one.kind else words.UNKNOWN
    receipt = (roc_date(one.received_on), journal_words.recorded(_recorded_at(entry)), one.by)
    return [
        str(one.seq),
        text(one.file_name) + mark,
        f'<span class="intake-outcome">{entry.outcome}</span>',
        "<br>".join(map(text, (kind, _spans(one)))),
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
    """Return the periods of a record, of a refused one those it named."""
    if one.speaks_of:
        return slices(one.speaks_of)
    return words.NOT_KEPT if one.kind else words.UNKNOWN


def _recorded_findings(one: Submission) -> str:
    """Return the findings of a record, folded; the first letters tell how many."""
    if not one.findings:
        return "0"
    items = _causes(one)
    said = journal_words.count(len(items))
    return f'<details class="intake-more"><summary>{said}</summary><ul>{"".join(items)}</ul></details>'


def _causes(one: Submission) -> list[str]:
    grouped = [[finding for _, finding in group] for group in causes(one.findings)]
    return [f"<li>{text(_recorded_cause(group), _LONGEST)}</li>" for group in grouped]


def _recorded_cause(group: Sequence[Mapping[str, str]]) -> str:
    first = group[0]
    if len(group) == 1:
        told = [finding_words.place(first["sheet"], first["cell"]), first["value"]]
    else:
        told = [finding_words.times(len(group)), where(group, _SPANS)]
    return journal_words.finding(first["sentence"], [one for one in told if one])


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
        *((journal_words.RELATION, said) for said in entry.relations),
    ]
    if one.is_correction:
        told.append((words.CORRECTION, words.corrected(one.correction_reason)))
    items = _causes(one)
    found = section(words.FINDINGS, f'<ul class="intake-list">{"".join(items)}</ul>') if items else ""
    return f'<div class="intake-head"><h2>{text(entry.name)}</h2>{facts(told, one.sha256)}</div>{found}'


def versions(shown: Sequence[Version]) -> str:
    """Return the versions of the newest slice of a record, in the order of issue."""
    heads = (journal_words.NUMBER, words.FILE, journal_words.KNOWN_FROM, journal_words.KNOWN_UNTIL, journal_words.STATE)
    rows = [
        [
            str(one.submission.seq),
            text(one.submission.file_name),
            roc_date(one.known_from),
            roc_date(one.known_until) if one.known_until else journal_words.UNTIL_NOW,
            journal_words.version_state(one.is_in_force, one.superseded_by, one.withdrawn_on is not None),
        ]
        for one in shown
    ]
    return table(journal_words.VERSIONS_TABLE, heads, rows) if rows else ""


def comparison(title: str, cells: pd.DataFrame, versions: tuple[str, str]) -> str:
    """Return two versions cell by cell, at most MOST_CHANGES rows, and how many there are."""
    said = journal_words.all_cells(f"{len(cells):,}", f"{min(len(cells), MOST_CHANGES):,}")
    return f"{markup.table(changed_cells(title, cells.head(MOST_CHANGES), versions))}<p>{said}</p>"


def forms(offered: Sequence[tuple[str, str, str]]) -> str:
    """Return the empty forms: title, and links to both files."""
    heads = (words.KIND, words.LAYOUT, words.DOWNLOAD)
    rows = [[escape(kind), escape(title), links] for kind, title, links in offered]
    return f"<p>{words.TEMPLATES_HINT}</p>{table(words.TEMPLATES, heads, rows, is_wide=False)}"
