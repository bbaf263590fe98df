"""Which rankings figures that are not in yet would change: the rule, exactly, on inputs laid over what is in force."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

import pandas as pd

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.domain.kinds import Kind, Population
from dashboard.domain.periods import FullYear
from dashboard.exhibits.evaluation import inputs_of, needed_reports
from dashboard.previewing.volumes import volumes_with
from dashboard.rules.formulas import BASE_COLUMNS, RATE_COLUMNS, VISIT_COLUMNS
from dashboard.rules.ranking import CountyRank, Ranking, rank
from dashboard.rules.rule import Rule, rule_of_year
from dashboard.rules.words import Verdict
from dashboard.warehouse import Warehouse

Stated = Mapping[tuple[Kind, str], pd.DataFrame]
"""Figures laid over what is in force, by kind and period (ISO): one row per county, its code the index."""

_OF_VOLUMES = {Kind.COLLECTION, Kind.PAYMENT_RATE}
_OF_INDICATORS = {Kind.AVERAGE_RATE, Kind.VISITS}


@dataclasses.dataclass(frozen=True)
class CountyChange:
    """A county whose place or duty to report would change; None: no place, no ranking before."""

    county_code: str
    group: str
    old_place: int | None
    new_place: int | None
    old_owes: Verdict | None
    new_owes: Verdict
    old_total: Fraction | None
    new_total: Fraction | None


@dataclasses.dataclass(frozen=True)
class YearStanding:
    """An evaluation year whose ranking would change, and the counties it concerns, in official order.

    `becomes_rankable`: not all reports were in before. What people decided of equals is not laid over it.
    """

    year: FullYear
    rule: Rule
    is_trial: bool
    becomes_rankable: bool
    counties: tuple[CountyChange, ...]


@dataclasses.dataclass(frozen=True)
class _Inputs:
    """All that a ranking of a year is computed from."""

    own: pd.DataFrame
    earlier: Mapping[FullYear, pd.DataFrame]

    def equals(self, other: "_Inputs") -> bool:
        same_years = self.earlier.keys() == other.earlier.keys()
        return (
            same_years
            and self.own.equals(other.own)
            and all(frame.equals(other.earlier[year]) for year, frame in self.earlier.items())
        )


class Standings:
    """The rankings in force, and after each lot of figures that came to them."""

    def __init__(self, db: Warehouse, rule_of: Callable[[FullYear], Rule] = rule_of_year) -> None:
        self._db = db
        self._rule_of = rule_of
        self._stated: Stated = {}
        self._volumes: tuple[tuple[Kind, pd.DataFrame], ...] = ()

    def after(self, kind: Kind | None, coming: pd.DataFrame) -> tuple[YearStanding, ...]:
        """Lay more figures over those in force; return the years whose ranking they change."""
        if kind is None or coming.empty:
            return ()
        before = self._snapshot()
        if kind in _OF_INDICATORS:
            self._stated = {**self._stated, **_by_period(kind, coming)}
        elif kind in _OF_VOLUMES:
            self._volumes = (*self._volumes, (kind, coming))
        else:
            return ()
        return tuple(self._changed(before, self._snapshot(), kind))

    def _snapshot(self) -> "_Known":
        return _Known(self._db, self._rule_of, self._stated, self._volumes)

    def _changed(self, before: "_Known", after: "_Known", kind: Kind) -> Iterator[YearStanding]:
        for year in after.years():
            rule = self._rule_of(year)
            if kind in _OF_INDICATORS or rule.volumes:
                was, now = before.inputs(year, rule), after.inputs(year, rule)
                if now is not None and (was is None or not was.equals(now)):
                    yield _standing(year, rule, was, now)


@dataclasses.dataclass(frozen=True)
class _Known:
    """What is in force, with figures laid over it."""

    db: Warehouse
    rule_of: Callable[[FullYear], Rule]
    stated: Stated
    volumes: tuple[tuple[Kind, pd.DataFrame], ...]

    def reports(self) -> set[tuple[Kind, str]]:
        versions = answers.versions_in_force(self.db)
        kinds, periods = versions["kind"].tolist(), versions["period"].tolist()
        return {(Kind(kind), period) for kind, period in zip(kinds, periods, strict=True)} | set(self.stated)

    def years(self) -> list[FullYear]:
        return [FullYear(int(period)) for kind, period in sorted(self.reports()) if kind is Kind.AVERAGE_RATE]

    def inputs(self, year: FullYear, rule: Rule) -> _Inputs | None:
        """Return what a year is ranked by; None where not all of its reports are in."""
        reports = self.reports()
        years = [one for one in (year, *rule.earlier_years(year)) if self._is_whole(one, rule, reports)]
        if year not in years:
            return None
        return _Inputs(self._of(year, rule), {one: self._of(one, rule) for one in years if one != year})

    @staticmethod
    def _is_whole(year: FullYear, rule: Rule, reports: set[tuple[Kind, str]]) -> bool:
        return all((kind, needed.iso) in reports for kind, needed in needed_reports(year, rule))

    def _of(self, year: FullYear, rule: Rule) -> pd.DataFrame:
        inputs = inputs_of(self.db, year, rule, CURRENT).set_index("county_code")
        for kind, of_year, columns in (
            (Kind.AVERAGE_RATE, year, dict(zip(RATE_COLUMNS, RATE_COLUMNS, strict=True))),
            (Kind.AVERAGE_RATE, FullYear(year.year - 1), dict(zip(RATE_COLUMNS, BASE_COLUMNS, strict=True))),
            (Kind.VISITS, rule.visit_year(year), dict(zip(VISIT_COLUMNS, VISIT_COLUMNS, strict=True))),
        ):
            if (stated := self.stated.get((kind, of_year.iso))) is None:
                continue
            for measure, column in columns.items():
                inputs[column] = stated[measure].reindex(inputs.index).astype("Int64")
        if rule.volumes and self.volumes:
            volumes = volumes_with(self.db, rule.volume_year(year), self.volumes)
            inputs[volumes.columns] = volumes.reindex(inputs.index)
        return inputs.reset_index()


def _by_period(kind: Kind, coming: pd.DataFrame) -> dict[tuple[Kind, str], pd.DataFrame]:
    """Return the figures of the whole population of full years: half years count for no ranking."""
    wanted = coming[(coming["population"] == Population.ALL.value) & ~coming["period"].str.contains("-")]
    return {
        (kind, str(period)): rows.pivot_table(
            index="county_code", columns="measure", values="value", aggfunc="first", dropna=False
        )
        for period, rows in wanted.groupby("period")
    }


def _standing(year: FullYear, rule: Rule, was: _Inputs | None, now: _Inputs) -> YearStanding:
    after = rank(now.own, rule, year, now.earlier)
    before = _rows(rank(was.own, rule, year, was.earlier)) if was else {}
    changes = [_change(before.get(row.county_code), row) for row in after.rows]
    counties = tuple(one for one in changes if was is None or _is_change(one))
    return YearStanding(year, rule, after.is_trial, was is None, counties)


def _rows(ranking: Ranking) -> dict[str, CountyRank]:
    return {row.county_code: row for row in ranking.rows}


def _change(was: CountyRank | None, now: CountyRank) -> CountyChange:
    return CountyChange(
        county_code=now.county_code,
        group=now.group,
        old_place=was.place if was else None,
        new_place=now.place,
        old_owes=was.owes_review_report if was else None,
        new_owes=now.owes_review_report,
        old_total=was.total if was else None,
        new_total=now.total,
    )


def _is_change(one: CountyChange) -> bool:
    return one.old_place != one.new_place or one.old_owes is not one.new_owes
