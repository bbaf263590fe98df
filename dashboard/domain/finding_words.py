"""The words around findings: how many there are of one cause, where, and what a finding's second text is."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.domain.findings import (
    CELL_TWICE,
    CHECKS_FAILED,
    CORRECTION_ELSEWHERE,
    CORRECTION_OLDER,
    CORRECTION_WITHOUT_ORIGINAL,
    JUMP,
    MANIFEST_DISAGREES,
    NUMBER_SHOWN_OTHERWISE,
    NUMBER_WITHDRAWN,
    OLDER_VERSION,
    PERIOD_IN_NAME,
    PERIOD_UNCLEAR,
    SAME_PERIOD_AGAIN,
    SAME_PERIOD_TWICE,
    THOUSANDS_CONVERTED,
    TITLE_UNCLEAR,
    UNIT_HALF_KNOWN,
    WITHDRAWN_BEFORE,
    Severity,
)

_DIGITS, _GROUPED = re.compile(r"-?\d{4,}"), re.compile(r"\d,\d{3}")

SENTENCE, REMEDY, PLACE, VALUE, SAID = "意見", "處理方式", "位置", "檔案內容", "查證說明"
EXPECTED, EXPLANATION, EXPECTED_OR_EXPLANATION = "應為", "說明", "應為或說明"
_EXPECTED_AS: Mapping[str, str] = MappingProxyType(
    {
        JUMP.code: "以往為",
        NUMBER_WITHDRAWN.code: "現有",
        PERIOD_IN_NAME.code: "表內期間",
        PERIOD_UNCLEAR.code: "可能為",
        NUMBER_SHOWN_OTHERWISE.code: "兩種讀法",
        TITLE_UNCLEAR.code: "報表名稱",
        UNIT_HALF_KNOWN.code: "無法判讀者",
        SAME_PERIOD_AGAIN.code: "已收檔案",
        SAME_PERIOD_TWICE.code: "另一檔案",
        CORRECTION_ELSEWHERE.code: "原報表",
        CORRECTION_OLDER.code: "原報表",
        CORRECTION_WITHOUT_ORIGINAL.code: "原報表",
        OLDER_VERSION.code: "更正檔",
        WITHDRAWN_BEFORE.code: "曾收檔案",
        MANIFEST_DISAGREES.code: "清冊所載",
        CELL_TWICE.code: EXPLANATION,
        CHECKS_FAILED.code: EXPLANATION,
    }
)
MARK = "◀ 此格"
SHOW_PLACE = "顯示所在位置"
RETURN_REASON = "退件理由"


def returned_for(reason: str) -> str:
    return f"{RETURN_REASON}：{reason}"


def expected_as(code: str, severity: Severity) -> str:
    """Name what stands beside a file's content: only of what refuses is it what should have stood there."""
    return _EXPECTED_AS.get(code, EXPECTED if severity is Severity.REFUSE else EXPLANATION)


def severity(name: str, causes: int, count: int) -> str:
    """Count findings, and their causes where several share one."""
    return f"{name} {count} 項" if causes == count else f"{name} {causes} 項，共 {count} 處"


def times(count: int) -> str:
    return f"共 {count} 處"


def place(sheet: str, cell: str) -> str:
    """Name a place in a file; a .csv file has no sheets."""
    named = f"工作表「{sheet}」" if sheet else ""
    return f"{named}儲存格 {cell}" if cell else named


def short_place(sheet: str, cell: str) -> str:
    """Name a place where many stand below each other."""
    return f"「{sheet}」{cell}" if sheet else cell


def content(code: str, value: str, expected: str) -> str:
    """Group the digits of a file's number where those of what was expected are grouped, or it is a figure for sure."""
    is_number = _DIGITS.fullmatch(value) and (code == THOUSANDS_CONVERTED.code or _GROUPED.search(expected))
    return f"{int(value):,}" if is_number else value


def region(sheet: str, cell: str) -> str:
    return f"{place(sheet, cell)}及其周圍"


def stored(text: str) -> str:
    """Tell what a cell holds where its format shows something else."""
    return f"（儲存 {text}）"


def span(first: str, last: str) -> str:
    return first if first == last else f"{first} 至 {last}"


def places(sheet: str, spans: Sequence[str], most: int) -> str:
    """List cells of a sheet, summed up; only the first of very many."""
    listed = "、".join(spans[:most]) + ("等" if len(spans) > most else "")
    return f"工作表「{sheet}」{listed}" if sheet else listed


def others(count: int) -> str:
    return f"其餘 {count} 處"


def other_places(count: int, where: str) -> str:
    """Say where the cells are that are not listed one by one."""
    return f"其餘 {count} 處{f'：{where}' if where else ''}（逐處內容見審查意見 ODS）"


def more(count: int) -> str:
    return f"另有 {count} 處，請下載審查意見檢視。"
