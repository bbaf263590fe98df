"""Report files as LibreOffice leaves them where ROC dates were typed into ordinary cells."""

import io
import re
import zipfile
from collections.abc import Callable

from openpyxl.worksheet.worksheet import Worksheet

from dashboard.domain.periods import Month
from tests.making import Form, Made, collection


def typed_in_libre_office(stored: str = "0114-01-30", shown: str = "0114-01-31") -> Made:
    """January's collection form as .ods, whose cut-off was typed as 114-1-31 and became a day of the year 114."""
    made = collection(Month(2025, 1), form=Form("ods", spell=lambda day: day))
    cell = re.compile(r'office:date-value="2025-01-31"([^>]*>\s*<text:p[^>]*>)[^<]*<')
    return _rewritten(
        made, "content.xml", lambda text: cell.sub(lambda had: f'office:date-value="{stored}"{had[1]}{shown}<', text)
    )


def saved_as_workbook(serial: int, program: str = "LibreOffice/7.4") -> Made:
    """January's collection form as .xlsx, whose cut-off is a number of days before 1900, written by this program."""

    def touch(sheet: Worksheet) -> None:
        sheet["D2"].value, sheet["D2"].number_format = serial, "yyyy/m/d"

    made = collection(Month(2025, 1), form=Form(touch=lambda book: touch(book.worksheets[0])))
    return _rewritten(
        made,
        "docProps/app.xml",
        lambda text: re.sub("<Application>[^<]*<", f"<Application>{program}<", text),
    )


def _rewritten(made: Made, entry: str, change: Callable[[str], str]) -> Made:
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made.content)) as source, zipfile.ZipFile(into, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()).encode() if name == entry else content)
    return Made(into.getvalue(), made.file_name)
