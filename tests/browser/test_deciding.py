"""An officer settles a tie and decides a year in the browser; the page shows it without a reload."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from dashboard.ledger import Ledger
from tests.browser.conftest import serving
from tests.deciding import filled


def confirmed(page: Page, button: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("之名義決定").click()
    dialog.get_by_role("button", name=button).click()


def test_a_tie_is_settled_and_the_year_decided(browser: Browser, tmp_path: Path) -> None:
    data_dir = filled(tmp_path / "data")
    with serving(data_dir, tmp_path / "log") as address:
        page = browser.new_page(base_url=address, locale="zh-TW", viewport={"width": 390, "height": 844})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/group_ranking?year=113")
        page.get_by_role("button", name="認定待認定事項…").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("嘉義市、金門縣同分，其中 1 縣市列入末段")).to_be_visible()
        dialog.get_by_text("嘉義市列入末段").click()
        dialog.get_by_role("textbox", name="理由").fill("訪視量較少")
        dialog.get_by_role("button", name="確認認定").click()
        expect(dialog.get_by_text("請先勾選確認。")).to_be_visible()
        assert Ledger(data_dir).decision_count() == 0
        expect(dialog).not_to_contain_text("Press")
        confirmed(page, "確認認定")
        expect(dialog).to_have_count(0)
        expect(page.get_by_text("113年應提檢討報告：臺南市、高雄市、嘉義市、連江縣").first).to_be_visible()
        page.get_by_role("button", name="定案…", exact=True).click()
        dialog.get_by_text("113年", exact=True).click()
        expect(dialog.get_by_text("將以目前所知定案：113年應提檢討報告")).to_be_visible()
        confirmed(page, "確認定案")
        expect(dialog).to_have_count(0)
        expect(page.get_by_text("113年定案後，依目前所知，無縣市之檢討報告義務與定案不同")).to_be_visible()
        made = Ledger(data_dir).decisions()
        assert [(one.kind, one.by) for one in made] == [("settlement", "示範使用者"), ("freeze", "示範使用者")]
        assert errors == []
        page.close()
