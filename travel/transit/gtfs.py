"""A GTFS timetable, as a zip or a folder, to one day's arrays.

The format is the General Transit Feed Specification's schedule part (gtfs.org/schedule/reference).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from travel.errors import TimetableError
from travel.transit.calendars import Calendar
from travel.transit.calls import COLUMNS, OPTIONAL, STOP_TIMES, Calls, clean_calls
from travel.transit.clock import DAY_S
from travel.transit.cutting import cut_calls
from travel.transit.frequencies import read_headways, runs_of_day
from travel.transit.issues import Issues
from travel.transit.patterns import calls_by_stop, group_trips
from travel.transit.stops import Near, Stops, first_rows, read_stops
from travel.transit.tables import Feed, open_feed
from travel.transit.timetable import Timetable, make_timetable

Longs = npt.NDArray[np.int64]

REQUIRED = ("stops.txt", "routes.txt", "trips.txt", STOP_TIMES)


@dataclass(frozen=True, slots=True)
class TimetableReport:
    """What became of a timetable.

    Attributes:
        first_day: that its calendar speaks of.
        last_day: likewise.
        trips_read: trips in the file, of any day.
        trips_running: trips of the day's services, whatever their stop times are worth.
        trips_kept: runs in the timetable, those from the day before included.
        trips_past_midnight: trips of the day with times of 24:00 or later.
        stops_read: stops in the file.
        stops_kept: stops served on the day.
        stops_far: stops left out because they are not near.
        trips_far: runs left out because they call at fewer than two stops that are.
        odd: ``(rule, file, says)`` of entries that were left out or mended.
    """

    first_day: date
    last_day: date
    trips_read: int
    trips_running: int
    trips_kept: int
    trips_past_midnight: int
    stops_read: int
    stops_kept: int
    stops_far: int
    trips_far: int
    odd: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Trips:
    rows: Mapping[str, int]
    service: list[str]
    route: list[str]


def read_timetable(
    path: Path, *, date: date, near: Near | None = None
) -> tuple[Timetable, TimetableReport]:
    """Read what runs on one day.

    Trips of the day before that are still under way after midnight run too. Trips whose stop
    times make no sense are left out and named in the report; calls that need a telephone call
    ahead are passed without stopping. The same files always give the same timetable, to the byte.

    Args:
        path: a zip or a folder of GTFS files.
        date: the day.
        near: where stops are kept; vehicles pass the others, and trips that call at fewer than
            two of those kept are left out. Everything is kept where none is given.

    Raises:
        TimetableError: a file or a column is missing, empty or damaged; the calendar does not
            cover the day; nothing that can be used runs on it, or nothing near.
    """
    issues = Issues()
    feed = open_feed(path)
    feed.require(*REQUIRED)
    calendar = Calendar(feed, issues)
    period = calendar.period()
    today, yesterday = _services(calendar, period, date, path)
    stops, trips = read_stops(feed, issues), _trips(feed, issues)
    routes = _routes(feed, trips, issues)
    wanted = [name for name, row in trips.rows.items() if trips.service[row] in today | yesterday]
    number = {name: i for i, name in enumerate(wanted)}
    table = feed.read(STOP_TIMES, COLUMNS, OPTIONAL, issues)
    calls = clean_calls(table, number, stops.rows, issues)
    services = [trips.service[trips.rows[name]] for name in wanted]
    is_today = np.array([service in today for service in services], np.bool_)
    is_yesterday = np.array([service in yesterday for service in services], np.bool_)
    often = read_headways(feed, number, issues)
    runs = runs_of_day(calls, is_today[calls.trip], is_yesterday[calls.trip], often)
    if not runs[0].size:
        raise TimetableError(
            f"nothing that can be used runs on {date:%d %B %Y} by {path}: {is_today.sum():,} trips "
            f"are listed, none with stop times that make sense",
            hint="choose another day, or look at what the publisher says about the file.",
        )
    trips_past_midnight = _past_midnight(calls, is_today)
    is_near = np.ones(stops.x.size, np.bool_) if near is None else near(stops.x, stops.y)
    calls, *near_runs = cut_calls(calls, *runs, is_near)
    if not near_runs[0].size:
        raise TimetableError(
            f"none of the {runs[0].size:,} trips of {path} runs near the streets that were loaded",
            hint="use a timetable and a street extract of the same area.",
        )
    numbers = {name: i for i, name in enumerate(routes)}
    route = np.array([numbers.get(trips.route[trips.rows[name]], -1) for name in wanted], np.int32)
    timetable = _assembled(
        date, calls, (near_runs[0], near_runs[1]), stops, (route, list(routes.values()))
    )
    return timetable, TimetableReport(
        *period,
        trips_read=len(trips.rows),
        trips_running=int(is_today.sum()),
        trips_kept=timetable.n_trips,
        trips_past_midnight=trips_past_midnight,
        stops_read=len(stops.rows),
        stops_kept=timetable.n_stops,
        stops_far=int((np.isfinite(stops.x) & ~is_near).sum()),
        trips_far=runs[0].size - near_runs[0].size,
        odd=tuple(issues.entries),
    )


def _services(
    calendar: Calendar, period: tuple[date, date], day: date, path: Path
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the services of the day and of the day before."""
    first, last = period
    if not first <= day <= last:
        raise TimetableError(
            f"the calendar of {path} covers {first:%d %B %Y} to {last:%d %B %Y}, "
            f"not {day:%d %B %Y}",
            hint="choose a day within it, or fetch a timetable of that time.",
        )
    today = calendar.running(day)
    if not today:
        raise TimetableError(
            f"no service runs on {day:%A %d %B %Y} by the calendar of {path}",
            hint="choose another day.",
        )
    return today, calendar.running(day - timedelta(days=1))


def _trips(feed: Feed, issues: Issues) -> _Trips:
    table = feed.read("trips.txt", ("trip_id", "route_id", "service_id"), (), issues)
    rows = first_rows(table["trip_id"].listed(), "trips.txt", issues)
    return _Trips(rows, table["service_id"].listed(), table["route_id"].listed())


def _routes(feed: Feed, trips: _Trips, issues: Issues) -> dict[str, str]:
    """Return what riders call each route, by its id, in the order of the file."""
    named = ("route_short_name", "route_long_name")
    table = feed.read("routes.txt", ("route_id",), named, issues)
    ids = table["route_id"].listed()
    names = zip(*(table[each].listed() for each in named), ids, strict=True)
    routes = {route: next(filter(None, each), "") for route, each in zip(ids, names, strict=True)}
    unknown = [trip for trip, row in trips.rows.items() if trips.route[row] not in routes]
    issues.add("route", "trips.txt", unknown, "their route is not in routes.txt; kept")
    return routes


def _past_midnight(calls: Calls, is_today: npt.NDArray[np.bool_]) -> int:
    return int((is_today[calls.trip] & (calls.arrival_s[calls.start[1:] - 1] >= DAY_S)).sum())


def _assembled(
    day: date,
    calls: Calls,
    runs: tuple[Longs, Longs],
    stops: Stops,
    routes: tuple[npt.NDArray[np.int32], list[str]],
) -> Timetable:
    """Group the runs, and keep the stops that they serve."""
    grouped = group_trips(calls, *runs)
    served, position = np.unique(grouped.pattern_stop, return_inverse=True)
    stop = position.astype(np.int32)
    by_stop = calls_by_stop(grouped.pattern_start, stop, served.size)
    rows = served.tolist()
    route_of, route_names = routes
    return make_timetable(
        day,
        {
            "stop_id": np.array([stops.ids[row] for row in rows], np.str_),
            "stop_name": np.array([stops.names[row] for row in rows], np.str_),
            "x": stops.x[rows],
            "y": stops.y[rows],
            "route_name": np.array(route_names, np.str_),
            "pattern_start": grouped.pattern_start,
            "pattern_stop": stop,
            "pattern_use": grouped.pattern_use,
            "trip_start": grouped.trip_start,
            "trip_route": route_of[grouped.trip_number],
            "time_start": grouped.time_start,
            "arrival_s": grouped.arrival_s,
            "departure_s": grouped.departure_s,
            "call_start": by_stop[0],
            "call_pattern": by_stop[1],
            "call_position": by_stop[2],
        },
    )
