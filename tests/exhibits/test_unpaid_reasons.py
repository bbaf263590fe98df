"""Reasons for not paying on small reports: shares, order, what is missing, what is said beside them."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard import answers, exhibits
from dashboard.charts import theme
from dashboard.domain import reason_words
from dashboard.domain.counties import counties
from dashboard.domain.kinds import Display, Kind, Reason, ReasonOrder, Span
from dashboard.domain.periods import FullYear, HalfYear
from dashboard.domain.reason_reference import remedies
from dashboard.exhibits import Exhibit, NotAvailable, reason_remedies, unpaid_reasons, unpaid_reasons_over_time
from dashboard.warehouse import Warehouse
from tests import making, plain
from tests.reasons import H113, H114, LIENCHIANG, NEW_TAIPEI, TAICHUNG, TAIPEI, TAOYUAN, Y113, reports, warehouse_of

BEFORE_CORRECTION = date(2025, 11, 2)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return warehouse_of(tmp_path_factory.mktemp("reasons"), reports())


def rows(exhibit: Exhibit) -> dict[str, dict[str, Any]]:
    return {str(row["county"]): dict(row) for row in exhibit.table.rows()}


def cell(exhibit: Exhibit, county: str, key: str) -> str:
    (column,) = (one for one in exhibit.table.columns if one.key == key)
    return column.text(rows(exhibit)[county])


def traces(exhibit: Exhibit, **wanted: object) -> list[dict[str, Any]]:
    assert exhibit.chart
    return [one for one in exhibit.chart.drawing.data if all(one.get(key) == value for key, value in wanted.items())]


# --- shares


def test_a_share_is_the_reasons_persons_over_all_six(made: Warehouse) -> None:
    shown = unpaid_reasons(made, H114)
    assert [cell(shown, "新北市", f"{reason}_pct") for reason in Reason] == [
        "50.0",
        "23.3",
        "16.7",
        "6.7",
        "2.0",
        "1.3",
    ]
    assert cell(shown, "新北市", "total") == "300"


def test_the_nation_is_the_ratio_of_sums_over_the_counties_reported(made: Warehouse) -> None:
    # 17 usual counties, 新北市 300, 臺中市 150, 連江縣 10, 桃園市 nobody; 臺北市 is not reported.
    shown = unpaid_reasons(made, H114)
    nation = rows(shown)["全國"]
    assert (nation["hardship_persons"], nation["total"]) == (17 * 120 + 150 + 60 + 2, 17 * 300 + 300 + 150 + 10)
    assert cell(shown, "全國", "hardship_pct") == "40.5"
    assert any("臺北市" in note and "全國未含" in note for note in shown.notes)


def test_shares_are_rounded_one_by_one_and_a_note_says_that_they_may_add_to_more_or_less(made: Warehouse) -> None:
    shown = unpaid_reasons(made, Y113)
    printed = [float(cell(shown, "新北市", f"{reason}_pct")) for reason in Reason]
    assert printed == [40.0, 33.3, 16.7, 6.7, 2.0, 1.3]
    assert reason_words.ROUNDING_NOTE in shown.notes


def test_the_title_names_the_nations_main_reason_and_the_county_farthest_from_it(made: Warehouse) -> None:
    # 不想繳 1,828 of 5,560 nationwide is 32.88 %; 新北市 has 23.33 %. 連江縣 has 80 % but only ten persons.
    title = unpaid_reasons(made, H114).title
    assert title == (
        "114年上半年未繳費原因：全國以「經濟困難」最多，占 40.5 %；"
        "與全國相差最大者為新北市（不想繳低於全國 9.5 個百分點）"
    )


def test_where_all_counties_are_alike_none_is_called_farthest(made: Warehouse) -> None:
    assert unpaid_reasons(made, H113).title == "113年上半年未繳費原因：全國以「經濟困難」最多，占 40.0 %"


# --- missing, zero, small


def test_a_county_not_reported_is_grey_and_never_zero(made: Warehouse) -> None:
    shown = unpaid_reasons(made, H114)
    assert [cell(shown, "臺北市", key) for key in ("hardship_pct", "hardship_persons", "total")] == ["…"] * 3
    (row_bars,) = [one for one in traces(shown, type="bar") if "未提報" in one["text"]]
    place = row_bars["ids"].index(TAIPEI.county_code)
    assert (row_bars["text"][place], row_bars["marker"]["opacity"][place]) == ("未提報", 1)
    assert sum(row_bars["marker"]["opacity"]) == 1
    assert not any(TAIPEI.county_code in one["ids"] for one in traces(shown, name="經濟困難") if "ids" in one)


def test_a_county_where_nobody_is_counted_has_no_shares_but_zero_persons(made: Warehouse) -> None:
    shown = unpaid_reasons(made, H114)
    assert cell(shown, "桃園市", "hardship_pct") == "--"
    assert cell(shown, "桃園市", "hardship_persons") == "0"
    assert any("桃園市合計為零" in note for note in shown.notes)
    assert unpaid_reasons(made, H114, county=TAOYUAN).selection == "桃園市：--　無未補繳者。"


def test_a_share_over_few_persons_is_marked_and_at_no_end(made: Warehouse) -> None:
    shown = unpaid_reasons(made, H114, order=ReasonOrder.UNWILLING)
    assert cell(shown, "連江縣", "unwilling_pct") == "＊80.0"
    assert "不想繳占比以17 縣市 33.3 %最高" not in shown.finding, "臺中市 is exactly as high as the usual ones"
    assert "不想繳占比以18 縣市 33.3 %最高，新北市 23.3 %最低" in shown.finding
    assert "連江縣分母少於 30 人" in shown.finding


def test_a_county_with_one_reason_not_reported_is_missing_as_a_whole(tmp_path: Path) -> None:
    form = making.Form(edit={"B8": "…"})
    made = warehouse_of(tmp_path, [making.unpaid_reasons(H113, {"unaware_persons": {"63000": "…"}}, form)])
    shown = unpaid_reasons(made, H113)
    assert [cell(shown, "臺北市", key) for key in ("hardship_persons", "hardship_pct", "total")] == ["120", "…", "…"]
    assert cell(shown, "臺北市", "largest") == "未完整提報"
    assert rows(shown)["全國"]["total"] == 21 * 300


def test_a_report_in_which_nobody_is_counted_shows_nothing(tmp_path: Path) -> None:
    made = warehouse_of(tmp_path, [making.unpaid_reasons(H113, {reason.measure: 0 for reason in Reason})])
    with pytest.raises(NotAvailable):
        unpaid_reasons(made, H113)


# --- order


def order_of(shown: Exhibit) -> list[str]:
    return shown.table.frame["county"].tolist()


def test_official_order_is_that_of_official_tables_below_the_nation(made: Warehouse) -> None:
    assert order_of(unpaid_reasons(made, H114)) == ["全國", *(county.name for county in counties())]


def test_sorted_by_share_equal_ones_keep_official_order_and_those_without_come_last(made: Warehouse) -> None:
    found = order_of(unpaid_reasons(made, H114, Display.SHARES, ReasonOrder.UNWILLING))
    assert found[:4] == ["全國", "連江縣", "臺中市", "臺南市"], "臺中市 has 50 of 150, exactly the usual third"
    assert found[-3:] == ["新北市", "臺北市", "桃園市"]


def test_sorted_by_persons_half_as_many_stand_below(made: Warehouse) -> None:
    found = order_of(unpaid_reasons(made, H114, Display.COUNTS, ReasonOrder.UNWILLING))
    assert found[1] == "臺南市"
    assert found[-5:] == ["新北市", "臺中市", "連江縣", "臺北市", "桃園市"]


def test_the_reason_that_counties_are_sorted_by_stands_on_the_common_line(made: Warehouse) -> None:
    shown = unpaid_reasons(made, H114, order=ReasonOrder.UNAWARE)
    first = traces(shown, type="bar")[0]
    assert (first["name"], first["base"]) == ("不知道要繳", [0])


# --- known when


def test_before_the_correction_was_received_the_first_version_counts(made: Warehouse) -> None:
    before = unpaid_reasons(made, H114, known_on=BEFORE_CORRECTION)
    assert rows(before)["新北市"]["hardship_persons"] == 120
    assert rows(unpaid_reasons(made, H114))["新北市"]["hardship_persons"] == 150
    assert unpaid_reasons(made, H114).sources[0].sentence.endswith("更正原因：漏列")


def test_a_period_without_report_is_a_case_of_its_own(made: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="114年全年度"):
        unpaid_reasons(made, FullYear(2025))
    with pytest.raises(NotAvailable):
        unpaid_reasons(made, H114, known_on=date(2025, 9, 21))
    with pytest.raises(NotAvailable):
        unpaid_reasons_over_time(made, Span.HALF_YEARS, known_on=date(2020, 1, 1))


def test_the_periods_to_choose_from_are_of_one_span_newest_first(made: Warehouse) -> None:
    assert exhibits.unpaid_reason_periods(made, Span.HALF_YEARS) == (H114, H113)
    assert exhibits.unpaid_reason_periods(made, Span.FULL_YEARS) == (Y113,)


# --- beside them


def test_the_six_reasons_are_held_against_the_visits_of_the_same_period(made: Warehouse) -> None:
    assert any(
        "臺中市（未繳費原因合計 150 人，訪視成功減補繳為 300 人）" in note for note in unpaid_reasons(made, H114).notes
    )
    assert any("尚未收到，無從核對" in note for note in unpaid_reasons(made, H113).notes)


def test_published_shares_are_shown_beside_the_report_they_belong_to_only(demo: Warehouse) -> None:
    (note,) = (one for one in unpaid_reasons(demo, FullYear(2025)).notes if one.startswith("參考"))
    assert "不想繳 40 %、不知道要繳 24 %、經濟困難 37 %" in note
    assert not [one for one in unpaid_reasons(demo, HalfYear(2025, 1)).notes if one.startswith("參考")]


def test_every_reason_has_its_remedy_beside_it_called_a_proposal(made: Warehouse) -> None:
    shown = reason_remedies(made, H114, county=NEW_TAIPEI)
    remedy = {row["reason"]: row["remedy"] for row in shown.table.rows()}
    assert remedy == {reason_words.LABELS[reason]: remedies()[reason].remedy for reason in Reason}
    assert "（建議）" in shown.title
    assert len(shown.assumptions) == 6
    assert all(one.startswith("假設：") for one in shown.assumptions)
    hover = traces(unpaid_reasons(made, H114), name="經濟困難")[0]["hovertemplate"]
    assert "".join(hover.split("<br>")).count(remedies()[Reason.HARDSHIP].remedy) == 1


def test_the_remedies_stand_by_the_nations_persons_and_say_where_a_reason_is_the_main_one(made: Warehouse) -> None:
    frame = reason_remedies(made, H114).table.frame
    assert frame["reason"].tolist()[:3] == ["經濟困難", "不想繳", "不知道要繳"]
    assert frame["largest_in"].tolist() == [19, 1, 0, 0, 0, 0], "連江縣 is the one; 臺北市 and 桃園市 have none"


def test_a_selected_county_is_framed_and_told_against_the_nation(made: Warehouse) -> None:
    shown = unpaid_reasons(made, H114, county=NEW_TAIPEI)
    assert shown.chart
    assert len(shown.chart.drawing.layout["shapes"]) == 1
    assert shown.selection == "新北市以「經濟困難」最多，占 50.0 %；不想繳低於全國 9.5 個百分點，差異最大。"
    assert "▶ 新北市" in shown.chart.drawing.layout["yaxis"]["ticktext"][0]


# --- over time


def test_half_years_and_full_years_are_never_in_one_series(made: Warehouse) -> None:
    halves = unpaid_reasons_over_time(made, Span.HALF_YEARS)
    assert halves.table.frame["period"].tolist() == ["114年上半年", "113年上半年"]
    years = unpaid_reasons_over_time(made, Span.FULL_YEARS)
    assert years.table.frame["period"].tolist() == ["113年全年度"]
    assert all(one["type"] == "bar" for one in traces(halves)), "nothing connects one period with the next"


def test_a_year_without_report_is_a_grey_gap_between_its_neighbours(tmp_path: Path) -> None:
    made = warehouse_of(tmp_path, [making.unpaid_reasons(HalfYear(2022, 1)), making.unpaid_reasons(H113)])
    shown = unpaid_reasons_over_time(made, Span.HALF_YEARS)
    assert shown.table.frame["total"].isna().tolist() == [False, True, False]
    (gap,) = traces(shown, type="bar", name=None)
    assert (gap["x"], gap["text"], gap["marker"]["opacity"]) == ([1], ["未<br>收<br>到"], [1])
    assert traces(shown, name="經濟困難")[0]["x"] == [0, 2]


def test_a_county_not_reported_leaves_a_gap_in_its_own_panel(made: Warehouse) -> None:
    shown = unpaid_reasons_over_time(made, Span.HALF_YEARS, county=TAIPEI)
    nation, county = (one for one in traces(shown, type="bar") if one["marker"]["color"] == theme.MISSING)
    assert (nation["x"], county["x"], county["text"]) == ([], [1], ["未<br>提<br>報"])
    assert "臺北市：114年上半年未提報。" in shown.selection


def test_since_the_first_period_the_change_is_told_with_its_sign(made: Warehouse) -> None:
    # 經濟困難: 40 % then, 2,252 of 5,560 = 40.50 % now; 不想繳 fell by 0.46.
    assert unpaid_reasons_over_time(made, Span.HALF_YEARS).title == (
        "歷年上半年未繳費原因：114年上半年全國以「經濟困難」最多，占 40.5 %；"
        "自113年上半年以來變動最大為經濟困難 +0.5 個百分點"
    )


# --- the sample once more, in plain loops


@pytest.mark.parametrize("period", [HalfYear(2026, 1), FullYear(2022)])
def test_every_share_of_the_sample_agrees_with_plain_loops(demo: Warehouse, period: HalfYear | FullYear) -> None:
    stated: dict[str, dict[str, int]] = {}
    for row in answers.figures(demo, Kind.UNPAID_REASONS).to_dict("records"):
        if row["period"] == period.iso:
            stated.setdefault(row["county_code"], {})[row["measure"]] = row["value"]
    shown = unpaid_reasons(demo, period)
    for shown_row in shown.table.rows()[1:]:
        persons = stated[shown_row["county_code"]]
        total = 0
        for value in persons.values():
            total += value
        assert shown_row["total"] == total
        for reason in Reason:
            share = plain.percent(persons[f"{reason}_persons"], total)
            assert share is not None
            assert shown_row[f"{reason}_pct"] == float((share * 10 + Fraction(1, 2)).__floor__()) / 10
            assert shown_row[f"{reason}_persons"] == persons[f"{reason}_persons"]


@pytest.mark.parametrize("shown", list(Display))
def test_the_drawings_are_what_the_drawing_library_takes(made: Warehouse, demo: Warehouse, shown: Display) -> None:
    drawn = [
        unpaid_reasons(made, H114, shown, ReasonOrder.HARDSHIP, TAIPEI),
        reason_remedies(made, H114, shown, ReasonOrder.HARDSHIP, LIENCHIANG),
        exhibits.reason_changes(made, H114, shown, ReasonOrder.HARDSHIP, TAICHUNG),
        exhibits.reason_changes(made, Y113, shown, ReasonOrder.HARDSHIP, TAICHUNG),
        unpaid_reasons_over_time(demo, Span.HALF_YEARS, shown, TAICHUNG),
    ]
    for one in drawn:
        assert one.chart
        go.Figure(one.chart.drawing.as_file)
        assert one.table.frame["county_code"].notna().all()
