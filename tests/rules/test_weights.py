"""Weights on trial: how they are shared, which are admissible, and that the rule itself never changes."""

from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import ValidationError

from dashboard import answers
from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import FullYear
from dashboard.rules.ranking import rank
from dashboard.rules.rule import RULES, load_rule, rule_keys
from dashboard.rules.weights import FILE, UNKNOWN, Weights, applied, is_admissible, region, settings
from dashboard.warehouse import Warehouse

ADOPTED = load_rule("adopted")


def weights(change: int, repayment: int, success: int) -> Weights:
    return Weights(change=change, repayment=repayment, success=success)


def test_the_three_share_what_the_published_weight_leaves() -> None:
    assert tuple(map(int, region())) == (85, 15)
    assert [*weights(35, 30, 20).shares(region().rest)] == [35, 30, 20]
    assert weights(1, 1, 1).shares(region().rest) == (Fraction(85, 3),) * 3
    assert [[*one] for one in region().corners] == [[55, 15, 15], [15, 55, 15], [15, 15, 55]]


def test_a_weighting_is_admissible_as_long_as_none_is_below_the_lowest() -> None:
    assert is_admissible(weights(35, 30, 20))
    assert is_admissible(weights(55, 15, 15))
    assert not is_admissible(weights(56, 15, 14))
    assert not is_admissible(weights(1, 1, 9))


def test_the_assessment_of_the_subsidy_plan_is_another_instrument_and_outside() -> None:
    subsidy = next(one for one in settings().presets if one.key == "subsidy")
    assert (subsidy.success, subsidy.repayment, subsidy.change) == (2, 5, 5)
    assert not is_admissible(subsidy.weights)
    assert subsidy.weights.shares(region().rest)[2] == Fraction(85, 6)
    assert "不是本規則" in subsidy.source


def test_the_first_preset_is_what_the_rule_assumes() -> None:
    first = settings().presets[0].weights
    assert [first.of(key) for key in UNKNOWN] == [ADOPTED.indicators[key].weight for key in UNKNOWN]
    assert applied(ADOPTED, first) is ADOPTED
    assert applied(ADOPTED, weights(70, 60, 40)) is ADOPTED


def test_where_a_weighting_lies_between_the_corners() -> None:
    assert region().within((Fraction(55), Fraction(15), Fraction(15)))[0] == 1
    assert sum(region().within(weights(1, 2, 3).shares(region().rest))) == 1
    assert region().within(weights(5, 5, 2).shares(region().rest))[2] < 0


@pytest.mark.parametrize("key", rule_keys())
def test_a_trial_keeps_all_of_a_rule_but_the_weights_and_says_so(key: str) -> None:
    rule = load_rule(key)
    tried = applied(rule, weights(20, 25, 40))
    assert sum(Fraction(one.weight) for one in tried.indicators.values()) == 100
    if tried is rule:
        assert len(set(rule.indicators) & set(UNKNOWN)) == 1
        return
    assert tried.label.startswith(f"{rule.label}，試算權重：")
    assert (tried.key, tried.content_sha256, tried.report) == (rule.key, rule.content_sha256, rule.report)
    assert repr(tried) != repr(rule)
    known = [one for one in rule.indicators if one not in UNKNOWN]
    assert all(tried.indicators[one] == rule.indicators[one] for one in known)
    assert not any("消長 20" in sentence and "假設" in sentence for sentence in tried.ranking_assumptions())


def test_trying_never_changes_the_rule_its_file_or_its_ranking(demo: Warehouse) -> None:
    before = {path.name: path.read_bytes() for path in RULES.glob("*.toml")}
    inputs = answers.ranking_inputs(demo, FullYear(2025), FullYear(2024))
    adopted, printed = rank(inputs, ADOPTED, FullYear(2025)), repr(ADOPTED)
    for tried in (weights(15, 15, 55), weights(5, 5, 2)):
        assert rank(inputs, applied(ADOPTED, tried), FullYear(2025)).rows != adopted.rows
    assert repr(ADOPTED) == printed
    assert load_rule("adopted") == ADOPTED
    assert rank(inputs, load_rule("adopted"), FullYear(2025)) == adopted
    assert {path.name: path.read_bytes() for path in RULES.glob("*.toml")} == before


def test_weights_are_written_and_read_as_an_address_holds_them() -> None:
    assert weights(35, 30, 20).code == "35-30-20"
    assert Weights.from_code("5-5-2") == weights(5, 5, 2)


@pytest.mark.parametrize("code", ["", "35", "35-30", "35-30-20-15", "a-b-c", "0-1-1", "-1-2-3", "1.5-2-3", "１-2-3"])
def test_what_is_no_weighting_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        Weights.from_code(code)


def test_weights_beyond_all_measure_are_refused() -> None:
    with pytest.raises(ValidationError):
        Weights.from_code("1-1-99999")


def test_settings_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "weights.toml"
    broken.write_text(FILE.read_text("utf-8").replace("draws = 10000", "draws = 0"), "utf-8")
    with pytest.raises(DashboardError, match=r"weights\.toml.*sampling\.draws"):
        settings(broken)
    broken.write_text("=", "utf-8")
    with pytest.raises(DashboardError, match=r"weights\.toml 無法使用；"):
        settings(broken)


def test_the_seed_and_the_number_of_draws_are_shown_as_an_assumption() -> None:
    sampling = settings().sampling
    assert sampling.assumption.startswith("假設：")
    assert "10,000" in sampling.assumption
    assert f"亂數種子 {sampling.seed}" in sampling.assumption
