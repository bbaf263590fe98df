"""An exhibit's table as a file to work on: CSV, ODS and XLSX."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.domain.kinds import Format
from dashboard.exhibits import Exhibit, Table
from dashboard.exports.book import Book, bare_sheet, book, data_sheet
from dashboard.exports.safe import cleaned
from dashboard.exports.separated import csv_file

__all__ = ["bare_file", "file_name", "media_type", "table_file"]

_MEDIA_TYPES: Mapping[Format, str] = MappingProxyType(
    {
        Format.CSV: "text/csv; charset=utf-8",
        Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
        Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
_UNSAFE = re.compile(r'[\\/:*?"<>|\s□]+')
_LONGEST = 80
"""Letters of a name: Chinese ones take three bytes, and a file system ends at 255."""


def table_file(exhibit: Exhibit, format: Format, filters: Sequence[tuple[str, str]] = ()) -> bytes:  # noqa: A002 - the word for it
    """Return an exhibit's table as a file; `filters` are labels and values of what was chosen on the page.

    Equal exhibits give equal bytes. ODS and XLSX explain the table on further sheets; CSV is the bare rectangle.
    """
    if format is Format.CSV:
        return csv_file(data_sheet(exhibit))
    if format is Format.ODS:
        from dashboard.exports.opendocument import ods_file  # noqa: PLC0415 - thirty milliseconds no start should pay

        return ods_file(book(exhibit, filters))
    from dashboard.exports.excel import xlsx_file  # noqa: PLC0415 - twenty milliseconds no start should pay

    return xlsx_file(book(exhibit, filters))


def bare_file(table: Table, format: Format, *, is_simulated: bool) -> bytes:  # noqa: A002 - the word for it
    """Return a table that is no exhibit's as CSV or ODS; it is explained by its caption alone."""
    sheet = bare_sheet(table, is_simulated=is_simulated)
    if format is Format.CSV:
        return csv_file(sheet)
    from dashboard.exports.opendocument import ods_file  # noqa: PLC0415 - as above

    return ods_file(Book(sheet.above[-1], (sheet,)))


def media_type(format: Format) -> str:  # noqa: A002 - the word for it
    return _MEDIA_TYPES[format]


def file_name(exhibit: Exhibit, format: Format) -> str:  # noqa: A002 - the word for it
    """Name a file by what it shows, in letters that every file system takes."""
    shown = exhibit.chart.drawing.file_name if exhibit.chart else exhibit.table.caption + exhibit.knowledge
    stem = _UNSAFE.sub("_", cleaned(shown)).strip("._")[:_LONGEST]
    return f"{stem or exhibit.key}.{format.value}"
