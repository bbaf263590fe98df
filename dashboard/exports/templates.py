"""Empty templates of every layout: what is filled in and nothing else changed is always read as meant."""

import dataclasses
from collections.abc import Iterator, Sequence

from dashboard.domain import template_words as words
from dashboard.domain.counties import counties
from dashboard.domain.kinds import Format, Kind, Population
from dashboard.domain.measures import MEASURES
from dashboard.domain.periods import BillingPeriod
from dashboard.domain.roc import roc_period
from dashboard.exports.forms import Blank, Entry, Form, FormSheet, Text
from dashboard.readers.layout import Layout, declared

_ROOM = 17
"""Billing periods that a report shows: its own and those of the years before, as they come in."""
_UNITS = {"count": "人", "amount": "元"}
_HEADINGS = {
    Kind.COLLECTION: "欠費催繳作業收繳概況表",
    Kind.PAYMENT_RATE: "國民年金保險被保險人保險費收繳率",
    Kind.VISITS: "國民年金服務員訪視成效統計表",
    Kind.UNPAID_REASONS: "國民年金被保險人未繳費原因統計表",
    Kind.AVERAGE_RATE: "國民年金被保險人平均繳費率",
}


@dataclasses.dataclass(frozen=True)
class Template:
    """One that is offered: the layout it is for, and what it is called."""

    layout: str
    kind: Kind
    title: str


def offered() -> tuple[Template, ...]:
    """Return one template per declared layout."""
    return tuple(Template(layout.name, layout.kind, _title(layout)) for layout in declared().layouts)


def file_name(layout: str, format: Format) -> str:  # noqa: A002 - the word for it
    """Name a template's file; no period stands in it that the sheet might contradict."""
    return f"{words.PREFIX}_{_title(_layout(layout))}.{format.value}"


def template_file(layout: str, format: Format, periods: Sequence[BillingPeriod] = ()) -> bytes:  # noqa: A002 - the word for it
    """Return an empty template of a layout as .ods or .xlsx; equal arguments give equal bytes.

    `periods` head the columns of a form that shows several billing periods; without any there is room for as many as
    a report has, to be named by hand. ValueError for a layout that is not declared, or another format.
    """
    form = _form(_layout(layout), periods)
    if format is Format.ODS:
        from dashboard.exports.forms_ods import ods_form  # noqa: PLC0415 - thirty milliseconds no start should pay

        return ods_form(form)
    if format is Format.XLSX:
        from dashboard.exports.forms_xlsx import xlsx_form  # noqa: PLC0415 - as above

        return xlsx_form(form)
    raise ValueError(f"no template as {format}")


def _layout(name: str) -> Layout:
    found = next((layout for layout in declared().layouts if layout.name == name), None)
    if found is None:
        raise ValueError(f"no layout {name!r}")
    return found


def _title(layout: Layout) -> str:
    return words.title(_HEADINGS[layout.kind], is_long=not layout.has_head)


def _form(layout: Layout, periods: Sequence[BillingPeriod]) -> Form:
    sheets = list(_forms(layout, periods)) if layout.has_head else [_long(layout)]
    return Form(_title(layout), (*sheets, _guide(layout)))


# --- forms: a head above, counties below


def _forms(layout: Layout, periods: Sequence[BillingPeriod]) -> Iterator[FormSheet]:
    heading = _HEADINGS[layout.kind]
    if not layout.population_in_title:
        yield _sheet("統計表", heading, layout, list(layout.columns), periods)
        return
    for population in layout.populations:
        whose = "" if population is Population.ALL else declared().words.populations[population][0]
        for unit in ("count", "amount"):
            part = words.by_unit(unit)
            fields = [field for field, column in layout.columns.items() if column.unit == unit]
            name = f"{whose}-{part}" if whose else part
            yield _sheet(name, words.sheet_title(heading, part, whose), layout, fields, periods)


def _sheet(name: str, title: str, layout: Layout, fields: Sequence[str], periods: Sequence[BillingPeriod]) -> FormSheet:
    upper, lower = _header(layout, fields, periods)
    rows: list[tuple[Entry, ...]] = [
        (Text(title, is_strong=True),),
        *_head(layout, fields),
        (Text(words.COUNTY, is_strong=True), *upper),
        (Text(""), *lower),
    ]
    rows += [(Text(county.name), *(Blank("number") for _ in lower)) for county in counties()]
    return FormSheet(name, tuple(rows), header_rows=5)


def _head(layout: Layout, fields: Sequence[str]) -> Iterator[tuple[Entry, ...]]:
    has_amounts = any(layout.columns[field].unit == "amount" for field in fields)
    unit: Entry = Blank("unit", "元") if has_amounts else Text("人")
    period = Blank("text", hint=words.PERIODS[layout.period])
    as_of, issued = (Blank("text", hint=words.DAYS[layout.period][word]) for word in (words.AS_OF, words.ISSUED))
    yield Text(words.PERIOD), period, Text(words.AS_OF), as_of, Text(words.UNIT), unit
    yield Text(words.ISSUED), issued


def _header(layout: Layout, fields: Sequence[str], periods: Sequence[BillingPeriod]) -> tuple[list[Entry], list[Entry]]:
    """Return both rows of a header, from the second column on."""
    paths = [layout.columns[field].headers[0].rpartition("/")[::2] for field in fields]
    if layout.column_group is None:
        upper: list[Entry] = [Text(over or last, is_strong=True) for over, last in paths]
        return upper, [Text(last if over else "", is_strong=True) for over, last in paths]
    groups: list[Entry] = [Blank("text", words.UNNAMED, hint=words.PERIOD_OF_BILL) for _ in range(_ROOM)]
    if layout.column_group == "population":
        groups = [Text(declared().words.populations[one][-1], is_strong=True) for one in layout.populations]
    elif periods:
        groups = [Text(roc_period(period), is_strong=True) for period in periods]
    # A group's name reaches over the columns to its right.
    upper = [entry for group in groups for entry in (group, *(Text("") for _ in fields[1:]))]
    return upper, [Text(last, is_strong=True) for _ in groups for _, last in paths]


# --- long files: every row says what it is of


def _long(layout: Layout) -> FormSheet:
    keys, names = layout.keys, [column.headers[0] for column in layout.columns.values()]
    # Codes stand before names, as in the files that come in.
    before = [headers[0] for key, headers in keys.items() if key != "population"]
    after = [headers[0] for key, headers in keys.items() if key == "population"]
    header = tuple(Text(name, is_strong=True) for name in (*before, words.COUNTY, *after, *names))
    populations = layout.populations if after else (Population.ALL,)
    rows: list[tuple[Entry, ...]] = [header]
    for population in populations:
        for county in counties():
            given = {"county_code": county.county_code, "population": declared().words.populations[population][0]}
            entry = {
                key: Text(given[key]) if key in given else Blank("text", hint=_key(layout, key)[1]) for key in keys
            }
            whose = [entry[key] for key in keys if key == "population"]
            figures = [Blank("number") for _ in names]
            rows.append((*(entry[key] for key in keys if key != "population"), Text(county.name), *whose, *figures))
    return FormSheet("統計表", tuple(rows), header_rows=1)


def _key(layout: Layout, key: str) -> tuple[str, str]:
    means, example = words.KEYS[key]
    return means, words.PERIOD_OF_BILL if key == "period" and layout.period == "billing_period" else example


# --- the sheet beside: nothing on it is read as a table


def _guide(layout: Layout) -> FormSheet:
    rows: list[tuple[Entry, ...]] = [(Text(f"{_title(layout)}：{words.GUIDE}", is_strong=True),)]
    rows += [(Text(line),) for line in words.HOW]
    rows += [(Text(words.several_periods(_ROOM)),)] if layout.column_group == "period" else []
    rows.append(tuple(Text(item, is_strong=True) for item in words.ITEMS))
    rows += [tuple(Text(text) for text in line) for line in _explained(layout)]
    return FormSheet(words.GUIDE, tuple(rows), header_rows=0)


def _explained(layout: Layout) -> Iterator[tuple[str, str, str, str]]:
    if layout.has_head:
        for word in words.HEAD:
            example = {words.PERIOD: words.PERIODS[layout.period], words.UNIT: "元", **words.DAYS[layout.period]}[word]
            is_year_or_half = word == words.PERIOD and layout.period == "half_or_full_year"
            yield word, "", words.WHOLE_YEAR if is_year_or_half else words.HEAD_MEANS[word], example
    for key, headers in layout.keys.items():
        means, example = _key(layout, key)
        yield headers[0], "", means, example
    for field, column in layout.columns.items():
        means = MEASURES[field].definition if field in MEASURES else words.MEANS[field]
        yield column.headers[0].replace("/", "－"), _unit(field, column.unit), means, words.EXAMPLE


def _unit(field: str, unit: str) -> str:
    if field.endswith("_cases"):
        return "件"
    return "場次" if field.endswith("_sessions") else "人" if unit == "count" else _UNITS[unit]
