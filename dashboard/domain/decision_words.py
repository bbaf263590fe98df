"""The words of what people decide: settlements of ties, rankings decided for good, and why neither can be had.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Sequence
from datetime import date

from dashboard.domain.roc import roc_date, roc_year
from dashboard.domain.words import names

ALL = 22
"""A list of counties here is never cut short: who it names owes something."""

REPORT = "檢討報告"
NATION = "全國"
"""What a group is called where the last ones are counted among all counties."""


def decided_by(by: str, decided_on: date) -> str:
    return f"{roc_date(decided_on)}由{by}"


# --- settlements: why they are refused


NO_OFFICER = "尚未設定收件人員姓名（officer），只能檢視；設定後始得認定或定案。"
NO_REASON = "請載明理由；認定須附理由並留存紀錄。"
CHANGED_MEANWHILE = "其間有新的收件或決定，尚未寫入；請重新確認目前的內容後再決定。"


def settled_meanwhile(settlement: str) -> str:
    """Refuse to settle a matter that somebody has settled since it was looked at; quotes what was settled."""
    return f"已有較新之認定，尚未寫入；{settlement}請確認後再認定。"


def will_replace(settlement: str) -> str:
    return f"本事項已有認定，再認定將予取代。{settlement}"


def not_at_issue(group: str, chosen: Sequence[str], at_issue: Sequence[str]) -> str:
    return f"{group}待認定者為{names(at_issue, ALL)}，不含{names(chosen, ALL)}；請改選。"


def wrong_number(group: str, tied: Sequence[str], places: int, chosen: int) -> str:
    return (
        f"{group}{names(tied, ALL)}同分，末段尚餘 {places} 個名額，應恰選 {places} 縣市，現選 {chosen} 縣市；請改選。"
    )


def no_such_matter(evaluation_year: str, group: str, known: Sequence[str]) -> str:
    """Say that what was named is none, or not a single one, of what waits for a person."""
    listed = "、".join(known) if known else "無"
    return f"{evaluation_year}「{group}」查無所指之待認定事項；該年度待認定者：{listed}。"


def matter(group: str, counties: Sequence[str]) -> str:
    return f"{group}（{names(counties, ALL)}）"


# --- settlements: what they say


def settled_tie(by: str, is_last: bool, verdict: str, basis: tuple[str, date]) -> str:
    """Say what was decided of one of several equals; `basis` is reason and day."""
    position = "列入末段" if is_last else "不列入末段"
    return f"同分，由{by}認定{position}，{verdict}（{_basis(*basis)}）。"


def settled_single(by: str, verdict: str, basis: tuple[str, date]) -> str:
    return f"由{by}認定{verdict}（{_basis(*basis)}）。"


def duty(owes: bool, is_last: bool) -> str:
    """Say in words what a settlement means for a county; who is among the last and owes nothing is exempt."""
    return f"應提送{REPORT}" if owes else f"平均繳費率正成長，免送{REPORT}" if is_last else f"無須提送{REPORT}"


def _basis(reason: str, decided_on: date) -> str:
    return f"理由：{reason}；{roc_date(decided_on)}"


def settlement_note(number: int, by: str, decided_on: date, what: str, state: str) -> str:
    """Quote a settlement as a note: its number, who and when, what and why, and whether it holds."""
    return f"決定第 {number} 號（{decided_by(by, decided_on)}）：{what}{f'。{state}' if state else ''}。"


def settled_what(year: int, what: str, reason: str) -> str:
    return f"{roc_year(year)}{what}；理由：{reason}"


def tie_settled(group: str, tied: Sequence[str], chosen: Sequence[str]) -> str:
    return f"{group}{names(tied, ALL)}同分，認定{names(chosen, ALL)}列入末段"


def single_settled(group: str, county: str, owes: bool) -> str:
    return f"{group}{county}由主管人員認定{'應提送' if owes else '無須提送'}{REPORT}"


VOID = "已不適用（同分或待認定之縣市，或規則內容，已與認定時不同）"
REPLACED = "已由較新之認定取代"


def holds_again(since: date) -> str:
    """Say that a settlement which figures had made void holds again, since its tie is the same again."""
    return f"其間曾因同分或待認定之縣市不同而不適用；{roc_date(since)}起與認定時相同，再適用"


# --- 定案: why it is refused

TRIAL_IS_NOT_DECIDED = "試算年度不是法定評比，不能定案。"


def trial_rule(label: str) -> str:
    return f"「{label}」是試算用的規則，不是該年度施行的規則，不能定案。"


def still_undecided(counties: Sequence[str]) -> str:
    return f"{names(counties, ALL)}尚待認定，請先認定後再定案。"


def already_frozen(evaluation_year: str, number: int, decided_on: date) -> str:
    return f"{evaluation_year}已於{roc_date(decided_on)}定案（決定第 {number} 號）；重新定案須載明理由。"


# --- 定案 as an exhibit


def knowledge(known_on: date | None) -> str:
    """Name what the decided ranking is compared with: what is known now, or what was known on a day."""
    return f"依{roc_date(known_on)}所知" if known_on else WITH_TODAYS_KNOWLEDGE


RULE_NOW = "目前之規則內容"
WOULD = "會"


def rule_named(short: str) -> str:
    return f"「{short}」"


def knowledge_under(known_on: date | None, rule: str, *, is_same_figures: bool) -> str:
    """Name the comparison where it may be by another rule ("" if not): what changed is the rule, or figures as well."""
    if not rule:
        return knowledge(known_on)
    return f"依{rule}（數值與定案時相同）" if is_same_figures else f"{knowledge(known_on)}及{rule}"


def frozen_title(evaluation_year: str, known: str, differing: str) -> str:
    """Say whose duty would be another by the later knowledge, or by the rule as it is then."""
    return f"{evaluation_year}定案後，{known}，{differing or f'無縣市之{REPORT}義務與定案不同'}"


def frozen_title_alone(evaluation_year: str) -> str:
    return f"{evaluation_year}定案結果"


def frozen_finding(decided_on: date, by: str, number: int, owing: Sequence[str]) -> str:
    listed = f"應提{REPORT}：{names(owing, ALL)}" if owing else f"無縣市應提{REPORT}"
    return f"定案於{roc_date(decided_on)}，由{by}（決定第 {number} 號）；定案時{listed}。"


def later_finding(known: str, owing: Sequence[str], undecided: Sequence[str]) -> str:
    listed = f"應提{REPORT}：{names(owing, ALL)}" if owing else f"無縣市應提{REPORT}"
    return f"{known}，{listed}{f'；待認定：{names(undecided, ALL)}' if undecided else ''}。"


def later_not_available(known: str, sentence: str) -> str:
    return f"{known}無法排名以資對照：{sentence}"


def moved_finding(counties: Sequence[str]) -> str:
    return f"名次與定案不同者：{names(counties, ALL)}。" if counties else ""


def not_frozen(evaluation_year: str, known_on: date | None) -> str:
    """Say that a year is not decided; with the knowledge of a past day, that it was not until then."""
    if known_on:
        return f"截至{roc_date(known_on)}，{evaluation_year}尚未定案；其後是否定案，請見目前所知。"
    return f"{evaluation_year}尚未定案；名次隨更正而變動，以目前所知為準。"


def trial_not_frozen(evaluation_year: str) -> str:
    return f"{evaluation_year}不是法定評比，無須定案。"


AT_DECISION = "定案"
WITH_TODAYS_KNOWLEDGE = "依目前所知"
DIFFERENCE = "差異"
SAME = "相同"


def decided_header(decided_on: date) -> str:
    return f"{AT_DECISION}（{roc_date(decided_on)}）"


def frozen_caption(evaluation_year: str, known: str) -> str:
    return f"{evaluation_year}定案名次與{known}對照"


def difference(was: tuple[int | None, str], now: tuple[int | None, str]) -> str:
    """Say how place and duty differ from what was decided."""
    place = "" if was[0] == now[0] else f"名次 {was[0] or '未列'}→{now[0] or '未列'}"
    duty_moved = "" if was[1] == now[1] else f"{was[1]}→{now[1]}"
    return "，".join(part for part in (duty_moved, place) if part) or SAME


def selection(county: str, decided: str, known: str, later: str) -> str:
    return f"{county}　定案：{decided}{f'　{known}：{later}' if later else ''}"


def rests_on(journal_seq: int, journal_hash: str, data_sha256: str) -> str:
    return (
        f"定案依收件帳第 {journal_seq} 號（{journal_hash[:12]}）以前之收件，資料雜湊 {data_sha256[:12]}；"
        "其後之更正或撤回不改變定案內容。"
    )


def computed_by(version: str, rules_sha256: str) -> str:
    return f"定案以程式版本 {version}（計算程式雜湊 {rules_sha256[:12]}）計算。"


def rule_differs(label: str, sha256: str) -> str:
    return f"定案所依規則為「{label}」（版本 {sha256[:8]}），與目前對照所用的規則或其內容不同。"


def earlier_freeze(number: int, by: str, decided_on: date, reason: str) -> str:
    """Quote a 定案 that a later one replaced; the reason is the later one's."""
    return f"先前定案：決定第 {number} 號（{decided_by(by, decided_on)}），已由較新之定案取代（理由：{reason}）。"


def no_such_decision(number: int, count: int) -> str:
    return f"決定紀錄只有 {count} 筆，查無第 {number} 號。"


# --- the panel of the page

PANEL = "認定與定案"
NOTHING_DECIDED = "尚無認定或定案。"


def panel_of(known_on: date) -> str:
    return f"{PANEL}（以{roc_date(known_on)}所知）"


def nothing_decided(known_on: date) -> str:
    return f"截至{roc_date(known_on)}{NOTHING_DECIDED}"


SETTLE = "認定待認定事項"
FREEZE = "定案"
SETTLE_BUTTON = "認定待認定事項…"
FREEZE_BUTTON = "定案…"
WHICH_MATTER = "待認定事項"
WHICH_YEAR = "評比年度"
REASON = "理由"
FREEZE_REASON = "理由（選填）"
REFREEZE_REASON = "理由（該年度曾定案者必填）"
SUBMIT_SETTLEMENT = "確認認定"
SUBMIT_FREEZE = "確認定案"
NOT_CONFIRMED = "請先勾選確認。"
PAST_KNOWLEDGE = "目前檢視的是過去某日所知；認定與定案以目前所知為準，請先回到目前所知。"


def confirmation(officer: str) -> str:
    return f"我以「{officer}」之名義決定；寫入後不得更改或刪除，只能以新的決定取代。"


def open_matter(evaluation_year: str, group: str, counties: Sequence[str], places: int | None) -> str:
    """Say what is to be decided of a year; `places` is how many of equals are among the last."""
    listed = names(counties, ALL)
    if places is None:
        return f"{evaluation_year}{group}{listed}是否應提送{REPORT}"
    return f"{evaluation_year}{group}{listed}同分，其中 {places} 縣市列入末段"


def awaits(matter: str) -> str:
    return f"待認定：{matter}。"


def to_choose(county: str, is_tie: bool) -> str:
    return f"{county}列入末段" if is_tie else f"{county}應提送{REPORT}"


def frozen_line(evaluation_year: str, number: int, by: str, decided_on: date, owing: Sequence[str]) -> str:
    listed = f"應提{REPORT}：{names(owing, ALL)}" if owing else f"無縣市應提{REPORT}"
    return f"{evaluation_year}定案於{roc_date(decided_on)}，由{by}（決定第 {number} 號）：{listed}。"


def replaced_line(evaluation_year: str, number: int, by: str, decided_on: date) -> str:
    return f"{evaluation_year}先前定案於{roc_date(decided_on)}，由{by}（決定第 {number} 號），已由較新之定案取代。"


def will_freeze(title: str) -> str:
    return f"將以目前所知定案：{title}。"
