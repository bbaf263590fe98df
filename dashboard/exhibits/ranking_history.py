"""Places over the years: every year that can be ranked, under the rule of each year."""

import dataclasses
import functools
from collections.abc import Mapping
from datetime import date

from dashboard.answers import CURRENT
from dashboard.charts.bump import Course, Mark, bump
from dashboard.charts.picture import Caption
from dashboard.domain import frozen_words, history_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_year
from dashboard.exhibits.available import ranking_years, years_note, years_without_ranking
from dashboard.exhibits.captions import caption
from dashboard.exhibits.evaluation import Evaluation, by_place, evaluate, names
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, NotAvailable, Source, Table, version_of
from dashboard.exhibits.frames import framed
from dashboard.exhibits.frozen_headlines import Headline, frozen_headline, years_beside
from dashboard.rules.ranking import CountyRank, Ranking
from dashboard.rules.rule import Rule
from dashboard.rules.words import UNDECIDED
from dashboard.warehouse import Warehouse

_Marks = tuple[Mark, Mark, Mark, Mark]
"""Of who owes a report, who is exempt, who is undecided, and of everybody else."""


@dataclasses.dataclass(frozen=True)
class _History:
    """The evaluations of all years, each under its own rule, oldest first."""

    rule: Rule
    """That of the newest year; it says what the words speak of."""
    evaluations: tuple[Evaluation, ...]
    frozen: Mapping[FullYear, Headline]
    """What was decided of years for good."""

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

        The newest visits come last, so that the line of cut-off dates names theirs; volumes stand between.
        """
        quoted = dict.fromkeys(source for one in reversed(self.evaluations) for source in one.sources)
        averages = [source for source in quoted if source.kind is Kind.AVERAGE_RATE]
        visits = [source for source in quoted if source.kind is Kind.VISITS]
        others = [source for source in quoted if source not in averages and source not in visits]
        return (*averages, *others, *reversed(visits))

    @property
    def subject(self) -> str:
        return history_words.subject(self.years[0], self.years[-1])

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules of the years, each once, oldest first."""
        return tuple({one.rule.key: one.rule for one in self.rankings.values()}.values())

    @functools.cached_property
    def marks(self) -> _Marks:
        last = self.rule.last_ones
        return (
            Mark("square", 10, history_words.OWES),
            Mark("square-open", 9, history_words.exempt(last)),
            Mark("diamond", 10, history_words.undecided(last)),
            Mark("circle", 8, history_words.other(last)),
        )

    @property
    def rule_notes(self) -> tuple[str, ...]:
        """Say which rule the places of each year follow, and what is odd about it."""
        years = {rule.label: [year for year, one in self.rankings.items() if one.rule == rule] for rule in self.rules}
        spans = {label: (roc_year(of[0].year), roc_year(of[-1].year)) for label, of in years.items()}
        moved = any(one.group != ranks[-1].group for ranks in self.ranks.values() for one in ranks)
        return (
            history_words.rules_note(spans, is_proposal=self.rule.status == "proposal"),
            *([history_words.GROUPS_MOVE_NOTE] if moved else []),
            self.rule.report_sentence(),
            *self.rule.remarks(),
        )

    @functools.cached_property
    def beside_frozen(self) -> str:
        return years_beside([(self.rankings[year], one) for year, one in self.frozen.items()])

    @property
    def groups(self) -> Mapping[str, tuple[CountyRank, ...]]:
        """Return the counties of each group by their newest place."""
        return self.evaluations[-1].groups


def ranking_history(
    db: Warehouse, rule: Rule, county: County | None = None, decided: int = 0, known_on: date = CURRENT
) -> Exhibit:
    """Show each county's place in its group over all years that can be ranked; NotAvailable where there is none.

    Under a statutory rule each year has the rule in force then; a proposal is tried on all years alike. The first
    `decided` decisions are laid over what the rules leave to a person.
    """
    history = _history(db, rule, decided, known_on)
    title, selection = _title(history), _selection(history, county)
    return Exhibit(
        key="ranking_history",
        title=title,
        finding=_finding(history),
        chart=Chart(
            bump(
                _courses(history),
                [_tick(ranking) for ranking in history.rankings.values()],
                history.marks,
                _caption(history, county),
                county.county_code if county else None,
            ),
            history_words.alt(title, f"{history.beside_frozen}{selection}"),
        ),
        table=_table(history, county),
        unit=history_words.PLACE_UNIT,
        basis=words.RANKING_BASIS,
        as_of=history.sources[0].as_of,
        sources=history.sources,
        notes=(
            *(f"{one.sentence}。" for one in history.frozen.values()),
            history_words.ORDER_NOTE,
            *history.rule_notes,
            *(note for one in history.evaluations for note in one.settled_notes),
            *years_note(db, rule, known_on),
        ),
        selection=selection,
        rule_version="；".join(map(version_of, history.rules)),
        assumptions=tuple(dict.fromkeys(said for one in history.rules for said in one.ranking_assumptions())),
        is_series=True,
    )


def _history(db: Warehouse, rule: Rule, decided: int, known_on: date) -> _History:
    known = ranking_years(db, rule, known_on)
    rules = {year: rule.rule_of_year(year) for year in sorted(known)}
    if not rules:
        raise NotAvailable(history_words.not_available(years_without_ranking(db, rule, known_on)))
    evaluations = tuple(evaluate(db, year, one, known_on, decided) for year, one in rules.items())
    headlines = {year: frozen_headline(db, year, one, known_on, decided) for year, one in rules.items()}
    frozen = {year: one for year, one in headlines.items() if one}
    return _History(evaluations[-1].ranking.rule, evaluations, frozen)


def _tick(ranking: Ranking) -> str:
    return history_words.year_tick(ranking.year, ranking.rule.short, ranking.is_trial, ranking.rule.status)


def _years_in_last(history: _History, row: CountyRank) -> int:
    return sum(one.place is not None and one.last_of_year is True for one in history.ranks[row.county_code])


def _title(history: _History) -> str:
    groups = []
    for group, rows in history.groups.items():
        most = max(_years_in_last(history, row) for row in rows)
        groups.append((group, names([row for row in rows if _years_in_last(history, row) == most]), most))
    return history_words.title(history.subject, groups, history.rule.last_ones)


def _finding(history: _History) -> str:
    newest = [
        (group, names([row for row in rows if row.place and row.last_of_year is True]))
        for group, rows in history.groups.items()
    ]
    number = len(history.years)
    always = [row for rows in history.groups.values() for row in rows if _years_in_last(history, row) == number]
    last = history.rule.last_ones
    stated = history.beside_frozen + history_words.newest_lasts(roc_year(history.years[-1].year), newest, last)
    return stated + (history_words.always(names(always), number, last) if number > 1 else "")


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
            words.verdict(row.owes_review_report, row.in_last_two, ranking.is_trial) if row.in_last_two else "",
        )
        for ranking, row in zip(history.rankings.values(), ranks, strict=True)
    ]
    return Course(
        county.county_code,
        county.name,
        newest.group,
        # A place among others than those of the panel would stand beside the wrong neighbours.
        tuple(row.place if row.group == newest.group else None for row in ranks),
        tuple(_mark(row, history.marks) for row in ranks),
        tuple(spoken),
        ends,
        newest.place is not None and newest.last_of_year is True,
    )


def _label_rows(ranking: Ranking) -> dict[str, int]:
    """Give each county of a group a row of its own by place, from 1; the unranked ones take the rows below."""
    found, taken = {}, dict.fromkeys((row.group for row in ranking.rows), 0)
    for row in sorted(ranking.rows, key=by_place):
        taken[row.group] += 1
        found[row.county_code] = taken[row.group]
    return found


def _mark(row: CountyRank, marks: _Marks) -> Mark:
    owes, exempt, undecided, plain = marks
    if row.in_last_two is False:
        return plain
    if row.owes_review_report == UNDECIDED:
        return undecided
    return owes if row.owes_review_report else exempt


def _caption(history: _History, county: County | None) -> Caption:
    title = _title(history).removeprefix(history.subject).lstrip("：")
    lines = [title, _finding(history), _selection(history, county)]
    notes = [history_words.ORDER_NOTE, history.rule_notes[0], *map(version_of, history.rules)]
    return caption(history.subject, lines, history.sources, notes, county, is_series=True)


# --- the table


def _table(history: _History, county: County | None) -> Table:
    columns = [Column("group", words.GROUP), Column("county", words.COUNTY)]
    for year in history.years:
        over = words.evaluation(year, history.rankings[year].is_trial)
        columns += [
            Column(f"place_{year.roc}", words.RANK, decimals=0, missing=words.NO_PLACE, over=over),
            Column(f"report_{year.roc}", words.REPORT, over=over),
            *([Column(f"frozen_{year.roc}", frozen_words.DUTY, over=over)] if year in history.frozen else []),
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
        if frozen := history.frozen.get(year):
            cells[f"frozen_{year.roc}"] = frozen.verdicts[newest.county_code]
    return cells
