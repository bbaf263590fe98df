"""What a correction changed: the ranking of a year as known on two days, and the reports that came in between."""

import dataclasses
import functools
from collections.abc import Mapping
from datetime import date

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.decided import number_by
from dashboard.domain import difference_words, frozen_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear
from dashboard.exhibits import sources
from dashboard.exhibits.corrections import withdrawals
from dashboard.exhibits.evaluation import Evaluation, evaluate, needed_reports
from dashboard.exhibits.exhibit import Column, Exhibit, Source, Table, rounded, version_of
from dashboard.exhibits.frames import framed
from dashboard.exhibits.frozen_headlines import (
    Headline,
    frozen_cells,
    frozen_columns,
    frozen_headline,
    led,
    year_beside,
)
from dashboard.exhibits.sources import Withdrawn
from dashboard.rules import numbers
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import Rule
from dashboard.warehouse import Warehouse

FIRST = date(1912, 1, 1)
"""The first day on which a year could be ranked, whichever that is: no report is older than the republic."""


@dataclasses.dataclass(frozen=True)
class _Change:
    """One county on both days."""

    was: CountyRank
    now: CountyRank
    duties: tuple[str, str]

    @property
    def county(self) -> str:
        return county_coded(self.was.county_code).name

    @property
    def is_placed_anew(self) -> bool:
        return self.was.place != self.now.place

    @property
    def owes_otherwise(self) -> bool:
        return self.was.owes_review_report != self.now.owes_review_report


@dataclasses.dataclass(frozen=True)
class _Difference:
    """The ranking of a year on two days, and the versions of its reports that came in after the first of them."""

    before: Evaluation
    after: Evaluation
    days: tuple[str, str]
    came: tuple[Source, ...]
    withdrawn: tuple[Withdrawn, ...]

    @property
    def movements(self) -> list[str]:
        """Quote what came in and what was withdrawn between the days; what came and went is called so."""
        gone = {one.source.submission_id: one.on for one in self.withdrawn}
        came = [difference_words.came(one.sentence, gone.get(one.submission_id)) for one in self.came]
        went = [difference_words.went(one) for one in withdrawals(self.withdrawn)]
        return [*came, *went] or [difference_words.NOTHING_CAME]

    @functools.cached_property
    def changes(self) -> tuple[_Change, ...]:
        """Return all 22 counties by group and by the later place."""
        was = {row.county_code: row for row in self.before.ranking.rows}
        return tuple(self._change(was[row.county_code], row) for row in self.after.rows)

    def _change(self, was: CountyRank, now: CountyRank) -> _Change:
        duties = [
            words.verdict(row.owes_review_report, row.in_last_two, self.after.ranking.is_trial) for row in (was, now)
        ]
        return _Change(was, now, (duties[0], duties[1]))


def knowledge_days(db: Warehouse, year: FullYear, rule: Rule, known_on: date = CURRENT) -> Mapping[date, str]:
    """Return the days on which what a year's ranking rests on came in or went, and what of it is to be noticed.

    That is a correction or a withdrawal, in words, else "".
    The first is the day by which all was in for the first time. Empty for a year that cannot be ranked.
    """
    received = _received(db, year, rule, known_on)
    if not all(received.values()):
        return {}
    first = max(versions[0].received_on for versions in received.values())
    days = {one.received_on for versions in received.values() for one in versions if one.received_on >= first}
    found = dict.fromkeys(days, "")
    corrected = {one.received_on for versions in received.values() for one in versions if one.is_correction}
    found |= {day: difference_words.CORRECTED for day in corrected if day >= first}
    found |= {one.on: difference_words.WITHDRAWN for one in _withdrawn(db, year, rule, known_on) if one.on >= first}
    return dict(sorted(found.items()))


def knowledge_difference(
    db: Warehouse,
    year: FullYear,
    rule: Rule,
    days: tuple[date, date],
    county: County | None = None,
    decided: int = 0,
    known_on: date = CURRENT,
) -> Exhibit:
    """Compare the ranking of a year as known at the end of two days; FIRST is when it first could be ranked.

    Neither day is later than `known_on`. Of the first `decided` decisions each day has those made by then laid over it;
    a year that they decided for good is called so. NotAvailable where a report was not in on one of the days.
    """
    difference = _difference(db, year, rule, tuple(min(day, known_on) for day in days), decided)
    frozen = frozen_headline(db, year, rule, known_on, decided, frozen_words.TWO_DAYS)
    label = year_beside(difference.after.year_label, frozen)
    changed = [one for one in difference.changes if one.owes_otherwise]
    quoted = tuple(dict.fromkeys([*difference.after.sources, *difference.before.sources]))
    return Exhibit(
        key="knowledge_difference",
        title=difference_words.title(
            label,
            difference.days,
            [one.county for one in changed],
            [one.county for one in difference.changes if one.is_placed_anew],
        ),
        finding=led(difference_words.finding([(one.county, *one.duties) for one in changed]), frozen),
        chart=None,
        table=_table(difference, county, frozen),
        unit=words.POINT,
        basis=words.RANKING_BASIS,
        as_of=difference.after.sources[0].as_of,
        sources=quoted,
        notes=(
            *difference.after.trial_notes,
            *difference.movements,
            difference_words.DAYS_NOTE,
            difference_words.DUTY_NOTE,
            *difference.after.settled_notes,
        ),
        selection=_selection(difference, county, frozen),
        rule_version=version_of(rule),
        assumptions=difference.after.assumptions,
    )


def _difference(db: Warehouse, year: FullYear, rule: Rule, days: tuple[date, ...], decided: int) -> _Difference:
    received = _received(db, year, rule, CURRENT)
    first, is_first = min(days), min(days) == FIRST
    if is_first and all(received.values()):
        first = max(versions[0].received_on for versions in received.values())
    last = max(*days, first)
    before, after = (evaluate(db, year, rule, day, number_by(db, decided, day)) for day in (first, last))
    came = [one for versions in received.values() for one in versions if first < one.received_on <= last]
    withdrawn = tuple(one for one in _withdrawn(db, year, rule, last) if first < one.on)
    shown = difference_words.on_day(first, CURRENT), difference_words.on_day(last, CURRENT)
    return _Difference(before, after, shown, tuple(sorted(came, key=lambda one: one.received_on)), withdrawn)


def _withdrawn(db: Warehouse, year: FullYear, rule: Rule, known_on: date) -> tuple[Withdrawn, ...]:
    """Return the versions of the same reports that had been in force and were withdrawn by the end of a day."""
    return sources.withdrawn_of_years(answers.versions_received(db, known_on), needed_reports(year, rule))


def _received(
    db: Warehouse, year: FullYear, rule: Rule, known_on: date
) -> dict[tuple[Kind, FullYear], tuple[Source, ...]]:
    """Return every version of the reports a year rests on, each report's in the order they came in."""
    versions = answers.versions_received(db, known_on)
    return {report: sources.versions_of_year(versions, *report) for report in needed_reports(year, rule)}


def _selection(difference: _Difference, county: County | None, frozen: Headline | None) -> str:
    if county is None:
        return ""
    change = next(one for one in difference.changes if one.now.county_code == county.county_code)
    was, now = (
        (difference_words.place(row.place), difference_words.total(_total(row)), duty)
        for row, duty in zip((change.was, change.now), change.duties, strict=True)
    )
    name = f"{frozen.of_county(county)}：" if frozen else county.name
    return f"{difference_words.selection(name, difference.days, was, now)}。"


def _total(row: CountyRank) -> str:
    return "" if row.total is None else numbers.half_up(row.total, 2)


def _table(difference: _Difference, county: County | None, frozen: Headline | None) -> Table:
    columns = [
        Column("group", words.GROUP),
        Column("county", words.COUNTY),
        Column("changed", difference_words.CHANGED),
    ]
    for day, side in zip(difference.days, ("was", "now"), strict=True):
        columns += [
            Column(f"{side}_place", words.RANK, decimals=0, over=day, missing=words.NO_PLACE),
            Column(f"{side}_total", words.TOTAL, words.POINT, 2, over=day, missing=words.NO_PLACE),
            Column(f"{side}_report", words.REPORT, over=day),
        ]
    columns += frozen_columns(frozen)
    rows = [_cells(one) | frozen_cells(frozen, one.now.county_code) for one in difference.changes]
    return Table(
        caption=difference_words.caption(difference.after.year_label),
        frame=framed(rows, columns),
        columns=tuple(columns),
        head="county",
        selected=county.county_code if county else None,
    )


def _cells(one: _Change) -> dict[str, object]:
    cells: dict[str, object] = {
        "county_code": one.now.county_code,
        "group": one.now.group,
        "county": one.county,
        "changed": _changed(one),
    }
    for side, row, duty in (("was", one.was, one.duties[0]), ("now", one.now, one.duties[1])):
        cells |= {f"{side}_place": row.place, f"{side}_total": rounded(row.total, 2), f"{side}_report": duty}
    return cells


def _changed(one: _Change) -> str:
    places = [str(row.place) if row.place else words.UNRANKED for row in (one.was, one.now)]
    moved = [difference_words.moved(words.RANK, *places)] if one.is_placed_anew else []
    return "、".join([*moved, *([difference_words.moved(words.REPORT, *one.duties)] if one.owes_otherwise else [])])
