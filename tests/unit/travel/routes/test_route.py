import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.unit.travel.junctions import EAST, NORTH, ROAD, SOUTH, built, crossroads, restriction
from tests.unit.travel.paths.test_search import networks
from tests.unit.travel.routes.audit import check, quickest_ds
from tests.unit.travel.slow_turns import assumed, extracts
from tests.unit.travel.tiny_streets import X0, Y0, cross, grid, network_of
from travel import (
    MODES,
    Network,
    NotConnected,
    OutsideCoverage,
    build_networks,
    read_extract,
    route,
    snap,
    times_from,
    travel_times,
)

GRID = grid(6, 5)
PACE = 4.8 / 3.6
Point = tuple[float, float]


def points_of(found: object) -> list[Point]:
    return [(round(x - X0, 3), round(y - Y0, 3)) for x, y in zip(found.x, found.y, strict=True)]


def test_the_line_runs_from_door_to_door_along_the_streets() -> None:
    road = network_of([(X0, Y0), (X0 + 100, Y0), (X0 + 100, Y0 + 300)], [[0, 1, 2]])
    found = route(road, (X0 + 20, Y0 - 10), (X0 + 130, Y0 + 200))
    assert points_of(found) == [(20, -10), (20, 0), (100, 0), (100, 200), (130, 200)]
    assert found.metres == pytest.approx(10 + 80 + 200 + 30)
    assert found.seconds == pytest.approx(320 / PACE, abs=0.1)
    assert found.mode == "walk"


def test_a_way_over_junctions_is_drawn_block_by_block() -> None:
    found = route(GRID, (X0 + 40, Y0), (X0 + 160, Y0 + 100))
    assert found.metres == pytest.approx(120 + 100)
    assert points_of(found)[0] == (40, 0)
    assert points_of(found)[-1] == (160, 100)
    assert len(found.legs) == 4
    assert {leg.begin for leg in found.legs[1:]} <= {0.0, 1.0}


def test_from_a_place_to_itself_there_is_no_way_to_go() -> None:
    here = (X0 + 40, Y0 + 9)
    found = route(GRID, here, here)
    assert (round(found.seconds), found.metres, found.legs) == (0, 0, ())
    assert points_of(found) == [(40, 9), (40, 9)]


def test_on_one_street_the_way_needs_no_junction() -> None:
    road = network_of([(X0, Y0), (X0 + 1_000, Y0)], [[0, 1]])
    for start, end in ((200, 700), (700, 200)):
        found = route(road, (X0 + start, Y0), (X0 + end, Y0))
        assert points_of(found) == [(start, 0), (end, 0)]
        assert found.metres == pytest.approx(500)


def test_on_a_horseshoe_the_way_round_is_drawn_where_it_is_shorter() -> None:
    points = [(X0, Y0), (X0 + 100, Y0), (X0, Y0 + 900), (X0 + 100, Y0 + 900)]
    network = network_of([*points, (X0 - 50, Y0), (X0 + 150, Y0)], [[0, 2, 3, 1], [4, 0, 1, 5]])
    found = route(network, (X0, Y0 + 80), (X0 + 100, Y0 + 80))
    assert points_of(found) == [(0, 80), (0, 0), (100, 0), (100, 80)]


def test_against_a_one_way_street_the_way_goes_round() -> None:
    points = [(X0, Y0), (X0 + 800, Y0), (X0 + 400, Y0 + 300)]
    network = network_of(points, [[0, 1], [1, 2, 0]], kmh=[(4.8, 0.0), (4.8, 4.8)])
    found = route(network, (X0 + 600, Y0), (X0 + 500, Y0))
    assert points_of(found) == [(600, 0), (800, 0), (400, 300), (0, 0), (500, 0)]
    assert found.metres == pytest.approx(200 + 1000 + 500)


def test_what_is_nearer_than_the_street_is_walked_to_straight() -> None:
    road = network_of([(X0, Y0), (X0 + 1_000, Y0)], [[0, 1]])
    found = route(road, (X0 + 500, Y0 + 100), (X0 + 530, Y0 + 100))
    assert points_of(found) == [(500, 100), (530, 100)]
    assert (found.metres, found.legs, found.stretches) == (pytest.approx(30), (), ())


def test_of_two_equally_quick_ways_the_same_is_given_every_time() -> None:
    block = ((X0, Y0), (X0 + 240, Y0 + 240))
    first = route(GRID, *block)
    assert first.metres == pytest.approx(480)
    for limit in (None, 400.0, 1_000.0):
        again = route(GRID, *block, limit_s=limit)
        assert again.legs == first.legs


def test_at_equal_seconds_the_metres_are_those_that_travel_times_says() -> None:
    # Two ways of 60.0 s: 80 m at 4.8 km/h, and by way of a bend 79.97 m, slower by a hair.
    points = [(X0, Y0), (X0 + 80, Y0), (X0 + 40, Y0 + 3), (X0 - 50, Y0), (X0 + 130, Y0)]
    streets, kmh = [[0, 1], [0, 2, 1], [3, 0], [1, 4]], [(4.8, 4.8), (4.8135, 4.8135)] * 2
    network = network_of(points, streets, kmh=kmh)
    here, there = (X0 - 20, Y0), (X0 + 100, Y0)
    times = travel_times(network, here, [there], limit_s=3600)
    found = route(network, here, there)
    assert found.seconds == times.seconds[0]
    assert found.metres == pytest.approx(times.metres[0], rel=1e-6)


def test_a_way_longer_than_the_limit_is_none() -> None:
    with pytest.raises(NotConnected, match="no way of at most 2 minutes leads from 430000, 430000"):
        route(GRID, (X0, Y0), (X0 + 300, Y0 + 300), limit_s=120)


@pytest.mark.parametrize("limit", [-1.0, math.nan, math.inf])
def test_a_limit_must_be_possible(limit: float) -> None:
    with pytest.raises(ValueError, match="must be seconds"):
        route(GRID, (X0, Y0), (X0 + 300, Y0 + 300), limit_s=limit)


@pytest.mark.parametrize(
    "beyond",
    [(X0, Y0 - 3_000), (math.nan, Y0), (X0, math.inf), (Y0, 52.6), (-0.73, 52.67), (52.67, -0.73)],
)
def test_a_point_outside_is_named_whichever_end_it_is(beyond: Point) -> None:
    with pytest.raises(OutsideCoverage, match=r"^the point"):
        route(GRID, beyond, (X0, Y0))
    with pytest.raises(OutsideCoverage, match=r"^the destination cannot be reached: the point"):
        route(GRID, (X0, Y0), beyond)


def test_a_point_far_from_every_street_has_no_way() -> None:
    side = 2_000.0
    corners = [(X0, Y0), (X0 + side, Y0), (X0 + side, Y0 + side), (X0, Y0 + side)]
    shore = network_of(corners, [[0, 1, 2, 3, 0]])
    with pytest.raises(NotConnected, match="the destination cannot be reached: no street"):
        route(shore, corners[0], (X0 + 1_000, Y0 + 1_000))


places = st.tuples(st.floats(X0 - 20, X0 + 350), st.floats(Y0 - 20, Y0 + 390))


@settings(max_examples=100, deadline=None)
@given(networks(), places, places)
def test_every_way_exists_adds_up_and_is_the_quickest_that_networkx_finds(
    network: Network, a: Point, b: Point
) -> None:
    here, there = snap(network, *a), snap(network, *b)
    if not (here.is_on_street[0] and there.is_on_street[0]):
        reject()
    times = travel_times(network, a, there, limit_s=86_400)
    found = route(network, a, b)
    assert found.seconds == times.seconds[0]
    assert found.metres == pytest.approx(times.metres[0], rel=1e-5, abs=1e-3)
    check(network, found, a, b)
    if found.legs:
        off_s = (here.distance_m[0] + there.distance_m[0]) / network.off_street_m_s
        assert found.seconds == pytest.approx(off_s + quickest_ds(network, a, b) / 10, abs=0.11)


@settings(max_examples=40, deadline=None)
@given(
    extracts(), st.tuples(st.floats(X0, X0 + 220), st.floats(Y0 - 20, Y0 + 170)), st.floats(0, 1)
)
def test_every_drive_keeps_to_the_turns_there_are(
    extract: tuple[dict, dict, dict, list], a: Point, where: float
) -> None:
    network = assumed(extract)
    at = int(where * (network.shape_x.size - 1))
    b = float(network.shape_x[at]), float(network.shape_y[at])
    here, there = snap(network, *a), snap(network, *b)
    if not (here.is_on_street[0] and there.is_on_street[0]):
        reject()
    times = times_from(network, here, there, limit_s=86_400)
    if np.isnan(times.seconds[0]):
        with pytest.raises(NotConnected):
            route(network, a, b)
        return
    found = route(network, a, b)
    assert found.seconds == times.seconds[0]
    assert found.metres == pytest.approx(times.metres[0], rel=1e-5, abs=1e-3)
    check(network, found, a, b)
    assert found.crossings is None


def test_a_forbidden_turn_is_driven_round(tmp_path: Path) -> None:
    free, _ = built(tmp_path, cross(200), crossroads())
    bound, _ = built(
        tmp_path, cross(200), crossroads(), restrictions=[restriction("no_right_turn", 15, 12)]
    )
    assert route(free, SOUTH, EAST).metres == pytest.approx(200, abs=0.1)
    round_trip = route(bound, SOUTH, EAST)
    assert round_trip.metres > 500
    # It drives an arm to its end and back: the same edge twice, in both directions.
    edges = [leg.edge for leg in round_trip.legs]
    assert len(edges) - len(set(edges)) == 1


def test_climb_and_descent_follow_the_direction_and_parts_of_edges_count_in_part() -> None:
    flat = network_of([(X0, Y0), (X0 + 800, Y0)], [[0, 1]])
    up = np.where(flat.x[flat.head] > flat.x[flat.tail], 20.0, 4.0).astype(np.float32)
    hilly = replace(flat, climb_m=up, descent_m=np.float32(24) - up, has_heights=True)
    east = route(hilly, (X0 + 200, Y0), (X0 + 600, Y0))
    west = route(hilly, (X0 + 600, Y0), (X0 + 200, Y0))
    assert (east.climb_m, east.descent_m) == (pytest.approx(10), pytest.approx(2))
    assert (west.climb_m, west.descent_m) == (pytest.approx(2), pytest.approx(10))
    unknown = route(flat, (X0 + 200, Y0), (X0 + 600, Y0))
    assert (unknown.climb_m, unknown.descent_m) == (None, None)


def test_stretches_name_the_class_of_road_one_after_the_other(tmp_path: Path) -> None:
    ways = {
        10: ([4, 1], {"highway": "footway"}),
        11: ([1, 3], {"highway": "secondary"}),
        12: ([1, 2], ROAD),
    }
    network, _ = built(tmp_path, cross(200), ways, mode="walk")
    found = route(network, (X0 - 100, Y0), NORTH)
    assert [(each.road_class, round(each.metres)) for each in found.stretches] == [
        (0, 100),
        (4, 100),
    ]


def test_in_rutland_every_mode_draws_what_travel_times_says(publishers: Path) -> None:
    built_networks = build_networks(read_extract(publishers / "osm" / "rutland_2022-07-20.osm.pbf"))
    rng = np.random.default_rng(7)
    for mode in MODES:
        network, _ = built_networks[mode]
        a, b = rng.integers(0, network.n_nodes, (2, 40))
        aside = rng.normal(0, 40, (40, 4))
        checked = 0
        for i in range(40):
            here = network.x[a[i]] + aside[i, 0], network.y[a[i]] + aside[i, 1]
            there = network.x[b[i]] + aside[i, 2], network.y[b[i]] + aside[i, 3]
            start, end = snap(network, *here), snap(network, *there)
            times = times_from(network, start, end, limit_s=86_400)
            if not start.is_on_street[0] or np.isnan(times.seconds[0]):
                continue
            found = route(network, here, there)
            assert found.seconds == times.seconds[0]
            assert found.metres == pytest.approx(times.metres[0], rel=1e-5)
            check(network, found, here, there)
            checked += 1
        assert checked > 30, mode
