"""Networks to and from the graphs of networkx and OSMnx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import osmnx
import pyproj
import shapely

from config.terms import BRITISH_GRID
from travel.errors import NetworkError
from travel.network import DECISECONDS, Network
from travel.rules.classes import road_class_bits
from travel.rules.walking import walk_on
from travel.streets.assemble import Kinds, assemble
from travel.streets.chains import Pieces, trace

Floats = npt.NDArray[np.float64]


def from_osmnx(graph: nx.MultiDiGraph) -> Network:
    """Make a walking network of a graph that OSMnx read, simplified or not, in any projection.

    The walking rules are applied to the tags that the graph kept. People walk both ways, whatever
    the graph's directions. Where OSMnx merged ways with different tags into one edge, the edge
    takes the first that is not steps; simplify with ``edge_attrs_differ=["highway", "access",
    "foot"]``, or not at all, to keep them apart.

    Raises:
        NetworkError: no edge of the graph is open to people on foot.
    """
    both_ways = osmnx.convert.to_undirected(graph)
    to_grid = pyproj.Transformer.from_crs(graph.graph["crs"], BRITISH_GRID, always_xy=True)
    number = {node: i for i, node in enumerate(both_ways.nodes)}
    x = [float(data["x"]) for _, data in both_ways.nodes(data=True)]
    y = [float(data["y"]) for _, data in both_ways.nodes(data=True)]
    tail: list[int] = []
    head: list[int] = []
    kinds: list[tuple[float, int]] = []
    for u, v, data in both_ways.edges(data=True):
        tags = _tags(data)
        kmh = walk_on(tags).forward_kmh
        if not kmh:
            continue
        points = [number[u]]
        for lon, lat in _between(both_ways.nodes[u], data):
            points.append(len(x))
            x.append(lon)
            y.append(lat)
        points.append(number[v])
        tail += points[:-1]
        head += points[1:]
        kinds += [(kmh, road_class_bits(tags))] * (len(points) - 1)
    is_piece = np.array(tail, np.int32) != np.array(head, np.int32)
    if not is_piece.any():
        raise NetworkError(
            f"none of the graph's {graph.number_of_edges():,} edges is open to people on foot"
        )
    distinct, kind = np.unique(np.array(kinds)[is_piece], axis=0, return_inverse=True)
    paces, traits = distinct[:, 0].copy(), distinct[:, 1].astype(np.uint8)
    pieces = Pieces(
        np.array(tail, np.int32)[is_piece],
        np.array(head, np.int32)[is_piece],
        kind.ravel().astype(np.int32),
        np.zeros(paces.size, np.bool_),
    )
    grid_x, grid_y = to_grid.transform(np.array(x), np.array(y))
    kinds_of = Kinds(paces, paces, traits)
    return assemble(trace(pieces, len(x)), grid_x, grid_y, kinds_of).network


def to_networkx(network: Network) -> nx.MultiDiGraph:
    """Make a graph with one edge for every direction that may be travelled.

    Nodes carry ``x`` and ``y`` (EPSG:27700), edges ``length`` (metres), ``seconds`` and
    ``geometry``; an edge's key is its number in the network. The graph names its projection, so
    OSMnx can draw, project and save it.
    """
    graph = nx.MultiDiGraph(crs=f"epsg:{BRITISH_GRID}")
    for node, (x, y) in enumerate(zip(network.x.tolist(), network.y.tolist(), strict=True)):
        graph.add_node(node, x=x, y=y)
    edges = zip(
        network.tail.tolist(),
        network.head.tolist(),
        network.length_m.tolist(),
        network.forward_ds.tolist(),
        network.backward_ds.tolist(),
        edge_lines(network),
        strict=True,
    )
    for edge, (tail, head, metres, forward, backward, line) in enumerate(edges):
        for u, v, ds, shape in (
            (tail, head, forward, line),
            (head, tail, backward, line.reverse()),
        ):
            if ds >= 0 and not graph.has_edge(u, v, edge):
                graph.add_edge(u, v, edge, length=metres, seconds=ds / DECISECONDS, geometry=shape)
    return graph


def edge_lines(network: Network) -> npt.NDArray[np.object_]:
    """Draw every edge from tail to head, EPSG:27700."""
    return np.asarray(
        shapely.linestrings(network.shape_x, network.shape_y, indices=network.shape_edge)
    )


def _tags(data: Mapping[str, Any]) -> dict[str, str]:
    """Take one value of each tag; OSMnx lists those of all the ways it merged."""
    tags: dict[str, str] = {}
    for key in ("highway", "access", "foot", "motorroad"):
        values = data.get(key)
        if isinstance(values, str):
            tags[key] = values
        elif values:
            tags[key] = next((each for each in values if each != "steps"), values[0])
    return tags


def _between(start: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    """List the points of an edge between its ends, in order from its starting node."""
    if "geometry" not in data:
        return
    points = list(data["geometry"].coords)
    if points[0] != (start["x"], start["y"]):
        points.reverse()
    yield from points[1:-1]
