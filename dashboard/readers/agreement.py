"""What a report says twice must agree: totals, subtotals, parts and wholes, reasons, printed percents."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from dashboard.domain.counties import counties, county_coded, fold
from dashboard.domain.findings import (
    NUMBER_UNREADABLE,
    PAID_OVER_PAYABLE,
    PARTS_DISAGREE,
    PERCENT_DIFFERS,
    SUBTOTAL_DISAGREES,
    TOTAL_DISAGREES,
    Finding,
)
from dashboard.readers.blocks import Block, Placed, finding_at
from dashboard.readers.layout import Layout, declared
from dashboard.readers.numbers import Mark, UnreadableCell, read_percent


def disagreements(block: Block, layout: Layout) -> Iterator[Finding]:
    """Yield every finding of one block."""
    yield from _totals(block)
    yield from _limits(block)
    yield from _sums(block)
    yield from _percents(block, layout)


def _totals(block: Block) -> Iterator[Finding]:
    total_words = {fold(word) for word in declared().words.total}
    for label, cells in block.totals.items():
        kind = TOTAL_DISAGREES if label in total_words else SUBTOTAL_DISAGREES
        codes = _covered(label)
        for field, printed in cells.items():
            rows = [placed for code, placed in block.figures.get(field, {}).items() if code in codes]
            if len(rows) < len(codes):
                continue  # a county is missing or unreadable, which is said elsewhere
            expected = sum(placed.value or 0 for placed in rows)
            if printed.value is not None and abs(printed.value - expected) > _rounding(printed.unit, len(rows)):
                yield finding_at(kind, printed.place, printed.value, f"各縣市合計 {expected:,}")


def _covered(label: str) -> frozenset[str]:
    """Return the counties a total or subtotal row adds up; all of them for a total."""
    for subtotal in declared().subtotals:
        if label in {fold(word) for word in subtotal.label}:
            return frozenset(county.county_code for county in counties() if subtotal.covers(county))
    return frozenset(county.county_code for county in counties())


def _rounding(unit: int, rows: int) -> Fraction:
    """How far a total may lie from its rows: each printed number is off by at most half a unit, the total too."""
    return Fraction(unit * (rows + 1), 2) if unit > 1 else Fraction(0)


def _limits(block: Block) -> Iterator[Finding]:
    for limit in declared().limits:
        for owner in block.figures.get(limit.part, {}):
            part, whole = block.value(owner, limit.part), block.value(owner, limit.whole)
            if part and whole and _exceeds(part, whole):
                yield finding_at(PAID_OVER_PAYABLE, part.place, part.value, f"不大於 {whole.value:,}（{_name(owner)}）")


def _exceeds(part: Placed, whole: Placed) -> bool:
    """Compare exactly; a whole printed in 千元 may have been rounded down by half a unit, its part in 人 was not."""
    if part.value is None or whole.value is None:
        return False
    return part.value > whole.value + (whole.unit - part.unit) // 2


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
    for owner, index, cell, place in block.percents:
        pairs = [(block.value(owner, part), block.value(owner, whole)) for part, whole in layout.percents[index].of]
        # A wide form prints one percent beside the fraction of its own sheet; take the pair that stands there.
        pair = next(
            ((part, whole) for part, whole in pairs if part and whole and part.place.sheet == place.sheet), None
        )
        if pair is None:
            continue
        try:
            printed = read_percent(cell)
        except UnreadableCell:
            yield finding_at(NUMBER_UNREADABLE, place, cell, "百分比")
            continue
        if not _percent_agrees(printed, *pair):
            yield finding_at(PERCENT_DIFFERS, place, cell, _expected_percent(*pair))


def _percent_agrees(printed: tuple[Decimal, Decimal] | Mark, part: Placed, whole: Placed) -> bool:
    """Allow the printed rounding, and in 千元 also that of numerator and denominator."""
    if part.value is None or whole.value is None or whole.value == 0:
        return isinstance(printed, Mark) or (not whole.value and printed[0] == 0)
    if isinstance(printed, Mark):
        return False
    slack = Fraction(part.unit, 2) if part.unit > 1 else Fraction(0)
    lowest = 100 * (part.value - slack) / (whole.value + slack)
    highest = 100 * (part.value + slack) / max(whole.value - slack, Fraction(1))
    value, half_digit = Fraction(printed[0]), Fraction(printed[1])
    return lowest - half_digit <= value <= highest + half_digit


def _expected_percent(part: Placed, whole: Placed) -> str:
    if part.value is None or not whole.value:
        return "--"
    return f"{float(Fraction(100 * part.value, whole.value)):.2f}%"
