"""The pages as a reader sees them: drawn, in Chinese, and wholly in their address."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Watch

SHAPES = ".choroplethlayer path"
MAP = "/?measure=payment_rate&population=all&basis=persons&period=2024-11_2024-12&as_of=2025-03-31&county=none"
RANKING = "/group_ranking?year=114&county=none"
NANTOU = 10
"""Place of 南投縣, whose middle lies inside it, in the order of official tables."""


def open_map(page: Page, address: str = MAP) -> None:
    page.goto(address)
    drawn(page)


def drawn(page: Page) -> None:
    page.wait_for_function(f"document.querySelectorAll('{SHAPES}').length === 22")
    expect(page.locator(".exhibit-foot")).to_be_visible()


def open_ranking(page: Page) -> None:
    page.goto(RANKING)
    expect(page.locator(".barlayer .point path").first).to_be_visible()
    expect(page.locator(".exhibit-foot")).to_have_count(2)


def titled(page: Page, part: str) -> None:
    """Wait for the one chart whose title holds a text; for a moment the one before still stands beside it."""
    page.wait_for_function(
        """part => {
            const titles = [...document.querySelectorAll(".gtitle")].map(one => one.textContent);
            return titles.length === 1 && titles[0].includes(part);
        }""",
        arg=part,
    )


def click_shape(page: Page, number: int) -> None:
    """Click into the middle of a county: the drawing library takes clicks on a plane above its shapes."""
    box = page.locator(SHAPES).nth(number).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def heading(page: Page) -> str:
    return page.locator(".exhibit-head h2").first.inner_text()


def test_the_map_has_22_counties_in_many_colours(page: Page) -> None:
    open_map(page)
    fills = page.locator(SHAPES).evaluate_all("shapes => shapes.map(shape => getComputedStyle(shape).fill)")
    assert len(set(fills)) > 10


def test_another_filter_shows_other_figures_and_another_address(page: Page) -> None:
    open_map(page)
    before = heading(page)
    page.get_by_text("原住民", exact=True).click()
    titled(page, "113年11-12月原住民收繳率")
    expect(page.locator("tr.nation")).to_contain_text("22.86")
    assert heading(page) != before
    expect(page).to_have_url(re.compile("population=indigenous"))


def test_an_address_opened_in_another_tab_shows_the_same_page(page: Page, visitor: BrowserContext) -> None:
    open_map(page)
    page.get_by_text("按金額", exact=True).click()
    titled(page, "按金額")
    expect(page).to_have_url(re.compile("basis=amounts"))
    other = visitor.new_page()
    open_map(other, page.url)
    assert other.url == page.url
    assert heading(other) == heading(page)
    other.close()


def test_going_back_takes_back_the_last_choice(page: Page) -> None:
    open_map(page)
    page.get_by_text("原住民", exact=True).click()
    titled(page, "原住民")
    page.go_back()
    titled(page, "113年11-12月收繳率")
    expect(page).to_have_url(re.compile("population=all"))


def test_clicking_a_county_selects_it_and_clicking_it_again_gives_it_up(page: Page) -> None:
    open_map(page)
    click_shape(page, NANTOU)
    expect(page.locator("tr.selected th")).to_have_text("南投縣")
    expect(page).to_have_url(re.compile("county=10008"))
    expect(page.locator(".selection")).to_contain_text("南投縣 40.88 %")
    drawn(page)
    # The chosen county is drawn last.
    click_shape(page, 21)
    expect(page.locator("tr.selected")).to_have_count(0)
    expect(page).to_have_url(re.compile("county=none"))


def test_choosing_from_the_list_selects_the_same_way(page: Page) -> None:
    open_map(page)
    page.get_by_role("combobox", name="縣市").click()
    page.get_by_role("option", name="臺北市").click()
    expect(page.locator("tr.selected th")).to_have_text("臺北市")
    expect(page).to_have_url(re.compile("county=63000"))


def test_the_pages_lead_to_one_another(page: Page, watch: Watch) -> None:
    open_map(page)
    page.get_by_role("link", name="分組排名").click()
    expect(page.locator(".barlayer .point path").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/group_ranking\?year=\d{3}&county=none"))
    page.get_by_role("link", name="縣市地圖").click()
    drawn(page)
    assert watch.errors == []


@pytest.mark.parametrize("opened", [open_map, open_ranking])
def test_nothing_is_said_in_english_nor_complained_of_on_the_console(
    page: Page, watch: Watch, opened: Callable[[Page], None]
) -> None:
    opened(page)
    said = page.locator("body").inner_text()
    attributes = page.evaluate(
        """() => [...document.querySelectorAll("[aria-label], [placeholder], [title]")]
            .flatMap(one => ["aria-label", "placeholder", "title"].map(name => one.getAttribute(name) ?? ""))"""
    )
    shown = re.sub(
        r"\S+\.(xlsx|ods|csv)|https?://\S+|TWD97|（PNG）|\(版本 \w+\)|（版本 \w+）", "", "\n".join([said, *attributes])
    )
    assert re.findall(r"[A-Za-z]{3,}", shown) == []
    assert watch.errors == []


@pytest.mark.parametrize("opened", [open_map, open_ranking])
def test_a_narrow_screen_needs_no_horizontal_scrolling(page: Page, opened: Callable[[Page], None]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page)
    widths = page.locator('[data-testid="stMain"]').evaluate("main => [main.scrollWidth, main.clientWidth]")
    assert widths[0] <= widths[1]


@pytest.mark.parametrize("opened", [open_map, open_ranking])
def test_every_chart_has_words_for_those_who_do_not_see_it_and_a_table(
    page: Page, opened: Callable[[Page], None]
) -> None:
    opened(page)
    expect(page.locator('[role="figure"]').first).to_have_attribute("aria-label", re.compile("縣市"))
    expect(page.locator("table caption").first).to_be_visible()
    assert page.locator("table tbody th[scope=row]").count() >= 22
    expect(page.locator(".exhibit-mark").first).to_have_text("模擬資料")


def test_one_choice_is_one_step_back(page: Page) -> None:
    page.goto("/")
    drawn(page)
    expect(page).to_have_url(re.compile("county=none"))
    opened, steps = page.url, page.evaluate("history.length")
    page.get_by_text("平均繳費率（累計）", exact=True).click()
    expect(page).to_have_url(re.compile("measure=average_rate.*year="))
    chosen = page.url
    page.get_by_role("link", name="分組排名").click()
    expect(page).to_have_url(re.compile(r"/group_ranking\?year=\d{3}&county=none"))
    expect(page.locator(".exhibit-foot")).to_have_count(2)
    assert page.evaluate("history.length") == steps + 2
    page.go_back()
    expect(page).to_have_url(chosen)
    titled(page, "平均繳費率")
    page.go_back()
    expect(page).to_have_url(opened)
    titled(page, "收繳率")


@pytest.mark.parametrize("opened", [open_map, open_ranking])
def test_whoever_uses_the_keyboard_sees_where_it_is(page: Page, opened: Callable[[Page], None]) -> None:
    opened(page)
    for _ in range(6):
        page.keyboard.press("Tab")
        ring = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert ring >= 2


def test_on_a_narrow_screen_the_menu_has_a_name_and_the_county_stays_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_ranking(page)
    expect(page).to_have_title("分組排名｜國民年金繳費率督導儀表板")
    expect(page.get_by_role("button", name="開啟頁面選單")).to_be_visible()
    expect(page.locator(".scroll-hint").first).to_be_visible()
    scroll = page.locator(".exhibit-scroll").first
    scroll.evaluate("one => { one.scrollLeft = one.scrollWidth; }")
    box = scroll.locator("tbody th").first.bounding_box()
    assert box is not None
    assert box["x"] >= 0
