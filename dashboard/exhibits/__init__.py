"""A question becomes an exhibit: chart, table, words and birth records in one value."""

import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboard.exhibits.available import PaymentChoices, average_years, payment_choices, ranking_years
from dashboard.exhibits.county_map import average_rate_map, payment_rate_map
from dashboard.exhibits.duties_owed import duty_years
from dashboard.exhibits.duty_calendar import duty_calendar
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, NotAvailable, Source, Table
from dashboard.exhibits.frozen_ranking import frozen_ranking
from dashboard.exhibits.funnel import funnel
from dashboard.exhibits.group_ranking import group_ranking
from dashboard.exhibits.indicator_confidence import indicator_confidence
from dashboard.exhibits.knowledge_difference import FIRST, knowledge_days, knowledge_difference
from dashboard.exhibits.map_base import Against
from dashboard.exhibits.map_difference import average_rate_difference, payment_rate_difference
from dashboard.exhibits.maps import Look
from dashboard.exhibits.margin_to_safety import margin_to_safety
from dashboard.exhibits.national_growth import national_growth
from dashboard.exhibits.points_waterfall import points_waterfall
from dashboard.exhibits.rank_intervals import rank_intervals
from dashboard.exhibits.ranking_history import ranking_history
from dashboard.exhibits.review_reports import review_reports
from dashboard.exhibits.scenarios import scenarios
from dashboard.exhibits.trend import trend
from dashboard.exhibits.trend_panels import small_multiples
from dashboard.exhibits.trend_reports import TREND_MEASURES, payment_ages
from dashboard.exhibits.unpaid_reasons import unpaid_reasons
from dashboard.exhibits.unpaid_reasons_changes import reason_changes
from dashboard.exhibits.unpaid_reasons_over_time import unpaid_reasons_over_time
from dashboard.exhibits.unpaid_reasons_remedies import reason_remedies
from dashboard.exhibits.unpaid_reasons_reports import unpaid_reason_periods
from dashboard.exhibits.weight_shares import weight_shares
from dashboard.exhibits.weight_triangle import weight_triangle

__all__ = [
    "FIRST",
    "TREND_MEASURES",
    "Against",
    "Chart",
    "Column",
    "Exhibit",
    "Look",
    "NotAvailable",
    "PaymentChoices",
    "Source",
    "Table",
    "average_rate_difference",
    "average_rate_map",
    "average_years",
    "duty_calendar",
    "duty_years",
    "frozen_ranking",
    "funnel",
    "group_ranking",
    "indicator_confidence",
    "knowledge_days",
    "knowledge_difference",
    "margin_to_safety",
    "national_growth",
    "payment_ages",
    "payment_choices",
    "payment_rate_difference",
    "payment_rate_map",
    "points_waterfall",
    "rank_intervals",
    "ranking_history",
    "ranking_years",
    "reason_changes",
    "reason_remedies",
    "review_reports",
    "scenarios",
    "small_multiples",
    "trend",
    "unpaid_reason_periods",
    "unpaid_reasons",
    "unpaid_reasons_over_time",
    "weight_shares",
    "weight_triangle",
]

FUNCTIONS: Mapping[str, Callable[..., Exhibit]] = MappingProxyType(
    {
        name: one
        for name in __all__
        if inspect.isfunction(one := globals()[name]) and inspect.signature(one).return_annotation is Exhibit
    }
)
"""Every question that is answered by an exhibit, by its name: what an address may ask for."""
