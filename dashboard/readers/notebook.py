"""Findings of one sheet, as they are noticed: refusals one by one, repairs counted and told once."""

import dataclasses
from collections import Counter

from dashboard.domain.findings import Finding, FindingKind
from dashboard.readers.grid import Cell, Sheet, reference, shown


class Notebook:
    """Collects what is found in a sheet; nothing here stops the reading."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._findings: list[Finding] = []
        self._repairs: Counter[str] = Counter()
        self._first_repair: dict[str, Finding] = {}

    def add(self, kind: FindingKind, cell: str = "", value: Cell = None, expected: str = "") -> None:
        """Note a finding; `cell` is a reference such as B7, empty where something is missing altogether."""
        self._findings.append(Finding(kind, self._sheet.name, cell, "" if value is None else shown(value), expected))

    def add_at(self, kind: FindingKind, row: int, column: int, expected: str) -> None:
        """Note a finding at a cell, with what stands there."""
        place = Finding(kind, self._sheet.name, reference(row, column), shown(self._at(row, column)), expected)
        self._findings.append(place)

    def repaired(self, kind: FindingKind, row: int, column: int) -> None:
        """Count a repair; the note will show the first one and say how many there were."""
        self._repairs[kind.code] += 1
        if kind.code not in self._first_repair:
            place = Finding(kind, self._sheet.name, reference(row, column), shown(self._at(row, column)))
            self._first_repair[kind.code] = place

    def _at(self, row: int, column: int) -> Cell:
        cells = self._sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def findings(self) -> list[Finding]:
        """Return everything noted so far, repairs summed up at the end."""
        repairs = [
            dataclasses.replace(self._first_repair[code], expected=f"共 {times:,} 格")
            for code, times in self._repairs.items()
        ]
        return self._findings + repairs
