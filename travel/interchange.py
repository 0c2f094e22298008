"""Networks to and from the graphs of networkx and OSMnx."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import osmnx
import pyproj
import shapely

from config.terms import BRITISH_GRID, WGS84
from travel.errors import ExtractError, NetworkError
from travel.network import DECISECONDS, Mode, Network
from travel.rules.modes import RULES
from travel.streets.build import build_network
from travel.streets.extract import read_extract
from travel.streets.keys import CONTROL_KEYS, NODE_KEYS, WAY_KEYS
from travel.streets.rebuilding import is_ours, rebuilt
from travel.streets.writing import Line, Spot, write_extract

NAME = "graph.osm.pbf"


def from_osmnx(graph: nx.MultiDiGraph, *, mode: Mode = "walk") -> Network:
    """Make a network of a graph that OSMnx read, simplified or not, in any projection.

    The mode's rules are applied to the tags that the graph kept, as if it were an extract: OSMnx
    keeps few unless ``settings.useful_tags_way`` and ``useful_tags_node`` name more, and drops
    those of points within a simplified edge. People walk both ways whatever the graph's
    directions; for bicycles and cars, one-way streets are those of the graph, so one made for
    walking (``network_type="walk"``, ``bidirectional=True``) has none left. OSMnx reads no turn
    restrictions: turns by car take their time, but none is forbidden. Where OSMnx merged ways with
    different tags into one edge, the edge takes the first that is not steps; simplify with
    ``edge_attrs_differ=["highway", "access", "foot"]``, or not at all, to keep them apart.

    A graph that `to_networkx` made keeps its junctions, edges and times; see there.

    Args:
        graph: of OSMnx, or of `to_networkx`.
        mode: the way of travelling.

    Raises:
        NetworkError: no edge of the graph is open to the mode, or the graph is of another mode.
    """
    if is_ours(graph):
        return rebuilt(graph, mode)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        write_extract(path, *_objects(graph))
        try:
            network, _ = build_network(read_extract(path), mode=mode)
        except ExtractError as error:
            raise NetworkError(
                f"none of the graph's {graph.number_of_edges():,} edges is open to "
                f"{RULES[mode].people}, or they lead nowhere: {error.message.split(': ')[-1]}"
            ) from error
    return network


def to_networkx(network: Network) -> nx.MultiDiGraph:
    """Make a graph with one edge for every direction that may be travelled.

    Nodes carry ``x`` and ``y`` (EPSG:27700), edges ``length`` (metres), ``seconds``, ``geometry``,
    ``traits`` (see `travel.rules.verdict`) and ``reversed`` (the edge runs from its head to its
    tail); an edge's key is its number in the network. The graph names its projection, so OSMnx can
    draw, project and save it. What turning costs is not in it, nor are climbs. Edges that are
    open only where a journey starts or ends say so in their ``traits`` (``FOR_ACCESS``): a search
    on the graph passes through them unless they are taken out.
    """
    graph = nx.MultiDiGraph(crs=f"epsg:{BRITISH_GRID}", mode=network.mode)
    for node, (x, y) in enumerate(zip(network.x.tolist(), network.y.tolist(), strict=True)):
        graph.add_node(node, x=x, y=y)
    edges = zip(
        network.tail.tolist(),
        network.head.tolist(),
        network.length_m.tolist(),
        network.forward_ds.tolist(),
        network.backward_ds.tolist(),
        network.traits.tolist(),
        edge_lines(network),
        strict=True,
    )
    for edge, (tail, head, metres, forward, backward, traits, line) in enumerate(edges):
        for u, v, ds, shape, is_back in (
            (tail, head, forward, line, False),
            (head, tail, backward, line.reverse(), True),
        ):
            if ds >= 0 and not graph.has_edge(u, v, edge):
                graph.add_edge(
                    u,
                    v,
                    edge,
                    length=metres,
                    seconds=ds / DECISECONDS,
                    geometry=shape,
                    traits=traits,
                    reversed=is_back,
                )
    return graph


def edge_lines(network: Network) -> npt.NDArray[np.object_]:
    """Draw every edge from tail to head, EPSG:27700."""
    return np.asarray(
        shapely.linestrings(network.shape_x, network.shape_y, indices=network.shape_edge)
    )


def _objects(graph: nx.MultiDiGraph) -> tuple[list[Spot], list[Line]]:
    """Turn a graph into nodes and ways, in degrees."""
    both_ways = osmnx.convert.to_undirected(graph)
    number = {node: i for i, node in enumerate(both_ways.nodes, start=1)}
    x = [float(data["x"]) for _, data in both_ways.nodes(data=True)]
    y = [float(data["y"]) for _, data in both_ways.nodes(data=True)]
    tags = [_texts(data, (*NODE_KEYS, *CONTROL_KEYS)) for _, data in both_ways.nodes(data=True)]
    lines = []
    for way, (_, _, data) in enumerate(both_ways.edges(data=True), start=1):
        nodes = [number[data["from"]]]
        for point in _between(both_ways.nodes[data["from"]], data):
            x.append(point[0])
            y.append(point[1])
            tags.append({})
            nodes.append(len(x))
        nodes.append(number[data["to"]])
        lines.append(Line(way, nodes[::-1] if data.get("reversed") is True else nodes, _way(data)))
    to_degrees = pyproj.Transformer.from_crs(graph.graph["crs"], WGS84, always_xy=True)
    lon, lat = to_degrees.transform(np.array(x), np.array(y))
    places = zip(range(1, len(x) + 1), lon.tolist(), lat.tolist(), tags, strict=True)
    return [Spot(*place) for place in places], lines


def _way(data: Mapping[str, Any]) -> dict[str, str]:
    """Take the tags of an edge; OSMnx says with a truth value whether it is one-way."""
    tags = _texts(data, [key for key in WAY_KEYS if key != "oneway"])
    oneway = data.get("oneway")
    if oneway is True:
        tags["oneway"] = "yes"
    elif isinstance(oneway, str):
        tags["oneway"] = oneway
    return tags


def _texts(data: Mapping[str, Any], keys: tuple[str, ...] | list[str]) -> dict[str, str]:
    """Take one value of each tag; OSMnx lists those of all the ways it merged."""
    tags: dict[str, str] = {}
    for key in keys:
        values = data.get(key)
        if isinstance(values, str):
            tags[key] = values
        elif isinstance(values, list) and values:
            tags[key] = str(next((each for each in values if each != "steps"), values[0]))
    return tags


def _between(start: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    """List the points of an edge between its ends, in order from its starting node."""
    if "geometry" not in data:
        return
    points = list(data["geometry"].coords)
    if points[0] != (start["x"], start["y"]):
        points.reverse()
    yield from points[1:-1]
