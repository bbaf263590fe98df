"""Files that must survive: written under another name, flushed to disk, then renamed in one step.

Originals and figures are kept under the hash of their content, so the same bytes are the same file and a crash
leaves either nothing or all of it under the final name.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


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
def durable(path: Path) -> Iterator[Path]:
    """Yield a temporary path in the same directory; on leaving it is flushed and takes the final name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-")
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

    def sweep(self) -> None:
        """Remove what a killed process left unfinished; only the holder of the builder's lock may."""
        for directory in (self._originals, self._figures):
            for unfinished in directory.rglob(".unfinished-*"):
                unfinished.unlink(missing_ok=True)
