"""What a report says twice must agree: totals, subtotals, parts and wholes, reasons, printed percents."""

import functools
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from dashboard.domain.counties import counties, county_coded
from dashboard.domain.findings import (
    NUMBER_UNREADABLE,
    PARTS_DISAGREE,
    PERCENT_AS_FRACTION,
    PERCENT_DIFFERS,
    SUBTOTAL_DISAGREES,
    TOTAL_DISAGREES,
    Finding,
    FindingKind,
    catalogue,
)
from dashboard.readers.blocks import Block, Place, Placed, finding_at
from dashboard.readers.grid import Cell, PercentValue
from dashboard.readers.layout import Layout, declared
from dashboard.readers.numbers import Mark, UnreadableCell, decimals_of, read_percent


def disagreements(block: Block, layout: Layout) -> Iterator[Finding]:
    """Yield every finding of one block."""
    yield from _totals(block)
    yield from _limits(block)
    yield from _sums(block)
    yield from _percents(block, layout)


def _totals(block: Block) -> Iterator[Finding]:
    for label, cells in block.totals.items():
        kind = TOTAL_DISAGREES if label in declared().total_labels else SUBTOTAL_DISAGREES
        codes = _covered(label)
        for field, printed in cells.items():
            values = block.figures[field].values if field in block.figures else {}
            rows = [value or 0 for code, value in values.items() if code in codes]
            if len(rows) < len(codes):
                continue  # a county is missing or unreadable, which is said elsewhere
            expected = sum(rows)
            if printed.value is not None and 2 * abs(printed.value - expected) > _rounding(printed.unit, len(rows)):
                yield finding_at(kind, printed.place, printed.value, f"各縣市合計 {expected:,}")


@functools.lru_cache(maxsize=64)
def _covered(label: str) -> frozenset[str]:
    """Return the counties a total or subtotal row adds up; all of them for a total."""
    subtotal = declared().subtotals_by_label.get(label)
    return frozenset(county.county_code for county in counties() if subtotal is None or subtotal.covers(county))


def _rounding(unit: int, rows: int) -> int:
    """Twice how far a total may lie from its rows: each printed number is off by half a unit at most, the total too."""
    return unit * (rows + 1) if unit > 1 else 0


def _limits(block: Block) -> Iterator[Finding]:
    for limit in declared().limits:
        parts, wholes = block.figures.get(limit.part), block.figures.get(limit.whole)
        if parts is None or wholes is None:
            continue
        # A whole printed in 千元 may have been rounded down by half a unit, its part in 人 was not.
        allowed = (wholes.unit - parts.unit) // 2
        for county_code, part in parts.values.items():
            whole = wholes.values.get(county_code)
            if part is not None and whole is not None and part > whole + allowed:
                expected = f"不大於 {whole:,}（{_name(county_code)}）"
                yield finding_at(_kinds()[limit.finding], parts.place(county_code), part, expected)


@functools.cache
def _kinds() -> dict[str, FindingKind]:
    return {kind.code: kind for kind in catalogue()}


def _name(owner: str) -> str:
    return county_coded(owner).name if owner.isdigit() else owner


def _sums(block: Block) -> Iterator[Finding]:
    for owner, printed in block.sums:
        parts = [block.value(owner, field) for field in block.figures]
        values = [part.value for part in parts if part and part.value is not None]
        if printed.value is not None and len(values) == len(parts) and printed.value != sum(values):
            yield finding_at(
                PARTS_DISAGREE, printed.place, printed.value, f"各欄合計 {sum(values):,}（{_name(owner)}）"
            )


def _percents(block: Block, layout: Layout) -> Iterator[Finding]:
    columns: dict[tuple[str, int], list[Cell]] = {}
    for _, _, cell, sheet, _, column in (*block.percents, *block.shares):
        columns.setdefault((sheet, column), []).append(cell)
    decimals = {place: decimals_of(cells) for place, cells in columns.items()}
    for pair, cell, sheet, row, column in _printed(block, layout):
        try:
            printed = read_percent(cell, decimals[sheet, column])
        except UnreadableCell:
            yield finding_at(NUMBER_UNREADABLE, Place(sheet, row, column), cell, "百分比")
            continue
        if not _percent_agrees(printed, *pair):
            kind = PERCENT_AS_FRACTION if _percent_agrees(_of_one(cell, printed), *pair) else PERCENT_DIFFERS
            yield finding_at(kind, Place(sheet, row, column), cell, _expected_percent(*pair))


def _printed(block: Block, layout: Layout) -> Iterator[tuple[tuple[Placed, Placed], Cell, str, int, int]]:
    """Yield every printed percent with its part and whole, as far as the block has both, and its place."""
    for owner, index, cell, sheet, row, column in block.percents:
        if pair := _fraction(block, owner, layout.percents[index].of, sheet):
            yield pair, cell, sheet, row, column
    for owner, field, cell, sheet, row, column in block.shares:
        parts = [block.value(owner, one) for one in block.figures]
        part, values = block.value(owner, field), [one.value for one in parts if one and one.value is not None]
        if part and len(values) == len(parts):
            yield (part, part._replace(value=sum(values))), cell, sheet, row, column


def _of_one(cell: Cell, printed: tuple[Decimal, Decimal] | Mark) -> tuple[Decimal, Decimal] | Mark:
    """Take 0.4889 for 48.89 where nothing says that it is a percent already."""
    is_said = isinstance(cell, PercentValue) or (isinstance(cell, str) and cell.rstrip().endswith(("%", "％")))
    if isinstance(printed, Mark) or is_said or printed[0] > 1:
        return printed
    return 100 * printed[0], 100 * printed[1]


def _fraction(
    block: Block, owner: str, fractions: tuple[tuple[str, str], ...], sheet: str
) -> tuple[Placed, Placed] | None:
    """Find part and whole: a wide form prints one percent beside the fraction of its own sheet, whichever it is."""
    for part_field, whole_field in fractions:
        part, whole = block.value(owner, part_field), block.value(owner, whole_field)
        if part and whole and part.sheet == sheet:
            return part, whole
    return None


def _percent_agrees(printed: tuple[Decimal, Decimal] | Mark, part: Placed, whole: Placed) -> bool:
    """Allow the printed rounding, and in 千元 also that of numerator and denominator."""
    if part.value is None or whole.value is None or whole.value == 0:
        return isinstance(printed, Mark) or (not whole.value and printed[0] == 0)
    if isinstance(printed, Mark):
        return False
    # Twice each number, so that half a unit is whole; then both sides times every denominator: exact, and all integers.
    slack = part.unit if part.unit > 1 else 0
    lowest, highest = 100 * (2 * part.value - slack), 100 * (2 * part.value + slack)
    least, most = max(2 * whole.value - slack, 2), 2 * whole.value + slack
    value, value_of = printed[0].as_integer_ratio()
    half_digit, half_of = printed[1].as_integer_ratio()
    middle, reach, scale = value * half_of, half_digit * value_of, value_of * half_of
    return lowest * scale <= (middle + reach) * most and (middle - reach) * least <= highest * scale


def _expected_percent(part: Placed, whole: Placed) -> str:
    if part.value is None or not whole.value:
        return "--"
    return f"{float(Fraction(100 * part.value, whole.value)):.2f}%"
