"""The cells of .ods files."""

import io
from datetime import date

import odf.opendocument
from odf import style as odf_style
from odf import table as odf_table
from odf import text as odf_text
from odf.element import Element

from dashboard.domain.findings import FILE_TOO_LARGE, FORMULA_ERROR, FORMULA_WITHOUT_VALUE
from dashboard.readers.grid import Broken, Cell, Sheet, UnreadableFile, number_cell, text_cell


def ods_sheets(content: bytes, max_cells: int) -> list[Sheet]:
    """Return the sheets of a .ods file with at most so many cells; any exception means it is damaged."""
    document = odf.opendocument.load(io.BytesIO(content))
    budget = [max_cells]
    hidden_styles = _hidden_table_styles(document)
    return [
        Sheet(
            name=str(element.getAttribute("name") or ""),
            rows=_rows(element, budget),
            is_hidden=element.getAttribute("stylename") in hidden_styles or _hides_rows_or_columns(element),
        )
        for element in document.spreadsheet.getElementsByType(odf_table.Table)
    ]


def _hidden_table_styles(document: odf.opendocument.OpenDocument) -> set[str]:
    """Return the names of the styles that keep a sheet from being shown."""
    return {
        str(style.getAttribute("name"))
        for style in document.automaticstyles.getElementsByType(odf_style.Style)
        if any(p.getAttribute("display") == "false" for p in style.getElementsByType(odf_style.TableProperties))
    }


def _hides_rows_or_columns(element: Element) -> bool:
    """Tell whether a row with content, or any column, is folded away; the empty rest of a sheet may well be."""
    rows = [row for row in element.getElementsByType(odf_table.TableRow) if _shown_text(row)]
    parts = [*rows, *element.getElementsByType(odf_table.TableColumn)]
    return any(part.getAttribute("visibility") in {"collapse", "filter"} for part in parts)


def _rows(element: Element, budget: list[int]) -> list[list[Cell]]:
    """Expand repeated rows and cells; the empty rest of a sheet, repeated a million times, is left out."""
    rows: list[list[Cell]] = []
    pending_blank = 0
    for row in element.getElementsByType(odf_table.TableRow):
        cells = _cells(row, budget)
        repeated = int(row.getAttribute("numberrowsrepeated") or 1)
        if not cells:
            pending_blank += repeated
            continue
        _spend(budget, pending_blank + len(cells) * repeated)
        rows += [[]] * pending_blank + [cells] * repeated
        pending_blank = 0
    return rows


def _cells(row: Element, budget: list[int]) -> list[Cell]:
    cells: list[Cell] = []
    pending_blank = 0
    for element in row.childNodes:
        repeated = int(element.getAttribute("numbercolumnsrepeated") or 1)
        value = _cell(element)
        if value is None:
            pending_blank += repeated
            continue
        _spend(budget, pending_blank + repeated)
        cells += [None] * pending_blank + [value] * repeated
        pending_blank = 0
    return cells


def _spend(budget: list[int], cells: int) -> None:
    budget[0] -= cells
    if budget[0] < 0:
        raise UnreadableFile(FILE_TOO_LARGE)


def _cell(element: Element) -> Cell:
    kind = element.getAttribute("valuetype") if "table-cell" in element.tagName else None
    text = _shown_text(element)
    if text.startswith(("#", "Err:")) and element.getAttribute("formula"):
        return Broken(FORMULA_ERROR, text)
    match kind:
        case "float" | "currency":
            return number_cell(element.getAttribute("value"))
        case "percentage":
            return number_cell(element.getAttribute("value"), is_percent=True)
        case "date":
            return date.fromisoformat(element.getAttribute("datevalue")[:10])
    if element.tagName == "table:table-cell" and element.getAttribute("formula") and not text:
        return Broken(FORMULA_WITHOUT_VALUE, str(element.getAttribute("formula")))
    return text_cell(text)


def _shown_text(element: Element) -> str:
    """Return the paragraphs of a cell, without the comments attached to it."""
    return "\n".join(_written(p) for p in element.getElementsByType(odf_text.P) if _stands_in_cell(p))


def _stands_in_cell(paragraph: Element) -> bool:
    return "table-cell" in paragraph.parentNode.tagName


def _written(node: Element) -> str:
    """Write text out with the blanks and breaks that ODF spells as elements."""
    if node.nodeType == node.TEXT_NODE:
        return str(node)
    match node.tagName:
        case "text:s":
            return " " * int(node.getAttribute("c") or 1)
        case "text:tab" | "text:line-break":
            return "\n" if node.tagName == "text:line-break" else "\t"
    return "".join(_written(child) for child in node.childNodes)
