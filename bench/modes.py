"""How long the networks of every mode take to build, and how fast cars are searched by turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from bench.travel import EXTRACTS, HALF_HOUR_S, MIRROR
from travel import Network, build_networks, read_extract, seconds_from, snap, warm
from travel.network import DECISECONDS
from travel.turns import turns_in

ORIGINS = 15
SLOW_ORIGINS = 3


def run() -> list[dict[str, Any]]:
    """Measure, as one row a figure; nothing where the publishers' files are not there."""
    if not (MIRROR / "osm").is_dir():
        return []
    warm()
    rows = []
    for region in ("rutland", "leeds"):
        path = MIRROR / "osm" / EXTRACTS[region]
        read, built, drive = _build(path)
        rows.append(
            {
                "name": f"{region}: extract to networks of all modes",
                "value": read + built,
                "unit": "ms",
                "note": f"read {read:.0f}, six networks {built:.0f}",
            }
        )
        rows += _searches(region, drive)
    return rows


def _build(path: Path) -> tuple[float, float, Network]:
    reads, builds = [], []
    for _ in range(4):
        started = time.perf_counter()
        extract = read_extract(path)
        read = time.perf_counter()
        networks = build_networks(extract)
        builds.append((time.perf_counter() - read) * 1e3)
        reads.append((read - started) * 1e3)
    return statistics.median(reads[1:]), statistics.median(builds[1:]), networks["drive"][0]


def _searches(region: str, network: Network) -> list[dict[str, Any]]:
    nodes = np.random.default_rng(5).integers(0, network.n_nodes, ORIGINS)
    origins = [snap(network, network.x[n], network.y[n]) for n in nodes]
    origins = [origin for origin in origins if origin.is_on_street[0]]
    by_turns = _median_ms(
        [lambda o=o: seconds_from(network, o, limit_s=HALF_HOUR_S) for o in origins]
    )
    free = replace(network, turns=None)
    by_nodes = _median_ms([lambda o=o: seconds_from(free, o, limit_s=HALF_HOUR_S) for o in origins])
    slow = _networkx_ms(network)
    states = turns_in(network).n_states
    return [
        {
            "name": f"{region}: drive 30 min, turns and all",
            "value": by_turns,
            "unit": "ms",
            "note": f"{states:,} states; {by_turns / by_nodes:.2f} x the search without turns",
        },
        {
            "name": f"{region}: drive 30 min, networkx on the graph of turns",
            "value": slow,
            "unit": "ms",
            "note": f"{slow / by_turns:.0f} x ours",
        },
    ]


def _networkx_ms(network: Network) -> float:
    turns = turns_in(network)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(turns.n_states))
    origin = np.repeat(np.arange(turns.n_states), np.diff(turns.turn_start.astype(np.int64)))
    target = (turns.turns & np.uint64(0xFFFFFFFF)).astype(np.int64)
    weight = (turns.turns >> np.uint64(32)).astype(np.int64)
    graph.add_weighted_edges_from(
        zip(origin.tolist(), target.tolist(), weight.tolist(), strict=True)
    )
    limit = HALF_HOUR_S * DECISECONDS
    starts = np.random.default_rng(5).integers(0, turns.n_states, SLOW_ORIGINS).tolist()
    return _median_ms(
        [lambda s=s: nx.single_source_dijkstra_path_length(graph, s, cutoff=limit) for s in starts],
        times=1,
    )


def _median_ms(calls: list[Callable[[], object]], *, times: int = 5) -> float:
    calls[0]()
    return statistics.median(min(_once(call) for _ in range(times)) for call in calls)


def _once(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1e3
