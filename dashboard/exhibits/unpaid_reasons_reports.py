"""Which reports on the reasons for not paying there are, and what one of them says."""

import dataclasses
from collections.abc import Sequence
from datetime import date

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.domain import reason_words
from dashboard.domain.kinds import Kind, Span
from dashboard.domain.periods import FullYear, HalfYear, period_from_iso
from dashboard.exhibits import sources
from dashboard.exhibits.exhibit import NotAvailable, Source
from dashboard.exhibits.sources import named_period
from dashboard.exhibits.unpaid_reasons_figures import Compositions, compositions
from dashboard.warehouse import Warehouse

ReportPeriod = HalfYear | FullYear


@dataclasses.dataclass(frozen=True)
class Report:
    """One report in force: its period, what it says of the 22 counties, where it comes from.

    `has_visits`: the report on visits that it must agree with, of the same period and day, is in force as well.
    """

    period: ReportPeriod
    figures: Compositions
    source: Source
    has_visits: bool

    @property
    def as_of(self) -> date:
        return self.source.as_of


def unpaid_reason_periods(db: Warehouse, span: Span, known_on: date = CURRENT) -> tuple[ReportPeriod, ...]:
    """Return the half years or the full years whose reasons are reported, newest first."""
    frame = answers.versions_in_force(db, known_on)
    found = {period_from_iso(iso) for iso in frame.loc[frame["kind"] == Kind.UNPAID_REASONS.value, "period"]}
    listed = [one for one in found if isinstance(one, HalfYear | FullYear) and is_of(one, span)]
    return tuple(sorted(listed, key=lambda one: one.end_on, reverse=True))


def is_of(period: ReportPeriod, span: Span) -> bool:
    return isinstance(period, HalfYear) == (span is Span.HALF_YEARS)


def reports(db: Warehouse, periods: Sequence[ReportPeriod], known_on: date) -> dict[ReportPeriod, Report]:
    """Return those of the periods that a report in force speaks of, with what it says."""
    versions = answers.versions_in_force(db, known_on)
    figures = compositions(answers.unpaid_reasons_by_period(db, periods, known_on))
    visits = versions[versions["kind"] == Kind.VISITS.value]
    days = set(zip(visits["period"], visits["as_of"].dt.date, strict=True))
    found = sources.of_half_or_full_years(versions, Kind.UNPAID_REASONS, periods)
    return {
        period: Report(period, figures[period.iso], source, (period.iso, source.as_of) in days)
        for period, source in zip(periods, found, strict=True)
        if source and period.iso in figures
    }


def reported(db: Warehouse, period: ReportPeriod, known_on: date) -> tuple[Report, Report | None]:
    """Return the report of a period and that of the year before; NotAvailable without figures of the period itself."""
    found = reports(db, [period, year_before(period)], known_on)
    if period not in found or not found[period].figures.known:
        raise NotAvailable(reason_words.not_available(named_period(period)))
    return found[period], found.get(year_before(period))


def year_before(period: ReportPeriod) -> ReportPeriod:
    """Return the only period that one compares with: the same half year, or the full year, a year before."""
    return dataclasses.replace(period, year=period.year - 1)
