"""data/reference/events.toml is validated, and says from when to when its events were."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.domain.errors import DashboardError
from dashboard.domain.events import FILE, events, events_within
from dashboard.domain.kinds import Kind

GOOD = """
[later]
from = 2024-03-01
to = 2024-05-31
kinds = ["payment_rate"]
short = "較晚"
label = "較晚之事"
source = "出處"
status = "assumed"

[earlier]
from = 2023-06-01
kinds = ["payment_rate", "visits"]
short = "較早"
label = "較早之事"
source = "出處"
status = "rule"
"""


def written(tmp_path: Path, text: str = GOOD) -> Path:
    file = tmp_path / "events.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_dates_and_words_come_from_the_file_earliest_first(tmp_path: Path) -> None:
    earlier, later = events(written(tmp_path))
    assert (earlier.start_on, earlier.end_on) == (date(2023, 6, 1), None)
    assert (later.start_on, later.end_on) == (date(2024, 3, 1), date(2024, 5, 31))
    assert later.sentence == "較晚之事（假設；出處）"


def test_only_events_of_the_kind_that_touch_the_span_are_marked(tmp_path: Path) -> None:
    file = written(tmp_path)

    def found(kind: Kind, first: date, last: date) -> list[str]:
        return [event.short for event in events_within(kind, first, last, file)]

    assert found(Kind.PAYMENT_RATE, date(2024, 5, 31), date(2024, 12, 31)) == ["較晚"]
    assert found(Kind.PAYMENT_RATE, date(2024, 6, 1), date(2024, 12, 31)) == []
    assert found(Kind.VISITS, date(2023, 1, 1), date(2024, 12, 31)) == ["較早"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (GOOD.replace("2024-05-31", "2024-02-01"), "later"),
        (GOOD.replace('"assumed"', '"sure"'), "later.status"),
        (GOOD.replace('"visits"', '"weather"'), "earlier.kinds"),
        ("[", "events.toml"),
    ],
)
def test_an_event_that_cannot_be_used_is_named(tmp_path: Path, wrong: str, named: str) -> None:
    with pytest.raises(DashboardError, match=named):
        events(written(tmp_path, wrong))


def test_the_subsidy_of_112_is_dated_by_its_premiums_and_its_deadline_by_the_day_of_payment() -> None:
    subsidy = next(event for event in events(FILE) if event.short == "補助保險費")
    assert (subsidy.start_on, subsidy.end_on) == (date(2023, 4, 1), date(2023, 12, 31))
    deadline = next(event for event in events(FILE) if event.short == "補助繳納期限")
    assert deadline.start_on == date(2025, 10, 31)
    assert Kind.PAYMENT_RATE not in deadline.kinds, "a day of payment has no place among billing periods"
