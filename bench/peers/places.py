"""Where is measured: inner Leeds, and a made-up region of half a million junctions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from bench.land import schools
from bench.regions import region as made_region
from travel import Mode, Network, build_network, read_extract

MIRROR = Path(__file__).parents[3] / "shared" / "data" / "publishers"
LEEDS = MIRROR / "osm" / "leeds_inner_2022-07.osm.pbf"
INSIDE_M = {"walk": 2_500.0, "drive": 8_000.0}
"""Homes lie so far inside the coverage, where it is wide enough."""

NEAREST_SCHOOLS = 30

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Place:
    """Streets that are searched by one way of travelling, and questions about them.

    Attributes:
        name: of the place.
        extract: its streets.
        mirror: the publishers' files that the extract is one of.
        mode: of travelling.
    """

    name: str
    extract: Path
    mirror: Path
    mode: Mode

    @cached_property
    def network(self) -> Network:
        """Build our network."""
        return build_network(read_extract(self.extract), mode=self.mode)[0]

    @cached_property
    def junctions(self) -> npt.NDArray[np.int64]:
        """Draw junctions well inside the coverage, in a random order."""
        network = self.network
        node = np.random.default_rng(20).permutation(network.n_nodes)
        inner = network.coverage.buffer(-INSIDE_M[self.mode])
        if inner.is_empty:
            return node
        return node[shapely.contains_xy(inner, network.x[node], network.y[node])]

    def homes(self, count: int) -> Floats:
        """Place homes a few metres off junctions, shape (count, 2), EPSG:27700."""
        node = self.junctions[:count]
        return np.column_stack((self.network.x[node] + 6.0, self.network.y[node] + 4.0))

    @cached_property
    def schools(self) -> Floats:
        """List the schools inside the coverage, shape (schools, 2), EPSG:27700."""
        points = schools(self.mirror)
        xy = np.column_stack((points.x, points.y))
        return xy[self.network.is_covered(points.x, points.y)]

    def nearest_schools(self, home: Floats) -> npt.NDArray[np.int64]:
        """Choose the schools that are nearest to a home, straight across."""
        return np.argsort(np.hypot(*(self.schools - home).T))[:NEAREST_SCHOOLS]


def leeds(mode: Mode) -> Place:
    """Return inner Leeds."""
    return Place("leeds", LEEDS, MIRROR, mode)


def region(mode: Mode) -> Place:
    """Return the made-up region; it is made if it is not there."""
    land = made_region()
    return Place("region", land.extract, land.extract.parents[1], mode)
