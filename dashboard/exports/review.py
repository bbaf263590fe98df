"""What receiving has to say of one file, as a spreadsheet to work through and as a note to print and send back."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby

from dashboard.domain import comparing_words, finding_words, terms
from dashboard.domain import intake_words as words
from dashboard.domain.causes import by_cause, runs
from dashboard.domain.file_names import plain
from dashboard.domain.findings import RETURNED, Severity
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import period_from_iso
from dashboard.domain.roc import roc_date, roc_period
from dashboard.exports.book import Book, Heading, Row, Sheet
from dashboard.exports.safe import cleaned
from dashboard.ledger import Submission
from dashboard.previewing import Preview

_WIDEST = 48
_COLUMNS = {
    "severity": words.SEVERITY,
    "sheet": words.SHEET,
    "cell": words.CELL,
    "value": finding_words.VALUE,
    "expected": finding_words.EXPECTED_OR_EXPLANATION,
    "sentence": finding_words.SENTENCE,
    "remedy": finding_words.REMEDY,
    "code": words.CODE,
}
_ORDER = [one.value for one in Severity]


@dataclasses.dataclass(frozen=True)
class Review:
    """A file, what was found in it, and what follows; `number` is None while nothing is recorded.

    `conclusion` is a key of words.CONCLUSIONS; `findings` are records as the journal keeps them.
    """

    file_name: str
    digest: str
    size_bytes: int
    number: int | None
    kind: Kind | None
    periods: tuple[str, ...]
    as_of: date | None
    issued_on: date | None
    received_on: date | None
    conclusion: str
    findings: tuple[Mapping[str, str], ...]
    officer: str
    on: date

    @property
    def title(self) -> str:
        return words.NOTE_TITLES[self.conclusion == "refused"]

    @property
    def stem(self) -> str:
        """Return how files made of it are called, without their endings."""
        return plain(words.note_name(self.title, self.file_name)).replace(".", "_")

    def facts(self) -> list[tuple[str, str]]:
        """Return what there is to say of the file itself, label by label; of a record only what it keeps."""
        told = [
            (words.FILE_NAME, self.file_name),
            (words.DIGEST, self.digest),
            (words.SIZE, words.size(f"{self.size_bytes / 1000:,.1f}")),
            (words.KIND, terms.KINDS[self.kind] if self.kind else words.UNKNOWN),
            (words.PERIOD, spoken_of(self.periods, self.as_of) or self._unknown),
            (words.AS_OF, roc_date(self.as_of) if self.as_of else self._unknown),
            (words.ISSUED_ON, roc_date(self.issued_on) if self.issued_on else words.NOT_STATED),
            (words.RECEIVED_ON, roc_date(self.received_on) if self.received_on else words.NOT_STATED),
            (words.NOTE_NUMBER, str(self.number) if self.number else words.NOT_RECORDED),
            (words.CONCLUSION, words.CONCLUSIONS[self.conclusion]),
            (words.OFFICER, self.officer),
            (words.NOTED_ON, roc_date(self.on)),
        ]
        return [(label, said) for label, said in told if said]

    @property
    def _unknown(self) -> str:
        return "" if self.number else words.UNKNOWN

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield the findings, those that refuse first, as texts by the keys of a record."""
        for one in sorted(self.findings, key=lambda record: _ORDER.index(record["severity"])):
            said = comparing_words.acknowledged(one["acknowledged"]) if one.get("acknowledged") else one["remedy"]
            is_returned = one["code"] == RETURNED.code
            value = finding_words.returned_for(one["value"]) if is_returned else one["value"]
            yield {**one, "severity": words.SEVERITIES[Severity(one["severity"])], "remedy": said, "value": value}


def of_preview(preview: Preview, officer: str, on: date) -> Review:
    """Review a file that nothing is recorded of yet."""
    return Review(
        file_name=preview.file_name,
        digest=preview.digest,
        size_bytes=len(preview.candidate.incoming.content),
        number=None,
        kind=preview.kind,
        periods=preview.periods,
        as_of=preview.as_of,
        issued_on=preview.issued_on,
        received_on=preview.received_on,
        conclusion=verdict(preview),
        findings=tuple(finding.as_record() for finding in preview.findings),
        officer=officer,
        on=on,
    )


def of_submission(submission: Submission, on: date) -> Review:
    """Review a file of the journal; `on` is the day it was recorded, where it was recorded."""
    return Review(
        file_name=submission.file_name,
        digest=submission.sha256,
        size_bytes=submission.size_bytes,
        number=submission.seq,
        kind=submission.kind,
        periods=tuple(one.period for one in submission.speaks_of if one.period),
        as_of=max((one.as_of for one in submission.speaks_of), default=None),
        issued_on=submission.issued_on,
        received_on=submission.received_on,
        conclusion=submission.outcome,
        findings=submission.findings,
        officer=submission.by,
        on=on,
    )


def verdict(preview: Preview) -> str:
    """Return in one word what stands in the way of a file: a key of words.VERDICTS."""
    if preview.is_twice:
        return "twice"
    return "asking" if preview.is_asking else preview.outcome


def span(periods: tuple[str, ...]) -> str:
    """Say of which periods (ISO) figures are, the first and the last of many; "" for none."""
    if not periods:
        return ""
    first, last = (roc_period(period_from_iso(one)) for one in (periods[0], periods[-1]))
    return words.span(first, last, len(periods))


def spoken_of(periods: tuple[str, ...], as_of: date | None) -> str:
    """Say of which periods a file speaks, or as of which day where it does not name them; "" where it says neither."""
    return span(periods) or (words.until(as_of) if as_of else "")


def findings_file(review: Review) -> bytes:
    """Return the findings as .ods: one row each, and a second sheet on the file."""
    from dashboard.exports.opendocument import ods_file  # noqa: PLC0415 - thirty milliseconds no start should pay

    table = Sheet(
        name=words.FINDINGS,
        above=(cleaned(f"{review.title}：{review.file_name}"), words.CONCLUSIONS[review.conclusion]),
        headings=tuple(map(Heading, _COLUMNS.values())),
        rows=tuple(Row(tuple(cleaned(row[key]) for key in _COLUMNS)) for row in review.rows()),
        fixed=1,
        widest=_WIDEST,
    )
    about = Sheet(
        name=words.FACTS,
        above=(),
        headings=(Heading(words.FACTS), Heading(finding_words.VALUE)),
        rows=tuple(Row((label, cleaned(text))) for label, text in review.facts()),
        fixed=1,
        widest=_WIDEST + _WIDEST,
    )
    return ods_file(Book(cleaned(review.title), (table, about)))


# --- the note

_LOOKS = """
:root { color-scheme: light; }
body { font: 12pt/1.7 'Noto Serif CJK TC', 'PMingLiU', 'Noto Sans CJK TC', serif; color: #000; background: #fff;
  max-width: 190mm; margin: 10mm auto; padding: 0 5mm; }
h1 { font-size: 18pt; text-align: center; margin: 0 0 6mm; }
table { border-collapse: collapse; width: 100%; margin: 0 0 6mm; }
th, td { border: 1px solid #000; padding: 1mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.facts th { width: 24mm; white-space: nowrap; }
.findings { font-size: 10.5pt; line-height: 1.5; table-layout: fixed; }
.findings th { background: #eee; }
h2 { font-size: 14pt; margin: 0 0 2mm; }
button { font: inherit; min-height: 2.5rem; padding: 0 1rem; }
@page { size: A4; margin: 15mm; }
@media print { button { display: none; } body { margin: 0; padding: 0; max-width: none; } }
"""
_HEADS = (
    words.SEVERITY,
    finding_words.SENTENCE,
    finding_words.PLACE,
    finding_words.VALUE,
    finding_words.EXPECTED_OR_EXPLANATION,
    finding_words.REMEDY,
)
_WIDTHS = (10, 20, 17, 15, 19, 19)
_FIRST = 5
"""Cells of one cause that a note lists with what they hold; of the others it says where they are."""
_MOST_SPANS = 40


def note(review: Review) -> str:
    """Return a page of its own that prints as one can send it back: the file, the findings, what to do, who says so.

    Findings of one cause stand together; each single one is in the spreadsheet of findings.
    """
    title = escape(f"{review.title}－{review.file_name}")
    facts = "".join(f'<tr><th scope="row">{label}</th><td>{_text(said)}</td></tr>' for label, said in review.facts())
    rows = "".join(_cause([row for _, row in group]) for group in causes(list(review.rows())))
    heads = "".join(f'<th scope="col">{label}</th>' for label in _HEADS)
    widths = "".join(f'<col style="width: {one}%">' for one in _WIDTHS)
    findings = (
        f'<table class="findings"><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead>{rows}</table>'
        if rows
        else ""
    )
    return (
        f'<!doctype html><html lang="zh-Hant-TW"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_LOOKS}</style></head><body><main><h1>{review.title}</h1>"
        f'<table class="facts"><tbody>{facts}</tbody></table><h2>{words.FINDINGS}</h2>'
        f'{findings or f"<p>{words.NO_FINDINGS}</p>"}<button type="button" onclick="print()">{words.PRINT}</button>'
        "</main></body></html>"
    )


def causes(records: Sequence[Mapping[str, str]]) -> list[list[tuple[int, Mapping[str, str]]]]:
    """Group findings of one kind that are answered alike, in the order of their first ones."""
    return by_cause(records, lambda one: (one["code"], one.get("acknowledged", "")))


def where(records: Sequence[Mapping[str, str]], most: int = _MOST_SPANS) -> str:
    """Say in which cells findings are, neighbours summed up; "" where none names a cell."""
    placed = [one for one in records if one["cell"]]
    sheets = groupby(placed, key=lambda one: one["sheet"])
    told = []
    for sheet, of_sheet in sheets:
        spans = [finding_words.span(*run) for run in runs(one["cell"] for one in of_sheet)]
        told.append(finding_words.places(sheet, spans, most))
    return "；".join(told)


def _cause(rows: Sequence[Mapping[str, str]]) -> str:
    """Return the findings of one cause as one part of the table."""
    first, shown, rest = rows[0], rows[:_FIRST], rows[_FIRST:]
    count = f"（{finding_words.times(len(rows))}）" if len(rows) > 1 else ""
    span = f' rowspan="{len(shown) + bool(rest)}"'
    before = f"<td{span}>{_text(first['severity'])}</td><td{span}>{_text(first['sentence'])}{count}</td>"
    place = finding_words.short_place if len(rows) > 1 else finding_words.place
    is_shared = len(rows) > 1 and len({one["expected"] for one in rows}) == 1
    lines = [
        f"<td>{_text(place(one['sheet'], one['cell']))}</td>"
        f"<td>{_text(finding_words.content(one['code'], one['value'], one['expected']))}</td>"
        + ("" if is_shared else f"<td>{_text(one['expected'])}</td>")
        for one in shown
    ]
    if rest:
        told = finding_words.other_places(len(rest), where(rest))
        lines.append(f'<td colspan="{2 if is_shared else 3}">{_text(told)}</td>')
    shared = f"<td{span}>{_text(first['expected'])}</td>" if is_shared else ""
    lines[0] = f"{before}{lines[0]}{shared}<td{span}>{_text(first['remedy'])}</td>"
    return f"<tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody>"


def _text(said: str) -> str:
    """Return a text that cannot act; what a sender wrote cannot turn what stands beside it."""
    return f"<bdi>{escape(cleaned(said))}</bdi>"
