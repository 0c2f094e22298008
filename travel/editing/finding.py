"""Which streets somebody means who points at the map."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from travel.errors import EditError
from travel.network import Network
from travel.snapping import snap

Ints = npt.NDArray[np.int32]

NEAR_M = 25.0
"""A street is meant by a point no further off than this."""

STEP_M = 2.0
"""A line is followed in steps of this length."""

HALF = 0.5
"""A street is meant by a line that runs along at least this part of it."""


def edges_at(network: Network, x: float, y: float, *, within_m: float = NEAR_M) -> Ints:
    """Find the edge nearest to a point.

    Args:
        network: the streets.
        x: metres EPSG:27700.
        y: likewise.
        within_m: how far off it may be.

    Returns:
        One edge; a street between two junctions is one edge in both directions.

    Raises:
        EditError: no street of the network is that near.
    """
    found = snap(network, x, y, max_m=within_m)
    if not found.is_on_street[0]:
        raise EditError(
            f"no street open to {network.mode!r} within {within_m:g} m of {x:.0f}, {y:.0f} "
            "(British grid)",
            hint="point nearer to the street, or allow a greater distance.",
        )
    return found.edge


def edges_along(network: Network, line: npt.ArrayLike, *, within_m: float = NEAR_M) -> Ints:
    """Find the edges that a line runs along, at least for half their length.

    Args:
        network: the streets.
        line: shape (n, 2), metres EPSG:27700, n at least 2.
        within_m: how far off the line may run.

    Returns:
        Edges, ascending.

    Raises:
        EditError: the line runs along no street, or is no line.
    """
    xy = line_of(line)
    step = np.hypot(*np.diff(xy, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(step)))
    at = np.linspace(0.0, along[-1], max(2, int(along[-1] / STEP_M) + 1))
    found = snap(
        network, np.interp(at, along, xy[:, 0]), np.interp(at, along, xy[:, 1]), max_m=within_m
    )
    edge, count = np.unique(found.edge[found.is_on_street], return_counts=True)
    is_meant = count * (at[1] - at[0]) >= HALF * network.length_m[edge]
    if not is_meant.any():
        raise EditError(
            f"the line of {along[-1]:.0f} m runs along no street open to {network.mode!r} within "
            f"{within_m:g} m for half the street's length",
            hint="draw it along the street from junction to junction.",
        )
    return np.asarray(edge[is_meant], np.int32)


def line_of(line: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the points of a line.

    Raises:
        EditError: there are fewer than two, all are the same, or some are not numbers.
    """
    xy = np.asarray(line, np.float64)
    if xy.ndim != 2 or xy.shape[0] < 2 or xy.shape[1] != 2:  # noqa: PLR2004 - of two numbers each
        raise EditError(
            f"a line needs two points or more, each of two numbers; found shape {xy.shape}",
            hint="give metres of the British grid, as [[x, y], [x, y]].",
        )
    if not np.isfinite(xy).all() or not np.ptp(xy, axis=0).any():
        raise EditError(
            "the points of the line are all the same, or some are not numbers",
            hint="give at least two different points, in metres of the British grid.",
        )
    return xy
