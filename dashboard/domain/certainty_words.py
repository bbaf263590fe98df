"""The words of how sure a place is: intervals by simulation, sets of ranks, funnel limits.

The place is a fact of the published figures; everything here says how far it reflects performance, and every sentence
keeps the two apart. Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.domain.kinds import Proportion
from dashboard.domain.words import names, percent

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
PROPOSAL_NOTE = "所選規則為方案試算，名次不是法定名次。"
GROUPS_NOTE = "組別依公布數值，不隨模擬變動。"
YEARS_NOTE = "本方案須連續數年列末段方應提檢討報告，各年未合併模擬，不計應提機率。"
SET_NOTE = (
    "名次信賴集合（Mogstad、Romano、Shaikh 與 Wilhelm，2023）：組內各縣市兩兩比較同時檢定，"
    "確定比率較高者的數目加 1 為最前名次，確定較低者以外的數目為最後名次；"
    "「同時」指全組各縣市之集合同時成立，「單獨」指只看該縣市。"
)
VARIANCE_NOTE = (
    "兩兩比較之比率與變異數採 Agresti 與 Caffo（2000）之調整（成功、未成功各加 1），"
    "比率為 0 % 或 100 % 者變異數亦不為零；"
    "各縣市比率之區間為 Wilson 區間，不能直接用以比較兩縣市。"
)
FUNNEL_NOTE = (
    "漏斗圖（Spiegelhalter，2005）：分母越少，比率越容易因隨機而偏離全國；"
    "界限外者之差異難以只用隨機解釋，界限內者不宜據以分高下。"
)
SCALE_NOTE = "橫軸為對數刻度；界限為全國比率之計分（Wilson）界限，加寬之界限於反正弦平方根刻度加計縣市間變異 τ²。"
NO_CONTROL_CHART = "半年報表每年僅一期，點數太少，不繪管制圖。"

LOW, MEDIAN, HIGH = "最前", "中位", "最後"
RATE, PART, WHOLE = "比率", "分子", "分母"
LOW_LIMIT, HIGH_LIMIT = "下限", "上限"
WILSON = "Wilson 區間"
RANK_SET, OWN_SET = "名次信賴集合（同時）", "名次信賴集合（單獨）"
SET_HEADING = "名次信賴集合"
TIED = "同分待認定機率"
OWING = "應提機率"
POSITION = "位置"
WITHIN = "95 % 界限內"
PERSONS_BEHIND = "{}（人，對數刻度）"
YES, NO = "是", "否"

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
    return f"{group}{last}{'、'.join(lasts)}" if lasts else f"{group}無縣市確定列{last}"


def places_title(year_label: str, last: str, groups: Sequence[str]) -> str:
    return f"{year_label}名次把握度（模擬列{last}之機率）：{'，'.join(groups)}"


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
    more = [f"{label} {shown}" for label, shown in ((TIED, tied), (OWING, owes)) if shown]
    return "，".join([f"模擬名次中位數第 {median} 名", f"{chance(last[0])} {last[1]}", *more])


def place_selection(county: str, group: str, place: int, interval: tuple[str, int, int, int]) -> str:
    """Keep apart what the figures say and what the simulation says; `interval` is level, low, median, high."""
    shown, low, median, high = interval
    return (
        f"{county}：依公布數值計算為{group}第 {place} 名；{level(shown)}為{places(low, high)}（中位數第 {median} 名）"
    )


def last_selection(last: str, chances: tuple[str, str], *, is_exempt: bool) -> str:
    """Say how often a county is among the last ones, and how often a tie leaves that open ("" for never)."""
    shown, tied = chances
    undecided = f"，另 {tied} 為同分待認定" if tied else ""
    exempt = "；平均繳費率正成長，不論名次均免提檢討報告" if is_exempt else ""
    return f"，列{last}之機率 {shown}{undecided}{exempt}。"


def unranked_selection(county: str) -> str:
    return f"{county}未列名次，沒有名次區間。"


def fixed_note(drawn: Sequence[str], fixed: Sequence[str]) -> str:
    drawn_text = f"模擬者為{'、'.join(drawn)}（人數之比率）" if drawn else "本方案沒有人數比率之指標，未模擬任何指標"
    return f"{drawn_text}；{'、'.join(fixed)}以公布數值計算，未模擬。" if fixed else f"{drawn_text}。"


def tied_note(last: str) -> str:
    return f"{chance(last)}為模擬中確定列{last}之比例；同分跨越界線之比例另列「{TIED}」，不計入前者。同分同名次。"


def places_alt(title: str, selection: str) -> str:
    return f"各組縣市名次與模擬區間圖，第 1 名在左。{title}。{selection}各縣市區間與機率見圖下表格。"


def places_caption(year_label: str) -> str:
    return f"{year_label}名次與模擬區間"


# --- ranks by one proportion


def sets_title(subject: str, groups: Sequence[tuple[str, Sequence[str]]], last: str) -> str:
    listed = [f"{group}{names(who)}" for group, who in groups if who]
    return f"{subject}：可能列{last}者，{'；'.join(listed) or '無'}"


def sets_subject(year_label: str, proportion: Proportion) -> str:
    return f"{year_label}{label(proportion)}之名次信賴集合"


def sets_finding(certain: Sequence[str], left_out: Sequence[str]) -> str:
    """Name those whose rank is certain, and those without a figure or a place."""
    stated = f"名次確定（信賴集合僅一個名次）者：{names(certain)}。" if certain else "沒有縣市的名次是確定的。"
    return stated + (f"無名次或無法計算而未納入者：{names(left_out)}。" if left_out else "")


def sets_legend(shown: str, last: str) -> list[str]:
    return [f"●◆ 公布之比率（◆ 可能列{last}）", f"├─┤ {shown} % Wilson 區間；右側為{SET_HEADING}"]


def may_be_last(last: str) -> str:
    return f"可能列{last}"


def rate_spoken(county: str, rate: str, rank: int | None) -> str:
    return f"{county} {percent(rate)}" + (f"，組內第 {rank} 名" if rank else "")


def rate_told(part: str, whole: str, low: str, high: str) -> str:
    return f"{part} ÷ {whole} 人，Wilson 區間 {low} 至 {percent(high)}"


def set_selection(county: str, rank: int, ranks: tuple[int, int], last: str, among: bool | None) -> str:
    """Keep apart the rank of the published figures and those that cannot be ruled out; `among` None: may be."""
    sure = f"為{places(*ranks)}" if ranks[0] == ranks[1] else f"在{places(*ranks)}之間"
    told = {True: "確定", False: "可排除", None: "不能排除"}[among]
    return f"{county}：依公布數值為組內第 {rank} 名；可確信其名次{sure}，{told}列{last}。"


def left_out_selection(county: str) -> str:
    return f"{county}無名次或無法計算，未納入。"


def sets_alt(title: str, selection: str) -> str:
    return f"各組縣市比率與區間圖，比率最高者在上。{title}。{selection}各縣市名次信賴集合見圖下表格。"


# --- funnels


def funnel_subject(year_label: str, proportion: Proportion) -> str:
    return f"{year_label}{label(proportion)}漏斗圖"


def funnel_title(subject: str, outside: Mapping[str, Sequence[str]]) -> str:
    """Say who lies outside which of the limits in force; the counties of each side, outermost limits first."""
    sides = [f"{side}者{names(who)}" for side, who in outside.items() if who]
    return f"{subject}：{'，'.join(sides) or '各縣市均在 95 % 界限內'}"


def dispersion(phi: tuple[str, str], limit: str, tau2: str) -> str:
    """Say whether rates scatter more than chance explains; `phi` winsorised and raw, `tau2` "" where not found."""
    found = f"過度離散 φ＝{phi[0]}（未縮尾 {phi[1]}）"
    if not tau2:
        return f"{found}，未顯著大於 1（臨界值 {limit}），界限不加寬。"
    return f"{found}，顯著大於 1（臨界值 {limit}）：縣市間差異超過隨機，界限加計 τ²＝{tau2}。"


def funnel_finding(rate: str, spread: str, left_out: Sequence[str]) -> str:
    missing = f"無法計算而未納入者：{names(left_out)}。" if left_out else ""
    return f"全國 {percent(rate)}。{spread}{missing}"


NO_DISPERSION = "縣市數不足或比率全為 0 % 或 100 %，不估計過度離散。"


def curve(shown: str, is_wide: bool) -> str:
    return f"{shown} % 界限（{'加計 τ²' if is_wide else '僅隨機'}）"


def nation_line(rate: str) -> str:
    return f"── 全國 {percent(rate)}　◆ 95 % 界限外"


def outside(shown: str, is_above: bool) -> str:
    return f"{'高' if is_above else '低'}於 {shown} % 界限"


def funnel_told(part: str, whole: str, position: str) -> str:
    return f"{part} ÷ {whole} 人，{position}"


def funnel_selection(county: str, rate: str, whole: str, position: str) -> str:
    return f"{county} {percent(rate)}（分母 {whole} 人）：{position}。"


def funnel_alt(title: str, selection: str) -> str:
    return f"各縣市比率對分母人數之漏斗圖。{title}。{selection}各縣市界限見圖下表格。"


def no_counts(year_label: str, proportion: Proportion) -> str:
    return f"{year_label}各縣市{label(proportion)}均無法計算，無法呈現。"
