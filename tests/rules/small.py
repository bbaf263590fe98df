"""Small cases worked by hand: the six 直轄市, with any other county left without figures unless a test gives some."""

import pandas as pd

from dashboard.domain.counties import counties
from dashboard.domain.periods import FullYear
from dashboard.rules.formulas import INPUT_COLUMNS
from dashboard.rules.ranking import CountyRank, rank
from dashboard.rules.rule import Rule, load_rule

Figures = dict[str, int | None]

YEAR = FullYear(2025)
NEW_TAIPEI, TAIPEI, TAOYUAN, TAICHUNG, TAINAN, KAOHSIUNG = (county.county_code for county in counties()[:6])
LIENCHIANG = "09007"


def figures(**changes: int | None) -> Figures:
    """Growth 0, completion 80 %, success 50 %, repayment 25 %, except for what a test changes."""
    usual: Figures = {
        "receivable_twd": 1000,
        "received_twd": 500,
        "base_receivable_twd": 1000,
        "base_received_twd": 500,
        "target_visits": 1000,
        "visited_persons": 800,
        "successful_persons": 400,
        "repaid_persons": 100,
    }
    return usual | changes


def inputs(cases: dict[str, Figures]) -> pd.DataFrame:
    nothing: Figures = dict.fromkeys(INPUT_COLUMNS)
    rows = [cases.get(county.county_code, nothing) for county in counties()]
    # Column by column: a frame made of rows would pass through floats wherever a figure is missing.
    columns = {column: pd.array([row[column] for row in rows], dtype="Int64") for column in INPUT_COLUMNS}
    return pd.DataFrame({"county_code": [county.county_code for county in counties()], **columns})


def ranked(cases: dict[str, Figures], rule: Rule | None = None, year: FullYear = YEAR) -> dict[str, CountyRank]:
    ranking = rank(inputs(cases), rule or load_rule("adopted"), year)
    return {row.county_code: row for row in ranking.rows}


def receiving(*received: int, **changes: int | None) -> dict[str, Figures]:
    """Counties from 新北市 on that differ only in what they received: growth is (received - 500) / 10 points."""
    codes = [county.county_code for county in counties()]
    return {code: figures(received_twd=twd, **changes) for code, twd in zip(codes, received, strict=False)}
