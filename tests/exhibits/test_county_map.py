"""The map's exhibits on the sample: title, table, chart and words agree."""

from datetime import date

import plotly.graph_objects as go
import pytest

from dashboard import exhibits
from dashboard.domain.counties import county_coded
from dashboard.domain.kinds import Basis, Classification, MapView, Population
from dashboard.domain.periods import BillingPeriod, FullYear
from dashboard.exhibits import Chart, Exhibit, NotAvailable
from dashboard.warehouse import Warehouse

PERIOD = BillingPeriod.from_iso("2024-11/2024-12")
AS_OF = date(2025, 3, 31)
INDIGENOUS = (PERIOD, AS_OF, Population.INDIGENOUS, Basis.PERSONS)
OLD_PERIOD = BillingPeriod.from_iso("2016-03/2016-04")


def payment(db: Warehouse, population: Population = Population.ALL, county_code: str | None = None) -> Exhibit:
    county = county_coded(county_code) if county_code else None
    return exhibits.payment_rate_map(db, PERIOD, AS_OF, population, Basis.PERSONS, county)


def chart(exhibit: Exhibit) -> Chart:
    assert exhibit.chart is not None
    return exhibit.chart


def cells(exhibit: Exhibit, county: str) -> list[str]:
    row = next(row for row in exhibit.table.rows() if row["county"] == county)
    return [column.text(row) for column in exhibit.table.columns]


def test_the_published_indigenous_rate_is_the_nations(demo: Warehouse) -> None:
    assert cells(payment(demo, Population.INDIGENOUS), "全國") == ["－", "全國", "22.86", "26,600", "116,361"]


def test_the_title_says_the_finding_and_agrees_with_the_table(demo: Warehouse) -> None:
    exhibit = payment(demo)
    first, last = exhibit.table.rows()[1], exhibit.table.rows()[-1]
    assert exhibit.title == (
        f"113年11-12月收繳率（按人數）：{first['county']}最高 {first['rate']:.2f} %，"
        f"{last['county']}最低 {last['rate']:.2f} %"
    )


def test_the_table_shows_exactly_what_the_map_colours(demo: Warehouse) -> None:
    exhibit = payment(demo)
    trace = chart(exhibit).drawing.data[0]
    coloured = dict(zip(trace["locations"], trace["z"], strict=True))
    assert coloured == {row["county_code"]: row["rate"] for row in exhibit.table.rows() if row["county_code"]}
    assert len(coloured) == 22


def test_every_exhibit_says_unit_basis_date_source_and_that_it_is_simulated(demo: Warehouse) -> None:
    exhibit = payment(demo)
    assert (exhibit.unit, exhibit.basis, exhibit.as_of, exhibit.is_simulated) == ("%", "按人數", AS_OF, True)
    assert "收件" in exhibit.sources[0].sentence
    assert "模擬資料" in chart(exhibit).drawing.printed["annotations"][0]["text"]
    assert chart(exhibit).alt.startswith("縣市分層設色地圖")


def test_hovering_tells_period_numerator_and_denominator(demo: Warehouse) -> None:
    trace = chart(payment(demo)).drawing.data[0]
    assert "113年11-12月" in trace["hovertemplate"]
    assert "已繳人數 %{customdata[1]} 人" in trace["hovertemplate"]
    assert "應繳人數 %{customdata[2]} 人" in trace["hovertemplate"]
    told = dict(zip(trace["locations"], trace["customdata"], strict=True))
    assert told["65000"] == ["48.55", "224,163", "461,718"]


def test_a_county_where_nobody_owed_has_no_meaning_and_no_place_but_is_not_zero(demo: Warehouse) -> None:
    county = county_coded("09007")
    as_of = date(2026, 5, 31)
    exhibit = exhibits.payment_rate_map(demo, OLD_PERIOD, as_of, Population.INDIGENOUS, Basis.PERSONS, county)
    assert cells(exhibit, "連江縣") == ["－", "連江縣", "--", "0", "0"]
    assert exhibit.selection == "連江縣無數值，不列名次。"
    assert "連江縣" not in exhibit.title
    assert any("未含無數值之連江縣" in note for note in exhibit.notes)
    (grey,) = (one for one in chart(exhibit).drawing.data if one.get("name") == "無數值" and one.get("meta"))
    assert (grey["name"], grey["locations"], grey["text"]) == ("無數值", ["09007"], ["連江縣 無數值"])


def test_a_selected_county_is_told_its_rate_its_rank_and_its_distance_from_the_nation(demo: Warehouse) -> None:
    exhibit = payment(demo, county_code="63000")
    assert exhibit.selection == "臺北市 52.75 %，22 縣市中第 2 名，高於全國 6.56 個百分點。"
    assert exhibit.table.selected == "63000"


def test_the_newest_period_is_said_to_be_immature_and_an_old_one_is_not(demo: Warehouse) -> None:
    assert any("最新一期" in note for note in payment(demo).notes)
    old = exhibits.payment_rate_map(demo, OLD_PERIOD, date(2026, 5, 31), Population.ALL, Basis.PERSONS)
    assert not any("最新一期" in note for note in old.notes)


@pytest.mark.parametrize(("as_of", "is_printed_in_thousands"), [(date(2026, 9, 30), True), (date(2025, 3, 31), False)])
def test_amounts_printed_in_thousands_are_said_to_be_so_precise(
    demo: Warehouse, as_of: date, is_printed_in_thousands: bool
) -> None:
    exhibit = exhibits.payment_rate_map(demo, PERIOD, as_of, Population.ALL, Basis.AMOUNTS)
    assert any("精確至千元" in note for note in exhibit.notes) == is_printed_in_thousands


def test_growth_that_rounds_to_zero_still_shows_its_sign(demo: Warehouse) -> None:
    exhibit = exhibits.average_rate_map(demo, FullYear(2025), Population.ALL, county_coded("68000"))
    assert cells(exhibit, "桃園市")[-1] == "+0.003"
    assert [source.as_of.year for source in exhibit.sources] == [2025, 2024]


def test_the_first_year_has_no_base_and_no_column_of_changes(demo: Warehouse) -> None:
    exhibit = exhibits.average_rate_map(demo, FullYear(2019), Population.ALL)
    assert "change" not in [column.key for column in exhibit.table.columns]
    assert len(exhibit.sources) == 1


@pytest.mark.parametrize("known_on", [date(2010, 1, 1)])
def test_what_was_not_yet_known_is_a_case_with_its_own_sentence(demo: Warehouse, known_on: date) -> None:
    with pytest.raises(NotAvailable, match="113年11-12月保險費收繳率"):
        exhibits.payment_rate_map(demo, PERIOD, AS_OF, Population.ALL, Basis.PERSONS, known_on=known_on)
    with pytest.raises(NotAvailable, match="114年的平均繳費率"):
        exhibits.average_rate_map(demo, FullYear(2025), Population.ALL, known_on=known_on)


def test_choices_are_newest_first_and_only_what_reports_show(demo: Warehouse) -> None:
    choices = exhibits.payment_choices(demo)
    assert list(choices.periods) == sorted(choices.periods, reverse=True)
    assert AS_OF in choices.snapshots[PERIOD]
    assert exhibits.payment_choices(demo, date(2010, 1, 1)).periods == ()
    assert exhibits.average_years(demo)[-1] == FullYear(2019)


def test_one_of_three_persons_is_ranked_first_but_neither_called_highest_nor_left_unmarked(demo: Warehouse) -> None:
    exhibit = payment(demo, Population.INDIGENOUS, "09007")
    assert cells(exhibit, "連江縣") == ["1", "連江縣", "＊33.33", "1", "3"]
    assert cells(exhibit, "金門縣")[2] == "32.43"
    assert exhibit.title == "113年11-12月原住民收繳率（按人數）：金門縣最高 32.43 %，澎湖縣最低 15.83 %"
    assert exhibit.finding.endswith("連江縣分母少於 30 人，未列入最高、最低之比較。")
    assert exhibit.selection.endswith("分母少於 30 人，比率易受個別案件影響。")
    assert "「＊」：分母少於 30 人，比率易受個別案件影響。" in exhibit.notes


@pytest.mark.parametrize("basis", list(Basis))
def test_persons_decide_what_is_small_also_where_amounts_are_shown(demo: Warehouse, basis: Basis) -> None:
    exhibit = exhibits.payment_rate_map(demo, PERIOD, AS_OF, Population.INDIGENOUS, basis)
    assert [row["county"] for row in exhibit.table.rows() if row["is_small"]] == ["連江縣"]


def test_the_average_rate_takes_the_persons_of_its_last_billing_period(demo: Warehouse) -> None:
    exhibit = exhibits.average_rate_map(demo, FullYear(2025), Population.INDIGENOUS)
    assert [row["county"] for row in exhibit.table.rows() if row["is_small"]] == ["連江縣"]
    assert not any(
        row["is_small"] for row in exhibits.average_rate_map(demo, FullYear(2025), Population.ALL).table.rows()
    )


def test_the_threshold_is_an_assumption_with_its_date(demo: Warehouse) -> None:
    (assumption,) = payment(demo).assumptions
    assert assumption.startswith("假設：分母少於 30 人")
    assert assumption.endswith("（115年11月22日起採用）")


@pytest.mark.parametrize("view", list(MapView))
@pytest.mark.parametrize("method", list(Classification))
def test_every_look_shows_the_same_counties_and_can_be_drawn(
    demo: Warehouse, view: MapView, method: Classification
) -> None:
    exhibit = exhibits.payment_rate_map(demo, *INDIGENOUS, county_coded("64000"), (view, method))
    go.Figure(chart(exhibit).drawing.as_file)
    picked = [
        code
        for trace in chart(exhibit).drawing.data
        if trace.get("meta", {}).get("pick")
        for code in trace.get("ids") or trace["locations"]
    ]
    assert sorted(picked) == sorted(row["county_code"] for row in exhibit.table.rows() if row["county_code"])


def test_the_grid_of_cells_is_called_one_and_quotes_no_boundaries(demo: Warehouse) -> None:
    exhibit = exhibits.payment_rate_map(demo, *INDIGENOUS, None, (MapView.TILES, Classification.CONTINUOUS))
    assert chart(exhibit).alt.startswith("縣市等面積格狀圖")
    assert any("等大方格" in note for note in exhibit.notes)
    assert not any("國土測繪中心" in note for note in exhibit.notes)
    assert any("國土測繪中心" in note for note in payment(demo).notes)


def test_classes_state_their_bounds_their_counties_and_which_side_is_closed(demo: Warehouse) -> None:
    exhibit = exhibits.payment_rate_map(demo, *INDIGENOUS, None, (MapView.MAP, Classification.QUANTILE))
    coloured = chart(exhibit).drawing.data[0]
    entries = [text.split("<br>") for text in coloured["colorbar"]["ticktext"]]
    assert [int(count.removesuffix(" 縣市")) for _, _, count in entries] == [5, 4, 5, 4, 4]
    rates = sorted(row["rate"] for row in exhibit.table.rows() if row["county_code"])
    assert (float(entries[0][0]), float(entries[-1][1].lstrip("～"))) == (rates[0], rates[-1])
    assert coloured["colorbar"]["title"]["text"] == "分位數分級（%）"
    assert any(note.startswith("分位數分級：共 5 級") and "含上界" in note for note in exhibit.notes)


def test_a_county_is_in_the_class_whose_bounds_its_rate_lies_between(demo: Warehouse) -> None:
    exhibit = exhibits.payment_rate_map(demo, *INDIGENOUS, None, (MapView.MAP, Classification.EQUAL))
    coloured = chart(exhibit).drawing.data[0]
    bounds = [
        (float(low), float(high.lstrip("～")))
        for low, high, _ in (text.split("<br>") for text in coloured["colorbar"]["ticktext"])
    ]
    rates = {row["county_code"]: row["rate"] for row in exhibit.table.rows()}
    for county_code, nth in zip(coloured["locations"], coloured["z"], strict=True):
        low, high = bounds[nth]
        assert low - 0.01 <= rates[county_code] <= high + 0.01


def test_every_snapshot_lists_the_periods_it_shows_newest_first(demo: Warehouse) -> None:
    choices = exhibits.payment_choices(demo)
    days = list(choices.by_day)
    assert days == sorted(days, reverse=True)
    assert choices.by_day[AS_OF][0] == PERIOD
    for day, periods in choices.by_day.items():
        assert all(day in choices.snapshots[period] for period in periods)
        assert list(periods) == sorted(periods, reverse=True)
