"""The catalogue of findings: each kind is found in a small file of its own, and says what it is and what to do."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from dashboard.archive import sha256
from dashboard.domain.findings import FILE_TOO_SLOW, FindingKind, Severity, catalogue
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.domain.settings import Settings, today
from dashboard.readers import read
from dashboard.receiving import Incoming, Office
from dashboard.warehouse import ChecksFailed
from dashboard.warehouse import build as building
from tests.libre import saved_as_workbook, typed_in_libre_office
from tests.making import (
    Form,
    Made,
    average_rate,
    collection,
    collection_history,
    payment_rate,
    payment_rate_history,
    unpaid_reasons,
    visits,
)
from tests.writing import Cell, written

JANUARY, FEBRUARY = Month(2025, 1), Month(2025, 2)
YEAR = FullYear(2024)
AS_OF = date(2024, 12, 31)
PERIOD = BillingPeriod(Month(2024, 1))


class Desk:
    """An office of its own; what it is handed, in order, and the codes of all it finds."""

    def __init__(self, data_dir: Path) -> None:
        self._office = Office(Settings(data_dir=data_dir, max_file_mb=1))

    def takes(self, *files: Made, received_on: date | None = None, **said: object) -> set[str]:
        batch = [Incoming(made.file_name, made.content, received_on, **said) for made in files]  # type: ignore[arg-type]
        receipts = [receipt for incoming in batch for receipt in self._office.receive([incoming], "測試")]
        return {finding.kind.code for receipt in receipts for finding in receipt.findings}

    def close(self) -> None:
        self._office.ledger.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.close()


def january(**edit: Cell) -> Made:
    return collection(JANUARY, form=Form(edit=edit))


def long_with(**edit: Cell) -> Made:
    return payment_rate_history({AS_OF: [PERIOD]}, edit=edit)


def in_csv(made: Made, change: Callable[[str], str], encoding: str = "utf-8") -> Made:
    return Made(change(made.content.decode("utf-8-sig")).encode(encoding), made.file_name)


def touched(touch: Callable[[openpyxl.Workbook], object]) -> Made:
    return collection(JANUARY, form=Form(touch=touch))


def with_entry(name: str) -> Made:
    made = january()
    into = io.BytesIO(made.content)
    with zipfile.ZipFile(into, "a") as archive:
        archive.writestr(name, "Sub Auto_Open()")
    return Made(into.getvalue(), made.file_name)


def two_kinds(book: openpyxl.Workbook) -> None:
    other = openpyxl.load_workbook(io.BytesIO(unpaid_reasons(YEAR).content)).worksheets[0]
    sheet = book.create_sheet("原因")
    for row in other.iter_rows(values_only=True):
        sheet.append(row)


def hidden_december(book: openpyxl.Workbook) -> None:
    sheet = book.copy_worksheet(book.worksheets[0])
    sheet.sheet_state = "hidden"
    sheet["B2"], sheet["D2"] = "113年12月", "113年12月31日"


def of_months(*months: str) -> Made:
    """A long .xlsx file whose months are numbers, as a spreadsheet makes them of 113.1."""
    made = collection_history([Month(2024, 1)])
    lines = [line.split(",") for line in made.content.decode("utf-8-sig").splitlines()]
    rows: list[list[Cell]] = [list(lines[0])]
    rows += [[float(month), *line[1:]] for month in months for line in lines[1:]]
    return Made(written({"歷史": rows}, "xlsx"), "歷史資料.xlsx")


def many_slips() -> Made:
    """A year in a long file: in every row one number that is none, and one below zero."""
    head, *lines = collection_history([Month(2024, month) for month in range(1, 13)]).content.decode().splitlines()
    cells = [line.split(",") for line in lines]
    slipped = [",".join([*one[:2], f"四{at}", "-5", *one[4:]]) for at, one in enumerate(cells)]
    return Made("\n".join([head, *slipped]).encode(), "歷史資料.csv")


CORRECTED = Form(correction="誤植。")
LATER = date(2025, 6, 20)
CSV = Form("csv")
RECEIVED = {"received_on": today()}
PLAIN_CSV = collection(JANUARY, form=CSV)

IN_ONE_FILE: Mapping[str, Made] = {
    "more_findings": many_slips(),
    "file_unreadable": Made(b"%PDF-1.7", "11401催繳概況表.xlsx"),
    "file_truncated": Made(january().content[:4000], january().file_name),
    "file_has_macros": with_entry("xl/vbaProject.bin"),
    "file_encrypted": Made(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "11401催繳概況表.xlsx"),
    "file_too_large": Made(b" " * 1_000_001, "11401催繳概況表.csv"),
    "file_type": Made(january().content, "11401催繳概況表.pdf"),
    "encoding_unknown": in_csv(PLAIN_CSV, str, "utf-32"),
    "separator_unclear": in_csv(PLAIN_CSV, lambda text: text + text.replace(",", ";")),
    "wrong_table": january(A1="國民年金被保險人性別統計表"),
    "several_kinds": Made(visits(YEAR, form=Form(touch=two_kinds)).content, "113年服務員訪視成效.xlsx"),
    "column_unknown": january(K4="本月新增", K7=5),
    "column_missing": touched(lambda book: book.worksheets[0].delete_cols(8)),
    "column_twice": january(C5="催繳人數"),
    "content_outside": january(L9="?"),
    "head_missing": january(A2=None, B2=None),
    "head_disagrees": january(G2="資料截止日", H2="114年2月28日"),
    "period_unreadable": january(B2="114年13月"),
    "period_unclear": of_months("113.1"),
    "period_in_name": Made(january().content, "11402催繳概況表.xlsx"),
    "period_outside_range": payment_rate(AS_OF, form=Form(edit={"按人數!B2": "113年3-4月至113年9-10月各期"})),
    "period_missing": payment_rate(AS_OF, form=Form(edit={"按人數!B2": "113年1-2月至113年3-4月各期"})),
    "period_not_over": january(D2="114年1月30日"),
    "cut_off_too_late": january(D2="114年10月31日"),
    "issued_too_early": collection(JANUARY, issued_on=date(2025, 1, 30)),
    "unit_unclear": january(C5="催繳金額（千元）"),
    "unit_missing": january(F2="人、件"),
    "county_unknown": january(A7="臺北縣"),
    "row_unknown": january(A29="離島小計", B29=1),
    "county_unclear": january(A7="嘉義"),
    "county_code_disagrees": long_with(C2="63000"),
    "county_twice": january(A8="新北市"),
    "county_missing": touched(lambda book: book.worksheets[0].delete_rows(28)),
    "number_unreadable": january(B7="四十"),
    "number_unclear": collection(JANUARY, form=Form(unit="千元", edit={"C7": "80.000"})),
    "number_shown_otherwise": touched(lambda book: setattr(book.worksheets[0]["C7"], "number_format", "#,##0,")),
    "letters_unclear": january(B2="114年1²月"),
    "unit_unknown": january(F2="千人、件、元"),
    "unit_half_known": january(F2="人、件、元、詳如說明"),
    "stated_otherwise": january(A31="資料期間：113年12月"),
    "provisional": january(A31="註：本表為初步統計。"),
    "summed_up": january(A31="註：本表係114年1月至10月累計數。"),
    "number_negative": january(B7=-40),
    "formula_without_value": january(B6="=SUM(B7:B28)"),
    "formula_error": january(B7="#REF!"),
    "total_disagrees": january(B6=881),
    "subtotal_disagrees": collection(JANUARY, form=Form(subtotals=True, edit={"B7": 1})),
    "paid_over_payable": payment_rate(AS_OF, figures={"paid_persons": {"65000": 101}}),
    "received_over_receivable": average_rate(2024, {"received_twd": {"65000": 200_001}}),
    "successes_over_visits": visits(YEAR, {"successful_persons": {"65000": 801}}),
    "repaid_over_successes": visits(YEAR, {"repaid_persons": {"65000": 401}}),
    "persons_over_amount": january(B5="催繳金額", C5="催繳人數"),
    "indigenous_over_all": average_rate(2024, {"原住民:receivable_twd": {"65000": 900_000}}),
    "parts_disagree": unpaid_reasons(YEAR, form=Form(edit={"B7": 301, "B6": 6601})),
    "cell_twice": touched(lambda book: book.copy_worksheet(book.worksheets[0])),
    "breakdown_skipped": january(A29="其中：原住民", B29=1),
    "sheet_without_table": touched(lambda book: book.create_sheet("說明").append(["本表每月編製"])),
    "name_repaired": january(A8="台北市"),
    "digits_repaired": january(B7="４０"),
    "thousands_converted": collection(JANUARY, form=Form(unit="千元")),
    "percent_differs": average_rate(2024, form=Form(edit={"D7": 51.0})),
    "percent_as_fraction": average_rate(2024, form=Form(edit={"D7": 0.5})),
    "date_of_old": saved_as_workbook(-651_654, "Another"),
    "date_as_roc": typed_in_libre_office(),
    "date_as_number": january(D2=45688),
    "not_yet_available": collection(JANUARY, {"spouse_fined_twd": "…"}),
    "code_repaired": payment_rate_history({AS_OF: [PERIOD]}),
    "correction_without_original": collection(JANUARY, form=CORRECTED),
    "correction_without_reason": collection(JANUARY, form=Form(correction="")),
    "correction_half_marked": Made(collection(JANUARY, form=CORRECTED).content, january().file_name),
    "hidden_period": touched(hidden_december),
    "title_unclear": january(A1="國民年金保險欠費催繳作業收繳概況表（女性）"),
    "hidden_content": touched(lambda book: setattr(book.worksheets[0].row_dimensions[9], "hidden", True)),
}
"""What each kind is found in, alone and on its own."""

FROM_WITHOUT: Mapping[str, Callable[[Desk], set[str]]] = {
    "period_in_future": lambda desk: desk.takes(collection(Month.of(today()).plus(2)), **RECEIVED),
    "received_before_issued": lambda desk: desk.takes(january(), received_on=date(2025, 2, 1)),
    "received_in_future": lambda desk: desk.takes(january(), received_on=today() + timedelta(days=1)),
    "issue_date_unknown": lambda desk: desk.takes(collection_history([JANUARY])),
    "issue_date_assumed": lambda desk: desk.takes(collection_history([JANUARY]), **RECEIVED),
    "manifest_disagrees": lambda desk: desk.takes(january(), sha256=sha256(b"another")),
    "identical": lambda desk: desk.takes(january(), january()),
    "same_period_again": lambda desk: desk.takes(january(), collection(JANUARY, {"dunned_persons": 41})),
    "correction_elsewhere": lambda desk: desk.takes(
        visits(YEAR), visits(YEAR, form=Form(correction="誤植。", edit={"D2": "114年4月29日"}))
    ),
    "correction_older": lambda desk: desk.takes(
        january(), collection(JANUARY, form=CORRECTED, issued_on=date(2025, 2, 1))
    ),
    "older_version": lambda desk: desk.takes(collection(JANUARY, form=CORRECTED, issued_on=LATER), january()),
    "jump": lambda desk: desk.takes(january(), collection(FEBRUARY, {"arrears_persons": {"65000": 5_000}})),
    "number_withdrawn": lambda desk: desk.takes(
        january(), collection(JANUARY, {"spouse_fined_twd": "…"}, CORRECTED, issued_on=LATER)
    ),
    "reasons_against_visits": lambda desk: desk.takes(
        visits(YEAR), unpaid_reasons(YEAR, {"hardship_persons": {"65000": 1}})
    ),
    "cumulative_falls": lambda desk: desk.takes(
        average_rate(2023), average_rate(2024, {"received_twd": {"65000": 99_999}})
    ),
    "denominator_falls": lambda desk: desk.takes(
        visits(HalfYear(2023, 1)), visits(HalfYear(2024, 1), {"visited_persons": {"65000": 640}})
    ),
}
"""Kinds that a file alone does not show: what else is in, and when."""

ELSEWHERE = {
    "checks_failed": "below",
    "same_period_twice": "tests/test_sending_back.py, where two files of one period are looked at together",
    "withdrawn_before": "tests/test_withdrawal.py, where a file left again",
    "returned": "tests/pages/test_intake.py, where an officer says so",
    FILE_TOO_SLOW.code: "tests/hostile, where files are read under the clock",
}


def test_every_kind_of_finding_has_its_file() -> None:
    assert {kind.code for kind in catalogue()} == IN_ONE_FILE.keys() | FROM_WITHOUT.keys() | ELSEWHERE.keys()


@pytest.mark.parametrize("code", IN_ONE_FILE)
def test_a_kind_is_found_in_its_file(code: str, desk: Desk) -> None:
    if code in {"file_too_large", "correction_without_original"}:  # the office's own to say
        assert code in desk.takes(IN_ONE_FILE[code], **RECEIVED)
    else:
        assert code in {finding.kind.code for finding in read(*IN_ONE_FILE[code]).findings}


@pytest.mark.parametrize("code", FROM_WITHOUT)
def test_a_kind_is_found_by_what_else_is_known(code: str, desk: Desk) -> None:
    assert code in FROM_WITHOUT[code](desk)


def test_a_batch_that_fails_a_check_is_told_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.takes(january())
    failures = iter([ChecksFailed({"one_version_in_force": [{"period": "2025-02"}]})])

    def fail_once(_connection: object) -> None:
        for failure in failures:
            raise failure

    monkeypatch.setattr(building, "_run_checks", fail_once)
    assert "checks_failed" in desk.takes(collection(FEBRUARY))


@pytest.mark.parametrize("kind", catalogue(), ids=lambda kind: kind.code)
def test_a_kind_says_what_it_is_and_what_keeps_a_file_out_what_to_do(kind: FindingKind) -> None:
    assert re.search("[一-鿿]", kind.sentence)
    assert not kind.sentence.endswith(("。", "，", "；", "、")), "it stands among others on a line"
    assert not re.search("[,;!?]", kind.sentence), "Chinese text has Chinese punctuation"
    assert kind.remedy.endswith("。") or (not kind.remedy and kind.severity is Severity.NOTE)


@pytest.mark.parametrize("kind", catalogue(), ids=lambda kind: kind.code)
def test_a_kind_names_no_option_and_no_file_of_ours(kind: FindingKind) -> None:
    said = f"{kind.sentence}{kind.remedy}"
    assert not re.search(r"--\w|\w/\w|\.toml|\.py|dashboard|officer|[a-z]_[a-z]", said), "senders read it"


def test_codes_are_never_given_twice() -> None:
    codes = [kind.code for kind in catalogue()]
    assert len(set(codes)) == len(codes)
