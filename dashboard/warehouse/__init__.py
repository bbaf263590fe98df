"""The only door to DuckDB: building a warehouse from the ledger, and asking it questions."""

from dashboard.warehouse.build import ChecksFailed, Warehouses
from dashboard.warehouse.database import Door, Warehouse

__all__ = ["ChecksFailed", "Door", "Warehouse", "Warehouses"]
