"""New reports reach a running server, and the readers who have it open, without a restart."""

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, expect

from dashboard.domain.settings import HOUSE, Settings
from dashboard.handing_in import gather
from dashboard.receiving import Office
from tests.browser.conftest import serving

AVERAGES = HOUSE / "data/sample/average_rate"


def receive(data_dir: Path, file: Path) -> None:
    command = [sys.executable, "-m", "dashboard", "receive", str(file), "--data-dir", str(data_dir)]
    subprocess.run(command, check=True, capture_output=True, cwd=HOUSE)


def test_an_open_page_shows_what_another_process_received_on_its_next_rerun(browser: Browser, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    first = gather([AVERAGES / "113年11月平均繳費率表.xlsx", AVERAGES / "平均繳費率_97年10月至112年6月.xlsx"])
    Office(Settings(data_dir=data_dir)).receive(first.batch, "測試")
    with serving(data_dir, tmp_path / "log") as address:
        page = browser.new_page(base_url=address, locale="zh-TW")
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/?measure=average_rate&year=113")
        expect(page.get_by_text(re.compile("113年.*平均繳費率")).first).to_be_visible()
        receive(data_dir, AVERAGES / "平均繳費率_97年10月至114年6月.xlsx")
        # One click on another filter is one rerun; the new year is then on offer without a reload.
        page.get_by_text("原住民", exact=True).first.click()
        expect(page.locator(".frame-list option")).to_have_count(3)
        expect(page.locator(".exhibit-head h2")).to_contain_text("113年原住民")
        page.locator(".frame-list").select_option("114")
        expect(page.get_by_text(re.compile("114年.*平均繳費率")).first).to_be_visible()
        assert errors == []
        page.close()
