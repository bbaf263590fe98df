"""A ranking with what it rests on: computed once, shown by several exhibits."""

import dataclasses
import functools
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from dashboard import answers
from dashboard.domain import ranking_words, words
from dashboard.domain.counties import county_coded
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear
from dashboard.exhibits import sources
from dashboard.exhibits.exhibit import NotAvailable, Source
from dashboard.exhibits.kept import kept
from dashboard.rules.ranking import CountyRank, Ranking, rank
from dashboard.rules.rule import Rule
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class Evaluation:
    """The ranking of a year, the exact figures it was computed from, and their reports (the year's own first)."""

    ranking: Ranking
    inputs: pd.DataFrame
    sources: tuple[Source, ...]

    @functools.cached_property
    def counts(self) -> dict[str, Mapping[Hashable, Any]]:
        """Return the exact figures by county_code; NA where no report states one."""
        return {row["county_code"]: row for row in self.inputs.to_dict("records")}

    @property
    def year_label(self) -> str:
        return words.evaluation(self.ranking.year, self.ranking.is_trial)

    @functools.cached_property
    def groups(self) -> dict[str, tuple[CountyRank, ...]]:
        """Return the counties of each group by place; those without one last."""
        found: dict[str, list[CountyRank]] = {}
        for row in self.ranking.rows:
            found.setdefault(row.group, []).append(row)
        return {group: tuple(sorted(rows, key=by_place)) for group, rows in found.items()}

    @functools.cached_property
    def rows(self) -> tuple[CountyRank, ...]:
        """Return the 22 counties in the one order all tables and sentences have: by group, then by place."""
        return tuple(row for members in self.groups.values() for row in members)

    @functools.cached_property
    def assumptions(self) -> tuple[str, ...]:
        """Return what nobody published and these ranks need."""
        return self.ranking.rule.ranking_assumptions()


@kept(most=24)
def evaluate(db: Warehouse, year: FullYear, rule: Rule, known_on: date) -> Evaluation:
    """Rank a year; NotAvailable names the reports that are not in."""
    visit_year = rule.visit_year(year)
    needed = needed_reports(year, rule)
    reports = sources.of_years(db, needed, known_on)
    missing = [
        ranking_words.report_of_year(*one) for one, report in zip(needed, reports, strict=True) if report is None
    ]
    if missing:
        raise NotAvailable(ranking_words.ranking_not_available(year, missing))
    inputs = answers.ranking_inputs(db, year, visit_year, known_on)
    return Evaluation(rank(inputs, rule, year), inputs, tuple(report for report in reports if report))


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
