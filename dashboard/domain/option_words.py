"""Which option of the command line answers a finding; nobody but its users reads this."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.domain.findings import (
    CORRECTION_WITHOUT_REASON,
    ISSUE_DATE_UNKNOWN,
    RECEIVED_BEFORE_ISSUED,
    RECEIVED_IN_FUTURE,
    FindingKind,
    Severity,
)

_DATES = "--received-on 或 --manifest"
_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        CORRECTION_WITHOUT_REASON.code: "--reason",
        ISSUE_DATE_UNKNOWN.code: _DATES,
        RECEIVED_BEFORE_ISSUED.code: _DATES,
        RECEIVED_IN_FUTURE.code: _DATES,
    }
)


def remedy(kind: FindingKind) -> str:
    """Return what to do about a finding, with the option that says it."""
    asking = "--acknowledge" if kind.severity is Severity.ACKNOWLEDGE else ""
    option = _OPTIONS.get(kind.code, asking)
    return f"{kind.remedy.removesuffix('。')}（{option}）。" if option else kind.remedy
