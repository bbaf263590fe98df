"""The pages as a reader sees them: drawn, wholly in their address, quick, and with everything to take away."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Watch
from tests.browser.opening import MAP, PAGES, at_rest, drawings, drawn_since, opened, whole

SHAPES = ".choroplethlocation"
TAIPEI = '[data-county="63000"]'


def heading(page: Page) -> str:
    return page.locator(".exhibit-head h2").first.inner_text()


def picked(page: Page, name: str, option: str) -> None:
    page.get_by_role("combobox", name=name).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_the_map_has_22_counties_in_many_colours(page: Page) -> None:
    opened(page, "縣市地圖")
    fills = page.locator(SHAPES).evaluate_all("shapes => shapes.map(shape => getComputedStyle(shape).fill)")
    assert len(fills) == 22
    assert len(set(fills)) > 10


def test_another_filter_shows_other_figures_and_another_address(page: Page) -> None:
    opened(page, "縣市地圖")
    page.get_by_text("原住民", exact=True).click()
    expect(page.locator(".exhibit-head h2")).to_contain_text("113年11-12月原住民收繳率")
    expect(page.locator("tr.nation")).to_contain_text("22.86")
    expect(page).to_have_url(re.compile("population=indigenous.*period=2024-11_2024-12"))


def test_another_period_asks_the_server_nothing_and_is_in_the_address(page: Page) -> None:
    opened(page, "縣市地圖")
    page.wait_for_function("performance.getEntriesByType('resource').some((one) => one.name.includes('frames.json'))")
    at_rest(page)
    requests: list[str] = []
    frames: list[object] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: socket.on("framesent", frames.append))
    before = drawings(page)
    page.get_by_role("button", name="前一期").click()
    drawn_since(page, before)
    expect(page.locator(".exhibit-head h2")).to_contain_text("113年9-10月收繳率")
    expect(page).to_have_url(re.compile("period=2024-09_2024-10"))
    assert [url for url in requests if not url.endswith("favicon.svg")] == []
    assert frames == []
    # The next question knows of it.
    page.get_by_text("按金額", exact=True).click()
    expect(page.locator(".exhibit-head h2")).to_contain_text("113年9-10月收繳率（按金額）")


@pytest.mark.parametrize("name", PAGES)
def test_an_address_opened_in_another_tab_shows_the_same_page(page: Page, visitor: BrowserContext, name: str) -> None:
    opened(page, name)
    other = visitor.new_page()
    other.goto(page.url)
    whole(other, PAGES[name][1])
    assert other.url == page.url
    assert other.locator(".exhibit-head h2").all_inner_texts() == page.locator(".exhibit-head h2").all_inner_texts()
    other.close()


def test_clicking_a_county_selects_it_and_clicking_it_again_gives_it_up(page: Page) -> None:
    opened(page, "縣市地圖")
    for county, url in (("10008", "county=10008"), ("10008", "county=none")):
        box = page.locator(f'[data-county="{county}"]').bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page).to_have_url(re.compile(url))
        at_rest(page)
        expect(page.locator("tr.selected")).to_have_count(1 if county in url else 0)
        if county in url:
            expect(page.locator(".selection")).to_contain_text("南投縣 40.88 %")


@pytest.mark.parametrize("name", ["縣市地圖", "方格圖"])
def test_the_keyboard_chooses_a_county_and_stays_on_it(page: Page, name: str) -> None:
    opened(page, name)
    page.locator(TAIPEI).focus()
    page.keyboard.press("Enter")
    expect(page.locator("tr.selected th")).to_have_text("臺北市")
    expect(page).to_have_url(re.compile("county=63000"))
    at_rest(page)
    expect(page.locator(TAIPEI)).to_be_focused()


def test_choosing_from_the_list_selects_the_same_way(page: Page) -> None:
    opened(page, "縣市地圖")
    picked(page, "縣市", "臺北市")
    expect(page.locator("tr.selected th")).to_have_text("臺北市")
    expect(page).to_have_url(re.compile("county=63000"))


def test_the_pages_lead_to_one_another(page: Page, watch: Watch) -> None:
    opened(page, "縣市地圖")
    for name in ("趨勢", "未繳費原因", "分組排名", "縣市地圖"):
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        whole(page, 1 if name == "縣市地圖" else PAGES[name][1])
    assert watch.errors == []


def test_one_choice_is_one_step_back(page: Page) -> None:
    page.goto("/")
    whole(page, 1)
    expect(page).to_have_url(re.compile("county=none.*period="))
    addresses = [page.url]
    page.get_by_role("button", name="前一期").click()
    expect(page).not_to_have_url(addresses[-1])
    at_rest(page)
    addresses.append(page.url)
    page.get_by_text("平均繳費率（累計）", exact=True).click()
    expect(page).to_have_url(re.compile("measure=average_rate.*year="))
    at_rest(page)
    addresses.append(page.url)
    page.get_by_role("link", name="分組排名").click()
    expect(page).to_have_url(re.compile(r"/group_ranking\?.*year=\d{3}"))
    whole(page, PAGES["分組排名"][1])
    for address in reversed(addresses):
        page.go_back()
        expect(page).to_have_url(address)
        at_rest(page)
        assert page.url == address
    assert "收繳率" in heading(page)


def test_an_unknown_period_in_the_address_is_said_and_replaced(page: Page) -> None:
    page.goto(MAP.replace("2024-11_2024-12", "1999-01_1999-02"))
    whole(page, 1)
    expect(page.get_by_text("不在可選範圍內")).to_be_visible()
    expect(page).to_have_url(re.compile("period=2024-11_2024-12"))


@pytest.mark.parametrize("name", PAGES)
def test_every_exhibit_can_be_taken_away(page: Page, name: str, tmp_path: Path) -> None:
    opened(page, name)
    for exhibit in page.locator(".exhibit", has=page.locator(".exhibit-files")).all():
        kinds = ["csv", "ods", "xlsx"]
        if exhibit.locator(".exhibit-plot").count():
            kinds += ["png", "svg"]
        for kind in kinds:
            page.wait_for_timeout(110)  # Chromium saves ten files a second for a page and drops the eleventh
            with page.expect_download() as download:
                exhibit.locator(f'[data-file="{kind}"], .exhibit-files a[href$=".{kind}"]').click()
            file = tmp_path / download.value.suggested_filename
            download.value.save_as(file)
            assert file.suffix == f".{kind}"
            content = file.read_bytes()
            if kind == "svg":
                written = re.sub(r"<[^>]*>", "", content.decode())
                assert "模擬資料，不是實際統計數字" in written
                assert "資料截止" in written
                assert "來源：" in written
                assert untold(page, written) == []
            if kind == "xlsx":
                sheets = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
                assert sheets[:2] == ["資料", "說明"]


UNTOLD = """(text) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.font = "24px " + getComputedStyle(document.querySelector(".stApp")).fontFamily;
    context.textBaseline = "top";
    const drawn = (letter) => {
        context.clearRect(0, 0, 40, 40);
        context.fillText(letter, 4, 4);
        return context.getImageData(0, 0, 40, 40).data.join();
    };
    const boxes = [drawn("\\uffff"), drawn("\\ue000"), drawn("\\u{10fffd}")];
    return [...new Set(text)].filter((one) => one.trim() && boxes.includes(drawn(one)));
}"""


def untold(page: Page, text: str) -> list[str]:
    """Return the letters for which no font has a glyph: they are drawn as the box that stands for none."""
    found: list[str] = page.evaluate(UNTOLD, text)
    return found


def test_a_letter_without_glyph_would_be_found(page: Page) -> None:
    opened(page, "縣市地圖")
    assert untold(page, "臺北市\ue123") == ["\ue123"]


def test_on_a_narrow_screen_the_menu_has_a_name_and_the_county_stays_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, "分組排名")
    expect(page).to_have_title("分組排名｜國民年金繳費率督導儀表板")
    expect(page.get_by_role("button", name="開啟頁面選單")).to_be_visible()
    expect(page.locator(".scroll-hint").first).to_be_visible()
    scroll = page.locator(".exhibit-scroll").first
    scroll.evaluate("one => { one.scrollLeft = one.scrollWidth; }")
    box = scroll.locator("tbody th").first.bounding_box()
    assert box is not None
    assert box["x"] >= 0


def test_the_year_changes_all_that_depends_on_it_in_the_browser_and_one_step_back_restores_it(page: Page) -> None:
    opened(page, "縣市排名")
    page.wait_for_function(
        "performance.getEntriesByType('resource').filter((one) => one.name.includes('frames.json')).length >= 2"
    )
    at_rest(page)
    titles = page.locator(".exhibit-head h2")
    before = titles.all_inner_texts()
    assert sum("114年" in one.split("：")[0] for one in before) >= 6
    page.get_by_role("button", name="前一期").click()
    expect(page).to_have_url(re.compile("year=113"))
    at_rest(page)
    now = titles.all_inner_texts()
    assert [one for one in now if "114年" in one.split("：")[0] and "至" not in one.split("：")[0]] == []
    assert any("高雄市113年" in one for one in now)
    page.go_back()
    expect(page).to_have_url(re.compile("year=114"))
    at_rest(page)
    assert titles.all_inner_texts() == before
