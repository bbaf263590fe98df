"""The pickers of the calendar of duties: which year, under which version of the rule, in what state."""

from collections.abc import Sequence

from dashboard import show, widgets
from dashboard.domain import duty_words, words
from dashboard.domain.kinds import DutyFilter
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import period_code, roc_period
from dashboard.rules.rule import Rule, rule_keys, rule_of_year


def year_picker(years: Sequence[FullYear]) -> FullYear:
    """Ask for a year, the one that runs first."""
    return widgets.choice_of("year", words.PICK_YEAR, widgets.options(years, period_code, roc_period))


def rule_picker(year: FullYear) -> Rule:
    """Ask for a version of the rule: the one in force in a year first, then those whose calendars differ."""
    calendars = [show.rule(rule_of_year(year).key)]
    for key in rule_keys():
        other = show.rule(key)
        if other.deadlines not in [one.deadlines for one in calendars]:
            calendars.append(other)
    in_force = calendars[0]

    def label(one: Rule) -> str:
        return duty_words.IN_FORCE if one is in_force else one.proposed_by

    return widgets.choice_of("rule", duty_words.PICK_RULE, widgets.options(calendars, lambda one: one.key, label))


def state_picker() -> DutyFilter:
    """Ask which duties are listed."""
    return widgets.choice_of(
        "state", duty_words.PICK_STATE, widgets.options(list(DutyFilter), str, duty_words.FILTERS.__getitem__)
    )
