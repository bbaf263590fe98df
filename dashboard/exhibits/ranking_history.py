"""Places over the years: every year that can be ranked, under one rule."""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.charts.bump import Course, Mark, bump
from dashboard.charts.picture import Caption
from dashboard.domain import history_words, ranking_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_year
from dashboard.exhibits import sources
from dashboard.exhibits.available import ranking_years, years_without_ranking
from dashboard.exhibits.captions import caption
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, NotAvailable, Source, Table, version_of
from dashboard.exhibits.frames import framed
from dashboard.rules.ranking import CountyRank, Ranking, rank
from dashboard.rules.rule import Rule
from dashboard.rules.words import UNDECIDED
from dashboard.warehouse import Warehouse

_OWES = Mark("square", 10, history_words.OWES)
_EXEMPT = Mark("square-open", 9, history_words.EXEMPT)
_UNDECIDED = Mark("diamond", 10, history_words.UNDECIDED)
_PLAIN = Mark("circle", 8, history_words.OTHER)


@dataclasses.dataclass(frozen=True)
class _History:
    """The rankings of all years, oldest first, and the reports they rest on."""

    rule: Rule
    rankings: Mapping[FullYear, Ranking]
    sources: tuple[Source, ...]

    @property
    def years(self) -> list[FullYear]:
        return list(self.rankings)

    @functools.cached_property
    def ranks(self) -> Mapping[str, list[CountyRank]]:
        """Return each county's ranks, year by year."""
        found: dict[str, list[CountyRank]] = {}
        for one in self.rankings.values():
            for row in one.rows:
                found.setdefault(row.county_code, []).append(row)
        return found

    @property
    def newest(self) -> Ranking:
        return self.rankings[self.years[-1]]

    @property
    def subject(self) -> str:
        return history_words.subject(self.years[0], self.years[-1])

    @functools.cached_property
    def groups(self) -> dict[str, list[CountyRank]]:
        """Return the counties of each group by their newest place, equal ones in official order, unranked ones last."""
        found: dict[str, list[CountyRank]] = {}
        for row in self.newest.rows:
            found.setdefault(row.group, []).append(row)
        return {group: sorted(rows, key=_by_place) for group, rows in found.items()}


def ranking_history(db: Warehouse, rule: Rule, county: County | None = None, known_on: date = CURRENT) -> Exhibit:
    """Show each county's place in its group over all years that can be ranked; NotAvailable where there is none."""
    history = _history(db, rule, known_on)
    title, selection = _title(history), _selection(history, county)
    return Exhibit(
        key="ranking_history",
        title=title,
        finding=_finding(history),
        chart=Chart(
            bump(
                _courses(history),
                [history_words.year_tick(year, rule.is_trial(year), rule.key) for year in history.years],
                (_OWES, _EXEMPT, _UNDECIDED, _PLAIN),
                _caption(history, county),
                county.county_code if county else None,
            ),
            history_words.alt(title, selection),
        ),
        table=_table(history, county),
        unit=history_words.PLACE_UNIT,
        basis=words.RANKING_BASIS,
        as_of=history.sources[0].as_of,
        sources=history.sources,
        notes=(
            history_words.ORDER_NOTE,
            history_words.ONE_RULE_NOTE,
            words.REPORT_RULE_NOTE,
            *_years_note(db, rule, known_on),
        ),
        selection=selection,
        rule_version=version_of(rule),
        assumptions=rule.ranking_assumptions(),
    )


def _history(db: Warehouse, rule: Rule, known_on: date) -> _History:
    years = sorted(ranking_years(db, rule, known_on))
    if not years:
        missing = years_without_ranking(db, rule, known_on)
        raise NotAvailable(history_words.not_available({roc_year(one.year): what for one, what in missing.items()}))
    inputs = answers.ranking_inputs_of_years(db, years, rule.visit_year_offset, known_on)
    rankings = {year: rank(inputs[year], rule, year) for year in years}
    averages = sorted({*years, *(FullYear(year.year - 1) for year in years)}, reverse=True)
    # The newest visits come last, so that the line of cut-off dates names theirs.
    visits = [rule.visit_year(year) for year in years]
    asked = [(Kind.AVERAGE_RATE, year) for year in averages] + [(Kind.VISITS, year) for year in visits]
    found = sources.of_years(db, asked, known_on)
    return _History(rule, rankings, tuple(one for one in found if one))


def _by_place(row: CountyRank) -> float:
    return float("inf") if row.place is None else row.place


def _names(rows: Sequence[CountyRank]) -> list[str]:
    return [county_coded(row.county_code).name for row in rows]


def _years_in_last(history: _History, row: CountyRank) -> int:
    return sum(one.place is not None and one.in_last_two is True for one in history.ranks[row.county_code])


def _title(history: _History) -> str:
    groups = []
    for group, rows in history.groups.items():
        most = max(_years_in_last(history, row) for row in rows)
        groups.append((group, _names([row for row in rows if _years_in_last(history, row) == most]), most))
    return history_words.title(history.subject, groups)


def _finding(history: _History) -> str:
    newest = [
        (group, _names([row for row in rows if row.place and row.in_last_two is True]))
        for group, rows in history.groups.items()
    ]
    number = len(history.years)
    always = [row for rows in history.groups.values() for row in rows if _years_in_last(history, row) == number]
    stated = history_words.newest_lasts(roc_year(history.years[-1].year), newest)
    return stated + (history_words.always(_names(always), number) if number > 1 else "")


def _selection(history: _History, county: County | None) -> str:
    if county is None:
        return ""
    course = history.ranks[county.county_code]
    places = [
        history_words.year_place(roc_year(year.year), row.place)
        for year, row in zip(history.years, course, strict=True)
    ]
    return history_words.selection(county.name, course[-1].group, places)


def _years_note(db: Warehouse, rule: Rule, known_on: date) -> list[str]:
    missing = {roc_year(year.year): reports for year, reports in years_without_ranking(db, rule, known_on).items()}
    return [ranking_words.years_not_offered(missing)] if missing else []


# --- the chart


def _courses(history: _History) -> list[Course]:
    first, last = (_label_rows(history.rankings[year]) for year in (history.years[0], history.years[-1]))
    return [
        _course(history, row, (first[row.county_code], last[row.county_code]))
        for rows in history.groups.values()
        for row in rows
    ]


def _course(history: _History, newest: CountyRank, ends: tuple[int, int]) -> Course:
    county, ranks = county_coded(newest.county_code), history.ranks[newest.county_code]
    spoken = [
        history_words.point(
            county.name,
            roc_year(ranking.year.year),
            row.place,
            words.verdict(row.owes_review_report, row.in_last_two, ranking.is_trial) if _mark(row) != _PLAIN else "",
        )
        for ranking, row in zip(history.rankings.values(), ranks, strict=True)
    ]
    return Course(
        county.county_code,
        county.name,
        newest.group,
        tuple(row.place for row in ranks),
        tuple(map(_mark, ranks)),
        tuple(spoken),
        ends,
        newest.place is not None and newest.in_last_two is True,
    )


def _label_rows(ranking: Ranking) -> dict[str, int]:
    """Give each county of a group a row of its own by place, from 1; the unranked ones take the rows below."""
    found, taken = {}, dict.fromkeys((row.group for row in ranking.rows), 0)
    for row in sorted(ranking.rows, key=_by_place):
        taken[row.group] += 1
        found[row.county_code] = taken[row.group]
    return found


def _mark(row: CountyRank) -> Mark:
    if row.in_last_two is False:
        return _PLAIN
    if row.owes_review_report == UNDECIDED:
        return _UNDECIDED
    return _OWES if row.owes_review_report else _EXEMPT


def _caption(history: _History, county: County | None) -> Caption:
    title = _title(history).removeprefix(history.subject).lstrip("：")
    lines = [title, _finding(history), _selection(history, county)]
    notes = [history_words.ORDER_NOTE, history_words.ONE_RULE_NOTE, version_of(history.rule)]
    return caption(history.subject, lines, history.sources, notes, county)


# --- the table


def _table(history: _History, county: County | None) -> Table:
    columns = [Column("group", words.GROUP), Column("county", words.COUNTY)]
    for year in history.years:
        over = words.evaluation(year, history.rule.is_trial(year))
        columns += [
            Column(f"place_{year.roc}", words.RANK, decimals=0, missing=words.NO_PLACE, over=over),
            Column(f"report_{year.roc}", words.REPORT, over=over),
        ]
    rows = [_cells(history, row) for rows in history.groups.values() for row in rows]
    return Table(
        caption=f"{history.subject}，{words.as_of_line(history.sources[0].as_of)}",
        frame=framed(rows, {f"place_{year.roc}": "Int64" for year in history.years}),
        columns=tuple(columns),
        head="county",
        selected=county.county_code if county else None,
    )


def _cells(history: _History, newest: CountyRank) -> dict[str, object]:
    cells: dict[str, object] = {
        "county_code": newest.county_code,
        "group": newest.group,
        "county": county_coded(newest.county_code).name,
    }
    for (year, ranking), row in zip(history.rankings.items(), history.ranks[newest.county_code], strict=True):
        cells[f"place_{year.roc}"] = row.place
        cells[f"report_{year.roc}"] = words.verdict(row.owes_review_report, row.in_last_two, ranking.is_trial)
    return cells
