"""The declared layouts (layouts.toml) as values."""

import functools
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from dashboard.domain.counties import County, fold
from dashboard.domain.kinds import Kind, Population


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Declared):
    """A column that becomes a measure."""

    unit: Literal["count", "amount"]
    headers: tuple[str, ...]
    required: bool = True


class Percent(_Declared):
    """A printed percent: checked against one of the fractions, never taken in."""

    headers: tuple[str, ...]
    of: tuple[tuple[str, str], ...]


class Subtotal(_Declared):
    """A row that must equal the sum of the counties with this attribute."""

    label: tuple[str, ...]
    attribute: Literal["group", "province"]
    value: str

    def covers(self, county: County) -> bool:
        return str(getattr(county, self.attribute)) == self.value


class Limit(_Declared):
    """A part that can never exceed its whole; `finding` is the code of the finding where it does."""

    part: str
    whole: str
    finding: str


class Layout(_Declared):
    """One way a kind of report is laid out."""

    name: str
    kind: Kind
    period: Literal["month", "billing_period", "half_or_full_year", "cumulative_year"]
    titles: tuple[str, ...] = ()
    title_words: tuple[str, ...] = ()
    populations: tuple[Population, ...] = (Population.ALL,)
    population_in_title: bool = False
    column_group: Literal["period", "population"] | None = None
    sum_of_columns: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    count_words: tuple[str, ...] = ()
    share_words: tuple[str, ...] = ()
    amount_unit: int | None = None
    keys: dict[str, tuple[str, ...]] = {}
    columns: dict[str, Column]
    percents: tuple[Percent, ...] = ()

    @property
    def has_head(self) -> bool:
        """Forms say period and dates above the table; long files say them in every row."""
        return not self.keys

    @property
    def required(self) -> frozenset[str]:
        return frozenset(field for field, column in self.columns.items() if column.required)

    @functools.cached_property
    def fields_by_header(self) -> dict[str, str]:
        """Folded header path → what stands below it: a measure, a key, a percent or the sum."""
        found = {fold(header): field for field, column in self.columns.items() for header in column.headers}
        found |= {fold(header): f"key:{key}" for key, headers in self.keys.items() for header in headers}
        found |= {fold(h): f"percent:{i}" for i, percent in enumerate(self.percents) for h in percent.headers}
        return found | {fold(header): "sum:" for header in self.sum_of_columns}

    @functools.cached_property
    def fields_by_joined_header(self) -> dict[str, str]:
        """The same for headers cut into rows at other places: 「應收」 above 「金額」, or all of it in one cell."""
        return {header.replace("/", ""): field for header, field in self.fields_by_header.items()}

    def field_below(self, path: Sequence[str]) -> str | None:
        """Return what stands below a header, whichever way it is cut into rows; None where it is none of ours."""
        exact = self.fields_by_header.get("/".join(path)) or self.fields_by_joined_header.get("".join(path))
        return exact or (self._field_of_group(list(path)) if self.groups and path else None)

    def _field_of_group(self, path: list[str]) -> str | None:
        """Read a header whose group is spelled otherwise or left out, and whose count and share stand side by side."""
        inner = path[1:] if path[0] in {fold(word) for word in self.groups} else path
        last = inner[-1] if len(inner) > 1 else ""
        is_share = last in {fold(word) for word in self.share_words}
        if is_share or last in {fold(word) for word in self.count_words}:
            inner = inner[:-1]
        field = self.fields_by_joined_header.get("".join([fold(self.groups[0]), *inner])) if inner else None
        return f"share:{field}" if field and is_share else field


class Words(_Declared):
    """Words shared by all layouts."""

    county: tuple[str, ...]
    total: tuple[str, ...]
    codes: tuple[str, ...]
    across: tuple[str, ...]
    notes: tuple[str, ...]
    signatures: tuple[str, ...]
    column_numbers: tuple[str, ...]
    breakdown: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    correction: tuple[str, ...]
    correction_reason: tuple[str, ...]
    simulated: tuple[str, ...]
    title_words: tuple[str, ...]
    indigenous: tuple[str, ...]
    head: dict[str, tuple[str, ...]]
    marks: dict[Literal["zero", "meaningless", "not_yet"], tuple[str, ...]]
    amount_units: dict[str, int]
    count_units: tuple[str, ...]
    amount_labels: tuple[str, ...]
    count_labels: tuple[str, ...]
    provisional: tuple[str, ...]
    former_counties: dict[str, str]
    populations: dict[Population, tuple[str, ...]]

    @functools.cached_property
    def population_by_word(self) -> dict[str, Population]:
        return {fold(word): population for population, words in self.populations.items() for word in words}

    @functools.cached_property
    def ignored_headers(self) -> frozenset[str]:
        """Headers of columns that no report needs, folded."""
        return frozenset(fold(word) for word in self.ignored_columns)

    @functools.cached_property
    def code_headers(self) -> frozenset[str]:
        """Headers of a form's column of county codes, folded."""
        return frozenset(fold(word) for word in self.codes)

    @functools.cached_property
    def units(self) -> frozenset[str]:
        """Every unit that may stand in a header, folded."""
        return frozenset(fold(unit) for unit in (*self.amount_units, *self.count_units))


class Layouts(_Declared):
    """Everything layouts.toml declares."""

    words: Words
    subtotals: tuple[Subtotal, ...]
    layouts: tuple[Layout, ...]
    limits: tuple[Limit, ...]

    @functools.cached_property
    def total_labels(self) -> frozenset[str]:
        return frozenset(fold(word) for word in self.words.total)

    @functools.cached_property
    def subtotals_by_label(self) -> dict[str, Subtotal]:
        return {fold(word): subtotal for subtotal in reversed(self.subtotals) for word in subtotal.label}


@functools.cache
def declared() -> Layouts:
    """Return the declared layouts; pydantic's ValidationError names the line where the file is wrong."""
    return Layouts.model_validate(tomllib.loads((Path(__file__).parent / "layouts.toml").read_text("utf-8")))


def says(text: str, words: tuple[str, ...]) -> bool:
    """Tell whether any of the words occurs in the text, folded."""
    folded = fold(text)
    return any(fold(word) in folded for word in words)
