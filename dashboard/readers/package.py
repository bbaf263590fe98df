"""The archive that a .xlsx or .ods file is: looked at before anything in it is expanded, read in measured portions."""

import contextlib
import io
import stat
import zipfile
from collections.abc import Iterator
from itertools import pairwise

from dashboard.domain.findings import FILE_ENCRYPTED, FILE_TOO_LARGE
from dashboard.readers.grid import UnreadableFile

_EXPANSION = 40  # how many times its own size a spreadsheet's XML may reach; real reports stay below 15
_ALWAYS_ALLOWED = 4_000_000  # bytes; small files of mostly blank cells pack better than that
_AT_MOST = 400_000_000  # bytes; more than the cells allowed by default can need
_ENTRIES = 2_000  # a sheet is one entry; real reports have below 40
_MANIFEST = "META-INF/manifest.xml"


@contextlib.contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Open the archive if its directory is sound; UnreadableFile or zipfile.BadZipFile if not.

    Python's zipfile hands out no more of an entry than its directory admits to, so the sum of those sizes is a bound.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > _ENTRIES:
            raise UnreadableFile(FILE_TOO_LARGE)
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableFile(FILE_ENCRYPTED)
        if sum(entry.file_size for entry in entries) > _allowed(len(content)):
            raise UnreadableFile(FILE_TOO_LARGE)
        _check_directory(entries)
        if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
            raise UnreadableFile(FILE_ENCRYPTED)
        yield archive


def _allowed(size: int) -> int:
    return min(max(_EXPANSION * size, _ALWAYS_ALLOWED), _AT_MOST)


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what programs read differently: a name twice, entries within each other, links."""
    names = [entry.filename for entry in entries]
    placed = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    if len(set(names)) < len(names):
        raise zipfile.BadZipFile("a name twice")
    if any(start + size > following for (start, size), (following, _) in pairwise(placed)):
        raise zipfile.BadZipFile("entries overlap")
    if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        raise zipfile.BadZipFile("an entry is a link")
