"""What hills do to networks, on slopes worked by hand."""

from pathlib import Path

import numpy as np
import pytest

from tests.unit.travel.tiny_streets import X0, Y0, Point, write_extract
from travel import (
    MODES,
    Mode,
    Network,
    build_network,
    build_networks,
    read_extract,
    read_heights,
    snap,
    times_from,
    times_toward,
)
from travel.rules.hills import cycle_on_slope, walk_on_slope

ROAD = {"highway": "residential"}
FLAT_S = 400 / (4.8 / 3.6)


def network_on(
    tmp_path: Path,
    heights: dict[int, float],
    ways: dict,
    *,
    mode: Mode = "walk",
    points: dict[int, Point] | None = None,
) -> Network:
    """A network whose points stand 400 m apart, unless said otherwise, at these heights."""
    places = points or {i: (X0 + 400.0 * i, Y0) for i in heights}
    extract = read_extract(write_extract(tmp_path / "a.osm.pbf", places, ways))
    table = tmp_path / "nodes.csv"
    rows = "".join(f"{node},{height}\n" for node, height in heights.items())
    table.write_text(f"node_id,height_m\n{rows}", encoding="ascii")
    network, _ = build_network(extract, mode=mode, heights=read_heights(extract, node_file=table))
    return network


def ways_up(network: Network) -> tuple[float, float, float, float]:
    """Seconds and metres climbed along the only edge, from west to east and back."""
    is_east = network.x[network.head[0]] > network.x[network.tail[0]]
    there = network.forward_ds[0] / 10, float(network.climb_m[0])
    back = network.backward_ds[0] / 10, float(network.descent_m[0])
    return (*there, *back) if is_east else (*back, *there)


def test_an_even_slope_is_walked_at_toblers_pace_up_and_down(tmp_path: Path) -> None:
    network = network_on(tmp_path, {1: 10.0, 2: 50.0}, {10: ([1, 2], ROAD)})
    up_s, climb, down_s, descent = ways_up(network)
    # The junctions stand for the mean of their first 30 m: 1.5 m up at the foot, down at the top.
    slope = 37 / 400
    expected = [4.8 / float(walk_on_slope(4.8, np.array([each]))[0]) for each in (slope, -slope)]
    assert (climb, descent) == (pytest.approx(37, abs=0.1), 0.0)
    assert up_s == pytest.approx(FLAT_S * expected[0], rel=0.02)
    assert down_s == pytest.approx(FLAT_S * expected[1], rel=0.02)
    assert network.has_heights


def test_a_summit_on_the_way_is_climbed_from_both_sides(tmp_path: Path) -> None:
    network = network_on(tmp_path, {1: 10.0, 2: 30.0, 3: 10.0}, {10: ([1, 2, 3], ROAD)})
    _, climb, _, descent = ways_up(network)
    assert (climb, descent) == (pytest.approx(18, abs=1), pytest.approx(18, abs=1))


def test_a_bump_of_a_few_metres_of_street_is_smoothed_away(tmp_path: Path) -> None:
    points = {i: (X0 + 20.0 * i, Y0) for i in range(1, 22)}
    heights = {i: 10.0 + 3.0 * (i % 2) for i in points}
    network = network_on(tmp_path, heights, {10: (list(points), ROAD)}, points=points)
    _, climb, _, _ = ways_up(network)
    assert sum(abs(heights[i + 1] - heights[i]) for i in range(1, 21)) == 60
    assert climb < 6


def test_cyclists_climb_slowly_and_roll_down(tmp_path: Path) -> None:
    ways = {10: ([1, 2], {"highway": "cycleway"})}
    up_s, _, down_s, _ = ways_up(network_on(tmp_path, {1: 10.0, 2: 26.0}, ways, mode="cycle"))
    kmh = cycle_on_slope(16.0, np.array([0.037, -0.037]))
    assert up_s == pytest.approx(400 / (kmh[0] / 3.6), rel=0.03)
    assert down_s == pytest.approx(400 / (kmh[1] / 3.6), rel=0.03)
    assert up_s > 2 * down_s


@pytest.mark.parametrize("mode", ["drive", "school_run"])
def test_cars_ignore_hills_but_know_them(tmp_path: Path, mode: Mode) -> None:
    ways = {10: ([1, 2], ROAD)}
    steep = network_on(tmp_path, {1: 10.0, 2: 50.0}, ways, mode=mode)
    level = network_on(tmp_path, {1: 10.0, 2: 10.0}, ways, mode=mode)
    assert steep.forward_ds.tolist() == level.forward_ds.tolist()
    assert steep.forward_ds.tolist() == steep.backward_ds.tolist()
    assert max(ways_up(steep)[1], ways_up(steep)[3]) == pytest.approx(37, abs=0.1)
    assert steep.network_id != level.network_id


def test_level_ground_changes_no_time(tmp_path: Path) -> None:
    ways = {10: ([1, 2], ROAD)}
    for mode in MODES:
        level = network_on(tmp_path, {1: 25.0, 2: 25.0}, ways, mode=mode)
        plain, _ = build_network(read_extract(tmp_path / "a.osm.pbf"), mode=mode)
        assert level.forward_ds.tolist() == plain.forward_ds.tolist()
        assert (level.has_heights, plain.has_heights) == (True, False)


def test_steps_take_their_time_whatever_they_climb(tmp_path: Path) -> None:
    points = {1: (X0, Y0), 2: (X0 + 40.0, Y0)}
    network = network_on(
        tmp_path, {1: 0.0, 2: 20.0}, {10: ([1, 2], {"highway": "steps"})}, points=points
    )
    up_s, climb, down_s, _ = ways_up(network)
    assert up_s == down_s == pytest.approx(40 / (2 / 3.6), abs=0.1)
    assert climb > 0


@pytest.mark.parametrize("key", ["bridge", "tunnel"])
def test_a_bridge_is_level_whatever_the_valley_below(tmp_path: Path, key: str) -> None:
    points = {i: (X0 + 100.0 * i, Y0) for i in range(1, 8)}
    valley = {1: 50.0, 2: 50.0, 3: 50.0, 4: 5.0, 5: 50.0, 6: 50.0, 7: 50.0}
    ways = {
        10: ([1, 2, 3], ROAD),
        11: ([3, 4, 5], ROAD | {key: "yes"}),
        12: ([5, 6, 7], ROAD),
    }
    over = network_on(tmp_path, valley, ways, points=points)
    through = network_on(tmp_path, valley, ways | {11: ([3, 4, 5], ROAD)}, points=points)
    assert over.climb_m.sum() + over.descent_m.sum() == pytest.approx(0, abs=1e-3)
    assert through.climb_m.sum() > 30


def test_streets_without_heights_are_level(tmp_path: Path) -> None:
    ways = {10: ([1, 2], ROAD), 11: ([2, 3], {"highway": "footway"})}
    network = network_on(
        tmp_path, {1: 10.0, 2: 50.0}, ways, points={i: (X0 + 400.0 * i, Y0) for i in (1, 2, 3)}
    )
    beyond = int(np.argmax(np.maximum(network.x[network.tail], network.x[network.head])))
    times = network.forward_ds[beyond], network.backward_ds[beyond]
    assert times == pytest.approx((3000, 3000), rel=0.01)


def test_the_way_back_down_is_quicker_than_the_way_up(tmp_path: Path) -> None:
    network = network_on(tmp_path, {1: 10.0, 2: 50.0}, {10: ([1, 2], ROAD)})
    low, high = snap(network, X0 + 410, Y0), snap(network, X0 + 790, Y0)
    up = times_from(network, low, high, limit_s=3600).seconds[0]
    down = times_from(network, high, low, limit_s=3600).seconds[0]
    assert up > FLAT_S > down
    toward = times_toward(network, (X0 + 790, Y0), np.array([(X0 + 410, Y0)]), limit_s=3600)
    assert toward.seconds[0] == pytest.approx(up, abs=0.3)
    assert network.reversed.climb_m.tolist() == network.descent_m.tolist()


def test_heights_are_kept_with_a_saved_network(tmp_path: Path) -> None:
    network = network_on(tmp_path, {1: 10.0, 2: 50.0}, {10: ([1, 2], ROAD)})
    network.save(tmp_path / "walk")
    loaded = Network.load(tmp_path / "walk")
    assert loaded.has_heights
    assert loaded.climb_m.tolist() == network.climb_m.tolist()


def test_oxford_is_a_little_hilly(publishers: Path) -> None:
    extract = read_extract(publishers / "osm" / "oxford_2020-08-07.osm.pbf")
    heights = read_heights(
        extract,
        node_file=publishers / "osm" / "oxford_node_elevation.csv",
        height_column="elev_m_srtm",
    )
    assert heights.known_share > 0.99
    hilly, flat = (
        build_networks(extract, modes=["walk", "cycle"], heights=each) for each in (heights, None)
    )
    for mode, slowest in (("walk", 1.6), ("cycle", 6)):
        network, plain = hilly[mode][0], flat[mode][0]
        long = np.flatnonzero(network.length_m > 100)
        ratio = network.forward_ds[long] / plain.forward_ds[long]
        assert np.median(ratio) == pytest.approx(1.0, abs=0.02)
        assert 1.02 < np.percentile(ratio, 95) < slowest
        per_km = network.climb_m.sum() / network.length_m.sum() * 1000
        assert 3 < per_km < 20
