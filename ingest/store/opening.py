"""Which store a setting names, and how its tables are opened for reading."""

import importlib.util
import sqlite3
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from config.errors import ConfigError
from ingest.store.base import Store, Tables
from ingest.store.errors import TablesMissing
from ingest.store.names import quoted
from ingest.store.postgresql import PostgresStore
from ingest.store.sqlite import SqliteStore

DRIVER: Final = "postgresql+psycopg"
_POOL: Final[dict[str, Any]] = {"poolclass": sa.QueuePool, "pool_size": 8, "max_overflow": 40}
"""Connections for the threads that answer requests."""


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
    if tables.kind == "sqlite":
        return _open_file(folder / tables.name)
    if not database_url:
        raise TablesMissing(
            f"the tables of build {folder.name} are in a PostgreSQL database",
            hint="set ATLAS_DATABASE_URL as it was when the build was made, or build again.",
        )
    return _open_schema(_url(database_url), tables.name)


def _open_file(path: Path) -> sa.Engine:
    if not path.is_file():
        raise TablesMissing(
            f"the build {path.parent.name} has no {path.name}", hint="build the region again."
        )
    return sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
        ),
        **_POOL,
    )


def _open_schema(url: sa.URL, schema: str) -> sa.Engine:
    from ingest.store.plain_text import keep_text_plain  # noqa: PLC0415 - the driver is an extra

    options = f"-c default_transaction_read_only=on -c search_path={quoted(schema)}"
    engine = sa.create_engine(url, connect_args={"options": options}, pool_pre_ping=True, **_POOL)
    sa.event.listen(engine, "connect", lambda connection, _: keep_text_plain(connection))
    return engine


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
