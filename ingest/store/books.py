"""The small schema beside the builds: which there are, which is in use, and whose they are."""

from typing import Final

import sqlalchemy as sa

from ingest.store.errors import DatabaseTaken
from ingest.store.names import BOOKS, quoted, schema_of_region

METADATA: Final = sa.MetaData(schema=BOOKS)
BUILD: Final = sa.Table(
    "build",
    METADATA,
    sa.Column("schema_name", sa.Text, primary_key=True),
    sa.Column("region_id", sa.Text, nullable=False),
    sa.Column("build_id", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("loaded_at", sa.DateTime(timezone=True), server_default=sa.func.now()),
    comment="one row per build that has a schema of its own",
)
IN_USE: Final = sa.Table(
    "in_use",
    METADATA,
    sa.Column("region_id", sa.Text, primary_key=True),
    sa.Column("schema_name", sa.Text),
    sa.Column("build_id", sa.Text),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("used_at", sa.DateTime(timezone=True), server_default=sa.func.now()),
    comment="one row per region: the build that its schema of views shows; null if none",
)
_LOCK: Final = 7_345_501_922
"""Number of the advisory lock under which the books are written; any number would do."""


def open_books(connection: sa.Connection) -> None:
    """Take the books for the rest of the transaction, making them if there are none."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {quoted(BOOKS)}")
    METADATA.create_all(connection)


def has_books(connection: sa.Connection) -> bool:
    """Say whether an atlas ever wrote into this database."""
    return sa.inspect(connection).has_table(BUILD.name, schema=BOOKS)


def refuse_if_taken(connection: sa.Connection, region_id: str, owner: str) -> None:
    """Leave alone what another atlas, or somebody else, keeps under this region's name.

    Raises:
        DatabaseTaken: there is such a thing.
    """
    others = connection.execute(
        sa.select(IN_USE.c.owner).where(IN_USE.c.region_id == region_id)
    ).scalar()
    if others not in (None, owner):
        raise DatabaseTaken(
            f"this database shows {region_id} from builds of another atlas",
            hint="give each atlas (each ATLAS_HOME) a database of its own.",
        )
    schema = schema_of_region(region_id)
    if others is None and has_schema(connection, schema):
        raise DatabaseTaken(
            f"this database has a schema {schema!r} that the atlas did not make",
            hint="the atlas shows the region's tables there: give it a database of its own.",
        )


def has_schema(connection: sa.Connection, schema: str) -> bool:
    """Say whether there is a schema of this name."""
    query = sa.text("SELECT 1 FROM pg_namespace WHERE nspname = :name")
    return connection.execute(query, {"name": schema}).first() is not None


def note_build(
    connection: sa.Connection, *, schema: str, region_id: str, build_id: str, owner: str
) -> None:
    """Write down that a build has a schema."""
    row = {
        "schema_name": schema,
        "region_id": region_id,
        "build_id": build_id,
        "owner": owner,
    }
    connection.execute(sa.insert(BUILD).values(row))


def note_use(
    connection: sa.Connection,
    *,
    schema: str | None,
    region_id: str,
    build_id: str | None,
    owner: str,
) -> None:
    """Write down which build a region's schema shows; ``None`` for none."""
    connection.execute(sa.delete(IN_USE).where(IN_USE.c.region_id == region_id))
    row = {
        "region_id": region_id,
        "schema_name": schema,
        "build_id": build_id,
        "owner": owner,
    }
    connection.execute(sa.insert(IN_USE).values(row))


def builds_of(connection: sa.Connection, region_id: str, owner: str) -> dict[str, str]:
    """Return the schema of every build of a region that this atlas made, by build id."""
    query = sa.select(BUILD.c.build_id, BUILD.c.schema_name).where(
        BUILD.c.region_id == region_id, BUILD.c.owner == owner
    )
    return {row.build_id: row.schema_name for row in connection.execute(query)}


def forget_build(connection: sa.Connection, schema: str) -> None:
    """Write down that a schema is gone."""
    connection.execute(sa.delete(BUILD).where(BUILD.c.schema_name == schema))
