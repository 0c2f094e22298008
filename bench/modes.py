"""How long the networks of every mode take to build, and how fast cars are searched by turns."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from bench.rows import row
from bench.travel import EXTRACTS, HALF_HOUR_S, MIRROR
from travel import Network, build_networks, each_network, read_extract, seconds_from, snap, warm
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
            row(
                f"{region}: extract to networks of all modes",
                read + built,
                "ms",
                f"read {read:.0f}, six networks {built:.0f}",
                at_most=1000 if region == "rutland" else None,
            )
        )
        rows += _searches(region, drive)
    if england := os.environ.get("ATLAS_BENCH_ENGLAND"):
        rows += _country(Path(england))
    return rows


def _country(mirror: Path) -> list[dict[str, Any]]:
    """Build a country's networks one after the other, in a process of its own."""
    command = [sys.executable, "-m", "bench.modes", str(mirror)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own interpreter
    took = json.loads(done.stdout)
    name = "England: extract to networks of all modes"
    parts = ", ".join(f"{mode} {seconds:.0f}" for mode, seconds in took["seconds"].items())
    return [
        row(
            name,
            sum(took["seconds"].values()),
            "s",
            f"{took['nodes']:,} nodes; {parts}",
            at_most=180,
        ),
        row(f"{name}: peak of memory", took["peak_mb"], "MB", at_most=8192),
    ]


def main() -> None:
    """Build and drop each network of the extracts in a mirror folder; say what it took."""
    warm()
    began = time.perf_counter()
    extract = read_extract(*sorted(Path(sys.argv[1], "osm").glob("*.osm.pbf")))
    seconds = {"read": time.perf_counter() - began}
    began = time.perf_counter()
    for network, _ in each_network(extract):
        seconds[network.mode] = time.perf_counter() - began
        del network  # so that one is held at a time
        began = time.perf_counter()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"nodes": extract.node_id.size, "seconds": seconds, "peak_mb": peak_mb}))


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


if __name__ == "__main__":
    main()
