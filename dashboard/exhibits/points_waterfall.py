"""Why a county stands where it does: its points indicator by indicator, up to its total, beside the line of safety."""

import dataclasses
import functools
from datetime import date
from fractions import Fraction

from dashboard.answers import CURRENT
from dashboard.charts.waterfall import Line, Step, waterfall
from dashboard.domain import ranking_words, safety_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.measures import MEASURES
from dashboard.domain.periods import FullYear
from dashboard.exhibits.captions import caption
from dashboard.exhibits.evaluation import Evaluation, evaluate, names
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, NotAvailable, Table, rounded, version_of
from dashboard.exhibits.frames import framed
from dashboard.exhibits.frozen_headlines import Headline, frozen_headline, led, year_beside
from dashboard.rules import numbers
from dashboard.rules.ranking import CountyRank, IndicatorRank
from dashboard.rules.rule import Rule
from dashboard.rules.words import UNDECIDED, Verdict
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class _Case:
    """One county with a place, the others of its group that have one, and what was decided of the year for good."""

    evaluation: Evaluation
    county: County
    row: CountyRank
    total: Fraction
    frozen: Headline | None

    @property
    def rule(self) -> Rule:
        return self.evaluation.ranking.rule

    @functools.cached_property
    def group(self) -> list[tuple[CountyRank, Fraction]]:
        """Return the ranked counties of its group with their totals, best first."""
        return [(row, row.total) for row in self.evaluation.groups[self.row.group] if row.total is not None]

    def weighted(self, key: str) -> Fraction:
        return Fraction(self.rule.indicators[key].weight) * (self.row.indicators[key].points or 0) / 100

    def most(self, key: str) -> Fraction:
        """Return what the first of the group gets, and never less than the county itself."""
        weight = Fraction(self.rule.indicators[key].weight)
        return weight * max(row.indicators[key].points or 0 for row, _ in self.group) / 100

    @functools.cached_property
    def safety(self) -> "SafetyLine | None":
        return safety_line(self.evaluation, self.row)

    @property
    def mean(self) -> Fraction:
        return sum((total for _, total in self.group), Fraction()) / len(self.group)


@dataclasses.dataclass(frozen=True)
class SafetyLine:
    """The total at which a county's group is cut, whose it is, and on which side of it the county stands.

    Of a county among the last ones it is the lowest of those who are not, or need not be; of any other the highest of
    those who are, or may be; of one whose tie across the cut nobody has settled it is the tied total itself.
    """

    total: Fraction
    counties: list[str]
    side: Verdict


def safety_line(evaluation: Evaluation, row: CountyRank) -> SafetyLine | None:
    """Return the line of a county's group; None where nobody is on the other side."""
    group = [one for one in evaluation.groups[row.group] if one is not row and one.total is not None]
    tied = [one for one in group if one.total == row.total and one.in_last_two == UNDECIDED]
    if row.in_last_two == UNDECIDED and row.total is not None and tied:
        return SafetyLine(row.total, names(tied), UNDECIDED)
    is_last = row.in_last_two is not False
    others = [one for one in group if (one.in_last_two is not True if is_last else one.in_last_two is not False)]
    totals = [one.total for one in others if one.total is not None]
    if not totals:
        return None
    nearest = (min if is_last else max)(totals)
    return SafetyLine(nearest, names(one for one in others if one.total == nearest), is_last)


def points_waterfall(
    db: Warehouse, year: FullYear, rule: Rule, county: County, decided: int = 0, known_on: date = CURRENT
) -> Exhibit:
    """Show how a county's total comes about and what each indicator costs; NotAvailable where it has no place."""
    frozen = frozen_headline(db, year, rule, known_on, decided)
    case = _case(evaluate(db, year, rule, known_on, decided), county, frozen)
    title, finding = _title(case), led(_finding(case), frozen)
    return Exhibit(
        key="points_waterfall",
        title=title,
        finding=finding,
        chart=Chart(
            waterfall(
                [*(_step(case, key) for key in rule.indicators), _sum(case)],
                _lines(case),
                words.POINT,
                caption(
                    safety_words.waterfall_subject(county.name, case.evaluation.year_label),
                    [title.partition("：")[2], finding],
                    case.evaluation.sources,
                    [safety_words.LINE_NOTE, version_of(rule)],
                    county,
                ),
            ),
            safety_words.waterfall_alt(title, finding),
        ),
        table=_table(case),
        unit=words.POINT,
        basis=words.RANKING_BASIS,
        as_of=case.evaluation.sources[0].as_of,
        sources=case.evaluation.sources,
        notes=(
            *case.evaluation.trial_notes,
            safety_words.WATERFALL_NOTE,
            safety_words.LINE_NOTE,
            ranking_words.ROUNDING_NOTE,
        ),
        selection=f"{frozen.of_county(county)}：{case.row.reason}" if frozen else "",
        rule_version=version_of(rule),
        assumptions=case.evaluation.assumptions,
        shown_with=words.GROUP_RANKING,
    )


def _case(evaluation: Evaluation, county: County, frozen: Headline | None) -> _Case:
    row = next(row for row in evaluation.rows if row.county_code == county.county_code)
    if row.total is None or row.place is None:
        raise NotAvailable(safety_words.unplaced(county.name, evaluation.year_label, row.reason))
    return _Case(evaluation, county, row, row.total, frozen)


def _title(case: _Case) -> str:
    lost = {key: case.most(key) - case.weighted(key) for key in case.rule.indicators}
    worst = max(lost, key=lambda key: lost[key])
    dearest = (case.rule.indicators[worst].label, _points(lost[worst])) if lost[worst] else ("", "")
    standing = str(case.row.place), _points(case.total)
    label = year_beside(case.evaluation.year_label, case.frozen)
    return safety_words.waterfall_title(case.county.name, label, case.row.group, standing, dearest)


def _finding(case: _Case) -> str:
    parts = [
        (one.label, _place(case, case.row.indicators[key]), _points(case.weighted(key)), _points(case.most(key)))
        for key, one in case.rule.indicators.items()
    ]
    listed = safety_words.waterfall_finding(parts)
    if case.safety is None:
        return listed
    line = case.safety
    return f"{listed}{safety_words.distance(_points(abs(line.total - case.total)), line.side, line.counties)}。"


def _points(value: Fraction) -> str:
    return numbers.half_up(value, 2)


def _place(case: _Case, one: IndicatorRank) -> str:
    return words.NO_PLACE if one.rank is None else ranking_words.place_of(one.rank, len(case.group))


def _step(case: _Case, key: str) -> Step:
    indicator, one = case.rule.indicators[key], case.row.indicators[key]
    weighted, most = case.weighted(key), case.most(key)
    place = _place(case, one)
    return Step(
        name=safety_words.step_name(indicator.label, place),
        adds=float(weighted),
        short=float(most - weighted),
        text=safety_words.step_text(_points(weighted), _points(most)),
        told=safety_words.step_hover(
            indicator.label, _value(one, indicator.formula), place, _points(weighted), _points(most)
        ),
        short_told=safety_words.short_hover(indicator.label, _points(most - weighted)),
    )


def _value(one: IndicatorRank, formula: str) -> str:
    measure = MEASURES[formula]
    if one.value is None:
        return words.NO_VALUE
    printed = (numbers.signed if measure.is_difference else numbers.half_up)(one.value, measure.decimals)
    return f"{printed} {measure.unit}"


def _sum(case: _Case) -> Step:
    place = ranking_words.place_of(case.row.place or 0, len(case.group))
    total = _points(case.total)
    name = safety_words.step_name(words.TOTAL, place)
    told = f"{words.TOTAL} {total} {words.POINT}，{place}"
    return Step(name, float(case.total), 0, f"{total} {words.POINT}", told, is_sum=True)


def _lines(case: _Case) -> list[Line]:
    mean = Line(round(float(case.mean), 4), safety_words.mean_line(_points(case.mean)), is_dashed=True)
    if case.safety is None:
        return [mean]
    line = case.safety
    entry = safety_words.safety_line(_points(line.total), words.names(line.counties), line.side)
    return [Line(round(float(line.total), 4), entry, is_dashed=False), mean]


# --- the table


def _table(case: _Case) -> Table:
    columns = (
        Column("indicator", ranking_words.INDICATOR),
        Column("value", words.VALUE),
        Column("rank", ranking_words.GROUP_PLACE),
        Column("points", words.POINTS, words.POINT, 2, missing=""),
        Column("weight", safety_words.WEIGHT),
        Column("weighted", ranking_words.WEIGHTED, words.POINT, 2),
        Column("next", safety_words.NEXT),
        Column("gap", safety_words.GAP),
    )
    rows = [*(_cells(case, key) for key in case.rule.indicators), _sum_cells(case)]
    return Table(
        caption=safety_words.waterfall_caption(case.county.name, case.evaluation.year_label),
        frame=framed(rows, columns),
        columns=columns,
        head="indicator",
    )


def _cells(case: _Case, key: str) -> dict[str, object]:
    indicator, one = case.rule.indicators[key], case.row.indicators[key]
    above, gap = _above(case, key)
    measure = MEASURES[indicator.formula]
    apart = "" if gap is None else f"{numbers.half_up_nonzero(gap, measure.decimals)} {words.points_apart('').strip()}"
    return {
        "county_code": case.county.county_code,
        "indicator": indicator.label,
        "value": _value(one, indicator.formula),
        "rank": _place(case, one),
        "points": rounded(one.points, 2),
        "weight": words.percent(indicator.weight_text),
        "weighted": rounded(case.weighted(key), 2),
        "next": above,
        "gap": apart,
    }


def _above(case: _Case, key: str) -> tuple[str, Fraction | None]:
    """Return the counties just above in an indicator and how far away they are."""
    own = case.row.indicators[key].value or Fraction()
    sign = 1 if case.rule.indicators[key].higher_is_better else -1
    values = [(row, row.indicators[key].value or Fraction()) for row, _ in case.group]
    better = [(row, value) for row, value in values if sign * value > sign * own]
    if not better:
        return safety_words.FIRST, None
    nearest = min((value for _, value in better), key=lambda value: abs(value - own))
    return words.names(names(row for row, value in better if value == nearest)), abs(nearest - own)


def _sum_cells(case: _Case) -> dict[str, object]:
    better = [(row, total) for row, total in case.group if total > case.total]
    nearest = min((total for _, total in better), default=None)
    weight = sum((Fraction(one.weight) for one in case.rule.indicators.values()), Fraction())
    return {
        "county_code": "",
        "indicator": words.TOTAL,
        "value": "",
        "rank": ranking_words.place_of(case.row.place or 0, len(case.group)),
        "points": None,
        "weight": words.percent(numbers.trimmed(weight, 2)),
        "weighted": rounded(case.total, 2),
        "next": words.names([county_coded(row.county_code).name for row, total in better if total == nearest])
        or safety_words.FIRST,
        "gap": "" if nearest is None else f"{_points(nearest - case.total)} {words.POINT}",
    }
