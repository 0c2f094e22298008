"""What may be relied on: journeys. A block of the tiny build's streets takes a minute."""

from typing import Any

import httpx
import pytest
import shapely

from api.projection import to_grid
from tests.contract.conftest import Reader
from tests.support.tiny_build import at
from travel import TimeGrid, read_time_grid

pytestmark = pytest.mark.anyio


async def test_schools_come_nearest_first_with_their_minutes(read: Reader) -> None:
    found = await read("/postcodes/LE156HP/reachable-schools", minutes=12, phase="primary")
    assert [(item["urn"], item["minutes"], item["metres"]) for item in found["items"]] == [
        (120008, 2.0, 160),
        (120001, 7.0, 560),
        (120002, 10.0, 800),
        (120003, 12.0, 960),
    ]


async def test_the_sentence_says_the_same_as_the_list(read: Reader) -> None:
    found = await read("/postcodes/LE156HP/reachable-schools", minutes=11, phase="primary")
    assert found["sentence"] == (
        "From LE15 6HP, 3 primary schools are within an 11-minute walk. "
        "The nearest, Fading School, is 2 minutes away."
    )


async def test_a_point_and_a_school_are_origins_too(read: Reader) -> None:
    here = at(3, 4)
    by_point = await read("/reachable-schools", lon=here["lon"], lat=here["lat"], minutes=5)
    by_school = await read("/schools/120001/reachable-schools", minutes=5)
    near = [item["urn"] for item in by_point["items"]]
    assert near[0] == 120001
    assert near[1:] == [item["urn"] for item in by_school["items"]]
    assert by_point["origin"]["label"] == "this point"
    assert by_school["origin"]["label"] == "Hill Primary School"
    assert " within a 5-minute walk of Hill Primary School" in by_school["sentence"]


async def test_closed_schools_are_reached_only_when_asked_for(read: Reader) -> None:
    usual = await read("/postcodes/LE156HP/reachable-schools", minutes=60)
    closed = await read("/postcodes/LE156HP/reachable-schools", minutes=60, status="closed")
    assert 120006 not in [item["urn"] for item in usual["items"]]
    assert [item["urn"] for item in closed["items"]] == [120006]


async def test_schools_beyond_the_streets_are_named_without_a_time(read: Reader) -> None:
    found = await read("/postcodes/LE156HP/reachable-schools", minutes=30)
    assert [(item["urn"], item["straight_line_m"]) for item in found["not_covered"]] == [
        (120011, 24 * 80)
    ]
    assert "1 more school may be" in found["sentence"]


async def test_bands_are_nested_and_the_widest_comes_first(read: Reader) -> None:
    drawn = await read("/postcodes/LE156RA/isochrones", minutes="2,6,4")
    assert [feature["properties"]["minutes"] for feature in drawn["features"]] == [6, 4, 2]
    wide, middle, narrow = (
        shapely.geometry.shape(feature["geometry"]) for feature in drawn["features"]
    )
    assert wide.buffer(1e-5).covers(middle)
    assert middle.buffer(1e-5).covers(narrow)
    assert wide.is_valid
    assert shapely.is_ccw(wide.geoms[0].exterior)
    assert drawn["origin"]["label"] == "LE15 6RA"


async def test_a_band_holds_exactly_the_junctions_within_its_time(read: Reader) -> None:
    drawn = await read("/schools/120003/isochrones", minutes=5)
    band = shapely.geometry.shape(drawn["features"][0]["geometry"])
    near, far = at(6 + 2, 6 + 2), at(6 + 4, 6 + 3)
    assert band.covers(shapely.Point(near["lon"], near["lat"]))
    assert not band.covers(shapely.Point(far["lon"], far["lat"]))


async def test_a_band_that_ends_with_the_streets_says_so(read: Reader) -> None:
    assert (await read("/schools/120003/isochrones", minutes=30))["is_cut_by_coverage"] is True
    assert (await read("/schools/120003/isochrones", minutes=3))["is_cut_by_coverage"] is False


async def test_no_coordinate_has_more_decimals_than_it_means(read: Reader) -> None:
    drawn = await read("/schools/120003/isochrones", minutes=3)
    ring = drawn["features"][0]["geometry"]["coordinates"][0][0]
    assert all(round(value, 5) == value for position in ring for value in position)


async def test_a_place_beyond_the_streets_gets_a_clear_answer(read: Reader) -> None:
    for path in ("isochrones", "isochrone-grid", "reachable-schools"):
        problem = await read(f"/postcodes/PE91AA/{path}", answers=422)
        assert problem["type"] == "outside-coverage"
        assert "PE9 1AA" in problem["detail"]
        assert "/api/v1/coverage" in problem["hint"]


async def test_a_school_whose_place_is_unknown_is_no_origin(read: Reader) -> None:
    problem = await read("/schools/120009/isochrones", answers=422)
    assert problem["type"] == "no-position"
    assert "Nowhere School" in problem["detail"]


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"minutes": "0"}, "minutes=0 is below 1"),
        ({"minutes": "61"}, "minutes=61 is above 60"),
        ({"minutes": "abc"}, "minutes=abc is no whole number"),
        ({"minutes": "2.5"}, "minutes=2.5 is no whole number"),
        (
            {"mode": "teleport"},
            "mode=teleport is not walk, wheels, cycle, cycle_quiet, drive, school_run or transit",
        ),
        ({"lon": "5"}, "lon=5 is above 2.1"),
        ({"lat": "nan"}, "lat=nan is no number"),
        ({"lat": "91"}, "lat=91 is above 55.9"),
    ],
)
@pytest.mark.parametrize("path", ["/isochrones", "/isochrone-grid", "/reachable-schools"])
async def test_what_cannot_be_asked_is_refused_with_a_hint(
    read: Reader, path: str, parameters: dict[str, str], says: str
) -> None:
    here = at(0, 0)
    given = {"lon": here["lon"], "lat": here["lat"]} | parameters
    problem = await read(path, answers=422, **given)
    assert problem["detail"].rstrip(".") == says
    assert next(iter(parameters)) in problem["hint"]


async def test_nine_bands_are_too_many_and_none_too_few(read: Reader) -> None:
    for minutes in ("1,2,3,4,5,6,7,8,9", ","):
        problem = await read("/schools/120003/isochrones", minutes=minutes, answers=422)
        assert "more than eight" in problem["detail"]


async def test_an_origin_is_needed(read: Reader) -> None:
    problem = await read("/isochrones", answers=422)
    assert problem["detail"] == "lon is needed; lat is needed."


async def test_coverage_is_a_feature_with_its_share(read: Reader) -> None:
    feature = await read("/coverage")
    assert feature["type"] == "Feature"
    assert feature["properties"] == {"covered_pct": 90.0}
    here = at(10, 10)
    covered = shapely.geometry.shape(feature["geometry"])
    assert covered.covers(shapely.Point(here["lon"], here["lat"]))


async def test_a_school_says_how_far_from_a_street_it_stands(read: Reader) -> None:
    found = await read("/postcodes/LE156HP/reachable-schools", minutes=60)
    metres = {item["urn"]: item["off_street_m"] for item in found["items"]}
    assert metres[120001] == 0  # at a junction
    assert metres[120010] == 40  # in the middle of a block of 80 m


async def test_the_list_says_how_far_from_streets_the_bands_are_drawn(read: Reader) -> None:
    found = await read("/postcodes/LE156HP/reachable-schools", minutes=5)
    assert found["bands_off_street_m"] == 100


async def test_a_list_that_ends_with_the_streets_says_so_as_its_bands_do(read: Reader) -> None:
    for minutes in (1, 3, 20, 30):
        bands = await read("/schools/120003/isochrones", minutes=minutes)
        found = await read("/schools/120003/reachable-schools", minutes=minutes)
        assert found["is_cut_by_coverage"] is bands["is_cut_by_coverage"] is (minutes >= 20)


async def grid_of(client: httpx.AsyncClient, path: str) -> tuple[TimeGrid, dict[str, Any]]:
    response = await client.get(f"/api/v1{path}")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/vnd.schools-atlas.time-grid"
    assert response.headers["content-encoding"] == "gzip"
    return read_time_grid(response.content)


async def test_a_grid_says_within_how_many_minutes_each_place_is(
    client: httpx.AsyncClient,
) -> None:
    grid, header = await grid_of(client, "/schools/120003/isochrone-grid?minutes=5")
    x, y = to_grid(header["origin"]["lon"], header["origin"]["lat"])
    minutes = {}
    for blocks in (0, 1, 2, 4, 5):
        column = round((x + 80 * blocks - header["x0"]) / header["cell_m"])
        row = round((y - header["y0"]) / header["cell_m"])
        minutes[blocks] = int(grid.minutes[row, column])
    for blocks, found in minutes.items():
        assert found in (max(blocks, 1), blocks + 1) if blocks else found <= 1
    assert grid.minutes[grid.minutes < header["not_reached"]].max() == 5


async def test_a_grid_says_where_it_lies_and_where_it_came_from(
    client: httpx.AsyncClient, read: Reader
) -> None:
    grid, header = await grid_of(client, "/postcodes/LE156RA/isochrone-grid?minutes=6")
    bands = await read("/postcodes/LE156RA/isochrones", minutes=6)
    for same in ("origin", "is_cut_by_coverage", "method", "sources"):
        assert header[same] == bands[same]
    assert (header["crs"], header["mode"]) == ("EPSG:27700", "walk")
    assert (header["limit_minutes"], header["not_reached"]) == (6, 255)
    assert grid.minutes.shape == (header["rows"], header["columns"])
    west, north = to_grid(*header["corners"][0])
    east, south = to_grid(*header["corners"][2])
    assert (west, south) == pytest.approx((header["x0"] - 10, header["y0"] - 10), abs=0.2)
    assert east - west == pytest.approx(20 * header["columns"], abs=0.5)
    assert north - south == pytest.approx(20 * header["rows"], abs=0.5)


async def test_a_point_has_a_grid_of_half_an_hour_unless_another_is_asked_for(
    client: httpx.AsyncClient,
) -> None:
    here = at(6, 6)
    _, header = await grid_of(client, f"/isochrone-grid?lon={here['lon']}&lat={here['lat']}")
    assert (header["origin"]["label"], header["limit_minutes"]) == ("this point", 30)
    assert header["is_cut_by_coverage"] is True
