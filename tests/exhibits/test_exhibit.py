"""How a cell is printed, and what an exhibit says of itself."""

from datetime import date

import pandas as pd
import pytest

from dashboard.domain.kinds import Kind
from dashboard.exhibits import Column, Source

RATE = Column("rate", "收繳率", "%", 2, whole="denominator")


@pytest.mark.parametrize(
    ("rate", "denominator", "printed"),
    [(0.0, 5, "0.00"), (pd.NA, 0, "--"), (pd.NA, pd.NA, "…"), (54.3, 10, "54.30")],
)
def test_zero_no_meaning_and_not_yet_known_read_differently(rate: object, denominator: object, printed: str) -> None:
    assert RATE.text({"rate": rate, "denominator": denominator}) == printed


def test_a_rank_that_does_not_exist_is_not_called_unknown() -> None:
    assert Column("rank", "名次", decimals=0, missing="－").text({"rank": pd.NA}) == "－"


def test_a_source_without_date_of_issue_still_says_when_it_came() -> None:
    source = Source(Kind.VISITS, "113年", date(2025, 4, 30), "甲.ods", None, date(2025, 5, 15), 7, is_simulated=False)
    assert source.sentence == "服務員訪視成效113年（資料截止 114年4月30日）：甲.ods，收件 114年5月15日，收件第 7 號"
