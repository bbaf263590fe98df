"""The words of a table handed out as a file: names of sheets, of the columns added, and what stands beside figures.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.domain import words

# --- sheets
DATA_SHEET = "資料"
ABOUT_SHEET = "說明"
WORKINGS_SHEET = "計算過程"
BEHIND_SHEET = "原始數字"
FONT = "微軟正黑體"
"""What every office has; where it is missing, programs take their own Chinese font."""
PAGE = "第 {page} 頁，共 {pages} 頁"
"""At the foot of a printed page; the spreadsheet puts in its own fields for the two numbers."""

# --- columns added to a table
CODE = "代碼"
REMARK = "註記"
NATURE = "資料性質"
AS_OF = words.PICK_AS_OF
NEWEST_AS_OF = "最近一期資料截止日"

# --- what is said about a table
ITEM = "項目"
CONTENT = "內容"
TITLE = "標題"
FINDING = "重點"
SELECTION = "選取縣市"
TABLE = "表格"
UNIT = "單位"
BASIS = "計算基礎"
RULE = "規則"
FILTER = "篩選條件"
SOURCE = words.SOURCES
DEFINITION = "定義"
NOTE = "附註"
ASSUMPTION = words.ASSUMPTIONS
SIGN = "符號"

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        words.NOT_YET: "資料尚未產生，不作零計",
        words.MEANINGLESS: "分母為零，無意義，不作零計",
        words.NO_PLACE: "不適用或不列名次",
    }
)


def sign(mark: str) -> str:
    return f"「{mark}」：{SIGNS[mark]}"


def heading(label: str, unit: str) -> str:
    return f"{label}（{unit}）" if unit else label


def under(over: str, heading_text: str) -> str:
    """Put both lines of a two-level header into one."""
    return f"{over}：{heading_text}" if over else heading_text


def remark(headings: Sequence[str]) -> str:
    """Name the columns of a row whose figure rests on a small denominator; "" where none does."""
    return f"{words.SMALL_MARK}{'、'.join(headings)}" if headings else ""


def filtered(label: str, value: str) -> str:
    return f"{label}：{value}"


def without_label(label: str, sentence: str) -> str:
    """Drop the label a sentence begins with, where it stands beside it."""
    return sentence.removeprefix(f"{label}：")


def days(as_of_line: str) -> str:
    """Return the cut-off dates of a line without what they are called."""
    return as_of_line.removeprefix("資料截止").strip()


def is_definition(note: str) -> bool:
    """Say whether a note defines a figure: 收繳率＝已繳人數 ÷ 應繳人數."""
    defined, _, by = note.partition("＝")
    return bool(by) and not set(defined) & set("，；。：")
