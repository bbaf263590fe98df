"""The pickers of trying rules: what to look at, under which rule, in which year, and the sliders of the weights."""

import functools
from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import address, widgets
from dashboard.domain import trial_words, words
from dashboard.domain.kinds import Proportion, TrialSection
from dashboard.domain.measures import MEASURES
from dashboard.domain.periods import FullYear
from dashboard.domain.roc import roc_period
from dashboard.questions import rule
from dashboard.rules import numbers
from dashboard.rules.rule import Rule, rule_keys
from dashboard.rules.weights import UNKNOWN, Weights, bounding_rule, is_admissible, known_weight, region, settings
from dashboard.web.assets import asset_url

_WEIGHTS = "weights"


def section_picker() -> TrialSection:
    options = widgets.options(list(TrialSection), str, trial_words.SECTIONS.__getitem__)
    return widgets.segments("section", trial_words.PICK_SECTION, options)


def rule_picker() -> Rule:
    """Ask for one of the rules on file, the statutory ones first."""
    rules = sorted(map(rule, rule_keys()), key=lambda one: one.status != "statutory")
    options = widgets.options(rules, lambda one: one.key, lambda one: one.short)
    return widgets.choice_of("rule", trial_words.PICK_RULE, options)


def proportion_picker() -> Proportion:
    options = widgets.options(list(Proportion), str, lambda one: MEASURES[one.value].label)
    return widgets.segments("proportion", trial_words.PICK_PROPORTION, options)


def year_picker(years: Sequence[FullYear]) -> FullYear:
    """Ask for a year where what is shown does not change with it in the browser."""
    return widgets.choice_of("year", words.PICK_YEAR, widgets.options(years, lambda year: str(year.roc), roc_period))


def weights_picker() -> Weights:
    """Ask for the unknown weights by sliders that cannot leave the region, or as one of the presets."""
    weights = _asked()
    address.taken().own[_WEIGHTS] = weights.code
    key = f"picker.{_WEIGHTS}"
    _component()(key=key, data=_told(weights), on_weights_change=functools.partial(_to_address, key))
    return weights


def _asked() -> Weights:
    default, asked = settings().presets[0], address.asked().get(_WEIGHTS)
    if asked is None:
        return default.weights
    try:
        weights = Weights.from_code(asked)
    except ValueError:
        weights = None
    # Proportions of another sum come to percents that nobody wrote; only presets are proportions.
    if weights and (_sum(weights) == region().rest or weights in [one.weights for one in settings().presets]):
        return weights
    address.taken().notices.append(trial_words.invalid_weights(asked, default.label))
    return default.weights


def _sum(weights: Weights) -> int:
    return sum(map(weights.of, UNKNOWN))


def _to_address(key: str) -> None:
    code = st.session_state[key]["weights"]
    if code:
        address.choose(_WEIGHTS, code)


def _told(weights: Weights) -> dict[str, Any]:
    """Return what the sliders show: shares as numbers to stand at and as texts to read."""
    limits, indicators = region(), bounding_rule().indicators
    shares = weights.shares(limits.rest)
    texts = [numbers.half_up(one, 2) for one in (known_weight(bounding_rule()), limits.rest, limits.least)]
    return {
        "label": trial_words.SLIDERS,
        "hint": trial_words.TRIAL_NOTE
        + trial_words.sliders_hint(*texts)
        + ("" if is_admissible(weights) else trial_words.OUTSIDE_NOTE),
        "names": [indicators[key].label for key in UNKNOWN],
        "note": trial_words.REST,
        "shares": [round(float(share), 2) for share in shares],
        "texts": [f"{numbers.trimmed(share, 2)}%" for share in shares],
        "least": int(limits.least),
        "total": int(limits.rest),
        "code": weights.code,
        "presets": {
            "label": trial_words.PRESETS,
            "choices": [
                [one.weights.code, _offered(one.label, one.weights), one.shares(limits.rest) == shares]
                for one in settings().presets
            ],
        },
    }


def _offered(label: str, weights: Weights) -> str:
    return label if is_admissible(weights) else f"{label}（{trial_words.OUTSIDE}）"


@functools.cache
def _component() -> Any:
    """Return the sliders; their module is one of our assets, so that the browser keeps it."""
    url = asset_url("weights.js")
    # A single line would be taken for the name of a file.
    module = f'export default (c) =>\n  import(new URL("{url}", location.href)).then((m) => m.default(c));'
    return st.components.v2.component("guobao.weights", js=module, isolate_styles=False)
