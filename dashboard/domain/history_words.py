"""The words of places over the years.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence

from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_year
from dashboard.domain.words import names

PLACE_UNIT = "名次"
OWES = "應提檢討報告（試算年度為試算應提）"
ORDER_NOTE = "名次越上越前；同分同名次，位於同一點，兩端名稱分列；未列名次之年度為空缺。待認定者不計入列末段之年數。"
ONE_RULE_NOTE = "各年度均以同一規則計算，早於該規則評比起始年度者為試算，不是法定名次。"
PROPOSAL_NOTE = "各年度均以所選方案試算，不是法定名次。"
GROUPS_MOVE_NOTE = "部分縣市歷年組別不同：圖中只列與最近一年同組之年度，其餘年度之名次見圖下表格。"


def exempt(last: str) -> str:
    return f"{last}，因平均繳費率正成長免提"


def undecided(last: str) -> str:
    return f"待認定（含同分跨越{last}界線）"


def other(last: str) -> str:
    return f"其他名次；粗線為最近一年{last}"


def rules_note(spans: Mapping[str, tuple[str, str]], *, is_proposal: bool) -> str:
    """Say which rule the places of which years follow."""
    if is_proposal:
        return PROPOSAL_NOTE
    if len(spans) == 1:
        return ONE_RULE_NOTE
    listed = [f"{first if first == last else f'{first}至{last}'}為{label}" for label, (first, last) in spans.items()]
    return f"各年度依當年適用之規則計算：{'；'.join(listed)}。早於規則評比起始年度者為試算，不是法定名次。"


def year_tick(year: FullYear, short: str, is_trial: bool, status: str) -> str:
    """Write a year with the rule its places follow, narrow enough for six years on a phone."""
    rule = "試算" if is_trial and status != "proposal" else f"{short[:2]}<br>{short[2:]}"
    return f"{roc_year(year.year)}<br>{rule}"


def subject(first: FullYear, last: FullYear) -> str:
    span = roc_year(last.year) if first == last else f"{roc_year(first.year)}至{roc_year(last.year)}"
    return f"{span}分組名次"


def title(subject_of: str, groups: Sequence[tuple[str, Sequence[str], int]], last: str) -> str:
    """Say for each group who was among the last most often, and in how many years."""
    parts = [
        f"{group}列{last}最多者{names(who)}（{years} 年）" if years else f"{group}無縣市列{last}"
        for group, who, years in groups
    ]
    return f"{subject_of}：{'，'.join(parts)}"


def newest_lasts(year: str, groups: Sequence[tuple[str, Sequence[str]]], last: str) -> str:
    listed = "，".join(f"{group}{names(who)}" for group, who in groups if who)
    return f"最近一年（{year}）{last}：{listed or '無'}。"


def always(counties: Sequence[str], years: int, last: str) -> str:
    return f"{years} 年均列{last}：{names(counties)}。" if counties else f"無縣市 {years} 年均列{last}。"


def point(county: str, year: str, place: int | None, verdict: str) -> str:
    """Name one point: county, year, place, what followed from it."""
    if place is None:
        return f"{county} {year} 未列名次"
    return f"{county} {year}第 {place} 名{f'，{verdict}' if verdict else ''}"


def selection(county: str, group: str, places: Sequence[str]) -> str:
    return f"{county}（{group}）：{'、'.join(places)}。"


def year_place(year: str, place: int | None) -> str:
    return f"{year} 未列名次" if place is None else f"{year}第 {place} 名"


def not_available(missing: Mapping[str, Sequence[str]]) -> str:
    listed = "；".join(f"{year}未收到{'、'.join(reports)}" for year, reports in missing.items())
    return f"尚無可排名的年度{f'（{listed}）' if listed else ''}，無法呈現歷年名次。"


def alt(of: str, selected: str) -> str:
    return f"各組縣市歷年名次折線圖，第 1 名在上。{of}。{selected}各年度名次見圖下表格。"
