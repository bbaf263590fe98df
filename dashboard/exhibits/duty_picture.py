"""The picture of a calendar of duties: each stream a row, each due date and each receipt a sign."""

from collections.abc import Iterator, Sequence
from datetime import date

from dashboard.charts.duty_timeline import Mark, duty_timeline
from dashboard.charts.picture import Caption
from dashboard.domain import chart_words, duty_words, words
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_date, roc_year
from dashboard.exhibits.duties_owed import named, short_stream, state_of
from dashboard.exhibits.exhibit import Chart, Source
from dashboard.rules.duties import Duty
from dashboard.rules.rule import Rule


def picture_of(
    year: FullYear, of_year: Sequence[Duty], rule: Rule, on: date, title: str, reports: Sequence[Source]
) -> Chart:
    """Draw the duties of one year as they stand on a day."""
    rows = list(dict.fromkeys(short_stream(duty.key, rule) for duty in _by_stream(of_year, rule)))
    marks = [mark for duty in of_year for mark in _marks(duty, rule, year, on)]
    spans = [
        (short_stream(duty.key, rule), duty.due_on, duty.received_on)
        for duty in of_year
        if duty.due_on and duty.received_on and duty.state != "history"
    ]
    subject = f"{roc_year(year.year)}{duty_words.SUBJECT}"
    simulated = any(report.is_simulated for report in reports)
    caption = Caption(
        subject=subject,
        lines=(duty_words.snapshot(on), title),
        small=(
            *map(_quoted, reports),
            words.rule_version(rule.label, rule.content_sha256),
            *([words.SIMULATED_NOTE] if simulated else []),
        ),
        badge=chart_words.SIMULATED_BADGE if simulated else "",
        file_name=chart_words.picture_name(subject, on, []),
    )
    drawn = duty_timeline(rows, marks, spans, year.year, on, caption)
    return Chart(drawn, duty_words.alt(title, len(rows)))


def _by_stream(of_year: Sequence[Duty], rule: Rule) -> list[Duty]:
    """Order duties as reports first, then those without figures, each as they are listed everywhere."""
    order = [*Kind, *rule.deadlines.streams_by_hand]
    return sorted(of_year, key=lambda duty: order.index(duty.key))


def _marks(duty: Duty, rule: Rule, year: FullYear, on: date) -> Iterator[Mark]:
    row, told = short_stream(duty.key, rule), _told(duty, rule, on)
    if duty.due_on and duty.state == "missing":
        yield Mark(row, duty.due_on, "missing", told)
    elif duty.due_on:
        yield Mark(row, duty.due_on, "due", told)
    # What a long file brought in years later would stand far outside the picture.
    if duty.received_on and duty.state in duty_words.MARKS and _is_near(duty.received_on, year):
        yield Mark(row, duty.received_on, duty.state, told)


def _is_near(day: date, year: FullYear) -> bool:
    return date(year.year - 1, 12, 1) <= day <= date(year.year + 1, 1, 31)


def _told(duty: Duty, rule: Rule, on: date) -> str:
    due = roc_date(duty.due_on) if duty.due_on else duty_words.WHEN_FIT
    received = roc_date(duty.received_on) if duty.received_on else duty_words.NONE
    return duty_words.hover(named(duty, rule), due, received, state_of(duty, on))


def _quoted(report: Source) -> str:
    dates = report.issued_on, report.received_on
    return chart_words.source(report.kind, report.as_of, dates, report.submission_id)
