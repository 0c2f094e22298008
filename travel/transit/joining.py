"""Several timetables of one day as one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from travel.transit.patterns import calls_by_stop
from travel.transit.timetable import Timetable, make_timetable


def join_timetables(timetables: Sequence[Timetable]) -> Timetable:
    """Put timetables of one day together.

    Stops stay apart, also where two timetables have the same one: changing between the two then
    is a walk of no length. A trip in both is there twice, which changes no journey.

    Args:
        timetables: at least one.

    Raises:
        ValueError: there is none, or they are of different days.
    """
    days = {each.date for each in timetables}
    if len(days) != 1:
        raise ValueError(f"timetables of {len(days)} days cannot be joined")
    if len(timetables) == 1:
        return timetables[0]
    stops, routes = (
        _before([each.n_stops for each in timetables]),
        _before([each.route_name.size for each in timetables]),
    )
    pattern_start = _chained([each.pattern_start for each in timetables]).astype(np.int32)
    pattern_stop = _moved([each.pattern_stop for each in timetables], stops)
    n_stops = sum(each.n_stops for each in timetables)
    by_stop = calls_by_stop(pattern_start, pattern_stop, n_stops)
    alike = (
        "stop_id",
        "stop_name",
        "x",
        "y",
        "route_name",
        "pattern_use",
        "arrival_s",
        "departure_s",
    )
    return make_timetable(
        days.pop(),
        {name: np.concatenate([getattr(each, name) for each in timetables]) for name in alike}
        | {
            "pattern_start": pattern_start,
            "pattern_stop": pattern_stop,
            "trip_start": _chained([each.trip_start for each in timetables]).astype(np.int32),
            "trip_route": _moved([each.trip_route for each in timetables], routes),
            "time_start": _chained([each.time_start for each in timetables]),
            "call_start": by_stop[0],
            "call_pattern": by_stop[1],
            "call_position": by_stop[2],
        },
    )


def _before(sizes: list[int]) -> list[int]:
    """Return how many there are in all timetables before each."""
    return [sum(sizes[:number]) for number in range(len(sizes))]


def _chained(starts: Sequence[npt.NDArray[np.signedinteger]]) -> npt.NDArray[np.int64]:
    """Go on counting where the timetable before ended."""
    ends = _before([int(each[-1]) for each in starts])
    moved = [each[:-1].astype(np.int64) + end for each, end in zip(starts, ends, strict=True)]
    return np.concatenate([*moved, [ends[-1] + int(starts[-1][-1])]])


def _moved(numbers: list[npt.NDArray[np.int32]], by: list[int]) -> npt.NDArray[np.int32]:
    """Number things on from those before; what has no number (-1) keeps none."""
    moved = [np.where(each < 0, each, each + n) for each, n in zip(numbers, by, strict=True)]
    return np.concatenate(moved).astype(np.int32)
