"""One proportion, county by county: its interval, its rank in the group, and the ranks that cannot be ruled out."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from dashboard.answers import CURRENT
from dashboard.charts import theme, trend_axis
from dashboard.charts.intervals import Panel, Row, intervals
from dashboard.charts.picture import Drawing
from dashboard.domain import certainty_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.kinds import Proportion
from dashboard.domain.measures import MEASURES
from dashboard.domain.periods import FullYear
from dashboard.exhibits.captions import caption
from dashboard.exhibits.certainty import (
    counted,
    level_text,
    names_without,
    sets_of,
    settings,
    trial_notes,
    visit_sources,
    wilson_of,
)
from dashboard.exhibits.evaluation import Evaluation, evaluate, names
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, Table, version_of
from dashboard.exhibits.frames import framed
from dashboard.rules import rule_words
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import Rule
from dashboard.rules.uncertainty.distributions import Count
from dashboard.rules.uncertainty.rank_sets import RankSet
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class _Shown:
    """A proportion of all counties that have one, and the ranks of those that also have a place."""

    evaluation: Evaluation
    proportion: Proportion
    counts: Mapping[str, Count]
    wilson: Mapping[str, tuple[float, float]]
    sets: Mapping[str, RankSet]

    @property
    def last(self) -> str:
        """Name the last ones of a group by this proportion alone."""
        return rule_words.last_ones(self.evaluation.ranking.rule.report.count, "", is_nation=False)

    @property
    def subject(self) -> str:
        return certainty_words.sets_subject(self.evaluation.year_label, self.proportion)

    def rank(self, row: CountyRank) -> int | None:
        """Return the rank inside the group by this proportion, exactly; None for who has no set of ranks."""
        if row.county_code not in self.sets:
            return None
        rates = {
            one.county_code: Fraction(*self.counts[one.county_code])
            for one in self.evaluation.groups[row.group]
            if one.county_code in self.sets
        }
        return 1 + sum(other > rates[row.county_code] for other in rates.values())

    def sorted(self, rows: Sequence[CountyRank]) -> list[CountyRank]:
        """Return counties by rank; those without one last."""
        return sorted(rows, key=lambda row: self.rank(row) or len(rows) + 1)


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
    shown = _Shown(evaluation, proportion, counted(evaluation, proportion), wilson_of(*asked), sets_of(*asked))
    title, selection = _title(shown), _selection(shown, county)
    sources = visit_sources(evaluation)
    return Exhibit(
        key="indicator_confidence",
        title=title,
        finding=_finding(shown),
        chart=Chart(_drawing(shown, county), certainty_words.sets_alt(title, selection)),
        table=_table(shown, county),
        unit=MEASURES[proportion.value].unit,
        basis=MEASURES[proportion.value].basis,
        as_of=sources[0].as_of,
        sources=sources,
        notes=(
            certainty_words.FACT_NOTE,
            f"{MEASURES[proportion.value].label}＝{MEASURES[proportion.value].definition}。",
            certainty_words.SET_NOTE,
            certainty_words.VARIANCE_NOTE,
            *trial_notes(evaluation),
        ),
        selection=selection,
        rule_version=version_of(rule),
        assumptions=(settings().assumption,),
    )


def _title(shown: _Shown) -> str:
    groups = [
        (group, names(row for row in shown.sorted(rows) if _may_be_last(row, shown)))
        for group, rows in shown.evaluation.groups.items()
    ]
    return certainty_words.sets_title(shown.subject, groups, shown.last)


def _may_be_last(row: CountyRank, shown: _Shown) -> bool:
    return row.county_code in shown.sets and shown.sets[row.county_code].may_be_last


def _finding(shown: _Shown) -> str:
    rows = shown.evaluation.rows
    certain = [row for row in rows if (one := shown.sets.get(row.county_code)) and one.low == one.high]
    return certainty_words.sets_finding(names(certain), names_without(rows, shown.sets))


def _selection(shown: _Shown, county: County | None) -> str:
    if county is None:
        return ""
    row = next(row for row in shown.evaluation.rows if row.county_code == county.county_code)
    rank = shown.rank(row)
    if rank is None:
        return certainty_words.left_out_selection(county.name)
    one = shown.sets[row.county_code]
    among = _is_certainly_last(row, shown) or (None if one.may_be_last else False)
    return certainty_words.set_selection(county.name, rank, (one.low, one.high), shown.last, among)


def _is_certainly_last(row: CountyRank, shown: _Shown) -> bool:
    """Say whether even the best rank a county may have is among the last ones of its group."""
    ranked = sum(one.county_code in shown.sets for one in shown.evaluation.groups[row.group])
    return shown.sets[row.county_code].low > ranked - shown.evaluation.ranking.rule.report.count


# --- the chart


def _drawing(shown: _Shown, county: County | None) -> Drawing:
    edges = [edge for pair in shown.wilson.values() for edge in pair]
    ticks = trend_axis.value_ticks(min(edges), max(edges), 6)
    legend = certainty_words.sets_legend(level_text(), shown.last)
    title = _title(shown).removeprefix(f"{shown.subject}：")
    lines = [title, _finding(shown), _selection(shown, county)]
    notes = [certainty_words.FACT_NOTE, certainty_words.SET_NOTE, settings().assumption]
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
        certainty_words.SET_HEADING,
        caption(shown.subject, lines, visit_sources(shown.evaluation), notes, county),
        county.county_code if county else None,
    )


def _row(row: CountyRank, shown: _Shown) -> Row:
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
        "diamond" if _may_be_last(row, shown) else "circle",
        certainty_words.span(ranks.low, ranks.high) if ranks else words.NO_PLACE,
        certainty_words.rate_spoken(name, f"{100 * count.rate:.2f}", rank),
        certainty_words.rate_told(
            theme.number(count.part, 0), theme.number(count.whole, 0), f"{low:.2f}", f"{high:.2f}"
        ),
    )


# --- the table


def _table(shown: _Shown, county: County | None) -> Table:
    measure = MEASURES[shown.proportion.value]
    bounds = (("low", certainty_words.LOW), ("high", certainty_words.HIGH))
    columns = (
        Column("group", words.GROUP),
        Column("rank", words.RANK, decimals=0, missing=words.NO_PLACE),
        Column("county", words.COUNTY),
        Column("rate", measure.label, measure.unit, measure.decimals, whole="whole"),
        Column("wilson_low", certainty_words.LOW_LIMIT, "%", 2, over=certainty_words.WILSON, missing=words.NO_PLACE),
        Column("wilson_high", certainty_words.HIGH_LIMIT, "%", 2, over=certainty_words.WILSON, missing=words.NO_PLACE),
        *(
            Column(f"{prefix}{key}", label, decimals=0, over=over, missing=words.NO_PLACE)
            for prefix, over in (("", certainty_words.RANK_SET), ("own_", certainty_words.OWN_SET))
            for key, label in bounds
        ),
        Column("may_be_last", certainty_words.may_be_last(shown.last)),
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


def _cells(row: CountyRank, shown: _Shown) -> dict[str, object]:
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
    return certainty_words.YES if ranks.may_be_last else certainty_words.NO
