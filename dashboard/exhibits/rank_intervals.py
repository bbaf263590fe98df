"""How far the statutory places reflect performance: the ranking drawn again and again."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.answers import CURRENT
from dashboard.charts.intervals import Panel, Row, intervals
from dashboard.charts.picture import Drawing
from dashboard.domain import certainty_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.kinds import Proportion
from dashboard.domain.periods import FullYear
from dashboard.exhibits.captions import caption
from dashboard.exhibits.certainty import intervals_of, level_text, probability, settings
from dashboard.exhibits.evaluation import Evaluation, evaluate, names
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, Table, version_of
from dashboard.exhibits.frames import framed
from dashboard.exhibits.frozen_headlines import Headline, frozen_headline, led, year_beside
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import TOTAL, Rule
from dashboard.rules.uncertainty.places import PlaceInterval
from dashboard.rules.words import UNDECIDED
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class _Shown:
    """A ranking with the intervals of its ranked counties."""

    evaluation: Evaluation
    intervals: Mapping[str, PlaceInterval]
    frozen: Headline | None

    @property
    def rule(self) -> Rule:
        return self.evaluation.ranking.rule

    @property
    def pools(self) -> Mapping[str, Sequence[CountyRank]]:
        """Return the counties among whom the last ones are looked for, by group; all under "" if it is the nation."""
        return self.evaluation.groups if self.rule.report.pool == "group" else {"": self.evaluation.rows}

    @property
    def has_cut(self) -> bool:
        """Say whether the last ones of a group are the last of its places."""
        return (self.rule.report.pool, self.rule.report.by, self.rule.report.only) == ("group", TOTAL, "any")


def rank_intervals(
    db: Warehouse,
    year: FullYear,
    rule: Rule,
    county: County | None = None,
    decided: int = 0,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show each county's place with the interval that drawing its rates anew leaves; NotAvailable without reports.

    The first `decided` decisions are laid over what the rule leaves to a person; what was drawn is drawn as before.
    """
    evaluation = evaluate(db, year, rule, known_on, decided)
    frozen = frozen_headline(db, year, rule, known_on, decided)
    shown = _Shown(evaluation, intervals_of(db, year, rule, known_on), frozen)
    title, selection = _title(shown), _selection(shown, county)
    return Exhibit(
        key="rank_intervals",
        title=title,
        finding=led(_finding(shown), frozen),
        chart=Chart(_drawing(shown, county), certainty_words.places_alt(title, selection)),
        table=_table(shown, county),
        unit=certainty_words.PLACE_UNIT,
        basis=words.RANKING_BASIS,
        as_of=shown.evaluation.sources[0].as_of,
        sources=shown.evaluation.sources,
        notes=_notes(shown),
        selection=selection,
        rule_version=version_of(rule),
        assumptions=(settings().assumption, *shown.evaluation.assumptions),
    )


def _title(shown: _Shown) -> str:
    chances = [(row, shown.intervals[row.county_code].last) for row in shown.evaluation.rows if _is_last(row)]
    lowest = min((share for _, share in chances), default=0.0)
    who = names(row for row, share in chances if share == lowest)
    label = year_beside(shown.evaluation.year_label, shown.frozen)
    return certainty_words.places_title(label, shown.rule.last_ones, (who, probability(lowest)), len(chances))


def _lasts(shown: _Shown) -> str:
    last = shown.rule.last_ones
    groups = [
        certainty_words.group_lasts(group, last, [_with_chance(row, shown) for row in rows if _is_last(row)])
        for group, rows in shown.pools.items()
    ]
    return certainty_words.places_groups(last, groups)


def _is_last(row: CountyRank) -> bool:
    return row.place is not None and row.last_of_year is True


def _with_chance(row: CountyRank, shown: _Shown) -> str:
    return _named(row, shown.intervals[row.county_code].last)


def _named(row: CountyRank, share: float) -> str:
    return certainty_words.with_chance(county_coded(row.county_code).name, probability(share))


def _finding(shown: _Shown) -> str:
    nearest = []
    for rows in shown.pools.values():
        others = [row for row in rows if row.place is not None and row.last_of_year is False]
        nearest += sorted(others, key=lambda row: -shown.intervals[row.county_code].last)[:1]
    soonest = [_with_chance(row, shown) for row in nearest if shown.intervals[row.county_code].last > 0]
    tied = [row for row in shown.evaluation.rows if row.place is not None and row.last_of_year == UNDECIDED]
    unranked = names(row for row in shown.evaluation.rows if row.place is None)
    undecided = [
        certainty_words.with_chance(
            county_coded(row.county_code).name, probability(shown.intervals[row.county_code].tied)
        )
        for row in tied
    ]
    return _lasts(shown) + certainty_words.places_finding(shown.rule.last_ones, soonest, undecided, unranked)


def _notes(shown: _Shown) -> tuple[str, ...]:
    rule = shown.rule
    drawn = [one.label for one in rule.indicators.values() if one.formula in set(Proportion)]
    fixed = [one.label for one in rule.indicators.values() if one.formula not in set(Proportion)]
    open_ones = names(row for row in shown.evaluation.rows if row.place and shown.intervals[row.county_code].is_open)
    return (
        *shown.evaluation.settled_notes,
        certainty_words.FACT_NOTE,
        certainty_words.SIMULATION_NOTE,
        certainty_words.fixed_note(drawn, fixed),
        certainty_words.open_note(open_ones, f"{settings().draws:,}"),
        certainty_words.INDEPENDENT_NOTE,
        certainty_words.STATED_NOTE if rule.report.exempts_growth else certainty_words.GROUPS_NOTE,
        certainty_words.tied_note(rule.last_ones),
        *([certainty_words.YEARS_NOTE] if rule.report.years_running > 1 else []),
        *shown.evaluation.trial_notes,
    )


def _selection(shown: _Shown, county: County | None) -> str:
    if county is None:
        return ""
    row = next(row for row in shown.evaluation.rows if row.county_code == county.county_code)
    if row.place is None:
        return certainty_words.unranked_selection(county.name)
    named = shown.frozen.of_county(county) if shown.frozen else county.name
    one = shown.intervals[row.county_code]
    interval = (level_text(), one.low, one.median, one.high)
    is_exempt = shown.rule.report.exempts_growth and row.exempt
    stated = certainty_words.place_selection(named, row.group, row.place, interval)
    chances = probability(one.last), _unless_never(one.tied)
    return stated + certainty_words.last_selection(shown.rule.last_ones, chances, is_exempt=is_exempt)


def _unless_never(share: float) -> str:
    return probability(share) if share else ""


# --- the chart


def _drawing(shown: _Shown, county: County | None) -> Drawing:
    last, evaluation = shown.rule.last_ones, shown.evaluation
    legend = certainty_words.places_legend(last, level_text(), shown.has_cut)
    subject = certainty_words.places_caption(evaluation.year_label)
    lines = [_title(shown), led(_finding(shown), shown.frozen), _selection(shown, county)]
    notes = [certainty_words.FACT_NOTE, certainty_words.SIMULATION_NOTE, settings().assumption, version_of(shown.rule)]
    return intervals(
        [_panel(group, rows, shown) for group, rows in evaluation.groups.items()],
        legend,
        certainty_words.chance(last),
        caption(subject, lines, evaluation.sources, notes, county),
        county.county_code if county else None,
    )


def _panel(group: str, rows: Sequence[CountyRank], shown: _Shown) -> Panel:
    ranked = sum(row.place is not None for row in rows)
    ticks = place_ticks(ranked)
    return Panel(
        f"{group}（{len(rows)}）",
        [_row(row, shown) for row in rows],
        (0.5, max(ranked, 1) + 0.5),
        (ticks, [str(one) for one in ticks]),
        max(ranked - shown.rule.report.count, 0) + 0.5 if shown.has_cut and ranked else None,
    )


def place_ticks(number: int) -> list[int]:
    """Return the places below a scale of so many: all of a few, else the first and round ones."""
    step = 1 if number <= 8 else -(-number // 5)
    return sorted({1, *range(step, number + 1, step)}) if number else []


def _row(row: CountyRank, shown: _Shown) -> Row:
    name = county_coded(row.county_code).name
    if row.place is None:
        label = f"{words.NO_PLACE}　{name}"
        return Row(row.county_code, label, None, None, None, "circle", words.NO_PLACE, name, words.UNRANKED)
    one = shown.intervals[row.county_code]
    chance = probability(one.last)
    owes = "" if one.owes is None else probability(one.owes)
    return Row(
        row.county_code,
        f"{row.place}　{name}",
        row.place,
        one.low,
        one.high,
        "square" if _is_last(row) else "circle",
        chance,
        certainty_words.place_spoken(name, row.place, one.low, one.high),
        certainty_words.place_told(one.median, (shown.rule.last_ones, chance), _unless_never(one.tied), owes),
    )


# --- the table


def _table(shown: _Shown, county: County | None) -> Table:
    over = certainty_words.level(level_text())
    columns = (
        Column("group", words.GROUP),
        Column("place", words.RANK, decimals=0, missing=words.NO_PLACE),
        Column("county", words.COUNTY),
        Column("low", certainty_words.LOW, decimals=0, missing=words.NO_PLACE, over=over),
        Column("median", certainty_words.MEDIAN, decimals=0, missing=words.NO_PLACE, over=over),
        Column("high", certainty_words.HIGH, decimals=0, missing=words.NO_PLACE, over=over),
        Column("last", certainty_words.chance(shown.rule.last_ones), "%", 2, missing=words.NO_PLACE),
        Column("tied", certainty_words.TIED, "%", 2, missing=words.NO_PLACE),
        Column("owes", certainty_words.OWING, "%", 2, missing=words.NO_PLACE),
        Column("report", words.REPORT),
    )
    evaluation = shown.evaluation
    return Table(
        caption=f"{certainty_words.places_caption(evaluation.year_label)}，{words.as_of_line(evaluation.sources[0].as_of)}",
        frame=framed([_cells(row, shown) for row in evaluation.rows], columns),
        columns=columns,
        head="county",
        selected=county.county_code if county else None,
    )


def _cells(row: CountyRank, shown: _Shown) -> dict[str, object]:
    one = shown.intervals.get(row.county_code)
    return {
        "county_code": row.county_code,
        "group": row.group,
        "place": row.place,
        "county": county_coded(row.county_code).name,
        "low": one.low if one else None,
        "median": one.median if one else None,
        "high": one.high if one else None,
        "last": _percent(one.last if one else None),
        "tied": _percent(one.tied if one else None),
        "owes": _percent(one.owes if one else None),
        "report": words.verdict(row.owes_review_report, row.in_last_two, shown.evaluation.ranking.is_trial),
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)
