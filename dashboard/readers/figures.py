"""Blocks → the frame of figures that is stored and counted."""

import pandas as pd
from pandas.api.extensions import ExtensionArray

from dashboard.readers.blocks import Block, BlockKey
from dashboard.readers.grid import reference

_TYPES = {
    "period": "str",
    "as_of": "datetime64[s]",
    "population": "str",
    "county_code": "str",
    "measure": "str",
    "value": "Int64",
    "unit": "Int64",
    "sheet": "str",
    "cell": "str",
}
_SHARED = ["period", "as_of", "population", "measure", "unit", "sheet"]  # by all counties of a block and measure


def no_figures() -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in _TYPES.items()})


def figures_of(blocks: dict[BlockKey, Block]) -> pd.DataFrame:
    """Return one row per county figure: block by block, measure by measure; columns as `Reading` names them.

    What 22 counties share is written once and repeated, and the other columns are made one after the other: a long
    file has a million figures, and as many tuples would take several times the memory of the frame.
    """
    shared = []
    parts = []
    for key, block in blocks.items():
        period = key.period.iso
        for measure, part in block.figures.items():
            shared.append((period, key.as_of, key.population.value, measure, part.unit, part.sheet))
            parts.append(part)
    sizes = [len(part.values) for part in parts]
    columns = {name: _column(name, [head[n] for head in shared]).repeat(sizes) for n, name in enumerate(_SHARED)}
    columns["county_code"] = _column("county_code", [code for part in parts for code in part.values])
    columns["value"] = _column("value", [value for part in parts for value in part.values.values()])
    columns["cell"] = _column("cell", [reference(row, part.column) for part in parts for row in part.rows.values()])
    return pd.DataFrame({name: columns[name] for name in _TYPES})


def _column(name: str, values: list[object]) -> ExtensionArray:
    typed: ExtensionArray = pd.Series(values, dtype=_TYPES[name]).array
    return typed
