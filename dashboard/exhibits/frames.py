"""Rows of a table as a frame of declared types: what reading types off the values would cost on every page."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd


def framed(rows: Sequence[Mapping[str, Any]], numbers: Mapping[str, Any]) -> pd.DataFrame:
    """Return one row per mapping, columns in the order of the first; `numbers` names the types of all that is no text.

    None is missing.
    """
    return pd.DataFrame(
        {key: pd.array([row[key] for row in rows], dtype=numbers.get(key, "str")) for key in rows[0]}, copy=False
    )
