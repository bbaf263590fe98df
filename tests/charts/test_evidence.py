"""The pictures of the sample's exhibits: each says by itself finding, unit, basis, sources and selected county."""

from datetime import date

from dashboard import exhibits
from dashboard.domain.counties import county_coded
from dashboard.domain.kinds import Basis, Population
from dashboard.domain.periods import BillingPeriod, FullYear
from dashboard.exhibits import Exhibit
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Warehouse

RULE = load_rule("adopted")
PERIOD = BillingPeriod.from_iso("2024-11/2024-12")


def said(exhibit: Exhibit) -> str:
    """Everything written in a picture, in one line."""
    assert exhibit.chart is not None
    printed = exhibit.chart.drawing.printed
    return "".join([printed["title"]["text"], *(one["text"] for one in printed["annotations"])]).replace("<br>", "")


def payment_map(db: Warehouse, population: Population, county_code: str) -> Exhibit:
    county = county_coded(county_code)
    return exhibits.payment_rate_map(db, PERIOD, date(2025, 3, 31), population, Basis.PERSONS, county)


def test_the_map_says_finding_unit_basis_nation_selected_county_and_source(demo: Warehouse) -> None:
    exhibit = payment_map(demo, Population.ALL, "63000")
    picture = said(exhibit)
    for part in ("最高 ", "最低 ", "單位：%，按人數", "全國 46.19 %", "臺北市 52.75 %", "資料截止 114年3月31日"):
        assert part in picture
    source = exhibit.sources[0]
    assert f"收件第 {source.submission_id} 號" in picture
    assert "製表 114年" in picture
    assert "收件 114年" in picture


def test_a_county_of_three_persons_is_ringed(demo: Warehouse) -> None:
    exhibit = payment_map(demo, Population.INDIGENOUS, "09007")
    assert exhibit.chart is not None
    assert "分母少於 30 人" in [trace.get("name") for trace in exhibit.chart.drawing.data]


def test_the_ranking_says_basis_weights_finding_selected_county_and_all_its_sources(demo: Warehouse) -> None:
    exhibit = exhibits.group_ranking(demo, FullYear(2025), RULE, county_coded("64000"))
    picture = said(exhibit)
    for part in (
        "收繳率消長按金額",
        "訪視完成率 15 %",
        "應提檢討報告：高雄市",
        "▶ 高雄市：直轄市第 5 名，總分 54.17 分",
    ):
        assert part in picture
    assert all(f"收件第 {source.submission_id} 號" in picture for source in exhibit.sources)


def test_in_a_trial_year_the_bars_say_that_it_is_a_trial(demo: Warehouse) -> None:
    def marks(year: int) -> str:
        chart = exhibits.group_ranking(demo, FullYear(year), RULE).chart
        assert chart is not None
        return "".join(text for trace in chart.drawing.data if trace["type"] == "scatter" for text in trace["text"])

    assert "試算應提" in marks(2022)
    assert "應提報告" not in marks(2022)
    assert "應提報告" in marks(2025)
    assert "試算" not in marks(2025)


def test_who_does_not_see_the_picture_is_told_of_the_selected_county(demo: Warehouse) -> None:
    ranking = exhibits.group_ranking(demo, FullYear(2025), RULE, county_coded("64000"))
    for exhibit, name in ((payment_map(demo, Population.ALL, "63000"), "臺北市 52.75 %"), (ranking, "高雄市：")):
        assert exhibit.chart is not None
        assert name in exhibit.chart.alt
