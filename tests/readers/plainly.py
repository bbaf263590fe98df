"""The boring twin of the readers: raw XML and CSV, columns by position, no word of the reading code.

It expects well-formed reports of the five kinds, laid out as in the sample, and raises on anything else.
"""

import calendar
import csv
import io
import re
import unicodedata
import zipfile
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

Key = tuple[str, date, str, str, str]
Figures = dict[Key, int | None]
Cells = dict[tuple[int, int], str]

REFERENCE = Path(__file__).parents[2] / "data/reference/counties.csv"
ORDER = {
    "催繳": "dunned_persons dunned_twd recovered_persons recovered_twd arrears_persons arrears_twd instalment_cases"
    " spouse_fined_persons spouse_fined_twd",
    "訪視": "visitors target_visits visited_persons successful_persons repaid_persons repaid_twd outreach_sessions"
    " target_outreach_sessions",
    "原因": "- hardship_persons unwilling_persons unaware_persons other_insurance_persons untraceable_persons"
    " other_reason_persons",
    "平均": "receivable_twd received_twd - 原:receivable_twd 原:received_twd -",
}
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
EXCEL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def figures_of(content: bytes, file_name: str) -> Figures:
    if "歷史資料" in file_name:
        return _history(_decoded(content))
    kind = next(word for word in ("催繳", "訪視", "原因", "平均", "收繳率") if word in file_name)
    found: Figures = {}
    for cells in _sheets(content, file_name.rpartition(".")[2]):
        if cells:
            for key, value in _form(kind, cells):
                assert key not in found, key
                found[key] = value
    return found


# --- cells


def _sheets(content: bytes, suffix: str) -> list[Cells]:
    if suffix == "csv":
        rows = csv.reader(io.StringIO(_decoded(content), newline=""))
        return [{(r, c): text for r, row in enumerate(rows) for c, text in enumerate(row) if text.strip()}]
    archive = zipfile.ZipFile(io.BytesIO(content))
    if suffix == "ods":
        tables = ET.fromstring(archive.read("content.xml")).iter(f"{TABLE}table")  # noqa: S314  # our own files
        return [_ods_cells(table) for table in tables]
    shared = "xl/sharedStrings.xml"
    items = list(ET.fromstring(archive.read(shared))) if shared in archive.namelist() else []  # noqa: S314
    strings = ["".join(t.text or "" for t in item.iter(f"{EXCEL}t")) for item in items]
    names = sorted(name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
    return [_xlsx_cells(ET.fromstring(archive.read(name)), strings) for name in names]  # noqa: S314


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp950")


def _xlsx_cells(sheet: ET.Element, strings: list[str]) -> Cells:
    cells = {}
    for cell in sheet.iter(f"{EXCEL}c"):
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.attrib["r"]).groups()  # type: ignore[union-attr]  # always
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        value = cell.findtext(f"{EXCEL}v")
        if cell.get("t") == "s" and value is not None:
            value = strings[int(value)]
        if cell.get("t") == "inlineStr":
            value = "".join(t.text or "" for t in cell.iter(f"{EXCEL}t"))
        if value and value.strip():
            cells[int(row) - 1, column - 1] = value
    return cells


def _ods_cells(table: ET.Element) -> Cells:
    cells: Cells = {}
    r = 0
    for row in table.iter(f"{TABLE}table-row"):
        c = 0
        for cell in row:
            paragraphs = ["".join(p.itertext()) for p in cell.iter(f"{TEXT}p")]
            value = cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}date-value") or "\n".join(paragraphs)
            repeated = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            if value.strip():
                cells |= {(r, c + i): value for i in range(repeated)}
            c += repeated
        r += int(row.get(f"{TABLE}number-rows-repeated", "1"))
    return cells


# --- words and numbers


def _tidy(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", unicodedata.normalize("NFKC", text)).replace("台", "臺")


def _codes() -> dict[str, str]:
    with REFERENCE.open(encoding="utf-8") as lines:
        return {row["name"]: row["county_code"] for row in csv.DictReader(lines)}


CODES = _codes()


def _number(text: str, unit: int = 1) -> int | None:
    tidy = _tidy(text).replace(",", "")
    if tidy in {"-", "—", "–"}:
        return 0
    if tidy.strip(".…") == "":
        return None
    whole, _, fraction = tidy.partition(".")
    assert set(fraction) <= {"0"}, text
    return int(whole) * unit


def _day(text: str) -> date:
    numbers = [int(n) for n in re.findall(r"\d+", _tidy(text))]
    if len(numbers) == 1:
        return date(1899, 12, 30) + timedelta(days=numbers[0])
    year, month, day = numbers[:3]
    return date(year if year > 1911 else year + 1911, month, day)


def _month(year: int, month: int) -> str:
    return f"{year + 1911}-{month:02d}"


def _billing(text: str) -> str:
    match [int(n) for n in re.findall(r"\d+", _tidy(text))]:
        case [year, month]:
            return f"{_month(year, month)}/{_month(year, month)}"
        case [year, first, last]:
            return f"{_month(year, first)}/{_month(year, last)}"
        case [year, first, end_year, last]:
            return f"{_month(year, first)}/{_month(end_year, last)}"
    raise ValueError(text)


def _period(kind: str, text: str) -> str:
    tidy = _tidy(text)
    numbers = [int(n) for n in re.findall(r"\d+", tidy)]
    if kind == "催繳":
        if len(numbers) == 1:
            numbers = [numbers[0] // 100, numbers[0] % 100]
        return _month(*numbers)
    if kind == "平均":
        return str(numbers[2] + 1911)
    is_half = "上半年" in tidy or numbers[1:] == [1, 6]
    assert is_half or "下" not in tidy
    return f"{numbers[0] + 1911}-H1" if is_half else str(numbers[0] + 1911)


# --- forms and long files


def _form(kind: str, cells: Cells) -> list[tuple[Key, int | None]]:
    top, left = min(place for place, text in cells.items() if _tidy(text) == "縣市別")
    head = [text for (row, _), text in sorted(cells.items()) if row < top]
    line = "\n".join(unicodedata.normalize("NFKC", text) for text in head)

    def stated(label: str) -> str:
        return re.search(rf"{label}[:\s]+(.*?)\s*(?:資料|單位|製表|$)", line, re.DOTALL | re.MULTILINE)[1]  # type: ignore[index]

    as_of, unit = _day(stated("資料截止日")), 1000 if "千元" in stated("單位") else 1
    whose = "原:" if "原住民" in line else ""
    if kind == "收繳率":
        words = ("payable_persons", "paid_persons") if "按人數" in line else ("receivable_twd", "received_twd")
        starts = [column for row, column in cells if row == top and column > left]
        columns = {
            start + i: (_billing(cells[top, start]), whose + word) for start in starts for i, word in enumerate(words)
        }
    else:
        period = _period(kind, stated("資料期間"))
        columns = {left + 1 + i: (period, field) for i, field in enumerate(ORDER[kind].split()) if field != "-"}
    found = []
    for (row, column), text in cells.items():
        code = CODES.get(_tidy(text)) if column == left and row > top else None
        for at, (period, field) in columns.items() if code else ():
            measure = field.removeprefix("原:")
            population = "all" if measure == field else "indigenous"
            value = _number(cells[row, at], unit if measure.endswith("_twd") else 1)
            found.append(((period, as_of, population, str(code), measure), value))
    return found


def _history(text: str) -> Figures:
    found: Figures = {}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        code = CODES.get(_tidy(row["縣市別"]))
        if code is None:
            assert _tidy(row["縣市別"]) == "總計"
            continue
        values = list(row.values())
        if "統計年月" in row:
            year, month = int(row["統計年月"][:-2]), int(row["統計年月"][-2:])
            as_of = date(year + 1911, month, calendar.monthrange(year + 1911, month)[1])
            period, population, fields, numbers = _month(year, month), "all", ORDER["催繳"].split(), values[2:11]
        else:
            as_of, period = _day(row["資料截止日"]), _billing(row["保險費期別"])
            population = {"全體": "all", "原住民": "indigenous"}[row["身分別"]]
            fields, numbers = ["payable_persons", "paid_persons", "receivable_twd", "received_twd"], values[5:9]
        for field, number in zip(fields, numbers, strict=True):
            key = (period, as_of, population, code, field)
            assert key not in found, key
            found[key] = _number(number)
    return found
