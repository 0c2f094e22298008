"""Travel times of any mode, from one point to many, from many, and the other way round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.network import Network
from travel.paths.arrivals import arrive
from travel.paths.bucket_queue import Memory
from travel.paths.search import NOWHERE, Question, Reach, doors, question
from travel.snapping import Snapped, snap, snap_origin

Floats = npt.NDArray[np.float64]


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
    return times_from(network, origin, destinations, limit_s=limit_s)


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
    for row in range(len(origins)):
        times = times_from(network, origins[row : row + 1], destinations, limit_s=limit_s)
        seconds[row], metres[row] = times.seconds, times.metres
    return Times(seconds, metres)


def times_from(
    network: Network,
    origin: Snapped,
    destinations: Snapped,
    *,
    limit_s: float,
    spent_s: npt.ArrayLike = 0.0,
) -> Times:
    """Measure the quickest way from the nearest of some points to many.

    Args:
        network: the streets.
        origin: starting points.
        destinations: where to.
        limit_s: seconds; destinations further away are not reached.
        spent_s: seconds already spent at each starting point.
    """
    asked = question(network, origin, limit_s=limit_s, spent_s=spent_s, targets=destinations)
    with network.workspaces.lent() as workspace:
        labels, _ = workspace.search(asked, keeps_only_final=False)
        return _read(network, asked, labels, destinations)


def times_toward(
    network: Network,
    place_xy: tuple[float, float],
    homes: Snapped | npt.ArrayLike,
    *,
    limit_s: float,
) -> Times:
    """Measure the quickest way *to* one place from many, as on the way to school.

    Args:
        network: the streets, as travelled; the search runs on `Network.reversed`.
        place_xy: where to, metres EPSG:27700.
        homes: shape (n, 2), metres EPSG:27700; or points snapped before.
        limit_s: seconds; homes further away have no time.

    Raises:
        OutsideCoverage: the place lies beyond the streets that were loaded.
        NotConnected: no street of the network is near it.
    """
    return travel_times(network.reversed, place_xy, homes, limit_s=limit_s)


def times_to(reach: Reach, destinations: Snapped) -> Times:
    """Read the times to snapped points off a search already made.

    Where the search was given targets, these destinations must be among them.
    """
    asked = Question(reach.origin, reach.spent_ds, NOWHERE, reach.limit_ds)
    return _read(reach.network, asked, reach.labels, destinations)


def _read(network: Network, asked: Question, labels: Memory, destinations: Snapped) -> Times:
    seconds, metres = arrive(
        network.streets,
        doors(asked.origin),
        asked.spent_ds,
        doors(destinations),
        labels.left,
        labels.metres,
        asked.limit_ds,
        network.off_street_m_s,
    )
    return Times(seconds, metres)
