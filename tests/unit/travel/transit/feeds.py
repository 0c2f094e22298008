"""Small timetables, written as GTFS for tests to read."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyproj

from tests.unit.travel.tiny_streets import X0, Y0
from travel.transit import Timetable, TimetableReport, read_timetable

DAY = date(2026, 1, 12)
"""A Monday."""

Row = Mapping[str, object]


class Call(NamedTuple):
    """A vehicle at a stop, seconds after midnight."""

    stop: str
    arrival_s: int
    departure_s: int
    can_board: bool = True
    can_alight: bool = True


Trips = Mapping[str, Sequence[Call]]


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def at(text: str) -> int:
    hours, minutes = map(int, text.split(":"))
    return hours * 3600 + minutes * 60


def bus(*calls: tuple[str, str]) -> list[Call]:
    """Write a trip down as stops and times of day."""
    return [Call(stop, at(time), at(time)) for stop, time in calls]


def feed_files(stops: Mapping[str, tuple[float, float]], trips: Trips) -> dict[str, list[Row]]:
    """Lay out every file of a feed whose trips all run on weekdays of January 2026.

    Args:
        stops: metres of the British grid, by id.
        trips: calls, by id.
    """
    to_degrees = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)
    places = {stop: to_degrees.transform(*xy) for stop, xy in stops.items()}
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday")
    return {
        "stops.txt": [
            {"stop_id": stop, "stop_name": stop.upper(), "stop_lat": lat, "stop_lon": lon}
            for stop, (lon, lat) in places.items()
        ],
        "routes.txt": [{"route_id": "r", "route_short_name": "12", "route_type": 3}],
        "trips.txt": [{"route_id": "r", "service_id": "wk", "trip_id": trip} for trip in trips],
        "calendar.txt": [
            {
                "service_id": "wk",
                **dict.fromkeys(weekdays, 1),
                **dict.fromkeys(("saturday", "sunday"), 0),
                "start_date": "20260101",
                "end_date": "20260131",
            }
        ],
        "stop_times.txt": [
            {
                "trip_id": trip,
                "arrival_time": clock(call.arrival_s),
                "departure_time": clock(call.departure_s),
                "stop_id": call.stop,
                "stop_sequence": i,
                "pickup_type": int(not call.can_board),
                "drop_off_type": int(not call.can_alight),
            }
            for trip, calls in trips.items()
            for i, call in enumerate(calls)
        ],
    }


def write_feed(folder: Path, files: Mapping[str, Sequence[Row]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]) if rows else ["nothing"])
            writer.writeheader()
            writer.writerows(rows)
    return folder


STOPS = {"a": (X0, Y0), "b": (X0 + 800, Y0), "c": (X0 + 1600, Y0)}
TRIPS = {
    "t1": bus(("a", "08:00"), ("b", "08:05"), ("c", "08:10")),
    "t2": bus(("a", "08:30"), ("b", "08:35"), ("c", "08:40")),
}


def files() -> dict[str, list[Row]]:
    return feed_files(STOPS, TRIPS)


def with_times(rows: list[Row], trip: str, index: int, **changed: object) -> list[Row]:
    """Change one stop time of one trip."""
    own = [row for row in rows if row["trip_id"] == trip]
    return [{**row, **changed} if row is own[index] else row for row in rows]


def read(
    folder: Path, feed: dict[str, list[Row]], day: date = DAY
) -> tuple[Timetable, TimetableReport, dict[str, str]]:
    timetable, report = read_timetable(write_feed(folder, feed), date=day)
    return timetable, report, {rule: says for rule, _, says in report.odd}


def departures(timetable: Timetable, stop: str) -> list[int]:
    """Every departure from a stop that has a next one, whatever the pattern."""
    found = []
    number = timetable.stop_id.tolist().index(stop)
    for i in range(timetable.n_patterns):
        calls = slice(timetable.pattern_start[i], timetable.pattern_start[i + 1])
        stops = timetable.pattern_stop[calls]
        times = timetable.departure_s[timetable.time_start[i] : timetable.time_start[i + 1]]
        at_stop = np.flatnonzero(stops[:-1] == number)
        found += times.reshape(-1, stops.size)[:, at_stop].ravel().tolist()
    return sorted(found)
