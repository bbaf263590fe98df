"""The cells of .csv files: which encoding, which separator. Where two readings are possible none is chosen."""

import csv
import io
import itertools
import re

from dashboard.domain.counties import fold
from dashboard.domain.findings import ENCODING_UNKNOWN, FILE_TOO_LARGE, FILE_UNREADABLE, SEPARATOR_UNCLEAR
from dashboard.readers.grid import Cell, Sheet, UnreadableFile, text_cell
from dashboard.readers.layout import declared

_SEPARATORS = {",": "逗號", ";": "分號", "\t": "定位字元（Tab）"}
_LINES_LOOKED_AT = 200  # the header stands far above; a long file is not parsed three times to find its separator
_HINT = re.compile(r"\ufeff?sep=([,;\t])(?=\r|\n|$)", re.IGNORECASE)  # what spreadsheets write for each other
_MARKED = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")


def separated_sheets(content: bytes, max_cells: int) -> list[Sheet]:
    """Return the one sheet of a .csv file; UnreadableFile says why its text or its cells cannot be told."""
    text = decoded(content)
    hint = _HINT.match(text)
    if hint:
        text = text[hint.end() :]  # what is left of its line is a blank one, so that rows keep their numbers
    separator = hint[1] if hint else _separator(text)
    rows: list[list[Cell]] = []
    left = max_cells
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            left -= len(row)
            if left < 0:
                raise UnreadableFile(FILE_TOO_LARGE)
            rows.append([text_cell(cell) if cell else None for cell in row])
    except csv.Error as problem:
        raise UnreadableFile(FILE_UNREADABLE, value=_in_chinese(problem)) from problem
    return [Sheet(name="", rows=rows)]


def _in_chinese(problem: csv.Error) -> str:
    if "field larger" in str(problem):
        return f"一格超過 {csv.field_size_limit():,} 字"
    return "引號未成對，或引號之後不是分隔符號"


def decoded(content: bytes) -> str:
    """Decode what says its encoding by a mark, UTF-16 without one where only one byte order makes a table, or the rest.

    Text that is UTF-8 throughout is UTF-8: Chinese in cp950 does not come out so by chance.
    """
    marked = next((name for mark, name in _MARKED.items() if content.startswith(mark)), None)
    if content.startswith(_UTF_32):
        raise UnreadableFile(ENCODING_UNKNOWN, value="UTF-32")
    for encoding in [marked] if marked else [*_unmarked_utf_16(content), "utf-8", "cp950"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(ENCODING_UNKNOWN)


def _unmarked_utf_16(content: bytes) -> list[str]:
    """Return the byte order in which text with NUL bytes names the counties' column; nothing where none or both do."""
    if b"\0" not in content[:4096]:
        return []
    words = declared().words.county
    orders = [name for name in ("utf-16-le", "utf-16-be") if any(word.encode(name) in content for word in words)]
    return orders if len(orders) == 1 else []


def _separator(text: str) -> str:
    """Return what separates the counties' column from the next; comma where there is none (then no table is found)."""
    fitting = [separator for separator in _SEPARATORS if _heads_a_table(text, separator)]
    if len(fitting) > 1:
        both = "、".join(_SEPARATORS[separator] for separator in fitting)
        raise UnreadableFile(SEPARATOR_UNCLEAR, value=both, expected="其中一種")
    return fitting[0] if fitting else ","


def _heads_a_table(text: str, separator: str) -> bool:
    words = {fold(word) for word in declared().words.county}
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        first = itertools.islice(rows, _LINES_LOOKED_AT)
        return any(len(row) > 1 and any(fold(cell) in words for cell in row) for row in first)
    except csv.Error:
        return False
