"""Trips that run every so many minutes instead of at listed times."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from travel.transit.calls import Calls
from travel.transit.clock import DAY_S, seconds_of
from travel.transit.issues import Issues
from travel.transit.tables import Feed

FREQUENCIES = "frequencies.txt"

Headways = Mapping[int, list[int]]
"""The starts of a trip's runs, seconds after midnight, by the trip's number."""

Longs = npt.NDArray[np.int64]


def read_headways(feed: Feed, trip_rows: Mapping[str, int], issues: Issues) -> Headways:
    """Read when trips start that run every so many seconds, the end of the period excluded.

    Without exact times a rider waits up to a headway; here the runs start on the headway as if
    they were listed, which is right over a window of departures.

    Raises:
        TimetableError: the file cannot be read.
    """
    if FREQUENCIES not in feed.names:
        return {}
    columns = ("trip_id", "start_time", "end_time", "headway_secs")
    table = feed.read(FREQUENCIES, columns, (), issues)
    starts: dict[int, list[int]] = {}
    bad: list[str] = []
    for row in zip(*(table[name].listed() for name in columns), strict=True):
        if row[0] not in trip_rows:
            continue
        found = starts.setdefault(trip_rows[row[0]], [])
        first, end = seconds_of(row[1]), seconds_of(row[2])
        if min(first, end) < 0 or not row[3].isdecimal() or not int(row[3]) or first >= end:
            bad.append(f"{row[0]} ({', '.join(row[1:])})")
            continue
        found += range(first, end, int(row[3]))
    issues.add("frequency", FREQUENCIES, bad, "no period and headway; no run by this row")
    return starts


def runs_of_day(
    calls: Calls,
    is_today: npt.NDArray[np.bool_],
    is_yesterday: npt.NDArray[np.bool_],
    often: Headways,
) -> tuple[Longs, Longs]:
    """List every run of the day: of which trip, and how much later than the trip's own times.

    Args:
        calls: of the trips.
        is_today: whether each trip runs on the day.
        is_yesterday: whether it ran the day before; counts for runs under way past midnight.
        often: trips with headways.
    """
    run: list[int] = []
    shift_s: list[int] = []
    first_s = calls.departure_s[calls.start[:-1]]
    last_s = calls.arrival_s[calls.start[1:] - 1]
    for trip, number in enumerate(calls.trip.tolist()):
        base = int(first_s[trip])
        for start in often.get(number, [base]):
            if is_today[trip]:
                run.append(trip)
                shift_s.append(start - base)
            if is_yesterday[trip] and start - base + int(last_s[trip]) >= DAY_S:
                run.append(trip)
                shift_s.append(start - base - DAY_S)
    return np.array(run, np.int64), np.array(shift_s, np.int64)
