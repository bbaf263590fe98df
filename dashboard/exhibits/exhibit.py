"""The unit of everything shown: one figure, its table twin, its words and where its numbers come from."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.picture import Drawing, stamped
from dashboard.domain import knowledge_words, words
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.rules import numbers
from dashboard.rules.rule import Rule

Row = Mapping[str, Any]


class NotAvailable(DashboardError):
    """No report states the figures that were asked for: a case of its own, not a failure."""


@dataclasses.dataclass(frozen=True)
class Column:
    """One column of a table: which values it holds and how they are printed.

    `decimals` None is text. `whole` names the column of the denominator: where that is 0 a missing value has no
    meaning (--) and is not merely unknown (`missing`, …). `over` is the upper line of a two-level header. `mark` names
    a column of truth values: where it holds, the cell bears the mark of a small denominator.
    """

    key: str
    label: str
    unit: str = ""
    decimals: int | None = None
    is_signed: bool = False
    whole: str = ""
    over: str = ""
    missing: str = words.NOT_YET
    mark: str = ""

    @property
    def is_number(self) -> bool:
        return self.decimals is not None

    def text(self, row: Row) -> str:
        """Print the cell of a row."""
        value = row[self.key]
        if pd.isna(value):
            is_zero_whole = bool(self.whole) and not pd.isna(row[self.whole]) and row[self.whole] == 0
            return words.MEANINGLESS if is_zero_whole else self.missing
        if self.decimals is None:
            return str(value)
        printed = theme.signed(value, self.decimals) if self.is_signed else theme.number(value, self.decimals)
        return f"{words.SMALL_MARK}{printed}" if self.mark and row[self.mark] else printed


@dataclasses.dataclass(frozen=True)
class Table:
    """What the chart shows, in figures. Grain: one row per county, in the order shown; the head row comes first.

    `frame` has a column per Column.key, and county_code ("" in the row of a sum); numbers are rounded to what is
    printed, NA is missing. `head` names the column that says which row it is. The workings of one county have a row
    per indicator instead.
    """

    caption: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    head: str
    selected: str | None = None

    def rows(self) -> list[Row]:
        return [{str(key): value for key, value in row.items()} for row in self.frame.to_dict("records")]


@dataclasses.dataclass(frozen=True)
class Source:
    """The birth record of figures: which report, which file, when issued and received, its number in the journal."""

    kind: Kind
    what: str
    as_of: date
    file_name: str
    issued_on: date | None
    received_on: date
    submission_id: int
    is_simulated: bool
    is_correction: bool = False
    correction_reason: str = ""

    @property
    def sentence(self) -> str:
        dates = self.issued_on, self.received_on
        quoted = words.source(self.kind, self.what, self.as_of, self.file_name, dates, self.submission_id)
        # A revised official figure is published with its reason.
        return f"{quoted}；{words.correction(self.correction_reason)}" if self.is_correction else quoted


@dataclasses.dataclass(frozen=True)
class Chart:
    """A picture and what it shows in words: one cannot exist without the other."""

    drawing: Drawing
    alt: str


@dataclasses.dataclass(frozen=True)
class Exhibit:
    """Everything shown about one question; `chart` is None where the table is the whole answer.

    Exhibits are shared between readers: nobody changes one. `title` says the finding, `finding` adds figures to it,
    `selection` speaks of the selected county ("" without one), `workings` compute its result step by step; `behind` is
    the table of the figures below it all, folded. `shown_with` names the exhibit above on the same page that already
    quotes the same sources and assumptions: a page then refers to it, an export still prints them. Where `is_series`,
    figures come from reports with cut-off dates of their own, and `as_of` is only the newest. `known_on` is the day
    whose knowledge it shows, None where that is today's.
    """

    key: str
    title: str
    finding: str
    chart: Chart | None
    table: Table
    unit: str
    basis: str
    as_of: date
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    selection: str = ""
    rule_version: str = ""
    assumptions: tuple[str, ...] = ()
    workings: Table | None = None
    behind: Table | None = None
    shown_with: str = ""
    is_series: bool = False
    known_on: date | None = None

    @property
    def as_of_line(self) -> str:
        """Return the cut-off date, that of every other kind of report where it differs, and whose knowledge it is."""
        others: dict[Kind, date] = {}
        for source in self.sources:
            if source.kind is not self.sources[0].kind:
                others[source.kind] = max(source.as_of, others.get(source.kind, source.as_of))
        named = [words.other_as_of(kind, as_of) for kind, as_of in others.items() if as_of != self.as_of]
        line = words.as_of_line(self.as_of) + (f"（{'、'.join(named)}）" if named else "")
        return (words.newest(line) if self.is_series else line) + self.knowledge

    @property
    def knowledge(self) -> str:
        """Say as of which day's knowledge the figures hold; "" where that is today's."""
        return knowledge_words.knowledge(self.known_on) if self.known_on else ""

    @property
    def is_simulated(self) -> bool:
        return any(source.is_simulated for source in self.sources)


def as_known(shown: Exhibit, known_on: date) -> Exhibit:
    """Mark an exhibit, its picture and its files as what was known on a day."""
    chart = shown.chart
    if chart:
        stamp = knowledge_words.knowledge(known_on).strip("（）")
        chart = dataclasses.replace(chart, drawing=stamped(chart.drawing, stamp, knowledge_words.code(known_on)))
    return dataclasses.replace(shown, chart=chart, known_on=known_on)


def rounded(value: Fraction | None, decimals: int) -> float | None:
    """Round an exact value to what is printed, halves away from zero; None stays missing."""
    return None if value is None else float(numbers.half_up(value, decimals))


def rounded_signed(value: Fraction | None, decimals: int) -> float | None:
    """Round like `rounded`, with as many more decimals as keep a value that is not zero from becoming zero."""
    return None if value is None else float(numbers.half_up_nonzero(value, decimals))


def version_of(rule: Rule) -> str:
    return words.rule_version(rule.label, rule.content_sha256)
