"""資料接收, run as an officer runs it, on a small office of our own: nothing is stored before somebody decides."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from dashboard import (
    answers,
    history,
    intake_cells,
    intake_changes,
    intake_files,
    intake_journal,
    intake_tray,
    questions,
)
from dashboard.domain.kinds import Format
from dashboard.domain.periods import FullYear, Month
from dashboard.domain.settings import Settings
from dashboard.exports import templates
from dashboard.ledger import Ledger, Submission, withdrawals_in
from dashboard.receiving import Incoming, Office
from tests.making import Form, Made, collection, visits
from tests.pages.visiting import Visit

PAGE = "intake"
JANUARY, FEBRUARY = Month(2025, 1), Month(2025, 2)
YEAR = FullYear(2024)
FIRST = collection(JANUARY)
GOOD = collection(FEBRUARY)
WRONG = collection(FEBRUARY, form=Form(edit={"B7": "<b>四十</b>"}))
RISEN = collection(FEBRUARY, {"arrears_persons": {"65000": 5_000}})
CORRECTED = visits(YEAR, {"repaid_persons": {"65000": 111}}, Form(correction=""), issued_on=date(2025, 6, 20))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data_dir = tmp_path_factory.mktemp("intake") / "data"
    office = Office(Settings(data_dir=data_dir))
    made = (FIRST, visits(YEAR))
    office.receive([Incoming(one.file_name, one.content, None) for one in made], "前人")
    office.ledger.close()
    return data_dir


@pytest.fixture
def office(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """Open the pages as an officer's; yield the ledger behind them, two reports in."""
    shutil.copytree(filled, tmp_path / "data")
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GUOBAO_OFFICER", "王小明")
    st.cache_resource.clear()
    ledger = Ledger(tmp_path / "data")
    yield ledger
    ledger.close()


def handed_in(*files: Made, visit: Visit | None = None) -> Visit:
    visit = visit or Visit(PAGE)
    visit.test.file_uploader[0].set_value([(one.file_name, one.content, "") for one in files])
    visit.run()
    assert not visit.test.exception
    return visit


def shown(visit: Visit) -> str:
    return "".join(one.proto.body for one in visit.test.get("html"))


def said(visit: Visit) -> str:
    return unescape(re.sub("<[^>]*>", " ", shown(visit)))


def fill(visit: Visit, key: str, what: str) -> Visit:
    next(one for one in visit.test.text_input if (one.key or "").startswith(f"intake.{key}.")).set_value(what)
    return visit


def press(visit: Visit, key: str) -> Visit:
    next(one for one in visit.test.button if (one.key or "").startswith(f"intake.{key}")).click()
    visit.run()
    assert not visit.test.exception
    return visit


def refusals(visit: Visit) -> list[str]:
    return [one.value for one in visit.test.error]


# --- before anything is stored


def test_a_file_is_read_and_shown_and_nothing_is_stored(office: Ledger) -> None:
    text = said(handed_in(GOOD))
    for expected in (
        "可收",
        "欠費催繳作業收繳概況",
        "114年2月",
        "114年2月28日",
        "單期報表",
        "198 筆",
        "新增：114年2月",
    ):
        assert expected in text
    assert len(office.submissions()) == 2


def test_the_figures_that_would_come_in_are_listed_on_demand(office: Ledger) -> None:
    assert office
    visit = handed_in(GOOD)
    assert "將收入的數值" not in shown(visit)
    visit.test.toggle[0].set_value(True)
    assert "催繳人數" in said(visit.run())
    assert shown(visit).count('<th scope="row"') == 22


def test_a_refused_file_shows_the_cell_in_its_sheet_and_cannot_be_received(office: Ledger) -> None:
    assert office
    visit = handed_in(WRONG)
    html = shown(visit)
    marked = re.findall('<td class="marked">(.*?)</td>', html)
    assert marked == ['<bdi>&lt;b&gt;四十&lt;/b&gt;</bdi><span class="mark">◀ 此格</span>']
    assert '<th scope="row">7</th>' in html
    assert "數字無法判讀" in said(visit)
    assert "請填整數" in said(visit)
    assert not [one for one in visit.test.button if (one.key or "").startswith("intake.take.")]


def test_a_correction_shows_old_and_new_and_whose_ranking_it_moves(office: Ledger) -> None:
    assert office
    visit = handed_in(CORRECTED)
    text = said(visit)
    assert "改變 1 格目前所知的數值" in text
    row = next(row for row in shown(visit).split("<tr") if "補繳人數" in row)
    assert re.findall('<td class="number">(.*?)</td>', row)[1] == "111"


def test_a_file_that_is_in_already_is_only_put_aside(office: Ledger) -> None:
    visit = handed_in(FIRST)
    assert "已收過相同檔案" in said(visit)
    assert "收件第 1 號" in said(visit)
    assert "intake-verdict" not in shown(press(visit, "aside."))
    assert len(office.submissions()) == 2


def test_a_day_that_is_none_is_refused_before_anything_is_read(office: Ledger) -> None:
    visit = handed_in(GOOD)
    visit.test.text_input(key="intake.received_on").set_value("昨天").run()
    assert any("無法判讀" in one for one in refusals(visit))
    visit.test.text_input(key="intake.received_on").set_value("114年3月31日").run()
    press(visit, "take.")
    assert office.submissions()[-1].received_on == date(2025, 3, 31)


# --- deciding


def test_an_officer_receives_and_the_result_stays_with_its_files(office: Ledger) -> None:
    visit = press(handed_in(GOOD), "take.")
    assert "收件第 3 號：已收，198 筆數值。" in said(visit)
    assert 'href="/received/3/original"' in shown(visit)
    record = office.submissions()[-1]
    assert (record.by, record.outcome, record.file_name) == ("王小明", "accepted", GOOD.file_name)
    shown_now = answers.trend_collection(questions.warehouse(), FEBRUARY, "arrears_persons")
    assert FEBRUARY.iso in set(shown_now["period"])
    assert "尚未選取檔案。" in [one.value for one in visit.test.caption]


def test_a_correction_without_a_reason_stays_out_and_comes_in_with_one(office: Ledger) -> None:
    visit = press(handed_in(CORRECTED), "take.")
    assert refusals(visit) == ["請填更正原因；修正統計應公布原因。"]
    assert len(office.submissions()) == 2
    press(fill(visit, "reason", "新北市誤植"), "take.")
    record = office.submissions()[-1]
    assert (record.is_accepted, record.correction_reason, record.supersedes) == (True, "新北市誤植", (2,))


def test_what_stands_out_comes_in_only_ticked_and_explained(office: Ledger) -> None:
    visit = handed_in(RISEN)
    assert "待確認後可收" in said(visit)
    fill(visit, "said", "已電詢勞保局")
    assert refusals(press(visit, "take.")) == ["請勾選已查證，並填查證說明。"]
    visit.test.checkbox[0].check()
    fill(visit, "said", "已電詢勞保局")
    press(visit, "take.")
    (jump,) = (one for one in office.submissions()[-1].findings if one["code"] == "jump")
    assert jump["acknowledged"] == "已電詢勞保局"


def test_a_good_file_is_sent_back_only_with_a_reason_and_its_bytes_are_not_kept(office: Ledger, tmp_path: Path) -> None:
    visit = press(handed_in(GOOD), "back.")
    assert refusals(visit) == ["請填退件理由。"]
    assert len(office.submissions()) == 2
    visit = press(fill(visit, "return", "缺首長核章"), "back.")
    record = office.submissions()[-1]
    assert record.outcome == "refused"
    assert [(one["code"], one["value"]) for one in record.findings] == [("returned", "缺首長核章")]
    assert not list((tmp_path / "data/originals").rglob(record.sha256))
    assert "已退件並留紀錄" in said(visit)
    # It may be handed in again, and be received then.
    assert "可收" in said(handed_in(GOOD, visit=visit))


def test_a_refused_file_leaves_a_record_of_what_was_wrong(office: Ledger) -> None:
    press(handed_in(WRONG), "back.")
    record = office.submissions()[-1]
    assert (record.outcome, record.by) == ("refused", "王小明")
    assert record.findings[0]["cell"] == "B7"


def test_several_files_are_decided_about_together(office: Ledger) -> None:
    march = collection(Month(2025, 3))
    visit = handed_in(march, GOOD, Made(WRONG.content, "11404催繳概況表.xlsx"), Made(b"PK\3\4", "壞檔.xlsx"))
    assert "待決定 4 件" in said(visit)
    press(visit, "take_all")
    assert [one.file_name for one in office.submissions()[2:]] == [GOOD.file_name, march.file_name]
    press(visit, "send_back_all")
    assert {one.outcome for one in office.submissions()[4:]} == {"refused"}
    assert len(office.submissions()) == 6


def test_two_files_of_one_period_are_told_apart_and_what_is_sent_back_says_why(office: Ledger) -> None:
    other = collection(FEBRUARY, {"dunned_persons": 41})
    visit = handed_in(GOOD, Made(other.content, "11402催繳概況表_補寄.xlsx"))
    assert f"同時送審的 {GOOD.file_name}（尚未收件）" in said(visit)
    assert "第 3 號" not in said(visit), "nothing has a number before it is received"
    assert said(visit).count("收件後的改變") == 1, "what is refused changes nothing"
    press(visit, "send_back_all")
    record = office.submissions()[-1]
    assert [one["code"] for one in record.findings] == ["same_period_twice"]
    note = bytes(intake_files._file("3", "note.html").body).decode()
    for expected in ("退件通知單", "同時送審的另一檔案為同一期間", GOOD.file_name, "114年2月"):
        assert expected in note
    history = said(Visit(PAGE, section="history"))
    assert "同時送審的另一檔案為同一期間，而本檔未標示「更正」：114年2月" in history


def test_the_same_file_under_two_names_is_received_once(office: Ledger) -> None:
    visit = handed_in(GOOD, Made(GOOD.content, "11402催繳概況表(1).xlsx"))
    assert "清單中另有相同檔案，只收一件" in said(visit)
    press(visit, "take_all")
    assert len(office.submissions()) == 3
    assert "已收過相同檔案" in said(visit)


def test_a_long_list_says_that_it_scrolls_and_a_short_one_stands_whole(office: Ledger) -> None:
    assert office
    months = [collection(Month(2025, month)) for month in range(2, 13)]
    visit = handed_in(*months)
    assert "可在框內上下捲動" not in said(visit)
    assert "intake-long" not in shown(visit)
    more = [collection(Month(2026, month)) for month in (1, 2)]
    assert "可在框內上下捲動" in said(handed_in(*more, visit=visit))


# --- what is not taken onto the tray


def held(visit: Visit) -> intake_tray.Tray:
    tray: intake_tray.Tray = visit.test.session_state["intake.tray"]
    return tray


def test_an_officer_holds_no_more_than_there_is_room_for_and_deciding_makes_room(
    office: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office
    monkeypatch.setenv("GUOBAO_MAX_WAITING_MB", "1")
    let_go: list[str] = []
    forget = MemoryUploadedFileManager.remove_file

    def remove(self: MemoryUploadedFileManager, session_id: str, file_id: str) -> None:
        let_go.append(file_id)
        forget(self, session_id, file_id)

    monkeypatch.setattr(MemoryUploadedFileManager, "remove_file", remove)
    large = [Made(bytes([n]) * 600_000, f"大檔{n}.csv") for n in (1, 2)]
    visit = handed_in(GOOD, *large)
    assert said(visit).count("大檔2.csv：待決定之檔案合計將逾 1 MB，未予讀取") == 1
    assert "大檔1.csv：" not in said(visit)
    assert len(held(visit).read) == 2
    assert len(let_go) == 3, "Streamlit keeps none of them"
    assert 600_000 < held(visit).size < 1_000_000
    press(visit, "send_back_all")
    assert held(visit).size < 100_000
    assert "大檔2.csv：待決定之檔案合計將逾" in said(visit), "it stays until it is removed"
    assert "未予讀取" not in said(press(visit, "dismiss"))
    handed_in(large[1], visit=visit)
    assert len(held(visit).read) == 2
    press(visit, "aside_all")
    assert held(visit).size == 0
    press(handed_in(GOOD, visit=visit), "take.")
    assert (held(visit).size, held(visit).judged) == (0, None)


# --- who may not


def test_of_many_files_one_can_be_picked(office: Ledger) -> None:
    assert office
    months = [collection(Month(2025, month)) for month in range(2, 10)]
    visit = handed_in(*months)
    assert shown(visit).count('<p class="intake-verdict') == 6
    visit.test.selectbox(key="intake.which").set_value(months[7].file_name)
    visit.run()
    assert re.findall("<h2><bdi>(.*?)</bdi>", shown(visit)) == [months[7].file_name]


def test_what_changed_since_it_was_looked_at_is_looked_at_again(office: Ledger) -> None:
    visit = handed_in(GOOD)
    other = Office(Settings())
    risen = collection(FEBRUARY, {"dunned_persons": 41})
    other.receive([Incoming(risen.file_name, risen.content, None)], "他人")
    other.ledger.close()
    press(visit, "take.")
    assert "同一期間已有收件" in said(visit)
    assert [one.by for one in office.submissions()] == ["前人", "前人", "他人"]


def test_without_an_officer_nobody_hands_in(office: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    assert office
    monkeypatch.setenv("GUOBAO_OFFICER", " ")
    visit = Visit(PAGE)
    assert not visit.test.file_uploader
    assert any("只能查閱" in one.value for one in visit.test.markdown)


def test_an_officer_taken_away_since_the_page_opened_stores_nothing(
    office: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = handed_in(GOOD)
    monkeypatch.setenv("GUOBAO_OFFICER", "")
    press(visit, "take.")
    assert len(office.submissions()) == 2


def test_nobody_hands_in_to_what_is_shown_as_of_an_earlier_day(office: Ledger) -> None:
    assert office
    visit = Visit(PAGE, known_on="2025-12-01")
    assert not visit.test.file_uploader


# --- what was handed in


def test_the_history_lists_every_record_and_filters(office: Ledger) -> None:
    press(handed_in(WRONG), "back.")
    visit = Visit(PAGE, section="history")
    assert visit.address == {"section": "history", "kind": "all", "outcome": "all", "submission": "none", "page": "1"}
    assert "收件紀錄：3 件" in said(visit)
    assert office.submissions()[0].sha256 in shown(visit)
    visit.choose("outcome", "refused")
    assert "收件紀錄：1 件" in said(visit)
    (row,) = re.findall('<tr><th scope="row" class="fixed">3</th>.*?</tr>', shown(visit))
    assert "114年2月" in row, "what it said it speaks of"
    assert row.count("未收") == 1, "in the column of outcomes alone"
    visit.choose("kind", "visits")
    assert "沒有符合條件的收件紀錄" in said(visit)


@pytest.fixture
def long_office(office: Ledger) -> Ledger:
    """An office with 120 more records: files that 陳美惠 and 林志明 sent back by turns."""
    pattern = office.submissions()[0]
    office.append(
        [
            pattern.model_copy(
                update={
                    "seq": 3 + n,
                    "outcome": "refused",
                    "slices": (),
                    "file_name": f"台南市名冊{n:03d}.XLSX",
                    "by": ("陳美惠", "林志明")[n % 2],
                    "sha256": f"{n:064d}",
                }
            )
            for n in range(120)
        ]
    )
    return office


def numbers(visit: Visit) -> list[int]:
    """The numbers of the records listed, in their order."""
    (table,) = (one.proto.body for one in visit.test.get("html") if "<caption>收件紀錄" in one.proto.body)
    return [int(number) for number in re.findall(r'<th scope="row" class="fixed">(\d+)</th>', table)]


def test_a_long_history_is_paged_through_to_its_first_record(long_office: Ledger) -> None:
    assert long_office
    visit = Visit(PAGE, section="history")
    assert "收件紀錄：122 件，第 1 頁／共 3 頁" in said(visit)
    listed = numbers(visit)
    for page in (2, 3):
        visit.test.button(key="intake.page.下一頁").click()
        visit.run()
        assert visit.address["page"] == str(page)
        assert f"第 {page} 頁／共 3 頁" in said(visit)
        listed += numbers(visit)
    assert listed == [*range(122, 0, -1)]
    assert visit.test.button(key="intake.page.下一頁").disabled
    visit.test.button(key="intake.page.上一頁").click()
    assert numbers(visit.run()) == [*range(72, 22, -1)]
    # An address names a page; one that there is not is answered with the first, and says so.
    assert numbers(Visit(PAGE, section="history", page="3")) == [*range(22, 0, -1)]
    beyond = Visit(PAGE, section="history", page="9")
    assert numbers(beyond)[0] == 122
    assert any("頁次「9」" in one for one in beyond.notices)


def test_other_filters_begin_at_their_first_page(long_office: Ledger) -> None:
    assert long_office
    visit = Visit(PAGE, section="history", page="3")
    visit.choose("outcome", "refused")
    assert (visit.address["page"], numbers(visit)[0]) == ("1", 122)
    assert visit.notices == []
    assert "收件紀錄：120 件，第 1 頁／共 3 頁" in said(visit)


def test_records_are_found_by_a_part_of_the_files_name_or_the_officers(long_office: Ledger) -> None:
    assert long_office
    visit = Visit(PAGE, section="history", page="2")
    visit.test.text_input(key="picker.search").set_value("臺南市 ＸＬＳＸ 陳美")
    visit.run()
    assert visit.address["search"] == "臺南市 ＸＬＳＸ 陳美"
    assert visit.address["page"] == "1"
    assert "收件紀錄：60 件，第 1 頁／共 2 頁" in said(visit)
    assert numbers(Visit(PAGE, section="history", search="名冊007")) == [10]
    assert len(numbers(Visit(PAGE, section="history", search="前人"))) == 2
    assert "沒有符合條件的收件紀錄" in said(Visit(PAGE, section="history", search="查無此檔"))
    assert numbers(Visit(PAGE, section="history", search="名冊007", outcome="refused", kind="collection")) == [10]
    visit.test.text_input(key="picker.search").set_value("")
    assert "search" not in visit.run().address


def test_a_comparison_says_how_many_cells_there_are_and_hands_out_all_of_them(
    office: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office
    press(fill(handed_in(CORRECTED), "reason", "誤植"), "take.")
    monkeypatch.setattr(intake_journal, "MOST_CHANGES", 20)
    visit = Visit(PAGE, section="history", submission="3", against="2")
    assert "共 1 格。" in said(visit)
    visit.test.toggle(key="intake.only_different").set_value(False)
    visit.run()
    assert "共 176 格，此處只列前 20 格；全部 176 格請下載檔案。" in said(visit)
    assert offered(visit) == ["下載 ODS（176 格）", "下載 CSV（176 格）"]
    monkeypatch.setattr(intake_cells, "_MOST_ODS", 100)
    assert offered(visit.run()) == ["下載 CSV（176 格）"]
    assert "逾 100 格者僅提供 CSV。" in [one.value for one in visit.test.caption]


def offered(visit: Visit) -> list[str]:
    """The files of cells that a page hands out."""
    return [one.proto.label for one in visit.test.get("download_button") if "格）" in one.proto.label]


def test_a_preview_that_lists_only_some_changes_hands_out_all_of_them(
    office: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office
    assert offered(handed_in(CORRECTED)) == [], "all of them are listed"
    monkeypatch.setattr(intake_changes, "MOST_CHANGES", 1)
    many = visits(
        YEAR, {"repaid_persons": {"65000": 11, "63000": 12}}, Form(correction=""), issued_on=date(2025, 6, 20)
    )
    visit = handed_in(many)
    assert "改變 2 格目前所知的數值（只列前 1 格）" in said(visit)
    assert offered(visit) == ["下載 ODS（2 格）", "下載 CSV（2 格）"]


def test_the_file_of_a_comparison_holds_every_cell_and_says_what_is_simulated(office: Ledger) -> None:
    press(fill(handed_in(CORRECTED), "reason", "誤植"), "take.")
    old, new = office.submissions()[1:3]
    cells = history.compare(questions.office().archive, old, new)
    compared = ("第 2 號與第 3 號", cells, ("第 2 號", "第 3 號"))
    rows = list(csv.DictReader(io.StringIO(intake_cells._file(Format.CSV, *compared, True).decode("utf-8-sig"))))
    assert len(rows) == len(cells) == 176
    (moved,) = (row for row in rows if row["第 2 號"] != row["第 3 號"])
    assert (moved["縣市"], moved["項目"], moved["第 3 號"]) == ("新北市", "訪視後補繳人數", "111")
    assert {row["資料性質"] for row in rows} == {"模擬資料"}
    assert "資料性質" not in intake_cells._file(Format.CSV, *compared, False).decode("utf-8-sig")
    sheet = pd.read_excel(io.BytesIO(intake_cells._file(Format.ODS, *compared, False)), header=None)
    assert len(sheet) == 1 + 1 + 176


def test_two_versions_are_compared_cell_by_cell(office: Ledger) -> None:
    assert office
    press(fill(handed_in(CORRECTED), "reason", "誤植"), "take.")
    visit = Visit(PAGE, section="history", submission="3", against="2")
    assert "第 2 號與第 3 號：176 格中 1 格不同" in said(visit)
    assert "由第 3 號取代" in said(visit)
    assert "取代第 2 號" in said(visit)
    visit.test.toggle(key="intake.only_different").set_value(False)
    assert said(visit.run()).count("新北市") > 5


def test_a_record_in_force_again_is_not_called_replaced(office: Ledger) -> None:
    assert office
    press(fill(handed_in(CORRECTED), "reason", "誤植"), "take.")
    assert "由第 3 號取代" in said(Visit(PAGE, section="history"))
    visit = Visit(PAGE, section="history", submission="3")
    visit.test.text_area(key="intake.withdraw.reason").set_value("送錯檔案")
    visit.test.checkbox(key="intake.withdraw.sure").check()
    press(visit, "withdraw.submit")
    assert "由第 3 號取代" not in said(Visit(PAGE, section="history"))


def test_a_submission_is_withdrawn_with_a_tick_and_a_reason(office: Ledger) -> None:
    visit = Visit(PAGE, section="history", submission="1")
    visit.test.text_area(key="intake.withdraw.reason").set_value("送錯檔案")
    press(visit, "withdraw.submit")
    assert refusals(visit) == ["請先勾選確認。"]
    visit.test.text_area(key="intake.withdraw.reason").set_value("送錯檔案")
    visit.test.checkbox(key="intake.withdraw.sure").check()
    press(visit, "withdraw.submit")
    (gone,) = withdrawals_in(office.records()).values()
    assert (gone.submission_id, gone.by, gone.reason) == (1, "王小明", "送錯檔案")
    later = Visit(PAGE, section="history", outcome="withdrawn", submission="1")
    assert "現行版本" not in said(later)
    assert not [one for one in later.test.button if one.key == "intake.withdraw.submit"]
    assert "由王小明撤回：送錯檔案" in said(later)
    assert "收件紀錄：1 件" in said(later)


def test_an_earlier_day_knows_only_what_was_in_by_then(office: Ledger) -> None:
    assert "收件紀錄：2 件" in said(Visit(PAGE, section="history"))
    first = min(one.received_on for one in office.submissions())
    assert "收件紀錄：1 件" in said(Visit(PAGE, section="history", known_on=first.isoformat()))


# --- files


def record_of(office: Ledger, file: Made) -> Submission:
    return next(one for one in office.submissions() if one.file_name == file.file_name)


def test_an_original_is_handed_out_byte_for_byte_and_a_refused_one_never(office: Ledger) -> None:
    press(handed_in(WRONG), "back.")
    answer = intake_files._file("1", "original")
    assert answer.body == FIRST.content
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    for number, name in (("3", "original"), ("4", "note.html"), ("1", "../original"), ("x", "note.html")):
        with pytest.raises(HTTPException) as refused:
            intake_files._file(number, name)
        assert refused.value.status_code == 404
    assert record_of(office, WRONG).seq == 3


def test_a_note_says_file_hash_findings_remedy_and_officer_and_quotes_nothing_as_markup(office: Ledger) -> None:
    press(handed_in(WRONG), "back.")
    note = bytes(intake_files._file("3", "note.html").body).decode()
    record = office.submissions()[-1]
    for expected in ("退件通知單", record.sha256, "數字無法判讀", "儲存格 B7", "請填整數", "王小明", "@media print"):
        assert expected in note
    assert "<b>四十" not in note
    assert "&lt;b&gt;四十&lt;/b&gt;" in note


def test_findings_are_handed_out_as_a_spreadsheet(office: Ledger) -> None:
    assert office
    press(handed_in(WRONG), "back.")
    answer = intake_files._file("3", "findings.ods")
    assert bytes(answer.body).startswith(b"PK")
    assert answer.media_type == "application/vnd.oasis.opendocument.spreadsheet"
    assert bytes(answer.body) == bytes(intake_files._file("3", "findings.ods").body)


def test_a_form_of_every_layout_is_offered_in_both_formats(office: Ledger) -> None:
    assert office
    html = shown(Visit(PAGE, section="templates"))
    for one in templates.offered():
        for wanted in (Format.ODS, Format.XLSX):
            assert f'href="/received/forms/{one.layout}.{wanted}"' in html
    form = intake_files._empty_form("visits_form", "xlsx")
    assert bytes(form.body) == templates.template_file("visits_form", Format.XLSX)
    with pytest.raises(HTTPException):
        intake_files._empty_form("visits_form", "csv")
