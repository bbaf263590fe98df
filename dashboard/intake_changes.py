"""What receiving a file would change, as HTML: figures, cell by cell; counties' places and duties; what is new."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from dashboard import markup
from dashboard.domain import intake_words as words
from dashboard.domain.counties import county_coded
from dashboard.domain.kinds import Population
from dashboard.domain.periods import period_from_iso
from dashboard.domain.roc import roc_date, roc_period, roc_year
from dashboard.domain.words import NO_PLACE, POPULATIONS
from dashboard.exhibits import Column, Table
from dashboard.intake_markup import listed, section, table
from dashboard.previewing import CountyChange, Preview, YearStanding
from dashboard.readers import Slice
from dashboard.readers.layout import declared

MOST_CHANGES = 200
"""Rows of a list of changed cells; beyond it only their number says anything."""
_FEW = 20
"""Changed cells that are listed without being asked for."""
_MEASURES: Mapping[str, str] = {
    field: column.headers[-1] for layout in reversed(declared().layouts) for field, column in layout.columns.items()
}


def changes(preview: Preview) -> str:
    """Return what receiving a file would change: cells, and counties' places and duties."""
    if preview.outcome == "identical" or preview.candidate.is_past_asking or not preview.figure_count:
        return ""
    cells = preview.changes
    told = [words.new_slices(slices(preview.new_slices))] if preview.new_slices else []
    if len(cells):
        told.insert(0, words.changed(f"{len(cells):,}", f"{min(len(cells), MOST_CHANGES):,}"))
    elif not told:
        told = [words.NO_CHANGE]
    some = changed_cells(words.CHANGE_TABLE, cells.head(MOST_CHANGES))
    cells_shown = _changed(some) if len(cells) else ""
    return section(words.CHANGES, listed(told) + cells_shown + "".join(map(_standing, preview.standings)))


def _changed(cells: Table) -> str:
    return markup.table(cells) if len(cells.frame) <= _FEW else markup.folded(cells)


def changed_cells(caption: str, some: pd.DataFrame, versions: tuple[str, str] = (words.OLD, words.NEW)) -> Table:
    """Return cells with what they say in two versions, which are called `versions`."""
    sheets, places = (some[name] if name in some else some[f"new_{name}"] for name in ("sheet", "cell"))
    frame = pd.DataFrame(
        {
            "county": [county_coded(code).name for code in some["county_code"]],
            "period": [period(iso, as_of) for iso, as_of in zip(some["period"], some["as_of"], strict=True)],
            "population": [POPULATIONS[Population(one)] for one in some["population"]],
            "measure": [_MEASURES.get(one, one) for one in some["measure"]],
            "old": some["old"].to_numpy(),
            "new": some["new"].to_numpy(),
            "difference": (some["new"] - some["old"]).to_numpy(),
            "place": [_where(sheet, cell) for sheet, cell in zip(sheets, places, strict=True)],
        }
    )
    columns = (
        Column("county", words.COUNTY),
        Column("period", words.PERIOD),
        Column("population", words.POPULATION),
        Column("measure", words.MEASURE),
        Column("old", versions[0], decimals=0),
        Column("new", versions[1], decimals=0),
        Column("difference", words.DIFFERENCE, decimals=0, is_signed=True),
        Column("place", words.PLACE),
    )
    return Table(caption, frame, columns, "county")


def blocks(preview: Preview) -> dict[str, pd.DataFrame]:
    """Return the figures that would come in, by period, day and population as they are called."""
    found = {}
    for key, rows in preview.figures.groupby(["period", "as_of", "population"], sort=False):
        iso, as_of, population = map(str, key)
        day = pd.Timestamp(as_of).date()
        found[words.block(period(iso, day), day, POPULATIONS[Population(population)])] = rows
    return found


def block(preview: Preview, of_block: pd.DataFrame) -> str:
    """Return the figures of one period and population that would come in, one row a county."""
    wide = of_block.pivot_table(index="county_code", columns="measure", values="value", aggfunc="first", dropna=False)
    measures = list(dict.fromkeys(of_block["measure"]))
    official = list(dict.fromkeys(of_block["county_code"]))
    frame = wide.reindex(index=official, columns=measures).reset_index(names="county_code")
    frame["county"] = [county_coded(code).name for code in frame["county_code"]]
    columns = [Column(one, _MEASURES.get(one, one), decimals=0) for one in measures]
    caption = f"{preview.file_name}：{words.NEW_TABLE}"
    return markup.table(Table(caption, frame, (Column("county", words.COUNTY), *columns), "county"))


def _standing(standing: YearStanding) -> str:
    year, rule = roc_year(standing.year.year), standing.rule.label
    if standing.becomes_rankable:
        return listed([words.becomes_rankable(year, rule)])
    rows = [_county(one) for one in standing.counties]
    if not rows:
        return ""
    heads = (words.COUNTY, words.GROUP, words.OLD_PLACE, words.NEW_PLACE, words.OLD_DUTY, words.NEW_DUTY)
    return table(words.standings(year, rule, str(len(rows))), heads, rows)


def _county(one: CountyChange) -> list[str]:
    places = [str(place) if place else NO_PLACE for place in (one.old_place, one.new_place)]
    duties = [
        words.DUTIES[owes] if isinstance(owes, bool) else words.DUTIES[None] for owes in (one.old_owes, one.new_owes)
    ]
    return [escape(said) for said in (county_coded(one.county_code).name, one.group, *places, *duties)]


def slices(some: Sequence[Slice]) -> str:
    """Say of which periods, or as of which days, slices are."""
    named = [period(one.period, one.as_of) for one in some]
    return words.span(named[0], named[-1], len(named))


def period(iso: str, as_of: object) -> str:
    """Say which period, or as of which day, a figure is of."""
    return roc_period(period_from_iso(iso)) if iso else roc_date(pd.Timestamp(str(as_of)).date())


def _where(*place: Any) -> str:
    return "!".join(str(one) for one in place if not pd.isna(one) and one)
