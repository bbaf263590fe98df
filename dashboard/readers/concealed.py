"""What hidden sheets, rows and columns state: beside others a period of their own is asked about, the rest is noted."""

from datetime import date

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.findings import Finding
from dashboard.domain.periods import Period
from dashboard.readers.sheets import SheetReading


def hidden_findings(readings: list[SheetReading]) -> list[Finding]:
    """Return one finding for each sheet that is hidden, in whole or in part."""
    seen = {(key.as_of, key.period) for reading in readings if not reading.is_hidden for key in reading.blocks}
    return [_of_hidden(reading, seen) for reading in readings if reading.is_hidden]


def _of_hidden(reading: SheetReading, seen: set[tuple[date, Period]]) -> Finding:
    own = [key for key in reading.blocks if seen and (key.as_of, key.period) not in seen]
    if not own:
        return Finding(found.HIDDEN_CONTENT, reading.name)
    value = f"{roc.roc_period(own[0].period)}，截至 {roc.roc_date(own[0].as_of)}"
    return Finding(found.HIDDEN_PERIOD, reading.name, value=value)
