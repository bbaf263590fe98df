"""Why a county stands where it does: steps that add up to its total, beside the line of safety."""

from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard import exhibits
from dashboard.domain.counties import county_coded
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import Settings
from dashboard.exhibits import Exhibit, NotAvailable, points_waterfall
from dashboard.receiving import Incoming, Office
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Door, Warehouse
from tests import making

RULE = load_rule("adopted")
YEAR = FullYear(2025)
KAOHSIUNG, NEW_TAIPEI, LIENCHIANG = "64000", "65000", "09007"


def shown(db: Warehouse, code: str) -> Exhibit:
    return points_waterfall(db, YEAR, RULE, county_coded(code))


def bars(exhibit: Exhibit) -> list[dict[str, Any]]:
    assert exhibit.chart
    return [trace for trace in exhibit.chart.drawing.data if trace["type"] == "bar"]


def test_each_bar_begins_where_the_one_above_ended_and_the_last_is_the_total(demo: Warehouse) -> None:
    exhibit = shown(demo, KAOHSIUNG)
    solid, short = bars(exhibit)
    reached = 0.0
    for base, points in list(zip(solid["base"], solid["x"], strict=True))[:-1]:
        assert base == pytest.approx(reached, abs=1e-3)
        reached += points
    assert (solid["base"][-1], solid["x"][-1]) == (0, pytest.approx(reached, abs=1e-3))
    weights = [float(one.weight) for one in RULE.indicators.values()]
    assert [a + b for a, b in zip(solid["x"], short["x"], strict=True)][:-1] == pytest.approx(weights, abs=1e-3)
    assert exhibit.chart
    go.Figure(exhibit.chart.drawing.as_file)


def test_the_table_says_what_the_ranking_says(demo: Warehouse) -> None:
    ranking = exhibits.group_ranking(demo, YEAR, RULE, county_coded(KAOHSIUNG))
    assert ranking.workings
    steps = {row["indicator"]: row for row in ranking.workings.rows()}
    for row in shown(demo, KAOHSIUNG).table.rows():
        expected = steps[row["indicator"]]
        assert row["weighted"] == expected["weighted"]
        assert row["weight"] == expected["weight"]
        if row["indicator"] != "總分":
            assert (row["value"], row["rank"]) == (expected["value"], expected["rank"])


def test_the_county_just_above_is_named_with_its_distance(demo: Warehouse) -> None:
    rows = {row["indicator"]: row for row in shown(demo, KAOHSIUNG).table.rows()}
    ranking = {row["county"]: row for row in exhibits.group_ranking(demo, YEAR, RULE).table.rows()}
    apart = ranking["臺北市"]["success_rate_pct_value"] - ranking["高雄市"]["success_rate_pct_value"]
    assert rows["訪視成功率"]["next"] == "臺北市"
    assert rows["訪視成功率"]["gap"] == f"{apart:.2f} 個百分點"
    assert rows["訪視完成率"]["next"] == "組內第 1 名"
    assert rows["總分"]["next"] == "臺中市"


@pytest.mark.parametrize(("code", "line"), [(KAOHSIUNG, "末段以外最低：臺中市"), (NEW_TAIPEI, "末段中最高：高雄市")])
def test_the_line_of_safety_is_the_nearest_total_on_the_other_side(demo: Warehouse, code: str, line: str) -> None:
    exhibit = shown(demo, code)
    assert exhibit.chart
    layout = exhibit.chart.drawing.layout
    assert line in layout["annotations"][0]["text"]
    total = {row["county"]: row["total"] for row in exhibits.group_ranking(demo, YEAR, RULE).table.rows()}
    drawn = [shape["x0"] for shape in layout["shapes"] if shape["yref"] == "paper"]
    mean = sum(total[county] for county in ("新北市", "臺北市", "桃園市", "臺中市", "臺南市", "高雄市")) / 6
    assert drawn == pytest.approx([total[line.partition("：")[2]], mean], abs=0.01)


def test_a_county_without_a_place_says_why(tmp_path: Path) -> None:
    gap = {
        "visited_persons": {LIENCHIANG: "…"},
        "successful_persons": {LIENCHIANG: "…"},
        "repaid_persons": {LIENCHIANG: "…"},
    }
    files = [making.average_rate(2024), making.average_rate(2025), making.visits(FullYear(2024), gap)]
    office = Office(Settings(data_dir=tmp_path))
    office.receive([Incoming(one.file_name, one.content, None) for one in files], "測試")
    db = Door(tmp_path).current()
    with pytest.raises(NotAvailable, match=r"連江縣114年沒有名次.*缺113年訪視人數"):
        shown(db, LIENCHIANG)
