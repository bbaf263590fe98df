"""The words of which ranks a county may have by one proportion.

The rank is a fact of the published figures; the set says how far it reflects performance. Figures come in as text,
already rounded; nothing here calculates.
"""

from collections.abc import Sequence

from dashboard.domain.certainty_words import listed, places
from dashboard.domain.words import percent

_GROUPS = 2
SET_NOTE = (
    "名次信賴集合（Mogstad、Romano、Shaikh 與 Wilhelm，2023）：組內各縣市兩兩比較同時檢定，"
    "檢定較高者的數目加 1 為最前名次，檢定較低者以外的數目為最後名次；"
    "「同時」指全組各縣市之集合同時成立，「單獨」指只看該縣市。「有把握」均指在此水準下成立，不是必然。"
)
VARIANCE_NOTE = (
    "兩兩比較之比率與變異數採 Agresti 與 Caffo（2000）之調整（成功、未成功各加 1），"
    "比率為 0 % 或 100 % 者變異數亦不為零；"
    "各縣市比率之區間為 Wilson 區間，不能直接用以比較兩縣市。"
)
WILSON = "Wilson 區間"
SET_HEADING = "可能名次"
RANK_SET, OWN_SET = "名次信賴集合（同時）", "名次信賴集合（單獨）"
YES, NO, OPEN = "是", "否", "在模擬誤差內"


def sets_subject(year_label: str, proportion: str) -> str:
    return f"{year_label}{proportion}之名次信賴集合"


def sets_title(year_label: str, proportion: str, groups: Sequence[tuple[str, Sequence[str]]], last: str) -> str:
    counted = [f"{group} {len(who)}" for group, who in groups if who]
    number = sum(len(who) for _, who in groups)
    # More than two groups have no room in a heading.
    where = "、".join(counted) if len(counted) <= _GROUPS else f"共 {number}"
    told = f"不能排除列{last}者，{where} 縣市" if number else f"各縣市均有把握不列{last}"
    return f"{year_label}{proportion}名次：{told}"


def sets_finding(may_be: str, certain: Sequence[str], level: str) -> str:
    """Say who may be among the last, and whose rank is a single one at this level."""
    found = f"能定出單一名次者：{listed(certain)}" if certain else "沒有縣市能定出單一名次"
    return f"{may_be}以 {level} % 的把握，{found}。"


def may_be_finding(groups: Sequence[tuple[str, Sequence[str]]], last: str) -> str:
    told = "；".join(f"{group}{listed(who)}" for group, who in groups if who)
    return f"不能排除列{last}者：{told}。" if told else ""


def unknown_finding(few: Sequence[str], close: Sequence[str], open_ones: Sequence[str], last: str) -> str:
    """Name those of whose rank nothing can be said, and why: too few persons, differences too small, simulation."""
    return "".join(
        f"{said}：{listed(who)}。"
        for said, who in (
            ("人數太少，無法判斷名次者", few),
            ("與其他縣市之差距太小，無法判斷名次者", close),
            (f"是否可能列{last}，在模擬誤差內而無法判定者", open_ones),
        )
        if who
    )


def left_out_finding(left_out: Sequence[str]) -> str:
    return f"無名次或無法計算而未納入者：{listed(left_out)}。" if left_out else ""


def sets_legend(shown: str, last: str) -> list[str]:
    return [f"●◆ 公布之比率（◆ 不能排除列{last}）", f"├─┤ {shown} % {WILSON}；右側為{SET_HEADING}"]


def may_be_last(last: str) -> str:
    return f"可能列{last}"


def rate_spoken(county: str, rate: str, rank: int | None) -> str:
    return f"{county} {percent(rate)}" + (f"，組內第 {rank} 名" if rank else "")


def rate_told(part: str, whole: str, low: str, high: str) -> str:
    return f"{part} ÷ {whole} 人，Wilson 區間 {low} 至 {percent(high)}"


def set_selection(county: str, rank: int, told: str) -> str:
    """Keep apart the rank of the published figures and what can be said of it."""
    return f"{county}：依公布數值為組內第 {rank} 名；{told}。"


def rank_told(ranks: tuple[int, int], level: str) -> str:
    sure = f"就是{places(*ranks)}" if ranks[0] == ranks[1] else f"在{places(*ranks)}之間"
    return f"有 {level} % 的把握名次{sure}"


def alone() -> str:
    return "組內沒有其他縣市可比，名次即為第 1 名"


def unknown_told(ranks: tuple[int, int], few: str) -> str:
    """Say that nothing can be said of a rank; `few` is of how many persons where those are too few, "" else."""
    why = f"人數太少（{few}），無法判斷名次" if few else "與組內其他縣市之差距太小，無法判斷名次"
    return f"{why}，{places(*ranks)}都有可能"


def last_told(last: str, among: bool | str | None, level: str, *, is_said: bool) -> str:
    """Say whether a county is among the last: True, False, None for perhaps, OPEN where the simulation cannot tell.

    `is_said`: the level has been named just before.
    """
    if among == OPEN:
        return f"；是否可能列{last}，在模擬誤差內，無法判定"
    if among is None:
        return f"，不能排除列{last}"
    told = f"列{last}" if among else f"不列{last}"
    return f"，並且{told}" if is_said else f"，但有 {level} % 的把握{told}"


def sets_alt(title: str, selection: str) -> str:
    return f"各組縣市比率與區間圖，比率最高者在上。{title}。{selection}各縣市名次信賴集合見圖下表格。"


# --- the workings


def draws_note(draws: str, seed: int, groups: Sequence[str]) -> str:
    return f"名次信賴集合以常態近似模擬 {draws} 次（亂數種子 {seed}）；全部兩兩比較之臨界值：{'；'.join(groups)}。"


def critical(group: str, value: str, low: str, high: str) -> str:
    return f"{group} {value}（模擬誤差 {low} 至 {high}）"


def open_note(counties: Sequence[str]) -> str:
    """Say whose set has an end that other draws might move."""
    return (
        f"集合之一端在模擬誤差內（換一組亂數可能相差一名）者：{listed(counties)}。"
        if counties
        else "各縣市集合之兩端均不在模擬誤差內，換一組亂數，結果通常相同。"
    )


def compared_caption(subject: str, county: str, criticals: Sequence[str]) -> str:
    steps = f"，逐步檢定之臨界值 {'、'.join(criticals)}" if criticals else ""
    return f"{subject}：{county}與組內各縣市之比較{steps}"


DIFFERENCE, DEVIATION, STATISTIC, RESULT = "調整後比率之差", "標準誤", "統計量", "檢定結果"


def compared(county: str, is_told: bool | None, *, is_higher: bool) -> str:
    """Say how a county compares with another one; None where the simulation cannot tell."""
    if is_told is None:
        return OPEN
    return f"{county}{'較高' if is_higher else '較低'}" if is_told else "不能分辨"
