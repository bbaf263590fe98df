"""The words of what was handed in: the list of records, one record, its versions, two of them compared."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from dashboard.domain.kinds import OutcomeFilter
from dashboard.domain.roc import roc_date

HISTORY_TABLE = "收件紀錄"
PICK_KIND, ALL_KINDS = "報表", "全部報表"
PICK_OUTCOME = "結果"
PICK_SEARCH = "檔名或人員"
PICK_PAGE, BEFORE, AFTER = "頁次", "上一頁", "下一頁"
OUTCOMES: Mapping[OutcomeFilter, str] = MappingProxyType(
    {
        OutcomeFilter.ALL: "全部",
        OutcomeFilter.ACCEPTED: "已收（無附記）",
        OutcomeFilter.NOTED: "已收（有附記）",
        OutcomeFilter.REFUSED: "未收",
        OutcomeFilter.WITHDRAWN: "已撤回",
    }
)
NUMBER, REPORT_AND_PERIOD, RECEIPT = "編號", "報表及期間", "收件日、登錄、人員"
RELATION = "版本關係"
NONE_RECORDED = "沒有符合條件的收件紀錄。"
PICK_SUBMISSION, NO_SUBMISSION = "檢視收件", "未選"
PICK_AGAINST, NO_AGAINST = "比較版本", "不比較"
VERSIONS_TABLE = "同一資料的各版本"
KNOWN_FROM, KNOWN_UNTIL, STATE = "自", "至", "狀態"
ONLY_DIFFERENT = "只列不同者"
WITHDRAW, WITHDRAW_SUBMIT, WITHDRAW_REASON = "撤回…", "確認撤回", "撤回理由（必填）"
WITHDRAWN = "已撤回"
NOT_CONFIRMED = "請先勾選確認。"
UNTIL_NOW = "目前"


def records(total: int, page: int, pages: int) -> str:
    return f"{total} 件" if pages == 1 else f"{total} 件，{page_of(page, pages)}"


def page_of(page: int, pages: int) -> str:
    return f"第 {page} 頁／共 {pages} 頁"


def recorded(at: str) -> str:
    return f"{at} 登錄"


def count(findings: int) -> str:
    return f"{findings} 項"


def finding(sentence: str, told: Sequence[str]) -> str:
    return f"{sentence}：{'，'.join(told)}" if told else sentence


def all_cells(count: str, shown: str) -> str:
    """Say how many cells there are to list, and how many of them stand here where not all do."""
    return f"共 {count} 格" + (f"，此處只列前 {shown} 格；全部 {count} 格請下載檔案。" if shown != count else "。")


def whole_file(ending: str, count: str) -> str:
    return f"下載 {ending}（{count} 格）"


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


def too_many_for_ods(most: str) -> str:
    return f"逾 {most} 格者僅提供 CSV。"


def versions_file(a: int, b: int) -> str:
    """Name the file of a comparison, without its ending."""
    return f"版本比較_第{a}號與第{b}號"


def version_state(is_in_force: bool, superseded: int | None, is_withdrawn: bool) -> str:
    if is_in_force:
        return "現行版本"
    if is_withdrawn:
        return f"{WITHDRAWN}（撤回前曾{superseded_by(superseded)}）" if superseded else WITHDRAWN
    return superseded_by(superseded) if superseded else ""


def withdrawing(officer: str) -> str:
    return f"我以「{officer}」之名義撤回；紀錄與原檔保留，數值自即日起不再採用，且不得復原（可重新送件）。"
