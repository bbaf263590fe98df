"""How the figures of reasons for not paying are printed: shares with one decimal, persons in thousands."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from dashboard.charts import theme
from dashboard.domain import reason_words, words
from dashboard.domain.kinds import Display, Reason
from dashboard.exhibits.exhibit import Column
from dashboard.exhibits.unpaid_reasons_figures import Composition
from dashboard.rules import numbers

DECIMALS = 1


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


def typed(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> pd.DataFrame:
    """Return the frame of a table: whole numbers and those with decimals as the columns say, NA where missing."""
    cells = {key: [row[key] for row in rows] for key in rows[0]}
    frame: dict[str, object] = dict(cells)
    for one in columns:
        if one.is_number:
            frame[one.key] = pd.array(cells[one.key], dtype=pd.Int64Dtype() if one.decimals == 0 else pd.Float64Dtype())
    return pd.DataFrame(frame)
