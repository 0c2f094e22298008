"""Small timetables, written as GTFS for tests to read."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pyproj

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
