"""Small reports of our own, as CSV bytes, and what handing them in takes: for tests of what must survive."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from dashboard.domain.counties import counties
from dashboard.domain.roc import roc_date
from dashboard.domain.settings import Settings
from dashboard.receiving import Incoming, Office, Receipt

ISSUED = date(2024, 5, 23)
AS_OF = date(2024, 3, 31)
_VISITS_HEAD = (
    ("縣市別", "服務員人數", "年度訪視目標", "訪視情形", "", "訪視後補繳情形", "", "宣導情形", ""),
    ("", "", "", "訪視人數", "訪視成功人數", "補繳人數", "補繳金額", "宣導場次", "宣導場次目標"),
)


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def visits(
    period: str = "112年",
    *,
    visited: int = 60,
    as_of: date = AS_OF,
    issued_on: date = ISSUED,
    correction: bool = False,
    reason: str = "誤植",
) -> bytes:
    """A report on visits in which every county visited as many persons; 40 of them with success, 10 repaid."""
    marked = "(更正)" if correction else ""
    return _csv(
        [
            [f"服務員訪視成效{marked}"],
            ["資料期間", period, "資料截止日", roc_date(as_of), "單位", "人、元"],
            ["製表日期", roc_date(issued_on)],
            *_VISITS_HEAD,
            *([c.name, 2, 500, visited, 40, 10, 30000, 3, 5] for c in counties()),
            *([["註", f"更正原因：{reason}"]] if correction else []),
        ]
    )


def snapshot(as_of: date, paid: int = 50) -> bytes:
    """A long payment-rate file with one snapshot of the period 113年1-2月; it carries no date of issue."""
    return _csv(
        [
            [
                "資料截止日",
                "保險費期別",
                "縣市代碼",
                "縣市別",
                "身分別",
                "應繳人數",
                "已繳人數",
                "應收金額",
                "已收金額",
            ],
            *(
                [roc_date(as_of), "113年1-2月", c.county_code, c.name, population, 100, paid, 1000, 10 * paid]
                for population in ("全體", "原住民")
                for c in counties()
            ),
        ]
    )


def collection_history(*months: str, dunned: int = 9) -> bytes:
    """A long dunning file of some months (e.g. 11301); it carries no date of issue."""
    header = ["催繳人數", "催繳金額", "收回人數", "收回金額", "期末欠費人數", "期末欠費金額", "分期繳納核准件數"]
    return _csv(
        [
            ["統計年月", "縣市別", *header],
            *([month, c.name, dunned, 900, 3, 300, 20, 2000, 1] for month in months for c in counties()),
        ]
    )


def incoming(name: str, content: bytes, received_on: date | None = None) -> Incoming:
    """A file received on the day it was issued, unless told otherwise."""
    return Incoming(name, content, received_on)


def office_at(data_dir: Path) -> Office:
    return Office(Settings(data_dir=data_dir))


def hand_in(office: Office, *batch: Incoming) -> list[Receipt]:
    return office.receive(batch, "測試")


def codes(receipt: Receipt) -> list[str]:
    """The findings of a receipt by their codes."""
    return [finding.kind.code for finding in receipt.findings]
