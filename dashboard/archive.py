"""Files that must survive: written under another name, flushed to disk, then renamed in one step.

Originals and figures are kept under the hash of their content, so the same bytes are the same file and a crash
leaves either nothing or all of it under the final name.
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from dashboard.domain.errors import DashboardError

_UNFINISHED = ".unfinished-"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def flush_directory(directory: Path) -> None:
    """Make a rename in this directory durable."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def writing_below(directory: Path) -> Iterator[None]:
    """Tell in a sentence where a disk takes nothing: full, read-only, not ours."""
    try:
        yield
    except OSError as problem:
        raise DashboardError(f"無法寫入 {directory}（{problem.strerror}）；請確認磁碟空間與權限。") from problem


def make_directory(directory: Path) -> None:
    """Make a directory and those above it; each new one is made durable in its parent."""
    if not directory.is_dir():
        make_directory(directory.parent)
        directory.mkdir(exist_ok=True)
        flush_directory(directory.parent)


@contextlib.contextmanager
def durable(path: Path) -> Iterator[Path]:
    """Yield a temporary path in the same directory; on leaving it is flushed and takes the final name.

    Where the disk does not take it (full, read-only), nothing changes and a DashboardError says so.
    """
    with writing_below(path.parent):
        make_directory(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
        os.close(handle)
        temporary = Path(name)
        try:
            yield temporary
            with temporary.open("rb+") as written:
                os.fsync(written.fileno())
            temporary.replace(path)
            flush_directory(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


def write_durably(path: Path, content: bytes) -> None:
    with durable(path) as temporary:
        temporary.write_bytes(content)


class Archive:
    """The received files and the figures read from them, by hash, below one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._originals = data_dir / "originals"
        self._figures = data_dir / "figures"

    def original_path(self, digest: str) -> Path:
        return self._originals / digest[:2] / digest

    def figures_path(self, digest: str) -> Path:
        return self._figures / f"{digest}.parquet"

    def keep_original(self, content: bytes) -> str:
        """Store a received file byte for byte; return its SHA-256."""
        digest = sha256(content)
        self._keep(self.original_path(digest), content)
        return digest

    def keep_figures(self, parquet: bytes) -> str:
        """Store the figures read from a file; return their SHA-256."""
        digest = sha256(parquet)
        self._keep(self.figures_path(digest), parquet)
        return digest

    @staticmethod
    def _keep(path: Path, content: bytes) -> None:
        if not path.exists():
            write_durably(path, content)

    def original(self, digest: str) -> bytes:
        """Return a received file byte for byte; DashboardError where it is missing or was altered."""
        return self._verified(self.original_path(digest), digest, "原始檔")

    def figures(self, digest: str) -> bytes:
        """Return figures as they were stored; DashboardError where they are missing or were altered."""
        return self._verified(self.figures_path(digest), digest, "數值檔")

    @staticmethod
    def _verified(path: Path, digest: str, spoken: str) -> bytes:
        try:
            content = path.read_bytes()
        except OSError as problem:
            raise DashboardError(f"{spoken} {path} 無法讀取（{problem.strerror}）；請自備份還原。") from problem
        if sha256(content) != digest:
            raise DashboardError(f"{spoken} {path} 與收件帳所載的雜湊值不符；請自備份還原。")
        return content

    def stored(self) -> dict[str, Path]:
        """Return all files by their place below the data directory, unfinished ones left out."""
        found = (*self._originals.glob("*/*"), *self._figures.glob("*"))
        return {
            path.relative_to(self._data_dir).as_posix(): path
            for path in sorted(found)
            if path.is_file() and not path.name.startswith(_UNFINISHED)
        }

    def place(self, path: Path) -> str:
        """Return where a file stands below the data directory."""
        return path.relative_to(self._data_dir).as_posix()

    def discard(self, originals: Collection[str], figures: Collection[str]) -> None:
        """Remove what was stored for a batch that did not come in; only the holder of the builder's lock may."""
        for path in (*map(self.original_path, originals), *map(self.figures_path, figures)):
            path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what a killed process left unfinished; only the holder of the builder's lock may."""
        for unfinished in list(self._data_dir.rglob(f"{_UNFINISHED}*")):
            if unfinished.is_dir():  # where DuckDB puts what does not fit into memory
                shutil.rmtree(unfinished)
            else:
                unfinished.unlink(missing_ok=True)
