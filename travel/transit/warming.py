"""Compiling the search ahead of the first journey."""

import numpy as np

from travel.transit.raptor import search_window
from travel.transit.rides import NEVER, Rides, Walks, frozen


def warm_transit() -> None:
    """Compile the search, so that the first journey is found as fast as the next.

    Takes a few seconds once; afterwards it is found in numba's cache, in the folder that
    ``NUMBA_CACHE_DIR`` names. The walks at either end are compiled by `travel.warm`.
    """
    rides = _one_ride()
    stops = np.arange(2, dtype=np.int32)
    walks = Walks(rides.foot_start, rides.foot_stop, rides.foot_s)
    straight_s = np.full(2, NEVER, np.int32)
    search_window(rides, stops[:1], stops[:1], stops[:1], 600, walks, straight_s)


def _one_ride() -> Rides:
    """One trip of a minute between two stops."""
    pair, whole = np.array([0, 1], np.int32), np.array([0, 2], np.int32)
    starts = np.array([0, 1, 2], np.int32)
    return frozen(
        Rides(
            pattern_start=whole,
            pattern_stop=pair,
            pattern_use=np.array([3, 3], np.uint8),
            trip_start=pair,
            time_start=whole.astype(np.int64),
            arrival_s=60 * pair,
            departure_s=60 * pair,
            call_start=starts,
            call_pattern=0 * pair,
            call_position=pair,
            foot_start=starts,
            foot_stop=pair,
            foot_s=60 * pair,
        )
    )
