"""How far a county is from owing no review report: the smallest change of its own figures that ends the duty.

The effect of a change is not monotone: one more success raises 訪視成功率 and lowers 訪視後補繳率. But under a rule of
places nothing happens between the numbers at which an indicator meets that of another county, or growth meets zero.
These are solved for exactly, and the first whole number of every stretch between them is judged.
"""

import dataclasses
import enum
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

import pandas as pd

from dashboard.domain.periods import FullYear
from dashboard.rules import rule_words
from dashboard.rules.formulas import INPUT_COLUMNS, RATIOS, Counts, FormulaName, value
from dashboard.rules.methods import RankPoints
from dashboard.rules.ranking import CountyRank, Ranking, rank
from dashboard.rules.rule import TOTAL, Rule
from dashboard.rules.words import UNDECIDED, Verdict


class Move(enum.StrEnum):
    """What a county may have more of; persons are combined only in the order visit, success, repayment."""

    PAID = "paid"
    VISIT = "visit"
    SUCCESS = "success"
    REPAYMENT = "repayment"
    VISIT_SUCCESS = "visit_success"
    SUCCESS_REPAYMENT = "success_repayment"
    VISIT_SUCCESS_REPAYMENT = "visit_success_repayment"


COLUMNS: Mapping[Move, tuple[str, ...]] = MappingProxyType(
    {
        Move.PAID: ("received_twd",),
        Move.VISIT: ("visited_persons",),
        Move.SUCCESS: ("successful_persons",),
        Move.REPAYMENT: ("repaid_persons",),
        Move.VISIT_SUCCESS: ("visited_persons", "successful_persons"),
        Move.SUCCESS_REPAYMENT: ("successful_persons", "repaid_persons"),
        Move.VISIT_SUCCESS_REPAYMENT: ("visited_persons", "successful_persons", "repaid_persons"),
    }
)
"""The figures that grow by n with a move."""
_WITHIN = (
    ("received_twd", "receivable_twd"),
    ("successful_persons", "visited_persons"),
    ("repaid_persons", "successful_persons"),
)
_GROWTH: FormulaName = "rate_change_pp"
_NONE: Mapping[FullYear, pd.DataFrame] = MappingProxyType({})
Judge = Callable[[Counts], Verdict]
"""Whether the county would owe a report with these figures of its own, all other counties unchanged."""


@dataclasses.dataclass(frozen=True)
class Margin:
    """The smallest n of a move that ends the duty, in TWD or persons.

    n is None where no n up to `limit` does; limit is None without one (visits), and where figures are missing. `after`
    is how the county then stands. From `lapses_at` on it would owe again, or a person would decide: more is not
    always better.
    """

    move: Move
    limit: int | None
    n: int | None
    after: CountyRank | None
    lapses_at: int | None
    is_known: bool = True

    @property
    def by_growth(self) -> bool:
        """Say whether the duty ends because the rate grows; otherwise the county leaves the last ones."""
        return self.after is not None and self.after.in_last_two is not False


def is_by_places(rule: Rule) -> bool:
    """Say whether a rule looks only at the order of the counties, so that what happens at n can be found exactly."""
    return rule.report.by != TOTAL or isinstance(rule.method, RankPoints)


def margins(
    inputs: pd.DataFrame, ranking: Ranking, county_code: str, earlier: Mapping[FullYear, pd.DataFrame] = _NONE
) -> tuple[Margin, ...]:
    """Return a margin per move for a county that owes a report or whose duty is undecided; none for any other.

    `inputs` and `earlier` are the frames the ranking was made of. ValueError where the rule is not one of places.
    """
    rule, year = ranking.rule, ranking.year
    if not is_by_places(rule):
        raise ValueError(f"no exact margins under {rule.key}")
    row = next(row for row in ranking.rows if row.county_code == county_code)
    if row.owes_review_report is False:
        return ()
    counts = _counts(inputs, county_code)
    is_national = rule.report.pool == "all"
    peers = [one for one in ranking.rows if one is not row and (is_national or one.group == row.group)]

    def standing(moved: Counts) -> CountyRank:
        rows = rank(with_counts(inputs, county_code, moved), rule, year, earlier).rows
        return next(one for one in rows if one.county_code == county_code)

    is_quick = _is_quick(rule) and row.group != rule_words.NO_GROUP
    judge = judged_by_places(ranking, row) if is_quick else lambda moved: standing(moved).owes_review_report
    return tuple(_margin(move, counts, rule, peers, judge, standing) for move in Move)


def _is_quick(rule: Rule) -> bool:
    """Say whether a rule is one that `judged_by_places` follows: linear points, by total, in the group, this year."""
    report, method = rule.report, rule.method
    return (
        (isinstance(method, RankPoints) and method.points == "linear")
        and (rule.rounding.applies_to, rule.tie_break) == ("none", "none")
        and (report.by, report.pool, report.only, report.years_running) == (TOTAL, "group", "any", 1)
    )


def _margin(
    move: Move,
    counts: Counts,
    rule: Rule,
    peers: Sequence[CountyRank],
    judge: Judge,
    standing: Callable[[Counts], CountyRank],
) -> Margin:
    columns = COLUMNS[move]
    if any(counts[column] is None for pair in _touched(columns) for column in pair):
        return Margin(move, None, None, None, None, is_known=False)
    limit = most(move, counts)
    tried = ((n, judge(after(move, counts, n))) for n in turning_points(move, counts, rule, peers, limit))
    n = next((n for n, verdict in tried if verdict is False), None)
    # The same walk goes on from there.
    lapses_at = None if n is None else next((m for m, verdict in tried if verdict is not False), None)
    return Margin(move, limit, n, None if n is None else standing(after(move, counts, n)), lapses_at)


def _touched(columns: Iterable[str]) -> list[tuple[str, str]]:
    pairs = {pair for ratios in RATIOS.values() for pair in ratios}
    return [pair for pair in sorted(pairs) if set(pair) & set(columns)]


def most(move: Move, counts: Counts) -> int | None:
    """Return how large n may be so that no part passes its whole; None where nothing bounds it."""
    columns = COLUMNS[move]
    rooms = [
        max(0, (counts[whole] or 0) - (counts[part] or 0))
        for part, whole in _WITHIN
        if part in columns and whole not in columns
    ]
    return min(rooms) if rooms else None


def after(move: Move, counts: Counts, n: int) -> Counts:
    return {**counts, **{column: (counts[column] or 0) + n for column in COLUMNS[move]}}


def turning_points(
    move: Move, counts: Counts, rule: Rule, peers: Iterable[CountyRank], limit: int | None
) -> Iterator[int]:
    """Yield, in rising order, the first whole number of every stretch of n on which nothing changes."""
    peers = list(peers)
    found = {1}
    for key, indicator in rule.indicators.items():
        targets = [peer.indicators[key].value for peer in peers]
        found |= _crossings(move, counts, indicator.formula, [one for one in targets if one is not None])
    found |= _crossings(move, counts, _GROWTH, [Fraction(0)])
    return (n for n in sorted(found) if n >= 1 and (limit is None or n <= limit))


def _crossings(move: Move, counts: Counts, formula: FormulaName, targets: Iterable[Fraction]) -> set[int]:
    """Solve (part + a n) ÷ (whole + b n) = target for n: where it is met, and where it has just been passed."""
    (part, whole), *rest = RATIOS[formula]
    grows = [int(column in COLUMNS[move]) for column in (part, whole)]
    at, of = counts[part], counts[whole]
    if not any(grows) or at is None or of is None:
        return set()
    taken_off = [Fraction(counts[one] or 0, counts[other] or 1) for one, other in rest]
    found: set[int] = set()
    for target in targets:
        ratio = target / 100 + sum(taken_off, Fraction())
        slope = grows[0] - ratio * grows[1]
        if slope:
            n = (ratio * of - at) / slope
            found |= {math.ceil(n), math.floor(n) + 1}
    return found


def judged_by_places(ranking: Ranking, row: CountyRank) -> Judge:
    """Return what the ranking would decide of one county if only its own figures changed.

    The same as ranking all counties again, in a hundredth of the time: of its group only the comparisons with it move.
    """
    rule = ranking.rule
    others = [one for one in ranking.rows if one.group == row.group and one.place and one is not row]
    number = len(others) + 1
    weights = {key: Fraction(one.weight) for key, one in rule.indicators.items()}
    signs = {key: 1 if one.higher_is_better else -1 for key, one in rule.indicators.items()}
    rows = {key: [signs[key] * (one.indicators[key].value or 0) for one in others] for key in weights}
    # Of `number` counties the one with `better` above it gets number - better; the factor 100 / number decides nothing.
    apart = [
        sum(
            (weights[key] * (number - sum(other > rows[key][nth] for other in rows[key])) for key in weights),
            Fraction(),
        )
        for nth in range(len(others))
    ]

    def judge(counts: Counts) -> Verdict:
        growth = value(_GROWTH, counts)
        if rule.report.exempts_growth and growth is not None and growth > 0:
            return False
        own = {key: value(one.formula, counts) for key, one in rule.indicators.items()}
        if growth is None or None in own.values():
            return UNDECIDED
        total, totals = Fraction(0), list(apart)
        for key, figure in own.items():
            mine = signs[key] * (figure or 0)
            total += weights[key] * (number - sum(other > mine for other in rows[key]))
            for nth, other in enumerate(rows[key]):
                if mine > other:
                    totals[nth] -= weights[key]
        return _is_last(total, totals, rule.report.count)

    return judge


def _is_last(total: Fraction, others: Iterable[Fraction], last: int) -> Verdict:
    compared = [(other < total, other <= total) for other in others]
    if 1 + sum(not_above for _, not_above in compared) <= last:
        return True
    return False if sum(below for below, _ in compared) >= last else UNDECIDED


def _counts(inputs: pd.DataFrame, county_code: str) -> dict[str, int | None]:
    row = inputs.loc[inputs["county_code"] == county_code].to_dict("records")[0]
    return {column: None if pd.isna(row[column]) else int(row[column]) for column in INPUT_COLUMNS}


def with_counts(inputs: pd.DataFrame, county_code: str, counts: Counts) -> pd.DataFrame:
    """Return the figures of all counties with those of one exchanged; the frame given stays as it is."""
    changed = inputs.copy()
    place = changed.index[changed["county_code"] == county_code][0]
    for column in INPUT_COLUMNS:
        number = counts[column]
        changed.loc[place, column] = pd.NA if number is None else number
    return changed
