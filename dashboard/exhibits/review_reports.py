"""Who owes a review report, who is exempt and on which growth, and whose case a person decides."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from dashboard.answers import CURRENT
from dashboard.domain import frozen_words, ranking_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.measures import AVERAGE_RATE, RATE_CHANGE
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_year
from dashboard.exhibits.corrections import correction_effects
from dashboard.exhibits.evaluation import Evaluation, evaluate
from dashboard.exhibits.exhibit import Column, Exhibit, Table, rounded, rounded_signed, version_of
from dashboard.exhibits.frozen_headlines import Headline, frozen_cells, frozen_columns, frozen_headline
from dashboard.exhibits.rates import Ratio
from dashboard.rules import numbers
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import Rule
from dashboard.warehouse import Warehouse

_DECIMALS = 4
"""The average rate moves by hundredths of a point a year: from rates with two decimals few changes can be followed."""


def review_reports(
    db: Warehouse,
    year: FullYear,
    rule: Rule,
    county: County | None = None,
    decided: int = 0,
    known_on: date = CURRENT,
) -> Exhibit:
    """List the counties the duty may concern: the last ones of each group and those a person decides or has decided.

    The first `decided` decisions are laid over what the rule leaves to a person.
    """
    evaluation = evaluate(db, year, rule, known_on, decided)
    frozen = frozen_headline(db, year, rule, known_on, decided)
    rows = _concerned(evaluation, frozen)
    known = ranking_words.report_title(
        evaluation.year_label, evaluation.owing, evaluation.undecided, evaluation.ranking.is_trial
    )
    return Exhibit(
        key="review_reports",
        title=frozen.sentence if frozen else known,
        finding="".join(
            [
                frozen_words.known_instead(frozen.below, known) if frozen else "",
                ranking_words.exempt_finding(
                    [_exemption(row) for row in rows if row.in_last_two and row.owes_review_report is False],
                    rule.last_ones,
                    exempts_growth=rule.report.exempts_growth,
                ),
                *correction_effects(db, evaluation, known_on, decided),
            ]
        ),
        chart=None,
        table=_table(evaluation, rows, county, frozen),
        unit=RATE_CHANGE.unit,
        basis=RATE_CHANGE.basis,
        as_of=evaluation.sources[0].as_of,
        sources=evaluation.sources,
        notes=(
            *evaluation.settled_notes,
            *evaluation.trial_notes,
            rule.report_sentence(),
            *evaluation.ranking.remarks,
            f"{AVERAGE_RATE.label}＝{AVERAGE_RATE.definition}。",
        ),
        rule_version=version_of(rule),
        assumptions=evaluation.assumptions,
        shown_with=words.GROUP_RANKING,
    )


def _concerned(evaluation: Evaluation, frozen: Headline | None) -> list[CountyRank]:
    """Return the counties that are among the last, of whom a person decides, or who owe by what is 定案."""
    owing = {code for code, duty in frozen.duties.items() if duty is True} if frozen else set()
    return [row for row in evaluation.rows if row.in_last_two or row.county_code in evaluation.settled | owing]


def _exemption(row: CountyRank) -> tuple[str, str]:
    # An exempt county has grown, so it has a growth.
    growth = "" if row.growth_pp is None else numbers.signed(row.growth_pp, RATE_CHANGE.decimals)
    return county_coded(row.county_code).name, growth


def _table(evaluation: Evaluation, rows: list[CountyRank], county: County | None, frozen: Headline | None) -> Table:
    year, base = evaluation.ranking.year, FullYear(evaluation.ranking.year.year - 1)
    columns = (
        Column("county", words.COUNTY),
        Column("group", words.GROUP),
        Column("place", words.RANK, decimals=0, missing=words.NO_PLACE, over=frozen.below if frozen else ""),
        Column("rate", roc_year(year.year), AVERAGE_RATE.unit, _DECIMALS, over=AVERAGE_RATE.label),
        Column("base", roc_year(base.year), AVERAGE_RATE.unit, _DECIMALS, over=AVERAGE_RATE.label),
        Column("growth", RATE_CHANGE.label, RATE_CHANGE.unit, RATE_CHANGE.decimals, is_signed=True),
        Column("report", words.REPORT, over=frozen.below if frozen else ""),
        *frozen_columns(frozen),
        Column("reason", words.REASON),
    )
    frame = pd.DataFrame(
        [
            _cells(row, evaluation.counts[row.county_code], evaluation.ranking.is_trial)
            | frozen_cells(frozen, row.county_code)
            for row in rows
        ],
        columns=["county_code", *(c.key for c in columns)],
    )
    whole = dict.fromkeys(("place", *(["frozen_place"] if frozen else [])), "Int64")
    return Table(
        caption=f"{evaluation.year_label}{words.REPORT}，{words.as_of_line(evaluation.sources[0].as_of)}",
        frame=frame.astype({**whole, "rate": "Float64", "base": "Float64", "growth": "Float64"}),
        columns=columns,
        head="county",
        selected=county.county_code if county else None,
    )


def _cells(row: CountyRank, counts: Mapping[Hashable, Any], is_trial: bool) -> dict[str, object]:
    return {
        "county_code": row.county_code,
        "county": county_coded(row.county_code).name,
        "group": row.group,
        "place": row.place,
        "rate": _rate(counts, ""),
        "base": _rate(counts, "base_"),
        "growth": rounded_signed(row.growth_pp, RATE_CHANGE.decimals),
        "report": words.verdict(row.owes_review_report, row.in_last_two, is_trial),
        "reason": row.reason,
    }


def _rate(counts: Mapping[Hashable, Any], prefix: str) -> float | None:
    part, whole = counts[f"{prefix}received_twd"], counts[f"{prefix}receivable_twd"]
    if pd.isna(part) or pd.isna(whole):
        return None
    return rounded(Ratio(int(part), int(whole)).rate_pct, _DECIMALS)
