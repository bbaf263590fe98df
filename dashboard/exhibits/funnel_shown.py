"""What a funnel shows: the rates of all counties, and the limits around that of all together."""

import dataclasses
from collections.abc import Mapping, Sequence

from dashboard.domain import funnel_words
from dashboard.domain.kinds import Proportion
from dashboard.domain.measures import MEASURES, Measure
from dashboard.exhibits.certainty import pairs
from dashboard.exhibits.evaluation import Evaluation
from dashboard.rules.uncertainty import distributions
from dashboard.rules.uncertainty import funnel as limits
from dashboard.rules.uncertainty.distributions import Count, Numbers
from dashboard.rules.uncertainty.funnel import OverDispersion

Pairs = Sequence[tuple[float, float]]


@dataclasses.dataclass(frozen=True)
class Shown:
    """The proportions of all counties that have one, and the target they scatter around."""

    evaluation: Evaluation
    proportion: Proportion
    counts: Mapping[str, Count]
    spread: OverDispersion | None

    @property
    def aim(self) -> float:
        return limits.target(self.counts)

    @property
    def is_wide(self) -> bool:
        return self.spread is not None and self.spread.is_significant

    @property
    def allowed(self) -> str:
        """Name what the limits in force allow for."""
        return funnel_words.USUAL if self.is_wide else funnel_words.CHANCE

    @property
    def measure(self) -> Measure:
        return MEASURES[self.proportion.value]

    @property
    def subject(self) -> str:
        return funnel_words.funnel_subject(self.evaluation.year_label, self.measure.label)

    def chance(self, whole: Numbers, level: float) -> Pairs:
        """Return the limits (0–100) that chance alone explains."""
        return pairs(limits.chance_limits(self.aim, whole, level))

    def wide(self, whole: Numbers, level: float) -> Pairs:
        """Return the limits that allow for differences between counties."""
        tau2 = self.spread.tau2 if self.spread else 0.0
        return pairs(limits.over_dispersed_limits(self.aim, whole, tau2, level))

    def in_force(self, level: float) -> Mapping[str, tuple[float, float]]:
        """Return each county's limits: the wide ones where over-dispersion was found."""
        whole = distributions.wholes(self.counts)
        found = self.wide(whole, level) if self.is_wide else self.chance(whole, level)
        return dict(zip(self.counts, found, strict=True))
