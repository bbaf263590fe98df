"""How fresh figures are: up to which day they reach and when they came in, stream by stream."""

import dataclasses
from datetime import date

from dashboard import markup
from dashboard.domain.kinds import Basis, Population
from dashboard.domain.periods import BillingPeriod, FullYear, Month
from dashboard.exhibits import freshness, group_ranking, payment_rate_map, review_reports
from dashboard.exhibits.maps import PLAIN
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Warehouse

ADOPTED = load_rule("adopted")


def test_a_map_tells_cut_off_and_receipt_of_its_report_without_opening_anything(demo: Warehouse) -> None:
    asked = BillingPeriod(Month(2024, 11)), date(2025, 3, 31), Population.ALL, Basis.PERSONS, None, PLAIN
    shown = payment_rate_map(demo, *asked)
    (line,) = freshness.lines(shown)
    received = shown.sources[0].received_on
    roc = f"{received.year - 1911}年{received.month}月{received.day}日"
    assert line == f"被保險人保險費收繳率：資料截止 114年3月31日，收件 {roc}"
    assert line in markup.head(shown)


def test_a_ranking_tells_each_of_its_streams_once_by_its_newest_report(demo: Warehouse) -> None:
    shown = group_ranking(demo, FullYear(2025), ADOPTED)
    lines = freshness.lines(shown)
    assert [line.partition("：")[0] for line in lines] == ["平均繳費率", "服務員訪視成效"]
    newest = max(source.as_of for source in shown.sources if source.kind == "average_rate")
    assert f"資料截止 {newest.year - 1911}年{newest.month}月{newest.day}日" in lines[0]


def test_an_exhibit_below_one_that_tells_it_does_not_repeat_it(demo: Warehouse) -> None:
    shown = review_reports(demo, FullYear(2025), ADOPTED)
    assert freshness.lines(shown) == ()
    assert "exhibit-fresh" not in markup.head(shown)
    assert freshness.lines(dataclasses.replace(shown, shown_with="", sources=())) == ()
