"""What may be relied on: ways of travelling. The tiny build has a one-way street and some steps."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.mode_names import JOURNEY_MODES
from api.modes import RANGES
from config.settings import Settings
from tests.contract.conftest import Reader
from tests.support.tiny_build import REGION, at, write_tiny_build
from tests.support.tiny_networks import ONE_WAY_ROW, STEPS_ROW
from travel import MODES, read_time_grid

pytestmark = pytest.mark.anyio


async def seconds_between(read: Reader, here: dict[str, Any], mode: str) -> dict[int, float]:
    """Seconds from a place to every school within ten minutes."""
    found = await read(
        "/reachable-schools", lon=here["lon"], lat=here["lat"], minutes=10, mode=mode
    )
    return {item["urn"]: item["seconds"] for item in found["items"]}


async def test_every_mode_is_offered_with_its_longest_way_and_what_it_rests_on(
    read: Reader,
) -> None:
    offered = (await read("/release"))["modes"]
    assert [one["mode"] for one in offered] == list(JOURNEY_MODES)
    assert {one["mode"]: one["minutes_max"] for one in offered} == {
        mode: reach.minutes_max for mode, reach in RANGES.items()
    }
    for one in offered:
        assert one["method"].endswith("counted.")
        assert all(number["reference"] and number["unit"] for number in one["assumptions"])


@pytest.mark.parametrize("mode", JOURNEY_MODES)
async def test_every_mode_has_bands_a_grid_and_a_list(
    read: Reader, client: httpx.AsyncClient, mode: str
) -> None:
    asked = {"mode": mode, "minutes": 3}
    bands = await read("/postcodes/LE156RA/isochrones", **asked)
    assert bands["features"][0]["properties"] == {"minutes": 3, "mode": mode}
    found = await read("/postcodes/LE156RA/reachable-schools", **asked)
    assert (found["mode"], found["method"]) == (mode, bands["method"])
    response = await client.get("/api/v1/postcodes/LE156RA/isochrone-grid", params=asked)
    grid, header = read_time_grid(response.content)
    assert (header["mode"], header["cell_m"]) == (mode, RANGES[mode].cell_m)
    assert header["method"] == bands["method"]
    assert grid.minutes.min() <= 1


async def test_a_car_is_faster_than_a_cycle_and_a_cycle_than_feet(read: Reader) -> None:
    by_mode = {mode: await seconds_between(read, at(8, 3), mode) for mode in MODES}
    far = [urn for urn, seconds in by_mode["walk"].items() if seconds > 300]
    assert far
    for urn in far:
        walk, cycle, drive = (by_mode[mode][urn] for mode in ("walk", "cycle", "drive"))
        assert drive < cycle < walk
        assert drive <= by_mode["school_run"][urn]


async def test_a_pram_goes_round_steps_that_feet_and_bicycles_need_not_or_push_round(
    read: Reader,
) -> None:
    below = at(0, STEPS_ROW)
    on_foot = await read("/isochrones", lon=below["lon"], lat=below["lat"], minutes=2)
    wheeled = await read(
        "/isochrones", lon=below["lon"], lat=below["lat"], minutes=2, mode="wheels"
    )
    assert on_foot["features"][0]["geometry"] != wheeled["features"][0]["geometry"]
    assert "without steps" in wheeled["method"]


async def test_around_a_school_the_times_are_those_of_the_way_to_it(read: Reader) -> None:
    school = await read("/schools/120001")  # on the one-way street
    toward = await read("/schools/120001/reachable-schools", mode="drive", minutes=10)
    assert 120001 not in [item["urn"] for item in toward["items"]]
    told = {item["urn"]: item["seconds"] for item in toward["items"]}
    there = {
        item["urn"]: (await seconds_between(read, item, "drive"))[120001]
        for item in toward["items"]
    }
    away = await seconds_between(read, school, "drive")
    a_turn = 10.0  # schools stand at junctions: which arm each belongs to is a toss-up
    assert all(abs(told[urn] - there[urn]) <= a_turn for urn in told)
    assert any(abs(told[urn] - away[urn]) > 2 * a_turn for urn in told)
    assert toward["method"].endswith("The times are those of the way to the school.")
    assert "-minute drive of Hill Primary School on clear roads" in toward["sentence"]


async def test_a_one_way_street_is_a_way_to_school_from_one_end_only(read: Reader) -> None:
    before, after = at(1, ONE_WAY_ROW), at(5, ONE_WAY_ROW)
    home_before = await seconds_between(read, before, "drive")
    home_after = await seconds_between(read, after, "drive")
    assert home_before[120001] < home_after[120001]


async def test_a_way_longer_than_the_longest_of_its_mode_is_refused(read: Reader) -> None:
    problem = await read(
        "/postcodes/LE156RA/reachable-schools", answers=422, mode="drive", minutes=50
    )
    assert problem["type"] == "bad-parameter"
    assert problem["detail"] == "minutes=50 is above 45, the most for mode=drive"
    assert "/api/v1/release" in problem["hint"]


async def test_the_list_says_up_to_when_it_is_whole(read: Reader) -> None:
    short = await read("/schools/120003/reachable-schools", minutes=3)
    long = await read("/schools/120003/reachable-schools", minutes=30)
    assert (short["is_cut_by_coverage"], short["cut_after_minutes"]) == (False, None)
    assert long["is_cut_by_coverage"]
    assert 3 < long["cut_after_minutes"] < 20
    again = await read("/schools/120003/reachable-schools", minutes=int(long["cut_after_minutes"]))
    assert again["is_cut_by_coverage"] is False


async def test_a_grid_says_where_places_inside_it_lie(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/postcodes/LE156RA/isochrone-grid?minutes=6")
    _, header = read_time_grid(response.content)
    lattice, corners = header["lattice"], header["corners"]
    outermost = [lattice[0][0], lattice[0][-1], lattice[-1][-1], lattice[-1][0]]
    assert outermost == corners


async def test_two_clicks_on_one_spot_are_worked_out_once(
    read: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    import travel  # noqa: PLC0415 - to count its work

    drawn = []
    draw = travel.bands
    monkeypatch.setattr(travel, "bands", lambda *a, **k: drawn.append(1) or draw(*a, **k))
    here = at(13.3, 7)
    for aside in (0.0, 0.0000005):
        await read("/isochrones", lon=here["lon"] + aside, lat=here["lat"], minutes=4)
    await read("/isochrones", lon=here["lon"], lat=here["lat"], minutes=4, mode="cycle")
    assert len(drawn) == 2


@asynccontextmanager
async def reader_of(home: Path) -> AsyncIterator[Reader]:
    app = create_app(Settings(home=home, frontend_dir=home / "no page"), region_id=REGION)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://atlas"
    ) as client:
        yield Reader(client)


async def test_a_mode_that_the_build_lacks_is_refused_with_those_there_are(tmp_path: Path) -> None:
    networks = write_tiny_build(tmp_path) / "networks"
    shutil.rmtree(networks.parent / "transit")
    for mode in ("wheels", "cycle_quiet", "drive", "school_run"):
        (networks / mode).rename(tmp_path / mode)
    async with reader_of(tmp_path) as read:
        assert [one["mode"] for one in (await read("/release"))["modes"]] == ["walk", "cycle"]
        for path in ("isochrones", "isochrone-grid", "reachable-schools"):
            problem = await read(f"/postcodes/LE156RA/{path}", answers=422, mode="drive", minutes=5)
            assert problem["type"] == "bad-parameter"
            assert problem["detail"] == "this atlas has no streets for mode=drive"
            assert problem["suggestions"] == ["walk", "cycle"]
