import shutil
from pathlib import Path

import pytest

from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import FullYear
from dashboard.rules.rule import RULES, load_rule, rule_keys


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rule files to break."""
    copy = tmp_path / "rules"
    shutil.copytree(RULES, copy)
    return copy


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def edit_assumptions(folder: Path, old: str, new: str) -> None:
    edit(folder / "assumptions.toml", old, new)


def refusal(folder: Path, key: str = "adopted") -> str:
    with pytest.raises(DashboardError) as caught:
        load_rule(key, folder)
    return str(caught.value)


def test_the_adopted_rule_weighs_as_published_and_assumed() -> None:
    weights = {key: one.weight for key, one in load_rule("adopted").indicators.items()}
    assert weights == {
        "rate_change_pp": 35,
        "repayment_rate_pct": 30,
        "success_rate_pct": 20,
        "completion_rate_pct": 15,
    }


def test_visits_of_the_year_before_count_and_112_is_the_first_statutory_year() -> None:
    rule = load_rule("adopted")
    assert rule.visit_year(FullYear(2025)) == FullYear(2024)
    assert rule.is_trial(FullYear(2022))
    assert not rule.is_trial(FullYear(2023))


def test_every_setting_nobody_published_is_admitted_as_an_assumption_and_no_published_one_is() -> None:
    admitted = {path for one in load_rule("adopted").assumptions.values() for path in one.settings}
    assert admitted == {
        "first_statutory_year_roc",
        "points_method",
        "tie_rule",
        "missing_value_rule",
        "visit_year_offset",
        "indicators.rate_change_pp.weight",
        "indicators.repayment_rate_pct.weight",
        "indicators.success_rate_pct.weight",
        "indicators.rate_change_pp.formula",
        "indicators.repayment_rate_pct.formula",
        "indicators.success_rate_pct.formula",
        "indicators.completion_rate_pct.formula",
        "deadlines.collection",
        "deadlines.payment_rate",
        "deadlines.review_report",
    }


def test_an_assumption_is_shown_with_the_values_in_force_and_its_date(folder: Path) -> None:
    shown = load_rule("adopted").assumption_sentences()
    assert (
        "假設：權重：收繳率消長 35%、訪視後補繳率 30%、訪視成功率 20%；"
        "已公開者僅訪視完成率 15%。（115年11月22日起採用）"
    ) in shown
    edit_assumptions(folder, "weight = 35", "weight = 32.5")
    edit_assumptions(folder, "weight = 30", "weight = 32.5")
    assert any("消長 32.5%、訪視後補繳率 32.5%" in one for one in load_rule("adopted", folder).assumption_sentences())


def test_the_written_deadlines_are_rules_the_others_assumed_and_the_review_report_has_none() -> None:
    deadlines = load_rule("adopted").deadlines
    assert (deadlines.visits_full_year.month, deadlines.visits_full_year.day) == (5, 31)
    assert (deadlines.visits_half_year.month, deadlines.visits_half_year.day) == (9, 30)
    assert deadlines.unpaid_reasons_full_year == deadlines.visits_full_year
    assert deadlines.unpaid_reasons_half_year == deadlines.visits_half_year
    assert (deadlines.average_rate.month, deadlines.average_rate.day) == (11, 30)
    assert deadlines.collection.months_after_cut_off == deadlines.payment_rate.months_after_cut_off == 1
    assert (deadlines.average_rate.basis, deadlines.collection.basis) == ("rule", "assumed")
    assert deadlines.review_report == ""


def test_someone_may_set_the_deadline_of_the_review_report(folder: Path) -> None:
    day = 'review_report = { basis = "assumed", years_after = 1, month = 1, day = 31 }'
    edit_assumptions(folder, 'review_report = ""', day)
    deadline = load_rule("adopted", folder).deadlines.review_report
    assert deadline != ""
    assert (deadline.years_after, deadline.month, deadline.day) == (1, 1, 31)


def test_the_hash_changes_with_the_rule_and_with_what_it_extends(folder: Path) -> None:
    before = load_rule("adopted", folder).content_sha256
    with (folder / "adopted.toml").open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    changed = load_rule("adopted", folder).content_sha256
    with (folder / "assumptions.toml").open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert len({before, changed, load_rule("adopted", folder).content_sha256}) == 3


def test_the_same_files_have_the_same_hash_wherever_they_lie(folder: Path) -> None:
    assert load_rule("adopted", folder) == load_rule("adopted")


def test_a_proposal_says_only_what_it_changes(folder: Path) -> None:
    (folder / "milder.toml").write_text(
        'key = "milder"\nextends = "adopted"\nlabel = "末一名"\n[report]\ncount = 1\n', encoding="utf-8"
    )
    milder, adopted = load_rule("milder", folder), load_rule("adopted", folder)
    assert rule_keys(folder) == ("adopted", "milder")
    assert (milder.report.count, milder.report.exemption) == (1, "average_rate_grew")
    assert milder.indicators == adopted.indicators
    assert milder.content_sha256 != adopted.content_sha256


@pytest.mark.parametrize("key", ["nonesuch", "assumptions", "../rules/adopted", ""])
def test_an_unknown_rule_is_refused_with_the_list_of_known_ones(key: str) -> None:
    with pytest.raises(DashboardError, match=f"查無評比規則「{key}」；現有規則：adopted。"):
        load_rule(key)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weight = 35", "weight = 34", "權重合計應為 100，現相差 -1.00"),
        # finer than a binary float can tell from 35
        ("weight = 35", "weight = 35.00000000000000000001", "權重合計應為 100，現相差 +0.00000000000000000001"),
        ("weight = 35", "weight = true", "indicators.rate_change_pp.weight"),
        ("weight = 35", "weight = nan", "indicators.rate_change_pp.weight"),
        ("weight = 35\n", "\n", "indicators.rate_change_pp.weight：缺少此設定"),
        ("weight = 35", "wieght = 35", "indicators.rate_change_pp.wieght：不認得此設定"),
        ('points_method = "linear"', 'points_method = "cubic"', "points_method：不是系統支援的作法"),
        ("visit_year_offset = -1", 'visit_year_offset = "-1"', "visit_year_offset：值「-1」不合規定"),
        ('settings = ["tie_rule"]', 'settings = ["coin"]', "假設所指的設定不存在"),
        ("（評比年度 {0} 年）", "{1}", "句中編號有誤"),
        ('settings = ["deadlines.collection", ', "settings = [", "期限 collection 的 basis 與假設清單不一致"),
        ('average_rate = { basis = "rule"', 'average_rate = { basis = "assumed"', "期限 average_rate 的 basis"),
        ("month = 11, day = 30", "month = 11, day = 31", "deadlines.average_rate：沒有這一天"),
        ("first_statutory_year_roc = 112", "first_statutory_year_roc = = 112", "assumptions.toml 無法使用：不是有效的"),
    ],
)
def test_a_file_that_breaks_the_form_is_refused_with_place_and_reason(
    folder: Path, old: str, new: str, said: str
) -> None:
    edit_assumptions(folder, old, new)
    message = refusal(folder)
    assert said in message
    assert message.startswith("規則檔 a")


@pytest.mark.parametrize(
    ("label", "weight", "rest"),
    [("訪視成功率", "20", "40.1"), ("訪視後補繳率", "30", "50.1")],
)
def test_no_weight_may_fall_below_the_published_lowest(folder: Path, label: str, weight: str, rest: str) -> None:
    edit_assumptions(folder, "weight = 35", f"weight = {rest}")
    edit_assumptions(folder, f"weight = {weight}", "weight = 14.9")
    assert f"{label}的權重 14.9 低於下限 15" in refusal(folder)


def test_a_key_that_is_not_the_name_of_its_file_is_refused(folder: Path) -> None:
    edit(folder / "adopted.toml", 'key = "adopted"', 'key = "other"')
    assert "規則檔 adopted.toml 無法使用：key 與檔名不同" in refusal(folder)


def test_a_rule_that_extends_nothing_there_is_or_itself_is_refused(folder: Path) -> None:
    edit(folder / "adopted.toml", 'extends = "assumptions"', 'extends = "nonesuch"')
    assert "所延伸的 nonesuch.toml 不存在，或互相延伸" in refusal(folder)
    edit(folder / "adopted.toml", 'extends = "nonesuch"', 'extends = "adopted"')
    assert "所延伸的 adopted.toml 不存在，或互相延伸" in refusal(folder)


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / "adopted.toml").write_bytes("# 規則".encode("cp950"))
    assert "規則檔 adopted.toml 無法使用：不是有效的 TOML" in refusal(folder)
