"""What people decided, read for a warehouse: the first so many decisions of the ledger it was built from.

The record only grows, so that a number of decisions names them for good: what rests on it never changes. Only
restoring a backup may put others in their place, and then the warehouse is of another version.
"""

import dataclasses
import functools
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from dashboard.answers import CURRENT
from dashboard.domain.periods import FullYear
from dashboard.domain.settings import TAIPEI
from dashboard.ledger import Decision, Ledger
from dashboard.rules.settling import Settled, Settlement
from dashboard.warehouse import Warehouse


class Freeze(BaseModel):
    """A ranking decided for good: what it rests on, and all it says.

    `year` is a ROC year, `result` the ranking for machines (rules.machine), `rule_content` the rule in full and
    `rule_sha256` the hash of its files. `data_sha256` covers the exact figures that were ranked, `code_sha256` the
    sources of dashboard/rules. `settlements` are the numbers of the settlements in force then, `replaces` is the
    number of the freeze this one comes after.
    """

    model_config = ConfigDict(frozen=True)

    year: int
    rule: str
    rule_label: str
    rule_sha256: str
    rule_content: dict[str, Any]
    data_sha256: str
    code_version: str
    code_sha256: str
    known_on: date | None
    settlements: tuple[int, ...]
    replaces: int | None
    reason: str
    sources: tuple[dict[str, Any], ...]
    result: dict[str, Any]

    @property
    def owing(self) -> list[str]:
        """Return the codes of the counties that owe a review report."""
        return [row["county_code"] for row in self.result["counties"] if row["owes_review_report"] is True]


@dataclasses.dataclass(frozen=True)
class Frozen:
    """A freeze as it stands in the record."""

    decision: Decision
    freeze: Freeze

    @property
    def decided_on(self) -> date:
        return day_of(self.decision)


def settlements_of(db: Warehouse, decided: int) -> tuple[Settled, ...]:
    """Return the settlements among the first `decided` decisions, oldest first; DashboardError where there are fewer.

    So do all functions here.
    """
    return _settlements(db.data_dir, db.version, decided) if decided else ()


def freezes_of(db: Warehouse, decided: int, year: FullYear) -> tuple[Frozen, ...]:
    """Return what was decided for good of a year, oldest first; the last one is in force."""
    found = _freezes(db.data_dir, db.version, decided) if decided else ()
    return tuple(one for one in found if one.freeze.year == year.roc)


def freeze_in_force(db: Warehouse, decided: int, year: FullYear) -> Frozen | None:
    """Return the newest of them, None where the year is not decided for good."""
    return next(reversed(freezes_of(db, decided, year)), None)


def ticks_of(db: Warehouse, decided: int) -> tuple[Decision, ...]:
    """Return the decisions by which duties were ticked off, oldest first."""
    made = _decisions(db.data_dir, db.version, decided) if decided else ()
    return tuple(one for one in made if one.kind == "duty_done")


def number_on(ledger: Ledger, db: Warehouse, known_on: date) -> int:
    """Return how many decisions there were by the end of a day, or there are now where it is CURRENT."""
    return number_by(db, ledger.decision_count(), known_on)


def number_by(db: Warehouse, decided: int, known_on: date) -> int:
    """Return how many of the first `decided` decisions there were by the end of a day; all of them if it is CURRENT."""
    if known_on == CURRENT or not decided:
        return decided
    return sum(day_of(one) <= known_on for one in _decisions(db.data_dir, db.version, decided))


def settled(decision: Decision) -> Settled:
    """Read a decision of kind settlement."""
    return Settled(decision.seq, decision.by, day_of(decision), Settlement.model_validate(decision.body))


def frozen(decision: Decision) -> Frozen:
    """Read a decision of kind freeze."""
    return Frozen(decision, Freeze.model_validate(decision.body))


def day_of(decision: Decision) -> date:
    """Return the day in Taipei on which a decision was recorded."""
    return decision.recorded_at.astimezone(TAIPEI).date()


@functools.lru_cache(maxsize=8)
def _decisions(data_dir: Path, version: str, decided: int) -> tuple[Decision, ...]:
    ledger = Ledger(data_dir)
    try:
        return tuple(ledger.decisions(decided))
    finally:
        ledger.close()


@functools.lru_cache(maxsize=8)
def _settlements(data_dir: Path, version: str, decided: int) -> tuple[Settled, ...]:
    return tuple(settled(one) for one in _decisions(data_dir, version, decided) if one.kind == "settlement")


@functools.lru_cache(maxsize=8)
def _freezes(data_dir: Path, version: str, decided: int) -> tuple[Frozen, ...]:
    return tuple(frozen(one) for one in _decisions(data_dir, version, decided) if one.kind == "freeze")
