"""The ranking: group, score and place the counties under a rule, and say who owes a review report.

Everything is computed in exact fractions from counts and amounts; nothing is rounded before it is printed but what
the rule itself rounds.
"""

import dataclasses
import functools
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

import pandas as pd

from dashboard.domain.counties import county_coded
from dashboard.domain.periods import FullYear
from dashboard.rules import reporting, rule_words, words
from dashboard.rules.rule import TOTAL, Rule
from dashboard.rules.standing import IndicatorRank, Standing, Standings, standings
from dashboard.rules.words import UNDECIDED, Verdict

__all__ = ["CountyRank", "IndicatorRank", "Ranking", "rank"]

_NOTHING_EARLIER: Mapping[FullYear, pd.DataFrame] = MappingProxyType({})


@dataclasses.dataclass(frozen=True)
class CountyRank:
    """One county's result. place and total are None where it is not ranked; the reason says why.

    total is 0–100 under rank points. in_last_two says whether the county is among those the rule asks (the last two
    of its group, of the nation, or of several years running), before any exemption; last_of_year looks at the
    year alone.
    """

    county_code: str
    group: str
    place: int | None
    total: Fraction | None
    indicators: Mapping[str, IndicatorRank]
    in_last_two: Verdict
    exempt: bool
    growth_pp: Fraction | None
    owes_review_report: Verdict
    reason: str
    last_of_year: Verdict


@dataclasses.dataclass(frozen=True)
class Ranking:
    """All 22 counties in the order of official tables, under one rule, for one evaluation year."""

    year: FullYear
    rule: Rule
    is_trial: bool
    rows: tuple[CountyRank, ...]
    remarks: tuple[str, ...]
    """What is odd about the rule on these figures: holes, counties without a group, formulas turned over."""


@dataclasses.dataclass(frozen=True)
class _Judging:
    """What a county's verdict is taken from: the standings of the year and who was among the last in which year."""

    rule: Rule
    year: FullYear
    standings: Standings
    last_ones: Mapping[FullYear, Mapping[str, Verdict]]

    @functools.cached_property
    def is_trial(self) -> bool:
        return self.rule.is_trial(self.year)

    def verdicts(self, code: str) -> dict[int, Verdict]:
        return {year.year: found.get(code, UNDECIDED) for year, found in self.last_ones.items()}


def rank(
    inputs: pd.DataFrame, rule: Rule, year: FullYear, earlier: Mapping[FullYear, pd.DataFrame] = _NOTHING_EARLIER
) -> Ranking:
    """Rank the 22 counties for an evaluation year.

    Grain: `inputs` has one row per county: county_code (text) and whole numbers, NA where missing – receivable_twd
    and received_twd (from 97年10月 to the report of the year), base_receivable_twd and base_received_twd (to that of
    the year before), target_visits, visited_persons, successful_persons and repaid_persons (the rule's visit year);
    for each of `rule.volumes` also the sum and number of its reports (formulas.VOLUMES). `earlier` has such a frame
    for each of `rule.earlier_years(year)` that is known.
    Missing: a county without a group, without one of its values, for want of a figure or over a zero denominator, or
    without points has no place and does not count in its group. Whether it reports is undecided unless its rate grew
    or the rule goes by an indicator that it has.
    Ties: equal values share a rank and its points, equal totals share a place (unless the rule's tie-break parts
    them). A county is among the last ones if no order among equals could put it out, not if none could put it in,
    else undecided: a person decides. In a group of one or two ranked counties all of them are the last two.
    Years running: among the last ones in every one of the years, under the same rule; an earlier year without
    verdict leaves it undecided unless another year says no.
    Exemption, where the rule has it: the average rate grew, on exact amounts; zero is not growth. It outweighs ties.
    """
    own = standings(inputs, rule, year)
    last_ones = {year: reporting.among_last(rule.report, own.candidates(rule))}
    for before in rule.earlier_years(year):
        known = standings(earlier[before], rule, before).candidates(rule) if before in earlier else {}
        last_ones[before] = reporting.among_last(rule.report, known)
    judging = _Judging(rule, year, own, last_ones)
    rows = tuple(_judged(code, judging) for code in own.of)
    return Ranking(year, rule, judging.is_trial, rows, _remarks(own, rule))


def _judged(code: str, judging: _Judging) -> CountyRank:
    one, report = judging.standings.of[code], judging.rule.report
    verdicts = judging.verdicts(code)
    selected = reporting.in_all(verdicts.values())
    grew = report.exempts_growth and one.growth_pp is not None and one.growth_pp > 0
    sentence = _sentence(one, selected, verdicts, judging)
    return CountyRank(
        county_code=code,
        group=one.group or rule_words.NO_GROUP,
        place=one.place,
        total=one.total,
        indicators=one.indicators,
        in_last_two=selected,
        exempt=grew,
        growth_pp=one.growth_pp,
        # Wherever ties or missing figures would put it, a county whose rate grew owes nothing.
        owes_review_report=False if grew else selected,
        reason=words.reason(sentence, judging.is_trial),
        last_of_year=verdicts[judging.year.year],
    )


def _sentence(one: Standing, selected: Verdict, verdicts: Mapping[int, Verdict], judging: _Judging) -> str:
    rule = judging.rule
    group = one.group or rule_words.NO_GROUP
    hangs_on_place = rule.report.by == TOTAL or selected is UNDECIDED
    if one.place is None and hangs_on_place and selected is not False:
        return words.no_place(group, one.gaps, one.growth_pp, rule.report.exempts_growth)
    own = verdicts[judging.year.year]
    last, years = rule.last_ones, rule.report.years_running
    where = words.position(last, own) if years == 1 else words.running(last, years, own, verdicts)
    verdict = words.report_verdict(where, selected, one.growth_pp, rule.report.exempts_growth)
    standing = (
        words.unranked(group, one.gaps)
        if one.place is None
        else words.standing(group, one.place, *judging.standings.ranked(one.group))
    )
    return f"{standing}，{verdict}" if one.place is not None else f"{standing}；{verdict}"


def _remarks(own: Standings, rule: Rule) -> tuple[str, ...]:
    apart = [county_coded(code).name for code, one in own.of.items() if one.group is None]
    turned = [rule_words.group_of_indicator(group, indicator) for group, indicator in own.turned]
    return (
        *rule.remarks(),
        *([rule_words.without_group(apart)] if apart else []),
        *([rule_words.turned_over(turned)] if turned else []),
    )
