"""Which build another is compared with, and what changed for readers since."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from ingest.changes import BuildTables, Change, compare, read_build
from ingest.pipeline.builds import BuildMissing, Builds, BuildUnreadable, Manifest
from ingest.store import TablesMissing


@contextmanager
def tables_of(builds: Builds, build_id: str) -> Iterator[BuildTables]:
    """Open what is compared of a build.

    Raises:
        BuildMissing: there is no such build.
        BuildUnreadable: its manifest cannot be read, or its tables are no build's.
        TablesMissing: its tables are not there.
    """
    if build_id not in builds.ids():
        raise BuildMissing(
            f"region {builds.region_id} has no build {build_id!r}",
            hint=f"it has {', '.join(builds.ids()) or 'none; run `atlas build` first'}.",
        )
    folder = builds.folder / build_id
    engine = builds.store.open(folder, Manifest.read(folder).database)
    try:
        with engine.connect() as connection:
            yield read_build(connection)
    except sa.exc.DatabaseError as error:
        raise BuildUnreadable(
            f"the tables of build {build_id} cannot be read: {error.orig}",
            hint="build the region again.",
        ) from error
    finally:
        engine.dispose()


def changes_between(builds: Builds, before: str, after: str) -> list[Change]:
    """Tell what is different for readers of one build who knew another.

    Raises:
        AtlasError: as `tables_of` does.
    """
    with tables_of(builds, before) as old, tables_of(builds, after) as new:
        return compare(old, new)


def changes_since(builds: Builds, connection: sa.Connection) -> tuple[str | None, list[Change]]:
    """Compare a build that is being loaded with the one in use.

    Args:
        builds: of the region.
        connection: to the tables being loaded.

    Returns:
        The id of the build in use, and the changes; ``None`` and no changes where there is no
        build that can be read.
    """
    current = builds.current()
    try:
        with tables_of(builds, str(current)) as old:
            return current, compare(old, read_build(connection))
    except (BuildMissing, BuildUnreadable, TablesMissing):
        return None, []
