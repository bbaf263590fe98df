"""The words around an exhibit: its files, and the periods that change in the browser."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.domain import words

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
        "unsaved": "無法產生檔案；若已有較新的資料，頁面更新後請再試一次。",
        "failed": "圖表資料無法載入，請重新整理頁面。",
    }
)
"""What the drawing component says itself."""

PARAMETERS: Mapping[str, str] = MappingProxyType(
    {"period": words.PICK_PERIOD, "year": words.PICK_YEAR, "half": "統計期間"}
)
"""How a period that is picked in the browser is called, by its name in the address."""
