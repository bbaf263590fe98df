"""A ranking for machines: what the command line prints as JSON."""

from collections.abc import Sequence
from fractions import Fraction

from dashboard.domain.counties import counties, county_coded
from dashboard.rules import numbers
from dashboard.rules.ranking import CountyRank, IndicatorRank, Ranking
from dashboard.rules.rule import Indicator

DECIMALS = 4


def machine_form(ranking: Ranking) -> dict[str, object]:
    """Return plain dicts, lists, numbers and texts; the counties stand in the order of official tables.

    year is a ROC year. Each exact number is {"fraction": "1234/15", "decimal": "82.2667"} ("5" where the fraction is
    whole): the fraction is the value, the decimal is rounded half up (halves away from zero) to four decimals, to
    more where four would turn a value that is not zero into zero. What a county does not have is null.
    A weight is a number where it is whole, else its exact fraction as text ("700/17").
    in_last_two and owes_review_report are true, false or "undecided".
    """
    return {
        "year": ranking.year.roc,
        "rule": ranking.rule.key,
        "trial": ranking.is_trial,
        "counties": [_county(row, ranking) for row in ranking.rows],
    }


def compared_form(rankings: Sequence[Ranking]) -> dict[str, object]:
    """Return several rankings of one year beside each other, county by county; numbers as in `machine_form`.

    The rules' keys are their names; of two with the same key the later one is called key@hash.
    """
    names = _names(rankings)
    by_rule = {name: {row.county_code: row for row in one.rows} for name, one in zip(names, rankings, strict=True)}
    return {
        "year": rankings[0].year.roc,
        "rules": [_rule(name, one) for name, one in zip(names, rankings, strict=True)],
        "counties": [
            {
                "county_code": county.county_code,
                "county": county.name,
                "rules": {name: _outcome(rows[county.county_code]) for name, rows in by_rule.items()},
            }
            for county in counties()
        ],
    }


def _names(rankings: Sequence[Ranking]) -> list[str]:
    names: list[str] = []
    for one in rankings:
        key, sha256 = one.rule.key, one.rule.content_sha256
        names.append(f"{key}@{sha256[:12]}" if key in names else key)
    return names


def _rule(name: str, ranking: Ranking) -> dict[str, object]:
    rule = ranking.rule
    return {
        "rule": name,
        "rule_label": rule.label,
        "short": rule.short,
        "proposed_by": rule.proposed_by,
        "content_sha256": rule.content_sha256,
        "trial": ranking.is_trial,
        "report_sentence": rule.report_sentence(),
        "remarks": list(ranking.remarks),
        "assumptions": list(rule.ranking_assumptions()),
    }


def _outcome(row: CountyRank) -> dict[str, object]:
    return {
        "group": row.group,
        "place": row.place,
        "total": _number(row.total),
        "in_last_two": row.in_last_two,
        "exempt": row.exempt,
        "owes_review_report": row.owes_review_report,
        "reason": row.reason,
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
        "weight": _plain(Fraction(indicator.weight)),
    }


def _number(value: Fraction | None) -> dict[str, str] | None:
    if value is None:
        return None
    return {"fraction": str(value), "decimal": numbers.half_up_nonzero(value, DECIMALS)}


def _plain(weight: Fraction) -> int | str:
    return int(weight) if weight.denominator == 1 else str(weight)
