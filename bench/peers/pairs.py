"""Pairs of addresses to measure between: points strewn around postcodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from travel import Network
from travel.interchange import edge_lines
from travel.rules.classes import road_class_of
from travel.rules.verdict import FOR_ACCESS

Floats = npt.NDArray[np.float64]

STREWN_M = 30.0
"""An address lies so far from its postcode's point at most, east or west and north or south."""

STREETS = (2, 5)
"""Classes of road that addresses stand at: from residential streets to primary roads."""

_TO_DEGREES = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)
_TO_GRID = pyproj.Transformer.from_crs(4326, 27700, always_xy=True)


HOMES = 100
EACH = 20
SEED = 4
"""Homes, and addresses that are asked about from each of them."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """From each of some homes to each of its places, whole metres EPSG:27700.

    Attributes:
        homes: shape (homes, 2).
        places: shape (homes, places, 2).
    """

    homes: Floats
    places: Floats

    def from_to(self) -> tuple[Floats, ...]:
        """Return the coordinates of homes and places, one row a pair."""
        each = self.places.shape[1]
        return (*np.repeat(self.homes, each, axis=0).T, *self.places.reshape(-1, 2).T)


def random_pairs(network: Network, postcodes: Floats, *, seed: int = SEED) -> Pairs:
    """Draw homes inside a network's coverage, and for each of them other addresses anywhere."""
    rng = np.random.default_rng(seed)
    homes = _addresses(rng, network, postcodes, HOMES)
    places = _addresses(rng, network, postcodes, HOMES * EACH)
    return Pairs(homes, places.reshape(HOMES, EACH, 2))


def moved_to_streets(pairs: Pairs, network: Network) -> Pairs:
    """Move every address to the nearest street that anyone may drive along, to 10 cm.

    Engines differ in which drive or track beside a house a journey by car starts on, and in how
    slowly one drives there; between streets, journeys are compared and nothing else.
    """
    road_class = road_class_of(network.traits)
    is_street = (road_class >= STREETS[0]) & (road_class <= STREETS[1])
    lines = edge_lines(network)[is_street & (network.traits & FOR_ACCESS == 0)]
    tree = shapely.STRtree(lines)

    def moved(xy: Floats) -> Floats:
        points = shapely.points(xy)
        nearest = lines[tree.nearest(points)]
        on_line = shapely.line_interpolate_point(
            nearest, shapely.line_locate_point(nearest, points)
        )
        return np.round(shapely.get_coordinates(on_line), 1).reshape(xy.shape)

    return Pairs(moved(pairs.homes), moved(pairs.places.reshape(-1, 2)).reshape(pairs.places.shape))


def degrees(xy: Floats) -> list[list[float]]:
    """Return longitude and latitude of points, to some centimetres."""
    lon, lat = _TO_DEGREES.transform(xy[:, 0], xy[:, 1])
    return np.column_stack((np.round(lon, 7), np.round(lat, 7))).tolist()


def on_grid(degrees: Floats) -> Floats:
    """Return EPSG:27700 of longitudes and latitudes."""
    return np.column_stack(_TO_GRID.transform(degrees[:, 0], degrees[:, 1]))


def _addresses(rng: np.random.Generator, network: Network, postcodes: Floats, count: int) -> Floats:
    """Strew points around postcodes chosen at random; keep those inside the coverage."""
    inside = postcodes[network.is_covered(postcodes[:, 0], postcodes[:, 1])]
    chosen = inside[rng.integers(0, len(inside), 2 * count)]
    strewn = np.rint(chosen + rng.uniform(-STREWN_M, STREWN_M, chosen.shape))
    return strewn[network.is_covered(strewn[:, 0], strewn[:, 1])][:count]
