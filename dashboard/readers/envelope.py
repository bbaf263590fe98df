"""What a file is on the outside, before anything in it is opened: whether it carries programs or broke off."""

from dashboard.domain.findings import FILE_HAS_MACROS, FILE_TRUNCATED
from dashboard.readers.grid import UnreadableFile

_WITH_MACROS = frozenset({"xlsm", "xltm", "xlam", "xlsb"})
_PROGRAMS = (b"vbaProject.bin", b"Basic/Standard/", b"Scripts/python/", b"xl/macrosheets/")
_STARTS = b"PK\x03\x04"
_ENDS = b"PK\x05\x06"  # the directory, written last: without it the rest of the archive never arrived


def look_outside(content: bytes, suffix: str) -> None:
    """Refuse a workbook with programs in it and an archive without its end; names of entries are never compressed."""
    if suffix in _WITH_MACROS:
        raise UnreadableFile(FILE_HAS_MACROS, value=f".{suffix}", expected=".xlsx")
    if suffix == "csv" or not content.startswith(_STARTS[: max(len(content), 1)]):
        return
    if _ENDS not in content:
        raise UnreadableFile(FILE_TRUNCATED, value=f"{len(content):,} 位元組")
    program = next((name for name in _PROGRAMS if name in content), None)
    if program:
        raise UnreadableFile(FILE_HAS_MACROS, value=program.decode(), expected="不含巨集的檔案")
