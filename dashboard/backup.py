"""Backing up and restoring a data directory as one archive: the ledger's database, originals and figures.

A backup holds no lock. The database is copied as it stands at one moment; every file that its records name was stored
before they were, under the hash of its content, and is never changed or removed afterwards. So whatever comes in while
the files are read belongs to a later moment and is no part of it. The warehouse is derived and built anew on restoring.
"""

import contextlib
import dataclasses
import hashlib
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from dashboard.archive import Archive, durable, make_directory, sha256, write_durably, writing_below
from dashboard.domain import ledger_words as words
from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import TAIPEI, Settings
from dashboard.ledger import BrokenChain, Head, Ledger, Record, submissions_in
from dashboard.warehouse import Warehouses

_FORMAT = 1
_MANIFEST, _DATABASE = "manifest.json", "ledger.sqlite"
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
    if not (data_dir / _DATABASE).is_file():
        raise DashboardError(words.NO_SUCH_LEDGER)
    if path.exists():
        raise DashboardError(words.backup_exists(str(path)))
    with tempfile.TemporaryDirectory(prefix="guobao-backup-") as scratch, _opened(data_dir) as ledger:
        ledger.copy_to(Path(scratch) / _DATABASE)
        with _opened(Path(scratch)) as copy:
            records, head, decided = copy.records(), copy.head(), copy.decision_head()
        # Closed, the copy is a single file.
        database = (Path(scratch) / _DATABASE).read_bytes()
    named = _named(records, Archive(data_dir))
    with durable(path.absolute()) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {_DATABASE: sha256(database)} | {name: digest for name, (digest, _) in named.items()}
        manifest = _Manifest(format=_FORMAT, journal=head, decisions=decided, files=files)
        _put(archive, _MANIFEST, manifest.model_dump_json(indent=1).encode())
        _put(archive, _DATABASE, database)
        for name, (digest, stored) in named.items():
            _put(archive, name, _intact(stored, digest))
    return words.backed_up(str(path), len(named), head.seq, decided.seq)


@contextlib.contextmanager
def _opened(data_dir: Path) -> Iterator[Ledger]:
    ledger = Ledger(data_dir)
    try:
        yield ledger
    finally:
        ledger.close()


def _named(records: list[Record], archive: Archive) -> dict[str, tuple[str, Path]]:
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


# --- restoring: what the archive holds


@dataclasses.dataclass(frozen=True)
class _Contents:
    """An archive that was found whole; `folder` holds its database, brought up to this code."""

    archive: zipfile.ZipFile
    files: Mapping[str, str]
    folder: Path
    records: list[Record]
    head: Head
    decided: Head


@contextlib.contextmanager
def _examined(path: Path) -> Iterator[_Contents]:
    """Open an archive and check all of it: names, hashes, both chains, and that no file is wanting."""
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guobao-restore-")))
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            manifest = _manifest(path, archive)
            _check_files(path, archive, manifest)
            (scratch / _DATABASE).write_bytes(archive.read(_DATABASE))
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
            raise _unusable(path, words.UNREADABLE) from problem
        ledger = stack.enter_context(_opened(scratch))
        try:
            records, _ = ledger.records(), ledger.decisions()
        except (DashboardError, ValidationError) as problem:
            raise _unusable(path, words.LEDGER_DAMAGED) from problem
        head, decided = ledger.head(), ledger.decision_head()
        if (tuple(head), tuple(decided)) != (manifest.journal, manifest.decisions):
            raise _unusable(path, words.HEADS_DIFFER)
        for name, (digest, _) in _named(records, Archive(scratch)).items():
            if manifest.files.get(name) != digest:
                raise _unusable(path, words.lacks(name))
        yield _Contents(archive, manifest.files, scratch, records, head, decided)


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
    for name in sorted(held | manifest.files.keys() | {_DATABASE}):
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


# --- restoring: into the data directory


def restore(settings: Settings, path: Path, *, replace: bool = False) -> list[str]:
    """Make a data directory what an archive holds, while servers run; return sentences that say what was done.

    First all files, then the warehouse, then the database in one step, then the pointer: whoever reads sees either
    state. DashboardError, and nothing changed, where the archive is not whole, or the directory holds records that the
    archive does not, unless `replace`; then what was there is kept beside the directory.
    """
    data_dir = settings.data_dir
    with _examined(path) as contents:
        _require_ledger_or_nothing(data_dir)
        warehouses = Warehouses(data_dir, settings.kept_warehouses)
        with writing_below(data_dir):
            make_directory(data_dir)
        with warehouses.locked():
            said = _make_room(data_dir, contents, replace=replace)
            with _opened(data_dir) as ledger:
                _bring_files(contents, Archive(data_dir))
                name = warehouses.build(contents.head, contents.records, anew=True)
                _require_continuation(contents, ledger, replace=replace)
                ledger.replace_with(contents.folder / _DATABASE)
                warehouses.put_into_service(name, contents.head)
                warehouses.prune()
            if said:
                _drop_orphans(contents, Archive(data_dir))
    return [words.restored(len(contents.files) - 1, contents.head.seq, contents.decided.seq), *said]


def _require_ledger_or_nothing(data_dir: Path) -> None:
    held = {entry.name for entry in data_dir.iterdir()} if data_dir.is_dir() else set()
    if _DATABASE not in held and held - {"build.lock"}:
        raise DashboardError(words.NOT_A_DATA_DIR)


def _require_continuation(contents: _Contents, ledger: Ledger, *, replace: bool) -> bool:
    """Tell whether an archive holds all that a ledger does; DashboardError where it does not, unless `replace`."""
    try:
        ledger.records(), ledger.decisions()
        with _opened(contents.folder) as restored:
            is_continued = restored.continues(ledger)
    except BrokenChain:
        if not replace:
            raise
        is_continued = False
    if not (is_continued or replace):
        raise DashboardError(words.would_lose(ledger.head().seq, ledger.decision_head().seq))
    return is_continued


def _make_room(data_dir: Path, contents: _Contents, *, replace: bool) -> list[str]:
    """Keep aside what would be lost; say where it is, nothing where nothing would be."""
    if not (data_dir / _DATABASE).exists():
        return []
    try:
        with _opened(data_dir) as ledger:
            if _require_continuation(contents, ledger, replace=replace):
                return []
            aside = _aside(data_dir)
            ledger.copy_to(aside / _DATABASE)
            with _opened(contents.folder) as restored:
                is_decided_otherwise = not restored.continues_decisions(ledger)
    except DashboardError:
        if not replace:
            raise
        # Not even readable: moved as it is, so that servers have to be started again.
        aside, is_decided_otherwise = _aside(data_dir), True
        for damaged in sorted(data_dir.glob(f"{_DATABASE}*")):
            damaged.rename(aside / damaged.name)
    _keep_files(data_dir, aside)
    return [words.kept_aside(str(aside)), *([words.RESTART_SERVERS] if is_decided_otherwise else [])]


def _aside(data_dir: Path) -> Path:
    now = datetime.now(TAIPEI)
    aside = data_dir.absolute().with_name(f"{data_dir.absolute().name}.former-{now:%Y%m%d-%H%M%S-%f}")
    make_directory(aside)
    return aside


def _keep_files(data_dir: Path, aside: Path) -> None:
    """Give the stored files a second name aside; where the disk knows no second names they are copied."""
    for name, path in Archive(data_dir).stored().items():
        make_directory((aside / name).parent)
        try:
            os.link(path, aside / name)
        except OSError:
            shutil.copyfile(path, aside / name)


def _bring_files(contents: _Contents, archive: Archive) -> None:
    stored = archive.stored()
    for name, (digest, path) in _named(contents.records, archive).items():
        if name not in stored or sha256(path.read_bytes()) != digest:
            write_durably(path, contents.archive.read(name))


def _drop_orphans(contents: _Contents, archive: Archive) -> None:
    """Remove what only the former state rests on; it is kept aside."""
    named = _named(contents.records, archive)
    for name, path in archive.stored().items():
        if name not in named:
            path.unlink()
