"""A ranking with what it rests on: computed once, shown by several exhibits."""

import dataclasses
import functools
import hashlib
import json
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from dashboard import answers
from dashboard.decided import settlements_of
from dashboard.domain import ranking_words, words
from dashboard.domain.counties import county_coded
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear
from dashboard.exhibits import sources
from dashboard.exhibits.exhibit import NotAvailable, Source
from dashboard.exhibits.kept import kept
from dashboard.rules.ranking import CountyRank, Ranking, rank
from dashboard.rules.rule import Rule
from dashboard.rules.settling import Outcome, Settled, settle
from dashboard.rules.words import UNDECIDED
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class Evaluation:
    """The ranking of a year, the exact figures it was computed from, and their reports (the year's own first).

    `settlements` are what people decided of this year under this rule, with what has become of it.
    """

    ranking: Ranking
    inputs: pd.DataFrame
    sources: tuple[Source, ...]
    settlements: tuple[Outcome, ...] = ()

    @functools.cached_property
    def counts(self) -> dict[str, Mapping[Hashable, Any]]:
        """Return the exact figures by county_code; NA where no report states one."""
        return {row["county_code"]: row for row in self.inputs.to_dict("records")}

    @property
    def settled(self) -> frozenset[str]:
        """Return the codes of the counties about which a person's decision holds."""
        held = [one.settled.settlement for one in self.settlements if one.state == "holds"]
        return frozenset(code for settlement in held for code in settlement.tied)

    @property
    def settled_names(self) -> list[str]:
        return names(row for row in self.rows if row.county_code in self.settled)

    @property
    def settled_notes(self) -> tuple[str, ...]:
        """Quote each decision about this ranking, those that no longer hold with why."""
        return tuple(one.sentence for one in self.settlements)

    @property
    def owing(self) -> list[str]:
        """Name the counties that owe a review report."""
        return names(row for row in self.rows if row.owes_review_report is True)

    @property
    def undecided(self) -> list[str]:
        """Name the counties about which a person decides and has not."""
        return names(row for row in self.rows if row.owes_review_report == UNDECIDED)

    @property
    def trial_notes(self) -> tuple[str, ...]:
        """Say why the ranks are a trial, where they are."""
        if not self.ranking.is_trial:
            return ()
        return (words.PROPOSAL_NOTE if self.ranking.rule.status == "proposal" else words.TRIAL_NOTE,)

    @property
    def year_label(self) -> str:
        return words.evaluation(self.ranking.year, self.ranking.is_trial)

    @functools.cached_property
    def groups(self) -> dict[str, tuple[CountyRank, ...]]:
        """Return the counties of each group by place; those without one last."""
        found: dict[str, list[CountyRank]] = {group: [] for group in self._group_order}
        for row in self.ranking.rows:
            found.setdefault(row.group, []).append(row)
        return {group: tuple(sorted(rows, key=by_place)) for group, rows in found.items()}

    @property
    def _group_order(self) -> list[str]:
        """Return the groups as the rule lists them; where it lists none, as official tables name their counties."""
        there = {row.group for row in self.ranking.rows}
        return [group for group in self.ranking.rule.groups.order if group in there]

    @functools.cached_property
    def rows(self) -> tuple[CountyRank, ...]:
        """Return the 22 counties in the one order all tables and sentences have: by group, then by place."""
        return tuple(row for members in self.groups.values() for row in members)

    @functools.cached_property
    def assumptions(self) -> tuple[str, ...]:
        """Return what nobody published and these ranks need."""
        return self.ranking.rule.ranking_assumptions()


def evaluate(db: Warehouse, year: FullYear, rule: Rule, known_on: date, decided: int = 0) -> Evaluation:
    """Rank a year and lay the first `decided` decisions over it; NotAvailable names the reports that are not in."""
    found = _evaluated(db, year, rule, known_on)
    if not decided:
        return found
    ranking, outcomes = settle(found.ranking, settlements_of(db, decided))
    settlements = tuple(
        dataclasses.replace(one, again_on=_again_on(db, found.ranking, known_on, one.settled))
        if one.state == "holds"
        else one
        for one in outcomes
    )
    return dataclasses.replace(found, ranking=ranking, settlements=settlements)


def _again_on(db: Warehouse, ranking: Ranking, known_on: date, settled: Settled) -> date | None:
    """Return the day since which a settlement holds again, where figures had made it void for a time; else None."""
    held, again = True, None
    for day in _turning_days(db, ranking.year, ranking.rule):
        if settled.decided_on <= day <= known_on:
            holds = _held_on(db, ranking, day, settled)
            again = day if holds and not held else again
            held = holds
    return again


def _held_on(db: Warehouse, ranking: Ranking, day: date, settled: Settled) -> bool:
    try:
        of_day = _evaluated(db, ranking.year, ranking.rule, day)
    except NotAvailable:
        return False
    return settle(of_day.ranking, [settled])[1][0].state == "holds"


@kept(most=96)
def _turning_days(db: Warehouse, year: FullYear, rule: Rule) -> list[date]:
    """Return the days on which anything that a year rests on came in or was withdrawn."""
    versions = answers.versions_received(db)
    reports = [report for one in (year, *rule.earlier_years(year)) for report in needed_reports(one, rule)]
    came = {one.received_on for report in reports for one in sources.versions_of_year(versions, *report)}
    return sorted(came | {one.on for one in sources.withdrawn_of_years(versions, reports)})


def data_hash(inputs: pd.DataFrame) -> str:
    """Return the SHA-256 of the exact figures of a ranking: rows by county code, columns by name, missing as null."""
    rows = inputs.sort_values("county_code").astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    written = json.dumps(records, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=int)
    return hashlib.sha256(written.encode()).hexdigest()


@kept(most=96)
def _evaluated(db: Warehouse, year: FullYear, rule: Rule, known_on: date) -> Evaluation:
    """Rank a year by the rule alone."""
    needed = needed_reports(year, rule)
    reports = sources.of_years(db, needed, known_on)
    missing = [
        ranking_words.report_of_year(*one) for one, report in zip(needed, reports, strict=True) if report is None
    ]
    if missing:
        raise NotAvailable(ranking_words.ranking_not_available(year, missing))
    inputs, earlier = inputs_of(db, year, rule, known_on), earlier_inputs(db, year, rule, known_on)
    births = (*(report for report in reports if report), *further_sources(db, year, rule, known_on))
    return Evaluation(rank(inputs, rule, year, earlier), inputs, births)


def inputs_of(db: Warehouse, year: FullYear, rule: Rule, known_on: date) -> pd.DataFrame:
    """Return what a rule ranks a year by: the exact figures, and the volumes where the rule needs them."""
    inputs = answers.ranking_inputs(db, year, rule.visit_year(year), known_on)
    if not rule.volumes:
        return inputs
    return inputs.merge(answers.ranking_volumes(db, rule.volume_year(year), known_on), on="county_code", how="left")


def earlier_inputs(db: Warehouse, year: FullYear, rule: Rule, known_on: date) -> dict[FullYear, pd.DataFrame]:
    """Return the same of the years before that count as well; those of which not all reports are in are left out."""
    return {before: inputs_of(db, before, rule, known_on) for before in _whole_years(db, year, rule, known_on)}


def _whole_years(db: Warehouse, year: FullYear, rule: Rule, known_on: date) -> list[FullYear]:
    return [
        before
        for before in rule.earlier_years(year)
        if all(sources.of_years(db, needed_reports(before, rule), known_on))
    ]


def further_sources(db: Warehouse, year: FullYear, rule: Rule, known_on: date) -> tuple[Source, ...]:
    """Return the reports beyond those of the year that a ranking rests on: of volumes and of years before."""
    whole = _whole_years(db, year, rule, known_on)
    before = dict.fromkeys(report for one in whole for report in needed_reports(one, rule))
    own = set(needed_reports(year, rule))
    earlier = sources.of_years(db, [report for report in before if report not in own], known_on)
    volumes = [source for one in (year, *whole) for source in volume_sources(db, one, rule, known_on)]
    return tuple(dict.fromkeys([*volumes, *(source for source in earlier if source)]))


def volume_sources(db: Warehouse, year: FullYear, rule: Rule, known_on: date) -> tuple[Source, ...]:
    """Return the reports that volumes are taken from, each file once, newest first; none where no rule asks."""
    of_year, versions = rule.volume_year(year).iso, answers.versions_in_force(db, known_on)
    found: list[Source] = []
    for volume in rule.volumes:
        if volume == "mean_arrears_persons":
            stated = zip(versions["period"], versions["as_of"].dt.date, strict=True)
            slices = {(period, as_of) for period, as_of in stated if period.startswith(f"{of_year}-")}
            found += sources.of_trend(versions, Kind.COLLECTION, slices)
        else:
            snapshots = answers.payment_snapshots(db, known_on)
            # Newest first, so the last of a period's rows to be laid down is its newest.
            newest = dict(zip(snapshots["period"][::-1], snapshots["as_of"].dt.date[::-1], strict=True))
            days = {("", as_of) for period, as_of in newest.items() if period.startswith(of_year)}
            found += sources.of_trend(versions, Kind.PAYMENT_RATE, days)
    return tuple(found)


def needed_reports(year: FullYear, rule: Rule) -> list[tuple[Kind, FullYear]]:
    """Return the reports a ranking rests on, the year's own first."""
    return [
        (Kind.AVERAGE_RATE, year),
        (Kind.AVERAGE_RATE, FullYear(year.year - 1)),
        (Kind.VISITS, rule.visit_year(year)),
    ]


def names(rows: Iterable[CountyRank]) -> list[str]:
    return [county_coded(row.county_code).name for row in rows]


def by_place(row: CountyRank) -> float:
    """Sort by place, those without one last; sorting is stable, so equals stay in official order."""
    return float("inf") if row.place is None else row.place
