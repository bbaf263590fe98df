"""Between frames and plain values: rows of a table as a frame of declared types, whole numbers out of an answer."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.exhibits.exhibit import Column

_INTEGER, _DECIMAL = pd.Int64Dtype(), pd.Float64Dtype()


def framed(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> pd.DataFrame:
    """Return one row per mapping, columns in the order of the first, numbers of the types that `columns` declare.

    None is missing. What is no number keeps its own type: reading types off all values would cost on every page.
    """
    types = {column.key: _DECIMAL if column.decimals else _INTEGER for column in columns if column.is_number}
    keys = rows[0] if rows else [column.key for column in columns]
    cells = {key: [row[key] for row in rows] for key in keys}
    return pd.DataFrame(
        {key: pd.array(values, dtype=types[key]) if key in types else values for key, values in cells.items()},
        copy=False,
    )


def whole_numbers(column: "pd.Series[Any]") -> list[int | None]:
    """Return exact figures of an answer, None where missing."""
    return [None if number is pd.NA else number for number in column.tolist()]
