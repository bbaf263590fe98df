"""What receiving has to say of one file, as a spreadsheet to work through and as a note to print and send back."""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape

from dashboard.domain import comparing_words, terms
from dashboard.domain import intake_words as words
from dashboard.domain.file_names import plain
from dashboard.domain.findings import Severity
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
    "value": words.VALUE,
    "expected": words.EXPECTED,
    "sentence": words.SENTENCE,
    "remedy": words.REMEDY,
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
            (words.PERIOD, span(self.periods) or self._unknown),
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
            yield {**one, "severity": words.SEVERITIES[Severity(one["severity"])], "remedy": said}


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
        periods=tuple(one.period for one in submission.slices if one.period),
        as_of=max((one.as_of for one in submission.slices), default=None),
        issued_on=submission.issued_on,
        received_on=submission.received_on,
        conclusion=submission.outcome,
        findings=submission.findings,
        officer=submission.by,
        on=on,
    )


def verdict(preview: Preview) -> str:
    """Return in one word what stands in the way of a file: a key of words.VERDICTS."""
    return "asking" if preview.is_asking else preview.outcome


def span(periods: tuple[str, ...]) -> str:
    """Say of which periods (ISO) figures are, the first and the last of many; "" for none."""
    if not periods:
        return ""
    first, last = (roc_period(period_from_iso(one)) for one in (periods[0], periods[-1]))
    return words.span(first, last, len(periods))


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
        headings=(Heading(words.FACTS), Heading(words.VALUE)),
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
button { font: inherit; min-height: 2.5rem; padding: 0 1rem; }
@page { size: A4; margin: 15mm; }
@media print { button { display: none; } body { margin: 0; padding: 0; max-width: none; } }
"""
_SHOWN = ("severity", "place", "value", "expected", "sentence", "remedy")
_HEADS = (words.SEVERITY, words.PLACE, words.VALUE, words.EXPECTED, words.SENTENCE, words.REMEDY)


def note(review: Review) -> str:
    """Return a page of its own that prints as one can send it back: the file, the findings, what to do, who says so."""
    title = escape(f"{review.title}－{review.file_name}")
    facts = "".join(f'<tr><th scope="row">{label}</th><td>{_text(said)}</td></tr>' for label, said in review.facts())
    rows = "".join(
        f"<tr>{''.join(f'<td>{_text(row[key])}</td>' for key in _SHOWN)}</tr>"
        for row in ({**row, "place": words.place(row["sheet"], row["cell"])} for row in review.rows())
    )
    heads = "".join(f'<th scope="col">{label}</th>' for label in _HEADS)
    findings = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return (
        f'<!doctype html><html lang="zh-Hant-TW"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_LOOKS}</style></head><body><main><h1>{review.title}</h1>"
        f'<table class="facts"><tbody>{facts}</tbody></table><h2>{words.FINDINGS}</h2>'
        f'{findings or f"<p>{words.NO_FINDINGS}</p>"}<button type="button" onclick="print()">{words.PRINT}</button>'
        "</main></body></html>"
    )


def _text(said: str) -> str:
    """Return a text that cannot act; what a sender wrote cannot turn what stands beside it."""
    return f"<bdi>{escape(cleaned(said))}</bdi>"
