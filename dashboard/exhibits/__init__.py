"""A question becomes an exhibit: chart, table, words and birth records in one value."""

from dashboard.exhibits.available import PaymentChoices, average_years, payment_choices, ranking_years
from dashboard.exhibits.county_map import average_rate_map, payment_rate_map
from dashboard.exhibits.exhibit import Chart, Column, Exhibit, NotAvailable, Source, Table
from dashboard.exhibits.group_ranking import group_ranking
from dashboard.exhibits.review_reports import review_reports

__all__ = [
    "Chart",
    "Column",
    "Exhibit",
    "NotAvailable",
    "PaymentChoices",
    "Source",
    "Table",
    "average_rate_map",
    "average_years",
    "group_ranking",
    "payment_choices",
    "payment_rate_map",
    "ranking_years",
    "review_reports",
]
