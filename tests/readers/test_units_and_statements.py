"""The line of units, what stands above long files, and what is said of a table in it or below it."""

import pytest

from dashboard.domain import findings as found
from dashboard.domain.periods import BillingPeriod, FullYear, Month
from dashboard.readers import read
from dashboard.readers.layout import declared
from dashboard.readers.units import Units, read_units
from tests.making import (
    Form,
    Made,
    collection,
    collection_history,
    payment_rate,
    payment_rate_history,
    unpaid_reasons,
    visits,
)
from tests.readers.noticing import accepted, codes, figure_in, noticed
from tests.readers.test_findings import AS_OF

JANUARY = Month(2025, 1)
COLLECTION = next(layout for layout in declared().layouts if layout.name == "collection_form")
PERIOD = BillingPeriod(Month(2024, 1))


def january(unit: str = "元", **edit: str) -> Made:
    return collection(JANUARY, form=Form(unit=unit, edit=edit))


# --- the line of units


@pytest.mark.parametrize(
    ("line", "twd"),
    [
        ("人、件、元", 1),
        ("人、件、仟元", 1000),
        ("人、件、新台幣千元", 1000),
        ("人、件、新臺幣 千元", 1000),
        ("元（新臺幣）", 1),
        ("人數：人；金額：元；件數：件", 1),
        ("人數(人)、金額(千元)", 1000),
        ("人，金額以千元計", 1000),
        ("人 / 件 / 千元", 1000),
        ("人及千元", 1000),
    ],
)
def test_units_may_be_listed_in_many_ways(line: str, twd: int) -> None:
    said = read_units(line, COLLECTION)
    assert said == Units(frozenset({twd}), {}, ())


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        ("千人、件、千元", "千人"),
        ("人、件、元、百萬元", "百萬元"),
        ("人、萬元", "萬元"),
        ("人次、元", "人次"),
        ("人數：元、元", "人數:元"),
        ("上期金額：千元、元", "上期金額:千元"),
    ],
)
def test_a_unit_that_nobody_declared_is_refused_by_name(line: str, unknown: str) -> None:
    noted = noticed(january(F2=line), found.UNIT_UNKNOWN, "F2", line)
    assert f"「{unknown}」" in noted.expected


def test_thousands_of_persons_are_refused_where_no_amount_is_printed_either() -> None:
    made = unpaid_reasons(FullYear(2024), form=Form(edit={"F2": "千人"}))
    noticed(made, found.UNIT_UNKNOWN, "F2", "千人")


def test_words_beside_the_units_are_asked_about() -> None:
    made = january(F2="人、件、元、詳如說明")
    assert noticed(made, found.UNIT_HALF_KNOWN, "F2", "人、件、元、詳如說明").expected == "「詳如說明」"
    accepted(made)


def test_a_measure_may_have_a_unit_of_its_own() -> None:
    made = collection(JANUARY, form=Form(total=False, edit={"F2": "人、件、元，期末欠費金額為千元"}))
    plain = accepted(collection(JANUARY))
    reading = accepted(made)
    assert figure_in(reading, "arrears_twd") == 1000 * int(str(figure_in(plain, "arrears_twd")))
    assert figure_in(reading, "dunned_twd") == figure_in(plain, "dunned_twd")


def test_the_unit_of_one_measure_may_be_said_again_on_the_next_page() -> None:
    line = "人、件、元，期末欠費金額為千元"
    assert set(codes(collection(JANUARY, form=Form(total=False, edit={"F2": line, "A30": f"單位：{line}"})))) == {
        "thousands_converted"
    }
    made = collection(JANUARY, form=Form(total=False, edit={"F2": "人、件、元", "A30": f"單位：{line}"}))
    assert "stated_otherwise" in codes(made)


def test_two_lines_left_and_right_add_up() -> None:
    made = january(F2="人、件", H2="單位", I2="千元")
    assert figure_in(accepted(made), "dunned_twd") == 1000 * int(str(figure_in(accepted(january()), "dunned_twd")))
    noticed(january(F2="人、元", H2="單位", I2="千元"), found.HEAD_DISAGREES, "I2", "千元")


@pytest.mark.parametrize("label", ["金額單位", "貨幣單位"])
def test_the_unit_of_money_has_other_names(label: str) -> None:
    made = january("千元", E2=label, F2="新臺幣仟元")
    assert codes(made) == ["thousands_converted"]


def test_no_total_is_judged_where_the_unit_is_not_known() -> None:
    made = collection(JANUARY, {"arrears_twd": 1_234_567}, Form(unit="千元", edit={"F2": "人、件、百元"}))
    assert "total_disagrees" not in codes(made)
    assert codes(made).count("unit_unknown") == 1


# --- above long files


def headed(made: Made, *lines: str) -> Made:
    text = "".join(f"{line}\r\n" for line in lines) + made.content.decode("utf-8-sig")
    return Made(text.encode("utf-8-sig"), made.file_name)


LONG = collection_history([JANUARY])
SNAPSHOT = payment_rate_history({AS_OF: [PERIOD]})


def test_the_unit_above_a_long_file_counts() -> None:
    for made, measure in ((LONG, "dunned_twd"), (SNAPSHOT, "receivable_twd")):
        plain = figure_in(read(*made), measure)
        assert figure_in(accepted(headed(made, "單位：人、千元")), measure) == 1000 * int(str(plain))
        assert figure_in(accepted(headed(made, "單位：人、元")), measure) == plain


def test_the_unit_above_a_long_file_must_be_that_of_its_headers() -> None:
    made = headed(
        Made(LONG.content.replace("催繳金額".encode(), "催繳金額(元)".encode(), 1), "x.csv"), "單位：人、千元"
    )
    assert "unit_unclear" in codes(made)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("資料截止日：114年1月20日", "head_disagrees"),
        ("資料截止日：114年1月31日", ""),
        ("資料截止日：不詳", "period_unreadable"),
        ("資料期間：114年2月", "head_disagrees"),
        ("資料期間：114年1月", ""),
        ("資料期間：113年12月至114年1月", "head_disagrees"),
        ("資料期間：歷年", "period_unreadable"),
        ("單位：千人", "unit_unknown"),
        ("初步統計（草稿），請勿引用", "title_unclear"),
        ("欠費催繳作業收繳概況（女性）", "title_unclear"),
        ("國民年金保險欠費催繳作業收繳概況表", ""),
    ],
)
def test_the_head_of_a_long_file_is_held_against_its_rows(line: str, code: str) -> None:
    assert codes(headed(LONG, line)) == ([code] if code else [])


def test_the_periods_of_a_snapshot_may_be_announced() -> None:
    assert "head_disagrees" not in codes(headed(SNAPSHOT, "資料期間：113年1-2月,,資料截止日：113年12月31日"))
    assert "head_disagrees" in codes(headed(SNAPSHOT, "資料期間：113年1-2月至113年3-4月各期"))
    assert "head_disagrees" in codes(headed(SNAPSHOT, "資料截止日：113年9月30日"))


# --- in the table and below


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("單位：人、件、千元", found.STATED_OTHERWISE),
        ("註：金額單位：千元", found.STATED_OTHERWISE),
        ("註：本表金額以千元為單位。", found.STATED_OTHERWISE),
        ("註：本表資料截止日：114年1月25日。", found.STATED_OTHERWISE),
        ("註：本表係統計至114年1月25日止之資料。", found.STATED_OTHERWISE),
        ("註：資料截至民國 114 年 1 月 25 日。", found.STATED_OTHERWISE),
        ("資料期間：113年12月", found.STATED_OTHERWISE),
        ("註：本表為初步統計，請勿引用。", found.PROVISIONAL),
        ("（以下為推估數）", found.PROVISIONAL),
        ("註：本表係114年1月至10月累計數", found.SUMMED_UP),
        ("註：1至10月累計", found.SUMMED_UP),
    ],
)
@pytest.mark.parametrize("cell", ["A30", "A13"])
def test_what_is_said_of_a_table_in_it_or_below_must_be_what_its_head_says(
    line: str, kind: found.FindingKind, cell: str
) -> None:
    made = collection(JANUARY, form=Form(total=False, edit={"A30": line} if cell == "A30" else {}))
    if cell == "A13":
        text = collection(JANUARY, form=Form("csv", total=False)).content.decode("utf-8-sig").splitlines()
        text.insert(12, line)
        made = Made("\r\n".join(text).encode("utf-8-sig"), "11401催繳概況表.csv")
    noticed(made, kind, cell, line, sheet="" if cell == "A13" else "統計表")


@pytest.mark.parametrize(
    "line",
    [
        "註：金額單位：元",
        "單位：人、件、元",
        "資料期間：114年1月",
        "註：資料截止日：114年1月31日。",
        "填表單位：勞動部勞工保險局",
        "註：期末欠費為歷年累計之欠費。",
        "註：期末欠費係97年10月至114年1月底累計數。",
        "註：期末欠費係截至114年1月底累計數。",
        "註：上期資料期間：113年12月",
        "註：資料期間係指催繳月份。",
        "註：初次催繳者另計。",
        "註：本表資料截至114年1月31日止。",
        "註：人口資料截至113年底。",
        "註：金額單位：元，催繳次數另計。",
    ],
)
def test_what_agrees_or_speaks_of_something_else_says_nothing(line: str) -> None:
    assert codes(collection(JANUARY, form=Form(edit={"A30": line}))) == []


def test_the_period_of_visits_and_the_span_of_a_payment_rate_may_be_repeated() -> None:
    assert codes(visits(FullYear(2024), form=Form(edit={"A31": "統計期間：113年"}))) == []
    assert "stated_otherwise" in codes(visits(FullYear(2024), form=Form(edit={"A31": "統計期間：113年上半年"})))
    assert codes(payment_rate(AS_OF, form=Form(edit={"A31": "資料期間：113年1-2月至113年1-2月各期"}))) == []
    assert "stated_otherwise" in codes(payment_rate(AS_OF, form=Form(edit={"A31": "資料期間：113年1-2月至113年3-4月"})))


def test_a_sheet_that_calls_itself_a_draft_is_asked_about() -> None:
    made = collection(JANUARY, form=Form(touch=lambda book: setattr(book.worksheets[0], "title", "初稿(勿用)")))
    noticed(made, found.PROVISIONAL, "", "工作表名稱「初稿(勿用)」", sheet="初稿(勿用)")
    accepted(made)


def test_the_islands_may_be_called_by_both_their_names() -> None:
    assert codes(collection(JANUARY, form=Form(edit={"A28": "連江縣（馬祖）"}))) == ["name_repaired"]
