import re
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from dashboard.domain.errors import DashboardError
from dashboard.domain.periods import FullYear
from dashboard.rules.rule import RULES, load_rule, load_rule_file, rule_keys, rule_of_year

OWN = 'source = "會議紀錄"\nproposed_by = "某縣"\nchange = "試改"\n'


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


def write(path: Path, text: str, extends: str = "adopted") -> Path:
    head = f'key = "{path.stem}"\nextends = "{extends}"\nlabel = "試試"\n{OWN}'
    path.write_text(head + text, encoding="utf-8")
    return path


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
        "valid_from_year_roc",
        "method.points",
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
        "deadlines.on_closed_day",
        "deadlines.day_of_named_month",
        "deadlines.by_hand_from_year_roc",
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
    write(folder / "milder.toml", 'status = "proposal"\n[report]\ncount = 1\n')
    milder, adopted = load_rule("milder", folder), load_rule("adopted", folder)
    assert set(rule_keys(folder)) == {*rule_keys(), "milder"}
    assert (milder.report.count, milder.report.exemption) == (1, "average_rate_grew")
    assert milder.indicators == adopted.indicators
    assert milder.content_sha256 != adopted.content_sha256


@pytest.mark.parametrize("key", ["nonesuch", "assumptions", "../rules/adopted", ""])
def test_an_unknown_rule_is_refused_with_the_list_of_known_ones(key: str) -> None:
    with pytest.raises(DashboardError, match=f"查無評比規則「{key}」；現有規則：adopted、changhua、draft、"):
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
        ('points = "linear"', 'points = "cubic"', "assumptions.toml 第 17 行，method.points：不是系統支援的作法"),
        ('kind = "rank_points"', 'kind = "coin"', "method：不是系統支援的作法"),
        ("visit_year_offset = -1", 'visit_year_offset = "-1"', "visit_year_offset：值「-1」不合規定"),
        ('settings = ["tie_rule"]', 'settings = ["coin"]', "假設所指的設定不存在"),
        ("訪視指標採{0}", "{1}", "句中編號有誤"),
        ('settings = ["deadlines.collection", ', "settings = [", "期限 collection 的 basis 與假設清單不一致"),
        ('average_rate = { basis = "rule"', 'average_rate = { basis = "assumed"', "期限 average_rate 的 basis"),
        ("month = 11, day = 30", "month = 11, day = 31", "deadlines.average_rate：沒有這一天"),
        ("valid_from_year_roc = 112", "valid_from_year_roc = = 112", "assumptions.toml 無法使用：第 9 行不是有效的"),
        ('applies_to = "none"', 'applies_to = "none"\ndecimals = 1.5', "rounding.decimals：值「1.5」不合規定"),
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
    assert "規則檔 adopted.toml 無法使用：adopted.toml 第 3 行，key：key 與檔名不同" in refusal(folder)


def test_a_rule_that_extends_nothing_there_is_or_itself_is_refused(folder: Path) -> None:
    edit(folder / "adopted.toml", 'extends = "assumptions"', 'extends = "nonesuch"')
    assert "所延伸的 nonesuch.toml 不存在（同一資料夾及 data/rules 內均無）" in refusal(folder)
    edit(folder / "adopted.toml", 'extends = "nonesuch"', 'extends = "tainan"')
    told = refusal(folder)
    assert "extends 互相延伸而沒有起點（adopted.toml → tainan.toml → adopted.toml）" in told
    assert "不存在" not in told


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / "adopted.toml").write_bytes(b"# one\n" + "# 規則".encode("cp950"))
    assert "規則檔 adopted.toml 無法使用：第 2 行無法以 UTF-8 判讀，請另存為 UTF-8 編碼" in refusal(folder)


def test_the_mark_that_windows_puts_before_a_text_is_no_fault(folder: Path) -> None:
    path = folder / "tainan.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_rule("tainan", folder).label == load_rule("tainan").label


ENGLISH = re.compile(r"\b(?:at|line|column|Invalid|Expected|value|codec|decode|character)\b")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nx = = 1\n", "第 2 行不是有效的 TOML（= 之後不是可判讀的值，文字須加引號）"),
        ("x 1\n", "第 1 行不是有效的 TOML（設定名稱之後應為 =）"),
        ("x = 1\nx = 2\n", "第 2 行不是有效的 TOML（同一設定寫了兩次）"),
        ("x = [1\n", "檔案結尾處不是有效的 TOML（[ 之後缺少 ]）"),
        ('x = "a\n', "不是有效的 TOML（有不可用的字元"),
        (f"x = {'9' * 5000}\n", "不是有效的 TOML"),
        ("x = 1e999999999\n", "數字 1e999999999 過大"),
        ("x = " + "[" * 20_000, "括號或表格層數過多，無法判讀"),
        ("x = " + "[" * 200 + "]" * 200, "括號或表格層數過多，無法判讀"),
        (".".join("a" * 5000) + " = 1\n", "括號或表格層數過多，無法判讀"),
        ("# " + "x" * 1_000_000, "檔案逾 1,000,000 位元組，不是規則檔"),
    ],
)
def test_a_text_that_is_no_rule_is_refused_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DashboardError) as caught:
        load_rule_file(path)
    assert said in str(caught.value)
    assert not ENGLISH.search(str(caught.value))
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('short = "試"', "short：值「試」不合規定：至少 2 字"),
        ('short = "太長的方案名稱"', "short：值「太長的方案名稱」不合規定：至多 6 字"),
        ('dropped = "completion_rate_pct"', "dropped：值「completion_rate_pct」不合規定：應為清單"),
        ("[report]\ncount = 0", "report.count：值「0」不合規定：不得小於 1"),
        ("[report]\nyears_running = 11", "report.years_running：值「11」不合規定：不得大於 10"),
        ('[report]\ncount = "2"', "report.count：值「2」不合規定：應為整數，不加引號"),
        ('[report]\npool = "all of them"', "report.pool：不是系統支援的作法，應為 group、all 之一"),
        ('[method]\nkind = "coin"', "method：不是系統支援的作法，應為 rank_points、z_score、min_max、"),
    ],
)
def test_a_refused_value_is_told_with_what_it_should_be(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path / "mine.toml", text + "\n")
    with pytest.raises(DashboardError) as caught:
        load_rule_file(path)
    assert said in str(caught.value)


# --- what a file must say itself


def test_a_file_that_does_not_say_whose_it_is_is_refused_with_what_to_add(tmp_path: Path) -> None:
    path = tmp_path / "mini.toml"
    path.write_text('key = "mini"\nextends = "adopted"\n[report]\ncount = 3\nexemption = "none"\n', encoding="utf-8")
    with pytest.raises(DashboardError) as caught:
        load_rule_file(path)
    told = str(caught.value)
    assert "缺少 source、proposed_by、change；" in told
    assert '請於 mini.toml 開頭加上：source = "文件名稱"、proposed_by = "提出者"、change = ' in told


def test_a_file_inherits_neither_name_nor_standing_of_the_rule_it_extends(tmp_path: Path) -> None:
    path = tmp_path / "mini.toml"
    path.write_text(f'key = "mini"\nextends = "adopted"\n{OWN}[report]\ncount = 3\n', encoding="utf-8")
    mini = load_rule_file(path)
    assert (mini.key, mini.label, mini.short, mini.status) == ("mini", "mini", "mini", "proposal")
    assert (mini.source, mini.proposed_by, mini.change) == ("會議紀錄", "某縣", "試改")
    assert mini.is_trial(FullYear(2025))


def test_a_file_from_elsewhere_is_a_proposal_whatever_it_says(tmp_path: Path, folder: Path) -> None:
    path = write(tmp_path / "mine.toml", 'status = "statutory"\n')
    assert load_rule_file(path).is_trial(FullYear(2025))
    assert load_rule_file(folder / "adopted.toml").status == "proposal"
    assert load_rule_file(RULES / "adopted.toml").status == "statutory"


def test_a_file_of_the_house_says_itself_whether_it_is_in_force(folder: Path) -> None:
    write(folder / "later.toml", "valid_from_year_roc = 116\n")
    assert "缺少 status；" in refusal(folder, "later")
    assert rule_of_year(FullYear(2030), folder).key == "adopted"


def test_assumptions_about_a_method_that_was_replaced_go_with_it(tmp_path: Path) -> None:
    mine = load_rule_file(write(tmp_path / "mine.toml", '[method]\nkind = "z_score"\n'))
    assert set(load_rule("adopted").assumptions) - set(mine.assumptions) == {"points"}
    assert not any("名次換算分數採線性" in told for told in mine.assumption_sentences())
    grouped = write(tmp_path / "grouped.toml", '[groups]\nkind = "all"\nname = "全國"\n', extends="draft")
    assert set(load_rule("draft").assumptions) - set(load_rule_file(grouped).assumptions) == {"cut_points", "volume"}
    wrong = write(
        tmp_path / "wrong.toml",
        '[method]\nkind = "z_score"\n[assumptions.mine]\nsettings = ["method.points"]\n'
        'sentence = "{0}"\nsince = 2026-11-22\n',
    )
    with pytest.raises(DashboardError, match=r"wrong\.toml 第 \d+ 行，assumptions\.mine：假設所指的設定不存在"):
        load_rule_file(wrong)


def test_assumptions_name_years_in_words_and_write_thousands_with_a_comma() -> None:
    told = "".join(load_rule("nhi").assumption_sentences())
    assert "訪視指標採評比年度之前一年全年度數值。" in told
    assert "每月平均件數以評比年度之前一年各期應繳人數" in told
    assert "以 1,000 人為單位" in told
    assert "-1 年" not in told


def line_of(path: Path, text: str) -> int:
    return next(n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if text in line)


def test_each_fault_is_told_with_the_file_of_the_lineage_and_the_line_that_sets_it(folder: Path) -> None:
    path = write(
        folder / "worse.toml",
        'status = "proposal"\n[report]\ncount = 0\nby = "total"\n\n[indicators.success_rate_pct]\nweight = "x"\n',
    )
    edit_assumptions(folder, "weight = 30", "weight = true")
    told = refusal(folder, "worse")
    assert f"worse.toml 第 {line_of(path, 'count')} 行，report.count：值「0」不合規定" in told
    assert f"worse.toml 第 {line_of(path, 'weight')} 行，indicators.success_rate_pct.weight" in told
    line = line_of(folder / "assumptions.toml", "weight = true")
    assert f"assumptions.toml 第 {line} 行，indicators.repayment_rate_pct.weight" in told


def test_what_is_missing_is_told_with_the_line_of_the_table_it_is_missing_in(folder: Path) -> None:
    edit(folder / "adopted.toml", 'pool = "group"', "")
    table = line_of(folder / "adopted.toml", "[report]")
    assert f"adopted.toml 第 {table} 行，report.pool：缺少此設定" in refusal(folder)


def test_a_rule_file_may_lie_anywhere_and_extend_those_of_the_house(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.toml", 'status = "proposal"\n[report]\ncount = 3\n')
    mine = load_rule_file(path)
    assert (mine.key, mine.report.count, mine.method) == ("mine", 3, load_rule("adopted").method)
    write(tmp_path / "base.toml", 'status = "proposal"\n[report]\ncount = 4\n')
    beside = load_rule_file(write(path, "", extends="base"))
    assert beside.report.count == 4
    before = beside.content_sha256
    write(tmp_path / "base.toml", 'status = "proposal"\n[report]\ncount = 4\n\n')
    assert load_rule_file(path).content_sha256 != before
    with pytest.raises(DashboardError, match="找不到規則檔"):
        load_rule_file(tmp_path / "none.toml")


# --- groups


BANDS = """
volume_year_offset = -1
[groups]
kind = "size"
volume = "mean_payable_persons"
persons_per_unit = 1000
decimals = 0
bands = [
  {{ name = "大", from = 80 }},
  {{ name = "中", from = 30, to = 79 }},
  {{ name = "小", {small} }},
]
{more}
"""


def banded(folder: Path, small: str, more: str = "") -> str:
    path = write(folder / "banded.toml", 'status = "proposal"\n' + BANDS.format(small=small, more=more))
    try:
        rule = load_rule_file(path)
    except DashboardError as error:
        return str(error)
    return "".join(rule.remarks())


def test_a_size_that_belongs_to_no_group_is_refused_unless_the_rule_admits_it(folder: Path) -> None:
    assert banded(folder, "to = 29") == ""
    told = banded(folder, "to = 29, to_inclusive = false")
    assert "29 不屬於任何一組" in told
    line = line_of(folder / "banded.toml", "bands = [")
    assert f"banded.toml 第 {line} 行，groups.bands：29 不屬於任何一組" in told
    assert "29" in banded(folder, "to = 29, to_inclusive = false", 'known_holes = ["29"]')
    assert "known_holes 所列 29 並非缺口" in banded(folder, "to = 29", 'known_holes = ["29"]')
    assert "26–29 不屬於任何一組" in banded(folder, "to = 25")
    assert "低於 5 不屬於任何一組" in banded(folder, "from = 5, to = 29")
    assert "級距重疊" in banded(folder, "to = 30")


def test_the_hole_of_the_contest_is_known_and_said() -> None:
    rule = load_rule("nhi")
    assert rule.remarks() == ("分組級距有缺口：29（單位：1,000 人）不屬於任何一組；落於缺口之縣市未分組，不列名次。",)
    assert all(load_rule(key).remarks() == () for key in rule_keys() if key != "nhi")


def test_sizes_that_are_not_rounded_have_holes_between_them(folder: Path) -> None:
    (folder / "draft.toml").write_text(
        (folder / "draft.toml")
        .read_text(encoding="utf-8")
        .replace("to = 50000, to_inclusive", "to = 49999, to_inclusive"),
        encoding="utf-8",
    )
    assert "49999 與 50000 之間不屬於任何一組" in refusal(folder, "draft")


def test_a_county_listed_twice_or_unknown_is_refused_by_name(folder: Path) -> None:
    edit(folder / "changhua.toml", '"連江縣"]', '"連江縣", "台北市", "臺北縣"]')
    told = refusal(folder, "changhua")
    assert "臺北市列入兩次" in told
    assert "沒有名為「臺北縣」的縣市" in told
    assert "changhua.toml 第" in told


# --- weights, methods, reports


def test_without_completion_its_weight_goes_to_the_others_in_proportion() -> None:
    weights = {key: one.weight for key, one in load_rule("tainan").indicators.items()}
    assert weights == {
        "rate_change_pp": Fraction(700, 17),
        "repayment_rate_pct": Fraction(600, 17),
        "success_rate_pct": Fraction(400, 17),
    }
    assert load_rule("tainan").indicators["rate_change_pp"].weight_text == "41.18"


def test_a_weight_may_be_written_as_a_quotient(folder: Path) -> None:
    edit_assumptions(folder, "weight = 35", 'weight = "100/3"')
    edit_assumptions(folder, "weight = 30", 'weight = "95/3"')
    assert load_rule("adopted", folder).indicators["rate_change_pp"].weight == Fraction(100, 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('dropped = ["beauty"]', "dropped：沒有名為 beauty 的指標"),
        ('[report]\nby = "beauty"', "report.by：沒有名為 beauty 的指標"),
        ('[method]\nkind = "rank_points"\npoints = [50, 60]', "名次較後者之分數不得較高"),
        ('tie_break = "mean_payable_persons"', "須訂明採計年度"),
        ("valid_until_year_roc = 111", "法定規則須訂起始年度"),
        ('[groups]\nkind = "counties"', "groups.members：缺少此設定"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(folder: Path, text: str, said: str) -> None:
    write(folder / "odd.toml", text + "\n")
    assert said in refusal(folder, "odd")


def test_every_proposal_says_whose_it_is_what_it_changes_and_what_nobody_published() -> None:
    for key in rule_keys():
        rule = load_rule(key)
        assert rule.proposed_by
        assert rule.change.endswith("。")
        assert rule.is_trial(FullYear(2025)) == (key != "adopted")
        own = {name for name, one in rule.assumptions.items() if one not in load_rule("adopted").assumptions.values()}
        assert own or key == "adopted"


def test_who_reports_is_said_as_each_rule_has_it() -> None:
    said = {key: load_rule(key).report_sentence() for key in rule_keys()}
    assert said["adopted"] == ("每組末 2 名應提檢討報告；平均繳費率較前一年基準正成長者不在此限，零成長不是正成長。")
    assert said["draft"] == "每組末 2 名應提檢討報告。"
    assert said["taichung"] == "僅計平均繳費率較前一年基準負成長者，全國收繳率消長末 2 名應提檢討報告。"
    assert said["new_taipei"].startswith("連續 3 年列每組末 2 名者應提檢討報告；")


# --- validity


def test_the_rule_of_a_year_is_the_one_in_force_then(folder: Path) -> None:
    write(folder / "later.toml", 'status = "statutory"\nvalid_from_year_roc = 116\n')
    of = {roc: rule_of_year(FullYear(roc + 1911), folder).key for roc in (110, 112, 115, 116, 120)}
    assert of == {110: "adopted", 112: "adopted", 115: "adopted", 116: "later", 120: "later"}
    assert rule_of_year(FullYear(2021), folder).is_trial(FullYear(2021))
    assert rule_of_year(FullYear(2021)).key == "adopted"


def test_two_rules_in_force_at_once_are_refused(folder: Path) -> None:
    write(folder / "later.toml", 'status = "statutory"\nvalid_from_year_roc = 112\n')
    with pytest.raises(DashboardError, match="「adopted」與「later」的適用年度重疊"):
        rule_of_year(FullYear(2025), folder)
