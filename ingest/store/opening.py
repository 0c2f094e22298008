"""Which store a setting names, and how its tables are opened for reading."""

import importlib.util
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from config.errors import ConfigError
from ingest.store.base import Store, Tables
from ingest.store.postgresql import PostgresStore
from ingest.store.sqlite import SqliteStore

DRIVER: Final = "postgresql+psycopg"


def store_of(database_url: str) -> Store:
    """Return the store that a setting names: files, where it is empty.

    Raises:
        ConfigError: it names another database, or the driver is not installed.
    """
    return PostgresStore(_url(database_url)) if database_url else SqliteStore()


def open_tables(folder: Path, tables: Tables, database_url: str = "") -> sa.Engine:
    """Open a build's tables for reading by many threads; nothing can be written through it.

    Args:
        folder: of the build.
        tables: where its manifest says that they lie.
        database_url: the setting that names a PostgreSQL database.

    Raises:
        TablesMissing: they are not there.
        ConfigError: the setting cannot be used.
    """
    return store_of(database_url).open(folder, tables)


def _url(text: str) -> sa.URL:
    try:
        url = sa.make_url(text)
    except sa.exc.ArgumentError:
        raise ConfigError(
            "ATLAS_DATABASE_URL is no address of a database",
            hint=f"write {DRIVER}://user:password@host/name, or leave it out for SQLite files.",
        ) from None
    if url.get_backend_name() != "postgresql":
        raise ConfigError(
            f"ATLAS_DATABASE_URL names a {url.get_backend_name()} database; builds lie in SQLite "
            "files or in PostgreSQL",
            hint=f"write {DRIVER}://user:password@host/name, or leave it out for SQLite files.",
        )
    if importlib.util.find_spec("psycopg") is None:
        raise ConfigError(
            "ATLAS_DATABASE_URL names a PostgreSQL database, and psycopg is not installed",
            hint="pip install 'schools-atlas[postgresql]'",
        )
    return url.set(drivername=DRIVER)
