"""A rule of evaluation as data: what data/rules says, validated, with its birth record and its assumptions."""

import functools
import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictBool, StrictInt, ValidationError, model_validator

from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import HOUSE
from dashboard.rules import numbers, rule_words, words
from dashboard.rules.deadlines import Deadlines
from dashboard.rules.formulas import FormulaName, VolumeName
from dashboard.rules.grouping import BySize, Groups
from dashboard.rules.methods import GroupMeanIndex, Method, RankPoints, Rounding
from dashboard.rules.part import Exact, Faults, Part, Text, refuse, setting
from dashboard.rules.reporting import Report
from dashboard.rules.rule_files import Lineage, lineage, sharing_dropped

RULES = HOUSE / "data/rules"
ASSUMPTIONS = "assumptions"
TOTAL = "total"


class Indicator(Part):
    """One of the indicators; `weight` is its share of the total, in percent."""

    label: Text
    formula: FormulaName
    unit: Text
    higher_is_better: StrictBool
    weight: Exact

    @property
    def weight_text(self) -> str:
        """Print the weight: 35, 32.5, 41.18."""
        return numbers.trimmed(Fraction(self.weight), 2)


class Assumption(Part):
    """Settings nobody published, the sentence that admits it ({0} is the first of them), and since when."""

    settings: tuple[Text, ...] = Field(min_length=1)
    sentence: Text
    since: date


class Rule(Part):
    """One version of the rule, or a proposal. `content_sha256` covers the bytes of its file and of those it extends.

    A proposal was never in force, so all its ranks are 試算. `change` says what a proposal changes; `short` is a name
    of a few characters for narrow places.
    `dropped` names indicators left out; their weight has gone to the others in proportion.
    """

    key: Text
    label: Text
    short: Annotated[str, Field(min_length=2, max_length=6)]
    source: Text
    proposed_by: Text
    change: Text
    content_sha256: Text
    status: Literal["statutory", "proposal"]
    valid_from_year_roc: StrictInt | None = None
    valid_until_year_roc: StrictInt | None = None
    groups: Groups
    indicators: Mapping[str, Indicator] = Field(min_length=1)
    dropped: tuple[Text, ...] = ()
    minimum_weight: Exact
    method: Method
    rounding: Rounding
    tie_rule: Literal["equal_places_better_points"]
    tie_break: Literal["none"] | VolumeName
    missing_value_rule: Literal["not_ranked"]
    visit_year_offset: StrictInt
    volume_year_offset: StrictInt | None = None
    report: Report
    deadlines: Deadlines
    assumptions: Mapping[str, Assumption]

    # --- years

    def visit_year(self, year: FullYear) -> FullYear:
        """Return the full year whose visits count in an evaluation year."""
        return FullYear(year.year + self.visit_year_offset)

    def volume_year(self, year: FullYear) -> FullYear:
        """Return the year whose reports give the volumes for an evaluation year; that of the visits where none do."""
        offset = self.visit_year_offset if self.volume_year_offset is None else self.volume_year_offset
        return FullYear(year.year + offset)

    def earlier_years(self, year: FullYear) -> tuple[FullYear, ...]:
        """Return the years before whose last ones count as well, the nearest first."""
        return tuple(FullYear(year.year - back) for back in range(1, self.report.years_running))

    def is_trial(self, year: FullYear) -> bool:
        """Say whether the rule was not in force in a year, so that its ranks are 試算."""
        return self.status == "proposal" or not self._covers(year.roc)

    def _covers(self, roc: int) -> bool:
        first, last = self.valid_from_year_roc, self.valid_until_year_roc
        return first is not None and first <= roc and (last is None or roc <= last)

    def rule_of_year(self, year: FullYear) -> "Rule":
        """Return the rule of a year: the statutory one in force then; a proposal is tried on every year alike."""
        return self if self.status == "proposal" else rule_of_year(year)

    # --- volumes

    @property
    def volumes(self) -> tuple[VolumeName, ...]:
        """Return the volumes the rule needs: of its groups and of its tie-break."""
        of_groups = [self.groups.volume] if isinstance(self.groups, BySize) else []
        return tuple(dict.fromkeys(of_groups + ([] if self.tie_break == "none" else [self.tie_break])))

    # --- what readers see

    @property
    def is_linear(self) -> bool:
        """Say whether points are the linear ones of ranks, 0–100."""
        return isinstance(self.method, RankPoints) and self.method.points == "linear"

    @property
    def last_ones(self) -> str:
        """Name whom the report concerns: 末 2 名, 全國收繳率消長末 2 名."""
        return self.report.last_ones("" if self.report.by == TOTAL else self.indicators[self.report.by].label)

    def report_sentence(self) -> str:
        """Say who owes a review report."""
        return rule_words.report_sentence(
            self.last_ones,
            self.report.years_running,
            is_nation=self.report.pool == "all",
            only_falling=self.report.only == "falling",
            exempts_growth=self.report.exempts_growth,
        )

    def remarks(self) -> tuple[str, ...]:
        """Return what is odd about the rule as it is written."""
        groups = self.groups
        if not isinstance(groups, BySize) or not groups.holes:
            return ()
        return (rule_words.holes(groups.holes, groups.persons_per_unit),)

    def assumption_sentences(self) -> tuple[str, ...]:
        """Return what readers see as 「假設」, each with the values in force and its date."""
        return tuple(self._assumption(one) for one in self.assumptions.values())

    def ranking_assumptions(self) -> tuple[str, ...]:
        """Return what ranks rest on; the rhythm of reports that no rank needs is not part of it."""
        pairs = zip(self.assumptions.values(), self.assumption_sentences(), strict=True)
        return tuple(sentence for one, sentence in pairs if not _is_rhythm(one))

    def _assumption(self, one: Assumption) -> str:
        return words.assumption(one.sentence, [self._spoken(path) for path in one.settings], one.since)

    def _spoken(self, path: str) -> object:
        found = setting(self, path)
        return rule_words.offset(found) if path.endswith("_year_offset") and isinstance(found, int) else found

    # --- what must hold together

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        refuse([*self._weight_faults(), *self._reference_faults(), *self._confession_faults()])
        return self

    def _weight_faults(self) -> Iterator[tuple[str, str]]:
        total = sum((indicator.weight for indicator in self.indicators.values()), Fraction())
        if total != 100:
            yield "indicators", rule_words.weights_do_not_add_up(total)
        for key, one in self.indicators.items():
            if one.weight < self.minimum_weight:
                low = rule_words.weight_too_low(one.label, one.weight, self.minimum_weight)
                yield f"indicators.{key}.weight", low
            elif one.weight <= 0:
                yield f"indicators.{key}.weight", rule_words.weight_not_positive(one.label)

    def _reference_faults(self) -> Iterator[tuple[str, str]]:
        if self.report.by not in {TOTAL, *self.indicators}:
            yield "report.by", rule_words.unknown_indicator(self.report.by)
        if isinstance(self.method, GroupMeanIndex):
            for key in self.method.factors:
                if key not in self.indicators:
                    yield f"method.factors.{key}", rule_words.unknown_indicator(key)
        if self.volumes and self.volume_year_offset is None:
            yield "volume_year_offset", rule_words.VOLUME_YEAR_MISSING
        first, last = self.valid_from_year_roc, self.valid_until_year_roc
        if self.status == "statutory" and (first is None or (last is not None and last < first)):
            yield "valid_from_year_roc", rule_words.validity(first, last)

    def _confession_faults(self) -> Iterator[tuple[str, str]]:
        for key, one in self.assumptions.items():
            try:
                self._assumption(one)
            except (LookupError, TypeError, ValueError, AttributeError) as error:
                yield f"assumptions.{key}", rule_words.assumption_without_setting(error)
        admitted = {path for one in self.assumptions.values() for path in one.settings}
        for name in self.deadlines.not_confessed(admitted):
            yield f"deadlines.{name}", rule_words.deadline_not_confessed(name)


def _is_rhythm(assumption: Assumption) -> bool:
    return all(path.startswith("deadlines.") and path != "deadlines.review_report" for path in assumption.settings)


# --- reading


def rule_keys(folder: Path = RULES) -> tuple[str, ...]:
    """Return the keys of all rules on file, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml") if path.stem != ASSUMPTIONS))


def load_rule(key: str, folder: Path = RULES) -> Rule:
    """Read a rule and all it extends; DashboardError names the file, the line and what is wrong with it."""
    # The key may come from an address: it is looked up, never made into a path.
    if key not in rule_keys(folder):
        raise DashboardError(rule_words.unknown_rule(key, rule_keys(folder)))
    return load_rule_file(folder / f"{key}.toml", folder)


def load_rule_file(path: Path, house: Path = RULES) -> Rule:
    """Read a rule wherever its file lies; what it extends is looked for beside it, then in data/rules.

    One that does not lie in `house` is a proposal, whatever it says of itself.
    """
    if not path.is_file():
        raise DashboardError(rule_words.no_such_file(str(path)))
    files = lineage(path, RULES)
    if files.own.get("key", path.stem) != path.stem:
        raise DashboardError(rule_words.invalid_rule(path.name, _told(files, ("key",), rule_words.KEY_IS_NOT_ITS_NAME)))
    is_of_house = path.resolve().parent == house.resolve()
    missing = files.missing(is_of_house=is_of_house)
    reasons = [rule_words.not_inherited(path.name, path.stem, missing)] if missing else []
    try:
        settings = sharing_dropped(files.settings) | files.identity(is_of_house=is_of_house)
        found = Rule.model_validate({**settings, "content_sha256": files.content_sha256})
    except Faults as faults:
        reasons += [_told(files, tuple(place.split(".")), why) for place, why in faults.faults]
    except ValidationError as error:
        reasons += [reason for one in error.errors() for reason in _reasons(files, one)]
    if reasons:
        raise DashboardError(rule_words.invalid_rule(path.name, "；".join(dict.fromkeys(reasons))))
    return found


def _reasons(files: Lineage, error: Mapping[str, Any]) -> list[str]:
    steps = _spelled(files, error["loc"])
    raised = error["ctx"]["error"] if error["type"] == "value_error" else None
    if isinstance(raised, Faults):
        return [_told(files, (*steps, *place.split(".")), why) for place, why in raised.faults]
    return [_told(files, steps, words.refused(error))]


def _spelled(files: Lineage, steps: tuple[object, ...]) -> tuple[str, ...]:
    """Leave out what a model adds to the place of a setting: the kind of a table, the types that were tried."""
    first = files.settings.get(str(steps[0])) if steps else None
    kind = first.get("kind") if isinstance(first, Mapping) else None
    return tuple(str(step) for at, step in enumerate(steps) if not (at == 1 and step == kind) and "[" not in str(step))


def _told(files: Lineage, steps: tuple[str, ...], why: str) -> str:
    return rule_words.fault(".".join(steps), files.line(steps), why)


# --- validity


@functools.cache
def _statutory(folder: Path) -> tuple[Rule, ...]:
    """Return the statutory rules by the year they begin; a rule on file is never edited while decisions rest on it."""
    paths = [folder / f"{key}.toml" for key in rule_keys(folder)]
    found = [load_rule_file(path, folder) for path in paths if lineage(path, RULES).own.get("status") == "statutory"]
    ordered = sorted(found, key=lambda rule: rule.valid_from_year_roc or 0)
    for one, following in itertools.pairwise(ordered):
        until, begins = one.valid_until_year_roc, following.valid_from_year_roc or 0
        # One without an end ends where its successor begins.
        if begins == one.valid_from_year_roc or (until is not None and until >= begins):
            raise DashboardError(rule_words.rules_overlap(one.key, following.key))
    return tuple(ordered)


def rule_of_year(year: FullYear, folder: Path = RULES) -> Rule:
    """Return the statutory rule in force in a year; before the first, that one, as a trial, after one its successor."""
    rules = _statutory(folder)
    begun = [rule for rule in rules if (rule.valid_from_year_roc or 0) <= year.roc]
    return begun[-1] if begun else rules[0]
