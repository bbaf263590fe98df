"""What stands in and below a table about all of it: unit, period, cut-off, drafts. It must be what the head says."""

import functools
import re
from collections.abc import Iterator
from datetime import date

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.counties import county_named, fold
from dashboard.domain.findings import Finding
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import BillingPeriod, Period
from dashboard.readers.grid import Sheet, reference
from dashboard.readers.layout import Layout, declared
from dashboard.readers.stated import Stated, parse_period, parse_range
from dashboard.readers.table import Table
from dashboard.readers.units import Units, read_units

# Not after another word: 填表單位 is an office, 上期資料期間 another period.
_OWN = r"(?:(?<![一-鿿])|(?<=本表)|(?<=本報表)|(?<=本次)|(?<=金額))"
_UNIT = re.compile(rf"{_OWN}單位\s*(?:[:：]|為|係|以)\s*([^。\n]+)")
_IN_THOUSANDS = re.compile(r"以(?:新[臺台]幣)?([百千仟萬億]+元)(?:為單位|計|列報|表示)")
_PERIOD = re.compile(rf"{_OWN}(?:資料|統計)期間\s*(?:[:：]|為|係)\s*([^。，,；;\n]+)")
_UNTIL = r"(?:本表|資料)[係均為]?(?:資料|統計)?(?:截至|統計至|截止至|截止於)"
_CUT_OFF = re.compile(
    rf"(?:{_OWN}資料截止日期?\s*(?:[:：]|為|係)|{_UNTIL})\s*((?:民國)?\s*[\d０-９]+[^。，,；;\n日底]*[日底]?)"
)
_SPAN = r"\d+月?-(?:\d+年)?\d+月"
_SUMMED_UP = re.compile(rf"{_SPAN}(?:底|止)?[^。,;\n]{{0,4}}累計|累計[^。,;\n]{{0,4}}{_SPAN}")
_LONGEST = 2_000  # letters of a note that are looked at
_SINCE_THE_BEGINNING = "97年10月"  # what is in arrears is, and says so
_OF_ONE_PERIOD = frozenset({Kind.COLLECTION, Kind.VISITS, Kind.UNPAID_REASONS})
_WORTH_A_LOOK = re.compile("單位|期間|截|統計至|累計|元|稿|定案|初步|勿|估")  # most rows of long files are figures


def statement_findings(
    sheet: Sheet, table: Table, layout: Layout, stated: Stated, units: frozenset[int]
) -> Iterator[Finding]:
    """Yield what a sheet says of itself in its table or below, and does not say in its head.

    `units`: the TWD of one printed unit of its amounts, as they were read.
    """
    if not sheet.is_hidden and (words := _provisional(sheet.name)):
        yield Finding(found.PROVISIONAL, sheet.name, value=f"工作表名稱「{sheet.name}」", expected=words)
    for row, column, text in _texts(sheet, table):
        for kind, expected in _said(text, layout, stated, units):
            yield Finding(kind, sheet.name, reference(row, column), text[:60], expected)


def _texts(sheet: Sheet, table: Table) -> Iterator[tuple[int, int, str]]:
    """Yield the texts of the rows that are of no county, each once: captions, notes, lines between two pages."""
    known: set[str] = set()
    for row in range(table.first_row, len(sheet.rows)):
        cells = sheet.rows[row]
        label = cells[table.county_column] if table.county_column < len(cells) else None
        if isinstance(label, str) and _is_county(label):
            continue
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell not in known:
                known.add(cell)
                if _WORTH_A_LOOK.search(cell, 0, _LONGEST):
                    yield row, column, cell[:_LONGEST]


@functools.lru_cache(maxsize=1024)
def _is_county(label: str) -> bool:
    return county_named(label) is not None


def _said(text: str, layout: Layout, stated: Stated, units: frozenset[int]) -> Iterator[tuple[found.FindingKind, str]]:
    """Yield what one line says about the table otherwise than its head."""
    if words := _provisional(text):
        yield found.PROVISIONAL, words
    if layout.kind in _OF_ONE_PERIOD and "累計" in text and _is_summed_up(roc.plain(text)):
        yield found.SUMMED_UP, "本報表各期分別列報，不含以前各期"
    said = _UNIT.search(text) or _IN_THOUSANDS.search(text)
    if said and (spelled := _units_differ(read_units(said[1], layout), stated, units)):
        yield found.STATED_OTHERWISE, spelled
    if (period := _PERIOD.search(text)) and (spelled := _period_differs(period[1], layout, stated)):
        yield found.STATED_OTHERWISE, spelled
    if (cut_off := _CUT_OFF.search(text)) and (spelled := _day_differs(cut_off[1], stated)):
        yield found.STATED_OTHERWISE, spelled


def _is_summed_up(text: str) -> bool:
    return _SUMMED_UP.search(text) is not None and _SINCE_THE_BEGINNING not in text


def _provisional(text: str) -> str:
    folded = fold(text)
    return "、".join(word for word in declared().words.provisional if word in folded)


def _units_differ(said: Units, stated: Stated, units: frozenset[int]) -> str:
    if said.by_field == stated.units and said.amounts == {stated.amount_unit} and not said.unknown_units:
        return ""
    if said.by_field or said.unknown_units or (said.amounts and units and said.amounts != units):
        names = {twd: name for name, twd in reversed(declared().words.amount_units.items())}
        return f"與表頭的單位（{'、'.join(names[twd] for twd in sorted(units)) or '人、件'}）相同"
    return ""


def _period_differs(text: str, layout: Layout, stated: Stated) -> str:
    own = stated.bounds or stated.period
    if own is None:
        return ""
    try:
        said: Period | tuple[BillingPeriod, BillingPeriod]
        said = parse_range(text) if stated.bounds else parse_period(text, layout.period)
    except ValueError:
        return ""
    spelled = "至".join(map(roc.roc_period, stated.bounds or (own,)))  # type: ignore[arg-type]  # one period or two
    return "" if said == own else f"與表頭的資料期間（{spelled}）相同"


def _day_differs(text: str, stated: Stated) -> str:
    try:
        said: date = roc.parse_date(text)
    except ValueError:
        return ""
    own = stated.as_of
    return "" if own is None or said == own else f"與表頭的資料截止日（{roc.roc_date(own)}）相同"
