"""Every page for everyone: screen readers, keyboards, phones, dark screens, and readers of Chinese only."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Watch
from tests.browser.opening import PAGES, at_rest, opened

AXE = Path(sys.prefix) / "figure/node_modules/axe-core/axe.min.js"
WIDTHS = (320, 390, 768, 1440)

LATIN = re.compile(
    r"\S+\.(?:xlsx|ods|csv)|https?://\S+|\b(?:PNG|SVG|CSV|ODS|XLSX)\b|TWD97|（版本 \w+）|附件\S*|[（(]\w{8}[)）]"
    r"|Wilson|Agresti|Caffo|Spiegelhalter|Mogstad|Romano|Shaikh|Wilhelm"
)
"""What may stand in Latin letters: files and their kinds, addresses, the reference system, a hash, authors."""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_light_or_dark(page: Page, name: str) -> None:
    opened(page, name)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    at_rest(page)
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """Return the serious and critical ones, as rule and place."""
    page.evaluate(AXE.read_text("utf-8"))
    result: dict[str, Any] = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in result["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def test_axe_would_find_an_image_without_words(page: Page) -> None:
    opened(page, "縣市地圖")
    page.evaluate(
        "document.querySelector('.stMain').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><button></button>')"
    )
    assert {one.split(":")[0] for one in violations(page)} >= {"image-alt", "button-name"}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_said_in_english_nor_complained_of_on_the_console(page: Page, watch: Watch, name: str) -> None:
    opened(page, name)
    assert re.findall(r"[A-Za-z]{2,}", LATIN.sub("", said(page))) == []
    assert watch.errors == []


def said(page: Page) -> str:
    """Return all text, visible or said by a screen reader, of the page and of what opens on it."""
    attributes = page.evaluate(
        """() => {
            const names = ["aria-label", "aria-description", "aria-valuetext", "placeholder", "title", "alt"];
            const of = (one) => names.map((name) => one.getAttribute(name));
            return [...document.querySelectorAll("body *")].flatMap(of).filter(Boolean);
        }"""
    )
    lists = page.evaluate("[...document.querySelectorAll('option, text, tspan')].map((one) => one.textContent)")
    outside = page.get_by_role("combobox").count()
    for nth in range(outside):
        lists += opened_list(page, nth)
    for opener in page.get_by_test_id("stPopoverButton").filter(visible=True).all():
        lists += opened_popover(page, opener, outside)
    # An icon is a letter of a font of icons, named in English and hidden from screen readers.
    icons = page.get_by_test_id("stIconMaterial")
    assert {icon.get_attribute("aria-hidden") for icon in icons.all()} <= {"true"}
    texts = "\n".join([page.locator("body").inner_text(), page.title(), *attributes, *lists])
    for name in icons.all_inner_texts():
        texts = texts.replace(name, "")
    return texts


def opened_popover(page: Page, opener: Locator, outside: int) -> list[str]:
    """Open what stands behind a button, return all that is then said, its lists included, and close it."""
    body = page.get_by_test_id("stPopoverBody")
    opener.click()
    expect(body).to_be_visible()
    told: list[str] = []
    for within in range(outside, page.get_by_role("combobox").count()):
        told += opened_list(page, within)
        if not body.count():
            opener.click()
    told.append(body.inner_text())
    opener.click()
    expect(body).to_have_count(0)
    return told


def opened_list(page: Page, nth: int) -> list[str]:
    """Open a picker, return all that is then said, and close it."""
    page.get_by_role("combobox").nth(nth).click()
    told = page.get_by_role("option").all_inner_texts() + page.locator("[aria-live]").all_inner_texts()
    page.keyboard.press("Escape")
    return told


@pytest.mark.parametrize("name", PAGES)
def test_at_every_width_nothing_scrolls_sideways_is_clipped_or_covered(page: Page, name: str) -> None:
    opened(page, name)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        at_rest(page)
        sizes = page.locator('[data-testid="stMain"]').evaluate("main => [main.scrollWidth, main.clientWidth]")
        assert sizes[0] <= sizes[1], width
        assert clipped(page) == [], width
        assert covered(page) == [], width


def clipped(page: Page) -> list[str]:
    """Return the texts of charts that stand outside of their picture."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".exhibit-plot")].flatMap((plot) => {
            const frame = plot.getBoundingClientRect();
            return [...plot.querySelectorAll("text")].filter((text) => {
                const box = text.getBoundingClientRect();
                if (!box.width || getComputedStyle(text).visibility === "hidden") return false;
                return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
                    || box.bottom > frame.bottom + 1;
            }).map((text) => text.textContent);
        })"""
    )
    return found


def covered(page: Page) -> list[list[str]]:
    """Return the pairs of texts in charts of which one lies over the other."""
    overlaps: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll(".exhibit-plot")].flatMap((plot) => {
            const texts = [...plot.querySelectorAll("text")]
                .map((text) => [text.textContent, text.getBoundingClientRect()])
                .filter(([text, box]) => text.trim() && box.width);
            const deep = (a, b) => Math.min(Math.min(a.right, b.right) - Math.max(a.left, b.left),
                Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
            return texts.flatMap(([one, a], nth) => texts.slice(nth + 1)
                .filter(([, b]) => deep(a, b) > 4).map(([other]) => [one, other]));
        })"""
    )
    return overlaps


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_every_filter_and_file_and_is_seen(page: Page, name: str) -> None:
    opened(page, name)
    wanted = page.evaluate(
        """() => {
            let nth = 0;
            const stops = ".frame-bar > *, .exhibit-files > *, [role=combobox], .exhibit-scroll";
            for (const one of document.querySelectorAll(`.stMain :is(${stops})`))
                if (one.checkVisibility() && (one.tabIndex >= 0 || one.querySelector("select")))
                    one.dataset.stop = nth++;
            return nth;
        }"""
    )
    reached, rings = set(), []
    for _ in range(wanted + 60):
        page.keyboard.press("Tab")
        stop, ring = page.evaluate(FOCUSED)
        reached.add(stop)
        rings.append(ring)
        if len(reached - {None}) == wanted:
            break
    assert len(reached - {None}) == wanted
    assert min(rings) >= 2


FOCUSED = """() => {
    const one = document.activeElement;
    const frame = one.closest("[data-baseweb=select] > div, [data-baseweb=select]") ?? one;
    const width = (element) => parseFloat(getComputedStyle(element).outlineWidth) || 0;
    const stroke = one.closest(".exhibit-plot") ? parseFloat(getComputedStyle(one).strokeWidth) : 0;
    return [one.closest("[data-stop]")?.dataset.stop ?? null, Math.max(width(one), width(frame), stroke)];
}"""


@pytest.mark.parametrize("name", PAGES)
def test_charts_have_words_and_tables_are_tables(page: Page, name: str) -> None:
    opened(page, name)
    for chart in page.locator(".exhibit-chart").all():
        assert len(chart.get_attribute("aria-label") or "") > 15
        assert chart.get_attribute("role") == "figure"
    for table in page.locator(".exhibit-table").all():
        assert (table.locator("caption").text_content() or "").strip()
        assert table.locator("thead th[scope]").count() > 1
        assert table.locator("tbody th[scope=row]").count() == table.locator("tbody tr").count()
    assert page.locator("canvas").count() == 0
    assert page.locator(".exhibit-mark").first.inner_text() == "模擬資料"


def test_a_dark_page_is_dark_and_its_charts_too(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.emulate_media(color_scheme="dark")
    opened(page, "分組排名")
    grounds = page.evaluate(
        """() => [getComputedStyle(document.querySelector(".stApp")).backgroundColor,
            getComputedStyle(document.querySelector(".exhibit-plot .main-svg")).background,
            getComputedStyle(document.querySelector(".exhibit-table")).color]"""
    )
    page.close()
    assert grounds[0] == "rgb(18, 23, 29)"
    assert "rgb(18, 23, 29)" in grounds[1]
    assert grounds[2] != "rgb(31, 41, 51)"
