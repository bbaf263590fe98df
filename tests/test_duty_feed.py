"""The feed of due dates, read back by the library that calendars of the same standard are tested with."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from icalendar import Calendar, Event
from starlette.applications import Starlette

from dashboard import duty_feed
from dashboard.domain.settings import HOUSE
from dashboard.ledger import Ledger
from dashboard.rules.rule import load_rule
from dashboard.ticking import Stated, tick
from dashboard.warehouse import Door, Warehouse
from tests.web.asking import ask

RULE = load_rule("adopted")
ON = date(2026, 11, 22)


def events(db: Warehouse, on: date = ON, decided: int = 0) -> dict[str, Any]:
    read = Calendar.from_ical(duty_feed.calendar(db, RULE, on, decided))
    assert isinstance(read, Calendar)
    return {str(event["uid"]): event for event in read.walk("VEVENT") if isinstance(event, Event)}


def test_a_due_date_is_an_all_day_event_with_an_alarm_a_week_before(demo: Warehouse) -> None:
    event = events(demo)["collection.2026-10@guobao-dashboard"]
    assert event["summary"] == "欠費催繳作業收繳概況表115年10月"
    assert event["dtstart"].dt == date(2026, 11, 30)
    assert event["dtend"].dt == date(2026, 12, 1)
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-7)


def test_a_due_date_that_moved_says_from_where(demo: Warehouse) -> None:
    event = events(demo)["visits.2025@guobao-dashboard"]
    assert event["dtstart"].dt == date(2026, 6, 1)
    assert "原期限115年5月31日逢星期日" in event["description"]


def test_what_is_done_says_so_and_reminds_nobody(demo: Warehouse) -> None:
    event = events(demo)["average_rate.2026@guobao-dashboard"]
    assert event["summary"] == "（準時）平均繳費率115年"
    assert not event.walk("VALARM")


def test_the_feed_reaches_a_year_back_and_a_year_ahead_and_leaves_out_what_has_no_date(demo: Warehouse) -> None:
    found = events(demo)
    days = [event["dtstart"].dt for event in found.values()]
    assert ON - timedelta(days=366) <= min(days) < date(2026, 1, 1)
    assert date(2027, 10, 1) < max(days) <= ON + timedelta(days=366)
    assert not [uid for uid in found if uid.startswith("funeral_list")]


def test_equal_records_give_equal_bytes_and_the_same_events_stay_themselves_from_day_to_day(demo: Warehouse) -> None:
    assert duty_feed.calendar(demo, RULE, ON, 0) == duty_feed.calendar(demo, RULE, ON, 0)
    today, tomorrow = events(demo), events(demo, ON + timedelta(days=1))
    assert len(today.keys() & tomorrow.keys()) > 60
    stamp = datetime(2026, 11, 21, 16, tzinfo=UTC)
    assert {event["dtstamp"].dt for event in (*today.values(), *tomorrow.values())} == {stamp}, "of the newest receipt"


def test_a_tick_changes_its_event_and_the_stamp(demo_data_dir: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(demo_data_dir, data_dir)
    db, ledger = Door(data_dir).current(), Ledger(data_dir)
    uid = "arrears_roster.2026-10@guobao-dashboard"
    assert events(db)[uid]["summary"] == "欠費名冊115年10月"
    made = tick(ledger, RULE, Stated("arrears_roster", "2026-10", date(2026, 10, 30), "保國字第1號"), "王小明", ON)
    ledger.close()
    after = events(db, decided=1)[uid]
    assert after["summary"] == "（準時）欠費名冊115年10月"
    assert after["dtstamp"].dt == max(
        made.decision.recorded_at.replace(microsecond=0), datetime(2026, 11, 21, 16, tzinfo=UTC)
    )


def test_neither_holidays_nor_calendars_are_loaded_before_somebody_asks() -> None:
    loaded = "import sys, dashboard.asgi; print({'holidays', 'icalendar'} & sys.modules.keys())"
    told = subprocess.run([sys.executable, "-c", loaded], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


@pytest.fixture
def _served(demo_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(demo_data_dir))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.mark.usefixtures("_served")
def test_the_feed_is_served_to_be_asked_for_again() -> None:
    app = Starlette(routes=duty_feed.routes())
    answer = ask(app, "/duties.ics")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert ask(app, "/duties.ics", {"if-none-match": answer.headers["etag"]}).status == 304
