"""Full disks, damaged files, lost connections, two atlases: nothing is lost or mixed."""

import os
import shutil
import subprocess
import sys

import httpx
import pytest
import sqlalchemy as sa

from api.app import create_app
from config.errors import AtlasError
from config.settings import Settings
from ingest.errors import StoreFull
from ingest.fetch import FileStore, Receipt
from ingest.pipeline.reporter import Silent
from ingest.store import DatabaseRefused, DatabaseTaken
from tests.builds.atlas import NEW, OLD, Atlas, change

pytestmark = pytest.mark.long


@pytest.fixture
def atlas(place):
    running = Atlas(place)
    yield running
    running.served.close()


class Listener(Silent):
    """Does something when a table is about to be loaded, and remembers which steps ran."""

    def __init__(self, table="", then=lambda: None):
        self.table, self.then, self.title, self.ran = table, then, "", []

    def started(self, title):
        self.title = title

    def progressed(self, share, doing):  # noqa: ARG002 - a Reporter is told so
        if doing == self.table:
            self.then()

    def finished(self, *, seconds, peak_mb, rows, is_reused):  # noqa: ARG002 - a Reporter is told so
        if not is_reused:
            self.ran.append(self.title)


def test_a_damaged_result_of_a_step_is_made_again_and_the_build_with_it(place):
    first = place.builds.current()
    step = next((place.builds.steps / "postcodes").iterdir())
    part = next(step.glob("postcode.*.parquet"))
    _damage(part)
    listener = Listener()
    again = place.build(listener)
    assert listener.ran == ["Publishers' files", "Postcodes", "Tables into the database"]
    assert again.build_id != first
    assert place.query("select count(*) from postcode where not is_outside") == [(64,)]
    assert [each.key for each in again.steps[:-1]] == [
        each.key for each in place.builds.manifests()[0].steps[:-1]
    ]


def test_a_result_with_a_file_missing_is_made_again(place):
    step = next((place.builds.steps / "tiles").iterdir())
    (step / "areas.pmtiles").unlink()
    listener = Listener()
    place.build(listener)
    assert "Map tiles and place names" in listener.ran


def test_a_damaged_file_of_a_build_costs_that_build_not_the_next(place):
    network = next(place.builds.folder.glob("*/networks/walk/*.npy"))
    _damage(network)
    first = place.builds.current()
    again = place.build()
    assert again.build_id != first
    assert place.builds.current() == again.build_id
    good = place.builds.folder / again.build_id / "networks" / "walk" / network.name
    assert good.read_bytes() != network.read_bytes()


def test_a_damaged_database_of_a_build_is_never_taken_for_the_same_build(place):
    first = place.builds.current()
    _damage(place.builds.folder / first / "atlas.sqlite")
    assert place.build().build_id != first
    assert place.query("select count(*) from school") == [(6,)]


def test_a_damaged_download_is_fetched_again(place):
    store = FileStore(place.home / "downloads")
    register = next(each for each in store.receipts() if each.source_id == "gias")
    stored = store.find(register)
    stored.chmod(0o644)
    _damage(stored)
    assert store.find(register) is None
    manifest = place.build()
    receipt = next(each for each in manifest.receipts if each["source_id"] == "gias")
    assert receipt["sha256"] == register.sha256
    assert store.verify(Receipt(**receipt))


def _damage(path):
    """Turn the bits of a file's middle, leaving its size."""
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of a few megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("only the system's owner may mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems mount otherwise")
@pytest.mark.parametrize("left_kb", [0, 40, 150, 400, 700, 1000])
def test_a_disk_that_fills_stops_the_build_with_a_message_and_nothing_else(
    built, small_disk, left_kb
):
    place = built.copy(small_disk / "copy")
    atlas = Atlas(place)
    shutil.rmtree(place.home / "steps")
    change(place)
    _fill(small_disk, left_kb)
    with pytest.raises(AtlasError) as told:
        place.build()
    assert "disk" in str(told.value) or "room" in str(told.value)
    assert isinstance(told.value, StoreFull)
    assert atlas.name() == OLD
    assert not list(place.builds.folder.glob(".*.part"))
    (small_disk / "filler").unlink()
    place.build()
    assert atlas.name() == NEW
    atlas.served.close()


def _fill(disk, left_kb):
    """Leave only so many kilobytes on a disk."""
    free = os.statvfs(disk)
    size = free.f_bavail * free.f_frsize - left_kb * 1024
    (disk / "filler").write_bytes(bytes(size))


@pytest.mark.parametrize("built", ["postgresql"], indirect=True, scope="session")
class TestPostgresql:
    def test_connections_that_break_off_stop_the_build_and_nothing_else(
        self, place, atlas, postgres
    ):
        first = place.builds.current()
        assert atlas.name() == OLD
        change(place)
        name = sa.make_url(place.database_url).database
        listener = Listener("school", lambda: postgres.hang_up(name))
        with pytest.raises(DatabaseRefused) as told:
            place.build(listener)
        assert "nothing was changed" in told.value.hint
        assert place.builds.ids() == [first]
        assert atlas.name() == OLD, "the server's own connections were broken off too"
        listener = Listener()
        place.build(listener)
        assert listener.ran == ["Publishers' files", "Tables into the database"]
        assert atlas.name() == NEW

    @pytest.mark.anyio
    async def test_while_the_database_is_away_requests_are_told_so_and_then_answered(
        self, place, postgres
    ):
        settings = Settings(home=place.home, database_url=place.database_url)
        transport = httpx.ASGITransport(create_app(settings, region_id="tiny"))
        name = sa.make_url(place.database_url).database
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
            assert (await client.get("/api/v1/schools")).status_code == 200
            postgres.tell(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            postgres.hang_up(name)
            away = await client.get("/api/v1/schools")
            assert (away.status_code, away.json()["type"]) == (503, "no-database")
            assert away.headers["retry-after"]
            postgres.tell(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            assert (await client.get("/api/v1/schools")).status_code == 200

    def test_a_database_that_is_not_there_is_said_so(self, place):
        place.open(place.database_url.replace("/tests_", "/nothing_"))
        with pytest.raises(DatabaseRefused, match="does not exist") as told:
            place.build()
        assert "ATLAS_DATABASE_URL" in told.value.hint

    def test_two_atlases_never_share_a_region_in_one_database(self, place, tmp_path):
        other = place.copy(tmp_path / "other", place.database_url)
        shutil.rmtree(other.builds.folder)
        with pytest.raises(DatabaseTaken, match="builds of another atlas"):
            other.build()
        assert place.query("select count(*) from school") == [(6,)]

    def test_a_schema_of_somebody_else_is_left_alone(self, built, tmp_path, postgres):
        url = postgres.database()
        postgres.tell("CREATE SCHEMA tiny", database=url)
        place = built.copy(tmp_path / "copy", url)
        shutil.rmtree(place.builds.folder)
        with pytest.raises(DatabaseTaken, match="that the atlas did not make"):
            place.build()

    def test_what_was_built_upon_the_views_stays_when_the_build_changes(self, place, postgres):
        url = place.database_url
        postgres.tell("CREATE SCHEMA mine", database=url)
        postgres.tell("CREATE VIEW mine.names AS SELECT name FROM tiny.school", database=url)
        change(place)
        place.build()
        engine = sa.create_engine(url)
        with engine.connect() as connection:
            names = set(connection.execute(sa.text("SELECT name FROM mine.names")).scalars())
            says = connection.execute(
                sa.text("SELECT col_description('tiny.school'::regclass, 1)")
            ).scalar()
        engine.dispose()
        assert NEW in names
        assert says.startswith("Unique Reference Number")

    def test_nothing_can_be_written_through_the_server(self, atlas):
        assert atlas.name() == OLD
        lease = atlas.served.take()
        with (
            lease.build.engine.connect() as connection,
            pytest.raises(sa.exc.InternalError, match="read-only"),
        ):
            connection.execute(sa.text("DELETE FROM school"))
        atlas.served.give_back(lease)

    def test_rolling_back_shows_the_build_before_in_the_database_too(self, place, atlas):
        change(place)
        place.build()
        place.builds.rollback()
        assert atlas.name() == OLD
        engine = sa.create_engine(place.database_url)
        with engine.connect() as connection:
            shown = connection.execute(sa.text("SELECT name FROM tiny.school WHERE urn = 900002"))
            assert shown.scalar() == OLD
        engine.dispose()

    def test_a_build_in_a_file_can_be_gone_back_to(self, place, atlas):
        in_database = place.builds.current()
        url, place.database_url = place.database_url, ""
        place.open("")
        in_file = place.build().build_id
        assert in_file != in_database
        place.open(url)
        place.builds.use(in_file)
        assert atlas.name() == OLD
        place.builds.use(in_database)
        assert place.query("select count(*) from school") == [(6,)]
