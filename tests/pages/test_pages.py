"""Each page, run as its reader runs it, on the sample."""

import shutil
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager

from dashboard import questions, show
from dashboard.domain.settings import HOUSE, Settings
from dashboard.exhibits import Exhibit
from dashboard.receiving import Incoming, Office
from tests.pages.visiting import Visit

RANKING = "group_ranking"
LATEST_AVERAGE = HOUSE / "data/sample/average_rate/115年11月平均繳費率表.xlsx"
EARLIER_AVERAGE = HOUSE / "data/sample/average_rate/平均繳費率_97年10月至114年6月.xlsx"


def test_the_map_opens_on_the_newest_period_and_the_address_says_all_of_it() -> None:
    visit = Visit()
    assert not visit.test.exception
    assert visit.address == {
        "measure": "payment_rate",
        "population": "all",
        "basis": "persons",
        "as_of": "2026-09-30",
        "county": "none",
        "view": "map",
        "classes": "continuous",
        "compare": "none",
        "period": "2026-05_2026-06",
    }
    assert "115年5-6月收繳率（按人數）" in visit.text
    assert "模擬資料" in visit.text
    assert not visit.is_choice


def test_an_address_shows_exactly_what_it_says() -> None:
    asked = {
        "measure": "payment_rate",
        "population": "indigenous",
        "basis": "persons",
        "as_of": "2025-03-31",
        "county": "65000",
        "view": "tiles",
        "classes": "quantile",
        "compare": "none",
        "period": "2024-11_2024-12",
    }
    visit = Visit(**asked)
    assert visit.address == asked
    assert not visit.notices
    assert "全國 22.86 %" in visit.text
    assert '<tr class="selected"' in visit.text


def test_an_address_of_the_first_edition_still_means_the_same() -> None:
    visit = Visit(
        measure="payment_rate",
        population="all",
        basis="persons",
        period="2024-11_2024-12",
        as_of="2025-03-31",
        county="none",
    )
    assert not visit.notices
    assert "113年11-12月收繳率（按人數）" in visit.text
    assert "資料截止 114年3月31日" in visit.text


def test_a_period_alone_is_shown_as_of_the_newest_snapshot_that_shows_it() -> None:
    visit = Visit(period="2024-09_2024-10")
    assert not visit.notices
    assert visit.address["as_of"] == "2026-09-30"
    assert Visit(period="2011-12_2011-12").address["as_of"] < "2026-01-01"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("measure", "x"),
        ("basis", "<b>"),
        ("population", ""),
        ("period", "2024-12_2025-01"),
        ("as_of", "2025-02-30"),
        ("county", "99999"),
        ("view", "globe"),
        ("classes", "5"),
        ("compare", "yesterday"),
    ],
)
def test_what_cannot_be_had_is_said_and_replaced(name: str, code: str) -> None:
    visit = Visit(**{name: code})
    assert not visit.test.exception
    assert len(visit.notices) == 1
    assert "不在可選範圍內" in visit.notices[0]
    assert visit.address[name] != code
    assert visit.charts


def test_parameters_of_nothing_on_the_page_leave_the_address_and_are_named() -> None:
    visit = Visit(unknown="2020-01-01", bogus="1")
    assert not {"bogus", "unknown"} & set(visit.address)
    assert visit.notices == ["網址中的「bogus」、「unknown」不是本頁的選項，未予採用。"]


def test_what_another_choice_makes_idle_is_dropped_without_a_word() -> None:
    visit = Visit(measure="average_rate", period="2024-11_2024-12", basis="persons")
    assert not visit.notices
    assert not {"period", "basis"} & set(visit.address)


@pytest.mark.parametrize("name", ["基隆市", "臺北市", "台北市"])
def test_a_county_may_be_named_and_the_address_then_has_its_code(name: str) -> None:
    visit = Visit(county=name)
    assert not visit.notices
    assert visit.address["county"] == {"基隆市": "10017"}.get(name, "63000")


def test_the_county_stays_chosen_on_the_other_page_until_it_is_given_up() -> None:
    visit = Visit(county="10004")
    visit.turn_to(RANKING)
    assert visit.address["county"] == "10004"
    assert not visit.is_choice, "what is only kept is no step of the history"
    visit.choose("county", "none")
    assert visit.address["county"] == "none"


def test_a_choice_is_a_step_of_the_history_and_keeps_the_period_that_the_browser_shows() -> None:
    visit = Visit().move("period", "2024-11_2024-12").choose("population", "indigenous")
    assert visit.is_choice
    assert visit.address["period"] == "2024-11_2024-12"
    assert "113年11-12月原住民收繳率" in visit.text
    assert not visit.run().is_choice


def test_a_snapshot_that_does_not_show_the_period_shows_another_and_says_so() -> None:
    visit = Visit(period="2024-11_2024-12", as_of="2020-01-31")
    assert visit.address["as_of"] == "2020-01-31"
    assert visit.address["period"] == "2019-09_2019-10"
    assert len(visit.notices) == 1


def test_a_film_holds_every_period_of_the_snapshot_oldest_first() -> None:
    (film,) = Visit(as_of="2025-03-31").films
    assert [code for code, _ in film["choices"]][-1] == "2024-11_2024-12"
    assert film["choices"][-1][1] == "113年11-12月"
    assert len(film["choices"]) == 17
    assert film["choices"] == sorted(film["choices"])


def test_the_average_rate_asks_for_a_year_and_not_for_a_period() -> None:
    visit = Visit(measure="average_rate", year="114", county="68000")
    assert {"measure", "population", "year", "county"} <= set(visit.address)
    assert not {"period", "as_of", "basis"} & set(visit.address)
    assert "114年平均繳費率（按金額）" in visit.text
    assert "+0.003" in visit.text


def test_a_difference_says_both_periods_and_both_days() -> None:
    visit = Visit(period="2024-11_2024-12", as_of="2025-03-31", compare="year_before")
    assert "113年11-12月" in visit.text
    assert "112年11-12月" in visit.text
    assert "資料截止 114年3月31日" in visit.text
    assert "資料截止 113年3月31日" in visit.text


def test_each_exhibit_has_headings_down_to_its_sources() -> None:
    shown = Visit().text
    assert [heading in shown for heading in ("<h3>資料來源</h3>", "<h3>說明</h3>", "<h3>假設（1）</h3>")] == [True] * 3


def test_the_second_exhibit_refers_to_the_sources_of_the_first() -> None:
    parts = {part["key"]: part["html"] for part in Visit(RANKING, year="114").parts}
    shown = parts["group_ranking"] + parts["review_reports"]
    assert shown.count("平均繳費率_97年10月至114年6月.xlsx") == 1
    assert "資料來源與假設同上方「分組排名」。" in shown


def test_the_ranking_shows_bars_and_who_owes_a_report() -> None:
    visit = Visit(RANKING, year="114")
    assert not visit.test.exception
    assert visit.address == {"year": "114", "county": "none", "known_from": "first", "known_to": "now"}
    assert "114年應提檢討報告：高雄市、新竹縣、澎湖縣" in visit.text
    assert "桃園市（+0.003 個百分點）" in visit.text
    assert "假設：權重" in visit.text
    assert visit.charts


def test_a_trial_year_is_called_so() -> None:
    assert "110年（試算）" in Visit(RANKING, year="110").text


def test_a_year_that_cannot_be_ranked_is_not_offered() -> None:
    visit = Visit(RANKING, year="109")
    assert "109" in visit.notices[0]
    assert visit.address["year"] == "115"


def test_what_another_process_received_is_there_on_the_next_rerun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = tmp_path / "data"
    office = Office(Settings(data_dir=data_dir))
    office.receive([Incoming(EARLIER_AVERAGE.name, EARLIER_AVERAGE.read_bytes(), None)], "測試")
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(data_dir))
    visit = Visit(measure="average_rate")
    assert visit.address["year"] == "114"
    office.receive([Incoming(LATEST_AVERAGE.name, LATEST_AVERAGE.read_bytes(), None)], "測試")
    visit.run()
    assert "115" in [code for code, _ in visit.films[0]["choices"]]
    assert visit.address["year"] == "114", "an address keeps meaning what it meant"


def test_an_option_that_disappears_leaves_an_open_page_working(
    tmp_path: Path, demo_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(demo_data_dir, data_dir)
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(data_dir))
    visit = Visit(measure="average_rate", year="115")
    smaller = tmp_path / "smaller"
    Office(Settings(data_dir=smaller)).receive(
        [Incoming(EARLIER_AVERAGE.name, EARLIER_AVERAGE.read_bytes(), None)], "測試"
    )
    shutil.copytree(smaller / "warehouses", data_dir / "warehouses", dirs_exist_ok=True)
    (smaller / "current.json").replace(data_dir / "current.json")
    visit.run()
    assert not visit.test.exception
    assert visit.address["year"] == "114"
    assert visit.notices


@pytest.mark.parametrize("name", ["", RANKING, "trend", "unpaid_reasons"])
def test_an_empty_installation_says_what_to_do(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(tmp_path))
    show.warm()
    visit = Visit(name)
    assert not visit.test.exception
    assert "請先收件" in visit.test.error[0].value


def test_a_bug_in_one_exhibit_is_a_reference_number_and_a_traceback_in_the_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def review_reports(*_: object) -> Exhibit:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("dashboard.exhibits.review_reports", review_reports)
    visit = Visit(RANKING)
    assert visit.charts, "the other exhibits are there"
    assert "編號" in visit.text
    assert "secret" not in visit.text
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

    assert questions.ask(counted) == questions.ask(counted) == 1


@pytest.mark.parametrize(
    "text", ["[這裡](http://x.tw)", "![圖](http://x.tw/a.png)", "<img src=x>", "第一行\n\n# 第二行"]
)
def test_what_an_address_says_is_quoted_and_never_markup(text: str) -> None:
    visit = Visit(county=text)
    (told,) = visit.notices
    assert "".join(text.split()) in "".join(told.split())
    shown = "".join(one.proto.body for one in visit.test.get("html") if "page-notice" in one.proto.body)
    assert "<img" not in shown
    assert not visit.test.markdown


def test_a_choice_that_moves_the_period_is_no_fault_of_the_address() -> None:
    visit = Visit(as_of="2026-09-30", period="2026-05_2026-06").choose("as_of", "2024-01-31")
    assert visit.notices == []
    assert visit.address["period"] == "2023-09_2023-10"
