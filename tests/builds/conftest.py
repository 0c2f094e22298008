"""A tiny made-up place, built once, and copies of it to be broken."""

import shutil
import sqlite3

import pytest

from config.region import read_region
from ingest.pipeline.build import build_region
from ingest.pipeline.builds import Builds
from ingest.pipeline.reporter import Silent
from tests.support import tiny_mirror


class Place:
    """A region file, a mirror and a home for builds."""

    def __init__(self, folder):
        self.folder = folder
        self.region = read_region(tiny_mirror.write_region(folder / "regions"))
        self.mirror = tiny_mirror.write_mirror(folder / "mirror")
        self.home = folder / "home"
        self.builds = Builds(self.home, "tiny")

    def build(self, reporter=None, *, may_shrink=False):
        return build_region(
            self.region,
            home=self.home,
            mirror=self.mirror,
            reporter=reporter or Silent(),
            may_shrink=may_shrink,
        )

    def query(self, text):
        path = self.builds.folder / self.builds.current() / "atlas.sqlite"
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            rows = connection.execute(text).fetchall()
        connection.close()
        return rows


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    place = Place(tmp_path_factory.mktemp("tiny"))
    place.manifest = place.build()
    return place


@pytest.fixture
def place(built, tmp_path):
    """A copy of the built place, to be broken."""
    shutil.copytree(built.folder, tmp_path / "copy")
    copy = Place.__new__(Place)
    copy.folder, copy.region = tmp_path / "copy", built.region
    copy.mirror, copy.home = copy.folder / "mirror", copy.folder / "home"
    copy.builds = Builds(copy.home, "tiny")
    return copy
