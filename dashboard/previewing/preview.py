"""A preview: one file as it was read and judged, and what it would change."""

import dataclasses
import functools
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pandas as pd

from dashboard.candidates import Candidate, Outcome, outcome
from dashboard.docket import frame_of
from dashboard.domain import findings as found
from dashboard.domain.findings import Finding, Severity
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import period_from_iso
from dashboard.ledger import Submission
from dashboard.previewing.cells import Changes
from dashboard.previewing.standings import YearStanding
from dashboard.readers import NOTHING_READ, Slice


@dataclasses.dataclass(frozen=True)
class Preview:
    """One file before it is received. `candidate` is handed to `receive`; nothing of it is read again.

    `standings` speaks of the evaluation years whose ranking would change, by the rule alone. `same_as` is what holds
    the same bytes already; `is_twice` tells that it is another file of the batch, which has no number yet.
    """

    candidate: Candidate
    changed: Changes
    standings: tuple[YearStanding, ...]
    same_as: Submission | None = None
    is_twice: bool = False

    @property
    def digest(self) -> str:
        return self.candidate.digest

    @property
    def file_name(self) -> str:
        return self.candidate.incoming.file_name

    @property
    def outcome(self) -> Outcome:
        """Return what `receive` would answer as things stand."""
        return "identical" if self.same_as else outcome(self.candidate)

    @property
    def kind(self) -> Kind | None:
        return self.same_as.kind if self.same_as else self.candidate.reading.kind

    @property
    def layout(self) -> str:
        return self.same_as.layout if self.same_as else self.candidate.reading.layout

    @property
    def slices(self) -> tuple[Slice, ...]:
        return self.same_as.slices if self.same_as else self.candidate.reading.slices

    @functools.cached_property
    def periods(self) -> tuple[str, ...]:
        """Return every period that its figures, or its slices where it has none, speak of, as ISO text in order."""
        stated = [slice_.period for slice_ in self.slices if slice_.period]
        if self.kind is Kind.PAYMENT_RATE and not self.figures.empty:
            stated = self.figures["period"].unique().tolist()
        return tuple(sorted(set(stated), key=lambda iso: (period_from_iso(iso).end_on, iso)))

    @property
    def as_of(self) -> date | None:
        return max((slice_.as_of for slice_ in self.slices), default=None)

    @property
    def issued_on(self) -> date | None:
        return self.same_as.issued_on if self.same_as else self.candidate.issued_on

    @property
    def received_on(self) -> date | None:
        return self.same_as.received_on if self.same_as else self.candidate.received_on

    @property
    def is_correction(self) -> bool:
        return self.same_as.is_correction if self.same_as else self.candidate.reading.is_correction

    @property
    def correction_reason(self) -> str:
        return self.same_as.correction_reason if self.same_as else self.candidate.correction_reason

    @property
    def is_simulated(self) -> bool:
        candidate = self.candidate
        return candidate.reading.is_simulated or candidate.incoming.is_simulated

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what was found, what keeps the file out first."""
        return tuple(sorted(self.candidate.findings, key=lambda one: (not one.is_final, not one.is_refusal)))

    @property
    def by_severity(self) -> Mapping[Severity, tuple[Finding, ...]]:
        """Return the findings of each severity there is, the gravest first."""
        grouped = {
            severity: tuple(one for one in self.findings if one.kind.severity is severity) for severity in Severity
        }
        return MappingProxyType({severity: some for severity, some in grouped.items() if some})

    @property
    def figure_count(self) -> int:
        return self.same_as.figure_count if self.same_as else self.candidate.figure_count

    @functools.cached_property
    def figures(self) -> pd.DataFrame:
        """Return one row per figure as `Reading.figures`; none of a file that was refused or in already."""
        return frame_of(self.candidate.parquet) if self.candidate.parquet else NOTHING_READ.figures

    @property
    def changes(self) -> pd.DataFrame:
        """Return one row per cell whose figure in force would become another; see `Changes.cells`."""
        return self.changed.cells

    @property
    def new_slices(self) -> tuple[Slice, ...]:
        return self.changed.new_slices

    @property
    def needs_reason(self) -> bool:
        """Tell whether it is a correction of which nobody says why."""
        return any(one.kind is found.CORRECTION_WITHOUT_REASON for one in self.candidate.findings)

    @property
    def needs_acknowledgement(self) -> tuple[Finding, ...]:
        """Return what a person must acknowledge before it comes in, saying why it is right."""
        return tuple(
            one
            for one in self.findings
            if one.is_refusal and not one.is_final and one.kind is not found.CORRECTION_WITHOUT_REASON
        )

    @property
    def can_be_received(self) -> bool:
        return self.outcome in {"accepted", "accepted_with_notes"}

    @property
    def is_asking(self) -> bool:
        """Tell whether only a person's word is wanting."""
        return self.outcome == "refused" and not self.candidate.is_past_asking
