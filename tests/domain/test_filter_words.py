"""A file says with which filters its table was asked."""

from datetime import date

from dashboard.domain.counties import county_coded
from dashboard.domain.filter_words import filters
from dashboard.domain.kinds import Alignment, Classification, Compare, MapView, Population, ReasonOrder
from dashboard.domain.periods import BillingPeriod, FullYear


def test_a_map_quotes_period_day_population_county_and_look() -> None:
    period = BillingPeriod.from_iso("2024-11/2024-12")
    look = MapView.TILES, Classification.QUANTILE
    asked = [("period", period), ("as_of", date(2025, 3, 31)), ("population", Population.INDIGENOUS)]
    assert filters([*asked, ("county", county_coded("09007")), ("look", look)]) == [
        ("繳費期別", "113年11-12月"),
        ("資料截止日", "114年3月31日"),
        ("對象", "原住民"),
        ("縣市", "連江縣"),
        ("呈現方式", "等面積格"),
        ("分級", "分位數分級"),
    ]


def test_what_was_not_chosen_is_not_quoted() -> None:
    assert filters([("county", None), ("chosen", ()), ("rule", object()), ("age", None)]) == []


def test_a_comparison_quotes_with_what_and_how() -> None:
    against = BillingPeriod.from_iso("2023-11/2023-12"), Alignment.EQUAL_AGE
    assert filters([("against", against)])[0] == ("繳費期別", "112年11-12月")
    assert len(filters([("against", (Compare.PREVIOUS, Alignment.EQUAL_AGE))])) == 2
    assert filters([("base", FullYear(2024))]) == [("基期", "113年")]


def test_a_trend_quotes_measure_age_span_and_every_county() -> None:
    chosen = county_coded("63000"), county_coded("64000")
    asked = [("measure", "payment_rate_persons_pct"), ("age", 11), ("years", 5), ("chosen", chosen)]
    assert [text for _, text in filters(asked)] == ["收繳率（按人數）", "11 個月", "近 5 年", "臺北市", "高雄市"]


def test_a_composition_quotes_its_order() -> None:
    assert filters([("order", ReasonOrder.HARDSHIP)]) == [("縣市排序", "依「經濟困難」")]
