"""The pages of the running dashboard, opened as a reader opens them, and what to wait for."""

from collections.abc import Mapping
from types import MappingProxyType

from playwright.sync_api import Page, expect

MAP = "/?measure=payment_rate&population=all&basis=persons&as_of=2025-03-31&county=none&period=2024-11_2024-12"
PAGES: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "縣市地圖": (MAP, 1),
        "方格圖": (f"{MAP}&view=tiles&classes=quantile", 1),
        "前後期差異": (f"{MAP}&compare=year_before", 1),
        "趨勢": ("/trend", 2),
        "未繳費原因": ("/unpaid_reasons", 4),
        "分組排名": ("/group_ranking?year=114&county=none", 6),
        "縣市排名": ("/group_ranking?year=114&county=64000", 8),
        "規則試算": ("/rule_trial?year=114&county=64000", 1),
        "試算權重": ("/rule_trial?section=weights&year=114&county=64000", 2),
        "名次把握度": ("/rule_trial?section=certainty&year=114&county=64000", 3),
        "期程追蹤": ("/duties?year=115&rule=adopted&state=all", 1),
    }
)
"""Address of each page, and of how many exhibits it consists."""


def opened(page: Page, name: str) -> None:
    address, exhibits = PAGES[name]
    page.goto(address)
    whole(page, exhibits)


def whole(page: Page, exhibits: int) -> None:
    """Wait for all exhibits of a page, drawn."""
    expect(page.locator(".exhibit")).to_have_count(exhibits)
    # One that cannot be had is a sentence in its place.
    expect(page.locator(".exhibit > :is(.exhibit-foot, .exhibit-none)")).to_have_count(exhibits)
    page.wait_for_function(
        "[...document.querySelectorAll('.exhibit-chart')].every(one => one.querySelector('.main-svg'))"
    )
    at_rest(page)


def at_rest(page: Page) -> None:
    """Wait until nothing more is drawn and no question is open."""
    page.evaluate("window.restless = null")
    page.wait_for_function(
        """() => {
            const now = document.documentElement.dataset.drawn;
            if (window.restless !== now || document.querySelector('[data-stale="true"]')) {
                window.restless = now; window.since = performance.now();
            }
            return now && performance.now() - window.since > 400;
        }"""
    )


def drawings(page: Page) -> int:
    return int(page.evaluate("Number(document.documentElement.dataset.drawn ?? 0)"))


def drawn_since(page: Page, before: int) -> None:
    page.wait_for_function(f"Number(document.documentElement.dataset.drawn ?? 0) > {before}")
