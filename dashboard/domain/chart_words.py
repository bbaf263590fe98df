"""The words inside a picture: it is passed on without its page, so it says itself what it shows and from where.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Sequence
from datetime import date

from dashboard.domain.kinds import Kind
from dashboard.domain.roc import roc_date
from dashboard.domain.words import KIND_NAMES, verdict

SIMULATED_BADGE = "模擬資料，不是實際統計數字"
PATTERN_ENTRY = "▨ 斜線紋：列末段或同分待認定"
SELECTED_BAR = "▶"


def measured(unit: str, basis: str) -> str:
    return f"單位：{unit}，{basis}"


def nation(rate: str, unit: str) -> str:
    return f"全國 {rate} {unit}"


def small_entry(persons: int) -> str:
    return f"分母少於 {persons} 人"


def outlined(selection: str) -> str:
    return f"橘色框線：{selection}"


def source(kind: Kind, as_of: date, dates: tuple[date | None, date], number: int) -> str:
    """Quote one report as briefly as finding it again allows: kind, number in the journal, three dates."""
    issued_on, received_on = dates
    issued = f"製表 {roc_date(issued_on)}，" if issued_on else ""
    return (
        f"來源：{KIND_NAMES[kind]}（收件第 {number} 號），"
        f"{issued}收件 {roc_date(received_on)}，資料截止 {roc_date(as_of)}"
    )


def weighted(label: str, weight: str) -> str:
    return f"{label} {weight} %"


def bar_mark(owes: bool | str, in_last: bool | str, is_trial: bool) -> str:
    """Say behind a bar what follows for a county in the last two; nothing for those not concerned."""
    if in_last is False:
        return ""
    trial = "試算" if is_trial else ""
    return f"{trial}{verdict(owes, in_last)}{'' if is_trial else '報告'}"


def place(county: str, group: str, standing: tuple[str, str], mark: str) -> str:
    """Say where the selected county stands; `standing` is its place and its total, empty where it has none."""
    place_text, total = standing
    if not place_text:
        return f"{SELECTED_BAR} {county}：未列名次"
    return f"{SELECTED_BAR} {county}：{group}第 {place_text} 名，總分 {total} 分{f'，{mark}' if mark else ''}"


def picture_name(subject: str, as_of: date, county: Sequence[str]) -> str:
    """Name the file of a downloaded picture by what it shows."""
    return "_".join([subject, f"截至{roc_date(as_of)}", *county])
