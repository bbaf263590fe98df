"""What is said of a file beside others: those that are in, and those that were handed in together with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from dashboard.domain.roc import roc_date


def numbered(number: int, file_name: str) -> str:
    return f"第 {number} 號 {file_name}"


def beside(file_name: str) -> str:
    """Name a file of the same list: it has no number before it is received."""
    return f"同時送審的 {file_name}（尚未收件）"


def named(files: Sequence[str], total: int) -> str:
    listed = "、".join(files)
    return listed if total == len(files) else f"{listed}等 {total} 件"


def until(day: date) -> str:
    return f"截至{roc_date(day)}"


def between(first: str, last: str) -> str:
    return first if first == last else f"{first} 至 {last}"


def cut_off(day: date) -> str:
    return f"資料截止日 {roc_date(day)}"


def issued(day: date) -> str:
    return f"製表日期 {roc_date(day)}"


def received(day: date) -> str:
    return f"收件日 {roc_date(day)}"


def not_after(what: str) -> str:
    return f"{what} 或以前"


CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "counties_are_known": "縣市均在對照表內",
        "every_figure_has_a_version": "每一數值均有所屬收件",
        "every_slice_has_22_counties": "每期 22 縣市齊全",
        "no_part_exceeds_its_whole": "部分不大於全部",
        "one_version_in_force": "同一期間只有一個現行版本",
        "pivots_lose_nothing": "整理後數值沒有遺漏",
    }
)
"""What each query in queries/checks makes sure of."""


def failing(rows: int) -> str:
    return f"至少 {rows} 列不符，詳見系統紀錄"


def not_before(what: str) -> str:
    return f"{what} 或以後"
