"""The only door to DuckDB: building a warehouse from the ledger, and asking it questions."""

from dashboard.warehouse.build import ChecksFailed, Pointer, Warehouses
from dashboard.warehouse.database import Door, Warehouse
from dashboard.warehouse.difference import Compared, WarehouseLost, compare

__all__ = ["ChecksFailed", "Compared", "Door", "Pointer", "Warehouse", "WarehouseLost", "Warehouses", "compare"]
