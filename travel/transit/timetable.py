"""A day's timetable as flat arrays: what every search by public transport reads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Timetable:
    """Everything that runs on one day, as patterns in which no trip overtakes another.

    Times are whole seconds after the day's midnight; what is still under way from the day before
    is there too (its first times may be negative), and what runs on after 24:00 has later times.

    Attributes:
        date: the day.
        stop_id: texts, one per stop that is served that day, as the publisher names it.
        stop_name: texts, likewise; blank where there is none.
        x: metres EPSG:27700, ``float64``, one per stop; ``NaN`` where the position is not known.
        y: likewise.
        route_name: texts, one per route.
        pattern_start: ``int32``, patterns + 1; the calls of pattern *i* are ``pattern_start[i]``
            up to ``pattern_start[i + 1]``.
        pattern_stop: ``int32``, the stop of each call.
        pattern_use: ``uint8``, 1 where one may board, 2 where one may alight, 3 for both.
        trip_start: ``int32``, patterns + 1; the trips of each pattern, in the order they run.
        trip_route: ``int32``, the route of each trip; -1 where it is not known.
        time_start: ``int64``, patterns + 1; the times of pattern *i*, trip after trip.
        arrival_s: ``int32``, one per trip and call.
        departure_s: likewise.
        call_start: ``int32``, stops + 1; the calls at each stop.
        call_pattern: ``int32``, the pattern of each.
        call_position: ``int32``, its position in the pattern.
        timetable_id: digest of all the above; two timetables with one id are the same.
    """

    date: date
    stop_id: npt.NDArray[np.str_]
    stop_name: npt.NDArray[np.str_]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    route_name: npt.NDArray[np.str_]
    pattern_start: Ints
    pattern_stop: Ints
    pattern_use: npt.NDArray[np.uint8]
    trip_start: Ints
    trip_route: Ints
    time_start: npt.NDArray[np.int64]
    arrival_s: Ints
    departure_s: Ints
    call_start: Ints
    call_pattern: Ints
    call_position: Ints
    timetable_id: str

    @property
    def n_stops(self) -> int:
        """Stops served on the day."""
        return self.x.size

    @property
    def n_patterns(self) -> int:
        """Groups of trips."""
        return self.pattern_start.size - 1

    @property
    def n_trips(self) -> int:
        """Runs of vehicles."""
        return self.trip_route.size

    def save(self, folder: Path) -> None:
        """Write the timetable into a folder; see `travel.transit.storage`."""
        from travel.transit.storage import save_timetable  # noqa: PLC0415 - it needs this module

        save_timetable(self, folder)

    @staticmethod
    def load(folder: Path) -> Timetable:
        """Open a saved timetable in milliseconds: its arrays are mapped, not read.

        Raises:
            TimetableError: there is none in the folder, or it is damaged or of another version.
        """
        from travel.transit.storage import load_timetable  # noqa: PLC0415 - it needs this module

        return load_timetable(folder)


ARRAYS = tuple(each.name for each in fields(Timetable) if each.name not in {"date", "timetable_id"})


def make_timetable(day: date, arrays: dict[str, npt.NDArray[Any]]) -> Timetable:
    """Put a timetable together, and give it its id."""
    for array in arrays.values():
        array.flags.writeable = False
    return Timetable(date=day, timetable_id=digest(arrays, day.isoformat()), **arrays)


def digest(arrays: dict[str, npt.NDArray[Any]], *texts: str) -> str:
    """Return a short text that differs wherever an array, its name or another text does."""
    whole = hashlib.sha256(repr(texts).encode())
    for name, array in sorted(arrays.items()):
        whole.update(f"{name} {array.dtype.str} {array.shape}".encode())
        whole.update(np.ascontiguousarray(array).view(np.uint8).data)
    return whole.hexdigest()[:16]
