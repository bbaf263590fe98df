"""Policy events that trends are marked with: data/reference/events.toml, validated and read once."""

import functools
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError, model_validator

from dashboard.domain import trend_words, words
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.domain.settings import HOUSE

FILE = HOUSE / "data/reference/events.toml"

_Text = Annotated[str, Field(min_length=1)]


class Event(BaseModel):
    """Something that may have moved the figures, from one day to another (`to` None: one day).

    `short` names it in a picture, `label` says it in full; `status` is how well it is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    start_on: date = Field(alias="from")
    end_on: date | None = Field(default=None, alias="to")
    kinds: tuple[Kind, ...]
    short: Annotated[str, Field(min_length=1, max_length=8)]
    label: _Text
    source: _Text
    status: Literal["public", "rule", "assumed"]

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        if self.end_on and self.end_on < self.start_on:
            raise ValueError(trend_words.EVENT_ENDS_BEFORE_IT_BEGINS)
        return self

    @property
    def sentence(self) -> str:
        return trend_words.event(self.label, self.source, self.status)


class _Events(RootModel[dict[str, Event]]):
    model_config = ConfigDict(frozen=True)


@functools.cache
def events(file: Path = FILE) -> tuple[Event, ...]:
    """Read all events, earliest first; DashboardError names the file and the entry that cannot be used."""
    try:
        found = _Events.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        places = [".".join(str(step) for step in one["loc"]) for one in error.errors()]
        raise DashboardError(words.invalid_display(file.name, places)) from None
    except (OSError, ValueError):
        raise DashboardError(words.invalid_display(file.name, [])) from None
    return tuple(sorted(found.root.values(), key=lambda event: event.start_on))


def events_within(kind: Kind, first: date, last: date, file: Path = FILE) -> tuple[Event, ...]:
    """Return the events that concern a kind of report and touch a span of days."""
    return tuple(
        event
        for event in events(file)
        if kind in event.kinds and event.start_on <= last and (event.end_on or event.start_on) >= first
    )
