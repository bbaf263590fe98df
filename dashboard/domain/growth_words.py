"""The words of the duty on the ministry's side: whether the national average rate rose over last year's.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.domain.kinds import Population

WHOM = "對象"
GROWTH = "較前一年基準"
VERDICT = "是否成長"
JUDGED = "據以評比之機關"
JUDGES: Mapping[Population, str] = MappingProxyType(
    {Population.ALL: "衛生福利部、勞動部勞工保險局", Population.INDIGENOUS: "原住民族委員會"}
)
GREW, FELL, SAME, UNKNOWN = "成長", "未成長", "未成長（零成長）", "無法比較"
RULE_NOTE = (
    "全體平均繳費率較前一年基準成長者，獎勵衛生福利部及勞動部勞工保險局；"
    "原住民平均繳費率成長者，獎勵原住民族委員會；零成長不是成長。"
)
SUM_NOTE = "全國為各縣市金額合計之比率，不是各縣市比率之平均；成長以未四捨五入之金額判定。"
TRIAL_NOTE = "本年度早於本規則評比起始年度，僅供試算，不作為獎勵依據。"
PART_NOTE = "部分縣市僅一年有數值，合計之縣市不同，無法比較成長。"


def title(evaluation_year: str, parts: Sequence[str]) -> str:
    return f"{evaluation_year}全國平均繳費率：{'，'.join(parts)}"


def part(whom: str, verdict: str, change: str) -> str:
    return f"{whom}{verdict}（{change} 個百分點）" if change else f"{whom}{verdict}"


def finding(parts: Sequence[tuple[str, str, str, str, str]]) -> str:
    """List whom, rate, last year's and its rate, and who is judged by it."""
    listed = [f"{whom} {rate} %（{base_year} {base} %），評比{judged}" for whom, rate, base_year, base, judged in parts]
    return f"{'；'.join(listed)}。"


def caption(evaluation_year: str) -> str:
    return f"{evaluation_year}全國平均繳費率與前一年基準"


def subject(whom: str) -> str:
    return f"{whom}平均繳費率"
