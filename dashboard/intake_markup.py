"""Files handed in, as HTML: what they hold, what they would change, what is wrong with them and where it stands.

Every text comes from a sender's file or is ours; all of it is escaped, and none can turn what stands beside it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from dashboard.domain import comparing_words, ranking_words, terms
from dashboard.domain import intake_words as words
from dashboard.domain.findings import Finding, Severity
from dashboard.domain.roc import roc_date
from dashboard.exports.review import span, verdict
from dashboard.previewing import Preview
from dashboard.readers.layout import declared
from dashboard.readers.region import Region
from dashboard.receiving import Receipt

MOST_FINDINGS = 60
_MOST_RESULTS = 8
_LONGEST = 120
_LONGEST_CELL = 24


def text(said: str, longest: int = _LONGEST) -> str:
    """Return a sender's text as HTML: cut where it is long, and unable to turn its surroundings."""
    cut = said if len(said) <= longest else f"{said[: longest - 1]}…"
    return f"<bdi>{escape(' '.join(cut.split()))}</bdi>"


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are HTML already; the first of a row names it."""
    first, *others = heads
    head = f'<th scope="col" class="fixed">{escape(first)}</th>'
    head += "".join(f'<th scope="col">{escape(one)}</th>' for one in others)
    body = "".join(
        f'<tr><th scope="row" class="fixed">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return (
        f'<p class="scroll-hint wide">{ranking_words.SCROLL_HINT}</p>'
        f'<div class="exhibit-scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="exhibit-table intake-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a list of labels and texts."""
    told = "".join(f"<div><dt>{escape(label)}</dt><dd>{text(said)}</dd></div>" for label, said in pairs)
    return f'<dl class="intake-facts">{told}</dl>'


def digest(whole: str) -> str:
    """Return a hash of which the first letters show and all of it on demand."""
    return f'<details class="intake-hash"><summary>{whole[:8]}</summary><code>{whole}</code></details>'


# --- one file before it is received


def head(preview: Preview) -> str:
    """Return what a file is and what stands in its way."""
    state = verdict(preview)
    twin = preview.same_as
    same = f"<p>{escape(words.same_as(twin.seq, twin.received_on))}</p>" if twin else ""
    mark = f'<span class="exhibit-mark">{words.SIMULATED}</span>' if preview.is_simulated else ""
    return (
        f'<div class="intake-head"><h2>{text(preview.file_name)}</h2>'
        f'<p class="intake-verdict {state}">{words.VERDICTS[state]}</p>{mark}{same}{facts(_facts(preview))}</div>'
    )


def _facts(preview: Preview) -> Iterable[tuple[str, str]]:
    yield words.KIND, terms.KINDS[preview.kind] if preview.kind else words.UNKNOWN
    yield words.PERIOD, span(preview.periods) or words.UNKNOWN
    yield words.AS_OF, roc_date(preview.as_of) if preview.as_of else words.UNKNOWN
    yield words.LAYOUT, _layout(preview.layout)
    yield words.ISSUED_ON, roc_date(preview.issued_on) if preview.issued_on else words.NOT_STATED
    yield words.FIGURE_COUNT, words.figures(f"{preview.figure_count:,}")
    if preview.is_correction:
        yield words.CORRECTION, words.corrected(preview.correction_reason)
    yield words.DIGEST, preview.digest


def _layout(name: str) -> str:
    """Say whether a layout is that of one report or of a long history."""
    if not name:
        return words.UNKNOWN
    found = next((one for one in declared().layouts if one.name == name), None)
    return words.FORMS if found is None or found.has_head else words.HISTORIES


# --- findings


def findings(found: Sequence[Finding], regions: Mapping[int, Region]) -> str:
    """Return findings by severity; `regions` are the parts of sheets by the finding's place in the list."""
    if not found:
        return section(words.FINDINGS, f"<p>{words.NO_FINDINGS}</p>")
    shown = list(enumerate(found))[:MOST_FINDINGS]
    parts = []
    for severity in Severity:
        count = sum(one.kind.severity is severity for one in found)
        of_severity = [(nth, one) for nth, one in shown if one.kind.severity is severity]
        if of_severity:
            items = "".join(_finding(one, regions.get(nth)) for nth, one in of_severity)
            title = words.severity(words.SEVERITIES[severity], count)
            parts.append(f'<h4>{title}</h4><ul class="intake-findings {severity}">{items}</ul>')
    left = len(found) - len(shown)
    more = f"<p>{words.more_findings(left)}</p>" if left else ""
    return section(words.FINDINGS, "".join(parts) + more)


def _finding(one: Finding, region: Region | None) -> str:
    said = comparing_words.acknowledged(one.acknowledged) if one.acknowledged else one.kind.remedy
    told = [
        (words.PLACE, words.place(one.sheet, one.cell)),
        (words.VALUE, one.value),
        (words.EXPECTED if one.is_refusal else words.EXPLANATION, one.expected),
        (words.REMEDY, said),
    ]
    body = facts((label, what) for label, what in told if what)
    shown = _region(region, one.cell) if region and region.marked else ""
    if shown and not one.is_refusal:
        shown = f'<details class="intake-more"><summary>{words.SHOW_PLACE}</summary>{shown}</details>'
    return f"<li><p><strong>{escape(one.kind.sentence)}</strong></p>{body}{shown}</li>"


def _region(region: Region, cell: str) -> str:
    """Return the part of a sheet around a cell, which is outlined and labelled in words."""
    caption = words.region(region.sheet, cell)
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in region.columns)
    rows = "".join(
        f'<tr><th scope="row">{number}</th>{"".join(_cells(region, nth))}</tr>'
        for nth, number in enumerate(region.rows)
    )
    return (
        f'<div class="exhibit-scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="intake-region"><caption>{text(caption)}</caption>'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(region: Region, row: int) -> Iterable[str]:
    for column, said in enumerate(region.cells[row]):
        if (row, column) == region.marked:
            yield f'<td class="marked">{text(said, _LONGEST_CELL)}<span class="mark">{words.MARK}</span></td>'
        else:
            yield f"<td>{text(said, _LONGEST_CELL)}</td>"


def section(title: str, body: str) -> str:
    """Return a part of what is said of a file, under its heading."""
    return f'<section class="intake-part"><h3>{title}</h3>{body}</section>'


def listed(sentences: Iterable[str]) -> str:
    """Return sentences as a list."""
    return f'<ul class="intake-list">{"".join(f"<li>{text(one)}</li>" for one in sentences)}</ul>'


# --- many files


def overview(previews: Sequence[Preview]) -> str:
    """Return one line a file, where there are several."""
    heads = (words.FILE, words.KIND, words.PERIOD, words.OUTCOME, words.FIGURE_COUNT, words.FINDING_COUNT)
    rows = [
        [
            text(one.file_name),
            escape(terms.KINDS[one.kind] if one.kind else words.UNKNOWN),
            escape(span(one.periods) or words.UNKNOWN),
            words.VERDICTS[verdict(one)],
            f"{one.figure_count:,}",
            str(len(one.findings)),
        ]
        for one in previews
    ]
    return f'<div class="intake-long">{table(words.waiting(len(previews)), heads, rows)}</div>'


# --- what became of them

Links = Callable[..., str]
"""Of a record's number, has_original and has_findings: links to its files."""


def results(receipts: Sequence[Receipt], links: Links) -> str:
    """Return one line a file that was decided about, the newest first."""
    items = [_result(one, links) for one in receipts]
    shown, folded = "".join(items[:_MOST_RESULTS]), "".join(items[_MOST_RESULTS:])
    more = words.more_results(len(items) - _MOST_RESULTS)
    rest = f'<details class="intake-more"><summary>{more}</summary><ul class="intake-list">{folded}</ul></details>'
    return section(words.RESULTS, f'<ul class="intake-list">{shown}</ul>{rest if folded else ""}')


def _result(one: Receipt, links: Links) -> str:
    number = one.submission_id or 0
    if one.outcome == "identical":
        return f"<li>{text(one.file_name)}：{words.not_taken_again(number)}</li>"
    refused = one.is_refused
    said = (
        words.sent_back(number)
        if refused
        else words.taken(number, terms.OUTCOMES[one.outcome], f"{one.figure_count:,}")
    )
    differs = f"<strong>{words.DIFFERS}</strong>" if one.differs_from_preview else ""
    files = links(number, has_original=not refused, has_findings=bool(one.findings))
    return f"<li>{text(one.file_name)}：{said}{differs}<br>{files}</li>"
