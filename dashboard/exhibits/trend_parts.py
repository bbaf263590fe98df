"""What the pictures of a trend share: places in time, events, hover boxes, printed values, notes, caption."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from dashboard.charts.picture import Caption
from dashboard.charts.trend_axis import Mark, Times
from dashboard.domain import chart_words, trend_words, words
from dashboard.domain.counties import County, counties
from dashboard.domain.display import display
from dashboard.domain.events import Event, events_within
from dashboard.domain.kinds import Kind
from dashboard.domain.measures import AVERAGE_RATE, RATE_CHANGE, Measure
from dashboard.domain.periods import BillingPeriod, HalfYear
from dashboard.domain.roc import roc_period, roc_year
from dashboard.exhibits.exhibit import NotAvailable
from dashboard.exhibits.trend_course import Course, Figure
from dashboard.exhibits.trend_periods import Moment
from dashboard.rules import numbers


def require_figures(course: Course) -> None:
    """Raise NotAvailable where no report shows anything of what was asked."""
    if any(moment.as_of for moment in course.moments):
        return
    if course.age is None:
        raise NotAvailable(trend_words.not_available(course.measure.label))
    raise NotAvailable(trend_words.no_snapshot_of_age(course.measure.label, course.age))


# --- values


def printed(measure: Measure, value: Fraction, decimals: int | None = None) -> str:
    """Print a value with its unit; differences with their sign."""
    places = measure.decimals if decimals is None else decimals
    if measure.is_difference:
        return trend_words.value(numbers.signed(value, places), measure.unit)
    return trend_words.value(_grouped(numbers.half_up(value, places), places), measure.unit)


def difference(measure: Measure, value: Fraction, decimals: int | None = None) -> str:
    """Print how far apart two values are, without sign."""
    places = measure.decimals if decimals is None else decimals
    return trend_words.value(_grouped(numbers.half_up_nonzero(abs(value), places), places), unit_apart(measure))


def signed(measure: Measure, value: Fraction, decimals: int) -> str:
    """Print how far a value moved, with its sign and without unit."""
    size = _grouped(numbers.half_up_nonzero(abs(value), decimals), decimals)
    return f"{('-', '', '+')[sign(value) + 1]}{size}"


def unit_apart(measure: Measure) -> str:
    """Return in what two values of a measure lie apart: rates in percentage points."""
    return RATE_CHANGE.unit if measure.unit == "%" else measure.unit


def _grouped(text: str, decimals: int) -> str:
    """Part the thousands; a count has no point."""
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if decimals or int(rest) else f"{int(whole):,}"


def sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def rate_of(measure: Measure) -> Measure:
    """Return the rate whose parts stand behind a measure: of a difference the one it is taken from."""
    return AVERAGE_RATE if measure is RATE_CHANGE else measure


def mean_decimals(course: Course, members: Sequence[County]) -> int:
    """Return the decimals of a line: a mean of counts needs one more than a count."""
    return course.measure.decimals + (course.measure.is_count and len(members) > 1)


# --- hover boxes


def details(course: Course, figure: Figure, decimals: int) -> list[object]:
    """Return what a hover box says of a point, in the order of `trend_words.hover_*`."""
    if figure.value is None:
        return []
    parts: list[object] = [figure.ratio.numerator, figure.ratio.denominator]
    if figure.base:
        parts += [figure.base.numerator, figure.base.denominator]
    lacks = [trend_words.lacks([one.name for one in figure.missing])] if figure.missing else []
    few = [words.small_selection(display().small_denominator.persons)] if figure.is_small else []
    return [
        printed(course.measure, figure.value, decimals),
        *parts,
        "".join(map(trend_words.hover_line, [*lacks, *few])),
    ]


def hover(course: Course, label: str, is_mean: bool) -> str:
    measure = course.measure
    if measure.is_difference:
        return trend_words.hover_difference(label, measure, rate_of(measure))
    if measure.is_count:
        return (trend_words.hover_mean if is_mean else trend_words.hover_count)(label, measure)
    return trend_words.hover_ratio(label, measure)


# --- time


def times(course: Course) -> Times:
    """Lay the periods out in months from the first; in hover boxes billing periods say how old they were."""
    start = _origin(course)
    firsts = [nth for nth, one in enumerate(course.moments) if _begins_year(course.moments, nth)]
    return Times(
        places=tuple(round(_place(course, one) - start, 2) for one in course.moments),
        ticks=tuple(trend_words.tick(one.period) for one in course.moments),
        names=tuple(_name(one) for one in course.moments),
        years=tuple(
            (round(_place(course, one) - start, 2), roc_year(one.period.start_on.year))
            for one in (course.moments[nth] for nth in firsts)
        ),
        breaks=tuple(nth for nth in range(1, len(course.moments)) if _ages_apart(course.moments[nth - 1 : nth + 1])),
    )


def _ages_apart(moments: Sequence[Moment]) -> bool:
    """Say whether two periods were reported so unequally long after due that a line between them would mislead."""
    ages = [one.age for one in moments if one.age is not None]
    return len(ages) == 2 and abs(ages[0] - ages[1]) > display().immature.months


def _begins_year(moments: Sequence[Moment], nth: int) -> bool:
    years = [one.period.start_on.year for one in moments[max(nth - 1, 0) : nth + 1]]
    return len(set(years)) == 2 or (nth == 0 and (moments[0].period.start_on.month <= 2 or len(moments) == 1))


def _name(moment: Moment) -> str:
    name = roc_period(moment.period)
    return name if moment.age is None else trend_words.aged(name, moment.age)


def _origin(course: Course) -> float:
    return course.moments[0].period.start_on.year * 12


def _place(course: Course, moment: Moment) -> float:
    """Return where a period stands, in months: a sum up to a day stands at that day, all else in its own middle."""
    period = moment.period
    if course.measure.source is Kind.AVERAGE_RATE:
        return months_to(moment.as_of) if moment.as_of else period.start_on.year * 12 + 10
    return (months_to(period.start_on) + months_to(period.end_on + timedelta(days=1))) / 2


def months_to(day: date) -> float:
    return day.year * 12 + day.month - 1 + (day.day - 1) / 31


def marks(course: Course) -> tuple[tuple[Mark, Event], ...]:
    """Return the events that the drawing touches, numbered."""
    first, last = course.moments[0].period.start_on, course.moments[-1].period.end_on
    if course.measure.source is Kind.AVERAGE_RATE:
        last = course.moments[-1].as_of or last
    found = events_within(course.measure.source, first, last)
    start = _origin(course)
    return tuple(
        (
            Mark(
                trend_words.NUMBERS[nth],
                round(months_to(event.start_on) - start, 2),
                round(months_to(event.end_on) - start, 2) if event.end_on else None,
                event.label,
            ),
            event,
        )
        for nth, event in enumerate(found)
    )


# --- words


def subject(course: Course) -> str:
    return trend_words.subject(course.measure, course.population, course.age)


def notes(course: Course) -> tuple[str, ...]:
    """Say what the measure is, how far its periods compare, and what is not there."""
    measure = course.measure
    found = [f"{measure.label}＝{measure.definition}。"]
    found += maturity_notes(course)
    incomplete = [(moment.period, [one.name for one in missing]) for moment, missing in course.incomplete.items()]
    found += [trend_words.missing_note(incomplete)] if incomplete else []
    unreported = [one.period for one in course.moments if one.as_of is None]
    is_payment = measure.source is Kind.PAYMENT_RATE
    found += [trend_words.no_report_note(unreported)] if unreported and not is_payment else []
    found.append(trend_words.GAP_NOTE)
    found += [trend_words.HALF_NOTE] if any(isinstance(one.period, HalfYear) for one in course.moments) else []
    return (*found, *course.notes, trend_words.WINDOW_NOTE)


def maturity_notes(course: Course) -> list[str]:
    """Say of billing periods as of when they are taken, which are too young to compare, and why these are lowest."""
    ages = [one.age for one in course.moments if one.age is not None]
    if not ages:
        return []
    young = [one.period for one, is_young in zip(course.moments, course.young, strict=True) if is_young]
    if course.age is not None:
        return [trend_words.equal_age_note(course.age)]
    immature = [trend_words.immature_note(young)] if young else []
    return [*immature, trend_words.latest_note(min(ages), max(ages))]


def assumptions(course: Course) -> tuple[str, ...]:
    """Return the settings nobody published that the drawing rests on."""
    of_bills = course.measure.source is Kind.PAYMENT_RATE
    by_age = [display().immature.assumption] if of_bills and course.age is None else []
    by_age += [display().equal_age.assumption] if of_bills and course.age is not None else []
    few = [display().small_denominator.assumption] if not course.measure.is_count else []
    return (*by_age, *few)


def caption(course: Course, title: str, lines: Sequence[str], small: Sequence[str]) -> Caption:
    return Caption(
        subject=title,
        lines=(
            words.newest_as_of_line(course.sources[0].as_of),
            chart_words.measured(course.measure.unit, course.measure.basis),
            *lines,
        ),
        small=(_quoted(course), *small),
        badge=chart_words.SIMULATED_BADGE if any(source.is_simulated for source in course.sources) else "",
        file_name=chart_words.picture_name(subject(course), course.sources[0].as_of, []),
    )


def _quoted(course: Course) -> str:
    days = [moment.as_of for moment in course.moments if moment.as_of]
    reports = [source.submission_id for source in course.sources]
    return trend_words.sources_line(course.measure.source, reports, (min(days), max(days)))


def groups() -> dict[str, tuple[County, ...]]:
    """Return the counties of each evaluation group, both in official order."""
    names = dict.fromkeys(one.group for one in counties())
    return {name: tuple(one for one in counties() if one.group == name) for name in names}


def is_billing(course: Course) -> bool:
    return isinstance(course.moments[0].period, BillingPeriod)
