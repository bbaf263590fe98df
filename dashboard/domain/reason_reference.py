"""What belongs to the reasons for not paying: the remedy of each and published shares, validated and read once."""

import functools
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, RootModel, StrictInt, ValidationError, model_validator

from dashboard.domain import reason_words, words
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Reason
from dashboard.domain.settings import HOUSE

REMEDIES = HOUSE / "data/reference/remedies.toml"
PUBLISHED = HOUSE / "data/reference/published_reasons.toml"

_Text = Annotated[str, Field(min_length=1)]


class Remedy(BaseModel):
    """What answers a reason: a proposal, since no public principle names any; `basis` is what it rests on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    remedy: _Text
    basis: _Text
    since: date


class Remedies(RootModel[dict[Reason, Remedy]]):
    """Everything data/reference/remedies.toml may say: exactly one remedy for each of the six reasons."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _covers_every_reason(self) -> Self:
        if missing := [reason for reason in Reason if reason not in self.root]:
            raise ValueError(reason_words.without_remedy(missing))
        return self

    def __getitem__(self, reason: Reason) -> Remedy:
        return self.root[reason]

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Return what readers see of each proposal: remedy, basis and date."""
        listed = ((reason, self.root[reason]) for reason in Reason)
        return tuple(
            words.assumption(reason_words.remedy_assumption(reason, one.remedy, one.basis), one.since)
            for reason, one in listed
        )


class PublishedShares(BaseModel):
    """Shares in whole percent, as published, of those reasons only that it names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    period: _Text
    publisher: _Text
    published: _Text
    shares_pct: dict[Reason, Annotated[StrictInt, Field(ge=0, le=100)]]


class _PublishedFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    published: tuple[PublishedShares, ...]


@functools.cache
def remedies(file: Path = REMEDIES) -> Remedies:
    """Read the remedies; DashboardError names the file and the entry that cannot be used."""
    try:
        return Remedies.model_validate(_read(file))
    except ValidationError as error:
        raise _unusable(file, error) from None


@functools.cache
def published_shares(file: Path = PUBLISHED) -> Mapping[str, PublishedShares]:
    """Read the published shares by the ISO period of the report they are set beside."""
    try:
        found = _PublishedFile.model_validate(_read(file))
    except ValidationError as error:
        raise _unusable(file, error) from None
    return {one.period: one for one in found.published}


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise DashboardError(words.invalid_display(file.name, [])) from None


def _unusable(file: Path, error: ValidationError) -> DashboardError:
    places = [".".join(str(step) for step in one["loc"]) or str(one["msg"]) for one in error.errors()]
    return DashboardError(words.invalid_display(file.name, places))
