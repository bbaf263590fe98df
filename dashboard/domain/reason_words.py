"""The words of the reasons for not paying: composition, changes, remedies.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.domain.kinds import Display, Reason, ReasonOrder, Span
from dashboard.domain.words import MEANINGLESS, NATION, names, percent, points_apart

LABELS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.HARDSHIP: "經濟困難",
        Reason.UNWILLING: "不想繳",
        Reason.UNAWARE: "不知道要繳",
        Reason.OTHER_INSURANCE: "已加入其他社會保險",
        Reason.UNTRACEABLE: "行蹤不明或地址不符",
        Reason.OTHER: "其他",
    }
)
NARROW: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.HARDSHIP: "經濟<br>困難",
        Reason.UNWILLING: "不想<br>繳",
        Reason.UNAWARE: "不知<br>道要<br>繳",
        Reason.OTHER_INSURANCE: "已加入<br>其他社<br>會保險",
        Reason.UNTRACEABLE: "行蹤不<br>明或地<br>址不符",
        Reason.OTHER: "其他",
    }
)
"""Above columns that are three letters wide on a phone."""
TWO_LINES: Mapping[Reason, str] = MappingProxyType(
    {**LABELS, Reason.OTHER_INSURANCE: "已加入<br>其他社會保險", Reason.UNTRACEABLE: "行蹤不明<br>或地址不符"}
)

PICK_DISPLAY = "呈現方式"
PICK_ORDER = "縣市排序"
PICK_SPAN = "期間"
DISPLAYS: Mapping[Display, str] = MappingProxyType({Display.SHARES: "占比（%）", Display.COUNTS: "人數（人）"})
SPANS: Mapping[Span, str] = MappingProxyType({Span.HALF_YEARS: "上半年", Span.FULL_YEARS: "全年度"})

SUBJECT = "未繳費原因"
BASIS = "按人數（訪視成功而未補繳者，每人一項主要原因）"
PERSONS = "人"
PERCENT = "%"
POINTS = "個百分點"
TOTAL = "合計"
LARGEST = "最主要原因"
REASON = "原因"
REMEDY = "對應作法（建議）"
PROPOSED = "建議"
LARGEST_IN = "為最主要原因之縣市數"
COUNTIES = "縣市"
WHOSE = "範圍"
PERIOD = "期間"
SHARE = "占比"
COUNT = "人數"
NO_REPORT = "未提報"
NOT_RECEIVED = "未收到"
IN_PART = "未完整提報"
NOBODY = f"{MEANINGLESS}　無未補繳者"
NATION_SCALE = f"{NATION}與縣市之橫條尺度不同"
LENGTHS_ARE_SHARES = "橫條長度為占比"

ROUNDING_NOTE = "占比各自四捨五入至小數第 1 位，各項相加不一定等於 100。"
SPAN_NOTE = "全年度數含較晚之補繳結果，不等於兩個半年度之和；下半年無報表，亦不由全年度減上半年推算。"
PROPOSAL_NOTE = "對應作法為本系統之建議，公布之辦理原則未逐項規定；依據與採用日見「假設」。"


def order(chosen: ReasonOrder) -> str:
    return f"依「{LABELS[chosen.reason]}」" if chosen.reason else "依官方順序"


def listed(reasons: Sequence[Reason]) -> str:
    return "、".join(LABELS[reason] for reason in reasons)


# --- what belongs to the reasons


def without_remedy(reasons: Sequence[Reason]) -> str:
    return f"缺少{'、'.join(reasons)}"


def remedy_assumption(reason: Reason, remedy: str, basis: str) -> str:
    return f"「{LABELS[reason]}」之對應作法：{remedy}；依據：{basis}。"


def published_note(source: str, published: Sequence[tuple[Reason, str]], ours: Sequence[str]) -> str:
    """Set published shares of some reasons beside those of this report, over the same reasons only."""
    theirs = "、".join(f"{LABELS[reason]} {percent(share)}" for reason, share in published)
    return (
        f"參考：{source}公布 {theirs}（四捨五入，未載明資料期間）；"
        f"本報表以此 {len(ours)} 項合計為分母，依序為 {'、'.join(percent(share) for share in ours)}。"
    )


# --- composition


def subject(period: str) -> str:
    return f"{period}{SUBJECT}"


def title(period: str, largest: str, share: str, deviation: str) -> str:
    """Say the nation's largest reason and which county is farthest from the nation."""
    return f"{subject(period)}：全國以「{largest}」最多，占 {percent(share)}{f'；{deviation}' if deviation else ''}"


def deviation(places: Sequence[tuple[str, Reason, int, str]]) -> str:
    """Say where a share lies farthest from the nation's: county, reason, sign and size of the gap."""
    if not places:
        return ""
    if len(places) > 3:
        return f"與全國相差最大者有 {len(places)} 處，均為 {points_apart(places[0][3])}"
    each = [
        f"{county}（{LABELS[reason]}{'高' if sign > 0 else '低'}於全國 {points_apart(size)}）"
        for county, reason, sign, size in places
    ]
    return f"與全國相差最大者為{'、'.join(each)}"


def nation_finding(total: str, shares: Sequence[tuple[Reason, str, str]]) -> str:
    """State the nation's composition: all persons, then share and persons of each reason."""
    each = "、".join(f"{LABELS[reason]} {percent(share)}（{count} 人）" for reason, share, count in shares)
    return f"全國未補繳 {total} 人：{each}"


def reason_finding(reason: Reason, highest: tuple[Sequence[str], str], lowest: tuple[Sequence[str], str]) -> str:
    """Say which counties have the largest and the smallest share of the reason they are sorted by."""
    if highest[1] == lowest[1]:
        return f"{LABELS[reason]}占比各縣市均為 {percent(highest[1])}"
    ends = f"{names(highest[0])} {percent(highest[1])}最高，{names(lowest[0])} {percent(lowest[1])}最低"
    return f"{LABELS[reason]}占比以{ends}"


def county_finding(county: str, largest: str, share: str, gap: tuple[Reason, int, str] | None) -> str:
    """Say a county's main reason, and where it differs most from the nation."""
    stated = f"{county}以「{largest}」最多，占 {percent(share)}"
    if gap is None:
        return f"{stated}，各項占比與全國相同。"
    reason, sign, size = gap
    return f"{stated}；{LABELS[reason]}{'高' if sign > 0 else '低'}於全國 {points_apart(size)}，差異最大。"


def county_without(county: str, why: str) -> str:
    return f"{county}：{why}。"


def definition_note() -> str:
    return "占比＝該原因人數 ÷ 六項原因合計人數 × 100；六項合計為訪視成功而於資料截止日前未補繳之人數。"


def identity_note(differing: Sequence[str] | None) -> str:
    """Say whether the reasons add up to the visits of the same report period; None where no such report is in."""
    should = "六項合計應等於同期服務員訪視成效之訪視成功人數 − 訪視後補繳人數"
    if differing is None:
        return f"{should}；該報表尚未收到，無從核對。"
    if not differing:
        return f"{should}，各縣市均相符。"
    return f"{should}；本期不符者：{'；'.join(differing)}。"


def difference(county: str, stated: str) -> str:
    return f"{county}（{stated}）"


def missing_note(counties: Sequence[str]) -> str:
    return f"{names(counties, 22)}{NO_REPORT}或{IN_PART}，以灰色表示，不作零計；全國未含該等縣市。"


def empty_note(counties: Sequence[str]) -> str:
    return f"{names(counties, 22)}合計為零，占比無意義（{MEANINGLESS}）。"


def bar_alt(headline: str, arranged: str, missing: int, selection: str) -> str:
    grey = f"{missing} 縣市未提報，以灰色表示。" if missing else ""
    drawn = f"堆疊橫條圖，最上為全國，下為 22 縣市，{arranged}排列，每條分六項原因"
    return f"{drawn}。{headline}。{grey}{selection}各項數值見表格。"


def order_entry(chosen: ReasonOrder) -> str:
    return f"縣市{order(chosen)}排列"


def not_available(period: str) -> str:
    return f"沒有{period}未繳費原因統計的資料；請改選其他期間。"


def no_report_yet(span: Span) -> str:
    return f"尚未收到{SPANS[span]}之未繳費原因統計；請改選其他期間。"


def persons(count: str) -> str:
    return f"{count} {PERSONS}"


def part_words(county: str, reason: Reason, share: str) -> str:
    return f"{county}　{LABELS[reason]} {percent(share)}"


def row_words(county: str, shares: Sequence[tuple[Reason, str]], instead: str) -> str:
    """Say a whole row to a screen reader: its shares, or why there are none."""
    return f"{county}：{'、'.join(f'{LABELS[reason]} {percent(share)}' for reason, share in shares) or instead}"


def hover_figures(part: str, whole: str) -> str:
    return f"{COUNT} {part} {PERSONS} ÷ 六項{TOTAL} {whole} {PERSONS}"


# --- reasons and remedies


def remedies_subject(period: str) -> str:
    return f"{subject(period)}與對應作法"


def county_remedy(county: str, largest: str, remedy: str) -> str:
    return f"{county}最主要原因「{largest}」，對應作法（建議）：{remedy}。"


def remedies_title(period: str, largest: str, remedy: str) -> str:
    return f"{period}最主要原因「{largest}」之對應作法（建議）：{remedy}"


def largest_counts(counts: Sequence[tuple[Reason, int]]) -> str:
    """Say in how many counties each reason is the main one."""
    return "、".join(f"{LABELS[reason]} {count} 縣市" for reason, count in counts)


def remedies_finding(counts: str, asked: str) -> str:
    return f"各縣市最主要原因：{counts}{f'；{asked}' if asked else ''}。"


def asked_remedy(reason: Reason, share: str, remedy: str) -> str:
    return f"{LABELS[reason]}全國占 {percent(share)}，對應作法：{remedy}"


def pair_alt(headline: str, county: str) -> str:
    beside = f"與{county}" if county else ""
    return f"橫條圖，全國{beside}六項原因，由多至少。{headline}。對應作法見表格。"
