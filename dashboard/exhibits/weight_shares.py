"""In which share of all admissible weightings each county is among the last ones."""

from datetime import date

from dashboard.answers import CURRENT
from dashboard.charts.picture import Caption
from dashboard.charts.share_rows import Bar, share_rows
from dashboard.domain import trial_words, weight_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.periods import FullYear
from dashboard.exhibits.captions import caption
from dashboard.exhibits.evaluation import names
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, Table, rounded, version_of
from dashboard.exhibits.frames import framed
from dashboard.exhibits.weighing import Shares, Weighing, is_exempt, notes, percent, weigh
from dashboard.rules.ranking import CountyRank
from dashboard.rules.rule import Rule
from dashboard.rules.weights import Weights, region, settings
from dashboard.warehouse import Warehouse

_DECIMALS = 1


def weight_shares(
    db: Warehouse, year: FullYear, rule: Rule, weights: Weights, county: County | None = None, known_on: date = CURRENT
) -> Exhibit:
    """Show of each county the share of weightings that puts it among the last, and whether `weights` do.

    NotAvailable as `weigh` says.
    """
    weighing = weigh(db, year, rule, known_on)
    evaluation = weighing.evaluation
    title, selection = _title(weighing), _selection(weighing, county)
    return Exhibit(
        key="weight_shares",
        title=title,
        finding=weight_words.shares_finding(
            names(_always(weighing)),
            [(_name(row), percent(_shares(weighing, row).exact.last)) for row in _swings(weighing)],
        ),
        chart=Chart(
            share_rows(
                [_bar(weighing, row) for row in _ordered(weighing)],
                _caption(weighing, county),
                county.county_code if county else None,
            ),
            weight_words.shares_alt(title, selection),
        ),
        table=_table(weighing, weights, county),
        unit=weight_words.SHARE_UNIT,
        basis=words.RANKING_BASIS,
        as_of=evaluation.sources[0].as_of,
        sources=evaluation.sources,
        notes=(weight_words.NOT_SETTLED_NOTE, *notes(rule)),
        selection=selection,
        rule_version=version_of(rule),
        assumptions=(*evaluation.assumptions, settings().sampling.assumption),
    )


def _shares(weighing: Weighing, row: CountyRank) -> Shares:
    return weighing.shares[row.county_code]


def _name(row: CountyRank) -> str:
    return county_coded(row.county_code).name


def _ranked(weighing: Weighing) -> list[CountyRank]:
    return [row for row in weighing.evaluation.rows if row.county_code in weighing.shares]


def _ordered(weighing: Weighing) -> list[CountyRank]:
    """Return the counties group by group, those most often among the last first, those without place last."""
    found: list[CountyRank] = []
    for rows in weighing.evaluation.groups.values():
        found += sorted(
            rows,
            key=lambda row: -weighing.shares[row.county_code].exact.last if row.county_code in weighing.shares else 1,
        )
    return found


def _always(weighing: Weighing) -> list[CountyRank]:
    """Return those whom every weighting puts among the last."""
    return [row for row in _ranked(weighing) if _shares(weighing, row).exact.last == 1]


def _swings(weighing: Weighing) -> list[CountyRank]:
    """Return those whom some weightings put among the last and others do not, the most often first."""
    found = [row for row in _ranked(weighing) if 0 < _shares(weighing, row).exact.last < 1]
    return sorted(found, key=lambda row: -_shares(weighing, row).exact.last)


def _subject(weighing: Weighing) -> str:
    return weight_words.shares_subject(weighing.evaluation.year_label)


def _title(weighing: Weighing) -> str:
    always, swings = len(_always(weighing)), len(_swings(weighing))
    never = len(_ranked(weighing)) - always - swings
    return weight_words.shares_title(weighing.evaluation.year_label, always, swings, never)


def _selection(weighing: Weighing, county: County | None) -> str:
    if county is None:
        return ""
    row = next(one for one in weighing.evaluation.rows if one.county_code == county.county_code)
    if row.county_code not in weighing.shares:
        return weight_words.not_ranked(county.name, row.reason)
    exact, sampled = _shares(weighing, row)
    exempt = is_exempt(row, weighing.rule)
    return weight_words.shares_selection(county.name, percent(exact.last), percent(sampled.last), exempt)


def _caption(weighing: Weighing, county: County | None) -> Caption:
    subject = _subject(weighing)
    lines = [_title(weighing), _selection(weighing, county)]
    told = [*notes(weighing.rule), settings().sampling.assumption, version_of(weighing.rule)]
    return caption(subject, lines, weighing.evaluation.sources, told, county)


def _bar(weighing: Weighing, row: CountyRank) -> Bar:
    if row.county_code not in weighing.shares:
        unranked = f"{_name(row)}　{words.UNRANKED}"
        return Bar(row.county_code, _name(row), row.group, None, None, None, words.UNRANKED, "", unranked)
    exact, sampled = _shares(weighing, row)
    # Exempt is only who would otherwise owe a report.
    mark = trial_words.EXEMPT if exact.last + exact.tied and is_exempt(row, weighing.rule) else ""
    return Bar(
        row.county_code,
        _name(row),
        row.group,
        rounded(100 * exact.last, 4),
        rounded(100 * exact.tied, 4),
        rounded(100 * sampled.last, 4),
        words.percent(percent(exact.last)),
        mark,
        weight_words.share_spoken(_name(row), percent(exact.last), percent(sampled.last), mark),
    )


def _table(weighing: Weighing, weights: Weights, county: County | None) -> Table:
    has_ties = any(one.exact.tied for one in weighing.shares.values())
    tied = [Column("tied", weight_words.TIED, "%", _DECIMALS, over=weight_words.IN_LAST, missing=words.NO_PLACE)]
    columns = (
        Column("group", words.GROUP),
        Column("county", words.COUNTY),
        Column("exact", weight_words.EXACT, "%", _DECIMALS, over=weight_words.IN_LAST, missing=words.NO_PLACE),
        *(tied if has_ties else []),
        Column("sampled", weight_words.SAMPLED, "%", _DECIMALS, over=weight_words.IN_LAST, missing=words.NO_PLACE),
        Column("owing", weight_words.OWES_SHARE, "%", _DECIMALS, missing=words.NO_PLACE),
        Column("tried", weight_words.TRIED_POINT),
    )
    evaluation = weighing.evaluation
    return Table(
        caption=f"{_subject(weighing)}，{words.as_of_line(evaluation.sources[0].as_of)}",
        frame=framed([_cells(weighing, row, weights) for row in _ordered(weighing)], columns),
        columns=columns,
        head="county",
        selected=county.county_code if county else None,
    )


def _cells(weighing: Weighing, row: CountyRank, weights: Weights) -> dict[str, object]:
    exempt = is_exempt(row, weighing.rule)
    known = weighing.shares.get(row.county_code)
    exact = known.exact.last if known else None
    return {
        "county_code": row.county_code,
        "group": row.group,
        "county": _name(row),
        "exact": None if exact is None else rounded(100 * exact, _DECIMALS),
        "tied": rounded(100 * known.exact.tied, _DECIMALS) if known else None,
        "sampled": rounded(100 * known.sampled.last, _DECIMALS) if known else None,
        "owing": 0.0 if exempt else None if exact is None else rounded(100 * exact, _DECIMALS),
        "tried": _tried(weighing, row, weights) if known else words.UNRANKED,
    }


def _tried(weighing: Weighing, row: CountyRank, weights: Weights) -> str:
    point = region().within(weights.shares(region().rest))
    verdict = weighing.verdict(row.county_code, point)
    told = weight_words.verdict_here(verdict, weighing.last)
    return weight_words.exempted(told) if verdict and is_exempt(row, weighing.rule) else told
