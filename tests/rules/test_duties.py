"""Which reports are owed, and what became of each, as a clock moves through a year."""

from datetime import date

import pytest

from dashboard.domain.kinds import Kind
from dashboard.rules.duties import Arrival, Duty, duties
from dashboard.rules.rule import load_rule

DEADLINES = load_rule("adopted").deadlines


def states(arrivals: dict[tuple[Kind, str], Arrival], on: date) -> dict[str, str]:
    return {duty.period or str(duty.as_of): duty.state for duty in duties(arrivals, DEADLINES, on)}


def arrived(day: date) -> Arrival:
    return day, False


def test_a_monthly_report_is_awaited_until_the_end_of_the_next_month_and_missing_after_it() -> None:
    arrivals = {(Kind.COLLECTION, "2025-01"): arrived(date(2025, 2, 20))}
    assert "2025-02" not in states(arrivals, date(2025, 2, 28)), "the month is not over"
    assert states(arrivals, date(2025, 3, 1))["2025-02"] == "awaited"
    assert states(arrivals, date(2025, 3, 31))["2025-02"] == "awaited"
    assert states(arrivals, date(2025, 4, 1))["2025-02"] == "missing"


def test_a_report_received_on_its_deadline_is_on_time_and_a_day_later_late() -> None:
    for day, state in ((date(2025, 2, 28), "on_time"), (date(2025, 3, 1), "late")):
        assert states({(Kind.COLLECTION, "2025-01"): arrived(day)}, date(2025, 3, 2))["2025-01"] == state


def test_snapshots_are_owed_at_the_end_of_every_second_month_from_the_first_one_on() -> None:
    owed = states({(Kind.PAYMENT_RATE, "2025-01-31"): arrived(date(2025, 2, 20))}, date(2025, 8, 1))
    assert list(owed) == ["2025-01-31", "2025-03-31", "2025-05-31", "2025-07-31"]
    assert owed["2025-05-31"] == "missing"
    assert owed["2025-07-31"] == "awaited"


@pytest.mark.parametrize("kind", [Kind.VISITS, Kind.UNPAID_REASONS])
def test_the_half_year_is_due_on_30_september_and_the_full_year_on_31_may_of_the_next(kind: Kind) -> None:
    arrivals = {(kind, "2024-H1"): arrived(date(2024, 9, 30))}
    assert states(arrivals, date(2024, 9, 30)) == {"2024-H1": "on_time"}
    assert states(arrivals, date(2025, 5, 31))["2024"] == "awaited"
    assert states(arrivals, date(2025, 6, 1))["2024"] == "missing"
    assert "2024-H2" not in states(arrivals, date(2026, 1, 1)), "there is no report for a second half year"


def test_the_average_rate_is_due_on_30_november_of_its_year() -> None:
    arrivals = {(Kind.AVERAGE_RATE, "2024"): arrived(date(2024, 11, 20))}
    assert "2025" not in states(arrivals, date(2025, 10, 31))
    assert states(arrivals, date(2025, 11, 30))["2025"] == "awaited"
    assert states(arrivals, date(2025, 12, 1))["2025"] == "missing"


def test_what_a_long_file_brought_in_afterwards_is_neither_on_time_nor_late() -> None:
    arrivals = {(Kind.COLLECTION, "2015-01"): (date(2025, 1, 20), True)}
    assert states(arrivals, date(2015, 2, 1))["2015-01"] == "history"


def test_a_kind_of_which_nothing_came_in_is_not_listed() -> None:
    assert duties({}, DEADLINES, date(2025, 1, 1)) == []


def test_a_snapshot_is_named_by_its_cut_off_and_a_period_by_its_period() -> None:
    arrivals = {
        (Kind.PAYMENT_RATE, "2025-01-31"): arrived(date(2025, 2, 20)),
        (Kind.COLLECTION, "2025-01"): arrived(date(2025, 2, 20)),
    }
    monthly, snapshot = duties(arrivals, DEADLINES, date(2025, 2, 21))
    on_time = date(2025, 2, 28)
    received = date(2025, 2, 20)
    assert monthly == Duty(Kind.COLLECTION, "2025-01", None, on_time, received, "on_time")
    assert snapshot == Duty(Kind.PAYMENT_RATE, "", date(2025, 1, 31), on_time, received, "on_time")
