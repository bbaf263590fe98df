"""What there is to choose from: periods, snapshots and years that reports in force speak of."""

import dataclasses
import functools
from collections.abc import Iterable, Mapping
from datetime import date

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.domain import ranking_words
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import BillingPeriod, FullYear
from dashboard.domain.roc import roc_year
from dashboard.exhibits.evaluation import needed_reports
from dashboard.rules.rule import Rule
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class PaymentChoices:
    """Billing periods and the snapshots that show each, both newest first."""

    snapshots: Mapping[BillingPeriod, tuple[date, ...]]

    @property
    def periods(self) -> tuple[BillingPeriod, ...]:
        return tuple(self.snapshots)

    @functools.cached_property
    def by_day(self) -> Mapping[date, tuple[BillingPeriod, ...]]:
        """Return what each snapshot shows, newest snapshot and newest period first."""
        days = sorted({day for days in self.snapshots.values() for day in days}, reverse=True)
        return {day: tuple(period for period in self.periods if day in self.snapshots[period]) for day in days}


def payment_choices(db: Warehouse, known_on: date = CURRENT) -> PaymentChoices:
    frame = answers.payment_snapshots(db, known_on)
    found: dict[str, list[date]] = {}
    for period, as_of in zip(frame["period"].tolist(), frame["as_of"].dt.date, strict=True):
        found.setdefault(period, []).append(as_of)
    # Periods spelled in ISO sort as they follow each other.
    return PaymentChoices({BillingPeriod.from_iso(iso): tuple(found[iso]) for iso in sorted(found, reverse=True)})


def average_years(db: Warehouse, known_on: date = CURRENT) -> tuple[FullYear, ...]:
    """Return the years whose average rate was reported, newest first."""
    return _newest_first(_years(db, known_on)[Kind.AVERAGE_RATE])


def ranking_years(db: Warehouse, rule: Rule, known_on: date = CURRENT) -> tuple[FullYear, ...]:
    """Return the years all of whose reports are in: average rates of it and the year before, visits; newest first."""
    known = _years(db, known_on)
    return tuple(year for year in _newest_first(known[Kind.AVERAGE_RATE]) if not _missing(year, rule, known))


def years_without_ranking(db: Warehouse, rule: Rule, known_on: date = CURRENT) -> dict[str, list[str]]:
    """Return the years whose average rate is in but not all else a ranking needs, and what is missing, as words."""
    known = _years(db, known_on)
    found = {roc_year(year.year): _missing(year, rule, known) for year in _newest_first(known[Kind.AVERAGE_RATE])}
    return {year: missing for year, missing in found.items() if missing}


def years_note(db: Warehouse, rule: Rule, known_on: date = CURRENT) -> list[str]:
    """Say which years are not offered for want of a report; nothing where there are none."""
    missing = years_without_ranking(db, rule, known_on)
    return [ranking_words.years_not_offered(missing)] if missing else []


_Years = Mapping[Kind, set[FullYear]]


def _missing(year: FullYear, rule: Rule, known: _Years) -> list[str]:
    return [ranking_words.report_of_year(kind, of) for kind, of in needed_reports(year, rule) if of not in known[kind]]


def _newest_first(years: Iterable[FullYear]) -> tuple[FullYear, ...]:
    return tuple(sorted(years, reverse=True))


def _years(db: Warehouse, known_on: date) -> _Years:
    """Return the full years reported by the two kinds that a ranking rests on."""
    found: dict[Kind, set[FullYear]] = {Kind.AVERAGE_RATE: set(), Kind.VISITS: set()}
    frame = answers.versions_in_force(db, known_on)
    for kind, period in zip(frame["kind"], frame["period"], strict=True):
        # Visits are reported for half years too; a year is written as its four digits.
        if kind in found and period.isdigit():
            found[Kind(kind)].add(FullYear.from_iso(period))
    return found
