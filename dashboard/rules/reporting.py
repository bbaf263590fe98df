"""Who is among the last ones: of which pool, by what, in how many years running."""

import bisect
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from pydantic import Field, StrictInt

from dashboard.rules import rule_words
from dashboard.rules.part import Part, Text
from dashboard.rules.words import UNDECIDED, Verdict

Key = tuple[Fraction, ...]
"""What counties are ordered by; the lower, the further back."""


class Report(Part):
    """Who owes a review report: the last `count` of each group or of all, by the total or by one indicator.

    only "falling": the last ones among the counties whose average rate fell. years_running: among the last in each of
    so many years, the year of evaluation the last of them. exemption "average_rate_grew": not whose rate grew.
    """

    pool: Literal["group", "all"]
    by: Text
    count: StrictInt = Field(ge=1)
    only: Literal["any", "falling"]
    years_running: StrictInt = Field(ge=1, le=10)
    exemption: Literal["average_rate_grew", "none"]

    @property
    def exempts_growth(self) -> bool:
        return self.exemption == "average_rate_grew"

    @property
    def needs_growth(self) -> bool:
        """Say whether nobody can be judged whose growth is unknown."""
        return self.exempts_growth or self.only == "falling"

    def last_ones(self, by_label: str) -> str:
        """Name the last ones of a year: 末 2 名, 全國收繳率消長末 2 名."""
        return rule_words.last_ones(self.count, by_label, is_nation=self.pool == "all")


class Candidate(NamedTuple):
    """What decides whether a county is among the last ones: group, growth, and its key (None: not to be ordered)."""

    group: str | None
    growth_pp: Fraction | None
    key: Key | None


def among_last(report: Report, candidates: Mapping[str, Candidate]) -> dict[str, Verdict]:
    """Say of each county whether it is among the last ones of the year; undecided where that cannot be told.

    A county whose rate did not fall is not among the last ones of those who fell. A county without a key, or without
    known growth where only the falling count, is undecided and does not count among the others.
    """
    found: dict[str, Verdict] = {}
    pools: dict[str, dict[str, Key]] = {}
    for code, one in candidates.items():
        if report.only == "falling" and one.growth_pp is not None and one.growth_pp >= 0:
            found[code] = False
        elif one.key is None or (report.only == "falling" and one.growth_pp is None):
            found[code] = UNDECIDED
        else:
            pools.setdefault((one.group or "") if report.pool == "group" else "", {})[code] = one.key
    for pool in pools.values():
        rising = sorted(pool.values())
        found |= {code: _is_among_last(key, rising, report.count) for code, key in pool.items()}
    return found


def _is_among_last(key: Key, rising: Sequence[Key], last: int) -> Verdict:
    """Say whether a county is among the last however equals are ordered; undecided where the order matters."""
    if bisect.bisect_right(rising, key) <= last:
        return True
    if bisect.bisect_left(rising, key) >= last:
        return False
    return UNDECIDED


def in_all(verdicts: Iterable[Verdict]) -> Verdict:
    """Say whether all hold: one no is a no, whatever else is undecided."""
    said = list(verdicts)
    if any(one is False for one in said):
        return False
    return True if all(one is True for one in said) else UNDECIDED
