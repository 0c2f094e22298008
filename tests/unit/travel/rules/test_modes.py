"""All modes on one extract: what they share, and what each leaves out."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.unit.travel.tiny_streets import X0, Y0, Point, write_extract
from travel import (
    MODES,
    Mode,
    Network,
    NetworkReport,
    build_network,
    build_networks,
    isochrone,
    read_extract,
    snap,
    times_from,
    times_toward,
    travel_times,
)
from travel.rules.verdict import STRESS_BITS

ROAD = {"highway": "unclassified", "maxspeed": "20 mph"}
LADDER: dict[int, Point] = {
    **{i: (X0 + 200.0 * i, Y0) for i in range(1, 5)},
    **{i + 4: (X0 + 200.0 * i, Y0 + 200) for i in range(1, 5)},
}
RAILS = {10: ([1, 2, 3, 4], ROAD), 11: ([5, 6, 7, 8], ROAD), 12: ([1, 5], ROAD)}


def built(
    tmp_path: Path, ways: dict, *, mode: Mode = "drive", **more: object
) -> tuple[Network, NetworkReport]:
    path = write_extract(tmp_path / "a.osm.pbf", more.pop("points", LADDER), ways, **more)
    network, report = build_network(read_extract(path), mode=mode)
    everywhere = shapely.MultiPolygon([shapely.box(X0 - 9e3, Y0 - 9e3, X0 + 9e3, Y0 + 9e3)])
    return replace(network, coverage=everywhere), report


def seconds(network: Network, start: Point, end: Point) -> float:
    at = [snap(network, *point) for point in (start, end)]
    return float(times_from(network, at[0], at[1], limit_s=7200).seconds[0])


def test_one_call_builds_every_mode_as_building_each_alone_does(tmp_path: Path) -> None:
    path = write_extract(tmp_path / "a.osm.pbf", LADDER, RAILS)
    extract = read_extract(path)
    together = build_networks(extract)
    assert tuple(together) == MODES
    for mode, (network, report) in together.items():
        alone, same = build_network(extract, mode=mode)
        assert (network.mode, network.network_id) == (mode, alone.network_id)
        assert report == same
    assert len({network.network_id for network, _ in together.values()}) == len(MODES)


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_is_saved_and_loaded(tmp_path: Path, mode: Mode) -> None:
    network, _ = built(tmp_path, RAILS, mode=mode)
    network.save(tmp_path / mode)
    loaded = Network.load(tmp_path / mode)
    assert (loaded.mode, loaded.network_id) == (mode, network.network_id)
    assert (loaded.turns is None) == (network.turns is None)
    shutil.rmtree(tmp_path / mode)


def test_steps_and_kissing_gates_send_wheels_round(tmp_path: Path) -> None:
    ways = RAILS | {
        13: ([2, 6], {"highway": "steps"}),
        14: ([3, 7], {"highway": "footway"}),
        15: ([4, 8], {"highway": "footway"}),
    }
    gate = {7: {"barrier": "kissing_gate"}}
    here, there = (X0 + 400, Y0), (X0 + 400, Y0 + 200)
    walk, _ = built(tmp_path, ways, mode="walk", node_tags=gate)
    wheels, report = built(tmp_path, ways, mode="wheels", node_tags=gate)
    assert seconds(walk, here, there) == pytest.approx(360, abs=1)
    assert seconds(wheels, here, there) == pytest.approx(600 / 80 * 60, abs=1)
    assert report.barriers_closed == 1
    assert report.left_out["steps"].ways == 1


def test_cyclists_push_against_a_one_way_street_and_ride_along_it(tmp_path: Path) -> None:
    ways = RAILS | {13: ([4, 8], ROAD | {"oneway": "yes"})}
    network, _ = built(tmp_path, ways, mode="cycle")
    top, bottom = (X0 + 800, Y0 + 200), (X0 + 800, Y0)
    assert seconds(network, bottom, top) == pytest.approx(200 / 16 * 3.6, abs=0.3)
    assert seconds(network, top, bottom) == pytest.approx(200 / 4.8 * 3.6, abs=0.3)
    toward = times_toward(network, bottom, np.array([top]), limit_s=3600)
    assert toward.seconds[0] == pytest.approx(200 / 4.8 * 3.6, abs=0.3)
    assert network.reversed.network_id != network.network_id


def test_a_network_alike_both_ways_is_its_own_reverse(tmp_path: Path) -> None:
    network, _ = built(tmp_path, RAILS, mode="walk")
    assert network.reversed is network


def test_quiet_cyclists_take_longer_along_busy_streets(tmp_path: Path) -> None:
    busy = RAILS | {10: ([1, 2, 3, 4], {"highway": "primary", "maxspeed": "40 mph"})}
    points = (X0 + 300, Y0), (X0 + 700, Y0)
    direct, quiet = (built(tmp_path, busy, mode=mode)[0] for mode in ("cycle", "cycle_quiet"))
    assert seconds(direct, *points) == pytest.approx(400 / 16 * 3.6, abs=0.3)
    assert seconds(quiet, *points) == pytest.approx(400 / 4.8 * 3.6, abs=0.3)
    assert set((quiet.traits & STRESS_BITS).tolist()) == {1, 4}


def test_a_road_among_houses_is_slower_than_one_in_the_country(tmp_path: Path) -> None:
    lane = {"highway": "unclassified"}
    houses = {20 + i: ([i, i + 4], {"highway": "residential"}) for i in range(1, 5)}
    ways = {10: ([1, 2, 3, 4], lane), 11: ([5, 6, 7, 8], {"highway": "residential"})}
    far = {9: (X0 + 4000.0, Y0), 30: (X0 + 6000.0, Y0)}
    ways = ways | houses | {12: ([4, 9], lane), 13: ([9, 30], lane)}
    network, _ = built(tmp_path, ways, points=LADDER | far)
    village = seconds(network, (X0 + 230, Y0), (X0 + 370, Y0))
    country = seconds(network, (X0 + 4500, Y0), (X0 + 4640, Y0))
    assert village == pytest.approx(140 / (24 * 0.44704), abs=0.3)
    assert country == pytest.approx(140 / (36 * 0.44704), abs=0.3)


def test_a_ferry_takes_the_time_it_says_whatever_its_length(tmp_path: Path) -> None:
    far = {9: (X0 + 3000.0, Y0)}
    boat = {"route": "ferry", "duration": "00:20", "motor_vehicle": "yes"}
    ways = RAILS | {13: ([4, 9], boat), 14: ([9, 30], ROAD)}
    points = LADDER | far | {30: (X0 + 3300.0, Y0)}
    for mode in MODES:
        network, _ = built(tmp_path, ways, mode=mode, points=points)
        ship = snap(network, [X0 + 801, X0 + 2999], [Y0, Y0])
        over = times_from(network, snap(network, X0 + 801, Y0), ship, limit_s=7200)
        assert over.seconds[1] == pytest.approx(1200, abs=2)


def test_one_way_traps_are_named_and_left_out(tmp_path: Path) -> None:
    ways = RAILS | {
        13: ([4, 9], ROAD | {"oneway": "yes"}),
        14: ([30, 8], ROAD | {"oneway": "yes"}),
    }
    points = LADDER | {9: (X0 + 950.0, Y0), 30: (X0 + 900.0, Y0 + 200)}
    network, report = built(tmp_path, ways, points=points)
    assert report.traps == (
        ("one-way trap", "way 13", "nothing leads out of it; 150 m are left out"),
        ("one-way trap", "way 14", "nothing leads into it; 100 m are left out"),
    )
    assert network.x.max() == pytest.approx(X0 + 800, abs=0.1)
    walk, on_foot = built(tmp_path, ways, mode="walk", points=points)
    assert on_foot.traps == ()
    assert walk.x.max() == pytest.approx(X0 + 950, abs=0.1)


def test_a_street_beyond_a_trap_is_trapped_too(tmp_path: Path) -> None:
    ways = RAILS | {13: ([4, 9], ROAD | {"oneway": "yes"}), 14: ([9, 30], ROAD)}
    points = LADDER | {9: (X0 + 950.0, Y0), 30: (X0 + 1050.0, Y0)}
    _, report = built(tmp_path, ways, points=points)
    assert [subject for _, subject, _ in report.traps] == ["way 13", "way 14"]


def test_impossible_speeds_are_named_with_their_way(tmp_path: Path) -> None:
    ways = RAILS | {
        10: ([1, 2, 3, 4], {"highway": "unclassified", "maxspeed": "fast"}),
        11: ([5, 6, 7, 8], {"highway": "unclassified", "maxspeed": "30 mph;40 mph"}),
    }
    _, report = built(tmp_path, ways)
    assert [(rule, subject) for rule, subject, _ in report.odd] == [
        ("odd-tag", "way 10: maxspeed=fast"),
        ("odd-tag", "way 11: maxspeed=30 mph;40 mph"),
    ]


def test_every_time_on_a_walk_is_as_before(tmp_path: Path) -> None:
    network, _ = built(tmp_path, RAILS, mode="walk")
    here, there = (X0 + 250, Y0), (X0 + 450, Y0 + 30)
    by_walk = travel_times(network, here, [there], limit_s=3600)
    at = snap(network, [here[0], there[0]], [here[1], there[1]])
    assert np.isfinite(by_walk.seconds[0])
    assert seconds(network, here, there) == by_walk.seconds[0]
    assert len(at) == 2


FEWEST = {
    "rutland_2022-07-20": {"walk": 1_450, "wheels": 1_430, "cycle": 1_430, "drive": 1_030},
    "leeds_inner_2022-07": {"walk": 1_000, "wheels": 900, "cycle": 900, "drive": 500},
}
"""Kilometres that each mode's network of a real extract has at least."""


@pytest.mark.parametrize("name", FEWEST)
def test_every_mode_of_a_real_extract_is_built(publishers: Path, name: str) -> None:
    extract = read_extract(publishers / "osm" / f"{name}.osm.pbf")
    for mode, (network, report) in build_networks(extract).items():
        least = FEWEST[name].get(mode, 0)
        assert report.metres / 1000 >= least
        assert (network.forward_ds[network.backward_ds < 0] > 0).all()
        assert (network.turns is not None) == (mode in {"drive", "school_run"})
        kmh = network.length_m / np.maximum(network.forward_ds, network.backward_ds) * 36
        assert kmh[network.length_m > 50].max() < 115
    free, busy = (build_network(extract, mode=mode)[0] for mode in ("drive", "school_run"))
    middle = free.coverage.representative_point()
    homes = snap(free, free.x[::50], free.y[::50])
    by_car = times_toward(free, (middle.x, middle.y), homes, limit_s=3600).seconds
    at_school_time = times_toward(
        busy, (middle.x, middle.y), snap(busy, free.x[::50], free.y[::50]), limit_s=3600
    ).seconds
    both = np.isfinite(by_car) & np.isfinite(at_school_time)
    assert both.mean() > 0.95
    assert 1.05 < np.median(at_school_time[both] / by_car[both]) < 1.6
    assert isochrone(build_network(extract, mode="cycle")[0], (middle.x, middle.y), minutes=[10])
