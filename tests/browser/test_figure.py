"""The drawing component by itself, in Chromium: what it draws, what it asks for, what it tells."""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.charts import theme
from dashboard.web.figure import COMPONENT, SLIM
from tests.browser.harness import CODES, Stage, bars, shapes

COUNTY = '[data-county="63000"]'


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-TW", accept_downloads=True)
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def stage(blank: Page) -> Stage:
    frames = {code: {"parts": [bars(f"第{code}期", [float(n), 2.0, 3.0])]} for n, code in enumerate("123")}
    return Stage(blank, frames | {"map": {"parts": [shapes("地圖")]}})


def bar_heights(page: Page) -> list[float]:
    boxes = page.locator(".barlayer .point path").evaluate_all("all => all.map(one => one.getBBox().height)")
    return [round(box) for box in boxes]


def test_the_module_is_short_and_says_what_it_does() -> None:
    source = COMPONENT.read_text("utf-8")
    assert len(source.splitlines()) <= 400
    assert source.startswith("/**")


def test_the_slim_library_was_built() -> None:
    assert SLIM.is_file(), "make setup says why not"
    assert SLIM.stat().st_size < 2_000_000


def test_an_exhibit_is_drawn_once_with_its_words_around_it(stage: Stage) -> None:
    stage.open()
    stage.mount({"film": None, "code": "", "url": "/1"})
    expect(stage.page.locator("h2")).to_have_text("第1期")
    expect(stage.page.locator(".barlayer .point")).to_have_count(3)
    assert stage.drawn == 1
    expect(stage.page.locator(".frame-bar")).to_be_hidden()


def test_a_map_has_22_counties(stage: Stage) -> None:
    stage.open()
    stage.mount({"film": None, "code": "", "url": "/map"})
    expect(stage.page.locator(".choroplethlocation")).to_have_count(22)


def test_the_full_library_draws_the_same(stage: Stage) -> None:
    stage.plotly = "full"
    stage.open()
    stage.mount({"film": None, "code": "", "url": "/map"})
    expect(stage.page.locator(".choroplethlocation")).to_have_count(22)


def test_changing_the_period_asks_nobody_and_the_address_follows(stage: Stage) -> None:
    stage.open("?population=all")
    stage.film("1", "2", "3")
    assert stage.page.url.endswith("?population=all&period=3")
    stage.asked.clear()
    before = stage.drawn
    stage.page.get_by_role("button", name="前一期").click()
    stage.wait(before)
    expect(stage.page.locator("h2")).to_have_text("第2期")
    assert stage.page.url.endswith("?population=all&period=2")
    stage.page.get_by_label("期別").first.select_option("1")
    expect(stage.page.locator("h2")).to_have_text("第1期")
    slider = stage.page.get_by_role("slider")
    slider.press("ArrowRight")
    expect(stage.page.locator("h2")).to_have_text("第2期")
    expect(slider).to_have_attribute("aria-valuetext", "第2期")
    assert bar_heights(stage.page)[0] < bar_heights(stage.page)[1]
    assert stage.asked == []
    assert stage.told == []


def test_one_change_is_one_drawing(stage: Stage) -> None:
    stage.open()
    stage.film("1", "2", "3")
    stage.page.evaluate(
        """() => { window.plots = 0;
        document.querySelector(".exhibit-plot").on("plotly_afterplot", () => { window.plots += 1; }); }"""
    )
    before = stage.drawn
    stage.page.get_by_role("button", name="前一期").click()
    stage.wait(before)
    stage.page.wait_for_timeout(300)
    assert stage.drawn == before + 1
    assert stage.page.evaluate("plots") == 1


def test_of_many_periods_asked_for_at_once_the_last_is_shown(stage: Stage) -> None:
    stage.open()
    stage.film("1", "2", "3")
    stage.page.evaluate(
        """() => {
            const list = document.querySelector(".frame-list");
            const ask = (code) => { list.value = code; list.dispatchEvent(new Event("change")); };
            for (const code of ["1", "2", "1", "2", "1"]) ask(code);
        }"""
    )
    expect(stage.page.locator("h2")).to_have_text("第1期")
    stage.page.wait_for_timeout(200)
    expect(stage.page.locator("h2")).to_have_text("第1期")
    assert stage.page.url.endswith("period=1")


def test_an_address_opens_at_its_period(stage: Stage) -> None:
    stage.open("?period=2")
    stage.film("1", "2", "3", at="3")
    expect(stage.page.locator("h2")).to_have_text("第2期")


def test_playing_goes_to_the_end_and_stops(stage: Stage) -> None:
    stage.open()
    stage.film("1", "2", "3")
    button = stage.page.locator(".frame-play")
    button.click()
    expect(button).to_have_text("暫停")
    expect(stage.page.locator("h2")).to_have_text("第1期")
    expect(stage.page.locator("h2")).to_have_text("第3期")
    expect(button).to_have_text("播放")
    assert stage.page.evaluate("history.length") <= 3, "playing is one step back, not one a period"


def test_a_step_back_over_periods_asks_nobody(stage: Stage) -> None:
    stage.open("?population=all")
    stage.film("1", "2", "3")
    stage.page.evaluate("window.pops = 0; addEventListener('popstate', () => { pops += 1; })")
    stage.page.get_by_role("button", name="前一期").click()
    expect(stage.page.locator("h2")).to_have_text("第2期")
    stage.page.go_back()
    expect(stage.page.locator("h2")).to_have_text("第3期")
    assert stage.page.evaluate("pops") == 0, "Streamlit must not hear of it"
    assert stage.told == []


def test_a_click_tells_the_county(stage: Stage) -> None:
    stage.open()
    stage.mount({"film": None, "code": "", "url": "/1"})
    box = stage.page.locator(".barlayer .point path").nth(1).bounding_box()
    assert box
    stage.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    stage.page.wait_for_function("told.length")
    assert stage.told == [["county", CODES[1]]]


def test_the_keyboard_reaches_every_county_of_a_map_and_chooses(stage: Stage) -> None:
    stage.open()
    stage.mount({"film": None, "code": "", "url": "/map"})
    buttons = stage.page.locator(".exhibit-plot [role=button]")
    expect(buttons).to_have_count(22)
    assert {one.get_attribute("aria-label") for one in buttons.all()} >= {"臺北市", "連江縣"}
    assert stage.page.locator(".exhibit-plot [tabindex='0']").count() == 1, "one stop for Tab, arrows inside"
    reached, waiting = {CODES[0]}, [CODES[0]]
    while waiting:
        code = waiting.pop()
        for key in ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"):
            stage.page.locator(f'[data-county="{code}"]').focus()
            stage.page.keyboard.press(key)
            found = stage.page.evaluate("document.activeElement.dataset.county")
            if found not in reached:
                reached.add(found)
                waiting.append(found)
    assert reached == set(CODES)
    stage.page.locator(COUNTY).focus()
    stage.page.keyboard.press("Enter")
    assert stage.told == [["county", "63000"]]


def test_the_reader_stays_on_the_county_that_was_chosen(stage: Stage) -> None:
    stage.documents["again"] = {"parts": [shapes("再畫")]}
    stage.open()
    stage.mount({"film": None, "code": "", "url": "/map"})
    stage.page.locator(COUNTY).focus()
    stage.mount({"film": None, "code": "", "url": "/again"})
    expect(stage.page.locator(COUNTY)).to_be_focused()


def test_a_document_that_is_gone_asks_the_server_once_and_then_says_so(stage: Stage) -> None:
    stage.open()
    stage.page.evaluate(
        """async () => {
            window.told = [];
            const module = await import("/figure.js");
            const data = { house: "/house.json", film: null, code: "", url: "/lost" };
            const parentElement = document.getElementById("root");
            window.again = () => module.default({ data, parentElement, setTriggerValue: (...all) => told.push(all) });
            await again();
        }"""
    )
    assert stage.told == [["stale", "/lost"]]
    stage.page.evaluate("again()")
    expect(stage.page.get_by_role("alert")).to_contain_text("重新整理")
    assert stage.told == [["stale", "/lost"]]


def test_a_dark_page_has_dark_colours_and_its_files_are_light(stage: Stage, tmp_path: Path) -> None:
    stage.scheme = "dark"
    stage.open()
    stage.mount({"film": None, "code": "", "url": "/1"})
    fill = stage.page.locator(".barlayer .point path").first.evaluate("one => getComputedStyle(one).fill")
    wanted = theme.DARK[theme.CATEGORICAL[0]]
    assert fill == f"rgb({int(wanted[1:3], 16)}, {int(wanted[3:5], 16)}, {int(wanted[5:], 16)})"
    svg = saved(stage.page, "svg", tmp_path).read_text("utf-8")
    light = theme.CATEGORICAL[0]
    assert f"rgb({int(light[1:3], 16)}, {int(light[3:5], 16)}, {int(light[5:], 16)})" in svg


def saved(page: Page, kind: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator(f"[data-file={kind}]").first.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_a_picture_is_twice_the_size_and_carries_its_title(stage: Stage, tmp_path: Path) -> None:
    stage.open()
    stage.mount({"film": None, "code": "", "url": "/1"})
    png = saved(stage.page, "png", tmp_path)
    assert png.name == "第1期.png"
    assert struct.unpack(">II", png.read_bytes()[16:24]) == (800, 680)
    svg = saved(stage.page, "svg", tmp_path).read_text("utf-8")
    assert "第1期" in svg
    assert 'width="400"' in svg
    expect(stage.page.locator(".exhibit-files [role=status]")).not_to_be_empty()


def test_a_table_comes_from_the_server_under_its_name_and_an_old_one_is_explained(stage: Stage, tmp_path: Path) -> None:
    stage.open()
    stage.mount({"film": None, "code": "", "url": "/1"})
    with stage.page.expect_download() as download:
        stage.page.get_by_role("link", name="T").click()
    assert download.value.suggested_filename == "表.csv"
    download.value.save_as(tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_text("utf-8") == "一,二"
    stage.page.get_by_role("link", name="O").click()
    expect(stage.page.locator(".exhibit-files [role=status]")).to_contain_text("較新的資料")
    assert [name for name, _ in stage.told] == ["stale"]


def test_a_screen_reader_is_told_the_finding_of_another_period(stage: Stage) -> None:
    stage.open()
    stage.film("1", "2", "3")
    told = stage.page.locator(".sheet-told")
    expect(told).to_be_empty()
    stage.page.get_by_role("button", name="前一期").click()
    expect(told).to_have_text("第2期")


def test_a_narrow_screen_has_its_own_layout_and_follows_the_width(stage: Stage) -> None:
    stage.open(width=390)
    stage.mount({"film": None, "code": "", "url": "/1"})
    plot = stage.page.locator(".exhibit-plot .main-svg").first
    expect(plot).to_have_attribute("height", "200")
    stage.page.set_viewport_size({"width": 1000, "height": 800})
    expect(plot).to_have_attribute("height", "300")
    expect(plot).to_have_attribute("width", re.compile("9..|1000"))
    assert stage.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_taken_down_leaves_nothing_behind(stage: Stage) -> None:
    stage.open("?period=3")
    stage.film("1", "2", "3")
    stage.page.evaluate("takeDown()")
    stage.page.evaluate("history.replaceState(null, '', '?period=1'); dispatchEvent(new Event('guobao:moved'))")
    stage.page.wait_for_timeout(200)
    assert stage.drawn == 1


def test_the_address_says_the_servers_choices_and_keeps_the_periods_that_the_page_holds(stage: Stage) -> None:
    stage.open("?period=2&gone=1")
    stage.film("1", "2", "3")
    steps = stage.page.evaluate("history.length")
    stage.address({"population": "all", "basis": "persons"}, {"period": "3"})
    assert stage.page.url.endswith("/?population=all&basis=persons&period=2")
    assert stage.page.evaluate("history.length") == steps
    stage.address({"population": "indigenous"}, {"period": "3"}, step=True)
    assert stage.page.url.endswith("/?population=indigenous&period=2")
    assert stage.page.evaluate("history.length") == steps + 1
    stage.page.evaluate("history.replaceState(null, '', '?period=1999')")
    stage.address({"population": "all"}, {"period": "3"})
    assert stage.page.url.endswith("/?population=all&period=3")
    stage.page.evaluate("history.pushState(null, '', '/')")
    assert "population=all" in stage.page.url, "Streamlit empties the address after every run"
