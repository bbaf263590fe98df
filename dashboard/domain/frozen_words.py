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


def county_decided(county: str, verdict: str, below: str) -> str:
    """Name a county with what was decided of it, before what is known."""
    return f"{county}（定案：{verdict}；以下為{below}）"


def known_instead(below: str, report_title: str) -> str:
    return f"{below}：{report_title}。"


NOT_SETTLED_HERE = (
    "本比較僅依規則與權重計算，不套用主管人員之認定；已認定之同分或待認定縣市及已定案之年度，請見分組排名。"
)
