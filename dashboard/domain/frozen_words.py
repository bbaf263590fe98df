"""The words above what is known of a year that was decided for good: the decision first, then what is shown instead."""

from collections.abc import Sequence
from datetime import date

from dashboard.domain.decision_words import ALL, REPORT
from dashboard.domain.roc import roc_date
from dashboard.domain.words import names


def frozen_headline(evaluation_year: str, signed: tuple[int, date], owing: Sequence[str], below: str) -> str:
    """Say what was decided of a year for good; `signed` is number and day, `below` what stands below it instead."""
    number, decided_on = signed
    listed = f"應提{REPORT}：{names(owing, ALL)}" if owing else f"無縣市應提{REPORT}"
    return f"{evaluation_year}已於{roc_date(decided_on)}定案（決定第 {number} 號），{listed}；以下為{below}"


def below(known_on: date | None, *, is_trial: bool) -> str:
    """Name what is shown beside a decided ranking."""
    return "試算" if is_trial else f"{roc_date(known_on)}所知" if known_on else "目前所知"


def beside_frozen(evaluation_year: str, below: str) -> str:
    """Name a year in a title that speaks of something else than what was decided."""
    return f"{evaluation_year}（已定案，以下為{below}）"


def county_decided(named: str, verdict: str, below: str) -> str:
    """Name a county, or its year, with what was decided of it, before what is known."""
    return f"{named}（定案：{verdict}；以下為{below}）"


def known_instead(below: str, report_title: str) -> str:
    return f"{below}：{report_title}。"


TWO_DAYS = "兩日所知之比較"
"""What stands below a decided year where the knowledge of two days is compared."""


PLACE, DUTY, DECIDED_ON = "定案名次", f"定案{REPORT}", "定案日"


def differing(certain: Sequence[str], undecided: Sequence[str], would: str = "") -> str:
    """Say whose duty is another than was decided, and whose would be for a person to decide; "" where nobody's."""
    other = [f"{names(certain, ALL)}之{REPORT}義務{would}與定案不同"] if certain else []
    return "；".join([*other, *([f"待認定：{names(undecided, ALL)}"] if undecided else [])])


def years_beside_frozen(
    years: Sequence[str], below: str, differ: Sequence[tuple[str, Sequence[str], Sequence[str]]]
) -> str:
    """Say which of several years are decided for good, and whose duty would differ or be undecided in which."""
    listed = "；".join(f"{year}{said}" for year, other, open_ in differ if (said := differing(other, open_)))
    return f"{'、'.join(years)}已定案，以下為{below}：{listed or f'各縣市之{REPORT}義務與定案相同'}。"


NONE_SETTLED_HERE = (
    "本比較僅依規則與權重計算，不套用主管人員之認定；已認定之同分或待認定縣市及已定案之年度，請見分組排名。"
)


def settled_here(scenarios: Sequence[str]) -> str:
    """Say under which rules what people decided is shown, and that it is under no other."""
    return (
        f"{'、'.join(scenarios)}套用主管人員之認定；其他方案僅依規則與權重計算，不套用認定，其同分者仍為待認定。"
        "已定案之年度，請見分組排名。"
    )
