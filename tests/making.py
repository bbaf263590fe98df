"""Small report files for tests: 22 counties with simple figures, laid out the way staff lay them out.

In the default form (`Form()`) a sheet starts in A1: title in row 1, head in rows 2 and 3, header in rows 4 and 5,
總計 in row 6, then the counties in the order of official tables: 新北市 in row 7, 連江縣 in row 28; figures from column
B on, in the order of `tests.usual.COLUMNS`. Unless a test says otherwise, every county has the usual figures.
"""

import dataclasses
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple

from dashboard.domain.counties import counties
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.domain.roc import roc_date, roc_month, roc_period
from tests.usual import COLUMNS, TITLES, USUAL
from tests.writing import Cell, Rows, saved, written

Figures = Mapping[str, "int | str | Mapping[str, int | str]"]
"""Measure → the figure of every county, or those of some county codes; 「原住民:」 before a measure means theirs."""

PERIOD_113_01 = BillingPeriod(Month(2024, 1))
CODES = tuple(county.county_code for county in counties())


@dataclasses.dataclass(frozen=True)
class Form:
    """How a file is written. `edit` changes single cells: "B7" of the first sheet, "原住民-按人數!B7" of another."""

    suffix: str = "xlsx"
    encoding: str = "utf-8-sig"
    unit: str = "元"
    total: bool = True
    subtotals: bool = False
    start: str = "A1"
    header_rows: int = 2
    spell: Callable[[date], Cell] = roc_date
    correction: str | None = None  # the reason; marks title and file name
    edit: Mapping[str, Cell] = dataclasses.field(default_factory=dict)
    touch: Callable[[openpyxl.Workbook], object] | None = None  # changes a workbook last of all (.xlsx only)


class Made(NamedTuple):
    """A file as it would arrive."""

    content: bytes
    file_name: str


class Column(NamedTuple):
    """A column of a form: header rows from the top, what stands below, and whose figures."""

    header: str
    field: str
    figures: Figures

    @property
    def group(self) -> str:
        return self.header.partition("/")[0]


NONE: Figures = {}
PLAIN = Form()


def figure(figures: Figures, measure: str, code: str) -> int | str:
    """Return the figure a county has in a made file, in persons, cases or TWD."""
    given = figures.get(measure, USUAL[measure])
    return given.get(code, USUAL[measure]) if isinstance(given, Mapping) else given


def collection(month: Month, figures: Figures = NONE, form: Form = PLAIN, *, issued_on: date | None = None) -> Made:
    head = (roc_month(month), month.end_on, issued_on or month.plus(1).end_on, f"人、件、{form.unit}")
    return _one_sheet(Kind.COLLECTION, head, figures, form, f"{_compact(month)}催繳概況表")


def visits(
    period: HalfYear | FullYear, figures: Figures = NONE, form: Form = PLAIN, *, issued_on: date | None = None
) -> Made:
    head = _half_or_full_year_head(period, issued_on, f"人、場次、{form.unit}")
    return _one_sheet(Kind.VISITS, head, figures, form, f"{roc_period(period)}服務員訪視成效")


def unpaid_reasons(
    period: HalfYear | FullYear, figures: Figures = NONE, form: Form = PLAIN, *, issued_on: date | None = None
) -> Made:
    head = _half_or_full_year_head(period, issued_on, "人")
    return _one_sheet(Kind.UNPAID_REASONS, head, figures, form, f"{roc_period(period)}未繳費原因統計")


def average_rate(year: int, figures: Figures = NONE, form: Form = PLAIN, *, issued_on: date | None = None) -> Made:
    """97年10月 to June of a (Gregorian) year, as given in November."""
    head = (f"97年10月至{year - 1911}年6月", date(year, 10, 31), issued_on or date(year, 11, 16), f"{form.unit}、%")
    return _one_sheet(Kind.AVERAGE_RATE, head, figures, form, f"{year - 1911}年11月平均繳費率表")


def payment_rate(
    as_of: date,
    periods: Sequence[BillingPeriod] = (PERIOD_113_01,),
    figures: Figures = NONE,
    form: Form = PLAIN,
    *,
    by_period: Mapping[BillingPeriod, Figures] | None = None,
    issued_on: date | None = None,
) -> Made:
    """Four sheets, three columns a period; `by_period` goes before `figures`."""
    span = f"{roc_period(periods[0])}至{roc_period(periods[-1])}各期"
    sheets = {}
    for name in ("按人數", "按金額", "原住民-按人數", "原住民-按金額"):
        whole, part = [column for column in COLUMNS[Kind.PAYMENT_RATE] if column[0].startswith(f"{name}/")]
        columns = [
            Column(f"{roc_period(period)}/{header}", field, {**figures, **(by_period or {}).get(period, {})})
            for period in periods
            for header, field in (whole, part, (f"{name}/收繳率(%)", f"{part[1]}/{whole[1]}"))
            for header in [header.partition("/")[2]]
        ]
        whose, _, basis = name.rpartition("-")
        title = f"{TITLES[Kind.PAYMENT_RATE]}－{basis}" + (f"（{whose}）" if whose else "")
        unit = "人" if basis == "按人數" else form.unit
        head = (span, as_of, issued_on or as_of + timedelta(days=20), f"{unit}、%")
        sheets[name] = _sheet(title, head, columns, form)
    return _written(sheets, f"國民年金保險費收繳率(截至{roc_month(Month.of(as_of))}底)", form)


def collection_history(
    months: Sequence[Month], figures: Figures = NONE, edit: Mapping[str, Cell] | None = None
) -> Made:
    """A long .csv file, one row per month and county: 11301's 新北市 in row 2, figures from column C on."""
    columns = COLUMNS[Kind.COLLECTION]
    headers = [
        header.replace("配偶罰鍰/罰鍰", "配偶罰鍰").replace("罰鍰/", "罰鍰").split("/")[-1] for header, _ in columns
    ]
    rows: Rows = [["統計年月", "縣市別", *headers]]
    for month in months:
        for county in counties():
            values = [figure(figures, field, county.county_code) for _, field in columns]
            rows.append([_compact(month), county.name, *values])
    name = f"欠費催繳作業收繳概況_{_compact(months[0])}-{_compact(months[-1])}歷史資料"
    return _written({"": rows}, name, Form(suffix="csv", edit=edit or {}))


def payment_rate_history(
    snapshots: Mapping[date, Sequence[BillingPeriod]], figures: Figures = NONE, edit: Mapping[str, Cell] | None = None
) -> Made:
    """A long .csv file, one row per snapshot, period, population and county; figures from column F on."""
    columns = COLUMNS[Kind.PAYMENT_RATE][:4]
    headers = [header.split("/")[-1] for header, _ in columns]
    rows: Rows = [["資料截止日", "保險費期別", "縣市代碼", "縣市別", "身分別", *headers]]
    for as_of, periods in snapshots.items():
        for period in periods:
            for whose, prefix in (("全體", ""), ("原住民", "原住民:")):
                for county in counties():
                    values = [figure(figures, prefix + field, county.county_code) for _, field in columns]
                    code = county.county_code.lstrip("0")
                    rows.append([roc_date(as_of), roc_period(period), code, county.name, whose, *values])
    first, last = min(snapshots), max(snapshots)
    name = f"保險費收繳率_{_compact(Month.of(first))}-{_compact(Month.of(last))}歷史資料"
    return _written({"": rows}, name, Form(suffix="csv", edit=edit or {}))


# --- laying out

Head = tuple[str, date, date, str]


def _compact(month: Month) -> str:
    return f"{month.year - 1911}{month.month:02d}"


def _half_or_full_year_head(period: HalfYear | FullYear, issued_on: date | None, unit: str) -> Head:
    if isinstance(period, HalfYear):
        return roc_period(period), date(period.year, 8, 31), issued_on or date(period.year, 9, 22), unit
    return roc_period(period), date(period.year + 1, 4, 30), issued_on or date(period.year + 1, 5, 23), unit


def _one_sheet(kind: Kind, head: Head, figures: Figures, form: Form, name: str) -> Made:
    columns = [Column(header, field, figures) for header, field in COLUMNS[kind]]
    return _written({"統計表": _sheet(TITLES[kind], head, columns, form)}, name, form)


def _sheet(title: str, head: Head, columns: Sequence[Column], form: Form) -> Rows:
    period, as_of, issued_on, unit = head
    groups = [column.group for column in columns]
    shown: list[Cell] = [None if i and group == groups[i - 1] else group for i, group in enumerate(groups)]
    blank_lines: Rows = [[None]] * (form.header_rows - 2)
    reason: Rows = [[f"註：更正原因：{form.correction}"]] if form.correction else []
    rows: Rows = [
        [title + ("（更正）" if form.correction is not None else "")],
        ["資料期間", period, "資料截止日", form.spell(as_of), "單位", unit],
        ["製表日期", form.spell(issued_on)],
        ["縣市別", *shown],
        *blank_lines,
        [None, *(column.header.partition("/")[2] or None for column in columns)],
        *_body(columns, form),
        [],
        *reason,
        ["註：「-」表示無數值，「--」表示數值無意義，「…」表示資料尚未產生。"],
    ]
    down, right = coordinate_to_tuple(form.start)
    return [[]] * (down - 1) + [[None] * (right - 1) + row for row in rows]


def _body(columns: Sequence[Column], form: Form) -> Iterator[list[Cell]]:
    def row(label: str, codes: Sequence[str]) -> list[Cell]:
        return [label, *(_cell(column, codes, columns, form) for column in columns)]

    if form.total:
        yield row("總計", CODES)
    for group in ("直轄市", "非直轄市"):
        members = [county for county in counties() if county.group == group]
        if form.subtotals:
            yield row(f"{group}小計", [county.county_code for county in members])
        yield from (row(county.name, [county.county_code]) for county in members)


def _cell(column: Column, codes: Sequence[str], columns: Sequence[Column], form: Form) -> Cell:
    if column.field == "+":
        return sum(_exact(field, codes, figures) for _, field, figures in columns if field != "+")
    if "/" in column.field:
        part, whole = (_exact(field, codes, column.figures) for field in column.field.split("/"))
        return round(100 * part / whole, 2) if whole else "--"
    given = figure(column.figures, column.field, codes[0])
    if len(codes) == 1 and isinstance(given, str):
        return given
    exact = _exact(column.field, codes, column.figures)
    is_thousands = form.unit == "千元" and column.field.endswith("_twd")
    return (exact + 500) // 1000 if is_thousands else exact


def _exact(field: str, codes: Iterable[str], figures: Figures) -> int:
    values = [figure(figures, field, code) for code in codes]
    return sum(value for value in values if isinstance(value, int))


def _written(sheets: Mapping[str, Rows], name: str, form: Form) -> Made:
    copies = {sheet: [list(row) for row in rows] for sheet, rows in sheets.items()}
    for place, value in form.edit.items():
        sheet, _, cell = place.rpartition("!")
        rows = copies[sheet or next(iter(copies))]
        row, column = coordinate_to_tuple(cell)
        rows += [[] for _ in range(row - len(rows))]
        rows[row - 1] += [None] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = value
    content = written(copies, form.suffix, form.encoding)
    if form.touch:
        book = openpyxl.load_workbook(io.BytesIO(content))
        form.touch(book)
        content = saved(book)
    return Made(content, name + ("(更正)" if form.correction is not None else "") + f".{form.suffix}")
