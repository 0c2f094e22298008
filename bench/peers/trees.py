"""All that is within half an hour's walk of a junction, beside pandana, OSMnx, networkx, scipy."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.peers.environment import ask, environment
from bench.peers.graph import write_graph
from bench.peers.places import Place
from bench.peers.timing import median_ms
from bench.rows import row
from travel import Workspace, seconds_from, snap_origin

LIMIT_S = 1800.0
ORIGINS = 25
FEW = 8
"""Origins that the slow ones are asked about."""

MOST_MS = 0.2
LEAST = {"osmnx": 900.0, "pandana": 40.0}
NAMES = {
    "osmnx": ("OSMnx's recipe (ego_graph)", "osmnx"),
    "pandana": ("pandana nodes_in_range", "pandana"),
    "networkx": ("networkx dijkstra with cutoff", "networkx"),
    "scipy": ("scipy dijkstra with limit", ""),
}


def walk_tree(place: Place) -> Iterator[dict[str, Any]]:
    """Compare the time of a tree, on our network given to them as a graph."""
    network = place.network
    nodes = place.junctions[:ORIGINS].tolist()
    origins = [snap_origin(network, network.x[node], network.y[node]) for node in nodes]
    workspace = Workspace(network)
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph.npz"
        write_graph(network, graph)
        question = {"kind": "trees", "nodes": nodes, "few": FEW, "limit_s": LIMIT_S}
        (told,) = ask("ask_graphs", {"graph": str(graph), "questions": [question]})
    ours = median_ms(
        lambda origin: seconds_from(network, origin, limit_s=LIMIT_S, workspace=workspace), origins
    )
    few = median_ms(
        lambda origin: seconds_from(network, origin, limit_s=LIMIT_S, workspace=workspace),
        origins[:FEW],
    )
    what = f"{place.name}: walk tree, 30 min"
    note = f"{network.n_nodes:,} junctions; {statistics.median(told['reached']):,.0f} in reach"
    yield row(what, ours, "ms", note, at_most=MOST_MS)
    for peer, (name, package) in NAMES.items():
        same = few if len(told[peer]) == FEW else ours
        theirs = statistics.median(told[peer])
        version = environment().version(package) if package else ""
        yield row(f"  {what}: {name}", theirs, "ms", version)
        least = LEAST.get(peer)
        yield row(f"  {what}: ours faster than {peer}", theirs / same, "x", at_least=least)
