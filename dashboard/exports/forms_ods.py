"""Forms as .ods."""

import io

from odf import dc, number, style
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import (
    ContentValidation,
    ContentValidations,
    ErrorMessage,
    HelpMessage,
    Table,
    TableCell,
    TableColumn,
    TableRow,
)
from odf.text import P

from dashboard.domain import export_words
from dashboard.domain import template_words as said
from dashboard.exports.forms import Blank, Entry, Form, FormSheet, Text
from dashboard.exports.opendocument import settled
from dashboard.readers.layout import declared

_LETTER = 0.21
"""Centimetres a Latin letter of 11 points takes."""
_GREY, _BORDER = "#e7e6e6", "0.5pt solid #000000"


def ods_form(form: Form) -> bytes:
    """Return a document whose sheets take only what belongs there; equal forms are equal bytes."""
    document = OpenDocumentSpreadsheet()
    document.meta.addElement(dc.Title(text=form.title))
    _add_looks(document)
    rules = _Rules()
    tables = [_table(document, sheet, rules) for sheet in form.sheets]
    # The format wants the rules before the sheets.
    document.spreadsheet.addElement(rules.element)
    for table in tables:
        document.spreadsheet.addElement(table)
    written = io.BytesIO()
    document.write(written)
    return settled(written.getvalue())


def _add_looks(document: OpenDocumentSpreadsheet) -> None:
    document.fontfacedecls.addElement(style.FontFace(name=export_words.FONT, fontfamily=f"'{export_words.FONT}'"))
    # As text: LibreOffice would make a day of the year 114 of 114年3月31日.
    as_typed = number.TextStyle(name="typed-as-text")
    as_typed.addElement(number.TextContent())
    document.automaticstyles.addElement(as_typed)
    for name, bold, cell in (
        ("locked", "normal", {"backgroundcolor": _GREY, "border": _BORDER}),
        ("strong", "bold", {"backgroundcolor": _GREY, "border": _BORDER}),
        ("plain", "normal", {}),
        ("blank", "normal", {"border": _BORDER, "cellprotect": "none"}),
        ("typed", "normal", {"border": _BORDER, "cellprotect": "none"}),
    ):
        shown = {"datastylename": as_typed} if name == "typed" else {}
        look = style.Style(name=name, family="table-cell", parentstylename="Default", **shown)
        look.addElement(style.TableCellProperties(**cell))
        look.addElement(style.TextProperties(fontweight=bold, fontweightasian=bold, fontsize="11pt"))
        document.automaticstyles.addElement(look)


class _Rules:
    """What may be written where; each rule is for one cell, since it speaks of that cell."""

    def __init__(self) -> None:
        self.element = ContentValidations()
        self._count = 0

    def of(self, blank: Blank, sheet: str, row: int, column: int) -> str:
        """Add the rule of a blank; return its name."""
        self._count += 1
        name = f"rule{self._count}"
        cell = f"{_letters(column)}{row + 1}"
        condition = {} if blank.takes == "text" else {"condition": _condition(blank, cell)}
        rule = ContentValidation(name=name, basecelladdress=f"'{sheet}'.{cell}", allowemptycell="true", **condition)
        if blank.hint:
            hint = HelpMessage(title=said.TEXT_TITLE, display="true")
            hint.addElement(P(text=blank.hint))
            rule.addElement(hint)
        if blank.takes == "number":
            refusal = ErrorMessage(title=said.NUMBER_TITLE, display="true", messagetype="stop")
            refusal.addElement(P(text=said.NUMBER))
            rule.addElement(refusal)
        self.element.addElement(rule)
        return name


def _condition(blank: Blank, cell: str) -> str:
    if blank.takes == "unit":
        units = ";".join(f'"{unit}"' for unit in declared().words.amount_units if len(unit) <= len("千元"))
        return f"of:cell-content-is-in-list({units})"
    ref = f"[.{cell}]"
    return f'of:is-true-formula(OR(AND(ISNUMBER({ref});{ref}>=0;INT({ref})={ref});{ref}="-";{ref}="…"))'


def _letters(column: int) -> str:
    letters = ""
    while column >= 0:
        letters, column = chr(ord("A") + column % 26) + letters, column // 26 - 1
    return letters


def _table(document: OpenDocumentSpreadsheet, sheet: FormSheet, rules: _Rules) -> Element:
    table = Table(name=sheet.name, protected="true")
    for width in sheet.widths:
        name = f"width{width}"
        if not any(one.getAttribute("name") == name for one in document.automaticstyles.childNodes):
            look = style.Style(name=name, family="table-column")
            look.addElement(style.TableColumnProperties(columnwidth=f"{width * _LETTER:.2f}cm"))
            document.automaticstyles.addElement(look)
        table.addElement(TableColumn(stylename=name))
    for row, entries in enumerate(sheet.rows):
        element = TableRow()
        for column, entry in enumerate(entries):
            is_alone = len(entries) == 1
            rule = rules.of(entry, sheet.name, row, column) if isinstance(entry, Blank) else ""
            element.addElement(_cell(entry, rule, is_alone=is_alone))
        table.addElement(element)
    return table


def _cell(entry: Entry, rule: str, *, is_alone: bool) -> Element:
    if isinstance(entry, Text):
        look = "plain" if is_alone else "strong" if entry.is_strong else "locked"
        attributes = {"stylename": look}
    else:
        look = "blank" if entry.takes == "number" else "typed"
        attributes = {"stylename": look, "contentvalidationname": rule}
    if not entry.text:
        return TableCell(**attributes)
    cell = TableCell(valuetype="string", **attributes)
    cell.addElement(P(text=entry.text))
    return cell
