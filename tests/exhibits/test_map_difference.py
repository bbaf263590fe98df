"""Differences on the map: which periods are compared, as of which days, and what follows; worked out by hand."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard import exhibits
from dashboard.charts import theme
from dashboard.domain.counties import county_coded
from dashboard.domain.kinds import Alignment, Basis, Classification, Compare, MapView, Population
from dashboard.domain.periods import BillingPeriod, FullYear, Month
from dashboard.domain.settings import Settings
from dashboard.exhibits import Against, Exhibit, Look, NotAvailable
from dashboard.receiving import Incoming, Office
from dashboard.warehouse import Door, Warehouse
from tests import making

NOW = BillingPeriod(Month(2024, 1))
BEFORE = BillingPeriod(Month(2023, 1))
BETWEEN = BillingPeriod(Month(2023, 11))
THEN, TODAY = date(2023, 5, 31), date(2024, 5, 31)
EQUAL: Against = (Compare.YEAR_BEFORE, Alignment.EQUAL_AGE)
SAME_DAY: Against = (Compare.YEAR_BEFORE, Alignment.SAME_SNAPSHOT)
PLAIN: Look = (MapView.MAP, Classification.CONTINUOUS)
NEW_TAIPEI, TAIPEI, TAOYUAN, TAICHUNG, LIENCHIANG = "65000", "63000", "68000", "66000", "09007"


def owed(**paid: int) -> dict[str, Mapping[str, int | str]]:
    """Of 1,000 persons each paid 400; 連江縣 has 10; `paid` are others, by region."""
    codes = {"new_taipei": NEW_TAIPEI, "taipei": TAIPEI, "lienchiang": LIENCHIANG}
    payable = {**dict.fromkeys(making.CODES, 1000), LIENCHIANG: 10}
    figures = {**dict.fromkeys(making.CODES, 400), LIENCHIANG: 4, **{codes[name]: n for name, n in paid.items()}}
    return {"payable_persons": payable, "paid_persons": figures}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """A year before: 新北市 400, 臺北市 500 of 1,000; 桃園市 unknown. Now: 新北市 430, 臺北市 480, 連江縣 9 of 10."""
    then, today = owed(taipei=500), owed(new_taipei=430, taipei=480, lienchiang=9)
    unknown: Any = {"payable_persons": {TAOYUAN: "…"}, "paid_persons": {TAOYUAN: "…"}}
    then = {measure: {**then[measure], **unknown[measure]} for measure in then}
    later = owed(new_taipei=600, taipei=600)
    made = [
        making.payment_rate(THEN, [BEFORE], then, making.Form(total=False)),
        making.payment_rate(TODAY, [BEFORE, NOW], by_period={NOW: today, BEFORE: later}),
    ]
    data_dir: Path = tmp_path_factory.mktemp("differences")
    office = Office(Settings(data_dir=data_dir))
    receipts = office.receive([Incoming(one.file_name, one.content, None) for one in made], "測試")
    office.ledger.close()
    assert not [receipt.findings for receipt in receipts if receipt.is_refused]
    return Door(data_dir).current()


def difference(db: Warehouse, against: Against = EQUAL, county_code: str | None = None, look: Look = PLAIN) -> Exhibit:
    county = county_coded(county_code) if county_code else None
    return exhibits.payment_rate_difference(db, NOW, TODAY, Population.ALL, Basis.PERSONS, against, county, look)


def average(db: Warehouse, year: int, base: Compare | FullYear, county_code: str | None = None) -> Exhibit:
    county = county_coded(county_code) if county_code else None
    return exhibits.average_rate_difference(db, FullYear(year), Population.ALL, base, county)


def changes(exhibit: Exhibit) -> dict[str, str]:
    (column,) = (one for one in exhibit.table.columns if one.key == "change")
    return {row["county"]: column.text(row) for row in exhibit.table.rows()}


def data(exhibit: Exhibit) -> list[Any]:
    assert exhibit.chart
    go.Figure(exhibit.chart.drawing.as_file)
    return list(exhibit.chart.drawing.data)


def test_at_equal_age_the_base_is_taken_from_the_snapshot_as_many_months_after_it_fell_due(small: Warehouse) -> None:
    found = changes(difference(small))
    assert (found["新北市"], found["臺北市"], found["臺中市"]) == ("+3.00", "-2.00", "0.00")


def test_as_of_the_same_snapshot_the_base_has_had_a_year_more_to_pay(small: Warehouse) -> None:
    found = changes(difference(small, SAME_DAY))
    assert (found["新北市"], found["臺北市"]) == ("-17.00", "-12.00")
    assert any("屆期後月數不同" in note for note in difference(small, SAME_DAY).notes)


def test_both_days_both_ages_and_both_reports_are_stated(small: Warehouse) -> None:
    exhibit = difference(small)
    assert "113年1-2月（資料截止 113年5月31日，屆期後 1 個月）" in exhibit.finding
    assert "112年1-2月（資料截止 112年5月31日，屆期後 1 個月）" in exhibit.finding
    assert [source.as_of for source in exhibit.sources] == [TODAY, THEN]
    assert exhibit.chart
    assert "112年5月31日" in exhibit.chart.drawing.printed["title"]["text"]
    assert "屆期後 13 個月" in difference(small, SAME_DAY).finding
    assert [source.as_of for source in difference(small, SAME_DAY).sources] == [TODAY]


def test_the_title_says_how_many_rose_and_fell_and_who_most_but_for_small_denominators(small: Warehouse) -> None:
    exhibit = difference(small)
    assert exhibit.title == (
        "113年1-2月較112年1-2月收繳率（按人數）增減：2 縣市上升、1 縣市下降、18 縣市持平；"
        "新北市上升最多 3.00 個百分點，臺北市下降最多 2.00 個百分點"
    )
    assert "連江縣分母少於 30 人" in exhibit.finding
    assert changes(exhibit)["連江縣"] == "＊+50.00"


def test_a_rate_that_rose_although_fewer_paid_is_named(demo: Warehouse) -> None:
    period, as_of = BillingPeriod(Month(2026, 5)), date(2026, 9, 30)
    shown = exhibits.payment_rate_difference(demo, period, as_of, Population.ALL, Basis.PERSONS, EQUAL, None, PLAIN)
    rows = [row for row in shown.table.rows() if row["county_code"]]
    fewer = [row["county"] for row in rows if row["change"] > 0 and row["numerator"] < row["base_numerator"]]
    assert "苗栗縣" in fewer
    told = shown.finding.split("比率上升但已繳人數減少")[0]
    assert all(name in told for name in fewer) or f"{len(fewer)} 縣市" in told


def test_a_county_missing_in_one_period_is_grey_and_not_zero(small: Warehouse) -> None:
    exhibit = difference(small, county_code=TAOYUAN)
    assert changes(exhibit)["桃園市"] == "…"
    row = next(row for row in exhibit.table.rows() if row["county"] == "桃園市")
    assert (row["numerator"], row["rate"]) == (400, 40.0)
    assert exhibit.selection == "桃園市至少一期無數值，不計算增減。"
    (grey,) = (one for one in data(difference(small)) if one.get("name") == "無數值")
    assert grey["locations"] == [TAOYUAN]
    assert {colour for _, colour in grey["colorscale"]} == {theme.MISSING}


def test_sums_over_different_counties_are_not_compared(small: Warehouse) -> None:
    assert changes(difference(small))["全國"] == "…"
    assert "全國不計算增減" in difference(small).finding
    assert changes(difference(small, SAME_DAY))["全國"].startswith("-")


def test_the_table_shows_both_rates_and_both_fractions(small: Warehouse) -> None:
    row = next(row for row in difference(small).table.rows() if row["county"] == "新北市")
    assert (row["rate"], row["numerator"], row["denominator"]) == (43.0, 430, 1000)
    assert (row["base_rate"], row["base_numerator"], row["base_denominator"]) == (40.0, 400, 1000)
    over = {column.over for column in difference(small).table.columns if column.over}
    assert len(over) == 2


def test_colours_are_symmetric_about_zero_and_not_stretched_by_a_small_denominator(small: Warehouse) -> None:
    coloured = data(difference(small))[0]
    assert (coloured["zmin"], coloured["zmax"]) == (-3.0, 3.0)
    assert [colour for _, colour in coloured["colorscale"]] == list(theme.DIVERGING)
    assert "下降" in coloured["colorbar"]["title"]["text"]
    assert any("色階範圍不計分母較少之縣市" in note for note in difference(small).notes)


@pytest.mark.parametrize("view", list(MapView))
@pytest.mark.parametrize("method", [Classification.EQUAL, Classification.QUANTILE])
def test_classes_of_differences_are_symmetric_and_named(
    small: Warehouse, view: MapView, method: Classification
) -> None:
    exhibit = difference(small, look=(view, method))
    bars = [one["colorbar"] for trace in data(exhibit) for one in (trace, trace.get("marker", {})) if "colorbar" in one]
    entries = [text.split("<br>") for text in bars[0]["ticktext"]]
    assert sum(int(count.removesuffix(" 縣市")) for _, _, count in entries) == 21
    assert [low.lstrip("+-") for low, _, _ in entries] == [high.lstrip("～+-") for _, high, _ in reversed(entries)]
    name = {"equal": "等距分級", "quantile": "分位數分級"}[method]
    assert name in bars[0]["title"]["text"]
    assert any(note.startswith(name) and "正負對稱" in note for note in exhibit.notes)


def test_without_a_snapshot_at_equal_age_it_says_so_and_shows_no_other_day(small: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="沒有112年11-12月屆期後 1 個月的報表"):
        difference(small, (Compare.PREVIOUS, Alignment.EQUAL_AGE))
    with pytest.raises(NotAvailable, match="截至113年5月31日的報表沒有112年11-12月"):
        difference(small, (BETWEEN, Alignment.SAME_SNAPSHOT))


def test_any_two_periods_can_be_compared_but_not_one_with_itself(small: Warehouse) -> None:
    assert changes(difference(small, (BEFORE, Alignment.EQUAL_AGE))) == changes(difference(small))
    with pytest.raises(NotAvailable, match="基期與113年1-2月相同"):
        difference(small, (NOW, Alignment.EQUAL_AGE))


@pytest.mark.parametrize(
    ("period", "compare", "base"),
    [
        (Month(2012, 1), Compare.PREVIOUS, "100年12月"),
        (Month(2011, 12), Compare.PREVIOUS, "100年10-11月"),
        (Month(2010, 2), Compare.YEAR_BEFORE, "98年2-3月"),
    ],
)
def test_the_period_before_follows_what_the_law_billed_together(
    small: Warehouse, period: Month, compare: Compare, base: str
) -> None:
    with pytest.raises(NotAvailable, match=f"沒有{base}"):
        exhibits.payment_rate_difference(
            small, BillingPeriod(period), TODAY, Population.ALL, Basis.PERSONS, (compare, Alignment.EQUAL_AGE)
        )


@pytest.mark.parametrize(
    ("period", "compare"), [(Month(2012, 1), Compare.YEAR_BEFORE), (BillingPeriod.FIRST, Compare.PREVIOUS)]
)
def test_where_other_months_were_billed_together_there_is_no_base(
    small: Warehouse, period: Month, compare: Compare
) -> None:
    with pytest.raises(NotAvailable, match="沒有對應的前期"):
        exhibits.payment_rate_difference(
            small, BillingPeriod(period), TODAY, Population.ALL, Basis.PERSONS, (compare, Alignment.EQUAL_AGE)
        )


def test_what_hovering_fills_in_is_both_rates_with_their_fractions(small: Warehouse) -> None:
    coloured = data(difference(small))[0]
    told = dict(zip(coloured["locations"], coloured["customdata"], strict=True))
    assert told[NEW_TAIPEI] == ["+3.00", "43.00", "430", "1,000", "40.00", "400", "1,000"]
    assert dict(zip(coloured["locations"], coloured["text"], strict=True))[NEW_TAIPEI] == "新北市 +3.00 個百分點"


# --- the average rate


def test_a_change_that_rounding_would_hide_keeps_its_sign(demo: Warehouse) -> None:
    exhibit = average(demo, 2025, Compare.YEAR_BEFORE, "68000")
    assert changes(exhibit)["桃園市"] == "+0.003"
    assert exhibit.selection == "桃園市由 55.33 % 變為 55.33 %，增減 +0.003 個百分點。"
    assert exhibit.title.startswith("114年較113年平均繳費率（按金額）增減：7 縣市上升、15 縣市下降")


def test_any_year_can_be_the_base_and_differences_add_up(demo: Warehouse) -> None:
    one, other, both = (
        {row["county"]: row["change"] for row in average(demo, year, FullYear(base)).table.rows()}
        for year, base in ((2025, 2024), (2024, 2022), (2025, 2022))
    )
    for county, change in both.items():
        assert one[county] + other[county] == pytest.approx(change, abs=0.011)


def test_a_base_year_that_was_not_reported_is_said_to_be_missing(demo: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="107年的平均繳費率報表，無法比較"):
        average(demo, 2019, Compare.YEAR_BEFORE)
    with pytest.raises(NotAvailable, match="基期與114年相同"):
        average(demo, 2025, FullYear(2025))


def test_the_map_of_changes_agrees_with_the_column_of_the_average_rates_own_map(demo: Warehouse) -> None:
    plain = exhibits.average_rate_map(demo, FullYear(2025), Population.ALL)
    column = next(column for column in plain.table.columns if column.key == "change")
    assert {row["county"]: column.text(row) for row in plain.table.rows()} == changes(
        average(demo, 2025, Compare.YEAR_BEFORE)
    )
