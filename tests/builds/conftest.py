"""A tiny made-up place, built once, and copies of it to be broken."""

import json
import shutil
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from api.build import open_database
from config.region import Region, read_region
from ingest.pipeline.build import BuildOptions, build_region
from ingest.pipeline.builds import Builds
from ingest.pipeline.reporter import Silent
from ingest.sample.write import write_sample
from ingest.store import store_of
from tests.support import tiny_mirror

DATABASES = ("sqlite", "postgresql")
on_both_databases = pytest.mark.parametrize("built", DATABASES, indirect=True, scope="session")
"""Marks tests that run on SQLite, as all do, and once more on PostgreSQL."""


class Place:
    """A region file, a mirror, a home for builds and a database for their tables."""

    def __init__(self, folder, database_url=""):
        self.folder = folder
        self.region = read_region(tiny_mirror.write_region(folder / "regions"))
        self.mirror = tiny_mirror.write_mirror(folder / "mirror")
        self.open(database_url)

    def open(self, database_url):
        self.database_url = database_url
        self.home = self.folder / "home"
        self.builds = Builds(self.home, "tiny", store_of(database_url))

    def copy(self, folder, database_url=""):
        shutil.copytree(self.folder, folder)
        copy = Place.__new__(Place)
        copy.folder, copy.region, copy.mirror = folder, self.region, folder / "mirror"
        copy.open(database_url)
        return copy

    def build(self, reporter=None, *, may_shrink=False):
        return build_region(
            self.region,
            home=self.home,
            mirror=self.mirror,
            reporter=reporter or Silent(),
            options=BuildOptions(may_shrink=may_shrink, database_url=self.database_url),
        )

    def query(self, text):
        engine = open_database(self.builds.folder / self.builds.current(), self.database_url)
        with engine.connect() as connection:
            rows = [tuple(row) for row in connection.execute(sa.text(text))]
        engine.dispose()
        return rows


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    """The tiny place with its tables in a file."""
    place = Place(tmp_path_factory.mktemp("tiny") / "place")
    place.manifest = place.build()
    return place


@pytest.fixture(scope="session")
def built_in_postgresql(built_once, tmp_path_factory, postgres):
    """The same place and steps, with its tables in PostgreSQL."""
    place = built_once.copy(tmp_path_factory.mktemp("tiny") / "place", postgres.database())
    shutil.rmtree(place.builds.folder)
    place.manifest = place.build()
    return place


@pytest.fixture(scope="session")
def built(request):
    """The tiny place, built; read only."""
    is_file = getattr(request, "param", "sqlite") == "sqlite"
    return request.getfixturevalue("built_once" if is_file else "built_in_postgresql")


@pytest.fixture
def place(built, request, tmp_path):
    """A copy of the built place, to be broken."""
    if not built.database_url:
        return built.copy(tmp_path / "copy")
    server = request.getfixturevalue("postgres")
    return built.copy(tmp_path / "copy", server.database(like=built.database_url))


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The smallest county, built without its streets: those take far longer than all the rest.

    Read only: tests copy its ``mirror`` and ``home`` to go on from them.
    """
    folder = tmp_path_factory.mktemp("sample")
    mirror, home = folder / "mirror", folder / "home"
    write_sample(mirror, scale=0.1)
    for path in (mirror / "osm").iterdir():
        path.unlink()
    region = read_region(mirror / "sample.toml")
    streets = region.streets.model_copy(update={"may_lack": True})
    region = Region(
        **region.model_dump(exclude_unset=True) | {"streets": streets, "timetable": None}
    )
    build_region(region, home=home, mirror=mirror, reporter=Silent(), options=BuildOptions())
    builds = Builds(home, "sample", store_of(""))
    engine = open_database(builds.folder / builds.current(), "")

    def query(text, **given):
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(text), given)]

    def rows(table, source):
        """Count the rows of a table that come from a series."""
        one = sa.table(table.name, *(sa.column(name) for name in table.names))
        told = sa.table("receipt", sa.column("receipt"), sa.column("source_id"))
        if "source_id" in table.names:
            is_of = one.c.source_id == source
        else:
            is_of = one.c.receipt.in_(sa.select(told.c.receipt).where(told.c.source_id == source))
        with engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(one).where(is_of))

    (county,) = json.loads((mirror / "truth.json").read_text("utf-8"))["counties"]
    yield SimpleNamespace(
        query=query,
        rows=rows,
        truth=county,
        engine=engine,
        region=region,
        mirror=mirror,
        home=home,
    )
    engine.dispose()
