"""The remedies cover exactly the six reasons, each dated and with what it rests on; published shares name reasons."""

from pathlib import Path

import pytest

from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Reason
from dashboard.domain.reason_reference import REMEDIES, published_shares, remedies

GOOD = REMEDIES.read_text(encoding="utf-8")
PUBLISHED = '[[published]]\nperiod = "2025"\npublisher = "甲"\npublished = "115年"\nshares_pct = { unwilling = 40 }\n'


def test_every_reason_of_the_report_has_one_remedy_and_there_is_no_other() -> None:
    assert set(remedies().root) == set(Reason)


def test_a_remedy_is_shown_as_an_assumption_with_basis_and_date() -> None:
    first = remedies().assumptions[0]
    assert first.startswith("假設：「經濟困難」之對應作法：輔導申請分期繳納")
    assert "依據：" in first
    assert first.endswith("（115年11月22日起採用）")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (GOOD.replace("[unaware]", "[weather]"), "weather"),
        (GOOD[: GOOD.index("[other_reason]")], "other_reason"),
        (GOOD.replace("since = 2026-11-22", 'since = "soon"', 1), "hardship.since"),
        (GOOD.replace('basis = "建議"', 'basis = ""', 1), "untraceable.basis"),
        (GOOD.replace("[hardship]", '[hardship]\nby = "somebody"'), "hardship.by"),
        ("[", "remedies.toml"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_entry(tmp_path: Path, wrong: str, named: str) -> None:
    file = tmp_path / "remedies.toml"
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(DashboardError, match=named):
        remedies(file)


def test_published_shares_are_of_reasons_the_report_has(tmp_path: Path) -> None:
    file = tmp_path / "published.toml"
    file.write_text(PUBLISHED, encoding="utf-8")
    assert published_shares(file)["2025"].shares_pct == {Reason.UNWILLING: 40}
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(PUBLISHED.replace("unwilling", "lazy"), encoding="utf-8")
    with pytest.raises(DashboardError, match="lazy"):
        published_shares(wrong)
