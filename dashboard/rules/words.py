"""Every Chinese sentence of this room: why a county stands where it does, and what is wrong with a rule file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from dashboard.domain.roc import roc_date, roc_year
from dashboard.rules import numbers
from dashboard.rules.formulas import BASE_COLUMNS, RATE_COLUMNS

UNDECIDED: Literal["undecided"] = "undecided"
Verdict = bool | Literal["undecided"]
"""Yes, no, or a matter for a person."""

NO_SUCH_DAY = "沒有這一天"
KEY_IS_NOT_ITS_NAME = "key 與檔名不同"

_COLUMNS = {
    "receivable_twd": "應收金額",
    "received_twd": "已收金額",
    "base_receivable_twd": "應收金額",
    "base_received_twd": "已收金額",
    "target_visits": "年度訪視目標",
    "visited_persons": "訪視人數",
    "successful_persons": "訪視成功人數",
    "repaid_persons": "訪視後補繳人數",
}
_REASONS = {
    "missing": "缺少此設定",
    "extra_forbidden": "不認得此設定",
    "literal_error": "不是系統支援的作法",
}


def growth(growth_pp: Fraction) -> str:
    """Two decimals, or as many as show the sign: rounding must not hide what decides the exemption."""
    kind = "正成長" if growth_pp > 0 else "負成長" if growth_pp < 0 else "零成長，不視為正成長"
    return f"平均繳費率較前一年基準 {numbers.signed(growth_pp, 2)} 個百分點（{kind}）"


def standing(group: str, place: int, ranked: int, unranked: int) -> str:
    others = f"，另 {unranked} 縣市缺資料未列名次" if unranked else ""
    return f"{group}第 {place} 名（列名次者 {ranked} 縣市{others}）"


def report_verdict(in_last: Verdict, last: int, growth_pp: Fraction) -> str:
    """Say who owes a report and why; a growing rate exempts whatever a tie would decide."""
    if in_last is False:
        return f"未列末 {last} 名，無須提送檢討報告；{growth(growth_pp)}"
    position = f"名列末 {last} 名" if in_last is True else f"同分跨越末 {last} 名界線"
    if growth_pp > 0:
        return f"{position}，惟{growth(growth_pp)}，免送檢討報告"
    duty = "應提送檢討報告" if in_last is True else "是否應提送檢討報告，由主管人員認定"
    return f"{position}，且{growth(growth_pp)}，{duty}"


def no_place(group: str, gaps: Sequence[str], growth_pp: Fraction | None) -> str:
    unplaced = f"{group}未列名次：{'、'.join(gaps)}"
    if growth_pp is not None and growth_pp > 0:
        return f"{unplaced}；{growth(growth_pp)}，無論名次均免送檢討報告"
    known = "" if growth_pp is None else f"；{growth(growth_pp)}"
    return f"{unplaced}；是否應提送檢討報告，待補齊資料或由主管人員認定{known}"


def gap(indicator: str, obstacles: Mapping[str, bool], year: int, visit_year: int) -> str:
    """Name the figures that keep an indicator from having a value, each with its year."""
    found = "、".join(_obstacle(column, is_zero, year, visit_year) for column, is_zero in obstacles.items())
    return f"{indicator}無數值（{found}）"


def _obstacle(column: str, is_zero: bool, year: int, visit_year: int) -> str:
    of = year if column in RATE_COLUMNS else year - 1 if column in BASE_COLUMNS else visit_year
    figure = f"{roc_year(of)}{_COLUMNS[column]}"
    return f"{figure}為零" if is_zero else f"缺{figure}"


def reason(sentence: str, is_trial: bool) -> str:
    return f"{'試算：' if is_trial else ''}{sentence}。"


def assumption(sentence: str, values: Sequence[object], since: date) -> str:
    return f"假設：{sentence.format(*values)}（{roc_date(since)}起採用）"


def unknown_rule(key: str, known: Iterable[str]) -> str:
    return f"查無評比規則「{key}」；現有規則：{'、'.join(known)}。"


def invalid_rule(file_name: str, reasons: str) -> str:
    return f"規則檔 {file_name} 無法使用：{reasons}。請更正 data/rules 內的規則檔。"


def not_toml(error: Exception) -> str:
    return f"不是有效的 TOML（{error}）"


def bad_extension(file_name: str) -> str:
    return f"所延伸的 {file_name} 不存在，或互相延伸"


def weights_do_not_add_up(total: Fraction) -> str:
    return f"權重合計應為 100，現相差 {numbers.signed(total - 100, 2)}"


def weight_too_low(label: str, weight: Decimal, minimum: Decimal) -> str:
    return f"{label}的權重 {weight} 低於下限 {minimum}"


def assumption_without_setting(error: Exception) -> str:
    return f"假設所指的設定不存在，或句中編號有誤（{error}）"


def deadline_not_confessed(name: str) -> str:
    return f"期限 {name} 的 basis 與假設清單不一致"


def validation_reasons(errors: Iterable[Mapping[str, Any]]) -> str:
    """Put what a model refused into one line: the setting, then why."""
    return "；".join(_validation_reason(error) for error in errors)


def _validation_reason(error: Mapping[str, Any]) -> str:
    place = ".".join(str(step) for step in error["loc"])
    if error["type"] == "value_error":
        why = str(error["ctx"]["error"])
    else:
        why = _REASONS.get(error["type"], f"值「{error['input']}」不合規定")
    return f"{place}：{why}" if place else why
