"""Places over the years on the sample: each year as its own ranking has it."""

import shutil
from datetime import date
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard import answers, exhibits
from dashboard.domain.counties import county_coded
from dashboard.domain.periods import FullYear
from dashboard.exhibits import Exhibit, NotAvailable
from dashboard.rules import rule as rule_module
from dashboard.rules.rule import RULES, Rule, load_rule, rule_keys, rule_of_year
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


def test_each_year_follows_the_rule_in_force_then(
    demo: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    (folder / "later.toml").write_text(
        'key = "later"\nextends = "adopted"\nlabel = "新制"\nshort = "新制三名"\nstatus = "statutory"\n'
        'source = "公告"\nproposed_by = "衛生福利部"\nchange = "末 3 名"\nvalid_from_year_roc = 114\n'
        "[report]\ncount = 3\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(rule_module, "rule_of_year", lambda year: rule_of_year(year, folder))
    exhibit = history(demo)
    assert exhibit.chart
    ticks = exhibit.chart.drawing.layout["xaxis"]["ticktext"]
    assert [tick.partition("<br>")[2] for tick in ticks[1:5]] == [
        "試算",
        "修正<br>草案",
        "修正<br>草案",
        "新制<br>三名",
    ]
    reports = {year: [row[f"report_{year}"] for row in exhibit.table.rows()] for year in (113, 114)}
    later = load_rule("later", folder)
    expected = [row["report"] for row in exhibits.group_ranking(demo, FullYear(2025), later).table.rows()]
    assert sorted(reports[114]) == sorted(expected)
    assert sum(said in {"應提", "免提"} for said in reports[114]) == 6
    assert any("112年至113年為112年6月修正草案" in note or "113年為112年6月修正草案" in note for note in exhibit.notes)
    assert "新制" in exhibit.rule_version
    assert "列末 3 名" in exhibit.title


@pytest.mark.parametrize("key", [key for key in rule_keys() if key != "adopted"])
def test_a_proposal_is_tried_on_every_year_alike(demo: Warehouse, key: str) -> None:
    rule = load_rule(key)
    exhibit = exhibits.ranking_history(demo, rule)
    assert exhibit.chart
    go.Figure(exhibit.chart.drawing.as_file)
    assert "各年度均以所選方案試算，不是法定名次。" in exhibit.notes
    assert rule.report_sentence() in exhibit.notes
    assert not any(row[f"report_{year.roc}"] == "應提" for row in exhibit.table.rows() for year in years_of(demo, rule))


def years_of(db: Warehouse, rule: Rule) -> tuple[FullYear, ...]:
    return exhibits.ranking_years(db, rule)
