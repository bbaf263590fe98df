"""An exhibit's words and table as HTML: real headings, real tables, numbers aligned; every text escaped."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from dashboard.domain import ranking_words, sheet_words, words
from dashboard.exhibits import Column, Exhibit, Table, freshness
from dashboard.exhibits.exhibit import Row

WIDE = 7
"""A table of so many columns stands below its chart; a narrower one beside it."""
_LONG = 12
"""Letters from which a text may wrap in its cell."""


def product() -> str:
    """Return the name of the product, above the title of every page."""
    return f'<p class="product">{words.TITLE}</p>'


def exhibit(shown: Exhibit, files: str) -> str:
    """Return all of an exhibit but its picture, which the drawing component puts into .exhibit-chart.

    `files` is the address of the table's files without their endings.
    """
    drawn = f"{_chart(shown)}<div>{table(shown.table)}</div>"
    beside = " beside" if shown.chart and len(shown.table.columns) < WIDE else ""
    workings = table(shown.workings) if shown.workings else ""
    behind = folded(shown.behind) if shown.behind else ""
    body = f'<div class="exhibit-body{beside}" data-exhibit="{shown.key}">{drawn}</div>'
    return f"{head(shown)}{workings}{body}{behind}{_files(shown, files)}{foot(shown)}"


def notices(sentences: Iterable[str]) -> str:
    """Return what a page tells about its address. It quotes the address, so nothing in it is markup."""
    told = "".join(f"<p>{escape(' '.join(sentence.split()))}</p>" for sentence in sentences)
    return f'<div class="page-notice" role="alert">{told}</div>'


def banner(sentence: str) -> str:
    """Return what stands above a page that does not show today's knowledge."""
    return f'<p class="page-notice knowledge" role="status">{escape(sentence)}</p>'


def statements(title: str, sentences: Iterable[str]) -> str:
    """Return a heading with what there is to say below it, one sentence an item."""
    return f'<div class="exhibit-foot"><h2>{escape(title)}</h2>{_list(sentences)}</div>'


def failure(sentence: str) -> str:
    """Return what stands where an exhibit cannot be had."""
    return f'<p class="exhibit-none" role="status">{escape(sentence)}</p>'


def _chart(shown: Exhibit) -> str:
    return (
        f'<div class="exhibit-chart" role="figure" aria-label="{escape(shown.chart.alt)}"></div>' if shown.chart else ""
    )


def _files(shown: Exhibit, address: str) -> str:
    pictures = sheet_words.PICTURES.items() if shown.chart else ()
    buttons = [f'<button type="button" data-file="{kind}">{name}</button>' for kind, name in pictures]
    links = [f'<a href="{escape(address)}.{kind}" download>{name}</a>' for kind, name in sheet_words.TABLES.items()]
    label = f"{sheet_words.FILES}：{escape(shown.table.caption)}"
    status = '<span role="status"></span>'
    return f'<div class="exhibit-files" role="group" aria-label="{label}">{"".join([*buttons, *links])}{status}</div>'


def head(shown: Exhibit) -> str:
    """Return title, finding, and what stands beside every figure: simulated or not, unit, basis, as-of date, rule."""
    mark = f'<span class="exhibit-mark">{words.SIMULATED}</span>' if shown.is_simulated else ""
    selection = f'<p class="selection">{escape(shown.selection)}</p>' if shown.selection else ""
    meta = escape(words.meta_line(shown.unit, shown.basis, shown.as_of_line, shown.rule_version))
    return (
        f'<div class="exhibit-head"><h2>{escape(shown.title)}</h2><p>{escape(shown.finding)}</p>{selection}'
        f'<p class="exhibit-meta">{mark}{meta}</p>{_fresh(shown)}</div>'
    )


def _fresh(shown: Exhibit) -> str:
    """Return up to which day the figures of each stream reach and when they came in."""
    told = "".join(f"<li>{escape(line)}</li>" for line in freshness.lines(shown))
    return f'<ul class="exhibit-fresh">{told}</ul>' if told else ""


def table(shown: Table) -> str:
    """Return the table twin, in a frame that scrolls by itself where a screen is narrow."""
    caption = escape(shown.caption)
    wide = " wide" if len(shown.columns) >= WIDE else ""
    # A screen reader and a keyboard reach what scrolls only if it can take the focus.
    return (
        f'<p class="scroll-hint{wide}">{ranking_words.SCROLL_HINT}</p>'
        f'<div class="exhibit-scroll" role="region" aria-label="{caption}" tabindex="0"><table class="exhibit-table">'
        f"<caption>{caption}</caption><thead>{_head_rows(shown)}</thead><tbody>"
        f"{''.join(_body_rows(shown))}</tbody></table></div>"
    )


def folded(shown: Table) -> str:
    """Return a table that opens on demand."""
    summary = f"<summary><h3>{escape(shown.caption)}</h3></summary>"
    return f'<details class="exhibit-more">{summary}{table(shown)}</details>'


def foot(shown: Exhibit) -> str:
    """Return sources, notes and assumptions; below an exhibit that already quotes them, only a word of where."""
    simulated = [words.SIMULATED_NOTE] if shown.is_simulated else []
    if shown.shown_with:
        quoted = [words.shared_basis(shown.shown_with)]
        assumptions = ""
    else:
        quoted = [source.sentence for source in shown.sources]
        assumptions = _assumptions(shown) if shown.assumptions else ""
    return (
        f'<div class="exhibit-foot"><h3>{words.SOURCES}</h3>{_list(quoted)}'
        f"<h3>{words.NOTES}</h3>{_list([*simulated, *shown.notes])}{assumptions}</div>"
    )


def _assumptions(shown: Exhibit) -> str:
    summary = f"<summary><h3>{words.ASSUMPTIONS}（{len(shown.assumptions)}）</h3></summary>"
    return f"<details open>{summary}{_list(shown.assumptions)}</details>"


def _list(sentences: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in sentences)}</ul>"


def _head_rows(shown: Table) -> str:
    columns, head_key = shown.columns, shown.head
    if not any(column.over for column in columns):
        return f"<tr>{''.join(_head_cell(column, head_key) for column in columns)}</tr>"
    upper, lower = [], []
    for over, run in groupby(columns, key=lambda column: column.over):
        members = list(run)
        if over:
            upper.append(f'<th class="over" scope="colgroup" colspan="{len(members)}">{escape(over)}</th>')
            lower += [_head_cell(column, head_key) for column in members]
        else:
            upper += [_head_cell(column, head_key, ' rowspan="2"') for column in members]
    return f"<tr>{''.join(upper)}</tr><tr>{''.join(lower)}</tr>"


def _head_cell(column: Column, head_key: str, span: str = "") -> str:
    unit = f'<span class="unit">{escape(column.unit)}</span>' if column.unit else ""
    kind = ' class="fixed"' if column.key == head_key else ' class="number"' if column.is_number else ""
    return f'<th scope="col"{kind}{span}>{escape(column.label)}{unit}</th>'


def _body_rows(shown: Table) -> Iterable[str]:
    before = None
    for row in shown.rows():
        part = row.get("group")
        kinds = {
            # Where rows are periods, none is a county's and none the nation's.
            "nation": row.get("county_code") == "",
            "selected": shown.selected is not None and row.get("county_code") == shown.selected,
            "new-part": before is not None and part != before,
        }
        names = " ".join(name for name, holds in kinds.items() if holds)
        yield f'<tr class="{names}">{"".join(_cell(column, row, shown.head) for column in shown.columns)}</tr>'
        before = part


def _cell(column: Column, row: Row, head_key: str) -> str:
    text = escape(column.text(row))
    if column.key == head_key:
        return f'<th scope="row" class="name fixed">{text}</th>'
    kind = "number" if column.is_number else "long" if len(text) > _LONG else "name"
    return f'<td class="{kind}">{text}</td>'
