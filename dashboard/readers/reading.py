"""A received file, read: its figures if everything in it holds, its findings in any case."""

import dataclasses
from datetime import date
from itertools import chain

import pandas as pd

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.findings import Finding, FindingKind
from dashboard.domain.kinds import Kind, Population
from dashboard.domain.periods import Period
from dashboard.domain.template_words import GUIDE
from dashboard.readers.agreement import disagreements
from dashboard.readers.announced import indigenous_over_all, missing_periods
from dashboard.readers.blocks import Block, BlockKey
from dashboard.readers.concealed import hidden_findings
from dashboard.readers.corrections import correction_of
from dashboard.readers.cut_off import latest_cut_off, spoken_of_until
from dashboard.readers.figures import figures_of, no_figures
from dashboard.readers.files import sheets_of
from dashboard.readers.grid import Sheet, UnreadableFile
from dashboard.readers.head import read_head
from dashboard.readers.layout import Layout, declared, says
from dashboard.readers.long_head import long_head_findings
from dashboard.readers.names import name_findings
from dashboard.readers.rows import has_county_figures
from dashboard.readers.sheets import SheetReader, SheetReading, choose_layout
from dashboard.readers.table import locate
from dashboard.readers.telling import listed, summed_up
from dashboard.readers.titles import title_findings


@dataclasses.dataclass(frozen=True, order=True)
class Slice:
    """What a correction replaces as a whole: one period as of one day; a snapshot of many periods has none."""

    period: str
    as_of: date


@dataclasses.dataclass(frozen=True)
class Reading:
    """The outcome of reading one file.

    `figures` has one row per county figure: period (ISO), as_of, population, county_code, measure, value (persons,
    cases or TWD; NA where 「…」), unit (TWD of one printed unit), sheet, cell. It is empty if any finding refuses.
    """

    kind: Kind | None
    layout: str
    slices: tuple[Slice, ...]
    issued_on: date | None
    is_correction: bool
    correction_reason: str
    is_simulated: bool
    findings: tuple[Finding, ...]
    figures: pd.DataFrame

    @property
    def is_refused(self) -> bool:
        return any(finding.is_final for finding in self.findings)


NOTHING_READ = Reading(
    kind=None,
    layout="",
    slices=(),
    issued_on=None,
    is_correction=False,
    correction_reason="",
    is_simulated=False,
    findings=(),
    figures=no_figures(),
)
"""What is known of a file before it is read, or when it cannot be."""


def read(content: bytes, file_name: str, max_cells: int = 5_000_000) -> Reading:
    """Read a file of any declared layout. Never raises for what the file contains: that is what findings are for."""
    try:
        # Not kept here: the sheets, most of what a long file takes, are gone before its figures are compared.
        readings, findings = _read_sheets(sheets_of(content, file_name, max_cells))
    except UnreadableFile as problem:
        return _refused([problem.finding])
    if not readings:
        is_refused = any(finding.is_refusal for finding in findings)
        return _refused(findings if is_refused else [Finding(found.WRONG_TABLE, expected="縣市別"), *findings])
    layout = readings[0].layout
    findings += [*_disagreeing_sheets(readings), *hidden_findings(readings), *title_findings(readings)]
    findings += long_head_findings(readings)
    blocks, twice = _merged(readings)
    findings += [*twice, *missing_periods(readings), *indigenous_over_all(blocks)]
    findings += _missing_parts(blocks, layout)
    findings = summed_up([*findings, *chain.from_iterable(disagreements(one, layout) for one in blocks.values())])
    titles = list(dict.fromkeys(reading.head.title for reading in readings))
    findings += name_findings(file_name.rpartition(".")[0], titles, layout, list(blocks), readings[0].stated)
    findings += _date_findings(readings[0], blocks)
    marked, reason, mark_findings = correction_of(file_name, readings)
    findings += mark_findings
    notes = [note for reading in readings for note in reading.notes]
    is_refused = any(finding.is_final for finding in findings)
    return Reading(
        kind=layout.kind,
        layout=layout.name,
        slices=_slices(blocks, layout.kind),
        issued_on=readings[0].stated.issued_on,
        is_correction=marked,
        correction_reason=reason if marked else "",
        is_simulated=any(says(note, declared().words.simulated) for note in notes),
        findings=tuple(listed(findings)),
        figures=no_figures() if is_refused else figures_of(blocks),
    )


def _refused(findings: list[Finding]) -> Reading:
    return dataclasses.replace(NOTHING_READ, findings=tuple(findings))


def _read_sheets(sheets: list[Sheet]) -> tuple[list[SheetReading], list[Finding]]:
    readings: list[SheetReading] = []
    findings: list[Finding] = []
    for sheet in sheets:
        if sheet.is_blank:
            continue
        table = locate(sheet)
        if table is None and _is_guide(sheet):
            continue
        if table is None:
            kind = found.WRONG_TABLE if has_county_figures(sheet) else found.SHEET_WITHOUT_TABLE
            expected = "縣市別；非報表者請刪除此工作表" if kind is found.WRONG_TABLE and len(sheets) > 1 else "縣市別"
            findings.append(Finding(kind, sheet.name, expected=expected))
            continue
        title = read_head(sheet, table.header_row).title
        layout = choose_layout(table, title)
        if layout is None:
            findings.append(Finding(found.WRONG_TABLE, sheet.name, value=title, expected=_known_titles()))
            continue
        reading = SheetReader(sheet, table, layout).read()
        findings += reading.findings
        readings.append(reading)
    return readings, findings


def _is_guide(sheet: Sheet) -> bool:
    """Tell whether a sheet is the one with which our own empty forms explain themselves."""
    title = next((cell for row in sheet.rows for cell in row if cell is not None), None)
    return isinstance(title, str) and title.endswith(f"：{GUIDE}") and not sheet.has_numbers


def _known_titles() -> str:
    return "、".join(layout.titles[0] for layout in declared().layouts if layout.titles)


def _disagreeing_sheets(readings: list[SheetReading]) -> list[Finding]:
    first = readings[0]
    findings = []
    for reading in readings[1:]:
        if reading.layout.kind != first.layout.kind:
            findings.append(
                Finding(found.SEVERAL_KINDS, reading.name, value=reading.head.title, expected=first.head.title)
            )
        elif _dates(reading) != _dates(first):
            findings.append(
                Finding(found.HEAD_DISAGREES, reading.name, value=_spelled(reading), expected=_spelled(first))
            )
    return findings


def _spelled(reading: SheetReading) -> str:
    as_of, issued_on = (roc.roc_date(day) if day else "（未載）" for day in _dates(reading))
    return f"資料截止日 {as_of}、製表日期 {issued_on}"


def _dates(reading: SheetReading) -> tuple[date | None, date | None]:
    return reading.stated.as_of, reading.stated.issued_on


def _merged(readings: list[SheetReading]) -> tuple[dict[BlockKey, Block], list[Finding]]:
    """Lay the sheets' blocks over each other: one sheet may hold persons, the next amounts, of the same block."""
    blocks: dict[BlockKey, Block] = {}
    findings = []
    for reading in readings:
        for key, block in reading.blocks.items():
            into = blocks.setdefault(key, Block())
            for field, figures in block.figures.items():
                if field in into.figures:
                    place = figures.place(next(iter(figures.values))).cell if figures.values else ""
                    findings.append(Finding(found.CELL_TWICE, figures.sheet, place, expected="另一工作表已有"))
                into.figures[field] = figures
            for label, totals in block.totals.items():
                into.totals.setdefault(label, {}).update(totals)
            into.percents += block.percents
            into.shares += block.shares
            into.sums += block.sums
    return blocks, findings


def _missing_parts(blocks: dict[BlockKey, Block], layout: Layout) -> list[Finding]:
    """Name required measures and populations that blocks lack, once for all periods that lack the same."""
    lacking: dict[str, list[str]] = {}
    populations: dict[tuple[date, Period], set[Population]] = {}
    for key, block in blocks.items():
        populations.setdefault((key.as_of, key.period), set()).add(key.population)
        if fields := layout.required - block.figures.keys():
            headers = "、".join(sorted(layout.columns[field].headers[0] for field in fields))
            about = f"{declared().words.populations[key.population][0]}：{headers}"
            lacking.setdefault(about, []).append(roc.roc_period(key.period))
    for (_, period), present in populations.items():
        for population in sorted(set(layout.populations) - present):
            lacking.setdefault(declared().words.populations[population][0], []).append(roc.roc_period(period))
    return [Finding(found.COLUMN_MISSING, value=_listed(periods), expected=what) for what, periods in lacking.items()]


def _listed(periods: list[str]) -> str:
    return periods[0] if len(periods) == 1 else f"{periods[0]} 等 {len(periods)} 期"


def _slices(blocks: dict[BlockKey, Block], kind: Kind) -> tuple[Slice, ...]:
    is_snapshot = kind is Kind.PAYMENT_RATE
    return tuple(sorted({Slice("" if is_snapshot else key.period.iso, key.as_of) for key in blocks}))


def _date_findings(reading: SheetReading, blocks: dict[BlockKey, Block]) -> list[Finding]:
    findings = []
    issued_on = reading.stated.issued_on
    for as_of, period in dict.fromkeys((key.as_of, key.period) for key in blocks):
        end_on, latest = spoken_of_until(reading.layout.kind, period), latest_cut_off(reading.layout.kind, period)
        if as_of < end_on:
            about = f"{roc.roc_date(end_on)} 或以後"
            findings.append(_head_finding(found.PERIOD_NOT_OVER, reading, "as_of", as_of, about))
        elif latest and as_of > latest:
            about = f"資料期間 {roc.roc_period(period)}，資料截止日至遲 {roc.roc_date(latest)}"
            findings.append(_head_finding(found.CUT_OFF_TOO_LATE, reading, "as_of", as_of, about))
        elif issued_on and issued_on < as_of:
            about = f"資料截止日 {roc.roc_date(as_of)} 或以後"
            findings.append(_head_finding(found.ISSUED_TOO_EARLY, reading, "issued", issued_on, about))
    return findings


def _head_finding(kind: FindingKind, reading: SheetReading, item: str, day: date, expected: str) -> Finding:
    stated = reading.head.items.get(item)
    value = f"{declared().words.head[item][0]} {roc.roc_date(day)}"
    return Finding(kind, reading.name, stated.cell if stated else "", value, expected)
