"""Reports on reasons for not paying to be worked out by hand: a usual half year, an unusual one, and a full year.

Usual: 120 經濟困難, 100 不想繳, 50, 20, 6, 4 of 300 in every county. In 114年上半年 as corrected 新北市 has 150 and 70
instead, 臺北市 is not reported, 桃園市 has nobody, 臺中市 exactly half of the usual, 連江縣 only 2 經濟困難, 8 不想繳.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from dashboard.domain.counties import county_coded
from dashboard.domain.kinds import Reason
from dashboard.domain.periods import FullYear, HalfYear
from dashboard.domain.settings import Settings
from dashboard.receiving import Incoming, Office
from dashboard.warehouse import Door, Warehouse
from tests.making import Form, Made, unpaid_reasons, visits

H113, H114, Y113 = HalfYear(2024, 1), HalfYear(2025, 1), FullYear(2024)
NEW_TAIPEI, TAIPEI, TAOYUAN, TAICHUNG, LIENCHIANG = map(county_coded, ("65000", "63000", "68000", "66000", "09007"))
CORRECTED = date(2025, 11, 3)

_UNUSUAL: Mapping[Reason, Mapping[str, int | str]] = {
    Reason.HARDSHIP: {"65000": 150, "63000": "…", "68000": 0, "66000": 60, "09007": 2},
    Reason.UNWILLING: {"65000": 70, "63000": "…", "68000": 0, "66000": 50, "09007": 8},
    Reason.UNAWARE: {"63000": "…", "68000": 0, "66000": 25, "09007": 0},
    Reason.OTHER_INSURANCE: {"63000": "…", "68000": 0, "66000": 10, "09007": 0},
    Reason.UNTRACEABLE: {"63000": "…", "68000": 0, "66000": 3, "09007": 0},
    Reason.OTHER: {"63000": "…", "68000": 0, "66000": 2, "09007": 0},
}


def reports() -> list[Made]:
    """The visits of 114年上半年 agree with the reasons but in 臺中市; for the other reports there are none."""
    unusual = {reason.measure: figures for reason, figures in _UNUSUAL.items()}
    # The second county of the form; without its parts its sum is not known either.
    correction = Form(correction="漏列", edit={"B8": "…"})
    return [
        unpaid_reasons(H113),
        unpaid_reasons(Y113),
        unpaid_reasons(H114),
        visits(H114, {"successful_persons": {"68000": 100, "09007": 110}}),
        unpaid_reasons(H114, unusual, correction, issued_on=CORRECTED),
    ]


def warehouse_of(data_dir: Path, made: list[Made]) -> Warehouse:
    """The warehouse after receiving these reports, each on the day it was issued, what stands out acknowledged."""
    office = Office(Settings(data_dir=data_dir))
    batch = [Incoming(one.file_name, one.content, None, acknowledged="縣市更正") for one in made]
    receipts = office.receive(batch, "測試")
    office.ledger.close()
    assert not [receipt.findings for receipt in receipts if receipt.is_refused]
    return Door(data_dir).current()
