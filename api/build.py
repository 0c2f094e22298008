"""One build of a region, opened for reading."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import sqlalchemy as sa

from api.errors import BrokenBuild, NoBuild
from api.finder import Finder
from api.matrices import Matrices
from api.modes import Modes
from api.once import Memo, Once
from api.queries.about import build_row, source_ids
from api.queries.search import load_finder
from api.tiles import TileSet
from config.errors import ConfigError
from ingest.layout import AREAS, BASEMAP, MANIFEST, MATRIX, NETWORKS, TRANSIT
from ingest.pipeline.builds import Builds
from ingest.schema import SCHEMA_ID
from ingest.schema.about import HAS_HEIGHTS, MADE_UP
from ingest.store import Tables, TablesMissing, open_tables

TILE_SETS: Final = {"basemap": BASEMAP, "areas": AREAS}
REMEMBERED = 32


@dataclass(frozen=True, slots=True)
class Build:
    """Everything that requests are answered from; never written to.

    Attributes:
        folder: where it lies.
        build_id: its name.
        manifest: what the pipeline wrote about it.
        engine: its database, read-only.
        tiles: its tile sets by name.
        modes: its networks by way of travelling, and the answers found on them.
        matrix: its times from all homes to all schools, by way of travelling.
        finder: its names, for search.
        source_ids: ids of the sources it was made from.
        remembered: answers that are the same for everyone, by name.
    """

    folder: Path
    build_id: str
    manifest: Mapping[str, Any]
    engine: sa.Engine
    tiles: Mapping[str, TileSet]
    modes: Modes
    matrix: Matrices
    finder: Once[Finder]
    source_ids: Once[frozenset[str]]
    remembered: Memo[str, Any]

    @classmethod
    def open(cls, folder: Path, database_url: str = "") -> Self:
        """Open a build's files; street networks wait until they are needed.

        Args:
            folder: where it lies.
            database_url: the PostgreSQL database that its tables may be in.

        Raises:
            BrokenBuild: a file is missing or is not what its name says.
        """
        manifest = _manifest(folder / MANIFEST)
        engine = open_database(folder, database_url)
        return cls(
            folder=folder,
            build_id=folder.name,
            manifest=manifest,
            engine=engine,
            tiles=_tile_sets(folder),
            modes=Modes(folder / NETWORKS, folder / TRANSIT, engine),
            matrix=Matrices(folder / MATRIX),
            finder=Once(lambda: load_finder(engine)),
            source_ids=Once(lambda: source_ids(engine)),
            remembered=Memo(REMEMBERED),
        )

    def sources(self, *wanted: str | None) -> list[str]:
        """Return those of these source ids that the build has, each once, in order."""
        known = self.source_ids()
        return [name for name in dict.fromkeys(wanted) if name in known]

    def is_made_up(self) -> bool:
        """Say whether its data are invented."""
        return bool(self._row().get(MADE_UP.name))

    def has_heights(self) -> bool:
        """Say whether hills count on its streets."""
        return bool(self._row().get(HAS_HEIGHTS.name))

    def _row(self) -> dict[str, Any]:
        row: dict[str, Any] = self.remembered.get("build", lambda: build_row(self.engine))
        return row

    def warm_up(self) -> None:
        """Make now what the first search and the first journey would wait for."""
        self.finder()
        self.modes.warm_up()

    def close(self) -> None:
        """Let go of every file."""
        self.engine.dispose()
        for tile_set in self.tiles.values():
            tile_set.close()


def current_build(home: Path, region_id: str) -> Path:
    """Return the folder of the build in use.

    Raises:
        NoBuild: the region was never built, or its build was removed.
    """
    builds = Builds(home, region_id)
    build_id = builds.current()
    if build_id is None:
        raise NoBuild(
            f"there is no build of {region_id!r} yet",
            hint=f"`atlas build {region_id}` makes one; this server then serves it by itself.",
        )
    if not (builds.folder / build_id).is_dir():
        raise NoBuild(
            f"the build in use of {region_id!r} ({build_id}) is not there",
            hint=f"`atlas builds` lists those there are; `atlas build {region_id}` makes one.",
        )
    return builds.folder / build_id


def open_database(folder: Path, database_url: str = "") -> sa.Engine:
    """Open the tables of a build for reading by many threads.

    Args:
        folder: of the build.
        database_url: the PostgreSQL database that its tables may be in.

    Raises:
        BrokenBuild: they are not there, or are no build's.
    """
    manifest = _manifest(folder / MANIFEST)
    try:
        tables = Tables(**manifest["database"])
        engine = open_tables(folder, tables, database_url)
    except (TablesMissing, ConfigError) as error:
        raise BrokenBuild(error.message, hint=error.hint) from error
    try:
        with engine.connect() as connection:
            connection.execute(sa.text("select 1 from build")).first()
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise BrokenBuild(
            f"the database of build {folder.name} cannot be read: {error.orig}",
            hint="build the region again.",
        ) from error
    return engine


def _manifest(path: Path) -> Mapping[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError) as error:
        raise BrokenBuild(
            f"the manifest of build {path.parent.name} cannot be read: {error}",
            hint="build the region again.",
        ) from error
    if manifest.get("schema_id") != SCHEMA_ID:
        raise BrokenBuild(
            f"build {path.parent.name} was made by another version of the atlas",
            hint="build the region again.",
        )
    return manifest


def _tile_sets(folder: Path) -> dict[str, TileSet]:
    """Open the tile sets there are; a build without streets or outlines still serves figures."""
    paths = {name: folder / file for name, file in TILE_SETS.items()}
    return {name: TileSet(path) for name, path in paths.items() if path.is_file()}
