"""Files that want to do harm, made from honest ones: every builder returns bytes."""

import io
import random
import stat
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping

from dashboard.domain.settings import HOUSE

SAMPLE = HOUSE / "data/sample"
BOOK = SAMPLE / "visits/服務員訪視成效_111年度(更正).xlsx"
DOCUMENT = SAMPLE / "collection/11404催繳概況表.ods"
LINES = SAMPLE / "visits/110年上半年服務員訪視成效.csv"

SHEET, STRINGS, STYLES, CONTENT = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "content.xml"
_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

Change = Callable[[str], str]


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return into.getvalue()


def book_with(**changes: Change | str) -> bytes:
    """The honest workbook with its sheet or its styles changed."""
    return _with(BOOK.read_bytes(), {"sheet": SHEET, "styles": STYLES}, changes)


def book_with_strings(strings: str, cells: int) -> bytes:
    """The honest workbook with shared texts, the first of them shown in so many cells below its table."""
    parts = parts_of(BOOK.read_bytes())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    listed = f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>'.encode()
    types = "[Content_Types].xml"
    rows = "".join(f'<row r="{900 + n}"><c r="A{900 + n}" t="s"><v>0</v></c></row>' for n in range(cells)).encode()
    sheet = parts[SHEET].replace(b"</sheetData>", rows + b"</sheetData>")
    return packed({**parts, STRINGS: strings.encode(), types: parts[types].replace(b"</Types>", listed), SHEET: sheet})


def document_with(change: Change | str) -> bytes:
    """The honest .ods file with another content."""
    return _with(DOCUMENT.read_bytes(), {"content": CONTENT}, {"content": change})


def _with(content: bytes, names: Mapping[str, str], changes: Mapping[str, Change | str]) -> bytes:
    parts = parts_of(content)
    for part, change in changes.items():
        xml = parts[names[part]].decode()
        parts[names[part]] = (change if isinstance(change, str) else change(xml)).encode()
    return packed(parts)


# --- archives


def flat_bomb(megabytes: int) -> bytes:
    """One sheet that expands a thousandfold."""
    return packed({**parts_of(BOOK.read_bytes()), SHEET: b" " * (megabytes * 1_000_000)})


def with_false_sizes(content: bytes, claimed: int) -> bytes:
    """The same archive, but every entry claims to be small: in its own header and in the directory."""
    forged = bytearray(content)
    for magic, offset in ((_LOCAL, 22), (_CENTRAL, 24)):
        at = forged.find(magic)
        while at >= 0:
            struct.pack_into("<I", forged, at + offset, claimed)
            at = forged.find(magic, at + 4)
    return bytes(forged)


def overlapping(count: int, megabytes: int) -> bytes:
    """An archive whose many entries are all the same bytes."""
    single = packed({"a" * 8: b" " * (megabytes * 1_000_000)})
    start = single.index(_CENTRAL)
    end = single.index(b"PK\x05\x06")
    entry = single[start:end]
    directory = b"".join(entry.replace(b"a" * 8, f"{n:08d}".encode()) for n in range(count))
    closing = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    return single[:start] + directory + closing


def nested(depth: int) -> bytes:
    """Archives within archives."""
    content = b" " * 10_000_000
    for level in range(depth):
        content = packed({f"{level}.xlsx": content, f"{level}.zip": content})
    return content


def with_link(target: str) -> bytes:
    """A workbook whose sheet is a symbolic link."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, content in parts_of(BOOK.read_bytes()).items():
            entry = zipfile.ZipInfo(name)
            is_link = name == SHEET
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16 if is_link else 0o644 << 16
            archive.writestr(entry, target.encode() if is_link else content)
    return into.getvalue()


# --- XML

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def with_entities(declaration: str) -> Change:
    """Declare entities and use the last one wherever a county stands."""

    def changed(xml: str) -> str:
        head, _, rest = xml.rpartition("?>") if xml.startswith("<?xml") else ("", "", xml)
        prolog = f"{head}?>" if head else ""
        return prolog + declaration + rest.replace("基隆市", "&j;")

    return changed


def nested_elements(depth: int) -> Change:
    """Put elements within elements before the end of the document."""

    def changed(xml: str) -> str:
        at = xml.rindex("</")
        return xml[:at] + "<x>" * depth + "</x>" * depth + xml[at:]

    return changed


def strings_of(texts: Iterable[str]) -> str:
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<?xml version="1.0"?><sst {_MAIN}>{items}</sst>'


def sheet_of(rows: Iterable[str], after: str = "", before: str = "") -> str:
    return f'<?xml version="1.0"?><worksheet {_MAIN}>{before}<sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def many_sheets(count: int, *, shared: bool) -> bytes:
    """A workbook with so many sheets, each a part of its own or all the same part."""
    parts = parts_of(BOOK.read_bytes())
    sheet = parts[SHEET]
    book, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheets = "".join(f'<sheet xmlns:r="{kind}" name="{n}" sheetId="{n + 9}" r:id="s{n}"/>' for n in range(count))
    targets = [SHEET if shared else f"xl/worksheets/s{n}.xml" for n in range(count)]
    related = "".join(
        f'<Relationship Type="{kind}/worksheet" Target="/{target}" Id="s{n}"/>' for n, target in enumerate(targets)
    )
    parts[book] = parts[book].replace(b"</sheets>", sheets.encode() + b"</sheets>")
    parts[links] = parts[links].replace(b"</Relationships>", related.encode() + b"</Relationships>")
    return packed({**parts, **dict.fromkeys(targets, sheet)})


def table_of(rows: str) -> Change:
    """Put rows into the first table of a document, before its own."""
    return lambda xml: xml.replace("<table:table-row", rows + "<table:table-row", 1)


def lines() -> str:
    """The honest .csv file as text."""
    return LINES.read_bytes().decode("cp950")


def noise(size: int, seed: int = 0) -> bytes:
    return random.Random(seed).randbytes(size)  # noqa: S311 - reproducible, not secret
