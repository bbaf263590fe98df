"""An exhibit's words and table as HTML: real headings, real tables, numbers aligned; every text escaped."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from dashboard.domain import ranking_words, words
from dashboard.exhibits import Column, Exhibit, Table
from dashboard.exhibits.exhibit import Row

WIDE = 7
"""A table of so many columns stands below its chart; a narrower one beside it."""
_LONG = 12
"""Letters from which a text may wrap in its cell."""

STYLE = """<style>
.stMainBlockContainer { padding: 4.25rem 3rem 3rem; max-width: 1560px; }
.stMainBlockContainer h1 { font-size: 1.625rem; padding: 0 0 .25rem; }
.stButtonGroup button { min-height: 2.5rem; }
.stPlotlyChart .modebar-btn { min-width: 28px; min-height: 28px; }
/* One ring for whatever the keyboard has reached, on every page: over the library's own, which is hardly seen. */
.stApp :is(a, button, summary, input, [tabindex]):focus-visible { outline: 3px solid #0b5394 !important;
  outline-offset: 2px; border-radius: 3px; }
.stApp [data-baseweb="select"] > div:focus-within { outline: 3px solid #0b5394; outline-offset: 1px; }
.stApp [data-baseweb="select"] input:focus-visible { outline: 0 !important; }
@media (max-width: 767px) {
  [data-testid="stExpandSidebarButton"] { width: auto !important; padding: 0 .6rem !important; }
  [data-testid="stExpandSidebarButton"]::after { content: "頁面選單"; padding-left: .25rem; font-size: .875rem; }
}
.product { margin: 0 0 -.75rem; color: #45525e; font-size: .875rem; }
.exhibit-head h2 { font-size: 1.25rem; line-height: 1.5; margin: 0 0 .3rem; padding: 0; font-weight: 700; }
.exhibit-head p { margin: 0 0 .25rem; font-size: .9375rem; line-height: 1.6; }
.exhibit-head .selection { border-left: 4px solid #c2410c; padding: .15rem .6rem; background: #fdf3ec; }
.exhibit-mark { display: inline-block; font-size: .8125rem; font-weight: 700; line-height: 1.5; padding: 0 .5rem;
  margin-right: .5rem; border: 1px solid #8a4b00; color: #6b3a00; background: #fff6e0; border-radius: 2px; }
.exhibit-meta { color: #45525e; font-size: .8125rem !important; }
.exhibit-scroll { overflow-x: auto; }
.scroll-hint { display: none; margin: 0 0 .25rem; font-size: .8125rem; color: #45525e; }
.exhibit-table .fixed { position: sticky; left: 0; z-index: 1; background: #fff; }
.exhibit-table thead th.fixed { background: #f2f4f7; z-index: 2; }
.exhibit-table { border-collapse: collapse; width: 100%; font-size: .8125rem; line-height: 1.35;
  font-variant-numeric: tabular-nums; }
.exhibit-table caption { caption-side: top; text-align: left; font-size: .8125rem; color: #45525e;
  padding: 0 0 .35rem; }
.exhibit-table th, .exhibit-table td { padding: .3rem .5rem; border: 0; border-bottom: 1px solid #e3e8ed;
  text-align: left; font-weight: 400; color: #111; }
.exhibit-table thead th { font-weight: 700; vertical-align: bottom; word-break: keep-all;
  border-bottom: 2px solid #52606d; background: #f2f4f7; }
.exhibit-table thead th.over { text-align: center; border-bottom: 1px solid #b8bec5; border-left: 1px solid #d5dbe1; }
.exhibit-table .unit { display: block; font-weight: 400; color: #45525e; font-size: .75rem; }
.exhibit-table .number { text-align: right; white-space: nowrap; }
.exhibit-table .long { min-width: 17rem; }
.exhibit-table .name { white-space: nowrap; }
.exhibit-table tr.nation > * { font-weight: 700; background: #f8f9fb; }
.exhibit-table tr.selected > * { background: #fdf3ec; font-weight: 700; }
.exhibit-table tr.selected > th { box-shadow: inset 4px 0 0 #c2410c; }
.exhibit-table tr.new-part > * { border-top: 2px solid #9aa5b1; }
.exhibit-foot, .exhibit-foot p, .exhibit-foot li { font-size: .8125rem !important; }
.exhibit-foot { line-height: 1.6; color: #333e48; border-top: 1px solid #d5dbe1; padding-top: .5rem; }
.exhibit-foot p { margin: 0 0 .2rem; }
.exhibit-foot h3, .exhibit-more h3 { display: inline-block; margin: 0; padding: 0; font-size: .8125rem;
  line-height: 1.6; font-weight: 700; }
.exhibit-more summary { cursor: pointer; font-size: .8125rem; }
.exhibit-foot ul { margin: 0 0 .3rem; padding-left: 1.2rem; }
.exhibit-foot li { margin: 0; }
.exhibit-foot summary { cursor: pointer; font-weight: 700; }
@media (max-width: 1200px) { .scroll-hint.wide { display: block; } }
@media (max-width: 640px) {
  .scroll-hint { display: block; }
  .stMainBlockContainer { padding: 4.25rem 1rem 2rem; }
  .exhibit-head h2 { font-size: 1.0625rem; }
  .exhibit-table th, .exhibit-table td { padding: .3rem .3rem; }
}
</style>"""


def product() -> str:
    """Return the name of the product, above the title of every page."""
    return f'<p class="product">{words.TITLE}</p>'


def head(shown: Exhibit) -> str:
    """Return title, finding, and what stands beside every figure: simulated or not, unit, basis, as-of date, rule."""
    mark = f'<span class="exhibit-mark">{words.SIMULATED}</span>' if shown.is_simulated else ""
    selection = f'<p class="selection">{escape(shown.selection)}</p>' if shown.selection else ""
    meta = escape(words.meta_line(shown.unit, shown.basis, shown.as_of_line, shown.rule_version))
    return (
        f'<div class="exhibit-head"><h2>{escape(shown.title)}</h2><p>{escape(shown.finding)}</p>{selection}'
        f'<p class="exhibit-meta">{mark}{meta}</p></div>'
    )


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
            "nation": not row["county_code"],
            "selected": shown.selected is not None and row["county_code"] == shown.selected,
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
