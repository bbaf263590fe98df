"""How figures are shown where nobody published how: data/display.toml, validated and read once."""

import functools
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, ValidationError, field_validator

from dashboard.domain import words
from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import HOUSE

FILE = HOUSE / "data/display.toml"


class SmallDenominator(BaseModel):
    """From how many persons on a rate stands for a county; `sentence` is what readers see of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    persons: StrictInt = Field(ge=1)
    sentence: Annotated[str, Field(min_length=1)]
    since: date

    @field_validator("sentence")
    @classmethod
    def _names_the_setting(cls, sentence: str) -> str:
        if "{0}" not in sentence:
            raise ValueError(words.SENTENCE_WITHOUT_SETTING)
        return sentence

    @property
    def assumption(self) -> str:
        return words.assumption(self.sentence.format(self.persons), self.since)


class MonthsSinceDue(BaseModel):
    """A number of months since a billing period fell due; `sentence` is what readers see of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    months: StrictInt = Field(ge=1)
    sentence: Annotated[str, Field(min_length=1, pattern=r"\{0\}")]
    since: date

    @property
    def assumption(self) -> str:
        return words.assumption(self.sentence.format(self.months), self.since)


class Certainty(BaseModel):
    """How it is worked out how far a place reflects performance; its sentences name what each of them rests on.

    `draws` are those of places by weighted total, `set_draws` those of sets of ranks by one proportion; a set that
    holds `whole_share` of the ranks of a group says nothing of the rank. `prior` is both parameters of a Beta
    distribution, `level` the probability an interval has, `winsorised` the share taken in at either end before
    over-dispersion is estimated, `significance` the level at which it counts as found.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prior: StrictFloat = Field(gt=0)
    draws: StrictInt = Field(ge=100_000, le=200_000)
    set_draws: StrictInt = Field(ge=100_000, le=1_000_000)
    whole_share: StrictFloat = Field(gt=0.5, le=1)
    seed: StrictInt = Field(ge=0)
    level: StrictFloat = Field(gt=0.5, lt=1)
    winsorised: StrictFloat = Field(ge=0, lt=0.5)
    significance: StrictFloat = Field(gt=0, lt=0.5)
    sentence: Annotated[str, Field(pattern=r"\{0\}.*\{1\}.*\{2\}.*\{3\}")]
    sets_sentence: Annotated[str, Field(pattern=r"\{0\}.*\{1\}.*\{2\}.*\{3\}")]
    limits_sentence: Annotated[str, Field(pattern=r"\{0\}.*\{1\}")]
    since: date

    @property
    def assumption(self) -> str:
        named = f"{self.prior:g}", f"{self.draws:,}", self.seed, f"{100 * self.level:g}"
        return words.assumption(self.sentence.format(*named), self.since)

    @property
    def sets_assumption(self) -> str:
        named = f"{self.set_draws:,}", self.seed, f"{100 * self.level:g}", f"{100 * self.whole_share:g}"
        return words.assumption(self.sets_sentence.format(*named), self.since)

    @property
    def limits_assumption(self) -> str:
        shares = f"{100 * self.winsorised:g}", f"{100 * self.significance:g}"
        return words.assumption(self.limits_sentence.format(*shares), self.since)


class Duties(BaseModel):
    """How many days ahead duties are announced on the page, and before a due date in the feed of the calendar.

    What is open and falls due within `soon_days` is told apart from what is due later; `sentence` says so.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    upcoming_days: StrictInt = Field(ge=1, le=366)
    alarm_days: StrictInt = Field(ge=1, le=60)
    soon_days: StrictInt = Field(ge=1, le=366)
    sentence: Annotated[str, Field(min_length=1, pattern=r"\{0\}")]
    since: date

    @property
    def assumption(self) -> str:
        return words.assumption(self.sentence.format(self.soon_days), self.since)


class Display(BaseModel):
    """Everything data/display.toml may say: `immature` is below these months, `equal_age` compares at them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    small_denominator: SmallDenominator
    immature: MonthsSinceDue
    equal_age: MonthsSinceDue
    duties: Duties
    certainty: Certainty


@functools.cache
def display(file: Path = FILE) -> Display:
    """Read the settings; DashboardError names the file and the setting that cannot be used."""
    try:
        return Display.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        places = [".".join(str(step) for step in one["loc"]) for one in error.errors()]
        raise DashboardError(words.invalid_display(file.name, places)) from None
    except (OSError, ValueError):
        raise DashboardError(words.invalid_display(file.name, [])) from None
