"""Funnel plots: how far rates of differently many persons may lie from a target by chance.

Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005),
1185–1202; over-dispersion as in his "Handling over-dispersion of performance indicators", Quality and Safety in Health
Care 14 (2005), 347–351.
"""

import dataclasses
from collections.abc import Mapping

import numpy as np

from dashboard.rules.uncertainty import distributions
from dashboard.rules.uncertainty.distributions import Count, Limits, Numbers

WARNING, ALARM = 0.95, 0.998
"""The two levels of Spiegelhalter's funnels: about two and three standard deviations."""


@dataclasses.dataclass(frozen=True)
class OverDispersion:
    """How much more rates scatter than chance explains.

    `phi` is the mean of the squared winsorised deviations, `raw_phi` that of all as they are; 1 is chance alone.
    `tau2` is the variance between counties on the arcsine scale that explains the rest, 0 where there is none.
    `limit` is what `phi` has to pass to count as found.
    """

    number: int
    phi: float
    raw_phi: float
    tau2: float
    limit: float

    @property
    def is_significant(self) -> bool:
        return self.phi > self.limit


def target(counts: Mapping[str, Count]) -> float:
    """Return the rate of all together, Σ part ÷ Σ whole (0–1)."""
    return sum(one.part for one in counts.values()) / sum(one.whole for one in counts.values())


def chance_limits(aim: float, whole: Numbers, level: float) -> Limits:
    """Return between which rates chance leaves `level` of counties of so many persons: score limits."""
    return distributions.wilson(aim * whole, whole, level)


def over_dispersed_limits(aim: float, whole: Numbers, tau2: float, level: float) -> Limits:
    """Return the limits that allow for differences between counties: on the arcsine scale, τ² added to the variance.

    y = arcsin √p has a variance of 1/(4n) whatever the rate is; the additive (random-effects) model adds τ² to each,
    so that these limits do not close however large n becomes. Back on the scale of rates they stay within 0–1.
    """
    middle = np.arcsin(np.sqrt(aim))
    away = distributions.normal_limit(level) * np.sqrt(1 / (4 * whole) + tau2)
    low, high = np.clip(middle - away, 0, np.pi / 2), np.clip(middle + away, 0, np.pi / 2)
    return Limits(np.sin(low) ** 2, np.sin(high) ** 2)


def over_dispersion(counts: Mapping[str, Count], winsorised: float, significance: float) -> OverDispersion | None:
    """Estimate the over-dispersion around the rate of all; None for fewer than two counties, or all at 0 or at 1.

    z = (arcsin √p − arcsin √θ₀) · 2√n; the lowest and highest `winsorised` share of z is drawn in to the linear
    quantiles there, φ = mean z². τ² = max(0, (Iφ − (I − 1)) ÷ (Σw − Σw² ÷ Σw)), w = 4n (DerSimonian and Laird's
    moments, with the winsorised φ). Found is φ above the χ² limit of I − 1 degrees of freedom ÷ I, one being spent on
    θ₀; winsorising makes φ smaller, so the test errs on the side of not widening.
    """
    aim = target(counts) if counts else 0.0
    if len(counts) < 2 or aim in {0.0, 1.0}:
        return None
    whole = distributions.wholes(counts)
    number = len(counts)
    z = (np.arcsin(np.sqrt(distributions.parts(counts) / whole)) - np.arcsin(np.sqrt(aim))) * 2 * np.sqrt(whole)
    drawn_in = np.clip(z, *np.quantile(z, [winsorised, 1 - winsorised]))
    phi = float(np.mean(drawn_in**2))
    weight = 4 * whole
    between = (number * phi - (number - 1)) / float(weight.sum() - (weight**2).sum() / weight.sum())
    limit = distributions.chi_square_limit(number - 1, significance) / number
    return OverDispersion(number, phi, float(np.mean(z**2)), max(0.0, between), limit)
