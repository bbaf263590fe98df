"""Files handed in, as HTML: what they hold, what they would change, what is wrong with them and where it stands.

Every text comes from a sender's file or is ours; all of it is escaped, and none can turn what stands beside it.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from dashboard.domain import intake_words as words
from dashboard.domain import ranking_words, terms
from dashboard.domain.causes import by_cause
from dashboard.domain.findings import Finding
from dashboard.domain.roc import roc_date
from dashboard.exports.review import spoken_of, verdict
from dashboard.previewing import Preview
from dashboard.readers.layout import declared
from dashboard.receiving import Receipt

_MOST_RESULTS = 8
_LONGEST = 120
_LONG_LIST = 12
"""Files up to which all of a list stands on the page."""
_LOOKS = ("", ' class="aside"', ' class="aside"', ' class="verdict"', ' class="number aside"', ' class="number"')


def text(said: str, longest: int = _LONGEST) -> str:
    """Return a sender's text as HTML: cut where it is long, and unable to turn its surroundings."""
    cut = said if len(said) <= longest else f"{said[: longest - 1]}…"
    return f"<bdi>{escape(' '.join(cut.split()))}</bdi>"


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, is_wide: bool = True) -> str:
    """Return a table of cells that are HTML already; the first of a row names it. `is_wide`: it may have to scroll."""
    first, *others = heads
    head = f'<th scope="col" class="fixed">{escape(first)}</th>'
    head += "".join(f'<th scope="col">{escape(one)}</th>' for one in others)
    body = "".join(
        f'<tr><th scope="row" class="fixed">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    hint = f'<p class="scroll-hint wide">{ranking_words.SCROLL_HINT}</p>' if is_wide else ""
    return (
        f"{hint}"
        f'<div class="exhibit-scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="exhibit-table intake-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def facts(pairs: Iterable[tuple[str, str]], sha256: str = "") -> str:
    """Return a list of labels and texts, a file's hash last."""
    told = "".join(f"<div><dt>{escape(label)}</dt><dd>{text(said)}</dd></div>" for label, said in pairs)
    hashed = f"<div><dt>{words.DIGEST}</dt><dd>{digest(sha256)}</dd></div>" if sha256 else ""
    return f'<dl class="intake-facts">{told}{hashed}</dl>'


def digest(whole: str) -> str:
    """Return a hash of which the first letters show and all of it on demand."""
    return f'<details class="intake-hash"><summary>{whole[:8]}</summary><code>{whole}</code></details>'


# --- one file before it is received


def head(preview: Preview) -> str:
    """Return what a file is and what stands in its way."""
    state = verdict(preview)
    twin = preview.same_as
    told = twin and (
        words.same_beside(twin.file_name) if preview.is_twice else words.same_as(twin.seq, twin.received_on)
    )
    same = f"<p>{text(told)}</p>" if told else ""
    mark = f'<span class="exhibit-mark">{words.SIMULATED}</span>' if preview.is_simulated else ""
    return (
        f'<div class="intake-head"><h2>{text(preview.file_name)}</h2>'
        f'<p class="intake-verdict {state}">{words.VERDICTS[state]}</p>{mark}{same}'
        f"{facts(_facts(preview), preview.digest)}</div>"
    )


def _facts(preview: Preview) -> Iterable[tuple[str, str]]:
    yield words.KIND, terms.KINDS[preview.kind] if preview.kind else words.UNKNOWN
    yield words.PERIOD, spoken_of(preview.periods, preview.as_of) or words.UNKNOWN
    yield words.AS_OF, roc_date(preview.as_of) if preview.as_of else words.UNKNOWN
    yield words.LAYOUT, _layout(preview.layout)
    yield words.ISSUED_ON, roc_date(preview.issued_on) if preview.issued_on else words.NOT_STATED
    yield words.FIGURE_COUNT, words.figures(f"{preview.figure_count:,}")
    if preview.is_correction:
        yield words.CORRECTION, words.corrected(preview.correction_reason)


def _layout(name: str) -> str:
    """Say whether a layout is that of one report or of a long history."""
    if not name:
        return words.UNKNOWN
    found = next((one for one in declared().layouts if one.name == name), None)
    return words.FORMS if found is None or found.has_head else words.HISTORIES


def section(title: str, body: str) -> str:
    """Return a part of what is said of a file, under its heading."""
    return f'<section class="intake-part"><h3>{title}</h3>{body}</section>'


def listed(sentences: Iterable[str]) -> str:
    """Return sentences as a list."""
    return f'<ul class="intake-list">{"".join(f"<li>{text(one)}</li>" for one in sentences)}</ul>'


# --- many files


def overview(previews: Sequence[Preview]) -> str:
    """Return one line a file, where there are several; on a narrow screen what a file is stands below its name."""
    heads = (words.FILE, words.KIND, words.PERIOD, words.OUTCOME, words.FIGURE_COUNT, words.FINDING_COUNT)
    head = "".join(f'<th scope="col"{_LOOKS[nth]}>{one}</th>' for nth, one in enumerate(heads))
    body = "".join(map(_line, previews))
    caption = words.waiting(len(previews))
    is_long = len(previews) > _LONG_LIST
    hint = f'<p class="intake-hint">{words.LONG_LIST}</p>' if is_long else ""
    return (
        f'{hint}<div class="exhibit-scroll{" intake-long" if is_long else ""}" role="region" aria-label="{caption}"'
        f' tabindex="0"><table class="exhibit-table intake-files"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line(one: Preview) -> str:
    kind, period = (
        terms.KINDS[one.kind] if one.kind else words.UNKNOWN,
        spoken_of(one.periods, one.as_of) or words.UNKNOWN,
    )
    state = verdict(one)
    told = (
        kind,
        period,
        words.VERDICTS[state],
        f"{one.figure_count:,}",
        f"{len(by_cause(one.findings, Finding.cause)):,}",
    )
    cells = "".join(f"<td{_LOOKS[nth]}>{escape(said)}</td>" for nth, said in enumerate(told, 1))
    below = f'<span class="intake-sub">{escape(words.below(kind, period))}</span>'
    return f'<tr class="{state}"><th scope="row">{text(one.file_name)}{below}</th>{cells}</tr>'


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
