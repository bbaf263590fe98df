"""The ranking of the sample, every year and on both sides of every receipt, against the plain twin."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard import answers
from dashboard.domain.counties import counties
from dashboard.domain.periods import FullYear
from dashboard.rules.machine import machine_form
from dashboard.rules.ranking import Ranking, rank
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Warehouse
from tests import plain

GOLDEN = Path(__file__).parent.parent / "golden"
YEARS = [FullYear(year) for year in range(2020, 2027)]
CORRECTED_ON = date(2023, 12, 20)  # the ministry received the correction of the visits of 111


def ranking_of(db: Warehouse, year: FullYear, known_on: date = answers.CURRENT) -> tuple[Ranking, pd.DataFrame]:
    rule = load_rule("adopted")
    inputs = answers.ranking_inputs(db, year, rule.visit_year(year), known_on)
    return rank(inputs, rule, year), inputs


def as_plain(inputs: pd.DataFrame) -> list[dict[str, Any]]:
    groups = {county.county_code: county.group for county in counties()}
    return [
        {str(key): None if pd.isna(value) else value for key, value in row.items()}
        | {"group": groups[row["county_code"]]}
        for row in inputs.to_dict("records")
    ]


def days_that_matter(db: Warehouse) -> list[date]:
    """The day of every receipt that can move a rank, and the day before it."""
    versions = answers.versions_in_force(db)
    received = versions[versions["kind"].isin(["visits", "average_rate"])]["received_on"].dt.date
    return sorted({day - timedelta(days=before) for day in [*received, CORRECTED_ON] for before in (0, 1)})


@pytest.mark.parametrize("year", YEARS, ids=lambda year: str(year.roc))
def test_the_plain_twin_agrees_for_every_year_on_every_day_that_matters(demo: Warehouse, year: FullYear) -> None:
    for known_on in [*days_that_matter(demo), answers.CURRENT]:
        ranking, inputs = ranking_of(demo, year, known_on)
        expected = plain.adopted_ranking(as_plain(inputs))
        for row in ranking.rows:
            twin = expected[row.county_code]
            assert (row.place, row.total) == (twin["place"], twin["total"]), (known_on, row.county_code)
            assert row.in_last_two == twin["in_last_two"]
            assert row.owes_review_report == twin["owes_review_report"]
            assert row.growth_pp == twin["growth_pp"]


def owing(ranking: Ranking) -> set[str]:
    names = {county.county_code: county.name for county in counties()}
    return {names[row.county_code] for row in ranking.rows if row.owes_review_report is True}


def test_the_correction_of_111_moves_the_duty_of_112_from_one_county_to_another(demo: Warehouse) -> None:
    before, _ = ranking_of(demo, FullYear(2023), CORRECTED_ON - timedelta(days=1))
    after, _ = ranking_of(demo, FullYear(2023), CORRECTED_ON)
    assert owing(before) - owing(after) == {"基隆市"}
    assert owing(after) - owing(before) == {"新竹市"}


def test_growth_of_three_thousandths_of_a_point_exempts(demo: Warehouse) -> None:
    ranking, inputs = ranking_of(demo, FullYear(2025))
    taoyuan = next(row for row in ranking.rows if row.county_code == "68000")
    figures = next(row for row in as_plain(inputs) if row["county_code"] == "68000")
    # Cross-multiplied, so that not even a division stands between the reports and the verdict.
    assert (
        figures["received_twd"] * figures["base_receivable_twd"]
        > figures["base_received_twd"] * figures["receivable_twd"]
    )
    assert taoyuan.in_last_two is True
    assert taoyuan.owes_review_report is False
    assert "0.003" in taoyuan.reason


def test_years_before_112_are_a_trial(demo: Warehouse) -> None:
    assert [ranking_of(demo, year)[0].is_trial for year in YEARS] == [True, True, True, False, False, False, False]


@pytest.mark.parametrize("year", YEARS, ids=lambda year: str(year.roc))
def test_the_golden_ranking_stands(demo: Warehouse, year: FullYear) -> None:
    """Any change of a rank, a total or a duty of the sample is a change somebody has to look at."""
    counted = machine_form(ranking_of(demo, year)[0])
    golden = json.loads((GOLDEN / f"ranking_{year.roc}.json").read_text(encoding="utf-8"))
    assert counted == golden
