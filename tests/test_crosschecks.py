"""Numbers that a correction takes back, and the reasons of not paying against the visits: through the real office."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain import journal_words
from dashboard.domain.findings import Finding
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear, Month
from dashboard.history import versions
from dashboard.intake_journal import Entry, record
from dashboard.intake_journal import versions as listed_versions
from dashboard.receiving import Incoming, Office, Receipt
from tests.making import CODES, Figures, Form, Made, collection, unpaid_reasons, visits
from tests.submitting import office_at

JANUARY, YEAR = Month(2025, 1), FullYear(2024)
TAIPEI, NEW_TAIPEI = "63000", "65000"
CORRECTED = Form(correction="誤植。")
LATER, LATEST = date(2025, 6, 20), date(2025, 7, 20)
VISITED: Figures = {"successful_persons": 400, "repaid_persons": 100}
REASONS = ("hardship", "unwilling", "unaware", "other_insurance", "untraceable", "other_reason")
FIFTY_EACH: Figures = {f"{reason}_persons": 50 for reason in REASONS}  # 300, as many as 400 less 100


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = office_at(tmp_path)
    yield opened
    opened.ledger.close()


def taken(office: Office, made: Made, acknowledged: str = "") -> Receipt:
    (receipt,) = office.receive([Incoming(made.file_name, made.content, None, acknowledged=acknowledged)], "測試")
    return receipt


def found(receipt: Receipt, code: str) -> list[Finding]:
    return [finding for finding in receipt.findings if finding.kind.code == code]


def emptied(measure: str, code: str | None = None, issued_on: date = LATER) -> Made:
    return collection(JANUARY, {measure: {code: "…"} if code else "…"}, CORRECTED, issued_on=issued_on)


def test_a_correction_that_takes_numbers_back_waits_for_a_reason(office: Office) -> None:
    assert taken(office, collection(JANUARY)).outcome == "accepted"
    receipt = taken(office, emptied("arrears_persons"))
    (finding,) = found(receipt, "number_withdrawn")
    assert receipt.is_refused
    assert finding.value == "…"
    assert finding.expected == "新北市「期末欠費人數」現行數值為 500（另有 21 格相同情形）"
    again = taken(office, emptied("arrears_persons"), acknowledged="縣市重新清查")
    assert again.outcome == "accepted_with_notes"
    assert found(again, "number_withdrawn")[0].acknowledged == "縣市重新清查"


def test_one_cell_taken_back_is_named_without_others(office: Office) -> None:
    taken(office, collection(JANUARY))
    (finding,) = found(taken(office, emptied("arrears_persons", TAIPEI)), "number_withdrawn")
    assert finding.expected == "臺北市「期末欠費人數」現行數值為 500"


def test_what_was_never_a_number_is_not_taken_back(office: Office) -> None:
    taken(office, collection(JANUARY, {"spouse_fined_twd": "…"}))
    assert not found(taken(office, emptied("spouse_fined_twd")), "number_withdrawn")


def test_a_late_original_takes_nothing_back(office: Office) -> None:
    taken(office, collection(JANUARY, form=CORRECTED, issued_on=LATER))
    receipt = taken(office, collection(JANUARY, {"spouse_fined_twd": "…"}))
    assert found(receipt, "older_version")
    assert not found(receipt, "number_withdrawn")


# --- reasons against visits

OF_VISITS = visits(YEAR, VISITED)
FITTING, DIFFERING = (
    unpaid_reasons(YEAR, FIFTY_EACH),
    unpaid_reasons(YEAR, {**FIFTY_EACH, "hardship_persons": {**dict.fromkeys(CODES, 50), TAIPEI: 40}}),
)


@pytest.mark.parametrize("files", [(OF_VISITS, DIFFERING), (DIFFERING, OF_VISITS)], ids=["visits first", "reasons"])
def test_reasons_that_do_not_add_up_to_the_visits_are_noted_by_whichever_comes_second(
    office: Office, files: tuple[Made, Made]
) -> None:
    first, second = (taken(office, made) for made in files)
    assert not found(first, "reasons_against_visits")
    assert not second.is_refused
    (finding,) = found(second, "reasons_against_visits")
    assert finding.value == "113年"
    assert finding.expected == "臺北市未繳費原因合計 290 人，訪視成功減補繳為 300 人"


def test_reasons_that_add_up_are_not_remarked_on(office: Office) -> None:
    taken(office, OF_VISITS)
    assert not found(taken(office, FITTING), "reasons_against_visits")


def test_the_preview_says_so_as_well(office: Office) -> None:
    taken(office, OF_VISITS)
    (preview,) = office.preview([Incoming(DIFFERING.file_name, DIFFERING.content, None)])
    assert "reasons_against_visits" in {finding.kind.code for finding in preview.findings}


# --- what the journal says of them


def test_a_withdrawn_version_is_called_withdrawn_first(office: Office) -> None:
    taken(office, collection(JANUARY))
    taken(office, collection(JANUARY, {"dunned_persons": 41}, CORRECTED, issued_on=LATER))
    taken(office, collection(JANUARY, {"dunned_persons": 42}, CORRECTED, issued_on=LATEST))
    office.withdraw(2, "誤送", "測試")
    slice_ = office.ledger.submissions()[0].slices[0]
    shown = listed_versions(versions(office.ledger, Kind.COLLECTION, slice_))
    assert "已撤回（撤回前曾由第 3 號取代）" in shown
    assert shown.count("由第 2 號取代") == 1
    assert journal_words.version_state(False, None, True) == "已撤回"


def test_the_period_of_a_refused_report_is_not_called_unreadable(office: Office) -> None:
    taken(office, collection(JANUARY, form=Form(edit={"B6": 1})))
    (refused,) = office.ledger.submissions()
    assert refused.kind is Kind.COLLECTION
    shown = record(Entry(refused, refused.received_on, None, None))
    assert "未收" in shown
    assert "無法辨識" not in shown
