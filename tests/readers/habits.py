"""What offices do to a report before they send it: functions from the rows of its sheets to rows that say the same."""

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from dashboard.domain.counties import counties, county_named
from dashboard.domain.roc import parse_date
from dashboard.readers.grid import Cell as Read
from dashboard.readers.grid import PercentValue
from tests.readers.plainly import _number as plain_number
from tests.readers.plainly import _tidy as tidy
from tests.writing import Cell, Rows

Habit = Callable[["Page"], None]


@dataclasses.dataclass
class Page:
    """One sheet of a real report; `header` and `first` are the rows of 縣市別 and of the first figures."""

    name: str
    rows: Rows

    def __post_init__(self) -> None:
        width = max(len(row) for row in self.rows)
        self.rows = [row + [None] * (width - len(row)) for row in self.rows]

    @property
    def header(self) -> int:
        return next(n for n, row in enumerate(self.rows) if any(tidy(str(cell)) == "縣市別" for cell in row))

    @property
    def names(self) -> int:
        """The column of the counties."""
        return next(n for n, cell in enumerate(self.rows[self.header]) if tidy(str(cell)) == "縣市別")

    @property
    def first(self) -> int:
        return next(n for n in range(self.header + 1, len(self.rows)) if self.rows[n][self.names] is not None)

    @property
    def county_rows(self) -> list[int]:
        return [n for n in range(self.first, len(self.rows)) if county_named(str(self.rows[n][self.names]))]

    @property
    def is_long(self) -> bool:
        return self.header == 0

    def path(self, column: int) -> list[str]:
        """The header above a column from top to bottom, groups reaching right, as one reads it."""
        group, lowest = self.rows[self.header], self.rows[self.first - 1]
        above = next((str(group[c]) for c in range(column, self.names, -1) if group[c] is not None), "")
        if self.first - self.header == 1 or lowest[column] is None:
            return [str(group[column])] if group[column] is not None else []
        return [above, str(lowest[column])] if above else [str(lowest[column])]

    def columns(self) -> Iterator[int]:
        """Return the columns of figures."""
        width = len(self.rows[self.header])
        return (column for column in range(self.names + 1, width) if self.path(column))

    def figures(self) -> Iterator[tuple[int, int]]:
        """Return the places of figures below the header, without keys and percents."""
        labelled = [n for n in range(self.first, len(self.rows)) if self._is_row_of_figures(n)]
        keys = ("率", "代碼", "身分", "期別", "截止", "年月")
        for column in self.columns():
            if not any(word in "".join(self.path(column)) for word in keys):
                yield from ((row, column) for row in labelled)

    def percents(self) -> Iterator[tuple[int, int]]:
        for column in self.columns():
            if "率" in self.path(column)[-1]:
                yield from ((row, column) for row in self.county_rows)

    def _is_row_of_figures(self, row: int) -> bool:
        text = tidy(str(self.rows[row][self.names]))
        return bool(county_named(text)) or text == "總計" or text.endswith("小計")

    def insert_row(self, at: int, row: list[Cell] | None = None) -> None:
        width = len(self.rows[0])
        filled = [*(row or []), *([None] * width)][:width]
        self.rows.insert(at, filled)

    def insert_column(self, at: int) -> None:
        for row in self.rows:
            row.insert(at, None)


def page(name: str, rows: list[list[Read]]) -> Page:
    """Take a sheet as it was read; a cell shown as a percent becomes the number it shows."""
    return Page(name, [[_plain(cell) for cell in row] for row in rows])


def _plain(cell: Read) -> Cell:
    match cell:
        case PercentValue(value=value):
            return float(round(value, 2))
        case Decimal():
            return float(cell)
        case None | str() | int() | date():
            return cell
    raise TypeError(cell)


# --- rows and columns


def blank_row_above(sheet: Page) -> None:
    sheet.insert_row(0)


def blank_row_below_the_header(sheet: Page) -> None:
    sheet.insert_row(sheet.first)


def blank_row_in_the_middle(sheet: Page) -> None:
    sheet.insert_row(sheet.county_rows[9])


def blank_column_in_front(sheet: Page) -> None:
    sheet.insert_column(0)


def blank_column_behind_the_counties(sheet: Page) -> None:
    sheet.insert_column(sheet.names + 1)


def column_of_numbers_in_front(sheet: Page) -> None:
    header, rows = sheet.header, sheet.county_rows
    sheet.insert_column(0)
    sheet.rows[header][0] = "項次"
    for number, row in enumerate(rows, 1):
        sheet.rows[row][0] = number


def column_of_remarks_behind(sheet: Page) -> None:
    for row in sheet.rows:
        row.append(None)
    sheet.rows[sheet.header][-1] = "備註"


def note_in_the_middle(sheet: Page) -> None:
    sheet.insert_row(sheet.county_rows[5], [*([None] * sheet.names), "註：以下各縣市資料由地方政府提供"])


def rows_of_a_total_moved_down(sheet: Page) -> None:
    total = next((n for n, row in enumerate(sheet.rows) if tidy(str(row[sheet.names])) == "總計"), None)
    if total is not None:
        moved = sheet.rows[total]
        sheet.insert_row(sheet.county_rows[-1] + 1, moved)
        del sheet.rows[total]


def no_totals(sheet: Page) -> None:
    sheet.rows = [
        row
        for n, row in enumerate(sheet.rows)
        if n < sheet.first
        or not (tidy(str(row[sheet.names])) == "總計" or tidy(str(row[sheet.names])).endswith("小計"))
    ]


def subtotal_of_a_group(sheet: Page) -> None:
    """Add 福建省小計 below the last county, unless the sheet has one; 「…」 stays 「…」."""
    if any(tidy(str(row[sheet.names])) == "福建省小計" for row in sheet.rows) or sheet.is_long or not _is_exact(sheet):
        return
    codes = {county.name for county in counties() if county.province == "福建省"}
    summed = [n for n in sheet.county_rows if tidy(str(sheet.rows[n][sheet.names])) in codes]
    row: list[Cell] = [None] * len(sheet.rows[0])
    row[sheet.names] = "福建省小計"
    for column in {column for _, column in sheet.figures()}:
        values = [plain_number(str(sheet.rows[n][column])) for n in summed]
        row[column] = "…" if None in values else sum(value or 0 for value in values)
    for column in {column for _, column in sheet.percents()}:
        whole, part = row[column - 2 : column]
        is_rate = isinstance(whole, int) and isinstance(part, int) and whole > 0
        row[column] = f"{100 * part / whole:.2f}" if is_rate else "--"  # type: ignore[operator]  # as just looked at
    sheet.insert_row(sheet.county_rows[-1] + 1, row)


def _is_exact(sheet: Page) -> bool:
    return not any("千元" in str(cell) for row in sheet.rows[: sheet.header] for cell in row)


def breakdown_of_a_county(sheet: Page) -> None:
    if not sheet.is_long:
        row: list[Cell] = [None if n < sheet.names else 1 for n in range(len(sheet.rows[0]))]
        row[sheet.names] = "　其中：原住民族地區"
        sheet.insert_row(sheet.county_rows[3] + 1, row)


# --- headers


def group_names_in_every_cell(sheet: Page) -> None:
    """As if every merged cell had been split and filled."""
    for row in range(sheet.header, sheet.first - 1):
        for column in sheet.columns():
            path = sheet.path(column)
            if row == sheet.header and len(path) > 1:
                sheet.rows[row][column] = path[0]


def header_of_three_rows(sheet: Page) -> None:
    """Cut the lowest header in two: 「應收」 above 「金額」."""
    last = sheet.first - 1
    sheet.insert_row(last + 1)
    for column, cell in enumerate(sheet.rows[last]):
        if isinstance(cell, str) and len(cell) > 3 and not cell.endswith((")", "）")) and column != sheet.names:
            sheet.rows[last][column], sheet.rows[last + 1][column] = cell[:2], cell[2:]


def word_of_the_counties_in_two_rows(sheet: Page) -> None:
    if sheet.first - sheet.header > 1:
        at, column = sheet.header, sheet.names
        sheet.rows[at][column], sheet.rows[at + 1][column] = "縣市", "別"


def header_in_one_row(sheet: Page) -> None:
    """Write group and column into one cell: 「催繳情形人數」."""
    paths = {column: "".join(sheet.path(column)) for column in sheet.columns()}
    header, first = sheet.header, sheet.first
    for column, text in paths.items():
        sheet.rows[header][column] = text
    del sheet.rows[header + 1 : first]


def line_breaks_and_blanks_in_headers(sheet: Page) -> None:
    for row in range(sheet.header, sheet.first):
        sheet.rows[row] = [f" {c[:2]}\n{c[2:]}　" if isinstance(c, str) else c for c in sheet.rows[row]]


def _unit_of(sheet: Page, column: int) -> str:
    word = "".join(sheet.path(column))
    if "金額" not in word:
        return "%" if "率" in word else "件" if "件" in word else "場次" if "場次" in word else "人"
    head = " ".join(str(cell) for row in sheet.rows[: sheet.header] for cell in row)
    return "千元" if "千元" in head else "元"


def units_in_a_row_of_their_own(sheet: Page) -> None:
    units = {column: f"({_unit_of(sheet, column)})" for column in sheet.columns()}
    at = sheet.first
    sheet.insert_row(at)
    for column, unit in units.items():
        if not sheet.is_long:
            sheet.rows[at][column] = unit


def units_in_the_headers(sheet: Page) -> None:
    if sheet.is_long:
        return
    units = {column: f"（{_unit_of(sheet, column)}）" for column in sheet.columns()}
    for column, unit in units.items():
        row = next(n for n in range(sheet.first - 1, sheet.header - 1, -1) if sheet.rows[n][column] is not None)
        text = str(sheet.rows[row][column])
        if "%" not in text and "％" not in text:
            sheet.rows[row][column] = text + unit


# --- names and numbers


def names_with_the_common_tai(sheet: Page) -> None:
    for row in sheet.county_rows:
        sheet.rows[row][sheet.names] = str(sheet.rows[row][sheet.names]).replace("臺", "台")


def blanks_around_names(sheet: Page) -> None:
    for row in sheet.county_rows:
        name = tidy(str(sheet.rows[row][sheet.names]))
        sheet.rows[row][sheet.names] = f"　{name[:1]}　{name[1:]}  "


def _each_number(sheet: Page, write: Callable[[int], Cell]) -> None:
    for row, column in sheet.figures():
        text = tidy(str(sheet.rows[row][column])).replace(",", "")
        if text.isdigit():
            sheet.rows[row][column] = write(int(text))


def thousands_separators(sheet: Page) -> None:
    _each_number(sheet, lambda number: f"{number:,}")


def full_width_digits(sheet: Page) -> None:
    wide = {ord(c): ord(c) + 0xFEE0 for c in "0123456789,"}
    _each_number(sheet, lambda number: f"{number:,}".translate(wide))


def numbers_as_text_with_blanks(sheet: Page) -> None:
    _each_number(sheet, lambda number: f" {number}  ")


def another_mark(mark: str) -> Habit:
    """Write zero and 「-」 with this mark."""

    def write(sheet: Page) -> None:
        for row, column in sheet.figures():
            if unicodedata.normalize("NFKC", str(sheet.rows[row][column])).strip() in {"0", "-", "—"}:
                sheet.rows[row][column] = mark

    return write


def percents(write: Callable[[Decimal], Cell]) -> Habit:
    """Print percents another way: with a sign, without one, as a fraction of one."""

    def rewrite(sheet: Page) -> None:
        for row, column in sheet.percents():
            text = tidy(str(sheet.rows[row][column])).rstrip("%")
            if re.fullmatch(r"\d+(\.\d+)?", text):
                sheet.rows[row][column] = write(Decimal(text))

    return rewrite


# --- the head


LABELS = ("資料截止日", "製表日期")
SPELLED = re.compile(
    r"((?:資料截止日期?|製表日期?)\s*[:：]\s*)((?:民國)?[\d０-９]+\s*[年/.]\s*[\d０-９]+[^\s　]*[\d０-９]+(?:\s*日)?)"
)


def days(write: Callable[[date], Cell]) -> Habit:
    """Write cut-off and day of issue another way; within a line of text only as text."""

    def rewrite(sheet: Page) -> None:
        for row in sheet.rows[: sheet.header]:
            for column, cell in enumerate(row):
                before = next((tidy(str(c)) for c in row[:column][::-1] if c is not None), "").rstrip(":")
                if before in LABELS and cell is not None:
                    row[column] = write(cell if isinstance(cell, date) else parse_date(str(cell)))
                elif isinstance(cell, str):
                    row[column] = SPELLED.sub(lambda said: said[1] + str(write(parse_date(said[2]))), cell)

    return rewrite


def serial(day: date) -> int:
    return day.toordinal() - date(1899, 12, 30).toordinal()


def gregorian_years(sheet: Page) -> None:
    """Write every ROC year of the head as a Gregorian one."""
    for row in sheet.rows[: sheet.header]:
        row[:] = [_gregorian(cell) if isinstance(cell, str) else cell for cell in row]


def _gregorian(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(
        r"(?:民國)?(?<![\d/.年月])(\d{2,3})(?=\s*[年/.]\s*\d|年上半年|年度|年全|年$|年　|年 )", _plus_1911, folded
    )


def _plus_1911(found: re.Match[str]) -> str:
    return str(int(found[1]) + 1911)


HABITS: dict[str, Habit] = {
    "a blank row above": blank_row_above,
    "a blank row below the header": blank_row_below_the_header,
    "a blank row in the middle": blank_row_in_the_middle,
    "a blank column in front": blank_column_in_front,
    "a blank column behind the counties": blank_column_behind_the_counties,
    "a column of numbers in front": column_of_numbers_in_front,
    "a column of remarks": column_of_remarks_behind,
    "a note in the middle": note_in_the_middle,
    "the total at the bottom": rows_of_a_total_moved_down,
    "no totals": no_totals,
    "one more subtotal": subtotal_of_a_group,
    "a row 其中": breakdown_of_a_county,
    "group names in every cell": group_names_in_every_cell,
    "a header of three rows": header_of_three_rows,
    "縣市 above 別": word_of_the_counties_in_two_rows,
    "a header in one row": header_in_one_row,
    "line breaks in headers": line_breaks_and_blanks_in_headers,
    "units in a row of their own": units_in_a_row_of_their_own,
    "units in the headers": units_in_the_headers,
    "台 for 臺": names_with_the_common_tai,
    "blanks around names": blanks_around_names,
    "thousands separators": thousands_separators,
    "full-width digits": full_width_digits,
    "numbers as text": numbers_as_text_with_blanks,
    **{f"「{mark}」 for none": another_mark(mark) for mark in ("-", "－", "─", "—", "–")},
    "percents with a sign": percents(lambda value: f"{value}%"),
    "percents as numbers": percents(float),
    "percents of one": percents(lambda value: float(value / 100)),
    "days with slashes": days(lambda day: f"{day.year - 1911}/{day.month}/{day.day}"),
    "Gregorian days": days(lambda day: f"{day:%Y/%m/%d}"),
    "days as numbers": days(serial),
    "Gregorian years": gregorian_years,
}
