"""Have pandana, OSMnx, networkx and scipy answer a question list: `… ASKED ANSWERED`."""

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from asking import answer, timed
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

Question = dict[str, Any]


def trees(asked: Question) -> dict[str, list[float]]:
    """Time the tree of one junction after another, by each of them; check that they agree."""
    graph = np.load(asked["graph"])
    nodes, limit = asked["nodes"], asked["limit_s"]
    few = nodes[: asked["few"]]
    roads = _multigraph(graph)
    matrix = csr_matrix(
        (graph["seconds"], (graph["tail"], graph["head"])), shape=(graph["x"].size,) * 2
    )
    network = _pandana(graph)

    def by_networkx(node: int) -> dict[int, float]:
        found: dict[int, float] = nx.single_source_dijkstra_path_length(
            roads, node, cutoff=limit, weight="time"
        )
        return found

    def by_scipy(node: int) -> Any:
        return dijkstra(matrix, indices=node, limit=limit)

    def by_recipe(node: int) -> Any:
        return nx.ego_graph(roads, node, radius=limit, distance="time")

    def by_pandana(node: int) -> Any:
        return network.nodes_in_range([node], limit)

    reached = [len(by_networkx(node)) for node in few]
    assert reached == [int(np.isfinite(by_scipy(node)).sum()) for node in few]
    assert reached == [len(by_recipe(node)) for node in few]
    return {
        "osmnx": timed(by_recipe, few, repeats=2),
        "networkx": timed(by_networkx, few),
        "scipy": timed(by_scipy, nodes),
        "pandana": timed(by_pandana, nodes),
        "reached": [float(each) for each in reached],
    }


def matrix(asked: Question) -> dict[str, Any]:
    """Time pandana's many shortest paths, each of some junctions to each of others."""
    network = _pandana(np.load(asked["graph"]))
    here = np.repeat(asked["homes"], len(asked["places"]))
    there = np.tile(asked["places"], len(asked["homes"]))
    network.shortest_path_lengths(here[:10], there[:10])
    return {"ms": timed(lambda _: network.shortest_path_lengths(here, there), [0], repeats=1)}


def _multigraph(graph: Any) -> nx.MultiDiGraph:
    """Make the kind of graph that OSMnx's example of isochrones works on."""
    roads = nx.MultiDiGraph()
    ends = zip(graph["tail"].tolist(), graph["head"].tolist(), strict=True)
    roads.add_edges_from(
        (tail, head, {"time": seconds})
        for (tail, head), seconds in zip(ends, graph["seconds"].tolist(), strict=True)
    )
    return roads


def _pandana(graph: Any) -> Any:
    import pandana  # noqa: PLC0415 - so that its licence concerns who runs this, and nobody else

    return pandana.Network(
        pd.Series(graph["x"]),
        pd.Series(graph["y"]),
        pd.Series(graph["tail"]),
        pd.Series(graph["head"]),
        pd.DataFrame({"seconds": graph["seconds"]}),
        twoway=False,
    )


answer({"trees": trees, "matrix": matrix})
