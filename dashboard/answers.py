"""One typed function per file in queries/answers; the columns a file promises are compared on every call.

Every answer takes `known_on`: the figures as the reports received by the end of that day state them.
"""

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

import pandas as pd

from dashboard.domain.kinds import Basis, Kind, Population, Reason
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.warehouse import Warehouse

CURRENT = date(9999, 12, 30)
"""Known now, whatever the clock says: caches are keyed by the warehouse's version and not by the day."""

_RATE = MappingProxyType(
    {
        "county_code": "str",
        "county": "str",
        "evaluation_group": "str",
        "numerator": "Int64",
        "denominator": "Int64",
        "rate_pct": "Float64",
    }
)


def payment_rate_by_county(
    db: Warehouse, period: BillingPeriod, as_of: date, population: Population, basis: Basis, known_on: date = CURRENT
) -> pd.DataFrame:
    """One row per county (22): numerator, denominator (persons or TWD), rate_pct (0–100, NA where nothing payable).

    printed_unit is 1000 where the report printed 千元; payable_persons whatever the basis; newest_period (ISO) is the
    newest of the snapshot.
    """
    # Asked for all periods of the snapshot at once: a page that holds them all then asks once.
    shown = db.ask(
        "payment_rates_of_snapshot",
        {"period": "str", **_RATE, "printed_unit": "Int64", "payable_persons": "Int64", "newest_period": "str"},
        as_of=as_of,
        known_on=known_on,
        population=population.value,
        basis=basis.value,
    )
    return _of_period(shown, period)


def _of_period(shown: pd.DataFrame, period: BillingPeriod | FullYear) -> pd.DataFrame:
    """Take one period's rows out of an answer for all; those of no period where it is not among them."""
    of_period = shown["period"] == period.iso
    rows = shown[of_period if of_period.any() else shown["period"].isna()]
    return rows.drop(columns="period").reset_index(drop=True)


def payment_snapshots(db: Warehouse, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per snapshot and billing period it shows, newest first: as_of, period (ISO)."""
    return db.ask("payment_snapshots", {"as_of": "datetime64[s]", "period": "str"}, known_on=known_on)


def average_rate_by_county(
    db: Warehouse, year: FullYear, population: Population, known_on: date = CURRENT, base: FullYear | None = None
) -> pd.DataFrame:
    """One row per county (22): cumulative TWD and rate_pct of the year, of a base year, rate_change_pp (float).

    The base is the year before unless told. payable_persons owed the year's last billing period. For display only;
    growth is decided by the rules on the exact amounts.
    """
    columns = {
        **_RATE,
        "base_numerator": "Int64",
        "base_denominator": "Int64",
        "rate_change_pp": "Float64",
        "printed_unit": "Int64",
        "base_printed_unit": "Int64",
        "payable_persons": "Int64",
    }
    return db.ask(
        "average_rate_by_county",
        columns,
        year=year.iso,
        base_year=(base or FullYear(year.year - 1)).iso,
        last_period=BillingPeriod(Month(year.year, 5)).iso,
        known_on=known_on,
        population=population.value,
    )


_RANKED = (
    "receivable_twd",
    "received_twd",
    "base_receivable_twd",
    "base_received_twd",
    "target_visits",
    "visited_persons",
    "successful_persons",
    "repaid_persons",
)


def ranking_inputs(db: Warehouse, year: FullYear, visit_year: FullYear, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per county (22): the exact integers a ranking rests on; NA where no report states them."""
    # Asked for all years at once: a page that holds the rankings of all of them then asks once.
    shown = db.ask(
        "ranking_inputs",
        {"period": "str", "county_code": "str", **dict.fromkeys(_RANKED, "Int64")},
        visit_year_offset=visit_year.year - year.year,
        known_on=known_on,
    )
    return _of_period(shown, year)


def ranking_volumes(db: Warehouse, year: FullYear, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per county (22): persons in arrears and to pay, summed over the reports of a year, and their number.

    NA where no report of the year states one.
    """
    # Asked for all years at once, as ranking_inputs is; apart from it, since few rules need volumes.
    columns = dict.fromkeys(
        ("arrears_persons_sum", "arrears_months", "payable_persons_sum", "payable_periods"), "Int64"
    )
    shown = db.ask("ranking_volumes", {"period": "str", "county_code": "str", **columns}, known_on=known_on)
    return _of_period(shown, year)


_VERSION = MappingProxyType(
    {
        "kind": "str",
        "period": "str",
        "as_of": "datetime64[s]",
        "submission_id": "int64",
        "issued_on": "datetime64[s]",
        "received_on": "datetime64[s]",
        "file_name": "str",
        "is_simulated": "bool",
        "is_correction": "bool",
        "correction_reason": "str",
        "covers_history": "bool",
    }
)


def versions_in_force(db: Warehouse, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per kind, period and as_of: the submission in force, its dates, and whether it is simulated."""
    return db.ask("versions_in_force", _VERSION, known_on=known_on)


def versions_received(db: Warehouse, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per version ever in force until a day as they came in: as `versions_in_force`, and what was withdrawn."""
    withdrawn = {"withdrawn_on": "datetime64[s]", "withdrawal_reason": "str"}
    return db.ask("versions_received", {**_VERSION, **withdrawn}, known_on=known_on)


def arrivals(db: Warehouse, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per kind, period and as_of: when its first version was received, and whether in a long file."""
    columns = {name: _VERSION[name] for name in ("kind", "period", "as_of", "received_on", "covers_history")}
    return db.ask("arrivals", columns, known_on=known_on)


def figures(db: Warehouse, kind: Kind, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per figure of a kind as known on a day; value is an exact integer (persons, cases, TWD)."""
    columns = {
        "kind": "str",
        "period": "str",
        "as_of": "datetime64[s]",
        "population": "str",
        "billing_period": "str",
        "county_code": "str",
        "measure": "str",
        "value": "int64",
        "submission_id": "int64",
        "issued_on": "datetime64[s]",
        "received_on": "datetime64[s]",
        "is_simulated": "bool",
    }
    return db.ask("figures", columns, kind=kind.value, known_on=known_on)


def reasons_against_visits(db: Warehouse, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per period and county where the reasons do not add up to successes minus repayments (persons)."""
    columns = {
        "period": "str",
        "as_of": "datetime64[s]",
        "county_code": "str",
        "county": "str",
        "unpaid_by_visits": "Int64",
        "unpaid_by_reasons": "Int64",
    }
    return db.ask("reasons_against_visits", columns, known_on=known_on)


# --- reasons for not paying

_REASON_PERSONS = MappingProxyType({reason.measure: "Int64" for reason in Reason})


def unpaid_reasons_by_period(
    db: Warehouse, periods: Sequence[HalfYear | FullYear], known_on: date = CURRENT
) -> pd.DataFrame:
    """One row per period asked for that is reported (ISO) and county (22): persons by main reason, NA where 「…」."""
    columns = {"period": "str", "as_of": "datetime64[s]", "county_code": "str", **_REASON_PERSONS}
    return db.ask("unpaid_reasons_by_period", columns, periods=[one.iso for one in periods], known_on=known_on)


# --- differences between two billing periods


def payment_rate_change_by_county(
    db: Warehouse,
    moment: tuple[BillingPeriod, date],
    base: tuple[BillingPeriod, date, date],
    population: Population,
    basis: Basis,
    known_on: date = CURRENT,
) -> pd.DataFrame:
    """One row per county (22): numerator, denominator, payable_persons and printed_unit of two billing periods.

    `moment` is a period and its snapshot, `base` another period and the first and last day its snapshot may have;
    base_as_of is the day found, NaT without one. Missing figures are NA.
    """
    figures = ("numerator", "denominator", "payable_persons", "printed_unit")
    columns = {
        "county_code": "str",
        **dict.fromkeys([f"{prefix}{figure}" for prefix in ("", "base_") for figure in figures], "Int64"),
        "base_as_of": "datetime64[s]",
    }
    return db.ask(
        "payment_rate_change_by_county",
        columns,
        period=moment[0].iso,
        as_of=moment[1],
        base_period=base[0].iso,
        base_from=base[1],
        base_to=base[2],
        known_on=known_on,
        population=population.value,
        basis=basis.value,
    )


# --- trends

_TREND = MappingProxyType(
    {
        "period": "str",
        "as_of": "datetime64[s]",
        "county_code": "str",
        "numerator": "Int64",
        "denominator": "Int64",
        "persons": "Int64",
        "printed_unit": "Int64",
    }
)
"""A row per period reported and county (22), periods in order; persons stand behind a rate and may be few."""


def trend_payment(
    db: Warehouse,
    moments: Sequence[tuple[BillingPeriod, date]],
    population: Population,
    basis: Basis,
    known_on: date = CURRENT,
) -> pd.DataFrame:
    """One row per moment, a billing period and one of its snapshots, and county (22); NA where not reported."""
    return db.ask(
        "trend_payment",
        _TREND,
        periods=[period.iso for period, _ in moments],
        as_ofs=[as_of.isoformat() for _, as_of in moments],
        known_on=known_on,
        population=population.value,
        basis=basis.value,
    )


def trend_average(db: Warehouse, since: FullYear, population: Population, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per year reported from `since` on and county (22): cumulative TWD, NA where not reported."""
    return db.ask("trend_average", _TREND, since=since.iso, population=population.value, known_on=known_on)


def trend_visits(db: Warehouse, since: FullYear, span: str, rate: str, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per first half year (`span` half) or year (full) reported from `since` on and county (22).

    `rate` is completion, success or repayment.
    """
    return db.ask("trend_visits", _TREND, since=since.iso, span=span, rate=rate, known_on=known_on)


def trend_collection(db: Warehouse, since: Month, figure: str, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per month reported from `since` on and county (22): a count or an amount, without denominator."""
    return db.ask("trend_collection", _TREND, since=since.iso, figure=figure, known_on=known_on)


def receipt_days(db: Warehouse) -> tuple[date, ...]:
    """Return the days on which reports came in, newest first: what is known changes on no other."""
    frame = db.ask("receipt_days", {"received_on": "datetime64[s]"})
    return tuple(frame["received_on"].dt.date)
