"""What the command line hands in: files below paths, with what a manifest or a flag says of their dates."""

import csv
import dataclasses
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from dashboard.archive import sha256
from dashboard.domain.errors import DashboardError
from dashboard.domain.roc import stated_date
from dashboard.domain.settings import today
from dashboard.receiving import Incoming

MANIFEST_COLUMNS = ("file", "sha256", "issued_on", "received_on", "is_simulated")
_REPORT_SUFFIXES = {".xlsx", ".ods", ".csv", ".xls", ".xlsm"}  # the last two are refused with a remedy, not passed over
FROM_ISSUE = "issued"


@dataclasses.dataclass(frozen=True)
class Entry:
    """One line of a manifest: when a file was issued and officially received."""

    path: Path
    sha256: str
    issued_on: date | None
    received_on: date | None
    is_simulated: bool


def read_manifest(path: Path) -> list[Entry]:
    """Read a manifest (file, sha256, issued_on, received_on, is_simulated); paths count from its own directory."""
    try:
        listed = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    except (OSError, UnicodeDecodeError):
        raise DashboardError(f"收件清冊 {path} 無法開啟；請確認路徑，並以 UTF-8 存檔。") from None
    if not listed or any(column not in listed[0] for column in MANIFEST_COLUMNS):
        raise DashboardError(f"收件清冊 {path.name} 的欄位應為 {'、'.join(MANIFEST_COLUMNS)}。")
    rows = [{column: (row[column] or "").strip() for column in MANIFEST_COLUMNS} for row in listed]
    return [
        Entry(
            path=(path.parent / row["file"]).resolve(),
            sha256=row["sha256"].lower(),
            issued_on=stated_date(row["issued_on"]) if row["issued_on"] else None,
            received_on=stated_date(row["received_on"]) if row["received_on"] else None,
            is_simulated=row["is_simulated"].lower() == "true",
        )
        for row in rows
    ]


@dataclasses.dataclass(frozen=True)
class HandedIn:
    """Files to receive, and files of a directory that are no reports and were passed over."""

    batch: list[Incoming]
    passed_over: list[Path]


def gather(
    paths: Sequence[Path],
    manifest: Path | None = None,
    received_on: str | None = None,
    reason: str = "",
    acknowledged: str = "",
) -> HandedIn:
    """Collect files from paths. A manifest's dates hold for the files it lists, `received_on` for all others.

    `received_on` is a date (ROC or ISO), "issued" for each file's own date of issue, or None for today. `reason` is
    why corrections among them were made, for those whose notes do not say; `acknowledged` why figures that stand out
    are right all the same. DashboardError where no report is found.
    """
    entries = read_manifest(manifest) if manifest else []
    wanted, passed_over = _files(paths, manifest)
    if not wanted:
        raise DashboardError(f"{'、'.join(map(str, paths))} 之下沒有報表檔案（.xlsx、.ods、.csv）。")
    fallback = _fallback(received_on)
    batch = [
        dataclasses.replace(_incoming(path, entries, fallback), correction_reason=reason, acknowledged=acknowledged)
        for path in wanted
    ]
    return HandedIn(batch, passed_over)


def _fallback(received_on: str | None) -> date | None:
    if received_on is None:
        return today()
    return None if received_on == FROM_ISSUE else stated_date(received_on)


def _files(paths: Iterable[Path], manifest: Path | None) -> tuple[list[Path], list[Path]]:
    wanted: dict[Path, None] = {}
    passed_over: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(file for file in path.rglob("*") if file.is_file()):
                is_report = file.suffix.lower() in _REPORT_SUFFIXES and not _is_manifest(file, manifest)
                (wanted if is_report else passed_over)[file] = None
        elif path.is_file():
            wanted[path] = None
        else:
            raise DashboardError(f"找不到 {path}；請確認路徑。")
    return list(wanted), list(passed_over)


def _is_manifest(file: Path, manifest: Path | None) -> bool:
    if manifest and file.resolve() == manifest.resolve():
        return True
    with file.open("rb") as content:
        return content.readline().decode("utf-8-sig", "replace").strip() == ",".join(MANIFEST_COLUMNS)


def _incoming(path: Path, entries: Sequence[Entry], fallback: date | None) -> Incoming:
    content = path.read_bytes()
    digest = sha256(content)
    entry = next((e for e in entries if e.path == path.resolve()), None) or next(
        (e for e in entries if e.sha256 == digest), None
    )
    if entry is None:
        return Incoming(path.name, content, fallback)
    return Incoming(
        path.name, content, entry.received_on or fallback, entry.issued_on, entry.sha256, entry.is_simulated
    )
