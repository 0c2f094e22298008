"""In a process of its own: what other tests compiled, with other kinds of arrays, is not ours."""

import multiprocessing
from pathlib import Path

import numpy as np

from tests.unit.travel.tiny_streets import X0, Y0, cross, grid, write_extract
from travel import (
    Network,
    build_network,
    isochrone,
    read_extract,
    route,
    seconds_from,
    snap,
    snapping,
    time_grid,
    times_toward,
    travel_times,
    warm,
)
from travel.drawing import claims, field, ground, isochrones, time_grids
from travel.paths import arrivals, bucket_queue
from travel.routes import steps

LOOPS = (
    bucket_queue.spread,
    snapping._snap,
    arrivals.in_order,
    arrivals.arrive,
    arrivals.first_at_junctions,
    claims.claim,
    claims.hand_on,
    ground._settle,
    field._bounds,
    field._read,
    field._add_surroundings,
    isochrones._spare,
    time_grids._in_minutes,
    steps.way_back,
)


def _versions() -> dict[str, int]:
    return {loop.__qualname__: len(loop.signatures) for loop in LOOPS}


def _versions_when_warm_and_when_used(tmp_path: Path) -> tuple[dict[str, int], dict[str, int]]:
    warm()
    warmed = _versions()
    grid(4, 4).save(tmp_path / "walk")
    road = {"highway": "residential", "oneway": "no"}
    ways = {10: ([4, 1, 2], road), 11: ([3, 1, 5], road)}
    extract = read_extract(write_extract(tmp_path / "a.osm.pbf", cross(), ways))
    for mode in ("cycle", "drive"):
        build_network(extract, mode=mode)[0].save(tmp_path / mode)
    built = [grid(4, 4), *(build_network(extract, mode=mode)[0] for mode in ("cycle", "drive"))]
    loaded = [Network.load(tmp_path / mode) for mode in ("walk", "cycle", "drive")]
    for each in (*built, *loaded):
        travel_times(each, (X0, Y0), [(X0 + 50, Y0)], limit_s=600)
        times_toward(each, (X0, Y0), [(X0 + 50, Y0)], limit_s=600)
        isochrone(each, (X0, Y0), minutes=(5, 10))
        reach = seconds_from(each, snap(each, X0, Y0), limit_s=600)
        time_grid(reach, cell_m=20)
        route(each, (X0, Y0), (X0 + 20, Y0 + 20))
        assert np.isfinite(reach.seconds()).any()
    return warmed, _versions()


def test_once_warm_nothing_is_compiled_again(tmp_path) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as fresh:
        warmed, used = fresh.apply(_versions_when_warm_and_when_used, (tmp_path,))
    assert used == warmed
    assert set(warmed.values()) == {1}
