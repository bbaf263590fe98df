"""An officer settles a tie and decides a year in the browser; the page shows it without a reload."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from dashboard.ledger import Ledger
from tests.browser.conftest import serving
from tests.deciding import RULE, TIED, YEAR, desk, filled


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
        expect(dialog.get_by_text("將以目前所知定案：113年應提檢討報告")).to_be_visible()
        confirmed(page, "確認定案")
        expect(dialog).to_have_count(0)
        expect(page.get_by_text("113年定案後，依目前所知，無縣市之檢討報告義務與定案不同")).to_be_visible()
        said = "定案（決定第 2 號），應提檢討報告：臺南市、高雄市、嘉義市、連江縣；以下為目前所知"
        expect(page.get_by_role("heading", name=said)).to_be_visible()
        made = Ledger(data_dir).decisions()
        assert [(one.kind, one.by) for one in made] == [("settlement", "示範使用者"), ("freeze", "示範使用者")]
        assert errors == []
        page.close()


def test_a_dialog_put_away_is_forgotten_and_one_that_stood_open_decides_nothing_unseen(
    browser: Browser, tmp_path: Path
) -> None:
    data_dir = filled(tmp_path / "data")
    with serving(data_dir, tmp_path / "log") as address:
        page = browser.new_page(base_url=address, locale="zh-TW", viewport={"width": 1280, "height": 900})
        dialog, at = page.get_by_role("dialog"), desk(data_dir)
        page.goto("/group_ranking?year=113")
        page.get_by_role("button", name="認定待認定事項…").click()
        dialog.get_by_text("嘉義市列入末段").click()
        dialog.get_by_text("之名義決定").click()
        expect(dialog.get_by_role("checkbox", checked=True)).to_have_count(2)
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        page.get_by_role("button", name="認定待認定事項…").click()
        expect(dialog.get_by_role("checkbox", checked=False)).to_have_count(3)
        dialog.get_by_text("金門縣列入末段").click()
        dialog.get_by_role("textbox", name="理由").fill("理由")
        at.settle(YEAR, RULE, "非直轄市", TIED, TIED[:1], "訪視量較少")
        confirmed(page, "確認認定")
        expect(dialog.get_by_text("已有較新之認定，尚未寫入；決定第 1 號")).to_be_visible()
        expect(dialog.get_by_text("本事項已有認定，再認定將予取代。")).to_be_visible()
        expect(dialog.get_by_role("checkbox", checked=False)).to_have_count(3)
        assert at.ledger.decision_count() == 1
        page.keyboard.press("Escape")
        page.get_by_role("button", name="定案…", exact=True).click()
        expect(dialog.get_by_text("臺南市、高雄市、嘉義市、連江縣")).to_be_visible()
        at.settle(YEAR, RULE, "非直轄市", TIED, TIED[1:], "複核後改認定")
        confirmed(page, "確認定案")
        expect(dialog.get_by_text("其間有新的收件或決定，尚未寫入")).to_be_visible()
        expect(dialog.get_by_text("臺南市、高雄市、金門縣、連江縣")).to_be_visible()
        assert at.ledger.decision_count() == 2
        confirmed(page, "確認定案")
        expect(dialog).to_have_count(0)
        assert at.ledger.decisions()[-1].kind == "freeze"
        page.close()
