"""A report's figures against the same county's own earlier ones. Pure: figures as stored, bounds as declared."""

import dataclasses
import io
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.domain import comparing_words as words
from dashboard.domain import findings as found
from dashboard.domain.bounds import Bounds, Denominator, Jump
from dashboard.domain.counties import county_coded
from dashboard.domain.findings import Finding, FindingKind
from dashboard.domain.kinds import Kind, Population
from dashboard.domain.periods import Month, period_from_iso
from dashboard.ledger import Submission
from dashboard.readers import Reading, Slice
from dashboard.readers.layout import declared

Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Codes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

_COLUMNS = ["period", "as_of", "population", "county_code", "measure", "value", "unit", "sheet", "cell"]
_NAMES = ["period", "population", "county_code", "measure", "sheet"]
_HEADERS = {
    field: column.headers[-1] for layout in reversed(declared().layouts) for field, column in layout.columns.items()
}
_MEASURES = tuple(_HEADERS)
_IS_AMOUNT = np.array([measure.endswith("_twd") for measure in _MEASURES])
_COUNTY_CODES = 100_000
_POPULATIONS = tuple(Population)
_NEVER_FALL = {
    Kind.AVERAGE_RATE: ("receivable_twd", "received_twd"),
    Kind.PAYMENT_RATE: ("paid_persons", "received_twd"),
}
_RATES = (
    ("paid_persons", "payable_persons"),
    ("received_twd", "receivable_twd"),
    ("visited_persons", "target_visits"),
    ("successful_persons", "visited_persons"),
    ("repaid_persons", "successful_persons"),
)


class Point(NamedTuple):
    """The figures of one period (of one snapshot, for payment rates): what each is of, its value and printed unit.

    `codes` number the series, a county's measure over time; `values` are NaN where 「…」; `rows` point into the table.
    """

    codes: Codes
    values: Numbers
    units: Codes
    rows: Codes


class Series(NamedTuple):
    """What a code stands for; `label` is the measure's first header in the layouts."""

    county_code: str
    population: Population
    measure: str
    label: str


@dataclasses.dataclass(frozen=True)
class Figures:
    """The stored figures of one report, by the times they stand at in their series."""

    table: pa.Table
    points: Mapping[str, Point]


def figures_in(kind: Kind, parquet: bytes) -> Figures:
    """Read stored figures (one row per figure, as `Reading.figures`) into series."""
    # Small files one after the other: threads would cost more than they save.
    table = pq.ParquetFile(io.BytesIO(parquet), read_dictionary=_NAMES).read(_COLUMNS, use_threads=False)
    table = table.unify_dictionaries().combine_chunks()
    of_snapshots = kind is Kind.PAYMENT_RATE
    codes = _coded(table, "period", _number_of_period if of_snapshots else _number_of_length)
    codes = codes * len(_POPULATIONS) + _coded(table, "population", lambda name: _POPULATIONS.index(Population(name)))
    codes = codes * _COUNTY_CODES + _coded(table, "county_code", int)
    codes = codes * len(_MEASURES) + _coded(table, "measure", _MEASURES.index)
    values = table["value"].cast(pa.float64()).to_numpy(zero_copy_only=False)
    units = table["unit"].to_numpy().astype(np.int64)
    times = (table["as_of"].cast(pa.date32()).dictionary_encode() if of_snapshots else table["period"]).chunk(0)
    places = np.asarray(times.indices)
    points = {}
    for number, time in enumerate(times.dictionary.to_pylist()):
        rows = np.flatnonzero(places == number)
        points[str(time)] = Point(codes[rows], values[rows], units[rows], rows)
    return Figures(table, points)


def _coded(table: pa.Table, column: str, number: Callable[[str], int]) -> Codes:
    chunk = table[column].chunk(0)
    numbers: Codes = np.array([number(text) for text in chunk.dictionary.to_pylist()], dtype=np.int64)
    return numbers.take(np.asarray(chunk.indices))


def _number_of_period(iso: str) -> int:
    start = period_from_iso(iso).start_on
    return start.year * 12 + start.month


def _number_of_length(iso: str) -> int:
    """Return the months of a period: a first half year is compared with first half years, a year with years."""
    period = period_from_iso(iso)
    return Month.of(period.end_on).months_since(Month.of(period.start_on))


# --- which reports came before


def time_of(slice_: Slice) -> str:
    """Return where a slice's figures stand in their series: at its period, snapshots at their day."""
    return slice_.period or slice_.as_of.isoformat()


def came_before(reading: Reading, known: Sequence[Submission], reports: int) -> dict[str, Submission]:
    """Return the times whose figures a reading is held against, each with the submission in force for it.

    They are the latest ones with an earlier cut-off than the reading's last, without those it covers itself.
    """
    held = in_force(reading.kind, known)
    last, own = max(slice_.as_of for slice_ in reading.slices), set(reading.slices)
    earlier = sorted((slice_ for slice_ in held if slice_.as_of < last and slice_ not in own), key=_by_day)
    half_and_full = 2  # of the same stream, in turn
    return {time_of(slice_): held[slice_] for slice_ in earlier[-half_and_full * reports :]}


def in_force(kind: Kind | None, known: Sequence[Submission]) -> dict[Slice, Submission]:
    """Return the submission in force for each slice of a kind, of those that are known: the latest issue."""
    found: dict[Slice, Submission] = {}
    for submission in known:
        for slice_ in submission.slices if submission.kind == kind else ():
            other = found.get(slice_)
            if other is None or _order(submission) > _order(other):
                found[slice_] = submission
    return found


def _by_day(slice_: Slice) -> tuple[date, str]:
    return slice_.as_of, slice_.period


def _order(submission: Submission) -> tuple[date, int]:
    return submission.issued_on or date.min, submission.seq


# --- what stands out


class _Noticed(NamedTuple):
    """One figure that stands out: its series, its row in the table, how far out, and what is said of it."""

    kind: FindingKind
    code: int
    row: int
    weight: float
    said: tuple[str, ...]


class _Before(NamedTuple):
    """What came before a time, one number a series: the range of the latest reports, the last figure and its unit."""

    highest: Numbers
    lowest: Numbers
    latest: Numbers
    unit: Numbers


def against_history(kind: Kind, figures: Figures, before: Mapping[str, Figures], bounds: Bounds) -> list[Finding]:
    """Return jumps, cumulative figures that fell and rates that rose while their denominator fell.

    `before`: the times `came_before` names → the figures of their submissions. One finding for each reason, measure
    and population, at the cell that stands out most; it says how many more there are. Bounds: data/receiving.toml.
    """
    earlier = {time: report.points[time] for time, report in before.items() if time in report.points}
    noticed: dict[tuple[str, int], list[_Noticed]] = {}
    for point, came_before in _in_turn(figures.points, earlier, bounds.jump.reports):
        for one in chain(
            _jumps(point, came_before, bounds.jump),
            _falls(kind, point, came_before),
            _denominators(point, came_before, bounds.denominator),
        ):
            noticed.setdefault((one.kind.code, _measure_and_population(one.code)), []).append(one)
    return [_finding(alike, figures.table, bounds) for alike in noticed.values()]


def _in_turn(
    points: Mapping[str, Point], earlier: Mapping[str, Point], reports: int
) -> Iterator[tuple[Point, _Before]]:
    """Go through the times of a report, each with what came before it, in the same order of series."""
    codes = np.unique(np.concatenate([point.codes for point in points.values()]))
    recent: deque[Numbers] = deque(maxlen=reports)
    latest, unit = np.full(len(codes), np.nan), np.ones(len(codes))
    for time in sorted({*points, *earlier}):
        point = points.get(time) or earlier[time]
        places = np.minimum(np.searchsorted(codes, point.codes), len(codes) - 1)
        is_ours = codes[places] == point.codes
        if time in points and recent:
            highest, lowest = (bound.reduce(list(recent)) for bound in (np.fmax, np.fmin))
            yield point, _Before(highest[places], lowest[places], latest[places], unit[places])
        values = np.full(len(codes), np.nan)
        values[places[is_ours]] = point.values[is_ours]
        recent.append(values)
        is_known = ~np.isnan(values)
        latest[is_known] = values[is_known]
        unit[places[is_ours]] = point.units[is_ours]


def _jumps(point: Point, before: _Before, bound: Jump) -> Iterator[_Noticed]:
    floor = np.where(_IS_AMOUNT[point.codes % len(_MEASURES)], bound.twd, bound.persons)
    rises = (before.highest > 0) & (point.values > bound.factor * before.highest)
    rises &= point.values - before.highest >= floor
    drops = (bound.factor * point.values < before.lowest) & (before.lowest - point.values >= floor)
    for n in np.flatnonzero(rises | drops):
        value, highest, lowest = point.values[n], before.highest[n], before.lowest[n]
        weight = value / highest if rises[n] else lowest / max(value, 1)
        said = words.between(_number(lowest), _number(highest))
        yield _Noticed(found.JUMP, int(point.codes[n]), int(point.rows[n]), float(weight), (said,))


def _falls(kind: Kind, point: Point, before: _Before) -> Iterator[_Noticed]:
    """Amounts in 千元 may seem to fall by what their rounding took away and added."""
    hidden = (np.where(point.units > 1, point.units, 0) + np.where(before.unit > 1, before.unit, 0)) / 2
    never = np.isin(point.codes % len(_MEASURES), [_MEASURES.index(field) for field in _NEVER_FALL.get(kind, ())])
    for n in np.flatnonzero(never & (point.values < before.latest - hidden)):
        lost = before.latest[n] - point.values[n]
        said = (_number(before.latest[n]),)
        yield _Noticed(found.CUMULATIVE_FALLS, int(point.codes[n]), int(point.rows[n]), float(lost), said)


def _denominators(point: Point, before: _Before, bound: Denominator) -> Iterator[_Noticed]:
    fell = (before.latest > 0) & (100 * point.values <= (100 - bound.percent) * before.latest)
    if not fell.any():
        return
    place_of = {int(code): n for n, code in enumerate(point.codes)}
    for part_field, whole_field in _RATES:
        part, whole = _MEASURES.index(part_field), _MEASURES.index(whole_field)
        for n in np.flatnonzero(fell & (point.codes % len(_MEASURES) == whole)):
            p = place_of.get(int(point.codes[n]) - whole + part)
            if p is None or np.isnan([point.values[p], before.latest[p]]).any():
                continue
            now, then = ((int(of[p]), int(of[n])) for of in (point.values, before.latest))
            if now[0] * then[1] > then[0] * now[1]:
                said = (f"{then[0]:,}/{then[1]:,}", f"{now[0]:,}/{now[1]:,}", _label(part))
                yield _Noticed(
                    found.DENOMINATOR_FALLS, int(point.codes[n]), int(point.rows[n]), then[1] / max(now[1], 1), said
                )


# --- what is said of it


def _finding(alike: Sequence[_Noticed], table: pa.Table, bounds: Bounds) -> Finding:
    worst = max(alike, key=lambda one: one.weight)
    sheet, cell, value = (table[column][worst.row].as_py() for column in ("sheet", "cell", "value"))
    said = _said(worst, bounds)
    more = len(alike) - 1
    return Finding(worst.kind, sheet, cell, f"{value:,}", words.and_more(said, f"{more:,}") if more else said)


def _said(one: _Noticed, bounds: Bounds) -> str:
    series = named_series(one.code)
    county, measure = county_coded(series.county_code).name, series.label
    if one.kind is found.JUMP:
        return words.outside(county, measure, one.said[0], str(bounds.jump.reports))
    if one.kind is found.CUMULATIVE_FALLS:
        return words.not_below(county, measure, one.said[0])
    then, now, part = one.said
    return words.denominator(county, f"{part}／{measure}", then, now)


def named_series(code: int) -> Series:
    """Return what a series' code (`Point.codes`) stands for."""
    rest, measure = divmod(code, len(_MEASURES))
    county, population = rest % _COUNTY_CODES, rest // _COUNTY_CODES % len(_POPULATIONS)
    return Series(f"{county:05d}", _POPULATIONS[population], _MEASURES[measure], _label(measure))


def _label(measure: int) -> str:
    """Return a measure's first header in the layouts, without what stands above it."""
    return _HEADERS[_MEASURES[measure]]


def _measure_and_population(code: int) -> int:
    measure, population = code % len(_MEASURES), code // len(_MEASURES) // _COUNTY_CODES % len(_POPULATIONS)
    return population * len(_MEASURES) + measure


def _number(value: float) -> str:
    return f"{int(value):,}"
