"""Every scenario beside every other: who would report under each, and how likely that were by chance alone."""

from datetime import date
from fractions import Fraction

from dashboard.answers import CURRENT
from dashboard.charts.picture import Caption
from dashboard.charts.scenario_grid import Cell, Row, scenario_grid
from dashboard.domain import frozen_words, trial_words, words
from dashboard.domain.counties import County
from dashboard.domain.periods import FullYear
from dashboard.exhibits.captions import caption
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, Table, rounded, version_of
from dashboard.exhibits.frames import framed
from dashboard.exhibits.scenario_trial import LEGEND, Scenario, Trial, rules, tried, weights_name
from dashboard.rules import numbers
from dashboard.rules.weights import Weights, called, is_admissible
from dashboard.warehouse import Warehouse


def scenarios(
    db: Warehouse,
    year: FullYear,
    weights: Weights,
    county: County | None = None,
    decided: int = 0,
    known_on: date = CURRENT,
) -> Exhibit:
    """Show who would report under each rule on file, with the same weights; NotAvailable where none can be tried.

    The first `decided` decisions are laid over the statutory rule where its weights are its own, over no other.
    """
    trial, missing = tried(db, year, weights, decided, known_on)
    title, selection = _title(trial), _selection(trial, county)
    return Exhibit(
        key="scenarios",
        title=title,
        finding=_finding(trial),
        chart=Chart(
            scenario_grid(
                [_row(trial, one) for one in trial.ordered],
                [*(one.name for one in trial.scenarios), trial_words.COUNT_HEAD],
                LEGEND,
                _caption(trial, county),
                county.county_code if county else None,
            ),
            trial_words.scenarios_alt(title, selection),
        ),
        table=_table(trial, county),
        unit=trial_words.SCENARIO_UNIT,
        basis=words.RANKING_BASIS,
        as_of=trial.sources[0].as_of,
        sources=trial.sources,
        notes=(*_notes(trial), *missing),
        selection=selection,
        rule_version=trial_words.tried_weights(weights_name(weights)),
        assumptions=trial.assumptions,
        behind=_chances(trial),
    )


def _title(trial: Trial) -> str:
    number = len(trial.scenarios)
    every = [one.name for one in trial.ordered if trial.counts[one.county_code] == number]
    return trial_words.scenarios_title(trial.subject, every, _single(trial), number)


def _single(trial: Trial) -> list[tuple[str, str]]:
    """Return the counties that one scenario alone asks, each with it."""
    return [(one.name, asking[0].name) for one in trial.ordered if len(asking := trial.asking(one)) == 1]


def _finding(trial: Trial) -> str:
    most = max(trial.counts.values())
    ever = sum(count > 0 for count in trial.counts.values())
    often = [one.name for one in trial.ordered if trial.counts[one.county_code] == most]
    found = trial_words.scenarios_finding(ever, len(trial.ordered) - ever, weights_name(trial.weights), (often, most))
    return found + trial_words.single(_single(trial))


def _selection(trial: Trial, county: County | None) -> str:
    if county is None:
        return ""
    verdicts: dict[str, list[str]] = {}
    for one in trial.scenarios:
        verdicts.setdefault(one.verdict(county.county_code), []).append(one.name)
    count = trial.counts[county.county_code]
    return trial_words.scenarios_selection(county.name, count, len(trial.scenarios), verdicts)


def _notes(trial: Trial) -> tuple[str, ...]:
    chances = [
        trial_words.chance_sentence(one.name, [(pool, _percent(chance)) for pool, _, chance in one.chances])
        for one in trial.scenarios
    ]
    outside = [] if is_admissible(trial.weights) else [trial_words.OUTSIDE_NOTE]
    return (
        trial_words.TRIAL_NOTE,
        *outside,
        *_preset_source(trial.weights),
        trial_words.MARKS_NOTE,
        *_settled_notes(trial),
        trial_words.CHANCE_NOTE,
        trial_words.chances_note(chances),
        *(_note(one) for one in trial.scenarios),
        *dict.fromkeys(told for one in trial.scenarios for told in _remarks(one)),
        trial_words.scenario_source(list(dict.fromkeys(one.rule.source for one in trial.scenarios))),
    )


def _settled_notes(trial: Trial) -> list[str]:
    """Say under which rule what people decided is shown, and quote it."""
    settled = [trial_words.scenario(one.name) for one in trial.scenarios if one.evaluation.settled]
    quoted = [note for one in trial.scenarios for note in one.evaluation.settled_notes]
    return [frozen_words.settled_here(settled) if settled else frozen_words.NONE_SETTLED_HERE, *quoted]


def _note(scenario: Scenario) -> str:
    rule = rules()[scenario.rule.key]
    return trial_words.scenario_note(scenario.name, rule.proposed_by, version_of(rule), rule.change)


def _remarks(scenario: Scenario) -> list[str]:
    told = (*scenario.rule.remarks(), *scenario.evaluation.ranking.remarks)
    return [trial_words.remark(scenario.name, one) for one in told]


def _preset_source(weights: Weights) -> list[str]:
    preset = called(weights)
    return [trial_words.preset_source(preset.label, preset.source)] if preset else []


def _percent(chance: Fraction) -> str:
    return words.percent(numbers.trimmed(100 * chance, 1))


# --- the chart


def _row(trial: Trial, county: County) -> Row:
    code = county.county_code
    return Row(
        code,
        county.name,
        tuple(_cell(one, county) for one in trial.scenarios),
        trial.counts[code],
        _selection(trial, county),
    )


def _cell(scenario: Scenario, county: County) -> Cell:
    code = county.county_code
    pool, place = scenario.standing(code)
    told = trial_words.in_group(pool, place) if place else ""
    return Cell(scenario.mark(code), trial_words.mark_spoken(county.name, scenario.name, scenario.verdict(code), told))


def _caption(trial: Trial, county: County | None) -> Caption:
    title = _title(trial).removeprefix(trial.subject).lstrip("：")
    lines = [title, _finding(trial), _selection(trial, county)]
    notes = [trial_words.TRIAL_NOTE, trial_words.MARKS_NOTE, trial_words.CHANCE_NOTE]
    return caption(trial.subject, lines, trial.sources, notes, county)


# --- the tables


def _table(trial: Trial, county: County | None) -> Table:
    columns = [Column("county", words.COUNTY), Column("count", trial_words.COUNT, decimals=0)]
    for one in trial.scenarios:
        key = one.rule.key
        columns += [
            Column(f"{key}_group", words.GROUP, over=one.name, missing=words.NO_PLACE),
            Column(f"{key}_place", words.RANK, decimals=0, missing=words.NO_PLACE, over=one.name),
            Column(f"{key}_report", words.REPORT, over=one.name),
        ]
    rows = [_cells(trial, one) for one in trial.ordered]
    return Table(
        caption=f"{trial.subject}，{words.as_of_line(trial.sources[0].as_of)}",
        frame=framed(rows, columns),
        columns=tuple(columns),
        head="county",
        selected=county.county_code if county else None,
    )


def _cells(trial: Trial, county: County) -> dict[str, object]:
    code = county.county_code
    cells: dict[str, object] = {"county_code": code, "county": county.name, "count": trial.counts[code]}
    for one in trial.scenarios:
        key, (pool, place) = one.rule.key, one.standing(code)
        cells[f"{key}_group"] = pool or words.NO_PLACE
        cells[f"{key}_place"] = place
        cells[f"{key}_report"] = one.verdict(code)
    return cells


def _chances(trial: Trial) -> Table:
    """Return a row per scenario and pool: how likely any of its members were hit by luck alone."""
    columns = (
        Column("scenario", trial_words.SCENARIO),
        Column("pool", words.GROUP),
        Column("size", trial_words.GROUP_SIZE, decimals=0),
        Column("last", trial_words.REPORTERS, decimals=0),
        Column("years", trial_words.YEARS, decimals=0),
        Column("chance", trial_words.CHANCE, "%", 1),
    )
    rows = [
        {
            "scenario": one.name,
            "pool": pool,
            "size": size,
            "last": min(one.rule.report.count, size),
            "years": one.rule.report.years_running,
            "chance": rounded(100 * chance, 1),
        }
        for one in trial.scenarios
        for pool, size, chance in one.chances
    ]
    return Table(trial_words.CHANCES, framed(rows, columns), columns, "scenario")
