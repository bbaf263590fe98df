"""What a report announces and must hold: every period of its head, and no indigenous figure above that of all."""

from collections.abc import Iterator

from dashboard.domain import findings as found
from dashboard.domain import roc
from dashboard.domain.counties import county_coded
from dashboard.domain.findings import Finding
from dashboard.domain.kinds import Population
from dashboard.readers.blocks import Block, BlockKey, CountyFigures, Place, finding_at
from dashboard.readers.sheets import SheetReading


def missing_periods(readings: list[SheetReading]) -> Iterator[Finding]:
    """Yield for each sheet the first or last billing period that its head announces and its table lacks.

    Reports leave periods between them out: how many are shown of ten years is the sender's choice.
    """
    for reading in readings:
        bounds = reading.stated.bounds
        if bounds is None or not reading.blocks:
            continue
        present = {key.period for key in reading.blocks}
        lacking = [period for period in dict.fromkeys(bounds) if period not in present]
        if lacking:
            stated, expected = reading.head.items["period"], "、".join(map(roc.roc_period, lacking))
            yield Finding(found.PERIOD_MISSING, reading.name, stated.cell, str(stated.value), expected)


def indigenous_over_all(blocks: dict[BlockKey, Block]) -> Iterator[Finding]:
    """Yield where more is reported of the indigenous than of all, whom they are part of: once for each measure."""
    exceeding: dict[str, list[tuple[Place, int, int, str]]] = {}
    for key, part in blocks.items():
        whole = blocks.get(key._replace(population=Population.ALL))
        if key.population is Population.INDIGENOUS and whole is not None:
            for field in (field for field in part.figures if field in whole.figures):
                exceeding.setdefault(field, []).extend(_over(part.figures[field], whole.figures[field]))
    for cells in filter(None, exceeding.values()):
        place, value, limit, code = cells[0]
        more = f"，共 {len(cells):,} 格" if len(cells) > 1 else ""
        expected = f"不大於全體 {limit:,}（{county_coded(code).name}{more}）"
        yield finding_at(found.INDIGENOUS_OVER_ALL, place, value, expected)


def _over(part: CountyFigures, whole: CountyFigures) -> Iterator[tuple[Place, int, int, str]]:
    allowed = max(part.unit, whole.unit) - 1  # both may be rounded to 千元
    for code, value in part.values.items():
        limit = whole.values.get(code)
        if value is not None and limit is not None and value > limit + allowed:
            yield part.place(code), value, limit, code
