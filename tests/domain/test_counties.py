"""The 22 local governments."""

import pytest

from dashboard.domain.counties import counties, county_coded, county_named


def test_there_are_22_counties_six_of_them_municipalities() -> None:
    assert len({county.county_code for county in counties()}) == 22
    assert [county.sort for county in counties()] == list(range(1, 23))
    assert sum(county.group == "直轄市" for county in counties()) == 6


def test_three_counties_lie_offshore() -> None:
    assert {county.name for county in counties() if county.is_offshore} == {"澎湖縣", "金門縣", "連江縣"}


def test_codes_are_text_and_keep_their_zeros() -> None:
    assert county_coded("09007").name == "連江縣"
    assert all(len(county.county_code) == 5 for county in counties())


@pytest.mark.parametrize("spelled", ["臺北市", "台北市", "　台 北 市", "台北市  "])
def test_a_county_is_known_by_any_spelling(spelled: str) -> None:
    county = county_named(spelled)
    assert county is not None
    assert county.county_code == "63000"


@pytest.mark.parametrize("spelled", ["臺北縣", "桃園縣", "臺北", "", "臺灣省", "總計"])
def test_what_is_no_county_is_not_guessed(spelled: str) -> None:
    assert county_named(spelled) is None


def test_every_county_is_found_by_its_own_name() -> None:
    assert [county_named(county.name) for county in counties()] == list(counties())
