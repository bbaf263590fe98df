"""Restoring a data directory from an archive of it, while servers run: nothing is lost that nobody gave up."""

import dataclasses
import os
import secrets
import shutil
from datetime import datetime
from pathlib import Path

from dashboard.archive import Archive, make_directory, sha256, write_durably, writing_below
from dashboard.backup import DATABASE, Contents, examined, named_files, opened
from dashboard.domain import ledger_words as words
from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import TAIPEI, Settings
from dashboard.ledger import BrokenChain, Head, Ledger
from dashboard.warehouse import Warehouses


@dataclasses.dataclass(frozen=True)
class _Aside:
    """A former state kept beside the data directory, and the heads of its two chains; None where it was unreadable."""

    path: Path
    heads: tuple[Head, Head] | None


def restore(settings: Settings, path: Path, *, replace: bool = False) -> list[str]:
    """Make a data directory what an archive holds, while servers run; return sentences that say what was done.

    First all files, then the warehouse, then the database in one step, then the pointer: whoever reads sees either
    state. Whoever writes waits from the last look at what is there until the database is another one, and then writes
    to that. DashboardError, and nothing changed, where the archive is not whole, or the directory holds records that
    the archive does not, unless `replace`; then what was there is kept beside the directory.
    """
    data_dir = settings.data_dir
    with examined(path) as contents:
        _require_ledger_or_nothing(data_dir)
        warehouses = Warehouses(data_dir, settings.kept_warehouses)
        with writing_below(data_dir):
            make_directory(data_dir)
        with warehouses.locked():
            kept = _make_room(data_dir, contents, replace=replace)
            with opened(data_dir) as ledger, opened(contents.folder) as restored:
                _bring_files(contents, Archive(data_dir))
                name = warehouses.build(contents.head, contents.records, anew=True)
                with ledger.alone() as become:
                    kept = _kept_since(data_dir, contents, ledger, kept, replace=replace)
                    become(restored)
                warehouses.put_into_service(name, contents.head, era=secrets.token_hex(4))
                warehouses.prune()
            if kept:
                _drop_orphans(contents, Archive(data_dir))
    said = [words.kept_aside(str(one.path)) for one in kept]
    return [words.restored(len(contents.files) - 1, contents.head.seq, contents.decided.seq), *said]


def _require_ledger_or_nothing(data_dir: Path) -> None:
    held = {entry.name for entry in data_dir.iterdir()} if data_dir.is_dir() else set()
    if DATABASE not in held and held - {"build.lock"}:
        raise DashboardError(words.NOT_A_DATA_DIR)


def _require_continuation(contents: Contents, ledger: Ledger, *, replace: bool) -> bool:
    """Tell whether an archive holds all that a ledger does; DashboardError where it does not, unless `replace`."""
    try:
        ledger.records(), ledger.decisions()
        with opened(contents.folder) as restored:
            is_continued = restored.continues(ledger)
    except BrokenChain:
        if not replace:
            raise
        is_continued = False
    if not (is_continued or replace):
        raise DashboardError(words.would_lose(ledger.head().seq, ledger.decision_head().seq))
    return is_continued


def _make_room(data_dir: Path, contents: Contents, *, replace: bool) -> list[_Aside]:
    """Keep aside what would be lost, if anything."""
    if not (data_dir / DATABASE).exists():
        return []
    try:
        with opened(data_dir) as ledger:
            return [] if _require_continuation(contents, ledger, replace=replace) else [_kept(data_dir, ledger)]
    except DashboardError:
        if not replace:
            raise
        # Not even readable: moved as it is.
        aside = _aside(data_dir)
        for damaged in sorted(data_dir.glob(f"{DATABASE}*")):
            damaged.rename(aside / damaged.name)
        _keep_files(data_dir, aside)
        return [_Aside(aside, None)]


def _kept_since(
    data_dir: Path, contents: Contents, ledger: Ledger, kept: list[_Aside], *, replace: bool
) -> list[_Aside]:
    """Keep aside what was written after there was made room; asked while nobody writes, it is the last look."""
    is_continued = _require_continuation(contents, ledger, replace=replace)
    if is_continued or (kept and kept[-1].heads == _heads(ledger)):
        return kept
    return [*kept, _kept(data_dir, ledger)]


def _kept(data_dir: Path, ledger: Ledger) -> _Aside:
    aside = _aside(data_dir)
    ledger.copy_to(aside / DATABASE)
    _keep_files(data_dir, aside)
    return _Aside(aside, _heads(ledger))


def _heads(ledger: Ledger) -> tuple[Head, Head]:
    return ledger.head(), ledger.decision_head()


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


def _bring_files(contents: Contents, archive: Archive) -> None:
    stored = archive.stored()
    for name, (digest, path) in named_files(contents.records, archive).items():
        if name not in stored or sha256(path.read_bytes()) != digest:
            write_durably(path, contents.archive.read(name))


def _drop_orphans(contents: Contents, archive: Archive) -> None:
    """Remove what only the former state rests on; it is kept aside."""
    named = named_files(contents.records, archive)
    for name, path in archive.stored().items():
        if name not in named:
            path.unlink()
