"""Trips to patterns: groups that call at the same stops, and in which nobody overtakes.

Within such a group the first trip that can be caught is the best one at every later stop, so a
search may look at one trip of a group at a time (Delling, Pajor, Werneck: "Round-Based Public
Transit Routing", Transportation Science 49(3), 2015, section 3.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.transit.calls import Calls

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Groups of trips as flat arrays; see `travel.transit.Timetable` for each."""

    pattern_start: Ints
    pattern_stop: Ints
    pattern_use: npt.NDArray[np.uint8]
    trip_start: Ints
    time_start: Longs
    arrival_s: Ints
    departure_s: Ints
    trip_number: Ints


def group_trips(calls: Calls, run: Longs, shift_s: Longs) -> Patterns:
    """Group runs of trips.

    Args:
        calls: of the trips.
        run: the trip (its position in ``calls``) of each run.
        shift_s: seconds by which the run is later than the trip's times.
    """
    stops, uses, rows, times = [], [], [], []
    for runs in _alike(calls, run):
        first, end = calls.start[run[runs[0]]], calls.start[run[runs[0]] + 1]
        both = _times(calls, run[runs], shift_s[runs], int(end - first))
        for group in _without_overtaking(both):
            stops.append(calls.stop[first:end])
            uses.append(calls.use[first:end])
            rows.append(calls.trip[run[runs[group]]])
            times.append(both[group])
    length = np.array([each.size for each in stops], np.int64)
    trips = np.array([each.size for each in rows], np.int64)
    return Patterns(
        pattern_start=_starts(length).astype(np.int32),
        pattern_stop=np.concatenate(stops),
        pattern_use=np.concatenate(uses),
        trip_start=_starts(trips).astype(np.int32),
        time_start=_starts(length * trips),
        arrival_s=np.concatenate([each[:, 0].ravel() for each in times]),
        departure_s=np.concatenate([each[:, 1].ravel() for each in times]),
        trip_number=np.concatenate(rows),
    )


def calls_by_stop(pattern_start: Ints, pattern_stop: Ints, n_stops: int) -> tuple[Ints, Ints, Ints]:
    """List where patterns call at each stop.

    Returns:
        The start of each stop's list (stops + 1), and per entry the pattern and the position of
        the call within it.
    """
    length = np.diff(pattern_start)
    pattern = np.repeat(np.arange(length.size, dtype=np.int32), length)
    position = np.arange(pattern_stop.size, dtype=np.int32) - np.repeat(pattern_start[:-1], length)
    order = np.argsort(pattern_stop, kind="stable")
    start = _starts(np.bincount(pattern_stop, minlength=n_stops)).astype(np.int32)
    return start, pattern[order], position[order].astype(np.int32)


def _alike(calls: Calls, run: Longs) -> Iterator[Longs]:
    """Gather runs that call at the same stops for the same use."""
    groups: dict[tuple[bytes, bytes], list[int]] = {}
    start = calls.start.tolist()
    for number, trip in enumerate(run.tolist()):
        which = slice(start[trip], start[trip + 1])
        key = calls.stop[which].tobytes(), calls.use[which].tobytes()
        groups.setdefault(key, []).append(number)
    for runs in groups.values():
        yield np.array(runs, np.int64)


def _times(calls: Calls, trip: Longs, shift_s: Longs, length: int) -> Ints:
    """Return arrivals and departures, shape (runs, 2, calls)."""
    call = calls.start[trip][:, None] + np.arange(length)
    both = np.stack((calls.arrival_s[call], calls.departure_s[call]), axis=1)
    return (both + shift_s[:, None, None]).astype(np.int32)


def _without_overtaking(both: Ints) -> Iterator[Longs]:
    """Deal runs out to groups in which each is at every stop no earlier than the one before."""
    flat = both.reshape(both.shape[0], -1)
    order = np.lexsort((flat[:, flat.shape[1] // 2 - 1], flat[:, flat.shape[1] // 2]))
    ordered = flat[order]
    if (ordered[1:] >= ordered[:-1]).all():
        yield order
        return
    groups: list[list[int]] = []
    for i, times in enumerate(ordered):
        for group in groups:
            if (ordered[group[-1]] <= times).all():
                group.append(i)
                break
        else:
            groups.append([i])
    for group in groups:
        yield order[group]


def _starts(size: npt.NDArray[np.integer]) -> Longs:
    return np.concatenate(([0], np.cumsum(size))).astype(np.int64)
