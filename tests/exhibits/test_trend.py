"""Trends of small reports, with figures worked out by hand: gaps, equal age, sums, what was known when."""

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard import exhibits, markup
from dashboard.charts import theme
from dashboard.domain.counties import County, county_coded
from dashboard.domain.kinds import Population
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.exhibits import Exhibit, NotAvailable
from dashboard.warehouse import Door, Warehouse
from tests import making
from tests.making import Made
from tests.submitting import hand_in, incoming, office_at

PERSONS = "payment_rate_persons_pct"
BEFORE, NEWEST = (BillingPeriod(Month(year, 1)) for year in (2023, 2024))  # due in April
EARLY, LATE = date(2023, 5, 31), date(2024, 5, 31)  # one month after they fell due
NEW_TAIPEI, TAIPEI, LIENCHIANG, HUALIEN = "65000", "63000", "09007", "10015"
UNKNOWN = {"payable_persons": {HUALIEN: "…"}, "paid_persons": {HUALIEN: "…"}}


def warehouse(data_dir: Path, *files: Made) -> Warehouse:
    batch = [dataclasses.replace(incoming(one.file_name, one.content), acknowledged="測試用之數值") for one in files]
    receipts = hand_in(office_at(data_dir), *batch)
    assert all(receipt.outcome != "refused" for receipt in receipts), [receipt.findings for receipt in receipts]
    return Door(data_dir).current()


@pytest.fixture(scope="module")
def payments(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """112年1-2月 stood at 30 of 100 after a month and at 50 a year later, 113年1-2月 at 40 of 100 after a month.

    But of 113年1-2月 900 of 1,000 had paid in 新北市, and nobody owed anything in 連江縣.
    """
    newest = {
        "payable_persons": {NEW_TAIPEI: 1000, LIENCHIANG: 0},
        "paid_persons": {NEW_TAIPEI: 900, LIENCHIANG: 0},
        "原住民:payable_persons": {LIENCHIANG: 0},
        "原住民:paid_persons": {LIENCHIANG: 0},
    }
    return warehouse(
        tmp_path_factory.mktemp("payments"),
        making.payment_rate(EARLY, [BEFORE], {"paid_persons": 30}),
        making.payment_rate(LATE, [BEFORE, NEWEST], by_period={BEFORE: {"paid_persons": 50}, NEWEST: newest}),
    )


def trend(db: Warehouse, measure: str = PERSONS, age: int | None = None, *codes: str, **more: Any) -> Exhibit:
    chosen: tuple[County, ...] = tuple(map(county_coded, codes))
    return exhibits.trend(db, measure, Population.ALL, age, more.pop("years", 10), chosen, **more)


def traces(exhibit: Exhibit, label: str) -> list[dict[str, Any]]:
    assert exhibit.chart is not None
    return [trace for trace in exhibit.chart.drawing.data if trace.get("name") == label]


def column(exhibit: Exhibit, key: str) -> dict[str, str]:
    shown = next(one for one in exhibit.table.columns if one.key == key)
    return {row["period"]: shown.text(row) for row in exhibit.table.rows()}


def notes(exhibit: Exhibit) -> str:
    return "".join(exhibit.notes)


# --- billing periods


def test_the_nation_is_the_ratio_of_sums_and_not_the_mean_of_rates(payments: Warehouse) -> None:
    # 20 counties with 40 of 100, 新北市 with 900 of 1,000, 連江縣 with none of none: 1,700 of 3,000.
    exhibit = trend(payments)
    assert column(exhibit, "nation")["113年1-2月"] == "56.67"
    assert column(exhibit, "nation_part")["113年1-2月"] == "1,700"
    assert column(exhibit, "nation_whole")["113年1-2月"] == "3,000"
    # The six municipalities: 1,100 of 1,500.
    assert column(exhibit, "group_0")["113年1-2月"] == "73.33"


def test_a_period_that_no_report_shows_is_a_gap_in_its_place(payments: Warehouse) -> None:
    exhibit = trend(payments)
    settled, young = traces(exhibit, "全國")
    assert settled["y"] == [50.0, None, None, None, None, None, None]
    assert young["y"] == [None, None, None, None, None, None, 56.67]
    assert settled["connectgaps"] is False
    assert column(exhibit, "remark")["112年3-4月"] == "無報表"
    assert settled["x"] == [1, 3, 5, 7, 9, 11, 13]


def test_an_immature_period_stands_in_the_other_ink_open_and_the_notes_say_why(payments: Warehouse) -> None:
    exhibit = trend(payments, PERSONS, None, TAIPEI)
    for label in ("全國", "臺北市"):
        settled, young = traces(exhibit, label)
        assert young["line"]["color"] == young["marker"]["color"] == theme.PROVISIONAL != settled["line"]["color"]
        assert all(symbol.endswith("-open") for symbol in young["marker"]["symbol"])
        assert young["line"]["dash"] != settled["line"]["dash"]
    assert "113年1-2月屆期未久" in notes(exhibit)
    assert column(exhibit, "remark")["113年1-2月"] == "屆期未久"
    assert any("屆繳費期限未滿 12 個月" in one for one in exhibit.assumptions)


def test_equal_age_takes_each_period_from_the_snapshot_of_its_own_that_is_as_old(payments: Warehouse) -> None:
    latest, equal = trend(payments), trend(payments, PERSONS, 1)
    assert column(latest, "nation")["112年1-2月"] == "50.00"
    assert column(equal, "nation")["112年1-2月"] == "30.00"
    assert column(equal, "as_of")["112年1-2月"] == "112年5月31日"
    assert column(equal, "nation")["113年1-2月"] == "56.67"
    (line,) = traces(equal, "全國")
    assert theme.PROVISIONAL not in str(line), "all are equally old, none is younger than another"
    assert "屆期後滿 1 個月" in notes(equal)


def test_a_period_without_a_snapshot_of_that_age_is_a_gap(payments: Warehouse) -> None:
    exhibit = trend(payments, PERSONS, 13)
    assert column(exhibit, "nation")["112年1-2月"] == "50.00"
    assert column(exhibit, "nation")["113年1-2月"] == "…"
    assert column(exhibit, "remark")["113年1-2月"] == "尚未屆期滿 13 個月"
    assert column(exhibit, "remark")["112年3-4月"] == "尚未屆期滿 13 個月"
    with pytest.raises(NotAvailable, match="屆期後 7 個月"):
        trend(payments, PERSONS, 7)


@pytest.mark.parametrize("age", [None, 1])
def test_the_title_compares_with_the_year_before_at_equal_age_however_periods_are_taken(
    payments: Warehouse, age: int | None
) -> None:
    # 56.67 against 30.00 a month after either fell due, not against the 50.00 of a year later.
    assert "上升 26.67 個百分點" in trend(payments, PERSONS, age).title
    assert "同為屆期後 1 個月" in trend(payments, PERSONS, age).title


def test_a_zero_denominator_is_a_gap_and_no_zero_and_lacks_in_no_sum(payments: Warehouse) -> None:
    exhibit = trend(payments, PERSONS, 1, LIENCHIANG)
    (line,) = traces(exhibit, "連江縣")
    assert line["y"][-1] is None
    assert column(exhibit, LIENCHIANG)["113年1-2月"] == "--"
    assert "未含" not in notes(exhibit)


def test_only_what_was_known_on_a_day_is_shown(payments: Warehouse) -> None:
    exhibit = trend(payments, PERSONS, None, known_on=date(2024, 6, 1))
    assert column(exhibit, "nation") == {"112年1-2月": "30.00"}
    assert [source.as_of for source in exhibit.sources] == [EARLY]
    with pytest.raises(NotAvailable):
        trend(payments, PERSONS, None, known_on=date(2023, 6, 1))


def test_the_hover_box_says_period_age_numerator_and_denominator(payments: Warehouse) -> None:
    (line,) = traces(trend(payments, PERSONS, 1), "全國")
    assert line["text"][-1] == "113年1-2月（屆期後 1 個月）"
    assert line["customdata"][-1] == ["56.67 %", 1700, 3000, ""]
    assert "已繳人數 %{customdata[1]:,} 人" in line["hovertemplate"]
    assert "應繳人數 %{customdata[2]:,} 人" in line["hovertemplate"]


def test_a_sum_that_lacks_a_county_is_marked_and_the_county_named(tmp_path: Path) -> None:
    exhibit = trend(warehouse(tmp_path, making.payment_rate(LATE, [NEWEST], UNKNOWN)), PERSONS, 1, HUALIEN)
    (nation,), (group,), (other,) = (traces(exhibit, label) for label in ("全國", "非直轄市", "直轄市"))
    assert [one["marker"]["symbol"] for one in (nation, group, other)] == [
        ["diamond-open"],
        ["diamond-open"],
        ["circle"],
    ]
    assert column(exhibit, "nation_whole") == {"113年1-2月": "2,100"}
    assert column(exhibit, HUALIEN) == {"113年1-2月": "…"}
    assert "113年1-2月未含花蓮縣" in notes(exhibit)
    assert nation["customdata"][-1][-1] == "<br>未含花蓮縣"


def test_a_year_over_different_counties_is_not_compared(tmp_path: Path) -> None:
    files = making.payment_rate(EARLY, [BEFORE], UNKNOWN), making.payment_rate(LATE, [NEWEST])
    assert "較112年" not in trend(warehouse(tmp_path, *files), PERSONS, 1).title


def test_nothing_further_back_than_the_years_asked_for_and_never_more_than_ten(tmp_path: Path) -> None:
    old = [BillingPeriod(Month(2014, 1)), BillingPeriod(Month(2014, 3)), BillingPeriod(Month(2021, 5))]
    db = warehouse(tmp_path, making.payment_rate(LATE, [*old, NEWEST]))
    # Ten years before the end of May 2024, 113年1-2月 of 2014 was due; the next period fell due within the ten years.
    for years in (10, 50):
        assert trend(db, years=years).table.rows()[-1]["period"] == "103年3-4月"
        assert len(trend(db, years=years).table.rows()) == 60
    assert trend(db, years=3).table.rows()[-1]["period"] == "110年5-6月"


def test_the_finding_names_groups_and_chosen_counties_with_their_change_and_who_stands_highest(
    payments: Warehouse,
) -> None:
    exhibit = trend(payments, PERSONS, 1, TAIPEI, NEW_TAIPEI)
    for part in ("直轄市 73.33 %（+43.33）", "臺北市 40.00 %（+10.00）", "新北市 90.00 %（+60.00）", "單位：個百分點"):
        assert part in exhibit.finding
    assert "所選縣市以新北市最高、臺北市最低" in exhibit.finding


def test_who_does_not_see_the_chart_is_told_its_lines_and_its_events(payments: Warehouse) -> None:
    exhibit = trend(payments, PERSONS, None, TAIPEI)
    assert exhibit.chart
    assert "4 條線：全國、直轄市、非直轄市、臺北市" in exhibit.chart.alt
    assert "標示事件：①補助保險費、②作業原則" in exhibit.chart.alt


def test_no_row_of_a_period_looks_like_the_nations(payments: Warehouse) -> None:
    assert 'class="nation"' not in markup.table(trend(payments).table)
    panels = exhibits.small_multiples(payments, PERSONS, Population.ALL, None, 10)
    assert markup.table(panels.table).count('class="nation"') == 1


# --- other rhythms


def test_years_are_set_side_by_side_and_their_change_is_taken_from_exact_amounts(tmp_path: Path) -> None:
    db = warehouse(
        tmp_path,
        making.average_rate(2022),
        making.average_rate(2023, {"received_twd": 100_002}),
        making.average_rate(2024, {"received_twd": {TAIPEI: 120_000}}),
    )
    average, change = (trend(db, key, None, TAIPEI) for key in ("average_rate_pct", "rate_change_pp"))
    assert column(average, TAIPEI) == {"113年": "60.00", "112年": "50.00", "111年": "50.00"}
    # Growth that two decimals would hide: 2 of 200,000 are 0.001 points; 60 − 50.001 rounds to 10.
    assert column(change, TAIPEI) == {"113年": "+10.00", "112年": "+0.001", "111年": "…"}
    assert "112年4-12月" in notes(average)


def test_a_half_year_is_no_part_of_the_full_year_and_never_beside_it(tmp_path: Path) -> None:
    db = warehouse(
        tmp_path,
        making.visits(FullYear(2023)),
        making.visits(HalfYear(2023, 1), {"visited_persons": 500, "successful_persons": 300}),
        making.visits(HalfYear(2024, 1), {"visited_persons": 400, "successful_persons": 300}),
    )
    full, half = (trend(db, key) for key in ("success_rate_pct", "success_rate_first_half_pct"))
    assert column(full, "nation") == {"112年": "50.00"}
    assert column(half, "nation") == {"113年上半年": "75.00", "112年上半年": "60.00"}
    assert "不得以相減推得下半年" in notes(half)
    assert "completion_rate_second_half_pct" not in [one.key for one in exhibits.TREND_MEASURES]


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return warehouse(
        tmp_path_factory.mktemp("months"),
        making.collection(Month(2024, 1)),
        making.collection(Month(2024, 3), {"dunned_persons": {NEW_TAIPEI: 480, HUALIEN: "…"}}),
    )


def test_of_counts_nation_and_groups_are_means_so_that_a_county_is_not_flattened(months: Warehouse) -> None:
    exhibit = trend(months, "dunned_persons", None, NEW_TAIPEI)
    # 21 of 22 reported: 480 + 20 × 40 = 1,280; the usual month has 22 × 40 = 880.
    assert column(exhibit, "nation_part") == {"113年3月": "1,280", "113年2月": "…", "113年1月": "880"}
    assert column(exhibit, "nation") == {"113年3月": "61.0", "113年2月": "…", "113年1月": "40.0"}
    assert column(exhibit, NEW_TAIPEI) == {"113年3月": "480", "113年2月": "…", "113年1月": "40"}
    (line,) = traces(exhibit, "全國平均")
    assert line["y"] == [40.0, None, 61.0]
    assert line["marker"]["symbol"] == ["circle", "circle", "diamond-open"]
    assert "平均每縣市" in notes(exhibit)
    assert "沒有報表：113年2月" in notes(exhibit)


def test_small_multiples_of_counts_are_indices_of_each_countys_own_mean(months: Warehouse) -> None:
    exhibit = exhibits.small_multiples(months, "dunned_persons", Population.ALL, None, 10)
    line = traces(exhibit, "新北市")[0]
    assert line["y"] == [15.4, None, 184.6]  # 40 and 480 of their mean 260
    assert exhibit.chart
    nation = exhibit.chart.drawing.data[0]
    assert nation["y"] == [100.0, None, None], "a sum that lacks a county has no index"
    new_taipei = next(row for row in exhibit.table.rows() if row["county"] == "新北市")
    assert (new_taipei["value"], new_taipei["low"], new_taipei["high"], new_taipei["mean"]) == (480, 40, 480, 260.0)


# --- small multiples


def test_small_multiples_have_22_panels_that_say_and_choose_their_county(payments: Warehouse) -> None:
    chosen = (county_coded(TAIPEI),)
    exhibit = exhibits.small_multiples(payments, PERSONS, Population.ALL, None, 10, chosen)
    assert exhibit.chart
    drawing = exhibit.chart.drawing
    go.Figure(drawing.as_file)
    markers = [one for one in drawing.data if one.get("meta") == {"pick": True} and one["mode"] == "markers"]
    assert [one["ids"] for one in markers][:2] == [[NEW_TAIPEI], [TAIPEI]]
    assert len(markers) == 22
    assert markers[1]["hovertext"] == "臺北市 113年1-2月 40.00 %"
    assert {one["marker"]["color"][0] for one in markers if one["name"] != "連江縣"} == {theme.PROVISIONAL}
    names = [note["text"] for note in drawing.layout["annotations"]]
    assert "<b>▶ 臺北市</b>" in names
    assert "<b>新北市</b>" in names


def test_the_table_of_small_multiples_compares_at_equal_age_and_says_lowest_and_highest_of_mature_periods(
    payments: Warehouse,
) -> None:
    exhibit = exhibits.small_multiples(payments, PERSONS, Population.ALL, None, 10)
    assert len(exhibit.table.frame) == 23
    cells = {row["county"]: [column.text(row) for column in exhibit.table.columns] for row in exhibit.table.rows()}
    assert cells["臺北市"] == ["臺北市", "40.00", "40", "100", "30.00", "+10.00", "50.00", "50.00"]
    assert cells["連江縣"][1:3] == ["--", "0"]
    assert "資料截止 112年5月31日、同為屆期後 1 個月" in notes(exhibit)
    assert "21 縣市" in exhibit.title


# --- what there is to choose from


def test_only_ages_of_at_least_two_periods_can_be_compared(payments: Warehouse) -> None:
    assert exhibits.payment_ages(payments) == (1,)
    assert exhibits.payment_ages(payments, date(2000, 1, 1)) == ()
