"""Standings of one year: each county's group, points, total and place, before anybody asks who reports.

Everything is computed in exact fractions from counts and amounts; only what a rule rounds is rounded.
"""

import bisect
import dataclasses
from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from dashboard.domain.counties import counties
from dashboard.domain.periods import FullYear
from dashboard.rules import formulas, rule_words, words
from dashboard.rules.formulas import INPUT_COLUMNS, VOLUMES, Counts
from dashboard.rules.methods import GroupMeanIndex, Values, ranks
from dashboard.rules.reporting import Candidate, Key
from dashboard.rules.rule import TOTAL, Rule


@dataclasses.dataclass(frozen=True)
class IndicatorRank:
    """One indicator of one county: value in its unit, rank in the group, points of the rule's method before weighing.

    value is None where it cannot be computed; rank and points are None where the county has no place.
    """

    value: Fraction | None
    rank: int | None
    points: Fraction | None


@dataclasses.dataclass(frozen=True)
class Standing:
    """Where a county stands in its group; place, total and key are None where `gaps` say why it has none."""

    group: str | None
    indicators: Mapping[str, IndicatorRank]
    growth_pp: Fraction | None
    gaps: tuple[str, ...]
    total: Fraction | None = None
    key: Key | None = None
    place: int | None = None


@dataclasses.dataclass(frozen=True)
class Standings:
    """The 22 counties of a year, and the groups and indicators in which a negative mean turned a formula over."""

    of: Mapping[str, Standing]
    turned: tuple[tuple[str, str], ...]

    def ranked(self, group: str | None) -> tuple[int, int]:
        """Return how many counties of a group have a place, and how many have none."""
        members = [one for one in self.of.values() if one.group == group]
        placed = sum(one.place is not None for one in members)
        return placed, len(members) - placed

    def candidates(self, rule: Rule) -> dict[str, Candidate]:
        """Return what decides who is among the last ones under a rule."""
        return {code: Candidate(one.group, one.growth_pp, _key(one, rule)) for code, one in self.of.items()}


def _key(one: Standing, rule: Rule) -> Key | None:
    """Return what orders a county among the others: total and tie-break, or one indicator; the lower, the worse."""
    if rule.report.by == TOTAL:
        return one.key
    value = one.indicators[rule.report.by].value
    if value is None or (rule.report.pool == "group" and one.group is None):
        return None
    return (value if rule.indicators[rule.report.by].higher_is_better else -value,)


def standings(inputs: pd.DataFrame, rule: Rule, year: FullYear) -> Standings:
    """Group, score and place the 22 counties. Grain and columns of `inputs`: see `ranking.rank`."""
    figures = _figures(inputs, rule)
    groups: dict[str | None, dict[str, Counts]] = {}
    for county in counties():
        counts = figures[county.county_code]
        groups.setdefault(rule.groups.of(county, counts), {})[county.county_code] = counts
    found: dict[str, Standing] = {}
    turned: list[tuple[str, str]] = []
    for name, members in groups.items():
        before = {code: _unplaced(code, name, counts, rule, year) for code, counts in members.items()}
        placed, upside_down = _placed({code: one for code, one in before.items() if not one.gaps}, members, rule)
        found |= before | placed
        turned += [(name or rule_words.NO_GROUP, indicator) for indicator in upside_down]
    return Standings({county.county_code: found[county.county_code] for county in counties()}, tuple(turned))


def _figures(inputs: pd.DataFrame, rule: Rule) -> dict[str, Counts]:
    """Take the frame apart into exact integers; a frame of another shape is a mistake of the caller."""
    wanted = (*INPUT_COLUMNS, *(column for volume in rule.volumes for column in VOLUMES[volume]))
    if sorted(inputs["county_code"]) != sorted(county.county_code for county in counties()):
        raise ValueError("a ranking takes each of the 22 counties once")
    missing = [column for column in wanted if column not in inputs]
    if missing:
        raise ValueError(f"the rule {rule.key} needs {missing} as well")
    inexact = [column for column in wanted if not pd.api.types.is_integer_dtype(inputs[column].dtype)]
    if inexact:
        raise ValueError(f"a ranking takes whole numbers, not {inputs.dtypes[inexact].to_dict()}")
    columns = {column: [None if pd.isna(n) else int(n) for n in inputs[column]] for column in wanted}
    return {
        code: {column: numbers[row] for column, numbers in columns.items()}
        for row, code in enumerate(inputs["county_code"])
    }


def _unplaced(code: str, group: str | None, counts: Counts, rule: Rule, year: FullYear) -> Standing:
    """Return the values of a county with what keeps it from having a place."""
    values = {key: formulas.value(one.formula, counts) for key, one in rule.indicators.items()}
    asked = next((key for key, one in rule.indicators.items() if one.formula == "rate_change_pp"), None)
    growth = values[asked] if asked else formulas.value("rate_change_pp", counts)
    return Standing(
        group,
        {key: IndicatorRank(value, None, None) for key, value in values.items()},
        growth,
        tuple(_gaps(code, group, counts, rule, year)),
    )


def _gaps(code: str, group: str | None, counts: Counts, rule: Rule, year: FullYear) -> list[str]:
    gaps = []
    if group is None:
        county = next(county for county in counties() if county.county_code == code)
        gaps.append(rule.groups.why_none(county, counts, rule.volume_year(year).year))
    if rule.tie_break != "none" and group is not None and formulas.volume(rule.tie_break, counts) is None:
        gaps.append(rule_words.no_volume(rule.tie_break, rule.volume_year(year).year))
    asked = {one.formula: one.label for one in rule.indicators.values()}
    if rule.report.needs_growth and "rate_change_pp" not in asked:
        # The exemption looks at growth, so a county whose growth is unknown cannot be placed either.
        asked["rate_change_pp"] = words.AVERAGE_RATE_GROWTH
    for formula, label in asked.items():
        if obstacles := formulas.obstacles(formula, counts):
            gaps.append(words.gap(label, obstacles, year.year, rule.visit_year(year).year))
    return gaps


def _placed(
    complete: Mapping[str, Standing], figures: Mapping[str, Counts], rule: Rule
) -> tuple[dict[str, Standing], list[str]]:
    """Score and place the counties of a group that have all values; say which formulas a negative mean turned over."""
    values: dict[str, Values] = {
        key: {code: one.indicators[key].value or Fraction() for code, one in complete.items()}
        for key in rule.indicators
    }
    scored = {
        key: rule.method.scores(key, values[key], higher=one.higher_is_better) for key, one in rule.indicators.items()
    }
    unscored = tuple(
        words.no_points(rule.indicators[key].label, why) for key, why in scored.items() if isinstance(why, str)
    )
    if unscored:
        return {code: dataclasses.replace(one, gaps=unscored) for code, one in complete.items()}, []
    points = {key: _rounded(scores, rule) for key, scores in scored.items() if not isinstance(scores, str)}
    ranked = {key: ranks(values[key], higher=one.higher_is_better) for key, one in rule.indicators.items()}
    keys = {code: _order(code, points, figures[code], rule) for code in complete}
    places = _places(keys)
    rows = {
        code: dataclasses.replace(
            one,
            indicators={
                key: IndicatorRank(values[key][code], ranked[key][code], points[key][code]) for key in rule.indicators
            },
            total=keys[code][0],
            key=keys[code],
            place=places[code],
        )
        for code, one in complete.items()
    }
    turned = [
        one.label
        for key, one in rule.indicators.items()
        if isinstance(rule.method, GroupMeanIndex) and rule.method.turns_over(values[key])
    ]
    return rows, turned


def _rounded(scores: Mapping[str, Fraction], rule: Rule) -> dict[str, Fraction]:
    return {code: rule.rounding.of("points", score) for code, score in scores.items()}


def _order(code: str, points: Mapping[str, Mapping[str, Fraction]], counts: Counts, rule: Rule) -> Key:
    """Return the weighted total and, where the rule parts equal totals, what parts them."""
    total = sum((Fraction(rule.indicators[key].weight) * one[code] / 100 for key, one in points.items()), Fraction())
    total = rule.rounding.of("total", total)
    if rule.tie_break == "none":
        return (total,)
    return (total, formulas.volume(rule.tie_break, counts) or Fraction())


def _places(keys: Mapping[str, Key]) -> dict[str, int]:
    rising = sorted(keys.values())
    return {code: 1 + len(rising) - bisect.bisect_right(rising, key) for code, key in keys.items()}
