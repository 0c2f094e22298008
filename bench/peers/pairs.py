"""Pairs of addresses to measure between: points strewn around postcodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj

from travel import Network

Floats = npt.NDArray[np.float64]

STREWN_M = 30.0
"""An address lies so far from its postcode's point at most, east or west and north or south."""

_TO_DEGREES = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)


HOMES = 100
EACH = 20
"""Addresses that are asked about from each home."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """From each of some homes to each of its places, whole metres EPSG:27700.

    Attributes:
        homes: shape (homes, 2).
        places: shape (homes, places, 2).
    """

    homes: Floats
    places: Floats


def random_pairs(network: Network, postcodes: Floats, *, within_m: float, seed: int) -> Pairs:
    """Draw addresses inside a network's coverage, and for each some others within a distance."""
    rng = np.random.default_rng(seed)
    homes = _addresses(rng, network, postcodes)[:HOMES]
    others = [_addresses(rng, network, _near(postcodes, home, within_m)) for home in homes]
    return Pairs(homes, np.stack([each[:EACH] for each in others]))


def degrees(xy: Floats) -> list[list[float]]:
    """Return longitude and latitude of points, to some centimetres."""
    lon, lat = _TO_DEGREES.transform(xy[:, 0], xy[:, 1])
    return np.column_stack((np.round(lon, 7), np.round(lat, 7))).tolist()


def _near(postcodes: Floats, home: Floats, within_m: float) -> Floats:
    return postcodes[np.hypot(*(postcodes - home).T) <= within_m]


def _addresses(rng: np.random.Generator, network: Network, postcodes: Floats) -> Floats:
    """Strew points around postcodes chosen at random; keep those inside the coverage."""
    chosen = postcodes[rng.integers(0, len(postcodes), 50 * HOMES)]
    strewn = np.rint(chosen + rng.uniform(-STREWN_M, STREWN_M, chosen.shape))
    return strewn[network.is_covered(strewn[:, 0], strewn[:, 1])]
