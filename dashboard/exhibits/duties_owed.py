"""What is owed under a rule, from the reports that arrived and the duties people ticked off."""

from datetime import date, timedelta

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.decided import day_of, ticks_of
from dashboard.domain import duty_words, words
from dashboard.domain.display import display
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear, period_from_iso
from dashboard.domain.roc import roc_period
from dashboard.ledger import Decision
from dashboard.rules.deadlines import REVIEW_REPORT
from dashboard.rules.duties import Arrival, Duty, Tick, done, duties
from dashboard.rules.rule import Rule, rule_of_year
from dashboard.warehouse import Warehouse


def owed(
    db: Warehouse, rule: Rule, on: date, decided: int, until: date | None = None, known_on: date = CURRENT
) -> list[Duty]:
    """List what is owed up to a day under a rule, ticks of the first `decided` decisions included."""
    ticked = done(tick_of(one) for one in ticks(db, decided, known_on))
    return duties(arrivals(db, known_on), ticked, rule.deadlines, on, until)


def arrivals(db: Warehouse, known_on: date = CURRENT) -> dict[tuple[Kind, str], Arrival]:
    """Return when each report was first received, by kind and period (ISO); snapshots by their cut-off date."""
    return {
        (Kind(one["kind"]), one["period"] or one["as_of"].date().isoformat()): (
            one["received_on"].date(),
            one["covers_history"],
        )
        for one in answers.arrivals(db, known_on).to_dict("records")
    }


def ticks(db: Warehouse, decided: int, known_on: date = CURRENT) -> list[Decision]:
    """Return the decisions by which duties were ticked off, as known on a day, oldest first."""
    return [one for one in ticks_of(db, decided) if day_of(one) <= known_on]


def tick_of(decision: Decision) -> Tick:
    return Tick.model_validate(decision.body)


def duty_years(db: Warehouse, on: date, known_on: date = CURRENT) -> tuple[FullYear, ...]:
    """Return the years that can be looked at: that of a day first, the next one, and those before it with duties."""
    rule = rule_of_year(FullYear(on.year))
    first = min((duty.year for duty in owed(db, rule, on, 0, None, known_on)), default=FullYear(on.year))
    return (FullYear(on.year), FullYear(on.year + 1), *map(FullYear, range(on.year - 1, first.year - 1, -1)))


def stream(key: str, rule: Rule) -> str:
    """Return what readers call a stream of reports, or of duties without figures."""
    if key in list(Kind):
        return words.KIND_NAMES[Kind(key)]
    return duty_words.REVIEW_REPORT if key == REVIEW_REPORT else rule.deadlines.by_hand[key].label


def short_stream(key: str, rule: Rule) -> str:
    """Return the name of a stream where there is room for five letters."""
    if key in list(Kind):
        return duty_words.SHORT_NAMES[Kind(key)]
    return duty_words.REVIEW_REPORT if key == REVIEW_REPORT else rule.deadlines.by_hand[key].short


def deadline_assumptions(rule: Rule) -> tuple[str, ...]:
    """Return the sentences of what nobody published about due dates, the rhythm of reports among it."""
    pairs = zip(rule.assumptions.values(), rule.assumption_sentences(), strict=True)
    return tuple(told for one, told in pairs if all(path.startswith("deadlines.") for path in one.settings))


def period_of(duty: Duty) -> str:
    """Print what a duty speaks of: a period, or the cut-off date of a snapshot."""
    return duty_words.snapshot(duty.as_of) if duty.as_of else roc_period(period_from_iso(duty.period))


def named(duty: Duty, rule: Rule) -> str:
    """Name one duty in full: stream and period."""
    return f"{stream(duty.key, rule)}{period_of(duty)}"


def is_soon(duty: Duty, on: date) -> bool:
    """Tell whether it is not done and falls due within the days that the display settings name."""
    is_open = duty.state in {"awaited", "upcoming"} and duty.due_on is not None
    return is_open and (duty.due_on or on) <= on + timedelta(days=display().duties.soon_days)


def state_of(duty: Duty, on: date) -> str:
    """Say what became of it by a day."""
    return duty_words.state(duty.state, is_soon=is_soon(duty, on))


def route(duty: Duty, rule: Rule) -> tuple[str, str]:
    """Return who sends it and to whom."""
    if duty.kind:
        return duty_words.ROUTES[duty.kind]
    by_hand = rule.deadlines.by_hand.get(duty.key)
    return (by_hand.sender, by_hand.receiver) if by_hand else duty_words.REVIEW_REPORT_ROUTE
