"""以某日所知 as a reader uses it: chosen once, it holds on every page until today's knowledge is chosen again."""

import re

from playwright.sync_api import Page, expect

from tests.browser.opening import at_rest, opened

DAY = "112年12月19日"


def test_a_day_is_chosen_once_for_the_whole_dashboard_and_given_up_by_a_button(page: Page) -> None:
    opened(page, "分組排名")
    page.get_by_role("button", name="以某日所知").click()
    page.get_by_role("combobox", name="知悉日").fill("112年11月21")
    page.get_by_role("option", name="112年11月21日", exact=True).click()
    page.get_by_role("button", name="以此日顯示").click()
    banner = page.locator(".page-notice.knowledge")
    expect(banner).to_contain_text("以112年11月21日所知顯示")
    expect(page).to_have_url(re.compile("known_on=2023-11-21"))
    expect(page.locator(".exhibit-head h2").first).to_contain_text("112年")
    expect(page.locator(".exhibit-meta").first).to_contain_text("（以112年11月21日所知）")
    at_rest(page)
    page.get_by_role("link", name="未繳費原因").click()
    expect(page).to_have_url(re.compile("unpaid_reasons.*known_on=2023-11-21"))
    expect(banner).to_be_visible()
    at_rest(page)
    page.get_by_role("button", name="回到目前所知").click()
    expect(banner).to_have_count(0)
    expect(page).not_to_have_url(re.compile("known_on"))


def test_an_address_with_a_day_opens_with_its_banner_and_the_step_back_leaves_it(page: Page) -> None:
    opened(page, "分組排名")
    page.goto("/group_ranking?known_on=2023-12-19&year=112&county=none")
    expect(page.locator(".page-notice.knowledge")).to_contain_text(DAY)
    expect(page.locator(".exhibit-head").nth(1)).to_contain_text(f"（以{DAY}所知）")
    at_rest(page)
    page.go_back()
    expect(page.locator(".page-notice.knowledge")).to_have_count(0)
