"""What may be relied on: public transport. The tiny build has one bus line along a row of its grid.

Buses leave the stop at ``at(1, BUS_ROW)`` at 08:20 and 08:30 and are at ``at(18, BUS_ROW)`` four
minutes later; a block takes a minute on foot.
"""

import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest
import shapely

from api.projection import to_grid
from tests.contract.conftest import Reader
from tests.contract.test_modes import reader_of
from tests.support.tiny_build import at, write_tiny_build
from tests.support.tiny_networks import BUS_ROW
from travel import read_time_grid

pytestmark = pytest.mark.anyio

HOME, FAR = at(0, BUS_ROW), at(19, BUS_ROW)


async def minutes_at(
    client: httpx.AsyncClient, place: dict[str, Any], path: str, **asked: object
) -> int:
    """Minutes of the cell nearest to a place, on the grid around another."""
    response = await client.get(
        f"/api/v1{path}", params={"mode": "transit", "minutes": 30, **asked}
    )
    assert response.status_code == 200, response.text
    grid, header = read_time_grid(response.content)
    x, y = to_grid(place["lon"], place["lat"])
    column = round((x - header["x0"]) / header["cell_m"])
    row = round((y - header["y0"]) / header["cell_m"])
    return int(grid.minutes[row, column])


def from_home(**more: object) -> dict[str, object]:
    return {"lon": HOME["lon"], "lat": HOME["lat"], **more}


async def test_as_it_stands_one_is_there_by_twenty_to_nine(client: httpx.AsyncClient) -> None:
    # A minute to the stop for the bus at 08:30: leaving at 08:29 is eleven minutes before 08:40.
    assert await minutes_at(client, FAR, "/isochrone-grid", **from_home()) == 11
    same = await minutes_at(client, FAR, "/isochrone-grid", **from_home(arrive_by="08:40"))
    assert same == 11
    # By 08:32 only the first bus will do: leaving at 08:19.
    assert await minutes_at(client, FAR, "/isochrone-grid", **from_home(arrive_by="08:32")) == 13


async def test_leaving_at_a_time_one_waits_for_the_next_bus(client: httpx.AsyncClient) -> None:
    # A minute to the stop, one of waiting, four on the bus, one on foot; the grid rounds up.
    found = await minutes_at(client, FAR, "/isochrone-grid", **from_home(depart="08:18"))
    assert found in (7, 8)
    assert await minutes_at(client, FAR, "/isochrone-grid", **from_home(depart="12:00")) in (19, 20)


async def test_around_a_school_the_times_are_those_of_the_way_to_it(
    client: httpx.AsyncClient, read: Reader
) -> None:
    to_school = "/schools/120003/isochrone-grid"
    # The bus runs east only: nobody comes from the far end any quicker than on foot.
    assert await minutes_at(client, FAR, to_school) in (17, 18)
    assert await minutes_at(client, HOME, to_school) in (10, 11)
    found = await read("/schools/120003/reachable-schools", mode="transit", minutes=30)
    assert "how long before 08:40 one must leave" in found["method"]


async def test_the_list_has_the_minutes_of_the_grid_and_no_metres(
    client: httpx.AsyncClient, read: Reader
) -> None:
    asked = from_home(arrive_by="08:44")
    found = await read("/reachable-schools", mode="transit", minutes=30, **asked)
    assert found["items"]
    assert {item["metres"] for item in found["items"]} == {None}
    assert "timetables" in found["sources"]
    for item in found["items"]:
        cell = await minutes_at(client, item, "/isochrone-grid", **asked)
        assert abs(cell - item["minutes"]) <= 1.5
    walked = await read("/reachable-schools", mode="walk", minutes=60, **from_home())
    on_foot = {item["urn"]: item["minutes"] for item in walked["items"]}
    assert all(item["minutes"] <= on_foot[item["urn"]] + 0.1 for item in found["items"])
    # Leaving at 08:29 for the bus, and eight and a half blocks from its last stop.
    by_bus = {item["urn"]: item["minutes"] for item in found["items"]}
    assert (by_bus[120010], on_foot[120010]) == (15, pytest.approx(21, abs=1))


async def test_bands_are_nested_and_reach_where_the_bus_goes(read: Reader) -> None:
    drawn = await read("/isochrones", mode="transit", minutes="5,15", **from_home())
    assert [each["properties"]["minutes"] for each in drawn["features"]] == [15, 5]
    bands = [shapely.geometry.shape(each["geometry"]) for each in drawn["features"]]
    assert [band.bounds[2] > FAR["lon"] for band in bands] == [True, False]
    assert bands[0].buffer(1e-5).covers(bands[1])
    assert drawn["method"].startswith(
        "Time by bus and on foot, by the timetable of Tuesday 13 January 2026: "
    )


async def test_the_method_says_which_time_is_kept(read: Reader) -> None:
    told = await read("/isochrones", mode="transit", depart="07:45", minutes=5, **from_home())
    assert "how long after 07:45, when one leaves, one is there" in told["method"]
    offered = {one["mode"]: one for one in (await read("/release"))["modes"]}
    assert "by the timetable of Tuesday 13 January 2026" in offered["transit"]["method"]
    assert any("08:40" in number["says"] for number in offered["transit"]["assumptions"])


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"arrive_by": "08:40", "depart": "08:00"}, "arrive_by and depart are both given"),
        ({"mode": "walk", "depart": "08:00"}, "mode=walk takes as long at any time"),
        ({"mode": "cycle", "arrive_by": "08:00"}, "mode=cycle takes as long at any time"),
        ({"arrive_by": "8.40"}, "arrive_by=8.40"),
        ({"depart": "24:00"}, "depart=24:00"),
    ],
)
@pytest.mark.parametrize("path", ["/isochrones", "/isochrone-grid", "/reachable-schools"])
async def test_a_time_that_cannot_be_kept_is_refused(
    read: Reader, path: str, asked: dict[str, str], says: str
) -> None:
    problem = await read(path, answers=422, **from_home(**({"mode": "transit"} | asked)))
    assert says in problem["detail"]


async def test_a_build_without_a_timetable_does_not_offer_public_transport(tmp_path: Path) -> None:
    shutil.rmtree(write_tiny_build(tmp_path) / "transit")
    async with reader_of(tmp_path) as read:
        modes = [one["mode"] for one in (await read("/release"))["modes"]]
        assert "transit" not in modes
        problem = await read("/isochrones", answers=422, mode="transit", **from_home())
        assert problem["detail"] == "this atlas has no timetable for mode=transit"
