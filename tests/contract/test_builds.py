"""What may be relied on: a new build is served as soon as it is there, and a bad one never is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio
import httpx
import pytest

from api.app import create_app
from api.build import Build
from api.errors import BrokenBuild, NoBuild
from api.served import CHECK_EVERY_S, Served
from api.serving import PATIENCE_S
from config.settings import Settings
from ingest.schema import SCHEMA_ID
from tests.support.tiny_build import REGION, use, write_tiny_build

pytestmark = pytest.mark.anyio


class Clock:
    """A clock that goes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def tick(self) -> None:
        self.now += CHECK_EVERY_S


def test_a_new_build_is_taken_and_the_old_one_closed_when_idle(tmp_path: Path) -> None:
    write_tiny_build(tmp_path, build_id="first")
    clock = Clock()
    served = Served(tmp_path, REGION, clock=clock)
    served.refresh()
    held = served.take()
    write_tiny_build(tmp_path, build_id="second")
    served.refresh()
    within_the_second = served.take()
    assert within_the_second.build.build_id == "first"
    served.give_back(within_the_second)
    clock.tick()
    served.refresh()
    second = served.take()
    assert second.build.build_id == "second"
    assert held.build.tiles["basemap"].tile(6, 0, 0) is not None  # still held: still open
    served.give_back(held)
    with pytest.raises(OSError, match="Bad file"):
        held.build.tiles["basemap"].tile(6, 0, 0)
    served.give_back(second)
    served.close()


def test_a_build_that_cannot_be_opened_leaves_the_old_one_in_use(tmp_path: Path) -> None:
    write_tiny_build(tmp_path, build_id="good")
    clock = Clock()
    served = Served(tmp_path, REGION, clock=clock)
    served.refresh()
    bad = write_tiny_build(tmp_path, build_id="bad")
    (bad / "atlas.sqlite").write_bytes(b"no database, but long enough to look like one" * 9)
    clock.tick()
    served.refresh()
    lease = served.take()
    assert lease.build.build_id == "good"
    served.give_back(lease)
    served.close()


@pytest.mark.parametrize("name", ["atlas.sqlite", "manifest.json", "basemap.pmtiles"])
def test_a_broken_file_is_named(tmp_path: Path, name: str) -> None:
    folder = write_tiny_build(tmp_path)
    (folder / name).write_bytes(b"rubbish " * 40)
    served = Served(tmp_path, REGION)
    served.refresh()
    with pytest.raises(BrokenBuild) as error:
        served.take()
    assert "build" in error.value.message or name in error.value.message
    assert error.value.hint == "build the region again."


def test_a_build_of_another_version_is_refused_not_half_read(tmp_path: Path) -> None:
    manifest = write_tiny_build(tmp_path) / "manifest.json"
    manifest.write_text(manifest.read_text().replace(SCHEMA_ID, "of last year"))
    served = Served(tmp_path, REGION)
    served.refresh()
    with pytest.raises(BrokenBuild, match="made by another version of the atlas") as error:
        served.take()
    assert error.value.hint == "build the region again."


def test_no_build_says_how_to_make_one(tmp_path: Path) -> None:
    served = Served(tmp_path, REGION)
    served.refresh()
    with pytest.raises(NoBuild) as error:
        served.take()
    assert f"`atlas build {REGION}`" in str(error.value)


async def test_the_server_waits_for_its_first_build(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path), region_id=REGION)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://atlas"
    ) as client:
        response = await client.get("/api/v1/health")
        assert response.status_code == 503
        assert response.json()["type"] == "no-build"
        assert "retry-after" in response.headers
        assert (await client.get("/api")).status_code == 200


async def test_starting_warms_up_and_stopping_closes(tmp_path: Path) -> None:
    write_tiny_build(tmp_path)
    app = create_app(Settings(home=tmp_path), region_id=REGION)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://atlas") as client,
    ):
        response = await client.get("/api/v1/postcodes/LE156HP/isochrones")
        assert response.status_code == 200


async def test_a_broken_network_stops_nothing_but_journeys(tmp_path: Path) -> None:
    folder = write_tiny_build(tmp_path)
    (folder / "networks" / "walk" / "network.json").write_text("{")
    app = create_app(Settings(home=tmp_path), region_id=REGION)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://atlas") as client,
    ):
        assert (await client.get("/api/v1/schools")).status_code == 200
        response = await client.get("/api/v1/postcodes/LE156HP/isochrones")
        assert response.status_code == 503


async def test_the_next_request_is_served_from_the_new_build(tmp_path: Path) -> None:
    write_tiny_build(tmp_path, build_id="first")
    app = create_app(Settings(home=tmp_path), region_id=REGION)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://atlas"
    ) as client:
        first = (await client.get("/api/v1/health")).json()
        write_tiny_build(tmp_path, build_id="second")
        await anyio.sleep(CHECK_EVERY_S)
        second = (await client.get("/api/v1/health")).json()
    assert [first["build_id"], second["build_id"]] == ["first", "second"]


async def test_a_build_without_streets_serves_everything_but_times(tmp_path: Path) -> None:
    folder = write_tiny_build(tmp_path)
    (folder / "networks").rename(folder / "gone")
    app = create_app(Settings(home=tmp_path), region_id=REGION)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://atlas"
    ) as client:
        assert (await client.get("/api/v1/schools/120001")).status_code == 200
        assert (await client.get("/api/v1/release")).json()["modes"] == []
        response = await client.get("/api/v1/schools/120001/isochrones")
        assert response.status_code == 503
        assert response.json()["type"] == "no-streets"


async def test_rolling_back_serves_the_build_before(tmp_path: Path) -> None:
    write_tiny_build(tmp_path, build_id="first")
    write_tiny_build(tmp_path, build_id="second")
    clock = Clock()
    served = Served(tmp_path, REGION, clock=clock)
    served.refresh()
    use(tmp_path, "first")
    clock.tick()
    served.refresh()
    lease = served.take()
    assert lease.build.build_id == "first"
    served.give_back(lease)
    served.close()


class Gate:
    """Holds up the warm-up of every build until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.warming, self.is_open = threading.Event(), threading.Event()
        self.warmed: list[str] = []

        def warm_up(build: Build) -> None:
            self.warming.set()
            assert self.is_open.wait(20)
            self.warmed.append(build.build_id)

        monkeypatch.setattr(Build, "warm_up", warm_up)


@contextmanager
def _refreshing(served: Served) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=served.refresh)
    thread.start()
    yield thread
    thread.join()


def _in_use(served: Served) -> str:
    lease = served.take()
    served.give_back(lease)
    return lease.build.build_id


def test_a_new_build_is_opened_and_warm_before_it_is_served_and_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tiny_build(tmp_path, build_id="first")
    clock = Clock()
    served = Served(tmp_path, REGION, clock=clock)
    served.refresh()
    gate = Gate(monkeypatch)
    write_tiny_build(tmp_path, build_id="second")
    clock.tick()
    with _refreshing(served):
        assert gate.warming.wait(20)
        clock.tick()
        assert not served.is_due(), "somebody is opening it already"
        served.refresh()  # and whoever asks all the same need not wait
        assert _in_use(served) == "first"
        gate.is_open.set()
    assert gate.warmed == ["second"]
    assert _in_use(served) == "second"
    served.close()


def test_a_build_whose_streets_are_broken_leaves_the_old_one_in_use(tmp_path: Path) -> None:
    write_tiny_build(tmp_path, build_id="good")
    clock = Clock()
    served = Served(tmp_path, REGION, clock=clock)
    served.refresh()
    (write_tiny_build(tmp_path, build_id="bad") / "networks" / "walk" / "network.json").write_text(
        "{"
    )
    clock.tick()
    served.refresh()
    assert _in_use(served) == "good"
    served.close()


def test_closing_waits_for_a_build_that_is_being_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tiny_build(tmp_path, build_id="first")
    clock = Clock()
    served = Served(tmp_path, REGION, clock=clock)
    served.refresh()
    gate = Gate(monkeypatch)
    write_tiny_build(tmp_path, build_id="second")
    clock.tick()
    with _refreshing(served):
        assert gate.warming.wait(20)
        closing = threading.Thread(target=served.close)
        closing.start()
        gate.is_open.set()
        closing.join(20)
    with pytest.raises(NoBuild):
        served.take()


async def test_requests_go_on_with_the_old_build_while_the_new_one_warms_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tiny_build(tmp_path, build_id="first")
    app = create_app(Settings(home=tmp_path), region_id=REGION)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://atlas"
    ) as client:

        async def in_use() -> str:
            return str((await client.get("/api/v1/health")).json()["build_id"])

        assert await in_use() == "first"
        gate = Gate(monkeypatch)
        write_tiny_build(tmp_path, build_id="second")
        await anyio.sleep(CHECK_EVERY_S)
        with anyio.fail_after(PATIENCE_S + 5):
            assert await in_use() == "first"  # it noticed the new build, and waited a little
        with anyio.fail_after(1):
            assert await in_use() == "first"
        assert gate.warming.is_set()
        gate.is_open.set()
        await anyio.sleep(CHECK_EVERY_S)
        assert await in_use() == "second"
