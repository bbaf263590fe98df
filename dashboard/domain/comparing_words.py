"""What is said of a figure that stands out from the county's own earlier ones; numbers come in as text."""

from collections.abc import Sequence

from dashboard.domain.terms import REASONS_DIFFER


def outside(county: str, measure: str, earlier: str, reports: str) -> str:
    return f"{county}「{measure}」{earlier}（前 {reports} 次報表）"


def not_below(county: str, measure: str, earlier: str) -> str:
    return f"{county}「{measure}」前次報表為 {earlier}，累計數應不減少"


def in_force(county: str, measure: str, number: str) -> str:
    return f"{county}「{measure}」現行數值為 {number}"


def unpaid_twice(county: str, by_reasons: int, by_visits: int) -> str:
    return f"{county}{REASONS_DIFFER.format(by_reasons, by_visits)}"


def listed(sentences: Sequence[str]) -> str:
    return "；".join(sentences)


def denominator(county: str, measures: str, before: str, now: str) -> str:
    return f"{county}「{measures}」由 {before} 變為 {now}"


def and_more(sentence: str, cells: str) -> str:
    return f"{sentence}（另有 {cells} 格相同情形）"


def between(lowest: str, highest: str) -> str:
    return lowest if lowest == highest else f"{lowest} 至 {highest}"


def acknowledged(reason: str) -> str:
    return f"收件時說明：{reason}"
