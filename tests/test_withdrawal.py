"""Withdrawing: a record more and nothing less; what came before is in force again, what was known stays known."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from dashboard import answers, candidates, judging, receiving
from dashboard.__main__ import main
from dashboard.archive import Archive
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.domain.settings import today
from dashboard.history import versions
from dashboard.ledger import Withdrawal, standing, withdrawals_in
from dashboard.receiving import Office
from dashboard.warehouse import Door, Warehouse
from dashboard.warehouse.queries import load
from tests.submitting import AS_OF, ISSUED, codes, collection_history, hand_in, incoming, office_at, visits

CORRECTED = date(2024, 6, 20)
WITHDRAWN = date(2024, 7, 10)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An original (1), its correction (2), a file that was refused (3) and another kind (4); today is a later day."""
    opened = office_at(tmp_path / "data")
    hand_in(
        opened,
        incoming("訪視.csv", visits(visited=60)),
        incoming("訪視(更正).csv", visits(visited=61, correction=True, issued_on=CORRECTED)),
        incoming("不是.csv", b"x,y\n1,2\n", CORRECTED + timedelta(days=1)),
        incoming("催繳.csv", collection_history("11301"), date(2024, 6, 22)),
    )
    set_today(WITHDRAWN, monkeypatch)
    yield opened
    opened.ledger.close()


def set_today(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (receiving, judging, candidates):
        if hasattr(module, "today"):
            monkeypatch.setattr(module, "today", lambda: day)


def warehouse(office: Office) -> Warehouse:
    return Door(office.warehouses.pointer_path.parent).current()


def visited(office: Office, known_on: date = answers.CURRENT) -> set[int]:
    frame = answers.figures(warehouse(office), Kind.VISITS, known_on)
    return set(frame.loc[frame["measure"] == "visited_persons", "value"])


def test_a_withdrawn_correction_ends_on_that_day_and_the_original_is_in_force_again(office: Office) -> None:
    office.withdraw(2, "更正有誤", "王小明")
    assert visited(office) == {60}
    assert visited(office, WITHDRAWN) == {60}
    assert visited(office, WITHDRAWN - timedelta(days=1)) == {61}
    assert visited(office, CORRECTED - timedelta(days=1)) == {60}


def test_a_withdrawn_original_leaves_its_correction_in_force(office: Office) -> None:
    office.withdraw(1, "誤送", "王小明")
    assert visited(office) == {61}
    assert visited(office, ISSUED) == {60}


def test_where_all_versions_are_withdrawn_nothing_is_known_and_nothing_has_arrived(office: Office) -> None:
    arrived = len(answers.arrivals(warehouse(office)))
    for number in (1, 2):
        office.withdraw(number, "誤送", "王小明")
    assert visited(office) == set()
    assert len(answers.arrivals(warehouse(office))) == arrived - 1
    assert len(answers.arrivals(warehouse(office), WITHDRAWN - timedelta(days=1))) == arrived
    assert WITHDRAWN in answers.receipt_days(warehouse(office))


def test_a_withdrawal_is_a_record_of_its_own_and_removes_nothing(office: Office, tmp_path: Path) -> None:
    before, stored = office.ledger.records(), Archive(tmp_path / "data").stored()
    made = office.withdraw(2, "  更正有誤 ", " 王小明 ")
    assert office.ledger.records() == [*before, made]
    assert (made.seq, made.submission_id, made.withdrawn_on) == (5, 2, WITHDRAWN)
    assert (made.reason, made.by) == ("更正有誤", "王小明")
    assert office.ledger.submissions() == before
    assert [one.seq for one in standing(office.ledger.records())] == [1, 4]
    assert Archive(tmp_path / "data").stored() == stored
    assert office.warehouses.is_current(office.ledger.head())


def test_a_record_without_a_mark_is_a_submission_and_is_hashed_as_before(office: Office) -> None:
    office.withdraw(2, "更正有誤", "王小明")
    *handed_in, withdrawal = [one.model_dump(mode="json") for one in office.ledger.records()]
    assert all("record" not in one for one in handed_in)
    assert withdrawal["record"] == "withdrawal"


@pytest.mark.parametrize(
    ("number", "reason", "by", "sentence"),
    [
        (3, "誤送", "王小明", "不是.csv 當時未予收件"),
        (9, "誤送", "王小明", "查無第 9 號收件"),
        (0, "誤送", "王小明", "查無第 0 號收件"),
        (1, " ", "王小明", "請載明撤回原因"),
        (1, "長" * 501, "王小明", "500 字以內"),
        (1, "誤送", " ", "尚未設定收件人員姓名"),
    ],
)
def test_what_cannot_be_withdrawn_is_told_in_a_sentence_and_nothing_is_recorded(
    office: Office, number: int, reason: str, by: str, sentence: str
) -> None:
    before = office.ledger.head()
    with pytest.raises(DashboardError, match=sentence):
        office.withdraw(number, reason, by)
    assert office.ledger.head() == before


def test_withdrawing_twice_is_refused(office: Office) -> None:
    office.withdraw(2, "更正有誤", "王小明")
    with pytest.raises(DashboardError, match="已於113年7月10日由王小明撤回"):
        office.withdraw(2, "更正有誤", "王小明")
    with pytest.raises(DashboardError, match="查無第 5 號收件"):
        office.withdraw(5, "撤回撤回", "王小明")
    assert len(withdrawals_in(office.ledger.records())) == 1


def test_the_bytes_of_a_withdrawn_file_come_in_again_as_a_new_submission(office: Office) -> None:
    office.withdraw(2, "更正有誤", "王小明")
    content = visits(visited=61, correction=True, issued_on=CORRECTED)
    [receipt] = hand_in(office, incoming("訪視(更正).csv", content, WITHDRAWN))
    assert receipt.outcome == "accepted_with_notes"
    assert codes(receipt) == ["withdrawn_before"]
    assert receipt.submission_id == 6
    assert visited(office) == {61}
    assert visited(office, WITHDRAWN - timedelta(days=1)) == {61}
    assert hand_in(office, incoming("訪視(更正).csv", content))[0].outcome == "identical"


def test_a_new_original_may_come_in_unmarked_after_all_of_its_period_were_withdrawn(office: Office) -> None:
    again = visits(visited=59, issued_on=WITHDRAWN)
    assert codes(hand_in(office, incoming("訪視二.csv", again))[0]) == ["same_period_again"]
    for number in (1, 2):
        office.withdraw(number, "誤送", "王小明")
    [receipt] = hand_in(office, incoming("訪視二.csv", again))
    assert receipt.outcome == "accepted"
    assert visited(office) == {59}


def test_a_correction_of_a_withdrawn_report_has_no_original(office: Office) -> None:
    for number in (1, 2):
        office.withdraw(number, "誤送", "王小明")
    correction = visits(visited=62, correction=True, issued_on=WITHDRAWN)
    assert codes(hand_in(office, incoming("訪視(更正二).csv", correction))[0]) == ["correction_without_original"]


def test_a_correction_supersedes_no_withdrawn_version(office: Office) -> None:
    office.withdraw(2, "更正有誤", "王小明")
    hand_in(office, incoming("訪視(更正二).csv", visits(visited=62, correction=True, issued_on=WITHDRAWN)))
    assert office.ledger.submissions()[-1].supersedes == (1,)
    assert visited(office) == {62}


def test_the_history_of_a_report_says_when_it_was_withdrawn(office: Office) -> None:
    office.withdraw(2, "更正有誤", "王小明")
    told = [
        (one.submission.seq, one.known_from, one.known_until, one.superseded_by, one.withdrawn_on)
        for one in versions(office.ledger, Kind.VISITS, office.ledger.submissions()[0].slices[0])
    ]
    assert told == [
        (1, ISSUED, CORRECTED, 2, None),
        (1, WITHDRAWN, None, None, None),
        (2, CORRECTED, WITHDRAWN, None, WITHDRAWN),
    ]


def test_what_withdrawals_leave_in_the_warehouse_is_what_a_build_from_nothing_makes(office: Office) -> None:
    office.withdraw(2, "更正有誤", "王小明")
    office.withdraw(4, "誤送", "王小明")
    grown = marts(office)
    office.warehouses.rebuild(office.ledger)
    assert marts(office) == grown


def marts(office: Office) -> dict[str, list[tuple[object, ...]]]:
    pointer = office.warehouses.pointer()
    assert pointer
    with duckdb.connect(str(office.warehouses.path(pointer.warehouse)), read_only=True) as connection:
        return {
            name: connection.execute(f"select * from marts.{name} order by all").fetchall()  # noqa: S608
            for name in load("marts")
        }


def test_what_a_decision_rests_on_may_be_withdrawn_and_the_decision_stands(office: Office) -> None:
    decision = office.ledger.decide("freeze", {"year": 113}, "王小明", office.ledger.head())
    office.withdraw(1, "誤送", "王小明")
    assert office.ledger.decisions() == [decision]


def test_a_correction_withdrawn_on_the_day_it_came_in_was_never_in_force(office: Office) -> None:
    hand_in(office, incoming("訪視(更正二).csv", visits(visited=62, correction=True, issued_on=WITHDRAWN)))
    office.withdraw(5, "誤送", "王小明")
    assert visited(office) == {61}
    assert visited(office, WITHDRAWN) == {61}


def test_the_command_withdraws_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = office_at(tmp_path)
    hand_in(office, incoming("訪視.csv", visits("111年", as_of=AS_OF - timedelta(days=366))))
    office.ledger.close()
    withdraw = ["withdraw", "1", "--data-dir", str(tmp_path), "--reason", "誤送"]
    assert main(withdraw) == 2
    assert "尚未設定收件人員姓名" in capsys.readouterr().err
    assert main([*withdraw, "--officer", "王小明"]) == 0
    assert "已撤回第 1 號 訪視.csv" in capsys.readouterr().out
    assert main([*withdraw, "--officer", "王小明"]) == 2
    [_, made] = office_at(tmp_path).ledger.records()
    assert isinstance(made, Withdrawal)
    assert made.withdrawn_on == today()
