"""The words of funnels: who differs from the nation by more than counties usually do, and what follows from it.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence

from dashboard.domain.certainty_words import listed
from dashboard.domain.words import names, percent

FUNNEL_NOTE = (
    "漏斗圖（Spiegelhalter，2005）：分母越少，比率越容易因隨機而偏離全國；"
    "界限外者之差異難以只用隨機與縣市間一般差異解釋，界限內者不宜據以分高下。"
)
EXPECTED_NOTE = (
    "即使沒有特殊原因，平均每 20 縣市仍約有 1 縣市落在 95 % 界限外，每 500 縣市約有 1 縣市落在 99.8 % 界限外："
    "落在界限外是查明原因的起點，不是評定優劣的結論；本圖與法定名次、檢討報告義務無關。"
)
SCALE_NOTE = "橫軸為對數刻度；界限為全國比率之計分（Wilson）界限，加寬之界限於反正弦平方根刻度加計縣市間變異 τ²。"
NO_CONTROL_CHART = "半年報表每年僅一期，點數太少，不繪管制圖。"
POSITION = "位置"
WITHIN = "95 % 界限內"
PERSONS_BEHIND = "{}（人，對數刻度）"
USUAL, CHANCE = "縣市間一般差異", "隨機起伏"
"""What the limits in force allow for: chance with differences between counties, or chance alone."""


def funnel_subject(year_label: str, proportion: str) -> str:
    return f"{year_label}{proportion}漏斗圖"


def funnel_title(subject: str, sides: tuple[Sequence[str], Sequence[str]], number: int, allowed: str) -> str:
    """Say how many of so many counties lie outside what is allowed for, above and below."""
    told = [f"{word} {len(who)}" for word, who in zip(("偏高", "偏低"), sides, strict=True) if who]
    if not told:
        return f"{subject}：{number} 縣市均未超出{allowed}"
    return f"{subject}：{sum(map(len, sides))} 縣市超出{allowed}（{'、'.join(told)}）"


def funnel_finding(rate: str, outside: Mapping[str, Sequence[str]], inside: int, allowed: str) -> str:
    """Say in plain words who differs by more than is allowed for, and what it means for the others."""
    sides = "，".join(f"{side}者：{listed(who)}" for side, who in outside.items() if who)
    others = f"其餘 {inside} 縣市" if sides else "各縣市"
    found = (
        f"{sides}。這些縣市與全國的差距，超出{allowed}的通常範圍，宜了解原因"
        "（即使沒有特殊原因，平均每 20 縣市也約有 1 縣市碰巧超出 95 % 界限）。"
        if sides
        else ""
    )
    same = f"{others}與全國 {percent(rate)} 的差距，在{allowed}的通常範圍內，不宜據以分高下。" if inside else ""
    return found + same


def left_out_finding(left_out: Sequence[str]) -> str:
    return f"無法計算而未納入者：{names(left_out)}。" if left_out else ""


def dispersion(phi: tuple[str, str], limit: str, tau2: str) -> str:
    """Say whether rates scatter more than chance explains; `phi` winsorised and raw, `tau2` "" where not found."""
    found = f"過度離散 φ＝{phi[0]}（未縮尾 {phi[1]}）"
    if not tau2:
        return f"{found}，未顯著大於 1（臨界值 {limit}），界限不加寬。"
    return f"{found}，顯著大於 1（臨界值 {limit}）：縣市間差異超過隨機，界限加計 τ²＝{tau2}。"


NO_DISPERSION = "縣市數不足或比率全為 0 % 或 100 %，不估計過度離散。"


def curve(shown: str, is_wide: bool) -> str:
    return f"{shown} % 界限（{'加計 τ²' if is_wide else '僅隨機'}）"


def nation_line(rate: str) -> str:
    return f"── 全國 {percent(rate)}　◆ 95 % 界限外"


def outside(shown: str, is_above: bool) -> str:
    return f"{'高' if is_above else '低'}於 {shown} % 界限"


def funnel_told(part: str, whole: str, position: str) -> str:
    return f"{part} ÷ {whole} 人，{position}"


def funnel_selection(county: str, rates: tuple[str, str], counted: str, position: str, differs: str) -> str:
    """Say where one county lies and what follows from it; `rates` are its own and the nation's.

    `differs` says how it differs from the nation (`within`, `more_than_chance`, `beyond`).
    """
    own, nation = rates
    return f"{county} {percent(own)}（{counted}），{position}：與全國 {percent(nation)} 的差距，{differs}。"


def within(allowed: str) -> str:
    return f"在{allowed}的通常範圍內，不能據此說表現較好或較差"


def more_than_chance() -> str:
    return f"大於{CHANCE}，但這種幅度在各縣市之間常見；不能單憑本圖說表現異常"


def beyond(allowed: str) -> str:
    return f"超出{allowed}的通常範圍，宜了解原因；這不等於工作較好或較差，轄區條件不同也可能造成"


def funnel_alt(title: str, selection: str) -> str:
    return f"各縣市比率對分母人數之漏斗圖。{title}。{selection}各縣市界限見圖下表格。"
