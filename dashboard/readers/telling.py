"""How many findings are told: those of one cause once for each sheet, and of a file no more than anybody reads."""

import dataclasses
from collections.abc import Iterable, Sequence

from dashboard.domain import findings as found
from dashboard.domain.findings import Finding

_HABITS = frozenset({found.PERCENT_AS_FRACTION, found.NUMBER_SHOWN_OTHERWISE, found.LETTERS_UNCLEAR})
_OF_ONE_WORD = frozenset({found.NUMBER_UNREADABLE, found.FORMULA_WITHOUT_VALUE})
_MANY = 5  # of the same word; fewer are told one by one
_MOST = 200  # of a file; more say nothing new about it
_WITHOUT_UNIT = frozenset({found.UNIT_MISSING, found.UNIT_UNKNOWN, found.UNIT_UNCLEAR, found.LETTERS_UNCLEAR})
_RECKONED = frozenset({found.TOTAL_DISAGREES, found.SUBTOTAL_DISAGREES, found.PERCENT_DIFFERS})


def summed_up(findings: Iterable[Finding]) -> list[Finding]:
    """Tell habits of a sheet once, in the place of the first; where a unit is unknown no sum of its sheet is judged.

    「無」 or a blank in a whole column is one habit, however many cells it fills; a slip here and there is not.
    """
    told = list(findings)
    uncertain = {finding.sheet for finding in told if finding.kind in _WITHOUT_UNIT}
    told = [one for one in told if one.kind not in _RECKONED or one.sheet not in uncertain]
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in told:
        alike.setdefault(_cause(finding), []).append(finding)
    return [once for one in told if (once := _once(one, alike[_cause(one)]))]


def _cause(finding: Finding) -> tuple[str, str, str]:
    value = "" if finding.kind in _HABITS else finding.value
    return finding.kind.code, finding.sheet, value


def _is_habit(findings: list[Finding]) -> bool:
    kind = findings[0].kind
    return kind in _HABITS or (kind in _OF_ONE_WORD and len(findings) > _MANY)


def _once(finding: Finding, alike: list[Finding]) -> Finding | None:
    """Return a finding as it is told; None where the first of its habit has told it already."""
    if len(alike) == 1 or not _is_habit(alike):
        return finding
    is_first = finding is alike[0]
    return dataclasses.replace(finding, expected=f"{finding.expected}，共 {len(alike):,} 格") if is_first else None


def listed(findings: Sequence[Finding]) -> list[Finding]:
    """Return what is told of a file: first what keeps it out for good, then what asks; a last one counts the rest."""
    ordered = sorted(findings, key=lambda finding: (not finding.is_final, not finding.is_refusal))
    if len(ordered) <= _MOST:
        return ordered
    told = ordered[: _MOST - 1]
    return [*told, Finding(found.MORE_FINDINGS, expected=f"另有 {len(ordered) - len(told):,} 項")]
