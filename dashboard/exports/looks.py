"""The styles of a .ods file: fonts, formats of numbers, borders, the printed page."""

from collections.abc import Callable
from typing import Any, NamedTuple

from odf import number, style, text
from odf.element import Element
from odf.opendocument import OpenDocument

from dashboard.domain import export_words
from dashboard.exports.book import Number

_LETTER, _LINE = 0.21, 0.6
"""Centimetres a Latin letter and a line of 11-point Chinese take."""
_BORDER = "0.5pt solid #000000"
_INSIDE = {"wrapoption": "wrap", "verticalalign": "middle", "paddingleft": "0.1cm", "paddingright": "0.1cm"}
_CELL = "Default"
_FORMATS = frozenset({"text", "number"})


class _Page(NamedTuple):
    name: str
    orientation: str
    width: str
    height: str


_PAGES = (_Page("Upright", "portrait", "21cm", "29.7cm"), _Page("Across", "landscape", "29.7cm", "21cm"))


class Looks:
    """Each style of a document once; whoever asks for one gets its name."""

    def __init__(self, document: OpenDocument) -> None:
        self._document = document
        self._kept: dict[tuple[Any, ...], str] = {}
        self._add_font()
        for page in _PAGES:
            self._add_page(page)

    def table(self, *, is_wide: bool) -> str:
        """Return the style of a table printed across the paper, or upright."""
        page = _PAGES[is_wide].name
        return self._named(("table", page), lambda name: style.Style(name=name, family="table", masterpagename=page))

    def column(self, width: int) -> str:
        """Return the style of a column of so many Latin letters."""
        properties = {"columnwidth": f"{width * _LETTER:.2f}cm"}
        return self._style("table-column", style.TableColumnProperties, properties)

    def row(self, line_count: int) -> str:
        """Return the style of a row of so many lines; 0 leaves its height to what it holds."""
        height = {"rowheight": f"{line_count * _LINE:.2f}cm"} if line_count else {}
        return self._style("table-row", style.TableRowProperties, {**height, "useoptimalrowheight": not line_count})

    def text(self, *, bold: bool = False, align: str = "start", border: bool = False) -> str:
        """Return the style of a text, which stays one when a reader edits its cell."""
        return self._cell(self._named(("text",), _text_style), bold=bold, align=align, border=border)

    def number(self, cell: Number, *, bold: bool) -> str:
        return self._cell(self._number_style(cell), bold=bold, align="end", border=True)

    # --- one by one

    def _named(self, key: tuple[Any, ...], make: Callable[[str], Element]) -> str:
        if key not in self._kept:
            self._kept[key] = f"s{len(self._kept) + 1}"
            # A format may be a part of another: only among the common styles does the library keep such ones.
            is_format = key[0] in _FORMATS
            room = self._document.styles if is_format else self._document.automaticstyles
            room.addElement(make(self._kept[key]))
        return self._kept[key]

    def _style(self, family: str, properties: Any, values: dict[str, Any]) -> str:
        def make(name: str) -> Element:
            made = style.Style(name=name, family=family)
            made.addElement(properties(**values))
            return made

        return self._named((family, *values.items()), make)

    def _cell(self, data_style: str, *, bold: bool, align: str, border: bool) -> str:
        def make(name: str) -> Element:
            made = style.Style(name=name, family="table-cell", parentstylename=_CELL, datastylename=data_style)
            framed = {"border": _BORDER} if border else {}
            made.addElement(style.TableCellProperties(**_INSIDE, **framed))
            made.addElement(style.ParagraphProperties(textalign=align))
            weight = "bold" if bold else "normal"
            made.addElement(style.TextProperties(fontweight=weight, fontweightasian=weight))
            return made

        return self._named(("table-cell", data_style, bold, align, border), make)

    def _number_style(self, cell: Number) -> str:
        """Return the format of a figure; one with signs has a part for growth, one for loss, one for zero."""
        decimals = cell.decimals
        if not cell.is_signed:
            return self._named(("number", decimals), lambda name: _number_style(name, decimals))
        gain = self._named(("number", decimals, "+"), lambda name: _number_style(name, decimals, "+"))
        loss = self._named(("number", decimals, "-"), lambda name: _number_style(name, decimals, "-"))

        def make(name: str) -> Element:
            made = _number_style(name, decimals)
            for condition, part in (("value()>0", gain), ("value()<0", loss)):
                made.addElement(style.Map(condition=condition, applystylename=part))
            return made

        return self._named(("number", decimals, "signed"), make)

    # --- the document

    def _add_font(self) -> None:
        font = export_words.FONT
        self._document.fontfacedecls.addElement(style.FontFace(name=font, fontfamily=font))
        cell = style.Style(name=_CELL, family="table-cell")
        language = {"languageasian": "zh", "countryasian": "TW"}
        fonts = {"fontname": font, "fontnameasian": font, "fontsize": "11pt", "fontsizeasian": "11pt"}
        cell.addElement(style.TextProperties(**fonts, **language))
        self._document.styles.addElement(cell)

    def _add_page(self, page: _Page) -> None:
        """Print as wide as the paper, with the number of the page at the foot."""
        layout = style.PageLayout(name=f"{page.name}Layout")
        size = {"pagewidth": page.width, "pageheight": page.height, "printorientation": page.orientation}
        layout.addElement(style.PageLayoutProperties(**size, margin="1.5cm", scaletox="1", scaletoy="0"))
        foot = style.FooterStyle()
        foot.addElement(style.HeaderFooterProperties(minheight="0.8cm", margintop="0.2cm"))
        layout.addElement(foot)
        self._document.automaticstyles.addElement(layout)
        master = style.MasterPage(name=page.name, pagelayoutname=layout)
        master.addElement(_footer())
        self._document.masterstyles.addElement(master)


def _text_style(name: str) -> Element:
    made = number.TextStyle(name=name)
    made.addElement(number.TextContent())
    return made


def _number_style(name: str, decimals: int, sign: str = "") -> Element:
    made = number.NumberStyle(name=name)
    if sign:
        made.addElement(number.Text(text=sign))
    made.addElement(number.Number(minintegerdigits=1, decimalplaces=decimals, grouping=True))
    return made


def _footer() -> Element:
    before, _, rest = export_words.PAGE.partition("{page}")
    between, _, after = rest.partition("{pages}")
    line = text.P(text=before)
    line.addElement(text.PageNumber(selectpage="current"))
    line.addText(between)
    line.addElement(text.PageCount())
    line.addText(after)
    footer = style.Footer()
    footer.addElement(line)
    return footer
