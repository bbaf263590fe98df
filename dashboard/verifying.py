"""Verifying: ledger, archive and the warehouse in service held against each other; what breaks first is named.

Nothing is written. The builder's lock is held only while heads, pointer and the names of the stored files are read and
the warehouse in service is copied: what the records of that moment name is never removed afterwards.
"""

import dataclasses
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from dashboard.archive import Archive
from dashboard.domain import ledger_words as words
from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import Settings
from dashboard.ledger import BrokenChain, Decision, Head, Ledger, Record, Submission, submissions_in
from dashboard.reading_room import Limits, shared_room
from dashboard.warehouse import Compared, Pointer, WarehouseLost, Warehouses, compare

_COLUMNS = ["period", "as_of", "population", "county_code", "measure", "value", "unit", "sheet", "cell"]
_NO_BREAK = ""


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What was found of one part; where it is not sound, `what` names the first break. A note is no break."""

    part: str
    is_sound: bool
    what: str
    is_note: bool = False

    @property
    def sentence(self) -> str:
        if self.is_note:
            return words.note(self.what)
        return (words.part_is_sound if self.is_sound else words.part_is_broken)(self.part, self.what)


@dataclasses.dataclass(frozen=True)
class _Moment:
    """What stood in a data directory at one moment; `served` is a copy of the warehouse in service, None if lost."""

    records: list[Record]
    head: Head
    decisions: list[Decision]
    decision_head: Head
    pointer: Pointer | None
    served: Path | None
    stored: frozenset[str]

    @property
    def accepted(self) -> list[Submission]:
        return [one for one in submissions_in(self.records) if one.is_accepted]


def verify(settings: Settings, *, deep: bool = False) -> Iterator[Verdict]:
    """Yield one verdict per part, in order: chains, originals, figures, with `deep` originals read again, warehouse.

    A broken chain ends it: what stands on it cannot be judged. DashboardError where there is no ledger.
    """
    if not (settings.data_dir / "ledger.sqlite").is_file():
        raise DashboardError(words.NOTHING_STORED)
    archive = Archive(settings.data_dir)
    with tempfile.TemporaryDirectory(prefix="guobao-verify-") as scratch:
        try:
            moment = _moment(settings, archive, Path(scratch))
        except BrokenChain as broken:
            yield Verdict(broken.spoken, is_sound=False, what=str(broken))
            return
        yield Verdict(words.JOURNAL, is_sound=True, what=words.records(len(moment.records), moment.head.hash))
        yield _verdict(words.DECISIONS, words.records(len(moment.decisions), moment.decision_head.hash), _NO_BREAK)
        of_files = list(_files(moment, archive))
        yield from of_files
        if deep:
            yield _verdict(words.READ_AGAIN, words.files(len(moment.accepted)), _read_again(moment, archive, settings))
        are_files_sound = all(verdict.is_sound for verdict in of_files)
        yield from _warehouse(moment, archive, Path(scratch), are_files_sound=are_files_sound)
        if orphans := sorted(moment.stored - _named(moment, archive)):
            yield Verdict(words.ORIGINALS, is_sound=True, what=words.orphans(orphans), is_note=True)


def _moment(settings: Settings, archive: Archive, scratch: Path) -> _Moment:
    warehouses, ledger = Warehouses(settings.data_dir), Ledger(settings.data_dir)
    try:
        with warehouses.locked():
            pointer, served = warehouses.pointer(), None
            if pointer and warehouses.path(pointer.warehouse).is_file():
                served = Path(shutil.copyfile(warehouses.path(pointer.warehouse), scratch / "served.duckdb"))
            return _Moment(
                ledger.records(),
                ledger.head(),
                ledger.decisions(),
                ledger.decision_head(),
                pointer,
                served,
                frozenset(archive.stored()),
            )
    finally:
        ledger.close()


def _verdict(part: str, sound: str, broken: str) -> Verdict:
    return Verdict(part, not broken, broken or sound)


# --- files


def _files(moment: _Moment, archive: Archive) -> Iterator[Verdict]:
    for part, place, read in (
        (words.ORIGINALS, _original(archive), lambda one: archive.original(one.sha256)),
        (words.FIGURES, _figures(archive), lambda one: archive.figures(one.figures_sha256)),
    ):
        broken = (_broken(one, place(one), read, archive) for one in moment.accepted)
        yield _verdict(part, words.files(len(moment.accepted)), next(filter(None, broken), _NO_BREAK))


def _broken(one: Submission, path: Path, read: Callable[[Submission], bytes], archive: Archive) -> str:
    try:
        read(one)
    except DashboardError:
        say = words.altered_file if path.is_file() else words.missing_file
        return say(one.seq, one.file_name, archive.place(path))
    return _NO_BREAK


def _named(moment: _Moment, archive: Archive) -> frozenset[str]:
    paths = [path(one) for one in moment.accepted for path in (_original(archive), _figures(archive))]
    return frozenset(map(archive.place, paths))


def _original(archive: Archive) -> Callable[[Submission], Path]:
    return lambda one: archive.original_path(one.sha256)


def _figures(archive: Archive) -> Callable[[Submission], Path]:
    return lambda one: archive.figures_path(one.figures_sha256)


def _read_again(moment: _Moment, archive: Archive, settings: Settings) -> str:
    room = shared_room(Limits.of(settings))

    def otherwise(one: Submission) -> str:
        try:
            read = room.read(archive.original(one.sha256), one.file_name).figures
            stored = pq.read_table(io.BytesIO(archive.figures(one.figures_sha256))).to_pandas()
        except DashboardError:
            return _NO_BREAK  # told of before
        return (
            _NO_BREAK
            if (place := _first_other(stored, read)) is None
            else words.read_otherwise(one.seq, one.file_name, place)
        )

    return next(filter(None, room.in_order(otherwise, moment.accepted)), _NO_BREAK)


def _first_other(stored: pd.DataFrame, read: pd.DataFrame) -> str | None:
    """Return sheet and cell of the first figure that two readings do not share; None where they are the same."""
    both = stored[_COLUMNS].merge(read[_COLUMNS], how="outer", indicator=True)
    other = both[both["_merge"] != "both"]
    if other.empty:
        return None if len(stored) == len(read) else ""
    return " ".join(str(other.iloc[0][name]) for name in ("sheet", "cell")).strip()


# --- the warehouse


def _warehouse(moment: _Moment, archive: Archive, scratch: Path, *, are_files_sound: bool) -> Iterator[Verdict]:
    yield _verdict(words.POINTER, words.POINTER_AT_HEAD, _pointed(moment))
    try:
        compared = _compared(moment, archive, scratch)
    except WarehouseLost:
        yield Verdict(words.WAREHOUSE, is_sound=False, what=words.WAREHOUSE_LOST)
        return
    except DashboardError as problem:
        # Figures that are lost or altered were told of before; without them nothing can be compared.
        if are_files_sound:
            yield Verdict(words.WAREHOUSE, is_sound=False, what=str(problem))
        else:
            yield Verdict(words.WAREHOUSE, is_sound=True, what=words.NOT_COMPARED, is_note=True)
        return
    yield _verdict(words.WAREHOUSE, words.tables(compared.tables, compared.rows), _differing(compared))


def _pointed(moment: _Moment) -> str:
    if moment.pointer is None:
        return words.NO_POINTER
    if moment.pointer.head != moment.head:
        return words.pointer_behind(moment.pointer.head.seq, moment.head.seq)
    if moment.pointer.warehouse != Warehouses.name_for(moment.head):
        return words.OTHER_CODE
    return _NO_BREAK


def _compared(moment: _Moment, archive: Archive, scratch: Path) -> Compared:
    if moment.served is None:
        raise WarehouseLost
    return compare(moment.served, moment.records, archive, scratch)


def _differing(compared: Compared) -> str:
    found = compared.difference
    if found is None:
        return _NO_BREAK
    if not found.row:
        return words.table_differs(found.table)
    side = words.ONLY_IN_SERVICE if found.is_in_service else words.ONLY_REBUILT
    return words.row_differs(found.table, side, found.row)
