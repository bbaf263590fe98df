"""How figures are shown where nobody published how: data/display.toml, validated and read once."""

import functools
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError, field_validator

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


class Display(BaseModel):
    """Everything data/display.toml may say: `immature` is below these months, `equal_age` compares at them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    small_denominator: SmallDenominator
    immature: MonthsSinceDue
    equal_age: MonthsSinceDue


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
