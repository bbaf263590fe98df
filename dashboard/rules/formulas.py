"""The four indicators, computed exactly from counts and amounts.

Source of the formulas: the principles name the indicators, their arithmetic is assumed; the rule file says so.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

FormulaName = Literal["rate_change_pp", "repayment_rate_pct", "success_rate_pct", "completion_rate_pct"]
Counts = Mapping[str, int | None]
"""One county's figures by input column; None is missing and never zero."""

RATE_COLUMNS = ("receivable_twd", "received_twd")
BASE_COLUMNS = ("base_receivable_twd", "base_received_twd")
VISIT_COLUMNS = ("target_visits", "visited_persons", "successful_persons", "repaid_persons")
INPUT_COLUMNS = RATE_COLUMNS + BASE_COLUMNS + VISIT_COLUMNS

# Part and whole of each ratio; a second ratio is taken off the first.
RATIOS: Mapping[FormulaName, tuple[tuple[str, str], ...]] = {
    "rate_change_pp": (("received_twd", "receivable_twd"), ("base_received_twd", "base_receivable_twd")),
    "repayment_rate_pct": (("repaid_persons", "successful_persons"),),
    "success_rate_pct": (("successful_persons", "visited_persons"),),
    "completion_rate_pct": (("visited_persons", "target_visits"),),
}


def _ratio(part: int | None, whole: int | None) -> Fraction | None:
    return None if part is None or not whole else Fraction(part, whole)


def value(formula: FormulaName, counts: Counts) -> Fraction | None:
    """Return percent (0–100, completion may pass it) or percentage points; None without a figure or over zero."""
    ratios = [_ratio(counts[part], counts[whole]) for part, whole in RATIOS[formula]]
    known = [ratio for ratio in ratios if ratio is not None]
    if len(known) < len(ratios):
        return None
    return 100 * (known[0] - sum(known[1:], Fraction()))


def obstacles(formula: FormulaName, counts: Counts) -> dict[str, bool]:
    """Say why there is no value: the columns in its way, True where one is a zero denominator, False where missing."""
    columns = [column for ratio in RATIOS[formula] for column in ratio]
    wholes = {whole for _, whole in RATIOS[formula]}
    missing = {column: False for column in columns if counts[column] is None}
    return missing | {column: True for column in columns if column in wholes and counts[column] == 0}
