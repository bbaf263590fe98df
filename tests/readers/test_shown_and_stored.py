"""What a cell shows by its number format and what it stores; letters struck or raised; rows that nobody sees."""

from decimal import Decimal

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from dashboard.domain import findings as found
from dashboard.domain.periods import Month
from dashboard.readers.formats import Format
from dashboard.readers.grid import Cell, Otherwise
from dashboard.readers.seen import as_printed
from tests.making import Form, Made, average_rate, collection, collection_history
from tests.readers.noticing import accepted, codes, figure_in, noticed
from tests.readers.test_findings import rewritten
from tests.writing import Cell as Written
from tests.writing import Rows, saved

JANUARY, DECEMBER = Month(2025, 1), Month(2024, 12)
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
COLUMNS = (("D", "55.2"), ("G", "25.0"))
FLOAT = '<table:table-cell office:value-type="float" office:value="{}"><text:p>{}</text:p></table:table-cell>'


def without_total(code: str, unit: str, value: int) -> Made:
    def touch(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.delete_rows(6)
        sheet["J6"].value, sheet["J6"].number_format = value, code

    return collection(JANUARY, form=Form(unit=unit, touch=touch))


# --- number formats


@pytest.mark.parametrize(
    ("code", "value", "seen"),
    [
        ("#,##0,", 1_150_983, "1,151"),
        ("#,##0.0,,", 1_150_983, "1.2"),
        ('#,##0"千"', 9, "9千"),
        ('#,##0;-#,##0;"…"', 0, "…"),
        (";;;", 12, ""),
        ('"約"0', 5, "約5"),
        ('"1"000', 225, "1225"),
        ('[>=1000]#,##0,"K";#,##0', 9_000, "9K"),
        ('_-"NT$"* #,##0_-', 5, "NT$5"),
        ("[$NT$-404]#,##0", 1_200, "NT$1,200"),
        ('General"千"', 9, "9千"),
        ('[DBNum1]0"千"', 9, "9千"),
        ('0;-0;"…"??', 0, "…"),
    ],
)
def test_a_format_that_shows_more_or_less_than_the_number_is_seen(code: str, value: int, seen: str) -> None:
    assert Format(code).shows(value) == seen


@pytest.mark.parametrize(
    "code",
    [
        "0",
        "#,##0",
        "#,##0.00",
        "_-* #,##0_-",
        "#,##0_);(#,##0)",
        "[Red]0",
        "0.00E+00",
        "0%",
        "[>=1000]#,##0;0",
        "# ?/?",
    ],
)
def test_a_format_that_groups_rounds_or_colours_shows_the_number(code: str) -> None:
    assert Format(code).shows(1_150_983) is None


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("#,##0,", 9_000, "顯示「9」，儲存 9,000"),
        ('#,##0"千"', 9, "顯示「9千」，儲存 9"),
        ('#,##0;-#,##0;"…"', 0, "顯示「…」，儲存 0"),
        (";;;", 9_000, "顯示「空白」，儲存 9,000"),
    ],
)
def test_a_figure_shown_otherwise_than_it_is_stored_is_refused_with_both(code: str, value: int, said: str) -> None:
    made = without_total(code, "元", value)
    noticed(made, found.NUMBER_SHOWN_OTHERWISE, "J6", said)
    assert "column_missing" not in codes(made)


def test_both_readings_are_spelled_out_in_twd() -> None:
    made = without_total("#,##0,", "千元", 9_000)
    noted = noticed(made, found.NUMBER_SHOWN_OTHERWISE, "J6", "顯示「9」，儲存 9,000")
    assert noted.expected == "照顯示為 9,000 元，照儲存為 9,000,000 元"


@pytest.mark.parametrize("code", ['#,##0"元"', '#,##0" 元"', '"NT$"#,##0', '_-"$"* #,##0_-', '0;-0;"-"', "0;-0;"])
def test_a_unit_a_currency_and_a_dash_for_zero_say_nothing_new(code: str) -> None:
    for value in (0, 9_000):
        assert figure_in(accepted(without_total(code, "元", value)), "spouse_fined_twd") == value


def test_a_unit_in_the_format_must_be_that_of_the_table() -> None:
    assert figure_in(accepted(without_total('0"千元"', "千元", 9)), "spouse_fined_twd") == 9_000
    noticed(without_total('0"千元"', "元", 9), found.UNIT_UNCLEAR, "J6", "顯示「9千元」，儲存 9")
    noticed(without_total('0"人"', "元", 9), found.UNIT_UNCLEAR, "J6", "顯示「9人」，儲存 9")


def test_a_percent_counts_as_it_is_stored() -> None:
    def touch(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["D7"].number_format = '0.00"%"'

    assert codes(average_rate(2024, form=Form(touch=touch))) == []


def in_ods(value: object, text: str) -> Made:
    made = collection(JANUARY, form=Form("ods", total=False, edit={"B6": 41}))
    return rewritten(made, "content.xml", FLOAT.format(41, 41), FLOAT.format(value, text))


@pytest.mark.parametrize(("value", "text"), [(41_000, "41"), (41, "41千"), (0, "…"), (41, "約41")])
def test_an_ods_cell_that_shows_something_else_is_refused(value: int, text: str) -> None:
    noticed(in_ods(value, text), found.NUMBER_SHOWN_OTHERWISE, "B6", f"顯示「{text}」，儲存 {value:,}")


@pytest.mark.parametrize("text", ["1,041", "1041", "1041.00", "1 041", "1.041", "1,041人", "###", "1.04E+03", ""])
def test_an_ods_cell_that_shows_its_number_in_any_way_is_that_number(text: str) -> None:
    assert figure_in(accepted(in_ods(1041, text)), "dunned_persons") == 1041


@pytest.mark.parametrize(
    ("cell", "text", "seen"),
    [
        (12, "12", 12),
        (Decimal("55.169"), "55.17", Decimal("55.169")),
        (Decimal("55.169"), "55.1", Otherwise(Decimal("55.169"), "55.1")),
        (9_000, "9", Otherwise(9_000, "9")),
        (None, "9", None),
    ],
)
def test_a_number_is_what_is_printed_where_it_rounds_to_that(cell: Cell, text: str, seen: Cell) -> None:
    assert as_printed(cell, text) == seen


# --- units within a cell


def test_a_figure_may_carry_the_unit_of_its_column() -> None:
    reading = accepted(collection(JANUARY, form=Form(edit={"B6": "1,040 人", "J6": "1,200元"}, total=False)))
    assert figure_in(reading, "dunned_persons") == 1_040
    assert figure_in(reading, "spouse_fined_twd") == 1_200


@pytest.mark.parametrize(("cell", "text"), [("B7", "40元"), ("B7", "40件場"), ("C7", "80人"), ("C7", "80千元")])
def test_a_figure_in_another_unit_is_refused(cell: str, text: str) -> None:
    assert {"unit_unclear", "number_unreadable"} & set(codes(collection(JANUARY, form=Form(edit={cell: text}))))


# --- letters


def struck(*runs: tuple[str, str]) -> CellRichText:
    looks = {"~": InlineFont(strike=True), "^": InlineFont(vertAlign="superscript"), "": InlineFont()}
    return CellRichText(*(TextBlock(looks[look], text) for text, look in runs))


@pytest.mark.parametrize(
    ("cell", "runs", "text"),
    [
        ("B2", (("114年1", ""), ("0", "~"), ("月", "")), "114年10月"),
        ("D2", (("114年1月3", ""), ("1", "^"), ("日", "")), "114年1月31日"),
        ("F2", (("人、件、", ""), ("千", "~"), ("元", "")), "人、件、千元"),
        ("B5", (("人", ""), ("次", "~"), ("數", "")), "人次數"),
        ("A7", (("新竹縣", "~"), ("新北市", "")), "新竹縣新北市"),
        ("A7", (("新北市", "~"),), "新北市"),
    ],
)
def test_letters_struck_or_raised_where_something_is_named_are_refused(
    cell: str, runs: tuple[tuple[str, str], ...], text: str
) -> None:
    def touch(book: openpyxl.Workbook) -> None:
        book.worksheets[0][cell].value = struck(*runs)

    noticed(collection(JANUARY, form=Form(touch=touch)), found.LETTERS_UNCLEAR, cell, text)


@pytest.mark.parametrize("look", ['text-line-through-style="solid"', 'text-line-through-type="single"'])
def test_a_struck_period_of_an_ods_file_is_refused(look: str) -> None:
    style = (
        f'<style:style style:name="T1" style:family="text" xmlns:style="{STYLE}">'
        f"<style:text-properties style:{look}/></style:style>"
    )
    made = collection(JANUARY, form=Form("ods", edit={"B2": "114年10月"}))
    styled = rewritten(
        made, "content.xml", "<office:automatic-styles/>", f"<office:automatic-styles>{style}</office:automatic-styles>"
    )
    patched = rewritten(
        styled, "content.xml", "114年10月</text:p>", '114年1<text:span text:style-name="T1">0</text:span>月</text:p>'
    )
    noticed(patched, found.LETTERS_UNCLEAR, "B2", "114年10月")


@pytest.mark.parametrize("text", ["114年1²月", "114年1₁月", "114年1①月"])
def test_a_raised_digit_is_no_digit_of_a_period(text: str) -> None:
    noticed(collection(JANUARY, form=Form(edit={"B2": text})), found.LETTERS_UNCLEAR, "B2", text)


def test_a_raised_digit_in_a_key_column_is_refused_once_for_all_rows() -> None:
    made = collection_history([JANUARY])
    raised = Made(made.content.decode("utf-8-sig").replace("\n11401,", "\n114/1¹,").encode(), made.file_name)
    assert noticed(raised, found.LETTERS_UNCLEAR, "A2", "114/1¹", sheet="").expected.endswith("共 22 格")


def test_a_raised_number_in_a_title_is_asked_about_and_one_in_a_note_is_not() -> None:
    def touch(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["A1"].value = struck(("國民年金保險欠費催繳作業收繳概況表", ""), ("甲", "^"))
        sheet["A30"].value = struck(("註", ""), ("1", "^"), ("：資料由各縣市提供。", ""))
        sheet["A30"].font = Font(bold=True)
        sheet["A31"].value, sheet["B31"].value = "¹", "資料由各縣市提供。"

    made = collection(JANUARY, form=Form(touch=touch))
    assert set(codes(made)) == {"title_unclear"}
    accepted(made)


# --- percents


@pytest.mark.parametrize(("printed", "is_noted"), [(55.2, False), (55.1, True), ("55.2%", False), ("55.3%", True)])
def test_a_percent_is_compared_as_exactly_as_its_column_is_printed(printed: Written, is_noted: bool) -> None:
    figures = {"received_twd": 110_340}  # 55.17 %
    column: dict[str, Written] = {f"{letter}{row}": text for letter, text in COLUMNS for row in range(6, 29)}
    made = average_rate(2024, figures, Form(edit={**column, "D7": printed}))
    assert ("percent_differs" in codes(made)) is is_noted


def test_one_decimal_among_two_is_a_lost_zero() -> None:
    made = average_rate(2024, {"received_twd": 110_340}, Form(edit={"D7": 55.2}))
    noticed(made, found.PERCENT_DIFFERS, "D7", "55.2")


# --- hidden rows


def filtered(*hidden: str) -> Made:
    """A long file of two months, of which the rows with one of these words in them are hidden."""
    lines = [
        line.split(",") for line in collection_history([DECEMBER, JANUARY]).content.decode("utf-8-sig").splitlines()
    ]
    rows: Rows = [list(line) for line in lines]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "資料"
    for number, row in enumerate(rows, 1):
        sheet.append(row)
        sheet.row_dimensions[number].hidden = any(word in row[:2] for word in hidden)
    return Made(saved(book), "歷史資料.xlsx")


def test_a_month_filtered_away_is_asked_about() -> None:
    made = filtered("11312")
    noticed(made, found.HIDDEN_PERIOD, "", "113年12月，截至 113年12月31日", sheet="資料")
    assert len(accepted(made).figures)


def test_counties_filtered_away_within_a_month_are_read_and_noted() -> None:
    made = filtered("臺北市", "連江縣")
    assert [code for code in codes(made) if code.startswith("hidden")] == ["hidden_content"]
    accepted(made)


# --- told once


@pytest.mark.parametrize("word", ["無", None])
def test_the_same_word_in_a_whole_column_is_told_once(word: str | None) -> None:
    made = collection(JANUARY, form=Form(total=False, edit={f"J{row}": word for row in range(6, 28)}))
    said = noticed(made, found.NUMBER_UNREADABLE, "J6", word or "（空白）").expected
    assert said.endswith("共 22 格")
    assert codes(made).count("number_unreadable") == 1


def test_slips_here_and_there_are_told_one_by_one() -> None:
    made = collection(JANUARY, form=Form(total=False, edit={"J6": "無", "B9": "無", "C12": "四十"}))
    assert codes(made).count("number_unreadable") == 3
