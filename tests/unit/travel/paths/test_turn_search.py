"""The search over states, held to slow ones."""

from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from tests.unit.travel.junctions import ARM_M, ROAD, built, crossroads
from tests.unit.travel.slow_turns import Slow, assumed, extracts
from tests.unit.travel.tiny_streets import MIRROR, X0, Y0, cross
from travel import (
    Network,
    Snapped,
    Workspace,
    build_network,
    read_extract,
    seconds_from,
    snap,
    times_from,
    times_to,
)
from travel.turns import FORWARD, MAY_END, MAY_START, turns_in

LEEDS = MIRROR / "osm" / "leeds_inner_2022-07.osm.pbf"


@settings(max_examples=60, deadline=None)
@given(extracts(), st.integers(0, 10_000), st.sampled_from((0.25, 0.5, 0.75)))
def test_every_edge_is_entered_when_a_slow_search_enters_it(
    extract: tuple[dict, dict, dict, list], which: int, fraction: float
) -> None:
    network = assumed(extract)
    edge = which % network.n_edges
    nothing = np.zeros(1)
    origin = Snapped(nothing, nothing, np.array([edge], np.int32), np.array([fraction]), nothing)
    reach = seconds_from(network, origin, limit_s=3000)
    turns = turns_in(network)
    found: dict[tuple[int, bool], int] = {}
    for s in range(turns.n_states):
        if reach.left_ds[s]:
            a = (int(turns.state_edge[s]), bool(turns.state_flags[s] & FORWARD))
            ds = reach.limit_ds + 1 - int(reach.left_ds[s])
            found[a] = min(ds, found.get(a, ds))
    assert found == Slow(network, *extract).entered(edge, fraction)


def middles(network: Network) -> Snapped:
    nothing = np.zeros(network.n_edges)
    edges = np.arange(network.n_edges, dtype=np.int32)
    return Snapped(nothing, nothing, edges, np.full(network.n_edges, 0.5), nothing)


@settings(max_examples=40, deadline=None)
@given(extracts(), st.integers(0, 10_000))
def test_junctions_are_first_come_to_when_a_slow_search_comes_there(
    extract: tuple[dict, dict, dict, list], which: int
) -> None:
    network = assumed(extract)
    edge = which % network.n_edges
    slow = Slow(network, *extract)
    expected = np.full(network.n_nodes, np.inf)
    ways = list(slow.entered(edge, 0.5).items())
    ways += [
        ((e, forward), round(0.5 * slow.ds((e, forward))) - slow.ds((e, forward)))
        for e, forward in slow.driven()
        if e == edge
    ]
    for (e, forward), ds in ways:
        end = network.head[e] if forward else network.tail[e]
        expected[end] = min(expected[end], (ds + slow.ds((e, forward))) / 10)
    reach = seconds_from(network, middles(network)[edge : edge + 1], limit_s=3000)
    found = reach.seconds()
    assert np.nan_to_num(found, nan=np.inf) == pytest.approx(expected)
    assert sorted(reach.nodes.tolist()) == np.flatnonzero(np.isfinite(expected)).tolist()


@settings(max_examples=60, deadline=None)
@given(extracts(), st.data())
def test_a_search_for_targets_gives_the_times_of_one_to_the_limit(
    extract: tuple[dict, dict, dict, list], data: st.DataObject
) -> None:
    network = assumed(extract)
    edges = st.integers(0, network.n_edges - 1)
    start = data.draw(edges)
    targets = middles(network)[np.array(data.draw(st.lists(edges, min_size=1, max_size=3)))]
    workspace = Workspace(network)
    seconds_from(network, middles(network), limit_s=50, workspace=workspace)
    origin = middles(network)[start : start + 1]
    early = seconds_from(network, origin, limit_s=3000, targets=targets, workspace=workspace)
    whole = seconds_from(network, origin, limit_s=3000)
    found, expected = times_to(early, targets), times_to(whole, targets)
    assert np.array_equal(found.seconds, expected.seconds, equal_nan=True)
    assert np.array_equal(found.metres, expected.metres, equal_nan=True)
    assert set(early.states) <= set(whole.states)
    assert (early.left_ds[early.states] == whole.left_ds[early.states]).all()
    assert np.flatnonzero(early.left_ds).tolist() == sorted(early.states.tolist())


def test_a_search_for_a_target_by_car_ends_with_it(tmp_path: Path) -> None:
    points = {i: (X0 + 100.0 * i, Y0) for i in range(41)}
    ways = {100 + i: ([i, i + 1], ROAD) for i in range(40)}
    side = {1000 + i: (X0 + 100.0 * i, Y0 + 50) for i in range(41)}
    ways |= {200 + i: ([i, 1000 + i], ROAD) for i in range(41)}
    network, _ = built(tmp_path, points | side, ways)
    home, near = snap(network, X0 + 2_000, Y0), snap(network, X0 + 2_150, Y0)
    early = seconds_from(network, home, limit_s=3600, targets=near)
    whole = seconds_from(network, home, limit_s=3600)
    assert times_to(early, near).seconds == pytest.approx(times_to(whole, near).seconds)
    assert early.states.size < whole.states.size / 4


@settings(max_examples=30, deadline=None)
@given(extracts(), st.integers(0, 10_000))
def test_from_here_to_there_is_the_same_searched_from_either_end(
    extract: tuple[dict, dict, dict, list], which: int
) -> None:
    network = assumed(extract)
    apart_m = 1000.0 * np.arange(network.n_edges)  # nowhere is walked to straight
    places = Snapped(
        apart_m,
        apart_m,
        np.arange(network.n_edges, dtype=np.int32),
        np.full(network.n_edges, 0.5),
        np.zeros(network.n_edges),
    )
    here = which % network.n_edges
    one = Snapped(
        *(getattr(places, name)[here : here + 1] for name in ("x", "y", "edge", "fraction")),
        np.full(1, 0.0),
    )
    there = times_from(network, one, places, limit_s=3000).seconds
    back = [
        times_from(
            network.reversed,
            Snapped(
                *(getattr(places, name)[e : e + 1] for name in ("x", "y", "edge", "fraction")),
                np.zeros(1),
            ),
            one,
            limit_s=3000,
        ).seconds[0]
        for e in range(network.n_edges)
    ]
    assert there == pytest.approx(np.array(back), abs=0.21, nan_ok=True)


def test_the_search_equals_networkx_on_the_graph_of_turns(publishers: Path) -> None:
    extract = read_extract(publishers / "osm" / "rutland_2022-07-20.osm.pbf")
    network, report = build_network(extract, mode="drive")
    turns = network.turns
    assert turns is not None
    assert report.turns_forbidden >= 1
    graph = nx.DiGraph()
    graph.add_nodes_from(range(turns.n_states))
    per_state = np.diff(turns.turn_start.astype(int))
    origin = np.repeat(np.arange(turns.n_states), per_state)
    target = (turns.turns & np.uint64(0xFFFFFFFF)).astype(int)
    weight = (turns.turns >> np.uint64(32)).astype(int)
    graph.add_weighted_edges_from(zip(origin, target, weight, strict=True))
    for edge in np.random.default_rng(4).integers(0, network.n_edges, 5):
        place = Snapped(
            *(np.array([0.0]),) * 2, np.array([edge], np.int32), np.array([0.5]), np.zeros(1)
        )
        reach = seconds_from(network, place, limit_s=1200)
        graph.add_node("start")
        for s in range(turns.state_start[edge], turns.state_start[edge + 1]):
            if turns.state_flags[s] & MAY_START:
                rest = int(np.rint(0.5 * turns.state_ds[s])) - int(turns.state_ds[s])
                for v, data in graph[s].items():
                    w = rest + data["weight"]
                    if w < graph.get_edge_data("start", v, {"weight": 1 << 40})["weight"]:
                        graph.add_edge("start", v, weight=w)
        slow = nx.single_source_dijkstra_path_length(graph, "start", cutoff=12_000)
        graph.remove_node("start")
        del slow["start"]
        fast = {int(s): reach.limit_ds + 1 - int(reach.left_ds[s]) for s in reach.states}
        assert fast == slow
        assert (turns.state_flags[list(slow)] & (MAY_END | MAY_START) > 0).all()


@pytest.mark.skipif(not LEEDS.exists(), reason="../shared/data/publishers is not here")
def test_every_state_of_leeds_agrees_with_scipy_on_the_graph_of_turns() -> None:
    network, _ = build_network(read_extract(LEEDS), mode="drive")
    turns = turns_in(network)
    n = turns.n_states
    origin = np.repeat(np.arange(n), np.diff(turns.turn_start.astype(int)))
    target = (turns.turns & np.uint64(0xFFFFFFFF)).astype(int)
    weight = (turns.turns >> np.uint64(32)).astype(float)
    workspace = Workspace(network)
    for edge, limit_s in ((77, 900.0), (network.n_edges // 2, 3600.0), (network.n_edges - 9, 1e5)):
        reach = seconds_from(
            network, middles(network)[edge : edge + 1], limit_s=limit_s, workspace=workspace
        )
        states = np.arange(turns.state_start[edge], turns.state_start[edge + 1])
        begun = states[(turns.state_flags[states] & MAY_START) > 0]
        out = np.isin(origin, begun)
        rest = np.rint(0.5 * turns.state_ds[origin[out]]) - turns.state_ds[origin[out]]
        graph = quickest_of(
            np.concatenate((origin, np.full(out.sum(), n))),
            np.concatenate((target, target[out])),
            np.concatenate((weight, weight[out] + rest)),
            n + 1,
        )
        expected = sparse.csgraph.dijkstra(graph, indices=n, limit=limit_s * 10)[:n]
        left = reach.left_ds.astype(float)
        found = np.where(left > 0, reach.limit_ds + 1 - left, np.inf)
        assert np.array_equal(found, expected)
        assert np.isfinite(expected).sum() > 100


def quickest_of(
    origin: np.ndarray, target: np.ndarray, weight: np.ndarray, n: int
) -> sparse.csr_array:
    """Make scipy's graph of the quickest of parallel arcs: it would add them up."""
    order = np.lexsort((weight, target, origin))
    origin, target, weight = origin[order], target[order], weight[order]
    first = np.append(True, (np.diff(origin) != 0) | (np.diff(target) != 0))
    return sparse.csr_array((weight[first], (origin[first], target[first])), shape=(n, n))


def test_a_search_where_people_turn_freely_has_no_states(tmp_path: Path) -> None:
    network, _ = built(tmp_path, cross(ARM_M), crossroads(), mode="walk")
    reach = seconds_from(network, snap(network, X0, Y0), limit_s=60)
    assert reach.nodes.size == 1
    with pytest.raises(ValueError, match="has no turns"):
        _ = reach.states
