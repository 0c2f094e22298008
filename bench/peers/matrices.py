"""From one home to its schools, and from a thousand places to a thousand others."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.peers.environment import ask, environment
from bench.peers.graph import write_graph
from bench.peers.pairs import degrees
from bench.peers.places import Place
from bench.peers.prepared import Profile, osrm_hierarchy, valhalla_tiles
from bench.peers.timing import median_ms
from bench.rows import row
from travel import Mode, snap, travel_times
from travel.hierarchy import Hierarchy, many_to_many

Row = dict[str, Any]
Floats = npt.NDArray[np.float64]

HOMES = 25
LIMIT_S = 3600.0
MANY = 1000
FEW = 200
"""Places that pandana is asked about, each to each; it takes as long for a pair among more."""

PROFILES: dict[Mode, Profile] = {"walk": "foot", "drive": "car"}
MOST_MS = {"walk": 0.3, "drive": 2.5}
LEAST_OSRM, LEAST_VALHALLA = 5.0, 50.0
LEAST_CH, LEAST_PANDANA = 10.0, 200.0


def one_home(place: Place) -> Iterator[Row]:
    """Compare the times from a home to its 30 nearest schools."""
    network, homes = place.network, place.homes(HOMES)
    at_school = snap(network, place.schools[:, 0], place.schools[:, 1])
    chosen = [place.nearest_schools(home) for home in homes]
    asked = {
        "kind": "tables",
        "mode": place.mode,
        "homes": degrees(homes),
        "places": [degrees(place.schools[each]) for each in chosen],
    }
    settings = str(valhalla_tiles(place.extract))
    streets = str(osrm_hierarchy(place.extract, PROFILES[place.mode]))
    (valhalla,) = ask("ask_valhalla", {"settings": settings, "questions": [asked]})
    (osrm,) = ask("ask_osrm", {"streets": streets, "questions": [asked]})
    given = [(tuple(home), at_school[each]) for home, each in zip(homes, chosen, strict=True)]
    ours = median_ms(lambda a: travel_times(network, a[0], a[1], limit_s=LIMIT_S), given)
    what = f"{place.name}: one home to 30 schools, {place.mode}"
    note = f"{place.schools.shape[0]:,} schools, snapped before; the peers snap them"
    yield row(what, ours, "ms", note, at_most=MOST_MS[place.mode])
    peers = (
        ("OSRM", osrm, LEAST_OSRM, "osrm-bindings"),
        ("valhalla", valhalla, LEAST_VALHALLA, ""),
    )
    for name, told, least, package in peers:
        theirs = statistics.median(told["ms"])
        version = environment().version(package or "pyvalhalla")
        yield row(f"  {what}: {name}", theirs, "ms", version)
        yield row(f"  {what}: ours faster than {name}", theirs / ours, "x", at_least=least)


def large_matrix(place: Place) -> Iterator[Row]:
    """Compare the times of every pair of a thousand homes and a thousand places."""
    network = place.network
    nodes = place.junctions[: 2 * MANY]
    xy = np.column_stack((network.x[nodes], network.y[nodes]))
    homes, places = xy[:MANY], xy[MANY:]
    hierarchy = Hierarchy.of(network)

    def ours(threads: int | None) -> Floats:
        here, there = snap(network, *homes.T), snap(network, *places.T)
        return many_to_many(hierarchy, here, there, threads=threads)

    asked = {"kind": "matrix", "homes": degrees(homes), "places": degrees(places)}
    streets = str(osrm_hierarchy(place.extract, "car"))
    (osrm,) = ask("ask_osrm", {"streets": streets, "questions": [asked]})
    took = median_ms(ours, [1])
    on_all = median_ms(ours, [None])
    what = f"{place.name}: 1000 x 1000 by car"
    rate = MANY**2 / took * 1e3
    yield row(what, took, "ms", f"one thread, {rate / 1e6:.1f} million times a second")
    yield row(f"  {what}, all threads", on_all, "ms")
    theirs = osrm["ms"][0]
    yield row(f"  {what}: OSRM", theirs, "ms", environment().version("osrm-bindings"))
    yield row(f"  {what}: ours faster than OSRM", theirs / took, "x", at_least=LEAST_CH)
    pandana_ms = _pandana_ms(place, nodes)
    note = f"on all threads, from {FEW} x {FEW}, turns not counted"
    yield row(f"  {what}: pandana", pandana_ms, "ms", note)
    faster = pandana_ms / on_all
    note = "each on all threads"
    yield row(f"  {what}: ours faster than pandana", faster, "x", note, at_least=LEAST_PANDANA)


def _pandana_ms(place: Place, nodes: npt.NDArray[np.int64]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph.npz"
        write_graph(place.network, graph)
        question = {
            "kind": "matrix",
            "homes": nodes[:FEW].tolist(),
            "places": nodes[MANY : MANY + FEW].tolist(),
        }
        (told,) = ask("ask_graphs", {"graph": str(graph), "questions": [question]})
    return statistics.median(told["ms"]) * (MANY / FEW) ** 2
