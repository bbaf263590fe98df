"""A small data directory to decide in: year 113 with a tie across the cut of 非直轄市, all figures worked by hand.

Every county has the usual figures but what it received: the 直轄市 stand in official order, 臺南市 and 高雄市 last; of
非直轄市 連江縣 is last, and 嘉義市 and 金門縣 are equal before it, one of them among the last two. All rates fell.
"""

from datetime import date
from pathlib import Path

from dashboard.decisions import Desk
from dashboard.domain.counties import counties
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import Settings
from dashboard.ledger import Ledger
from dashboard.receiving import Incoming, Office
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Door, Warehouse
from tests.making import Figures, Form, Made, average_rate, visits

YEAR = FullYear(2024)
RULE = load_rule("adopted")
CODES = [county.county_code for county in counties()]
TAINAN, KAOHSIUNG = CODES[4:6]
TIED = CODES[19], CODES[20]
LAST = CODES[21]
RECEIVED = (
    {code: 99_900 - 10 * place for place, code in enumerate(CODES)} | dict.fromkeys(TIED, 99_000) | {LAST: 98_000}
)


def rates(received: dict[str, int], form: Form | None = None, issued_on: date | None = None) -> Made:
    """The average rates of 113; every county's base is 50 %, so whoever received less than 100,000 fell."""
    figures: Figures = {"received_twd": received}
    return average_rate(2024, figures, form or Form(), issued_on=issued_on)


def correction(changes: dict[str, int], day: date = date(2024, 12, 20)) -> Made:
    return rates(RECEIVED | changes, Form(correction="金額誤植"), day)


def take_in(data_dir: Path, *files: Made) -> None:
    """Hand files in through the real receiving code; all of them are accepted."""
    office = Office(Settings(data_dir=data_dir))
    receipts = office.receive([Incoming(file.file_name, file.content, None) for file in files], "測試")
    assert not any(receipt.is_refused for receipt in receipts), receipts
    office.ledger.close()


def filled(data_dir: Path) -> Path:
    """Take in what 113 rests on and nothing that any other year could be ranked by."""
    take_in(data_dir, average_rate(2023), visits(FullYear(2023)), rates(RECEIVED))
    return data_dir


def warehouse(data_dir: Path) -> Warehouse:
    return Door(data_dir).current()


def desk(data_dir: Path, officer: str = "王小明") -> Desk:
    return Desk(Ledger(data_dir), warehouse(data_dir), officer)
