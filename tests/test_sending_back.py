"""Files looked at together, and files sent back: the reason on record is what the officer saw, or what they said."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain import judging_words
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import Month
from dashboard.domain.settings import HOUSE
from dashboard.exports import review
from dashboard.ledger import Submission
from dashboard.previewing import Preview
from dashboard.receiving import Incoming, Office
from tests.making import Form, Made, collection
from tests.submitting import hand_in, office_at

JANUARY = Month(2025, 1)
FIRST = Made(collection(JANUARY).content, "11401催繳概況表.xlsx")
OTHER = Made(collection(JANUARY, {"dunned_persons": 41}).content, "11401催繳概況表_補寄.xlsx")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = office_at(tmp_path / "data")
    yield opened
    opened.ledger.close()


def incoming(made: Made) -> Incoming:
    return Incoming(made.file_name, made.content, None)


def told(preview: Preview) -> list[tuple[str, str, str]]:
    return [(one.kind.code, one.value, one.expected) for one in preview.findings]


def sent_back(office: Office, preview: Preview, reason: str = "") -> Submission:
    refused = dataclasses.replace(preview.candidate.incoming, sent_back=reason)
    office.receive([dataclasses.replace(preview.candidate, incoming=refused, foreseen=None)], "王小明")
    return office.ledger.submissions()[-1]


def test_of_two_files_of_one_period_the_later_names_the_other_without_a_number(office: Office) -> None:
    first, second = office.preview([incoming(FIRST), incoming(OTHER)])
    assert first.can_be_received
    assert told(second) == [("same_period_twice", "114年1月", "同時送審的 11401催繳概況表.xlsx（尚未收件）")]


def test_what_is_in_already_is_named_with_its_number(office: Office) -> None:
    hand_in(office, incoming(FIRST))
    (again,) = office.preview([incoming(OTHER)])
    assert told(again) == [("same_period_again", "114年1月", "第 1 號 11401催繳概況表.xlsx")]


def test_a_correction_of_what_is_only_looked_at_is_named_so_too(office: Office) -> None:
    older = collection(JANUARY, {"dunned_persons": 41}, Form(correction="誤植"), issued_on=date(2025, 1, 31))
    _, correction = sorted(office.preview([incoming(FIRST), incoming(older)]), key=lambda one: one.is_correction)
    for code, _, expected in told(correction):
        assert code in {"correction_older", "correction_without_original"}
        assert "號" not in expected


def test_the_same_bytes_twice_in_a_list_are_no_receipt_with_a_number(office: Office) -> None:
    copy = Made(FIRST.content, "11401催繳概況表(1).xlsx")
    _, twin = office.preview([incoming(FIRST), incoming(copy)])
    assert (twin.outcome, twin.is_twice, review.verdict(twin)) == ("identical", True, "twice")
    hand_in(office, incoming(FIRST))
    (again,) = office.preview([incoming(copy)])
    assert (again.is_twice, review.verdict(again)) == (False, "identical")


def test_what_is_sent_back_has_what_its_officer_saw_for_a_reason(office: Office) -> None:
    _, second = office.preview([incoming(FIRST), incoming(OTHER)])
    record = sent_back(office, second)
    assert [(one["code"], one["value"], one["expected"]) for one in record.findings] == told(second)
    note = review.note(review.of_submission(record, date(2025, 4, 1)))
    for said in ("退件通知單", "同時送審的另一檔案為同一期間", "11401催繳概況表.xlsx（尚未收件）", "114年1月"):
        assert said in note


def test_an_officers_reason_stands_before_what_was_found(office: Office) -> None:
    _, second = office.preview([incoming(FIRST), incoming(OTHER)])
    record = sent_back(office, second, "請併一檔")
    assert [one["code"] for one in record.findings] == ["returned", "same_period_twice"]
    assert "退件理由：請併一檔" in review.note(review.of_submission(record, date(2025, 4, 1)))


def test_nothing_is_sent_back_without_a_reason(office: Office) -> None:
    (good,) = office.preview([incoming(FIRST)])
    with pytest.raises(DashboardError, match="請填退件理由"):
        sent_back(office, good, "  ")
    assert office.ledger.submissions() == []


def test_a_refused_file_keeps_the_period_it_named_and_nothing_of_it_is_in(office: Office) -> None:
    _, second = office.preview([incoming(FIRST), incoming(OTHER)])
    record = sent_back(office, second)
    assert record.slices == ()
    assert [one.period for one in record.speaks_of] == ["2025-01"]
    assert review.of_submission(record, date(2025, 4, 1)).periods == ("2025-01",)
    (receipt,) = hand_in(office, incoming(OTHER))
    assert not receipt.is_refused, "what was refused is no rival"


def test_every_check_before_publishing_has_its_words() -> None:
    assert {file.stem for file in (HOUSE / "queries/checks").glob("*.sql")} == set(judging_words.CHECKS)


def test_no_finding_tells_a_day_in_another_calendar(office: Office) -> None:
    early = dataclasses.replace(incoming(FIRST), received_on=date(2025, 1, 31), issued_on=date(2025, 3, 9))
    late = dataclasses.replace(incoming(OTHER), received_on=date(2125, 1, 31))
    hand_in(office, incoming(FIRST))
    older = collection(JANUARY, {"dunned_persons": 41}, Form(correction="誤植"), issued_on=date(2025, 2, 1))
    batch = (early, late, incoming(older), incoming(OTHER))
    found = [one for handed_in in batch for one in office.preview([handed_in])[0].findings]
    assert found
    for one in found:
        assert not re.search(r"\d{4}-\d\d", f"{one.value}{one.expected}"), one.kind.code
