"""``atlas refresh`` over HTTP: what changed is downloaded; a silent server changes nothing."""

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from api.cli import app
from ingest.errors import MirrorFileMissing
from ingest.fetch import Client, Patience
from ingest.pipeline import fetching
from ingest.source import Release, fixed
from ingest.sources import SOURCES
from tests.support.naughty_server import File, NaughtyServer, Status, direct


class Publishers:
    """A server that has every file of a mirror, each under its own address, marked by content."""

    def __init__(self, server, place):
        self.server, self.paths = server, {}
        for source in SOURCES:
            try:
                wanted = fetching.wanted_of(source, place.region, place.mirror)
            except MirrorFileMissing:
                continue
            for each in wanted:
                self.paths[source.id] = place.mirror / each.mirror_folder / each.file_name
        self.publish()

    def publish(self):
        for path in self.paths.values():
            body = path.read_bytes()
            self.server.on(f"/{path.name}", File(body, etag=f'"{hash(body)}"'))

    def sources(self):
        return tuple(
            replace(
                source,
                releases=fixed(
                    Release(
                        name="2025-05-24" if source.id == "gias" else "2025",
                        file_name=self.paths[source.id].name,
                        addresses=(self.server.url(f"/{self.paths[source.id].name}"),),
                    )
                ),
            )
            for source in SOURCES
            if source.id in self.paths
        )

    def downloads(self):
        """Names what was asked for without condition since the last time, and forgets it."""
        asked = [
            request.path[1:]
            for request in self.server.requests
            if "if-none-match" not in request.headers
        ]
        self.server.requests.clear()
        return asked


@pytest.fixture
def publishers(place, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(place.home))
    monkeypatch.setenv("ATLAS_REGIONS_DIR", str(place.folder / "regions"))
    monkeypatch.delenv("ATLAS_MIRROR", raising=False)
    monkeypatch.setattr(
        fetching, "Client", lambda: Client(patience=Patience(tries=1), transport=direct())
    )
    with NaughtyServer() as server:
        running = Publishers(server, place)
        others = tuple(
            replace(source, releases=lambda *_: ())
            for source in SOURCES
            if source.id not in running.paths
        )
        monkeypatch.setattr(fetching, "SOURCES", (*running.sources(), *others))
        yield running


def refresh():
    return CliRunner().invoke(app, ["refresh", "tiny"])


def test_only_what_changed_is_downloaded_and_the_second_run_is_silent(place, publishers):
    first = refresh()
    assert first.exit_code == 0, first.output
    assert sorted(publishers.downloads()) == sorted(path.name for path in publishers.paths.values())
    quiet = refresh()
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert publishers.downloads() == []
    register = publishers.paths["gias"]
    register.write_bytes(register.read_bytes().replace(b"Northgate", b"Southgate"))
    publishers.publish()
    told = refresh()
    assert told.stdout.endswith("is in use; newer: gias 2025-05-24.\n")
    assert place.query("select name from school where urn = 900002") == [("Southgate Primary",)]


def test_a_publisher_that_is_silent_leaves_the_build_in_use(place, publishers):
    refresh()
    in_use = place.builds.current()
    publishers.server.on(f"/{publishers.paths['gias'].name}", Status(503))
    done = refresh()
    assert done.exit_code == 1
    assert "503 Service Unavailable" in done.stderr
    assert place.builds.current() == in_use
    publishers.publish()
    again = refresh()
    assert (again.exit_code, again.output) == (0, "")
