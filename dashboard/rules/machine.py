"""A ranking for machines: what the command line prints as JSON."""

from decimal import Decimal
from fractions import Fraction

from dashboard.domain.counties import county_coded
from dashboard.rules import numbers
from dashboard.rules.ranking import CountyRank, IndicatorRank, Ranking
from dashboard.rules.rule import Indicator

DECIMALS = 4


def machine_form(ranking: Ranking) -> dict[str, object]:
    """Return plain dicts, lists, numbers and texts; the counties stand in the order of official tables.

    year is a ROC year. Each exact number is {"fraction": "1234/15", "decimal": "82.2667"} ("5" where the fraction is
    whole): the fraction is the value, the decimal is rounded half up (halves away from zero) to four decimals, to
    more where four would turn a value that is not zero into zero. What a county does not have is null.
    in_last_two and owes_review_report are true, false or "undecided".
    """
    return {
        "year": ranking.year.roc,
        "rule": ranking.rule.key,
        "trial": ranking.is_trial,
        "counties": [_county(row, ranking) for row in ranking.rows],
    }


def _county(row: CountyRank, ranking: Ranking) -> dict[str, object]:
    indicators = ranking.rule.indicators
    return {
        "county_code": row.county_code,
        "county": county_coded(row.county_code).name,
        "group": row.group,
        "place": row.place,
        "total": _number(row.total),
        "indicators": {key: _indicator(indicators[key], one) for key, one in row.indicators.items()},
        "in_last_two": row.in_last_two,
        "exempt": row.exempt,
        "growth_pp": _number(row.growth_pp),
        "owes_review_report": row.owes_review_report,
        "reason": row.reason,
    }


def _indicator(indicator: Indicator, one: IndicatorRank) -> dict[str, object]:
    return {
        "label": indicator.label,
        "value": _number(one.value),
        "rank": one.rank,
        "points": _number(one.points),
        "weight": _plain(indicator.weight),
    }


def _number(value: Fraction | None) -> dict[str, str] | None:
    if value is None:
        return None
    return {"fraction": str(value), "decimal": numbers.half_up_nonzero(value, DECIMALS)}


def _plain(weight: Decimal) -> int | float:
    return int(weight) if weight == int(weight) else float(weight)
