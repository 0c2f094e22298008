"""Hierarchies: what preparing costs, many to many, a country's matrix, and editing for a scenario.

Leeds and Rutland come from the publishers' files. `ATLAS_BENCH_REGION` names a mirror folder of
larger land, such as `atlas sample` writes; `ATLAS_BENCH_COPIES` lays it so many times side by side,
which is land of that size without the time it takes to make. `ATLAS_BENCH_ENGLAND` names a country.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from bench.land import homes, schools, side_by_side
from bench.rows import row
from bench.travel import EXTRACTS, MIRROR
from travel import Network, Snapped, build_network, read_extract, snap, times_from
from travel.editing import add_street, change_speed, close_edges
from travel.hierarchy import Hierarchy, Selection
from travel.hierarchy.contraction import contract
from travel.hierarchy.customising import customise
from travel.hierarchy.hierarchy import graph_of, neighbours_of, order_of

Row = dict[str, Any]
Found = TypeVar("Found")

PLACES = 1000
CHECKED = 10
REPEATS = 5
MINUTES = (30, 60)
MOST_S = {30: 180.0, 60: 120.0}
COUNTRY_SCHOOLS = 20_000


def run() -> list[Row]:
    """Measure every size there is data for."""
    rows: list[Row] = []
    if (MIRROR / "osm").is_dir():
        for name in ("rutland", "leeds"):
            network = _drive([MIRROR / "osm" / EXTRACTS[name]])
            Hierarchy.of(network)  # so that all is compiled
            rows += _measured(name, network)
    if region := os.environ.get("ATLAS_BENCH_REGION"):
        network = _drive(sorted(Path(region, "osm").glob("*.osm.pbf")))
        rows += _measured("region", network)
        if copies := int(os.environ.get("ATLAS_BENCH_COPIES", "0")):
            name = f"region laid {copies} times"
            rows += country(name, Path(region), network, copies=copies)
    if england := os.environ.get("ATLAS_BENCH_ENGLAND"):
        network = _drive(sorted(Path(england, "osm").glob("*.osm.pbf")))
        rows += country("England", Path(england), network)
    return rows


def _drive(paths: list[Path]) -> Network:
    return build_network(read_extract(*paths), mode="drive")[0]


def _measured(name: str, network: Network) -> list[Row]:
    hierarchy, rows = _prepared(name, network)
    return [*rows, *_many_to_many(name, hierarchy), *_edits(name, hierarchy)]


def _prepared(name: str, network: Network) -> tuple[Hierarchy, list[Row]]:
    order, order_s = _once(lambda: order_of(network))
    topology, contract_s = _once(lambda: contract(order, neighbours_of(network)))
    arcs, customise_s = _once(lambda: customise(topology, graph_of(network)))
    assert arcs is not None
    n = topology.n
    sizes = f"{n:,} states of {network.n_nodes:,} junctions; {topology.up.size / n:.1f} arcs each"
    left = (arcs.up.shape[0] + arcs.down.shape[0]) / n
    return Hierarchy(network, topology, arcs), [
        row(f"{name}: drive hierarchy, order by cuts", order_s, "s", sizes),
        row(f"{name}: drive hierarchy, arcs", contract_s, "s"),
        row(
            f"{name}: drive hierarchy, times of arcs",
            customise_s,
            "s",
            f"{left:.1f} arcs needed a state, up and down together",
        ),
    ]


def _many_to_many(name: str, hierarchy: Hierarchy) -> list[Row]:
    network = hierarchy.network
    origins, ends = _places(network, 1), _places(network, 2)
    selection, select_s = _once(lambda: hierarchy.select(ends))
    found, took_s = _best(lambda: selection.seconds(origins))
    _, alone_s = _best(lambda: selection.seconds(origins, threads=1))
    _assert_equal(network, origins, ends, found)
    pairs = found.size
    return [
        row(
            f"{name}: {PLACES} x {PLACES} drive, turns and all",
            pairs / (select_s + took_s) / 1e6,
            "million pairs/s",
            f"{(select_s + took_s) * 1e3:.0f} ms, {select_s * 1e3:.0f} of them to select; "
            f"{CHECKED} origins checked",
        ),
        row(
            f"{name}: {PLACES} x {PLACES} drive, one thread, selected before",
            pairs / alone_s / 1e6,
            "million pairs/s",
        ),
    ]


def _assert_equal(network: Network, origins: Snapped, ends: Snapped, found: np.ndarray) -> None:
    for i in range(0, PLACES, PLACES // CHECKED):
        one = times_from(network, origins[i : i + 1], ends, limit_s=100_000).seconds
        assert np.allclose(one, found[i], rtol=0, atol=1e-6, equal_nan=True)


def _edits(name: str, hierarchy: Hierarchy) -> list[Row]:
    network = hierarchy.network
    longest = np.argsort(network.length_m)[-20:]
    node = network.n_nodes // 2
    line = np.column_stack((network.x[[node, node + 9]], network.y[[node, node + 9]]))
    closed, close_s = _best(lambda: close_edges(network, longest[:1]))
    _, speed_s = _best(lambda: change_speed(network, longest, kmh=30.0))
    joined, add_s = _best(lambda: add_street(network, line, kmh=30.0))
    _, again_s = _best(lambda: hierarchy.customised(closed), times=2)
    _, longer_s = _best(lambda: hierarchy.customised(joined), times=2)
    note = f"another speed {speed_s * 1e3:.1f}, a new street {add_s * 1e3:.1f}"
    again = f"{longer_s * 1e3:.0f} with a new street"
    return [
        row(f"{name}: drive network with a road closed", close_s * 1e3, "ms", note),
        row(f"{name}: drive hierarchy customised again", again_s * 1e3, "ms", again),
    ]


def country(name: str, mirror: Path, network: Network, *, copies: int = 1) -> list[Row]:
    """Measure how long it takes from every home of a country to every school, by car."""
    land = side_by_side(network, homes(mirror), schools(mirror), copies)
    all_schools, all_homes = land.schools.snapped, land.homes.snapped
    hierarchy, rows = _prepared(name, land.network.reversed)
    selection, select_s = _once(lambda: hierarchy.select(all_homes))
    is_country = len(all_schools) > COUNTRY_SCHOOLS
    for minutes in MINUTES:
        began = time.process_time()
        pairs, took_s = _once(
            lambda limit_s=minutes * 60.0: _pairs(selection, all_schools, limit_s)
        )
        busy_s = time.process_time() - began
        rows.append(
            row(
                f"{name}: all homes to all schools, drive {minutes} min, seconds by hierarchy",
                select_s + took_s,
                "s",
                f"{len(all_schools):,} schools, {len(all_homes):,} homes, {pairs:,} pairs; "
                f"{busy_s:.0f} s of processor time; {select_s:.1f} s to select; nothing written",
                at_most=MOST_S[minutes] if is_country else None,
            )
        )
    return rows


def _pairs(selection: Selection, places: Snapped, limit_s: float) -> int:
    return sum(each.destination.size for each in selection.within(places, limit_s=limit_s))


def _places(network: Network, seed: int) -> Snapped:
    random = np.random.default_rng(seed)
    node = random.integers(0, network.n_nodes, 2 * PLACES)
    x, y = network.x[node], network.y[node]
    found = snap(network, x + random.normal(0, 20, node.size), y + random.normal(0, 20, node.size))
    return found[np.flatnonzero(found.is_on_street)[:PLACES]]


def _once(call: Callable[[], Found]) -> tuple[Found, float]:
    started = time.perf_counter()
    found = call()
    return found, time.perf_counter() - started


def _best(call: Callable[[], Found], *, times: int = REPEATS) -> tuple[Found, float]:
    call()
    tries = [_once(call) for _ in range(times)]
    return tries[0][0], min(took for _, took in tries)
