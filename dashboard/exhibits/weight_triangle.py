"""Under which of all admissible weightings a county is among the last ones, drawn as a triangle."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from dashboard.answers import CURRENT
from dashboard.charts import theme
from dashboard.charts import triangle as drawn
from dashboard.charts.picture import Caption
from dashboard.domain import trial_words, weight_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.periods import FullYear
from dashboard.exhibits.captions import caption
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, NotAvailable, Table, rounded, version_of
from dashboard.exhibits.frames import framed
from dashboard.exhibits.weighing import Weighing, is_exempt, labels, notes, percent, weigh
from dashboard.rules import numbers
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import Rule
from dashboard.rules.weightings import CORNERS, Cell, Flip, Point
from dashboard.rules.weights import Weights, is_admissible, region, settings
from dashboard.warehouse import Warehouse

_SYMBOLS = (("diamond", "◆"), ("square", "■"), ("x", "✕"), ("triangle-up", "▲"), ("star", "★"))


def weight_triangle(
    db: Warehouse, year: FullYear, rule: Rule, weights: Weights, county: County | None, known_on: date = CURRENT
) -> Exhibit:
    """Show where among all weightings a county is among the last; NotAvailable without a county or its place."""
    if county is None:
        raise NotAvailable(weight_words.PICK_A_COUNTY)
    weighing = weigh(db, year, rule, known_on)
    row = next(one for one in weighing.evaluation.rows if one.county_code == county.county_code)
    if row.county_code not in weighing.shares:
        raise NotAvailable(weight_words.not_ranked(county.name, row.reason))
    cells = weighing.cells(row.county_code)
    lines = _lines(cells) if rule.report.years_running == 1 else []
    title = _title(weighing, row)
    return Exhibit(
        key="weight_triangle",
        title=title,
        finding=_finding(weighing, row, weights),
        chart=Chart(
            drawn.weight_triangle(
                _areas(cells, weighing.last),
                [one for nth, flips in enumerate(lines) for one in _line(nth + 1, flips)],
                [*_presets(weighing, row), _tried(weighing, row, weights)],
                _corner_names(rule),
                _legend(weighing, cells, lines),
                _caption(weighing, row, weights),
            ),
            weight_words.triangle_alt(title, _corner_names(rule)),
        ),
        table=_table(weighing, row, weights),
        unit=weight_words.TRIANGLE_UNIT,
        basis=words.RANKING_BASIS,
        as_of=weighing.evaluation.sources[0].as_of,
        sources=weighing.evaluation.sources,
        notes=(weight_words.TRIANGLE_NOTE, weight_words.NOT_SETTLED_NOTE, *notes(rule), *_sources()),
        rule_version=version_of(rule),
        assumptions=(*weighing.evaluation.assumptions, settings().sampling.assumption),
        behind=_line_table(lines, rule) if lines else None,
        shown_with=weight_words.SHARES,
    )


def _title(weighing: Weighing, row: CountyRank) -> str:
    share = weighing.shares[row.county_code].exact.last
    subject = _subject(weighing, row)
    kind = "none" if share == 0 else "all" if share == 1 else "some"
    told = weight_words.share_of_weightings(kind, percent(share))
    return weight_words.triangle_title(subject, told, weighing.last, is_exempt(row, weighing.rule))


def _subject(weighing: Weighing, row: CountyRank) -> str:
    return weight_words.triangle_subject(weighing.evaluation.year_label, county_coded(row.county_code).name)


def _finding(weighing: Weighing, row: CountyRank, weights: Weights) -> str:
    exact, sampled = weighing.shares[row.county_code]
    sampling = settings().sampling
    verdict = weighing.verdict(row.county_code, _point(weights))
    here = weight_words.here(_named(weighing.rule, weights), weight_words.verdict_here(verdict, weighing.last))
    return weight_words.triangle_finding(
        percent(exact.last), percent(sampled.last), f"{sampling.draws:,}", sampling.seed, here
    )


def _point(weights: Weights) -> Point:
    return region().within(weights.shares(region().rest))


def _percents(weights: Weights) -> list[str]:
    return [numbers.half_up(share, 2) for share in weights.shares(region().rest)]


def _named(rule: Rule, weights: Weights) -> str:
    return trial_words.listed_weights(list(zip(labels(rule), _percents(weights), strict=True)))


def _sources() -> list[str]:
    return [trial_words.preset_source(one.label, one.source) for one in settings().presets]


# --- the chart


def _areas(cells: Sequence[Cell], last: int) -> list[drawn.Area]:
    return [
        drawn.Area(
            tuple(map(_plain, cell.corners)),
            cell.verdict is not True,
            weight_words.verdict_here(cell.verdict, last),
        )
        for cell in cells
    ]


def _plain(point: Point) -> drawn.Point:
    first, second, third = point
    return float(first), float(second), float(third)


def _lines(cells: Sequence[Cell]) -> list[list[Flip]]:
    """Return the flips line by line: those with the same others lie on one."""
    found: dict[tuple[str, ...], list[Flip]] = {}
    for flip in (flip for cell in cells for flip in cell.flips):
        found.setdefault(tuple(sorted(flip.others)), []).append(flip)
    return list(found.values())


def _others(flip: Flip) -> list[str]:
    return [county_coded(code).name for code in sorted(flip.others)]


def _line(number: int, flips: Sequence[Flip]) -> list[drawn.Line]:
    spoken = weight_words.line_entry(number, _others(flips[0]))
    return [drawn.Line(number, (_plain(flip.ends[0]), _plain(flip.ends[1])), spoken) for flip in flips]


def _presets(weighing: Weighing, row: CountyRank) -> list[drawn.Spot]:
    return [
        _spot(weighing, row, one.weights, one.label, _SYMBOLS[nth % len(_SYMBOLS)])
        for nth, one in enumerate(settings().presets)
    ]


def _tried(weighing: Weighing, row: CountyRank, weights: Weights) -> drawn.Spot:
    spot = _spot(weighing, row, weights, weight_words.TRIED_POINT, ("circle-open", "○"))
    return spot._replace(colour=theme.ACCENT)


def _spot(weighing: Weighing, row: CountyRank, weights: Weights, label: str, looks: tuple[str, str]) -> drawn.Spot:
    point = _point(weights)
    verdict = weight_words.verdict_here(weighing.verdict(row.county_code, point), weighing.last)
    entry = label if is_admissible(weights) else f"{label}（{trial_words.OUTSIDE}）"
    spoken = f"{trial_words.weights_name(label, _pairs(weighing.rule, weights))}：{verdict}"
    return drawn.Spot(_plain(point), looks[0], looks[1], theme.INK, entry, spoken)


def _pairs(rule: Rule, weights: Weights) -> list[tuple[str, str]]:
    return list(zip(labels(rule), _percents(weights), strict=True))


def _corner_names(rule: Rule) -> tuple[str, str, str]:
    high = [max(shares) for shares in region().corners]
    top, left, right = (
        weight_words.corner(label, numbers.half_up(share, 2)) for label, share in zip(labels(rule), high, strict=True)
    )
    return top, left, right


def _legend(weighing: Weighing, cells: Sequence[Cell], lines: Sequence[Sequence[Flip]]) -> list[str]:
    entries = [weight_words.region_entry(weighing.last)] if any(cell.verdict is True for cell in cells) else []
    tied = [weight_words.tied_entry()] if any(cell.verdict is not True for cell in cells) else []
    told = [weight_words.line_entry(nth + 1, _others(flips[0])) for nth, flips in enumerate(lines)]
    return [*entries, *tied, *("　".join(told[first : first + 2]) for first in range(0, len(told), 2))]


def _caption(weighing: Weighing, row: CountyRank, weights: Weights) -> Caption:
    subject = _subject(weighing, row)
    lines = [_title(weighing, row).removeprefix(subject).lstrip("："), _finding(weighing, row, weights)]
    told = [*notes(weighing.rule), settings().sampling.assumption, version_of(weighing.rule)]
    county = county_coded(row.county_code)
    small = [weight_words.TRIANGLE_NOTE, *told]
    return caption(subject, lines, weighing.evaluation.sources, small, county)


# --- the tables


def _table(weighing: Weighing, row: CountyRank, weights: Weights) -> Table:
    """Return a row per weighting that has a name: the one on trial, those offered, and the corners."""
    rule = weighing.rule
    columns = (
        Column("name", trial_words.WEIGHTS),
        *(Column(f"weight_{nth}", label, "%", 2) for nth, label in enumerate(labels(rule))),
        Column("place", words.RANK, decimals=0),
        Column("verdict", weight_words.RESULT),
    )
    presets = [(one.label, one.weights.shares(region().rest)) for one in settings().presets]
    corners = [(name, shares) for name, shares in zip(_corner_names(rule), region().corners, strict=True)]
    named = [(weight_words.TRIED_POINT, weights.shares(region().rest)), *presets, *corners]
    rows = [_cells(weighing, row, name, shares) for name, shares in named]
    caption = f"{_subject(weighing, row)}，{words.as_of_line(weighing.evaluation.sources[0].as_of)}"
    return Table(caption, framed(rows, columns), columns, "name")


def _cells(
    weighing: Weighing, row: CountyRank, name: str, shares: tuple[Fraction, Fraction, Fraction]
) -> dict[str, object]:
    point = region().within(shares)
    outside = "" if min(point) >= 0 else f"（{trial_words.OUTSIDE}）"
    verdict = weight_words.verdict_here(weighing.verdict(row.county_code, point), weighing.last)
    return {
        "name": name,
        **{f"weight_{nth}": rounded(share, 2) for nth, share in enumerate(shares)},
        "place": weighing.place(row.county_code, point),
        "verdict": f"{verdict}{outside}",
    }


def _line_table(lines: Sequence[Sequence[Flip]], rule: Rule) -> Table:
    """Return a row per flip line: whose total is equal there, and the weights at both of its ends."""
    ends = ((0, weight_words.ONE_END), (1, weight_words.OTHER_END))
    columns = (
        Column("line", weight_words.LINE),
        Column("others", weight_words.OTHER),
        *(
            Column(f"end{end}_{nth}", label, "%", 2, over=over)
            for end, over in ends
            for nth, label in enumerate(labels(rule))
        ),
    )
    rows = [_line_cells(nth + 1, flips) for nth, flips in enumerate(lines)]
    return Table(weight_words.LINES_CAPTION, framed(rows, columns), columns, "line")


def _line_cells(number: int, flips: Sequence[Flip]) -> dict[str, object]:
    # All stretches lie on one line: where it is longest any two coordinates order its points.
    points = sorted(point for flip in flips for point in flip.ends)
    cells: dict[str, object] = {"line": weight_words.line_name(number), "others": "、".join(_others(flips[0]))}
    for end, point in enumerate((points[0], points[-1])):
        for nth in range(len(CORNERS)):
            weight = sum((part * corner[nth] for part, corner in zip(point, region().corners, strict=True)), Fraction())
            cells[f"end{end}_{nth}"] = rounded(weight, 2)
    return cells
