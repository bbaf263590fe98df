"""What is said of the ranks each county may have by one proportion, and what the sentences rest on."""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from fractions import Fraction

from dashboard.charts import theme
from dashboard.domain import certainty_words, rank_set_words
from dashboard.domain.counties import County
from dashboard.domain.kinds import Proportion
from dashboard.domain.measures import MEASURES, Measure
from dashboard.exhibits.certainty import level_text, names_without, settings
from dashboard.exhibits.evaluation import Evaluation, names
from dashboard.exhibits.rank_comparisons import critical_text
from dashboard.rules import rule_words
from dashboard.rules.ranking import CountyRank
from dashboard.rules.uncertainty.distributions import Count
from dashboard.rules.uncertainty.rank_sets import RankSet, RankSets


@dataclasses.dataclass(frozen=True)
class Shown:
    """A proportion of all counties that have one, and the ranks of those that also have a place."""

    evaluation: Evaluation
    proportion: Proportion
    counts: Mapping[str, Count]
    wilson: Mapping[str, tuple[float, float]]
    groups: Mapping[str, RankSets]

    @functools.cached_property
    def sets(self) -> Mapping[str, RankSet]:
        """Return the sets of all groups, by county_code."""
        return {code: one for group in self.groups.values() for code, one in group.sets.items()}

    @property
    def measure(self) -> Measure:
        return MEASURES[self.proportion.value]

    @property
    def last(self) -> str:
        """Name the last ones of a group by this proportion alone."""
        return rule_words.last_ones(self.evaluation.ranking.rule.report.count, "", is_nation=False)

    @property
    def subject(self) -> str:
        return rank_set_words.sets_subject(self.evaluation.year_label, self.measure.label)

    def of(self, row: CountyRank) -> RankSet | None:
        return self.sets.get(row.county_code)

    def number(self, row: CountyRank) -> int:
        """Return how many counties of a group have a set of ranks."""
        return len(self.groups[row.group].sets)

    def rank(self, row: CountyRank) -> int | None:
        """Return the rank inside the group by this proportion, exactly; None for who has no set of ranks."""
        if row.county_code not in self.sets:
            return None
        rates = {
            one.county_code: Fraction(*self.counts[one.county_code])
            for one in self.evaluation.groups[row.group]
            if one.county_code in self.sets
        }
        return 1 + sum(other > rates[row.county_code] for other in rates.values())

    def sorted(self, rows: Sequence[CountyRank]) -> list[CountyRank]:
        """Return counties by rank; those without one last."""
        return sorted(rows, key=lambda row: self.rank(row) or len(rows) + 1)


def title_of(shown: Shown) -> str:
    return rank_set_words.sets_title(shown.evaluation.year_label, shown.measure.label, _maybe(shown), shown.last)


def _maybe(shown: Shown) -> list[tuple[str, list[str]]]:
    """Return who may be among the last, by group."""
    return [
        (group, names(row for row in shown.sorted(rows) if may_be_last(row, shown)))
        for group, rows in shown.evaluation.groups.items()
    ]


def may_be_last(row: CountyRank, shown: Shown) -> bool:
    """Say whether a county may be among the last ones; where the simulation cannot tell, it may."""
    one = shown.of(row)
    return one is not None and one.may_be_last is not False


def finding_of(shown: Shown) -> str:
    rows = [row for row in shown.evaluation.rows if shown.of(row)]
    certain = [row for row in rows if (one := shown.of(row)) and one.low == one.high]
    unknown = [row for row in rows if _says_nothing(row, shown)]
    few = [row for row in unknown if (one := shown.of(row)) and one.is_small]
    open_ones = [row for row in rows if (one := shown.of(row)) and one.may_be_last is None]
    return "".join(
        (
            rank_set_words.sets_finding(
                rank_set_words.may_be_finding(_maybe(shown), shown.last), names(certain), level_text()
            ),
            rank_set_words.unknown_finding(
                names(few), names(row for row in unknown if row not in few), names(open_ones), shown.last
            ),
            rank_set_words.left_out_finding(names_without(shown.evaluation.rows, shown.sets)),
        )
    )


def _says_nothing(row: CountyRank, shown: Shown) -> bool:
    """Say whether the set holds (nearly) all ranks of a group of several."""
    one, number = shown.sets[row.county_code], shown.number(row)
    return number > 1 and one.high - one.low + 1 >= settings().whole_share * number


def selection_of(shown: Shown, county: County | None) -> str:
    if county is None:
        return ""
    row = next(row for row in shown.evaluation.rows if row.county_code == county.county_code)
    rank = shown.rank(row)
    if rank is None:
        return certainty_words.left_out_selection(county.name)
    return rank_set_words.set_selection(county.name, rank, _told(row, shown))


def _told(row: CountyRank, shown: Shown) -> str:
    one = shown.sets[row.county_code]
    if shown.number(row) == 1:
        return rank_set_words.alone()
    ranks, among = (one.low, one.high), _among(row, shown)
    if not _says_nothing(row, shown):
        last = rank_set_words.last_told(shown.last, among, level_text(), is_said=True)
        return f"{rank_set_words.rank_told(ranks, level_text())}{last}"
    whole = theme.number(shown.counts[row.county_code].whole, 0)
    few = certainty_words.counted(shown.measure.whole, whole) if one.is_small else ""
    last = rank_set_words.last_told(shown.last, among, level_text(), is_said=False)
    return f"{rank_set_words.unknown_told(ranks, few)}{last}"


def _among(row: CountyRank, shown: Shown) -> bool | str | None:
    """Say whether a county is among the last: None for perhaps, OPEN where the simulation cannot tell."""
    one = shown.sets[row.county_code]
    if one.may_be_last is None:
        return rank_set_words.OPEN
    if one.low > shown.number(row) - shown.evaluation.ranking.rule.report.count:
        return True
    return None if one.may_be_last else False


def simulation_notes(shown: Shown) -> tuple[str, str]:
    criticals = [
        rank_set_words.critical(group, *critical_text(one.steps[0])) for group, one in shown.groups.items() if one.steps
    ]
    open_ones = names(row for row in shown.evaluation.rows if (one := shown.of(row)) and one.is_open)
    draws_note = rank_set_words.draws_note(f"{settings().set_draws:,}", settings().seed, criticals)
    return draws_note, rank_set_words.open_note(open_ones)
