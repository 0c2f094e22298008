"""From a graph that was made of a network back to the network."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np

from travel.errors import ExtractError, NetworkError
from travel.network import DECISECONDS, M_PER_S, Mode, Network
from travel.rules.modes import RULES
from travel.streets.assemble import Kinds, assemble
from travel.streets.chains import Chains

SLOWEST_KMH = 1.0
"""Pace written down for an edge of no length: it takes a decisecond at any."""


def is_ours(graph: nx.MultiDiGraph) -> bool:
    """Say whether `travel.interchange.to_networkx` made a graph: each edge has its seconds."""
    edges = graph.edges(data=True)
    return "mode" in graph.graph and all("seconds" in data for _, _, data in edges)


def rebuilt(graph: nx.MultiDiGraph, mode: Mode) -> Network:
    """Make a network of the junctions, edges, shapes and times of a graph.

    Edges may have been taken out of the graph, or given other seconds; what no longer leads back
    to the rest is left out.

    Raises:
        NetworkError: the graph is of another mode, or no edge leads back to where it started.
    """
    if graph.graph["mode"] != mode:
        raise NetworkError(f"the graph is of mode {graph.graph['mode']!r}, not of {mode!r}")
    edges: dict[tuple[Any, ...], dict[bool, dict[str, Any]]] = {}
    for u, v, key, data in graph.edges(keys=True, data=True):
        is_back = bool(data["reversed"])
        ends = (v, u) if is_back else (u, v)
        edges.setdefault((*ends, key), {})[is_back] = data
    number = {node: i for i, node in enumerate(graph.nodes)}
    x = [float(data["x"]) for _, data in graph.nodes(data=True)]
    y = [float(data["y"]) for _, data in graph.nodes(data=True)]
    point, start, kinds = [], [0], []
    for (tail, head, _), ways in edges.items():
        line = ways[False]["geometry"] if False in ways else ways[True]["geometry"].reverse()
        inner = list(line.coords)[1:-1]
        point += [number[tail], *range(len(x), len(x) + len(inner)), number[head]]
        x += [each[0] for each in inner]
        y += [each[1] for each in inner]
        start.append(len(point))
        kmh = (_kmh(ways.get(is_back), line.length) for is_back in (False, True))
        kinds.append((*kmh, next(iter(ways.values()))["traits"]))
    if not kinds:
        raise NetworkError("the graph has no edge")
    table, kind = np.unique(np.array(kinds, np.float64), axis=0, return_inverse=True)
    nothing = np.zeros(len(kinds), np.int32)
    chains = Chains(
        np.array(start, np.int64), np.array(point, np.int32), kind.ravel().astype(np.int32),
        nothing, nothing,
    )  # fmt: skip
    paces = Kinds(
        table[:, 0].copy(),
        table[:, 1].copy(),
        table[:, 2].astype(np.uint8),
        passes_private=RULES[mode].turns,
    )
    try:
        return assemble(
            chains,
            np.array(x),
            np.array(y),
            paces,
            mode=mode,
        ).network
    except ExtractError as error:
        raise NetworkError(error.message, hint=error.hint) from error


def _kmh(data: dict[str, Any] | None, metres: float) -> float:
    """Return the pace that gives an edge its seconds; 0 where it is not there."""
    if data is None:
        return 0.0
    if metres <= 0.0:
        return SLOWEST_KMH
    return metres / max(float(data["seconds"]), 1 / DECISECONDS) / M_PER_S
