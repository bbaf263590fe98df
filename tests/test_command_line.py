"""The command line as its users type it: exit codes, tables, machine formats, mistakes."""

import io
import json
import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from dashboard.__main__ import main
from dashboard.domain.counties import counties
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import HOUSE, Settings
from dashboard.receiving import Office
from dashboard.rules.rule import RULES, load_rule, rule_keys
from tests.making import Form, visits

SAMPLE = HOUSE / "data/sample"
VISITS = SAMPLE / "visits"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_receiving_files_that_are_all_in_returns_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "receive", VISITS / "服務員訪視成效_112年度.ods", "--data-dir", tmp_path)
    assert code == 0
    assert "已收（有附記）" in out
    assert "服務員訪視成效_112年度.ods" in err, "a progress line per file"


def test_receiving_the_same_bytes_again_returns_zero_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("receive", VISITS / "服務員訪視成效_112年度.ods", "--data-dir", tmp_path)
    run(capsys, *arguments)
    code, out, _ = run(capsys, *arguments)
    assert code == 0
    assert "已收過，不變" in out


def test_one_refused_file_returns_one_while_the_others_come_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "114年1月統計.csv"
    wrong.write_text("縣市別,戶數\n新北市,1\n", encoding="utf-8-sig")
    code, out, _ = run(capsys, "receive", wrong, VISITS / "服務員訪視成效_112年度.ods", "--data-dir", tmp_path / "data")
    assert code == 1
    assert "不是本系統收受的五種報表" in out
    assert "已收" in out
    _, dumped, _ = run(capsys, "dump", "visits", "--data-dir", tmp_path / "data")
    assert len(dumped.splitlines()) == 1 + 22 * 8


def test_files_of_a_directory_come_in_by_date_of_issue_and_what_is_no_report_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    # By name the correction would come first; by date of issue it follows its original.
    shutil.copy(VISITS / "服務員訪視成效_111年度(更正).xlsx", folder / "a_111年度(更正).xlsx")
    shutil.copy(VISITS / "服務員訪視成效_111年度.xlsx", folder / "b_111年度.xlsx")
    (folder / "讀我.txt").write_text("不是報表", encoding="utf-8")
    code, out, _ = run(capsys, "receive", folder, "--data-dir", tmp_path / "data", "--received-on", "issued")
    assert code == 0
    assert "略過（不是報表）" in out
    table = [line for line in out.splitlines() if line.startswith(("1 ", "2 "))]
    assert table[0].rstrip().endswith("b_111年度.xlsx")
    assert table[1].rstrip().endswith("a_111年度(更正).xlsx")
    assert "112年5月23日" in table[0]


def test_what_was_known_before_and_after_a_correction(demo_data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def repaid_in_keelung(known_on: str) -> int:
        _, out, _ = run(capsys, "dump", "visits", "--known-on", known_on, "--data-dir", demo_data_dir)
        frame = pd.read_csv(io.StringIO(out), dtype={"county_code": "str", "period": "str"})
        cell = frame[(frame.period == "2022") & (frame.county_code == "10017") & (frame.measure == "repaid_persons")]
        return int(cell["value"].item())

    assert repaid_in_keelung("2023-12-20") - repaid_in_keelung("2023-12-19") == 143


def test_a_dump_has_one_exact_row_per_figure(demo_data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "dump", "payment_rate", "--data-dir", demo_data_dir)
    frame = pd.read_csv(io.StringIO(out), dtype={"county_code": "str"})
    assert list(frame.columns) == [
        "kind",
        "period",
        "as_of",
        "population",
        "billing_period",
        "county_code",
        "measure",
        "value",
        "submission_id",
        "issued_on",
        "received_on",
        "is_simulated",
    ]
    assert frame["is_simulated"].all(), "exports carry the mark of simulated figures"
    key = ["period", "as_of", "population", "county_code", "measure"]
    assert not frame.duplicated(key).any()
    assert set(frame["county_code"]) == {county.county_code for county in counties()}
    assert (frame["billing_period"] == frame["period"]).all()
    indigenous = frame[
        (frame.population == "indigenous") & (frame.period == "2024-11/2024-12") & (frame.as_of == "2025-03-31")
    ]
    sums = indigenous.groupby("measure")["value"].sum()
    assert (sums["paid_persons"], sums["payable_persons"]) == (26_600, 116_361), "published: 22.86 %"


def test_the_three_formats_of_a_dump_say_the_same(
    demo_data_dir: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    def dump(form: str) -> bytes:
        assert main(["dump", "average_rate", "--format", form, "--data-dir", str(demo_data_dir)]) == 0
        return capsysbinary.readouterr().out

    frame = pd.read_csv(io.BytesIO(dump("csv")), dtype={"county_code": "str", "period": "str", "billing_period": "str"})
    records = json.loads(dump("json"))
    parquet = pd.read_parquet(io.BytesIO(dump("parquet")))
    assert [r["value"] for r in records] == frame["value"].tolist() == parquet["value"].tolist()
    assert all(r["billing_period"] is None for r in records)
    assert records[0]["as_of"] == frame["as_of"].iloc[0] == str(parquet["as_of"].iloc[0].date())


def test_an_unavailable_county_states_no_figure_and_never_zero(
    demo_data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "dump", "collection", "--data-dir", demo_data_dir)
    frame = pd.read_csv(io.StringIO(out), dtype={"county_code": "str"})
    august = frame[frame.period == "2025-08"]
    assert "10015" not in set(august["county_code"]), "花蓮縣 printed 「…」"
    assert august["county_code"].nunique() == 21


def test_the_ranking_for_machines(demo_data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("rank", "--year", "114", "--rule", "adopted", "--format", "json", "--data-dir", demo_data_dir)
    code, out, _ = run(capsys, *arguments)
    form = json.loads(out)
    assert code == 0
    assert (form["year"], form["rule"], form["known_on"], len(form["counties"])) == (114, "adopted", None, 22)
    taoyuan = next(county for county in form["counties"] if county["county_code"] == "68000")
    assert taoyuan["in_last_two"] is True
    assert taoyuan["exempt"] is True
    assert taoyuan["owes_review_report"] is False
    assert set(taoyuan["indicators"]) == {
        "rate_change_pp",
        "repayment_rate_pct",
        "success_rate_pct",
        "completion_rate_pct",
    }
    weighted = sum(Fraction(one["points"]["fraction"]) * one["weight"] / 100 for one in taoyuan["indicators"].values())
    assert weighted == Fraction(taoyuan["total"]["fraction"]) == 45
    assert form["is_simulated"] is True
    assert [source["as_of"] for source in form["sources"]] == ["2025-10-31", "2024-10-31", "2025-04-30"]
    assert all(sentence.startswith("假設") for sentence in form["assumptions"])


def test_the_ranking_as_table_names_the_assumptions(demo_data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "rank", "--year", "110", "--data-dir", demo_data_dir)
    assert out.startswith("【模擬資料】110年度分組排名（試算）")
    assert "假設" in out
    assert out.count("來源：") == 3


def test_only_who_would_otherwise_owe_a_report_is_called_exempt(
    demo_data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "rank", "--year", "114", "--data-dir", demo_data_dir)
    verdicts = {
        line.split()[2]: line.split()[-1] for line in out.splitlines() if line.startswith(("直轄市 ", "非直轄市 "))
    }
    assert [county for county, verdict in verdicts.items() if verdict == "免提"] == ["桃園市"]
    assert {county for county, verdict in verdicts.items() if verdict == "應提"} == {"高雄市", "新竹縣", "澎湖縣"}


def test_a_correction_keeps_the_reason_it_prints_or_the_one_handed_in_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = visits(FullYear(2022), form=Form(correction=""))
    silent = tmp_path / made.file_name
    silent.write_bytes(made.content)
    _, out, _ = run(capsys, "receive", silent, "--data-dir", tmp_path / "without")
    assert "未載更正原因" in out
    assert "--reason" in out
    _, out, _ = run(capsys, "receive", silent, "--data-dir", tmp_path / "with", "--reason", "漏計")
    assert "未載更正原因" not in out
    assert Office(Settings(data_dir=tmp_path / "with")).ledger.submissions()[0].correction_reason == "漏計"


def test_the_same_content_under_another_name_is_told_with_the_name_it_came_in_by(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = VISITS / "服務員訪視成效_112年度.ods"
    renamed = tmp_path / "服務員訪視成效_113年度.ods"
    shutil.copy(original, renamed)
    run(capsys, "receive", original, "--data-dir", tmp_path / "data")
    _, out, _ = run(capsys, "receive", renamed, "--data-dir", tmp_path / "data")
    assert f"{renamed.name}（內容同 {original.name}）" in out


def test_refusals_are_told_before_notes_and_a_missing_sheet_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = SAMPLE / "payment_rate/保險費收繳率_11403.xlsx"
    book = openpyxl.load_workbook(source)
    del book["按金額"]
    book.save(tmp_path / source.name)
    code, out, _ = run(capsys, "receive", tmp_path / source.name, "--data-dir", tmp_path / "data")
    told = [line for line in out.splitlines() if line.startswith(("未收｜", "附記｜"))]
    assert code == 1
    assert sum("缺少必要欄位" in line for line in told) == 1
    assert "等 17 期" in told[0]
    assert [line[:2] for line in told] == sorted((line[:2] for line in told), key=["未收", "附記"].index)


def test_a_directory_without_reports_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "receive", tmp_path, "--data-dir", tmp_path / "data")
    assert code == 2
    assert "沒有報表檔案" in err


def test_the_ranking_as_csv_has_a_row_per_county(demo_data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "rank", "--year", "113", "--format", "csv", "--data-dir", demo_data_dir)
    frame = pd.read_csv(io.StringIO(out), dtype={"county_code": "str"})
    assert len(frame) == 22
    assert frame["county_code"].str.len().eq(5).all()


@pytest.mark.parametrize("key", rule_keys())
def test_every_rule_ranks_in_every_format(demo_data_dir: Path, capsys: pytest.CaptureFixture[str], key: str) -> None:
    asked = ("rank", "--year", "114", "--rule", key, "--data-dir", demo_data_dir)
    form = json.loads(run(capsys, *asked, "--format", "json")[1])
    rule = load_rule(key)
    assert (form["rule"], form["content_sha256"], len(form["counties"])) == (key, rule.content_sha256, 22)
    frame = pd.read_csv(io.StringIO(run(capsys, *asked, "--format", "csv")[1]), dtype={"county_code": "str"})
    assert frame["place"].tolist() == [one["place"] for one in by_group_and_place(form)]
    code, out, _ = run(capsys, *asked)
    assert code == 0
    assert rule.label in out


def by_group_and_place(form: dict[str, Any]) -> list[dict[str, Any]]:
    groups = list(dict.fromkeys(one["group"] for one in form["counties"]))
    return sorted(form["counties"], key=lambda one: (groups.index(one["group"]), one["place"]))


def test_all_rules_stand_beside_each_other_and_say_what_each_asks(
    demo_data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        'key = "mine"\nextends = "adopted"\nlabel = "末三名"\nshort = "末三名"\n'
        'source = "會議紀錄"\nproposed_by = "某縣"\nchange = "末 3 名"\n'
        "[report]\ncount = 3\n",
        encoding="utf-8",
    )
    asked = ("rank", "--year", "114", "--all-rules", "--rule", mine, "--data-dir", demo_data_dir)
    form = json.loads(run(capsys, *asked, "--format", "json")[1])
    assert [rule["rule"] for rule in form["rules"]] == ["adopted", *sorted(set(rule_keys()) - {"adopted"}), "mine"]
    assert all(len(county["rules"]) == len(form["rules"]) for county in form["counties"])
    table = run(capsys, *asked)[1]
    marks = {
        line.split()[0]: line.split()[1:] for line in table.splitlines() if line.startswith(("高雄市 ", "桃園市 "))
    }
    assert marks["高雄市"][0] == "●"
    assert marks["桃園市"][0] == "免"
    assert len(marks["桃園市"]) == len(form["rules"])
    assert "29（單位：1,000 人）不屬於任何一組" in table
    rows = pd.read_csv(io.StringIO(run(capsys, *asked, "--format", "csv")[1]), dtype={"county_code": "str"})
    assert len(rows) == 22 * len(form["rules"])
    assert set(rows["content_sha256"]) == {rule["content_sha256"] for rule in form["rules"]}


def test_a_county_without_a_place_carries_why(
    demo_data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    some = tmp_path / "some.toml"
    some.write_text(
        'key = "some"\nextends = "adopted"\nsource = "會議紀錄"\nproposed_by = "某縣"\nchange = "只列三縣市"\n'
        '[groups]\nkind = "counties"\n[groups.members]\n"三縣市" = ["新北市", "臺北市", "桃園市"]\n',
        encoding="utf-8",
    )
    for asked in (("--rule", some), ("--rule", some, "--all-rules")):
        code, out, _ = run(capsys, "rank", "--year", "112", *asked, "--data-dir", demo_data_dir)
        assert code == 0
        assert "高雄市：試算：未分組未列名次：規則未將該縣市列入任何一組" in out


def test_a_year_of_which_a_whole_report_is_not_in_is_not_ranked(
    demo_data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for asked in (("--rule", "adopted"), ("--all-rules",), ("--format", "json")):
        code, out, err = run(capsys, "rank", "--year", "109", *asked, "--data-dir", demo_data_dir)
        assert (code, out) == (2, "")
        assert "109年無法評比：未收到108年全年度服務員訪視成效。" in err


def test_a_rule_file_of_somebody_is_a_trial_and_never_passes_for_the_rule_in_force(
    demo_data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mini = tmp_path / "mini.toml"
    text = 'key = "mini"\nextends = "adopted"\n[report]\ncount = 3\nexemption = "none"\n'
    mini.write_text(text, encoding="utf-8")
    asked = ("rank", "--year", "114", "--rule", mini, "--data-dir", demo_data_dir)
    code, _, err = run(capsys, *asked)
    assert code == 2
    assert "請於 mini.toml 開頭加上：source = " in err
    own = 'source = "會議紀錄"\nproposed_by = "某縣"\nchange = "末 3 名"\n'
    mini.write_text(own + text, encoding="utf-8")
    assert run(capsys, *asked)[1].splitlines()[0].endswith("114年度分組排名（試算）　規則：mini")
    assert json.loads(run(capsys, *asked, "--format", "json")[1])["trial"] is True
    form = json.loads(run(capsys, *asked, "--all-rules", "--format", "json")[1])
    assert len({rule["short"] for rule in form["rules"]}) == len(form["rules"])
    copy = tmp_path / "adopted.toml"
    copy.write_bytes((RULES / "adopted.toml").read_bytes())
    told = run(capsys, "rank", "--year", "114", "--all-rules", "--rule", copy, "--data-dir", demo_data_dir)[2]
    assert "已有名為「adopted」的規則" in told


def test_a_rule_file_that_cannot_be_used_is_told_with_line_and_reason(
    demo_data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('key = "wrong"\nextends = "adopted"\n[report]\ncount = "zwei"\n', encoding="utf-8")
    code, _, err = run(capsys, "rank", "--year", "114", "--rule", wrong, "--data-dir", demo_data_dir)
    assert code == 2
    assert "wrong.toml 第 4 行，report.count：值「zwei」不合規定" in err


def test_status_names_the_missing_month_and_the_late_snapshot(
    demo_data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "status", "--format", "json", "--data-dir", demo_data_dir)
    duties = json.loads(out)
    missing = [(duty["kind"], duty["period"]) for duty in duties if duty["state"] == "missing"]
    late = [(duty["kind"], duty["as_of"]) for duty in duties if duty["state"] == "late"]
    assert ("collection", "2026-04") in missing
    assert ("payment_rate", "2026-03-31") in late


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("rank", "--year", "105"), "105年無法評比：未收到"),
        (("rank", "--year", "0"), "不是可評比的年度"),
        (("rank", "--year", "999"), "不是可評比的年度"),
        (("rank", "--year", "114", "--rule", "none"), "none"),
        (("rank", "--year", "114", "--known-on", "去年底"), "114年1月31日"),
        (("receive", "沒有這個檔案.xlsx"), "找不到"),
        (("receive", VISITS, "--manifest", "沒有清冊.csv"), "收件清冊"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(
    demo_data_dir: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    code, _, err = run(capsys, *arguments, "--data-dir", demo_data_dir)
    assert code == 2
    assert sentence in err
    assert "Traceback" not in err


def test_asking_an_empty_place_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "status", "--data-dir", tmp_path / "nowhere")
    assert code == 2
    assert "--data-dir" in err


def test_building_twice_names_the_same_warehouse(
    demo_data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data_dir = tmp_path / "copy"
    shutil.copytree(demo_data_dir, data_dir)
    outputs = {run(capsys, "build", "--data-dir", data_dir)[1] for _ in range(2)}
    assert len(outputs) == 1


def test_a_mistyped_command_is_told_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["dump"], ["dump", "gossip"], ["rank", "--year", "去年"], ["receive", "x", "--nonsense"]):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        told = capsys.readouterr().err
        assert stopped.value.code == 2
        assert told.startswith("指令有誤：")
        assert re.findall(r"\b(?:argument|required|invalid|expected|usage)\b", told) == []


def test_help_explains_every_setting_and_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    out = capsys.readouterr().out
    assert stopped.value.code == 0
    assert "預設值 ← 目前目錄的 guobao.toml ← 環境變數 ← 指令旗標" in out
    for name, field in Settings.model_fields.items():
        assert f"--{name.replace('_', '-')}" in out
        assert f"GUOBAO_{name.upper()}" in out
        assert str(field.description) in out
