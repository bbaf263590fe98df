"""The words of the ranking: who stands where, who owes a report, and how it was computed.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_date, roc_year
from dashboard.domain.words import KIND_NAMES, names, points_apart

ALL = 22
"""A list of counties that owe something, or may, is never cut short."""

INDICATOR = "指標"
COMPUTATION = "計算式"
WEIGHT = "權重"
WEIGHTED = "加權得分"
GROUP_PLACE = "組內名次"
FIGURES = "各縣市指標之分子與分母"
SCROLL_HINT = "表格可左右捲動，名稱欄固定顯示。"
ROUNDING_NOTE = "計算式各項為四捨五入後之值；總分以未四捨五入之值加總，與各項之和可能相差 0.01 分。"
SMALL_PART_NOTE = "「＊」為分母較少之縣市，訪視比率易受個別案件影響，仍依規則排名。"


def group_summary(group: str, first: Sequence[str]) -> str:
    return f"{group}第 1 名{names(first)}" if first else f"{group}均未列名次"


def ranking_title(evaluation_year: str, groups: Sequence[str]) -> str:
    return f"{evaluation_year}分組排名：{'，'.join(groups)}"


def last_finding(group: str, last_ones: str, last: Sequence[str]) -> str:
    return f"{group}{last_ones}：{names(last)}"


def tied_finding(group: str, last_ones: str, tied: Sequence[str]) -> str:
    return f"{group}{names(tied)}同分跨越{last_ones}界線，由主管人員認定"


def weights_note(weights: Sequence[tuple[str, str]], method: str = "") -> str:
    """Say how the total is made; `method` says how values become points where it is not by linear rank points."""
    listed = "、".join(f"{label} {weight} %" for label, weight in weights)
    if method:
        return f"總分 ＝ 各指標得分 × 權重（{listed}）；{method}。"
    return f"總分 ＝ 各指標組內名次換算得分 × 權重（{listed}）；得分與總分滿分均為 100 分。"


def duty(is_trial: bool) -> str:
    """Name the duty; in a trial year nobody owes anything by law."""
    return "試算應提" if is_trial else "應提"


def owing(counties: Sequence[str], is_trial: bool) -> str:
    return f"{duty(is_trial)}檢討報告：{names(counties, ALL)}" if counties else f"無縣市{duty(is_trial)}檢討報告"


UNDECIDED = "待認定"


def duties(owed: Sequence[str], undecided: Sequence[str], is_trial: bool) -> str:
    """Say who owes a report and whose is undecided, all of them by name."""
    return f"{owing(owed, is_trial)}{f'；{UNDECIDED}：{names(undecided, ALL)}' if undecided else ''}"


def report_title(evaluation_year: str, owed: Sequence[str], undecided: Sequence[str], is_trial: bool) -> str:
    """Say who owes a report and whose is undecided; exempt ones stand in the finding."""
    return f"{evaluation_year}{duties(owed, undecided, is_trial)}"


def exempt_finding(exempt: Sequence[tuple[str, str]], last_ones: str, *, exempts_growth: bool) -> str:
    """Name who is exempt and on which growth."""
    if not exempts_growth:
        return "本規則無免提規定。"
    if not exempt:
        return f"列{last_ones}者平均繳費率均未正成長，無免提者。"
    return (
        f"因平均繳費率正成長免提者：{'、'.join(f'{county}（{points_apart(growth)}）' for county, growth in exempt)}。"
    )


def bar_spoken(county: str, place: int | None, total: str) -> str:
    """Name a county with its place and its total, both empty where it is not ranked."""
    return f"{county} 未列名次" if place is None else f"{county} 第 {place} 名，總分 {total} 分"


# --- how a place was computed


def workings_caption(county: str, evaluation_year: str, group: str, ranked: int) -> str:
    return f"{county}{evaluation_year}總分如何算得（{group}列名次者 {ranked} 縣市）"


def quotient(part: str, part_figure: str, whole: str, whole_figure: str) -> str:
    return f"{part} {part_figure} ÷ {whole} {whole_figure}"


def place_of(rank: int, ranked: int) -> str:
    return f"第 {rank} 名／{ranked}"


def figures_caption(evaluation_year: str) -> str:
    return f"{evaluation_year}{FIGURES}"


# --- corrections and withdrawals


def correction(received_on: date) -> str:
    return f"更正（{roc_date(received_on)}收）"


def withdrawal(withdrawn_on: date, numbers: Sequence[int], reason: str) -> str:
    """Name what was withdrawn by its numbers in the journal, with the day and the reason."""
    return f"撤回（{roc_date(withdrawn_on)}，第 {'、'.join(map(str, numbers))} 號，原因：{reason}）"


def settled_in_lists(since: Sequence[str], *, is_settled: bool) -> str:
    """Say what of people's decisions is in lists of counties, and whose case was settled only since; "" for nothing."""
    said = (["含主管人員之認定"] if is_settled else []) + (
        [f"{names(since, ALL)}其後已由主管人員認定"] if since else []
    )
    return f"（{'；'.join(said)}）" if said else ""


def correction_effect(turn: str, changes: Sequence[str], report: str, settled: str = "", below: str = "") -> str:
    """Say what a correction or a withdrawal did to the lists of counties; `report` names the duty.

    `settled` says which of people's decisions are in the lists, `below` names what is shown beside a year that had
    been decided for good by then ("" where none had).
    """
    if not changes:
        return f"{turn}未改變{below}{report}之縣市名單{settled}。"
    after = f"{turn}後：{below}{'；'.join(changes)}{settled}"
    return f"{after}；在定案之後，定案不變。" if below else f"{after}。"


def list_change(what: str, removed: Sequence[str], added: Sequence[str]) -> str:
    """Say how a list of counties changed; empty where it did not."""
    if removed and added:
        return f"{what}由{names(removed, 22)}改為{names(added, 22)}"
    if added:
        return f"{what}增列{names(added, 22)}"
    return f"{what}不再包括{names(removed, 22)}" if removed else ""


# --- years


def years_not_offered(missing: Mapping[str, Sequence[str]]) -> str:
    listed = "、".join(f"{year}（未收到{'、'.join(reports)}）" for year, reports in missing.items())
    return f"無法排名而未列入可選年度者：{listed}。"


def report_of_year(kind: Kind, year: FullYear) -> str:
    return f"{roc_year(year.year)}{'全年度' if kind is Kind.VISITS else ''}{KIND_NAMES[kind]}"


def ranking_not_available(year: FullYear, missing: Sequence[str]) -> str:
    return f"{roc_year(year.year)}尚無法排名，未收到：{'、'.join(missing)}。請改選其他年度。"
