import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from tests.unit.travel.tiny_streets import MIRROR, X0, Y0, grid, network_of, node_at
from travel import (
    Network,
    Snapped,
    Workspace,
    build_network,
    read_extract,
    seconds_from,
    snap,
    snap_origin,
    times_to,
)
from travel.paths.bucket_queue import FULL, Places, memory, spread
from travel.paths.search import NOWHERE, Reach
from travel.rules.verdict import FOR_ACCESS

LEEDS = MIRROR / "osm" / "leeds_inner_2022-07.osm.pbf"
RUTLAND = MIRROR / "osm" / "rutland_2022-07-20.osm.pbf"


def from_nodes(network: Network, nodes: list[int], *, limit_s: float, **more: object) -> Reach:
    """Start at junctions exactly, on any edge that touches them."""
    edge = [int(np.flatnonzero((network.tail == n) | (network.head == n))[0]) for n in nodes]
    at = [0.0 if network.tail[e] == n else 1.0 for e, n in zip(edge, nodes, strict=True)]
    origin = Snapped(
        network.x[nodes],
        network.y[nodes],
        np.array(edge, np.int32),
        np.array(at),
        np.zeros(len(nodes)),
    )
    return seconds_from(network, origin, limit_s=limit_s, **more)


def passed_through(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Deciseconds of each edge both ways; nobody passes through a private one."""
    is_private = (network.traits & FOR_ACCESS) > 0
    return tuple(
        np.where(is_private, -1, each) for each in (network.forward_ds, network.backward_ds)
    )


def oracle(network: Network, starts: dict[int, float], limit_s: float) -> np.ndarray:
    """The slow, obvious answer: networkx, from a node that leads to all the starts."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(network.n_nodes))
    for a, b, f, g in zip(network.tail, network.head, *passed_through(network), strict=True):
        for u, v, w in ((int(a), int(b), int(f)), (int(b), int(a), int(g))):
            if w >= 0 and w < graph.get_edge_data(u, v, {"w": 1 << 60})["w"]:
                graph.add_edge(u, v, w=w)
    for node, spent in starts.items():
        graph.add_edge("home", node, w=round(spent * 10))
    found = nx.single_source_dijkstra_path_length(
        graph, "home", cutoff=round(limit_s * 10), weight="w"
    )
    return np.array([found.get(n, np.nan) for n in range(network.n_nodes)]) / 10


def test_on_a_grid_of_minutes_so_many_blocks_take_so_many_minutes() -> None:
    network = grid(7, 5)
    home = node_at(network, X0 + 160, Y0 + 80)
    seconds = from_nodes(network, [home], limit_s=3600).seconds()
    blocks = (np.abs(network.x - X0 - 160) + np.abs(network.y - Y0 - 80)) / 80
    assert seconds == pytest.approx(blocks * 60)


def test_metres_are_carried_beside_seconds() -> None:
    network = grid(6, 6)
    reach = from_nodes(network, [node_at(network, X0, Y0)], limit_s=3600)
    assert reach.metres == pytest.approx(reach.seconds() * 80 / 60)


def test_metres_are_those_of_the_quickest_way_not_of_the_shortest() -> None:
    points = [(X0, Y0), (X0 + 100, Y0), (X0 + 50, Y0 + 60)]
    network = network_of(points, [[0, 1], [0, 2, 1]], kmh=[(2.0, 2.0), (4.8, 4.8)])
    a, b = node_at(network, *points[0]), node_at(network, *points[1])
    reach = from_nodes(network, [a], limit_s=3600)
    assert reach.metres[b] == pytest.approx(2 * np.hypot(50, 60))
    assert reach.seconds()[b] == pytest.approx(2 * np.hypot(50, 60) / (4.8 / 3.6), abs=0.1)


def test_the_limit_is_kept_to_the_decisecond() -> None:
    network = grid(9, 1)
    home = node_at(network, X0, Y0)
    crossings = [node_at(network, X0 + 80 * block, Y0) for block in range(9)]
    reached = {}
    for limit in (0, 59.9, 60, 119.9, 120, 479.9, 480):
        seconds = from_nodes(network, [home], limit_s=limit).seconds()[crossings]
        reached[limit] = int(np.isfinite(seconds).sum())
    assert reached == {0: 1, 59.9: 1, 60: 2, 119.9: 2, 120: 3, 479.9: 8, 480: 9}


def test_of_several_starts_each_place_keeps_the_quickest() -> None:
    network = grid(11, 1)
    west, east = node_at(network, X0, Y0), node_at(network, X0 + 800, Y0)
    seconds = from_nodes(network, [west, east], limit_s=3600, spent_s=[0, 120]).seconds()
    crossings = [node_at(network, X0 + 80 * block, Y0) for block in range(11)]
    assert (seconds[crossings] / 60).tolist() == [0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2]


def test_starts_beyond_the_limit_reach_nothing() -> None:
    network = grid(3, 3)
    reach = from_nodes(network, [0], limit_s=30, spent_s=31)
    assert (reach.nodes.size, np.isnan(reach.seconds()).all()) == (0, True)


def test_a_start_without_a_street_is_passed_over() -> None:
    network = grid(3, 3)
    origin = snap(network, [X0 + 9_000, X0], [Y0, Y0])
    assert seconds_from(network, origin, limit_s=0).nodes.tolist() == [node_at(network, X0, Y0)]


@pytest.mark.parametrize(
    ("limit", "spent"), [(-1, 0), (np.nan, 0), (np.inf, 0), (60, -1), (60, np.inf)]
)
def test_seconds_must_be_possible(limit: float, spent: float) -> None:
    with pytest.raises(ValueError, match="must be seconds"):
        from_nodes(grid(2, 2), [0], limit_s=limit, spent_s=spent)


def test_one_way_paths_are_kept_to() -> None:
    points = [(X0, Y0), (X0 + 80, Y0), (X0 + 80, Y0 + 80), (X0, Y0 + 80)]
    dead_ends = [(x - 9, y - 9) for x, y in points]
    streets = [[0, 1, 2, 3, 0], [0, 4], [1, 5], [2, 6], [3, 7]]
    network = network_of(points + dead_ends, streets, kmh=[(4.8, 0.0)] + [(4.8, 4.8)] * 4)
    nodes = [node_at(network, *point) for point in points]
    seconds = from_nodes(network, nodes[:1], limit_s=3600).seconds()
    assert seconds[nodes].tolist() == [0, 60, 120, 180]


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Random streets: loops, parallels, one-ways, steps, zero lengths, parts that do not touch."""
    n = draw(st.integers(2, 12))
    places = st.tuples(st.integers(0, 9), st.integers(0, 9))
    points = [
        (X0 + 37.0 * x, Y0 + 41.0 * y) for x, y in draw(st.lists(places, min_size=n, max_size=n))
    ]
    ends = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] != e[1])
    streets = draw(st.lists(ends, min_size=1, max_size=30))
    paces = st.sampled_from([(4.8, 4.8), (4.8, 4.8), (4.8, 0.0), (2.0, 2.0)])
    kmh = [(4.8, 4.8), *draw(st.lists(paces, min_size=len(streets) - 1, max_size=len(streets) - 1))]
    return network_of(points, [list(each) for each in streets], kmh=kmh)


@settings(max_examples=150, deadline=None)
@given(networks(), st.data())
def test_every_node_agrees_with_networkx(network: Network, data: st.DataObject) -> None:
    nodes = st.integers(0, network.n_nodes - 1)
    starts = data.draw(
        st.dictionaries(nodes, st.sampled_from([0.0, 7.5, 300.0]), min_size=1, max_size=3)
    )
    limit = data.draw(st.sampled_from([0.0, 20.0, 100.0, 3600.0]))
    reach = from_nodes(network, list(starts), limit_s=limit, spent_s=list(starts.values()))
    ends = {}
    for node, spent in starts.items():
        ends[node] = min(spent, ends.get(node, np.inf))
    expected = oracle(network, ends, limit)
    found = reach.seconds()
    # A start stands on an edge: it may also leave by the edge's other end, one way or not.
    assert np.array_equal(found, expected, equal_nan=True)
    assert sorted(reach.nodes.tolist()) == np.flatnonzero(~np.isnan(expected)).tolist()


@settings(max_examples=100, deadline=None)
@given(networks(), st.data())
def test_a_search_for_targets_gives_the_times_of_one_to_the_limit(
    network: Network, data: st.DataObject
) -> None:
    place = st.tuples(st.floats(X0, X0 + 330), st.floats(Y0, Y0 + 370))
    there = np.array(data.draw(st.lists(place, min_size=1, max_size=4)))
    targets = snap(network, there[:, 0], there[:, 1])
    start = data.draw(st.integers(0, network.n_nodes - 1))
    whole = from_nodes(network, [start], limit_s=3600)
    early = from_nodes(network, [start], limit_s=3600, targets=targets)
    assert np.array_equal(
        times_to(early, targets).seconds, times_to(whole, targets).seconds, equal_nan=True
    )
    known = ~np.isnan(early.seconds())
    assert np.array_equal(early.seconds()[known], whole.seconds()[known])
    assert np.array_equal(early.metres[known], whole.metres[known])
    assert sorted(early.nodes.tolist()) == np.flatnonzero(known).tolist()


def test_a_search_for_targets_ends_with_the_last_of_them() -> None:
    network = grid(40, 40)
    home = snap_origin(network, X0 + 20 * 80, Y0 + 20 * 80)
    targets = snap(network, [X0 + 23 * 80, X0 + 90_000], [Y0 + 20 * 80, Y0])
    early = seconds_from(network, home, limit_s=3600, targets=targets)
    assert times_to(early, targets).seconds[0] == pytest.approx(180)
    assert np.nanmax(early.seconds()) <= 180 + 3.2
    assert early.nodes.size == np.isfinite(early.seconds()).sum() < 40


def test_a_workspace_used_again_gives_what_fresh_memory_gives() -> None:
    network = grid(12, 9)
    workspace = Workspace(network)
    for home, limit in ((0, 900.0), (70, 0.0), (30, 7200.0), (5, 60.0), (99, 3600.0)):
        again = from_nodes(network, [home], limit_s=limit, workspace=workspace)
        fresh = from_nodes(network, [home], limit_s=limit)
        assert np.array_equal(again.seconds(), fresh.seconds(), equal_nan=True)
        assert sorted(again.nodes.tolist()) == sorted(fresh.nodes.tolist())


def test_a_search_whose_workspace_was_used_again_cannot_be_read() -> None:
    network = grid(4, 4)
    workspace = Workspace(network)
    first = from_nodes(network, [0], limit_s=60, workspace=workspace)
    from_nodes(network, [1], limit_s=60, workspace=workspace)
    with pytest.raises(RuntimeError, match="used for another"):
        first.seconds()


def test_a_workspace_serves_one_network() -> None:
    with pytest.raises(ValueError, match="another network"):
        from_nodes(grid(3, 3), [0], limit_s=60, workspace=Workspace(grid(3, 3)))


@pytest.mark.parametrize("queue_length", range(1, 140, 7))
def test_a_queue_too_short_leaves_nothing_behind(queue_length: int) -> None:
    network = grid(6, 6)
    short = memory(network.n_nodes, queue_length=queue_length, limit_ds=36_000)
    home = Places(np.array([3], np.int32), np.array([0.3]), np.array([0.0]))
    found = spread(network.streets, home, np.zeros(1, np.int32), NOWHERE, 36_000, short, True)
    if found == FULL:
        assert not short.left.any()
    else:
        assert found == network.n_nodes
    assert (short.bucket == 0xFFFFFFFF).all()


def test_a_queue_too_short_is_made_longer() -> None:
    network = grid(6, 6)
    workspace = Workspace(network)
    workspace._lengthen(0, 3)
    reach = from_nodes(network, [0], limit_s=3600, workspace=workspace)
    assert reach.nodes.size == network.n_nodes
    assert np.array_equal(reach.seconds(), from_nodes(network, [0], limit_s=3600).seconds())


def quickest(network: Network) -> sparse.csr_array:
    """Arcs for scipy, the quickest of parallel ones only: it would add them up."""
    pairs = (
        np.concatenate((network.tail, network.head)),
        np.concatenate((network.head, network.tail)),
    )
    ds = np.concatenate(passed_through(network)).astype(float)
    order = np.lexsort((ds, *pairs))
    order = order[ds[order] >= 0]
    a, b, ds = pairs[0][order], pairs[1][order], ds[order]
    is_first = np.append(True, (np.diff(a) != 0) | (np.diff(b) != 0))
    shape = (network.n_nodes, network.n_nodes)
    return sparse.csr_array((ds[is_first], (a[is_first], b[is_first])), shape=shape)


@pytest.mark.skipif(not LEEDS.exists(), reason="../shared/data/publishers is not here")
def test_every_node_of_leeds_agrees_with_scipy() -> None:
    network, _ = build_network(read_extract(LEEDS), mode="walk")
    matrix, workspace = quickest(network), Workspace(network)
    for start, limit in ((7, 1800.0), (network.n_nodes // 2, 5400.0), (40_000, 1e5)):
        found = from_nodes(network, [start], limit_s=limit, workspace=workspace).seconds()
        expected = sparse.csgraph.dijkstra(matrix, indices=start, limit=limit * 10) / 10
        expected[np.isinf(expected)] = np.nan
        assert np.array_equal(found, expected, equal_nan=True)


@pytest.mark.skipif(not RUTLAND.exists(), reason="../shared/data/publishers is not here")
def test_every_node_of_rutland_agrees_with_networkx() -> None:
    network, _ = build_network(read_extract(RUTLAND), mode="walk")
    for start, limit in ((0, 1800.0), (network.n_nodes // 2, 3600.0), (4321, 1e5)):
        found = from_nodes(network, [start], limit_s=limit).seconds()
        assert np.array_equal(found, oracle(network, {start: 0.0}, limit), equal_nan=True)
