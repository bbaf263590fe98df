"""Places over the years: every year that can be ranked, under one rule."""

import dataclasses
import functools
from collections.abc import Mapping
from datetime import date

from dashboard.answers import CURRENT
from dashboard.charts.bump import Course, Mark, bump
from dashboard.charts.picture import Caption
from dashboard.domain import history_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_year
from dashboard.exhibits.available import ranking_years, years_note, years_without_ranking
from dashboard.exhibits.captions import caption
from dashboard.exhibits.evaluation import Evaluation, by_place, evaluate, names
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, NotAvailable, Source, Table, version_of
from dashboard.exhibits.frames import framed
from dashboard.rules.ranking import CountyRank, Ranking
from dashboard.rules.rule import Rule
from dashboard.rules.words import UNDECIDED
from dashboard.warehouse import Warehouse

_OWES = Mark("square", 10, history_words.OWES)
_EXEMPT = Mark("square-open", 9, history_words.EXEMPT)
_UNDECIDED = Mark("diamond", 10, history_words.UNDECIDED)
_PLAIN = Mark("circle", 8, history_words.OTHER)


@dataclasses.dataclass(frozen=True)
class _History:
    """The evaluations of all years under one rule, oldest first."""

    rule: Rule
    evaluations: tuple[Evaluation, ...]

    @functools.cached_property
    def rankings(self) -> dict[FullYear, Ranking]:
        return {one.ranking.year: one.ranking for one in self.evaluations}

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

    @functools.cached_property
    def sources(self) -> tuple[Source, ...]:
        """Return the reports on rates, the newest first, then those on visits.

        The newest visits come last, so that the line of cut-off dates names theirs.
        """
        averages = dict.fromkeys(source for one in reversed(self.evaluations) for source in one.sources[:-1])
        return (*averages, *(one.sources[-1] for one in self.evaluations))

    @property
    def subject(self) -> str:
        return history_words.subject(self.years[0], self.years[-1])

    @property
    def groups(self) -> Mapping[str, tuple[CountyRank, ...]]:
        """Return the counties of each group by their newest place."""
        return self.evaluations[-1].groups


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
            *years_note(db, rule, known_on),
        ),
        selection=selection,
        rule_version=version_of(rule),
        assumptions=rule.ranking_assumptions(),
        is_series=True,
    )


def _history(db: Warehouse, rule: Rule, known_on: date) -> _History:
    years = sorted(ranking_years(db, rule, known_on))
    if not years:
        raise NotAvailable(history_words.not_available(years_without_ranking(db, rule, known_on)))
    return _History(rule, tuple(evaluate(db, year, rule, known_on) for year in years))


def _years_in_last(history: _History, row: CountyRank) -> int:
    return sum(one.place is not None and one.in_last_two is True for one in history.ranks[row.county_code])


def _title(history: _History) -> str:
    groups = []
    for group, rows in history.groups.items():
        most = max(_years_in_last(history, row) for row in rows)
        groups.append((group, names([row for row in rows if _years_in_last(history, row) == most]), most))
    return history_words.title(history.subject, groups)


def _finding(history: _History) -> str:
    newest = [
        (group, names([row for row in rows if row.place and row.in_last_two is True]))
        for group, rows in history.groups.items()
    ]
    number = len(history.years)
    always = [row for rows in history.groups.values() for row in rows if _years_in_last(history, row) == number]
    stated = history_words.newest_lasts(roc_year(history.years[-1].year), newest)
    return stated + (history_words.always(names(always), number) if number > 1 else "")


def _selection(history: _History, county: County | None) -> str:
    if county is None:
        return ""
    course = history.ranks[county.county_code]
    places = [
        history_words.year_place(roc_year(year.year), row.place)
        for year, row in zip(history.years, course, strict=True)
    ]
    return history_words.selection(county.name, course[-1].group, places)


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
    for row in sorted(ranking.rows, key=by_place):
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
    return caption(history.subject, lines, history.sources, notes, county, is_series=True)


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
        caption=f"{history.subject}，{words.newest_as_of_line(history.sources[0].as_of)}",
        frame=framed(rows, columns),
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
