"""期程追蹤 in the browser: drawn, ticked off by hand, subscribed to."""

import re

from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.opening import whole


def test_an_officer_ticks_off_a_roster_and_sees_it(page: Page) -> None:
    page.goto("/duties")
    whole(page, 1)
    expect(page).to_have_url(re.compile(r"year=\d+&rule=adopted&state=all"))
    page.get_by_role("button", name="登錄辦畢").click()
    page.get_by_role("combobox", name="應辦事項").click()
    page.get_by_role("option", name=re.compile("年度催繳計畫115年")).click()
    page.get_by_label("文號").fill("保國字第7號")
    page.get_by_role("button", name="登錄", exact=True).click()
    expect(page.locator(".exhibit-table").first).to_contain_text("保國字第7號")
    expect(page.locator("body")).to_contain_text("已登錄：年度催繳計畫115年")


def test_the_feed_behind_the_link_is_a_calendar(page: Page) -> None:
    page.goto("/duties")
    whole(page, 1)
    link = page.get_by_role("link", name="期限行事曆檔（可訂閱）")
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"].startswith("text/calendar")
    feed = Calendar.from_ical(answer.body())
    assert isinstance(feed, Calendar)
    assert len(feed.walk("VEVENT")) > 40
