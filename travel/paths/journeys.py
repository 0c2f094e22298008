"""Travel times of any mode, in either direction."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from travel.network import Network
from travel.paths.search import seconds_from
from travel.paths.times import Times, times_to
from travel.paths.turn_search import turn_reach_from, turn_times_to
from travel.snapping import Snapped, snap, snap_origin


def times_from(
    network: Network,
    origin: Snapped,
    destinations: Snapped,
    *,
    limit_s: float,
    spent_s: npt.ArrayLike = 0.0,
) -> Times:
    """Measure the quickest way from the nearest of some points to many, by the network's mode.

    Args:
        network: the streets; where they have turns, those count.
        origin: starting points.
        destinations: where to.
        limit_s: seconds; destinations further away are not reached.
        spent_s: seconds already spent at each starting point.
    """
    if network.turns is None:
        reach = seconds_from(network, origin, limit_s=limit_s, spent_s=spent_s)
        return times_to(reach, destinations)
    by_turns = turn_reach_from(network, origin, limit_s=limit_s, spent_s=spent_s)
    return turn_times_to(by_turns, destinations)


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
    if not isinstance(homes, Snapped):
        xy = np.asarray(homes, np.float64).reshape(-1, 2)
        homes = snap(network, xy[:, 0], xy[:, 1])
    place = snap_origin(network, *place_xy)
    return times_from(network.reversed, place, homes, limit_s=limit_s)
