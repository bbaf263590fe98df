"""From reports to the course of a measure: which periods its kind of report has, and what they say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import pandas as pd

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.domain import trend_words, words
from dashboard.domain.kinds import Basis, Kind, Population
from dashboard.domain.measures import (
    COMPLETION_RATE,
    COMPLETION_RATE_FIRST_HALF,
    MEASURES,
    PAYMENT_RATE_PERSONS,
    REPAYMENT_RATE,
    REPAYMENT_RATE_FIRST_HALF,
    SUCCESS_RATE,
    SUCCESS_RATE_FIRST_HALF,
    Measure,
)
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month, Period, period_from_iso
from dashboard.exhibits import sources
from dashboard.exhibits.available import PaymentChoices, payment_choices
from dashboard.exhibits.exhibit import NotAvailable
from dashboard.exhibits.kept import kept
from dashboard.exhibits.trend_course import Course, cells_of, earlier_of
from dashboard.exhibits.trend_periods import (
    MOST_YEARS,
    Moment,
    as_ofs,
    billing_window,
    months_window,
    year_before,
    years_window,
)
from dashboard.warehouse import Warehouse

_VISITS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        COMPLETION_RATE.key: ("full", "completion"),
        SUCCESS_RATE.key: ("full", "success"),
        REPAYMENT_RATE.key: ("full", "repayment"),
        COMPLETION_RATE_FIRST_HALF.key: ("half", "completion"),
        SUCCESS_RATE_FIRST_HALF.key: ("half", "success"),
        REPAYMENT_RATE_FIRST_HALF.key: ("half", "repayment"),
    }
)

TREND_MEASURES = tuple(one for one in MEASURES.values() if one.source is not Kind.VISITS or one.key in _VISITS)
"""What can be shown over time, each in the periods its reports have."""

_PERIODS_A_YEAR = 6


@kept(most=6)
def course(
    db: Warehouse, measure: str, population: Population, age: int | None, years: int, known_on: date = CURRENT
) -> Course:
    """Return the course of a measure (its key) over the last `years`, ten at most.

    `age` compares all billing periods at so many months since due; None takes each as of the newest snapshot. Leading
    periods without any report are left out. NotAvailable where no report is in force.
    """
    asked = MEASURES[measure]
    years = min(years, MOST_YEARS)
    if asked.source is Kind.PAYMENT_RATE:
        return _payments(db, asked, population, (age, years), known_on)
    versions = answers.versions_in_force(db, known_on)
    window = _window(asked, versions, years)
    found = cells_of(frame := _answer(db, asked, population, window[0], known_on))
    known: dict[Period, Moment] = {
        period: Moment(period, as_of) for iso, as_of in found for period in [period_from_iso(iso)]
    }
    moments = _without_leading_gaps([known.get(period, Moment(period, None)) for period in window])
    earlier = earlier_of(moments, known)
    return Course(
        measure=asked,
        population=population,
        age=None,
        moments=moments,
        earlier=earlier,
        cells={known[period_from_iso(iso)]: cells for (iso, _), cells in found.items()},
        sources=sources.of_trend(versions, asked.source, _slices(_used(asked, moments, earlier))),
        notes=_unit_notes(frame),
    )


def _window(asked: Measure, versions: pd.DataFrame, years: int) -> tuple[Period, ...]:
    """Return the periods that end with the newest one reported."""
    periods = versions.loc[versions["kind"] == asked.source.value, "period"]
    is_half = _VISITS.get(asked.key, ("", ""))[0] == "half"
    found = [one for iso in periods if isinstance(one := period_from_iso(iso), HalfYear) == is_half]
    newest = max(found, key=lambda one: one.start_on, default=None)
    match newest:
        case Month():
            return months_window(newest, years)
        case FullYear() | HalfYear():
            return years_window(newest, years)
        case _:
            raise NotAvailable(trend_words.not_available(asked.label))


def _answer(db: Warehouse, asked: Measure, population: Population, first: Period, known_on: date) -> pd.DataFrame:
    """Ask for the window and, to compare with, a year before it."""
    if isinstance(first, Month):
        return answers.trend_collection(db, first.plus(-12), asked.key, known_on)
    since = FullYear(first.start_on.year - 1)
    if asked.source is Kind.AVERAGE_RATE:
        return answers.trend_average(db, since, population, known_on)
    return answers.trend_visits(db, since, *_VISITS[asked.key], known_on)


def _without_leading_gaps(moments: Sequence[Moment]) -> tuple[Moment, ...]:
    first = next((nth for nth, one in enumerate(moments) if one.as_of), 0)
    return tuple(moments[first:])


def _used(asked: Measure, moments: Sequence[Moment], earlier: Mapping[Moment, Moment]) -> tuple[Moment, ...]:
    """Return what is drawn or said: all moments, what a difference is taken from, and a year before the newest."""
    known = [one for one in moments if one.as_of]
    compared = known if asked.is_difference else known[-1:]
    return (*moments, *(earlier[one] for one in compared if one in earlier))


def _slices(moments: Sequence[Moment]) -> set[tuple[str, date]]:
    return {(one.period.iso, one.as_of) for one in moments if one.as_of}


def _unit_notes(frame: pd.DataFrame) -> tuple[str, ...]:
    units = frame["printed_unit"].dropna()
    if not (units == 1000).any():
        return ()
    return (words.THOUSANDS_NOTE if (units == 1000).all() else trend_words.MIXED_THOUSANDS_NOTE,)


# --- billing periods, which every snapshot shows anew


def payment_ages(db: Warehouse, known_on: date = CURRENT) -> tuple[int, ...]:
    """Return the months since due at which at least two billing periods of the last ten years can be compared."""
    choices = payment_choices(db, known_on)
    if not choices.periods:
        return ()
    periods = billing_window(choices.periods[0], _newest_day(choices), MOST_YEARS)
    found = Counter(
        period.age_months(day) for period in periods for day in choices.snapshots.get(period, ()) if day > period.due_on
    )
    return tuple(sorted(age for age, times in found.items() if times > 1))


def _newest_day(choices: PaymentChoices) -> date:
    return max(day for days in choices.snapshots.values() for day in days)


def _payments(
    db: Warehouse, asked: Measure, population: Population, scope: tuple[int | None, int], known_on: date
) -> Course:
    age, years = scope
    choices = payment_choices(db, known_on)
    if not choices.periods:
        raise NotAvailable(trend_words.not_available(asked.label))
    periods = billing_window(choices.periods[0], _newest_day(choices), years)
    moments = _without_leading_gaps(as_ofs(choices.snapshots, periods, age))
    earlier = _equally_old(choices, moments)
    wanted = {
        (one.period, one.as_of): one
        for one in (*moments, *earlier.values())
        if one.as_of and isinstance(one.period, BillingPeriod)
    }
    basis = Basis.PERSONS if asked is PAYMENT_RATE_PERSONS else Basis.AMOUNTS
    frame = answers.trend_payment(db, list(wanted), population, basis, known_on)
    versions = answers.versions_in_force(db, known_on)
    return Course(
        measure=asked,
        population=population,
        age=age,
        moments=moments,
        earlier=earlier,
        cells={wanted[BillingPeriod.from_iso(iso), as_of]: cells for (iso, as_of), cells in cells_of(frame).items()},
        sources=sources.of_trend(
            versions, asked.source, {("", as_of) for _, as_of in _slices(_used(asked, moments, earlier))}
        ),
        notes=_unit_notes(frame),
    )


def _equally_old(choices: PaymentChoices, moments: Sequence[Moment]) -> dict[Moment, Moment]:
    """Pair each of the newest year's moments with its period a year before, as many months after that fell due."""
    pairs: dict[Moment, Moment] = {}
    for moment in [one for one in moments if one.as_of][-_PERIODS_A_YEAR:]:
        before = year_before(moment.period)
        if isinstance(before, BillingPeriod):
            (then,) = as_ofs(choices.snapshots, (before,), moment.age)
            pairs |= {moment: then} if then.as_of else {}
    return pairs
