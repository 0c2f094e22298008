"""What a search over the turns of a network adds to `travel.paths.search`: names for it."""

from __future__ import annotations

import numpy.typing as npt

from travel.network import Network
from travel.paths.search import Reach, seconds_from
from travel.paths.times import times_to
from travel.snapping import Snapped
from travel.turns import turns_in

TurnReach = Reach

turn_times_to = times_to


def turn_reach_from(
    network: Network,
    origin: Snapped,
    *,
    limit_s: float,
    spent_s: npt.ArrayLike = 0.0,
) -> Reach:
    """Search a network that has turns; see `travel.paths.search.seconds_from`.

    Raises:
        ValueError: it has none, or a number of seconds is impossible.
    """
    turns_in(network)
    return seconds_from(network, origin, limit_s=limit_s, spent_s=spent_s)
