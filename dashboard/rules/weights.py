"""Weights on trial: proportions in which the three unknown weights share what the published one leaves."""

import functools
import tomllib
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from dashboard.domain import trial_words
from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import HOUSE
from dashboard.rules import numbers, words
from dashboard.rules.rule import Rule, load_rule

FILE = HOUSE / "data/weights.toml"
MOST = 10_000
"""A proportion is at most so large: an address comes from anywhere."""

_FIELDS: Mapping[str, str] = MappingProxyType(
    {"rate_change_pp": "change", "repayment_rate_pct": "repayment", "success_rate_pct": "success"}
)
UNKNOWN = tuple(_FIELDS)
"""The indicators whose weights are not public, in the order of `Weights`."""

Shares = tuple[Fraction, Fraction, Fraction]


class Weights(BaseModel):
    """Whole numbers in proportion to which 消長, 補繳率 and 成功率 share what 訪視完成率 leaves (35 : 30 : 20)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    change: StrictInt = Field(ge=1, le=MOST)
    repayment: StrictInt = Field(ge=1, le=MOST)
    success: StrictInt = Field(ge=1, le=MOST)

    @property
    def code(self) -> str:
        """Write the proportions as an address holds them: 35-30-20."""
        return f"{self.change}-{self.repayment}-{self.success}"

    @classmethod
    def from_code(cls, code: str) -> Self:
        """Read what `code` wrote; ValueError for anything else."""
        parts = code.split("-")
        if len(parts) != len(UNKNOWN) or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError(code)
        change, repayment, success = map(int, parts)
        return cls(change=change, repayment=repayment, success=success)

    def of(self, key: str) -> int:
        """Return the proportion of one of the unknown indicators."""
        return int(getattr(self, _FIELDS[key]))

    def shares(self, rest: Fraction) -> Shares:
        """Return the percents that the three get of `rest`, exactly."""
        total = self.change + self.repayment + self.success
        change, repayment, success = (rest * self.of(key) / total for key in UNKNOWN)
        return change, repayment, success


class Region(NamedTuple):
    """All admissible weightings: three weights, in percent, that add up to `rest`, none below `least`."""

    rest: Fraction
    least: Fraction

    @property
    def corners(self) -> tuple[Shares, Shares, Shares]:
        """Return the weightings that give all they may to one indicator: 消長, 補繳率, 成功率."""
        low, high = self.least, self.rest - 2 * self.least
        return (high, low, low), (low, high, low), (low, low, high)

    def within(self, shares: Shares) -> Shares:
        """Return where a weighting lies between the corners: parts of one, negative where it lies outside."""
        free = self.rest - 3 * self.least
        first, second, third = ((share - self.least) / free for share in shares)
        return first, second, third

    def admits(self, weights: Weights) -> bool:
        return all(share >= self.least for share in weights.shares(self.rest))


class Preset(Weights):
    """Weights somebody named, and where they come from."""

    key: Annotated[str, Field(min_length=1)]
    label: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]

    @property
    def weights(self) -> Weights:
        return Weights(change=self.change, repayment=self.repayment, success=self.success)


class Sampling(BaseModel):
    """How many weightings are drawn and with which seed; `sentence` is what readers see of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    draws: StrictInt = Field(ge=1)
    seed: StrictInt = Field(ge=0)
    sentence: Annotated[str, Field(pattern=r"\{0\}.*\{1\}")]
    since: date

    @property
    def assumption(self) -> str:
        return words.assumption(self.sentence, [f"{self.draws:,}", self.seed], self.since)


class Settings(BaseModel):
    """Everything data/weights.toml may say; the first preset is what pages show unasked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region_of: str
    presets: tuple[Preset, ...] = Field(min_length=1)
    sampling: Sampling


@functools.cache
def settings(file: Path = FILE) -> Settings:
    """Read the settings; DashboardError names the file and the settings that cannot be used."""
    try:
        return Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        places = [".".join(str(step) for step in one["loc"]) for one in error.errors()]
        raise DashboardError(trial_words.invalid_settings(file.name, places)) from None
    except (OSError, ValueError):
        raise DashboardError(trial_words.invalid_settings(file.name, [])) from None


@functools.cache
def bounding_rule() -> Rule:
    """Return the rule whose published weight bounds the region; a rule on file is never edited once it is in use."""
    return load_rule(settings().region_of)


@functools.cache
def region() -> Region:
    """Return where the unknown weights may lie: what the published one leaves, none below it, the lowest of all."""
    rule = bounding_rule()
    return Region(100 - known_weight(rule), Fraction(rule.minimum_weight))


def called(weights: Weights) -> Preset | None:
    """Return the preset that comes to the same percents, if there is one."""
    shares = weights.shares(region().rest)
    return next((one for one in settings().presets if one.shares(region().rest) == shares), None)


def is_admissible(weights: Weights) -> bool:
    return region().admits(weights)


def known_weight(rule: Rule) -> Fraction:
    """Return the percents that a rule gives to indicators other than the three."""
    return sum((Fraction(one.weight) for key, one in rule.indicators.items() if key not in UNKNOWN), Fraction())


def applied(rule: Rule, weights: Weights) -> Rule:
    """Return a copy of a rule with other weights, for trial; the rule itself never changes.

    The three share what the copy's other indicators leave, in proportion: a rule without 訪視完成率 shares all of it,
    one without some of the three shares among those it has. The copy keeps key and hash of the file, its label names
    the weights, and it no longer shows the assumed ones as its own. Where the weights are the rule's own it is
    returned itself.
    """
    asked = [key for key in UNKNOWN if key in rule.indicators]
    total = sum(map(weights.of, asked))
    rest = 100 - known_weight(rule)
    tried = {key: rest * weights.of(key) / total for key in asked}
    if all(Fraction(rule.indicators[key].weight) == weight for key, weight in tried.items()):
        return rule
    indicators = {
        key: one.model_copy(update={"weight": tried[key]}) if key in tried else one
        for key, one in rule.indicators.items()
    }
    assumed = {key: one for key, one in rule.assumptions.items() if not _is_weight(one.settings)}
    told = [(rule.indicators[key].label, numbers.half_up(weight, 2)) for key, weight in tried.items()]
    label = trial_words.trial_label(rule.label, told)
    return rule.model_copy(update={"indicators": indicators, "assumptions": assumed, "label": label})


def _is_weight(paths: tuple[str, ...]) -> bool:
    return all(path.startswith("indicators.") and path.endswith(".weight") for path in paths)
