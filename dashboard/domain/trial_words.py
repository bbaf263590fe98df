"""The words of trying rules: which scenario asks whom for a report, and what the unknown weights decide.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.domain.kinds import TrialSection
from dashboard.domain.words import NATION, names

RULE_TRIAL = "規則試算"
PICK_SECTION = "內容"
SECTIONS: Mapping[TrialSection, str] = MappingProxyType(
    {TrialSection.SCENARIOS: "各方案", TrialSection.WEIGHTS: "權重", TrialSection.CERTAINTY: "名次把握度"}
)
PICK_RULE = "方案"
PICK_PROPORTION = "比率"
WEIGHTS = "權重"

TRIAL_NOTE = "本頁各方案及權重均為試算，不改變法定規則、法定名次及應提檢討報告之縣市。"


# --- settings and weights


def invalid_settings(file_name: str, places: Sequence[str]) -> str:
    return f"設定檔 {file_name} 無法使用{f'：{names(places, 9)}' if places else ''}；請更正 data 內的設定檔。"


def proportions(code: str) -> str:
    """Print the proportions of an address: 消長 35：補繳率 30：成功率 20."""
    return "：".join(
        f"{label} {part}" for label, part in zip(("消長", "補繳率", "成功率"), code.split("-"), strict=True)
    )


def trial_label(label: str, weights: Sequence[tuple[str, str]]) -> str:
    return f"{label}，試算權重：{listed_weights(weights)}"


def listed_weights(weights: Sequence[tuple[str, str]]) -> str:
    return "、".join(f"{indicator} {trimmed(weight)}%" for indicator, weight in weights)


def trimmed(weight: str) -> str:
    """Drop the decimals of a whole weight."""
    return weight.rstrip("0").rstrip(".") if "." in weight else weight


def weights_name(label: str, weights: Sequence[tuple[str, str]]) -> str:
    return f"{label}（{listed_weights(weights)}）" if label else listed_weights(weights)


# --- the sliders: what the browser says

SLIDERS = "試算權重"
SLIDERS_HINT = (
    "可能範圍：訪視完成率固定 {fixed}%，其餘三項合計 {rest}%，各不低於 {least}%。"
    "移動一項時，餘數歸訪視成功率；訪視成功率降至 {least}% 後，續增收繳率消長會減少訪視後補繳率（調回時恢復），"
    "訪視後補繳率則停在可能範圍之邊緣。"
)
REST = "餘數"
PRESETS = "選用"
OUTSIDE = "不在可能範圍內"


def sliders_hint(fixed: str, rest: str, least: str) -> str:
    return SLIDERS_HINT.format(fixed=trimmed(fixed), rest=trimmed(rest), least=trimmed(least))


def invalid_weights(asked: str, taken: str) -> str:
    return f"網址中的權重「{asked[:40]}」無法使用，改以「{taken}」呈現。"


# --- scenarios

SCENARIO = "方案"
COUNT = "應提之方案數"
CHANCE = "隨機落入機率"
GROUP_SIZE = "列名次縣市數"
REPORTERS = "提報名額"
YEARS = "連續年數"
CHANCES = "各方案、各組純屬隨機而列入應提名額（免提前）之機率"
SCENARIO_UNIT = "方案數"
OWES, EXEMPT, UNDECIDED, UNRANKED, NOT_LAST = "應提", "免提", "待認定", "未列名次", "未列應提名額"
TOO_SHORT = "列末段未滿年數"
EXEMPT_ENTRY = "免提（正成長）"


def scenarios_subject(evaluation_year: str) -> str:
    return f"{evaluation_year}各方案應提檢討報告試算"


def scenarios_title(subject: str, every: Sequence[str], single: Sequence[tuple[str, str]], number: int) -> str:
    """Say which counties owe a report whatever the scenario, and which under one alone."""
    always = f"{names(every)}在全部 {number} 個方案下均應提" if every else f"無縣市在全部 {number} 個方案下均應提"
    counties = [county for county, _ in single]
    alone = f"；{names(counties)}只在 1 個方案下應提" if counties else ""
    return f"{subject}：{always}{alone}"


def scenarios_finding(ever: int, never: int, weights: str, often: tuple[Sequence[str], int]) -> str:
    """Say how many counties are ever asked, and who most often; nobody is most often asked where none is."""
    most, number = often
    if not number:
        return f"依{weights}試算：無縣市在任何方案下應提。"
    return (
        f"依{weights}試算：{ever} 縣市至少在 1 個方案下應提，其餘 {never} 縣市沒有任何方案判為應提；"
        f"次數最多者為{names(most)}（{number} 個方案）。"
    )


def single(pairs: Sequence[tuple[str, str]]) -> str:
    listed = "、".join(f"{county}依{scenario(name)}" for county, name in pairs)
    return f"只在 1 個方案下應提者：{listed}。" if pairs else ""


def scenarios_selection(county: str, number: int, of: int, verdicts: Mapping[str, Sequence[str]]) -> str:
    listed = "；".join(f"{verdict}：{'、'.join(map(scenario, named))}" for verdict, named in verdicts.items())
    return f"{county}：{of} 個方案中 {number} 個應提。{listed}。"


def scenarios_alt(title: str, selection: str) -> str:
    return f"縣市與方案之方格圖，每格以符號表示該方案下之結果。{title}。{selection}逐格結果見圖旁表格。"


def mark_spoken(county: str, name: str, verdict: str, place: str) -> str:
    return f"{county}，{scenario(name)}：{verdict}{f'，{place}' if place else ''}"


def not_last(last: str) -> str:
    return f"未列{last}"


def too_short(last: str, years: int) -> str:
    """Say that a county is among the last ones of the year, but not of all the years running that the rule asks for."""
    return f"列{last}未滿 {years} 年"


def not_running(last: str, years: int) -> str:
    return f"未連續 {years} 年列{last}"


def nation_by(label: str) -> str:
    """Name all counties in the order of one indicator: 全國收繳率消長第 7 名."""
    return f"{NATION}{label}"


def in_group(group: str, place: int) -> str:
    return f"{group}第 {place} 名"


def scenario(name: str) -> str:
    return f"「{name}」"


def scenario_note(name: str, proposed_by: str, version: str, change: str) -> str:
    return f"{scenario(name)}（提出者：{proposed_by}）——{version}：{change}"


def scenario_source(sources: Sequence[str]) -> str:
    return f"方案出處：{'；'.join(sources)}。"


def scenario_missing(label: str, reason: str) -> str:
    return f"「{label}」未能試算：{reason}"


def remark(name: str, sentence: str) -> str:
    return f"{scenario(name)}：{sentence}"


def tried_weights(weights: str) -> str:
    return f"各方案均採{weights}"


def preset_source(label: str, source: str) -> str:
    return f"{label}之來源：{source.rstrip('。')}。"


OUTSIDE_NOTE = "試算中之權重不在可能範圍內（訪視完成率應為四項中最低），僅供對照。"
COUNT_HEAD = "應提數"


CHANCE_NOTE = (
    "隨機落入機率：若名次與表現全然無關，各組 n 縣市中任一縣市列入末 k 名之機率為 k÷n（連續數年者再取其年數次方）；"
    "為免提前之機率，平均繳費率正成長者另予免提。"
)


def chance_sentence(name: str, groups: Sequence[tuple[str, str]]) -> str:
    return f"{scenario(name)}{'、'.join(f'{group} {chance}' for group, chance in groups)}"


def chances_note(sentences: Sequence[str]) -> str:
    return f"隨機落入機率（免提前）——{'；'.join(sentences)}。"


MARKS_NOTE = "「應提」於法定規則以外之方案及評比起始前之年度均為試算，不生提報義務。"
