"""A report's figures against those it would replace, and against the other report of the same visits. Pure."""

import functools
import math
from collections.abc import Iterator, Mapping

from dashboard.comparing import Figures, Point, named_series
from dashboard.domain import comparing_words as words
from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.counties import counties, county_coded
from dashboard.domain.findings import Finding
from dashboard.domain.kinds import Kind, Population
from dashboard.domain.periods import period_from_iso
from dashboard.readers.layout import declared

OTHER_OF_VISITS = {Kind.VISITS: Kind.UNPAID_REASONS, Kind.UNPAID_REASONS: Kind.VISITS}
"""The two kinds of report that speak of the same visits."""


def numbers_withdrawn(figures: Figures, replaced: Mapping[str, Figures]) -> list[Finding]:
    """Return where a number in force would become 「…」: one finding for each measure and population.

    `replaced`: times of the report → the figures in force for them. A finding names the first cell, the number it
    takes back, and how many more cells do the same.
    """
    alike: dict[tuple[str, Population], list[tuple[int, int, float]]] = {}
    for time, report in replaced.items():
        if time not in figures.points or time not in report.points:
            continue
        held, point = report.points[time], figures.points[time]
        numbers = dict(zip(held.codes.tolist(), held.values.tolist(), strict=True))
        for code, value, row in zip(point.codes.tolist(), point.values.tolist(), point.rows.tolist(), strict=True):
            if math.isnan(value) and not math.isnan(number := numbers.get(code, math.nan)):
                series = named_series(code)
                alike.setdefault((series.measure, series.population), []).append((code, row, number))
    return [_number_withdrawn(figures, cells) for cells in alike.values()]


def _number_withdrawn(figures: Figures, cells: list[tuple[int, int, float]]) -> Finding:
    (code, row, number), more = cells[0], len(cells) - 1
    series = named_series(code)
    said = words.in_force(county_coded(series.county_code).name, series.label, f"{int(number):,}")
    expected = words.and_more(said, f"{more:,}") if more else said
    return Finding(found.NUMBER_WITHDRAWN, *_place(figures, row), "…", expected)


def _place(figures: Figures, row: int) -> tuple[str, str]:
    return figures.table["sheet"][row].as_py(), figures.table["cell"][row].as_py()


def reasons_against_visits(kind: Kind, figures: Figures, others: Mapping[str, Figures]) -> Iterator[Finding]:
    """Yield one note for each period whose reasons do not add up to successful visits minus repayments (persons).

    `others`: period → the figures of the other kind in force for it as of the same day. The identity is that of
    queries/reasons_against_visits.sql; a county where a number of either is 「…」 is left out.
    """
    for time, other in others.items():
        if time not in figures.points or time not in other.points:
            continue
        own = _unpaid(figures.points[time], kind)
        theirs = _unpaid(other.points[time], OTHER_OF_VISITS[kind])
        by_reasons, by_visits = (own, theirs) if kind is Kind.UNPAID_REASONS else (theirs, own)
        differing = [c.county_code for c in counties() if c.county_code in own.keys() & theirs.keys()]
        differing = [code for code in differing if own[code][0] != theirs[code][0]]
        if differing:
            said = [
                words.unpaid_twice(county_coded(code).name, by_reasons[code][0], by_visits[code][0])
                for code in differing
            ]
            period, place = roc.roc_period(period_from_iso(time)), _place(figures, own[differing[0]][1])
            yield Finding(found.REASONS_AGAINST_VISITS, *place, period, words.listed(said))


def _unpaid(point: Point, kind: Kind) -> dict[str, tuple[int, int]]:
    """Return by county the unpaid persons that a report gives, and the row of the first figure they come from."""
    signs, parts = _signs(kind), dict[str, dict[str, tuple[float, int]]]()
    for code, value, row in zip(point.codes.tolist(), point.values.tolist(), point.rows.tolist(), strict=True):
        series = named_series(code)
        if series.measure in signs:
            parts.setdefault(series.county_code, {})[series.measure] = (value, row)
    return {
        county: (sum(signs[measure] * int(value) for measure, (value, _) in of.items()), min(r for _, r in of.values()))
        for county, of in parts.items()
        if of.keys() == signs.keys() and not any(math.isnan(value) for value, _ in of.values())
    }


@functools.cache
def _signs(kind: Kind) -> dict[str, int]:
    """Return what is added (1) or taken away (-1) to get the visited who did not pay."""
    if kind is Kind.VISITS:
        return {"successful_persons": 1, "repaid_persons": -1}
    return dict.fromkeys((field for one in declared().layouts if one.kind is kind for field in one.columns), 1)
