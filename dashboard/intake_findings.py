"""What is wrong with a file, as HTML: each cause once, its first cells, the part of the sheet around one of them."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from dashboard.domain import comparing_words, intake_words
from dashboard.domain import finding_words as words
from dashboard.domain.causes import by_cause
from dashboard.domain.findings import RETURNED, Finding, Severity
from dashboard.intake_markup import facts, section, text
from dashboard.readers.region import Region

_FIRST = 5
"""Cells of one cause that are listed at once; the others are folded."""
_MOST = 300
"""Cells of one cause that are listed at all."""
_LONGEST_CELL = 24

Nth = tuple[int, Finding]


def causes(found: Sequence[Finding]) -> list[list[Nth]]:
    """Group findings of one kind that are answered alike, in the order of their first ones."""
    return by_cause(found, Finding.cause)


def findings(found: Sequence[Finding], regions: Mapping[int, Region]) -> str:
    """Return findings by severity and cause; `regions` are parts of sheets by the finding's place in the list."""
    if not found:
        return section(intake_words.FINDINGS, f"<p>{intake_words.NO_FINDINGS}</p>")
    grouped = causes(found)
    parts = []
    for severity in Severity:
        alike = [group for group in grouped if group[0][1].kind.severity is severity]
        if alike:
            title = words.severity(intake_words.SEVERITIES[severity], len(alike), sum(map(len, alike)))
            items = "".join(_cause(group, regions) for group in alike)
            parts.append(f'<h4>{title}</h4><ul class="intake-findings {severity}">{items}</ul>')
    return section(intake_words.FINDINGS, "".join(parts))


def _cause(group: Sequence[Nth], regions: Mapping[int, Region]) -> str:
    first = group[0][1]
    count = f' <span class="intake-count">{words.times(len(group))}</span>' if len(group) > 1 else ""
    said = comparing_words.acknowledged(first.acknowledged) if first.acknowledged else first.kind.remedy
    remedy = [(words.REMEDY, said)] if said else []
    body = facts([*_told(first), *remedy]) if len(group) == 1 else facts([*_shared(group), *remedy]) + _cells_of(group)
    shown = "".join(_around(one, regions[nth]) for nth, one in group if nth in regions)
    return f"<li><p><strong>{escape(first.kind.sentence)}</strong>{count}</p>{body}{shown}</li>"


def _told(one: Finding) -> list[tuple[str, str]]:
    label = words.expected_as(one.kind.code, one.kind.severity)
    value = words.RETURN_REASON if one.kind is RETURNED else words.VALUE
    told = [
        (words.PLACE, words.place(one.sheet, one.cell)),
        (value, words.content(one.kind.code, one.value, one.expected)),
        (label, one.expected),
    ]
    return [(label, what) for label, what in told if what]


def _shared(group: Sequence[Nth]) -> list[tuple[str, str]]:
    """Return what is expected of all cells alike; nothing where each has its own."""
    expected = {one.expected for _, one in group}
    kind = group[0][1].kind
    alike = expected.pop() if len(expected) == 1 else ""
    return [(words.expected_as(kind.code, kind.severity), alike)] if alike else []


def _cells_of(group: Sequence[Nth]) -> str:
    """List the cells of a cause, the first ones at once."""
    is_shared = bool(_shared(group))
    found = [dataclasses.replace(one, expected="") if is_shared else one for _, one in group]
    rest = found[_FIRST:]
    if not rest:
        return _listed(found)
    left = len(rest) - _MOST
    more = f"<p>{words.more(left)}</p>" if left > 0 else ""
    folded = f"<summary>{words.others(len(rest))}</summary>{_listed(rest[:_MOST])}{more}"
    return f'{_listed(found[:_FIRST])}<details class="intake-more">{folded}</details>'


def _listed(found: Sequence[Finding]) -> str:
    first = found[0]
    heads = (words.PLACE, words.VALUE, words.expected_as(first.kind.code, first.kind.severity))
    rows = [
        (words.short_place(one.sheet, one.cell), words.content(one.kind.code, one.value, one.expected), one.expected)
        for one in found
    ]
    kept = [nth for nth in range(len(heads)) if any(row[nth] for row in rows)]
    head = "".join(f'<th scope="col">{heads[nth]}</th>' for nth in kept)
    body = "".join(f"<tr>{''.join(_cell(row[nth]) for nth in kept)}</tr>" for row in rows)
    caption = escape(first.kind.sentence)
    return (
        f'<div class="exhibit-scroll" role="region" aria-label="{caption}" tabindex="0">'
        f'<table class="intake-cells"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(said: str) -> str:
    is_number = said.replace(",", "").isdecimal()
    kind = ' class="number"' if is_number else ""
    return f"<td{kind}>{text(said)}</td>"


# --- the part of a sheet


def _around(one: Finding, region: Region) -> str:
    if not region.marked:
        return ""
    shown = _region(region, one.cell)
    if one.is_refusal:
        return shown
    return f'<details class="intake-more"><summary>{words.SHOW_PLACE}</summary>{shown}</details>'


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
        is_marked = (row, column) == region.marked
        kinds = [*(["number"] if region.is_number(row, column) else []), *(["marked"] if is_marked else [])]
        kind = f' class="{" ".join(kinds)}"' if kinds else ""
        mark = f'<span class="mark">{words.MARK}</span>' if is_marked else ""
        # A number is never cut: its last digits count.
        yield f"<td{kind}>{text(said, len(said) if region.is_number(row, column) else _LONGEST_CELL)}{mark}</td>"
