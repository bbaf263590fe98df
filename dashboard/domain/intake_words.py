"""The words of receiving: what a file holds, what it would change, what is wrong with it, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from dashboard.domain.findings import Severity
from dashboard.domain.kinds import IntakeSection, OutcomeFilter
from dashboard.domain.roc import roc_date

PAGE = "資料接收"
PICK_SECTION = "作業"
SECTIONS: Mapping[IntakeSection, str] = MappingProxyType(
    {
        IntakeSection.HAND_IN: "送件審查",
        IntakeSection.HISTORY: "收件紀錄",
        IntakeSection.TEMPLATES: "空白範本",
    }
)

# --- who may
NO_OFFICER = "未設定收件人員姓名（officer），只能查閱收件紀錄及下載範本，不能收件、退件或撤回。"
NOT_IN_THE_PAST = "現以過去某日所知顯示；收件、退件及撤回請先回到目前所知。"

# --- handing in
DROP = "報表檔案（.xlsx、.ods、.csv，可一次多檔）"
DROP_HELP = "檔案選取後即行審查；按下「收件」以前不寫入任何資料。"
RECEIVED_ON = "收件日"
NOTHING_ON_THE_TABLE = "尚未選取檔案。"
TAKE = "收件"
SEND_BACK = "退件並留紀錄"
PUT_ASIDE = "移出清單"
CLEAR_RESULTS = "清除結果"
CLEAR_ALL = "全部移出清單"
REASON_OF_CORRECTION = "更正原因（必填）"
ACKNOWLEDGE_TICK = "上列待確認事項均已查證，數值無誤"
ACKNOWLEDGE_REASON = "查證說明（必填）"
REASON_OF_RETURN = "退件理由"
REASON_OF_RETURN_NEEDED = "退件理由（退件時必填）"
NO_REASON_OF_CORRECTION = "請填更正原因；修正統計應公布原因。"
NO_ACKNOWLEDGEMENT = "請勾選已查證，並填查證說明。"
NO_REASON_OF_RETURN = "請填退件理由。"
TOO_LONG = "文字請在 300 字以內。"
CHANGED_MEANWHILE = "審查結果已因其他收件而改變，請看過更新後的內容再決定。"
GONE = "檔案已不在清單上；請重新選取。"
DIFFERS = "收件時的結果與審查時不同：其間另有收件。"
RESULTS = "本次收件結果"


def reading(file_name: str, count: int, total: int) -> str:
    return f"讀取中（{count}／{total}）：{file_name}"


def take_all(count: int) -> str:
    return f"收下無待辦事項者（{count} 件）"


def send_back_all(count: int) -> str:
    return f"不合格者全部退件（{count} 件）"


def waiting(count: int) -> str:
    return f"待決定 {count} 件"


# --- what the file is
FACTS = "檔案內容"
KIND, PERIOD, AS_OF, LAYOUT, ISSUED_ON = "報表", "資料期間", "資料截止日", "版式", "製表日期"
DIGEST, SIZE, NATURE, CORRECTION, FIGURE_COUNT = "雜湊值", "大小", "性質", "更正", "數值"
UNKNOWN, NOT_TAKEN = "無法辨識", "未收"
NOT_STATED = "未載明"
SIMULATED = "模擬資料"
VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "accepted": "✓ 可收",
        "accepted_with_notes": "✓ 可收（有附記）",
        "asking": "？ 待確認後可收",
        "refused": "✕ 不合格，不得收件",
        "identical": "＝ 已收過相同檔案，無須再收",
    }
)
FORMS, HISTORIES = "單期報表", "歷史檔（一列一期一縣市）"


def span(first: str, last: str, count: int) -> str:
    return first if count == 1 else f"{first} 至 {last}（{count} 期）"


def figures(count: str) -> str:
    return f"{count} 筆"


def size(kilobytes: str) -> str:
    return f"{kilobytes} KB"


def corrected(reason: str) -> str:
    return f"是；原因：{reason}" if reason else "是"


def same_as(number: int, received_on: date) -> str:
    return f"與收件第 {number} 號（{roc_date(received_on)}收件）完全相同。"


# --- what would come in
SHOW_FIGURES = "列出將收入的數值"
WHICH_BLOCK = "期間"
WHICH_FILE, FIRST_ONES = "檢視檔案", "依序（須處理者優先）"
COUNTY, POPULATION, MEASURE, OLD, NEW, DIFFERENCE, PLACE = "縣市", "對象", "項目", "現有", "本檔", "差", "位置"


def block(period: str, as_of: date, population: str) -> str:
    return f"{period}，截至{roc_date(as_of)}，{population}"


# --- what would change
CHANGES = "收件後的改變"
NO_CHANGE = "目前所知的數值沒有改變。"
NEW_TABLE, CHANGE_TABLE = "將收入的數值", "將改變的數值（現有 → 本檔）"


def changed(count: str, shown: str) -> str:
    """Say how many cells change, and how many of them are listed where not all are."""
    return f"改變 {count} 格目前所知的數值" + (f"（只列前 {shown} 格）" if shown != count else "") + "。"


def new_slices(named: str) -> str:
    return f"新增：{named}。"


def becomes_rankable(year: str, rule: str) -> str:
    return f"{year}分組排名（{rule}）收件後即可評比。"


def standings(year: str, rule: str, count: str) -> str:
    return f"{year}分組排名（{rule}）：{count} 縣市的名次或檢討報告義務改變"


GROUP, OLD_PLACE, NEW_PLACE, OLD_DUTY, NEW_DUTY = "組別", "現有名次", "收件後名次", "現有檢討報告", "收件後檢討報告"
DUTIES: Mapping[bool | None, str] = MappingProxyType({True: "應提", False: "無須", None: "待認定"})

# --- findings
FINDINGS = "審查意見"
NO_FINDINGS = "沒有審查意見。"
SEVERITIES: Mapping[Severity, str] = MappingProxyType(
    {Severity.REFUSE: "✕ 不合格", Severity.ACKNOWLEDGE: "？ 待確認", Severity.NOTE: "附記"}
)
CODE, SEVERITY, SHEET, CELL, VALUE, EXPECTED, SENTENCE, REMEDY, SAID = (
    "代碼", "程度", "工作表", "儲存格", "檔案內容", "應為", "意見", "處理方式", "查證說明",
)  # fmt: skip
MARK = "◀ 此格"
EXPLANATION = "說明"
SHOW_PLACE = "顯示所在位置"


def severity(name: str, count: int) -> str:
    return f"{name} {count} 項"


def place(sheet: str, cell: str) -> str:
    """Name a place in a file; a .csv file has no sheets."""
    named = f"工作表「{sheet}」" if sheet else ""
    return f"{named}儲存格 {cell}" if cell else named


def region(sheet: str, cell: str) -> str:
    return f"{place(sheet, cell)}及其周圍"


def more_findings(count: int) -> str:
    return f"另有 {count} 項，請下載審查意見檢視。"


# --- files made of findings
FINDINGS_FILE, NOTE_FILE, PRINT = "審查意見 ODS", "列印用通知單", "列印"
NOTE_TITLES: Mapping[bool, str] = MappingProxyType({True: "退件通知單", False: "審查意見"})
NOTE_NUMBER, FILE_NAME, OFFICER, NOTED_ON, CONCLUSION = "收件編號", "檔案名稱", "收件人員", "日期", "結論"
NOT_RECORDED = "尚未登錄（送件前審查）"
CONCLUSIONS: Mapping[str, str] = MappingProxyType(
    {
        "accepted": "可收，無意見。",
        "accepted_with_notes": "可收，意見供參，請於下次報表改進。",
        "asking": "待查證確認後收件。",
        "refused": "不予收件；請依下列意見更正後，重新送件。",
        "identical": "與已收檔案完全相同，未重複收件。",
    }
)


def note_name(title: str, file_name: str) -> str:
    """Name the file of a note after the file it speaks of."""
    return f"{title}_{file_name}"


# --- results


def taken(number: int, outcome: str, count: str) -> str:
    return f"收件第 {number} 號：{outcome}，{count} 筆數值。"


def sent_back(number: int) -> str:
    return f"收件第 {number} 號：已退件並留紀錄；檔案內容不留存。"


def not_taken_again(number: int) -> str:
    return f"與收件第 {number} 號相同，未重複收件。"


def more_results(count: int) -> str:
    return f"其餘 {count} 件"


def see(page: str) -> str:
    return f"到「{page}」檢視"


# --- history
HISTORY_TABLE = "收件紀錄"
PICK_KIND, ALL_KINDS = "報表", "全部報表"
PICK_OUTCOME = "結果"
OUTCOMES: Mapping[OutcomeFilter, str] = MappingProxyType(
    {
        OutcomeFilter.ALL: "全部",
        OutcomeFilter.ACCEPTED: "已收（無附記）",
        OutcomeFilter.NOTED: "已收（有附記）",
        OutcomeFilter.REFUSED: "未收",
        OutcomeFilter.WITHDRAWN: "已撤回",
    }
)
NUMBER, REPORT_AND_PERIOD, RECEIPT, BY, FILE = "編號", "報表及期間", "收件日、登錄、人員", "收件人員", "檔案"
OUTCOME, FINDING_COUNT, RELATION, DOWNLOAD = "結果", "意見", "版本關係", "下載"
NONE_RECORDED = "沒有符合條件的收件紀錄。"
ORIGINAL = "原檔"
PICK_SUBMISSION, NO_SUBMISSION = "檢視收件", "未選"
PICK_AGAINST, NO_AGAINST = "比較版本", "不比較"
VERSIONS_TABLE = "同一資料的各版本"
KNOWN_FROM, KNOWN_UNTIL, STATE = "自", "至", "狀態"
ONLY_DIFFERENT = "只列不同者"
WITHDRAW, WITHDRAW_SUBMIT, WITHDRAW_REASON = "撤回…", "確認撤回", "撤回理由（必填）"
WITHDRAWN = "已撤回"
NOT_CONFIRMED = "請先勾選確認。"
UNTIL_NOW = "目前"


def records(shown: int, total: int) -> str:
    return f"{total} 件" if shown == total else f"{total} 件，列最近 {shown} 件；其餘請以條件篩選"


def recorded(at: str) -> str:
    return f"{at} 登錄"


def count(findings: int) -> str:
    return f"{findings} 項"


def more_cells(count: str) -> str:
    return f"另有 {count} 格未列。"


def numbered(number: int) -> str:
    return f"第 {number} 號"


def submission(number: int, file_name: str) -> str:
    return f"第 {number} 號 {file_name}"


def superseded_by(number: int) -> str:
    return f"由第 {number} 號取代"


def supersedes(numbers: Sequence[int]) -> str:
    return f"取代第 {'、'.join(map(str, numbers))} 號"


def withdrawn(on: date, by: str, reason: str) -> str:
    return f"{roc_date(on)}由{by}撤回：{reason}"


def compared(a: int, b: int, different: str, total: str) -> str:
    return f"第 {a} 號與第 {b} 號：{total} 格中 {different} 格不同"


def version_state(is_in_force: bool, superseded: int | None, is_withdrawn: bool) -> str:
    if is_in_force:
        return "現行版本"
    if is_withdrawn:
        return f"{WITHDRAWN}（撤回前曾{superseded_by(superseded)}）" if superseded else WITHDRAWN
    return superseded_by(superseded) if superseded else ""


def withdrawing(officer: str) -> str:
    return f"我以「{officer}」之名義撤回；紀錄與原檔保留，數值自即日起不再採用，且不得復原（可重新送件）。"


# --- templates
TEMPLATES = "空白範本"
TEMPLATES_HINT = "每種報表各有 .ods 與 .xlsx；欄位標題已鎖定，填寫範例與定義見第二張工作表。依範本填妥者均可收件。"
