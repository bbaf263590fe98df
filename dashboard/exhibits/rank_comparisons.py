"""How one county compares with each other one of its group by a proportion: the workings of its set of ranks."""

from collections.abc import Sequence

from dashboard.domain import rank_set_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.measures import RATE_CHANGE
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.frames import framed
from dashboard.rules.uncertainty.pairwise import Critical
from dashboard.rules.uncertainty.rank_sets import RankSets

_DECIMALS = 4
"""A statistic that passes a critical value by hundredths must not read as equal to it."""


def comparisons(subject: str, group: RankSets, county: County, codes: Sequence[str]) -> Table:
    """Compare a county with each other one that has a set, in the order of `codes`. Grain: a row per other county."""
    columns = (
        Column("county", words.COUNTY),
        Column("difference", rank_set_words.DIFFERENCE, RATE_CHANGE.unit, _DECIMALS, is_signed=True),
        Column("deviation", rank_set_words.DEVIATION, RATE_CHANGE.unit, _DECIMALS),
        Column("statistic", rank_set_words.STATISTIC, "", _DECIMALS, is_signed=True),
        Column("result", rank_set_words.RESULT),
    )
    rows = [_cells(group, county, code) for code in codes if code in group.sets and code != county.county_code]
    criticals = [f"{one.value:.{_DECIMALS}f}" for one in group.steps]
    caption = rank_set_words.compared_caption(subject, county.name, criticals)
    return Table(caption, framed(rows, columns), columns, "county")


def critical_text(one: Critical) -> tuple[str, str, str]:
    """Print a critical value and between what the error of the simulation leaves it."""
    return f"{one.value:.{_DECIMALS}f}", f"{one.low:.{_DECIMALS}f}", f"{one.high:.{_DECIMALS}f}"


def _cells(group: RankSets, county: County, code: str) -> dict[str, object]:
    one = group.against[county.county_code, code]
    return {
        "county_code": code,
        "county": county_coded(code).name,
        "difference": round(100 * one.difference, _DECIMALS),
        "deviation": round(100 * one.deviation, _DECIMALS),
        "statistic": round(one.statistic, _DECIMALS),
        "result": rank_set_words.compared(county.name, one.is_told, is_higher=one.difference > 0),
    }
