"""Rates against the number of persons behind them: which counties differ by more than chance explains."""

import math
from collections.abc import Mapping
from datetime import date

import numpy as np

from dashboard.answers import CURRENT
from dashboard.charts import funnel as chart
from dashboard.charts import theme, trend_axis
from dashboard.charts.picture import Drawing
from dashboard.domain import certainty_words, funnel_words, rank_set_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.kinds import Proportion
from dashboard.domain.measures import Measure
from dashboard.domain.periods import FullYear
from dashboard.exhibits.captions import caption
from dashboard.exhibits.certainty import counted, dispersion_of, names_without, settings, visit_sources
from dashboard.exhibits.evaluation import evaluate
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, Table, version_of
from dashboard.exhibits.frames import framed
from dashboard.exhibits.funnel_shown import Shown
from dashboard.rules.rule import Rule
from dashboard.rules.uncertainty import distributions
from dashboard.rules.uncertainty.distributions import Count, Numbers
from dashboard.rules.uncertainty.funnel import ALARM, WARNING
from dashboard.warehouse import Warehouse

_CURVE = 60
"""Places at which a limit is drawn."""


def funnel(
    db: Warehouse,
    year: FullYear,
    rule: Rule,
    proportion: Proportion,
    county: County | None = None,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show which counties lie outside what chance explains; NotAvailable where a report is missing."""
    evaluation = evaluate(db, year, rule, known_on)
    spread = dispersion_of(db, year, rule, proportion, known_on)
    shown = Shown(evaluation, proportion, counted(evaluation, proportion), spread)
    sides = _sides(shown)
    title, selection = _title(shown, sides), _selection(shown, sides, county)
    sources = visit_sources(evaluation)
    return Exhibit(
        key="funnel",
        title=title,
        finding=_finding(shown, sides),
        chart=Chart(_drawing(shown, sides, county), funnel_words.funnel_alt(title, selection)),
        table=_table(shown, sides, county),
        unit=shown.measure.unit,
        basis=shown.measure.basis,
        as_of=sources[0].as_of,
        sources=sources,
        notes=(
            funnel_words.FUNNEL_NOTE,
            funnel_words.EXPECTED_NOTE,
            _dispersion(shown),
            f"{shown.measure.label}＝{shown.measure.definition}。",
            funnel_words.SCALE_NOTE,
            funnel_words.NO_CONTROL_CHART,
        ),
        selection=selection,
        rule_version=version_of(rule),
        assumptions=(settings().limits_assumption,),
    )


def _sides(shown: Shown) -> dict[str, str]:
    """Say of each county on which side of which limit it lies."""
    found = dict.fromkeys(shown.counts, funnel_words.WITHIN)
    for level in (WARNING, ALARM):
        for code, (low, high) in shown.in_force(level).items():
            rate = 100 * shown.counts[code].rate
            if not low <= rate <= high:
                found[code] = funnel_words.outside(f"{100 * level:g}", rate > high)
    return found


def _is_outside(side: str) -> bool:
    return side != funnel_words.WITHIN


def _outside(shown: Shown, sides: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names of the counties beyond each limit, the highest first."""
    order = [(ALARM, True), (WARNING, True), (WARNING, False), (ALARM, False)]
    found = {funnel_words.outside(f"{100 * level:g}", is_above): list[str]() for level, is_above in order}
    for code, side in sides.items():
        if _is_outside(side):
            found[side].append(county_coded(code).name)
    return found


def _title(shown: Shown, sides: Mapping[str, str]) -> str:
    high, higher, lower, lowest = _outside(shown, sides).values()
    number = len(shown.counts)
    return funnel_words.funnel_title(shown.subject, ([*high, *higher], [*lower, *lowest]), number, shown.allowed)


def _finding(shown: Shown, sides: Mapping[str, str]) -> str:
    outside = _outside(shown, sides)
    inside = len(shown.counts) - sum(map(len, outside.values()))
    left_out = names_without(shown.evaluation.rows, shown.counts)
    told = funnel_words.funnel_finding(f"{100 * shown.aim:.2f}", outside, inside, shown.allowed)
    return told + funnel_words.left_out_finding(left_out)


def _dispersion(shown: Shown) -> str:
    if shown.spread is None:
        return funnel_words.NO_DISPERSION
    phi = f"{shown.spread.phi:.2f}", f"{shown.spread.raw_phi:.2f}"
    return funnel_words.dispersion(
        phi, f"{shown.spread.limit:.2f}", f"{shown.spread.tau2:.4f}" if shown.is_wide else ""
    )


def _selection(shown: Shown, sides: Mapping[str, str], county: County | None) -> str:
    if county is None:
        return ""
    count = shown.counts.get(county.county_code)
    if count is None:
        return certainty_words.left_out_selection(county.name)
    counted_in = certainty_words.counted(shown.measure.whole, theme.number(count.whole, 0))
    rates = f"{100 * count.rate:.2f}", f"{100 * shown.aim:.2f}"
    side = sides[county.county_code]
    return funnel_words.funnel_selection(county.name, rates, counted_in, side, _differs(shown, count, side))


def _differs(shown: Shown, count: Count, side: str) -> str:
    """Say what lying on this side of the limits means."""
    if _is_outside(side):
        return funnel_words.beyond(shown.allowed)
    ((low, high),) = shown.chance(np.array([float(count.whole)]), WARNING)
    is_chance = not shown.is_wide or low <= 100 * count.rate <= high
    return funnel_words.within(shown.allowed) if is_chance else funnel_words.more_than_chance()


# --- the chart


def _drawing(shown: Shown, sides: Mapping[str, str], county: County | None) -> Drawing:
    sizes = [one.whole for one in shown.counts.values()]
    span = min(sizes) / 1.3, max(sizes) * 1.3
    wholes = np.geomspace(*span, _CURVE)
    title = _title(shown, sides).removeprefix(f"{shown.subject}：")
    lines = [title, _finding(shown, sides), _selection(shown, sides, county)]
    notes = [funnel_words.FUNNEL_NOTE, funnel_words.SCALE_NOTE, _dispersion(shown), settings().limits_assumption]
    return chart.funnel(
        [_point(code, one, sides[code]) for code, one in shown.counts.items()],
        [round(one, 2) for one in wholes.tolist()],
        _curves(shown, wholes),
        (_across(span, shown.measure), _upward(shown)),
        [funnel_words.nation_line(f"{100 * shown.aim:.2f}")],
        caption(shown.subject, lines, visit_sources(shown.evaluation), notes, county),
        county.county_code if county else None,
    )


def _point(code: str, count: Count, side: str) -> chart.Point:
    name = county_coded(code).name
    return chart.Point(
        code,
        name,
        count.whole,
        round(100 * count.rate, 4),
        _is_outside(side),
        rank_set_words.rate_spoken(name, f"{100 * count.rate:.2f}", None),
        funnel_words.funnel_told(theme.number(count.part, 0), theme.number(count.whole, 0), side),
    )


def _curves(shown: Shown, wholes: Numbers) -> list[chart.Curve]:
    found = [chart.Curve([round(100 * shown.aim, 4)] * len(wholes), "solid", is_wide=False, entry="")]
    kinds = ((False, shown.chance), (True, shown.wide)) if shown.is_wide else ((False, shown.chance),)
    for is_wide, limit in kinds:
        for level, dash in ((WARNING, "dash"), (ALARM, "dot")):
            entry = funnel_words.curve(f"{100 * level:g}", is_wide)
            lower, upper = zip(*limit(wholes, level), strict=True)
            found += [
                chart.Curve([round(one, 4) for one in rates], dash, is_wide, text)
                for rates, text in ((lower, entry), (upper, ""))
            ]
    return found


def _across(span: tuple[float, float], measure: Measure) -> chart.Axis:
    steps = [factor * 10**power for power in range(8) for factor in (1, 2, 5)]
    inside = [one for one in steps if span[0] <= one <= span[1]]
    # A phone has room for four.
    few = inside if len(inside) <= 5 else [one for one in inside if str(one)[0] == "1"]
    title = funnel_words.PERSONS_BEHIND.format(measure.whole)
    ends = math.log10(span[0]), math.log10(span[1])
    return chart.Axis((round(ends[0], 4), round(ends[1], 4)), few, [theme.number(one, 0) for one in few], title)


def _upward(shown: Shown) -> chart.Axis:
    """Return the scale of rates: it holds all points, and the limits in force around the smallest county."""
    rates = [100 * one.rate for one in shown.counts.values()]
    edges = [edge for pair in shown.in_force(ALARM).values() for edge in pair]
    ticks = trend_axis.value_ticks(min(rates + edges), max(rates + edges), 8)
    return chart.Axis((ticks[0], ticks[-1]), ticks, [f"{one:g}%" for one in ticks], "")


# --- the table


def _table(shown: Shown, sides: Mapping[str, str], county: County | None) -> Table:
    levels = [(level, is_wide) for is_wide in (False, True)[: 1 + shown.is_wide] for level in (WARNING, ALARM)]
    columns = [
        Column("county", words.COUNTY),
        Column("rate", shown.measure.label, shown.measure.unit, shown.measure.decimals),
        Column("position", funnel_words.POSITION),
        Column("part", shown.measure.part, shown.measure.counted_in, 0),
        Column("whole", shown.measure.whole, shown.measure.counted_in, 0),
    ]
    cells: dict[str, dict[str, object]] = {code: {} for code in shown.counts}
    whole = distributions.wholes(shown.counts)
    for level, is_wide in levels:
        over, key = funnel_words.curve(f"{100 * level:g}", is_wide), f"{'wide' if is_wide else 'chance'}_{level:g}"
        columns += [
            Column(f"{key}_low", certainty_words.LOW_LIMIT, "%", 2, over=over, missing=words.NO_PLACE),
            Column(f"{key}_high", certainty_words.HIGH_LIMIT, "%", 2, over=over, missing=words.NO_PLACE),
        ]
        found = (shown.wide if is_wide else shown.chance)(whole, level)
        for code, (low, high) in zip(shown.counts, found, strict=True):
            cells[code] |= {f"{key}_low": round(low, 2), f"{key}_high": round(high, 2)}
    missing = dict.fromkeys(column.key for column in columns[5:])
    codes = [row.county_code for row in shown.evaluation.rows]
    as_of = visit_sources(shown.evaluation)[0].as_of
    return Table(
        caption=f"{shown.subject}，{words.as_of_line(as_of)}",
        frame=framed([_cells(code, shown, sides) | cells.get(code, missing) for code in codes], columns),
        columns=tuple(columns),
        head="county",
        selected=county.county_code if county else None,
    )


def _cells(code: str, shown: Shown, sides: Mapping[str, str]) -> dict[str, object]:
    count = shown.counts.get(code)
    return {
        "county_code": code,
        "county": county_coded(code).name,
        "rate": round(100 * count.rate, 2) if count else None,
        "position": sides.get(code, words.NO_VALUE),
        "part": count.part if count else None,
        "whole": count.whole if count else None,
    }
