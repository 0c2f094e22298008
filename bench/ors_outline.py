"""The streets in reach of a place, outlined as openrouteservice outlines them: by a concave hull.

Its own program is not here; this follows what its public source says of the method.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from travel import Network, Reach
from travel.interchange import edge_lines
from travel.network import DECISECONDS

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

EVERY_M = 25.0
"""Distance between the points of streets that the outline is drawn around."""

LONGEST_DEGREES = 0.006
"""The longest straight piece of openrouteservice's outline: some 670 m north to south, 400 m east
to west (its ConcaveBallsIsochroneMapBuilder, for reaches of less than 5 km)."""

WIDER_DEGREES = 0.00018
"""How far it moves the points of streets to either side (the same)."""

SIDES = np.array([(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0)]) * WIDER_DEGREES

_TO_DEGREES = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)


class StreetPoints:
    """Points along every street of a network, ready to be outlined."""

    def __init__(self, network: Network) -> None:
        self.network = network
        count = np.ceil(network.length_m / EVERY_M).astype(np.int64) + 1
        self.edge = np.repeat(np.arange(network.n_edges), count)
        first = np.repeat(np.cumsum(count) - count, count)
        self.fraction = (np.arange(self.edge.size) - first) / np.repeat(count - 1, count)
        lines = edge_lines(network)[self.edge]
        points = shapely.line_interpolate_point(lines, self.fraction, normalized=True)
        self.degrees = _degrees(*shapely.get_coordinates(points).T)

    def contain(self, reach: Reach, limit_s: float, x: Floats, y: Floats) -> Flags:
        """Say which places (EPSG:27700) the outline of the streets in reach contains."""
        inside = self.degrees[self._seconds(reach) <= limit_s]
        widened = (inside[:, None, :] + SIDES[None, :, :]).reshape(-1, 2)
        outline = concave_hull(widened, LONGEST_DEGREES)
        return np.asarray(shapely.contains_xy(outline, *_degrees(x, y).T))

    def _seconds(self, reach: Reach) -> Floats:
        network, edge, fraction = self.network, self.edge, self.fraction
        at_node = np.nan_to_num(reach.seconds(), nan=np.inf)
        along, back = (
            np.where(ds >= 0, ds / DECISECONDS, np.inf)[edge]
            for ds in (network.forward_ds, network.backward_ds)
        )
        return np.minimum(
            at_node[network.tail[edge]] + fraction * along,
            at_node[network.head[edge]] + (1.0 - fraction) * back,
        )


def concave_hull(points: Floats, longest: float) -> shapely.Geometry:
    """Outline points with no straight piece longer than so much, where that keeps it whole."""
    cloud = shapely.multipoints(np.unique(points, axis=0))
    sides = shapely.get_parts(shapely.delaunay_triangles(cloud, only_edges=True))
    length = shapely.length(sides)
    ratio = (longest - length.min()) / (length.max() - length.min())
    return shapely.concave_hull(cloud, ratio=float(np.clip(ratio, 0.0, 1.0)))


def _degrees(x: Floats, y: Floats) -> Floats:
    return np.column_stack(_TO_DEGREES.transform(x, y))
