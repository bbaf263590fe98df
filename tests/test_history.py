"""The versions of a report: when each was in force, what one says otherwise, and the very bytes that came in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import Month
from dashboard.history import compare, versions
from dashboard.readers import Slice
from dashboard.receiving import Incoming, Office
from tests import making
from tests.making import CODES, Form, Made
from tests.submitting import AS_OF, hand_in, incoming, office_at, visits

YEAR_112 = Slice("2023", AS_OF)
FIRST = visits(visited=60)
SECOND = visits(visited=61, correction=True, issued_on=date(2024, 6, 1))
THIRD = visits(visited=62, correction=True, issued_on=date(2024, 7, 1))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = office_at(tmp_path)
    yield opened
    opened.ledger.close()


def handed_in(made: Made) -> Incoming:
    return Incoming(made.file_name, made.content, None)


def test_each_version_is_in_force_until_the_next_is_received(office: Office) -> None:
    hand_in(office, incoming("一.csv", FIRST), incoming("二(更正).csv", SECOND), incoming("三(更正).csv", THIRD))
    found = versions(office.ledger, Kind.VISITS, YEAR_112)
    assert [(one.submission.seq, one.known_from, one.known_until, one.superseded_by) for one in found] == [
        (1, date(2024, 5, 23), date(2024, 6, 1), 2),
        (2, date(2024, 6, 1), date(2024, 7, 1), 3),
        (3, date(2024, 7, 1), None, None),
    ]
    assert [one.is_in_force for one in found] == [False, False, True]


def test_a_version_that_comes_after_a_later_issue_was_never_in_force(office: Office) -> None:
    hand_in(office, incoming("二(更正).csv", SECOND))
    hand_in(office, incoming("一.csv", FIRST, date(2024, 6, 5)))
    late, first = versions(office.ledger, Kind.VISITS, YEAR_112)
    assert late.submission.seq == 2
    assert late.known_until is not None
    assert late.known_until <= late.known_from
    assert (first.submission.seq, first.is_in_force) == (1, True)


def test_after_a_withdrawal_the_version_before_is_in_force_again(office: Office) -> None:
    hand_in(office, incoming("一.csv", FIRST), incoming("二(更正).csv", SECOND))
    office.withdraw(2, "誤送", "測試")
    found = versions(office.ledger, Kind.VISITS, YEAR_112)
    assert [(one.submission.seq, one.is_in_force) for one in found] == [(1, False), (1, True), (2, False)]


def test_other_periods_and_other_kinds_have_versions_of_their_own(office: Office) -> None:
    hand_in(office, incoming("一.csv", FIRST), incoming("甲.csv", visits("111年", as_of=date(2023, 3, 31))))
    hand_in(office, incoming("壞.csv", visits("111年", visited=1, as_of=date(2023, 3, 31))))
    assert [one.submission.file_name for one in versions(office.ledger, Kind.VISITS, YEAR_112)] == ["一.csv"]
    assert versions(office.ledger, Kind.UNPAID_REASONS, YEAR_112) == []


def test_two_versions_are_compared_cell_by_cell(office: Office) -> None:
    first = making.collection(Month(2024, 1), {"dunned_persons": {CODES[0]: "…", CODES[1]: 40}})
    second = making.collection(
        Month(2024, 1),
        {"dunned_persons": {CODES[0]: 41, CODES[1]: 35}},
        Form(correction="誤植", start="B2"),
        issued_on=date(2024, 4, 1),
    )
    hand_in(office, handed_in(first), handed_in(second))
    frame = compare(office.archive, *office.ledger.submissions())
    assert len(frame) == 9 * 22
    cells = {row["county_code"]: row for row in frame[frame["measure"] == "dunned_persons"].to_dict("records")}
    first_county, second_county = cells[CODES[0]], cells[CODES[1]]
    assert [second_county[name] for name in ("old", "new", "difference", "is_different")] == [40, 35, -5, True]
    assert [second_county[name] for name in ("old_cell", "new_cell")] == ["B8", "C9"]
    assert (first_county["new"], first_county["is_different"]) == (41, True)
    assert pd.isna(first_county["old"])
    assert pd.isna(first_county["difference"])
    assert not any(cells[code]["is_different"] for code in CODES[2:])
    assert frame["is_different"].sum() == 2
    assert frame["billing_period"].isna().all()


def test_cells_that_only_one_version_states_are_shown_as_well(office: Office) -> None:
    hand_in(office, incoming("一.csv", visits("111年", as_of=date(2023, 3, 31))))
    hand_in(office, incoming("二.csv", FIRST))
    frame = compare(office.archive, *office.ledger.submissions())
    assert set(frame["period"]) == {"2022", "2023"}
    assert frame["is_different"].all()
    assert frame["difference"].isna().all()


def test_what_has_no_cells_in_common_is_not_compared(office: Office) -> None:
    hand_in(office, incoming("一.csv", FIRST), handed_in(making.collection(Month(2024, 1))))
    hand_in(office, incoming("壞.csv", visits("111年", visited=1, as_of=date(2023, 3, 31))))
    by_name = {one.file_name: one for one in office.ledger.submissions()}
    others = [one for name, one in by_name.items() if name not in {"一.csv", "壞.csv"}]
    with pytest.raises(DashboardError, match="不是同一種報表"):
        compare(office.archive, by_name["一.csv"], others[0])
    with pytest.raises(DashboardError, match="未予收件"):
        compare(office.archive, by_name["一.csv"], by_name["壞.csv"])


def test_the_original_comes_out_byte_for_byte(office: Office) -> None:
    hand_in(office, incoming("一.csv", FIRST))
    (stored,) = office.ledger.submissions()
    assert office.archive.original(stored.sha256) == FIRST


def test_an_original_that_was_altered_or_lost_is_not_handed_out(office: Office) -> None:
    hand_in(office, incoming("一.csv", FIRST))
    digest = office.ledger.submissions()[0].sha256
    path = office.archive.original_path(digest)
    path.write_bytes(FIRST.replace(b"60", b"61"))
    with pytest.raises(DashboardError, match="雜湊值不符"):
        office.archive.original(digest)
    path.unlink()
    with pytest.raises(DashboardError, match="無法讀取"):
        office.archive.original(digest)
