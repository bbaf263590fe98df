"""The ranking of a year: points by indicator, place in the group, and what follows from it."""

from datetime import date
from fractions import Fraction

from dashboard.answers import CURRENT
from dashboard.charts import group_ranking as bars
from dashboard.charts.picture import Caption, Drawing
from dashboard.domain import chart_words, ranking_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.display import display
from dashboard.domain.measures import MEASURES
from dashboard.domain.periods import FullYear
from dashboard.exhibits.available import years_note
from dashboard.exhibits.captions import caption
from dashboard.exhibits.corrections import correction_effects
from dashboard.exhibits.evaluation import Evaluation, evaluate, names
from dashboard.exhibits.exhibit import (
    Chart,
    Column,
    Exhibit,
    Table,
    rounded,
    rounded_signed,
    version_of,
)
from dashboard.exhibits.frames import framed
from dashboard.exhibits.frozen_headlines import (
    Headline,
    frozen_cells,
    frozen_columns,
    frozen_headline,
    led,
    year_beside,
)
from dashboard.exhibits.workings import county_workings, figures_behind, has_small_parts
from dashboard.rules import numbers
from dashboard.rules.ranking import CountyRank, IndicatorRank
from dashboard.rules.rule import Indicator, Rule
from dashboard.warehouse import Warehouse


def group_ranking(
    db: Warehouse,
    year: FullYear,
    rule: Rule,
    county: County | None = None,
    decided: int = 0,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show who stands where in each group and by which indicators; NotAvailable where a report is missing.

    The first `decided` decisions are laid over what the rule leaves to a person.
    """
    evaluation = evaluate(db, year, rule, known_on, decided)
    frozen = frozen_headline(db, year, rule, known_on, decided)
    label = year_beside(evaluation.year_label, frozen)
    title, selection = ranking_words.ranking_title(label, _firsts(evaluation)), _selection(evaluation, county, frozen)
    return Exhibit(
        key="group_ranking",
        title=title,
        finding=led(_finding(evaluation), frozen),
        chart=Chart(_drawing(evaluation, county, frozen), words.ranking_alt(title, selection)),
        table=_table(evaluation, county, frozen),
        unit=words.POINT,
        basis=words.RANKING_BASIS,
        as_of=evaluation.sources[0].as_of,
        sources=evaluation.sources,
        notes=(
            *evaluation.settled_notes,
            *correction_effects(db, evaluation, known_on, decided),
            *_notes(evaluation),
            *([ranking_words.ROUNDING_NOTE] if county else []),
            *years_note(db, rule, known_on),
        ),
        selection=selection,
        rule_version=version_of(rule),
        assumptions=(
            *evaluation.assumptions,
            *([display().small_denominator.assumption] if has_small_parts(evaluation) else []),
        ),
        workings=county_workings(evaluation, county) if county else None,
        behind=figures_behind(evaluation, county),
    )


def _firsts(evaluation: Evaluation) -> list[str]:
    return [
        ranking_words.group_summary(group, names(row for row in rows if row.place == 1))
        for group, rows in evaluation.groups.items()
    ]


def _finding(evaluation: Evaluation) -> str:
    parts = []
    is_national = evaluation.ranking.rule.report.pool == "all"
    for group, rows in [("", evaluation.rows)] if is_national else evaluation.groups.items():
        last = names(row for row in rows if row.place and row.in_last_two is True)
        tied = names(row for row in rows if row.place and row.in_last_two == "undecided")
        parts += [ranking_words.last_finding(group, evaluation.ranking.rule.last_ones, last)] if last else []
        parts += [ranking_words.tied_finding(group, evaluation.ranking.rule.last_ones, tied)] if tied else []
    duties = ranking_words.duties(evaluation.owing, evaluation.undecided, evaluation.ranking.is_trial)
    return f"{'；'.join([*parts, duties])}。"


def _selection(evaluation: Evaluation, county: County | None, frozen: Headline | None) -> str:
    if county is None:
        return ""
    row = next(row for row in evaluation.ranking.rows if row.county_code == county.county_code)
    return f"{frozen.of_county(county) if frozen else county.name}：{row.reason}"


def _notes(evaluation: Evaluation) -> tuple[str, ...]:
    rule = evaluation.ranking.rule
    weights = [(one.label, _weight(one)) for one in rule.indicators.values()]
    definitions = [f"{one.label}＝{MEASURES[one.formula].definition}。" for one in rule.indicators.values()]
    return (
        *evaluation.trial_notes,
        ranking_words.weights_note(weights, "" if rule.is_linear else rule.method.sentence),
        *definitions,
        words.pattern_note(rule.last_ones),
        rule.report_sentence(),
        *evaluation.ranking.remarks,
        *([ranking_words.SMALL_PART_NOTE] if has_small_parts(evaluation) else []),
    )


def _weight(indicator: Indicator) -> str:
    return indicator.weight_text


def _value(one: IndicatorRank, indicator: Indicator) -> float | None:
    """Round an indicator to what is printed; a difference keeps its sign however small it is."""
    measure = MEASURES[indicator.formula]
    return (rounded_signed if measure.is_difference else rounded)(one.value, measure.decimals)


def _drawing(evaluation: Evaluation, county: County | None, frozen: Headline | None) -> Drawing:
    segments = [
        bars.Segment(key, chart_words.weighted(one.label, _weight(one)))
        for key, one in evaluation.ranking.rule.indicators.items()
    ]
    rows = [_bar(row, evaluation) for row in evaluation.rows]
    code = county.county_code if county else None
    return bars.group_ranking(rows, segments, _caption(evaluation, county, frozen), code)


def _caption(evaluation: Evaluation, county: County | None, frozen: Headline | None) -> Caption:
    firsts = "，".join(_firsts(evaluation))
    lines = [
        f"{frozen.sentence}。" if frozen else "",
        chart_words.measured(words.POINT, words.RANKING_BASIS),
        f"{firsts}；{_finding(evaluation)}",
        _standing(evaluation, county) if county else "",
    ]
    notes = evaluation.trial_notes
    version = f"{version_of(evaluation.ranking.rule)}，權重與名次換算含{words.ASSUMPTIONS}。"
    subject = words.bars_heading(evaluation.year_label)
    return caption(subject, lines, evaluation.sources, [*notes, version], county)


def _standing(evaluation: Evaluation, county: County) -> str:
    row = next(row for row in evaluation.rows if row.county_code == county.county_code)
    standing = (str(row.place), numbers.half_up(row.total, 2)) if row.place and row.total is not None else ("", "")
    return chart_words.place(county.name, row.group, standing, _mark(row, evaluation))


def _mark(row: CountyRank, evaluation: Evaluation) -> str:
    if not row.place:
        return ""
    return chart_words.bar_mark(row.owes_review_report, row.in_last_two, evaluation.ranking.is_trial)


def _bar(row: CountyRank, evaluation: Evaluation) -> bars.Bar:
    rule = evaluation.ranking.rule
    return bars.Bar(
        row.county_code,
        county_coded(row.county_code).name,
        row.group,
        row.place,
        rounded(row.total, 2),
        _mark(row, evaluation),
        {key: _part(one, rule.indicators[key]) for key, one in row.indicators.items()},
    )


def _part(one: IndicatorRank, indicator: Indicator) -> bars.Part:
    weighted = None if one.points is None else float(Fraction(indicator.weight) * one.points / 100)
    return bars.Part(weighted, _hover(one, indicator))


def _hover(one: IndicatorRank, indicator: Indicator) -> str:
    if one.value is None or one.rank is None or one.points is None:
        return f"{indicator.label}　{words.NO_VALUE}"
    print_value = numbers.signed if MEASURES[indicator.formula].is_difference else numbers.half_up
    value = f"{print_value(one.value, 2)} {indicator.unit}"
    return words.segment(indicator.label, value, one.rank, numbers.half_up(one.points, 2), _weight(indicator))


def _table(evaluation: Evaluation, county: County | None, frozen: Headline | None) -> Table:
    rule = evaluation.ranking.rule
    rows = [
        {**_cells(row, rule, evaluation.ranking.is_trial), **frozen_cells(frozen, row.county_code)}
        for row in evaluation.rows
    ]
    columns = _columns(rule, frozen)
    return Table(
        caption=f"{evaluation.year_label}{words.GROUP_RANKING}，{words.as_of_line(evaluation.sources[0].as_of)}",
        frame=framed(rows, columns),
        columns=columns,
        head="county",
        selected=county.county_code if county else None,
    )


def _columns(rule: Rule, frozen: Headline | None) -> tuple[Column, ...]:
    known = frozen.below if frozen else ""
    columns = [
        Column("group", words.GROUP),
        Column("place", words.RANK, decimals=0, missing=words.NO_PLACE, over=known),
        Column("county", words.COUNTY),
        Column("total", words.TOTAL, words.POINT, 2, missing=words.NO_PLACE, over=known),
        Column("report", words.REPORT, over=known),
        *frozen_columns(frozen),
    ]
    for key, one in rule.indicators.items():
        measure = MEASURES[one.formula]
        over = f"{one.label}（{_weight(one)} %）"
        columns += [
            Column(f"{key}_value", words.VALUE, one.unit, measure.decimals, measure.is_difference, over=over),
            Column(f"{key}_rank", words.RANK, decimals=0, over=over, missing=words.NO_PLACE),
            Column(f"{key}_points", words.POINTS, words.POINT, 2, over=over, missing=words.NO_PLACE),
        ]
    return tuple(columns)


def _cells(row: CountyRank, rule: Rule, is_trial: bool) -> dict[str, object]:
    cells: dict[str, object] = {
        "county_code": row.county_code,
        "group": row.group,
        "place": row.place,
        "county": county_coded(row.county_code).name,
        "total": rounded(row.total, 2),
        "report": words.verdict(row.owes_review_report, row.in_last_two, is_trial),
    }
    for key, one in row.indicators.items():
        cells[f"{key}_value"] = _value(one, rule.indicators[key])
        cells[f"{key}_rank"] = one.rank
        cells[f"{key}_points"] = rounded(one.points, 2)
    return cells
