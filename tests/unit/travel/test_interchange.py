from pathlib import Path

import networkx as nx
import numpy as np
import osmnx
import pytest

from tests.unit.travel.tiny_streets import X0, Y0, cross, grid, network_of, write_extract
from travel import Network, build_network, read_extract, seconds_from, snap_origin
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
    assert [number for number, _ in by_class] == [0, 0, 0, 2, 2]
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
