"""The words of what the unknown weights decide: the triangle of one county, the shares of all.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Sequence

from dashboard.domain.certainty_words import spaced
from dashboard.domain.decision_words import ALL
from dashboard.domain.trial_words import trimmed
from dashboard.domain.words import names

# --- the weight triangle

SHARE_UNIT = "占全部可能權重之 %"
TRIANGLE_UNIT = "權重 %"
EXACT, SAMPLED, TIED = "精確占比", "抽樣占比", "同分待認定"
IN_LAST, OWES_SHARE = "列末段之權重占比", "應提之權重占比"
SHARES = "各縣市列末段之權重占比"
LINE = "界線"
OTHER = "總分相同之縣市"
TRIED_POINT = "試算中之權重"


def triangle_subject(evaluation_year: str, county: str) -> str:
    return f"{evaluation_year}{county}權重三角圖"


def triangle_title(subject: str, share: str, last: int, is_exempt: bool) -> str:
    exempt = "，惟正成長而免提" if is_exempt else ""
    return f"{subject}：{share}可能權重下列末 {last} 名{exempt}"


def share_of_weightings(kind: str, share: str) -> str:
    """Name none and all as such: a share that only rounds to them is not."""
    return {"none": "沒有任何", "all": "全部"}.get(kind, f"{share} % 的")


def triangle_finding(exact: str, sampled: str, draws: str, seed: int, here: str) -> str:
    return f"精確面積{spaced(exact)} %，抽樣 {draws} 組為{spaced(sampled)} %（亂數種子 {seed}）。{here}"


def here(weights: str, is_last: str) -> str:
    return f"試算中之權重（{weights}）：{is_last}。"


def verdict_here(verdict: bool | str, last: int) -> str:
    if verdict == "undecided":
        return f"同分跨越末 {last} 名界線"
    return f"列末 {last} 名" if verdict else f"不列末 {last} 名"


def exempted(verdict: str) -> str:
    return f"{verdict}，免提"


def triangle_alt(title: str, corners: Sequence[str]) -> str:
    return f"三角圖，頂點為{'、'.join(corners)}。{title}。斜線區為列末段之權重，界線與占比見圖旁表格。"


def corner(indicator: str, weight: str) -> str:
    return f"{indicator} {trimmed(weight)}%"


def region_entry(last: int) -> str:
    return f"斜線區：列末 {last} 名"


def tied_entry() -> str:
    return "點狀區：同分待認定"


def line_entry(number: int, others: Sequence[str]) -> str:
    return f"{number} 與{'、'.join(others)}同分"


def line_name(number: int) -> str:
    return f"界線 {number}"


RESULT = "結果"
NEARLY_NONE, NEARLY_ALL = "少於 0.1", "超過 99.9"
NO_EXEMPTION_NOTE = "本方案無正成長免提之規定。"
ONE_END, OTHER_END = "一端之權重", "另一端之權重"
LINES_CAPTION = "界線：本縣市與其他縣市總分相同之權重"
PICK_A_COUNTY = "請選擇縣市，以呈現其在哪些權重下列末段。"
TRIANGLE_NOTE = (
    "三角形內每一點為一組可能權重：越近某頂點，該指標權重越高；界線上本縣市與所標縣市總分相同，跨過界線則名次互換。"
)
EXACT_NOTE = "精確占比為該區面積占三角形之比，以分數計算，未四捨五入；抽樣占比與其相差在抽樣誤差之內。"
NOT_SETTLED_NOTE = (
    "本圖只依規則與各組可能權重計算，不套用主管人員對同分或待認定縣市之認定，也不套用已定案之結果；"
    "認定與定案請見分組排名。"
)
GROWTH_NOTE = "平均繳費率正成長與權重無關：正成長者任何權重下均免提檢討報告。"
YEARS_NOTE = "本方案須連續 {0} 年列末段：占比為各年使用同一組權重而均列末段者。"
ROUNDED_NOTE = "本方案總分須四捨五入；占比以未四捨五入之總分計算。"


def years_note(years: int) -> str:
    return YEARS_NOTE.format(years)


def no_weights(label: str) -> str:
    return f"方案「{label}」不以加權總分決定應提之縣市，權重不影響結果。請改選其他方案。"


def not_ranked(county: str, reason: str) -> str:
    return f"{county}未列名次，無法呈現權重之影響。{reason}"


# --- shares of all counties


def shares_subject(evaluation_year: str) -> str:
    return f"{evaluation_year}各縣市在全部可能權重中列末段之占比"


def shares_title(evaluation_year: str, always: int, swings: int, never: int) -> str:
    """Say how many counties are among the last under all weightings, under some, and under none."""
    return f"{evaluation_year}各縣市末段：{always} 縣市任何權重下均列，{swings} 縣市視權重，{never} 縣市不列"


def shares_finding(always: Sequence[str], swings: Sequence[tuple[str, str]]) -> str:
    listed = "、".join(f"{county}{spaced(share)} %" for county, share in swings)
    sure = f"任何可能權重下均列末段者：{names(always, ALL)}。" if always else "沒有縣市在任何可能權重下均列末段。"
    return sure + (f"視權重而定者（列末段之權重占比）：{listed}。" if swings else "名次末段不因權重而異。")


def shares_selection(county: str, exact: str, sampled: str, is_exempt: bool) -> str:
    exempt = "；平均繳費率正成長，任何權重下均免提" if is_exempt else ""
    return f"{county}：精確占比{spaced(exact)} %，抽樣占比{spaced(sampled)} %{exempt}。"


def shares_alt(title: str, selection: str) -> str:
    return f"橫條圖，每縣市一列，長度為列末段之權重占比。{title}。{selection}數值見圖旁表格。"


def share_spoken(county: str, exact: str, sampled: str, mark: str) -> str:
    return f"{county}　精確{spaced(exact)} %，抽樣{spaced(sampled)} %{f'，{mark}' if mark else ''}"


BAR_ENTRY, RING_ENTRY, PATTERN_ENTRY = "橫條：精確占比", "○ 抽樣占比", "▨ 平均繳費率正成長，免提"
