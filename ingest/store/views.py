"""The schema that people look into: views, named as the tables, on the build in use."""

import sqlalchemy as sa

from ingest.store.errors import DatabaseTaken
from ingest.store.names import quoted

_COMMENTS = sa.text(
    """
    SELECT class.relname, attribute.attname, description.description
    FROM pg_description AS description
    JOIN pg_class AS class ON class.oid = description.objoid
    JOIN pg_namespace AS space ON space.oid = class.relnamespace
    LEFT JOIN pg_attribute AS attribute
      ON attribute.attrelid = class.oid AND attribute.attnum = description.objsubid
      AND description.objsubid > 0
    WHERE space.nspname = :schema AND class.relkind = 'r'
      AND description.classoid = 'pg_class'::regclass
    """
)


def show(connection: sa.Connection, schema: str, *, build: str) -> None:
    """Make the views of a schema show the tables of a build.

    A view whose columns stay is replaced, so that what others were granted and built upon it
    stays too.

    Args:
        connection: inside a transaction.
        schema: of the region, made if absent.
        build: schema of the build.

    Raises:
        DatabaseTaken: somebody built upon a view that has to change its columns.
    """
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}")
    inspector = sa.inspect(connection)
    tables = set(inspector.get_table_names(schema=build))
    for gone in set(inspector.get_view_names(schema=schema)) - tables:
        _drop(connection, schema, gone)
    for table in sorted(tables):
        _replace(connection, schema, build, table)
    for table, column, text in connection.execute(_COMMENTS, {"schema": build}):
        _comment(connection, schema, table, column, text)


def hide(connection: sa.Connection, schema: str) -> None:
    """Drop the views of a schema; the schema stays, with what was granted on it."""
    for view in sa.inspect(connection).get_view_names(schema=schema):
        _drop(connection, schema, view)


def _replace(connection: sa.Connection, schema: str, build: str, table: str) -> None:
    view = f"VIEW {quoted(schema)}.{quoted(table)}"
    shown = f"{view} AS TABLE {quoted(build)}.{quoted(table)}"
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"CREATE OR REPLACE {shown}")
    except sa.exc.ProgrammingError:  # its columns are others
        _drop(connection, schema, table)
        connection.exec_driver_sql(f"CREATE {shown}")


def _drop(connection: sa.Connection, schema: str, view: str) -> None:
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"DROP VIEW IF EXISTS {quoted(schema)}.{quoted(view)}")
    except sa.exc.DBAPIError as error:
        told = " ".join(str(error.orig).split())
        raise DatabaseTaken(
            f"the view {schema}.{view} has to change, and others were built upon it: {told}",
            hint="drop those, build again, and make them anew.",
        ) from None


def _comment(
    connection: sa.Connection, schema: str, table: str, column: str | None, text: str
) -> None:
    view = f"{quoted(schema)}.{quoted(table)}"
    what = f"VIEW {view}" if column is None else f"COLUMN {view}.{quoted(column)}"
    literal = text.replace("'", "''").replace("%", "%%")
    connection.exec_driver_sql(f"COMMENT ON {what} IS '{literal}'")
