"""What is owed, and what became of it, as a clock moves through a year."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear
from dashboard.rules.deadlines import Deadlines
from dashboard.rules.duties import Arrival, Done, Duty, Tick, done, duties
from dashboard.rules.rule import load_rule

DEADLINES = load_rule("adopted").deadlines
DRAFT = load_rule("draft").deadlines
Arrivals = dict[tuple[Kind, str], Arrival]


def reports(arrivals: Arrivals, on: date) -> dict[str, str]:
    return {duty.slot: duty.state for duty in duties(arrivals, {}, DEADLINES, on) if duty.kind}


def arrived(day: date) -> Arrival:
    return day, False


def test_a_monthly_report_is_awaited_until_the_end_of_the_next_month_and_missing_after_it() -> None:
    arrivals = {(Kind.COLLECTION, "2025-01"): arrived(date(2025, 2, 20))}
    assert "2025-02" not in reports(arrivals, date(2025, 2, 28)), "the month is not over"
    assert reports(arrivals, date(2025, 3, 1))["2025-02"] == "awaited"
    assert reports(arrivals, date(2025, 3, 31))["2025-02"] == "awaited"
    assert reports(arrivals, date(2025, 4, 1))["2025-02"] == "missing"


def test_a_report_received_on_its_deadline_is_on_time_and_a_day_later_late() -> None:
    for day, state, days in ((date(2025, 4, 30), "on_time", 0), (date(2025, 5, 1), "late", 1)):
        (found,) = [
            duty
            for duty in duties({(Kind.COLLECTION, "2025-03"): arrived(day)}, {}, DEADLINES, date(2025, 4, 2))
            if duty.kind
        ]
        assert (found.state, found.days) == (state, days)


def test_snapshots_are_owed_at_the_end_of_every_second_month_from_the_first_one_on() -> None:
    owed = reports({(Kind.PAYMENT_RATE, "2025-01-31"): arrived(date(2025, 2, 20))}, date(2025, 8, 1))
    assert list(owed) == ["2025-01-31", "2025-03-31", "2025-05-31", "2025-07-31"]
    assert owed["2025-05-31"] == "missing"
    assert owed["2025-07-31"] == "awaited"


@pytest.mark.parametrize("kind", [Kind.VISITS, Kind.UNPAID_REASONS])
def test_the_half_year_is_due_on_30_september_and_the_full_year_on_31_may_of_the_next(kind: Kind) -> None:
    arrivals = {(kind, "2023-H1"): arrived(date(2023, 9, 28)), (kind, "2024-H1"): arrived(date(2024, 9, 30))}
    assert reports(arrivals, date(2024, 9, 30))["2024-H1"] == "on_time"
    assert reports(arrivals, date(2024, 5, 31))["2023"] == "awaited", "a Friday"
    assert reports(arrivals, date(2024, 6, 1))["2023"] == "missing"
    assert "2024-H2" not in reports(arrivals, date(2026, 1, 1)), "there is no report for a second half year"


def test_the_average_rate_is_due_in_november_of_its_year() -> None:
    arrivals = {(Kind.AVERAGE_RATE, "2025"): arrived(date(2025, 11, 20))}
    assert "2026" not in reports(arrivals, date(2026, 10, 31))
    assert reports(arrivals, date(2026, 11, 30))["2026"] == "awaited"
    assert reports(arrivals, date(2026, 12, 1))["2026"] == "missing"


def test_what_a_long_file_brought_in_afterwards_is_neither_on_time_nor_late() -> None:
    (found,) = [
        duty
        for duty in duties({(Kind.COLLECTION, "2015-01"): (date(2025, 1, 20), True)}, {}, DEADLINES, date(2015, 2, 1))
        if duty.kind
    ]
    assert (found.state, found.days) == ("history", None)


def test_a_kind_of_which_nothing_came_in_is_not_listed() -> None:
    assert reports({}, date(2026, 12, 1)) == {}


def test_a_snapshot_is_named_by_its_cut_off_and_a_period_by_its_period() -> None:
    arrivals = {
        (Kind.PAYMENT_RATE, "2025-03-31"): arrived(date(2025, 4, 20)),
        (Kind.COLLECTION, "2025-03"): arrived(date(2025, 4, 20)),
    }
    monthly, snapshot = duties(arrivals, {}, DEADLINES, date(2025, 4, 21))
    due, received = date(2025, 4, 30), date(2025, 4, 20)
    assert monthly == Duty("collection", Kind.COLLECTION, "2025-03", None, due, due, "", received, "", "on_time")
    assert snapshot == Duty(
        "payment_rate", Kind.PAYMENT_RATE, "", date(2025, 3, 31), due, due, "", received, "", "on_time"
    )


# --- closed days


def due(arrivals: Arrivals, slot: str, on: date, deadlines: Deadlines = DEADLINES) -> tuple[date | None, str]:
    found = next(duty for duty in duties(arrivals, {}, deadlines, on) if duty.slot == slot)
    return found.due_on, found.closure


@pytest.mark.parametrize(
    ("slot", "due_on", "closure"),
    [
        ("2025-12", date(2026, 2, 2), "星期六"),
        ("2026-01", date(2026, 3, 2), "和平紀念日"),  # 28 February 2026 is a Saturday besides
        ("2026-04", date(2026, 6, 1), "星期日"),
        ("2026-03", date(2026, 4, 30), ""),
        ("2027-01", date(2027, 3, 2), "和平紀念日"),  # a Sunday; the Monday after it is off in lieu
    ],
)
def test_a_due_date_on_a_closed_day_moves_to_the_next_working_day(slot: str, due_on: date, closure: str) -> None:
    arrivals = {(Kind.COLLECTION, "2025-11"): arrived(date(2025, 12, 20))}
    assert due(arrivals, slot, date(2027, 12, 1)) == (due_on, closure)


def test_a_saturday_worked_for_a_bridge_day_moves_nothing() -> None:
    arrivals = {(Kind.COLLECTION, "2018-02"): arrived(date(2018, 3, 20))}
    assert due(arrivals, "2018-02", date(2018, 4, 1)) == (date(2018, 3, 31), "")


def test_a_rule_may_leave_due_dates_where_they_are() -> None:
    unmoved = DEADLINES.model_copy(update={"on_closed_day": "unmoved"})
    arrivals = {(Kind.COLLECTION, "2026-01"): arrived(date(2026, 2, 20))}
    assert due(arrivals, "2026-01", date(2026, 3, 1), unmoved) == (date(2026, 2, 28), "")


def test_a_moved_duty_stays_in_the_year_of_its_stated_date() -> None:
    arrivals = {(Kind.COLLECTION, "2027-11"): arrived(date(2027, 12, 20))}
    (found,) = [duty for duty in duties(arrivals, {}, DEADLINES, date(2027, 12, 1)) if duty.kind]
    assert found.due_on == date(2028, 1, 3), "31 December 2027 is off in lieu of New Year, a Saturday"
    assert found.year == FullYear(2027)


# --- duties without figures

FIRST_ONES: Arrivals = {
    (Kind.COLLECTION, "2025-11"): arrived(date(2025, 12, 15)),
    (Kind.PAYMENT_RATE, "2025-11-30"): arrived(date(2025, 12, 15)),
    (Kind.VISITS, "2025-H1"): arrived(date(2025, 9, 16)),
    (Kind.UNPAID_REASONS, "2025-H1"): arrived(date(2025, 9, 16)),
    (Kind.AVERAGE_RATE, "2025"): arrived(date(2025, 11, 20)),
}
A_YEAR = """
01-01  awaited   collection 2025-12, visits 2025, unpaid_reasons 2025, dunning_plan 2026
01-01  awaited   analysis_and_measures 2025, arrears_roster 2026-01
01-01  when_fit  funeral_list 2026, maternity_list 2026, long_arrears_list 2026
02-01  awaited   collection 2026-01, payment_rate 2026-01-31
02-03  missing   collection 2025-12, arrears_roster 2026-01
03-01  awaited   collection 2026-02
03-03  missing   collection 2026-01, payment_rate 2026-01-31, dunning_plan 2026
04-01  missing   collection 2026-02
04-01  awaited   collection 2026-03, payment_rate 2026-03-31, arrears_roster 2026-04, general_roster 2026-04
05-01  missing   collection 2026-03, payment_rate 2026-03-31, arrears_roster 2026-04, general_roster 2026-04
05-01  awaited   collection 2026-04
06-01  awaited   collection 2026-05, payment_rate 2026-05-31
06-02  missing   collection 2026-04, visits 2025, unpaid_reasons 2025, analysis_and_measures 2025
07-01  missing   collection 2026-05, payment_rate 2026-05-31
07-01  awaited   collection 2026-06, visits 2026-H1, unpaid_reasons 2026-H1, arrears_roster 2026-07
08-01  missing   collection 2026-06, arrears_roster 2026-07
08-01  awaited   collection 2026-07, payment_rate 2026-07-31
09-01  missing   collection 2026-07, payment_rate 2026-07-31
09-01  awaited   collection 2026-08
10-01  missing   collection 2026-08, visits 2026-H1, unpaid_reasons 2026-H1
10-01  awaited   collection 2026-09, payment_rate 2026-09-30, arrears_roster 2026-10, general_roster 2026-10
11-01  awaited   collection 2026-10, average_rate 2026
11-03  missing   collection 2026-09, payment_rate 2026-09-30, arrears_roster 2026-10, general_roster 2026-10
12-01  missing   collection 2026-10, average_rate 2026
12-01  awaited   collection 2026-11, payment_rate 2026-11-30
"""
IN_THE_DRAFT = """
01-01  awaited   funeral_list 2026-01, maternity_list 2026-01, long_arrears_list 2026-01
02-03  missing   funeral_list 2026-01, maternity_list 2026-01, long_arrears_list 2026-01
04-01  awaited   long_arrears_list 2026-04
05-01  missing   long_arrears_list 2026-04
07-01  awaited   maternity_list 2026-07, long_arrears_list 2026-07
08-01  missing   maternity_list 2026-07, long_arrears_list 2026-07
10-01  awaited   long_arrears_list 2026-10
11-03  missing   long_arrears_list 2026-10
"""
Turn = tuple[date, str, str, str]


def written(turns: str) -> set[Turn]:
    found: set[Turn] = set()
    for line in turns.strip().splitlines():
        day, state, listed = line.split(maxsplit=2)
        on = date.fromisoformat(f"2026-{day}")
        found |= {(on, state, key, slot) for key, slot in (one.split() for one in listed.split(", "))}
    return found


def turns_of_2026(deadlines: Deadlines) -> Iterator[Turn]:
    """Move a clock through 2026 and yield each day on which something comes up or changes its state."""
    before = {(duty.key, duty.slot): duty.state for duty in duties(FIRST_ONES, {}, deadlines, date(2025, 12, 31))}
    for day in range(365):
        on = date(2026, 1, 1) + timedelta(days=day)
        now = {(duty.key, duty.slot): duty.state for duty in duties(FIRST_ONES, {}, deadlines, on)}
        assert before.keys() <= now.keys(), "nothing owed is ever forgotten"
        yield from ((on, state, *one) for one, state in now.items() if before.get(one) != state)
        before = now


def test_a_clock_moved_through_a_year_brings_up_each_duty_on_its_day() -> None:
    assert set(turns_of_2026(DEADLINES)) == written(A_YEAR)


def test_in_the_draft_priority_lists_have_months_of_their_own() -> None:
    without_lists = {turn for turn in written(A_YEAR) if turn[1] != "when_fit"}
    assert set(turns_of_2026(DRAFT)) == without_lists | written(IN_THE_DRAFT)


def test_what_is_ticked_off_is_on_time_late_or_done_when_fit() -> None:
    ticked = {
        ("arrears_roster", "2026-01"): Done(date(2026, 2, 2), "甲"),
        ("arrears_roster", "2026-04"): Done(date(2026, 5, 4), "乙"),
        ("funeral_list", "2026"): Done(date(2026, 6, 1), "丙"),
    }
    found = {(duty.key, duty.slot): duty for duty in duties({}, ticked, DEADLINES, date(2026, 6, 30))}
    january, april = found["arrears_roster", "2026-01"], found["arrears_roster", "2026-04"]
    assert (january.state, january.days, january.document) == ("on_time", 0, "甲"), "31 January is a Saturday"
    assert (april.state, april.days) == ("late", 4)
    assert found["funeral_list", "2026"].state == "done"
    assert found["funeral_list", "2026"].due_on is None
    assert found["maternity_list", "2026"].state == "when_fit"


def test_the_last_tick_of_a_slot_holds() -> None:
    first = Tick(duty="arrears_roster", slot="2026-01", done_on=date(2026, 1, 9), document="甲")
    corrected = first.model_copy(update={"done_on": date(2026, 1, 19), "document": "乙", "reason": "日期誤植"})
    assert done([first, corrected]) == {("arrears_roster", "2026-01"): Done(date(2026, 1, 19), "乙")}


def test_what_falls_due_soon_is_announced_before_its_time_is_over() -> None:
    arrivals = {(Kind.COLLECTION, "2026-10"): arrived(date(2026, 11, 20))}
    on = date(2026, 11, 22)
    coming = [
        (duty.key, duty.slot, duty.due_on)
        for duty in duties(arrivals, {}, DEADLINES, on, date(2027, 1, 31))
        if duty.state == "upcoming"
    ]
    assert coming == [
        ("collection", "2026-11", date(2026, 12, 31)),
        ("collection", "2026-12", date(2027, 2, 1)),
        ("arrears_roster", "2027-01", date(2027, 2, 1)),
    ]


def test_a_review_report_is_a_duty_once_someone_sets_its_deadline() -> None:
    assert "review_report" not in {duty.key for duty in duties({}, {}, DEADLINES, date(2027, 1, 1))}
    set_by_someone = DEADLINES.model_copy(
        update={"review_report": DEADLINES.average_rate.model_copy(update={"years_after": 1, "month": 1, "day": 31})}
    )
    (owed,) = [duty for duty in duties({}, {}, set_by_someone, date(2027, 1, 1)) if duty.key == "review_report"]
    assert (owed.slot, owed.stated_on, owed.due_on) == ("2026", date(2027, 1, 31), date(2027, 2, 1))
