"""Sheets as .ods, the format government hands out for further work."""

import io
import re
import zipfile

from odf import config, dc, text
from odf.element import Element
from odf.namespaces import nsdict
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.teletype import addTextToElement

from dashboard.domain import export_words
from dashboard.exports.book import Book, Cell, Row, Sheet, lines
from dashboard.exports.looks import Looks

_NEVER = (1980, 1, 1, 0, 0, 0)
_DECLARED = re.compile(rb'(?:\s+xmlns:[\w.-]+="[^"]*")+')
_FOREIGN = re.compile(rb"xmlns:ns\d+=")
# All at once: the library would note each at its first use, and trip where another thread is just writing the list.
Element.namespaces.update(nsdict)

_FROZEN, _BELOW_RIGHT = "2", "3"


def ods_file(book: Book) -> bytes:
    """Return a document; equal books are equal bytes."""
    document = OpenDocumentSpreadsheet()
    document.meta.addElement(dc.Title(text=book.title))
    looks = Looks(document)
    for sheet in book.sheets:
        document.spreadsheet.addElement(_SheetWriter(sheet, looks).table())
    document.settings.addElement(_views(book))
    written = io.BytesIO()
    document.write(written)
    return settled(written.getvalue())


def settled(archive: bytes) -> bytes:
    """Pack an archive again without what changes from one writing to the next, so that equal content is equal bytes.

    That is the time of packing, and the list of namespaces: the library names all that its process has met so far.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _NEVER)
            info.compress_type, info.external_attr = entry.compress_type, entry.external_attr
            content = old.read(entry)
            new.writestr(info, _with_known_namespaces(content) if entry.filename.endswith(".xml") else content)
    return packed.getvalue()


def _with_known_namespaces(document: bytes) -> bytes:
    """Declare the format's own namespaces, always in one order, and none that some file read before brought in."""
    first = _DECLARED.search(document)
    known = sorted(one for one in first[0].split() if not _FOREIGN.match(one)) if first else []
    return _DECLARED.sub(b"".join(b" " + one for one in known), document, count=1)


# --- the sheets


class _SheetWriter:
    """Builds the table of one sheet, from the top down."""

    def __init__(self, sheet: Sheet, looks: Looks) -> None:
        self._sheet, self._looks = sheet, looks

    def table(self) -> Element:
        table = Table(name=self._sheet.name, stylename=self._looks.table(is_wide=self._sheet.is_wide))
        for width in self._sheet.widths:
            table.addElement(TableColumn(stylename=self._looks.column(width)))
        # A reader who prints finds mark, caption and header on every page.
        repeated = TableHeaderRows()
        for row in [*self._above(), *self._header()]:
            repeated.addElement(row)
        table.addElement(repeated)
        for data in self._sheet.rows:
            table.addElement(self._row(data))
        return table

    def _above(self) -> list[Element]:
        rows, columns = [], len(self._sheet.widths)
        for nth, line in enumerate(self._sheet.above):
            row = TableRow(stylename=self._looks.row(lines(line, sum(self._sheet.widths))))
            look = self._looks.text(bold=self._sheet.is_strong(nth))
            row.addElement(_text_cell(line, look, numbercolumnsspanned=columns, numberrowsspanned=1))
            _cover(row, columns - 1)
            rows.append(row)
        return rows

    def _header(self) -> list[Element]:
        height = self._sheet.header_rows
        rows = [TableRow(stylename=self._looks.row(0)) for _ in range(height)]
        look = self._looks.text(bold=True, align="center", border=True)
        for span in self._sheet.spans():
            names = [heading.name for heading in self._sheet.headings[span.first : span.first + span.width]]
            if span.over:
                rows[0].addElement(_text_cell(span.over, look, numbercolumnsspanned=span.width, numberrowsspanned=1))
                _cover(rows[0], span.width - 1)
                for name in names:
                    rows[1].addElement(_text_cell(name, look))
            else:
                rows[0].addElement(_text_cell(names[0], look, numbercolumnsspanned=1, numberrowsspanned=height))
                for row in rows[1:]:
                    _cover(row, 1)
        return rows

    def _row(self, data: Row) -> Element:
        row = TableRow(stylename=self._looks.row(0))
        for cell in data.cells:
            row.addElement(self._cell(cell, is_sum=data.is_sum))
        return row

    def _cell(self, cell: Cell, *, is_sum: bool) -> Element:
        if isinstance(cell, str):
            align = "end" if cell in export_words.SIGNS else "start"
            return _text_cell(cell, self._looks.text(bold=is_sum, align=align, border=True))
        element = TableCell(valuetype="float", value=repr(cell.value), stylename=self._looks.number(cell, bold=is_sum))
        element.addElement(text.P(text=cell.shown))
        return element


def _text_cell(content: str, look: str, **spans: int) -> Element:
    """Return a cell that is a text, whatever it looks like; each of its lines is a paragraph."""
    if not content:
        return TableCell(stylename=look, **spans)
    cell = TableCell(valuetype="string", stylename=look, **spans)
    for line in content.split("\n"):
        paragraph = text.P()
        addTextToElement(paragraph, line)
        cell.addElement(paragraph)
    return cell


def _cover(row: Element, count: int) -> None:
    for _ in range(count):
        row.addElement(CoveredTableCell())


# --- what stays in sight


def _views(book: Book) -> Element:
    """Keep header and first columns of every sheet in sight."""
    tables = config.ConfigItemMapNamed(name="Tables")
    for sheet in book.sheets:
        entry = config.ConfigItemMapEntry(name=sheet.name)
        for axis, position in (("Horizontal", sheet.fixed), ("Vertical", sheet.first_row)):
            entry.addElement(_item(f"{axis}SplitMode", "short", _FROZEN))
            entry.addElement(_item(f"{axis}SplitPosition", "int", str(position)))
        entry.addElement(_item("ActiveSplitRange", "short", _BELOW_RIGHT))
        entry.addElement(_item("PositionLeft", "int", "0"))
        entry.addElement(_item("PositionRight", "int", str(sheet.fixed)))
        entry.addElement(_item("PositionTop", "int", "0"))
        entry.addElement(_item("PositionBottom", "int", str(sheet.first_row)))
        tables.addElement(entry)
    view = config.ConfigItemMapEntry()
    view.addElement(_item("ViewId", "string", "view1"))
    view.addElement(tables)
    view.addElement(_item("ActiveTable", "string", book.sheets[0].name))
    views = config.ConfigItemMapIndexed(name="Views")
    views.addElement(view)
    settings = config.ConfigItemSet(name="ooo:view-settings")
    settings.addElement(views)
    return settings


def _item(name: str, kind: str, value: str) -> Element:
    item = config.ConfigItem(name=name, type=kind)
    item.addText(value)
    return item
