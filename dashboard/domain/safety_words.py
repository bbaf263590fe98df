"""The words of a county's own question: why it stands where it does, and what would end its duty.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.domain.ranking_words import ALL
from dashboard.domain.words import names

CHOOSE = "選擇縣市，即顯示該縣市各指標得分、與末段界線之差距，以及至少要改變多少才無須提送檢討報告。"

# --- points, indicator by indicator

SHORT = "未得之分"
NEXT = "前一名"
GAP = "與前一名之差"
WEIGHT = "權重"
WATERFALL_NOTE = "長條依序累加各指標加權得分，最下為總分；灰色為該指標因名次而未得之分。"
LINE_NOTE = (
    "安全線：列末段縣市為末段以外最低之總分，未列末段縣市為末段中最高之總分；"
    "同分跨越界線而待認定者，即為其同分之總分。"
    "其他縣市之分數亦隨名次變動，總分越過此線不當然離開末段。"
)
FIRST = "組內第 1 名"


def waterfall_subject(county: str, evaluation_year: str) -> str:
    return f"{county}{evaluation_year}總分之組成"


def waterfall_title(
    county: str, evaluation_year: str, group: str, standing: tuple[str, str], lost: tuple[str, str]
) -> str:
    """Say where a county stands and which indicator costs it most; `lost` is empty where none costs anything."""
    place, total = standing
    where = f"{county}{evaluation_year}{group}第 {place} 名，總分 {total} 分"
    indicator, points = lost
    return f"{where}：{indicator}失分最多（少得 {points} 分）" if indicator else f"{where}：各指標均得滿分"


def waterfall_finding(parts: Sequence[tuple[str, str, str, str]]) -> str:
    """List each indicator: label, place among how many, points and the most there are."""
    listed = "；".join(f"{label}{place}，得 {points}／{most} 分" for label, place, points, most in parts)
    return f"{listed}。"


def safety_line(total: str, counties: str, side: bool | str) -> str:
    """Name the line; `side` says whether the county is among the last ones, "undecided" where it is tied across it."""
    if side not in {True, False}:
        return f"安全線 {total} 分（與{counties}同分）"
    return f"安全線 {total} 分（{'末段以外最低' if side else '末段中最高'}：{counties}）"


def mean_line(total: str) -> str:
    return f"組平均 {total} 分"


def distance(gap: str, side: bool | str, counties: Sequence[str]) -> str:
    """Say how far the line is; whoever is tied across it stands on it."""
    if side not in {True, False}:
        return f"與{names(counties, ALL)}同分，即在安全線上，待認定"
    if not any(digit in gap for digit in "123456789"):
        return f"與安全線同分（相差 {gap} 分）"
    return f"距安全線 {gap} 分" if side else f"高於安全線 {gap} 分"


def step_name(label: str, place: str) -> str:
    return f"{label}<br>{place}"


def step_text(points: str, most: str) -> str:
    return f"{points}／{most}" if most else points


def step_hover(label: str, value: str, place: str, weighted: str, most: str) -> str:
    whole = f"，最高 {most} 分" if most else ""
    return f"{label} {value}，{place}，加權得 {weighted} 分{whole}"


def short_hover(label: str, points: str) -> str:
    return f"{label}未得 {points} 分"


def waterfall_alt(title: str, finding: str) -> str:
    return f"{title}。橫條依序累加：{finding}數值見圖旁表格。"


def waterfall_caption(county: str, evaluation_year: str) -> str:
    return f"{county}{evaluation_year}各指標得分及與前一名之差距"


def unplaced(county: str, evaluation_year: str, reason: str) -> str:
    return f"{county}{evaluation_year}沒有名次，無從說明得分：{reason}"


# --- how far from owing nothing

MOVE = "改變項目"
LEAST = "至少增加"
UNIT = "單位"
ABOUT = "相當於"
LIMIT = "可增上限"
EFFECT = "結果"
AFTER = "屆時名次"
CAUTION = "再增加時"
NO_LIMIT = "無上限"
CANNOT = "－"
TWD, PERSONS = "元", "人"
MOVES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "paid": ("已收金額", "已收金額多", TWD),
        "visit": ("訪視人數", "多訪視", PERSONS),
        "success": ("訪視成功人數（原已訪視者）", "原已訪視者中多成功", PERSONS),
        "repayment": ("補繳人數（原已成功者）", "訪視成功者中多補繳", PERSONS),
        "visit_success": ("訪視且成功", "多訪視且成功", PERSONS),
        "success_repayment": ("成功且補繳（原已訪視者）", "多成功且補繳", PERSONS),
        "visit_success_repayment": ("訪視、成功且補繳", "多訪視、成功且補繳", PERSONS),
    }
)
"""Each move: its name in a table, its beginning in a sentence, and what it counts."""

UNCHANGED_NOTE = (
    "其他縣市數值均不變，本縣市一次只改變一項；合併項目為各項同時增加相同人數，依訪視、成功、補繳之先後合併。"
)
EXACT_NOTE = "以同一排名規則檢驗每一個會改變名次或成長正負之數值，取最小者；同分待認定者視為尚未免除。"
RATIO_NOTE = (
    "訪視人數增加會降低訪視成功率，成功人數增加會降低訪視後補繳率，故並非越多越好；再增加會重新列入者另行註明。"
)
MONEY_NOTE = "補繳人數之增加只計入訪視後補繳率，其補繳金額未另計入平均繳費率；上限依應收金額、訪視人數及訪視成功人數。"
SAFE_NOTE = (
    "總分之界線：未列末段者為末段中最高之總分，列末段者為末段以外最低之總分；"
    "收繳率消長須大於零始為正成長，「少收若干」以已收金額整數元計，其他數值不變。"
)


def margin_title(county: str, evaluation_year: str, duty: str, ways: Sequence[str]) -> str:
    """Say what would do: the smallest changes by what they count; none where no single one does."""
    where = f"{county}{evaluation_year}{duty}檢討報告"
    if not ways:
        return f"{where}：無一項可單獨使其無須提送"
    return f"{where}：{'，或'.join(ways)}，即無須提送"


def undecided_duty() -> str:
    return "待認定是否應提"


def way(move: str, number: str) -> str:
    """Write a move with its number: 已收金額多 約 8,000 萬元, 訪視成功者中多補繳 37 人."""
    _, beginning, unit = MOVES[move]
    if unit == TWD:
        return f"{beginning}{number if number.startswith('約') else f' {number}'}"
    return f"{beginning} {number} {unit}"


def about_twd(hundred_millions: str, ten_thousands: str) -> str:
    """Write an amount in words: 億元 where there is one, else 萬元."""
    return f"約 {hundred_millions} 億元" if hundred_millions else f"約 {ten_thousands} 萬元"


def below_ten_thousand(twd: str) -> str:
    return f"{twd} 元"


def share(of: str, percent: str) -> str:
    return f"現有{of}之 {percent} %"


def nothing_of(of: str) -> str:
    return f"現有{of}為 0"


def left_last(last: int) -> str:
    return f"離開末 {last} 名"


GREW = "平均繳費率轉為正成長"
CANNOT_ALONE = "無法單靠此項達成"
UNKNOWN = "缺此項數值，無法計算"
NO_ROOM = "無法單靠此項達成（已無可增加）"


def cannot_within(limit: str) -> str:
    """Say that no number does: up to the limit, or however many."""
    return f"{CANNOT_ALONE}（{f'增至上限 {limit}仍不足' if limit else '再多亦不足'}）"


def lapses(number: str, unit: str) -> str:
    return f"增加達 {number} {unit}時，又須提送或待認定"


def place_after(place: int | None) -> str:
    return "－" if place is None else f"第 {place} 名"


def margin_caption(county: str, evaluation_year: str) -> str:
    return f"{county}{evaluation_year}各項至少增加多少即無須提送檢討報告"


def no_margins(rule: str) -> str:
    return f"「{rule}」不是僅依名次計分，名次隨數值連續變動，無法列出各項至少增加之數。"


# --- a county that owes nothing

OWN = "本縣市"
LINE = "界線"
APART = "與界線之差"
SPARE = "少收若干仍為正成長"


def safe_title(county: str, evaluation_year: str, why: str) -> str:
    return f"{county}{evaluation_year}無須提送檢討報告：{why}"


def safe_by(is_out_of_last: bool, grew: bool, last: int) -> str:
    if is_out_of_last and grew:
        return f"未列末 {last} 名，且平均繳費率為正成長"
    return f"未列末 {last} 名" if is_out_of_last else "平均繳費率為正成長"


def safe_caption(county: str, evaluation_year: str) -> str:
    return f"{county}{evaluation_year}距末段及零成長之界線"
