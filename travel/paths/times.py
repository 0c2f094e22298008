"""Travel times from one point to many."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.network import DECISECONDS, Network
from travel.paths.bucket_queue import Streets
from travel.paths.search import Reach, Workspace, seconds_from
from travel.snapping import Snapped, snap, snap_origin

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Times:
    """How long it takes to each destination.

    Attributes:
        seconds: ``float64``; ``NaN`` where it is not reached within the limit, or has no street.
        metres: ``float64``, along the quickest way, from door to door; ``NaN`` likewise.
    """

    seconds: Floats
    metres: Floats


def travel_times(
    network: Network,
    origin_xy: tuple[float, float],
    destinations: Snapped | npt.ArrayLike,
    *,
    limit_s: float,
) -> Times:
    """Measure the quickest way from one point to many.

    The walk from the origin to its street and from the last street to the destination counts, at
    walking pace, in a straight line. A destination nearer to the origin than either is to its
    street is walked to straight.

    Args:
        network: the streets.
        origin_xy: metres EPSG:27700.
        destinations: shape (n, 2), metres EPSG:27700; or points snapped before, which saves
            doing it again when the same places are asked for often.
        limit_s: seconds; destinations further away are not reached.

    Raises:
        OutsideCoverage: the origin lies beyond the streets that were loaded.
        NotConnected: no street of the network is near the origin.
    """
    origin = snap_origin(network, *origin_xy)
    if not isinstance(destinations, Snapped):
        xy = np.asarray(destinations, np.float64).reshape(-1, 2)
        destinations = snap(network, xy[:, 0], xy[:, 1])
    reach = seconds_from(network, origin, limit_s=limit_s, targets=destinations)
    return times_to(reach, destinations)


def times_between(
    network: Network, origins: Snapped, destinations: Snapped, *, limit_s: float
) -> Times:
    """Measure the quickest way from each of many points to each of many others.

    One search an origin, in one thread, with the same memory used again; each ends as soon as the
    last destination's time is known.

    Args:
        network: the streets.
        origins: points snapped before; those without a street reach nothing.
        destinations: likewise.
        limit_s: seconds; destinations further away are not reached.

    Returns:
        Times of shape (origins, destinations).
    """
    seconds = np.full((len(origins), len(destinations)), np.nan)
    metres = seconds.copy()
    workspace = Workspace(network)
    for row in range(len(origins)):
        reach = seconds_from(
            network,
            origins[row : row + 1],
            limit_s=limit_s,
            targets=destinations,
            workspace=workspace,
        )
        times = times_to(reach, destinations)
        seconds[row], metres[row] = times.seconds, times.metres
    return Times(seconds, metres)


def times_to(reach: Reach, destinations: Snapped) -> Times:
    """Read the times to snapped points off a search already made.

    Where the search was given targets, these destinations must be among them.
    """
    seconds = np.empty(len(destinations))
    metres = np.empty(len(destinations))
    _arrive(
        reach.network.streets,
        _doors(reach.origin),
        reach.spent_ds,
        _doors(destinations),
        reach.left_ds,
        reach.metres,
        reach.limit_ds,
        reach.network.off_street_m_s,
        seconds,
        metres,
    )
    return Times(seconds, metres)


class Doors(NamedTuple):
    """Points with the edges they are snapped to; see `travel.snapping.Snapped`."""

    x: Floats
    y: Floats
    edge: Ints
    fraction: Floats
    distance_m: Floats


def _doors(points: Snapped) -> Doors:
    return Doors(points.x, points.y, points.edge, points.fraction, points.distance_m)


@njit(cache=True, nogil=True)
def _arrive(  # noqa: PLR0913, PLR0917
    streets: Streets,
    origin: Doors,
    spent_ds: Ints,
    to: Doors,
    left: Ints,
    node_m: npt.NDArray[np.float32],
    limit_ds: int,
    off_street_m_s: float,
    seconds: Floats,
    metres: Floats,
) -> None:
    """Come to each point by the quickest of all ways there are to it."""
    for i in range(to.edge.size):
        best, way = _by_a_junction(streets, to, i, left, node_m, limit_ds, off_street_m_s)
        for start in range(origin.edge.size):
            if origin.edge[start] < 0:
                continue
            spent = spent_ds[start] / DECISECONDS
            for other, other_m in (
                along_the_edge(streets, origin, start, to, i, off_street_m_s),
                straight_to(origin, start, to, i, off_street_m_s),
            ):
                if spent + other < best:
                    best = max(spent + other, 0.0)
                    way = other_m
        is_within = best <= limit_ds / DECISECONDS
        seconds[i] = best if is_within else np.nan
        metres[i] = way if is_within else np.nan


@njit(cache=True, nogil=True)
def _by_a_junction(
    streets: Streets,
    to: Doors,
    i: int,
    left: Ints,
    node_m: npt.NDArray[np.float32],
    limit_ds: int,
    off_street_m_s: float,
) -> tuple[float, float]:
    """Come to a point from either end of its edge, whichever is quicker."""
    e = to.edge[i]
    if e < 0:
        return np.inf, np.nan
    fraction = to.fraction[i]
    best = np.inf
    way = np.nan
    u = streets.tail[e]
    v = streets.head[e]
    if left[u] > 0 and (streets.forward_ds[e] >= 0 or fraction == 0.0):
        best = limit_ds + 1 - left[u] + fraction * streets.forward_ds[e]
        way = node_m[u] + fraction * streets.length_m[e]
    if left[v] > 0 and (streets.backward_ds[e] >= 0 or fraction == 1.0):
        other = limit_ds + 1 - left[v] + (1.0 - fraction) * streets.backward_ds[e]
        if other < best:
            best = other
            way = node_m[v] + (1.0 - fraction) * streets.length_m[e]
    return best / DECISECONDS + to.distance_m[i] / off_street_m_s, way + to.distance_m[i]


@njit(cache=True, nogil=True)
def along_the_edge(
    streets: Streets, origin: Doors, start: int, to: Doors, i: int, off_street_m_s: float
) -> tuple[float, float]:
    """Come to a point on the starting point's own edge, without a junction between."""
    e = origin.edge[start]
    if to.edge[i] != e:
        return np.inf, np.nan
    further = to.fraction[i] - origin.fraction[start]
    weight = streets.forward_ds[e] if further >= 0 else streets.backward_ds[e]
    if weight < 0:
        return np.inf, np.nan
    along = abs(further)
    off = to.distance_m[i]
    return (
        along * weight / DECISECONDS + off / off_street_m_s,
        origin.distance_m[start] + along * streets.length_m[e] + off,
    )


@njit(cache=True, nogil=True)
def straight_to(
    origin: Doors, start: int, to: Doors, i: int, off_street_m_s: float
) -> tuple[float, float]:
    """Come straight to a point that is nearer than the street of either."""
    straight = math.hypot(to.x[i] - origin.x[start], to.y[i] - origin.y[start])
    off = origin.distance_m[start]
    if not (straight <= off and straight <= to.distance_m[i]):
        return np.inf, np.nan
    return (straight - off) / off_street_m_s, straight
