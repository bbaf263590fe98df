"""The line of units of a table: 「人、件、千元」, 「人數：人；金額：元」, 「人、件、元，期末欠費金額為千元」."""

import dataclasses
import functools
import re

from dashboard.domain.counties import fold
from dashboard.readers.layout import Layout, declared

_BETWEEN = re.compile(r"[、，,;；/／。\s]|及|和|與")
_CURRENCY = re.compile(r"[(\[]?新臺幣[)\]]?")
_ENDS = ("為單位", "列報", "表示", "計", ")")
_JOINTS = ":為係以按=("
_SCALED = re.compile(r"[百千仟萬億兆元人件場次戶%‰](?:為單位|列報|表示|計|\))?$")


@dataclasses.dataclass(frozen=True)
class Units:
    """What a line says: the TWD of a unit of money, those of single measures, and what nobody declared."""

    amounts: frozenset[int]
    by_field: dict[str, int]
    unknown: tuple[str, ...]

    @property
    def unknown_units(self) -> tuple[str, ...]:
        """Name the unknown parts that seem to be units, such as 千人, and not only words beside them."""
        return tuple(part for part in self.unknown if _SCALED.search(part))


def read_units(text: str, layout: Layout) -> Units:
    """Read such a line under a layout, whose columns it may name."""
    amounts: set[int] = set()
    by_field: dict[str, int] = {}
    unknown: list[str] = []
    for part in filter(None, (_CURRENCY.sub("", fold(piece)) for piece in _BETWEEN.split(text))):
        label, unit = _label_and_unit(part)
        twd = declared().words.amount_units.get(unit)
        field = layout.fields_by_joined_header.get(label, "")
        if not unit or not _may_be_said(label, field, twd, layout):
            unknown += [part] if label or unit else []
        elif twd is not None and field in layout.columns:
            by_field[field] = twd
        elif twd is not None:
            amounts.add(twd)
    return Units(frozenset(amounts), by_field, tuple(unknown))


def _may_be_said(label: str, field: str, twd: int | None, layout: Layout) -> bool:
    """Tell whether a label may have a unit of money, or one of persons and cases."""
    words = declared().words
    if not label:
        return True
    if field in layout.columns:
        return (layout.columns[field].unit == "amount") == (twd is not None)
    if field:
        return twd is None
    return label in {fold(word) for word in (words.amount_labels if twd is not None else words.count_labels)}


def _label_and_unit(part: str) -> tuple[str, str]:
    """Cut 「金額:元」 or 「以千元計」 into label and unit; the label is everything where no unit of ours ends it."""
    bare = part.strip(_JOINTS + ".")
    for end in _ENDS:
        bare = bare.removesuffix(end)
    unit = next((unit for unit in _longest_first() if bare.endswith(unit)), "")
    return (bare.removesuffix(unit).strip(_JOINTS), unit) if unit else (bare, "")


@functools.cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(declared().words.units, key=len, reverse=True))
