"""Tables as files: figures stay figures, codes and texts stay texts, and a sheet of its own says what they mean."""

import csv
import dataclasses
import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

import odf.opendocument
import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from odf import config as odf_config
from odf import table as odf_table
from odf import text as odf_text
from odf.element import Element
from odf.namespaces import OFFICENS, TABLENS

from dashboard import exhibits
from dashboard.charts.picture import Drawing
from dashboard.domain.counties import county_coded
from dashboard.domain.kinds import Basis, Format, Kind, Population
from dashboard.domain.periods import BillingPeriod, FullYear
from dashboard.domain.settings import HOUSE
from dashboard.exhibits import Chart, Column, Exhibit, Source, Table
from dashboard.exports import file_name, media_type, table_file
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Warehouse

SHEETS = (Format.XLSX, Format.ODS)
BADGE = "模擬資料，不是實際統計數字"

# --- a small exhibit

COLUMNS = (
    Column("rank", "名次", decimals=0, missing="－"),
    Column("county", "縣市"),
    Column("rate", "收繳率", "%", 2, whole="payable", over="114年1-2月", mark="is_small"),
    Column("payable", "應繳人數", "人", 0, over="114年1-2月"),
    Column("change", "較前一年", "個百分點", 2, is_signed=True),
    Column("reason", "說明"),
)
ROWS = (
    ("", None, "全國", 46.19, 1_234_567, -0.4, False, "合計"),
    ("63000", 1, "臺北市", 52.5, 345_678, 0.003, False, "正成長"),
    ("10018", 2, "新竹市", 40.0, 9, 0.0, True, "分母較少"),
    ("10016", None, "澎湖縣", None, 12, None, False, "尚未列報"),
    ("09007", None, "連江縣", None, 0, None, False, "--"),
)
NUMBERS = {"rank": "Int64", "rate": "Float64", "payable": "Int64", "change": "Float64"}


def table(rows: tuple[tuple[Any, ...], ...] = ROWS, columns: tuple[Column, ...] = COLUMNS) -> Table:
    keys = ["county_code", "rank", "county", "rate", "payable", "change", "is_small", "reason"]
    return Table(
        "114年1-2月收繳率，資料截止 114年3月31日", pd.DataFrame(rows, columns=keys).astype(NUMBERS), columns, "county"
    )


def source(*, is_simulated: bool = True) -> Source:
    days = date(2025, 3, 31), "保險費收繳率_11403.xlsx", date(2025, 4, 10), date(2025, 4, 12)
    return Source(Kind.PAYMENT_RATE, "", *days, submission_id=7, is_simulated=is_simulated)


def exhibit(shown: Table | None = None, *, is_simulated: bool = True, **more: Any) -> Exhibit:
    values: dict[str, Any] = {
        "key": "county_map",
        "title": "114年1-2月收繳率：臺北市最高 52.50 %",
        "finding": "全國 46.19 %。",
        "chart": None,
        "table": shown or table(),
        "unit": "%",
        "basis": "按人數",
        "as_of": date(2025, 3, 31),
        "sources": (source(is_simulated=is_simulated),),
        "notes": ("收繳率＝已繳人數 ÷ 應繳人數 × 100。", "越近的期別比率越低，不宜比較：期別＝繳費期間。"),
        "selection": "臺北市第 1 名。",
        "rule_version": "規則：督導規定（版本 1a2b3c4d）",
        "assumptions": ("假設：少於 30 人為分母較少（115年11月22日起採用）",),
    }
    return Exhibit(**values | more)


def saying(text: str) -> Exhibit:
    """An exhibit that says a text in a cell, a heading, and everywhere on the sheet of explanations."""
    columns = (*COLUMNS[:-1], Column("reason", text, over=text))
    rows = (("63000", 1, "臺北市", 52.5, 345_678, 0.003, False, text),)
    said: dict[str, Any] = {"title": text, "finding": text, "notes": (text,), "assumptions": (text,), "selection": text}
    return exhibit(table(rows, columns), **said)


# --- reading files back


class Read(NamedTuple):
    """A cell as it was read: its kind (number, text, formula, nothing) and its value."""

    kind: str
    value: float | str | None


def read_xlsx(content: bytes) -> dict[str, list[list[Read]]]:
    kinds = {"n": "number", "s": "text", "f": "formula"}
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [
            [Read(kinds[cell.data_type] if cell.value is not None else "nothing", cell.value) for cell in row]
            for row in sheet.iter_rows()
        ]
        for sheet in book.worksheets
    }


def read_ods(content: bytes) -> dict[str, list[list[Read]]]:
    document = odf.opendocument.load(io.BytesIO(content))
    return {
        sheet.getAttribute("name"): [
            [read_cell(cell) for cell in row.childNodes] for row in sheet.getElementsByType(odf_table.TableRow)
        ]
        for sheet in document.spreadsheet.getElementsByType(odf_table.Table)
    }


VALUES = {(OFFICENS, "value-type"), (TABLENS, "formula")}


def read_cell(cell: Element) -> Read:
    if cell.tagName != "table:table-cell" or not cell.attributes.keys() & VALUES:
        return Read("nothing", None)
    if cell.getAttribute("formula"):
        return Read("formula", cell.getAttribute("formula"))
    if cell.getAttribute("valuetype") == "float":
        return Read("number", float(cell.getAttribute("value")))
    assert cell.getAttribute("valuetype") == "string"
    text = "\n".join("".join(written(node) for node in line.childNodes) for line in cell.getElementsByType(odf_text.P))
    return Read("text", text)


def written(node: Element) -> str:
    if node.nodeType == node.TEXT_NODE:
        return str(node)
    return "\t" if node.tagName == "text:tab" else " " * int(node.getAttribute("c") or 1)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read(content: bytes, format: Format) -> dict[str, list[list[Read]]]:  # noqa: A002 - the word for it
    return (read_xlsx if format is Format.XLSX else read_ods)(content)


def data_rows(content: bytes, format: Format, count: int) -> list[list[Read]]:  # noqa: A002 - the word for it
    """The rows below the header of the first sheet."""
    rows = read(content, format)["資料"]
    return rows[len(rows) - count :]


def explanations(content: bytes, format: Format) -> list[tuple[str, str]]:  # noqa: A002 - the word for it
    rows = read(content, format)["說明"]
    start = next(nth for nth, row in enumerate(rows) if row[0].value == "項目") + 1
    return [(str(label.value), str(said.value)) for label, said in rows[start:]]


# --- CSV


def test_a_csv_is_one_clean_rectangle_that_says_its_encoding_date_and_nature() -> None:
    content = table_file(exhibit(), Format.CSV)
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content)[:3] == [
        [
            "代碼",
            "名次",
            "縣市",
            "114年1-2月：收繳率（%）",
            "114年1-2月：應繳人數（人）",
            "較前一年（個百分點）",
            "說明",
            "註記",
            "資料性質",
            "資料截止日",
        ],
        ["", "－", "全國", "46.19", "1234567", "-0.40", "合計", "", "模擬資料", "114年3月31日"],
        ["63000", "1", "臺北市", "52.50", "345678", "0.003", "正成長", "", "模擬資料", "114年3月31日"],
    ]
    assert len({len(row) for row in read_csv(content)}) == 1


def test_other_cut_off_dates_stand_beside_the_first() -> None:
    visits = dataclasses.replace(source(), kind=Kind.VISITS, as_of=date(2024, 12, 31))
    rows = read_csv(table_file(exhibit(sources=(source(), visits)), Format.CSV))
    assert rows[1][-1] == "114年3月31日（服務員訪視成效 113年12月31日）"


def test_figures_that_are_not_simulated_bear_no_mark_in_any_file() -> None:
    shown = exhibit(is_simulated=False)
    assert "資料性質" not in read_csv(table_file(shown, Format.CSV))[0]
    for format_ in SHEETS:
        cells = [c.value for rows in read(table_file(shown, format_), format_).values() for row in rows for c in row]
        assert not [value for value in cells if "模擬" in str(value)]


# --- cells


@pytest.mark.parametrize("format_", SHEETS)
def test_codes_are_text_with_their_leading_zero_and_the_nation_has_none(format_: Format) -> None:
    rows = data_rows(table_file(exhibit(), format_), format_, 5)
    codes = ["63000", "10018", "10016", "09007"]
    assert [row[0] for row in rows] == [Read("nothing", None), *(Read("text", code) for code in codes)]


@pytest.mark.parametrize("format_", SHEETS)
def test_what_is_missing_is_the_official_mark_as_text_never_zero_or_nothing(format_: Format) -> None:
    rows = data_rows(table_file(exhibit(), format_), format_, 5)
    assert rows[3][1:6] == [
        Read("text", "－"), Read("text", "澎湖縣"), Read("text", "…"), Read("number", 12), Read("text", "…"),
    ]  # fmt: skip
    assert rows[4][3:5] == [Read("text", "--"), Read("number", 0)]
    csv_rows = read_csv(table_file(exhibit(), Format.CSV))
    assert [row[3] for row in csv_rows[4:]] == ["…", "--"]


@pytest.mark.parametrize("format_", SHEETS)
def test_a_figure_on_a_small_denominator_stays_a_number_and_its_mark_stands_beside(format_: Format) -> None:
    rows = data_rows(table_file(exhibit(), format_), format_, 5)
    assert rows[2][3] == Read("number", 40.0)
    assert [row[-1].value for row in rows] == [None, None, "＊收繳率", None, None]


@pytest.mark.parametrize("format_", SHEETS)
def test_no_column_of_remarks_stands_where_no_figure_is_small(format_: Format) -> None:
    shown = exhibit(table(ROWS[:2]))
    assert "註記" not in [cell.value for row in read(table_file(shown, format_), format_)["資料"] for cell in row]


@pytest.mark.parametrize("format_", SHEETS)
def test_figures_of_the_table_alone_have_no_column_of_codes(format_: Format) -> None:
    rows = tuple(("", *row[1:]) for row in ROWS)
    content = table_file(exhibit(table(rows)), format_)
    assert "代碼" not in [cell.value for row in read(content, format_)["資料"] for cell in row]


def test_number_formats_are_those_of_the_columns_and_no_percentage_is_multiplied() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_file(exhibit(), Format.XLSX)))["資料"]
    formats = [[cell.number_format for cell in row[3:6]] for row in sheet.iter_rows(min_row=6)]
    assert formats[0] == ["#,##0.00", "#,##0", "+#,##0.00;-#,##0.00;0.00"]
    assert formats[1][2] == "+#,##0.000;-#,##0.000;0.000", "growth that rounds to zero still shows"
    assert sheet["D6"].value == 46.19


def test_an_ods_shows_figures_as_the_page_prints_them() -> None:
    content = table_file(exhibit(), Format.ODS)
    sheet = odf.opendocument.load(io.BytesIO(content)).spreadsheet.getElementsByType(odf_table.Table)[0]
    row = sheet.getElementsByType(odf_table.TableRow)[6]
    shown = [str(cell) for cell in row.getElementsByType(odf_table.TableCell)]
    assert shown == ["63000", "1", "臺北市", "52.50", "345,678", "+0.003", "正成長", ""]
    styles = zipfile.ZipFile(io.BytesIO(content)).read("styles.xml").decode()
    for part in re.findall(r'apply-style-name="(\w+)"', styles):
        assert f'style:name="{part}"' in styles, "a format that growth and loss need is lost"
    assert "value()&gt;0" in styles or "value()>0" in styles


# --- the figures of real exhibits


def rule() -> Any:
    return load_rule("adopted")


def payment(db: Warehouse) -> Exhibit:
    period = BillingPeriod.from_iso("2016-03/2016-04")
    return exhibits.payment_rate_map(db, period, date(2026, 5, 31), Population.INDIGENOUS, Basis.PERSONS)


def average(db: Warehouse) -> Exhibit:
    return exhibits.average_rate_map(db, FullYear(2025), Population.INDIGENOUS)


def ranking(db: Warehouse) -> Exhibit:
    return exhibits.group_ranking(db, FullYear(2025), rule(), county_coded("09007"))


def reports(db: Warehouse) -> Exhibit:
    return exhibits.review_reports(db, FullYear(2025), rule())


REAL = (payment, average, ranking, reports)


def expected(shown: Table, row: Mapping[str, Any], column: Column) -> float | str:
    if column.is_number and not pd.isna(row[column.key]):
        return float(row[column.key])
    return column.text(row)


@pytest.mark.parametrize("ask", REAL)
@pytest.mark.parametrize("format_", SHEETS)
def test_every_figure_of_a_real_table_is_in_the_file(
    demo: Warehouse, ask: Callable[[Warehouse], Exhibit], format_: Format
) -> None:
    shown = ask(demo)
    sheets = read(table_file(shown, format_), format_)
    tables = {"資料": shown.table, "計算過程": shown.workings, "原始數字": shown.behind}
    for name, each in tables.items():
        if each is None:
            assert name not in sheets
            continue
        count = len(each.columns)
        rows = sheets[name][-len(each.frame) :]
        for cells, row in zip(rows, each.rows(), strict=True):
            assert (cells[0].value or "") == row["county_code"]
            values = [cell.value if cell.value is not None else "" for cell in cells[1 : count + 1]]
            assert values == [expected(each, row, column) for column in each.columns]
            kinds = [cell.kind == "number" for cell in cells[1 : count + 1]]
            assert kinds == [c.is_number and not pd.isna(row[c.key]) for c in each.columns]


@pytest.mark.parametrize("ask", REAL)
def test_every_figure_of_a_real_table_is_in_the_csv(demo: Warehouse, ask: Callable[[Warehouse], Exhibit]) -> None:
    shown = ask(demo)
    header, *rows = read_csv(table_file(shown, Format.CSV))
    assert len(set(header)) == len(header)
    for cells, row in zip(rows, shown.table.rows(), strict=True):
        assert cells[0] == row["county_code"]
        for cell, column in zip(cells[1:], shown.table.columns, strict=False):
            wanted = expected(shown.table, row, column)
            assert (float(cell) if isinstance(wanted, float) else cell) == wanted


# --- text that would act

ACTING = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\tx", "\r=1", "\rx", "\n=1", "＝1", "＋1", "－1", "＠x",
    " =1", "\u3000＝1", "\ufeff=1", "\u200b=1", "﹢1", "--=1", "-x", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0",
)  # fmt: skip


@pytest.mark.parametrize("text", ACTING)
def test_a_text_that_would_act_stands_behind_an_apostrophe_in_a_csv(text: str) -> None:
    header, row = read_csv(table_file(saying(text), Format.CSV))
    seen = text.replace("\r", "\n")
    assert row[6] == f"'{seen}"
    assert header[6].startswith("'")


@pytest.mark.parametrize("text", ACTING)
@pytest.mark.parametrize("format_", SHEETS)
def test_a_text_that_would_act_is_a_text_in_a_spreadsheet(text: str, format_: Format) -> None:
    content = table_file(saying(text), format_, ((text, text),))
    kinds = {cell.kind for rows in read(content, format_).values() for row in rows for cell in row}
    assert "formula" not in kinds
    assert data_rows(content, format_, 1)[0][6].kind == "text"


@pytest.mark.parametrize("text", ACTING)
def test_excel_is_told_to_keep_such_a_text_when_its_cell_is_edited(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_file(saying(text), Format.XLSX)))["資料"]
    assert sheet["G6"].quotePrefix
    assert not sheet["C6"].quotePrefix
    assert sheet["G6"].number_format == "@"


@pytest.mark.parametrize("mark", ["-", "--", "－", "…"])
def test_the_official_marks_are_no_formulas_and_stay_as_they_are(mark: str) -> None:
    assert read_csv(table_file(saying(mark), Format.CSV))[1][6] == mark
    sheet = openpyxl.load_workbook(io.BytesIO(table_file(saying(mark), Format.XLSX)))["資料"]
    assert (sheet["G6"].value, bool(sheet["G6"].quotePrefix)) == (mark, False)


def test_figures_below_zero_are_figures_in_a_csv() -> None:
    assert read_csv(table_file(exhibit(), Format.CSV))[1][5] == "-0.40"


@pytest.mark.parametrize("format_", list(Format))
def test_what_no_xml_may_contain_is_seen_to_be_gone(format_: Format) -> None:
    content = table_file(saying("甲\x00乙\x0b丙\x1f丁\x7f戊\uffff己"), format_)
    if format_ is Format.CSV:
        assert read_csv(content)[1][6] == "甲□乙□丙□丁□戊□己"
    else:
        assert data_rows(content, format_, 1)[0][6] == Read("text", "甲□乙□丙□丁□戊□己")


@pytest.mark.parametrize("format_", SHEETS)
def test_half_a_letter_stops_no_file(format_: Format) -> None:
    content = table_file(exhibit(title="甲\ud800乙"), format_, (("選項", "\udfff"),))
    said = dict(explanations(content, format_))
    assert (said["標題"], said["篩選條件"]) == ("甲□乙", "選項：□")


texts = st.builds(
    "{}{}".format,
    st.sampled_from(["", "=", "+", "-", "@", "＝", "\t", "\r", "\n", " =", "'", '"', ",", "--"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)


@given(texts)
@example("_x0041_")
@example("'")
@hypothesis_settings(max_examples=60, deadline=None)
def test_no_text_becomes_a_formula_and_every_text_comes_back(text: str) -> None:
    shown = saying(text)
    header, row = read_csv(table_file(shown, Format.CSV))
    assert len(header) == len(row)
    cell = row[6]
    seen = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "□", re.sub("\r\n?", "\n", text))
    assert cell in {seen, f"'{seen}"}
    assert cell[:1] not in {"=", "+", "@", "\t", "\n", "＝", "＋", "＠"}
    assert cell[:1] not in {"-", "－"} or set(cell) <= {"-", "－"}
    for format_ in SHEETS:
        found = [c for rows in read(table_file(shown, format_), format_).values() for row in rows for c in row]
        assert "formula" not in {c.kind for c in found}


# --- equal exhibits, equal bytes


@pytest.mark.parametrize("format_", list(Format))
def test_an_exhibit_gives_the_same_bytes_again(format_: Format) -> None:
    assert table_file(exhibit(), format_) == table_file(exhibit(), format_)


@pytest.mark.parametrize("format_", SHEETS)
def test_no_file_bears_the_time_of_its_making(format_: Format) -> None:
    content = zipfile.ZipFile(io.BytesIO(table_file(exhibit(), format_)))
    assert {entry.date_time for entry in content.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    written_years = {
        year for name in content.namelist() for year in re.findall(rb">(\d{4})-\d\d-\d\dT", content.read(name))
    }
    assert written_years <= {b"1980"}


def test_what_a_process_has_read_before_does_not_change_its_files() -> None:
    before = table_file(exhibit(), Format.ODS)
    foreign = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(foreign, "w") as new:
        for entry in old.infolist():
            added = old.read(entry).replace(b"<office:spreadsheet", b'<x:y xmlns:x="urn:foreign"/><office:spreadsheet')
            new.writestr(entry, added)
    odf.opendocument.load(foreign)
    assert table_file(exhibit(), Format.ODS) == before


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from tests.test_exports import SHEETS, exhibit, table_file;"
        "print([hashlib.sha256(table_file(exhibit(), format_)).hexdigest() for format_ in SHEETS])"
    )
    here = [hashlib.sha256(table_file(exhibit(), format_)).hexdigest() for format_ in SHEETS]
    elsewhere = {**os.environ, "PYTHONHASHSEED": "2", "TZ": "Pacific/Apia"}
    assert printed_by(program, env=elsewhere) == str(here)


def printed_by(program: str, env: Mapping[str, str] | None = None) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=env, cwd=HOUSE, capture_output=True, text=True, check=True)
    return done.stdout.strip()


# --- the sheets


def test_the_first_line_of_every_sheet_says_that_figures_are_simulated() -> None:
    shown = exhibit(workings=table(), behind=table())
    for format_ in SHEETS:
        sheets = read(table_file(shown, format_), format_)
        assert list(sheets) == ["資料", "說明", "計算過程", "原始數字"]
        assert {rows[0][0].value for rows in sheets.values()} == {BADGE}


@pytest.mark.parametrize("format_", SHEETS)
def test_the_second_sheet_says_what_the_figures_mean(format_: Format) -> None:
    said = explanations(table_file(exhibit(), format_, (("對象", "原住民"), ("計算基礎", "按人數"))), format_)
    assert said == [
        ("標題", "114年1-2月收繳率：臺北市最高 52.50 %"),
        ("重點", "全國 46.19 %。"),
        ("選取縣市", "臺北市第 1 名。"),
        ("表格", "114年1-2月收繳率，資料截止 114年3月31日"),
        ("單位", "%"),
        ("計算基礎", "按人數"),
        ("資料截止日", "114年3月31日"),
        ("資料性質", BADGE),
        ("規則", "督導規定（版本 1a2b3c4d）"),
        ("篩選條件", "對象：原住民"),
        ("篩選條件", "計算基礎：按人數"),
        ("定義", "收繳率＝已繳人數 ÷ 應繳人數 × 100。"),
        ("附註", "越近的期別比率越低，不宜比較：期別＝繳費期間。"),
        ("假設", "少於 30 人為分母較少（115年11月22日起採用）"),
        ("資料來源", source().sentence),
        ("符號", "「…」：資料尚未產生，不作零計"),
        ("符號", "「--」：分母為零，無意義，不作零計"),
        ("符號", "「－」：不適用或不列名次"),
    ]


def test_the_corrected_report_is_quoted_with_its_reason() -> None:
    corrected = dataclasses.replace(source(), is_correction=True, correction_reason="花蓮縣誤植")
    said = dict(explanations(table_file(exhibit(sources=(corrected,)), Format.XLSX), Format.XLSX))
    assert said["資料來源"].endswith("更正原因：花蓮縣誤植")


def test_a_header_of_two_levels_is_merged_in_xlsx() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_file(exhibit(), Format.XLSX)))["資料"]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    above = {"A1:H1", "A2:H2", "A3:H3"}
    assert merged == above | {"D4:E4", "A4:A5", "B4:B5", "C4:C5", "F4:F5", "G4:G5", "H4:H5"}
    assert (sheet["D4"].value, sheet["D5"].value, sheet["E5"].value) == ("114年1-2月", "收繳率（%）", "應繳人數（人）")
    assert sheet["D4"].font.b
    assert sheet["D5"].font.b


def test_a_header_of_two_levels_is_merged_in_ods() -> None:
    document = odf.opendocument.load(io.BytesIO(table_file(exhibit(), Format.ODS)))
    sheet = document.spreadsheet.getElementsByType(odf_table.Table)[0]
    (head,) = sheet.getElementsByType(odf_table.TableHeaderRows)
    upper, lower = head.childNodes[3:]
    spans = [
        (str(cell), cell.getAttribute("numbercolumnsspanned"), cell.getAttribute("numberrowsspanned"))
        for cell in upper.getElementsByType(odf_table.TableCell)
    ]
    assert spans[2:5] == [("縣市", "1", "2"), ("114年1-2月", "2", "1"), ("較前一年（個百分點）", "1", "2")]
    assert [str(cell) for cell in lower.getElementsByType(odf_table.TableCell)] == ["收繳率（%）", "應繳人數（人）"]
    assert len(upper.childNodes) == len(lower.childNodes) == 8


def test_header_and_county_stay_in_sight_and_return_on_every_printed_page() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_file(exhibit(), Format.XLSX)))["資料"]
    assert sheet.freeze_panes == "D6"
    assert sheet.print_title_rows == "$1:$5"
    content = table_file(exhibit(), Format.ODS)
    settings = zipfile.ZipFile(io.BytesIO(content)).read("settings.xml").decode()
    assert 'xmlns:ooo="http://openoffice.org/2004/office"' in settings, "without it programs pass over the name below"
    assert 'config:name="ooo:view-settings"' in settings
    document = odf.opendocument.load(io.BytesIO(content))
    items = document.settings.getElementsByType(odf_config.ConfigItem)
    first = {item.getAttribute("name"): str(item) for item in reversed(items)}
    assert (first["HorizontalSplitPosition"], first["VerticalSplitPosition"]) == ("3", "5")


def test_every_cell_is_in_a_chinese_font() -> None:
    content = table_file(exhibit(), Format.XLSX)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {c.font.name for sheet in book for row in sheet.iter_rows() for c in row} == {"微軟正黑體"}
    styles = zipfile.ZipFile(io.BytesIO(table_file(exhibit(), Format.ODS))).read("styles.xml").decode()
    assert 'svg:font-family="微軟正黑體"' in styles
    assert 'style:font-name-asian="微軟正黑體"' in styles


def test_a_column_has_room_for_its_chinese_letters() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_file(exhibit(), Format.XLSX)))["資料"]
    assert sheet.column_dimensions["E"].width >= 2 * len("應繳人數（人）")
    assert sheet.column_dimensions["B"].width < sheet.column_dimensions["E"].width


def test_a_long_text_wraps_in_a_row_that_is_high_enough() -> None:
    shown = saying("列名末 2 名，且平均繳費率較前一年基準為負成長，應提送檢討報告。" * 4)
    sheet = openpyxl.load_workbook(io.BytesIO(table_file(shown, Format.XLSX)))["資料"]
    assert sheet.column_dimensions["G"].width < 50
    assert sheet["G6"].alignment.wrap_text
    assert sheet.row_dimensions[6].height > 5 * 16


@pytest.mark.parametrize("format_", list(Format))
def test_a_table_without_rows_is_its_header(format_: Format) -> None:
    content = table_file(exhibit(table(())), format_)
    if format_ is Format.CSV:
        assert [row[:3] for row in read_csv(content)] == [["代碼", "名次", "縣市"]]
    else:
        assert len(read(content, format_)["資料"]) == 5


# --- names


def test_a_file_is_named_by_what_it_shows() -> None:
    assert file_name(exhibit(), Format.ODS) == "114年1-2月收繳率，資料截止_114年3月31日.ods"
    chart = Chart(Drawing([], {}, {}, "113年收繳率_截至114年3月31日_臺北市"), "")
    assert file_name(exhibit(chart=chart), Format.CSV) == "113年收繳率_截至114年3月31日_臺北市.csv"


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ('..\\甲/乙:丙*丁?"戊<己>庚|辛\r\nx: y\x00', "甲_乙_丙_丁_戊_己_庚_辛_x_y.csv"),
        ("長" * 200, f"{'長' * 80}.csv"),
        ("???", "county_map.csv"),
    ],
)
def test_a_file_name_holds_nothing_a_file_system_refuses(caption: str, name: str) -> None:
    assert file_name(exhibit(dataclasses.replace(table(), caption=caption)), Format.CSV) == name
    assert len(name.encode()) <= 255


def test_media_types_are_the_registered_ones() -> None:
    assert {format_: media_type(format_) for format_ in Format} == {
        Format.CSV: "text/csv; charset=utf-8",
        Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
        Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }


def test_a_start_does_not_pay_for_the_writers_of_spreadsheets() -> None:
    writers = ["xlsxwriter", "dashboard.exports.excel", "dashboard.exports.opendocument"]
    assert printed_by(f"import sys, dashboard.exports; print([n for n in {writers} if n in sys.modules])") == "[]"


# --- Chinese


@cache
def chinese_fonts() -> Mapping[str, frozenset[int]]:
    """The installed fonts for Traditional Chinese, with the letters each can draw."""
    listed = subprocess.run(
        ["fc-list", "--format=%{family[0]}\t%{charset}\n", ":lang=zh-tw"], capture_output=True, text=True, check=True
    ).stdout
    fonts: dict[str, frozenset[int]] = {}
    for line in listed.splitlines():
        family, _, charset = line.partition("\t")
        fonts[family] = frozenset(code for span in charset.split() for code in span_of(span))
    assert fonts, "no font for Traditional Chinese is installed"
    return MappingProxyType(fonts)


def span_of(span: str) -> Iterator[int]:
    first, _, last = span.partition("-")
    yield from range(int(first, 16), int(last or first, 16) + 1)


def without_glyph(text: str) -> set[str]:
    """The letters of a text that the best of the installed Chinese fonts cannot draw."""
    missing = [{letter for letter in text if ord(letter) not in drawn} for drawn in chinese_fonts().values()]
    return min(missing, key=len) - {"\n", "\t"}


def text_of(content: bytes, format_: Format) -> str:
    if format_ is Format.CSV:
        return "".join(cell for row in read_csv(content) for cell in row)
    return "".join(str(c.value) for rows in read(content, format_).values() for row in rows for c in row)


@pytest.mark.parametrize("ask", REAL)
@pytest.mark.parametrize("format_", list(Format))
def test_a_chinese_font_draws_every_letter_of_a_file(
    demo: Warehouse, ask: Callable[[Warehouse], Exhibit], format_: Format
) -> None:
    text = text_of(table_file(ask(demo), format_, (("縣市", "臺東縣"),)), format_)
    assert "縣" in text
    assert without_glyph(text) == set()


@pytest.mark.parametrize("format_", list(Format))
def test_a_letter_without_a_glyph_would_be_found(format_: Format) -> None:
    assert without_glyph(text_of(table_file(saying("縣\ue000"), format_), format_)) == {"\ue000"}


@pytest.mark.parametrize("format_", list(Format))
def test_rare_chinese_letters_survive(format_: Format) -> None:
    rare = "臺灣𠮷野家・峯堃喆〇㐂"
    assert rare in text_of(table_file(saying(rare), format_), format_)


def test_a_series_says_that_its_cut_off_date_is_only_the_newest(demo: Warehouse) -> None:
    history = exhibits.ranking_history(demo, load_rule("adopted"))
    heads = table_file(history, Format.CSV).decode("utf-8-sig").splitlines()[0].split(",")
    assert "最近一期資料截止日" in heads
    assert "資料截止日" not in heads
    trend = exhibits.trend(demo, "payment_rate_persons_pct", Population.ALL, None, 5, ())
    heads = table_file(trend, Format.CSV).decode("utf-8-sig").splitlines()[0].split(",")
    assert heads.count("資料截止日") == 1, "the row's own"


def test_an_average_rate_says_since_when_it_is_cumulative(demo: Warehouse) -> None:
    shown = exhibits.average_rate_map(demo, FullYear(2026), Population.ALL)
    assert shown.basis == "按金額，97年10月至115年6月累計"
    assert shown.chart
    assert "97年10月至115年6月累計" in str(shown.chart.drawing.printed["title"])
