"""What may be relied on: the schools of a postcode are read from the times that a build holds."""

import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from api.app import create_app
from config.settings import Settings
from tests.contract.conftest import Reader
from tests.support.tiny_build import REGION
from travel import MODES

pytestmark = pytest.mark.anyio

HOMES = ("LE15 6HP", "LE15 6RA", "LE15 7AB")


ReaderOf = Callable[[Path], AbstractAsyncContextManager[Reader]]


@pytest.fixture
def reader_of(database_url: str) -> ReaderOf:
    """Return what opens an atlas of its own on the tables that all share."""

    @asynccontextmanager
    async def opened(home: Path) -> AsyncIterator[Reader]:
        settings = Settings(home=home, frontend_dir=home / "no page", database_url=database_url)
        transport = httpx.ASGITransport(create_app(settings, region_id=REGION))
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
            yield Reader(client)

    return opened


@pytest.fixture
def home(tmp_path: Path, tiny_home: Path) -> Path:
    """Return the folder of an atlas of its own, whose build may be changed."""
    return Path(shutil.copytree(tiny_home, tmp_path / "home"))


def builds(home: Path) -> Path:
    return next((home / "builds" / REGION).glob("*/matrix")).parent


def told(found: dict[str, Any]) -> dict[int, tuple[int, int]]:
    return {item["urn"]: (item["seconds"], item["metres"]) for item in found["items"]}


def make_slower(home: Path, mode: str, seconds: int) -> None:
    """Add seconds to every kept time by a mode, so that it shows where times are read from."""
    path = builds(home) / "matrix" / mode / "home_seconds.npy"
    np.save(path, np.load(path) + np.uint16(seconds))


@pytest.mark.parametrize("mode", MODES)
async def test_kept_times_and_a_search_agree_to_the_second(
    home: Path, read: Reader, reader_of: ReaderOf, mode: str
) -> None:
    shutil.rmtree(builds(home) / "matrix")
    async with reader_of(home) as search:
        for minutes in (5, 30):
            for postcode in HOMES:
                path = f"/postcodes/{postcode}/reachable-schools"
                kept = await read(path, mode=mode, minutes=minutes)
                found = await search(path, mode=mode, minutes=minutes)
                assert list(told(kept)) == list(told(found))
                for urn, (seconds, metres) in told(kept).items():
                    assert abs(seconds - told(found)[urn][0]) <= 1
                    assert abs(metres - told(found)[urn][1]) <= 1
                cut = [each.pop("cut_after_minutes") for each in (kept, found)]
                assert cut[0] == (cut[1] if cut[1] is None else pytest.approx(cut[1], abs=0.02))
                for name in ("is_cut_by_coverage", "origin", "method", "not_covered", "sources"):
                    assert kept[name] == found[name]


async def test_a_postcode_s_times_are_those_that_the_build_holds(
    home: Path, read: Reader, reader_of: ReaderOf
) -> None:
    make_slower(home, "walk", 7)
    usual = told(await read("/postcodes/LE156HP/reachable-schools", minutes=10))
    async with reader_of(home) as slower:
        kept = told(await slower("/postcodes/LE156HP/reachable-schools", minutes=11))
        for urn, (seconds, metres) in usual.items():
            assert kept[urn] == (seconds + 7, metres)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/reachable-schools", {}),
        ("/postcodes/LE156HP/reachable-schools", {"mode": "cycle", "minutes": 50}),
        ("/postcodes/LE156HP/reachable-schools", {"status": ["open", "closed"]}),
        ("/schools/120001/reachable-schools", {}),
    ],
    ids=["from a point", "further than is kept", "closed schools too", "around a school"],
)
async def test_what_is_not_kept_is_searched_for(
    home: Path, read: Reader, reader_of: ReaderOf, path: str, asked: dict[str, Any]
) -> None:
    if path == "/reachable-schools":
        here = (await read("/postcodes/LE156HP/reachable-schools", minutes=1))["origin"]
        asked = {"lon": here["lon"], "lat": here["lat"]}
    for mode in ("walk", "cycle"):
        make_slower(home, mode, 7)
    usual = told(await read(path, **asked))
    assert usual
    async with reader_of(home) as slower:
        assert told(await slower(path, **asked)) == usual


async def test_times_of_other_streets_are_not_taken(
    home: Path, read: Reader, reader_of: ReaderOf
) -> None:
    make_slower(home, "walk", 7)
    about = builds(home) / "matrix" / "walk" / "matrix.json"
    said = json.loads(about.read_text()) | {"network_ids": ["of a road that was closed since"]}
    about.write_text(json.dumps(said))
    path = "/postcodes/LE156HP/reachable-schools"
    async with reader_of(home) as search:
        found = told(await search(path, minutes=20))
    usual = told(await read(path, minutes=20))
    assert found.keys() == usual.keys()
    for urn, (seconds, _) in found.items():
        assert abs(seconds - usual[urn][0]) <= 1
