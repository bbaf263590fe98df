import json
from fractions import Fraction
from typing import Any

from dashboard.domain.counties import counties
from dashboard.domain.periods import FullYear
from dashboard.rules.machine import compared_form, machine_form
from dashboard.rules.ranking import rank
from dashboard.rules.rule import load_rule
from tests.rules.small import TAOYUAN, Figures, figures, inputs, receiving


def printed(cases: dict[str, Figures], year: FullYear) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json.dumps(machine_form(rank(inputs(cases), load_rule("adopted"), year))))
    return loaded


def test_the_head_says_roc_year_rule_and_whether_it_is_a_trial() -> None:
    form = printed({}, FullYear(2022))
    assert (form["year"], form["rule"], form["trial"]) == (111, "adopted", True)
    assert printed({}, FullYear(2025))["trial"] is False


def test_counties_stand_in_the_order_of_official_tables_with_codes_as_text() -> None:
    form = printed({}, FullYear(2025))
    assert [one["county_code"] for one in form["counties"]] == [county.county_code for county in counties()]
    assert (form["counties"][-1]["county_code"], form["counties"][-1]["county"]) == ("09007", "連江縣")


def test_a_county_carries_exact_fractions_and_rounded_decimals() -> None:
    # three counties; 桃園 is last by growth: 35/3, and first of equals in the rest: 65 -> 230/3 = 76.6667
    county = printed(receiving(510, 500, 490), FullYear(2025))["counties"][2]
    assert county["county"] == "桃園市"
    assert county["place"] == 3
    assert county["total"] == {"fraction": "230/3", "decimal": "76.6667"}
    assert county["growth_pp"] == {"fraction": "-1", "decimal": "-1.0000"}
    assert county["indicators"]["rate_change_pp"] == {
        "label": "收繳率消長",
        "value": {"fraction": "-1", "decimal": "-1.0000"},
        "rank": 3,
        "points": {"fraction": "100/3", "decimal": "33.3333"},
        "weight": 35,
    }
    assert [one["weight"] for one in county["indicators"].values()] == [35, 30, 20, 15]
    assert (county["in_last_two"], county["exempt"], county["owes_review_report"]) == (True, False, True)


def test_a_growth_too_small_for_four_decimals_does_not_print_as_zero() -> None:
    tiny = figures(receivable_twd=10**9, received_twd=1, base_receivable_twd=10**9, base_received_twd=0)
    growth = printed({TAOYUAN: tiny}, FullYear(2025))["counties"][2]["growth_pp"]
    assert Fraction(growth["fraction"]) == Fraction(1, 10**7)
    assert growth["decimal"] == "0.0000001"


def test_what_a_county_does_not_have_is_null() -> None:
    county = printed({TAOYUAN: figures(visited_persons=None)}, FullYear(2025))["counties"][2]
    assert county["place"] is county["total"] is None
    assert county["indicators"]["success_rate_pct"]["value"] is None
    assert county["indicators"]["repayment_rate_pct"]["value"] == {"fraction": "25", "decimal": "25.0000"}
    assert county["owes_review_report"] == "undecided"


def test_a_weight_that_is_not_whole_is_its_exact_fraction() -> None:
    form: Any = machine_form(rank(inputs({}), load_rule("tainan"), FullYear(2025)))
    assert form["counties"][0]["indicators"]["rate_change_pp"]["weight"] == "700/17"


def test_rules_beside_each_other_keep_label_hash_and_reasons() -> None:
    rules = [load_rule(key) for key in ("adopted", "tainan", "taichung", "tainan")]
    form: Any = compared_form([rank(inputs(receiving(510, 500, 490)), rule, FullYear(2025)) for rule in rules])
    assert [rule["rule"] for rule in form["rules"]][:3] == ["adopted", "tainan", "taichung"]
    assert [rule["content_sha256"] for rule in form["rules"]] == [rule.content_sha256 for rule in rules]
    taoyuan = form["counties"][2]["rules"]
    assert {name: one["owes_review_report"] for name, one in taoyuan.items()} == dict.fromkeys(taoyuan, True)
    assert len(taoyuan) == 4
    assert "未列名次" in form["counties"][5]["rules"]["tainan"]["reason"]
