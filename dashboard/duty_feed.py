"""Due dates as a feed that calendars subscribe to: all-day events of the past year and the one to come."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboard import questions
from dashboard.domain import duty_words
from dashboard.domain.display import display
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_date
from dashboard.domain.settings import TAIPEI, today
from dashboard.exhibits.duties_owed import arrivals, named, owed, route, ticks
from dashboard.rules.duties import Duty
from dashboard.rules.rule import Rule, rule_of_year
from dashboard.warehouse import Warehouse
from dashboard.web.bodies import REVALIDATE, Body
from dashboard.web.house import base_path

if TYPE_CHECKING:
    from icalendar import Calendar

ROUTE = "duties.ics"
_YEAR = timedelta(days=366)
_OPEN = frozenset({"missing", "awaited", "upcoming"})
_UID_HOST = "guobao-dashboard"


def routes() -> list[BaseRoute]:
    return [Route(f"{base_path()}/{ROUTE}", _serve)]


def link() -> str:
    """Return a link to the feed as HTML."""
    return f'<p class="feed"><a href="{escape(base_path())}/{ROUTE}" download>{duty_words.FEED_LINK}</a></p>'


async def _serve(request: Request) -> Response:
    body = await run_in_threadpool(_body)
    return body.answer(request.headers, body.encoding_for(request.headers) or "identity", REVALIDATE)


def _body() -> Body:
    on = today()
    rule = questions.rule(rule_of_year(FullYear(on.year)).key)
    return Body.quick(calendar(questions.warehouse(), rule, on, questions.decisions()), "text/calendar")


def calendar(db: Warehouse, rule: Rule, on: date, decided: int) -> bytes:
    """Return the feed as it is on a day: equal bytes for equal records, whatever the clock says."""
    listed = [
        duty
        for duty in owed(db, rule, on, decided, on + _YEAR)
        if duty.due_on and on - _YEAR <= duty.due_on <= on + _YEAR
    ]
    return _written(sorted(listed, key=lambda duty: (duty.due_on or on, _uid(duty))), rule, _stamp(db, rule, decided))


def _stamp(db: Warehouse, rule: Rule, decided: int) -> datetime:
    """Return when what the feed says last changed: the newest receipt, tick or assumption."""
    days = [*(one.since for one in rule.assumptions.values()), *(day for day, _ in arrivals(db).values())]
    last = datetime.combine(max(days), time(), TAIPEI).astimezone(UTC)
    return max([last, *(one.recorded_at for one in ticks(db, decided))]).replace(microsecond=0)


def _uid(duty: Duty) -> str:
    """Name an event for good: a date that moves, or a duty that is done, changes the same event."""
    return f"{duty.key}.{duty.slot}@{_UID_HOST}"


def _written(listed: Sequence[Duty], rule: Rule, stamp: datetime) -> bytes:
    from icalendar import Calendar  # noqa: PLC0415 - an eighth of a second that only the feed need pay

    feed = Calendar()
    feed.add("prodid", f"-//{_UID_HOST}//zh-TW")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", duty_words.CALENDAR)
    feed.add("x-wr-timezone", TAIPEI.key)
    for duty in listed:
        _add(feed, duty, rule, stamp)
    return bytes(feed.to_ical())


def _add(feed: "Calendar", duty: Duty, rule: Rule, stamp: datetime) -> None:
    from icalendar import Alarm, Event  # noqa: PLC0415 - as above

    due_on, is_open, name = duty.due_on, duty.state in _OPEN, named(duty, rule)
    if due_on is None:
        return
    event = Event()
    event.add("uid", _uid(duty))
    event.add("dtstamp", stamp)
    event.add("dtstart", due_on)
    event.add("dtend", due_on + timedelta(days=1))
    event.add("summary", duty_words.summary(name, duty_words.STATES[duty.state], is_open))
    event.add("description", _description(duty, rule))
    event.add("transp", "TRANSPARENT")
    if is_open:
        days = display().duties.alarm_days
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", duty_words.alarm(name, days))
        alarm.add("trigger", timedelta(days=-days))
        event.add_component(alarm)
    feed.add_component(event)


def _description(duty: Duty, rule: Rule) -> str:
    moved = duty_words.moved(duty.stated_on, duty.closure) if duty.stated_on and duty.closure else ""
    done = f"{duty_words.RECEIVED} {roc_date(duty.received_on)}" if duty.received_on else ""
    told = (duty_words.route(*route(duty, rule)), duty_words.STATES[duty.state], done, moved, rule.label)
    return "\n".join(line for line in told if line)
