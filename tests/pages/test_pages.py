"""Each page, run as its reader runs it, on the sample."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.state.query_params import QueryParams
from streamlit.testing.v1 import AppTest

from dashboard import show
from dashboard.domain.settings import HOUSE, Settings
from dashboard.exhibits import Exhibit
from dashboard.receiving import Incoming, Office

APP = HOUSE / "dashboard/app.py"
RANKING = "pages/group_ranking.py"
LATEST_AVERAGE = HOUSE / "data/sample/average_rate/115年11月平均繳費率表.xlsx"


@pytest.fixture(autouse=True)
def _as_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every run as the warmed server does: AppTest forgets that pages/ is not an app of its own."""
    made = PagesManager.__init__

    def make(self: PagesManager, *arguments: Any, **options: Any) -> None:
        made(self, *arguments, **options)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", make)


@pytest.fixture(autouse=True)
def _data(demo_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(demo_data_dir))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def app(**address: str) -> AppTest:
    test = AppTest.from_file(str(APP), default_timeout=60)
    for name, code in address.items():
        test.query_params[name] = code
    return test


def ranking(**address: str) -> AppTest:
    test = app().run().switch_page(RANKING)
    test.query_params.clear()
    for name, code in address.items():
        test.query_params[name] = code
    return test.run()


def text(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


def charts(test: AppTest) -> list[dict[str, Any]]:
    return [json.loads(element.proto.spec) for element in test.get("plotly_chart")]


def address(test: AppTest) -> dict[str, str]:
    return {name: code if isinstance(code, str) else code[0] for name, code in test.query_params.items()}


def test_the_map_opens_on_the_newest_period_and_the_address_says_all_of_it() -> None:
    test = app().run()
    assert not test.exception
    assert address(test) == {
        "measure": "payment_rate",
        "population": "all",
        "basis": "persons",
        "period": "2026-05_2026-06",
        "as_of": "2026-09-30",
        "county": "none",
    }
    assert "115年5-6月收繳率（按人數）" in text(test)
    assert "模擬資料" in text(test)


def test_an_address_shows_exactly_what_it_says() -> None:
    asked = {
        "measure": "payment_rate",
        "population": "indigenous",
        "basis": "persons",
        "period": "2024-11_2024-12",
        "as_of": "2025-03-31",
        "county": "65000",
    }
    test = app(**asked).run()
    assert address(test) == asked
    assert not test.warning
    assert "全國 22.86 %" in text(test)
    assert "新北市" in charts(test)[0]["data"][0]["text"]
    assert 'class="selected"' in text(test)


def test_the_geometry_is_named_by_an_address_and_not_sent() -> None:
    (figure,) = charts(app().run())
    assert figure["data"][0]["geojson"].endswith("/counties.geojson")
    assert "/assets/" in figure["data"][0]["geojson"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("measure", "x"),
        ("basis", "<b>"),
        ("population", ""),
        ("period", "2024-12_2025-01"),
        ("as_of", "2025-02-30"),
        ("county", "99999"),
    ],
)
def test_what_cannot_be_had_is_said_and_replaced(name: str, code: str) -> None:
    test = app(**{name: code}).run()
    assert not test.exception
    assert len(test.warning) == 1
    assert "不在可選範圍內" in test.warning[0].value
    assert address(test)[name] != code
    assert charts(test)


def test_parameters_of_nothing_on_the_page_leave_the_address_and_are_named() -> None:
    test = app(known_on="2020-01-01", bogus="1").run()
    assert not {"bogus", "known_on"} & set(address(test))
    assert [one.value for one in test.warning] == ["網址中的「bogus」、「known_on」不是本頁的選項，未予採用。"]


def test_what_another_choice_makes_idle_is_dropped_without_a_word() -> None:
    assert not app(measure="average_rate", period="2024-11_2024-12").run().warning


@pytest.mark.parametrize("name", ["基隆市", "臺北市", "台北市"])
def test_a_county_may_be_named_and_the_address_then_has_its_code(name: str) -> None:
    test = app(county=name).run()
    assert not test.warning
    assert address(test)["county"] == {"基隆市": "10017"}.get(name, "63000")


def test_the_county_stays_chosen_on_the_other_page_until_it_is_given_up() -> None:
    test = app(county="10004").run().switch_page(RANKING)
    test.query_params.clear()
    assert address(test.run())["county"] == "10004"
    test.selectbox(key="picker.county").set_value("none").run()
    assert address(test)["county"] == "none"


def test_a_choice_writes_the_address_once(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    test = app().run()
    send = QueryParams._send_query_param_msg

    def told(self: QueryParams) -> None:
        written.append(str(self))
        send(self)

    monkeypatch.setattr(QueryParams, "_send_query_param_msg", told)
    test.selectbox(key="picker.period").set_value("2024-11_2024-12").run()
    assert address(test)["period"] == "2024-11_2024-12"
    assert len(written) == 1


def test_each_page_has_a_title_of_its_own_and_headings_down_to_its_sources() -> None:
    shown = text(app().run())
    assert [heading in shown for heading in ("<h3>資料來源</h3>", "<h3>說明</h3>", "<h3>假設（1）</h3>")] == [True] * 3


def test_the_second_exhibit_refers_to_the_sources_of_the_first() -> None:
    shown = text(ranking(year="114"))
    assert shown.count("平均繳費率_97年10月至114年6月.xlsx") == 1
    assert "資料來源與假設同上方「分組排名」。" in shown


def test_a_snapshot_that_does_not_show_the_period_gives_way_to_one_that_does() -> None:
    test = app(period="2024-11_2024-12", as_of="2020-01-31").run()
    assert date.fromisoformat(address(test)["as_of"]) > date(2025, 1, 1)
    assert len(test.warning) == 1


def test_choosing_changes_figures_and_address() -> None:
    test = app().run()
    before = text(test)
    test.selectbox(key="picker.period").set_value("2024-11_2024-12").run()
    assert address(test)["period"] == "2024-11_2024-12"
    assert "113年11-12月" in text(test)
    assert text(test) != before
    test.selectbox(key="picker.county").set_value("63000").run()
    assert "臺北市" in text(test).split('class="selection">')[1]


def test_the_average_rate_asks_for_a_year_and_not_for_a_period() -> None:
    test = app(measure="average_rate", year="114", county="68000").run()
    assert set(address(test)) == {"measure", "population", "year", "county"}
    assert "114年平均繳費率（按金額）" in text(test)
    assert "+0.003" in text(test)


def test_the_ranking_shows_bars_and_who_owes_a_report() -> None:
    test = ranking(year="114")
    assert not test.exception
    assert address(test) == {"year": "114", "county": "none"}
    assert "114年應提檢討報告：高雄市、新竹縣、澎湖縣" in text(test)
    assert "桃園市（+0.003 個百分點）" in text(test)
    assert "假設：權重" in text(test)
    assert len(charts(test)) == 1


def test_a_trial_year_is_called_so() -> None:
    assert "110年（試算）" in text(ranking(year="110"))


def test_a_year_that_cannot_be_ranked_is_not_offered() -> None:
    test = ranking(year="109")
    assert "109" in test.warning[0].value
    assert address(test)["year"] == "115"


def test_what_another_process_received_is_there_on_the_next_rerun(
    demo_data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = tmp_path / "data"
    earlier = HOUSE / "data/sample/average_rate/平均繳費率_97年10月至114年6月.xlsx"
    office = Office(Settings(data_dir=data_dir))
    office.receive([Incoming(earlier.name, earlier.read_bytes(), None)], "測試")
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(data_dir))
    test = app(measure="average_rate").run()
    assert address(test)["year"] == "114"
    office.receive([Incoming(LATEST_AVERAGE.name, LATEST_AVERAGE.read_bytes(), None)], "測試")
    test.run()
    assert "115" in [option.removesuffix("年") for option in test.selectbox(key="picker.year").options]
    assert address(test)["year"] == "114", "an address keeps meaning what it meant"


def test_an_option_that_disappears_leaves_an_open_page_working(
    tmp_path: Path, demo_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(demo_data_dir, data_dir)
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(data_dir))
    test = app(measure="average_rate", year="115").run()
    smaller = tmp_path / "smaller"
    earlier = HOUSE / "data/sample/average_rate/平均繳費率_97年10月至114年6月.xlsx"
    Office(Settings(data_dir=smaller)).receive([Incoming(earlier.name, earlier.read_bytes(), None)], "測試")
    shutil.copytree(smaller / "warehouses", data_dir / "warehouses", dirs_exist_ok=True)
    (smaller / "current.json").replace(data_dir / "current.json")
    test.run()
    assert not test.exception
    assert address(test)["year"] == "114"
    assert test.warning


def test_an_empty_installation_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(tmp_path))
    show.warm()
    test = app().run()
    assert not test.exception
    assert "請先收件" in test.error[0].value


def test_a_bug_in_one_exhibit_is_a_reference_number_and_a_traceback_in_the_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Exhibit:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("dashboard.exhibits.review_reports", broken)
    test = ranking()
    assert charts(test), "the other exhibit is there"
    assert "編號" in test.error[0].value
    assert "secret" not in test.error[0].value
    assert "ZeroDivisionError" in caplog.text


def test_the_very_first_visitor_of_a_page_gets_the_app_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    show.warm()
    assert PagesManager.uses_pages_directory is False


def test_an_exhibit_is_computed_once_for_all_readers() -> None:
    calls: list[int] = []

    def counted(_db: object) -> int:
        calls.append(1)
        return len(calls)

    assert show.ask(counted) == show.ask(counted) == 1
