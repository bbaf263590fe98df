"""How the figures of reasons for not paying are printed: shares with one decimal, persons in thousands."""

from fractions import Fraction
from typing import Any

from dashboard.charts import picture, theme
from dashboard.domain import reason_words, words
from dashboard.domain.kinds import Display, Reason
from dashboard.domain.reason_reference import remedies
from dashboard.exhibits.exhibit import Column, rounded
from dashboard.exhibits.unpaid_reasons_figures import Composition
from dashboard.rules import numbers

DECIMALS = 1
_HOVER_WIDTH = 44
"""Latin letters to a line of a remedy in a hover, so that it fits a phone."""


def share(value: Fraction | None) -> str:
    return words.NOT_YET if value is None else numbers.half_up(value, DECIMALS)


def size(gap: Fraction) -> str:
    """Print how large a difference is, without its sign; one that is not zero never reads as zero."""
    return numbers.half_up_nonzero(abs(gap), DECIMALS)


def count(value: int | None) -> str:
    return words.NOT_YET if value is None else theme.number(value, 0)


def figure(row: Composition, reason: Reason, shown: Display) -> str:
    return share(row.share_pct(reason)) if shown is Display.SHARES else count(row.counts[reason])


def unit(shown: Display) -> str:
    return reason_words.PERCENT if shown is Display.SHARES else reason_words.PERSONS


def change_unit(shown: Display) -> str:
    return reason_words.POINTS if shown is Display.SHARES else reason_words.PERSONS


def change(value: Fraction, shown: Display) -> str:
    """Print with its sign, which a change that is not zero always keeps."""
    if shown is Display.SHARES:
        return numbers.signed(value, DECIMALS)
    return f"{int(value):+,}" if value else "0"


def name(row: Composition) -> str:
    """Name a county, marked where so few persons stand behind its shares that single cases move them."""
    if row.county is None:
        return words.NATION
    return f"{words.SMALL_MARK}{row.county.name}" if row.is_small else row.county.name


def why_not(row: Composition) -> str:
    """Say why a county has no shares; "" for one that has."""
    if row.is_known:
        return ""
    if row.total == 0:
        return reason_words.NOBODY
    is_silent = all(one is None for one in row.counts.values())
    return reason_words.NO_REPORT if is_silent else reason_words.IN_PART


def hover_remedy(reason: Reason) -> str:
    """Return what answers a reason, in lines that fit a phone."""
    return picture.wrapped(f"{reason_words.REMEDY}：{remedies()[reason].remedy}", _HOVER_WIDTH)


# --- tables


def reason_columns() -> list[Column]:
    """Return a share and a count for each reason; `total` and `is_small` are columns of the table as well."""
    found = []
    for reason in Reason:
        over, label, percent = reason_words.LABELS[reason], reason_words.SHARE, reason_words.PERCENT
        found += [
            Column(f"{reason}_pct", label, percent, DECIMALS, whole="total", over=over, mark="is_small"),
            Column(reason.measure, reason_words.COUNT, reason_words.PERSONS, 0, over=over),
        ]
    return found


def reason_cells(row: Composition | None) -> dict[str, Any]:
    """Fill `reason_columns`, the total, and whether it is small; without a report all is missing."""
    cells: dict[str, Any] = {"total": row.total if row else None, "is_small": bool(row and row.is_small)}
    for reason in Reason:
        cells[f"{reason}_pct"] = rounded(row.share_pct(reason), DECIMALS) if row else None
        cells[reason.measure] = row.counts[reason] if row else None
    return cells
