"""How far one gets in so many minutes, beside valhalla: how long it takes, and how true it is."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from bench.near_streets import AROUND_M, NEAR_M, share_alike
from bench.peers.environment import ask, environment
from bench.peers.pairs import degrees, on_grid
from bench.peers.places import Place
from bench.peers.prepared import valhalla_tiles
from bench.peers.timing import median_ms
from bench.rows import row
from travel import Network, isochrone, seconds_from, snap, snap_origin, time_grid, write_time_grid

Row = dict[str, Any]
Floats = npt.NDArray[np.float64]

FIVE_BANDS = (5, 10, 15, 20, 30)
HOMES = 25
JUDGED = 8
"""Homes whose bands are held to times."""

JUDGED_MINUTES = (15, 30)
PLACES = 400
"""Places near streets that are strewn around each of them."""

MOST_GRID_MS, MOST_POLYGONS_MS, MOST_DRIVE_MS = 6.0, 10.0, 30.0
LEAST_ALIKE = 0.99


def five_bands(place: Place) -> Iterator[Row]:
    """Compare a click: bands as a grid and as polygons; then each with its own times."""
    network, homes = place.network, place.homes(HOMES)
    theirs = _valhalla_ms(place, homes, FIVE_BANDS)
    grid = median_ms(lambda home: _grid(network, home, FIVE_BANDS[-1]), homes.tolist())
    polygons = median_ms(
        lambda home: isochrone(network, tuple(home), minutes=FIVE_BANDS), homes.tolist()
    )
    what = f"{place.name}: five bands for a click"
    yield row(f"{what}, grid", grid, "ms", at_most=MOST_GRID_MS)
    yield row(f"{what}, polygons", polygons, "ms", at_most=MOST_POLYGONS_MS)
    yield row(f"  {what}, valhalla", theirs, "ms", environment().version("pyvalhalla"))
    yield row(f"  {what}: polygons faster than valhalla's", theirs / polygons, "x", at_least=1.0)
    for minutes in JUDGED_MINUTES:
        judged = homes[:JUDGED]
        ours = statistics.mean(share_alike(network, tuple(home), minutes) for home in judged)
        what = f"{place.name}: band of {minutes} min agrees with own times near streets"
        yield row(f"{what}, ours", ours, "share", at_least=LEAST_ALIKE)
        yield row(f"  {what}, valhalla", _valhalla_alike(place, judged, minutes), "share")


def half_hour_by_car(place: Place) -> Iterator[Row]:
    """Compare half an hour by car in a region, turns and all, with the grid that is sent."""
    network, homes = place.network, place.homes(HOMES)
    theirs = _valhalla_ms(place, homes, (30,))
    ours = median_ms(lambda home: _grid(network, home, 30), homes.tolist())
    what = f"{place.name}: drive 30 min with grid"
    states = network.turns.n_states if network.turns else 0
    note = f"{network.n_nodes:,} junctions, {states:,} states"
    yield row(what, ours, "ms", note, at_most=MOST_DRIVE_MS)
    yield row(f"  {what}, valhalla", theirs, "ms", environment().version("pyvalhalla"))
    yield row(f"  {what}: ours faster than valhalla", theirs / ours, "x")


def _grid(network: Network, home: list[float], minutes: int) -> bytes:
    x, y = home
    reach = seconds_from(network, snap_origin(network, x, y), limit_s=minutes * 60.0)
    return write_time_grid(time_grid(reach))


def _valhalla_ms(place: Place, homes: Floats, minutes: tuple[int, ...]) -> float:
    asked = {
        "kind": "bands",
        "mode": place.mode,
        "homes": degrees(homes),
        "minutes": minutes,
    }
    settings = str(valhalla_tiles(place.extract))
    (told,) = ask("ask_valhalla", {"settings": settings, "questions": [asked]})
    return statistics.median(told["ms"])


def _valhalla_alike(place: Place, homes: Floats, minutes: int) -> float:
    """Return the share of places near streets that valhalla's band and matrix class alike."""
    places = [_strewn(place.network, tuple(home), minutes) for home in homes.tolist()]
    asked = {
        "kind": "band_and_times",
        "mode": place.mode,
        "homes": degrees(homes),
        "places": [degrees(each) for each in places],
        "minutes": [minutes],
    }
    settings = str(valhalla_tiles(place.extract))
    (told,) = ask("ask_valhalla", {"settings": settings, "questions": [asked]})
    shares = []
    for strewn, each in zip(places, told, strict=True):
        outline = shapely.transform(shapely.from_geojson(json.dumps(each["outline"])), on_grid)
        drawn = shapely.contains_xy(outline, strewn[:, 0], strewn[:, 1])
        within = np.array(each["seconds"], np.float64) <= minutes * 60
        shares.append(float((drawn == within).mean()))
    return statistics.mean(shares)


def _strewn(network: Network, home: tuple[float, float], minutes: int) -> Floats:
    """Strew places over the surroundings of our band; keep those near a street."""
    (band,) = isochrone(network, home, minutes=[minutes])
    west, south, east, north = band.geometry.buffer(AROUND_M).bounds
    rng = np.random.default_rng(3)
    xy = np.column_stack(
        (rng.uniform(west, east, 4 * PLACES), rng.uniform(south, north, 4 * PLACES))
    )
    return xy[snap(network, xy[:, 0], xy[:, 1], max_m=NEAR_M).is_on_street][:PLACES]
