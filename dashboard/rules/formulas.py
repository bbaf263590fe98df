"""The four indicators and the volumes by which groups may be cut, computed exactly from counts and amounts.

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
"""What every rule ranks by."""

VolumeName = Literal["mean_arrears_persons", "mean_payable_persons"]
# Sum and number of the reports over which a mean is taken.
VOLUMES: Mapping[VolumeName, tuple[str, str]] = {
    "mean_arrears_persons": ("arrears_persons_sum", "arrears_months"),
    "mean_payable_persons": ("payable_persons_sum", "payable_periods"),
}
VOLUME_COLUMNS = tuple(column for pair in VOLUMES.values() for column in pair)
"""What only rules need that cut groups by a volume or part equals by one."""

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
    pairs = [(counts[part], counts[whole]) for part, whole in RATIOS[formula]]
    known = [(part, whole) for part, whole in pairs if part is not None and whole]
    if len(known) < len(pairs):
        return None
    # Over one common denominator: one reduction to lowest terms instead of one for each step.
    (part, whole), *others = known
    for less, of in others:
        part, whole = part * of - less * whole, whole * of
    return Fraction(100 * part, whole)


def volume(name: VolumeName, counts: Counts) -> Fraction | None:
    """Return the mean number of persons over the reports of a year; None where no report states one."""
    total, number = VOLUMES[name]
    return _ratio(counts.get(total), counts.get(number))


def obstacles(formula: FormulaName, counts: Counts) -> dict[str, bool]:
    """Say why there is no value: the columns in its way, True where one is a zero denominator, False where missing."""
    columns = [column for ratio in RATIOS[formula] for column in ratio]
    wholes = {whole for _, whole in RATIOS[formula]}
    missing = {column: False for column in columns if counts[column] is None}
    return missing | {column: True for column in columns if column in wholes and counts[column] == 0}
