"""Answers from the sample against published figures, and against rates computed once more in plain loops."""

from collections import defaultdict
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest

from dashboard import answers
from dashboard.domain.counties import counties
from dashboard.domain.kinds import Basis, Kind, Population
from dashboard.domain.periods import BillingPeriod, FullYear
from dashboard.domain.roc import parse_billing_period
from dashboard.warehouse import Warehouse
from tests import plain

COUNTY_CODES = [county.county_code for county in counties()]


def nation_pct(frame: pd.DataFrame) -> Fraction:
    return Fraction(100 * int(frame["numerator"].sum()), int(frame["denominator"].sum()))


# --- published figures (the sample's national level is calibrated to them)


def test_indigenous_persons_of_113_11_12_stand_at_the_published_22_86_percent(demo: Warehouse) -> None:
    period = parse_billing_period("113年11-12月")
    frame = answers.payment_rate_by_county(demo, period, date(2025, 3, 31), Population.INDIGENOUS, Basis.PERSONS)
    assert (frame["numerator"].sum(), frame["denominator"].sum()) == (26_600, 116_361)
    assert round(float(nation_pct(frame)), 2) == 22.86


def test_no_period_of_113_and_114_reaches_half_and_the_best_is_the_published_49_7(demo: Warehouse) -> None:
    best = Fraction(0)
    for row in answers.payment_snapshots(demo).to_dict("records"):
        period, as_of = BillingPeriod.from_iso(row["period"]), row["as_of"].date()
        if period.start.year in {2024, 2025} and as_of <= date(2026, 1, 31):
            for basis in Basis:
                rates = answers.payment_rate_by_county(demo, period, as_of, Population.ALL, basis)
                best = max(best, nation_pct(rates))
    assert round(float(best), 1) == 49.7


def test_the_reasons_of_114_have_about_the_published_shares(demo: Warehouse) -> None:
    frame = answers.figures(demo, Kind.UNPAID_REASONS)
    sums = frame[frame["period"] == "2025"].groupby("measure")["value"].sum()
    # Published: 40, 24 and 37 of a hundred (they add up to 101), among these three.
    three = sums[["unwilling_persons", "unaware_persons", "hardship_persons"]]
    shares = 101 * three / three.sum()
    assert shares.round().tolist() == pytest.approx([40, 24, 37], abs=1.5)


# --- every rate once more, in plain loops


@pytest.mark.parametrize("basis", list(Basis))
@pytest.mark.parametrize("population", list(Population))
def test_every_payment_rate_agrees_with_plain_loops(demo: Warehouse, basis: Basis, population: Population) -> None:
    part, whole = {
        Basis.PERSONS: ("paid_persons", "payable_persons"),
        Basis.AMOUNTS: ("received_twd", "receivable_twd"),
    }[basis]
    known: dict[tuple[str, date], dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in answers.figures(demo, Kind.PAYMENT_RATE).to_dict("records"):
        if row["population"] == population.value:
            known[row["period"], row["as_of"].date()][row["county_code"]][row["measure"]] = row["value"]
    latest = max(as_of for _, as_of in known)
    for (period, as_of), by_county in known.items():
        if as_of != latest and as_of.month != 1:
            continue  # one snapshot a year and the newest are enough to find any mistake in the query
        answer = answers.payment_rate_by_county(demo, BillingPeriod.from_iso(period), as_of, population, basis)
        assert answer["county_code"].tolist() == COUNTY_CODES
        for row in answer.to_dict("records"):
            stated = by_county[row["county_code"]]
            expected = plain.percent(stated[part], stated[whole])
            if expected is None:
                assert pd.isna(row["rate_pct"]), "nothing payable is no rate, not zero"
            else:
                assert row["rate_pct"] == pytest.approx(float(expected), rel=1e-12)


def test_every_average_rate_and_its_change_agree_with_plain_loops(demo: Warehouse) -> None:
    stated: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for row in answers.figures(demo, Kind.AVERAGE_RATE).to_dict("records"):
        stated[row["period"], row["population"], row["county_code"]][row["measure"]] = row["value"]
    for year in range(2019, 2027):
        for population in Population:
            for row in answers.average_rate_by_county(demo, FullYear(year), population).to_dict("records"):
                now = stated[str(year), population.value, row["county_code"]]
                before = stated.get((str(year - 1), population.value, row["county_code"]))
                rate = plain.percent(now["received_twd"], now["receivable_twd"])
                assert rate is not None
                assert row["rate_pct"] == pytest.approx(float(rate), rel=1e-12)
                if before is None:
                    assert pd.isna(row["rate_change_pp"]), "the first year has no base"
                    continue
                base = plain.percent(before["received_twd"], before["receivable_twd"])
                assert base is not None
                assert row["rate_change_pp"] == pytest.approx(float(rate - base), abs=1e-9)


# --- known on a day


def test_before_anything_was_received_every_county_is_there_without_a_figure(demo: Warehouse) -> None:
    frame = answers.ranking_inputs(demo, FullYear(2023), FullYear(2022), known_on=date(2000, 1, 1))
    assert frame["county_code"].tolist() == COUNTY_CODES
    assert frame.drop(columns="county_code").isna().all(axis=None)


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_the_base_of_a_year_is_the_year_before_and_its_visits_are_of_the_year_asked(demo: Warehouse, year: int) -> None:
    this, before = (answers.ranking_inputs(demo, FullYear(one), FullYear(year - 1)) for one in (year, year - 1))
    for figure in ("receivable_twd", "received_twd"):
        assert this[figure].notna().all()
        assert this[f"base_{figure}"].tolist() == before[figure].tolist()
    visits = ["target_visits", "visited_persons", "successful_persons", "repaid_persons"]
    assert this["visited_persons"].notna().all()
    assert this[visits].equals(before[visits])


def test_a_report_is_known_at_the_end_of_its_day_of_receipt_and_not_the_day_before(demo: Warehouse) -> None:
    def years(known_on: date) -> set[str]:
        versions = answers.versions_in_force(demo, known_on)
        return set(versions[versions["kind"] == "average_rate"]["period"])

    assert years(date(2023, 11, 21)) - years(date(2023, 11, 20)) == {"2023"}


def test_only_between_the_visits_and_their_correction_did_the_reasons_disagree_with_them(demo: Warehouse) -> None:
    between = answers.reasons_against_visits(demo, date(2023, 12, 19))
    assert between[["county", "unpaid_by_visits", "unpaid_by_reasons"]].to_numpy().tolist() == [["基隆市", 1992, 1849]]
    assert answers.reasons_against_visits(demo, date(2023, 12, 20)).empty


def test_the_first_arrival_counts_for_a_deadline_not_the_correction(demo: Warehouse) -> None:
    arrivals = answers.arrivals(demo)
    visits_111 = arrivals[(arrivals["kind"] == "visits") & (arrivals["period"] == "2022")]
    assert visits_111["received_on"].dt.date.tolist() == [date(2023, 5, 23)]


def test_an_answer_whose_columns_are_not_the_promised_ones_is_a_bug_and_loud(demo: Warehouse) -> None:
    with pytest.raises(AssertionError, match="promised"):
        demo.ask("payment_snapshots", {"as_of": "datetime64[s]"}, known_on=answers.CURRENT)
