"""One thing that receiving found in a file: its kind, where it stands, and what was said of it."""

import dataclasses
import enum


class Severity(enum.StrEnum):
    """What a finding does to its file."""

    REFUSE = "refuse"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"


@dataclasses.dataclass(frozen=True)
class FindingKind:
    """One entry of the catalogue; `code` is stable and may be quoted."""

    code: str
    severity: Severity
    sentence: str
    remedy: str


@dataclasses.dataclass(frozen=True)
class Finding:
    """One place where a file differs from what its layout promises; `acknowledged`: why it is right all the same."""

    kind: FindingKind
    sheet: str = ""
    cell: str = ""
    value: str = ""
    expected: str = ""
    acknowledged: str = ""

    @property
    def is_refusal(self) -> bool:
        """Tell whether it keeps its file out, as it stands."""
        return self.is_final or (self.kind.severity is Severity.ACKNOWLEDGE and not self.acknowledged)

    @property
    def is_final(self) -> bool:
        """Tell whether it keeps its file out whatever anybody says of it."""
        return self.kind.severity is Severity.REFUSE

    def cause(self) -> tuple[str, str]:
        """Return what findings of one cause share: their kind, and how they were answered."""
        return self.kind.code, self.acknowledged

    def as_record(self) -> dict[str, str]:
        """Return the finding as the journal keeps it; `acknowledged` only where somebody did."""
        record = {
            "code": self.kind.code,
            "severity": self.kind.severity.value,
            "sheet": self.sheet,
            "cell": self.cell,
            "value": self.value,
            "expected": self.expected,
            "sentence": self.kind.sentence,
            "remedy": self.kind.remedy,
        }
        return record | ({"acknowledged": self.acknowledged} if self.acknowledged else {})


def refuse(code: str, sentence: str, remedy: str) -> FindingKind:
    return FindingKind(code, Severity.REFUSE, sentence, remedy)


def acknowledge(code: str, sentence: str, remedy: str) -> FindingKind:
    return FindingKind(code, Severity.ACKNOWLEDGE, sentence, remedy)


def note(code: str, sentence: str, remedy: str = "") -> FindingKind:
    return FindingKind(code, Severity.NOTE, sentence, remedy)
