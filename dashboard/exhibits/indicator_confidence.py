"""One proportion, county by county: its interval, its rank in the group, and the ranks that cannot be ruled out."""

from datetime import date

from dashboard.answers import CURRENT
from dashboard.charts import theme, trend_axis
from dashboard.charts.intervals import Panel, Row, intervals
from dashboard.charts.picture import Drawing
from dashboard.domain import certainty_words, rank_set_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.kinds import Proportion
from dashboard.domain.periods import FullYear
from dashboard.exhibits.captions import caption
from dashboard.exhibits.certainty import (
    counted,
    level_text,
    sets_of,
    settings,
    visit_sources,
    wilson_of,
)
from dashboard.exhibits.evaluation import evaluate
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, Table, version_of
from dashboard.exhibits.frames import framed
from dashboard.exhibits.rank_comparisons import comparisons
from dashboard.exhibits.rank_sets_told import (
    Shown,
    finding_of,
    may_be_last,
    selection_of,
    simulation_notes,
    title_of,
)
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import Rule
from dashboard.rules.uncertainty.rank_sets import RankSet
from dashboard.warehouse import Warehouse


def indicator_confidence(
    db: Warehouse,
    year: FullYear,
    rule: Rule,
    proportion: Proportion,
    county: County | None = None,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show the ranks each county may have by one proportion; NotAvailable where a report is missing."""
    evaluation = evaluate(db, year, rule, known_on)
    asked = (db, year, rule, proportion, known_on)
    shown = Shown(evaluation, proportion, counted(evaluation, proportion), wilson_of(*asked), sets_of(*asked))
    title, selection = title_of(shown), selection_of(shown, county)
    sources = visit_sources(evaluation)
    return Exhibit(
        key="indicator_confidence",
        title=title,
        finding=finding_of(shown),
        chart=Chart(_drawing(shown, county), rank_set_words.sets_alt(title, selection)),
        table=_table(shown, county),
        unit=shown.measure.unit,
        basis=shown.measure.basis,
        as_of=sources[0].as_of,
        sources=sources,
        notes=(
            certainty_words.FACT_NOTE,
            f"{shown.measure.label}＝{shown.measure.definition}。",
            rank_set_words.SET_NOTE,
            *simulation_notes(shown),
            rank_set_words.VARIANCE_NOTE,
            *evaluation.trial_notes,
        ),
        selection=selection,
        rule_version=version_of(rule),
        assumptions=(settings().sets_assumption,),
        behind=_behind(shown, county),
    )


def _behind(shown: Shown, county: County | None) -> Table | None:
    """Return how the selected county compares with each other one of its group."""
    if county is None or county.county_code not in shown.sets:
        return None
    row = next(row for row in shown.evaluation.rows if row.county_code == county.county_code)
    others = [other.county_code for other in shown.sorted(shown.evaluation.groups[row.group])]
    return comparisons(shown.subject, shown.groups[row.group], county, others)


# --- the chart


def _drawing(shown: Shown, county: County | None) -> Drawing:
    edges = [edge for pair in shown.wilson.values() for edge in pair]
    ticks = trend_axis.value_ticks(min(edges), max(edges), 6)
    legend = rank_set_words.sets_legend(level_text(), shown.last)
    title = title_of(shown)
    lines = [title, finding_of(shown), selection_of(shown, county)]
    notes = [certainty_words.FACT_NOTE, rank_set_words.SET_NOTE, settings().sets_assumption]
    return intervals(
        [
            Panel(
                f"{group}（{len(rows)}）",
                [_row(row, shown) for row in shown.sorted(rows)],
                (ticks[0], ticks[-1]),
                (ticks, [f"{one:g}" for one in ticks[:-1]] + [f"{ticks[-1]:g}%"]),
            )
            for group, rows in shown.evaluation.groups.items()
        ],
        legend,
        rank_set_words.SET_HEADING,
        caption(shown.subject, lines, visit_sources(shown.evaluation), notes, county),
        county.county_code if county else None,
    )


def _row(row: CountyRank, shown: Shown) -> Row:
    code, name, rank = row.county_code, county_coded(row.county_code).name, shown.rank(row)
    label = f"{words.NO_PLACE if rank is None else rank}　{name}"
    if code not in shown.counts:
        return Row(code, label, None, None, None, "circle", words.NO_PLACE, name, words.NO_VALUE)
    count, (low, high) = shown.counts[code], shown.wilson[code]
    ranks = shown.sets.get(code)
    return Row(
        code,
        label,
        round(100 * count.rate, 4),
        round(low, 4),
        round(high, 4),
        "diamond" if may_be_last(row, shown) else "circle",
        certainty_words.span(ranks.low, ranks.high) if ranks else words.NO_PLACE,
        rank_set_words.rate_spoken(name, f"{100 * count.rate:.2f}", rank),
        rank_set_words.rate_told(
            theme.number(count.part, 0), theme.number(count.whole, 0), f"{low:.2f}", f"{high:.2f}"
        ),
    )


# --- the table


def _table(shown: Shown, county: County | None) -> Table:
    measure = shown.measure
    bounds = (("low", certainty_words.LOW), ("high", certainty_words.HIGH))
    columns = (
        Column("group", words.GROUP),
        Column("rank", words.RANK, decimals=0, missing=words.NO_PLACE),
        Column("county", words.COUNTY),
        Column("rate", measure.label, measure.unit, measure.decimals, whole="whole"),
        Column("wilson_low", certainty_words.LOW_LIMIT, "%", 2, over=rank_set_words.WILSON, missing=words.NO_PLACE),
        Column("wilson_high", certainty_words.HIGH_LIMIT, "%", 2, over=rank_set_words.WILSON, missing=words.NO_PLACE),
        *(
            Column(f"{prefix}{key}", label, decimals=0, over=over, missing=words.NO_PLACE)
            for prefix, over in (("", rank_set_words.RANK_SET), ("own_", rank_set_words.OWN_SET))
            for key, label in bounds
        ),
        Column("may_be_last", rank_set_words.may_be_last(shown.last)),
        Column("part", measure.part, measure.counted_in, 0),
        Column("whole", measure.whole, measure.counted_in, 0),
    )
    rows = [row for rows in shown.evaluation.groups.values() for row in shown.sorted(rows)]
    as_of = visit_sources(shown.evaluation)[0].as_of
    return Table(
        caption=f"{shown.subject}，{words.as_of_line(as_of)}",
        frame=framed([_cells(row, shown) for row in rows], columns),
        columns=columns,
        head="county",
        selected=county.county_code if county else None,
    )


def _cells(row: CountyRank, shown: Shown) -> dict[str, object]:
    count, ranks = shown.counts.get(row.county_code), shown.sets.get(row.county_code)
    low, high = shown.wilson.get(row.county_code, (None, None))
    return {
        "county_code": row.county_code,
        "group": row.group,
        "rank": shown.rank(row),
        "county": county_coded(row.county_code).name,
        "rate": round(100 * count.rate, 2) if count else None,
        "wilson_low": None if low is None else round(low, 2),
        "wilson_high": None if high is None else round(high, 2),
        **{key: getattr(ranks, key) if ranks else None for key in ("low", "high", "own_low", "own_high")},
        "may_be_last": _yes(ranks),
        "part": count.part if count else None,
        "whole": count.whole if count else None,
    }


def _yes(ranks: RankSet | None) -> str:
    if ranks is None:
        return words.NO_PLACE
    if ranks.may_be_last is None:
        return rank_set_words.OPEN
    return rank_set_words.YES if ranks.may_be_last else rank_set_words.NO
