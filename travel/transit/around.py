"""Times by public transport to or from everywhere around a place, for maps and lists alike.

A search by public transport answers for one end of the journey: leaving a place at a time, how soon
one is anywhere; or, with time running backwards, being at a place by a time, how late one may leave
anywhere. Where the other end keeps the time (being *anywhere* by 08:40, from home), the search is
made for every minute at which one may leave, the last first, and each place takes the first that
brings one there in time.

The walk from the last stop, like the walk all the way, is limited by the whole journey only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.drawing.claims import FAR, Singles
from travel.drawing.field import Field, time_field
from travel.network import Frame
from travel.paths.search import Reach, Workspace, seconds_from
from travel.paths.times import times_to
from travel.snapping import Snapped, snap_origin
from travel.transit.clock import MINUTE_S
from travel.transit.journeys import rides_from
from travel.transit.rides import NEVER
from travel.transit.streets import Direction, Transit

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
XY = tuple[float, float]

EVERY_S = 5 * MINUTE_S
"""Between the departures of a window, as it stands."""


@dataclass(frozen=True, slots=True)
class When:
    """The time that a journey keeps to.

    Attributes:
        at_s: seconds after midnight.
        is_arrival: to be there by then; otherwise to leave then.
    """

    at_s: int
    is_arrival: bool = True


@dataclass(frozen=True, slots=True)
class Around:
    """Times between a place and everywhere around it.

    Attributes:
        field: seconds on a grid, up to the limit that was asked for.
        seconds: ``float64``, to the points that were asked about; ``NaN`` beyond the limit.
    """

    field: Field
    seconds: Floats


def transit_around(
    transit: Transit,
    place_xy: XY,
    points: Snapped,
    *,
    when: When,
    limit_s: int,
    cell_m: float,
    is_goal: bool = False,
) -> Around:
    """Measure the times between a place and everywhere around it.

    Args:
        transit: the timetable on its streets.
        place_xy: metres EPSG:27700.
        points: places that are asked about beside the grid, on the streets.
        when: for an arrival, a time is how long before it one must leave; otherwise how long
            after it one is there. Waiting counts in both.
        limit_s: the longest time.
        cell_m: distance between the points of the grid.
        is_goal: journeys go to the place; otherwise from it.

    Returns:
        Seconds; whole minutes for those journeys by vehicle whose other end keeps the time.

    Raises:
        OutsideCoverage: the place lies beyond the streets that were loaded.
        NotConnected: no street is near it.
    """
    direction = transit.backward if is_goal else transit.onward
    at_s = -when.at_s if is_goal else when.at_s
    if when.is_arrival == is_goal:
        search = _Search(transit, direction, place_xy, np.array([at_s], np.int32), limit_s)
        reach = search.all_the_way(0)
        return Around(time_field(reach, cell_m=cell_m), times_to(reach, points).seconds)
    leaving = np.arange(at_s - MINUTE_S, at_s - limit_s - 1, -MINUTE_S, dtype=np.int32)
    search = _Search(transit, direction, place_xy, leaving, limit_s)
    reach = search.on_foot()
    fields, seconds = [time_field(reach, cell_m=cell_m)], times_to(reach, points).seconds
    for took_s, reach in search.improving(at_s):
        found = times_to(reach, points).seconds
        seconds = np.where(np.isnan(found), seconds, np.fmin(seconds, took_s))
        fields.append(_in_time(time_field(reach, cell_m=cell_m), took_s))
    frame, stacked, distance_m = _stacked(fields)
    return Around(Field(frame, stacked.min(axis=0), distance_m), seconds)


def typical_around(
    transit: Transit,
    place_xy: XY,
    points: Snapped,
    *,
    window_s: tuple[int, int],
    limit_s: int,
    cell_m: float,
    every_s: int = EVERY_S,
) -> Around:
    """Measure the times from a place that half of the departures of a window do not exceed.

    Args:
        transit: the timetable on its streets.
        place_xy: metres EPSG:27700.
        points: places that are asked about beside the grid, on the streets.
        window_s: the first and the last departure, seconds after midnight.
        limit_s: the longest time; a departure that takes longer exceeds everything.
        cell_m: distance between the points of the grid.
        every_s: seconds between departures.

    Raises:
        ValueError: the window ends before it starts, or the step is not positive.
        OutsideCoverage: the place lies beyond the streets that were loaded.
        NotConnected: no street is near it.
    """
    first, last = window_s
    if last < first or every_s <= 0:
        raise ValueError(f"no departures between {first} s and {last} s, every {every_s} s")
    leaving = np.arange(first, last + 1, every_s, dtype=np.int32)[::-1].copy()
    search = _Search(transit, transit.onward, place_xy, leaving, limit_s)
    fields, seconds = [], np.empty((leaving.size, len(points)))
    for number in range(leaving.size):
        reach = search.all_the_way(number)
        fields.append(time_field(reach, cell_m=cell_m))
        seconds[number] = times_to(reach, points).seconds
    rank = (leaving.size - 1) // 2
    frame, stacked, distance_m = _stacked(fields)
    ordered = np.partition(stacked, rank, axis=0)[rank]
    return Around(Field(frame, ordered, distance_m), np.sort(seconds, axis=0)[rank])


class _Search:
    """The searches of one place for several times of leaving, the last of them first."""

    def __init__(
        self, transit: Transit, direction: Direction, xy: XY, leaving_s: Ints, limit_s: int
    ) -> None:
        self.network = direction.network
        self.stops = transit.stops
        self.origin = snap_origin(self.network, *xy)
        self.leaving_s, self.limit_s = leaving_s, limit_s
        self.off_s = rides_from(transit, direction, xy, leaving_s, limit_s=limit_s)
        self._workspace = Workspace(self.network)

    def on_foot(self) -> Reach:
        """Walk all the way."""
        return seconds_from(
            self.network, self.origin, limit_s=self.limit_s, workspace=self._workspace
        )

    def all_the_way(self, number: int) -> Reach:
        """Ride and walk, leaving at one of the times."""
        return self._search(self.off_s[number], self.limit_s, with_origin=True)

    def improving(self, by_s: int) -> Iterator[tuple[int, Reach]]:
        """Go on from the stops that each time of leaving reaches sooner than all later ones.

        Yields:
            Seconds from leaving until ``by_s``, and the search that ends then.
        """
        before = np.full(len(self.stops), NEVER, np.int64)
        for leave, off_s in zip(self.leaving_s.tolist(), self.off_s, strict=True):
            at = np.where(off_s < NEVER, off_s.astype(np.int64) + leave, NEVER)
            is_new = (at < before) & (at <= by_s) & self.stops.is_on_street
            before = np.minimum(before, at)
            if is_new.any():
                sooner = np.where(is_new, off_s, NEVER)
                yield by_s - leave, self._search(sooner, by_s - leave, with_origin=False)

    def _search(self, off_s: Ints, limit_s: int, *, with_origin: bool) -> Reach:
        stop = np.flatnonzero((off_s <= limit_s) & self.stops.is_on_street)
        starts, spent = self.stops[stop], off_s[stop].astype(np.float64)
        if with_origin:
            starts, spent = self.origin.joined(starts), np.concatenate(([0.0], spent))
        return seconds_from(
            self.network, starts, limit_s=limit_s, spent_s=spent, workspace=self._workspace
        )


def _in_time(field: Field, took_s: int) -> Field:
    """Let everything that is reached take as long as it is to the time kept to."""
    seconds = np.where(field.seconds <= took_s, np.float32(took_s), FAR).astype(np.float32)
    return Field(field.frame, seconds, field.distance_m)


def _stacked(fields: list[Field]) -> tuple[Frame, Singles, Singles]:
    """Lay fields on one frame that holds them all.

    Returns:
        The frame; seconds of each field, ``FAR`` where it does not reach; metres to the nearest
        street, as far as any field knows it.
    """
    cell_m = fields[0].frame.cell_m
    x0 = min(each.frame.x0 for each in fields)
    y0 = min(each.frame.y0 for each in fields)
    places = []
    for each in fields:
        column = round((each.frame.x0 - x0) / cell_m)
        row = round((each.frame.y0 - y0) / cell_m)
        rows = slice(row, row + each.frame.rows)
        places.append((rows, slice(column, column + each.frame.columns)))
    shape = max(rows.stop for rows, _ in places), max(columns.stop for _, columns in places)
    seconds = np.full((len(fields), *shape), FAR, np.float32)
    distance_m = np.full(shape, FAR, np.float32)
    for number, (each, place) in enumerate(zip(fields, places, strict=True)):
        seconds[number][place] = each.seconds
        distance_m[place] = np.minimum(distance_m[place], each.distance_m)
    return Frame(x0, y0, cell_m, shape[1], shape[0]), seconds, distance_m
