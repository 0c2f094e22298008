"""Stop times made whole: every trip's calls in order, or the trip left out and the reason said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.transit.clock import BLANK, UNREADABLE, column_seconds
from travel.transit.issues import Issues
from travel.transit.tables import Column, Table

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

STOP_TIMES = "stop_times.txt"
COLUMNS = ("trip_id", "stop_id", "arrival_time", "departure_time", "stop_sequence")
OPTIONAL = ("pickup_type", "drop_off_type")

BOARD = 1
"""Bit of a call where one may get on."""

ALIGHT = 2
"""Bit of a call where one may get off."""

REGULAR = frozenset({"", "0", "3"})
"""Kinds of pick-up and drop-off that need no call ahead: as timed, or by a sign to the driver."""


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of trips, trip after trip, each in its order.

    Attributes:
        trip: ``int32``, one per trip: its number among those wanted.
        start: ``int64``, trips + 1; the calls of trip *i* are ``start[i]`` up to ``start[i + 1]``.
        stop: ``int32``, the row of each call's stop in the stops.
        arrival_s: ``int32`` seconds after midnight, not falling within a trip.
        departure_s: likewise, not before the arrival.
        use: ``uint8``, the bits ``BOARD`` and ``ALIGHT``.
    """

    trip: Ints
    start: Longs
    stop: Ints
    arrival_s: Ints
    departure_s: Ints
    use: npt.NDArray[np.uint8]


def clean_calls(
    table: Table, trip_rows: Mapping[str, int], stop_rows: Mapping[str, int], issues: Issues
) -> Calls:
    """Put the calls of some trips in order, and leave out trips whose calls make no sense.

    Times left blank between two known ones are filled in evenly, call by call.

    Args:
        table: ``COLUMNS`` and ``OPTIONAL`` of the file.
        trip_rows: numbers of the trips that are wanted, from 0 on.
        stop_rows: rows of all stops.
        issues: where trips left out are named.
    """
    trip = _numbered(table["trip_id"], trip_rows)
    sequence = _sequence(table["stop_sequence"])
    order = np.flatnonzero(trip >= 0)
    order = order[np.lexsort((sequence[order], trip[order]))]
    trip, sequence = trip[order], sequence[order]
    stop = _numbered(table["stop_id"], stop_rows)[order]
    arrival = column_seconds(table["arrival_time"])[order]
    departure = column_seconds(table["departure_time"])[order]
    arrival, departure = (
        np.where(arrival == BLANK, departure, arrival),
        np.where(departure == BLANK, arrival, departure),
    )
    use = (_use(table["pickup_type"], BOARD) | _use(table["drop_off_type"], ALIGHT))[order]
    names = _Trips(trip, tuple(trip_rows), issues)
    without = np.flatnonzero(np.bincount(trip, minlength=len(trip_rows)) == 0)
    told = (names.names[each] for each in without.tolist())
    issues.add("no_stop_times", STOP_TIMES, told, "no stop times; trips left out")
    if not trip.size:
        return _calls(trip, stop, arrival, departure, use)
    again = names.is_same & (np.diff(sequence) == 0)
    names.leave_out("stop_sequence", sequence < 0, "their stop_sequence is no number")
    names.leave_out("stop_sequence", _later(again), "two calls with one stop_sequence")
    names.leave_out("stop", stop < 0, "they call at a stop that stops.txt does not have")
    unreadable = (arrival == UNREADABLE) | (departure == UNREADABLE)
    names.leave_out("time", unreadable, "a time is not written HH:MM:SS")
    ends = names.is_first | names.is_last
    names.leave_out("time", ends & (arrival == BLANK), "the first or last call has no time")
    names.leave_out("one_stop", names.is_first & names.is_last, "the trip has one stop")
    kept = names.kept()
    trip, stop, use = trip[kept], stop[kept], use[kept]
    arrival, departure = _filled(arrival[kept], departure[kept])
    names = _Trips(trip, tuple(trip_rows), issues)
    back = names.is_same & (arrival[1:] < departure[:-1])
    names.leave_out(
        "time_order", _later(back) | (departure < arrival), "times run backwards along the trip"
    )
    kept = names.kept()
    return _calls(trip[kept], stop[kept], arrival[kept], departure[kept], use[kept])


class _Trips:
    """Which rows belong to one trip, and which trips have been left out."""

    def __init__(self, trip: Ints, names: tuple[str, ...], issues: Issues) -> None:
        self.trip, self.names, self.issues = trip, names, issues
        self.is_same = trip[1:] == trip[:-1]
        self.is_first = np.concatenate((np.ones(min(trip.size, 1), np.bool_), ~self.is_same))
        self.is_last = np.concatenate((~self.is_same, np.ones(min(trip.size, 1), np.bool_)))
        self.is_out = np.zeros(len(names), np.bool_)

    def leave_out(self, rule: str, rows: Flags, says: str) -> None:
        """Leave out the trips of some rows, but name each for its first fault only."""
        trips = np.unique(self.trip[rows])
        trips = trips[~self.is_out[trips]]
        self.is_out[trips] = True
        told = (self.names[each] for each in trips.tolist())
        self.issues.add(rule, STOP_TIMES, told, f"{says}; trips left out")

    def kept(self) -> Flags:
        return np.asarray(~self.is_out[self.trip])


def _later(pairs: Flags) -> Flags:
    """Mark the later row of each pair of neighbours."""
    return np.concatenate((np.zeros(1, np.bool_), pairs))


def _numbered(column: Column, rows: Mapping[str, int]) -> Ints:
    return np.array([rows.get(text, -1) for text in column.texts], np.int32)[column.code]


def _sequence(column: Column) -> Ints:
    number = [int(text) if text.isdecimal() and len(text) < 10 else -1 for text in column.texts]  # noqa: PLR2004 - fits int32
    return np.array(number, np.int32)[column.code]


def _use(column: Column, bit: int) -> npt.NDArray[np.uint8]:
    return np.array([bit if text in REGULAR else 0 for text in column.texts], np.uint8)[column.code]


def _filled(arrival: Ints, departure: Ints) -> tuple[Ints, Ints]:
    """Fill blanks between the known calls before and after; trips begin and end with known ones."""
    known = np.flatnonzero(arrival != BLANK)
    blank = np.flatnonzero(arrival == BLANK)
    after = known[np.searchsorted(known, blank)] if blank.size else blank
    before = known[np.searchsorted(known, blank) - 1] if blank.size else blank
    share = (blank - before) / np.maximum(after - before, 1)
    between = departure[before] + share * (arrival[after] - departure[before])
    arrival, departure = arrival.copy(), departure.copy()
    arrival[blank] = departure[blank] = np.rint(between)
    return arrival, departure


def _calls(
    trip: Ints, stop: Ints, arrival: Ints, departure: Ints, use: npt.NDArray[np.uint8]
) -> Calls:
    first = np.flatnonzero(
        np.concatenate((np.ones(min(trip.size, 1), np.bool_), np.diff(trip) != 0))
    )
    start = np.concatenate((first, [trip.size])).astype(np.int64)
    return Calls(trip[first], start, stop, arrival, departure, use)
