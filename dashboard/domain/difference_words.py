"""The words of what a correction changed: a ranking as known on two days, and the reports that came in between.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Sequence
from datetime import date

from dashboard.domain.roc import roc_date
from dashboard.domain.words import names

PICK_FROM = "更正前後比較：先"
PICK_TO = "後"
DAYS = "比較之兩日"
FIRST, NOW = "首次可排名時", "目前"
CHANGED = "變動"
DUTY_NOTE = "「檢討報告」已計入各該日以前主管人員之認定。"
CORRECTED, WITHDRAWN = "更正", "撤回"
NOTHING_CAME = "兩日之間未收到本年度排名所依據之報表。"
DAYS_NOTE = "各日以當日結束時已收到之報表、同一規則計算；首次可排名時為所需報表第一次到齊之日。"


def option(day: date, noticed: str) -> str:
    """Name a day of a list, with what is to be noticed of it: a correction that came in, a withdrawal."""
    return f"{chosen(day)}{noticed}"


def title(evaluation_year: str, days: tuple[str, str], duties: Sequence[str], places: Sequence[str]) -> str:
    """Name whose duty changed, and whose place did."""
    of = f"{evaluation_year}排名，{days[0]}所知與{days[1]}所知"
    if not duties and not places:
        return f"{of}相同：名次與檢討報告均無變動"
    duty = f"{names(duties, 6)}應否提送檢討報告改變" if duties else "應否提送檢討報告無變動"
    place = f"{names(places, 6)}名次改變" if places else "名次無變動"
    return f"{of}：{duty}，{place}"


def finding(changes: Sequence[tuple[str, str, str]]) -> str:
    """Say of each county whose duty changed what it was and what it became."""
    if not changes:
        return "各縣市應否提送檢討報告均未改變。"
    return f"{'；'.join(f'{county}由「{was}」改為「{now}」' for county, was, now in changes)}。"


def selection(county: str, days: tuple[str, str], was: tuple[str, str, str], now: tuple[str, str, str]) -> str:
    """Write one county's place, total and duty on both days."""
    return "；".join(
        f"{county if nth == 0 else ''}{known}所知{place}，{total}，{duty}"
        for nth, (known, (place, total, duty)) in enumerate(zip(days, (was, now), strict=True))
    )


def place(place_in_group: int | None) -> str:
    return "未列名次" if place_in_group is None else f"第 {place_in_group} 名"


def total(points: str) -> str:
    return f"總分 {points} 分" if points else "無總分"


def came(sentence: str, withdrawn_on: date | None = None) -> str:
    return f"期間收到：{sentence}{f'（已於{roc_date(withdrawn_on)}撤回）' if withdrawn_on else ''}"


def went(withdrawal: str) -> str:
    return f"期間{withdrawal}"


def caption(evaluation_year: str) -> str:
    return f"{evaluation_year}兩日所知之名次與檢討報告"


def moved(what: str, was: str, now: str) -> str:
    return f"{what} {was}→{now}"


def on_day(known_on: date, now: date) -> str:
    return NOW if known_on == now else roc_date(known_on)


def chosen(day_asked: date) -> str:
    """Write a day that was asked for: the ends of time stand for the first possible day and for now."""
    if day_asked.year == date.max.year:
        return NOW
    return FIRST if day_asked.year == 1912 else roc_date(day_asked)
