"""Builds in PostgreSQL: a schema for each, loaded whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable, SetColumnComment, SetTableComment

from ingest.schema import SQL, Table
from ingest.store import books, views
from ingest.store.base import POOL, Parts, TableLoad, Tables
from ingest.store.copying import copy_in
from ingest.store.errors import TablesMissing, plainly
from ingest.store.names import quoted, schema_of_build, schema_of_region
from ingest.store.sqlite import open_file

PATIENCE: Final = "10s"
"""How long dropping an old build waits for whoever reads it; the next build tries again."""


@dataclass(slots=True)
class _Draft:
    connection: sa.Connection
    schema: str

    def load(self, table: Table, parts: Parts) -> TableLoad:
        """Load rows with COPY."""
        return copy_in(self.connection, table, parts)

    def finish(self) -> Tables:
        """Index the tables and commit everything at once."""
        for table in SQL.values():
            for index in sorted(table.indexes, key=lambda each: str(each.name)):
                self.connection.execute(sa.schema.CreateIndex(index))
            self.connection.exec_driver_sql(f"ANALYZE {quoted(table.name)}")
        self.connection.commit()
        return Tables("postgresql", self.schema)


class PostgresStore:
    """A schema for each build, a schema of views for each region, and books about both.

    Args:
        url: of the database, ``postgresql+psycopg://…``.
    """

    def __init__(self, url: sa.URL) -> None:
        self._url = url

    @contextmanager
    def draft(
        self,
        folder: Path,  # noqa: ARG002 - nothing of the tables lies there
        *,
        region_id: str,
        build_id: str,
        owner: str,
    ) -> Iterator[_Draft]:
        """Begin a schema in one transaction; a process that dies leaves nothing of it.

        Raises:
            DatabaseTaken: another atlas keeps this region there.
        """
        schema = schema_of_build(region_id, build_id)
        with plainly(), self._connected() as connection:
            books.open_books(connection)
            books.refuse_if_taken(connection, region_id, owner)
            connection.commit()
            connection.exec_driver_sql(f"CREATE SCHEMA {quoted(schema)}")
            connection.exec_driver_sql(f"SET LOCAL search_path TO {quoted(schema)}")
            for table in SQL.values():
                _create(connection, table)
            books.note_build(
                connection, schema=schema, region_id=region_id, build_id=build_id, owner=owner
            )
            yield _Draft(connection, schema)

    def open(self, folder: Path, tables: Tables) -> sa.Engine:
        """Open the schema of a build for reading, or the file of one from before."""
        if tables.kind == "sqlite":
            return open_file(folder / tables.name)
        from ingest.store.plain_text import keep_text_plain  # noqa: PLC0415 - the driver's an extra

        schema = f"search_path={quoted(tables.name)}"
        options = f"-c default_transaction_read_only=on -c {schema}"
        engine = sa.create_engine(
            self._url, connect_args={"options": options}, pool_pre_ping=True, **POOL
        )
        sa.event.listen(engine, "connect", lambda connection, _: keep_text_plain(connection))
        return engine

    def has(self, folder: Path, tables: Tables) -> bool:  # noqa: ARG002
        """Say whether the schema of a build is there."""
        if tables.kind != "postgresql":
            return False
        with plainly(), self._connected() as connection:
            return books.has_schema(connection, tables.name)

    def use(self, tables: Tables, *, region_id: str, build_id: str, owner: str) -> None:
        """Show a build in the region's schema, in one transaction.

        A build whose tables are in a file cannot be shown; the region's views are then dropped,
        for what they show is no longer in use.

        Raises:
            TablesMissing: the schema of the build is gone.
            DatabaseTaken: another atlas keeps this region there, or somebody built upon a view
                that has to change.
        """
        if tables.kind != "postgresql":
            self._hide(region_id, owner)
            return
        schema = schema_of_region(region_id)
        with plainly(), self._connected() as connection:
            books.open_books(connection)
            books.refuse_if_taken(connection, region_id, owner)
            if not books.has_schema(connection, tables.name):
                raise TablesMissing(
                    f"the database has no schema {tables.name!r} of build {build_id}",
                    hint="see that ATLAS_DATABASE_URL names the database that the build was "
                    "loaded into, or build again.",
                )
            views.show(connection, schema, build=tables.name)
            books.note_use(
                connection,
                schema=tables.name,
                region_id=region_id,
                build_id=build_id,
                owner=owner,
            )
            connection.commit()

    def sweep(self, *, region_id: str, owner: str, kept: frozenset[str]) -> list[str]:
        """Drop the schemas of builds that are gone from the disk; those being read stay."""
        with plainly(), self._connected() as connection:
            if not books.has_books(connection):
                return []
            found = books.builds_of(connection, region_id, owner)
            connection.commit()
            gone = {build_id: found[build_id] for build_id in sorted(set(found) - kept)}
            return [
                build_id
                for build_id, schema in gone.items()
                if _drop(connection, schema, region_id, owner)
            ]

    def _hide(self, region_id: str, owner: str) -> None:
        with plainly(), self._connected() as connection:
            if not books.has_books(connection):
                return
            books.open_books(connection)
            books.refuse_if_taken(connection, region_id, owner)
            _show_nothing(connection, region_id, owner)
            connection.commit()

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        """Open one connection; what was not committed when it closes is undone."""
        engine = sa.create_engine(self._url, poolclass=sa.NullPool)
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


def _create(connection: sa.Connection, table: sa.Table) -> None:
    connection.execute(CreateTable(table))
    connection.execute(SetTableComment(table))
    for column in table.columns:
        connection.execute(SetColumnComment(column))


def _drop(connection: sa.Connection, schema: str, region_id: str, owner: str) -> bool:
    """Drop the schema of a build; say whether nobody was reading it or built upon it."""
    try:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        shown = connection.execute(
            sa.select(books.IN_USE.c.schema_name).where(books.IN_USE.c.region_id == region_id)
        ).scalar()
        if shown == schema:
            _show_nothing(connection, region_id, owner)
        connection.exec_driver_sql(f"DROP SCHEMA {quoted(schema)} CASCADE")
        books.forget_build(connection, schema)
        connection.commit()
    except sa.exc.OperationalError:  # locked by a reader
        connection.rollback()
        return False
    return True


def _show_nothing(connection: sa.Connection, region_id: str, owner: str) -> None:
    views.hide(connection, schema_of_region(region_id))
    books.note_use(connection, schema=None, region_id=region_id, build_id=None, owner=owner)
