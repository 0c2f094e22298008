"""The search: earliest arrivals at every stop, one ride further in each round.

RAPTOR (Delling, Pajor, Werneck: "Round-Based Public Transit Routing", ALENEX 2012, and
Transportation Science 49(3), 2015): every pattern that calls at a stop improved in the last round
is scanned once, from the first such stop, with the earliest trip that can be caught; then people
walk from the stops where they got off. Over a window the departures are searched from the last to
the first and keep their labels (rRAPTOR, section 4.2 there): who may leave earlier may also wait.

Two labels are kept apart: when one *gets off* at a stop, and when one is *ready to board* there.
People walk between stops only after a ride, never twice in a row, so footpaths need not be closed
under transitivity, which networks of real streets are not.

Rounds stop when nothing improves; the number of rides is not limited.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.transit.calls import ALIGHT, BOARD
from travel.transit.rides import NEVER, Rides, Walks

Ints = npt.NDArray[np.int32]


class Labels(NamedTuple):
    """What is known of stops while a search goes on.

    Attributes:
        off: ``int32``, when one gets off at each stop, seconds after midnight.
        ready: ``int32``, when one is ready to board there.
        is_marked: memory of the search, as all that follows.
    """

    off: Ints
    ready: Ints
    is_marked: npt.NDArray[np.bool_]
    marked: Ints
    got_off: Ints
    first: Ints
    queue: Ints


@njit(cache=True, nogil=True)
def fresh_labels(rides: Rides) -> Labels:
    """Return labels of stops that nobody has come to."""
    n_stops = rides.call_start.size - 1
    n_patterns = rides.pattern_start.size - 1
    return Labels(
        np.full(n_stops, NEVER, np.int32),
        np.full(n_stops, NEVER, np.int32),
        np.zeros(n_stops, np.bool_),
        np.empty(n_stops, np.int32),
        np.empty(n_stops, np.int32),
        np.full(n_patterns, -1, np.int32),
        np.empty(n_patterns, np.int32),
    )


@njit(cache=True, nogil=True)
def search_once(
    rides: Rides,
    access_stop: Ints,
    access_s: Ints,
    leave: np.int32,
    limit_s: int,
    labels: Labels,
) -> None:
    """Find when one gets off at every stop at the earliest, leaving at one time.

    Args:
        rides: the timetable.
        access_stop: stops that can be walked to from the start.
        access_s: seconds of each of these walks.
        leave: when one leaves; no later than in earlier searches with the same labels.
        limit_s: longest journey.
        labels: fresh, or those of later departures; what improves is written to them.
    """
    off, ready, is_marked, marked, got_off, first, queue = labels
    n_marked = 0
    for i in range(access_stop.size):
        stop = access_stop[i]
        at = np.int32(leave + access_s[i])
        if at < ready[stop]:
            ready[stop] = at
            if not is_marked[stop]:
                is_marked[stop] = True
                marked[n_marked] = stop
                n_marked += 1
    latest = np.int32(leave + limit_s)
    while n_marked > 0:
        queued = _queue(rides, marked[:n_marked], is_marked, first, queue)
        n_off = _ride(rides, queue[:queued], first, latest, off, ready, is_marked, got_off)
        n_marked = _walk(rides, got_off[:n_off], latest, off, ready, is_marked, marked)


@njit(cache=True, nogil=True)
def search_window(
    rides: Rides,
    access_stop: Ints,
    access_s: Ints,
    departures_s: Ints,
    limit_s: int,
    places: Walks,
    straight_s: Ints,
) -> Ints:
    """Find the seconds to places for several departures.

    Args:
        rides: the timetable.
        access_stop: stops that can be walked to from the start.
        access_s: seconds of each of these walks.
        departures_s: when one leaves, falling.
        limit_s: longest journey.
        places: walks from stops to each place.
        straight_s: seconds to each place without a ride; ``NEVER`` where there is no such way.

    Returns:
        Shape (departures, places); ``NEVER`` where a place is not reached within the limit.
    """
    n_places = straight_s.size
    found = np.empty((departures_s.size, n_places), np.int32)
    labels = fresh_labels(rides)
    for d in range(departures_s.size):
        leave = departures_s[d]
        search_once(rides, access_stop, access_s, leave, limit_s, labels)
        off = labels.off
        for p in range(n_places):
            best = straight_s[p]
            for k in range(places.start[p], places.start[p + 1]):
                seconds = off[places.stop[k]] - leave + places.seconds[k]
                best = min(best, seconds)
            found[d, p] = best if best <= limit_s else NEVER
    return found


@njit(cache=True, nogil=True)
def _queue(
    rides: Rides, marked: Ints, is_marked: npt.NDArray[np.bool_], first: Ints, queue: Ints
) -> int:
    """Gather the patterns that call at marked stops, and the first such call of each."""
    queued = 0
    for i in range(marked.size):
        stop = marked[i]
        is_marked[stop] = False
        for k in range(rides.call_start[stop], rides.call_start[stop + 1]):
            pattern = rides.call_pattern[k]
            position = rides.call_position[k]
            if first[pattern] < 0:
                queue[queued] = pattern
                queued += 1
                first[pattern] = position
            elif position < first[pattern]:
                first[pattern] = position
    return queued


@njit(cache=True, nogil=True)
def _ride(  # noqa: C901, PLR0913, PLR0917
    rides: Rides,
    queue: Ints,
    first: Ints,
    latest: np.int32,
    off: Ints,
    ready: Ints,
    is_off: npt.NDArray[np.bool_],
    got_off: Ints,
) -> int:
    """Ride every queued pattern; list the stops where one now gets off earlier."""
    n_off = 0
    for i in range(queue.size):
        pattern = queue[i]
        call = int(rides.pattern_start[pattern])
        calls = int(rides.pattern_start[pattern + 1]) - call
        trips = int(rides.trip_start[pattern + 1] - rides.trip_start[pattern])
        start = int(rides.time_start[pattern])
        row = -1
        for position in range(int(first[pattern]), calls):
            stop = rides.pattern_stop[call + position]
            use = rides.pattern_use[call + position]
            if row >= 0 and use & ALIGHT:
                at = rides.arrival_s[row + position]
                if at < off[stop] and at <= latest:
                    off[stop] = at
                    if not is_off[stop]:
                        is_off[stop] = True
                        got_off[n_off] = stop
                        n_off += 1
            if not use & BOARD or ready[stop] == NEVER:
                continue
            at = ready[stop]
            if row < 0:
                trip = _first_trip(rides.departure_s, start + position, calls, trips, at)
                if trip < trips:
                    row = start + trip * calls
            else:
                while row > start and rides.departure_s[row - calls + position] >= at:
                    row -= calls
        first[pattern] = -1
    return n_off


@njit(cache=True, nogil=True)
def _first_trip(departure_s: Ints, first: int, calls: int, trips: int, at: np.int32) -> int:
    """Find the first trip that has not left a call yet, by halving; ``trips`` if all have."""
    low = 0
    high = trips
    while low < high:
        middle = (low + high) >> 1
        if departure_s[first + middle * calls] >= at:
            high = middle
        else:
            low = middle + 1
    return low


@njit(cache=True, nogil=True)
def _walk(
    rides: Rides,
    got_off: Ints,
    latest: np.int32,
    off: Ints,
    ready: Ints,
    is_marked: npt.NDArray[np.bool_],
    marked: Ints,
) -> int:
    """Walk on from the stops where one got off; list the stops that can now be boarded earlier."""
    n_marked = 0
    for i in range(got_off.size):
        is_marked[got_off[i]] = False
    for i in range(got_off.size):
        stop = got_off[i]
        for k in range(rides.foot_start[stop], rides.foot_start[stop + 1]):
            to = rides.foot_stop[k]
            at = np.int32(off[stop] + rides.foot_s[k])
            if at < ready[to] and at <= latest:
                ready[to] = at
                if not is_marked[to]:
                    is_marked[to] = True
                    marked[n_marked] = to
                    n_marked += 1
    return n_marked
