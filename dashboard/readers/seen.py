"""What a cell shows beside its number: a unit or currency that fits its column says nothing new, all else is asked."""

import functools
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from dashboard.domain.counties import fold
from dashboard.domain.findings import NUMBER_SHOWN_OTHERWISE, UNIT_UNCLEAR
from dashboard.readers.grid import Cell, Otherwise
from dashboard.readers.layout import declared
from dashboard.readers.numbers import TOO_LARGE, UnreadableCell

_WITH_UNIT = re.compile(r"\s*(?:NT\$|NTD|TWD|\$|新[臺台]幣)?\s*(?P<number>\d.*?)(?P<unit>\D*)", re.DOTALL)
_DECIMAL = re.compile(r"[-+]?\d+(?:\.\d+)?(?:E[-+]?\d+)?", re.IGNORECASE)


def as_printed(cell: Cell, text: str) -> Cell:
    """Compare a number with what its cell shows; the number itself where that is the same, or a hidden zero."""
    if not isinstance(cell, int | Decimal) or not 0 <= cell < TOO_LARGE or not (text or cell):
        return cell
    return cell if text == str(cell) or _is_same(text, cell) else Otherwise(cell, text.strip())


def _is_same(text: str, number: int | Decimal) -> bool:
    """Tell whether a text spells a number, grouped or rounded in whatever way; 「####」 is a column too narrow."""
    bare = "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "")
    if (bare and not bare.strip("#")) or re.sub(r"[.'’]", "", bare) == str(number):
        return True
    if not _DECIMAL.fullmatch(bare):
        return False
    try:
        spelled = Decimal(bare)
    except InvalidOperation:
        return False
    exponent = spelled.as_tuple().exponent
    return isinstance(exponent, int) and abs(spelled - number) <= Decimal(5).scaleb(exponent - 1)


def without_unit(cell: Cell, unit: int, *, is_amount: bool) -> int | Decimal | str | None:
    """Return the number of a cell that carries its unit along, as 「271,372人」, also by its format; None without one.

    `unit`: the TWD of one printed unit in its column. UnreadableCell where the unit is another than the column's, and
    where a cell shows another number than it stores.
    """
    if isinstance(cell, str):
        said = _spelled(cell)
        return _in_its_unit(said[0], said[1], unit, is_amount=is_amount) if said and said[1] else None
    if not isinstance(cell, Otherwise):
        return None
    said = _spelled(cell.seen)
    if said and _is_same(said[0], cell.stored):
        return _in_its_unit(cell.stored, said[1], unit, is_amount=is_amount)
    if cell.stored == 0 and fold(cell.seen) in _zeros():
        return 0
    raise UnreadableCell(NUMBER_SHOWN_OTHERWISE, _two_readings(cell.stored, cell.seen, unit, is_amount=is_amount))


def _in_its_unit(number: int | Decimal | str, name: str, unit: int, *, is_amount: bool) -> int | Decimal | str:
    """Return a number whose own unit, if it names one, is that of its column; UnreadableCell where it is another."""
    words = declared().words
    fits = words.amount_units.get(name) == unit if is_amount else name in {fold(word) for word in words.count_units}
    if name and not fits:
        raise UnreadableCell(UNIT_UNCLEAR, f"「{name}」與表頭或欄位名稱的單位，擇一")
    return number


def _two_readings(number: int | Decimal, seen: str, unit: int, *, is_amount: bool) -> str:
    """Spell out what a cell would say as it is shown and as it is stored; of money in TWD."""
    name = " 元" if is_amount else ""
    said = _spelled(seen)
    digits = said[0].replace(",", "") if said else ""
    shown = f"{Decimal(digits) * unit:,f}{name}" if _DECIMAL.fullmatch(digits) else f"「{seen or '空白'}」"
    return f"照顯示為 {shown}，照儲存為 {number * unit:,}{name}"


@functools.lru_cache(maxsize=65_536)
def _spelled(text: str) -> tuple[str, str] | None:
    """Cut 「NT$1,151 千元」 into its digits and its unit, empty where there is none; None where it is neither."""
    found = _WITH_UNIT.fullmatch(unicodedata.normalize("NFKC", text))
    unit = fold(found["unit"]) if found else ""
    # What stands between the digits stays: 「4 0」 may be two numbers.
    return None if not found or (unit and unit not in declared().words.units) else (found["number"], unit)


@functools.cache
def _zeros() -> frozenset[str]:
    return frozenset(fold(word) for word in declared().words.marks["zero"]) | set("‐‑‒–—―─−")
