"""Edited networks, held to arithmetic and to networks of edited extracts."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.unit.travel.editing.rebuilt import assert_same_times
from tests.unit.travel.hierarchy.places import on_every_edge, one_by_one
from tests.unit.travel.junctions import (
    ARM_M,
    BLOCK_S,
    EAST,
    LEFT,
    NORTH,
    RIGHT,
    ROAD,
    SIGNAL,
    SOUTH,
    U_TURN,
    WEST,
    along,
    built,
    crossroads,
    restriction,
    seconds,
)
from tests.unit.travel.slow_turns import assumed, extracts
from tests.unit.travel.tiny_streets import MINUTE_M, X0, Y0, cross, grid, network_of
from travel import EditError, Network, build_network, read_extract, snap
from travel.editing import (
    add_gate,
    add_street,
    change_speed,
    close_edges,
    edges_along,
    edges_at,
)
from travel.hierarchy import Hierarchy, many_to_many

pytestmark = pytest.mark.long

STREET = {"highway": "residential"}


def walked(network: Network, start: tuple[float, float], end: tuple[float, float]) -> float:
    return seconds(network, start, end)


def test_round_a_closed_block_it_is_two_blocks_further() -> None:
    streets = grid(4, 4)
    start, end = (X0 + 80.0, Y0 + 80.0), (X0 + 160.0, Y0 + 80.0)
    closed = close_edges(streets, edges_at(streets, X0 + 120.0, Y0 + 80.0))
    assert walked(streets, start, end) == pytest.approx(60)
    assert walked(closed, start, end) == pytest.approx(180)


def test_the_network_before_stays_as_it_is_and_is_named_by_the_one_after() -> None:
    streets = grid(4, 4)
    before = streets.forward_ds.copy()
    closed = close_edges(streets, [3])
    assert closed.network_id.startswith(f"{streets.network_id}+")
    assert close_edges(streets, [4]).network_id != closed.network_id
    assert_array_equal(streets.forward_ds, before)
    assert closed.n_edges == streets.n_edges


def test_what_nobody_can_reach_any_more_is_closed_too() -> None:
    points = [(X0 + 80.0 * i, Y0) for i in range(5)] + [(X0 + 80.0, Y0 + 50.0)]
    streets = network_of(points, [(0, 1), (1, 2), (2, 3, 4), (1, 5), (2, 5)])
    end = X0 + 300.0
    closed = close_edges(streets, edges_at(streets, end, Y0))
    assert snap(closed, end, Y0).x[0] == end
    away = snap(closed, end, Y0, max_m=200.0)
    assert closed.tail[away.edge[0]] != streets.tail[edges_at(streets, end, Y0)[0]]
    assert away.distance_m[0] == pytest.approx(end - (X0 + 160.0))
    island = network_of(points, [(0, 1), (1, 2), (2, 3), (3, 4), (1, 5), (2, 5)])
    cut = close_edges(island, edges_at(island, X0 + 200.0, Y0))
    assert snap(cut, end, Y0, max_m=200.0).distance_m[0] == pytest.approx(140.0)


def test_the_slower_street_takes_longer_both_ways_and_back_again_as_before() -> None:
    streets = grid(3, 3)
    start, end = (X0, Y0), (X0 + 80.0, Y0)
    slow = change_speed(streets, edges_at(streets, X0 + 40.0, Y0), kmh=2.4)
    assert walked(slow, start, end) == pytest.approx(120)
    assert walked(slow, end, start) == pytest.approx(120)
    again = change_speed(slow, edges_at(slow, X0 + 40.0, Y0), kmh=4.8)
    assert_array_equal(again.arcs, streets.arcs)


def test_one_way_streets_stay_one_way_at_another_speed() -> None:
    ring = [(X0, Y0), (X0 + 80.0, Y0), (X0 + 80.0, Y0 + 80.0)]
    streets = network_of(ring, [(0, 1), (1, 2), (2, 0)], kmh=[(5, 0), (4, 0), (3, 0)])
    fast = change_speed(streets, [0, 1, 2], kmh=36.0)
    assert ((fast.forward_ds < 0) == (streets.forward_ds < 0)).all()
    assert ((fast.backward_ds < 0) == (streets.backward_ds < 0)).all()


def test_a_footbridge_joins_streets_between_their_junctions(tmp_path: Path) -> None:
    far = Y0 + 4 * MINUTE_M
    points = {1: (X0, Y0), 2: (X0 + 800.0, Y0), 3: (X0, far), 4: (X0 + 800.0, far)}
    ways = {10: ([1, 2], STREET), 11: ([3, 4], STREET), 12: ([1, 3], STREET), 13: ([2, 4], STREET)}
    streets, _ = built(tmp_path, points, ways, mode="walk")
    bridge = [(X0 + 400.0, Y0), (X0 + 400.0, far)]
    bridged = add_street(streets, bridge)
    assert walked(streets, *bridge) == pytest.approx((800 + 320) / 80 * 60, abs=0.3)
    assert walked(bridged, *bridge) == pytest.approx(240, abs=0.1)
    points |= {5: bridge[0], 6: bridge[1]}
    edited = {10: ([1, 5, 2], STREET), 11: ([3, 6, 4], STREET), 14: ([5, 6], STREET)}
    anew, _ = built(tmp_path, points, ways | edited, mode="walk")
    assert_same_times(bridged, anew, tolerance_s=0.2)


def test_a_bridge_may_join_one_street_twice_and_junctions_as_they_are() -> None:
    streets = network_of([(X0, Y0), (X0 + 800.0, Y0)], [(0, 1)])
    loop = [(X0 + 100.0, Y0), (X0 + 100.0, Y0 + 50.0), (X0 + 700.0, Y0 + 50.0), (X0 + 700.0, Y0)]
    twice = add_street(streets, loop, kmh=48.0)
    back = add_street(streets, loop[::-1], kmh=48.0)
    for each in (twice, back):
        assert (each.n_nodes, each.n_edges) == (4, 4)
        assert walked(each, loop[0], loop[-1]) == pytest.approx(700 / 48 * 3.6, abs=0.2)
        assert walked(each, (X0, Y0), (X0 + 100.0, Y0)) == pytest.approx(75, abs=0.1)
        assert each.length_m[:1].sum() + each.length_m[1:3].sum() == pytest.approx(800.0)
    ends = add_street(streets, [(X0, Y0), (X0 + 400.0, Y0 + 300.0), (X0 + 800.0, Y0)])
    assert (ends.n_nodes, ends.n_edges) == (2, 2)


def test_a_gate_has_a_path_of_its_own() -> None:
    streets = grid(4, 4)
    gate = (X0 + 120.0, Y0 + 110.0)
    opened = add_gate(streets, *gate)
    at = snap(opened, *gate)
    assert at.edge[0] == opened.n_edges - 1
    assert at.distance_m[0] == pytest.approx(0.0, abs=1e-9)
    home = X0 + 80.0, Y0 + 80.0
    assert walked(opened, home, gate) == pytest.approx((40 + 30) / 80 * 60, abs=0.2)
    elsewhere = add_gate(streets, *gate, street_xy=(X0 + 120.0, Y0 + 160.0))
    assert walked(elsewhere, home, gate) == pytest.approx((80 + 40 + 50) / 80 * 60, abs=0.3)


def test_closing_an_arm_leaves_signals_and_turns_at_the_others(tmp_path: Path) -> None:
    signal = {1: {"highway": "traffic_signals"}}
    network, _ = built(tmp_path, cross(ARM_M), crossroads(), node_tags=signal)
    closed = close_edges(network, edges_at(network, *NORTH))
    assert seconds(closed, SOUTH, EAST) == pytest.approx(BLOCK_S + SIGNAL + RIGHT, abs=0.2)
    assert seconds(closed, WEST, SOUTH) == pytest.approx(BLOCK_S + SIGNAL + RIGHT, abs=0.2)
    assert seconds(closed, SOUTH, WEST) == pytest.approx(BLOCK_S + SIGNAL + LEFT, abs=0.2)
    only_two = close_edges(closed, edges_at(closed, *WEST))
    assert seconds(only_two, SOUTH, EAST) == pytest.approx(BLOCK_S + SIGNAL, abs=0.2)
    assert snap(only_two, *WEST).edge[0] < 0 or snap(only_two, *WEST).distance_m[0] > 90


def test_a_forbidden_turn_stays_forbidden(tmp_path: Path) -> None:
    bans = [restriction("no_right_turn", 15, 12)]
    network, _ = built(tmp_path, cross(ARM_M), crossroads(), restrictions=bans)
    closed = close_edges(network, edges_at(network, *WEST))
    assert np.isnan(seconds(closed, SOUTH, EAST)) or seconds(closed, SOUTH, EAST) > 2 * BLOCK_S
    assert seconds(closed, SOUTH, NORTH) == pytest.approx(BLOCK_S, abs=0.2)
    assert seconds(closed, NORTH, EAST) == pytest.approx(BLOCK_S + LEFT, abs=0.2)
    road = add_street(network, [along(5, 60), (X0 + 300.0, Y0 - 60.0), along(2, 190)], kmh=32.0)
    assert road.n_edges == network.n_edges + 3
    straight_on = seconds(road, along(5, 30), NORTH)
    assert straight_on == pytest.approx(130 / ARM_M * BLOCK_S, abs=0.3)
    assert seconds(road, along(5, 30), along(2, 30)) > BLOCK_S


def test_cars_turn_round_where_the_road_ahead_is_closed(tmp_path: Path) -> None:
    points = cross(ARM_M) | {6: (X0, Y0 + 2 * ARM_M)}
    ways = crossroads() | {16: ([3, 6], ROAD | {"maxspeed": "30 mph"})}
    network, _ = built(tmp_path, points, ways)
    closed = close_edges(network, edges_at(network, X0, Y0 + 1.5 * ARM_M))
    north = along(3, 100)
    back = 2 * ARM_M - 100
    assert seconds(closed, north, EAST) == pytest.approx(BLOCK_S + LEFT, abs=0.2)
    states = closed.turns
    assert states is not None
    edge = int(edges_at(closed, *north)[0])
    one, other = range(states.state_start[edge], states.state_start[edge + 1])
    ways_on = [
        (s, int(turn & np.uint64(0xFFFFFFFF)), int(turn >> np.uint64(32)) - int(states.state_ds[s]))
        for s in (one, other)
        for turn in states.turns[states.turn_start[s] : states.turn_start[s + 1]]
    ]
    assert [ds for s, to, ds in ways_on if {s, to} == {one, other}] == [round(U_TURN * 10)]
    assert back == 300.0


def test_a_hierarchy_takes_new_times_and_new_streets(publishers: Path) -> None:
    extract = read_extract(publishers / "osm" / "rutland_2022-07-20.osm.pbf")
    for mode in ("walk", "drive"):
        network, _ = build_network(extract, mode=mode)
        hierarchy = Hierarchy.of(network)
        longest = np.argsort(network.length_m)[-40:]
        closed = close_edges(network, longest[::4])
        slower = change_speed(network, longest[1::4], kmh=10.0)
        x, y = network.x[[100, 110]], network.y[[100, 110]]
        longer = add_street(closed, np.column_stack((x, y)), kmh=20.0)
        for edited in (closed, slower, longer):
            again = hierarchy.customised(edited)
            assert (again.topology is hierarchy.topology) == (edited is not longer)
            places = on_every_edge(edited)
            origins = places[np.random.default_rng(2).integers(0, edited.n_edges, 15)]
            found = many_to_many(again, origins, places, limit_s=2400)
            assert_allclose(found, one_by_one(edited, origins, places, 2400), rtol=0, atol=1e-9)
        assert not np.array_equal(
            many_to_many(hierarchy, origins, places[: network.n_edges]),
            many_to_many(again, origins, places[: network.n_edges]),
            equal_nan=True,
        )


@settings(max_examples=40, deadline=None)
@given(extracts(), st.integers(0, 100))
def test_a_hierarchy_lets_cars_turn_round_at_a_closed_road_without_new_arcs(
    extract: tuple[dict, dict, dict, list], which: int
) -> None:
    network = assumed(extract)
    try:
        closed = close_edges(network, [which % network.n_edges])
    except EditError:
        return
    hierarchy = Hierarchy.of(network)
    again = hierarchy.customised(closed)
    assert again.topology is hierarchy.topology
    places = on_every_edge(closed)
    found = many_to_many(again, places, places, limit_s=3000)
    assert_allclose(found, one_by_one(closed, places, places, 3000), rtol=0, atol=1e-9)


def test_an_edited_network_is_saved_and_edited_again(tmp_path: Path) -> None:
    network, _ = built(tmp_path, cross(ARM_M), crossroads())
    road = add_street(network, [along(5, 60), (X0 + 300.0, Y0 - 60.0), along(2, 190)], kmh=32.0)
    close_edges(road, edges_at(road, X0 + 299.0, Y0 - 60.0)).save(tmp_path / "edited")
    closed = Network.load(tmp_path / "edited")
    assert closed.network_id.count("+") == 2
    for start, end in ((SOUTH, EAST), (EAST, WEST), (NORTH, SOUTH)):
        assert seconds(closed, start, end) == pytest.approx(seconds(network, start, end), abs=0.3)


def test_a_line_means_the_streets_it_runs_along_and_not_those_it_crosses() -> None:
    streets = grid(5, 5)
    line = [(X0 + 20.0, Y0 + 83.0), (X0 + 230.0, Y0 + 78.0)]
    edges = edges_along(streets, line)
    middle = (streets.x[streets.tail] + streets.x[streets.head])[edges] / 2 - X0
    assert sorted(middle.round().tolist()) == [40.0, 120.0, 200.0]
    assert_allclose((streets.y[streets.tail] - Y0)[edges], 80.0)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda n: close_edges(n, []), "no street was named"),
        (lambda n: close_edges(n, [999]), "edge 999 is not one of the network's"),
        (lambda n: close_edges(n, np.arange(n.n_edges)), "no street would lead back"),
        (lambda n: close_edges(close_edges(n, [5]), [5]), "edge 5 is closed already"),
        (lambda n: change_speed(n, [0], kmh=0.0), "0 km/h takes nobody anywhere"),
        (lambda n: change_speed(n, [0], kmh=float("nan")), "nan km/h takes nobody anywhere"),
        (lambda n: change_speed(n, [0], kmh=1e-9), "would take years"),
        (lambda n: edges_at(n, X0 + 40.0, Y0 + 40.0), "no street open to 'walk' within 25 m"),
        (lambda n: edges_along(n, [(X0, Y0)]), "needs two points or more"),
        (lambda n: edges_along(n, [(X0, Y0)] * 2), "all the same"),
        (lambda n: edges_along(n, [(X0, Y0 - 9), (X0 + 9, Y0 + 9)]), "runs along no street"),
        (lambda n: add_street(n, [(X0, Y0), (X0 + 3000.0, Y0)]), "no street open to 'walk'"),
        (lambda n: add_street(n, [(X0, Y0), (X0 + 0.2, Y0)]), "join the same place"),
        (lambda n: add_street(n, [(X0, Y0), (X0, Y0 + 80.0)], kmh=-3.0), "-3 km/h"),
        (lambda n: add_gate(n, X0 + 40.0, Y0), "lies on a street already"),
        (lambda n: add_gate(n, X0 + 9e4, Y0), "lies outside the streets"),
    ],
)
def test_an_edit_that_cannot_be_made_says_why(edit, says: str) -> None:
    with pytest.raises(EditError, match=says):
        edit(grid(3, 3))


def test_a_new_road_needs_a_speed(tmp_path: Path) -> None:
    network, _ = built(tmp_path, cross(ARM_M), crossroads())
    with pytest.raises(EditError, match="how fast is the new street for 'drive'"):
        add_street(network, [NORTH, EAST])
