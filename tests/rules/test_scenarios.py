"""Every scenario against its boring twin: on the sample, and on made nations full of ties and gaps."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import answers
from dashboard.domain.counties import counties
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import FullYear
from dashboard.exhibits.evaluation import earlier_inputs, inputs_of
from dashboard.rules.ranking import CountyRank, rank
from dashboard.rules.rule import Rule, load_rule, rule_keys
from dashboard.warehouse import Warehouse
from tests import plain_scenarios as plain
from tests.plain_scenarios import Book

CODES = [county.county_code for county in counties()]
RULES = {key: load_rule(key) for key in rule_keys()}
CORRECTED_ON = date(2023, 12, 20)  # the only correction of the sample
DAYS = [CORRECTED_ON + timedelta(days=days) for days in (-1, 0, 1)] + [answers.CURRENT]
COMPARED = ("place", "total", "growth_pp", "last_of_year", "in_last_two", "exempt", "owes_review_report")


def agree(rows: Iterable[CountyRank], twins: Mapping[str, dict[str, Any]]) -> None:
    for row in rows:
        twin = twins[row.county_code]
        assert row.group == (twin["group"] or "未分組"), row.county_code
        assert {name: getattr(row, name) for name in COMPARED} == {name: twin[name] for name in COMPARED}, row.reason


def test_there_is_a_twin_for_every_rule_on_file() -> None:
    assert set(rule_keys()) == set(plain.SCENARIOS)


# --- the sample


@functools.cache
def book_of(db: Warehouse, known_on: date) -> Book:
    """Put the figures of every report, as known on a day, into a plain book."""
    book: Book = {name: defaultdict(dict) for name in ("average", "visits", "arrears", "payable")}
    for name, kind in (("average", Kind.AVERAGE_RATE), ("visits", Kind.VISITS)):
        frame = answers.figures(db, kind, known_on)
        whole = frame[(frame["population"] == "all") & ~frame["period"].str.contains("H")]
        for period, code, measure, value in whole[["period", "county_code", "measure", "value"]].itertuples(
            index=False
        ):
            book[name][int(period)].setdefault(code, {})[measure] = int(value)
    for name, kind, measure, of in (
        ("arrears", Kind.COLLECTION, "arrears_persons", "period"),
        ("payable", Kind.PAYMENT_RATE, "payable_persons", "billing_period"),
    ):
        frame = answers.figures(db, kind, known_on)
        asked = frame[(frame["population"] == "all") & (frame["measure"] == measure)]
        newest: dict[tuple[str, str], tuple[Any, int]] = {}
        for as_of, period, code, value in asked[["as_of", of, "county_code", "value"]].itertuples(index=False):
            if (period, code) not in newest or as_of > newest[period, code][0]:
                newest[period, code] = (as_of, int(value))
        for (period, code), (_, value) in newest.items():
            book[name][int(period[:4])].setdefault(code, []).append(value)
    return book


@pytest.mark.parametrize("known_on", DAYS, ids=str)
def test_the_plain_twin_agrees_on_every_scenario_and_year_of_the_sample(demo: Warehouse, known_on: date) -> None:
    book, ranked = book_of(demo, known_on), 0
    for key, rule in RULES.items():
        for year in (FullYear(year) for year in range(2015, 2028) if plain.is_known(year, book)):
            inputs = inputs_of(demo, year, rule, known_on)
            ranking = rank(inputs, rule, year, earlier_inputs(demo, year, rule, known_on))
            agree(ranking.rows, plain.replay(key, year.year, book))
            ranked += 1
    assert ranked == len(RULES) * (3 if known_on != answers.CURRENT else 6)


def owing(db: Warehouse, key: str, year: int) -> set[str]:
    rule, names = RULES[key], {county.county_code: county.name for county in counties()}
    of = FullYear(year)
    frames = inputs_of(db, of, rule, answers.CURRENT), earlier_inputs(db, of, rule, answers.CURRENT)
    return {
        names[row.county_code] for row in rank(frames[0], rule, of, frames[1]).rows if row.owes_review_report is True
    }


def test_what_the_scenarios_would_have_asked_of_114(demo: Warehouse) -> None:
    asked = {key: owing(demo, key, 2025) for key in RULES}
    assert asked["adopted"] == asked["pingtung"] == {"高雄市", "新竹縣", "澎湖縣"}
    assert asked["draft"] > {"桃園市"}, "without exemption the county that grew by a hair reports"
    assert asked["taichung"] == {"高雄市", "雲林縣"}
    assert asked["new_taipei"] == {"澎湖縣"}
    assert len(asked["changhua"]) == 4


# --- made nations

YEAR = 2025
small = st.integers(0, 3)
figure = st.one_of(st.integers(1, 3), small, st.none())
whole = st.integers(1, 3)
averages = st.one_of(*(st.fixed_dictionaries(dict.fromkeys(plain.AVERAGES, of)) for of in (whole, whole, figure)))
visited = st.one_of(*(st.fixed_dictionaries(dict.fromkeys(plain.VISITS, of)) for of in (whole, whole, figure)))
persons = st.lists(
    st.sampled_from([0, 28400, 28500, 29000, 29499, 29500, 49999, 50000, 79999, 160000, 199500]), min_size=1, max_size=2
)
some = st.sampled_from([*plain.SIX[:4], *plain.OTHERS[:3], *plain.ISLANDS])


# County by county, so that most have all their figures and groups of several are ranked.
county_books = st.fixed_dictionaries(
    {
        "average": st.tuples(averages, averages, averages, averages),
        "visits": st.tuples(visited, visited, visited),
        "arrears": persons,
        "payable": persons,
    }
)
nations = st.dictionaries(some, county_books, min_size=4, max_size=9)


def as_book(nation: dict[str, Any]) -> Book:
    book: Book = {name: defaultdict(dict) for name in ("average", "visits", "arrears", "payable")}
    for code, own in nation.items():
        for name, last in (("average", YEAR), ("visits", YEAR - 1)):
            for back, stated in enumerate(own[name]):
                book[name][last - back][code] = stated
        for name in ("arrears", "payable"):
            book[name][YEAR - 1][code] = own[name]
    for name in ("average", "visits"):
        for year in range(YEAR - 3, YEAR + 1):
            book[name][year].update({})
    return book


def frame_of(book: Book, year: int) -> pd.DataFrame:
    columns: dict[str, list[int | None]] = defaultdict(list)
    for code in CODES:
        for prefix, of in (("", year), ("base_", year - 1)):
            for name in plain.AVERAGES:
                columns[prefix + name].append(book["average"].get(of, {}).get(code, {}).get(name))
        for name in plain.VISITS:
            columns[name].append(book["visits"].get(year - 1, {}).get(code, {}).get(name))
        for name, total, number in (
            ("arrears", "arrears_persons_sum", "arrears_months"),
            ("payable", "payable_persons_sum", "payable_periods"),
        ):
            stated = book[name].get(year - 1, {}).get(code)
            columns[total].append(sum(stated) if stated else None)
            columns[number].append(len(stated) if stated else None)
    arrays = {name: pd.array(values, dtype="Int64") for name, values in columns.items()}
    return pd.DataFrame({"county_code": CODES, **arrays})


def ranked_from(book: Book, rule: Rule) -> tuple[CountyRank, ...]:
    year = FullYear(YEAR)
    earlier = {before: frame_of(book, before.year) for before in rule.earlier_years(year)}
    return rank(frame_of(book, YEAR), rule, year, earlier).rows


@pytest.mark.parametrize("key", plain.SCENARIOS)
@settings(max_examples=60)
@given(nation=nations)
def test_the_plain_twin_agrees_on_ties_and_gaps(key: str, nation: dict[str, Any]) -> None:
    book = as_book(nation)
    agree(ranked_from(book, RULES[key]), plain.replay(key, YEAR, book))
