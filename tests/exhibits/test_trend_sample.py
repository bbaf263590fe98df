"""The sample's trends once more in plain loops, and that a page stays small and fast."""

import functools
import json
from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest

from dashboard import answers, exhibits
from dashboard.domain.counties import counties
from dashboard.domain.kinds import Kind, Population
from dashboard.domain.periods import BillingPeriod
from dashboard.domain.roc import roc_period
from dashboard.exhibits import Exhibit
from dashboard.rules.numbers import half_up
from dashboard.warehouse import Warehouse
from tests import plain

Stated = dict[tuple[str, date], dict[tuple[str, str], int]]


@functools.cache
def stated(db: Warehouse, kind: Kind, population: str) -> Stated:
    """Figures by period and as_of, then by county and measure, as the reports say them."""
    found: Stated = defaultdict(dict)
    for row in answers.figures(db, kind).to_dict("records"):
        if row["population"] == population:
            found[row["period"], row["as_of"].date()][row["county_code"], row["measure"]] = row["value"]
    return found


def nation(figures: dict[tuple[str, str], int], part: str, whole: str) -> Fraction | None:
    numerator = denominator = 0
    for county in counties():
        numerator += figures[county.county_code, part]
        denominator += figures[county.county_code, whole]
    return plain.percent(numerator, denominator)


def column(exhibit: Exhibit, key: str) -> dict[str, str]:
    shown = next(one for one in exhibit.table.columns if one.key == key)
    return {row["period"]: shown.text(row) for row in exhibit.table.rows()}


def months_late(period: BillingPeriod, as_of: date) -> int:
    """Bills are due at the end of the second month after; the sample's last ten years know no other case."""
    due = period.end.year * 12 + period.end.month + 2
    return as_of.year * 12 + as_of.month - due


@pytest.mark.parametrize("age", [None, 1, 11])
@pytest.mark.parametrize("population", list(Population))
def test_the_nations_line_agrees_with_plain_loops(demo: Warehouse, population: Population, age: int | None) -> None:
    figures = stated(demo, Kind.PAYMENT_RATE, population.value)
    expected: dict[str, tuple[date, str]] = {}
    for (iso, as_of), by_county in figures.items():
        period = BillingPeriod.from_iso(iso)
        if age is not None and months_late(period, as_of) != age:
            continue
        name = roc_period(period)
        if name in expected and expected[name][0] > as_of:
            continue
        rate = nation(by_county, "received_twd", "receivable_twd")
        assert rate is not None
        expected[name] = (as_of, half_up(rate, 2))
    drawn = column(exhibits.trend(demo, "payment_rate_amounts_pct", population, age, 10), "nation")
    assert len(drawn) >= 40
    known = {name: rate for name, rate in drawn.items() if rate != "…"}
    assert known == {name: rate for name, (_, rate) in expected.items() if name in drawn}


def test_the_months_of_dunning_agree_with_plain_loops_and_the_missing_ones_are_gaps(demo: Warehouse) -> None:
    figures = stated(demo, Kind.COLLECTION, "all")
    sums: dict[str, int] = defaultdict(int)
    for (iso, _), by_county in figures.items():
        for (_, measure), value in by_county.items():
            sums[iso] += value if measure == "recovered_twd" else 0
    exhibit = exhibits.trend(demo, "recovered_twd", Population.ALL, None, 10)
    drawn = column(exhibit, "nation_part")
    assert len(drawn) == 120
    assert drawn["115年4月"] == "…"
    assert drawn["114年8月"] == f"{sums['2025-08']:,}"
    assert column(exhibit, "remark")["114年8月"] == "未含花蓮縣"
    assert drawn["114年10月"] == f"{sums['2025-10']:,}"


def test_the_average_rate_of_every_year_agrees_with_plain_loops(demo: Warehouse) -> None:
    drawn = column(exhibits.trend(demo, "average_rate_pct", Population.ALL, None, 10), "nation")
    for (iso, _), by_county in stated(demo, Kind.AVERAGE_RATE, "all").items():
        rate = nation(by_county, "received_twd", "receivable_twd")
        assert rate is not None
        assert drawn[f"{int(iso) - 1911}年"] == half_up(rate, 2)


@pytest.mark.parametrize("measure", exhibits.TREND_MEASURES, ids=lambda one: one.key)
@pytest.mark.parametrize("function", [exhibits.trend, exhibits.small_multiples])
def test_every_measure_can_be_shown_in_full_and_stays_small(demo: Warehouse, function: object, measure: object) -> None:
    six = counties()[:6]
    exhibit: Exhibit = function(demo, measure.key, Population.ALL, None, 10, six)  # type: ignore[operator, attr-defined]
    assert exhibit.chart
    drawing = exhibit.chart.drawing
    document = json.dumps([list(drawing.data), drawing.layout, drawing.narrow], ensure_ascii=False, allow_nan=False)
    assert len(document.encode()) < 350_000
    assert len(exhibit.table.frame) <= 120
    assert exhibit.title.startswith(measure.label)  # type: ignore[attr-defined]
    assert exhibit.is_simulated
    for note in exhibit.notes:
        assert note.endswith(("。", "）")), note
