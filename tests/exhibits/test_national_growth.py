"""Whether the nation grew: exact sums of both years, and who is judged by them."""

from datetime import date
from fractions import Fraction

import pytest

from dashboard import answers, exhibits
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear
from dashboard.exhibits import NotAvailable
from dashboard.rules import numbers
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Warehouse
from tests import plain

RULE = load_rule("adopted")


def summed(db: Warehouse, year: int, population: str) -> tuple[int, int]:
    """Sum received and receivable over the counties, from the figures themselves."""
    frame = answers.figures(db, Kind.AVERAGE_RATE)
    received = receivable = 0
    for row in frame.to_dict("records"):
        if row["period"] != str(year) or row["population"] != population:
            continue
        received += row["value"] if row["measure"] == "received_twd" else 0
        receivable += row["value"] if row["measure"] == "receivable_twd" else 0
    return received, receivable


@pytest.mark.parametrize("year", range(2021, 2027))
def test_growth_is_that_of_the_exact_sums_of_both_years(demo: Warehouse, year: int) -> None:
    exhibit = exhibits.national_growth(demo, FullYear(year), RULE)
    for row, population in zip(exhibit.table.rows(), ("all", "indigenous"), strict=True):
        now, base = summed(demo, year, population), summed(demo, year - 1, population)
        rates = [plain.percent(*one) for one in (now, base)]
        assert rates[0] is not None
        assert rates[1] is not None
        change = rates[0] - rates[1]
        assert (row["received"], row["receivable"]) == now
        assert (row["base_received"], row["base_receivable"]) == base
        assert row["change"] == pytest.approx(float(numbers.half_up_nonzero(change, 2)))
        assert row["verdict"] == ("成長" if change > Fraction(0) else "未成長")


def test_the_title_says_both_and_the_finding_who_is_judged(demo: Warehouse) -> None:
    exhibit = exhibits.national_growth(demo, FullYear(2025), RULE)
    assert exhibit.title == "114年全國平均繳費率：全體未成長（-0.09 個百分點），原住民成長（+0.01 個百分點）"
    assert "評比衛生福利部、勞動部勞工保險局；" in exhibit.finding
    assert exhibit.finding.endswith("評比原住民族委員會。")


def test_a_change_too_small_for_two_decimals_keeps_its_sign(demo: Warehouse) -> None:
    assert "全體未成長（-0.001 個百分點）" in exhibits.national_growth(demo, FullYear(2023), RULE).title


def test_before_the_rule_it_is_a_trial(demo: Warehouse) -> None:
    exhibit = exhibits.national_growth(demo, FullYear(2022), RULE)
    assert exhibit.title.startswith("111年（試算）")
    assert "僅供試算" in exhibit.notes[0]


def test_without_last_years_report_it_says_so(demo: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="114年平均繳費率"):
        exhibits.national_growth(demo, FullYear(2025), RULE, known_on=date(2025, 6, 30))
