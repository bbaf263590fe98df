"""Every finding that reading can give, in a small file that deserves exactly it."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pandas as pd
import pytest

from dashboard.domain import findings as found
from dashboard.domain.bounds import bounds
from dashboard.domain.counties import counties
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month
from dashboard.readers import read
from tests.making import (
    Form,
    Made,
    average_rate,
    collection,
    collection_history,
    payment_rate,
    payment_rate_history,
    unpaid_reasons,
    visits,
)
from tests.readers.noticing import accepted, codes, figure_in, noticed
from tests.writing import Cell, written

JANUARY = Month(2025, 1)
YEAR = FullYear(2024)
AS_OF = date(2024, 12, 31)
PERIOD = BillingPeriod(Month(2024, 1))
NEXT_PERIOD = BillingPeriod(Month(2024, 3))


def january(**edit: Cell) -> Made:
    """January's collection form with some cells changed."""
    return collection(JANUARY, form=Form(edit=edit))


def rewritten(made: Made, name: str, old: str, new: str) -> Made:
    """Change the XML inside a file, for what no library writes."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made.content)) as source, zipfile.ZipFile(into, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            if entry == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(entry, content)
    return Made(into.getvalue(), made.file_name)


# --- the 22 counties


def test_a_missing_county_is_named() -> None:
    made = collection(JANUARY, form=Form(touch=lambda book: book.worksheets[0].delete_rows(28)))
    assert "114年1月" in noticed(made, found.COUNTY_MISSING, "", "連江縣").expected


def test_a_county_that_stands_there_twice_is_refused() -> None:
    assert noticed(january(A8="新北市"), found.COUNTY_TWICE, "A8", "新北市").expected == "第 7 列已有"


@pytest.mark.parametrize("name", ["臺北縣", "桃園縣", "新北市*", "新北市（註1）"])
def test_a_name_that_is_no_county_of_today_is_refused(name: str) -> None:
    assert noticed(january(A7=name), found.COUNTY_UNKNOWN, "A7", name).expected


def test_a_row_without_a_name_is_not_given_to_anyone() -> None:
    assert noticed(january(A7=None), found.CONTENT_OUTSIDE, "B7", "40").expected


@pytest.mark.parametrize("name", ["台北市", "　臺　北　市　", "台北市\u00a0"])
def test_blanks_and_the_common_tai_are_repaired_and_noted(name: str) -> None:
    made = january(A8=name)
    noticed(made, found.NAME_REPAIRED, "A8", name)
    assert figure_in(accepted(made), "dunned_persons", "63000") == 40


def test_characters_nobody_can_see_do_not_matter() -> None:
    assert codes(january(A8="臺\u200b北市\ufeff")) == []


@pytest.mark.parametrize(("cell", "code", "expected"), [("C2", "63000", "65000"), ("C3", "65000", "63000")])
def test_a_county_code_that_belongs_to_another_county_is_refused(cell: str, code: str, expected: str) -> None:
    made = payment_rate_history({AS_OF: [PERIOD]}, edit={cell: code})
    assert noticed(made, found.COUNTY_CODE_DISAGREES, cell, code, sheet="").expected == expected


def test_a_code_that_lost_its_leading_zero_is_repaired_and_noted() -> None:
    made = payment_rate_history({AS_OF: [PERIOD]})
    assert noticed(made, found.CODE_REPAIRED, "C22", "9020", sheet="").expected == "共 4 格"


def test_a_row_that_spells_its_keys_another_way_belongs_to_the_same_snapshot() -> None:
    respelled = {"A3": "113/12/31", "B3": "１１３年０１月－０２月", "E3": "全體被保險人"}
    made = payment_rate_history({AS_OF: [PERIOD]}, edit=respelled)
    assert codes(made) == ["code_repaired"]
    pd.testing.assert_frame_equal(accepted(made).figures, accepted(payment_rate_history({AS_OF: [PERIOD]})).figures)
    twice = payment_rate_history({AS_OF: [PERIOD]}, edit=respelled | {"C3": "65000", "D3": "新北市"})
    assert noticed(twice, found.COUNTY_TWICE, "D3", "新北市", sheet="").expected == "第 2 列已有"


# --- what is said twice must agree


def test_a_total_that_is_not_the_sum_of_its_counties_is_refused() -> None:
    assert noticed(january(B6=881), found.TOTAL_DISAGREES, "B6", "881").expected == "各縣市合計 880"


@pytest.mark.parametrize(("label", "counted"), [("福建省小計", 2), ("臺灣省小計", 14), ("台灣省小計", 14)])
def test_a_subtotal_that_is_not_the_sum_of_its_counties_is_refused(label: str, counted: int) -> None:
    made = january(A29=label, **{f"{column}29": 0 for column in "BCDEFGHIJ"})
    assert noticed(made, found.SUBTOTAL_DISAGREES, "B29", "0").expected == f"各縣市合計 {40 * counted}"


def test_subtotals_that_agree_are_accepted() -> None:
    assert codes(collection(JANUARY, form=Form(subtotals=True))) == []


def test_in_thousands_a_total_may_lie_half_a_unit_for_each_row_and_itself_from_the_sum() -> None:
    # 22 counties of 80 each: the printed 1,760 may be off by (22 + 1) / 2 = 11.5 thousand.
    form = Form(unit="千元", edit={"C6": 1771})
    assert codes(collection(JANUARY, form=form)) == ["thousands_converted"]
    beyond = Form(unit="千元", edit={"C6": 1772})
    noticed(collection(JANUARY, form=beyond), found.TOTAL_DISAGREES, "C6", "1772000")


def test_in_thousands_the_persons_still_have_to_add_up_exactly() -> None:
    noticed(collection(JANUARY, form=Form(unit="千元", edit={"B6": 881})), found.TOTAL_DISAGREES, "B6", "881")


def test_a_missing_or_unreadable_county_is_not_also_called_a_wrong_total() -> None:
    assert codes(january(B7="四十")) == ["number_unreadable"]


def test_nobody_pays_who_owes_nothing() -> None:
    made = payment_rate(AS_OF, figures={"paid_persons": {"65000": 101}})
    assert "100（新北市）" in noticed(made, found.PAID_OVER_PAYABLE, "C7", "101", sheet="按人數").expected


def test_no_more_is_received_than_is_receivable() -> None:
    made = average_rate(2024, {"received_twd": {"65000": 200_001}})
    assert noticed(made, found.RECEIVED_OVER_RECEIVABLE, "C7", "200001").expected == "不大於 200,000（新北市）"


def test_no_more_are_visited_with_success_than_are_visited() -> None:
    noticed(visits(YEAR, {"successful_persons": {"65000": 801}}), found.SUCCESSES_OVER_VISITS, "E7", "801")


def test_no_more_repay_than_were_visited_with_success() -> None:
    made = visits(YEAR, {"repaid_persons": {"65000": 401}})
    assert "400（新北市）" in noticed(made, found.REPAID_OVER_SUCCESSES, "F7", "401").expected


def test_headers_of_persons_and_amounts_that_changed_places_are_noticed() -> None:
    noticed(january(B5="催繳金額", C5="催繳人數"), found.PERSONS_OVER_AMOUNT, "C7", "80000")


def test_one_person_who_paid_less_than_half_a_thousand_is_no_contradiction() -> None:
    figures = {"recovered_persons": {"65000": 1}, "recovered_twd": {"65000": 300}}
    reading = accepted(collection(JANUARY, figures, Form(unit="千元")))
    assert figure_in(reading, "recovered_twd") == 0


def test_reasons_that_do_not_add_up_to_their_sum_are_refused() -> None:
    made = unpaid_reasons(YEAR, form=Form(edit={"B7": 301, "B6": 6601}))
    assert noticed(made, found.PARTS_DISAGREE, "B7", "301").expected == "各欄合計 300（新北市）"


def test_a_printed_percent_that_differs_is_noted_and_the_fraction_counts() -> None:
    made = average_rate(2024, form=Form(edit={"D7": 51.0}))
    assert noticed(made, found.PERCENT_DIFFERS, "D7", "51").expected == "50.00%"
    assert figure_in(accepted(made), "received_twd") == 100_000


BOTH_ROUNDINGS = {"receivable_twd": {"65000": 800}, "received_twd": {"65000": 401}}  # 50.125 %


@pytest.mark.parametrize(
    ("printed", "agrees"),
    [("50.12", True), ("50.13", True), ("50.125", True), ("50.11", False), ("50.14", False), ("50.126", False)],
)
def test_a_percent_may_lie_half_its_last_digit_from_the_fraction_and_no_further(printed: str, agrees: bool) -> None:
    made = average_rate(2024, BOTH_ROUNDINGS, Form(edit={"D7": printed}))
    assert (found.PERCENT_DIFFERS.code not in codes(made)) is agrees


@pytest.mark.parametrize(("printed", "agrees"), [("49.91", True), ("50.09", True), ("49.90", False), ("50.10", False)])
def test_in_thousands_a_percent_may_also_lie_as_far_as_their_rounding_moves_it(printed: str, agrees: bool) -> None:
    """400 of 800 千元 may be 399.5 of 800.5 (49.906 %) or 400.5 of 799.5 (50.094 %)."""
    figures = {"receivable_twd": {"65000": 800_000}, "received_twd": {"65000": 400_000}}
    made = average_rate(2024, figures, Form(unit="千元", edit={"D7": printed}))
    assert (found.PERCENT_DIFFERS.code not in codes(made)) is agrees


@pytest.mark.parametrize("printed", [50, 50.0, "50.00%", "５０.００％", " 50.00 "])
def test_a_percent_may_be_printed_as_a_number_or_as_text(printed: Cell) -> None:
    assert codes(average_rate(2024, form=Form(edit={"D7": printed}))) == []


def test_a_fraction_shown_as_a_percent_is_read_as_the_percent_it_shows() -> None:
    def as_percent(book: openpyxl.Workbook) -> None:
        cell = book.worksheets[0]["D7"]
        cell.value, cell.number_format = 0.5, "0.00%"

    assert codes(average_rate(2024, form=Form(touch=as_percent))) == []


# --- numbers


@pytest.mark.parametrize(
    "value", ["四十", "1,23", "12,34,567", "4 0", "4\n0", "約40", "40位", "1e3", 40.5, "40.5", "+40"]
)
def test_a_cell_that_is_no_whole_number_is_refused(value: Cell) -> None:
    assert "催繳人數" in noticed(january(B7=value), found.NUMBER_UNREADABLE, "B7", str(value)).expected


@pytest.mark.parametrize("value", [-40, "-40", "－40", "(40)"])
def test_a_negative_number_is_refused(value: Cell) -> None:
    assert noticed(january(B7=value), found.NUMBER_NEGATIVE, "B7", str(value)).expected


def test_an_empty_cell_is_neither_zero_nor_not_yet() -> None:
    noticed(january(B7=None), found.NUMBER_UNREADABLE, "B7", "（空白）")


def test_a_number_too_long_for_any_report_is_refused() -> None:
    noticed(january(B7="9" * 16), found.NUMBER_UNREADABLE, "B7", "9" * 16)


@pytest.mark.parametrize("shown_as", ["0%", "yyyy/m/d"])
def test_a_count_shown_as_a_percent_or_a_date_is_refused(shown_as: str) -> None:
    def formatted(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["B7"].number_format = shown_as

    assert codes(collection(JANUARY, form=Form(touch=formatted))) == ["number_unreadable"]


@pytest.mark.parametrize("value", ["４０", "40 ", " 40"])
def test_digits_typed_as_text_are_read(value: str) -> None:
    assert figure_in(accepted(january(B7=value)), "dunned_persons") == 40


def test_full_width_digits_are_noted() -> None:
    assert noticed(january(B7="４０"), found.DIGITS_REPAIRED, "B7", "４０").expected == "共 1 格"


@pytest.mark.parametrize("mark", ["-", "－", "–", "—"])
def test_none_is_zero(mark: str) -> None:
    assert figure_in(accepted(january(J7=mark)), "spouse_fined_twd") == 0


@pytest.mark.parametrize("mark", ["…", "……", "..."])
def test_not_yet_available_is_never_zero(mark: str) -> None:
    made = collection(JANUARY, {"spouse_fined_twd": mark})
    assert noticed(made, found.NOT_YET_AVAILABLE, "J7", mark).expected == "共 22 格"
    assert figure_in(accepted(made), "spouse_fined_twd") is pd.NA


@pytest.mark.parametrize("mark", ["--", "——", "－－"])
def test_no_meaning_is_no_count(mark: str) -> None:
    noticed(january(J7=mark), found.NUMBER_UNREADABLE, "J7", mark)


def test_a_rate_without_a_denominator_has_no_meaning_and_no_finding() -> None:
    nothing: dict[str, int | str | dict[str, int | str]] = {
        f"原住民:{field}": {"09007": 0} for field in ("receivable_twd", "received_twd")
    }
    made = average_rate(2024, nothing)
    assert codes(made) == []
    assert figure_in(accepted(made), "receivable_twd", "09007", "indigenous") == 0


def test_thousands_are_converted_and_noted() -> None:
    made = collection(JANUARY, form=Form(unit="千元"))
    assert noticed(made, found.THOUSANDS_CONVERTED, "C6", "1760").expected == "共 92 格"
    assert figure_in(accepted(made), "dunned_twd") == 80_000
    assert set(accepted(made).figures["unit"]) == {1, 1000}


# --- formulas


def test_a_formula_nobody_calculated_is_refused() -> None:
    noticed(january(B6="=SUM(B7:B28)"), found.FORMULA_WITHOUT_VALUE, "B6", "=SUM(B7:B28)")


def test_a_formula_with_its_value_is_accepted() -> None:
    formula = "<f>SUM(B7:B28)</f>"
    made = january(B6="=SUM(B7:B28)")
    assert codes(rewritten(made, "xl/worksheets/sheet1.xml", formula, f"{formula}<v>880</v>")) == []


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!"])
def test_a_formula_that_came_to_nothing_is_refused(error: str) -> None:
    noticed(january(B7=error), found.FORMULA_ERROR, "B7", error)


FORTY = '<table:table-cell office:value-type="float" office:value="40">'


def test_formulas_of_ods_files_are_read_by_their_values() -> None:
    made = collection(JANUARY, form=Form("ods"))
    with_value = FORTY.replace("<table:table-cell", '<table:table-cell table:formula="of:=20+20"')
    assert codes(rewritten(made, "content.xml", FORTY, with_value)) == []
    broken = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p>'
        "</table:table-cell>"
    )
    first = f"{FORTY}<text:p>40</text:p></table:table-cell>"
    noticed(rewritten(made, "content.xml", first, broken), found.FORMULA_ERROR, "B7", "#DIV/0!")
    uncalculated = '<table:table-cell table:formula="of:=[.B9]"/>'
    noticed(rewritten(made, "content.xml", first, uncalculated), found.FORMULA_WITHOUT_VALUE, "B7", "of:=[.B9]")


@pytest.mark.parametrize("value", ["NaN", "1e999999", "1e-999999", "-1e999999"])
def test_a_stored_number_no_spreadsheet_holds_is_refused(value: str) -> None:
    made = collection(JANUARY, form=Form("ods"))
    odd = rewritten(made, "content.xml", FORTY, FORTY.replace('"40"', f'"{value}"'))
    noticed(odd, found.NUMBER_UNREADABLE, "B7", "非數字或超出試算表可存的大小" if value == "NaN" else value)


# --- which table, which columns


def test_a_table_of_something_else_is_refused() -> None:
    title = "國民年金被保險人性別統計表"
    assert "保險費收繳率" in noticed(january(A1=title), found.WRONG_TABLE, "", title).expected


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_numbers_without_counties_are_no_table_of_ours(suffix: str) -> None:
    noticed(collection(JANUARY, form=Form(suffix, edit={"A4": "地區"})), found.WRONG_TABLE, "", "")


def test_a_csv_without_counties_is_no_table_of_ours() -> None:
    noticed(collection(JANUARY, form=Form("csv", edit={"A4": "地區"})), found.WRONG_TABLE, "", "", sheet="")


def test_an_unknown_column_is_refused_with_the_names_it_could_have() -> None:
    made = january(K4="本月新增", K7=5)
    assert "催繳情形/人數" in noticed(made, found.COLUMN_UNKNOWN, "K4", "本月新增").expected


def test_a_missing_column_is_named() -> None:
    made = collection(JANUARY, form=Form(touch=lambda book: book.worksheets[0].delete_cols(8)))
    missing = noticed(made, found.COLUMN_MISSING, "", "114年1月", sheet="")
    assert missing.expected == "全體：分期繳納核准件數"


def test_the_columns_of_the_spouse_fine_may_be_missing() -> None:
    made = collection(JANUARY, form=Form(touch=lambda book: book.worksheets[0].delete_cols(9, 2)))
    assert "spouse_fined_twd" not in set(accepted(made).figures["measure"])


def test_a_column_twice_is_refused() -> None:
    noticed(january(C5="催繳人數"), found.COLUMN_TWICE, "C4", "催繳情形/催繳人數")


def test_a_period_twice_is_refused() -> None:
    made = payment_rate(AS_OF, [PERIOD, PERIOD])
    noticed(made, found.COLUMN_TWICE, "E4", "113年1-2月/應繳人數", sheet="按人數")


def test_a_figure_twice_is_refused() -> None:
    def again(book: openpyxl.Workbook) -> None:
        book.copy_worksheet(book.worksheets[0])

    made = collection(JANUARY, form=Form(touch=again))
    assert noticed(made, found.CELL_TWICE, "B7", "", sheet="統計表 Copy").expected == "另一工作表已有"


@pytest.mark.parametrize("column", ["統計年月", "縣市別"])
def test_a_long_file_that_does_not_say_what_its_rows_are_about_is_refused(column: str) -> None:
    lines = collection_history([JANUARY]).content.decode("utf-8-sig").splitlines()
    position = lines[0].split(",").index(column)
    without = "\n".join(",".join(c for i, c in enumerate(line.split(",")) if i != position) for line in lines)
    reading = read(without.encode(), "歷史資料.csv")
    assert reading.is_refused
    assert any(column in finding.expected for finding in reading.findings)


def test_periods_that_nobody_named_are_refused_and_not_dropped() -> None:
    def one_header_row(book: openpyxl.Workbook) -> None:
        for sheet in book.worksheets:
            sheet.delete_rows(4)
            sheet["A4"] = "縣市別"

    made = payment_rate(AS_OF, form=Form(touch=one_header_row))
    noticed(made, found.COLUMN_UNKNOWN, "B4", "應繳人數", sheet="按人數")


def test_a_header_shifted_by_one_column_is_refused() -> None:
    def shifted(book: openpyxl.Workbook) -> None:
        book.worksheets[0].move_range("B4:Z4", cols=1)

    form = Form(touch=shifted)
    noticed(collection(JANUARY, form=form), found.COLUMN_UNKNOWN, "B4", "縣市別/催繳人數")
    noticed(
        payment_rate(AS_OF, [PERIOD, NEXT_PERIOD], form=form), found.COLUMN_UNKNOWN, "B4", "縣市別/應繳人數", "按人數"
    )
    noticed(average_rate(2024, form=form), found.COLUMN_UNKNOWN, "B4", "縣市別/應收金額")


# --- the head


@pytest.mark.parametrize(("cell", "word"), [("A2", "資料期間"), ("C2", "資料截止日")])
def test_a_head_without_period_or_cut_off_is_refused(cell: str, word: str) -> None:
    value = "BD"["AC".index(cell[0])] + "2"
    assert noticed(january(**{cell: None, value: None}), found.HEAD_MISSING, "", "").expected == word


def test_a_unit_of_money_that_is_not_there_is_refused() -> None:
    assert noticed(january(F2="人、件"), found.UNIT_MISSING, "F2", "人、件").expected == "元或千元"


@pytest.mark.parametrize(("unit", "unknown"), [("人、萬元", "萬元"), ("美元", "美元")])
def test_a_unit_of_money_that_is_none_of_ours_is_refused(unit: str, unknown: str) -> None:
    assert unknown in noticed(january(F2=unit), found.UNIT_UNKNOWN, "F2", unit).expected


def test_two_units_of_money_are_not_chosen_from() -> None:
    assert noticed(january(F2="元、千元"), found.UNIT_UNCLEAR, "F2", "元、千元").expected == "元或千元，擇一"
    made = january(C5="催繳金額（千元）")
    assert noticed(made, found.UNIT_UNCLEAR, "C4", "催繳情形/催繳金額(千元)").expected == "千元、人、件、元，擇一"
    for header in ("催繳人數（千元）", "催繳人數（元）"):
        assert "unit_unclear" in codes(january(B5=header))
    assert "unit_unclear" in codes(january(C5="催繳金額（元）（千元）"))
    assert "unit_unclear" in codes(january(C5="催繳金額（人）"))


def test_a_missing_unit_of_money_is_refused_but_persons_need_none() -> None:
    noticed(january(E2=None, F2=None), found.UNIT_MISSING, "", "")
    assert codes(unpaid_reasons(YEAR, form=Form(edit={"E2": None, "F2": None}))) == []


@pytest.mark.parametrize("period", ["114年13月", "去年1月", "1012", 11401, "0113年1月", "114年1-2月"])
def test_a_period_that_cannot_be_read_is_refused(period: Cell) -> None:
    assert "114年1月" in noticed(january(B2=period), found.PERIOD_UNREADABLE, "B2", str(period)).expected


@pytest.mark.parametrize("day", ["114年2月30日", "1140131", "一月底", "114年1月"])
def test_a_date_that_cannot_be_read_is_refused(day: str) -> None:
    assert noticed(january(D2=day), found.PERIOD_UNREADABLE, "D2", day).expected == "資料截止日"


def test_there_is_no_report_for_a_second_half_year() -> None:
    made = visits(HalfYear(2024, 2))
    assert "上半年或全年" in noticed(made, found.PERIOD_UNREADABLE, "B2", "113年下半年").expected
    spelled_out = unpaid_reasons(HalfYear(2024, 1), form=Form(edit={"B2": "113年7月至12月"}))
    noticed(spelled_out, found.PERIOD_UNREADABLE, "B2", "113年7月至12月")


def test_a_cumulative_rate_starts_in_97_10_and_ends_in_june() -> None:
    for span in ("97年11月至113年6月", "97年10月至113年7月"):
        noticed(average_rate(2024, form=Form(edit={"B2": span})), found.PERIOD_UNREADABLE, "B2", span)


def test_the_same_item_of_the_head_twice_must_not_differ() -> None:
    made = january(G2="資料截止日", H2="114年2月28日")
    assert "114年1月31日" in noticed(made, found.HEAD_DISAGREES, "H2", "114年2月28日").expected


def test_a_file_named_after_another_period_is_refused() -> None:
    content = collection(JANUARY).content
    for name in ("11402催繳概況表", "114年2月催繳概況表", "催繳概況表(114.02)"):
        made = Made(content, f"{name}.xlsx")
        assert "114年1月" in noticed(made, found.PERIOD_IN_NAME, "", name, sheet="").expected


def test_a_title_that_names_another_period_is_refused() -> None:
    title = "114年2月國民年金保險欠費催繳作業收繳概況表"
    noticed(january(A1=title), found.PERIOD_IN_NAME, "", title, sheet="")


def test_a_half_year_may_be_named_by_its_months() -> None:
    half, year = visits(HalfYear(2024, 1)), visits(YEAR)
    name = "113年1月至6月服務員訪視成效"
    accepted(Made(half.content, f"{name}.xlsx"))
    noticed(Made(year.content, f"{name}.xlsx"), found.PERIOD_IN_NAME, "", name, sheet="")


def test_an_average_rate_is_named_after_november_whenever_it_was_printed() -> None:
    assert codes(average_rate(2024, form=Form(edit={"A3": None, "B3": None}))) == []


def test_a_billing_period_outside_the_announced_range_is_refused() -> None:
    made = payment_rate(AS_OF, [PERIOD, NEXT_PERIOD], form=Form(edit={"按人數!B2": "113年3-4月至113年9-10月各期"}))
    noticed(made, found.PERIOD_OUTSIDE_RANGE, "B4", "113年1-2月/應繳人數", sheet="按人數")


@pytest.mark.parametrize("months", ["113年2-3月", "113年1-3月", "113年1月"])
def test_months_that_the_law_does_not_bill_together_are_refused(months: str) -> None:
    made = payment_rate(AS_OF, form=Form(edit={"按人數!B4": months}))
    noticed(made, found.COLUMN_UNKNOWN, "B4", f"{months}/應繳人數", sheet="按人數")
    long = payment_rate_history({AS_OF: [PERIOD]}, edit={"B2": months})
    noticed(long, found.PERIOD_UNREADABLE, "B2", months, sheet="")


def test_a_cut_off_before_the_end_of_the_period_is_refused() -> None:
    made = january(D2="114年1月30日")
    assert noticed(made, found.PERIOD_NOT_OVER, "D2", "資料截止日 114年1月30日").expected.startswith("114年1月31日")


def test_a_month_is_cut_off_on_its_last_day_and_not_months_later() -> None:
    made = january(D2="114年10月31日", B3="114年11月16日")
    assert noticed(made, found.CUT_OFF_TOO_LATE, "D2", "資料截止日 114年10月31日").expected.endswith("114年1月31日")
    assert "cut_off_too_late" in codes(january(D2="114年2月1日"))


def test_an_average_rate_is_cut_off_in_its_own_year() -> None:
    assert codes(average_rate(2024, form=Form(edit={"D2": "113年12月31日"}), issued_on=date(2025, 1, 9))) == []
    late = average_rate(2024, form=Form(edit={"D2": "114年1月1日"}), issued_on=date(2025, 1, 9))
    noticed(late, found.CUT_OFF_TOO_LATE, "D2", "資料截止日 114年1月1日")


@pytest.mark.parametrize("report", [visits, unpaid_reasons])
@pytest.mark.parametrize(
    ("period", "last", "late"),
    [(HalfYear(2024, 1), "114年6月30日", "114年7月1日"), (YEAR, "114年12月31日", "115年1月1日")],
)
def test_half_years_and_years_are_cut_off_within_the_months_that_are_declared(
    report: Callable[..., Made], period: HalfYear | FullYear, last: str, late: str
) -> None:
    printed = date(2026, 1, 9)
    assert bounds().cut_off.months == 12
    assert codes(report(period, form=Form(edit={"D2": last}), issued_on=printed)) == []
    beyond = report(period, form=Form(edit={"D2": late}), issued_on=printed)
    assert noticed(beyond, found.CUT_OFF_TOO_LATE, "D2", f"資料截止日 {late}").expected.endswith(last)


def test_a_billing_period_is_reported_for_years() -> None:
    assert codes(payment_rate(date(2033, 12, 31), [PERIOD])) == []


def test_a_report_printed_before_its_cut_off_is_refused() -> None:
    made = collection(JANUARY, issued_on=date(2025, 1, 30))
    assert "114年1月31日" in noticed(made, found.ISSUED_TOO_EARLY, "B3", "製表日期 114年1月30日").expected


def test_a_missing_date_of_issue_is_left_to_the_office() -> None:
    reading = accepted(january(A3=None, B3=None))
    assert reading.issued_on is None
    assert reading.findings == ()


# --- where two readings are possible


def test_a_name_that_two_counties_share_is_not_given_to_one() -> None:
    assert noticed(january(A7="嘉義"), found.COUNTY_UNCLEAR, "A7", "嘉義").expected == "嘉義縣或嘉義市"
    assert noticed(january(A7="花蓮"), found.COUNTY_UNKNOWN, "A7", "花蓮").expected == "花蓮縣"
    assert noticed(january(A7="臺北縣"), found.COUNTY_UNKNOWN, "A7", "臺北縣").expected == "臺北縣今為新北市"


def test_a_point_before_three_digits_in_thousands_may_be_either() -> None:
    made = collection(JANUARY, form=Form(unit="千元", edit={"C7": "80.000"}))
    assert noticed(made, found.NUMBER_UNCLEAR, "C7", "80.000").expected == "80,000 元或 80,000,000 元"
    as_number = collection(JANUARY, form=Form(unit="千元", edit={"C7": 80.125, "C6": 1760.125}))
    assert figure_in(accepted(as_number), "dunned_twd") == 80_125


@pytest.mark.parametrize(("month", "is_unclear"), [(114.1, True), (114.2, False), (114.11, False)])
def test_a_month_behind_a_decimal_point_may_have_lost_its_zero(month: float, is_unclear: bool) -> None:
    lines = [line.split(",") for line in collection_history([JANUARY]).content.decode("utf-8-sig").splitlines()]
    rows: list[list[Cell]] = [list(lines[0])]
    rows += [[month, *line[1:]] for line in lines[1:]]
    reading = read(written({"歷史": rows}, "xlsx"), "歷史資料.xlsx")
    kinds = [finding.kind for finding in reading.findings]
    assert kinds == ([found.PERIOD_UNCLEAR] * 22 + [found.COUNTY_MISSING] if is_unclear else [])
    if is_unclear:
        assert reading.findings[0].expected == "114年1月或114年10月"


@pytest.mark.parametrize("month", ["114.1", "１１４．１", "民國114.1"])
def test_a_month_written_with_a_point_is_asked_for_as_the_number_is(month: str) -> None:
    long = collection_history([JANUARY], edit={"A2": month})
    noticed(long, found.PERIOD_UNCLEAR, "A2", month, sheet="")
    october = collection(Month(2025, 10), form=Form(edit={"B2": month}))
    assert noticed(october, found.PERIOD_UNCLEAR, "B2", month).expected == "114年1月或114年10月"


def test_the_cut_off_decides_between_january_and_october() -> None:
    assert set(accepted(january(B2="114.1")).figures["period"]) == {"2025-01"}
    assert set(accepted(collection(Month(2025, 10), form=Form(edit={"B2": "114.10"}))).figures["period"]) == {"2025-10"}
    assert codes(collection_history([JANUARY], edit={f"A{row}": "114.01" for row in range(2, 24)})) == []


@pytest.mark.parametrize(
    ("cell", "typed", "readings"),
    [("B7", "40.000", "40 或 40,000"), ("C7", "80.000", "80 或 80,000"), ("C7", "1.234", "1.234 或 1,234")],
)
def test_a_point_before_three_digits_may_be_either_whatever_the_unit(cell: str, typed: str, readings: str) -> None:
    assert noticed(january(**{cell: typed}), found.NUMBER_UNCLEAR, cell, typed).expected == readings


# --- other spellings that leave no doubt


@pytest.mark.parametrize("day", [45688, "45688"])
def test_the_number_a_spreadsheet_counts_days_with_is_a_day(day: Cell) -> None:
    made = january(D2=day)
    assert noticed(made, found.DATE_AS_NUMBER, "D2", "45688").expected == "114年1月31日"
    assert set(accepted(made).figures["as_of"].dt.date) == {date(2025, 1, 31)}


@pytest.mark.parametrize("day", [11401, "1140131", 20250131, 39721, 73051])
def test_other_numbers_are_no_days(day: Cell) -> None:
    noticed(january(D2=day), found.PERIOD_UNREADABLE, "D2", str(day))


@pytest.mark.parametrize("month", ["2025年1月", "2025/1", "202501", date(2025, 1, 1), date(2025, 1, 31)])
def test_a_month_may_be_spelled_with_a_gregorian_year_or_made_a_date(month: Cell) -> None:
    assert set(accepted(january(B2=month)).figures["period"]) == {"2025-01"}
    noticed(january(B2=date(2025, 1, 30)), found.PERIOD_UNREADABLE, "B2", "114年1月30日")


@pytest.mark.parametrize(
    ("name", "agrees"),
    [
        ("2025年1月催繳概況表", True),
        ("2025年2月催繳概況表", False),
        ("202501催繳概況表", True),
        ("202502催繳概況表", False),
        ("催繳概況表(2025.02)", False),
        ("催繳概況表_20250210", True),  # a day, not a month: it may be when it was sent
    ],
)
def test_names_with_gregorian_years_are_compared_too(name: str, agrees: bool) -> None:
    reading = read(january().content, f"{name}.xlsx")
    assert [f.kind for f in reading.findings] == ([] if agrees else [found.PERIOD_IN_NAME])


@pytest.mark.parametrize("printed", [0.5, "0.5", "0.5000"])
def test_percents_printed_as_fractions_of_one_are_told_once(printed: Cell) -> None:
    made = average_rate(2024, form=Form(edit={"D7": printed, "D8": printed}))
    assert noticed(made, found.PERCENT_AS_FRACTION, "D7", str(printed)).expected == "50.00%，共 2 格"
    assert codes(made) == ["percent_as_fraction"]


@pytest.mark.parametrize("printed", ["0.5%", 0.51, "0.005"])
def test_what_is_a_percent_of_something_else_is_not_taken_for_a_fraction(printed: Cell) -> None:
    assert codes(average_rate(2024, form=Form(edit={"D7": printed}))) == ["percent_differs"]


def test_each_amount_may_name_its_own_unit() -> None:
    head = {"E2": "單位", "F2": "人、件"}
    own = {f"{column}5": f"{header}（千元）" for column, header in (("E", "收回金額"), ("G", "期末欠費金額"))}
    own |= {"C5": "催繳金額（元）", "J5": "罰鍰金額（元）"}
    made = january(**head, **own)
    reading = accepted(made)
    assert figure_in(reading, "dunned_twd") == 80_000
    assert figure_in(reading, "recovered_twd") == 30_000_000
    assert [finding.kind.code for finding in reading.findings] == ["thousands_converted"]
    some = january(**head, C5="催繳金額（元）")
    noticed(some, found.UNIT_MISSING, "F2", "人、件")


def test_the_unit_may_stand_in_brackets_behind_the_title() -> None:
    made = january(A1="國民年金保險欠費催繳作業收繳概況表（單位：新臺幣千元）", E2=None, F2=None)
    assert figure_in(accepted(made), "dunned_twd") == 80_000_000


# --- several sheets


def test_sheets_of_different_days_are_refused() -> None:
    made = payment_rate(AS_OF, form=Form(edit={"原住民-按人數!B3": "114年1月21日"}))
    value = "資料截止日 113年12月31日、製表日期 114年1月21日"
    expected = noticed(made, found.HEAD_DISAGREES, "", value, sheet="原住民-按人數").expected
    assert expected == "資料截止日 113年12月31日、製表日期 114年1月20日"


def test_an_indigenous_sheet_under_the_title_of_all_is_refused() -> None:
    title = "國民年金保險被保險人保險費收繳率－按人數"
    made = payment_rate(AS_OF, form=Form(edit={"原住民-按人數!A1": title}))
    noticed(made, found.HEAD_DISAGREES, "", title, sheet="原住民-按人數")


def test_a_missing_sheet_is_refused() -> None:
    made = payment_rate(AS_OF, form=Form(touch=lambda book: book.remove(book["原住民-按金額"])))
    missing = noticed(made, found.COLUMN_MISSING, "", "113年1-2月", sheet="")
    assert missing.expected == "原住民：已收金額、應收金額"


def test_both_sheets_of_one_population_missing_are_refused() -> None:
    def without(book: openpyxl.Workbook) -> None:
        book.remove(book["原住民-按金額"])
        book.remove(book["原住民-按人數"])

    made = payment_rate(AS_OF, form=Form(touch=without))
    assert noticed(made, found.COLUMN_MISSING, "", "113年1-2月", sheet="").expected == "原住民"


def test_two_kinds_in_one_file_are_refused() -> None:
    def mixed(book: openpyxl.Workbook) -> None:
        other = openpyxl.load_workbook(io.BytesIO(unpaid_reasons(YEAR).content)).worksheets[0]
        sheet = book.create_sheet("原因")
        for row in other.iter_rows(values_only=True):
            sheet.append(row)

    made = visits(YEAR, form=Form(touch=mixed))
    noticed(made, found.SEVERAL_KINDS, "", "國民年金被保險人未繳費原因統計表", sheet="原因")


@pytest.mark.parametrize("row", [["本表每月編製"], ["小計", 5], [1, "本表每月編製"], ["目錄", "頁次"]])
def test_a_sheet_without_counties_is_noted_whatever_numbers_it_has(row: list[Cell]) -> None:
    beside = Form(touch=lambda book: book.create_sheet("說明").append(row))
    noticed(collection(JANUARY, form=beside), found.SHEET_WITHOUT_TABLE, "", "", sheet="說明")


@pytest.mark.parametrize(
    "rows", [[["新北市", 5]], [["項目", *(county.name for county in counties())], ["人數", *range(22)]]]
)
def test_a_sheet_with_figures_of_counties_is_refused_unless_it_is_a_report(rows: list[list[Cell]]) -> None:
    def add(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("計算")
        for row in rows:
            sheet.append(row)

    noticed(collection(JANUARY, form=Form(touch=add)), found.WRONG_TABLE, "", "", sheet="計算")


# --- the rest of the sheet


def test_content_beside_the_table_is_refused() -> None:
    noticed(january(L9="?"), found.CONTENT_OUTSIDE, "L9", "?")


def test_content_beyond_the_last_header_of_a_long_file_is_refused() -> None:
    made = payment_rate_history({AS_OF: [PERIOD]})
    lines = made.content.decode("utf-8-sig").splitlines()
    longer = "\r\n".join([lines[0], f"{lines[1]},?", *lines[2:]]).encode("utf-8-sig")
    noticed(Made(longer, made.file_name), found.CONTENT_OUTSIDE, "J2", "?", sheet="")


def test_a_column_without_a_header_may_not_hold_anything() -> None:
    made = collection(JANUARY, form=Form(touch=lambda book: book.worksheets[0].insert_cols(4)))
    accepted(made)

    def filled(book: openpyxl.Workbook) -> None:
        book.worksheets[0].insert_cols(4)
        book.worksheets[0]["D9"] = 7

    noticed(collection(JANUARY, form=Form(touch=filled)), found.CONTENT_OUTSIDE, "D9", "7")


def test_a_row_that_repeats_part_of_another_is_noted_and_adds_nothing() -> None:
    made = january(A29="其中：原住民", **{f"{column}29": 1 for column in "BCDEFGHIJ"})
    noticed(made, found.BREAKDOWN_SKIPPED, "A29", "其中：原住民")
    assert len(accepted(made).figures) == 9 * len(counties())


def test_hidden_sheets_rows_and_columns_are_noted_and_count() -> None:
    def hidden_row(book: openpyxl.Workbook) -> None:
        book.worksheets[0].row_dimensions[9].hidden = True

    def hidden_column(book: openpyxl.Workbook) -> None:
        book.worksheets[0].column_dimensions["C"].hidden = True

    def hidden_sheet(book: openpyxl.Workbook) -> None:
        book.create_sheet("空白")
        book.worksheets[0].sheet_state = "hidden"

    for touch in (hidden_row, hidden_column, hidden_sheet):
        made = collection(JANUARY, form=Form(touch=touch))
        noticed(made, found.HIDDEN_CONTENT, "", "")
        accepted(made)


def test_hidden_sheets_and_rows_of_ods_files_are_noted() -> None:
    made = collection(JANUARY, form=Form("ods"))
    row = '<table:table-row><table:table-cell office:value-type="string"><text:p>桃園市</text:p>'
    folded = rewritten(made, "content.xml", row, row.replace("row>", 'row table:visibility="collapse">', 1))
    noticed(folded, found.HIDDEN_CONTENT, "", "")
    style = (
        '<office:automatic-styles><style:style style:name="ta9" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    sheet = rewritten(made, "content.xml", "<office:automatic-styles/>", style)
    hidden = rewritten(sheet, "content.xml", "<table:table ", '<table:table table:style-name="ta9" ')
    noticed(hidden, found.HIDDEN_CONTENT, "", "")


def test_comments_in_ods_cells_are_no_part_of_them() -> None:
    made = collection(JANUARY, form=Form("ods"))
    comment = "<office:annotation><text:p>改過</text:p></office:annotation><text:p>桃園市</text:p>"
    assert codes(rewritten(made, "content.xml", "<text:p>桃園市</text:p>", comment)) == []


# --- corrections


def test_a_correction_carries_its_reason() -> None:
    reading = accepted(collection(JANUARY, form=Form(correction="漏列新北市部分案件。")))
    assert reading.is_correction
    assert reading.correction_reason == "漏列新北市部分案件。"
    assert reading.findings == ()


def test_a_correction_without_a_reason_is_noted() -> None:
    noticed(collection(JANUARY, form=Form(correction="")), found.CORRECTION_WITHOUT_REASON, "", "", sheet="")


def test_a_correction_marked_only_in_the_title_or_only_in_the_name_is_one() -> None:
    made, plain = collection(JANUARY, form=Form(correction="漏列。")), collection(JANUARY)
    in_title = Made(made.content, plain.file_name)
    noticed(in_title, found.CORRECTION_HALF_MARKED, "", in_title.file_name, sheet="")
    assert accepted(in_title).is_correction
    in_name = Made(plain.content, made.file_name)
    noticed(in_name, found.CORRECTION_HALF_MARKED, "", in_name.file_name, sheet="")
    assert accepted(in_name).is_correction


# --- the file as a whole


@pytest.mark.parametrize("name", ["報表.xls", "報表.pdf", "報表"])
def test_another_kind_of_file_is_refused(name: str) -> None:
    reading = read(collection(JANUARY).content, name)
    assert [finding.kind for finding in reading.findings] == [found.FILE_TYPE]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_an_encrypted_or_old_workbook_is_refused(suffix: str) -> None:
    made = Made(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), f"11401催繳概況表.{suffix}")
    noticed(made, found.FILE_ENCRYPTED, "", "", sheet="")


def test_an_ods_file_with_a_password_is_refused() -> None:
    made = collection(JANUARY, form=Form("ods"))
    locked = rewritten(
        made, "META-INF/manifest.xml", "</manifest:manifest>", "<!--encryption-data--></manifest:manifest>"
    )
    noticed(locked, found.FILE_ENCRYPTED, "", "", sheet="")


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
@pytest.mark.parametrize("keep", [0, 10, 0.5, 0.99])
def test_a_file_that_broke_off_is_refused(suffix: str, keep: float) -> None:
    content = collection(JANUARY, form=Form(suffix)).content
    reading = read(content[: int(keep if keep > 1 else keep * len(content))], f"11401催繳概況表.{suffix}")
    assert [finding.kind for finding in reading.findings] == [found.FILE_TRUNCATED if keep else found.FILE_UNREADABLE]


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "Basic/Standard/Module1.xml"])
def test_a_file_that_carries_a_program_is_refused(name: str) -> None:
    made = collection(JANUARY)
    into = io.BytesIO(made.content)
    with zipfile.ZipFile(into, "a") as archive:
        archive.writestr(name, "Sub Auto_Open()")
    noticed(Made(into.getvalue(), made.file_name), found.FILE_HAS_MACROS, "", name.removeprefix("xl/")[:15], sheet="")


def test_a_workbook_that_may_carry_programs_is_refused_by_its_ending() -> None:
    noticed(Made(collection(JANUARY).content, "11401催繳概況表.xlsm"), found.FILE_HAS_MACROS, "", ".xlsm", sheet="")


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_content_under_a_wrong_ending_is_refused(suffix: str) -> None:
    other = {"xlsx": "ods", "ods": "xlsx"}[suffix]
    for content in (collection(JANUARY, form=Form(other)).content, collection(JANUARY, form=Form("csv")).content):
        reading = read(content, f"11401催繳概況表.{suffix}")
        assert [finding.kind for finding in reading.findings] == [found.FILE_UNREADABLE]
    assert read(collection(JANUARY, form=Form(suffix)).content, "11401催繳概況表.csv").is_refused


def test_text_in_no_encoding_we_take_is_refused() -> None:
    made = collection(JANUARY, form=Form("csv"))
    text = made.content.decode("utf-8-sig")
    noticed(Made(text.encode("utf-32"), made.file_name), found.ENCODING_UNKNOWN, "", "UTF-32", sheet="")
    assert read(made.content[:-1] + b"\xff\xff", made.file_name).is_refused


def test_an_empty_file_is_refused() -> None:
    noticed(Made(b"", "11401催繳概況表.csv"), found.WRONG_TABLE, "", "", sheet="")


def test_a_file_that_swells_when_opened_is_refused() -> None:
    made = collection(JANUARY)
    into = io.BytesIO(made.content)
    with zipfile.ZipFile(into, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/large", bytes(40_000_000))
    noticed(Made(into.getvalue(), made.file_name), found.FILE_TOO_LARGE, "", "", sheet="")


def test_a_sheet_filled_to_its_far_end_is_refused_with_what_to_delete() -> None:
    def far(book: openpyxl.Workbook) -> None:
        book.worksheets[0].cell(1_000_000, 8).value = "?"
        book.worksheets[0].cell(1_000_001, 16_000).value = "?"

    made = collection(JANUARY, form=Form(touch=far))
    reading = read(made.content, made.file_name, 1_000_000)
    assert [finding.kind for finding in reading.findings] == [found.FILE_TOO_LARGE]
    assert "空白" in found.FILE_TOO_LARGE.remedy
