"""The words of rules: what a rule says, and what is wrong with a rule file.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from dashboard.domain.roc import roc_year
from dashboard.rules import numbers

NO_GROUP = "未分組"
_BETWEEN = "之間"
NOT_LISTED = "規則未將該縣市列入任何一組"
LINEAR = "組內名次換算分數：n 縣市中第 1 名 100 分，每後一名少 100/n 分"
POINTS_TABLE = "組內名次依規則之配分表給分"
Z_SCORE = "各指標以組內標準分數（與組平均之差 ÷ 組內標準差）計分"
MIN_MAX = "各指標以組內最差 0 分、最佳 100 分，其間按比例計分"
MEAN_IS_ZERO = "組平均為零，公式無從計算"
MEAN_IS_NEGATIVE = "組平均為負，規則不予計分"
POINTS_RISE = "名次較後者之分數不得較高"
VOLUME_YEAR_MISSING = "分組或同分比序用到案件量，須訂明採計年度"
KEY_IS_NOT_ITS_NAME = "key 與檔名不同"
TOO_DEEP = "括號或表格層數過多，無法判讀"
_EXAMPLES: Mapping[str, str] = MappingProxyType(
    {"source": "文件名稱", "proposed_by": "提出者", "change": "與所延伸之規則有何不同", "status": "proposal"}
)
_VOLUMES: Mapping[str, str] = MappingProxyType(
    {"mean_arrears_persons": "月平均欠費人數", "mean_payable_persons": "各期平均應繳人數"}
)
_NO_VOLUME: Mapping[str, str] = MappingProxyType(
    {"mean_arrears_persons": "各月期末欠費人數", "mean_payable_persons": "各期應繳人數"}
)


# --- what a rule says


def last_ones(count: int, by: str, *, is_nation: bool) -> str:
    return f"{'全國' if is_nation else ''}{by}末 {count} 名"


def report_sentence(last: str, years: int, *, is_nation: bool, only_falling: bool, exempts_growth: bool) -> str:
    """Say in a sentence who owes a review report under a rule."""
    who = "僅計平均繳費率較前一年基準負成長者，" if only_falling else ""
    running, those = (f"連續 {years} 年列", "者") if years > 1 else ("", "")
    exempt = "；平均繳費率較前一年基準正成長者不在此限，零成長不是正成長" if exempts_growth and not only_falling else ""
    return f"{who}{running}{'' if is_nation else '每組'}{last}{those}應提檢討報告{exempt}。"


def group_mean_index(factor: str, base: str, cap: str, *, has_others: bool) -> str:
    others = "，部分指標倍數另訂" if has_others else ""
    return f"各指標以（縣市值 － 組平均）÷ 組平均 × {factor} ＋ {base} 計分，最高 {cap} 分{others}"


def holes(listed: Sequence[str], persons_per_unit: int) -> str:
    unit = f"（單位：{persons_per_unit:,} 人）" if persons_per_unit > 1 else "（人）"
    return f"分組級距有缺口：{'、'.join(listed)}{unit}不屬於任何一組；落於缺口之縣市未分組，不列名次。"


def turned_over(groups: Sequence[str]) -> str:
    """Say where a mean below zero turns the formula over: groups with the indicators concerned."""
    return f"組平均為負，依公式原文高於平均之縣市得分反而較低：{'、'.join(groups)}。"


def group_of_indicator(group: str, indicator: str) -> str:
    return f"{group}{indicator}"


def without_group(counties: Sequence[str]) -> str:
    return f"未分組而不列名次：{'、'.join(counties)}。"


def no_points_for(number: int) -> str:
    return f"規則未訂 {number} 縣市之配分"


def volume(name: str) -> str:
    return _VOLUMES[name]


def no_volume(name: str, year: int) -> str:
    return f"缺{roc_year(year)}{_NO_VOLUME[name]}"


def in_no_band(name: str, size: str, persons_per_unit: int) -> str:
    unit = f"（單位：{persons_per_unit:,} 人）" if persons_per_unit > 1 else " 人"
    return f"{_VOLUMES[name]} {size}{unit}不屬於任何一組"


# --- bands and lists


def below(size: str) -> str:
    return f"低於 {size}"


def above(size: str) -> str:
    return f"逾 {size}"


def between(low: str, high: str) -> str:
    return f"{low} 與 {high} {_BETWEEN}"


def span(first: str, last: str) -> str:
    return f"{first}–{last}"


def hole(missing: str) -> str:
    space = "" if missing.endswith(_BETWEEN) else " "
    return f"{missing}{space}不屬於任何一組；如確為原規則之缺口，請列入 known_holes"


def no_such_hole(stated: str) -> str:
    return f"known_holes 所列 {stated} 並非缺口"


def bands_overlap(low: str, high: str) -> str:
    return f"「{low}」與「{high}」的級距重疊"


def unknown_county(name: str) -> str:
    return f"沒有名為「{name}」的縣市"


def county_twice(name: str) -> str:
    return f"{name}列入兩次"


# --- what is wrong with a file


def unknown_rule(key: str, known: Iterable[str]) -> str:
    return f"查無評比規則「{key}」；現有規則：{'、'.join(known)}。"


def no_such_file(path: str) -> str:
    return f"找不到規則檔 {path}。"


def invalid_rule(file_name: str, reasons: str) -> str:
    return f"規則檔 {file_name} 無法使用：{reasons}。請更正規則檔。"


def rules_overlap(first: str, second: str) -> str:
    return f"規則「{first}」與「{second}」的適用年度重疊；請更正 data/rules 內的規則檔。"


def nothing_to_extend(file_name: str) -> str:
    return f"所延伸的 {file_name} 不存在（同一資料夾及 data/rules 內均無）"


def extends_itself(names: Sequence[str]) -> str:
    return f"extends 互相延伸而沒有起點（{' → '.join(names)}）"


def not_inherited(file_name: str, key: str, missing: Sequence[str]) -> str:
    """Say what a file must state itself, and how."""
    lines = "、".join(f'{name} = "{key if name == "key" else _EXAMPLES[name]}"' for name in missing)
    return f"缺少 {'、'.join(missing)}；規則之名稱、出處與性質不由所延伸之規則沿用，請於 {file_name} 開頭加上：{lines}"


def name_of(key: str) -> str:
    """Call a rule that states no name by its key."""
    return key if len(key) > 1 else f"方案{key}"


def too_large(most: int) -> str:
    return f"檔案逾 {most:,} 位元組，不是規則檔"


def not_utf8(line: int) -> str:
    return f"第 {line} 行無法以 UTF-8 判讀，請另存為 UTF-8 編碼"


def number_too_long(text: str) -> str:
    return f"數字 {text[:20]} 過大、過小或位數過多"


def offset(years: int) -> str:
    """Name the year so many years from the year of evaluation."""
    if not years:
        return "評比年度當年"
    side = "前" if years < 0 else "後"
    return f"評比年度之{side}{'一年' if abs(years) == 1 else f'第 {abs(years)} 年'}"


def not_exact(value: object) -> str:
    return f'值「{value}」不合規定：應為整數、小數，或加引號的分數（如 "700/17"）'


def weights_do_not_add_up(total: Fraction) -> str:
    return f"權重合計應為 100，現相差 {numbers.signed(total - 100, 2)}"


def weight_too_low(label: str, weight: Fraction, minimum: Fraction) -> str:
    return f"{label}的權重 {numbers.trimmed(weight, 4)} 低於下限 {numbers.trimmed(minimum, 4)}"


def weight_not_positive(label: str) -> str:
    return f"{label}的權重應大於 0；不採計之指標請列入 dropped"


def unknown_indicator(key: str) -> str:
    return f"沒有名為 {key} 的指標"


def validity(first: int | None, last: int | None) -> str:
    return f"法定規則須訂起始年度，且不晚於終止年度（{first or '未訂'}、{last or '未訂'}）"


def assumption_without_setting(error: Exception) -> str:
    return f"假設所指的設定不存在，或句中編號有誤（{error}）"


def deadline_not_confessed(name: str) -> str:
    return f"期限 {name} 的 basis 與假設清單不一致"


def fault(place: str, line: tuple[str, int] | None, why: str) -> str:
    """Say which setting is wrong, where it stands (file and line), and why."""
    where = f"{line[0]} 第 {line[1]} 行" if line else ""
    return f"{'，'.join(part for part in (where, place) if part)}：{why}" if where or place else why
