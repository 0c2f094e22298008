"""Minutes by public transport and on foot, from door to door."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from config.assumptions import assumptions
from travel.paths.search import Reach, seconds_from
from travel.paths.times import times_to
from travel.snapping import Snapped, snap, snap_origin
from travel.transit.clock import MINUTE_S
from travel.transit.raptor import search_window
from travel.transit.rides import NEVER, Walks
from travel.transit.streets import (
    Direction,
    Transit,
    fixed,
    stop_walk_s,
    walks,
    whole_seconds,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
XY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Places:
    """Places that are asked about, with the walks between them and the stops around.

    Attributes:
        points: the places on their streets; no edge where none is near.
        from_stops: walks from stops to each place, up to ``stop_walk``.
        to_stops: walks from each place to stops, likewise.
    """

    points: Snapped
    from_stops: Walks
    to_stops: Walks


@dataclass(frozen=True, slots=True)
class Profile:
    """Journey times over a window of departures.

    Attributes:
        departures_s: ``int32`` seconds after midnight, rising.
        seconds: ``float64``, shape (departures, places); ``NaN`` where not reached in time.
    """

    departures_s: Ints
    seconds: Floats

    def percentile_s(self, pct: float) -> Floats:
        """Return the seconds that a share of the departures does not exceed, for each place.

        Args:
            pct: 0 to 100; a departure that does not reach the place exceeds everything.

        Returns:
            ``NaN`` where too few departures reach the place.
        """
        if not 0 <= pct <= 100:  # noqa: PLR2004 - per cent
            raise ValueError(f"a percentile lies between 0 and 100, not at {pct}")
        ordered = np.sort(self.seconds, axis=0)
        at = max(0, int(np.ceil(pct / 100 * self.departures_s.size)) - 1)
        return np.asarray(ordered[at])

    @property
    def typical_minutes(self) -> Floats:
        """Minutes that half of the departures do not exceed."""
        return self.percentile_s(50) / MINUTE_S

    @property
    def bad_day_minutes(self) -> Floats:
        """Minutes that all but the worst departures do not exceed; assumption ``bad_day``."""
        return self.percentile_s(assumptions("transit")["bad_day"].value) / MINUTE_S


def link_places(transit: Transit, x: npt.ArrayLike, y: npt.ArrayLike) -> Places:
    """Find the stops around places, once for all questions about them.

    Args:
        transit: the timetable on its streets.
        x: metres EPSG:27700, one number or many.
        y: likewise.
    """
    points = snap(transit.network, x, y)
    limit_s = stop_walk_s()
    to_stops = walks(transit.network, points, transit.stops, limit_s=limit_s)
    if transit.backward.network is transit.network:
        return Places(points, to_stops, to_stops)
    back = walks(transit.backward.network, points, transit.stops, limit_s=limit_s)
    return Places(points, back, to_stops)


def transit_seconds(transit: Transit, origin_xy: XY, *, depart_s: int, limit_s: int) -> Floats:
    """Measure the quickest way to every stop.

    Args:
        transit: the timetable on its streets.
        origin_xy: metres EPSG:27700.
        depart_s: when one leaves, seconds after midnight.
        limit_s: longest journey, waiting included.

    Returns:
        Seconds from leaving until one gets off at each stop, or comes there on foot without a
        ride; ``NaN`` where that takes longer than the limit.

    Raises:
        OutsideCoverage: the origin lies beyond the streets that were loaded.
        NotConnected: no street is near the origin.
    """
    n_stops = transit.timetable.n_stops
    start = start_of(transit.onward, transit.stops, origin_xy, limit_s)
    on_foot = np.full(n_stops, NEVER, np.int32)
    on_foot[start.stop] = start.seconds
    return _answer(
        transit.onward, start, _when(depart_s), limit_s, _at_stops(n_stops), on_foot
    ).ravel()


def transit_times(
    transit: Transit, origin_xy: XY, places: Places, *, depart_s: int, limit_s: int
) -> Floats:
    """Measure the quickest way from one point to many places, leaving at a given time.

    Args:
        transit: the timetable on its streets.
        origin_xy: metres EPSG:27700.
        places: from `link_places`.
        depart_s: when one leaves, seconds after midnight.
        limit_s: longest journey, waiting included.

    Returns:
        Whole seconds from door to door, one per place; ``NaN`` where it takes longer than the
        limit. Walking all the way counts where it is quicker.

    Raises:
        OutsideCoverage: the origin lies beyond the streets that were loaded.
        NotConnected: no street is near the origin.
    """
    return _to_places(transit, origin_xy, places, _when(depart_s), limit_s).ravel()


def transit_times_by(
    transit: Transit, destination_xy: XY, places: Places, *, arrive_s: int, limit_s: int
) -> Floats:
    """Measure how long before a given time one must leave each place to be there.

    Args:
        transit: the timetable on its streets.
        destination_xy: metres EPSG:27700.
        places: where journeys start; from `link_places`.
        arrive_s: when one must be there, seconds after midnight.
        limit_s: how long before one may leave.

    Returns:
        Whole seconds between the latest departure and ``arrive_s``, one per place; ``NaN`` where
        that is longer than the limit.

    Raises:
        OutsideCoverage: the destination lies beyond the streets that were loaded.
        NotConnected: no street is near the destination.
    """
    direction = transit.backward
    start = start_of(direction, transit.stops, destination_xy, limit_s)
    straight = way_on_foot_s(start.reach, places)
    return _answer(direction, start, _when(-arrive_s), limit_s, places.to_stops, straight).ravel()


def transit_profile(
    transit: Transit,
    origin_xy: XY,
    places: Places,
    *,
    window_s: tuple[int, int],
    limit_s: int,
    every_s: int = MINUTE_S,
) -> Profile:
    """Measure the quickest way from one point to many places at every minute of a window.

    Args:
        transit: the timetable on its streets.
        origin_xy: metres EPSG:27700.
        places: from `link_places`.
        window_s: the first and the last departure, seconds after midnight; both are searched
            where the step meets them.
        limit_s: longest journey, waiting included.
        every_s: seconds between departures.

    Raises:
        ValueError: the window ends before it starts, or the step is not positive.
        OutsideCoverage: the origin lies beyond the streets that were loaded.
        NotConnected: no street is near the origin.
    """
    first, last = window_s
    if last < first or every_s <= 0:
        raise ValueError(f"no departures between {first} s and {last} s, every {every_s} s")
    departures = np.arange(first, last + 1, every_s, dtype=np.int32)
    falling = np.ascontiguousarray(departures[::-1])
    seconds = _to_places(transit, origin_xy, places, falling, limit_s)
    return Profile(departures, seconds[::-1])


def rides_from(
    transit: Transit, direction: Direction, origin_xy: XY, leaving_s: Ints, *, limit_s: int
) -> Ints:
    """Find when one gets off at every stop, for several times of leaving.

    Args:
        transit: the timetable on its streets.
        direction: one of its two; times are those of the direction.
        origin_xy: metres EPSG:27700.
        leaving_s: seconds after midnight, falling.
        limit_s: longest journey.

    Returns:
        Seconds after leaving, shape (times of leaving, stops); ``NEVER`` where no ride ends in
        time.
    """
    n_stops = transit.timetable.n_stops
    start = start_of(direction, transit.stops, origin_xy, limit_s)
    nobody = np.full(n_stops, NEVER, np.int32)
    return search_window(
        direction.rides, start.stop, start.seconds, leaving_s, limit_s, _at_stops(n_stops), nobody
    )


def _at_stops(n_stops: int) -> Walks:
    """Let every stop be a place, with no walk to it."""
    return fixed(np.arange(n_stops + 1), np.arange(n_stops), np.zeros(n_stops))


@dataclass(frozen=True, slots=True)
class Start:
    """Everything within a walk of where the search starts.

    Attributes:
        reach: the streets around.
        stop: stops up to ``stop_walk`` away.
        seconds: of the walk to each, rounded up.
    """

    reach: Reach
    stop: Ints
    seconds: Ints


def start_of(direction: Direction, stops: Snapped, xy: XY, limit_s: int) -> Start:
    """Search the streets around a place, and list the stops near enough to walk to.

    Raises:
        OutsideCoverage: the place lies beyond the streets that were loaded.
        NotConnected: no street is near it.
    """
    origin = snap_origin(direction.network, *xy)
    reach = seconds_from(direction.network, origin, limit_s=limit_s)
    seconds = times_to(reach, stops).seconds
    stop = np.flatnonzero(seconds <= stop_walk_s()).astype(np.int32)
    return Start(reach, stop, whole_seconds(seconds[stop]))


def way_on_foot_s(reach: Reach, places: Places) -> Ints:
    """Return the whole seconds of walking all the way; ``NEVER`` where that is too far."""
    seconds = whole_seconds(times_to(reach, places.points).seconds)
    return np.where(seconds >= 0, seconds, NEVER).astype(np.int32)


def _to_places(
    transit: Transit, origin_xy: XY, places: Places, departures_s: Ints, limit_s: int
) -> Floats:
    start = start_of(transit.onward, transit.stops, origin_xy, limit_s)
    straight = way_on_foot_s(start.reach, places)
    return _answer(transit.onward, start, departures_s, limit_s, places.from_stops, straight)


def _answer(
    direction: Direction,
    start: Start,
    departures_s: Ints,
    limit_s: int,
    places: Walks,
    straight_s: Ints,
) -> Floats:
    """Search, and say ``NaN`` for what is not reached; shape (departures, places)."""
    found = search_window(
        direction.rides, start.stop, start.seconds, departures_s, limit_s, places, straight_s
    )
    return np.where(found == NEVER, np.nan, found).astype(np.float64)


def _when(seconds: int) -> Ints:
    return np.array([seconds], np.int32)
