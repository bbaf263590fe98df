"""What all parts of a rule are: immutable, exact, and strict about settings they do not know."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from dashboard.rules import rule_words

Text = Annotated[str, Field(min_length=1)]


def _exact(value: object) -> Fraction:
    """Read a whole number, a decimal one or a quotient ("700/17"); nothing passes through a binary float."""
    if isinstance(value, str | Decimal | Fraction) or (isinstance(value, int) and not isinstance(value, bool)):
        try:
            return Fraction(value)
        except (ArithmeticError, ValueError):
            pass
    raise ValueError(rule_words.not_exact(value))


Exact = Annotated[Fraction, BeforeValidator(_exact), PlainSerializer(str, when_used="json")]
"""A number of a rule: whole, decimal, or a quotient in quotation marks."""


class Part(BaseModel):
    """A part of a rule."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Faults(ValueError):
    """What is wrong with settings that only make sense together: each with the setting (dotted) it lies in."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(sentence for _, sentence in self.faults))


def refuse(faults: Iterable[tuple[str, str]]) -> None:
    """Raise Faults where there are any."""
    found = tuple(faults)
    if found:
        raise Faults(found)


def setting(part: Part, path: str) -> object:
    """Look a setting up as files spell it: report.count, groups.bands.0.from."""
    found: Any = part
    for step in path.split("."):
        if isinstance(found, Part):
            fields = {field.alias or name: name for name, field in type(found).model_fields.items()}
            found = getattr(found, fields[step])
        else:
            found = found[int(step)] if isinstance(found, tuple) else found[step]
    return found
