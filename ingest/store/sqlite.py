"""Builds in SQLite: one file in each build's folder."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

from ingest.fetch.store import hash_of
from ingest.layout import DATABASE
from ingest.schema import SQL, Table
from ingest.store.base import POOL, Parts, TableLoad, Tables
from ingest.store.batches import rows_in
from ingest.store.errors import TablesMissing, plainly

_FAST: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cache_size = -65536",
)
"""Half a file is thrown away whole, so that none of it need be safe before the end."""


@dataclass(slots=True)
class _Draft:
    path: Path
    connection: sa.Connection
    loaded: list[str] = field(default_factory=list)

    def load(self, table: Table, parts: Parts) -> TableLoad:
        """Load rows with one prepared statement."""
        began = time.perf_counter()
        marks = ", ".join("?" * len(table.names))
        statement = f"INSERT INTO {table.name} ({', '.join(table.names)}) VALUES ({marks})"  # noqa: S608 - names of our own declarations
        cursor = cast("sqlite3.Cursor", self.connection.connection.cursor())
        rows = 0
        for batch in parts:
            cursor.executemany(statement, rows_in(batch))
            rows += batch.num_rows
        cursor.close()
        return TableLoad(table.name, rows, round(time.perf_counter() - began, 3))

    def finish(self) -> Tables:
        """Index the tables, and see the file safe on the disk."""
        for table in SQL.values():
            for index in sorted(table.indexes, key=lambda each: str(each.name)):
                index.create(self.connection)
        self.connection.commit()
        self.connection.execute(sa.text("ANALYZE"))
        self.connection.commit()
        self.connection.close()
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())
        return Tables("sqlite", self.path.name, hash_of(self.path))


class SqliteStore:
    """A file for each build."""

    @contextmanager
    def draft(
        self,
        folder: Path,
        *,
        region_id: str,  # noqa: ARG002 - a file of its own is told apart by its folder
        build_id: str,  # noqa: ARG002
        owner: str,  # noqa: ARG002
    ) -> Iterator[_Draft]:
        """Begin a file; the folder that it lies in is thrown away if it is not finished."""
        path = folder / DATABASE
        engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.NullPool)
        try:
            with plainly(folder), engine.connect() as connection:
                for pragma in _FAST:
                    connection.exec_driver_sql(pragma)
                for table in SQL.values():
                    connection.execute(CreateTable(table))
                yield _Draft(path, connection)
        finally:
            engine.dispose()

    def open(self, folder: Path, tables: Tables) -> sa.Engine:
        """Open the file of a build for reading."""
        if tables.kind != "sqlite":
            raise _elsewhere(folder.name)
        return open_file(folder / tables.name)

    def has(self, folder: Path, tables: Tables) -> bool:
        """Say whether the file is there and its content is what was written."""
        path = folder / tables.name
        is_file = tables.kind == "sqlite" and path.is_file()
        return is_file and hash_of(path) == tables.sha256

    def use(self, tables: Tables, *, region_id: str, build_id: str, owner: str) -> None:  # noqa: ARG002
        """Nothing is to be done for a file.

        Raises:
            TablesMissing: the build's tables are in a PostgreSQL database.
        """
        if tables.kind != "sqlite":
            raise _elsewhere(build_id)

    def sweep(self, *, region_id: str, owner: str, kept: frozenset[str]) -> list[str]:  # noqa: ARG002
        """Nothing is left where a build's folder is gone."""
        return []


def open_file(path: Path) -> sa.Engine:
    """Open a file for reading by many threads.

    Raises:
        TablesMissing: it is not there.
    """
    if not path.is_file():
        raise TablesMissing(
            f"the build {path.parent.name} has no {path.name}", hint="build the region again."
        )
    return sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
        ),
        **POOL,
    )


def _elsewhere(build_id: str) -> TablesMissing:
    return TablesMissing(
        f"the tables of build {build_id} are in a PostgreSQL database",
        hint="set ATLAS_DATABASE_URL as it was when the build was made, or build again.",
    )
