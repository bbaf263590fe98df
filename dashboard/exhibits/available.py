"""What there is to choose from: periods, snapshots and years that reports in force speak of."""

import dataclasses
from collections.abc import Mapping
from datetime import date

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.domain import ranking_words
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import BillingPeriod, FullYear
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


def payment_choices(db: Warehouse, known_on: date = CURRENT) -> PaymentChoices:
    frame = answers.payment_snapshots(db, known_on).sort_values("as_of", ascending=False)
    found = {
        BillingPeriod.from_iso(str(period)): tuple(as_of.date() for as_of in days)
        for period, days in frame.groupby("period")["as_of"]
    }
    return PaymentChoices(dict(sorted(found.items(), reverse=True)))


def average_years(db: Warehouse, known_on: date = CURRENT) -> tuple[FullYear, ...]:
    """Return the years whose average rate was reported, newest first."""
    return tuple(sorted(_years(db, Kind.AVERAGE_RATE, known_on), reverse=True))


def ranking_years(db: Warehouse, rule: Rule, known_on: date = CURRENT) -> tuple[FullYear, ...]:
    """Return the years all of whose reports are in: average rates of it and the year before, visits; newest first."""
    missing = years_without_ranking(db, rule, known_on)
    return tuple(year for year in average_years(db, known_on) if year not in missing)


def years_without_ranking(db: Warehouse, rule: Rule, known_on: date = CURRENT) -> dict[FullYear, list[str]]:
    """Return the years whose average rate is in but not all else a ranking needs, and what is missing, as words."""
    known = {kind: _years(db, kind, known_on) for kind in (Kind.AVERAGE_RATE, Kind.VISITS)}
    found = {
        year: [
            ranking_words.report_of_year(kind, of) for kind, of in needed_reports(year, rule) if of not in known[kind]
        ]
        for year in average_years(db, known_on)
    }
    return {year: missing for year, missing in found.items() if missing}


def _years(db: Warehouse, kind: Kind, known_on: date) -> set[FullYear]:
    frame = answers.versions_in_force(db, known_on)
    periods = frame.loc[frame["kind"] == kind.value, "period"]
    # Visits are reported for half years too; a year is written as its four digits.
    return {FullYear.from_iso(period) for period in periods if period.isdigit()}
