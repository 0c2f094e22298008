"""Our walking bands against openrouteservice's, by the postcodes that both class alike.

openrouteservice walks at 5 km/h, we at 4.8; it counts the way along streets only, we also the walk
between door and street; and it outlines what is in reach with a concave hull. So three things are
compared with its bands: ours as the page shows them, ours at its pace, and our times by its own
definition: at its pace, from street to street.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from bench.ors_outline import StreetPoints
from travel import Network, Reach, Snapped, isochrone, seconds_from, snap, snap_origin, times_to

MINUTES = (5, 10, 15, 20, 25, 30)
EQUAL_PACE = 5.0 / 4.8
FEWEST_POSTCODES = 20

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Library:
    """A place that openrouteservice drew walking bands around, EPSG:27700."""

    name: str
    x: float
    y: float
    bands: dict[int, shapely.Geometry]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two sets of postcodes overlap in one band; shares of those in either, averaged.

    Attributes:
        minutes: of their band.
        libraries: compared.
        jaccard: in both, by our polygon from door to door.
        ours_only: in our polygon only.
        theirs_only: in theirs only; split by reason:
        off_street: in reach for us too, were the walk between door and street not counted.
        outline: further, but inside the outline drawn their way around the streets that we reach.
        streets: further still: their streets differ (theirs are of 2024, ours of July 2022), or
            their snapping and the finer points of their outline do.
        street_jaccard: in both, by our times from street to street.
        street_ours_only: by those times, in ours only.
        drawn_jaccard: in both, by our streets in reach outlined their way.
        drawn_ours_only: in that outline only.
        area_ratio: area of our polygon to theirs.
        jaccard_of_times: as the first, with point-to-point times instead of polygons.
    """

    minutes: int
    libraries: int
    jaccard: float
    ours_only: float
    theirs_only: float
    off_street: float
    outline: float
    streets: float
    street_jaccard: float
    street_ours_only: float
    drawn_jaccard: float
    drawn_ours_only: float
    area_ratio: float
    jaccard_of_times: float


def libraries(geojson: Path) -> list[Library]:
    """Read the reference bands, in the file's order."""
    to_grid = pyproj.Transformer.from_crs(4326, 27700, always_xy=True)

    def on_grid(points: Floats) -> Floats:
        return np.column_stack(to_grid.transform(points[:, 0], points[:, 1]))

    found: dict[str, Library] = {}
    for feature in json.loads(geojson.read_text(encoding="utf-8"))["features"]:
        about = feature["properties"]
        x, y = to_grid.transform(about["lon"], about["lat"])
        library = found.setdefault(about["library"], Library(about["library"], x, y, {}))
        outline = shapely.from_geojson(json.dumps(feature["geometry"]))
        library.bands[int(about["minutes"])] = shapely.make_valid(
            shapely.transform(outline, on_grid)
        )
    return list(found.values())


def within(network: Network, found: list[Library]) -> list[Library]:
    """Keep libraries whose half-hour walk stays within the network's coverage."""
    return [
        library
        for library in found
        if set(MINUTES) <= set(library.bands)
        and network.coverage.covers(library.bands[MINUTES[-1]].convex_hull)
    ]


def agreements(
    network: Network, found: list[Library], postcodes: Floats, *, pace_ratio: float
) -> list[Agreement]:
    """Compare every band of every library within the network.

    Args:
        network: the streets.
        found: the reference.
        postcodes: shape (n, 2), EPSG:27700; those outside the coverage are left out.
        pace_ratio: ours get this many times the minutes.
    """
    covered = postcodes[network.is_covered(postcodes[:, 0], postcodes[:, 1])]
    homes = snap(network, covered[:, 0], covered[:, 1])
    streets = StreetPoints(network)
    rows: dict[int, list[tuple[float, ...]]] = {minutes: [] for minutes in MINUTES}
    for library in within(network, found):
        for minutes, row in _compare(streets, library, homes, pace_ratio):
            rows[minutes].append(row)
    return [
        Agreement(minutes, len(each), *(float(value) for value in np.mean(each, axis=0)))
        for minutes, each in rows.items()
        if each
    ]


def _compare(
    streets: StreetPoints, library: Library, homes: Snapped, pace_ratio: float
) -> Iterator[tuple[int, tuple[float, ...]]]:
    network = streets.network
    limits = [minutes * pace_ratio for minutes in MINUTES]
    bands = isochrone(network, (library.x, library.y), minutes=limits)
    door, street, reach = _reached(network, library, homes)
    for minutes, limit, band in zip(MINUTES, limits, bands, strict=True):
        theirs = shapely.contains_xy(library.bands[minutes], homes.x, homes.y)
        ours = shapely.contains_xy(band.geometry, homes.x, homes.y)
        if int((ours | theirs).sum()) < FEWEST_POSTCODES:
            continue
        walked = street <= limit * 60
        drawn = streets.contain(reach, limit * 60, homes.x, homes.y)
        missed = theirs & ~ours
        either = (ours | theirs).sum()
        yield (
            minutes,
            (
                _jaccard(ours, theirs),
                (ours & ~theirs).sum() / either,
                missed.sum() / either,
                (missed & walked).sum() / either,
                (missed & ~walked & drawn).sum() / either,
                (missed & ~walked & ~drawn).sum() / either,
                _jaccard(walked, theirs),
                (walked & ~theirs).sum() / (walked | theirs).sum(),
                _jaccard(drawn, theirs),
                (drawn & ~theirs).sum() / (drawn | theirs).sum(),
                band.geometry.area / library.bands[minutes].area,
                _jaccard(door <= limit * 60, theirs),
            ),
        )


def _jaccard(ours: Flags, theirs: Flags) -> float:
    return float((ours & theirs).sum() / (ours | theirs).sum())


def _reached(network: Network, library: Library, homes: Snapped) -> tuple[Floats, Floats, Reach]:
    """Seconds to every home, from door to door and street to street; and what the latter reach."""
    origin = snap_origin(network, library.x, library.y)
    door = times_to(seconds_from(network, origin, limit_s=3600), homes).seconds
    on_street = replace(origin, distance_m=np.zeros_like(origin.distance_m))
    homes_on_street = replace(homes, distance_m=np.zeros_like(homes.distance_m))
    reach = seconds_from(network, on_street, limit_s=3600)
    return door, times_to(reach, homes_on_street).seconds, reach
