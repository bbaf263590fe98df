"""Findings of one sheet, as they are noticed: refusals one by one, repairs counted and told once."""

import dataclasses
from collections import Counter

from dashboard.domain.findings import Finding, FindingKind
from dashboard.readers.grid import Cell, Sheet, reference, shown

_MOST_OF_A_KIND = 200  # as many as a reading keeps; beyond them findings of one kind are only counted


class Notebook:
    """Collects what is found in a sheet; nothing here stops the reading."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._findings: list[Finding] = []
        self._noticed: Counter[str] = Counter()
        self._repairs: Counter[str] = Counter()
        self._first_repair: dict[str, Finding] = {}

    def add(self, kind: FindingKind, cell: str = "", value: Cell = None, expected: str = "") -> None:
        """Note a finding; `cell` is a reference such as B7, empty where something is missing altogether."""
        if self._has_room_for(kind):
            stated = "" if value is None else shown(value)
            self._findings.append(Finding(kind, self._sheet.name, cell, stated, expected))

    def add_at(self, kind: FindingKind, row: int, column: int, expected: str) -> None:
        """Note a finding at a cell, with what stands there."""
        if self._has_room_for(kind):
            place = Finding(kind, self._sheet.name, reference(row, column), shown(self._at(row, column)), expected)
            self._findings.append(place)

    def _has_room_for(self, kind: FindingKind) -> bool:
        self._noticed[kind.code] += 1
        return self._noticed[kind.code] <= _MOST_OF_A_KIND

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
        """Return everything noted so far, repairs summed up at the end; of too many alike the first tells how many."""
        repairs = [
            dataclasses.replace(self._first_repair[code], expected=f"共 {times:,} 格")
            for code, times in self._repairs.items()
        ]
        more = {code: times - _MOST_OF_A_KIND for code, times in self._noticed.items() if times > _MOST_OF_A_KIND}
        findings = []
        for finding in self._findings:
            uncounted = more.pop(finding.kind.code, 0)
            said = f"{finding.expected}（另有 {uncounted:,} 處相同情形未列）" if uncounted else finding.expected
            findings.append(dataclasses.replace(finding, expected=said))
        return findings + repairs
