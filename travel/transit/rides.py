"""What the search reads: rides in patterns, and walks between stops and places."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from travel.transit.calls import ALIGHT, BOARD

Ints = npt.NDArray[np.int32]

NEVER = 1 << 30
"""A label of a stop that is not reached."""


class Rides(NamedTuple):
    """What the search reads of a timetable; the arrays are those of `travel.transit.Timetable`.

    Attributes:
        foot_start: ``int32``, stops + 1; the walks from each stop to board elsewhere.
        foot_stop: ``int32``, where each leads; every stop has one to itself.
        foot_s: ``int32`` seconds, the time kept free for a change included.
    """

    pattern_start: Ints
    pattern_stop: Ints
    pattern_use: npt.NDArray[np.uint8]
    trip_start: Ints
    time_start: npt.NDArray[np.int64]
    arrival_s: Ints
    departure_s: Ints
    call_start: Ints
    call_pattern: Ints
    call_position: Ints
    foot_start: Ints
    foot_stop: Ints
    foot_s: Ints


class Walks(NamedTuple):
    """Walks between places and stops.

    Attributes:
        start: ``int32``, places + 1; the walks of each place.
        stop: ``int32``, the stop at the other end.
        seconds: ``int32``, rounded up.
    """

    start: Ints
    stop: Ints
    seconds: Ints


def turned(rides: Rides) -> Rides:
    """Run time backwards: an earliest arrival there is a latest departure here.

    Every time is negated, so whole patterns may simply be read from their ends: the last stop of
    the last trip of the last pattern comes first.
    """
    times = np.int64(rides.arrival_s.size)
    calls, patterns = rides.pattern_stop.size, rides.pattern_start.size - 1
    swapped = np.array([0, ALIGHT, BOARD, BOARD | ALIGHT], np.uint8)
    length = np.diff(rides.pattern_start)[rides.call_pattern]
    walker = np.repeat(
        np.arange(rides.foot_start.size - 1, dtype=np.int32), np.diff(rides.foot_start)
    )
    order = np.argsort(rides.foot_stop, kind="stable")
    back = np.bincount(rides.foot_stop, minlength=rides.foot_start.size - 1)
    return frozen(
        Rides(
            pattern_start=(calls - rides.pattern_start[::-1]).astype(np.int32),
            pattern_stop=rides.pattern_stop[::-1],
            pattern_use=swapped[rides.pattern_use[::-1]],
            trip_start=(rides.trip_start[-1] - rides.trip_start[::-1]).astype(np.int32),
            time_start=times - rides.time_start[::-1],
            arrival_s=-rides.departure_s[::-1],
            departure_s=-rides.arrival_s[::-1],
            call_start=rides.call_start,
            call_pattern=(patterns - 1 - rides.call_pattern).astype(np.int32),
            call_position=(length - 1 - rides.call_position).astype(np.int32),
            foot_start=np.concatenate(([0], np.cumsum(back))).astype(np.int32),
            foot_stop=walker[order],
            foot_s=rides.foot_s[order],
        )
    )


def frozen(rides: Rides) -> Rides:
    """Return the arrays as the search is compiled for: in one piece, and not to be written to."""
    fixed = {name: np.ascontiguousarray(array) for name, array in rides._asdict().items()}
    for array in fixed.values():
        array.flags.writeable = False
    return Rides(**fixed)
