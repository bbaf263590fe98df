"""What offices write around their figures: dates, rows, notes and titles in their own words, none of which misleads."""

import io
from datetime import date

import openpyxl
import pytest

from dashboard.domain import findings as found
from dashboard.domain.counties import counties
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import BillingPeriod, HalfYear, Month
from dashboard.readers import Reading, read
from tests.making import (
    Form,
    Made,
    average_rate,
    collection,
    payment_rate,
    unpaid_reasons,
    visits,
)
from tests.readers.noticing import accepted, codes, figure_in, noticed
from tests.writing import Cell

JANUARY = Month(2025, 1)
HALF = HalfYear(2024, 1)
AS_OF = date(2024, 12, 31)
PERIODS = (BillingPeriod(Month(2024, 1)), BillingPeriod(Month(2024, 3)))
TITLE = "國民年金保險欠費催繳作業收繳概況表"


def january(**edit: Cell) -> Made:
    return collection(JANUARY, form=Form(edit=edit))


def with_row(at: int, *cells: Cell) -> Made:
    """January's form with one more row, before which row `at` (from 1) of the others moves down."""

    def touch(book: openpyxl.Workbook) -> None:
        book.worksheets[0].insert_rows(at)
        for column, cell in enumerate(cells, 1):
            book.worksheets[0].cell(at, column).value = cell

    return collection(JANUARY, form=Form(touch=touch))


def taken_whole(made: Made, *notes: str) -> Reading:
    """Return the reading of a file of which all figures come in, with no finding but these."""
    reading = accepted(made)
    assert {finding.kind.code for finding in reading.findings} == set(notes)
    assert len(reading.figures) == len(read(*january()).figures)
    assert figure_in(reading, "dunned_persons") == 40
    return reading


# --- the head


@pytest.mark.parametrize(
    "said",
    [
        "截至114年1月31日止",
        "114年1月31日止",
        "114年1月31日（星期五）",
        "114年1月31日 24:00",
        "一一四年一月三十一日",
        "民國114年1月底",
    ],
)
def test_a_cut_off_is_read_in_the_words_of_offices(said: str) -> None:
    assert set(taken_whole(january(D2=said)).figures["as_of"].dt.date) == {date(2025, 1, 31)}


@pytest.mark.parametrize(
    "said", ["114年1月1日至114年1月31日", "114年1月1日至1月31日", "一一四年一月", "114/01/01~114/01/31"]
)
def test_a_month_is_read_in_the_words_of_offices(said: str) -> None:
    assert set(taken_whole(january(B2=said)).figures["period"]) == {"2025-01"}


@pytest.mark.parametrize(
    "said", ["114年1月1日至114年1月30日", "114年1月2日至114年1月31日", "114年1月1日至114年2月28日"]
)
def test_days_that_are_no_whole_month_are_none(said: str) -> None:
    noticed(january(B2=said), found.PERIOD_UNREADABLE, "B2", said)


@pytest.mark.parametrize("said", ["113年1-6月", "113年1月1日至6月30日", "113年上半年度", "113年度上半年"])
def test_a_half_year_is_read_in_the_words_of_offices(said: str) -> None:
    assert set(accepted(visits(HALF, form=Form(edit={"B2": said}))).figures["period"]) == {"2024-H1"}


@pytest.mark.parametrize(
    ("label", "cell"),
    [
        ("資料時間", "A2"),
        ("統計時間", "A2"),
        ("統計截止日", "C2"),
        ("截止日期", "C2"),
        ("編製日期", "A3"),
        ("製表時間", "A3"),
    ],
)
def test_labels_of_offices_are_known(label: str, cell: str) -> None:
    assert taken_whole(january(**{cell: label})).issued_on == date(2025, 2, 28)


def test_a_head_without_labels_says_month_cut_off_and_day_of_making() -> None:
    made = january(
        A2="中華民國114年1月", B2=None, C2="統計至114年1月31日止", D2=None, A3="中華民國114年2月28日編製", B3=None
    )
    reading = taken_whole(made)
    assert (set(reading.figures["period"]), reading.issued_on) == ({"2025-01"}, date(2025, 2, 28))


def test_two_lines_without_labels_that_differ_are_refused() -> None:
    made = january(C2="統計至114年1月31日止", D2="統計至114年2月28日止")
    noticed(made, found.HEAD_DISAGREES, "D2", "114年2月28日")


@pytest.mark.parametrize(
    "line", ["列印日期：114/3/1", "承辦人：王小明　電話：(02)2396-1266 分機 2345", "表號：10730-03-01"]
)
def test_printing_days_and_telephones_above_the_table_say_nothing(line: str) -> None:
    taken_whole(january(H1=line))


def test_a_telephone_left_open_does_not_swallow_the_next_row() -> None:
    taken_whole(january(H1="電話："))


@pytest.mark.parametrize(
    "cells", [("製表日期：114年2月20日",), ("製表日期", "114年2月20日"), (None, None, "製表日期：114年2月20日")]
)
def test_the_day_of_issue_is_read_beneath_the_table_where_the_head_has_none(cells: tuple[Cell, ...]) -> None:
    edit: dict[str, Cell] = {f"{'ABC'[n]}31": cell for n, cell in enumerate(cells)}
    assert taken_whole(january(A3=None, B3=None, **edit)).issued_on == date(2025, 2, 20)


def test_two_days_of_issue_that_differ_are_refused() -> None:
    assert "B3" in noticed(january(A31="製表日期：114年3月20日"), found.HEAD_DISAGREES, "A31", "114年3月20日").expected


@pytest.mark.parametrize("said", ["113年1、2月", "113/01-02", "113/1-2", "113年1月、2月"])
def test_a_billing_period_is_read_in_the_words_of_offices(said: str) -> None:
    sheets = ("按人數", "按金額", "原住民-按人數", "原住民-按金額")
    made = payment_rate(AS_OF, form=Form(edit={f"{sheet}!B4": said for sheet in sheets}))
    assert set(accepted(made).figures["period"]) == {"2024-01/2024-02"}


def test_a_span_may_be_written_with_from_and_until() -> None:
    sheets = ("按人數", "按金額", "原住民-按人數", "原住民-按金額")
    edit = {f"{sheet}!B2": "自113年1-2月起至113年3-4月止" for sheet in sheets}
    assert len(accepted(payment_rate(AS_OF, PERIODS, form=Form(edit=edit))).figures)
    assert len(accepted(average_rate(2024, form=Form(edit={"B2": "自97年10月起至113年6月止"}))).figures)


# --- rows that are no county's


@pytest.mark.parametrize("label", ["全國總計", "全國合計", "總　計　Total", "總計（Total）"])
def test_a_total_by_any_name_is_checked(label: str) -> None:
    taken_whole(january(A6=label))
    noticed(january(A6=label, B6=881), found.TOTAL_DISAGREES, "B6", "881")


def test_a_county_may_have_its_english_name_beside_it_but_no_letter_that_may_be_a_slip() -> None:
    taken_whole(january(A7="新北市 New Taipei City"), "name_repaired")
    noticed(january(A7="新北市 O"), found.COUNTY_UNKNOWN, "A7", "新北市 O")


@pytest.mark.parametrize("names", [("六都小計", "其他縣市小計"), ("直轄市", "縣市"), ("直轄市合計", "縣（市）合計")])
def test_a_subtotal_by_any_name_is_checked(names: tuple[str, str]) -> None:
    made = collection(JANUARY, form=Form(subtotals=True))
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    labels = {row[0].value: row[0].coordinate for row in book.worksheets[0].iter_rows() if row[0].value}
    first, second = labels["直轄市小計"], labels["非直轄市小計"]
    taken_whole(collection(JANUARY, form=Form(subtotals=True, edit={first: names[0], second: names[1]})))
    wrong = Form(subtotals=True, edit={first: names[0], second: names[1], second.replace("A", "B"): 1})
    noticed(collection(JANUARY, form=wrong), found.SUBTOTAL_DISAGREES, second.replace("A", "B"), "1")


@pytest.mark.parametrize(
    "row",
    [
        ("欄次", 1, 2, 3, 4, 5, 6, 7, 8, 9),
        (None, "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"),
        (None, "Persons", "NT$", "Persons", "NT$", "Persons", "NT$", "Cases", "Persons", "NT$"),
        ("Locality", "Persons", "NT$", "Persons", "NT$", "Persons", "NT$", "Cases", "Persons", "NT$"),
    ],
)
@pytest.mark.parametrize("at", [6, 15])
def test_a_row_that_numbers_or_translates_the_columns_is_passed_over(row: tuple[Cell, ...], at: int) -> None:
    taken_whole(with_row(at, *row))


def test_the_whole_year_in_a_title_is_not_its_first_half() -> None:
    for title in ("113年全年度服務員訪視成效", "112年度服務員訪視成效"):
        assert "period_in_name" in codes(visits(HALF, form=Form(edit={"A1": title})))


@pytest.mark.parametrize("unit", ["Thousand NT$", "NT$1,000", "NT$ million", "K NT$", "NT$ (M)", "USD"])
def test_a_unit_in_english_is_not_passed_over(unit: str) -> None:
    assert read(*with_row(6, None, "Persons", unit)).is_refused


def test_the_header_of_the_next_page_is_passed_over_and_another_is_not() -> None:
    upper = ("縣市別", "催繳情形", None, "收回情形", None, "期末欠費", None, "分期繳納核准件數", "配偶罰鍰")
    book = openpyxl.load_workbook(io.BytesIO(january().content)).worksheets[0]
    again = [[cell.value for cell in row] for row in book.iter_rows(min_row=4, max_row=5)]
    assert again[0][0] == upper[0]

    def touch(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.insert_rows(16, 4)
        sheet["A17"] = f"{TITLE}（續）"
        for n, row in enumerate(again):
            for column, cell in enumerate(row, 1):
                sheet.cell(18 + n, column).value = cell

    taken_whole(collection(JANUARY, form=Form(touch=touch)))

    def exchanged(book: openpyxl.Workbook) -> None:
        touch(book)
        sheet = book.worksheets[0]
        sheet["B19"], sheet["C19"] = sheet["C19"].value, sheet["B19"].value

    assert read(*collection(JANUARY, form=Form(touch=exchanged))).is_refused


@pytest.mark.parametrize(
    "cells",
    [
        ("承辦人", None, "科長", None, "組長"),
        (None, None, "製表：王小明", None, "審核：李大華"),
        (None,) * 8 + ("第1頁，共1頁",),
        (None,) * 8 + ("列印日期：114/2/20",),
        ("附註", "1.期末欠費不含逾十年者。"),
        (None, "2.資料來源：國民年金業務系統。"),
        (1, "期末欠費不含逾十年者。"),
        ("電話", 223961266),
    ],
)
def test_notes_and_signatures_beneath_the_table_are_passed_over_in_any_column(cells: tuple[Cell, ...]) -> None:
    taken_whole(january(**{f"{'ABCDEFGHI'[n]}31": cell for n, cell in enumerate(cells)}))


def test_beneath_the_table_figures_are_no_note() -> None:
    noticed(january(A31="離島小計", B31=120), found.ROW_UNKNOWN, "A31", "離島小計")
    noticed(january(A31=None, B31=120), found.CONTENT_OUTSIDE, "B31", "120")
    noticed(january(A31="其他（地址不詳）", B31="3"), found.ROW_UNKNOWN, "A31", "其他（地址不詳）")


def test_a_column_of_codes_in_a_form_must_be_that_of_its_county() -> None:
    def touch(book: openpyxl.Workbook, code: str = "65000") -> None:
        sheet = book.worksheets[0]
        for row in range(4, 29):
            sheet.cell(row, 12).value = None
        sheet["K4"] = "縣市代碼"
        for row, county in enumerate(counties(), 7):
            sheet.cell(row, 11).value = county.county_code
        sheet["K7"] = code

    taken_whole(collection(JANUARY, form=Form(touch=touch)))
    wrong = collection(JANUARY, form=Form(touch=lambda book: touch(book, "63000")))
    noticed(wrong, found.COUNTY_CODE_DISAGREES, "K7", "63000")


@pytest.mark.parametrize("header", ["縣市名稱", "直轄市、縣（市）別", "項目\n縣市別", "縣市別＼項目"])
def test_the_header_of_the_counties_is_known_by_many_names(header: str) -> None:
    taken_whole(january(A4=header))


# --- columns


def reasons_laid_out_anew(*, share: float | None = None) -> Made:
    """A report of reasons without the name of their group; with persons and share of each, if one is given."""

    def touch(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=28)]
        names = [cell.value for cell in sheet[5]][2:]
        sheet.delete_rows(4, 30)
        sheet.append(
            ["縣市別", "合計", *(cell for name in names for cell in ([name] if share is None else [name, None]))]
        )
        if share is not None:
            sheet.append([None, None, *(["人數", "占比(%)"] * len(names))])
        for label, total, *values in rows:
            cells = [[value] if share is None else [value, round(100 * value / total + share, 2)] for value in values]
            sheet.append([label, total, *(cell for pair in cells for cell in pair)])

    return unpaid_reasons(HALF, form=Form(touch=touch))


def test_reasons_may_stand_without_their_group_or_under_another_name_of_it() -> None:
    usual = read(*unpaid_reasons(HALF)).figures["value"].tolist()
    others = [reasons_laid_out_anew(), unpaid_reasons(HALF, form=Form(edit={"C4": "未繳費主要原因"}))]
    assert [sorted(accepted(other).figures["value"]) for other in others] == [sorted(usual)] * 2
    assert [codes(other) for other in others] == [[], []]


def test_shares_beside_the_reasons_are_passed_over_where_they_agree_and_told_where_not() -> None:
    right, wrong = reasons_laid_out_anew(share=0.0), reasons_laid_out_anew(share=1.0)
    assert sorted(accepted(right).figures["value"]) == sorted(read(*unpaid_reasons(HALF)).figures["value"])
    assert codes(right) == []
    assert set(codes(wrong)) == {"percent_differs"}


# --- titles and names


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (payment_rate(AS_OF, form=Form(edit={"按人數!A1": "國民年金保險費收繳率"})), Kind.PAYMENT_RATE),
        (visits(HALF, form=Form(edit={"A1": "服務員訪視後補繳情形、訪視成效"})), Kind.VISITS),
        (visits(HALF, form=Form(edit={"A1": "113年度服務員訪視成效"})), Kind.VISITS),
        (visits(HALF, form=Form(edit={"A1": "113年度上半年服務員訪視成效"})), Kind.VISITS),
        (january(A1=f"{TITLE}－按縣市別分（核定版）"), Kind.COLLECTION),
        (january(A1=f"{TITLE}（114年2月20日編製）"), Kind.COLLECTION),
    ],
)
def test_our_own_names_and_usual_words_may_stand_in_a_title(made: Made, kind: Kind) -> None:
    reading = accepted(made)
    assert reading.kind is kind
    assert not [finding for finding in reading.findings if finding.is_refusal]


def test_what_is_asked_about_a_title_is_quoted_in_whole_words() -> None:
    noticed(january(A1=f"{TITLE} 甲組乙分14"), found.TITLE_UNCLEAR, "", "甲組乙分14")


@pytest.mark.parametrize(
    "name", ["114年2月20日保國字第1140123號函附件_催繳概況表", "114年2月函送_催繳概況", "催繳概況表2025.02.20"]
)
def test_the_day_of_sending_in_a_name_is_no_period(name: str) -> None:
    assert codes(Made(january().content, f"{name}.xlsx")) == []


@pytest.mark.parametrize("name", ["催繳概況表（截至114年2月28日）", "114年2月催繳概況表", "114年1月至10月催繳概況表"])
def test_another_cut_off_month_or_span_in_a_name_is_refused(name: str) -> None:
    noticed(Made(january().content, f"{name}.xlsx"), found.PERIOD_IN_NAME, "", name, sheet="")


@pytest.mark.parametrize("span", ["97年10月至113年9月", "97年10月至113年12月", "98年10月至113年6月"])
def test_an_average_rate_runs_to_june_in_its_title_and_its_name_too(span: str) -> None:
    assert "period_in_name" in codes(average_rate(2024, form=Form(edit={"A1": f"平均繳費率（{span}）"})))
    assert "period_in_name" in codes(Made(average_rate(2024).content, f"平均繳費率_{span}.xlsx"))


def test_a_span_of_billing_periods_in_a_title_ends_with_the_last_of_them() -> None:
    edit = {"按人數!A1": "國民年金保險被保險人保險費收繳率－按人數（113年1月至113年2月）"}
    assert "period_in_name" in codes(payment_rate(AS_OF, PERIODS, form=Form(edit=edit)))
    edit = {"按人數!A1": "國民年金保險被保險人保險費收繳率－按人數（113年1月至113年4月）"}
    assert "period_in_name" not in codes(payment_rate(AS_OF, PERIODS, form=Form(edit=edit)))


# --- corrections


@pytest.mark.parametrize("word", ["更正", "修正", "勘誤", "更正後", "修正版"])
@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ("更正原因：臺東縣漏計。", "臺東縣漏計。"),
        ("修正說明：臺東縣漏計。", "臺東縣漏計。"),
        ("註：1.臺東縣漏計，爰更正。", "臺東縣漏計，爰更正。"),
        ("勘誤：臺東縣漏計。", "臺東縣漏計。"),
    ],
)
def test_a_correction_is_known_by_many_words_and_so_is_its_reason(word: str, note: str, reason: str) -> None:
    made = january(A1=f"{TITLE}（{word}）", A31=note)
    reading = accepted(Made(made.content, f"11401催繳概況表({word}).xlsx"))
    assert (reading.is_correction, reading.correction_reason) == (True, reason)
    assert not reading.findings


def test_the_reason_may_stand_in_the_next_cell() -> None:
    made = january(A1=f"{TITLE}（更正）", A31="更正原因", B31="臺東縣漏計。")
    assert read(*made).correction_reason == "臺東縣漏計。"
