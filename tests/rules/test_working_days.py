"""On which days offices are open, by the library and by the dated file of exceptions."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.domain.errors import DashboardError
from dashboard.rules.working_days import working_days

EXCEPTIONS = """
checked_on = 2026-11-22
closed = [{ day = 2026-03-31, name = "停止上班", source = "測試" }]
open = [{ day = 2026-05-30, name = "補行上班", source = "測試" }]
"""


@pytest.mark.parametrize(
    ("day", "closure", "following"),
    [
        (date(2026, 4, 30), "", date(2026, 4, 30)),
        (date(2026, 2, 27), "和平紀念日（補假）", date(2026, 3, 2)),
        (date(2026, 5, 1), "勞動節", date(2026, 5, 4)),
        (date(2024, 5, 1), "", date(2024, 5, 1)),  # offices of the government worked on it up to 113
        (date(2026, 2, 14), "星期六", date(2026, 2, 23)),  # New Year's holidays follow
        (date(2017, 9, 30), "", date(2017, 9, 30)),  # a worked Saturday
    ],
)
def test_the_library_knows_holidays_days_in_lieu_and_worked_saturdays(day: date, closure: str, following: date) -> None:
    assert working_days().closure(day) == closure
    assert working_days().next_open(day) == following


def test_the_file_goes_before_the_library(tmp_path: Path) -> None:
    file = tmp_path / "holidays.toml"
    file.write_text(EXCEPTIONS, encoding="utf-8")
    days = working_days(file)
    assert days.closure(date(2026, 3, 31)) == "停止上班"
    assert days.next_open(date(2026, 3, 31)) == date(2026, 4, 1)
    assert days.next_open(date(2026, 5, 30)) == date(2026, 5, 30), "a Saturday that is worked"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (EXCEPTIONS.replace("2026-03-31", '"去年底"'), "closed.0.day"),
        (EXCEPTIONS.replace('name = "補行上班", ', ""), "open.0.name"),
        ("[", "holidays.toml"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, wrong: str, named: str) -> None:
    file = tmp_path / "holidays.toml"
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(DashboardError, match=named):
        working_days(file)
