"""The pickers of trends: which measure, billing periods as of when, how far back, and several counties at once."""

from collections.abc import Sequence

import streamlit as st

from dashboard import address, widgets
from dashboard.domain import trend_words, words
from dashboard.domain.counties import County, counties, county_coded
from dashboard.domain.display import display
from dashboard.domain.kinds import Kind, Maturity
from dashboard.domain.measures import Measure
from dashboard.exhibits import TREND_MEASURES

_COUNTIES = "counties"
_MOST_COUNTIES = 6
_SPANS = (3, 5, 10)
_WIDTH = 340


def indicator_picker() -> Measure:
    """Ask for a measure to be shown over time."""
    options = widgets.options(TREND_MEASURES, lambda one: one.key, trend_words.measure)
    return widgets.choice_of("indicator", words.PICK_MEASURE, options)


def age_picker(ages: Sequence[int]) -> int | None:
    """Ask how billing periods are taken: each as of its newest report (None), or all at so many months since due."""
    maturity = widgets.segments(
        "maturity", trend_words.PICK_MATURITY, widgets.options(list(Maturity), str, trend_words.MATURITIES.__getitem__)
    )
    if maturity is Maturity.LATEST:
        return None
    if ages and "age" not in address.asked():
        wanted = display().equal_age.months
        address.taken().meant["age"] = str(max((age for age in ages if age <= wanted), default=ages[0]))
    return widgets.choice_of("age", trend_words.PICK_AGE, widgets.options(ages, str, trend_words.age))


def years_picker(measure: Measure) -> int:
    """Ask how far back a trend goes; a measure of few periods a year shows all there is, unless told otherwise."""
    if "years" not in address.asked():
        is_frequent = measure.source in {Kind.PAYMENT_RATE, Kind.COLLECTION}
        address.taken().meant["years"] = "5" if is_frequent else "10"
    return widgets.segments("years", trend_words.PICK_YEARS, widgets.options(_SPANS, str, trend_words.years))


def counties_picker() -> tuple[County, ...]:
    """Ask for up to six counties, the newest choice pushing out the oldest; at first the one chosen elsewhere."""
    codes = [code for code in _counties_asked() if code in {one.county_code for one in counties()}]
    if unknown := [code for code in _counties_asked() if code not in codes and code != "none"]:
        address.taken().notices.append(trend_words.unknown_counties(unknown))
    address.taken().own[_COUNTIES] = "_".join(codes) or "none"
    key = f"picker.{_COUNTIES}"
    st.session_state[key] = codes
    st.multiselect(
        trend_words.PICK_COUNTIES,
        [one.county_code for one in counties()],
        format_func=lambda code: county_coded(code).name,
        key=key,
        placeholder=trend_words.NO_COUNTIES,
        on_change=lambda: _choose_counties(st.session_state[key]),
        width=_WIDTH,
    )
    return tuple(map(county_coded, codes))


def pick_one_more(county_code: str) -> None:
    """Add the county clicked on a chart to those chosen; clicking a chosen one gives it up."""
    chosen = [code for code in _counties_asked() if code != "none"]
    kept = [code for code in chosen if code != county_code]
    _choose_counties(kept if county_code in chosen else [*chosen, county_code])


def _counties_asked() -> list[str]:
    kept = st.session_state.get(widgets.KEPT_COUNTY, "none")
    codes: str = address.asked().get(_COUNTIES, kept)
    return codes.split("_")[-_MOST_COUNTIES:]


def _choose_counties(codes: Sequence[str]) -> None:
    address.choose(_COUNTIES, "_".join(codes[-_MOST_COUNTIES:]) or "none")
