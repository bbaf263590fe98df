"""How a file quotes the filters that its exhibit was asked with: the label of each picker and what was chosen."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from dashboard.domain import difference_words, duty_words, map_words, reason_words, trend_words, trial_words, words
from dashboard.domain.counties import County
from dashboard.domain.kinds import (
    Alignment,
    Basis,
    Classification,
    Compare,
    Display,
    DutyFilter,
    MapView,
    Population,
    ReasonOrder,
    Span,
)
from dashboard.domain.measures import MEASURES
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.domain.roc import roc_date, roc_period

PERIOD = "期間"

_BY_TYPE: Mapping[type, tuple[str, Callable[[Any], str]]] = MappingProxyType(
    {
        Month: (PERIOD, roc_period),
        BillingPeriod: (words.PICK_PERIOD, roc_period),
        HalfYear: (PERIOD, roc_period),
        FullYear: (words.PICK_YEAR, roc_period),
        date: (words.PICK_AS_OF, roc_date),
        Population: (words.PICK_POPULATION, words.POPULATIONS.__getitem__),
        Basis: (words.PICK_BASIS, words.BASES.__getitem__),
        County: (words.PICK_COUNTY, lambda county: str(county.name)),
        MapView: (map_words.PICK_VIEW, map_words.VIEWS.__getitem__),
        Classification: (map_words.PICK_CLASSIFICATION, map_words.CLASSIFICATIONS.__getitem__),
        Compare: (map_words.PICK_COMPARE, map_words.COMPARISONS.__getitem__),
        Alignment: (map_words.PICK_ALIGNMENT, map_words.ALIGNMENTS.__getitem__),
        Display: (reason_words.PICK_DISPLAY, reason_words.DISPLAYS.__getitem__),
        ReasonOrder: (reason_words.PICK_ORDER, reason_words.order),
        DutyFilter: (duty_words.PICK_STATE, duty_words.FILTERS.__getitem__),
        Span: (reason_words.PICK_SPAN, reason_words.SPANS.__getitem__),
    }
)


def _text(value: object) -> str:
    return _BY_TYPE[type(value)][1](value)


_BY_NAME: Mapping[str, tuple[str, Callable[[Any], str]]] = MappingProxyType(
    {
        "measure": (words.PICK_MEASURE, lambda key: trend_words.measure(MEASURES[key])),
        "age": (trend_words.PICK_AGE, trend_words.age),
        "years": (trend_words.PICK_YEARS, trend_words.years),
        "base": (map_words.PICK_BASE, _text),
        "on": (duty_words.LISTED_ON, roc_date),
        "days": (difference_words.DAYS, difference_words.chosen),
        "weights": (trial_words.WEIGHTS, lambda weights: trial_words.proportions(weights.code)),
    }
)


def filters(arguments: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    """Return label and choice of each filter; `arguments` are names and values of what an exhibit was asked."""
    told = []
    for name, value in arguments:
        for one in value if isinstance(value, tuple) else (value,):
            label, text = _BY_NAME.get(name) or _BY_TYPE.get(type(one)) or ("", str)
            if label and one is not None:
                told.append((label, text(one)))
    return told
