"""Every Chinese sentence of this room: why a county stands where it does, and what is wrong with a rule file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from dashboard.domain.roc import roc_date, roc_year
from dashboard.rules import numbers
from dashboard.rules.formulas import BASE_COLUMNS, RATE_COLUMNS

UNDECIDED: Literal["undecided"] = "undecided"
Verdict = bool | Literal["undecided"]
"""Yes, no, or a matter for a person."""

AVERAGE_RATE_GROWTH = "平均繳費率成長"
NO_SUCH_DAY = "沒有這一天"

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
_LONGEST = 60
_TOML = {
    "Expected '=' after a key": "設定名稱之後應為 =",
    "Invalid value": "= 之後不是可判讀的值，文字須加引號",
    "Cannot overwrite a value": "同一設定寫了兩次",
    "Cannot declare": "同一表格寫了兩次",
    "Unclosed array": "[ 之後缺少 ]",
    "Unclosed inline table": "{ 之後缺少 }",
    "Unterminated string": "引號未結束",
    "Illegal character": "有不可用的字元，例如引號內換行",
    "Expected newline": "一行只能有一項設定",
    "Invalid statement": "不是設定，也不是表格",
}
_DEMANDS = {
    "string_too_short": "至少 {min_length} 字",
    "string_too_long": "至多 {max_length} 字",
    "too_short": "至少 {min_length} 項",
    "greater_than_equal": "不得小於 {ge}",
    "less_than_equal": "不得大於 {le}",
    "int_type": "應為整數，不加引號",
    "bool_type": "應為 true 或 false，不加引號",
    "string_type": "應為文字，加引號",
    "tuple_type": "應為清單，如 [甲, 乙]",
    "date_type": "應為日期，如 2026-11-22",
    "date_from_datetime_parsing": "應為日期，如 2026-11-22",
}
_REASONS = {
    "missing": "缺少此設定",
    "extra_forbidden": "不認得此設定",
    "literal_error": "不是系統支援的作法",
    "union_tag_invalid": "不是系統支援的作法",
    "union_tag_not_found": "缺少 kind，不知是哪一種作法",
}


def growth(growth_pp: Fraction) -> str:
    """Two decimals, or as many as show the sign: rounding must not hide what decides the exemption."""
    kind = "正成長" if growth_pp > 0 else "負成長" if growth_pp < 0 else "零成長，不視為正成長"
    return f"平均繳費率較前一年基準 {numbers.signed(growth_pp, 2)} 個百分點（{kind}）"


def standing(group: str, place: int, ranked: int, unranked: int) -> str:
    others = f"，另 {unranked} 縣市缺資料未列名次" if unranked else ""
    return f"{group}第 {place} 名（列名次者 {ranked} 縣市{others}）"


def position(last: str, among: Verdict) -> str:
    """Say whether a county is among the last ones of a year."""
    if among is UNDECIDED:
        return f"同分跨越{last}界線"
    return f"名列{last}" if among else f"未列{last}"


def running(last: str, years: int, own: Verdict, verdicts: Mapping[int, Verdict]) -> str:
    """Say whether a county is among the last ones in so many years running, and which years decide it."""
    if all(verdict is True for verdict in verdicts.values()):
        return f"連續 {years} 年名列{last}"
    out = [roc_year(year) for year, verdict in verdicts.items() if verdict is False]
    if out:
        return f"{'、'.join(out)}未列{last}，未連續 {years} 年名列{last}"
    open_years = "、".join(roc_year(year) for year, verdict in verdicts.items() if verdict is UNDECIDED)
    return f"{position(last, own)}，{open_years}是否列{last}未定，是否連續 {years} 年名列{last}亦未定"


def report_verdict(where: str, selected: Verdict, growth_pp: Fraction | None, exempts_growth: bool) -> str:
    """Say who owes a report and why; where growth exempts, it does so whatever a tie would decide."""
    grown = "" if growth_pp is None else growth(growth_pp)
    duty = "應提送檢討報告" if selected else "無須提送檢討報告"
    if selected is UNDECIDED:
        duty = "是否應提送檢討報告，由主管人員認定"
    if selected is False or not exempts_growth:
        return f"{where}，{duty}{f'；{grown}' if grown else ''}"
    if growth_pp is not None and growth_pp > 0:
        return f"{where}，惟{grown}，免送檢討報告"
    return f"{where}，且{grown}，{duty}"


def no_place(group: str, gaps: Sequence[str], growth_pp: Fraction | None, exempts_growth: bool) -> str:
    """Say why a county has no place, where its duty hangs on one."""
    unplaced = unranked(group, gaps)
    if exempts_growth and growth_pp is not None and growth_pp > 0:
        return f"{unplaced}；{growth(growth_pp)}，無論名次均免送檢討報告"
    known = "" if growth_pp is None else f"；{growth(growth_pp)}"
    return f"{unplaced}；是否應提送檢討報告，待補齊資料或由主管人員認定{known}"


def unranked(group: str, gaps: Sequence[str]) -> str:
    return f"{group}未列名次：{'、'.join(gaps)}"


def no_points(indicator: str, why: str) -> str:
    return f"{indicator}無從計分（{why}）"


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
    return f"假設：{sentence.format(*map(_setting, values))}（{roc_date(since)}起採用）"


def _setting(value: object) -> object:
    if isinstance(value, Fraction):
        return f"{int(value):,}" if value.denominator == 1 else numbers.trimmed(value, 2)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return "、".join(str(_setting(one)) for one in value) if isinstance(value, list | tuple) else value


def not_toml(error: Exception) -> str:
    """Say that a file is not TOML, the line where it stops being so, and why where that is told in Chinese."""
    line = str(error).partition("(at line ")[2].partition(",")[0]
    if not line and not str(error).isascii():
        return str(error)
    why = next((told for said, told in _TOML.items() if str(error).startswith(said)), "")
    where = f"第 {line} 行" if line else "檔案結尾處" if "end of document" in str(error) else ""
    return f"{where}不是有效的 TOML{f'（{why}）' if why else ''}"


def validation_reasons(errors: Iterable[Mapping[str, Any]]) -> str:
    """Put what a model refused into one line: the setting, then why."""
    return "；".join(_validation_reason(error) for error in errors)


def _validation_reason(error: Mapping[str, Any]) -> str:
    place = ".".join(str(step) for step in error["loc"])
    return f"{place}：{refused(error)}" if place else refused(error)


def refused(error: Mapping[str, Any]) -> str:
    """Say why a model refused one setting."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    kind, given = error["type"], error.get("ctx", {})
    if kind in _REASONS:
        allowed = str(given.get("expected") or given.get("expected_tags") or "").replace("'", "").replace(" or ", ", ")
        return _REASONS[kind] + (f"，應為 {allowed.replace(', ', '、')} 之一" if allowed else "")
    limits = {name: value for name, value in given.items() if isinstance(value, int)}
    demand = _DEMANDS.get(kind, "").format(**limits)
    return f"值「{_shortened(error['input'])}」不合規定{f'：{demand}' if demand else ''}"


def _shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
