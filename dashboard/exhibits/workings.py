"""How a county's total came about, step by step, and the figures of all counties below it."""

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from dashboard.charts import theme
from dashboard.domain import ranking_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.display import display
from dashboard.domain.measures import AVERAGE_RATE, MEASURES, RATE_CHANGE, Measure
from dashboard.domain.roc import roc_year
from dashboard.exhibits.evaluation import Evaluation
from dashboard.exhibits.exhibit import Column, Table, rounded
from dashboard.exhibits.frames import framed
from dashboard.rules import numbers
from dashboard.rules.formulas import RATIOS
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import Indicator

_Counts = Mapping[Hashable, Any]
_VISITS = {
    "target_visits": "年度訪視目標",
    "visited_persons": "訪視人數",
    "successful_persons": "訪視成功人數",
    "repaid_persons": "訪視後補繳人數",
}
_VISIT_WHOLES = [key for key in _VISITS if any(key == whole for ratios in RATIOS.values() for _, whole in ratios)]
_RATE_DECIMALS = 4
"""A change of hundredths of a point cannot be followed from rates with two decimals."""


def county_workings(evaluation: Evaluation, county: County) -> Table:
    """Compute one county's total. Grain: a row per indicator, then the sum."""
    row = next(row for row in evaluation.rows if row.county_code == county.county_code)
    counts = evaluation.counts[county.county_code]
    ranked = sum(one.group == row.group and one.place is not None for one in evaluation.rows)
    columns = (
        Column("indicator", ranking_words.INDICATOR),
        Column("computation", ranking_words.COMPUTATION),
        Column("value", words.VALUE),
        Column("rank", ranking_words.GROUP_PLACE),
        Column("points", words.POINTS, words.POINT, 2, missing=words.NO_PLACE),
        Column("weight", ranking_words.WEIGHT),
        Column("weighted", ranking_words.WEIGHTED, words.POINT, 2, missing=words.NO_PLACE),
    )
    return Table(
        caption=ranking_words.workings_caption(county.name, evaluation.year_label, row.group, ranked),
        frame=framed([*_steps(evaluation, row, counts, ranked), _sum(evaluation, row)], columns),
        columns=columns,
        head="indicator",
    )


def _steps(evaluation: Evaluation, row: CountyRank, counts: _Counts, ranked: int) -> list[dict[str, object]]:
    return [
        {
            "county_code": row.county_code,
            "indicator": indicator.label,
            "computation": _computation(evaluation, indicator, counts),
            "value": _value(one.value, MEASURES[indicator.formula]),
            "rank": ranking_words.place_of(one.rank, ranked) if one.rank else words.NO_PLACE,
            "points": rounded(one.points, 2),
            "weight": words.percent(indicator.weight_text),
            "weighted": None if one.points is None else rounded(Fraction(indicator.weight) * one.points / 100, 2),
        }
        for key, one in row.indicators.items()
        if (indicator := evaluation.ranking.rule.indicators[key])
    ]


def _sum(evaluation: Evaluation, row: CountyRank) -> dict[str, object]:
    weight = sum(indicator.weight for indicator in evaluation.ranking.rule.indicators.values())
    return {
        "county_code": "",
        "indicator": words.TOTAL,
        "computation": "",
        "value": "",
        "rank": "",
        "points": None,
        "weight": words.percent(numbers.trimmed(Fraction(weight), 2)),
        "weighted": rounded(row.total, 2),
    }


def _value(value: Fraction | None, measure: Measure) -> str:
    if value is None:
        return words.NO_VALUE
    printed = (numbers.signed if measure.is_difference else numbers.half_up)(value, measure.decimals)
    return f"{printed} {measure.unit}"


def _computation(evaluation: Evaluation, indicator: Indicator, counts: _Counts) -> str:
    if indicator.formula == RATE_CHANGE.key:
        year = evaluation.ranking.year.year
        return " － ".join(_average(roc_year(of), counts, prefix) for of, prefix in ((year, ""), (year - 1, "base_")))
    measure = MEASURES[indicator.formula]
    ((part, whole),) = ([_printed(counts[column]) for column in ratio] for ratio in RATIOS[indicator.formula])
    return ranking_words.quotient(measure.part, part, measure.whole, whole)


def _average(year: str, counts: _Counts, prefix: str) -> str:
    part, whole = counts[f"{prefix}received_twd"], counts[f"{prefix}receivable_twd"]
    quotient = ranking_words.quotient(f"{year}{AVERAGE_RATE.part}", _printed(part), AVERAGE_RATE.whole, _printed(whole))
    if pd.isna(part) or pd.isna(whole) or not whole:
        return f"（{quotient}）"
    rate = numbers.half_up(Fraction(100 * int(part), int(whole)), _RATE_DECIMALS)
    return f"（{quotient}＝{words.percent(rate)}）"


def _printed(value: Any) -> str:
    return words.NOT_YET if pd.isna(value) else theme.number(int(value), 0)


# --- the figures of all counties


def figures_behind(evaluation: Evaluation, county: County | None) -> Table:
    """Return every numerator and denominator the ranking rests on. Grain: one row per county, by group and place."""
    counts = evaluation.counts
    year, visits = evaluation.ranking.year, evaluation.ranking.rule.visit_year(evaluation.ranking.year)
    columns = [Column("group", words.GROUP), Column("county", words.COUNTY)]
    for of, prefix in ((year.year, ""), (year.year - 1, "base_")):
        over = f"{roc_year(of)}{AVERAGE_RATE.label}"
        columns += [
            Column(f"{prefix}received_twd", AVERAGE_RATE.part, AVERAGE_RATE.counted_in, 0, over=over),
            Column(f"{prefix}receivable_twd", AVERAGE_RATE.whole, AVERAGE_RATE.counted_in, 0, over=over),
        ]
    over = f"{roc_year(visits.year)}全年度訪視"
    columns += [
        Column(key, label, "人", 0, over=over, mark=f"{key}_is_small" if key != "repaid_persons" else "")
        for key, label in _VISITS.items()
    ]
    figures = [column.key for column in columns if column.is_number]
    return Table(
        caption=ranking_words.figures_caption(evaluation.year_label),
        frame=framed([_figures(row, counts[row.county_code], figures) for row in evaluation.rows], columns),
        columns=tuple(columns),
        head="county",
        selected=county.county_code if county else None,
    )


def has_small_parts(evaluation: Evaluation) -> bool:
    """Say whether a visit indicator of any county rests on so few persons that single cases move it."""
    return any(_is_few(counts[key]) for counts in evaluation.counts.values() for key in _VISIT_WHOLES)


def _figures(row: CountyRank, counts: _Counts, figures: list[str]) -> dict[str, object]:
    return {
        "county_code": row.county_code,
        "group": row.group,
        "county": county_coded(row.county_code).name,
        **{key: counts[key] for key in figures},
        **{f"{key}_is_small": _is_few(counts[key]) for key in _VISIT_WHOLES},
    }


def _is_few(value: Any) -> bool:
    return not pd.isna(value) and int(value) < display().small_denominator.persons
