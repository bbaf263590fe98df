"""The page of trying rules: its sections, its weights in the address, and what it says of addresses it cannot use."""

from pathlib import Path

import pytest
import streamlit as st

from dashboard.rules.weights import UNKNOWN, Weights
from tests import deciding
from tests.pages.visiting import Visit

PAGE = "rule_trial"


def sliders(visit: Visit) -> dict[str, object]:
    return next(data for data in visit._mounted() if "presets" in data)


def test_it_opens_on_all_scenarios_with_the_assumed_weights() -> None:
    visit = Visit(PAGE)
    assert not visit.test.exception
    assert visit.address == {"section": "scenarios", "county": "none", "weights": "35-30-20", "year": "115"}
    assert "各方案應提檢討報告試算" in visit.text
    assert "不改變法定規則" in visit.text
    assert [film["parameter"] for film in visit.films] == ["year"]
    assert len(visit.films[0]["choices"]) == 6


def test_weights_are_the_addresses_and_the_sliders_show_them() -> None:
    visit = Visit(PAGE, section="scenarios", county="none", weights="20-40-25", year="114")
    assert visit.address["weights"] == "20-40-25"
    assert "訪視後補繳率 40%" in visit.text
    told = sliders(visit)
    assert told["texts"] == ["20%", "40%", "25%"]
    assert (told["least"], told["total"], len(UNKNOWN)) == (15, 85, 3)
    assert not visit.notices


def test_weights_outside_of_the_region_are_shown_as_such_and_never_as_a_place_of_the_sliders() -> None:
    visit = Visit(PAGE, section="scenarios", county="none", weights="5-5-2", year="114")
    told = sliders(visit)
    assert told["texts"] == ["35.42%", "35.42%", "14.17%"]
    assert "不在可能範圍內" in str(told["hint"])
    assert [taken for _, _, taken in told["presets"]["choices"]] == [False, False, True]  # type: ignore[index]


@pytest.mark.parametrize("weights", ["x", "1-2", "0-0-0", "1-1-99999", "<b>", "99-99-99", "35-30-21"])
def test_weights_that_are_none_are_replaced_with_a_notice(weights: str) -> None:
    visit = Visit(PAGE, section="scenarios", county="none", weights=weights, year="114")
    assert visit.address["weights"] == "35-30-20"
    assert any("權重" in notice and "假設權重" in notice for notice in visit.notices)


def test_the_weights_of_a_county_are_shares_and_a_triangle_under_a_rule_that_is_picked() -> None:
    visit = Visit(PAGE, section="weights", county="64000", rule="tainan", weights="35-30-20", year="114")
    assert [part["key"] for part in visit.parts] == ["weight_shares", "weight_triangle"]
    assert "114年（試算）高雄市權重三角圖：60.1 % 的可能權重下列末 2 名" in visit.text
    visit.choose("rule", "taichung")
    assert "權重不影響結果" in visit.text
    assert visit.address["rule"] == "taichung"


def test_how_sure_places_are_is_the_third_section() -> None:
    visit = Visit(PAGE, section="certainty", county="none", rule="adopted", year="114", proportion="success_rate_pct")
    assert [part["key"] for part in visit.parts] == ["rank_intervals", "indicator_confidence", "funnel"]
    assert "weights" not in visit.address
    assert not visit.notices


def test_how_sure_places_are_is_shown_with_what_was_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_dir = deciding.filled(tmp_path / "data")
    deciding.desk(data_dir).settle(deciding.YEAR, deciding.RULE, "非直轄市", (), deciding.TIED[1:], "訪視量較少")
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(data_dir))
    st.cache_resource.clear()
    visit = Visit(PAGE, section="certainty", county="none", rule="adopted", year="113", proportion="success_rate_pct")
    st.cache_resource.clear()
    assert "訪視量較少" in visit.text
    assert "而待認定者" not in visit.text


def test_a_county_clicked_stays_while_sections_change() -> None:
    visit = Visit(PAGE, section="scenarios", county="64000", weights="20-40-25", year="114")
    assert '<tr class="selected"' in visit.text
    visit.choose("section", "weights")
    assert visit.address["county"] == "64000"
    assert visit.address["weights"] == "20-40-25"
    assert Weights.from_code(visit.address["weights"]).of("repayment_rate_pct") == 40
