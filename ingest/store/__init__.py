"""Where the tables of builds lie: a SQLite file in each build's folder, or PostgreSQL.

Nobody outside knows which of the two it is: a build is loaded through `Store.draft`, taken into
use, dropped and swept through the store, and read through `open_tables`.
"""

from ingest.store.base import Draft, Store, TableLoad, Tables
from ingest.store.errors import DatabaseRefused, DatabaseTaken, TablesMissing
from ingest.store.opening import open_tables, store_of

__all__ = [
    "DatabaseRefused",
    "DatabaseTaken",
    "Draft",
    "Store",
    "TableLoad",
    "Tables",
    "TablesMissing",
    "open_tables",
    "store_of",
]
