"""What would change it: the smallest change of a county's own figures after which it owes no review report."""

import dataclasses
import math
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pandas as pd

from dashboard.answers import CURRENT
from dashboard.charts import theme
from dashboard.domain import ranking_words, safety_words, words
from dashboard.domain.counties import County
from dashboard.domain.measures import RATE_CHANGE
from dashboard.domain.periods import FullYear
from dashboard.exhibits.evaluation import Evaluation, earlier_inputs, evaluate
from dashboard.exhibits.exhibit import Column, Exhibit, NotAvailable, Table, rounded, rounded_signed, version_of
from dashboard.exhibits.frames import framed
from dashboard.exhibits.frozen_headlines import Headline, frozen_headline, led
from dashboard.exhibits.points_waterfall import safety_line
from dashboard.rules import numbers
from dashboard.rules.margin import COLUMNS, Margin, Move, is_by_places, margins
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import Rule
from dashboard.rules.words import UNDECIDED
from dashboard.warehouse import Warehouse

_TEN_THOUSAND, _HUNDRED_MILLION = 10**4, 10**8


@dataclasses.dataclass(frozen=True)
class _Case:
    evaluation: Evaluation
    county: County
    row: CountyRank
    frozen: Headline | None

    @property
    def year_label(self) -> str:
        label = self.evaluation.year_label
        return self.frozen.year_of_county(label, self.county) if self.frozen else label

    @property
    def last(self) -> int:
        return self.evaluation.ranking.rule.report.count

    def figure(self, column: str) -> int | None:
        value = self.evaluation.counts[self.county.county_code][column]
        return None if pd.isna(value) else int(value)


def margin_to_safety(
    db: Warehouse, year: FullYear, rule: Rule, county: County, decided: int = 0, known_on: date = CURRENT
) -> Exhibit:
    """Show for each kind of change the smallest number that ends a county's duty, all others unchanged.

    Of a county that owes nothing: how far it is from owing. What a person decided of a tie holds as long as the tie.
    NotAvailable where a report is missing, or where totals do not follow from places alone.
    """
    if not is_by_places(rule):
        raise NotAvailable(safety_words.no_margins(rule.label))
    evaluation = evaluate(db, year, rule, known_on, decided)
    row = next(row for row in evaluation.rows if row.county_code == county.county_code)
    case = _Case(evaluation, county, row, frozen_headline(db, year, rule, known_on, decided))
    earlier = earlier_inputs(db, year, rule, known_on)
    found = margins(evaluation.inputs, evaluation.ranking, county.county_code, earlier)
    shown = _owing(case, found) if found else _safe(case)
    return dataclasses.replace(shown, notes=(*evaluation.trial_notes, *shown.notes))


def _exhibit(case: _Case, title: str, table: Table, unit: str, notes: tuple[str, ...]) -> Exhibit:
    return Exhibit(
        key="margin_to_safety",
        title=title,
        finding=led(case.row.reason, case.frozen),
        chart=None,
        table=table,
        unit=unit,
        basis=words.RANKING_BASIS,
        as_of=case.evaluation.sources[0].as_of,
        sources=case.evaluation.sources,
        notes=notes,
        rule_version=version_of(case.evaluation.ranking.rule),
        assumptions=case.evaluation.assumptions,
        shown_with=words.GROUP_RANKING,
    )


# --- a county that owes a report, or may


def _owing(case: _Case, found: tuple[Margin, ...]) -> Exhibit:
    duty = (
        safety_words.undecided_duty()
        if case.row.owes_review_report == UNDECIDED
        else ranking_words.duty(case.evaluation.ranking.is_trial)
    )
    title = safety_words.margin_title(case.county.name, case.year_label, duty, _ways(found))
    notes = (
        safety_words.UNCHANGED_NOTE,
        safety_words.EXACT_NOTE,
        safety_words.RATIO_NOTE,
        safety_words.MONEY_NOTE,
    )
    table = _owing_table(case, found)
    return _exhibit(case, title, table, f"{safety_words.TWD}、{safety_words.PERSONS}", notes)


def _ways(found: tuple[Margin, ...]) -> list[str]:
    """Name the change in money, and of those in persons the one that takes the fewest; the simplest of equals."""
    money = [one for one in found if one.move is Move.PAID and one.n is not None]
    persons = [one for one in found if one.move is not Move.PAID and one.n is not None]
    fewest = sorted(persons, key=lambda one: (one.n or 0, len(COLUMNS[one.move])))[:1]
    return [safety_words.way(one.move.value, _amount(one.move, one.n or 0)) for one in (*fewest, *money)]


def _amount(move: Move, n: int) -> str:
    return _twd(n) if move is Move.PAID else theme.number(n, 0)


def _twd(amount: int) -> str:
    """Write an amount in words, rounded up: less would not do."""
    if amount >= _HUNDRED_MILLION:
        return safety_words.about_twd(_up(amount, _HUNDRED_MILLION), "")
    if amount >= _TEN_THOUSAND:
        return safety_words.about_twd("", _up(amount, _TEN_THOUSAND))
    return safety_words.below_ten_thousand(theme.number(amount, 0))


def _up(amount: int, unit: int) -> str:
    hundredths = math.ceil(Fraction(100 * amount, unit))
    return f"{hundredths // 100:,}.{hundredths % 100:02d}"


def _owing_table(case: _Case, found: tuple[Margin, ...]) -> Table:
    columns = (
        Column("move", safety_words.MOVE),
        Column("least", safety_words.LEAST, decimals=0, missing=safety_words.CANNOT),
        Column("unit", safety_words.UNIT),
        Column("about", safety_words.ABOUT),
        Column("effect", safety_words.EFFECT),
        Column("after", safety_words.AFTER),
        Column("caution", safety_words.CAUTION),
        Column("limit", safety_words.LIMIT, decimals=0, missing=safety_words.NO_LIMIT),
    )
    return Table(
        caption=safety_words.margin_caption(case.county.name, case.evaluation.year_label),
        frame=framed([_cells(case, one) for one in found], columns),
        columns=columns,
        head="move",
    )


def _cells(case: _Case, one: Margin) -> dict[str, object]:
    name, _, unit = safety_words.MOVES[one.move.value]
    lapses = "" if one.lapses_at is None else safety_words.lapses(theme.number(one.lapses_at, 0), unit)
    return {
        "county_code": case.county.county_code,
        "move": name,
        "least": one.n,
        "unit": unit,
        "about": "" if one.n is None else _about(case, one.move, one.n),
        "effect": _effect(case, one),
        "after": safety_words.place_after(one.after.place if one.after else None),
        "caution": lapses,
        "limit": one.limit,
    }


def _about(case: _Case, move: Move, n: int) -> str:
    """Relate a number to the figure it is added to."""
    column = COLUMNS[move][0]
    label, present = _FIGURES[column], case.figure(column)
    share = safety_words.nothing_of(label)
    if present:
        share = safety_words.share(label, numbers.half_up_nonzero(Fraction(100 * n, present), 2))
    return f"{_twd(n)}，{share}" if move is Move.PAID else share


_FIGURES: Mapping[str, str] = {
    "received_twd": "已收金額",
    "visited_persons": "訪視人數",
    "successful_persons": "訪視成功人數",
    "repaid_persons": "訪視後補繳人數",
}


def _effect(case: _Case, one: Margin) -> str:
    if not one.is_known:
        return safety_words.UNKNOWN
    if one.n is not None:
        return safety_words.GREW if one.by_growth else safety_words.left_last(case.last)
    if one.limit == 0:
        return safety_words.NO_ROOM
    _, _, unit = safety_words.MOVES[one.move.value]
    return safety_words.cannot_within("" if one.limit is None else f"{theme.number(one.limit, 0)} {unit}")


# --- a county that owes none


def _safe(case: _Case) -> Exhibit:
    grew = case.row.growth_pp is not None and case.row.growth_pp > 0
    why = safety_words.safe_by(case.row.in_last_two is False, grew, case.last)
    title = safety_words.safe_title(case.county.name, case.year_label, why)
    return _exhibit(case, title, _safe_table(case), words.POINT, (safety_words.SAFE_NOTE,))


def _safe_table(case: _Case) -> Table:
    total, growth = words.TOTAL, RATE_CHANGE.label
    columns = (
        Column("county", words.COUNTY),
        Column("total", safety_words.OWN, words.POINT, 2, over=total, missing=words.NO_PLACE),
        Column("line", safety_words.LINE, words.POINT, 2, over=total, missing=words.NO_PLACE),
        Column("apart", safety_words.APART, words.POINT, 2, is_signed=True, over=total, missing=words.NO_PLACE),
        Column("growth", safety_words.OWN, RATE_CHANGE.unit, RATE_CHANGE.decimals, is_signed=True, over=growth),
        Column("spare", safety_words.SPARE, safety_words.TWD, 0, over=growth, missing=words.NO_PLACE),
    )
    return Table(
        caption=safety_words.safe_caption(case.county.name, case.evaluation.year_label),
        frame=framed([_safe_cells(case)], columns),
        columns=columns,
        head="county",
    )


def _safe_cells(case: _Case) -> dict[str, object]:
    found = safety_line(case.evaluation, case.row)
    line = found.total if found else None
    return {
        "county_code": case.county.county_code,
        "county": case.county.name,
        "total": rounded(case.row.total, 2),
        "line": rounded(line, 2),
        "apart": None if line is None or case.row.total is None else rounded(case.row.total - line, 2),
        "growth": rounded_signed(case.row.growth_pp, RATE_CHANGE.decimals),
        "spare": _spare(case),
    }


def _spare(case: _Case) -> int | None:
    """Return how much less could have been received while the rate still grows, in whole TWD; None where it did not."""
    if case.row.growth_pp is None or case.row.growth_pp <= 0:
        return None
    base = Fraction(case.figure("base_received_twd") or 0, case.figure("base_receivable_twd") or 1)
    least = math.floor(base * (case.figure("receivable_twd") or 0)) + 1
    return (case.figure("received_twd") or 0) - least
