"""A table as CSV: one clean rectangle, UTF-8 with the mark by which spreadsheets know it."""

import csv
import io

from dashboard.domain import export_words
from dashboard.exports.book import Cell, Number, Sheet
from dashboard.exports.safe import defused


def csv_file(sheet: Sheet) -> bytes:
    """Return one header row, then the rows; figures bare, texts that might act behind an apostrophe."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([defused(export_words.under(heading.over, heading.name)) for heading in sheet.headings])
    writer.writerows([_written(cell) for cell in row.cells] for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    return cell.plain if isinstance(cell, Number) else defused(cell)
