"""A finished warehouse, read: one connection a file, one cursor a question."""

import contextlib
import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from dashboard.domain.errors import DashboardError
from dashboard.warehouse.build import Warehouses
from dashboard.warehouse.queries import answers
from dashboard.warehouse.remembered import Remembered

Parameter = str | int | date | list[str] | None

_REMEMBERED = 200


class Warehouse:
    """One warehouse file, opened read-only; SQL can reach nothing outside it.

    `name` names its content, `version` that and the decisions that belong to it; `data_dir` is where the ledger lies
    that it was built from.
    """

    def __init__(self, path: Path, threads: int = 2, era: str = "") -> None:
        self.name = path.stem
        self.version = f"{self.name}-{era}" if era else self.name
        self.data_dir = path.parents[1]
        self._known = Remembered[pd.DataFrame](_REMEMBERED)
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": threads,
            "enable_external_access": False,
            "lock_configuration": True,
        }
        try:
            self._connection = duckdb.connect(str(path), read_only=True, config=config)
        except duckdb.Error as problem:
            raise DashboardError(f"資料倉儲 {path.name} 遺失或損毀，請執行 guobao build 重建。") from problem

    def ask(self, name: str, columns: Mapping[str, str], **parameters: Parameter) -> pd.DataFrame:
        """Answer a query of queries/answers; `columns` maps the promised columns, in order, to pandas types.

        The last answers are remembered: a file in service never changes, and most questions of a page repeat some.
        """
        question = (name, *columns, *sorted((key, repr(value)) for key, value in parameters.items()))
        frame = self._known.of(question, lambda: self._answered(name, columns, parameters))
        # Copied on write: what a caller does to its frame stays its own.
        return frame.copy(deep=False)

    def _answered(self, name: str, columns: Mapping[str, str], parameters: Mapping[str, Parameter]) -> pd.DataFrame:
        # A cursor of its own: sharing the connection object across threads fails under load.
        with contextlib.closing(self._connection.cursor()) as cursor:
            frame = cursor.execute(answers()[name].sql, dict(parameters)).df()
        if list(frame.columns) != list(columns):
            raise AssertionError(f"{name} promised {list(columns)} but gave {list(frame.columns)}")
        return frame.astype({key: kind for key, kind in columns.items() if frame.dtypes[key] != kind})


class Door:
    """Opens whatever warehouse is in service and notices when another one is."""

    def __init__(self, data_dir: Path, threads: int = 2) -> None:
        self._warehouses = Warehouses(data_dir)
        self._threads = threads
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._warehouse: Warehouse | None = None

    def current(self) -> Warehouse:
        """Return the warehouse in service; one stat of the pointer while nothing changed."""
        try:
            status = self._warehouses.pointer_path.stat()
        except FileNotFoundError:
            raise DashboardError("尚無資料倉儲，請先收件（guobao receive）或重建（guobao build）。") from None
        mark = status.st_mtime_ns, status.st_ino
        with self._lock:
            if self._warehouse is None or mark != self._seen:
                self._warehouse = self._open()
                self._seen = mark
            # The one before stays open for whoever still holds it and closes with its last holder.
            return self._warehouse

    def _open(self) -> Warehouse:
        pointer = self._warehouses.pointer()
        if pointer is None:
            raise DashboardError("資料倉儲的指標檔已損毀，請執行 guobao build。")
        return Warehouse(self._warehouses.path(pointer.warehouse), self._threads, pointer.era)
