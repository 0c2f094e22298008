"""How fast walking times are found, beside peers, and how well they agree with a reference.

python -m bench.travel --mirror ../shared/data/publishers --out artefacts/bench-travel.json
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import shapely
from scipy import sparse

from bench.ors import EQUAL_PACE, Agreement, agreements, libraries
from bench.places import open_schools, postcodes
from bench.rows import row
from travel import (
    Network,
    build_network,
    isochrone,
    read_extract,
    seconds_from,
    snap,
    snap_origin,
    travel_times,
    warm,
)

MIRROR = Path(__file__).parents[2] / "shared" / "data" / "publishers"

EXTRACTS = {
    "rutland": "rutland_2022-07-20.osm.pbf",
    "oxford": "oxford_2020-08-07.osm.pbf",
    "leeds": "leeds_inner_2022-07.osm.pbf",
}
FIVE_BANDS = (5, 10, 15, 20, 30)
HALF_HOUR_S = 1800.0
HOUR_S = 3600.0
ORIGINS = 25
LEAST_JACCARD = {10: 0.85, 15: 0.85, 20: 0.9}
"""Asked for, by minutes."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one operation over many origins."""

    name: str
    median_ms: float
    p95_ms: float
    times_slower_than_ours: float | None = None


def main() -> None:
    """Measure, print, and write the figures to a file if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirror", type=Path, default=MIRROR)
    parser.add_argument("--out", type=Path, help="write the figures to this JSON file")
    asked = parser.parse_args()
    figures = measure(asked.mirror)
    _print(figures)
    if asked.out:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def run() -> list[dict[str, Any]]:
    """Measure, as one row a figure; nothing where the publishers' files are not there."""
    if not (MIRROR / "osm").is_dir():
        return []
    figures = measure(MIRROR)
    return [*_speed_rows(figures), *_agreement_rows(figures["openrouteservice"])]


def measure(mirror: Path) -> dict[str, Any]:
    """Measure everything, on the extracts in a mirror folder."""
    warm()
    networks = {name: _built(mirror / "osm" / file) for name, file in EXTRACTS.items()}
    return {
        "build_ms": {name: {"read": r, "build": b} for name, (_, r, b) in networks.items()},
        "sizes": {
            name: {"nodes": network.n_nodes, "edges": network.n_edges}
            for name, (network, _, _) in networks.items()
        },
        "leeds": [asdict(each) for each in _timings(networks["leeds"][0], mirror)],
        "rutland": [asdict(each) for each in _timings(networks["rutland"][0], mirror)],
        "openrouteservice": _reference(networks["leeds"][0], mirror),
    }


def _speed_rows(figures: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [
        {
            "name": f"{name}: extract to network",
            "value": ms["read"] + ms["build"],
            "unit": "ms",
            "note": f"{figures['sizes'][name]['nodes']:,} nodes",
        }
        for name, ms in figures["build_ms"].items()
    ]
    for region in ("leeds", "rutland"):
        for each in figures[region]:
            ratio = each["times_slower_than_ours"]
            rows.append(
                {
                    "name": f"{region}: {each['name'].strip()}",
                    "value": each["median_ms"],
                    "unit": "ms",
                    "note": f"{ratio:.1f} x ours"
                    if ratio
                    else f"median; 95th percentile {each['p95_ms']:.3g}",
                }
            )
    return rows


def _agreement_rows(reference: dict[str, list[dict[str, float]]]) -> list[dict[str, Any]]:
    return [row for name, found in reference.items() for row in _beside_ors(name, found)]


def _beside_ors(name: str, found: list[dict[str, float]]) -> Iterator[dict[str, Any]]:
    for each in found:
        minutes = int(each["minutes"])
        named = f"openrouteservice, {name.replace('_', ' ')}, {minutes} min"
        if name == "equal_pace":
            yield row(
                f"{named}, street to street as they count",
                each["street_jaccard"],
                "Jaccard",
                f"ours only {each['street_ours_only']:.1%}; outlined as they do "
                f"{each['drawn_jaccard']:.3f}, ours only {each['drawn_ours_only']:.1%}",
                at_least=LEAST_JACCARD.get(minutes),
            )
        yield row(
            f"{named}, our polygon from door to door",
            each["jaccard"],
            "Jaccard",
            f"ours only {each['ours_only']:.1%}, theirs only {each['theirs_only']:.1%}: "
            f"{each['off_street']:.1%} for the walk to the street, {each['outline']:.1%} for their "
            f"outline, {each['streets']:.1%} further",
        )


def _built(path: Path) -> tuple[Network, float, float]:
    reads, builds = [], []
    for _ in range(3):
        started = time.perf_counter()
        extract = read_extract(path)
        read = time.perf_counter()
        network, _ = build_network(extract, mode="walk")
        builds.append((time.perf_counter() - read) * 1e3)
        reads.append((read - started) * 1e3)
    return network, statistics.median(reads), statistics.median(builds)


def _timings(network: Network, mirror: Path) -> list[Timing]:
    rng = np.random.default_rng(20)
    inner = network.coverage.buffer(-2_500)
    node = rng.permutation(network.n_nodes)
    chosen = node[shapely.contains_xy(inner, network.x[node], network.y[node])][:ORIGINS]
    origins = [(network.x[n] + 6.0, network.y[n] + 4.0) for n in chosen]
    snapped = [snap_origin(network, *origin) for origin in origins]
    schools = open_schools(mirror / "gias" / "edubasealldata20250524.csv")
    schools = schools[network.is_covered(schools[:, 0], schools[:, 1])]
    at_school = snap(network, schools[:, 0], schools[:, 1])
    tree = _timed(
        "tree, 30 min", [lambda o=o: seconds_from(network, o, limit_s=HALF_HOUR_S) for o in snapped]
    )
    return [
        _timed("snap one click", [lambda o=o: snap(network, *o) for o in origins]),
        tree,
        *_peers(network, chosen.tolist(), tree),
        _timed(
            "five bands to 30 min, polygons",
            [lambda o=o: isochrone(network, o, minutes=FIVE_BANDS) for o in origins],
        ),
        _timed(
            "one band of 60 min, polygon",
            [lambda o=o: isochrone(network, o, minutes=[60]) for o in origins],
        ),
        _timed(
            f"times to {len(at_school)} schools, 60 min",
            [lambda o=o: travel_times(network, o, at_school, limit_s=HOUR_S) for o in origins],
        ),
        _loading(network),
    ]


def _peers(network: Network, nodes: list[int], ours: Timing) -> list[Timing]:
    graph = network.to_networkx()
    slow = _timed(
        "  networkx dijkstra with cutoff",
        [
            lambda n=n: nx.single_source_dijkstra_path_length(
                graph, n, cutoff=HALF_HOUR_S, weight="seconds"
            )
            for n in nodes[:5]
        ],
    )
    matrix = _matrix(network)
    fast = _timed(
        "  scipy dijkstra with limit",
        [
            lambda n=n: sparse.csgraph.dijkstra(matrix, indices=n, limit=HALF_HOUR_S * 10)
            for n in nodes
        ],
    )
    return [
        Timing(each.name, each.median_ms, each.p95_ms, each.median_ms / ours.median_ms)
        for each in (slow, fast)
    ]


def _matrix(network: Network) -> sparse.csr_array:
    """Make scipy's matrix of the quickest of parallel arcs: scipy would add them up."""
    origin = np.repeat(np.arange(network.n_nodes), np.diff(network.arc_start.astype(np.int64)))
    target = (network.arcs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    weight = (network.arcs >> np.uint64(32)).astype(np.float64)
    order = np.lexsort((weight, target, origin))
    origin, target, weight = origin[order], target[order], weight[order]
    first = np.append(True, (np.diff(origin) != 0) | (np.diff(target) != 0))
    shape = (network.n_nodes, network.n_nodes)
    return sparse.csr_array((weight[first], (origin[first], target[first])), shape=shape)


def _loading(network: Network) -> Timing:
    with tempfile.TemporaryDirectory() as folder:
        network.save(Path(folder))
        return _timed("load a saved network", [lambda: Network.load(Path(folder))] * 10)


def _timed(name: str, calls: list[Callable[[], object]]) -> Timing:
    calls[0]()
    took = []
    for call in calls:
        best = min(_once(call) for _ in range(3))
        took.append(best)
    return Timing(name, statistics.median(took), float(np.percentile(took, 95)))


def _once(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1e3


def _reference(network: Network, mirror: Path) -> dict[str, list[dict[str, float]]]:
    found = libraries(mirror / "isochrones" / "leeds_walk_ors_libraries.geojson")
    homes = postcodes(mirror / "os" / "codepo_gb.zip")
    return {
        name: [asdict(each) for each in agreements(network, found, homes, pace_ratio=ratio)]
        for name, ratio in (("equal_pace", EQUAL_PACE), ("as_shown", 1.0))
    }


def _print(figures: dict[str, dict]) -> None:
    for name, ms in figures["build_ms"].items():
        size = figures["sizes"][name]
        print(
            f"{name}: extract to network {ms['read'] + ms['build']:.0f} ms "
            f"(read {ms['read']:.0f}, build {ms['build']:.0f}); "
            f"{size['nodes']:,} nodes, {size['edges']:,} edges"
        )
    for region in ("leeds", "rutland"):
        print(f"\n{region}, median and 95th percentile of {ORIGINS} origins, ms")
        for each in figures[region]:
            ratio = each["times_slower_than_ours"]
            beside = f"  {ratio:.1f} x ours" if ratio else ""
            print(f"  {each['name']:36} {each['median_ms']:9.3f} {each['p95_ms']:9.3f}{beside}")
    for name, rows in figures["openrouteservice"].items():
        print(f"\nopenrouteservice, Leeds libraries, postcodes in both / in either: {name}")
        print("  min  n  Jaccard  ours only  theirs only = off street + outline + streets   area")
        for each in (Agreement(**each) for each in rows):
            print(
                f"  {each.minutes:3} {each.libraries:2}  {each.jaccard:7.3f}  "
                f"{each.ours_only:9.3f}  {each.theirs_only:11.3f}   {each.off_street:10.3f} "
                f"{each.outline:11.3f} {each.streets:9.3f}  {each.area_ratio:5.2f}"
            )
    print(
        "  off street: in reach if the walk between door and street is not counted (measured).\n"
        "  outline: further, but inside our streets in reach outlined as theirs are.\n"
        "  streets: further still; their streets (2024) differ from ours (July 2022)."
    )


if __name__ == "__main__":
    main()
