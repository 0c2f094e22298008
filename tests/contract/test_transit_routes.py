"""What may be relied on: the way to a school by bus, leg by leg; see `test_transit` for the bus."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.contract.conftest import Reader
from tests.contract.test_modes import reader_of
from tests.support.tiny_build import at, write_tiny_build
from tests.support.tiny_networks import BUS_ROW

pytestmark = pytest.mark.anyio

BY_BUS = 120010
"""A school in the east, eight and a half blocks from the last stop."""

HOME: dict[str, Any] = {name: at(0, BUS_ROW)[name] for name in ("lon", "lat")}


def legs(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    names = ("kind", "line", "from_stop", "to_stop", "depart", "arrive")
    return [tuple(leg[name] for name in names) for leg in found["legs"]]


async def test_one_walks_to_the_stop_rides_and_walks_on(read: Reader) -> None:
    found = await read(f"/transit-route-to/{BY_BUS}", arrive_by="08:44", **HOME)
    walk, ride, rest = legs(found)
    assert walk == ("walk", None, None, ride[2], "08:29", "08:30")
    assert (ride[0], *ride[4:]) == ("ride", "08:30", "08:34")
    assert rest[:4] == ("walk", None, ride[3], None)
    assert [leg["metres"] is None for leg in found["legs"]] == [False, True, False]
    assert found["legs"][0]["metres"] == 80
    assert (found["rides"], found["depart"], found["minutes"]) == (1, "08:29", 15.0)
    assert found["sentence"].startswith("From this point to ")
    assert "leave at 08:29, walk 1 minute to " in found["sentence"]
    assert {"timetables", "streets"} <= set(found["sources"])
    assert "08:44" in found["method"]


async def test_the_way_takes_what_the_list_of_schools_says(read: Reader) -> None:
    times: tuple[dict[str, Any], ...] = ({}, {"arrive_by": "08:44"}, {"depart": "08:19"})
    for asked in times:
        listed = await read("/reachable-schools", mode="transit", minutes=60, **asked, **HOME)
        assert listed["items"]
        for item in listed["items"]:
            found = await read(f"/transit-route-to/{item['urn']}", **asked, **HOME)
            assert abs(found["seconds"] - item["seconds"]) <= 1
            assert found["method"] == listed["method"]


async def test_leaving_at_a_time_the_waiting_counts(read: Reader) -> None:
    found = await read(f"/transit-route-to/{BY_BUS}", depart="08:18", **HOME)
    assert [leg["depart"] for leg in found["legs"]][:2] == ["08:18", "08:20"]
    assert found["seconds"] == 60 + 60 + 240 + found["legs"][2]["seconds"]


async def test_a_postcode_is_a_start_and_may_be_near_enough_to_walk(read: Reader) -> None:
    found = await read("/postcodes/LE156HP/transit-route-to/120005", depart="12:00")
    walked = await read("/postcodes/LE156HP/route-to/120005")
    assert [leg["kind"] for leg in found["legs"]] == ["walk"]
    assert found["rides"] == 0
    assert abs(found["seconds"] - walked["properties"]["seconds"]) <= 1
    assert found["legs"][0]["metres"] == walked["properties"]["metres"]
    assert found["destination"]["urn"] == 120005
    assert found["origin"]["label"] == "LE15 6HP"


async def test_two_times_at_once_are_refused(read: Reader) -> None:
    asked: dict[str, Any] = {"arrive_by": "08:40", "depart": "08:00", **HOME}
    problem = await read(f"/transit-route-to/{BY_BUS}", answers=422, **asked)
    assert "arrive_by and depart are both given" in problem["detail"]


async def test_an_end_beyond_the_streets_is_named(read: Reader) -> None:
    problem = await read(f"/postcodes/PE91AA/transit-route-to/{BY_BUS}", answers=422)
    assert (problem["type"], "PE9 1AA" in problem["detail"]) == ("outside-coverage", True)


async def test_a_build_without_a_timetable_says_so(tmp_path: Path) -> None:
    shutil.rmtree(write_tiny_build(tmp_path) / "transit")
    async with reader_of(tmp_path) as read:
        problem = await read(f"/transit-route-to/{BY_BUS}", answers=422, **HOME)
        assert problem["detail"] == "this atlas has no timetable for mode=transit"
