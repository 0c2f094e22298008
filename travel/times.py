"""Travel times from one point to many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.network import DECISECONDS, Network
from travel.search import Reach, seconds_from
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
    return times_to(seconds_from(network, origin, limit_s=limit_s), destinations)


def times_to(reach: Reach, destinations: Snapped) -> Times:
    """Read the times to snapped points off a search already made."""
    network = reach.network
    seconds, metres = _arrive(
        destinations.edge,
        destinations.fraction,
        destinations.distance_m,
        reach.left_ds,
        reach.metres,
        reach.limit_ds,
        network.tail,
        network.head,
        network.forward_ds,
        network.backward_ds,
        network.length_m,
        network.off_street_m_s,
    )
    for start in range(len(reach.origin)):
        _without_a_junction(reach, start, destinations, seconds, metres)
    is_beyond = seconds > reach.limit_ds / DECISECONDS
    seconds[is_beyond] = np.nan
    metres[is_beyond] = np.nan
    return Times(seconds, metres)


def _without_a_junction(
    reach: Reach, start: int, to: Snapped, seconds: Floats, metres: Floats
) -> None:
    """Improve times to places on the starting point's own edge, or nearer than the street."""
    network, origin = reach.network, reach.origin
    edge = int(origin.edge[start])
    if edge < 0:
        return
    off = float(origin.distance_m[start])
    spent = float(reach.spent_ds[start]) / DECISECONDS
    further = to.fraction - origin.fraction[start]
    weight = np.where(further >= 0, network.forward_ds[edge], network.backward_ds[edge])
    along = np.abs(further)
    length = network.length_m[edge]
    by_edge = spent + along * weight / DECISECONDS + to.distance_m / network.off_street_m_s
    _keep(
        (to.edge == edge) & (weight >= 0),
        by_edge,
        off + along * length + to.distance_m,
        seconds,
        metres,
    )
    straight = np.hypot(to.x - origin.x[start], to.y - origin.y[start])
    _keep(
        (straight <= off) & (straight <= to.distance_m),
        spent + (straight - off) / network.off_street_m_s,
        straight,
        seconds,
        metres,
    )


def _keep(
    can: npt.NDArray[np.bool_], other_s: Floats, other_m: Floats, seconds: Floats, metres: Floats
) -> None:
    is_better = can & ~(seconds <= other_s)
    seconds[is_better] = np.maximum(other_s[is_better], 0.0)
    metres[is_better] = other_m[is_better]


@njit(cache=True, nogil=True)
def _arrive(  # noqa: PLR0913, PLR0917
    edge: Ints,
    fraction: Floats,
    distance_m: Floats,
    left: Ints,
    node_m: npt.NDArray[np.float32],
    limit_ds: int,
    tail: Ints,
    head: Ints,
    forward_ds: Ints,
    backward_ds: Ints,
    length_m: Floats,
    off_street_m_s: float,
) -> tuple[Floats, Floats]:
    """Come to each point from either end of its edge, whichever is quicker."""
    seconds = np.full(edge.size, np.nan)
    metres = np.full(edge.size, np.nan)
    for i in range(edge.size):
        e = edge[i]
        if e < 0:
            continue
        best = np.inf
        way = 0.0
        u = tail[e]
        v = head[e]
        if left[u] > 0 and (forward_ds[e] >= 0 or fraction[i] == 0.0):
            best = limit_ds + 1 - left[u] + fraction[i] * forward_ds[e]
            way = node_m[u] + fraction[i] * length_m[e]
        if left[v] > 0 and (backward_ds[e] >= 0 or fraction[i] == 1.0):
            other = limit_ds + 1 - left[v] + (1.0 - fraction[i]) * backward_ds[e]
            if other < best:
                best = other
                way = node_m[v] + (1.0 - fraction[i]) * length_m[e]
        if best < np.inf:
            seconds[i] = best / DECISECONDS + distance_m[i] / off_street_m_s
            metres[i] = way + distance_m[i]
    return seconds, metres
