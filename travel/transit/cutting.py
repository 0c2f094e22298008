"""A timetable cut to an area: a regional file is far larger than a county."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from travel.transit.calls import Calls

Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FEWEST_CALLS = 2
"""With fewer there is nowhere to ride to."""


def cut_calls(
    calls: Calls, run: Longs, shift_s: Longs, is_near: Flags
) -> tuple[Calls, Longs, Longs]:
    """Leave out calls at far stops, and the trips that have fewer than two calls then.

    A vehicle that leaves the area and comes back is still one ride.

    Args:
        calls: of the trips.
        run: the trip (its position in ``calls``) of each run.
        shift_s: seconds by which the run is later than the trip's times.
        is_near: whether each stop is kept.

    Returns:
        The calls, runs and shifts that are left.
    """
    trip = np.repeat(np.arange(calls.trip.size), np.diff(calls.start))
    is_kept = is_near[calls.stop]
    left = np.bincount(trip[is_kept], minlength=calls.trip.size)
    stays = left >= FEWEST_CALLS
    is_kept &= stays[trip]
    number = np.cumsum(stays) - 1
    runs = stays[run]
    kept = Calls(
        calls.trip[stays],
        np.concatenate(([0], np.cumsum(left[stays]))).astype(np.int64),
        calls.stop[is_kept],
        calls.arrival_s[is_kept],
        calls.departure_s[is_kept],
        calls.use[is_kept],
    )
    return kept, number[run[runs]].astype(np.int64), shift_s[runs]
