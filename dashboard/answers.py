"""One typed function per file in queries/answers; the columns a file promises are compared on every call.

Every answer takes `known_on`: the figures as the reports received by the end of that day state them.
"""

from datetime import date
from types import MappingProxyType

import pandas as pd

from dashboard.domain.kinds import Basis, Kind, Population
from dashboard.domain.periods import BillingPeriod, FullYear
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

    printed_unit is 1000 where the report printed 千元.
    """
    return db.ask(
        "payment_rate_by_county",
        {**_RATE, "printed_unit": "Int64"},
        period=period.iso,
        as_of=as_of,
        known_on=known_on,
        population=population.value,
        basis=basis.value,
    )


def payment_snapshots(db: Warehouse, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per snapshot and billing period it shows, newest first: as_of, period (ISO)."""
    return db.ask("payment_snapshots", {"as_of": "datetime64[s]", "period": "str"}, known_on=known_on)


def average_rate_by_county(
    db: Warehouse, year: FullYear, population: Population, known_on: date = CURRENT
) -> pd.DataFrame:
    """One row per county (22): cumulative TWD and rate_pct of the year, of the year before, rate_change_pp (float).

    For display only; growth is decided by the rules on the exact amounts.
    """
    columns = {
        **_RATE,
        "base_numerator": "Int64",
        "base_denominator": "Int64",
        "rate_change_pp": "Float64",
        "printed_unit": "Int64",
    }
    base = FullYear(year.year - 1)
    return db.ask(
        "average_rate_by_county",
        columns,
        year=year.iso,
        base_year=base.iso,
        known_on=known_on,
        population=population.value,
    )


def ranking_inputs(db: Warehouse, year: FullYear, visit_year: FullYear, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per county (22): the exact integers a ranking rests on; NA where no report states them."""
    measures = (
        "receivable_twd",
        "received_twd",
        "base_receivable_twd",
        "base_received_twd",
        "target_visits",
        "visited_persons",
        "successful_persons",
        "repaid_persons",
    )
    return db.ask(
        "ranking_inputs",
        {"county_code": "str", **dict.fromkeys(measures, "Int64")},
        year=year.iso,
        base_year=FullYear(year.year - 1).iso,
        visit_year=visit_year.iso,
        known_on=known_on,
    )


def versions_in_force(db: Warehouse, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per kind, period and as_of: the submission in force, its dates, and whether it is simulated."""
    columns = {
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
    return db.ask("versions_in_force", columns, known_on=known_on)


def arrivals(db: Warehouse, known_on: date = CURRENT) -> pd.DataFrame:
    """One row per kind, period and as_of: when its first version was received, and whether in a long file."""
    columns = {
        "kind": "str",
        "period": "str",
        "as_of": "datetime64[s]",
        "received_on": "datetime64[s]",
        "covers_history": "bool",
    }
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
