"""One journey by public transport, leg by leg.

The search tells when one is at every stop, not how. The way is read off its labels from the end:
which ride ends at a stop just then, where it can have been boarded, and how one came there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from travel.errors import NoWay
from travel.paths.search import seconds_from
from travel.paths.times import times_to
from travel.snapping import Snapped, snap_origin
from travel.transit.around import When
from travel.transit.calls import ALIGHT, BOARD
from travel.transit.journeys import link_places, start_of, way_on_foot_s
from travel.transit.raptor import Labels, fresh_labels, search_once
from travel.transit.rides import NEVER, Rides
from travel.transit.streets import Transit, change_s
from travel.transit.timetable import Timetable

Ints = npt.NDArray[np.int32]
XY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a journey: on foot, or in one vehicle.

    Attributes:
        kind: ``walk`` or ``ride``.
        route_name: what riders call the line; blank on foot or where it has no name.
        from_stop: name of the stop where it starts; blank for the door.
        to_stop: name of the stop where it ends; blank for the door.
        depart_s: seconds after midnight.
        arrive_s: likewise.
        metres: walked along streets; ``NaN`` in a vehicle.
    """

    kind: Literal["walk", "ride"]
    route_name: str
    from_stop: str
    to_stop: str
    depart_s: int
    arrive_s: int
    metres: float


@dataclass(frozen=True, slots=True)
class TransitRoute:
    """One journey by public transport and on foot.

    Attributes:
        legs: in order; what lies between their times is waited, or kept free for a change.
        seconds: from the time of leaving to being there; of an arrival, from leaving to the time
            kept to.
    """

    legs: tuple[Leg, ...]
    seconds: int

    @property
    def rides(self) -> int:
        """Vehicles that one rides in."""
        return sum(leg.kind == "ride" for leg in self.legs)


@dataclass(frozen=True, slots=True)
class _Part:
    """A leg in the direction of the search; a trip of -1 is a walk, a stop of -1 a door."""

    trip: int
    start: int
    end: int
    depart_s: int
    arrive_s: int


def transit_route(
    transit: Transit, origin_xy: XY, goal_xy: XY, *, when: When, limit_s: int
) -> TransitRoute:
    """Find the quickest way from one place to another, by public transport or on foot.

    Args:
        transit: the timetable on its streets.
        origin_xy: metres EPSG:27700.
        goal_xy: likewise.
        when: for a departure, the way that is there first; for an arrival, the one that leaves
            last. Its seconds are those of `transit_times` and `transit_times_by`.
        limit_s: the longest way, waiting included.

    Raises:
        NoWay: there is none within the limit.
        OutsideCoverage: a place lies beyond the streets that were loaded.
        NotConnected: no street is near it.
    """
    for xy in (origin_xy, goal_xy):
        snap_origin(transit.network, *xy)
    is_back = when.is_arrival
    direction = transit.backward if is_back else transit.onward
    first_xy, last_xy = (goal_xy, origin_xy) if is_back else (origin_xy, goal_xy)
    place = link_places(transit, *last_xy)
    egress = place.to_stops if is_back else place.from_stops
    leave = -when.at_s if is_back else when.at_s
    start = start_of(direction, transit.stops, first_xy, limit_s)
    labels = fresh_labels(direction.rides)
    search_once(direction.rides, start.stop, start.seconds, np.int32(leave), limit_s, labels)
    by_ride = labels.off[egress.stop].astype(np.int64) - leave + egress.seconds
    straight = int(way_on_foot_s(start.reach, place)[0])
    best = int(min(by_ride.min(initial=NEVER), straight))
    if best > limit_s:
        raise NoWay(
            f"no way by public transport or on foot takes {limit_s // 60:,} minutes or less",
            hint="allow more minutes, or choose another time.",
        )
    parts = [_Part(-1, -1, -1, leave, leave + best)]
    if straight > best:
        last = int(egress.stop[int(by_ride.argmin())])
        access = np.full(labels.off.size, NEVER, np.int64)
        access[start.stop] = start.seconds.astype(np.int64) + leave
        parts = _way_to(direction.rides, labels, access, leave, last)
        parts.append(_Part(-1, last, -1, int(labels.off[last]), leave + best))
    told = _turned_round(parts, transit.timetable.n_trips) if is_back else parts
    ends = snap_origin(transit.network, *origin_xy), snap_origin(transit.network, *goal_xy)
    legs = [_told(transit, part, *ends) for part in told if part.arrive_s > part.depart_s]
    return TransitRoute(tuple(legs), best)


def _way_to(
    rides: Rides, labels: Labels, access_s: npt.NDArray[np.int64], leave: int, stop: int
) -> list[_Part]:
    """Go back from a stop where one gets off to the start, and list the legs in order."""
    parts: list[_Part] = []
    while True:
        ride = _ride_to(rides, labels, access_s, stop)
        parts.append(ride)
        board = ride.start
        if access_s[board] <= ride.depart_s:
            parts.append(_Part(-1, -1, board, leave, int(access_s[board])))
            return parts[::-1]
        before = _came_from(rides, labels, board)
        if before != board:
            off = int(labels.off[before])
            ready = int(labels.ready[board]) - change_s()
            parts.append(_Part(-1, before, board, off, ready))
        stop = before


def _ride_to(rides: Rides, labels: Labels, access_s: npt.NDArray[np.int64], stop: int) -> _Part:
    """Find a ride that ends at a stop when the search says; one from the start if there is one."""
    found = list(_rides_to(rides, labels, stop))
    if not found:
        raise AssertionError(f"no ride ends at stop {stop} when it should")
    return min(found, key=lambda ride: (access_s[ride.start] > ride.depart_s, -ride.depart_s))


def _rides_to(rides: Rides, labels: Labels, stop: int) -> Iterator[_Part]:
    off = int(labels.off[stop])
    for k in range(int(rides.call_start[stop]), int(rides.call_start[stop + 1])):
        pattern, position = int(rides.call_pattern[k]), int(rides.call_position[k])
        first = int(rides.pattern_start[pattern])
        calls = int(rides.pattern_start[pattern + 1]) - first
        if not rides.pattern_use[first + position] & ALIGHT:
            continue
        trips = slice(int(rides.trip_start[pattern]), int(rides.trip_start[pattern + 1]))
        shape = (trips.stop - trips.start, calls)
        times = slice(int(rides.time_start[pattern]), int(rides.time_start[pattern + 1]))
        arrival = rides.arrival_s[times].reshape(shape)[:, position]
        departure = rides.departure_s[times].reshape(shape)
        stops = rides.pattern_stop[first : first + position]
        can_board = (rides.pattern_use[first : first + position] & BOARD) > 0
        for trip in np.flatnonzero(arrival == off):
            at_board = departure[trip, :position]
            for board in np.flatnonzero(can_board & (labels.ready[stops] <= at_board)):
                yield _Part(
                    trips.start + int(trip),
                    int(stops[board]),
                    stop,
                    int(at_board[board]),
                    off,
                )


def _came_from(rides: Rides, labels: Labels, board: int) -> int:
    """Return the stop that one got off at to be ready to board at another."""
    walker = np.repeat(np.arange(labels.off.size), np.diff(rides.foot_start))
    walks = np.flatnonzero(rides.foot_stop == board)
    at = labels.off[walker[walks]].astype(np.int64) + rides.foot_s[walks]
    return int(walker[walks[int(np.flatnonzero(at == labels.ready[board])[0])]])


def _turned_round(parts: list[_Part], n_trips: int) -> list[_Part]:
    """Turn a way that was found backwards in time into one that is gone forwards."""
    return [
        _Part(
            part.trip if part.trip < 0 else n_trips - 1 - part.trip,
            part.end,
            part.start,
            -part.arrive_s,
            -part.depart_s,
        )
        for part in reversed(parts)
    ]


def _told(transit: Transit, part: _Part, origin: Snapped, goal: Snapped) -> Leg:
    """Name a leg, and measure it where it is walked."""
    timetable = transit.timetable
    names = _name(timetable, part.start), _name(timetable, part.end)
    if part.trip >= 0:
        route = int(timetable.trip_route[part.trip])
        line = "" if route < 0 else str(timetable.route_name[route])
        return Leg("ride", line, *names, part.depart_s, part.arrive_s, np.nan)
    start = origin if part.start < 0 else transit.stops[part.start : part.start + 1]
    end = goal if part.end < 0 else transit.stops[part.end : part.end + 1]
    limit_s = part.arrive_s - part.depart_s + 1.0
    reach = seconds_from(transit.network, start, limit_s=limit_s, targets=end)
    metres = float(times_to(reach, end).metres[0])
    return Leg("walk", "", *names, part.depart_s, part.arrive_s, metres)


def _name(timetable: Timetable, stop: int) -> str:
    """Return what a stop is called; nothing for a door."""
    return "" if stop < 0 else str(timetable.stop_name[stop] or timetable.stop_id[stop])
