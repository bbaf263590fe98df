"""The words of how sure a place is: intervals by simulation, and what sets of ranks and funnels share with them.

The place is a fact of the published figures; everything here says how far it reflects performance, and every sentence
keeps the two apart. Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.domain.decision_words import ALL
from dashboard.domain.kinds import Proportion
from dashboard.domain.words import names

PLACE_UNIT = "名次"
FACT_NOTE = "名次是依公布數值計算的事實；區間表示名次在多大程度上反映表現。"
SIMULATION_NOTE = (
    "加權總分由數項名次組成，其名次區間與機率僅由模擬而得，沒有統計理論保證的信賴集合；單一指標者另有信賴集合。"
)
INDEPENDENT_NOTE = (
    "模擬時以各縣市自己的人數為據：訪視成功人數出自訪視人數，補繳人數出自訪視成功人數，分母不同，二比率各自獨立抽樣。"
    "二項模型視各案彼此獨立；若同一縣市之個案互有關聯，實際之不確定性較區間所示為大。"
)
STATED_NOTE = "組別、免提（平均繳費率正成長）均依公布數值，不隨模擬變動；正成長者不論名次均免提，應提機率為 0。"
GROUPS_NOTE = "組別依公布數值，不隨模擬變動。"
YEARS_NOTE = "本方案須連續數年列末段方應提檢討報告，各年未合併模擬，不計應提機率。"

LOW, MEDIAN, HIGH = "最前", "中位", "最後"
LOW_LIMIT, HIGH_LIMIT = "下限", "上限"
TIED = "同分待認定機率"
OWING = "應提機率"

_LABELS: Mapping[Proportion, str] = MappingProxyType(
    {Proportion.SUCCESS: "訪視成功率", Proportion.REPAYMENT: "訪視後補繳率"}
)


def label(proportion: Proportion) -> str:
    return _LABELS[proportion]


def probability(shown: str, beyond: int = 0) -> str:
    """Write a probability in percent; `beyond` says that what would print as 0 (-1) or 100 (1) is not quite that."""
    return f"{('不到 1', shown, '逾 99')[beyond + 1]} %"


def chance(last: str) -> str:
    """Name the probability of being among the last ones."""
    return f"{last}機率"


def spaced(shown: str) -> str:
    """Return what stands behind Chinese words: figures after a space, words without one."""
    return f" {shown}" if shown[:1].isdigit() else shown


def listed(counties: Sequence[str]) -> str:
    """Name all counties, however many they are."""
    return names(counties, ALL)


def level(shown: str) -> str:
    return f"模擬 {shown} % 區間"


def span(low: int, high: int) -> str:
    """Write places from the first to the last as narrow as a margin takes them."""
    return f"{low}" if low == high else f"{low}–{high}"


def places(low: int, high: int) -> str:
    return f"第 {low} 名" if low == high else f"第 {low} 至 {high} 名"


# --- places of the weighted total


def with_chance(county: str, shown: str) -> str:
    return f"{county}（{shown}）"


def group_lasts(group: str, last: str, lasts: Sequence[str]) -> str:
    return f"{group}{last}為{'、'.join(lasts)}" if lasts else f"{group}沒有縣市確定列{last}"


def places_title(year_label: str, last: str, lowest: tuple[Sequence[str], str], number: int) -> str:
    """Say how sure it is of the last ones, so many of them; `lowest` are the least sure ones, and their probability."""
    who, shown = lowest
    subject = f"{year_label}名次把握度"
    if not who:
        return f"{subject}：沒有縣市確定列{last}"
    told = f"均為{spaced(shown)}" if len(who) == number else f"最低{names(who, 1)}{spaced(shown)}"
    return f"{subject}：{last}者模擬仍居{last}之機率，{told}"


def places_groups(last: str, groups: Sequence[str]) -> str:
    """List the last ones of all groups; behind each the probability."""
    return f"括號內為模擬列{last}之機率：{'；'.join(groups)}。"


def places_finding(last: str, nearest: Sequence[str], tied: Sequence[str], unranked: Sequence[str]) -> str:
    """Say who is not among the last ones but would be soonest, whose tie is undecided, and who has no place at all."""
    soonest = f"未列{last}而機率最高者：{'、'.join(nearest)}。" if nearest else ""
    undecided = f"同分跨越{last}界線而待認定者（括號內為模擬仍同分之機率）：{'、'.join(tied)}。" if tied else ""
    missing = f"未列名次而無區間者：{names(unranked)}。" if unranked else ""
    return (soonest or f"其他縣市於模擬中均未列{last}。") + undecided + missing


def places_legend(last: str, shown: str, has_cut: bool) -> list[str]:
    cut = f"；灰底：{last}" if has_cut else ""
    return [f"●■ 依公布數值計算之名次（■ {last}）", f"├─┤ {level(shown)}{cut}"]


def place_spoken(county: str, place: int, low: int, high: int) -> str:
    return f"{county} 第 {place} 名，區間{places(low, high)}"


def place_told(median: int, last: tuple[str, str], tied: str, owes: str) -> str:
    """Say how often a county is among the last ones; `last` is what they are called, and the probability."""
    more = [f"{label}{spaced(shown)}" for label, shown in ((TIED, tied), (OWING, owes)) if shown]
    return "，".join([f"模擬名次中位數第 {median} 名", f"{chance(last[0])}{spaced(last[1])}", *more])


def place_selection(county: str, group: str, place: int, interval: tuple[str, int, int, int]) -> str:
    """Keep apart what the figures say and what the simulation says; `interval` is level, low, median, high."""
    shown, low, median, high = interval
    return (
        f"{county}：依公布數值計算為{group}第 {place} 名；{level(shown)}為{places(low, high)}（中位數第 {median} 名）"
    )


def last_selection(last: str, chances: tuple[str, str], *, is_exempt: bool) -> str:
    """Say how often a county is among the last ones, and how often a tie leaves that open ("" for never)."""
    shown, tied = chances
    undecided = f"，另有{spaced(tied)} 的模擬同分待認定" if tied else ""
    exempt = "；平均繳費率正成長，不論名次均免提檢討報告" if is_exempt else ""
    return f"，模擬列{last}之機率{spaced(shown)}{undecided}{exempt}。"


def unranked_selection(county: str) -> str:
    return f"{county}未列名次，沒有名次區間。"


def fixed_note(drawn: Sequence[str], fixed: Sequence[str]) -> str:
    drawn_text = f"模擬者為{'、'.join(drawn)}（人數之比率）" if drawn else "本方案沒有人數比率之指標，未模擬任何指標"
    return f"{drawn_text}；{'、'.join(fixed)}以公布數值計算，未模擬。" if fixed else f"{drawn_text}。"


def tied_note(last: str) -> str:
    return f"{chance(last)}為模擬中不待認定即列{last}之比例；同分跨越界線之比例另列「{TIED}」，不計入前者。同分同名次。"


def places_alt(title: str, selection: str) -> str:
    return f"各組縣市名次與模擬區間圖，第 1 名在左。{title}。{selection}各縣市區間與機率見圖下表格。"


def open_note(counties: Sequence[str], draws: str) -> str:
    """Say whose interval has an end that other draws might move."""
    return (
        f"模擬 {draws} 次；區間之一端在模擬誤差內（換一組亂數可能相差一名）者：{listed(counties)}。"
        if counties
        else f"模擬 {draws} 次；各縣市區間之兩端均不在模擬誤差內，換一組亂數，結果通常相同。"
    )


def places_caption(year_label: str) -> str:
    return f"{year_label}名次與模擬區間"


def counted(whole: str, number: str) -> str:
    """Say out of how many persons a proportion is."""
    return f"{whole} {number} 人"


def left_out_selection(county: str) -> str:
    return f"{county}無名次或無法計算，未納入。"


def no_counts(year_label: str, proportion: Proportion) -> str:
    return f"{year_label}各縣市{label(proportion)}均無法計算，無法呈現。"
