"""The archive: the same bytes once, wholly or not at all."""

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from dashboard.archive import Archive, durable, sha256, write_durably
from dashboard.domain.errors import DashboardError


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def files_below(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())


def disk_is_full(*_arguments: object, **_options: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_identical_bytes_are_stored_once_under_their_hash(archive: Archive, tmp_path: Path) -> None:
    digest = archive.keep_original("一份報表".encode())
    kept = archive.original_path(digest)
    before = kept.stat()
    assert archive.keep_original("一份報表".encode()) == digest == sha256(kept.read_bytes())
    assert kept.stat() == before
    assert files_below(tmp_path) == [kept]


def test_figures_are_given_back_as_they_were_stored(archive: Archive) -> None:
    digest = archive.keep_figures(b"figures")
    assert archive.figures(digest) == b"figures"


def test_figures_that_were_altered_are_not_given_back(archive: Archive) -> None:
    digest = archive.keep_figures(b"figures")
    archive.figures_path(digest).write_bytes(b"figurez")
    with pytest.raises(DashboardError, match=f"{digest}.parquet .*雜湊值不符"):
        archive.figures(digest)


def test_figures_that_are_missing_are_told_in_a_sentence(archive: Archive) -> None:
    with pytest.raises(DashboardError, match=r"數值檔 .* 無法讀取.*請自備份還原"):
        archive.figures("0" * 64)


@pytest.mark.parametrize("step", ["write_bytes", "replace", "mkdir"])
def test_a_full_disk_leaves_nothing_and_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, step, disk_is_full)
        with pytest.raises(DashboardError, match=r"無法寫入 .*No space left.*請確認磁碟空間與權限"):
            write_durably(tmp_path / "below" / "file", b"new")
    assert files_below(tmp_path) == []


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_full_disk_leaves_the_file_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with monkeypatch.context() as patched:
        patched.setattr(Path, step, disk_is_full)
        with pytest.raises(DashboardError):
            write_durably(path, b"new")
    assert path.read_bytes() == b"old"
    assert files_below(tmp_path) == [path]


def test_a_directory_that_takes_no_files_is_told_in_a_sentence(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "originals").write_bytes(b"a file where a directory should be")
    with pytest.raises(DashboardError, match="無法寫入"):
        archive.keep_original(b"report")


def test_nothing_half_written_ever_stands_under_the_final_name(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with pytest.raises(KeyboardInterrupt), durable(path) as temporary:  # noqa: PT012 - the file is half written
        temporary.write_bytes(b"half")
        assert not path.exists()
        raise KeyboardInterrupt
    assert files_below(tmp_path) == []


def test_content_and_names_are_flushed_to_disk_before_anyone_relies_on_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{handle}").resolve())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    write_durably(tmp_path / "originals" / "ab" / "file", b"content")
    directories = [tmp_path, tmp_path / "originals", tmp_path / "originals" / "ab"]
    assert [path for path in flushed if path in directories] == directories
    assert flushed[2].name.startswith(".unfinished-")


def test_sweeping_removes_what_was_left_unfinished_and_nothing_else(archive: Archive, tmp_path: Path) -> None:
    kept = [archive.original_path(archive.keep_original(b"report")), archive.figures_path(archive.keep_figures(b"f"))]
    spilled = tmp_path / "warehouses" / ".unfinished-abc.tmp"
    spilled.mkdir(parents=True)
    leftovers = [tmp_path, kept[0].parent, kept[1].parent, tmp_path / "warehouses"]
    for file in [*(directory / ".unfinished-xyz" for directory in leftovers), spilled / "spilled"]:
        file.write_bytes(b"half")
    archive.sweep()
    assert files_below(tmp_path) == sorted(kept)
    assert not spilled.exists()
