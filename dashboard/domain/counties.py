"""The 22 local governments, as data/reference/counties.csv lists them."""

import csv
import dataclasses
import functools
import unicodedata

from dashboard.domain.settings import HOUSE


@dataclasses.dataclass(frozen=True)
class County:
    """One local government; `county_code` joins, the name is only shown."""

    county_code: str
    name: str
    sort: int
    group: str
    abc_group: str
    province: str
    region: str
    is_offshore: bool
    spellings: tuple[str, ...]


def fold(text: str) -> str:
    """Fold full-width forms, blanks and 台, so that words compare however typed: 「台　北　市」 is 臺北市."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("台", "臺")


@functools.cache
def counties() -> tuple[County, ...]:
    """Return all 22, in the order of official tables."""
    with (HOUSE / "data/reference/counties.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            County(
                county_code=row["county_code"],
                name=row["name"],
                sort=int(row["sort"]),
                group=row["group_112"],
                abc_group=row["abc_group"],
                province=row["province"],
                region=row["region"],
                is_offshore=row["is_offshore"] == "true",
                spellings=tuple(s for s in row["spellings"].split(";") if s),
            )
            for row in csv.DictReader(lines)
        ]
    return tuple(sorted(rows, key=lambda county: county.sort))


@functools.cache
def _by_spelling() -> dict[str, County]:
    return {fold(spelling): county for county in counties() for spelling in (county.name, *county.spellings)}


@functools.cache
def _by_code() -> dict[str, County]:
    return {county.county_code: county for county in counties()}


@functools.cache
def _by_beginning() -> dict[str, tuple[str, ...]]:
    names = [county.name for county in counties()]
    beginnings = {name[:length] for name in names for length in range(2, len(name) + 1)}
    return {beginning: tuple(name for name in names if name.startswith(beginning)) for beginning in beginnings}


def names_beginning(text: str) -> tuple[str, ...]:
    """Return the names that begin with a text of two letters or more; looked up, since hostile files ask often."""
    return _by_beginning().get(text, ())


def county_named(text: str) -> County | None:
    """Return the county a table means, whatever blanks and 台 it uses; None where no county is called that."""
    return _by_spelling().get(fold(text))


def county_coded(county_code: str) -> County:
    return _by_code()[county_code]
