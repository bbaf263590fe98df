"""The words around an exhibit: files, periods that change in the browser, and how a file quotes its filters."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from dashboard.domain import words
from dashboard.domain.counties import County
from dashboard.domain.kinds import Basis, Population
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.domain.roc import roc_date, roc_period

FILES = "下載"
PICTURES: Mapping[str, str] = MappingProxyType({"png": "圖片 PNG", "svg": "向量圖 SVG", "copy": "複製圖片"})
TABLES: Mapping[str, str] = MappingProxyType({"csv": "表格 CSV", "ods": "表格 ODS", "xlsx": "表格 XLSX"})

BROWSER: Mapping[str, str] = MappingProxyType(
    {
        "earlier": "前一期",
        "later": "後一期",
        "play": "播放",
        "pause": "暫停",
        "saved": "已產生檔案。",
        "copied": "已複製圖片，可貼到簡報。",
        "unsaved": "無法產生檔案，請改用其他格式。",
        "failed": "圖表資料無法載入，請重新整理頁面。",
    }
)
"""What the drawing component says itself."""

PARAMETERS: Mapping[str, str] = MappingProxyType(
    {"period": words.PICK_PERIOD, "year": words.PICK_YEAR, "half": "統計期間"}
)
"""How a period that is picked in the browser is called, by its name in the address."""


def filtered(value: object) -> tuple[str, str] | None:
    """Return label and value of a filter as a file quotes it; None for what is no filter of a reader's."""
    match value:
        case Month() | BillingPeriod() | HalfYear() | FullYear():
            return "期間", roc_period(value)
        case date():
            return words.PICK_AS_OF, roc_date(value)
        case Population():
            return words.PICK_POPULATION, words.POPULATIONS[value]
        case Basis():
            return words.PICK_BASIS, words.BASES[value]
        case County(name=name):
            return words.PICK_COUNTY, name
        case _:
            return None
