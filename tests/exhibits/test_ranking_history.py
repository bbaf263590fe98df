"""Places over the years on the sample: each year as its own ranking has it."""

from datetime import date

import plotly.graph_objects as go
import pytest

from dashboard import answers, exhibits
from dashboard.domain.counties import county_coded
from dashboard.exhibits import Exhibit, NotAvailable
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Warehouse

RULE = load_rule("adopted")


def history(db: Warehouse, county_code: str | None = None, known_on: date = answers.CURRENT) -> Exhibit:
    return exhibits.ranking_history(db, RULE, county_coded(county_code) if county_code else None, known_on=known_on)


def test_every_year_has_the_places_and_duties_of_its_own_ranking(demo: Warehouse) -> None:
    shown = {row["county_code"]: row for row in history(demo).table.rows()}
    assert len(shown) == 22
    for year in exhibits.ranking_years(demo, RULE):
        for row in exhibits.group_ranking(demo, year, RULE).table.rows():
            assert shown[row["county_code"]][f"place_{year.roc}"] == row["place"]
            assert shown[row["county_code"]][f"report_{year.roc}"] == row["report"]


def test_the_title_counts_the_years_in_the_last_two(demo: Warehouse) -> None:
    exhibit = history(demo)
    most: dict[str, dict[str, int]] = {}
    for year in exhibits.ranking_years(demo, RULE):
        for row in exhibits.group_ranking(demo, year, RULE).table.rows():
            counted = most.setdefault(row["group"], {})
            counted[row["county"]] = counted.get(row["county"], 0) + (row["report"] in {"應提", "試算應提", "免提"})
    for group, years in most.items():
        number = max(years.values())
        names = [county for county, count in years.items() if count == number]
        assert f"{group}列末 2 名最多者" in exhibit.title
        assert f"（{number} 年）" in exhibit.title
        assert all(name in exhibit.title for name in names)


def test_each_year_is_said_to_be_a_trial_or_to_follow_the_draft(demo: Warehouse) -> None:
    exhibit = history(demo)
    assert exhibit.chart
    ticks = exhibit.chart.drawing.layout["xaxis"]["ticktext"]
    assert [tick.partition("<br>")[0] for tick in ticks] == ["110年", "111年", "112年", "113年", "114年", "115年"]
    assert [("試算" in tick, "修正" in tick) for tick in ticks] == [(True, False)] * 2 + [(False, True)] * 4
    assert [column.over for column in exhibit.table.columns][2] == "110年（試算）"


def test_the_drawing_shows_what_the_table_says(demo: Warehouse) -> None:
    exhibit = history(demo, "64000")
    assert exhibit.chart
    go.Figure(exhibit.chart.drawing.as_file)
    rows = {row["county_code"]: row for row in exhibit.table.rows()}
    years = sorted(exhibits.ranking_years(demo, RULE))
    points = [trace for trace in exhibit.chart.drawing.data if trace.get("meta", {}).get("pick")]
    assert sum(len(trace["ids"]) for trace in points) == 22 * len(years)
    for trace in points:
        for county_code, year, place in zip(trace["ids"], trace["x"], trace["y"], strict=True):
            assert rows[county_code][f"place_{years[year].roc}"] == place


def test_a_tie_across_the_cut_has_a_sign_of_its_own_and_an_exempt_county_another(demo: Warehouse) -> None:
    chart = history(demo).chart
    assert chart
    signs = {
        text: symbol
        for trace in chart.drawing.data
        if trace.get("meta", {}).get("pick")
        for text, symbol in zip(trace["text"], trace["marker"]["symbol"], strict=True)
    }
    assert signs["屏東縣 113年第 14 名，待認定"] == "diamond"
    assert signs["桃園市 114年第 6 名，免提"] == "square-open"
    assert signs["高雄市 114年第 5 名，應提"] == "square"
    assert signs["新北市 114年第 1 名"] == "circle"


def test_a_selected_county_reads_its_places_year_by_year(demo: Warehouse) -> None:
    exhibit = history(demo, "64000")
    assert exhibit.selection.startswith("高雄市（直轄市）：110年第 3 名、")
    assert "114年第 5 名" in exhibit.selection
    assert exhibit.table.selected == "64000"
    assert exhibit.chart
    assert exhibit.selection in exhibit.chart.alt


def test_only_years_known_by_then_are_shown(demo: Warehouse) -> None:
    exhibit = history(demo, known_on=date(2023, 12, 19))
    assert exhibit.title.startswith("110年至112年分組名次")
    assert all(source.received_on <= date(2023, 12, 19) for source in exhibit.sources)


def test_without_any_year_it_says_what_is_missing(demo: Warehouse) -> None:
    with pytest.raises(NotAvailable, match="109年未收到108年全年度服務員訪視成效"):
        history(demo, known_on=date(2020, 12, 31))
    with pytest.raises(NotAvailable, match="尚無可排名的年度，無法呈現"):
        history(demo, known_on=date(2010, 1, 1))


def test_every_report_of_every_year_is_quoted_and_the_newest_cut_offs_stand_above(demo: Warehouse) -> None:
    exhibit = history(demo)
    assert len(exhibit.sources) == 7 + 6
    assert exhibit.as_of_line == "資料截止 115年10月31日（服務員訪視成效 115年4月30日），為最近一期"
    assert exhibit.assumptions == RULE.ranking_assumptions()
