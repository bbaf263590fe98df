"""What hidden sheets, rows and columns state: beside others a period of their own is asked about, the rest is noted."""

from collections.abc import Iterator
from datetime import date

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.findings import Finding
from dashboard.domain.periods import Period
from dashboard.readers.blocks import Block
from dashboard.readers.sheets import SheetReading

_Spoken = tuple[date, Period]


def hidden_findings(readings: list[SheetReading]) -> list[Finding]:
    """Return one finding for each sheet that is hidden, in whole or in part.

    A row that is filtered away, of a period that others show too, is one of the table; one of another period may be
    last month's, left over.
    """
    seen = {spoken for reading in readings for spoken in _seen(reading)}
    return [_of_hidden(reading, seen) for reading in readings if reading.is_hidden]


def _seen(reading: SheetReading) -> Iterator[_Spoken]:
    """Yield what the visible rows of a sheet speak of."""
    for key, block in reading.blocks.items():
        if not _rows(block) <= reading.hidden_rows:
            yield key.as_of, key.period


def _rows(block: Block) -> set[int]:
    return {row for figures in block.figures.values() for row in figures.rows.values()}


def _of_hidden(reading: SheetReading, seen: set[_Spoken]) -> Finding:
    own = [key for key in reading.blocks if seen and (key.as_of, key.period) not in seen]
    if not own:
        return Finding(found.HIDDEN_CONTENT, reading.name)
    more = f" 等 {len(own)} 期" if len(own) > 1 else ""
    value = f"{roc.roc_period(own[0].period)}，截至 {roc.roc_date(own[0].as_of)}{more}"
    return Finding(found.HIDDEN_PERIOD, reading.name, value=value)
