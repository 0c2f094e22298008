from pathlib import Path

import numpy as np
import pytest

from tests.unit.travel.tiny_streets import X0, Y0, assembled, cross, write_extract
from travel import Network, NetworkReport, build_network, read_extract, travel_times
from travel.errors import ExtractError

ROAD = {"highway": "residential"}
PATH = {"highway": "footway"}


def built(tmp_path: Path, points: dict, ways: dict, **more: dict) -> tuple[Network, NetworkReport]:
    path = write_extract(tmp_path / "a.osm.pbf", points, ways, **more)
    return build_network(read_extract(path), mode="walk")


def test_streets_that_cross_are_split_at_the_junction(tmp_path: Path) -> None:
    network, report = built(tmp_path, cross(), {10: ([4, 1, 2], ROAD), 11: ([3, 1, 5], PATH)})
    assert (network.n_nodes, network.n_edges) == (5, 4)
    assert network.length_m == pytest.approx([80] * 4, abs=0.1)
    assert (network.forward_ds, network.backward_ds) == (
        pytest.approx([600] * 4, abs=1),
        pytest.approx([600] * 4, abs=1),
    )
    assert (report.nodes, report.edges, report.ways_read, report.ways_kept) == (5, 4, 2, 2)
    assert report.metres == pytest.approx(320, abs=0.5)


def test_streets_that_only_pass_over_each_other_are_not_joined(tmp_path: Path) -> None:
    points = cross() | {6: (X0, Y0)}
    ways = {10: ([4, 1, 2], ROAD), 11: ([3, 6, 5], ROAD), 12: ([2, 3], ROAD)}
    network, _ = built(tmp_path, points, ways)
    assert network.n_edges == 1
    assert network.length_m[0] == pytest.approx(320 + 80 * 2**0.5, abs=0.5)


def test_points_where_there_is_nothing_to_choose_are_shape_not_nodes(tmp_path: Path) -> None:
    points = {i: (X0 + 40 * i, Y0 + (i % 2) * 30) for i in range(1, 9)}
    path, track = {"highway": "path"}, {"highway": "track"}
    ways = {10: ([1, 2, 3], PATH), 11: ([5, 4, 3], path), 12: ([5, 6, 7, 8], track)}
    network, _ = built(tmp_path, points, ways)
    assert (network.n_nodes, network.n_edges, network.shape_x.size) == (2, 1, 8)
    assert network.length_m[0] == pytest.approx(7 * 50, abs=0.2)
    assert np.diff(network.shape_m) == pytest.approx([50] * 7, abs=0.1)


def test_a_chain_has_one_pace_so_steps_stand_alone(tmp_path: Path) -> None:
    points = {i: (X0 + 100 * i, Y0) for i in range(1, 5)}
    ways = {10: ([1, 2], PATH), 11: ([2, 3], {"highway": "steps"}), 12: ([3, 4], PATH)}
    network, _ = built(tmp_path, points, ways)
    assert network.n_edges == 3
    assert sorted(network.forward_ds.tolist()) == pytest.approx([750, 750, 1800], abs=2)


def test_without_heights_nothing_climbs(tmp_path: Path) -> None:
    network, _ = built(tmp_path, cross(), {10: ([4, 1, 2], ROAD)})
    assert (network.climb_m.tolist(), network.descent_m.tolist()) == ([0.0], [0.0])
    assert (network.climb_m.dtype, network.has_heights) == (np.float32, False)


def test_a_ring_without_a_junction_is_one_loop() -> None:
    network = assembled([(0, 0), (100, 0), (100, 100), (0, 100)], [[0, 1, 2, 3, 0]]).network
    assert (network.n_nodes, network.n_edges) == (1, 1)
    assert network.tail[0] == network.head[0] == 0
    assert network.length_m.tolist() == [400.0]


def test_two_streets_between_the_same_junctions_are_both_kept() -> None:
    points = [(0.0, 0.0), (50.0, 40.0), (100.0, 0.0), (-80.0, 0.0), (180.0, 0.0)]
    network = assembled(points, [[3, 0, 2, 4], [0, 1, 2]]).network
    assert (network.n_nodes, network.n_edges) == (4, 4)
    pairs = sorted(map(tuple, np.sort(np.c_[network.tail, network.head], axis=1).tolist()))
    assert len(pairs) - len(set(pairs)) == 1


def test_points_at_the_same_place_make_an_edge_of_one_decisecond() -> None:
    network = assembled([(0.0, 0.0), (0.0, 0.0), (80.0, 0.0), (0.0, 80.0)], [[3, 0, 1, 2], [0, 1]])
    assert network.network.forward_ds.min() == 1


@pytest.mark.parametrize("way", [[1, 1], [1, 1, 2], [1, 2, 2, 2]])
def test_a_node_named_twice_in_a_row_makes_no_street(tmp_path: Path, way: list[int]) -> None:
    network, _ = built(tmp_path, cross(), {9: ([1, 2], ROAD), 10: (way, ROAD), 11: ([1, 3], ROAD)})
    assert set(network.length_m.round().tolist()) <= {80.0, 160.0}


def test_a_shut_gate_ends_the_way_on_either_side(tmp_path: Path) -> None:
    points = {i: (X0 + 100 * i, Y0) for i in range(1, 6)}
    ways = {10: ([1, 2, 3, 4, 5], ROAD)}
    shut = {2: {"barrier": "gate", "access": "private"}}
    network, report = built(tmp_path, points, ways, node_tags=shut)
    assert report.barriers_closed == 1
    assert report.components == 2
    assert (report.metres, report.components_metres) == (
        pytest.approx(300, abs=0.5),
        pytest.approx(100, abs=0.5),
    )
    assert network.x.min() == pytest.approx(X0 + 200, abs=0.1)


def test_a_shut_gate_at_a_crossroads_parts_all_its_streets(tmp_path: Path) -> None:
    gate = {1: {"barrier": "gate", "foot": "no"}}
    ways = {10: ([4, 1, 2], ROAD), 11: ([3, 1, 5], ROAD), 12: ([2, 3, 4], ROAD)}
    network, report = built(tmp_path, cross(), ways, node_tags=gate)
    assert report.components == 2
    assert network.length_m.sum() == pytest.approx(3 * 80 + 2 * 80 * 2**0.5, abs=0.5)


def test_an_open_gate_is_no_junction(tmp_path: Path) -> None:
    points = {i: (X0 + 100 * i, Y0) for i in range(1, 4)}
    stile = {2: {"barrier": "stile"}}
    network, report = built(tmp_path, points, {10: ([1, 2, 3], ROAD)}, node_tags=stile)
    assert (network.n_edges, report.barriers_closed, report.components) == (1, 0, 1)


def test_nobody_walks_through_a_private_way(tmp_path: Path) -> None:
    ways = {
        10: ([4, 1], ROAD),
        11: ([1, 2], {"highway": "service", "access": "private"}),
        12: ([1, 3], ROAD),
        13: ([2, 3], ROAD),
    }
    network, report = built(tmp_path, cross(), ways)
    assert network.length_m.sum() == pytest.approx(240 + 80 * 2**0.5, abs=0.5)
    assert not report.left_out
    west, beyond = (X0 - 80, Y0), (X0 + 79, Y0 + 1)
    around = travel_times(network, west, [beyond], limit_s=3600).metres[0]
    assert around == pytest.approx(160 + 79 * 2**0.5, abs=0.5)
    for each in (network, network.reversed):
        (at_home,) = travel_times(each, west, [(X0 + 60, Y0)], limit_s=3600).metres
        (at_gate,) = travel_times(each, (X0 + 60, Y0), [west], limit_s=3600).metres
        assert (at_home, at_gate) == pytest.approx((140, 140), abs=0.2)


def test_reasons_come_most_metres_first(tmp_path: Path) -> None:
    ways = {
        10: ([4, 1], ROAD),
        11: ([1, 2], {"highway": "motorway"}),
        12: ([2, 3], {"highway": "construction"}),
        13: ([3, 1], {"highway": "motorway"}),
    }
    _, report = built(tmp_path, cross(), ways)
    assert [(reason, each.ways) for reason, each in report.left_out.items()] == [
        ("motorway or motorroad", 2),
        ("highway=construction", 1),
    ]


def test_odd_tags_name_the_way(tmp_path: Path) -> None:
    _, report = built(tmp_path, cross(), {10: ([4, 1], ROAD | {"foot": "limited"})})
    assert [(rule, subject) for rule, subject, _ in report.odd] == [
        ("odd-tag", "way 10: foot=limited")
    ]


def test_the_longest_part_is_kept_and_the_others_counted(tmp_path: Path) -> None:
    points = cross() | {6: (X0 + 900, Y0), 7: (X0 + 950, Y0), 8: (X0 + 900, Y0 + 9)}
    ways = {10: ([4, 1, 2], ROAD), 11: ([6, 7], ROAD), 12: ([6, 8], ROAD), 13: ([5, 1], ROAD)}
    network, report = built(tmp_path, points, ways)
    assert (report.components, network.n_edges) == (2, 3)
    assert report.components_metres == pytest.approx(59, abs=0.2)


def test_a_one_way_path_that_leads_nowhere_else_is_left_out() -> None:
    points = [(0.0, 0.0), (80.0, 0.0), (160.0, 0.0)]
    trap = assembled(points, [[0, 1], [1, 2]], kmh=[(4.8, 4.8), (4.8, 0.0)])
    assert (trap.network.n_edges, trap.components) == (1, 1)
    assert trap.components_metres == 80.0


def test_a_one_way_ring_is_walked_one_way_only() -> None:
    points = [(0.0, 0.0), (80.0, 0.0), (80.0, 80.0), (0.0, 80.0)]
    network = assembled(points, [[0, 1, 2, 3, 0]], kmh=[(4.8, 0.0)]).network
    assert (network.forward_ds.tolist(), network.backward_ds.tolist()) == ([2400], [-1])
    assert network.arcs.size == 1


def test_an_extract_nobody_can_walk_in_says_why(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match=r"none of the 1 ways .* 1 motorway or motorroad"):
        built(tmp_path, cross(), {10: ([4, 1, 2], {"highway": "motorway"})})


def test_the_same_extract_gives_the_same_network(tmp_path: Path) -> None:
    ways = {10: ([4, 1, 2], ROAD), 11: ([3, 1, 5], PATH), 12: ([2, 3], {"highway": "steps"})}
    first, _ = built(tmp_path, cross(), ways)
    again, _ = built(tmp_path, cross(), ways)
    moved, _ = built(tmp_path, cross(81.0), ways)
    assert first.network_id == again.network_id != moved.network_id


def test_nodes_near_each_other_are_near_in_memory() -> None:
    side = 24
    points = [(80.0 * c, 80.0 * r) for r in range(side) for c in range(side)]
    across = [[r * side + c for c in range(side)] for r in range(side)]
    along = [[r * side + c for r in range(side)] for c in range(side)]
    network = assembled(points, across + along).network
    jumps = np.abs(network.tail.astype(int) - network.head.astype(int))
    assert np.median(jumps) <= 4
    steps = np.hypot(np.diff(network.x), np.diff(network.y))
    assert np.median(steps) == 80.0


def test_edges_and_arcs_say_the_same() -> None:
    points = [(0.0, 0.0), (80.0, 0.0), (80.0, 80.0), (0.0, 80.0)]
    streets = [[0, 1, 2], [2, 3], [3, 0], [0, 2]]
    network = assembled(points, streets, kmh=[(4.8, 4.8)] * 3 + [(4.8, 0.0)]).network
    origin = np.repeat(np.arange(network.n_nodes), np.diff(network.arc_start.astype(int)))
    target = (network.arcs & np.uint64(0xFFFFFFFF)).astype(int)
    weight = (network.arcs >> np.uint64(32)).astype(int)
    arcs = {
        (a, b, w, e) for a, b, w, e in zip(origin, target, weight, network.arc_edge, strict=True)
    }
    assert arcs == {
        (u, v, w, e)
        for e, (a, b, f, g) in enumerate(
            zip(
                network.tail,
                network.head,
                network.forward_ds,
                network.backward_ds,
                strict=True,
            )
        )
        for u, v, w in ((a, b, f), (b, a, g))
        if w >= 0
    }


def test_streets_that_are_all_one_way_and_lead_nowhere_say_so(tmp_path: Path) -> None:
    path = write_extract(
        tmp_path / "a.osm.pbf", cross(), {10: ([4, 1, 2], ROAD | {"oneway": "yes"})}
    )
    with pytest.raises(ExtractError, match="no street leads back to where it started"):
        build_network(read_extract(path), mode="drive")
