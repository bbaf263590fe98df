"""The words of how the reasons for not paying changed: from one year to the next, and through the years.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Sequence

from dashboard.domain.kinds import Reason, Span
from dashboard.domain.reason_words import IN_PART, LABELS, NO_REPORT, PERSONS, SPANS, SUBJECT, listed
from dashboard.domain.words import names, percent, points_apart

CHANGED_MOST = "變動最大之原因"
CHANGE = "變動"
NO_BASE = "無可比較"
MOST_ENTRY = "該列變動最大"
SERIES_NOTE = "上半年與全年度為二個數列，不相連接。"
BASE_NOTE = "僅與前一年同期比較（上半年比上半年、全年度比全年度）；以未四捨五入之值計算，正負號以未四捨五入之值為準。"


def compared_subject(period: str, base: str) -> str:
    return f"{period}較{base}{SUBJECT}之變動"


def changes_title(compared: str, nation: str, county: str) -> str:
    return f"{compared}：{'；'.join(part for part in (nation, county) if part)}"


def nation_change(reasons: Sequence[Reason], change: str) -> str:
    return f"全國變動最大為{listed(reasons)} {change}" if reasons else "全國各原因均無變動"


def county_change(places: Sequence[tuple[str, Reason, str]]) -> str:
    """Say in which county which reason changed most; beyond three of them only how many."""
    if not places:
        return ""
    if len(places) > 3:
        return f"縣市中變動最大者有 {len(places)} 處"
    return f"縣市中以{'、'.join(f'{county}之{LABELS[reason]} {change}' for county, reason, change in places)}變動最大"


def changed(value: str, unit: str) -> str:
    return f"{value} {unit}"


def changes_finding(parts: Sequence[tuple[Reason, str]], unit: str) -> str:
    return f"全國：{'、'.join(f'{LABELS[reason]} {change}' for reason, change in parts)}（{unit}）。"


def selected_change(county: str, reasons: Sequence[Reason], change: str) -> str:
    return f"{county}變動最大為{listed(reasons)} {change}。" if reasons else f"{county}各原因均無變動。"


def no_base(base: str) -> str:
    return f"未收到{base}未繳費原因統計，{NO_BASE}"


def no_change_for(county: str) -> str:
    return f"{county}未於兩期均提報，{NO_BASE}。"


def left_out_note(counties: Sequence[str]) -> str:
    return f"{names(counties, 22)}未於兩期均提報，{NO_BASE}；全國之變動僅計兩期均提報之縣市。"


def changes_alt(headline: str) -> str:
    return f"方格圖，每列一縣市、每欄一原因，格內為較前一年同期之變動，顏色表示增減方向與大小。{headline}。"


def step_entry(is_more: bool, near: str, far: str, unit: str) -> str:
    """Name what two shades of one direction mean."""
    verb = "增" if is_more else "減"
    return f"{verb}{near}以上、{verb}{far}以上（{unit}）" if not is_more else f"{verb}{near}以上、{verb}{far}以上"


def cell_words(county: str, reason: Reason, change: str) -> str:
    return f"{county}　{LABELS[reason]} {change}"


def row_words(county: str, changes: Sequence[tuple[Reason, str]]) -> str:
    """Say a whole row to a screen reader."""
    return f"{county}：{'、'.join(f'{LABELS[reason]} {change}' for reason, change in changes) or NO_BASE}"


def hover_change(period: str, base: str) -> str:
    """Give both figures of a cell; the library fills them in."""
    return f"{base}：%{{customdata[0]}}<br>{period}：%{{customdata[1]}}"


def figures(share: str, count: str, total: str) -> str:
    return f"{percent(share)}（{count} {PERSONS} ÷ {total} {PERSONS}）"


# --- over time


def over_time_subject(span: Span) -> str:
    return f"歷年{SPANS[span]}{SUBJECT}"


def over_time_title(span: Span, newest: str, largest: str, share: str, since: str) -> str:
    return f"{over_time_subject(span)}：{newest}全國以「{largest}」最多，占 {percent(share)}{since}"


def since_first(first: str, reason: Reason, change: str) -> str:
    return f"；自{first}以來變動最大為{LABELS[reason]} {points_apart(change)}"


def ends_finding(reason: Reason, values: Sequence[tuple[str, str]]) -> str:
    """Give the nation's share of the main reason, period by period."""
    return f"全國{LABELS[reason]}占比：{'、'.join(f'{period} {percent(share)}' for period, share in values)}。"


def over_time_alt(headline: str, county: str) -> str:
    beside = f"，下圖為{county}" if county else ""
    return f"堆疊直條圖，每期一條，分六項原因；上圖為全國{beside}。{headline}。各期數值見表格。"


def county_newest(county: str, newest: str, largest: str, share: str) -> str:
    return f"{county}{newest}以「{largest}」最多，占 {percent(share)}。"


def left_out_of_nation(places: Sequence[str]) -> str:
    return f"{names(places, 22)}{NO_REPORT}或{IN_PART}，以灰色表示，未計入該期全國。"
