"""Points to the nearest street: which edge, how far along it, how far away."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from config.assumptions import assumptions
from travel.errors import NotConnected, OutsideCoverage
from travel.network import Frame, Network

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Snapped:
    """Points on edges.

    Attributes:
        x: metres EPSG:27700 of the points as given.
        y: likewise.
        edge: ``int32``; -1 where no street is near enough, or outside the coverage.
        fraction: ``float64``, 0 at the edge's tail, 1 at its head.
        distance_m: straight to the edge; ``NaN`` where there is none.
    """

    x: Floats
    y: Floats
    edge: Ints
    fraction: Floats
    distance_m: Floats

    @property
    def is_on_street(self) -> npt.NDArray[np.bool_]:
        """Whether a street was near enough, for each point."""
        return self.edge >= 0

    def __len__(self) -> int:
        return self.edge.size

    def __getitem__(self, part: slice | npt.NDArray[np.integer]) -> Snapped:
        """Return some of the points."""
        return Snapped(
            self.x[part],
            self.y[part],
            self.edge[part],
            self.fraction[part],
            self.distance_m[part],
        )

    def joined(self, more: Snapped) -> Snapped:
        """Return these points, and more after them."""
        return Snapped(
            np.concatenate((self.x, more.x)),
            np.concatenate((self.y, more.y)),
            np.concatenate((self.edge, more.edge)),
            np.concatenate((self.fraction, more.fraction)),
            np.concatenate((self.distance_m, more.distance_m)),
        )


def snap_max_m() -> float:
    """Return how far from a street a place may lie and still be given a time, metres."""
    return assumptions("walking")["off_street_m"].value


def drawn_max_m() -> float:
    """Return how far from a street the bands on the map are drawn, metres."""
    return assumptions("walking")["drawn_off_street_m"].value


def snap(
    network: Network, x: npt.ArrayLike, y: npt.ArrayLike, *, max_m: float | None = None
) -> Snapped:
    """Find the nearest edge to each point.

    Of two edges equally near, the one found first in the grid wins, always the same.

    Args:
        network: the streets.
        x: metres EPSG:27700, one number or many.
        y: likewise.
        max_m: edges further away are not taken; the assumption ``off_street_m`` if left out.

    Returns:
        One entry per point, in order. Points that are not finite, or lie outside the coverage
        (where the nearest street may not have been loaded), have no edge.
    """
    px = np.atleast_1d(np.asarray(x, np.float64)).ravel()
    py = np.atleast_1d(np.asarray(y, np.float64)).ravel()
    if px.size != py.size:
        raise ValueError(f"{px.size} x for {py.size} y")
    within = snap_max_m() if max_m is None else float(max_m)
    edge, fraction, distance = _snap(
        px,
        py,
        within,
        network.frame,
        network.cell_start,
        network.cell_segment,
        network.shape_edge,
        network.shape_x,
        network.shape_y,
        network.shape_m,
        network.length_m,
    )
    is_beyond = (edge >= 0) & ~network.is_covered(px, py)
    edge[is_beyond] = -1
    fraction[is_beyond] = np.nan
    distance[is_beyond] = np.nan
    return Snapped(px, py, edge, fraction, distance)


def snap_origin(network: Network, x: float, y: float) -> Snapped:
    """Find the street that one starting point belongs to.

    Raises:
        OutsideCoverage: the point lies beyond the streets that were loaded.
        NotConnected: it lies inside, but no street of the network is near.
    """
    found = snap(network, x, y)
    if found.edge[0] >= 0:
        return found
    if not (math.isfinite(x) and math.isfinite(y) and bool(network.is_covered(x, y))):
        raise OutsideCoverage(
            f"the point {x:.0f}, {y:.0f} (British grid) lies outside the streets that were loaded",
            hint="choose a point inside the covered area; a wider street extract would extend it.",
        )
    raise NotConnected(
        f"no street or path within {snap_max_m():.0f} m of {x:.0f}, {y:.0f} (British grid) "
        f"is part of the network",
        hint="choose a point nearer to a public street.",
    )


@njit(cache=True, nogil=True)
def _snap(  # noqa: C901, PLR0913, PLR0915, PLR0917
    px: Floats,
    py: Floats,
    within: float,
    frame: Frame,
    cell_start: Ints,
    cell_segment: Ints,
    shape_edge: Ints,
    shape_x: Floats,
    shape_y: Floats,
    shape_m: Floats,
    length_m: Floats,
) -> tuple[Ints, Floats, Floats]:
    """Search the grid ring by ring around each point until nothing nearer can come."""
    x0, y0, side, columns, rows = frame
    edge = np.full(px.size, -1, np.int32)
    fraction = np.full(px.size, np.nan)
    distance = np.full(px.size, np.nan)
    rings = math.ceil(within / side) + 1
    for i in range(px.size):
        x = px[i]
        y = py[i]
        if not (
            x0 - within <= x <= x0 + columns * side + within
            and y0 - within <= y <= y0 + rows * side + within
        ):
            continue
        column = math.floor((x - x0) / side)
        row = math.floor((y - y0) / side)
        best = within * within
        for ring in range(rings + 1):
            nearest_possible = (ring - 1) * side
            if ring > 0 and nearest_possible * nearest_possible > best:
                break
            for r in range(max(0, row - ring), min(rows - 1, row + ring) + 1):
                # Inside the ring's top and bottom rows only its two sides are new.
                step = 1 if abs(r - row) == ring else max(1, 2 * ring)
                for c in range(column - ring, column + ring + 1, step):
                    if c < 0 or c >= columns:
                        continue
                    cell = r * columns + c
                    for k in range(cell_start[cell], cell_start[cell + 1]):
                        j = cell_segment[k]
                        ax = shape_x[j - 1]
                        ay = shape_y[j - 1]
                        dx = shape_x[j] - ax
                        dy = shape_y[j] - ay
                        square = dx * dx + dy * dy
                        t = 0.0
                        if square > 0.0:
                            t = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / square))
                        away = (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2
                        if away < best or (away == best and edge[i] < 0):
                            best = away
                            e = shape_edge[j]
                            edge[i] = e
                            distance[i] = math.sqrt(away)
                            metres = shape_m[j - 1] + t * (shape_m[j] - shape_m[j - 1])
                            fraction[i] = (
                                min(1.0, metres / length_m[e]) if length_m[e] > 0.0 else 0.0
                            )
    return edge, fraction, distance
