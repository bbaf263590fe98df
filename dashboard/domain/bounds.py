"""From where on a figure, or the day a report was cut off, stands out: data/receiving.toml, validated, read once."""

import functools
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from dashboard.domain import words
from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import HOUSE

FILE = HOUSE / "data/receiving.toml"


class _Bound(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sentence: Annotated[str, Field(min_length=1, pattern=r"\{0\}")]
    since: date


class Jump(_Bound):
    """How many times the highest (or the lowest) of so many earlier reports, and by how much at least."""

    factor: StrictInt = Field(ge=2)
    reports: StrictInt = Field(ge=1)
    persons: StrictInt = Field(ge=0)
    twd: StrictInt = Field(ge=0)

    @property
    def assumption(self) -> str:
        said = self.sentence.format(self.factor, self.reports, f"{self.persons:,}", f"{self.twd:,}")
        return words.assumption(said, self.since)


class Denominator(_Bound):
    """How many percent of itself a denominator must lose before a rising rate is remarked on."""

    percent: StrictInt = Field(ge=1, le=100)

    @property
    def assumption(self) -> str:
        return words.assumption(self.sentence.format(self.percent), self.since)


class CutOff(_Bound):
    """Within how many months of its period's end a report of visits or of reasons must be cut off."""

    months: StrictInt = Field(ge=1)

    @property
    def assumption(self) -> str:
        return words.assumption(self.sentence.format(self.months), self.since)


class Bounds(BaseModel):
    """Everything data/receiving.toml may say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    jump: Jump
    denominator: Denominator
    cut_off: CutOff

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Return the sentences readers see as 「假設」."""
        return self.jump.assumption, self.denominator.assumption, self.cut_off.assumption


@functools.cache
def bounds(file: Path = FILE) -> Bounds:
    """Read the settings; DashboardError names the file and the setting that cannot be used."""
    try:
        return Bounds.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        places = [".".join(str(step) for step in one["loc"]) for one in error.errors()]
        raise DashboardError(words.invalid_display(file.name, places)) from None
    except (OSError, ValueError):
        raise DashboardError(words.invalid_display(file.name, [])) from None
