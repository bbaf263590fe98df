"""A data directory as one archive: the ledger's database, originals and figures; written, and examined again.

A backup holds no lock. The database is copied as it stands at one moment; every file that its records name was stored
before they were, under the hash of its content, and is never changed or removed afterwards. So whatever comes in while
the files are read belongs to a later moment and is no part of it. The warehouse is derived and no part of it either.
"""

import contextlib
import dataclasses
import hashlib
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from dashboard.archive import Archive, durable, sha256
from dashboard.domain import ledger_words as words
from dashboard.domain.errors import DashboardError
from dashboard.ledger import Head, Ledger, Record, submissions_in

_FORMAT = 1
_MANIFEST, DATABASE = "manifest.json", "ledger.sqlite"
_NAME = re.compile(
    r"ledger\.sqlite|manifest\.json|originals/([0-9a-f]{2})/\1[0-9a-f]{62}|figures/[0-9a-f]{64}\.parquet"
)
_CHUNK = 1 << 20
_MOST_MANIFEST_BYTES = 200_000_000
_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # what is in an archive, and not when, decides its bytes


class _Manifest(BaseModel):
    """What an archive says of itself: each file's SHA-256, and the heads of both chains as (number, hash)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    journal: tuple[int, str]
    decisions: tuple[int, str]
    files: dict[str, str]


# --- backing up


def write(data_dir: Path, path: Path) -> str:
    """Back a data directory up to a new file, and say so in a sentence.

    DashboardError, and no file, where there is no ledger, the file exists, or a stored file is missing or altered.
    """
    if not (data_dir / DATABASE).is_file():
        raise DashboardError(words.NO_SUCH_LEDGER)
    if path.exists():
        raise DashboardError(words.backup_exists(str(path)))
    with tempfile.TemporaryDirectory(prefix="guobao-backup-") as scratch, opened(data_dir) as ledger:
        ledger.copy_to(Path(scratch) / DATABASE)
        with opened(Path(scratch)) as copy:
            records, head, decided = copy.records(), copy.head(), copy.decision_head()
        # Closed, the copy is a single file.
        database = (Path(scratch) / DATABASE).read_bytes()
    named = named_files(records, Archive(data_dir))
    with durable(path.absolute()) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {DATABASE: sha256(database)} | {name: digest for name, (digest, _) in named.items()}
        manifest = _Manifest(format=_FORMAT, journal=head, decisions=decided, files=files)
        _put(archive, _MANIFEST, manifest.model_dump_json(indent=1).encode())
        _put(archive, DATABASE, database)
        for name, (digest, stored) in named.items():
            _put(archive, name, _intact(stored, digest))
    return words.backed_up(str(path), len(named), head.seq, decided.seq)


@contextlib.contextmanager
def opened(data_dir: Path) -> Iterator[Ledger]:
    ledger = Ledger(data_dir)
    try:
        yield ledger
    finally:
        ledger.close()


def named_files(records: list[Record], archive: Archive) -> dict[str, tuple[str, Path]]:
    """Return the files that records rest on, by their place: hash and path."""
    found = {}
    for one in submissions_in(records):
        if one.is_accepted:
            original, figures = archive.original_path(one.sha256), archive.figures_path(one.figures_sha256)
            found[archive.place(original)] = one.sha256, original
            found[archive.place(figures)] = one.figures_sha256, figures
    return dict(sorted(found.items()))


def _intact(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError:
        raise DashboardError(words.cannot_back_up(str(path))) from None
    if sha256(content) != digest:
        raise DashboardError(words.cannot_back_up(str(path)))
    return content


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _SAME_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


# --- what an archive holds


@dataclasses.dataclass(frozen=True)
class Contents:
    """An archive that was found whole; `folder` holds its database, brought up to this code."""

    archive: zipfile.ZipFile
    files: Mapping[str, str]
    folder: Path
    records: list[Record]
    head: Head
    decided: Head


@contextlib.contextmanager
def examined(path: Path) -> Iterator[Contents]:
    """Open an archive and check all of it: names, hashes, both chains, and that no file is wanting."""
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guobao-restore-")))
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            manifest = _manifest(path, archive)
            _check_files(path, archive, manifest)
            (scratch / DATABASE).write_bytes(archive.read(DATABASE))
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
            raise _unusable(path, words.UNREADABLE) from problem
        ledger = stack.enter_context(opened(scratch))
        try:
            records, _ = ledger.records(), ledger.decisions()
        except (DashboardError, ValidationError) as problem:
            raise _unusable(path, words.LEDGER_DAMAGED) from problem
        head, decided = ledger.head(), ledger.decision_head()
        if (tuple(head), tuple(decided)) != (manifest.journal, manifest.decisions):
            raise _unusable(path, words.HEADS_DIFFER)
        for name, (digest, _) in named_files(records, Archive(scratch)).items():
            if manifest.files.get(name) != digest:
                raise _unusable(path, words.lacks(name))
        yield Contents(archive, manifest.files, scratch, records, head, decided)


def _unusable(path: Path, why: str) -> DashboardError:
    return DashboardError(words.not_a_backup(str(path), why))


def _manifest(path: Path, archive: zipfile.ZipFile) -> _Manifest:
    names = archive.namelist()
    for name in names:
        # Nothing is ever written where a name says, save for these.
        if not _NAME.fullmatch(name) or names.count(name) > 1:
            raise _unusable(path, words.strange_name(name))
    if _MANIFEST not in names or archive.getinfo(_MANIFEST).file_size > _MOST_MANIFEST_BYTES:
        raise _unusable(path, words.NO_MANIFEST)
    try:
        manifest = _Manifest.model_validate_json(archive.read(_MANIFEST))
    except ValidationError as problem:
        raise _unusable(path, words.NO_MANIFEST) from problem
    if manifest.format != _FORMAT:
        raise _unusable(path, words.OTHER_FORMAT)
    return manifest


def _check_files(path: Path, archive: zipfile.ZipFile, manifest: _Manifest) -> None:
    held = set(archive.namelist()) - {_MANIFEST}
    for name in sorted(held | manifest.files.keys() | {DATABASE}):
        if name not in held:
            raise _unusable(path, words.lacks(name))
        if manifest.files.get(name) != _digest(archive, name):
            raise _unusable(path, words.wrong_content(name))


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while chunk := member.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
