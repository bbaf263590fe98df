"""The words of the calendar of duties: what is owed, by when, what became of it, and how it is ticked off.

Figures come in as text; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from dashboard.domain.kinds import DutyFilter, Kind
from dashboard.domain.roc import roc_date
from dashboard.domain.words import KIND_NAMES

PAGE = "期程追蹤"

# --- days
WEEKEND: Mapping[int, str] = MappingProxyType({5: "星期六", 6: "星期日"})
NO_SUCH_DAY = "沒有這一天"
MONTHS_OUT_OF_ORDER = "月份應由小到大，各一次"
SEVERAL_MONTHS = "一年一次之事項只能定一個月份"


def invalid_holidays(file_name: str, places: Sequence[str]) -> str:
    where = f"：{'、'.join(places)}" if places else ""
    return f"休假日檔 {file_name} 無法使用{where}；請更正 data/reference 內的檔案。"


def moved(stated_on: date, closure: str) -> str:
    """Say from which day a due date moved, and why offices were closed on it."""
    return f"原期限{roc_date(stated_on)}逢{closure}"


# --- what is owed
REVIEW_REPORT = "檢討報告"
REVIEW_REPORT_ROUTE = ("應提報之地方政府", "衛福部、勞保局")
_BLI, _MINISTRY = "勞保局", "衛福部"
ROUTES: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.COLLECTION: (_BLI, _MINISTRY),
        Kind.PAYMENT_RATE: (_BLI, "衛福部（轉原民會、地方政府）"),
        Kind.VISITS: (_BLI, "衛福部（轉地方政府）"),
        Kind.UNPAID_REASONS: (_BLI, "衛福部（轉地方政府）"),
        Kind.AVERAGE_RATE: (_BLI, "衛福部、原民會、地方政府"),
    }
)
SHORT_NAMES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.COLLECTION: "催繳概況",
        Kind.PAYMENT_RATE: "收繳率",
        Kind.VISITS: "訪視成效",
        Kind.UNPAID_REASONS: "未繳原因",
        Kind.AVERAGE_RATE: "平均繳費率",
    }
)
WHEN_FIT = "適時"
BASES: Mapping[str, str] = MappingProxyType({"rule": "原則", "assumed": "假設"})


def route(sender: str, receiver: str) -> str:
    return f"{sender}→{receiver}"


def snapshot(as_of: date) -> str:
    return f"截至{roc_date(as_of)}"


# --- what became of it
STATES: Mapping[str, str] = MappingProxyType(
    {
        "on_time": "準時",
        "late": "逾期辦理",
        "history": "歷史檔補入",
        "awaited": "未到期",
        "missing": "逾期未辦",
        "upcoming": "未到期",
        "when_fit": "適時，未登錄",
        "done": "適時，已登錄",
    }
)
SOON = "將到期"
"""What is not done and falls due within the days that the display settings name."""
_SIGNS: Mapping[str, str] = MappingProxyType(
    {"missing": "✕", "late": "■", "on_time": "●", "history": "●", "done": "▲", "awaited": "◇", "upcoming": "◇"}
)
FILTERS: Mapping[DutyFilter, str] = MappingProxyType(
    {
        DutyFilter.ALL: "全部",
        DutyFilter.OPEN: "尚未辦理",
        DutyFilter.MISSING: "逾期未辦",
        DutyFilter.LATE: "逾期辦理",
        DutyFilter.DONE: "已辦理",
    }
)
PICK_STATE = "辦理情形"
LISTED_ON = "列管截至"
PICK_RULE = "規則版本"
IN_FORCE = "當年度適用規則"
NONE = "－"


def state(code: str, *, is_soon: bool) -> str:
    return SOON if is_soon else STATES[code]


def marked(code: str, *, is_soon: bool) -> str:
    """Name a state after its sign in the picture."""
    return f"{_SIGNS.get(code, '△')} {state(code, is_soon=is_soon)}"


# --- the table
DUTY, PERIOD, ROUTE, DUE, BASIS, MOVED = "應辦事項", "期間", "提送 → 受文", "期限", "依據", "順延"
RECEIVED, DAYS, DOCUMENT, STATE = "收件或辦畢日", "早（−）晚（＋）", "文號", "辦理情形"
UNIT, DAY, COUNTED = "日", "日", "日曆日"
BEHIND_BY, BEHIND_RECORDED, BEHIND_REASON, DONE_ON = "登錄人", "登錄日", "更正原因", "辦畢日"


def caption(year: str, state: str, on: date) -> str:
    return f"{year}應辦事項（{state}），截至{roc_date(on)}"


RECORDS = "登錄紀錄（含更正前）"


def title(year: str, total: int, missing: Sequence[str]) -> str:
    if missing:
        return f"{year}期程：{len(missing)} 項逾期未辦（{_some(missing)}）"
    return f"{year}期程：應辦 {total} 項，無逾期未辦" if total else f"{year}期程：尚無應辦事項"


def counts(done: int, late: int, soon: int, later: int, when_fit: int) -> str:
    fit = f"，適時辦理而未登錄 {when_fit} 項" if when_fit else ""
    return f"已辦理 {done} 項（其中逾期辦理 {late} 項），{SOON} {soon} 項，未到期 {later} 項{fit}。"


def coming(days: int, items: Sequence[str]) -> str:
    return f"未來 {days} 日內到期：{'、'.join(items)}。" if items else f"未來 {days} 日內無到期事項。"


def coming_item(name: str, due_on: date) -> str:
    return f"{name}（{roc_date(due_on)}）"


def elsewhere(items: Sequence[str]) -> str:
    return f"其他年度另有 {len(items)} 項逾期未辦（{_some(items)}）。" if items else ""


NOTHING_LISTED = "沒有符合所選辦理情形的事項。"


def _some(items: Sequence[str], most: int = 3) -> str:
    listed = "、".join(items[:most])
    return listed if len(items) <= most else f"{listed}等"


# --- notes
DAYS_NOTE = "「早（−）晚（＋）」為收件或辦畢日減順延後之期限，以日曆日計；歷史檔一次補入者不計早晚。"
HAND_NOTE = "名冊、計畫等無統計數字之事項只登錄是否已送、日期與文號；名冊含個人資料，內容不入本系統。"
FIRST_NOTE = "統計報表自本系統收到之第一份起列管。"
CALENDAR_NOTE = "應辦事項及期限依所選規則版本產生；「適時」者無期限，每年一項，辦理後登錄。"


# --- the picture
SUBJECT = "應辦事項期限與辦理日"
MARKS: Mapping[str, str] = MappingProxyType(
    {"due": "期限", "on_time": "準時", "late": "逾期辦理", "missing": "逾期未辦", "done": "適時辦理"}
)
GLYPHS: Mapping[str, str] = MappingProxyType({"due": "◇", "on_time": "●", "late": "■", "missing": "✕", "done": "▲"})
TODAY = "今日"


def month(number: int) -> str:
    return f"{number}月" if number == 1 else str(number)


def alt(title_: str, rows: int) -> str:
    return f"時間軸：{rows} 類應辦事項各一列，標示期限與收件或辦畢日。{title_}。各項日期見下表。"


def hover(what: str, due: str, received: str, state: str) -> str:
    return f"{what}<br>{DUE} {due}<br>{RECEIVED} {received}<br>{state}"


# --- ticking off
TICK = "登錄辦畢"
TICK_DUTY, TICK_ON, TICK_DOCUMENT, TICK_REASON = (
    "應辦事項",
    "辦畢日（例：115年4月20日）",
    "文號",
    "更正原因（已登錄者必填）",
)
TICK_SUBMIT = "登錄"
TICK_PICK, NONE_PICKED = "請選擇事項", "請先選擇應辦事項。"
NOTHING_TO_TICK = "目前沒有可登錄的事項。"
NO_OFFICER = "本系統尚未設定收件人員，只能查閱，不能登錄；請洽系統管理人員設定。"
NOT_IN_THE_PAST = "目前以較早某日所知呈現，不能登錄；請先回到目前所知。"
NO_DOCUMENT = "請填文號；名冊內容請勿填入。"
NO_REASON = "此項已登錄；更正須填原因。"
NOT_YET_DONE = "辦畢日不可晚於今天。"
TOO_LONG = "文號、原因各以 100 字為限。"


def tick_option(name: str, state: str) -> str:
    return f"{name}｜{state}"


def ticked(name: str, on: date, document: str) -> str:
    return f"已登錄：{name}，{roc_date(on)}，文號 {document}。"


def ticked_line(name: str, on: date, document: str, reason: str) -> str:
    because = f"（更正原因：{reason}）" if reason else ""
    return f"{name}，{roc_date(on)}辦畢，文號 {document}{because}"


def unknown_duty(asked: str, known: Sequence[str]) -> str:
    return f"查無無統計數字之應辦事項「{asked[:40]}」；可登錄者：{'、'.join(known)}。"


def unknown_slot(name: str, asked: str, known: Sequence[str]) -> str:
    listed = "、".join(known) or "目前沒有"
    return f"{name}沒有「{asked[:40]}」這一期；可登錄者：{listed}。"


def nothing_open(name: str) -> str:
    return f"{name}沒有待登錄的期別；更正已登錄者請以 --period 指明。"


# --- figures on every page


def fresh(kind: Kind, as_of: date, received_on: date) -> str:
    """Say of a stream up to which day its figures reach and when they came in."""
    return f"{KIND_NAMES[kind]}：資料截止 {roc_date(as_of)}，收件 {roc_date(received_on)}"


# --- the feed
FEED_LINK = "期限行事曆檔（可訂閱）"
CALENDAR = "國民年金繳費率督導期程"


def summary(name: str, state: str, is_open: bool) -> str:
    return name if is_open else f"（{state}）{name}"


def alarm(name: str, days: int) -> str:
    return f"{name}：{days} 日後到期"


# --- the command line
STATUS_COMMAND = "各報表及其他應辦事項已辦、逾期、未辦情形"
ALL_HELP = "列出全部期間，不只例外"
FORMAT_HELP = "輸出格式"
DONE_COMMAND = "登錄無統計數字之應辦事項已辦畢（名冊、計畫等）"
DUTY_HELP = "應辦事項代碼，例如 arrears_roster；status --format json 列有全部"
ON_HELP = "辦畢日，民國或西元"
DOCUMENT_HELP = "文號"
PERIOD_HELP = "期別，例如 115年4月 或 115年；未指定為最早一期未登錄者"
REASON_HELP = "更正原因；已登錄者再登錄時必填"
REPORTS, BY_HAND = "報表", "無統計數字之事項"
