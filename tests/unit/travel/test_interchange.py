from pathlib import Path

import networkx as nx
import numpy as np
import osmnx
import pytest
from hypothesis import given, settings

from tests.unit.travel.paths.test_search import networks
from tests.unit.travel.tiny_streets import X0, Y0, cross, grid, network_of, write_extract
from travel import (
    MODES,
    Mode,
    Network,
    build_network,
    build_networks,
    read_extract,
    seconds_from,
    snap_origin,
    travel_times,
)
from travel.errors import NetworkError
from travel.rules.classes import road_class_of

WAYS = {
    10: ([4, 1, 2], {"highway": "residential"}),
    11: ([3, 1, 5], {"highway": "footway"}),
    12: ([2, 6, 3], {"highway": "steps"}),
    13: ([4, 5], {"highway": "service", "access": "private"}),
}
POINTS = cross() | {6: (X0 + 70, Y0 + 70)}


def osmnx_graph(tmp_path: Path, *, simplify: bool = True) -> nx.MultiDiGraph:
    path = write_extract(tmp_path / "a.osm", POINTS, WAYS)
    graph = osmnx.graph_from_xml(path, bidirectional=True, simplify=False)
    if simplify:
        return osmnx.simplify_graph(graph, edge_attrs_differ=["highway", "access"])
    return graph


@pytest.mark.parametrize("simplify", [True, False])
def test_an_osmnx_graph_becomes_the_network_its_extract_makes(
    tmp_path: Path, *, simplify: bool
) -> None:
    ours, _ = build_network(
        read_extract(write_extract(tmp_path / "b.osm", POINTS, WAYS)), mode="walk"
    )
    theirs = Network.from_osmnx(osmnx_graph(tmp_path, simplify=simplify))
    assert theirs.n_nodes == ours.n_nodes
    assert sorted(theirs.length_m) == pytest.approx(sorted(ours.length_m), abs=0.01)
    assert sorted(theirs.forward_ds) == pytest.approx(sorted(ours.forward_ds), abs=1)


def test_an_osmnx_graph_keeps_the_class_of_its_roads(tmp_path: Path) -> None:
    network = Network.from_osmnx(osmnx_graph(tmp_path))
    arms = [round(metres) for metres in network.length_m.tolist()]
    by_class = sorted(zip(road_class_of(network.traits).tolist(), arms, strict=True))
    assert [number for number, _ in by_class] == [0, 0, 0, 1, 2, 2]
    assert by_class[-2:] == [(2, 80), (2, 80)]


def test_a_projected_osmnx_graph_gives_the_same_streets(tmp_path: Path) -> None:
    plain = Network.from_osmnx(osmnx_graph(tmp_path))
    projected = Network.from_osmnx(osmnx.project_graph(osmnx_graph(tmp_path)))
    assert projected.length_m == pytest.approx(plain.length_m, abs=0.01)


def test_a_graph_that_nobody_can_walk_is_refused(tmp_path: Path) -> None:
    path = write_extract(tmp_path / "a.osm", cross(), {10: ([4, 1, 2], {"highway": "motorway"})})
    graph = osmnx.graph_from_xml(path)
    with pytest.raises(NetworkError, match="edges is open to people on foot"):
        Network.from_osmnx(graph)


def test_networkx_finds_the_same_times() -> None:
    network = grid(5, 4)
    graph = network.to_networkx()
    home = 7
    expected = nx.single_source_dijkstra_path_length(graph, home, weight="seconds")
    origin = snap_origin(network, network.x[home], network.y[home])
    found = seconds_from(network, origin, limit_s=7200).seconds()
    assert found == pytest.approx([expected[node] for node in range(network.n_nodes)])


def test_a_graph_has_an_edge_for_each_direction_and_its_shape() -> None:
    points = [(X0, Y0), (X0 + 80, Y0), (X0 + 80, Y0 + 60)]
    network = network_of(points, [[0, 1, 2], [2, 0]], kmh=[(4.8, 4.8), (4.8, 0.0)])
    graph = network.to_networkx()
    assert graph.number_of_edges() == 3
    for u, v, data in graph.edges(data=True):
        line = data["geometry"]
        assert line.coords[0] == (graph.nodes[u]["x"], graph.nodes[u]["y"])
        assert line.coords[-1] == (graph.nodes[v]["x"], graph.nodes[v]["y"])
        assert line.length == pytest.approx(data["length"])
        assert data["seconds"] == pytest.approx(data["length"] / (4.8 / 3.6), abs=0.06)


def test_a_loop_goes_out_once() -> None:
    ring = network_of([(X0, Y0), (X0 + 80, Y0), (X0, Y0 + 80)], [[0, 1, 2, 0]])
    assert ring.to_networkx().number_of_edges() == 1


def test_osmnx_understands_the_graph() -> None:
    graph = grid(4, 4).to_networkx()
    nodes, edges = osmnx.graph_to_gdfs(graph)
    assert nodes.crs.to_epsg() == 27700
    assert len(edges) == graph.number_of_edges()
    lon = [data["x"] for _, data in osmnx.project_graph(graph, to_latlong=True).nodes(data=True)]
    assert -2 < np.mean(lon) < -1


TOWN = {
    10: ([4, 1], {"highway": "secondary", "maxspeed": "20 mph"}),
    11: ([1, 2], {"highway": "secondary", "maxspeed": "20 mph", "oneway": "yes"}),
    12: ([3, 1], {"highway": "residential"}),
    13: ([5, 1], {"highway": "residential"}),
    14: ([3, 2], {"highway": "residential", "oneway": "-1"}),
}


@pytest.fixture
def town(tmp_path: Path) -> tuple[Path, nx.MultiDiGraph]:
    """An extract, and OSMnx's graph of it with every tag that the rules look at."""
    signals = {1: {"highway": "traffic_signals"}}
    path = write_extract(tmp_path / "town.osm", cross(200), TOWN, node_tags=signals)
    return path, osmnx.graph_from_xml(path, simplify=False)


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_is_had_from_a_graph_as_from_the_extract(
    town: tuple[Path, nx.MultiDiGraph], mode: Mode
) -> None:
    path, graph = town
    ours, _ = build_network(read_extract(path), mode=mode)
    theirs = Network.from_osmnx(graph, mode=mode)
    assert (theirs.mode, theirs.n_nodes) == (mode, ours.n_nodes)
    corners = list(cross(190).values())
    for corner in corners:
        expected = travel_times(ours, corner, corners, limit_s=3600)
        found = travel_times(theirs, corner, corners, limit_s=3600)
        assert found.seconds == pytest.approx(expected.seconds, abs=0.3, nan_ok=True)
        assert found.metres == pytest.approx(expected.metres, abs=0.2, nan_ok=True)


def test_one_way_streets_of_a_graph_are_kept_to_by_car(
    town: tuple[Path, nx.MultiDiGraph],
) -> None:
    network = Network.from_osmnx(town[1], mode="drive")
    west, east = (X0 - 100, Y0), (X0 + 100, Y0)
    there = travel_times(network, west, [east], limit_s=3600).metres[0]
    back = travel_times(network, east, [west], limit_s=3600).metres[0]
    assert there == pytest.approx(200, abs=0.5)
    assert back > 500
    assert network.turns is not None


@settings(max_examples=60, deadline=None)
@given(networks())
def test_there_and_back_junctions_edges_and_times_are_kept(network: Network) -> None:
    again = Network.from_osmnx(network.to_networkx())
    assert (again.n_nodes, again.n_edges) == (network.n_nodes, network.n_edges)
    assert again.x.tolist() == network.x.tolist()
    assert again.y.tolist() == network.y.tolist()
    for each, other in ((again, network), (again.reversed, network.reversed)):
        for node in range(network.n_nodes):
            assert leaving(each, node) == leaving(other, node)
    assert sorted(again.length_m.tolist()) == pytest.approx(sorted(network.length_m.tolist()))


def leaving(network: Network, node: int) -> list[tuple[int, int]]:
    arcs = network.arcs[network.arc_start[node] : network.arc_start[node + 1]].tolist()
    # A loop is in a graph once, and never on the quickest way.
    return sorted((arc & 0xFFFFFFFF, arc >> 32) for arc in arcs if arc & 0xFFFFFFFF != node)


def test_there_and_back_rutland_is_the_same_for_every_mode(publishers: Path) -> None:
    built = build_networks(read_extract(publishers / "osm" / "rutland_2022-07-20.osm.pbf"))
    for mode in ("walk", "cycle_quiet", "drive"):
        network, _ = built[mode]
        again = Network.from_osmnx(network.to_networkx(), mode=mode)
        assert (again.n_nodes, again.n_edges) == (network.n_nodes, network.n_edges)
        assert sorted(again.forward_ds.tolist()) == sorted(network.forward_ds.tolist())
        assert sorted(again.traits.tolist()) == sorted(network.traits.tolist())
        assert again.turns is None


def test_seconds_changed_in_the_graph_are_those_of_the_network_made_of_it() -> None:
    graph = network_of([(X0, Y0), (X0 + 80, Y0)], [[0, 1]]).to_networkx()
    for _, _, data in graph.edges(data=True):
        data["seconds"] = 123.4
    assert Network.from_osmnx(graph).forward_ds.tolist() == [1234]


def test_a_graph_of_another_mode_is_refused() -> None:
    with pytest.raises(NetworkError, match="is of mode 'walk', not of 'drive'"):
        Network.from_osmnx(grid(2, 2).to_networkx(), mode="drive")


def test_a_graph_without_edges_is_refused() -> None:
    graph = grid(2, 2).to_networkx()
    graph.clear_edges()
    with pytest.raises(NetworkError, match="has no edge"):
        Network.from_osmnx(graph)
