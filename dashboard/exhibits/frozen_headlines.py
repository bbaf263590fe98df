"""What stands above a ranking of a year that was decided for good: what was decided, before what is known."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from dashboard.answers import CURRENT
from dashboard.decided import freeze_in_force
from dashboard.domain import frozen_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_date, roc_year
from dashboard.exhibits.evaluation import names
from dashboard.exhibits.exhibit import Column
from dashboard.rules.ranking import CountyRank, Ranking
from dashboard.rules.rule import Rule
from dashboard.rules.words import UNDECIDED
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class Headline:
    """What was decided of a year (no full stop), and the name of what is shown of it beside that.

    `verdicts` say by county_code what was decided of each, `duties` the same as rankings do, `places` where it stood.
    """

    sentence: str
    below: str
    decided_on: date
    verdicts: Mapping[str, str]
    duties: Mapping[str, bool | str]
    places: Mapping[str, int | None]

    def year_of_county(self, year_label: str, county: County) -> str:
        """Name the year with what was decided of a county: a title that speaks of its duty speaks of both."""
        return frozen_words.county_decided(year_label, self.verdicts[county.county_code], self.below)

    def of_county(self, county: County) -> str:
        """Name a county with what was decided of it."""
        return frozen_words.county_decided(county.name, self.verdicts[county.county_code], self.below)

    def differing(self, rows: Iterable[CountyRank]) -> "Differing":
        """Return the names of the counties of whose duty a ranking says otherwise, or leaves it open."""
        return differing(rows, self.duties)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns of what was decided, for a table of counties."""
        return (
            Column("frozen_place", frozen_words.PLACE, decimals=0, missing=words.NO_PLACE),
            Column("frozen_report", frozen_words.DUTY),
            Column("frozen_on", frozen_words.DECIDED_ON),
        )

    def cells(self, county_code: str) -> dict[str, object]:
        """Return the same of a county."""
        return {
            "frozen_place": self.places[county_code],
            "frozen_report": self.verdicts[county_code],
            "frozen_on": roc_date(self.decided_on),
        }


class Differing(NamedTuple):
    """Counties by name whose duty would be another than was decided, and those about which a person would decide."""

    certain: list[str]
    undecided: list[str]


def differing(rows: Iterable[CountyRank], duties: Mapping[str, bool | str]) -> Differing:
    """Compare a ranking with what was decided of each county; what is only undecided differs from nothing yet."""
    others = [row for row in rows if row.owes_review_report != duties[row.county_code]]
    undecided = [row for row in others if row.owes_review_report == UNDECIDED]
    return Differing(names(row for row in others if row not in undecided), names(undecided))


def frozen_columns(frozen: Headline | None) -> tuple[Column, ...]:
    """Return the columns of what was decided of a year for good; none where nothing was."""
    return frozen.columns if frozen else ()


def frozen_cells(frozen: Headline | None, county_code: str) -> dict[str, object]:
    """Return a county's cells in these columns."""
    return frozen.cells(county_code) if frozen else {}


def year_beside(year_label: str, frozen: Headline | None) -> str:
    """Name a year in a title; one that was decided for good as such."""
    return frozen_words.beside_frozen(year_label, frozen.below) if frozen else year_label


def years_beside(years: Sequence[tuple[Ranking, Headline]]) -> str:
    """Say which years were decided for good, and whose duty would be another by the rankings; "" where none was."""
    if not years:
        return ""
    named = [(roc_year(ranking.year.year), *one.differing(ranking.rows)) for ranking, one in years]
    # A proposal is a trial in all years, and under statutory rules no trial year is decided for good.
    below = years[-1][1].below
    return frozen_words.years_beside_frozen([year for year, *_ in named], below, named)


def led(finding: str, frozen: Headline | None) -> str:
    """Return a finding, after what was decided for good."""
    return f"{frozen.sentence}。{finding}" if frozen else finding


def frozen_headline(
    db: Warehouse, year: FullYear, rule: Rule, known_on: date, decided: int, below: str = ""
) -> Headline | None:
    """Return what the first `decided` decisions say of a year for good, whatever the rule; None where nothing.

    `below` names what is shown beside it, where that is not the ranking as known on a day.
    """
    frozen = freeze_in_force(db, decided, year)
    if frozen is None:
        return None
    below = below or frozen_words.below(None if known_on == CURRENT else known_on, is_trial=rule.is_trial(year))
    owing = [county_coded(code).name for code in frozen.freeze.owing]
    signed = frozen.decision.seq, frozen.decided_on
    sentence = frozen_words.frozen_headline(words.evaluation(year, is_trial=False), signed, owing, below)
    rows = frozen.freeze.result["counties"]
    verdicts = {row["county_code"]: words.verdict(row["owes_review_report"], row["in_last_two"]) for row in rows}
    duties = {row["county_code"]: row["owes_review_report"] for row in rows}
    places = {row["county_code"]: row["place"] for row in rows}
    return Headline(sentence, below, frozen.decided_on, verdicts, duties, places)
