"""A rule of evaluation as data: what data/rules says, validated, with its birth record and its assumptions."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError, model_validator

from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import HOUSE
from dashboard.rules import words
from dashboard.rules.formulas import FormulaName

RULES = HOUSE / "data/rules"
ASSUMPTIONS = "assumptions"
Text = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    """Every part of a rule is immutable and refuses settings it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Indicator(_Part):
    """One of the indicators; `weight` is its share of the total, in percent."""

    label: Text
    formula: FormulaName
    unit: Text
    higher_is_better: StrictBool
    weight: Decimal


class Report(_Part):
    """Who owes a review report: the last `count` of each group, unless the average rate grew over its base."""

    selection: Literal["last_of_group"]
    count: StrictInt = Field(ge=1)
    exemption: Literal["average_rate_grew"]


class AfterCutOff(_Part):
    """Due on the last day of the month so many months after the cut-off date."""

    basis: Literal["rule", "assumed"]
    months_after_cut_off: StrictInt = Field(ge=0)


class OnDay(_Part):
    """Due on a day of the year so many years after the one the report speaks of."""

    basis: Literal["rule", "assumed"]
    years_after: StrictInt = Field(ge=0)
    month: StrictInt = Field(ge=1, le=12)
    day: StrictInt = Field(ge=1, le=31)

    @model_validator(mode="after")
    def _is_a_day_of_every_year(self) -> Self:
        try:
            date(2001, self.month, self.day)  # a common year: 29 February is no deadline
        except ValueError:
            raise ValueError(words.NO_SUCH_DAY) from None
        return self


class Deadlines(_Part):
    """When each report is due; the review report has no deadline ("") until someone sets one."""

    collection: AfterCutOff
    payment_rate: AfterCutOff
    visits_full_year: OnDay
    visits_half_year: OnDay
    unpaid_reasons_full_year: OnDay
    unpaid_reasons_half_year: OnDay
    average_rate: OnDay
    review_report: Literal[""] | OnDay


class Assumption(_Part):
    """Settings nobody published, the sentence that admits it ({0} is the first of them), and since when."""

    settings: tuple[Text, ...] = Field(min_length=1)
    sentence: Text
    since: date


class Rule(_Part):
    """One version of the rule. `content_sha256` covers the bytes of its file and of those it extends."""

    key: Text
    label: Text
    source: Text
    content_sha256: Text
    first_statutory_year_roc: StrictInt
    group_by: Literal["group"]
    indicators: Mapping[str, Indicator] = Field(min_length=1)
    minimum_weight: Decimal
    points_method: Literal["linear"]
    tie_rule: Literal["equal_places_better_points"]
    missing_value_rule: Literal["not_ranked"]
    visit_year_offset: StrictInt
    report: Report
    deadlines: Deadlines
    assumptions: Mapping[str, Assumption]

    def visit_year(self, year: FullYear) -> FullYear:
        """Return the full year whose visits count in an evaluation year."""
        return FullYear(year.year + self.visit_year_offset)

    def is_trial(self, year: FullYear) -> bool:
        """Say whether a year lies before the first statutory evaluation, so that its ranks are 試算."""
        return year.roc < self.first_statutory_year_roc

    def assumption_sentences(self) -> tuple[str, ...]:
        """Return what readers see as 「假設」, each with the values in force and its date."""
        return tuple(
            words.assumption(one.sentence, [self._setting(path) for path in one.settings], one.since)
            for one in self.assumptions.values()
        )

    def ranking_assumptions(self) -> tuple[str, ...]:
        """Return what ranks rest on; the rhythm of reports that no rank needs is not part of it."""
        pairs = zip(self.assumptions.values(), self.assumption_sentences(), strict=True)
        return tuple(sentence for one, sentence in pairs if not _is_rhythm(one))

    def _setting(self, path: str) -> object:
        found: Any = self.model_dump()
        for step in path.split("."):
            found = found[step]
        return found

    @model_validator(mode="after")
    def _weights_are_lawful(self) -> Self:
        weights = [Fraction(indicator.weight) for indicator in self.indicators.values()]
        if sum(weights) != 100:
            raise ValueError(words.weights_do_not_add_up(sum(weights, Fraction())))
        for indicator in self.indicators.values():
            if indicator.weight < self.minimum_weight:
                raise ValueError(words.weight_too_low(indicator.label, indicator.weight, self.minimum_weight))
        return self

    @model_validator(mode="after")
    def _assumptions_speak_of_settings(self) -> Self:
        try:
            self.assumption_sentences()
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise ValueError(words.assumption_without_setting(error)) from None
        return self

    @model_validator(mode="after")
    def _deadlines_confess(self) -> Self:
        admitted = {path for one in self.assumptions.values() for path in one.settings}
        for name, deadline in self.deadlines:
            is_assumed = deadline == "" or deadline.basis == "assumed"
            if is_assumed != (f"deadlines.{name}" in admitted):
                raise ValueError(words.deadline_not_confessed(name))
        return self


def _is_rhythm(assumption: Assumption) -> bool:
    return all(path.startswith("deadlines.") and path != "deadlines.review_report" for path in assumption.settings)


def rule_keys(folder: Path = RULES) -> tuple[str, ...]:
    """Return the keys of all rules on file, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml") if path.stem != ASSUMPTIONS))


def load_rule(key: str, folder: Path = RULES) -> Rule:
    """Read a rule and all it extends; DashboardError names the file and what is wrong with it."""
    # The key may come from an address: it is looked up, never made into a path.
    if key not in rule_keys(folder):
        raise DashboardError(words.unknown_rule(key, rule_keys(folder)))
    path = folder / f"{key}.toml"
    settings: dict[str, Any] = {}
    digest = hashlib.sha256()
    for content, extended in _lineage(path):
        digest.update(content)
        settings = _merged(extended, settings)
    if settings.get("key") != key:
        raise DashboardError(words.invalid_rule(path.name, words.KEY_IS_NOT_ITS_NAME))
    try:
        return Rule.model_validate({**settings, "content_sha256": digest.hexdigest()})
    except ValidationError as error:
        raise DashboardError(words.invalid_rule(path.name, words.validation_reasons(error.errors()))) from None


def _lineage(path: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Yield bytes and settings of a file, then of the one it extends, and so on."""
    seen: set[str] = set()
    following: Path | None = path
    while following:
        if following.stem in seen or not following.is_file():
            raise DashboardError(words.invalid_rule(path.name, words.bad_extension(following.name)))
        seen.add(following.stem)
        content = following.read_bytes()
        settings = _parsed(following.name, content)
        extends = settings.pop("extends", None)
        yield content, settings
        following = path.parent / f"{extends}.toml" if extends else None


def _parsed(name: str, content: bytes) -> dict[str, Any]:
    try:
        # Decimals, so that weights add up exactly.
        return tomllib.loads(content.decode(), parse_float=Decimal)
    except ValueError as error:
        raise DashboardError(words.invalid_rule(name, words.not_toml(error))) from None


def _merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Lay a file over the one it extends: tables are merged, everything else is replaced."""
    return {**base, **{k: _merged(base[k], v) if _are_tables(base.get(k), v) else v for k, v in change.items()}}


def _are_tables(*values: object) -> bool:
    return all(isinstance(value, Mapping) for value in values)
