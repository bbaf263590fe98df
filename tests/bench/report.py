"""What was measured beside what was to be reached: a table to read, and a file to compare with later."""

import dataclasses
import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclasses.dataclass(frozen=True)
class Row:
    """One quantity of ours beside the two yardsticks; `limit` is what it may be, however the target puts it."""

    part: str
    what: str
    unit: str
    ours: float
    naive: float | None = None
    floor: float | None = None
    limit: float | None = None
    target: str = ""

    @property
    def is_met(self) -> bool | None:
        return None if self.limit is None else self.ours <= self.limit

    @property
    def gain(self) -> float | None:
        """How many times less than naive."""
        return self.naive / self.ours if self.naive is not None and self.ours else None


def show(rows: list[Row], notes: list[str]) -> None:
    table = Table(title="make bench: medians, lower is better")
    for name in ("part", "what", "unit"):
        table.add_column(name)
    for name in ("ours", "naive", "floor", "naive / ours", "limit"):
        table.add_column(name, justify="right")
    table.add_column("target")
    table.add_column("")
    for row in rows:
        numbers = [_number(value) for value in (row.ours, row.naive, row.floor, row.gain, row.limit)]
        verdict = {True: "[green]met[/]", False: "[red]MISSED[/]", None: ""}[row.is_met]
        table.add_row(row.part, row.what, row.unit, *numbers, row.target, verdict)
    console = Console(width=None if os.isatty(1) else 170)
    if rows:
        console.print(table)
    for note in notes:
        console.print(f"- {note}", highlight=False)
    judged = [row for row in rows if row.limit is not None]
    console.print(f"{sum(bool(row.is_met) for row in judged)} of {len(judged)} targets met")


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 or value == 0 else f"{value:.3g}"


def write(path: Path, rows: list[Row], notes: list[str], details: dict[str, Any], house: Path) -> None:
    """Write everything measured as JSON, with the machine it was measured on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    form = {
        "machine": machine(house),
        "rows": [{**dataclasses.asdict(row), "is_met": row.is_met} for row in rows],
        "notes": notes,
        "details": details,
    }
    path.write_text(json.dumps(form, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def machine(house: Path) -> dict[str, Any]:
    """Say where and on what this was measured; a load above the number of cores spoils all times."""
    described = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    head = subprocess.run(described, cwd=house, capture_output=True, text=True, check=False)
    return {
        "commit": head.stdout.strip() or "unknown",
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("streamlit", "duckdb", "plotly", "playwright")},
    }
