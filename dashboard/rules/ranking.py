"""The ranking: rank each indicator inside the group, weigh the points, and say who owes a review report.

Everything is computed in exact fractions from counts and amounts; nothing is rounded before it is printed.
"""

import dataclasses
from collections.abc import Collection, Mapping
from fractions import Fraction

import pandas as pd

from dashboard.domain.counties import counties
from dashboard.domain.periods import FullYear
from dashboard.rules import formulas, words
from dashboard.rules.formulas import INPUT_COLUMNS, Counts
from dashboard.rules.rule import Rule
from dashboard.rules.words import UNDECIDED, Verdict


@dataclasses.dataclass(frozen=True)
class IndicatorRank:
    """One indicator of one county: value in its unit, rank in the group, points 0–100 before weighing.

    value is None where it cannot be computed; rank and points are None where the county has no place.
    """

    value: Fraction | None
    rank: int | None
    points: Fraction | None


@dataclasses.dataclass(frozen=True)
class CountyRank:
    """One county's result. place and total (0–100) are None where one of its indicators has no value."""

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


@dataclasses.dataclass(frozen=True)
class Ranking:
    """All 22 counties in the order of official tables, under one rule, for one evaluation year."""

    year: FullYear
    rule: Rule
    is_trial: bool
    rows: tuple[CountyRank, ...]


@dataclasses.dataclass(frozen=True)
class _Group:
    """One group's counties: figures of all, growth of those whose rates are known, values of those to be ranked."""

    name: str
    figures: Mapping[str, Counts]
    growth_pp: Mapping[str, Fraction]
    values: Mapping[str, Mapping[str, Fraction]]


def rank(inputs: pd.DataFrame, rule: Rule, year: FullYear) -> Ranking:
    """Rank the 22 counties for an evaluation year.

    Grain: `inputs` has one row per county: county_code (text) and whole numbers, NA where missing – receivable_twd
    and received_twd (from 97年10月 to the report of the year), base_receivable_twd and base_received_twd (to that of
    the year before), target_visits, visited_persons, successful_persons and repaid_persons (the rule's visit year).
    Missing: a county without one of its values, for want of a figure or over a zero denominator, has no place, does
    not count in its group, and its report is undecided unless its rate grew.
    Ties: equal values share a rank and its points, equal totals share a place. A county is in the last two if no
    order among equals could put it out, not in them if none could put it in, else undecided: a person decides.
    In a group of one or two ranked counties all of them are the last two.
    Exemption: the average rate grew, on exact amounts; zero is not growth. It outweighs any tie.
    """
    figures = _figures(inputs)
    by_group: dict[str, dict[str, Counts]] = {}
    for county in counties():
        by_group.setdefault(getattr(county, rule.group_by), {})[county.county_code] = figures[county.county_code]
    rows: dict[str, CountyRank] = {}
    for name, members in by_group.items():
        rows |= _rank_group(_group(name, members, rule), rule, year)
    return Ranking(year, rule, rule.is_trial(year), tuple(rows[county.county_code] for county in counties()))


def _figures(inputs: pd.DataFrame) -> dict[str, Counts]:
    """Take the frame apart into exact integers; a frame of another shape is a mistake of the caller."""
    if sorted(inputs["county_code"]) != sorted(county.county_code for county in counties()):
        raise ValueError("a ranking takes each of the 22 counties once")
    inexact = [column for column in INPUT_COLUMNS if not pd.api.types.is_integer_dtype(inputs[column].dtype)]
    if inexact:
        raise ValueError(f"a ranking takes whole numbers, not {inputs.dtypes[inexact].to_dict()}")
    columns = {column: [None if pd.isna(n) else int(n) for n in inputs[column]] for column in INPUT_COLUMNS}
    return {
        code: {column: numbers[row] for column, numbers in columns.items()}
        for row, code in enumerate(inputs["county_code"])
    }


def _group(name: str, members: Mapping[str, Counts], rule: Rule) -> _Group:
    growth = _known({code: formulas.value("rate_change_pp", counts) for code, counts in members.items()})
    values = {
        code: _known({key: formulas.value(one.formula, counts) for key, one in rule.indicators.items()})
        for code, counts in members.items()
    }
    # The exemption looks at growth, so a county whose growth is unknown cannot be placed either.
    complete = {code: own for code, own in values.items() if len(own) == len(rule.indicators) and code in growth}
    return _Group(name, members, growth, complete)


def _known(values: Mapping[str, Fraction | None]) -> dict[str, Fraction]:
    return {key: value for key, value in values.items() if value is not None}


def _rank_group(group: _Group, rule: Rule, year: FullYear) -> dict[str, CountyRank]:
    standings = {code: _standings(code, group, rule) for code in group.values}
    totals = {code: _total(ranks, rule) for code, ranks in standings.items()}
    return {
        code: _placed(code, group, standings[code], totals, rule, year)
        if code in totals
        else _unplaced(code, group, rule, year)
        for code in group.figures
    }


def _standings(code: str, group: _Group, rule: Rule) -> dict[str, IndicatorRank]:
    """Rank one county among its group: 1 + those strictly better; of n, rank r gets 100 · (n − r + 1) / n points."""
    standings = {}
    n = len(group.values)
    for key, indicator in rule.indicators.items():
        own = group.values[code][key]
        others = [values[key] for values in group.values.values()]
        better = sum(other > own if indicator.higher_is_better else other < own for other in others)
        standings[key] = IndicatorRank(own, 1 + better, Fraction(100 * (n - better), n))
    return standings


def _total(ranks: Mapping[str, IndicatorRank], rule: Rule) -> Fraction:
    weighted = [Fraction(rule.indicators[key].weight) * (one.points or 0) / 100 for key, one in ranks.items()]
    return sum(weighted, Fraction())


def _placed(
    code: str,
    group: _Group,
    ranks: Mapping[str, IndicatorRank],
    totals: Mapping[str, Fraction],
    rule: Rule,
    year: FullYear,
) -> CountyRank:
    total, growth_pp, last = totals[code], group.growth_pp[code], rule.report.count
    place = 1 + sum(other > total for other in totals.values())
    in_last = _is_in_last(total, totals.values(), last)
    standing = words.standing(group.name, place, len(totals), len(group.figures) - len(totals))
    sentence = f"{standing}，{words.report_verdict(in_last, last, growth_pp)}"
    return CountyRank(
        county_code=code,
        group=group.name,
        place=place,
        total=total,
        indicators=ranks,
        in_last_two=in_last,
        exempt=growth_pp > 0,
        growth_pp=growth_pp,
        owes_review_report=False if growth_pp > 0 else in_last,
        reason=words.reason(sentence, rule.is_trial(year)),
    )


def _is_in_last(total: Fraction, totals: Collection[Fraction], last: int) -> Verdict:
    """Say whether a county is among the last ones however equals are ordered; undecided where the order matters."""
    if sum(other <= total for other in totals) <= last:
        return True
    if sum(other < total for other in totals) >= last:
        return False
    return UNDECIDED


def _unplaced(code: str, group: _Group, rule: Rule, year: FullYear) -> CountyRank:
    counts, growth_pp = group.figures[code], group.growth_pp.get(code)
    grew = growth_pp is not None and growth_pp > 0
    gaps = [
        words.gap(one.label, obstacles, year.year, rule.visit_year(year).year)
        for one in rule.indicators.values()
        if (obstacles := formulas.obstacles(one.formula, counts))
    ]
    return CountyRank(
        county_code=code,
        group=group.name,
        place=None,
        total=None,
        indicators={
            key: IndicatorRank(formulas.value(one.formula, counts), None, None) for key, one in rule.indicators.items()
        },
        in_last_two=UNDECIDED,
        exempt=grew,
        growth_pp=growth_pp,
        # Wherever the missing figures would put it, a county whose rate grew owes nothing.
        owes_review_report=False if grew else UNDECIDED,
        reason=words.reason(words.no_place(group.name, gaps, growth_pp), rule.is_trial(year)),
    )
