"""Hostile files, one by one: how each is made and what becomes of it."""

import dataclasses
import functools
import re
from collections.abc import Callable

from tests.hostile import building as b

READ = "read"
"""Taken in with the figures of the honest file it was made from."""


@dataclasses.dataclass(frozen=True)
class Case:
    """A hostile file; `ends` is what may become of it: codes of refusals, or READ."""

    name: str
    file_name: str
    make: Callable[[], bytes]
    ends: frozenset[str]

    def __str__(self) -> str:
        return self.name


def _case(name: str, file_name: str, make: Callable[[], bytes], *ends: str) -> Case:
    return Case(name, file_name, make, frozenset(ends))


def _after_rows(more: str) -> b.Change:
    return lambda xml: xml.replace("</sheetData>", more + "</sheetData>")


def _row(number: int, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


def _merged(times: int) -> b.Change:
    merged = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * times + "</mergeCells>"
    return lambda xml: xml.replace("</worksheet>", merged + "</worksheet>")


def _first_number(xml: str, text: str) -> str:
    """Put another text where the first number of a cell stands."""
    return re.sub(r"<v>\d+</v>", f"<v>{text}</v>", xml, count=1)


def _first_value(xml: str, text: str) -> str:
    return re.sub(r'office:value="\d+"', f'office:value="{text}"', xml, count=1)


def _lines_with_number(text: str) -> bytes:
    """Put another text where the first county's first figure stands."""
    return re.sub(r"(?m)^(宜　蘭　縣),\d+,", rf"\g<1>,{text},", b.lines(), count=1).encode()


XLSX, ODS, CSV = b.BOOK.name, b.DOCUMENT.name, b.LINES.name
DATES = "民國113年1月".encode()
BROKEN, LARGE, NUMBER = "file_unreadable", "file_too_large", "number_unreadable"

MANY_BLANKS = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'
MANY_ROWS = (
    '<table:table-row table:number-rows-repeated="{}"><table:table-cell office:value-type="float" office:value="1">'
    "<text:p>1</text:p></table:table-cell></table:table-row>"
)
MANY_CELLS = (
    '<table:table-row><table:table-cell table:number-columns-repeated="{}" office:value-type="float" office:value="1">'
    "<text:p>1</text:p></table:table-cell></table:table-row>"
)

ARCHIVES = [
    _case("zip bomb", XLSX, lambda: b.flat_bomb(300), LARGE),
    _case("zip bomb named .ods", ODS, lambda: b.flat_bomb(300), LARGE),
    _case("zip bomb that claims to be small", XLSX, lambda: b.with_false_sizes(b.flat_bomb(300), 1000), BROKEN),
    _case("entries over each other, large", XLSX, lambda: b.overlapping(1500, 1), LARGE),
    _case("entries over each other, small", XLSX, lambda: b.overlapping(3, 1), BROKEN),
    _case("too many entries", XLSX, lambda: b.packed({f"{n}": b"" for n in range(20_000)}), LARGE),
    _case("archives within archives", XLSX, lambda: b.nested(12), BROKEN),
    _case(
        "an archive beside the sheets",
        XLSX,
        lambda: b.packed({**b.parts_of(b.BOOK.read_bytes()), "xl/x.zip": b.nested(3)}),
        READ,
    ),
    _case("a link for a sheet", XLSX, lambda: b.with_link("/etc/passwd"), BROKEN),
    _case(
        "a path for a name",
        XLSX,
        lambda: b.packed({**b.parts_of(b.BOOK.read_bytes()), "../../etc/cron.d/x": b"x"}),
        READ,
    ),
    _case("10,000 sheets", XLSX, lambda: b.many_sheets(10_000, shared=False), LARGE),
    _case("10,000 sheets in one part", XLSX, lambda: b.many_sheets(10_000, shared=True), BROKEN),
    _case("noise", XLSX, lambda: b"PK\x03\x04" + b.noise(5_000_000), BROKEN, "file_truncated"),
    _case("cut off", XLSX, lambda: b.BOOK.read_bytes()[:-200], BROKEN, "file_truncated"),
]

XML = [
    _case("a billion laughs in a sheet", XLSX, lambda: b.book_with(sheet=b.with_entities(b.LAUGHS)), BROKEN),
    _case("a billion laughs in styles", XLSX, lambda: b.book_with(styles=b.with_entities(b.LAUGHS)), BROKEN),
    _case(
        "a billion laughs in shared texts",
        XLSX,
        lambda: b.book_with_strings(b.with_entities(b.LAUGHS)(b.strings_of(["基隆市"])), 1),
        BROKEN,
    ),
    _case("a billion laughs in .ods", ODS, lambda: b.document_with(b.with_entities(b.LAUGHS)), BROKEN),
    _case("a file of ours in a sheet", XLSX, lambda: b.book_with(sheet=b.with_entities(b.OUTSIDE)), BROKEN),
    _case("a file of ours in .ods", ODS, lambda: b.document_with(b.with_entities(b.OUTSIDE)), BROKEN),
    _case("elements in elements, .xlsx", XLSX, lambda: b.book_with(sheet=b.nested_elements(200_000)), READ, BROKEN),
    _case("elements in elements, styles", XLSX, lambda: b.book_with(styles=b.nested_elements(200_000)), READ),
    _case("elements in elements, .ods", ODS, lambda: b.document_with(b.nested_elements(200_000)), BROKEN),
    _case("a long shared text", XLSX, lambda: b.book_with_strings(b.strings_of([b.noise(9_000_000).hex()]), 1), READ),
    _case("a text in many cells", XLSX, lambda: b.book_with_strings(b.strings_of(["台" * 30_000]), 90_000), READ),
    _case("900,000 texts", XLSX, lambda: b.book_with_strings(b.strings_of(map(str, range(900_000))), 1), LARGE),
]

CELLS = [
    _case("a blank row a million times", ODS, lambda: b.document_with(b.table_of(MANY_BLANKS.format(10**6))), READ),
    _case("a million rows", ODS, lambda: b.document_with(b.table_of(MANY_ROWS.format(10**6))), LARGE),
    _case("20,000 rows", ODS, lambda: b.document_with(b.table_of(MANY_ROWS.format(20_000))), READ),
    _case("a million cells", ODS, lambda: b.document_with(b.table_of(MANY_CELLS.format(10**6))), LARGE),
    _case("10^400 cells", ODS, lambda: b.document_with(b.table_of(MANY_CELLS.format("9" * 400))), LARGE),
    _case("minus a million cells", ODS, lambda: b.document_with(b.table_of(MANY_CELLS.format(-(10**6)))), BROKEN),
    _case("10,000 columns, .ods", ODS, lambda: b.document_with(b.table_of(MANY_CELLS.format(10_000))), LARGE),
    _case(
        "10,000 columns, .xlsx",
        XLSX,
        lambda: b.book_with(sheet=_after_rows(_row(900, "<c><v>1</v></c>" * 10_000))),
        LARGE,
    ),
    _case("10,000 columns, .csv", CSV, lambda: b.lines().encode() + b"1," * 10_000 + b"\n", LARGE),
    _case("10,000 columns in every row", CSV, lambda: (b"1," * 10_000 + b"\n") * 400, LARGE),
    _case(
        "the farthest cell",
        XLSX,
        lambda: b.book_with(sheet=_after_rows(_row(1_048_576, '<c r="XFD1048576"><v>1</v></c>'))),
        LARGE,
    ),
    _case(
        "a cell that is nowhere",
        XLSX,
        lambda: b.book_with(sheet=_after_rows(_row(900, '<c r="ZZZ900"><v>1</v></c>'))),
        BROKEN,
    ),
    _case(
        "a size that lies",
        XLSX,
        lambda: b.book_with(sheet=lambda xml: re.sub(r'<dimension ref="[^"]+"', '<dimension ref="A1:XFD1048576"', xml)),
        READ,
    ),
    _case(
        "the whole sheet merged",
        XLSX,
        lambda: b.book_with(sheet=_merged(1)),
        "wrong_table",
    ),
    _case(
        "merged again and again",
        XLSX,
        lambda: b.book_with(sheet=_merged(200_000)),
        LARGE,
    ),
    _case("blank lines, .csv", CSV, lambda: b"\n" * 10_000_000, LARGE),
    _case("one line of 50 MB", CSV, lambda: b"1" * 50_000_000, LARGE),
    _case("one line of 25 million cells", CSV, lambda: b"1," * 25_000_000, LARGE),
    _case("a quote that never closes", CSV, lambda: b'"' + b"1,\n" * 16_000_000, LARGE),
    _case("a title of digits", CSV, lambda: b"1" * 100_000 + b"\n" + b.lines().encode(), READ),
    _case("a title of dates", CSV, lambda: b"\n".join([DATES * 8_000, b.lines().encode()]), "period_in_name"),
    _case("a title of blanks", CSV, lambda: ("x" + " " * 100_000 + "x\n").encode() + b.lines().encode(), READ),
]


def _numbers(kind: str, file_name: str, make: Callable[[str], bytes], texts: str, *ends: str) -> list[Case]:
    return [_case(f"{text[:20]} in {kind}", file_name, functools.partial(make, text), *ends) for text in texts.split()]


def _book_with_number(text: str) -> bytes:
    return b.book_with(sheet=lambda xml: _first_number(xml, text))


def _document_with_number(text: str) -> bytes:
    return b.document_with(lambda xml: _first_value(xml, text))


NINES = "9" * 400
NUMBERS = [
    *_numbers(".xlsx", XLSX, _book_with_number, f"1e308 1e400 {NINES}", NUMBER),
    *_numbers(".xlsx", XLSX, _book_with_number, "NaN inf 1_000 ٣", BROKEN),
    *_numbers(".xlsx", XLSX, _book_with_number, "-0 1e-400", "total_disagrees", NUMBER),
    *_numbers(".ods", ODS, _document_with_number, f"1e308 1e400 NaN INF 1e-400 {NINES}", NUMBER),
    *_numbers(".ods", ODS, _document_with_number, "sNaN 1_000 ٣", BROKEN),
    *_numbers(".csv", CSV, _lines_with_number, f"1e308 1e400 NaN inf {NINES} 1_000", NUMBER),
    *_numbers(".csv", CSV, _lines_with_number, "9" * 20, "total_disagrees", NUMBER),
    *_numbers(".csv", CSV, _lines_with_number, "=cmd|'/C␠calc'!A0 +1+1 @x", NUMBER, "formula_without_value"),
]

ENCODINGS = [
    _case("half UTF-8, half Big5", CSV, lambda: "縣市別,".encode() + "縣市別,".encode("cp950"), "encoding_unknown"),
    _case("UTF-16 of an odd length", CSV, lambda: "縣市別".encode("utf-16") + b"\n", "encoding_unknown"),
    _case("UTF-16 with half a letter", CSV, lambda: b"\xff\xfe\x00\xd8\x00\xd8" * 99, "encoding_unknown"),
    _case("UTF-7", CSV, lambda: "縣市別,應繳人數\n".encode("utf-7"), "wrong_table"),
    _case("noise, .csv", CSV, lambda: b.noise(2_000_000), "encoding_unknown"),
    _case("NULs", CSV, lambda: b"\0" * 3_000_000, LARGE),
    _case("nothing", CSV, lambda: b"", "wrong_table"),
]

CASES = [*ARCHIVES, *XML, *CELLS, *NUMBERS, *ENCODINGS]
