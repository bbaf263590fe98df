"""The words of the command `rank`: one rule, or all rules beside each other."""

from collections.abc import Sequence

RANK_COMMAND = "分組排名"
YEAR_HELP = "評比年度（民國）"
RULE_HELP = "評比規則：data/rules 內的名稱，或規則檔的路徑（.toml）；未指定為 adopted"
ALL_RULES_HELP = "各規則並列：22 縣市在每一規則下是否應提檢討報告；以 --rule 指定之規則檔一併列入"
FORMAT_HELP = "輸出格式"
KNOWN_ON_HELP = "以該日（含）以前收件者為準；未指定為目前所知"

COUNTY = "縣市"
OWES = "●"
EXEMPT = "免"
UNDECIDED = "待認定"
NOT_RANKED = "未列名次"
NOT_ASKED = "—"
LEGEND = "●應提檢討報告　免：列末段而因平均繳費率正成長免提　待認定：由主管人員認定　未列名次：缺資料或未分組　—：無須"


def not_reported(year: int, missing: Sequence[str]) -> str:
    return f"{year}年無法評比：未收到{'、'.join(missing)}。"


def same_key(key: str) -> str:
    return f"已有名為「{key}」的規則，無法並列；請將規則檔及其 key 改名。"


def heading(year: int, known_on: str | None, is_simulated: bool) -> str:
    known = f"　以 {known_on} 所知" if known_on else ""
    return f"{'【模擬資料】' if is_simulated else ''}{year}年度各規則應提檢討報告之縣市{known}"


def rule_line(short: str, label: str, sha256: str, sentence: str, is_trial: bool) -> str:
    return f"規則　{short}：{label}（{sha256[:12]}{'，試算' if is_trial else ''}）。{sentence}"


def remark(short: str, sentence: str) -> str:
    return f"附註　{short}：{sentence}"


def reason(short: str, county: str, sentence: str) -> str:
    return f"{short}　{county}：{sentence}"
