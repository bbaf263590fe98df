"""The words of receiving: what a file holds, what it would change, what is wrong with it, and what became of it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from dashboard.domain.findings import Severity
from dashboard.domain.kinds import IntakeSection
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
NO_OFFICER = "本系統尚未設定收件人員，只能查閱收件紀錄及下載範本，不能收件、退件或撤回；請洽系統管理人員設定。"
NOT_IN_THE_PAST = "現以過去某日所知顯示；收件、退件及撤回請先回到目前所知。"

# --- handing in
DROP = "報表檔案（.xlsx、.ods、.csv，可一次多檔）"
DROP_HELP = "檔案選取後即行審查；按下「收件」以前不寫入任何資料。"
RECEIVED_ON = "收件日"
NOTHING_ON_THE_TABLE = "尚未選取檔案。"
FIRST_STEPS = "選取檔案後即行審查，並列出收件後將改變的數值與名次；按下「收件」以前不寫入任何資料。"
LONG_LIST = "清單較長，可在框內上下捲動。"
TAKE = "收件"
SEND_BACK = "退件並留紀錄"
PUT_ASIDE = "移出清單"
CLEAR_RESULTS = "清除結果"
CLEAR_ALL = "全部移出清單"
REASON_OF_CORRECTION = "更正原因（必填）"
ACKNOWLEDGE_TICK = "上列待確認事項均已查證，數值無誤"
ACKNOWLEDGE_REASON = "查證說明（必填）"
REASON_OF_RETURN = "退件理由（可不填，以審查意見為理由）"
REASON_OF_RETURN_NEEDED = "退件理由（退件時必填）"
NO_REASON_OF_CORRECTION = "請填更正原因；修正統計應公布原因。"
NO_ACKNOWLEDGEMENT = "請勾選已查證，並填查證說明。"
NO_REASON_OF_RETURN = "請填退件理由。"
TOO_LONG = "文字請在 300 字以內。"
CHANGED_MEANWHILE = "審查結果已因其他收件而改變，請看過更新後的內容再決定。"
GONE = "檔案已不在清單上；請重新選取。"
LEFT_OUT = "未讀取的檔案"
DISMISS = "移除訊息"
DIFFERS = "收件時的結果與審查時不同：其間另有收件。"
RESULTS = "本次收件結果"


def too_large(megabytes: int) -> str:
    return f"超過單一檔案 {megabytes} MB 之上限，未予讀取。"


def no_room(file_name: str, megabytes: int) -> str:
    return (
        f"{file_name}：待決定之檔案合計將逾 {megabytes} MB，未予讀取；請先將清單上之檔案收件、退件或移出，再重新選取。"
    )


def reading(file_name: str, count: int, total: int) -> str:
    return f"讀取中（{count}／{total}）：{file_name}"


def take_all(count: int) -> str:
    return f"收下無待辦事項者（{count} 件）"


def send_back_all(count: int) -> str:
    return f"不合格者全部退件（{count} 件）"


def below(kind: str, period: str) -> str:
    return kind if period == UNKNOWN else f"{kind}，{period}"


def waiting(count: int) -> str:
    return f"待決定 {count} 件"


# --- what the file is
FACTS = "檔案內容"
KIND, PERIOD, AS_OF, LAYOUT, ISSUED_ON = "報表", "資料期間", "資料截止日", "版式", "製表日期"
DIGEST, SIZE, NATURE, CORRECTION, FIGURE_COUNT = "雜湊值", "大小", "性質", "更正", "數值"
UNKNOWN, NOT_KEPT = "無法辨識", "未留存"
NOT_STATED = "未載明"
SIMULATED = "模擬資料"
VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "accepted": "✓ 可收",
        "accepted_with_notes": "✓ 可收（有附記）",
        "asking": "？ 待確認後可收",
        "refused": "✕ 不合格，不得收件",
        "identical": "＝ 已收過相同檔案，無須再收",
        "twice": "＝ 清單中另有相同檔案，只收一件",
    }
)
FORMS, HISTORIES = "單期報表", "歷史檔（一列一期一縣市）"


def until(as_of: date) -> str:
    return f"截至{roc_date(as_of)}"


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


def same_beside(file_name: str) -> str:
    return f"與清單中的 {file_name} 完全相同。"


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
CHANGES_FILE = "收件後改變之數值"
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
CODE, SEVERITY, SHEET, CELL = "代碼", "程度", "工作表", "儲存格"


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
        "twice": "與同時送審的另一檔案完全相同，只收一件。",
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


# --- tables
FILE, OUTCOME, FINDING_COUNT, BY, DOWNLOAD, ORIGINAL = "檔案", "結果", "意見", "收件人員", "下載", "原檔"


# --- templates
TEMPLATES = "空白範本"
TEMPLATES_HINT = "每種報表各有 .ods 與 .xlsx；欄位標題已鎖定，填寫範例與定義見第二張工作表。依範本填妥者均可收件。"
