"""Orders and arcs of hierarchies, on networks small enough to see through."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.unit.travel.hierarchy.places import on_every_edge, one_by_one
from tests.unit.travel.tiny_streets import X0, Y0, grid, network_of
from travel import Network
from travel.hierarchy import Hierarchy, many_to_many
from travel.hierarchy.contraction import Graph, contract
from travel.hierarchy.customising import customise
from travel.hierarchy.dissection import dissect
from travel.hierarchy.hierarchy import graph_of, neighbours_of


def two_towns() -> Network:
    """Two towns of seven by seven crossings, and one long bridge between them."""
    side = 7
    points = [
        (X0 + 80.0 * c + 3_000.0 * town + 9.0 * r, Y0 + 80.0 * r - 7.0 * c)
        for town in range(2)
        for r in range(side)
        for c in range(side)
    ]
    streets = [
        street
        for first in (0, side * side)
        for i in range(side)
        for street in (
            [first + i * side + c for c in range(side)],
            [first + r * side + i for r in range(side)],
        )
    ]
    return network_of(points, [*streets, [side * 3 + 6, side * side + side * 3]])


def test_every_node_and_every_edge_has_a_rank_of_its_own() -> None:
    for streets in (grid(7, 4), two_towns(), network_of([(X0, Y0), (X0 + 9, Y0)], [(0, 1)])):
        nodes, edges = dissect(streets)
        assert_array_equal(np.sort(nodes), np.arange(streets.n_nodes))
        assert_array_equal(np.sort(edges), np.arange(streets.n_edges))


def test_the_bridge_between_two_towns_is_taken_away_last() -> None:
    streets = two_towns()
    nodes, edges = dissect(streets)
    bridge = int(np.argmax(streets.length_m))
    assert edges[bridge] == streets.n_edges - 1
    last = int(np.argmax(nodes))
    assert last in {streets.tail[bridge], streets.head[bridge]}


def test_a_street_that_ends_where_it_starts_has_a_rank_too() -> None:
    loop = [(X0, Y0), (X0 + 80.0, Y0), (X0 + 80.0, Y0 + 80.0), (X0, Y0 + 80.0)]
    streets = network_of([*loop, (X0 - 80.0, Y0)], [(0, 1, 2, 3, 0), (0, 4)])
    assert (streets.tail == streets.head).any()
    places = on_every_edge(streets, 0.4)
    found = many_to_many(Hierarchy.of(streets), places, places)
    assert_allclose(found, one_by_one(streets, places, places, 9_000), rtol=0, atol=1e-9)


def test_four_streets_round_a_block_need_one_shortcut() -> None:
    arcs = np.array([[1, 3], [0, 2], [1, 3], [0, 2]])
    weight = np.full(8, 10, np.uint64)
    packed = arcs.ravel().astype(np.uint64) | weight << np.uint64(32)
    graph = Graph(np.arange(0, 10, 2).astype(np.uint32), packed)
    neighbours = np.arange(0, 10, 2), arcs.ravel().astype(np.int32)
    topology = contract(np.arange(4, dtype=np.int32), neighbours)
    assert topology.up.size == 5
    found = customise(topology, graph)
    assert found is not None
    assert sorted(found.up[:, 1].tolist()) == [10, 10, 10, 10, 20]


def test_a_graph_with_an_arc_that_the_hierarchy_has_not_is_told_apart() -> None:
    topology = contract(
        np.arange(3, dtype=np.int32), (np.array([0, 1, 3, 4]), np.array([1, 0, 2, 1], np.int32))
    )
    packed = np.array([2 | 5 << 32], np.uint64)
    assert customise(topology, Graph(np.array([0, 1, 1, 1], np.uint32), packed)) is None


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(20)))
def test_any_order_gives_the_right_times(order: list[int]) -> None:
    streets = grid(5, 4)
    assert streets.n_nodes >= 20
    rank = np.concatenate((order, np.arange(20, streets.n_nodes))).astype(np.int32)
    topology = contract(rank, neighbours_of(streets))
    arcs = customise(topology, graph_of(streets))
    assert arcs is not None
    places = on_every_edge(streets, 0.25)
    found = many_to_many(Hierarchy(streets, topology, arcs), places, places)
    assert_allclose(found, one_by_one(streets, places, places, 9_000), rtol=0, atol=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_parts_of_a_hierarchy_are_passed_over_only_where_nothing_is_reached(seed: int) -> None:
    streets = grid(45, 45)
    random = np.random.default_rng(seed)
    hierarchy = Hierarchy.of(streets)
    selection = hierarchy.select(on_every_edge(streets))
    assert selection.below.cell_first.size > 0
    origins = on_every_edge(streets)[random.integers(0, streets.n_edges, 20)]
    for limit_s in (0.0, 200.0, 900.0):
        found = selection.seconds(origins, limit_s=limit_s, threads=1)
        assert_allclose(
            found, one_by_one(streets, origins, on_every_edge(streets), limit_s), atol=1e-9
        )
