"""What a click and a question about schools cost, by mode, and how that grows with the land."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from bench.near_streets import share_alike
from bench.regions import Land, growth, homes_in, network_of, region, schools_in
from bench.rows import Row, row
from travel import (
    Network,
    Snapped,
    Workspace,
    isochrone,
    prepare_isochrones,
    seconds_from,
    snap,
    snap_origin,
    time_grid,
    travel_times,
    warm,
    write_time_grid,
)
from travel.drawing.ground import Grounds

Point = tuple[float, float]

HALF_HOUR_S = 1800.0
HOUR_S = 3600.0
FIVE_BANDS = (5, 10, 15, 20, 30)
HOMES = 15
SCHOOLS = 30
DRIVE_CLICK_MS = 30
DRIVE_SCHOOLS_MS = 2.5
WALK_SCHOOLS_MS = 0.3


def run() -> list[Row]:
    """Measure the region by car and on foot; then trees, grids and schools on every land."""
    warm()
    land = region()
    rows = [*_by_car(land), *_on_foot(land)]
    costs = {
        "growth: tree, 30 min": tree_ms,
        "growth: a click as a time grid, 30 min": grid_ms,
        f"growth: a home to the {SCHOOLS} nearest schools": schools_ms,
    }
    return [*rows, *growth(costs, "walk", "ms"), *growth(costs, "drive", "ms")]


def tree_ms(_: Land, network: Network) -> float:
    """Search for half an hour, in memory used again."""
    workspace = Workspace(network)
    origins = [snap_origin(network, *home) for home in homes_in(network, HOMES)]
    return _median(
        partial(seconds_from, network, limit_s=HALF_HOUR_S, workspace=workspace), origins
    )


def grid_ms(_: Land, network: Network) -> float:
    """Answer a click with half an hour as a time grid, where somebody asked before."""
    return _median(partial(_click, network), homes_in(network, HOMES))


def schools_ms(land: Land, network: Network) -> float:
    """Ask for the times from a home to its nearest schools, as the crow flies."""
    places = schools_in(land, network)
    at_school = snap(network, places[:, 0], places[:, 1])
    asked = [(home, _nearest(at_school, home)) for home in homes_in(network, HOMES)]
    return _median(lambda a: travel_times(network, a[0], a[1], limit_s=HOUR_S), asked)


def _by_car(land: Land) -> Iterator[Row]:
    network = network_of(land, "drive")
    homes = homes_in(network, HOMES)
    size = f"{network.n_nodes:,} nodes, turns and all"
    cold = [_once(partial(_click_on_cold_ground, network), home) for home in homes]
    yield row("region: drive 30 min with its grid, nobody asked near before", *_spread(cold))
    yield row("region: the tree alone, drive 30 min", tree_ms(land, network), "ms", size)
    took = grid_ms(land, network)
    yield row("region: drive 30 min with its grid", took, "ms", size, at_most=DRIVE_CLICK_MS)
    bands = _median(lambda home: isochrone(network, home, minutes=FIVE_BANDS), homes)
    yield row("region: five drive bands as polygons", bands, "ms", size)
    network.__dict__["grounds"] = Grounds(network)
    started = time.perf_counter()
    blocks = prepare_isochrones(network)
    took = (time.perf_counter() - started) * 1e3
    yield row("region: all ground made ahead, drive", took, "ms", f"{blocks} blocks")
    took = schools_ms(land, network)
    name = f"region: a home to the {SCHOOLS} nearest schools, drive"
    yield row(name, took, "ms", "turns and all", at_most=DRIVE_SCHOOLS_MS)
    shares = [share_alike(network, home, 15) for home in homes[:5]]
    note = "band and time of 15 min by car, of places within 50 m of a street"
    yield row("region: agree near streets, drive", statistics.mean(shares), "share", note)


def _on_foot(land: Land) -> Iterator[Row]:
    network = network_of(land, "walk")
    took = schools_ms(land, network)
    reached = _reached_in_an_hour(land, network)
    yield row(
        f"region: a home to the {SCHOOLS} nearest schools, walk",
        took,
        "ms",
        f"of them {reached:.0f} within the hour that is searched",
        at_most=WALK_SCHOOLS_MS,
    )


def _reached_in_an_hour(land: Land, network: Network) -> float:
    places = schools_in(land, network)
    at_school = snap(network, places[:, 0], places[:, 1])
    return statistics.median(
        int(
            np.isfinite(
                travel_times(network, home, _nearest(at_school, home), limit_s=HOUR_S).seconds
            ).sum()
        )
        for home in homes_in(network, HOMES)
    )


def _click(network: Network, home: Point) -> bytes:
    with network.workspaces.lent() as workspace:
        origin = snap_origin(network, *home)
        reach = seconds_from(network, origin, limit_s=HALF_HOUR_S, workspace=workspace)
        return write_time_grid(time_grid(reach))


def _click_on_cold_ground(network: Network, home: Point) -> None:
    network.__dict__["grounds"] = Grounds(network)
    _click(network, home)


def _nearest(places: Snapped, home: Point) -> Snapped:
    order = np.argsort(np.hypot(places.x - home[0], places.y - home[1]))[:SCHOOLS]
    return places[order]


def _median(call: Callable[[Any], object], given: Sequence[Any], *, repeats: int = 5) -> float:
    """Return the median milliseconds over what is given, the best of a few for each."""
    call(given[0])
    return statistics.median(min(_once(call, each) for _ in range(repeats)) for each in given)


def _once(call: Callable[[Any], object], given: object) -> float:
    started = time.perf_counter()
    call(given)
    return (time.perf_counter() - started) * 1e3


def _spread(took_ms: Sequence[float]) -> tuple[float, str, str]:
    return statistics.median(took_ms), "ms", f"median; most {max(took_ms):.3g}"
