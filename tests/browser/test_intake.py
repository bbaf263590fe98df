"""資料接收 in the browser: real files handed in, received, sent back; at every width, for everyone."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from dashboard.domain.periods import FullYear, Month
from dashboard.domain.settings import Settings
from dashboard.ledger import Ledger
from dashboard.receiving import Incoming, Office
from tests.browser.conftest import serving
from tests.browser.test_everyone import LATIN, WIDTHS, said, violations
from tests.making import Form, Made, collection, visits

JANUARY, FEBRUARY = Month(2025, 1), Month(2025, 2)
FIRST, GOOD = collection(JANUARY), collection(FEBRUARY)
WRONG = collection(FEBRUARY, form=Form(edit={"B7": "<img src=x onerror=alert(1)>"}))
REPORT = visits(FullYear(2024))
CORRECTED = visits(FullYear(2024), {"repaid_persons": {"65000": 111}}, Form(correction=""))


def bomb() -> Made:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 200_000_000)
    return Made(packed.getvalue(), "..\\..\\炸彈.xlsx")


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, Ledger]]:
    """Yield the page of an office with two reports in, and the ledger behind it; the tests below follow each other."""
    directory = tmp_path_factory.mktemp("intake")
    office = Office(Settings(data_dir=directory / "data"))
    office.receive([Incoming(one.file_name, one.content, None) for one in (FIRST, REPORT)], "前人")
    with serving(directory / "data", directory / "log") as address:
        page = browser.new_page(base_url=address, locale="zh-TW", viewport={"width": 1440, "height": 1000})
        yield page, office.ledger
        page.close()
    office.ledger.close()


@pytest.fixture
def page(opened: tuple[Page, Ledger]) -> Iterator[Page]:
    """Yield the page, opened anew; nothing that a sender wrote may have run on it."""
    page, _ = opened
    errors: list[str] = []

    def note(error: object) -> None:
        errors.append(str(error))

    page.on("pageerror", note)
    page.on("dialog", note)
    page.goto("/intake")
    expect(page.get_by_text("尚未選取檔案。")).to_be_visible()
    yield page
    page.remove_listener("pageerror", note)
    page.remove_listener("dialog", note)
    assert errors == []


@pytest.fixture
def ledger(opened: tuple[Page, Ledger]) -> Ledger:
    return opened[1]


def drop(page: Page, *files: Made) -> None:
    payload: list[FilePayload] = [
        {"name": one.file_name, "mimeType": "application/octet-stream", "buffer": one.content} for one in files
    ]
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(payload)
    expect(page.locator(".intake-verdict")).to_have_count(len(files))
    expect(page.locator('[data-stale="true"]')).to_have_count(0)


def test_a_file_is_received_and_what_became_of_it_stays(page: Page, ledger: Ledger) -> None:
    before = len(ledger.submissions())
    drop(page, GOOD)
    expect(page.locator(".intake-verdict")).to_have_text("✓ 可收")
    expect(page.locator("body")).to_contain_text("新增：114年2月。")
    assert len(ledger.submissions()) == before
    page.get_by_role("button", name="收件", exact=True).click()
    expect(page.locator("body")).to_contain_text(f"收件第 {before + 1} 號：已收，198 筆數值。")
    assert ledger.submissions()[-1].by == "示範使用者"
    link = page.get_by_role("link", name="原檔")
    assert page.request.get(link.get_attribute("href") or "").body() == GOOD.content
    page.get_by_role("link", name="到「趨勢」檢視").click()
    expect(page.locator("h1")).to_have_text("趨勢")


def test_a_refused_file_shows_the_cell_outlined_and_labelled(page: Page, ledger: Ledger) -> None:
    before = len(ledger.submissions())
    drop(page, WRONG)
    marked = page.locator(".intake-region .marked")
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("◀ 此格")
    assert marked.evaluate("one => parseFloat(getComputedStyle(one).outlineWidth)") >= 2
    expect(page.get_by_role("button", name="收件", exact=True)).to_have_count(0)
    with page.expect_download() as note:
        page.get_by_role("button", name="列印用通知單").click()
    assert note.value.suggested_filename.startswith("退件通知單_")
    assert "數字無法判讀" in Path(note.value.path()).read_text("utf-8")
    with page.expect_download() as sheet:
        page.get_by_role("button", name="審查意見 ODS").click()
    assert zipfile.is_zipfile(sheet.value.path())
    page.get_by_role("button", name="退件並留紀錄").click()
    expect(page.locator("body")).to_contain_text("已退件並留紀錄")
    assert len(ledger.submissions()) == before + 1
    assert ledger.submissions()[-1].outcome == "refused"


def test_a_correction_asks_for_its_reason_in_chinese_only(page: Page, ledger: Ledger) -> None:
    drop(page, CORRECTED)
    expect(page.locator("body")).to_contain_text("改變 1 格目前所知的數值")
    page.get_by_role("button", name="收件", exact=True).click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("請填更正原因")
    reason = page.get_by_label("更正原因")
    reason.fill("新北市誤植")
    expect(page.locator("body")).not_to_contain_text("Press")
    page.get_by_role("button", name="收件", exact=True).click()
    expect(page.locator("body")).to_contain_text("已收，176 筆數值。")
    assert ledger.submissions()[-1].correction_reason == "新北市誤植"


def test_hostile_files_are_refused_and_the_page_goes_on(page: Page, ledger: Ledger) -> None:
    before = len(ledger.submissions())
    drop(page, bomb(), Made(b"MZ\x90\0", "程式.exe"), Made(b"PK\3\4" + bytes(99), "壞檔.xlsx"))
    expect(page.locator(".intake-verdict.refused")).to_have_count(3)
    expect(page.get_by_role("heading", name="炸彈.xlsx", exact=True)).to_be_visible()
    page.get_by_role("button", name="全部移出清單").click()
    expect(page.get_by_text("尚未選取檔案。")).to_be_visible()
    assert len(ledger.submissions()) == before


def test_a_file_too_large_among_others_stays_told_of_until_that_is_removed(page: Page, tmp_path: Path) -> None:
    april = collection(Month(2025, 4))
    (tmp_path / april.file_name).write_bytes(april.content)
    with (tmp_path / "大檔.xlsx").open("wb") as large:
        large.truncate(60_000_000)
    expect(page.locator(".intake-oversized")).to_be_attached()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([*tmp_path.iterdir()])
    expect(page.locator(".intake-verdict")).to_have_count(1)
    told = page.get_by_role("listitem").filter(has_text="大檔.xlsx：超過單一檔案 50 MB 之上限，未予讀取。")
    expect(told).to_have_count(1)
    page.get_by_role("button", name="全部移出清單").or_(page.get_by_role("button", name="移出清單")).first.click()
    expect(page.get_by_text("尚未選取檔案。")).to_be_visible()
    expect(told).to_have_count(1)
    page.get_by_role("button", name="移除訊息").click()
    expect(told).to_have_count(0)
    expect(page.get_by_text("大檔.xlsx")).to_have_count(0)


@pytest.mark.parametrize("section", ["hand_in", "history", "templates"])
def test_the_page_is_for_everyone_at_every_width(page: Page, section: str) -> None:
    if section == "hand_in":
        drop(page, WRONG, collection(Month(2025, 3), {"arrears_persons": {"65000": 9_000}}))
        page.get_by_label("收件日").fill("114年12月1日")
    else:
        page.goto(f"/intake?section={section}&submission=1")
        expect(page.locator(".intake-table").first).to_be_visible()
    assert re.findall(r"[A-Za-z]{2,}", _without_files(said(page))) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert violations(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        sizes = page.get_by_test_id("stMain").evaluate("main => [main.scrollWidth, main.clientWidth]")
        assert sizes[0] <= sizes[1], width
    page.set_viewport_size({"width": 1440, "height": 1000})


def _without_files(text: str) -> str:
    """Take out what may stand in Latin letters: names of files and kinds, hashes, what a sender's cell says."""
    return re.sub(
        r"\b[0-9a-f]{8,64}\b|<img[^\s]*|onerror\S*|\bsrc=\S*|\bKB\b|\bMB\b|--[a-z]+|\.(xlsx|ods|csv)",
        "",
        LATIN.sub("", text),
    )
